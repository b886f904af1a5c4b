"""Personal data (个人信息): identity numbers, mobile numbers and bank accounts that must not be published.

An identity number counts only with a right check digit. What is found is shown with its middle hidden, in the message
as in the place. Refuses figures of tables, landline numbers, and codes of organisations.
Sources: 个人信息保护法; 政府信息公开条例第十五条; GB 11643-1999 (公民身份号码); GB/T 17710 (校验码).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.knowledge.phrases import compact
from juesuan.knowledge.wording import wording
from juesuan.model.documents import Heading, Paragraph, Table
from juesuan.model.findings import Severity
from juesuan.model.places import Place
from juesuan.model.reports import Report

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_CARD = 16
_KEPT = 3
_LONG = re.compile(r"\d(?:[ -]?\d){9}")
_IDENTITY = 18
"""how long an identity number is at least"""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@check("PERSONAL-DATA", severity="error", basis="个人信息保护法；政府信息公开条例第十五条")
def no_personal_data(report: Report) -> Iterator[Outcome]:
    """公开的文本不应有身份证号、手机号、银行账号。"""
    seen = False
    for text, place in _texts(report):
        seen = True
        told: set[int] = set()
        for kind, match in _found(text):
            if told.isdisjoint(range(match.start(), match.end())):
                told.update(range(match.start(), match.end()))
                yield _personal(kind, match, text, place)
    if seen:
        yield Passed()
    else:
        yield Unchecked("没有文字")


def _texts(report: Report) -> Iterator[tuple[str, Place]]:
    """Lines, and cells that hold words; a cell of digits alone is a figure."""
    for block in report.document.blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text, block.place
        elif isinstance(block, Table):
            yield from ((c.text, c.place) for c in block.cells() if _holds_words(c.text))


def _holds_words(cell: str) -> bool:
    return _CHINESE.search(cell) is not None or (len(cell) >= _IDENTITY and _identity(cell))


def _identity(cell: str) -> bool:
    match = wording("personal", "identity").fullmatch(compact(cell))
    return match is not None and right_identity(match.group())


def _found(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """(kind, match) in the printed text, the surest kinds first."""
    if not _LONG.search(text):
        return
    for match in wording("personal", "identity").finditer(text):
        if right_identity(match.group()):
            yield "身份证号", match
    for match in wording("personal", "account").finditer(text):
        yield "银行账号", match
    for match in wording("personal", "card").finditer(text):
        if right_card(digits(match.group())):
            yield "银行卡号", match
    for match in wording("personal", "phone").finditer(text):
        yield "手机号", match


def digits(number: str) -> str:
    """A number without the spaces between its groups."""
    return re.sub(r"[^\dXx]", "", number)


def right_identity(number: str) -> bool:
    """Whether the last digit of an identity number is the check digit of the others (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:-1], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == number[-1].upper()


def right_card(number: str) -> bool:
    """Whether the number of a bank card has a right check digit (GB/T 17710, Luhn)."""
    values = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * value, 10)) for value in values[1::2])
    return len(number) >= _CARD and (sum(values[::2]) + sum(doubled)) % 10 == 0


def hidden(number: str) -> str:
    """A number with its middle hidden: 310*************34."""
    return number[:_KEPT] + "*" * (len(number) - _KEPT - 2) + number[-2:]


def _personal(kind: str, match: re.Match[str], text: str, place: Place) -> Failed:
    number = match.group("number") if "number" in match.groupdict() else match.group()
    start = match.end() - len(number)
    public = kind == "手机号" and wording("personal", "public").search(compact(text[:start]))
    shown = hidden(digits(number))
    return Failed(
        f"{kind} {shown}",
        (place._replace(start=(place.start or 0) + start, quote=shown),),
        advice="请删去" if not public else "是对外公布的工作电话的，可以保留",
        printed=shown,
        severity=Severity.QUERY if public else None,
    )
