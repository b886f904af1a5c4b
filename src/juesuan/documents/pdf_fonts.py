"""Fonts for typesetting (排版字体): for every role of the norm the first free font that is there.

Looked for in the folders named by JUESUAN_FONTS, among the system's fonts, where TeX keeps its own, and in the package
that carries the last resort, so that a document can be set on any machine. Refuses fonts that may not be embedded:
only those named in data/fonts.toml are taken.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

VARIABLE = "JUESUAN_FONTS"
_PROBE = "FandolFang-Regular.otf"
_USUAL = 400


@dataclass(frozen=True, slots=True)
class Face:
    """A role's fonts, first choice first; `weight` to ask for, `heavy` where it must be thickened."""

    role: str
    names: tuple[str, ...]
    weight: int
    heavy: bool
    substitute: bool
    """the role's own kind of font is not there"""


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts of a document; `folders` are those to be searched besides the system's."""

    by_role: dict[str, Face]
    latin: tuple[str, ...]
    folders: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles for which another kind of font stands in."""
        return tuple(face.role for face in self.by_role.values() if face.substitute)


def missing_words(faces: Faces) -> str:
    """What is to be told of fonts that are not there, "" where none is missing."""
    if not faces.missing:
        return ""
    roles = "、".join(faces.missing)
    return f"PDF 里的{roles}用思源宋体代替，本机没有可以嵌入的{roles}；一定要用的，请打开 Word 版，另存为 PDF"


@cache
def faces() -> Faces:
    """The fonts that are there now; looked for once."""
    import typst  # noqa: PLC0415 -- heavy, and only needed to typeset

    folders = tuple(_folders())
    found = {(font.family, font.weight) for font in typst.Fonts(font_paths=list(folders)).fonts()}
    families = {family for family, _ in found}
    raw = tomllib.loads((files("juesuan.documents") / "data" / "fonts.toml").read_text("utf-8"))
    latin = tuple(name for name in raw.pop("latin") if name in families)[:1]
    return Faces({role: _face(role, one, found) for role, one in raw.items()}, latin, folders)


def _face(role: str, raw: dict[str, Any], found: set[tuple[str, int]]) -> Face:
    families = {family for family, _ in found}
    heavy, weight, last = raw.get("heavy", ()), raw.get("weight", _USUAL), raw["last"]
    fit = (name for name in raw["names"] if (name, weight) in found or (name in heavy and name in families))
    first = next(fit, last)
    names = (first,) if first == last else (first, last)
    return Face(role, names, weight, first in heavy, first not in raw["names"])


def _folders() -> Iterator[str]:
    """Folders of fonts beyond those of the system."""
    import pylopdf_fonts_zh_cn as carried  # noqa: PLC0415 -- as above

    own = [Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    yield from (str(path) for path in own if path.is_dir())
    if not own and (tex := shutil.which("kpsewhich")):
        path = subprocess.run([tex, _PROBE], capture_output=True, text=True, check=False).stdout.strip()
        if path:
            yield str(Path(path).parent)
    yield str(carried.serif_path().parent)
