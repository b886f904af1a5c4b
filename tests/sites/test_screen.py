"""What `juesuan site` says: progress, what was left out, the exit code."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bench.site_accounts import name_of, text_of

from juesuan.cli import main
from juesuan.model.findings import Crash
from juesuan.presenting.progress import ProgressLine
from tests.sites.made import SEED, put


def test_the_bar_grows(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    line = ProgressLine(bar=True)
    line.show(1, 1000, "甲.txt", 0)
    line.show(501, 1000, "乙.txt", 0)
    said = capsys.readouterr().err
    assert f"{'░' * 20} [1/1000] 甲.txt" in said
    assert f"{'█' * 10}{'░' * 10} [501/1000] 乙.txt" in said


def test_what_is_left_out_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "in" / "a.txt", text_of(0, 2023, SEED))
    assert main(["site", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--title", "某区决算"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("收录 1 份决算，1 个部门、单位，2023 年度。\n")
    assert "<h1>某区决算</h1>" in (tmp_path / "out" / "index.html").read_text("utf-8")
    put(tmp_path / "in" / "b.txt", "今天开会。\n")
    assert main(["site", str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().out
    assert "没有收录 b.txt：" in said
    assert "没有收录 1 个文件。" in said
    assert (tmp_path / "out" / "departments" / name_of(0) / "2023.html").is_file()


def test_what_cannot_be_done_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["site", str(tmp_path / "nowhere"), "-o", str(tmp_path / "out")]) == 2
    assert "不是文件夹" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_our_own_crash_is_told_as_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from juesuan.services import siting

    def broken(*_: object) -> None:
        raise KeyError("flow")

    monkeypatch.setattr(siting, "profile_of", broken)
    put(tmp_path / "a.txt", text_of(0, 2023, SEED))
    told = siting.account_sent(str(tmp_path / "a.txt"), None, str(tmp_path), str(tmp_path / "work"))
    assert isinstance(told, Crash)
    assert told.error == "KeyError: 'flow'"
