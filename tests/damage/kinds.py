"""Damage to PDF files (损坏的 PDF): what broken downloads, disks, mails and converters do to one, and worse.

The same number always gives the same damage. Imports nothing of the product. Refuses to promise that a damage shows:
some files read as before.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from random import Random

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.S)
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_WILD = (b"0", b"-1", b"1", b"65535", b"99999999", b"-2147483648", b"4294967295", b"1e30", b"0.0000001", b"null")
_TOKENS = (
    b"q ",
    b"Q ",
    b"BT ",
    b"ET ",
    b"( ",
    b") ",
    b"< ",
    b"> ",
    b"[ ",
    b"<< ",
    b"\0\0\0\0",
    b"BI ID EI ",
    b"cm ",
    b"W n ",
)
Damage = Callable[[bytes, Random, bytes], bytes]


def damaged(name: str, data: bytes, other: bytes, kind: str, number: int) -> bytes:
    """The file with damage of this kind; `other` is the file from which strange pieces are taken."""
    return KINDS[kind](data, Random(f"{name} {kind} {number}"), other)


def _bits(data: bytes, rng: Random, _other: bytes) -> bytes:
    """Single bits flipped, anywhere."""
    found = bytearray(data)
    for _ in range(rng.choice((1, 3, 10, 100, 1000))):
        found[rng.randrange(len(found))] ^= 1 << rng.randrange(8)
    return bytes(found)


def _bits_of_objects(data: bytes, rng: Random, _other: bytes) -> bytes:
    """Single bits flipped outside the streams: dictionaries, references, the table of offsets."""
    plain = _outside(data)
    found = bytearray(data)
    for _ in range(rng.choice((1, 3, 10, 40))):
        start, end = rng.choice(plain)
        found[rng.randrange(start, end)] ^= 1 << rng.randrange(8)
    return bytes(found)


def _truncated(data: bytes, rng: Random, _other: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def _gap(data: bytes, rng: Random, _other: bytes) -> bytes:
    """A piece is missing in the middle."""
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.choice((1, 100, 4096, 65536)) :]


def _zeroed(data: bytes, rng: Random, _other: bytes) -> bytes:
    """Sectors of a disk that hold nothing."""
    found = bytearray(data)
    for _ in range(rng.choice((1, 2, 8))):
        start = rng.randrange(len(found)) // 512 * 512
        end = min(start + rng.choice((512, 4096)), len(found))
        found[start:end] = bytes(end - start)
    return bytes(found)


def _spliced(data: bytes, rng: Random, other: bytes) -> bytes:
    """Pieces of another file, or of another place, in the place of its own."""
    found = bytearray(data)
    for _ in range(rng.choice((1, 2, 5))):
        source = rng.choice((data, other))
        start, length = rng.randrange(len(source)), rng.choice((16, 512, 20000))
        at = rng.randrange(len(found))
        found[at : at + rng.choice((0, length))] = source[start : start + length]
    return bytes(found)


def _streams_swapped(data: bytes, rng: Random, other: bytes) -> bytes:
    """The content of one stream stands in another: fonts for pages, pages for maps of characters."""
    here = rng.choice(_spans(data))
    source = rng.choice((data, other))
    start, end = rng.choice(_spans(source))
    return data[: here[0]] + source[start:end] + data[here[1] :]


def _inside(data: bytes, rng: Random, _other: bytes) -> bytes:
    """Bits flipped, bytes lost and pieces doubled in what a stream says once it is unpacked."""

    def change(content: bytes) -> bytes:
        found = bytearray(content)
        for _ in range(rng.choice((1, 5, 30))):
            at = rng.randrange(len(found) + 1)
            if rng.random() < 0.4 and at < len(found):
                found[at] ^= 1 << rng.randrange(8)
            elif rng.random() < 0.5:
                del found[at : at + rng.choice((1, 10, 400))]
            else:
                found[at:at] = rng.choice(
                    (bytes(found[at : at + 200]), rng.choice(_TOKENS) * rng.choice((1, 50, 3000)))
                )
        return bytes(found)

    return _in_streams(data, rng, change)


def _numbers_inside(data: bytes, rng: Random, _other: bytes) -> bytes:
    """Numbers in what a stream says replaced by others: positions, sizes, offsets of objects."""
    return _in_streams(data, rng, lambda content: _numbers_changed(content, rng))


def _numbers(data: bytes, rng: Random, _other: bytes) -> bytes:
    """Numbers outside the streams replaced: references, counts, lengths, sizes of pages."""
    start, end = max(_outside(data), key=lambda span: (span[1] - span[0]) * rng.random())
    return data[:start] + _numbers_changed(data[start:end], rng) + data[end:]


def _as_text(data: bytes, rng: Random, _other: bytes) -> bytes:
    """Sent as if it were text: line ends changed, or what is no ASCII lost."""
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: data.replace(b"\n", b"\r\n"),
        lambda: data.replace(b"\r", b""),
        lambda: bytes(byte & 0x7F for byte in data),
        lambda: data.decode("utf-8", "replace").encode(),
        lambda: data.decode("gb18030", "ignore").encode("utf-8"),
    )
    return rng.choice(ways)()


def _glued(data: bytes, rng: Random, other: bytes) -> bytes:
    """Two files in one, or something before and behind it."""
    junk = rng.randbytes(rng.choice((10, 500, 5000)))
    cut = rng.randrange(len(other))
    return rng.choice(
        (data + other, other[:cut] + data, junk[:900] + data, data + junk, data[: len(data) // 2] + other)
    )


KINDS: dict[str, Damage] = {
    "单个的位翻转": _bits,
    "对象和目录中的位翻转": _bits_of_objects,
    "截断": _truncated,
    "中间缺一段": _gap,
    "整块清零": _zeroed,
    "拼入别处的字节": _spliced,
    "数据流互换": _streams_swapped,
    "数据流内容损坏": _inside,
    "数据流内的数改动": _numbers_inside,
    "对象中的数改动": _numbers,
    "当作文本传送": _as_text,
    "两份粘连、前后有杂物": _glued,
}


def _spans(data: bytes) -> list[tuple[int, int]]:
    """Where the contents of streams stand; the whole file where there are none."""
    return [match.span(1) for match in _STREAM.finditer(data) if match.end(1) > match.start(1)] or [(0, len(data))]


def _outside(data: bytes) -> list[tuple[int, int]]:
    """What stands between the streams."""
    edges = [0, *(edge for span in _spans(data) for edge in span), len(data)]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a] or [(0, len(data))]


def _in_streams(data: bytes, rng: Random, change: Callable[[bytes], bytes]) -> bytes:
    """Some packed streams unpacked, changed and packed again; in the same place where they are no longer than before."""
    spans = _spans(data)
    for start, end in sorted(rng.sample(spans, min(len(spans), rng.choice((1, 1, 4, 20)))), reverse=True):
        try:
            content = zlib.decompress(data[start:end])
        except zlib.error:
            continue
        packed = zlib.compress(change(content), 9)
        data = data[:start] + packed.ljust(end - start, b"\0") + data[end:]
    return data


def _numbers_changed(content: bytes, rng: Random) -> bytes:
    found = list(_NUMBER.finditer(content))
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 4, 40)))), key=lambda m: -m.start()):
        number = rng.choice((*_WILD, rng.choice(found).group(), b"%d" % rng.randrange(400)))
        content = content[: match.start()] + number + content[match.end() :]
    return content
