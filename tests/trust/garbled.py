"""What the checker makes of a garbled account: it must not crash, lose a figure, or blame what was not touched.

Refuses to judge by its own reading: counts and what was touched come from `garble`.
"""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from juesuan.app import check_file
from juesuan.model.findings import Severity
from juesuan.presenting.checked import Checked, coverage
from tests.mending import mended
from tests.trust.garble import Garbling, garbling, numerals

ROOT = Path(__file__).parents[2]
WRITTEN = ROOT / "tests" / "accounts"
#: the account and the names in it that damage may touch
NAMES: dict[str, tuple[str, ...]] = {
    "xigang-office-2024.txt": ("政府办公室", "人民政府", "区政府办"),
    "putuo-social-work-2024.txt": ("社会工作部", "普陀区"),
    "putuo-culture-2025.txt": ("文化和旅游局", "普陀区"),
    "linhe-health-2024.txt": ("卫生健康局", "临河县", "疾病预防控制中心", "人民医院"),
    "central-geology-2021.txt": ("地质样品中心", "国家地质"),
}


@dataclass(frozen=True)
class Account:
    """One account: the text that is garbled, and the errors found in it ungarbled, which are none of the damage's."""

    name: str
    text: str
    errors: frozenset[str]


@dataclass(frozen=True)
class Ending:
    """How the checking of one garbling ended. `errors` are those that the account has not ungarbled.

    `faults` are our defects, each in a line.
    """

    garbling: Garbling
    refused: str
    seconds: float
    figures: int
    unread: int
    errors: int
    faults: tuple[str, ...]


def accounts(folder: Path) -> Iterator[Account]:
    """The written accounts and, where JUESUAN_REAL is set, the mended real ones; `folder` is for passing files."""
    named = os.environ.get("JUESUAN_REAL")
    for name in NAMES:
        written = WRITTEN / name
        if not written.exists() and not named:
            continue
        text = written.read_text(encoding="utf-8") if written.exists() else mended(Path(named or "") / name)
        yield Account(name, text, frozenset(errors(check(text.encode(), folder))))


def check(data: bytes, folder: Path) -> Checked:
    path = folder / "garbled.txt"
    path.write_bytes(data)
    return check_file(str(path))


def errors(one: Checked) -> list[str]:
    return [f"{f.check} {f.message.splitlines()[0]}" for f in one.findings if f.severity == Severity.ERROR]


def ending(account: Account, number: int, folder: Path) -> Ending:
    """Checks one garbling."""
    made = garbling(account.name, account.text, NAMES[account.name], number)
    begun = time.process_time()
    try:
        one = check(made.data, folder)
    except Exception:  # noqa: BLE001 - whatever is raised is the fault that is looked for
        told = traceback.format_exc(limit=-6).strip().replace("\n", " | ")
        return Ending(made, "", time.process_time() - begun, 0, 0, 0, (f"exception: {told}",))
    seconds = time.process_time() - begun
    if one.crashed and one.report is None and one.result:
        crashes = tuple(f"crash: {crash.check} {crash.error}" for crash in one.result.crashes)
        return Ending(made, "", seconds, 0, 0, 0, crashes)
    if one.report is None or one.result is None:
        fault = f"refused though only inert text was touched: {one.error}"
        return Ending(made, one.error, seconds, 0, 0, 0, () if made.touched else (fault,))
    cover = coverage(one.report, one.result)
    faults = tuple(_faults(account, made, one))
    more = sum(error not in account.errors for error in errors(one))
    return Ending(made, "", seconds, cover.figures, len(cover.unread), more, faults)


def _faults(account: Account, made: Garbling, one: Checked) -> Iterator[str]:
    report, result = one.report, one.result
    assert report is not None
    assert result is not None
    for crash in result.crashes:
        yield f"crash: {crash.check} {crash.error}"
    cover = coverage(report, result)
    counted, found = cover.figures + sum(cover.apart.values()), numerals(made.text)
    if counted != found:
        yield f"numerals: {found} stand there, {counted} are accounted for"
    known = cover.verified + cover.read + len(cover.unread)
    if known != cover.figures:
        yield f"figures: {cover.figures}, but verified, read and unread are {known}"
    if not made.touched:
        for error in errors(one):
            if error not in account.errors:
                yield f"error for inert damage: {error}"
