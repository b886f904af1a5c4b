"""Worker processes: whatever a file does to its reader, the others go on and the reason is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from juesuan.documents.errors import OwnDefect, ReaderCrashed, TooMuchMemory, TooSlow
from juesuan.documents.pool import Pool, Task
from juesuan.model.limits import Limits

LONG = Limits(seconds=60, memory=300)
SHORT = Limits(seconds=1, memory=300)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(2) as made:
        yield made


def task(name: str, words: str = "a.pdf", limits: Limits = LONG) -> Task:
    return Task(f"tests.documents.hostile:{name}", (words,), words, limits)


def test_answers_come_in_order(pool: Pool) -> None:
    words = [f"{n}" for n in range(40)]
    assert list(pool.run(task("echo", word) for word in words)) == words


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        ("segfault", ReaderCrashed, "意外结束"),
        ("leave", ReaderCrashed, "返回 7"),
        ("fail", OwnDefect, "程序故障（KeyError: 'ours'）"),
        ("forge", ReaderCrashed, "答复不合格式"),
        ("loop", TooSlow, "1 秒内没有查完"),
        ("fill", TooMuchMemory, "超过 300 MB"),
        ("fill_at_once", TooMuchMemory, "超过 300 MB"),
    ],
)
def test_one_bad_task_among_good_ones(pool: Pool, name: str, reason: type[Exception], words: str) -> None:
    tasks = [
        task("echo", "1"),
        task(name, "bad.pdf", SHORT if name == "loop" else LONG),
        task("echo", "2"),
        task("echo", "3"),
    ]
    first, bad, *rest = pool.run(tasks)
    assert [first, *rest] == ["1", "2", "3"]
    assert isinstance(bad, reason)
    assert str(bad).startswith("bad.pdf：")
    assert words in str(bad)


def test_a_process_is_kept_for_the_next_task() -> None:
    with Pool(1) as one:
        assert len(set(one.run(task("process") for _ in range(3)))) == 1


def test_a_reader_of_the_answers_is_not_outrun(pool: Pool) -> None:
    asked = []

    def tasks() -> Iterator[Task]:
        for n in range(100):
            asked.append(n)
            yield task("echo", f"{n}")

    answers = pool.run(tasks())
    assert next(answers) == "0"
    assert len(asked) < 20
    answers.close()  # type: ignore[attr-defined]


def test_who_waits_is_told(pool: Pool) -> None:
    told: list[tuple[int, float]] = []
    list(pool.run([task("loop", limits=SHORT)], lambda number, seconds: told.append((number, seconds))))
    assert {number for number, _ in told} == {0}
    assert [seconds for _, seconds in told] == sorted(seconds for _, seconds in told)
