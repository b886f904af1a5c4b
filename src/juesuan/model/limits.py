"""Limits (上限) on reading one file: time, memory, pages, size. Frozen data; a bureau sets them in `juesuan.toml`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take. `memory` and `size` in MB.

    `seconds` are of work on reading, understanding and checking; where others hold the processors, it may last longer.
    """

    seconds: int = 60
    memory: int = 800
    pages: int = 2000
    size: int = 200


LIMITS = Limits()
