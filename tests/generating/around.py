"""Once around: a made-up account built as `juesuan build` does, written in every form that can be read back, and read.

What comes back is compared with the generator's own keys and figures, and with lists of what tables and explanations
print that were written down from published forms. Refuses to compare a document with itself only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from juesuan.checking.runner import run
from juesuan.documents.reading_data import read_data
from juesuan.documents.text import read_text
from juesuan.generating import Generated, account_of, generate, report_of
from juesuan.generating.reports import rounded
from juesuan.knowledge.styles import style
from juesuan.model.findings import Result
from juesuan.model.keys import Key
from juesuan.model.reports import Report
from juesuan.services.building import build
from juesuan.services.loading import Build, Loaded
from juesuan.understanding import interpret
from tests.composing.expected import expected_keys
from tests.composing.stated import misstated, unstated
from tests.generating.word_text import word_text

FORMATS = ("docx", "text", "data")


@dataclass
class Trial:
    """One account: what is wrong with it by form of writing, in words; and how many figures were compared."""

    seed: int
    account: Generated
    wrong: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    answered: int = 0
    """queries of the checks that the account answers (a negative amount, a loss)"""


def trial(seed: int) -> Trial:
    """Builds, reads back and compares."""
    account = generate(seed)
    result = Trial(seed, account)
    loaded = Loaded(report_of(account), account_of(account), style(account.shape.style), "批复表")
    built = build(loaded, Build(formats=FORMATS))
    result.wrong += [f"build: {stop}" for stop in built.stops]
    files = {name.removeprefix(built.name): content for name, content in built.files.items()}
    data = {name.removeprefix("-数据/"): content for name, content in files.items() if name.startswith("-数据/")}
    text = interpret(read_text(files[".txt"], "a.txt"))
    reports = {
        "text": text,
        "docx": interpret(read_text(word_text(files[".docx"]).encode("utf-8"), "a.txt")),
        "data": read_data(data),
    }
    for name, report in reports.items():
        result.figures[name] = report.figures
        result.wrong += [f"{name}: {words}" for words in _compared(account, report, name == "data")]
        if name != "data":
            # the text has been checked when it was built
            checks = built.checked.result if name == "text" else run(report)
            result.wrong += [f"{name}: {words}" for words in _found(result, checks or run(report))]
        if _content(report) != _content(text):
            result.wrong.append(f"{name}: other facts than in the text")
    return result


def _compared(account: Generated, report: Report, data: bool) -> Iterator[str]:
    """What differs from the generator's own: figures in tables, figures in sentences, keys that have to be there."""
    for fact in report.facts:
        for key in fact.keys if fact.table >= 0 else ():
            true = account.facts.get(_own(key))
            if fact.amount.value != (rounded(true, "万元", 2).value if true else 0):
                yield f"{key}: {fact.amount.show()} instead of {true}"
    for form, keys in expected_keys(account).items():
        found = {_own(key) for fact in report.facts_of(form) if fact.amount.value for key in fact.keys}
        keys = {_own(key) for key in keys}
        yield from (f"{form}: {key} {'missing' if key in keys else 'too much'}" for key in found ^ keys)
    if not data:  # places in sections are no part of the data
        yield from (f"sentence: {' '.join(one)}" for one in misstated(account, report))
        yield from (f"sentence: {key} missing" for key in unstated(account, report))
        yield from (f"unread: {one.quote} ({one.reason})" for one in report.unread)


def _own(key: Key) -> Key:
    """预算数 of which a table does not say the kind is the initial budget, as the explanation says."""
    return key._replace(basis="initial") if key.basis == "budget" else key


def _found(result: Trial, found: Result) -> Iterator[str]:
    """What the checks find, answered queries apart."""
    yield from (f"crash: {crash.check}" for crash in found.crashes)
    answers = {answer.check for answer in account_of(result.account).answers}
    result.answered += sum(finding.check in answers for finding in found.findings)
    yield from (f"{f.severity.word} {f.check}: {f.message}" for f in found.findings if f.check not in answers)


def _content(report: Report) -> list[tuple[tuple[Key, ...], str, str, int]]:
    return [(f.keys, f.amount.show(), f.amount.unit, f.table) for f in report.facts]
