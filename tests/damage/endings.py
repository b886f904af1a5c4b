"""How the checking of a damaged PDF ends: refused with a reason or checked to the end, every figure accounted for.

Each file goes through the worker processes as users' files do. Refuses to judge by the product's own count of numerals:
another tokenizer counts what stands in the document that was read.
"""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from juesuan import cli
from juesuan.app import check_sent
from juesuan.documents.errors import ReaderCrashed, TooMuchMemory, TooSlow
from juesuan.documents.pool import Pool, Task
from juesuan.model.documents import Document, PageBreak, Table
from juesuan.model.limits import Limits
from juesuan.presenting.checked import coverage
from tests.damage.kinds import KINDS, damaged
from tests.trust.garble import numerals

BOUNDS = Limits(seconds=10, memory=1000)
#: three sentences in Chinese, of which the last says what to do
_REASON = re.compile(r"[^a-z]*[\u4e00-\u9fff].*。", re.S)


@dataclass(frozen=True, slots=True)
class Ending:
    """How one file ended. `refused` is the reason in words; `died` its class where the worker was ended or died.

    `faults` are our defects, each in a line.
    """

    file: str
    number: int
    kind: str
    seconds: float
    refused: str = ""
    died: str = ""
    figures: int = 0
    unread: int = 0
    memory: int = 0
    faults: tuple[str, ...] = ()


def made(sources: Sequence[tuple[str, bytes]], number: int) -> tuple[str, str, bytes]:
    """The file of a number: what it was made of, the kind of damage, its bytes. Sources and kinds take turns."""
    name, data = sources[number % len(sources)]
    other = sources[(number + 1) % len(sources)][1]
    kind = tuple(KINDS)[number // len(sources) % len(KINDS)]
    return name, kind, damaged(name, data, other, kind, number)


def endings(
    sources: Sequence[tuple[str, bytes]], numbers: Iterable[int], folder: Path, jobs: int = 2
) -> Iterator[Ending]:
    """Damages, reads and checks the files of these numbers."""
    asked: list[tuple[str, int, str]] = []

    def task(number: int) -> Task:
        name, kind, data = made(sources, number)
        path = folder / f"{number}.pdf"
        path.write_bytes(data)
        asked.append((name, number, kind))
        return Task("tests.damage.endings:verdict", (str(path),), path.name, BOUNDS)

    with Pool(jobs) as pool:
        for at, answer in enumerate(pool.run(map(task, numbers))):
            name, number, kind = asked[at]
            (folder / f"{number}.pdf").unlink()
            yield _ending(name, number, kind, answer)


def said(path: Path) -> Iterator[str]:
    """What is wrong with what `juesuan check` says of a file: its exit code, its words."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.main(["check", str(path), "--format", "json"])
    told = json.loads(out.getvalue())["documents"][0]
    error = told.get("error")
    expected = 2 if error else 1 if any(f["severity"] == "error" for f in told["findings"]) else 0
    if code != expected:
        yield f"exit code {code}, expected {expected}"
    if error and not _REASON.fullmatch(error):
        yield f"unclear reason: {error!r}"
    if "Traceback" in err.getvalue():
        yield err.getvalue()


def _ending(name: str, number: int, kind: str, answer: Any) -> Ending:
    if isinstance(answer, ReaderCrashed | TooSlow | TooMuchMemory):
        faults = () if isinstance(answer, ReaderCrashed) else (str(answer),)
        seconds = float(BOUNDS.seconds) if isinstance(answer, TooSlow) else 0.0
        return Ending(name, number, kind, seconds, str(answer), type(answer).__name__, faults=faults)
    memory, seconds, refused, figures, unread, faults = answer
    return Ending(name, number, kind, seconds, refused, "", figures, unread, memory, faults)


def verdict(path: str) -> tuple[object, ...]:
    """In a worker: what becomes of a file, and the most memory that this worker has held so far, in MB."""
    answer = _verdict(path)
    return (_most(), *answer)


def _most() -> int:
    """0 where the system does not say (it says on Linux)."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*(\d+)", status)
    return int(found[1]) >> 10 if found else 0


def _verdict(path: str) -> tuple[float, str, int, int, tuple[str, ...]]:
    """Checks the file; seconds of work, why it was refused, figures, unread ones, faults."""
    begun = time.process_time()
    checked = check_sent(path, None)
    seconds = time.process_time() - begun
    if checked.result is None:
        said = bool(_REASON.fullmatch(checked.error)) and path not in checked.error
        return seconds, checked.error, 0, 0, () if said else (f"unclear reason: {checked.error!r}",)
    crashes = tuple(f"crash: {crash.check} {crash.error}" for crash in checked.result.crashes)
    if checked.report is None:
        return seconds, "", 0, 0, crashes
    cover = coverage(checked.report, checked.result)
    faults = list(crashes)
    counted, found = cover.figures + sum(cover.apart.values()), numerals(text_of(checked.report.document))
    if counted != found:
        faults.append(f"numerals: {found} stand there, {counted} are accounted for")
    verified = sum(1 for fact in checked.report.facts if fact.number in checked.result.verified)
    if cover.read < 0 or cover.verified > verified + len(checked.result.verified_claims):
        faults.append(
            f"figures: {cover.figures}, verified {cover.verified}, read {cover.read}, {len(cover.unread)} unread"
        )
    return seconds, "", cover.figures, len(cover.unread), tuple(faults)


def text_of(document: Document) -> str:
    """All that was read, a cell or line in a line of its own."""
    parts: list[str] = []
    for block in (*document.blocks, *getattr(document, "running", ())):
        if isinstance(block, Table):
            parts.extend(cell.text for cell in block.cells())
        elif not isinstance(block, PageBreak):
            parts.append(block.text)
    return "\n".join(parts)
