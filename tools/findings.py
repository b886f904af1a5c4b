"""Writes docs/findings.md: one line for every finding on the real accounts, quoting only the words that are wrong.

`--check` fails if the page is stale. Refuses to run without the real accounts, and to quote more of them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from juesuan.app import read_file
from juesuan.checking.runner import run
from juesuan.model.findings import Finding
from juesuan.presenting.checked import in_order

PAGE = Path(__file__).parents[1] / "docs" / "findings.md"
ACCOUNTS = ("xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-culture-2025.txt")
VARIABLE = "JUESUAN_REAL"
HEAD = """\
# 三份真实决算的问题 · Findings on three real accounts

由 `make docs` 生成，请勿手改；`tests/test_expected_findings.py` 拿它和手工列出的问题逐条核对。只引写错的话。
Generated; do not edit. Only the wrong words are quoted; the hand-made list is held against them by the test.
"""
_LONGEST = 60
_MARKS = {"|": "｜", "\n": " ", "\t": " "}


def page(folder: Path) -> str:
    """The whole page."""
    return HEAD + "".join(line for name in ACCOUNTS for line in _account(folder / name))


def _account(path: Path) -> Iterator[str]:
    found = in_order(run(read_file(str(path))).findings)
    yield f"\n## {path.stem}\n\n共 {len(found)} 条。\n\n"
    yield "| 行 | 级别 | 检查 | 问题 | 写成 | 应为 |\n| ---: | --- | --- | --- | --- | --- |\n"
    for finding in sorted(found, key=lambda f: f.places[0].line or 0 if f.places else 0):
        yield _line(finding)


def _line(finding: Finding) -> str:
    first = finding.places[0] if finding.places else None
    said = finding.message.split("\n")[0]
    wrong = finding.printed or (first.quote if first else "")
    at = str(first.line or "") if first else ""
    cells = (at, finding.severity.word, f"`{finding.check}`", *map(_cell, (said, wrong, finding.expected)))
    return f"| {' | '.join(cells)} |\n"


def _cell(words: str) -> str:
    for mark, other in _MARKS.items():
        words = words.replace(mark, other)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 2]}……"


def main() -> None:
    """Writes the page, or with --check says whether it is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="只看是否过时")
    check = parser.parse_args().check
    folder = os.environ.get(VARIABLE)
    if not folder:
        print(f"未设置 {VARIABLE}，{PAGE.name} 不动")
        return
    text = page(Path(folder))
    if not check:
        PAGE.write_text(text, "utf-8")
    elif not PAGE.exists() or PAGE.read_text("utf-8") != text:
        sys.exit(f"docs/{PAGE.name} 过时了：请运行 make docs")


if __name__ == "__main__":
    main()
