"""Files that users write by hand (手写的文件): TOML read with errors that say where, what was found and what to do.

Refuses a name that is not known, always with the known one that comes nearest: a misspelt line must never do nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from juesuan.model.system import said


class BadFile(ValueError):
    """A file of the user's that says what we do not understand; str() is the whole message, in Chinese."""


class Handmade:
    """One TOML file: `data`, and complaints that name the line. Raises BadFile where it is no TOML, or cannot be read.

    `name` is how the user knows the file. Fractions are Decimals.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        try:
            self.text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as why:
            raise BadFile(f"{name}：不是 UTF-8 文字，请用编辑器另存为 UTF-8") from why
        except OSError as why:
            raise BadFile(f"{name}：打不开（{said(why)}），请检查路径和权限") from why
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as why:
            at = re.search(r"line (\d+), column (\d+)", str(why))
            where = f":{at[1]}" if at else ""
            spot = f"第 {at[2]} 个字符处" if at else "文件末尾"
            raise BadFile(f"{name}{where}：{spot}不合 TOML 的写法（{_reason(str(why))}）") from why

    def bad(self, key: str, why: str) -> BadFile:
        """An error about one name or value, with the first line in which it stands."""
        pattern = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
        line = next((n for n, text in enumerate(self.text.split("\n"), 1) if pattern.search(text)), None)
        return BadFile(f"{self.name}{f':{line}' if line else ''}：{why}")

    def known(self, key: str, names: Iterable[str], what: str) -> str:
        """The key itself where it is one of `names`. Raises BadFile that names the nearest."""
        names = list(names)
        if key in names:
            return key
        near = get_close_matches(key, names, n=1, cutoff=0.5) or get_close_matches(key.upper(), names, n=1, cutoff=0.5)
        hint = f"是否指“{near[0]}”？" if near else f"可以写：{'、'.join(names[:8])}{' 等' if len(names) > 8 else ''}"
        raise self.bad(key, f"不认识{what}“{key}”，{hint}")

    def table(self, data: dict[str, Any], key: str) -> dict[str, Any]:
        """The table of that name, empty where there is none."""
        found = data.get(key, {})
        if not isinstance(found, dict):
            raise self.bad(key, f"“{key}”应是一节，写成 [{key}]，下面每行一项")
        return found

    def words(self, key: str, value: object) -> str:
        """A text that says something."""
        if not isinstance(value, str) or not value.strip():
            raise self.bad(key, f'“{key}”应是引号中的文字，如 {key} = "…"')
        return value.strip()

    def list(self, key: str, value: object) -> tuple[str, ...]:
        """A list of texts, or a single one."""
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
            raise self.bad(key, f'“{key}”应是方括号中的文字，如 ["…", "…"]')
        return tuple(v.strip() for v in values)


def _reason(why: str) -> str:
    """tomllib's words in Chinese where they are common."""
    for pattern, words in (
        ("Expected '='", "缺少等号；含中文或 . 的名称要加引号"),
        ("Cannot overwrite|Cannot declare|Cannot mutate|already", "同一名称写了两次"),
        ("Invalid value", "值要加引号，或不是数字"),
        ('Unclosed|Unterminated|Illegal character|Expected newline|Expected "', "引号或括号没有成对"),
        ("Invalid initial character|Invalid statement", "名称写法不对；含中文的名称要加引号"),
    ):
        if re.search(pattern, why):
            return words
    return why
