"""Elements of a page (网页元素): text that is always escaped, and elements whose attributes are.

Refuses markup in what a document says: everything that comes from a file goes through `words`.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from juesuan.presenting.entries import clean

_EMPTY = frozenset({"meta", "input", "br", "link"})


def words(text: object) -> str:
    """Text as content of an element or an attribute."""
    return escape(clean(str(text)), quote=True)


def tag(name: str, content: str | Iterable[str] = "", /, **attributes: object) -> str:
    """An element. `content` is markup; attributes are text: `cls` is class, `data_x` data-x; None leaves one out."""
    own = "".join(
        f" {_name(key)}" + ("" if value is True else f'="{words(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    inside = content if isinstance(content, str) else "".join(content)
    return f"<{name}{own}>" if name in _EMPTY else f"<{name}{own}>{inside}</{name}>"


def _name(key: str) -> str:
    return {"cls": "class", "for_": "for", "viewbox": "viewBox"}.get(key, key.replace("_", "-"))


def lines(text: str) -> str:
    """Text whose line breaks are kept."""
    return "<br>".join(map(words, text.split("\n")))
