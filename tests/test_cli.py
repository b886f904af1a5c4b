"""The command line from outside: what it prints, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from juesuan import __version__, app, cli
from juesuan.model.findings import Crash, Severity
from juesuan.presenting.checked import Checked
from juesuan.presenting.usage import in_chinese
from tests.samples import checked, housing

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "xigang-office-2024.txt"
MISTAKES: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "expectations" / "example.toml").read_text(encoding="utf-8")
)["mistake"]

BUDGET = "青原县档案馆\n2025 年部门预算\n\n收支预算总表\n单位：万元\n项目\t预算数\n一、财政拨款收入\t10.00\n"


class Ran:
    """What one call printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.out)
        return data


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Calls the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_speak_utf8", lambda: None)

    def call(*arguments: str | Path) -> Ran:
        code = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return call


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, Checked]:
    """Results that the services give for files of these names."""
    results = {
        "clean.txt": checked(findings=[]),
        "info.txt": checked(findings=[housing(severity=Severity.INFO)]),
        "query.txt": checked(findings=[housing(severity=Severity.QUERY)]),
        "warning.txt": checked(findings=[housing(severity=Severity.WARNING)]),
        "error.txt": checked(),
        "crash.txt": checked(crashes=[Crash("EQ-X", "KeyError: 1")], crashed=1),
        "budget.txt": Checked("budget.txt", error="这是预算，不是决算"),
    }
    monkeypatch.setattr(app, "check_file", results.__getitem__)
    return results


def process(*arguments: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **more.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "juesuan", *arguments], env=environment, capture_output=True, check=False, **more
    )


# ------------------------------------------------------------------------------------------------------------ usage


def test_help_teaches(run: Any) -> None:
    top = run("--help")
    assert (top.code, top.err) == (0, "")
    assert all(command in top.out for command in ("check", "read", "explain", "例："))
    for command in ("check", "read", "explain"):
        page = run(command, "--help").out
        assert page.startswith("用法：juesuan")
        assert f"juesuan {command} 决算.txt" in page
        assert not re.search("usage|options|positional|show this", page)


def test_the_version(run: Any) -> None:
    assert run("--version").out == f"juesuan {__version__}\n"


def test_without_a_command_the_help_is_shown(run: Any) -> None:
    ran = run()
    assert (ran.code, ran.out) == (2, "")
    assert "juesuan check 决算.txt" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "缺少参数：FILE"),
        (["chek", "a"], "不能是“chek”，可以是 check、read、explain"),
        (["check", "a", "--format", "xml"], "--format 不能是“xml”，可以是 text、json"),
        (["check", "a", "--fail-on", "info"], "--fail-on 不能是“info”，可以是 error、warning、query、never"),
        (["check", "a", "--output"], "--output 后面要写一个值"),
        (["check", "a", "--colour"], "不认识的参数：--colour"),
        (["check", "a", "--cov"], "不认识的参数：--cov"),
        (["check", "a", "--jobs", "0"], "--jobs 应是不小于 1 的整数"),
        (["read", "a", "b"], "不认识的参数：b"),
        (["explain", "a.txt"], "要写成 文件:行号"),
        (["explain", "a.txt:0"], "要写成 文件:行号"),
        (["explain", ":3"], "要写成 文件:行号"),
    ],
)
def test_wrong_usage_is_told_in_chinese(run: Any, arguments: list[str], said: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert not re.search(r"error:|required|invalid|expected|argument ", ran.err)


def test_an_unknown_message_stays_as_it_is() -> None:
    assert in_chinese("something new") == "something new"


def test_help_imports_nothing_heavy() -> None:
    assert process("--help").returncode == 0
    code = "import sys; from juesuan.cli import main; main(['--help']); print(*sorted(sys.modules))"
    modules = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=True,
    ).stdout.decode("utf-8")
    loaded = {name for name in modules.split() if name.startswith("juesuan")}
    assert loaded <= {
        *("juesuan", "juesuan.cli", "juesuan.presenting", "juesuan.presenting.help_texts"),
        *("juesuan.model", "juesuan.model.system"),
        *("juesuan.commands", "juesuan.commands.site", "juesuan.presenting.screen", "juesuan.presenting.usage"),
    }


# ------------------------------------------------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("file", "codes"),
    [
        ("clean.txt", {"never": 0, "error": 0, "warning": 0, "query": 0}),
        ("info.txt", {"never": 0, "error": 0, "warning": 0, "query": 0}),
        ("query.txt", {"never": 0, "error": 0, "warning": 0, "query": 1}),
        ("warning.txt", {"never": 0, "error": 0, "warning": 1, "query": 1}),
        ("error.txt", {"never": 0, "error": 1, "warning": 1, "query": 1}),
        ("budget.txt", {"never": 2, "error": 2}),
        ("crash.txt", {"never": 3, "error": 3}),
    ],
)
def test_exit_codes(run: Any, made: dict[str, Checked], file: str, codes: dict[str, int]) -> None:
    assert made
    assert {fail_on: run("check", file, "--fail-on", fail_on).code for fail_on in codes} == codes
    assert run("check", file).code == codes["error"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (["clean.txt", "error.txt"], 1),
        (["error.txt", "budget.txt"], 2),
        (["crash.txt", "budget.txt", "error.txt"], 3),
        (["none-*.txt", "clean.txt"], 2),
    ],
)
def test_the_highest_exit_code_applies(run: Any, made: dict[str, Checked], files: list[str], code: int) -> None:
    assert made
    for form in ("text", "json"):
        assert run("check", *files, "--format", form).code == code


def test_a_bad_file_is_named_and_the_others_are_checked(run: Any, made: dict[str, Checked]) -> None:
    assert made
    text = run("check", "budget.txt", "error.txt", "clean.txt")
    assert "budget.txt  未能检查  这是预算，不是决算" in text.out
    assert "住房保障支出（类）" in text.out
    assert text.out.splitlines()[-1] == "共 3 份：有错误 1，无错误 1，未能检查 1；错误 1，警告 0，请说明 0，提示 0"
    data = run("check", "budget.txt", "error.txt", "--format", "json")
    assert [d["error"] for d in data.json["documents"]] == ["这是预算，不是决算", None]
    assert "budget.txt：这是预算，不是决算" in data.err


def test_a_crash_in_reading_ends_no_run(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = app.read_here

    def broken(file: str, config: str | None = None) -> Any:
        if file == "good.txt":
            return read(file, config)
        raise KeyError("flow")

    monkeypatch.setattr(app, "read_here", broken)
    for name in ("bad.txt", "good.txt"):
        shutil.copy(EXAMPLE, tmp_path / name)
    text = run("check", "bad.txt", "good.txt")
    assert text.code == 3
    assert "bad.txt  未能检查\n程序故障 1 项" in text.out
    assert "READ：KeyError: 'flow'" in text.out
    assert "共 2 份：有错误 1，无错误 0，未能检查 1；" in text.out
    data = run("check", "bad.txt", "--format", "json").json["documents"][0]
    assert (data["error"], [crash["check"] for crash in data["crashes"]]) == (None, ["READ"])


def test_progress_is_for_terminals_and_several_files(
    run: Any, made: dict[str, Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made
    assert run("check", "clean.txt", "info.txt").err == ""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    run("check", "clean.txt")
    assert shown.getvalue() == ""
    run("check", "clean.txt", "info.txt")
    assert "[1/2] clean.txt" in shown.getvalue()
    assert shown.getvalue().endswith("\r")


# --------------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "空"),
        ("blank.txt", b" \n\n", "空白"),
        ("scan.pdf", b"%PDF-1.7\n", "已损坏"),
        ("word.docx", b"PK\x03\x04word/", "压缩包"),
        ("binary.bin", bytes(range(256)) * 20, "二进制"),
        ("budget.txt", BUDGET.encode(), "决算"),
        ("letter.txt", "各位同事：\n周五下午三点开会。\n".encode(), "决算"),
    ],
)
def test_bad_input_is_named_with_reason(run: Any, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    for ran in (run("check", name), run("read", name), run("explain", f"{name}:1")):
        assert ran.code == 2
        told = ran.out + ran.err
        assert name in told
        assert said in told
        assert "Traceback" not in told


def test_a_folder_and_a_missing_file(run: Any, tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    ran = run("check", "2024", "none.txt", "*.docx")
    assert ran.code == 2
    assert "文件夹里没有文件" in ran.out
    assert "none.txt  未能检查" in ran.out
    assert "*.docx  未能检查  没有与此相符的文件" in ran.out


def test_patterns_are_expanded_and_files_checked_once(run: Any, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        shutil.copy(EXAMPLE, tmp_path / name)
    documents = run("check", "b.txt", "*.txt", "--format", "json").json["documents"]
    assert [d["file"] for d in documents] == ["b.txt", "a.txt"]


# ----------------------------------------------------------------------------------------------------------- output


def test_output_goes_to_a_file_in_utf8(run: Any, made: dict[str, Checked], tmp_path: Path) -> None:
    assert made
    ran = run("check", "error.txt", "--output", "结果.txt")
    assert (ran.code, ran.out) == (1, "")
    assert "结果已写入 结果.txt" in ran.err
    content = (tmp_path / "结果.txt").read_bytes()
    assert "住房保障支出（类）".encode() in content
    assert b"\r" not in content
    assert b"\033" not in content


def test_output_that_cannot_be_written(run: Any, made: dict[str, Checked]) -> None:
    assert made
    ran = run("check", "error.txt", "--output", "none/结果.txt")
    assert ran.code == 2
    assert "写不了 none/结果.txt" in ran.err


def test_output_never_overwrites_what_is_checked(run: Any, tmp_path: Path) -> None:
    (tmp_path / "决算.txt").write_text("原文", encoding="utf-8")
    ran = run("check", "*.txt", "--output", "./决算.txt")
    assert ran.code == 2
    assert "不能是要检查的文件" in ran.err
    assert (tmp_path / "决算.txt").read_text(encoding="utf-8") == "原文"


def test_coverage_is_listed_when_asked_for(run: Any, made: dict[str, Checked]) -> None:
    assert made
    assert "未读的数字" not in run("check", "error.txt").out
    assert "未读的数字（2 个）" in run("check", "error.txt", "--coverage").out


def test_utf8_whatever_the_system_says(tmp_path: Path) -> None:
    done = process(
        "check", str(EXAMPLE), env={"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": "gbk"}, cwd=tmp_path
    )
    assert done.returncode == 1
    assert "错误" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise on Windows")
def test_a_closed_pipe_is_no_crash(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "juesuan", "read", str(EXAMPLE)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        errors = running.stderr.read()
    assert errors == b""


# ---------------------------------------------------------------------------------------------------------- example


def test_the_example_is_found_out(run: Any) -> None:
    ran = run("check", EXAMPLE, "--format", "json")
    assert ran.code == 1
    (document,) = ran.json["documents"]
    errors = [f for f in document["findings"] if f["severity"] == "error"]
    found = {(f["places"][0]["line"], f["printed"], f["expected"]) for f in errors}
    assert found == {(m["line"], m["printed"], m["expected"]) for m in MISTAKES}
    assert document["checks"]["crashed"] == 0
    cover = document["coverage"]
    assert cover["figures"] == cover["verified"] + cover["read"] + len(cover["unread"])


def test_the_example_holds_its_mistakes_and_no_others(run: Any, tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").split("\n")
    for mistake in MISTAKES:
        cells = lines[mistake["line"] - 1].split("\t")
        assert cells[mistake["cell"] - 1] == mistake["printed"]
        cells[mistake["cell"] - 1] = mistake["expected"]
        lines[mistake["line"] - 1] = "\t".join(cells)
    (tmp_path / "mended.txt").write_text("\n".join(lines), encoding="utf-8")
    ran = run("check", "mended.txt", "--format", "json", "--fail-on", "query")
    assert ran.json["documents"][0]["findings"] == []
    assert ran.code == 0


def test_the_json_of_the_example_fits_the_schemas(run: Any) -> None:
    for command, name in ((("check", "--format", "json"), "check"), (("read",), "read")):
        schema = json.loads((ROOT / "docs" / f"{name}.schema.json").read_text(encoding="utf-8"))
        data = run(*command, EXAMPLE).json
        assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    again = run("check", "--format", "json", EXAMPLE).out
    assert again == run("check", "--format", "json", EXAMPLE).out


# ------------------------------------------------------------------------------------------------------------- read


def test_read_csv_goes_beside_where_one_is(run: Any, tmp_path: Path) -> None:
    ran = run("read", EXAMPLE, "--format", "csv")
    folder = tmp_path / "xigang-office-2024-tables"
    assert ran.code == 0
    assert "已写入 xigang-office-2024-tables" in ran.err
    forms = ("totals", "income", "expenditure", "fiscal", "general_public", "basic", "funds", "state_capital")
    assert {path.name for path in folder.iterdir()} == {
        *(f"{form}.csv" for form in (*forms, "three_public", "performance_department")),
        *("performance_project_1.csv", "performance_project_2.csv", "facts.csv"),
    }
    with (folder / "income.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][:4] == ["科目代码", "科目名称", "本年收入合计", "财政拨款收入"]
    assert ["2080501", "行政单位离退休", "9.14", "9.74"] in [row[:4] for row in rows]


def test_read_into_a_folder(run: Any, tmp_path: Path) -> None:
    assert run("read", EXAMPLE, "--format", "csv", "-o", "a/b").code == 0
    assert (tmp_path / "a" / "b" / "facts.csv").exists()
    assert run("read", EXAMPLE, "-o", "数据").code == 0
    data = json.loads((tmp_path / "数据" / "xigang-office-2024.json").read_text(encoding="utf-8"))
    assert (data["department"], data["year"]) == ("大连市西岗区人民政府办公室", "2024")
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = run("read", EXAMPLE, "--format", "csv", "-o", "file")
    assert ran.code == 2
    assert "写不了 file" in ran.err


@pytest.mark.real
def test_the_tables_of_a_real_account_are_those_verified_by_eye(run: Any, real: Path, tmp_path: Path) -> None:
    run("read", real / "putuo-social-work-2024.txt", "--format", "csv", "-o", "read")
    transcribed = sorted((real / "putuo-social-work-2024-tables").glob("*.csv"))
    assert transcribed
    for path in transcribed:
        with (
            path.open(encoding="utf-8", newline="") as right,
            (tmp_path / "read" / path.name).open(encoding="utf-8-sig", newline="") as ours,
        ):
            assert list(csv.reader(ours)) == list(csv.reader(right)), path.name


# ---------------------------------------------------------------------------------------------------------- explain


def test_explain_a_figure(run: Any) -> None:
    ran = run("explain", f"{EXAMPLE}:236")
    assert ran.code == 0
    assert "9.74  收入决算表 · 2080501 行政单位离退休 · 财政拨款收入" in ran.out
    assert "含义  财政拨款 · 收入 · 2080501 行政单位离退休" in ran.out
    assert "98.09 ≠ 9.74 + 54.86 + 34.08" in ran.out
    assert "与这一行有关的问题" in ran.out


def test_explain_says_why_something_is_not_known(run: Any) -> None:
    assert "这一行没有账目数字" in run("explain", f"{EXAMPLE}：3").out
    beyond = run("explain", f"{EXAMPLE}:99999")
    assert beyond.code == 2
    assert "没有第 99999 行" in beyond.err


def test_explain_goes_on_where_a_check_crashes(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from juesuan.checking import runner

    def broken(_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(runner, "examine", broken)
    ran = run("explain", f"{EXAMPLE}:236")
    assert ran.code == 3
    assert "程序故障 1 项" in ran.out
    assert "含义  财政拨款 · 收入 · 2080501 行政单位离退休" in ran.out
    assert run("check", EXAMPLE).code == 3
