"""Mended documents (订正稿): the published text with the edits of expectations/mended applied to it.

Refuses to guess: a document that the edits do not name, or a place that does not hold what the edit expects, raises.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

EDITS = Path(__file__).parent / "expectations" / "mended"
Edit = dict[str, Any]


class MendMismatch(ValueError):
    """The text does not hold what an edit expects there."""

    def __init__(self, where: str, found: str, expected: str) -> None:
        super().__init__(f"{where}：原文为 {found!r}，应为 {expected!r}；请核对文件版本，或修改 expectations/mended。")


def mended(path: Path) -> str:
    """The text of the document at `path` with its edits applied. Raises MendMismatch where a `from` does not match."""
    edits = _edits_of(path.name)
    lines = path.read_bytes().decode("utf-8").split("\n")
    dropped: set[int] = set()
    for kind, edit in edits:
        number: int = edit["line"]
        where = f"{path.name} 第 {number} 行"
        if not 1 <= number <= len(lines):
            raise MendMismatch(where, f"共 {len(lines)} 行", edit["from"])
        if kind == "edit":
            lines[number - 1] = _replace(lines[number - 1], edit, where)
            continue
        if lines[number - 1] != edit["from"]:
            raise MendMismatch(where, lines[number - 1], edit["from"])
        if kind == "drop":
            dropped.add(number)
        else:
            lines[number - 1] = edit["to"]
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in dropped)


def _edits_of(name: str) -> list[tuple[str, Edit]]:
    """The edits of one document from all files, drops last. Raises KeyError for a document that no file names."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(EDITS.glob("*.toml"))]
    if not any(entry["file"] == name for data in files for entry in data.get("document", [])):
        raise KeyError(f"{name}：expectations/mended 中没有这份文件，请先登记。")
    return [
        (kind, edit)
        for kind in ("edit", "line", "drop")
        for data in files
        for edit in data.get(kind, [])
        if edit["document"] == name
    ]


def _replace(line: str, edit: Edit, where: str) -> str:
    """One cell replaced, or without `cell` the one passage of the line. A form feed before the first cell stays."""
    old, new = edit["from"], edit["to"]
    if "cell" not in edit:
        if line.count(old) != 1:
            raise MendMismatch(where, line, old)
        return line.replace(old, new)
    feeds = line[: len(line) - len(line.lstrip("\f"))]
    cells = line[len(feeds) :].split("\t")
    position: int = edit["cell"] - 1
    if not 0 <= position < len(cells) or cells[position] != old:
        raise MendMismatch(f"{where}第 {edit['cell']} 格", cells[position] if 0 <= position < len(cells) else "", old)
    cells[position] = new
    return feeds + "\t".join(cells)
