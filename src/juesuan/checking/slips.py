"""Slips (笔误): what kind of slip turns the right figure into the printed one.

Works on the printed digits. Refuses to say whether a slip happened: it only names the likeliest way.
"""

from __future__ import annotations

from collections.abc import Iterator

DIGIT, SWAPPED, POINT, SIGN, DROPPED, DOUBLED = (
    "一位数字有误",
    "相邻两位颠倒",
    "小数点错位",
    "正负号有误",
    "漏一位数字",
    "多一位数字",
)
COPIED, MISSING, EXTRA, NONE = "抄自相邻单元格", "漏填", "多填", ""
_RANK = {NONE: 2, MISSING: 2, COPIED: 1}
_TENS = (10, 100, 1000, 10000)


def rank(slip: str) -> int:
    """0 for a slip of the hand, 1 for a copied neighbour, 2 where nothing is recognised or a cell is merely empty."""
    return _RANK.get(slip, 0)


def name(printed: int, right: int) -> str:
    """The slip that made `printed` of `right`, both in units of the last printed place; "" if none is known."""
    if not printed:
        return MISSING if right else NONE
    if not right:
        return EXTRA
    if printed == -right:
        return SIGN
    if printed < 0 or right < 0:
        return name(-printed, -right) if printed < 0 and right < 0 else NONE
    if any(printed == right * ten or right == printed * ten for ten in _TENS):
        return POINT
    return _digits(str(printed), str(right))


def _digits(printed: str, right: str) -> str:
    if len(printed) < len(right):
        return DROPPED if _without_one(right, printed) else _padded(printed, right)
    if len(printed) > len(right):
        if _without_one(printed, right):
            return DOUBLED
        return _padded(printed, right)
    different = [n for n, (a, b) in enumerate(zip(printed, right, strict=True)) if a != b]
    if len(different) == 1:
        return DIGIT
    if len(different) == 2:
        i, j = different
        if j == i + 1 and printed[i] == right[j] and printed[j] == right[i]:
            return SWAPPED
    return NONE


def _padded(printed: str, right: str) -> str:
    """One digit wrong or two swapped where that made a leading zero (05.46 for 50.46)."""
    width = max(len(printed), len(right))
    if abs(len(printed) - len(right)) != 1:
        return NONE
    return _digits(printed.zfill(width), right.zfill(width))


def _without_one(longer: str, shorter: str) -> bool:
    return len(longer) == len(shorter) + 1 and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


def guesses(printed: int) -> Iterator[int]:
    """The figures that a common slip may have turned into `printed` (in units of the last place)."""
    if not printed:
        return
    yield 0
    sign, digits = (-1 if printed < 0 else 1), str(abs(printed))
    yield -printed
    for ten in _TENS[:3]:
        yield printed * ten
        if printed % ten == 0:
            yield printed // ten
    for n, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield sign * int(digits[:n] + other + digits[n + 1 :])
        if n and digits[n - 1] != digit:
            yield sign * int(digits[: n - 1] + digit + digits[n - 1] + digits[n + 1 :])
