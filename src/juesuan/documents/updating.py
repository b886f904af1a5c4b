"""Incremental updates of a PDF (增量更新): new and changed objects behind the original bytes, as the format provides.

Every byte of the original stays where it is. Refuses to understand objects: they come with their numbers and are
written as they are.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from itertools import groupby

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

_KEPT = ("/Root", "/Info", "/Encrypt")
Lock = Callable[[PdfObject, int, int], PdfObject]
"""an object as it is written in a locked file, by its number and generation"""


def update(
    data: bytes,
    trailer: DictionaryObject,
    objects: Mapping[tuple[int, int], PdfObject],
    lock: Lock | None = None,
) -> bytes:
    """The file with these objects, by (number, generation), added or put in the place of those it has.

    `trailer` is the file's own, `lock` for a file that is locked. The kind of cross-reference is the one that the file
    ends with.
    """
    head = max(data.find(b"%PDF-"), 0)
    out = io.BytesIO()
    out.write(data if data.endswith((b"\n", b"\r")) else data + b"\n")
    offsets: dict[tuple[int, int], int] = {}
    for (number, generation), thing in sorted(objects.items()):
        offsets[number, generation] = out.tell() - head
        out.write(f"{number} {generation} obj\n".encode())
        (lock(thing, number, generation) if lock else thing).write_to_stream(out)
        out.write(b"\nendobj\n")
    last = [int(found) for found in re.findall(rb"startxref\s+(\d+)", data)]
    previous = last[-1] if last else 0
    highest = max(number for number, _ in objects)
    ending = _ending(trailer, previous, highest, hashlib.md5(out.getvalue(), usedforsecurity=False).digest())
    start = out.tell() - head
    if data[head + previous : head + previous + 4] == b"xref" or not last:
        _table(out, offsets, ending)
    else:
        _stream(out, offsets, ending, start, highest + 1)
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def _ending(trailer: DictionaryObject, previous: int, highest: int, digest: bytes) -> DictionaryObject:
    """The trailer of the update: the file's own root and identity, and where its last section stands."""
    ending = DictionaryObject()
    for name in _KEPT:
        if name in trailer:
            ending[NameObject(name)] = trailer.raw_get(name)
    size = trailer.get("/Size", 0)
    ending[NameObject("/Size")] = NumberObject(max(highest + 1, int(size)))
    ending[NameObject("/Prev")] = NumberObject(previous)
    identity = trailer.get("/ID")
    if isinstance(identity, ArrayObject) and identity:
        first = getattr(identity[0], "original_bytes", digest)
        ending[NameObject("/ID")] = ArrayObject([ByteStringObject(first), ByteStringObject(digest)])
    return ending


def _runs(numbers: list[int]) -> list[list[int]]:
    """Numbers that follow each other without a gap."""
    return [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]


def _table(out: io.BytesIO, offsets: Mapping[tuple[int, int], int], ending: DictionaryObject) -> None:
    out.write(b"xref\n")
    by_number = {number: (offset, generation) for (number, generation), offset in offsets.items()}
    for run in _runs(sorted(by_number)):
        out.write(f"{run[0]} {len(run)}\n".encode())
        for number in run:
            offset, generation = by_number[number]
            out.write(f"{offset:010d} {generation:05d} n \n".encode())
    out.write(b"trailer\n")
    ending.write_to_stream(out)
    out.write(b"\n")


def _stream(
    out: io.BytesIO, offsets: Mapping[tuple[int, int], int], ending: DictionaryObject, start: int, own: int
) -> None:
    """The cross-reference as a stream, which is an object itself: number `own`, at `start`."""
    by_number = {number: (offset, generation) for (number, generation), offset in offsets.items()} | {own: (start, 0)}
    runs = _runs(sorted(by_number))
    rows = [(1, *by_number[number]) for run in runs for number in run]
    size = ending.get("/Size", 0)
    stream = StreamObject()
    stream.update(ending)
    stream[NameObject("/Type")] = NameObject("/XRef")
    stream[NameObject("/Size")] = NumberObject(max(own + 1, int(size)))
    stream[NameObject("/W")] = ArrayObject(map(NumberObject, (1, 5, 2)))
    stream[NameObject("/Index")] = ArrayObject(NumberObject(n) for run in runs for n in (run[0], len(run)))
    stream.set_data(
        b"".join(bytes([kind]) + offset.to_bytes(5, "big") + gen.to_bytes(2, "big") for kind, offset, gen in rows)
    )
    out.write(f"{own} 0 obj\n".encode())
    stream.write_to_stream(out)
    out.write(b"\nendobj\n")
