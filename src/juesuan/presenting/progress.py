"""Progress (进度) on long work: which file is being read, on standard error. Refuses to write where no one watches."""

from __future__ import annotations

import sys

from juesuan.presenting.widths import width

_BAR = 20
LONG = 2
"""seconds after which one file is long work"""


class ProgressLine:
    """One line on stderr that says which file is waited for: on a terminal, for several files or a long one."""

    def __init__(self, bar: bool = False) -> None:
        self.bar = bar
        """whether a bar shows how far all of it is"""
        self.shown = 0
        self.last = ""

    def show(self, number: int, count: int, file: str, seconds: float) -> None:
        if (count > 1 or seconds >= LONG) and sys.stderr.isatty():
            text = f"{self._done(number, count)}[{number}/{count}] {file}" + (
                f"（{int(seconds)} 秒）" if seconds >= LONG else ""
            )
            if text == self.last and self.shown:
                return
            self.clear()
            self.shown, self.last = width(text), text
            self._put(text)

    def _done(self, number: int, count: int) -> str:
        full = _BAR * (number - 1) // count
        return f"{'█' * full}{'░' * (_BAR - full)} " if self.bar else ""

    def clear(self) -> None:
        if self.shown:
            self._put("\r" + " " * self.shown + "\r")
            self.shown = 0

    @staticmethod
    def _put(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
