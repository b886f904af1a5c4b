"""Tasks that end, fill or hold the process they run in: what a bad file may do to a reader."""

from __future__ import annotations

import ctypes
import os
import sys
import time


def echo(words: str) -> str:
    sys.stdout.write("this must not get into the answer")
    sys.stdout.flush()
    os.write(1, b"nor this")
    return words


def segfault(_: str) -> None:
    ctypes.string_at(0)


def loop(_: str) -> None:
    while True:
        time.sleep(0.01)


def fill(_: str) -> None:
    kept = []
    while True:
        kept.append(bytearray(b"x" * (8 << 20)))
        time.sleep(0.02)


def fill_at_once(_: str) -> None:
    bytearray(1 << 44)


def leave(_: str) -> None:
    raise SystemExit(7)


def fail(_: str) -> None:
    raise KeyError("ours")


def forge(_: str) -> object:
    return os.system


def process(_: str) -> int:
    return os.getpid()
