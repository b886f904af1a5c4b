"""Published accounts, read into a workbook and built again: the same figures, their contradictions gone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.app import Refused, init_workbook, load_account, read_file
from juesuan.building import Built
from juesuan.building import build as built_of
from juesuan.compiling.contents import add_figures
from juesuan.compiling.filling import contents_of
from juesuan.documents.text import read_text
from juesuan.knowledge.styles import style
from juesuan.loading import Build, Loaded
from juesuan.model.amounts import Amount
from juesuan.model.findings import Severity
from juesuan.model.keys import parse_key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report
from juesuan.preparing import Wanted
from juesuan.understanding import interpret
from tests.mending import mended

DRAFT = Build(draft=True, formats=("text",))
#: what stays to be answered: check → how often
LEFT = {
    "xigang-office-2024.txt": {"CLAIM-LAST-YEAR-KIN": 1, "TEXT-REASON-STOCK": 3, "PERF-REPEAT": 1, "PERF-KIND": 3},
    # a purpose that the office copied from another line, and what it says of procurement: words, not ours to change
    "putuo-social-work-2024.txt": {"TEXT-PURPOSE": 1, "TEXT-PROCUREMENT": 1, "TEXT-RUNNING": 1},
}
GAPS = {
    "xigang-office-2024.txt": ["一般公共预算公务用车购置及运行维护费与年初预算不同的原因"],
    "putuo-social-work-2024.txt": [],
}


def figures(report: Report) -> dict[str, set[tuple[str, Decimal]]]:
    """Form → (key, figure) of what is not zero; 预算数 of no said kind is the initial budget."""
    found: dict[str, set[tuple[str, Decimal]]] = {}
    for fact in report.facts:
        if fact.table >= 0 and fact.amount.value:
            table = report.tables[fact.table]
            found.setdefault(f"{table.form} {table.project}", set()).update(
                (str(key).replace("basis=budget", "basis=initial"), fact.amount.value) for key in fact.keys
            )
    return found


def report_of(built: Built) -> Report:
    assert built.checked.report is not None
    return built.checked.report


@pytest.fixture(scope="module", params=sorted(LEFT))
def pair(
    request: pytest.FixtureRequest, real: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Report, Built]:
    account = real / request.param
    workbook = init_workbook(str(tmp_path_factory.mktemp("from")), Wanted(source=str(account)))
    return request.param, read_file(str(account)), built_of(load_account(str(workbook)), DRAFT)


def test_every_table_figure_is_the_same(pair: tuple[str, Report, Built]) -> None:
    _, source, built = pair
    assert figures(report_of(built)) == figures(source)


def test_no_contradiction_is_left_but_what_the_office_has_to_answer(pair: tuple[str, Report, Built]) -> None:
    name, _, built = pair
    asked = [finding for finding in built.checked.findings if finding.severity > Severity.INFO]
    counts = {check: sum(f.check == check for f in asked) for check in {f.check for f in asked}}
    assert counts == LEFT[name]


def test_what_is_not_known_is_a_gap(pair: tuple[str, Report, Built]) -> None:
    name, _, built = pair
    assert [gap.what for gap in built.composed.open] == GAPS[name]
    assert not built.final


def test_nothing_of_it_is_unread(pair: tuple[str, Report, Built]) -> None:
    assert [(unread.quote, unread.reason) for unread in report_of(pair[2]).unread] == []


@pytest.fixture(scope="module")
def culture(real: Path) -> Report:
    return interpret(read_text(mended(real / "putuo-culture-2025.txt").encode("utf-8"), "mended.txt"))


def test_the_culture_account_wants_one_figure(real: Path, tmp_path: Path) -> None:
    """Its funds table prints sub-heads where the total of project spending should stand."""
    source = tmp_path / "culture.txt"
    source.write_text(mended(real / "putuo-culture-2025.txt"), "utf-8")
    workbook = init_workbook(str(tmp_path), Wanted(source=str(source)))
    with pytest.raises(Refused, match="政府性基金"):
        load_account(str(workbook))


def test_the_culture_account_with_that_figure(culture: Report) -> None:
    contents = contents_of(culture)
    wanted = figures(culture)
    add_figures(culture, contents.figures)
    project = parse_key("year=2025 flow=expenditure fund=government_funds nature=project")
    given = {(str(project), Decimal("2002.80")), (str(project._replace(nature="all")), Decimal("2002.80"))}
    culture.facts.append(Fact(len(culture.facts), (project,), Amount(Decimal("2002.80"), 2, "万元"), Place(), -1))
    built = built_of(Loaded(culture, contents.account, style("shanghai"), "批复表"), DRAFT)
    found = figures(report_of(built))
    assert found["funds "] == wanted.pop("funds ") | given
    assert {form: found.get(form) for form in wanted} == wanted
    assert [f.message for f in built.checked.findings if f.severity == Severity.ERROR] == []
