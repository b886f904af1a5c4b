"""The inside of a worker process (工作进程): takes tasks from a pipe, one after the other, and answers each.

What may end the process — a fault in the PDF library, memory without bound, a loop without end — ends this one only.
Refuses to let a task print into the answers, and to live on once the process that started it is gone.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import struct
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import IO, Any

HEAD = struct.Struct(">Q")
READY = b"ready"
"""what a worker says once it has started: the time of its first task begins here"""
NO_MEMORY = b"memory"
"""the answer of a task that ran out of memory and said so"""
CRASHED = b"crashed "
"""how the answer of a task begins that failed by a defect of our own; what failed follows, in UTF-8"""
_SPARE = 2 << 10
"""MB of addresses beyond the limit: threads reserve more than they use"""


class Forged(pickle.UnpicklingError):
    """An answer that names something other than our data."""


class _Answers(pickle.Unpickler):
    """Takes only our own classes and plain values out of an answer: the worker has read what a stranger wrote."""

    def find_class(self, module: str, name: str) -> Any:
        plain = {("decimal", "Decimal"), ("collections", "Counter"), ("builtins", "frozenset"), ("builtins", "set")}
        if (module, name) in plain or module.startswith("juesuan.model."):
            return super().find_class(module, name)
        if module.startswith("juesuan.") and isinstance(found := super().find_class(module, name), type):
            return found
        raise Forged(f"{module}.{name}")


def opened(payload: bytes) -> Any:
    """What an answer holds. Raises Forged."""
    return _Answers(io.BytesIO(payload)).load()


def send(pipe: IO[bytes], payload: bytes) -> None:
    """One message: its length, then itself."""
    pipe.write(HEAD.pack(len(payload)))
    pipe.write(payload)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next message; None where the other side is gone."""
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    (size,) = HEAD.unpack(head)
    payload = pipe.read(size)
    return payload if len(payload) == size else None


def serve() -> None:
    """Answers tasks until nobody asks any more. A task is (module:function, arguments, seconds, MB)."""
    with os.fdopen(os.dup(0), "rb") as tasks, os.fdopen(os.dup(1), "wb") as answers:
        silence = os.open(os.devnull, os.O_RDWR)
        os.dup2(silence, 0)
        os.dup2(silence, 1)
        send(answers, READY)
        while (payload := receive(tasks)) is not None:
            name, arguments, seconds, memory = pickle.loads(payload)
            _bound(seconds, memory)
            with _Confessing(answers):
                send(answers, _answer(name, arguments))


class _Confessing:
    """Sends what Python itself raises as an answer; the process ends all the same."""

    def __init__(self, answers: IO[bytes]) -> None:
        self.answers = answers

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, Exception):
            words = f"{type(error).__name__}: {error}"
            with contextlib.suppress(OSError):
                send(self.answers, CRASHED + words.encode("utf-8", "backslashreplace"))


def _answer(name: str, arguments: tuple[Any, ...]) -> bytes:
    module, _, function = name.partition(":")
    try:
        return pickle.dumps(getattr(import_module(module), function)(*arguments), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return NO_MEMORY


def _bound(seconds: int, memory: int) -> None:
    """The system's own bounds behind those of the parent: for one huge allocation, and for a parent that died."""
    resource = _resource()
    if resource is None:
        return
    with contextlib.suppress(OSError, ValueError):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 2 * seconds + 10, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = pages * resource.getpagesize() + ((memory + _SPARE) << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _resource() -> ModuleType | None:
    """The module for such bounds; Windows has none."""
    return None if sys.platform == "win32" else import_module("resource")


if __name__ == "__main__":
    serve()
