"""A made-up account as a text document: cover, tables, explanation, laid out as published files are.

Lines are broken at any character but inside a figure; pages end in the middle of a sentence; spaces, punctuation and
ordinals differ with the seed. Gives the text and, for every figure, where it stands and how it should be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from tests.wordings.explanations.model import Account
from tests.wordings.explanations.saying import Saying
from tests.wordings.explanations.slots import FIRST_MARK
from tests.wordings.explanations.tables import Tables, ordinal
from tests.wordings.spoken import Read

HALF = str.maketrans("（）：，；", "():,;")
GLOSSARY = """\
一、财政拨款收入：指单位本年度从本级财政部门取得的财政拨款。
二、基本支出：指为保障机构正常运转、完成日常工作任务而发生的支出。
"""
DUTIES = "贯彻执行国家有关法律法规和方针政策，拟订本行业发展规划并组织实施，承担本行业的监督管理和公共服务工作。"


@dataclass(frozen=True)
class Explained:
    """The document of one account. `figures`: (line, offset) → how the figure there should be read."""

    text: str
    figures: dict[tuple[int, int], Read]
    wordings: list[str]
    department: str
    year: str


def explained(seed: int, files: tuple[str, ...]) -> Explained:
    """The account of a seed, in wordings of the named files."""
    account = Account(seed)
    saying = Saying(account, files)
    random = Random(f"layout {seed}")
    body = _body(account, saying, random)
    head = f"{account.department}\n{account.year} 年度部门决算\n\n第一部分 部门概况\n\n一、主要职能\n\n{DUTIES}\n\n"
    head += f"二、部门决算单位构成\n\n{saying.say('offices', offices='、'.join(account.offices))}\n\n"
    tables = f"第二部分 {account.year} 年度部门决算表\n\n{Tables(account).text()}\n"
    text = f"{head}{tables}第三部分 {account.year} 年度部门决算情况说明\n\n{body}\n第四部分 名词解释\n\n{GLOSSARY}"
    text, figures = _found(text, saying.slots.said.figures)
    return Explained(text, figures, saying.sentences, account.department, str(account.year))


def _body(account: Account, saying: Saying, random: Random) -> str:
    width = random.choice((0, 0, 28, 34, 41))
    blank = random.random() < 0.5 and not width
    half, spaced = random.random() < 0.2, random.random() < 0.4
    lines: list[str] = []
    number = 0
    for title, paragraphs in saying.sections():
        if not title.startswith("（"):
            number += 1
            title = f"{ordinal(number)}、{title}"
        lines += [title, *([""] if blank else [])]
        for paragraph in paragraphs:
            said = paragraph.translate(HALF) if half else paragraph
            said = re.sub("([" + chr(FIRST_MARK) + r"-\uf8ff][\d,.]+)", r" \1 ", said) if spaced else said
            for line in said.split("\n"):
                lines += [*_broken(line, width, random), *([""] if blank else [])]
    return "\n".join(lines) + "\n"


def _broken(line: str, width: int, random: Random) -> list[str]:
    """The line broken at about `width` characters, never inside a figure; now and then a page ends there."""
    if not width:
        return [line]
    found, rest = [], line
    while len(rest) > width:
        at = width
        while at > 1 and re.match(r"[\d.,\ue000-\uf8ff]", rest[at - 1]) and re.match(r"[\d.,]", rest[at]):
            at -= 1
        found.append(rest[:at])
        if random.random() < 0.04:
            found.append(f"— {random.randrange(3, 60)} —\n\f")
        rest = rest[at:]
    return [*found, rest]


def _found(text: str, reads: list[Read]) -> tuple[str, dict[tuple[int, int], Read]]:
    """The text without marks, and where each marked figure stands in it."""
    figures: dict[tuple[int, int], Read] = {}
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        clean = ""
        for char in line:
            if FIRST_MARK <= ord(char) < FIRST_MARK + len(reads):
                figures[number, len(clean)] = reads[ord(char) - FIRST_MARK]
            else:
                clean += char
        lines.append(clean)
    return "\n".join(lines), figures
