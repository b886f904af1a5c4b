"""Worker processes for reading (工作进程池): tasks in, answers out in the same order, each within its limits.

A task that takes too long or too much memory is ended, a process that dies is replaced, and the others go on. Refuses
to run ahead of a reader of the answers by more than a few tasks.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from juesuan.documents.errors import OwnDefect, ReaderCrashed, TooMuchMemory, TooSlow, UnreadableFile
from juesuan.documents.worker import CRASHED, NO_MEMORY, READY, Forged, opened, receive, send
from juesuan.model.limits import LIMITS, Limits

_BEAT = 0.05
"""seconds between looks at time and memory"""
_AHEAD = 4
"""tasks per worker that may be under way or waiting for an earlier one"""
_GRACE = 30
"""seconds that a new process may take to start, on a busy machine"""
_PATIENCE = 5
"""a task may take so many times its seconds where others hold the processors: its own work counts, not its waiting"""


@dataclass(frozen=True, slots=True)
class Task:
    """One call in a worker: `function` as module:name, arguments that can be sent, the file it is about."""

    function: str
    arguments: tuple[Any, ...]
    file: str
    limits: Limits = LIMITS


class Worker:
    """One process and the thread that listens to it. Events are (worker, answer), (worker, None) when it is gone."""

    def __init__(self, events: queue.SimpleQueue[tuple[Worker, bytes | None]]) -> None:
        paths = [os.path.abspath(path) for path in sys.path if path]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "juesuan.documents.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([*paths, os.environ.get("PYTHONPATH", "")])},
        )
        self.events = events
        self.task: Task | None = None
        self.number = -1
        self.begun = self.worked = 0.0
        self.allowance = _GRACE
        self.reason: UnreadableFile | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        pipe = cast("IO[bytes]", self.process.stdout)
        payload: bytes | None = b""
        while payload is not None:
            try:
                payload = receive(pipe)
            except (OSError, ValueError):
                payload = None
            self.events.put((self, payload))

    def give(self, number: int, task: Task) -> None:
        self.task, self.number, self.begun, self.reason = task, number, time.monotonic(), None
        self.worked = busy(self.process.pid) or 0.0
        limits = task.limits
        payload = pickle.dumps((task.function, task.arguments, limits.seconds, limits.memory))
        try:
            send(cast("IO[bytes]", self.process.stdin), payload)
        except OSError:
            self.end()  # it died while idle; its listener says so

    def watch(self) -> None:
        """Ends the process where its task is beyond a limit."""
        if self.task is None or self.reason is not None:
            return
        limits = self.task.limits
        if self._is_late(limits.seconds):
            self.reason = TooSlow(self.task.file, limits.seconds)
        elif resident(self.process.pid) > limits.memory:
            self.reason = TooMuchMemory(self.task.file, limits.memory)
        if self.reason is not None:
            self.end()

    def _is_late(self, seconds: int) -> bool:
        over = time.monotonic() - self.begun - seconds - self.allowance
        worked = busy(self.process.pid)
        return over > 0 and (worked is None or worked - self.worked > seconds or over > (_PATIENCE - 1) * seconds)

    def start_again(self) -> None:
        """The time of the first task begins when the process has started."""
        self.begun, self.worked, self.allowance = time.monotonic(), busy(self.process.pid) or 0.0, 0

    def end(self) -> None:
        self.process.kill()

    def close(self) -> None:
        self.end()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def answer(self, payload: bytes | None) -> Any:
        """The answer to the task, or the reason why there is none."""
        task = cast("Task", self.task)
        if payload is None:
            return self.reason or _ended(task.file, self.process.wait())
        if payload.startswith(CRASHED):
            return OwnDefect(task.file, payload.removeprefix(CRASHED).decode("utf-8"))
        if payload == NO_MEMORY:
            return TooMuchMemory(task.file, task.limits.memory)
        try:
            return opened(payload)
        except Forged:
            return ReaderCrashed(task.file, "答复不合格式")


@dataclass(slots=True)
class Pool:
    """Up to `jobs` worker processes, started when they are needed and kept until `close`."""

    jobs: int
    idle: list[Worker] = field(default_factory=list)
    busy: list[Worker] = field(default_factory=list)
    events: queue.SimpleQueue[tuple[Worker, bytes | None]] = field(default_factory=queue.SimpleQueue)

    def run(self, tasks: Iterable[Task], waiting: Callable[[int, float], None] | None = None) -> Iterator[Any]:
        """The answers in the order of the tasks: what the function gave, or an UnreadableFile.

        `waiting` is called every now and then with the number (from 0) of the oldest task under way, and its seconds.
        """
        ahead = enumerate(tasks)
        answers: dict[int, Any] = {}
        following = given = 0
        more = True
        try:
            while True:
                while more and len(self.busy) < self.jobs and given - following < _AHEAD * self.jobs:
                    number, task = next(ahead, (given, None))
                    if task is None:
                        more = False
                    else:
                        self._start(number, task)
                        given += 1
                if following == given and not more:
                    return
                self._hear(answers)
                self._report(waiting)
                while following in answers:
                    yield answers.pop(following)
                    following += 1
        finally:
            for worker in self.busy:
                worker.close()
            self.busy.clear()

    def call(self, task: Task, waiting: Callable[[int, float], None] | None = None) -> Any:
        """The answer to one task, or an UnreadableFile."""
        return next(iter(list(self.run([task], waiting))))

    def close(self) -> None:
        """Ends all processes."""
        for worker in (*self.idle, *self.busy):
            worker.close()
        self.idle.clear()
        self.busy.clear()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self, number: int, task: Task) -> None:
        while self.idle and self.idle[-1].process.poll() is not None:
            self.idle.pop().close()  # it died while it had nothing to do
        worker = self.idle.pop() if self.idle else Worker(self.events)
        self.busy.append(worker)
        worker.give(number, task)

    def _hear(self, answers: dict[int, Any]) -> None:
        """Waits a moment for an answer; looks after the limits where none comes."""
        try:
            worker, payload = self.events.get(timeout=_BEAT)
        except queue.Empty:
            for worker in self.busy:
                worker.watch()
            return
        if worker in self.idle and payload is None:
            self.idle.remove(worker)
            worker.close()
        elif payload == READY:
            worker.start_again()
        elif worker in self.busy:
            self.busy.remove(worker)
            answers[worker.number] = worker.answer(payload)
            spent = payload is None or payload.startswith(CRASHED)
            spent = spent or resident(worker.process.pid) * 2 > cast("Task", worker.task).limits.memory
            worker.task = None
            if spent:
                worker.close()
            else:
                self.idle.append(worker)

    def _report(self, waiting: Callable[[int, float], None] | None) -> None:
        if waiting and self.busy:
            oldest = min(self.busy, key=lambda worker: worker.number)
            waiting(oldest.number, time.monotonic() - oldest.begun)


def resident(pid: int) -> int:
    """MB of memory that a process holds; 0 where the system does not say (it says on Linux)."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def busy(pid: int) -> float | None:
    """Seconds that a process has worked, its waiting left out; None where the system does not say (it says on Linux)."""
    try:
        parts = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None


def _ended(file: str, code: int) -> UnreadableFile:
    """Why a process is gone. Python ends with 1 only where our own program failed, so early that it could not tell."""
    return OwnDefect(file, "工作进程返回 1") if code == 1 else ReaderCrashed(file, _ending(code))


def _ending(code: int) -> str:
    """How a process came to its end, in words."""
    if code >= 0:
        return f"返回 {code}"
    try:
        return f"信号 {signal.Signals(-code).name}"
    except ValueError:
        return f"信号 {-code}"
