"""What `juesuan build` says on the screen (编制结果): whether it is final, what was found, where everything lies.

Refuses to repeat the findings one by one: they stand in the self-check sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from juesuan.model.findings import Severity
from juesuan.presenting.checked import Checked


def built_text(checked: Checked, stops: Sequence[str], draft: bool, written: Iterable[Path]) -> Iterator[str]:
    """The lines: the verdict, the counts, the files."""
    counts = "，".join(f"{severity.word} {checked.count(severity)}" for severity in reversed(Severity))
    yield (
        "已定稿。"
        if not stops
        else "已写出草稿，没有定稿。"
        if draft
        else "没有定稿，只写出自查表；要看草稿请加 --draft。"
    )
    yield f"核对：{counts}。"
    yield "写入："
    for path in sorted(written, key=_order):
        yield f"    {path}"


def _order(path: Path) -> tuple[int, str]:
    """Documents first, then the self-check, then data."""
    kinds = (".pdf", ".docx", ".txt", ".json", ".csv")
    own = "自查表" in path.name or "检查结果" in path.name or "答复" in path.name
    return (kinds.index(path.suffix) if path.suffix in kinds else len(kinds)) + len(kinds) * own, str(path)
