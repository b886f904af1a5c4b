"""Accepting: what was accepted stays accepted wherever the lines move, and not a digit further."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from juesuan import app, cli
from juesuan.model.findings import Finding
from juesuan.model.fingerprints import Fingerprint, fingerprints, handles
from juesuan.presenting.checked import Checked
from juesuan.services.acceptance import SUFFIX, acceptances, file_of
from tests.samples import account, housing

ROOT = Path(__file__).parents[1]
EXAMPLE = (ROOT / "examples" / "xigang-office-2024.txt").read_text(encoding="utf-8")
WRONG = "9.74"
"""the first wrong figure of the example"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Calls the command line in a folder with the example in it as a.txt."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_speak_utf8", lambda: None)
    Path("a.txt").write_text(EXAMPLE, encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        return code, *capsys.readouterr()

    return call


def first(one: Checked) -> tuple[Finding, str]:
    """The finding of the wrong figure, and its handle."""
    finding = next(f for f in one.findings if f.printed == WRONG)
    return finding, one.handles[finding]


def accepted(file: str = "a.txt") -> dict[str, str]:
    """Printed figure → reason, of the accepted findings."""
    return {f.printed or f.places[0].quote: f.accepted for f in app.check_file(file).findings if f.accepted}


def test_the_handle_stands_at_the_end_of_the_line(run: Run) -> None:
    finding, handle = first(app.check_file("a.txt"))
    _, out, _ = run("check", "a.txt")
    line = next(text for text in out.splitlines() if WRONG in text and text.startswith("a.txt:"))
    assert line.endswith(f"{finding.check}  {handle}")
    assert re.fullmatch("[0-9a-f]{6}", handle)


def test_an_accepted_finding_is_shown_and_not_counted(run: Run) -> None:
    before = app.check_file("a.txt")
    finding, handle = first(before)
    code, out, _ = run("accept", "a.txt", handle, "--why", "批复“如此”")
    assert code == 0
    assert f"已接受 a.txt:{finding.places[0].line} {finding.check}，记入 a.txt{SUFFIX}" in out
    _, out, _ = run("check", "a.txt")
    assert "错误（已接受）" in out
    assert "已接受：批复“如此”" in out
    assert "；已接受 1" in out
    after = app.check_file("a.txt")
    assert after.count(finding.severity) == before.count(finding.severity) - 1
    _, out, _ = run("check", "a.txt", "--format", "json")
    (document,) = json.loads(out)["documents"]
    assert [f["accepted"] for f in document["findings"] if f["printed"] == WRONG] == ["批复“如此”"]


def test_accepted_findings_do_not_count_for_the_exit_code(run: Run) -> None:
    assert run("check", "a.txt")[0] == 1
    one = app.check_file("a.txt")
    for finding in one.findings:
        assert run("accept", "a.txt", one.handles[finding], "--why", "看过")[0] == 0
    assert run("check", "a.txt", "--fail-on", "query")[0] == 0
    assert "已接受" in run("explain", f"a.txt:{first(one)[0].places[0].line}")[1]


def test_a_finding_is_named_by_check_and_line_too(run: Run) -> None:
    finding, _ = first(app.check_file("a.txt"))
    line = finding.places[0].line
    assert run("accept", "a.txt", f"{finding.check.lower()}:{line}", "--why", "看过")[0] == 0
    assert accepted() == {WRONG: "看过"}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("lines before", lambda text: "某某局公告\n\n" + text),
        ("a blank line further down", lambda text: text.replace("\n第四部分", "\n\n\n第四部分", 1)),
        ("Windows line ends", lambda text: text.replace("\n", "\r\n")),
        ("prose elsewhere", lambda text: text.replace("协助", "帮助")),
    ],
)
def test_moved_lines_change_nothing(run: Run, name: str, change: Callable[[str], str]) -> None:
    run("accept", "a.txt", first(app.check_file("a.txt"))[1], "--why", "看过")
    Path("a.txt").write_text(change(EXAMPLE), encoding="utf-8", newline="")
    assert accepted() == {WRONG: "看过"}, name
    assert app.check_file("a.txt").stale == ()


def test_another_figure_is_another_finding(run: Run) -> None:
    _, handle = first(app.check_file("a.txt"))
    run("accept", "a.txt", handle, "--why", "看过")
    Path("a.txt").write_text(EXAMPLE.replace(WRONG, "9.75"), encoding="utf-8")
    assert accepted() == {}
    _, out, _ = run("check", "a.txt")
    assert f"已接受的问题不再出现：{first_check()} {WRONG}（{handle}）看过" in out
    assert run("accept", "a.txt", handle, "--undo")[0] == 0
    assert "不再出现" not in run("check", "a.txt")[1]


def first_check() -> str:
    """The check that found the wrong figure out, whatever it is now."""
    (acceptance,) = acceptances("a.txt")
    return acceptance.print.check


def test_stale_acceptances_are_named_beside_json(run: Run) -> None:
    run("accept", "a.txt", first(app.check_file("a.txt"))[1], "--why", "看过")
    Path("a.txt").write_text(EXAMPLE.replace(WRONG, "9.14"), encoding="utf-8")
    _, out, err = run("check", "a.txt", "--format", "json")
    assert json.loads(out)
    assert "a.txt：已接受的问题不再出现" in err


def test_undo_takes_back(run: Run) -> None:
    one = app.check_file("a.txt")
    _, handle = first(one)
    run("accept", "a.txt", handle, "--why", "看过")
    code, out, _ = run("accept", "a.txt", handle, "--undo")
    assert (code, out) == (0, "已撤销接受（理由曾是：看过）\n")
    assert not file_of("a.txt").exists()
    assert app.check_file("a.txt").findings == one.findings


def test_a_second_reason_replaces_the_first(run: Run) -> None:
    _, handle = first(app.check_file("a.txt"))
    for why in ("看过", "批复如此"):
        run("accept", "a.txt", handle, "--why", why)
    assert accepted() == {WRONG: "批复如此"}
    assert len(acceptances("a.txt")) == 1


def test_what_was_written_by_hand_stays(run: Run) -> None:
    one = app.check_file("a.txt")
    names = [one.handles[finding] for finding in one.findings[:3]]
    for name in names:
        run("accept", "a.txt", name, "--why", "看过")
    path = file_of("a.txt")
    path.write_text(path.read_text("utf-8").replace('why = "看过"', "why = '''手写\n的理由'''  # 记一笔", 1), "utf-8")
    run("accept", "a.txt", names[1], "--undo")
    text = path.read_text("utf-8")
    assert "# 记一笔" in text
    assert text.startswith("# 已接受的问题")
    assert [a.why for a in acceptances("a.txt")] == ["手写\n的理由", "看过"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.txt", "ffffff", "--why", "x"), "没有问题叫“ffffff”。可以写："),
        (("a.txt", "EQ-NONE:1", "--why", "x"), "没有问题叫"),
        (("a.txt", "ffffff", "--why", "  "), "要写明接受的理由"),
        (("a.txt", "ffffff"), "要写其中一个：--why、--undo"),
        (("a.txt", "ffffff", "--undo", "--why", "x"), "不能同时写"),
        (("a.txt", "ffffff", "--undo"), "没有已接受的问题"),
        (("none.txt", "ffffff", "--why", "x"), "找不到"),
    ],
)
def test_what_cannot_be_accepted(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run("accept", *arguments)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[accepted]]\ncheck = 'EQ-A'\n", "缺少 why（接受的理由）"),
        ("[[accepted]]\ncheck = 'EQ-A'\nwhy = ' '\n", "缺少 why"),
        ("[[accepted]]\nwhy = 'x'\n", "缺少 check（检查编号）"),
        ("[[accepted]]\nchek = 'EQ-A'\nwhy = 'x'\n", ":2：不认识这一项“chek”，是否指“check”？"),
        ("[[acepted]]\ncheck = 'EQ-A'\n", ":1：不认识这一节“acepted”，是否指“accepted”？"),
        ("[[accepted]]\ncheck = 3\nwhy = 'x'\n", ":2：“check”应是引号中的文字"),
        ("[[accepted]]\ncheck = 'EQ-A'\nplaces = 'x'\nwhy = 'x'\n", ":3：“places”应是整数"),
        ("[accepted]\ncheck = 'EQ-A'\n", "应是一段，以 [[accepted]] 开头"),
        ("why = 看过\n", ":1：第 7 个字符处不合 TOML 的写法"),
        (b"why = '\xbf\xb4'\n", "不是 UTF-8"),
    ],
)
def test_a_bad_file_is_told_where_and_why(run: Run, content: str | bytes, said: str) -> None:
    file_of("a.txt").write_bytes(content if isinstance(content, bytes) else content.encode())
    code, out, _ = run("check", "a.txt")
    assert code == 2
    assert f"a.txt{SUFFIX}" in out
    assert said in out


def test_our_own_files_are_not_taken_for_accounts(run: Run) -> None:
    run("accept", "a.txt", first(app.check_file("a.txt"))[1], "--why", "看过")
    Path("juesuan.toml").write_text("", encoding="utf-8")
    _, out, _ = run("check", "a.*", "*.toml", "--format", "json")
    assert [d["file"] for d in json.loads(out)["documents"]] == ["a.txt"]


# ---------------------------------------------------------------------------------------------------- fingerprints


def one_print(**changes: Any) -> Fingerprint:
    return fingerprints(account(), [housing(**changes)])[0]


def test_line_numbers_are_no_part_of_a_fingerprint() -> None:
    message = "支出表：第 40—51 行错行，第 3 行"
    moved = message.replace("40—51", "42—53").replace("3", "5")
    assert one_print(message=message, places=()) == one_print(message=moved, places=())


@pytest.mark.parametrize("changes", [{"check": "X"}, {"expected": "90.44"}, {"places": housing().places[:1]}])
def test_what_makes_another_finding(changes: dict[str, Any]) -> None:
    assert one_print(**changes) != one_print()


def test_of_findings_that_are_alike_the_number_counts() -> None:
    one, two, three = (fingerprints(account(), [housing()] * n)[0] for n in (1, 2, 3))
    assert len({one, two, three}) == 3


def test_handles_grow_until_they_differ() -> None:
    prints = [Fingerprint("X", str(number)) for number in range(6000)]
    named = handles(prints)
    assert len(set(named)) == len(prints)
    assert len(set(map(len, named))) == 1
