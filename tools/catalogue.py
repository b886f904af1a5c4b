"""Writes docs/catalogue.md: every check and every equation, as registered. `--check` fails if the page is stale.

Refuses to describe anything in words of its own: what is missing in the page is missing in the declaration.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import juesuan.checking.runner  # noqa: F401  registers the checks that the runner itself calls (shifts)
from juesuan.checking.registry import discover
from juesuan.knowledge.equations import equations

PAGE = Path(__file__).parents[1] / "docs" / "catalogue.md"
HEAD = """\
# 核对项目一览 · Catalogue

由 `make docs` 生成，请勿手改。 Generated; do not edit.

级别：**错误** 必有一处不对；**警告** 除非另有说明，否则不对；**请说明** 只问，不断言；**提示** 四舍五入、体例。
每一项在一份决算上的结果是四种之一：通过、不符、未查（说明原因）、程序故障（是我们的缺陷）。没有数据，绝不算通过。

Severities: error, warning, query, info. Every check ends passed, failed, unchecked (with the reason) or crashed.
"""


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table."""
    heads = list(heads)
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |"


def check_lines() -> Iterator[str]:
    """The checks, by subject (the file that they stand in), in the order of their ids."""
    checks = sorted(discover().values(), key=lambda check: (check.subject, check.id))
    yield f"\n## 核对项目（{len(checks)} 项） · Checks\n"
    yield from table(
        ("编号", "级别", "核对什么", "依据", "所在文件"),
        ((f"`{c.id}`", c.severity.word, c.summary, c.basis, f"`{c.subject}`") for c in checks),
    )


def equation_lines() -> Iterator[str]:
    """The equations, in the order of the data file."""
    yield f"\n## 勾稽关系（{len(equations())} 条） · Equations\n"
    yield from table(
        ("编号", "级别", "名称", "关系", "依据"),
        ((f"`{e.id}`", e.severity.word, e.title, e.says, e.basis) for e in equations()),
    )


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD.rstrip("\n"), *equation_lines(), *check_lines()]) + "\n"


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if docs/catalogue.md is stale")
    wanted = page()
    if not parser.parse_args().check:
        PAGE.write_text(wanted, encoding="utf-8", newline="\n")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != wanted:
        print("docs/catalogue.md 与登记的核对项目不一致：请运行 make docs 并提交", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
