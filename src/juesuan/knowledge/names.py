"""Names (名称): a stub, head or title as printed, brought into one form so that two of them can be compared.

Refuses to guess: nothing is corrected, only variants of writing are removed (full width, spaces, quotes, dashes, the
radicals that PDF fonts put in the place of characters).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_SPACES = "\t\n\v\f\r \x85\xa0\xad\u1680\u180e\u2028\u2029\u202f\u205f\u3000\ufeff\u2060" + "".join(
    map(chr, range(0x2000, 0x2010))
)
_QUOTES = "“”„‟″＂「」『』〝〞〟"
_SINGLE_QUOTES = "‘’‚‛′＇"
_DASHES = "—–―‐‑‒−－﹣─━﹘"
_DOTS = "・•‧∙⋅･"
_OTHER = {"﹙": "(", "﹚": ")", "﹕": ":", "﹐": ",", "﹑": "、", "﹔": ";", "∶": ":", "｡": "。", "､": "、", "～": "~"}

# Radicals that Unicode's own compatibility mapping leaves as they are; PDF text has them in the place of characters.
_RADICALS_FROM = "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰"
_RADICALS_TO = "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙"
_RADICALS = dict(zip(_RADICALS_FROM, _RADICALS_TO, strict=True))

_NUMERAL = "一二三四五六七八九十"
_ORDINAL = re.compile(
    r"[-•·*#◆●▪■]+(?=[^\d\-])"  # a bullet, never the sign of a figure
    rf"|第[{_NUMERAL}\d]{{1,3}}(?:部分|章|节)[、.:]?"
    rf"|\((?:[{_NUMERAL}]{{1,3}}|\d{{1,2}})\)[、.]?"
    rf"|[{_NUMERAL}]{{1,3}}[、.)]"
    r"|\d{1,2}(?:、|[.)](?!\d))"
    r"|[\u2460-\u249b\u3220-\u3229\u3280-\u3289\u2776-\u277f][、.]?"
    r"|(?:[\u2160-\u216b]|[IVX]{1,4})[、.]"
    r"|其中[:,、]?"
)
_NO_WORD = re.compile(r"[\W_]+")
_DIGITS = {0xFF10 + n: str(n) for n in range(10)}


@cache
def radicals() -> dict[int, str]:
    """Radicals and compatibility ideographs, which PDF fonts put in the place of characters, as the characters."""
    table = {}
    for first, last in ((0x2E80, 0x2FD6), (0xF900, 0xFB00)):
        for code in range(first, last):
            normal = unicodedata.normalize("NFKC", chr(code))
            if normal != chr(code) and len(normal) == 1:
                table[code] = normal
    return table | {ord(char): to for char, to in _RADICALS.items()}


@cache
def _table() -> dict[int, str | None]:
    """Code point → what it becomes; None removes it."""
    table: dict[int, str | None] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= radicals()
    variants = {_QUOTES: '"', _SINGLE_QUOTES: "'", _DASHES: "-", _DOTS: "·"}
    table |= {ord(char): to for chars, to in variants.items() for char in chars}
    table |= {ord(char): to for char, to in _OTHER.items()}
    table |= {ord(char): None for char in _SPACES}
    return table


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """The text in half width, without any space, with one kind of quote (") and dash (-), no colon at its end.

    、 。 and 《》 stay. `plain("（一） 收 入：")` is `"(一)收入"`.
    """
    return text.translate(_table()).rstrip(":")


@lru_cache(maxsize=1 << 14)
def strip_ordinal(text: str) -> str:
    """`plain(text)` without ordinals at its start (一、 （一） 1. ① 第一部分 …), bullets and 其中.

    `三公经费`, `一般公共服务支出`, `1.50` and `-5.00` start with no ordinal and stay.
    """
    word = plain(text)
    while match := _ORDINAL.match(word):
        word = word[match.end() :]
    return word


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """Only the letters and digits of `plain(text)`: for names that may differ in brackets and punctuation."""
    return _NO_WORD.sub("", plain(text))


def abbreviates(short: str, long: str) -> bool:
    """Whether all characters of the one stand in the other, in their order (区政府办 in 西岗区人民政府办公室)."""
    rest = iter(long)
    return all(char in rest for char in short)


def digits(text: str) -> str:
    """The text with its full-width digits in ASCII; nothing else is touched."""
    return text.translate(_DIGITS)
