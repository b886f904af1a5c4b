"""Chinese numerals (汉字数字) for ordinals: 一、二、… 二十六. Refuses what no list of an account reaches."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1 → 一, 10 → 十, 26 → 二十六. Raises ValueError outside 1–99."""
    if not 0 < number < 100:
        raise ValueError(f"序号应在 1 到 99 之间：{number}")
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
