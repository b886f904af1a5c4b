"""Slips in counts of sentences, and reasons moved to the next item; which are determined. Used by wording.py.

Refuses a count that nothing else printed in its line could contradict, and a reason that could be the next item's too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping

_KINDS_OF_CARS = "(?:其他|机要通信|应急保障|执法执勤|特种专业技术|离退休干部)用车"
_GRADE = "“(?:优|良|合格|不合格)”的项目"
_PAIR = re.compile(r"(\d+)\s*(?:个|批次?)[、，,]\s*(?:累计|共)?\s*(\d+)\s*人次?")
#: words of which each means one kind of item: a reason that holds them is no reason for another
_OWN = (
    re.compile("退休"),
    re.compile("抚恤|去世"),
    re.compile("公积金"),
    re.compile("医疗|医保"),
    re.compile("养老"),
    re.compile("接待"),
    re.compile("出国|出境|出访"),
    re.compile("公务用车|燃油|购车"),
)
_REASON = re.compile(r"主要原因(?:是|：|:)?\s*([^。；，\d]{4,60})。")
_ITEM = re.compile(r"^\s*\d{1,2}[.、．]\s*\S")


def counted(line: str, chance: random.Random) -> Iterator[tuple[str, int, str, str]]:
    """(kind, start, what was printed, what is printed now)."""
    for match in _PAIR.finditer(line):
        for group, other in ((1, 2), (2, 1)):
            if match.group(group) == "0" == match.group(other):
                yield "计数", match.start(group), "0", str(chance.randint(3, 9))
        if 0 < int(match.group(1)) <= int(match.group(2)):
            yield "计数", match.start(1), match.group(1), str(int(match.group(2)) + chance.randint(2, 9))
    for pattern in (rf"{_KINDS_OF_CARS}\s*(\d+)\s*辆(?!是)", rf"{_GRADE}\s*(\d+)\s*个"):
        for match in re.finditer(pattern, line):
            yield "计数", match.start(1), match.group(1), str(int(match.group(1)) + chance.randint(1, 9))
    for match in re.finditer(r"保有量\s*(\d+)\s*辆", line):
        yield "计数", match.start(1), match.group(1), str(int(match.group(1)) + 30)
    for match in re.finditer(r"内设机构\s*(\d+)\s*个[，,]\s*(?:包括|分别是)", line):
        yield "计数", match.start(1), match.group(1), str(int(match.group(1)) + chance.choice((-2, -1, 1, 2)))


def moved(body: Mapping[int, str]) -> Iterator[tuple[int, str, str]]:
    """(index, the reason that stood there, the line) with the reason of the item before it."""
    before: tuple[str, str] | None = None
    for i, line in body.items():
        if not _ITEM.match(line):
            continue
        found = _REASON.search(line)
        if found and before and (text := _foreign(*before, line)):
            yield i, found.group(1), line[: found.start(1)] + text + line[found.end(1) :]
        before = (line, found.group(1)) if found else None


def _foreign(item: str, reason: str, other: str) -> str:
    """The reason, if it holds a word of its own item that the other item has not; else nothing."""
    mine = [word for word in _OWN if word.search(reason) and word.search(item.replace(reason, ""))]
    return reason if any(not word.search(other) for word in mine) else ""
