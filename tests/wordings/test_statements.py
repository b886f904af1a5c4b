"""The phrase book: every wording and every template of a statement is read as the keys that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from juesuan.knowledge.phrases import compact, cues, meaning
from juesuan.knowledge.statements import Slotless, Statement, filled, slots, statements
from tests.wordings.expected import Expected, claimed, differences, figure
from tests.wordings.spoken import DEPARTMENT, Read, spoken

YEAR = "2024"
LEAST = 5
FURTHEST = 250
WORDS = {
    "department": DEPARTMENT,
    "year": YEAR,
    "last": "2023",
    "reason": "工作安排调整",
    "reason_out": "工作安排调整",
    "purpose": "日常工作开支",
    "names": "办公室、财务科、业务科",
    "share": "",
    "done": "",
    "direction": "小于",
}
EVIDENCE = {
    "liaoning": ("xigang-office-2024.txt",),
    "shanghai": ("putuo-social-work-2024.txt", "putuo-culture-2025.txt"),
}
KINDS = (
    "totals", "totals-composition", "totals-level", "income-parts", "expenditure-parts", "balances", "fiscal-totals",
    "fiscal-completion", "general-public", "general-public-classes", "general-public-budget", "item", "item-level",
    "basic", "basic-classes", "three-public", "three-public-change", "three-public-shares", "three-public-none",
    "overseas", "vehicles", "reception", "funds", "funds-item", "funds-none", "state-capital", "state-capital-none",
    "running-costs", "procurement", "procurement-awards", "procurement-reserved", "vehicles-held", "equipment",
    "offices", "performance-projects", "performance-stages", "performance-grades", "performance-project",
)  # fmt: skip
"""the kinds of statements that the explanation must be understood in"""


def values(statement: Statement) -> dict[str, str]:
    """Words and example figures; a slot that only the template of a place has (占 … 的 {share}%) gets no figure."""
    return {**WORDS, **statement.example}


def wanted(statement: Statement, text: str) -> Expected:
    """What a wording says: its figures in order, its claims without a figure."""
    found = Expected()
    for match in re.finditer(r"\{([a-z_]+)(?::([^{}]*))?\}", text):
        slot, own = match.groups()
        said = statement.figures.get(slot)
        if said is None:
            continue
        said = filled(said, statement.example)
        if said.startswith("says "):
            found.says += [claimed(part.removeprefix("says ")) for part in said.split("; ")]
            continue
        printed = own if own is not None else statement.example[slot]
        found.figures.append(read_as(said, printed))
    return found


def read_as(said: str, printed: str) -> Read:
    """How a figure of this meaning should be read."""
    head, _, base = said.partition(" / ")
    tags = [w for w in head.split() if "=" not in w and w != "|"]
    keys = [" ".join(w for w in part.split() if "=" in w) for part in head.split(" | ")]
    text = " ".join([*tags, printed]) + (f" / {base}" if base else "")
    return figure(keys, text)


def every() -> Iterator[tuple[str, Statement, str]]:
    for statement in statements():
        for n, text in enumerate(statement.wordings):
            yield f"{statement.id}-{n}", statement, text


CASES = list(every())


def test_the_kinds_of_statements() -> None:
    assert sorted(s.id for s in statements()) == sorted(KINDS)


@pytest.mark.parametrize("statement", statements(), ids=lambda s: s.id)
def test_every_statement_has_wordings_and_a_template(statement: Statement) -> None:
    assert len(set(statement.wordings)) >= LEAST
    known = {*WORDS, *statement.example, "parts"}
    for text in (*statement.templates.values(), *statement.wordings):
        assert set(slots(text)) <= known
    assert set(statement.figures) <= set(statement.example)


@pytest.mark.parametrize(("statement", "text"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_wording_is_read(statement: Statement, text: str) -> None:
    said = filled(text, values(statement), statement.id)
    assert differences(wanted(statement, text), spoken(said, statement.section, YEAR)) == []


def templates() -> Iterator[tuple[Statement, str]]:
    for statement in statements():
        for place, text in statement.templates.items():
            if "{parts}" not in text and not {"share", "done"} & set(slots(text)) - set(statement.figures):
                yield statement, place


@pytest.mark.parametrize(("statement", "place"), list(templates()), ids=lambda x: getattr(x, "id", x))
def test_what_is_composed_is_read(statement: Statement, place: str) -> None:
    said = statement.compose(values(statement), place)
    want = wanted(statement, statement.templates[place])
    assert differences(want, spoken(said, statement.section, YEAR)) == []


def test_a_slot_without_a_value_is_refused() -> None:
    with pytest.raises(Slotless, match=r"totals.*缺少.*year"):
        next(s for s in statements() if s.id == "totals").compose({})


def stands(template: str, document: str) -> bool:
    """Whether the words of a template stand in the document in order, with something short in every slot."""
    first, *rest = [piece for piece in re.split(r"\{[a-z_]+(?::[^{}]*)?\}", compact(template)) if piece]
    return any(_follow(document, match.end(), rest) for match in re.finditer(re.escape(first), document))


def _follow(document: str, at: int, pieces: list[str]) -> bool:
    for piece in pieces:
        found = document.find(piece, at, at + FURTHEST + len(piece))
        if found < 0:
            return False
        at = found + len(piece)
    return True


@pytest.mark.real
@pytest.mark.parametrize("place", sorted(EVIDENCE))
def test_a_place_is_named_only_with_evidence(place: str, real: Path) -> None:
    documents = [compact((real / name).read_text("utf-8")) for name in EVIDENCE[place]]
    named = [(s.id, s.templates[place]) for s in statements() if place in s.templates]
    assert [name for name, text in named if not any(stands(text, d) for d in documents)] == []


def test_no_other_place_is_named() -> None:
    assert {place for s in statements() for place in s.templates} <= {"default", *EVIDENCE}


def test_every_direction_word_has_a_meaning() -> None:
    """A word that the cues find and whose meaning nobody knows would be judged wrong."""
    for name in ("sentence", "level", "level_previous"):
        found = re.search(r"\(\?P<word>([^()]*(?:\([^()]*\)[^()]*)*)\)", cues()["direction"][name].pattern)
        assert found is not None
        words = {re.sub(r"\(.*", "", word) for word in found[1].split("|")} - {"大小于", "预算", "年初)"}
        assert {word for word in words if not meaning(word)} - {"无增减变动", "无增减变化"} == set()
