"""The typesetter (排版器): typst in this process, with our fonts and our templates; drawings as pixels.

Refuses the network: templates use no packages. Loaded when first needed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from juesuan.documents.pdf_fonts import faces

if TYPE_CHECKING:
    import typst


@cache
def compiler() -> typst.Compiler:
    """The typesetter, with the system's fonts and our own."""
    import typst  # noqa: PLC0415 -- heavy, and only needed to typeset

    return typst.Compiler(font_paths=list(faces().folders))


@cache
def template(name: str) -> bytes:
    """One of the templates in data/."""
    return (files("juesuan.documents") / "data" / name).read_bytes()


def picture(svg: str, width: int, dots: int) -> bytes:
    """A drawing as PNG, `width` points wide, with so many dots per inch."""
    inputs = {"svg": svg, "width": str(width)}
    made = compiler().compile(template("picture.typ"), format="png", sys_inputs=inputs, ppi=dots)
    assert isinstance(made, bytes)
    return made
