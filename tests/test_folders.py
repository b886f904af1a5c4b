"""Whole folders: every file is listed with its result, a bad one stops nothing, and the exit code says it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from juesuan import app, cli

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "xigang-office-2024.txt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two accounts, one of them deep down, and what is none."""
    monkeypatch.chdir(tmp_path)
    deep = tmp_path / "2024" / "西岗区"
    deep.mkdir(parents=True)
    shutil.copy(EXAMPLE, tmp_path / "2024" / "a.txt")
    shutil.copy(EXAMPLE, deep / "a.txt")
    (deep / "损坏.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 99)
    (deep / "空.txt").write_bytes(b"")
    (deep / "a.txt.accepted.toml").write_text("", encoding="utf-8")
    (tmp_path / "2024" / ".DS_Store").write_bytes(b"\0")
    (deep / "~$a.docx").write_bytes(b"\0")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_every_file_of_a_folder_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "2024", "--jobs", "2"]) == 2
    out = capsys.readouterr().out
    assert "2024/a.txt  大连市西岗区人民政府办公室 2024 年度部门决算：错误 4" in out
    assert "2024/西岗区/a.txt  大连市西岗区人民政府办公室 2024 年度部门决算：错误 4" in out
    assert "2024/西岗区/损坏.pdf  未能检查  文件已损坏" in out
    assert "2024/西岗区/空.txt  未能检查  文件是空的" in out
    assert "共 4 份：有错误 2，无错误 0，未能检查 2；" in out


@pytest.mark.usefixtures("folder")
def test_several_processes_say_what_one_says() -> None:
    one = [checked.result for checked in app.check_files(["2024/a.txt"])]
    many = {checked.file: checked for checked in app.check_files(["2024"], jobs=2)}
    assert many["2024/a.txt"].result == one[0]


def test_a_folder_is_read_into_another(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "2024"]) == 2
    assert "-o" in capsys.readouterr().err
    assert cli.main(["read", "2024", "-o", "out"]) == 2
    assert "共 4 份：读出 2，未能读取 2" in capsys.readouterr().err
    assert json.loads((folder / "out" / "a.txt.json").read_text(encoding="utf-8"))
    assert cli.main(["read", "2024", "-o", "out", "--format", "csv"]) == 2
    assert (folder / "out" / "西岗区" / "a.txt-tables" / "facts.csv").is_file()


@pytest.mark.parametrize("jobs", ["0", "x", "-1"])
def test_jobs_are_a_number(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "a.txt", f"--jobs={jobs}"]) == 2
    assert "--jobs" in capsys.readouterr().err


def test_exit_codes_are_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("check", "read"):
        cli.main([command, "--help"])
        assert "退出码" in capsys.readouterr().out
