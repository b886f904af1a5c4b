"""Writing results to files (写出文件): whole or not at all, in UTF-8, the same bytes on every system.

Refuses to leave half a file behind: a reader of the path sees the old content or the new one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """An error names the file that was wanted, not the one beside it that nobody has heard of."""
    try:
        yield
    except OSError as why:
        why.filename, why.filename2 = str(path), None
        raise


def write_whole(path: Path, text: str | Iterable[str]) -> None:
    """Writes beside the path first, then puts the file in its place (devices are written to). Raises OSError."""
    pieces = [text] if isinstance(text, str) else text
    if path.exists() and not path.is_file():
        with open(path, "w", encoding="utf-8", newline="", errors="backslashreplace") as out:
            out.writelines(pieces)
        return
    with _named(path):
        _write_beside(path.resolve(), pieces)


def _write_beside(path: Path, pieces: Iterable[str]) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
    done = False
    try:
        with open(handle, "w", encoding="utf-8", newline="", errors="backslashreplace") as out:
            out.writelines(pieces)
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
        done = True
    finally:
        if not done:
            Path(name).unlink()


def _mode(path: Path) -> int:
    """The rights that the file has, or that a new one would get (mkstemp gives them to the owner only)."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_one(path: Path, content: bytes) -> None:
    """Writes one file as a whole; a device is written to. Raises OSError."""
    if path.exists() and not path.is_file():
        path.write_bytes(content)
    else:
        write_files(path.parent, {path.name: content})


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes files below a folder that is made where it is not there, each whole: their paths. Raises OSError."""
    written = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with _named(path):
            _write_bytes(path, content)
        written.append(path)
    return written


def _write_bytes(path: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(prefix=".juesuan-", dir=path.parent)
    try:
        with open(handle, "wb") as out:
            out.write(content)
        Path(beside).chmod(_mode(path))
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)  # there only where it has not become the file
