"""What is refused, and what is said of it: whose fault it is, in Chinese, with the name that was written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from juesuan import app, cli
from juesuan.documents.errors import OwnDefect
from juesuan.model.findings import Crash
from juesuan.model.system import said
from juesuan.services import sites
from tests.test_cli import EXAMPLE, Ran


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


@pytest.mark.parametrize("name", ["bad.txt", "bad.pdf"])
def test_a_defect_of_ours_is_never_called_a_damaged_file(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Plain text is read here, a PDF in a worker: both ways end with the code of a defect."""

    def broken(file: str, config: str | None = None) -> Any:
        raise KeyError("flow")

    monkeypatch.setattr(app, "read_here", broken)
    monkeypatch.setattr(app, "in_worker", lambda *_: OwnDefect(name, "KeyError: 'flow'"))
    answered = [(f"in/{name}", OwnDefect(f"in/{name}", "KeyError: 'flow'"))]
    monkeypatch.setattr(app, "over_files", lambda *_: answered)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(b"%PDF-1.7" if name.endswith("pdf") else b"text")
    for command in ("check", "read"):
        ran = run(command, f"in/{name}")
        assert ran.code == 3
        assert "KeyError: 'flow'" in ran.out + ran.err
        assert "程序故障" in ran.out + ran.err
        assert "损坏" not in ran.out + ran.err
    assert run("read", "in", "-o", "out").code == 3


def test_a_site_tells_a_defect_of_ours_by_its_exit_code(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(EXAMPLE, tmp_path / "in" / "a.txt")
    crashed = iter([(str(Path("in") / "a.txt"), Crash("READ", "KeyError: 'flow'"))])
    monkeypatch.setattr(sites, "over_files", lambda *_: crashed)
    ran = run("site", "in", "-o", "out")
    assert ran.code == 3
    assert "没有收录 a.txt：程序故障（KeyError: 'flow'）" in ran.out


def test_the_system_is_told_in_chinese_and_names_what_was_wanted(run: Any, tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, tmp_path / "a.txt")
    (tmp_path / "file").write_text("", encoding="utf-8")
    for arguments in (
        ("check", "a.txt", "--format", "docx", "-o", "none/x/y.docx/" + "n" * 300),
        ("check", "a.txt", "-o", "file/x.txt"),
        ("read", "a.txt", "-o", "file/x"),
        ("init", "file/x", "--template"),
        ("init", "file/x", "--example"),
        ("site", ".", "-o", "file/x"),
    ):
        ran = run(*arguments)
        assert ran.code == 2
        assert not re.search("[A-Z][a-z]+ [a-z]+", ran.err), ran.err
        assert ".juesuan-" not in ran.err
    assert "路径中间有一段是文件" in run("read", "a.txt", "-o", "file/x").err


def test_an_unknown_error_of_the_system_is_a_number() -> None:
    assert said(OSError(9999, "Odd thing")) == "系统错误 9999"
    assert said(OSError(28, "No space left on device")) == "磁盘已满"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "a.txt"), "juesuan init 新建"),
        (("build", "none.xlsx"), "juesuan init 新建"),
        (("build", "a.txt", "--format", " , "), "没有写格式"),
        (("init", "x", "--from", "none.txt"), "none.txt："),
        (("init", "x", "--last-year", "b.csv"), "b.csv："),
        (("init", "x", "--from", "a.txt", "--year", "2020"), "对不上"),
        (("init", "x", "--last-year", "a.txt", "--year", "2024"), "对不上"),
        (("init", "x", "--template", "--from", "a.txt"), "不能和 --from"),
    ],
)
def test_what_was_expected_is_said_with_the_name(
    run: Any, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    shutil.copy(EXAMPLE, tmp_path / "a.txt")
    (tmp_path / "b.csv").write_text("a,b\n", encoding="utf-8")
    ran = run(*arguments)
    assert ran.code == 2
    assert words in ran.err
    assert "损坏" not in ran.err


def test_a_misspelt_style_is_no_place(run: Any, tmp_path: Path) -> None:
    ran = run("init", "new", "--example", "--place", "lianing")
    assert ran.code == cli.REFUSED
    assert "没有“lianing”这种写法，可用的有：liaoning（" in ran.err
    assert not (tmp_path / "new").exists()
