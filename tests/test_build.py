"""`juesuan build`: what is written, when a document is final, who may let errors stand, what is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.app import Refused, build, prepare_workbook, read_file
from juesuan.checking.runner import run
from juesuan.cli import main
from juesuan.composing.errors import MissingFigure
from juesuan.generating import Generated, account_of, generate, report_of
from juesuan.knowledge.styles import style, styles
from juesuan.model.accounts import Account, Answer
from juesuan.model.findings import Severity
from juesuan.model.keys import parse_key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, ReadTable
from juesuan.services.building import Built
from juesuan.services.building import build as built_of
from juesuan.services.loading import Build, Loaded
from juesuan.services.preparing import Wanted

NEGATIVE = next(
    seed for seed in range(60) if generate(seed).shape.negative and generate(seed).shape.style == "liaoning"
)
TEXT = Build(formats=("text",))


def loaded(seed: int = 3, generated: Generated | None = None) -> Loaded:
    account = generated or generate(seed)
    return Loaded(report_of(account), account_of(account), style(account.shape.style), "批复表")


def wrong(seed: int = 3) -> Loaded:
    """An account whose approved expenditure table has a wrong total of a class."""
    one = loaded(seed)
    report = one.report
    fact = next(f for f in report.facts if f.keys[0].function == "208" and f.keys[0] == _class(report.year))
    amount = replace(fact.amount, value=fact.amount.value + Decimal("90"))
    report.tables.append(ReadTable("expenditure", "", Place(), report.year, "万元", ""))
    report.facts.append(Fact(len(report.facts), fact.keys, amount, Place(), len(report.tables) - 1))
    return one


def _class(year: str) -> object:
    return parse_key(f"year={year} flow=expenditure function=208")


def names(built: Built) -> set[str]:
    return {name.removeprefix(built.name) for name in built.files}


SELF_CHECK = {"-自查表.docx", "-自查表.txt", "-检查结果.json", "-答复与批准.json"}


def text_of(built: Built, ending: str) -> str:
    return next(content for name, content in built.files.items() if name.endswith(ending)).decode("utf-8")


# final or not ---------------------------------------------------------------------------------------------------------


def test_a_consistent_account_is_final() -> None:
    built = built_of(loaded(), Build())
    assert built.stops == []
    data = {
        f"-数据/{name}" for name in ("datapackage.json", "facts.csv", "tables.csv", "account.json", "document.json")
    }
    assert names(built) == {".pdf", ".docx", ".html", "-报表.xlsx", ".txt", *SELF_CHECK, *data}
    assert "核对完毕，可以定稿。" in text_of(built, "自查表.txt")


def test_the_same_input_gives_the_same_bytes() -> None:
    assert built_of(loaded(), Build()).files == built_of(loaded(), Build()).files


def test_an_error_stops_the_document() -> None:
    built = built_of(wrong(), TEXT)
    assert [stop.split("；")[0] for stop in built.stops] == ["有 1 个错误"]
    assert names(built) == SELF_CHECK
    assert "未定稿" in text_of(built, "自查表.txt")


def test_the_preparer_cannot_approve() -> None:
    one = wrong()
    built = built_of(one, replace(TEXT, approve=one.account.department.preparer, why="批复如此"))
    assert "不能批准自己编的决算" in built.stops[0]
    assert names(built) == SELF_CHECK


def test_a_blank_is_nobody() -> None:
    assert not built_of(wrong(), replace(TEXT, approve=" ", why="批复如此")).final


def test_without_a_preparer_nobody_can_approve() -> None:
    one = wrong()
    one.account.department = replace(one.account.department, preparer="")
    built = built_of(one, replace(TEXT, approve="王五", why="批复如此"))
    assert "没有写编制人" in built.stops[0]


def test_somebody_else_can_and_it_is_kept() -> None:
    built = built_of(wrong(), replace(TEXT, approve="王五", why="批复如此"))
    assert built.final
    assert names(built) == {".txt", *SELF_CHECK}
    assert "由王五批准，理由：批复如此。" in text_of(built, "自查表.txt")
    assert json.loads(text_of(built, "批准.json"))["approved"] == {"by": "王五", "why": "批复如此"}


def test_a_draft_is_written_and_marked() -> None:
    built = built_of(wrong(), Build(draft=True))
    assert not built.final
    drafts = {name for name in names(built) if name.startswith("（草稿）")}
    assert {"（草稿）.docx", "（草稿）.txt"} < drafts
    assert "（草稿，未定稿）" in text_of(built, "（草稿）.txt")
    assert names(built) == drafts | SELF_CHECK


def test_a_warning_wants_an_answer() -> None:
    one = loaded(NEGATIVE)
    answered = built_of(one, TEXT)
    assert answered.final
    assert "收回以前年度支出，冲减本年支出" in text_of(answered, "自查表.txt")
    one.account.answers = ()
    silent = built_of(one, TEXT)
    assert not silent.final
    assert "没有答复" in silent.stops[0]


@pytest.mark.parametrize("about", ["", "handle", "负数"])
def test_an_answer_names_its_finding(about: str) -> None:
    one = loaded(NEGATIVE)
    one.account.answers = ()
    built = built_of(one, TEXT)
    finding = next(f for f in built.checked.findings if f.check == "SIGN-NEGATIVE")
    named = built.checked.handles[finding] if about == "handle" else about
    one.account.answers = (Answer("SIGN-NEGATIVE", named, "冲销"),)
    assert built_of(one, TEXT).final
    one.account.answers = (Answer("SIGN-NEGATIVE", "别的问题", "冲销"),)
    assert not built_of(one, TEXT).final


def test_a_gap_stops_the_document_until_it_is_filled_or_answered() -> None:
    one = loaded()
    del one.account.texts["fiscal_evaluation"]
    built = built_of(one, TEXT)
    assert built.stops == ["有 1 处内容待填；请在工作簿里填写，或在“原因与答复”表里说明为什么没有"]
    assert [gap.what for gap in built.composed.open] == ["财政评价结果"]
    assert "财政评价结果" in text_of(built, "自查表.txt")
    one.account.texts["fiscal_evaluation"] = "财政部门没有组织财政评价"
    assert built_of(one, TEXT).final


def test_the_self_check_says_how_every_check_ended() -> None:
    built = built_of(loaded(), TEXT)
    lines = text_of(built, "自查表.txt").split("\n")
    rows = [line.split("\t") for line in lines if line.split("\t")[-1] in ("通过", "不符", "未查", "故障")]
    assert len(rows) > 90
    for _, _, _, passed, failed, unchecked, ended in rows:
        assert int(passed) + int(failed) + int(unchecked) > 0
        assert ended == ("不符" if int(failed) else "通过" if int(passed) else "未查")
    result = built.checked.result
    assert result is not None
    sums = [sum(int(row[n]) for row in rows) for n in (3, 4, 5)]
    assert sums == [result.passed, result.failed, result.unchecked]


def test_the_accounts_of_units_are_written_beside() -> None:
    one = loaded(12)
    unit = one.report.entities[1]
    one.units = {unit: loaded(12).report}
    built = built_of(one, TEXT)
    assert f"各单位/{unit}{one.report.year}年度单位决算表.txt" in built.files


def test_a_table_without_its_total_is_refused() -> None:
    one = loaded()
    total = parse_key(f"year={one.report.year} flow=income")
    one.report.facts = [
        f if total not in f.keys else replace(f, keys=(total._replace(year="1999"),)) for f in one.report.facts
    ]
    with pytest.raises(MissingFigure, match=r"收入支出总表：缺少要列示的数“.*收入") as caught:
        built_of(one, TEXT)
    assert caught.value.key.flow == "income"


# from a workbook to files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", styles())
def test_the_example_is_built_and_read_again(place: str, tmp_path: Path) -> None:
    workbook = prepare_workbook(str(tmp_path), Wanted(example=True, place=place))[0]
    built, written = build(str(workbook), Build(output=str(tmp_path / "out")))
    assert built.stops == []
    assert all(path.is_file() for path in written)
    text = next(path for path in written if path.suffix == ".txt" and "自查" not in path.name)
    result = run(read_file(str(text)))
    assert [f.message for f in result.findings if f.severity > Severity.INFO] == []


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = prepare_workbook(str(tmp_path), Wanted(example=True))[0]
    assert main(["build", str(workbook)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("已定稿。\n核对：错误 0，警告 0，请说明 0，提示 0。\n说明：数据来源：批复表。\n写入：\n")
    folder = workbook.with_suffix("")
    assert {str(path) for path in folder.rglob("*") if path.is_file()} == {
        line.strip() for line in said.split("\n")[4:] if line.startswith("    ")
    }


def test_the_command_fails_where_the_document_is_not_final(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = prepare_workbook(str(tmp_path), Wanted(example=True))[0]
    monkeypatch.setattr("juesuan.app.load_account", lambda *_: wrong())
    assert main(["build", str(workbook), "--format", "text"]) == 1
    output = capsys.readouterr().out
    assert output.startswith("没有定稿")
    assert "    1. 有 1 个错误；请改正，或由编制人以外的人批准" in output
    assert main(["build", str(workbook), "--format", "text", "--draft"]) == 0
    assert "已写出草稿" in capsys.readouterr().out
    assert main(["build", str(workbook), "--format", "text", "--approve", "王五", "--why", "批复如此"]) == 0


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    workbook = prepare_workbook(str(tmp_path), Wanted(example=True))[0]
    (tmp_path / "out").write_text("是个文件", "utf-8")
    with pytest.raises(Refused, match="写不了"):
        build(str(workbook), Build(output=str(tmp_path / "out")))


def test_an_account_without_words_is_all_gaps() -> None:
    one = loaded()
    one.account = Account(one.account.department)
    built = built_of(one, TEXT)
    assert not built.final
    wanted = {"主要职能", "部门评价结果", "财政评价结果", "收入总计与上年度不同的原因"}
    assert wanted <= {gap.what for gap in built.composed.open}
