"""Fillings of a template (模板内容): what every mark of a template is replaced with, as data.

Knows nothing of files: filling is the business of `documents/template_docx`. Refuses nothing: a mark that has no
filling is the template's mistake, and told there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from juesuan.model.charts import Chart
from juesuan.model.documents import Block


@dataclass(frozen=True, slots=True)
class Item:
    """A run of blocks in a piece. `parts` are what it shows of the account; a heading shows all that stands below it.

    `title`: the first so many blocks are the title, which a mark may leave out.
    """

    parts: frozenset[str]
    blocks: tuple[Block | Chart, ...]
    title: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """What one mark is replaced with. Of two marks for the same part the one of the higher `rank` has it."""

    name: str
    items: tuple[Item, ...]
    rank: int

    @property
    def parts(self) -> frozenset[str]:
        return frozenset().union(*(item.parts for item in self.items))


@dataclass(frozen=True, slots=True)
class Filling:
    """All that a template may ask for.

    `words` and `pieces` by the name of their mark, as `same` has it; `known` are the names as people write them, for
    advice; `parts` is all that the account holds, part → the group that it belongs to, in order; `lacking` are pieces
    that this account has nothing for, with the reason, `missing` figures that it does not give; `figure` gives a figure
    by its key, which stands after `figure_family` in a mark.
    """

    words: Mapping[str, str]
    pieces: Mapping[str, Piece]
    known: tuple[str, ...]
    parts: Mapping[str, str]
    lacking: Mapping[str, str]
    missing: frozenset[str]
    figure: Callable[[str], str | None]
    same: Callable[[str], str]
    untitled: str
    """what a mark ends in where its title is to be left out"""
    figure_family: str
