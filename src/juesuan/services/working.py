"""Work on files in worker processes (在工作进程中处理文件): which files need one, within which limits, how many at once.

What a stranger's PDF does to its reader stays in the worker: the file gets an error, the others go on. Refuses to
start processes for a few plain texts, which take longer to start than to check.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from juesuan.documents.errors import UnreadableFile
from juesuan.documents.pool import Pool, Task
from juesuan.model.limits import LIMITS, Limits

WORTH = 6
"""so many plain texts are worth starting processes"""
_HEAD = 1024
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
Progress = Callable[[int, int, str, float], None]
"""called now and then: the number (from 1) of the file that is waited for, how many there are, its name, seconds"""


def risky(file: str) -> bool:
    """Whether the file needs more than decoding: a PDF, or something packed."""
    try:
        if not Path(file).is_file():
            return False
        with open(file, "rb") as stream:
            head = stream.read(_HEAD)
    except (OSError, ValueError):
        return False
    return b"%PDF-" in head or head.startswith(_PACKED)


def limits_of(file: str, config: str | None) -> Limits:
    """What reading this file may take. A configuration that cannot be used is told of by who reads the file."""
    from juesuan.services.configuration import settings_for  # noqa: PLC0415 - it knows all checks: only where there is one
    from juesuan.services.handmade import BadFile  # noqa: PLC0415 - beside the other

    try:
        return settings_for(file, config).limits
    except BadFile:
        return LIMITS


def cores() -> int:
    """How many processes can run at once here."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def in_worker(function: str, file: str, config: str | None) -> Any:
    """What `function(file, config)` gives in a process of its own, or an UnreadableFile."""
    with Pool(1) as pool:
        return pool.call(Task(function, (file, config), file, limits_of(file, config)))


def over_files(
    function: str,
    files: Sequence[str],
    settings: tuple[str | None, ...],
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[str, Any | UnreadableFile]]:
    """(file, what `function(file, *settings)` gives) in order; an UnreadableFile where it came to a bad end.

    `settings` begins with the configuration. At most `jobs` processes, by default as many as there are cores.
    """
    known: dict[Path, Limits] = {}

    def task(file: str) -> Task:
        folder = Path(file).parent
        if folder not in known:
            known[folder] = limits_of(file, settings[0])
        return Task(function, (file, *settings), file, known[folder])

    def waiting(number: int, seconds: float) -> None:
        if progress:
            progress(number + 1, len(files), files[number], seconds)

    with Pool(min(jobs or cores(), max(1, len(files)))) as pool:
        yield from zip(files, pool.run(map(task, files), waiting), strict=True)
