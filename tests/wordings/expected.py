"""Expected readings as short lines: `<key> [| <key>]: figure; figure …`, `says <claim>`, `unread n: why`.

A figure is `n` (an amount or count, final), `initial n`, `full_year n`, `budget n`, `last n` (that basis or year),
`change n / base`, `rate n / base`, `completion n / base`, `share n / key`. A base is `last`, `initial`, `last budget` …
(the same key, that year and basis) or a key. The account's own year is left out of keys, the year before is `last`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from juesuan.model.keys import DIMENSIONS
from tests.wordings.spoken import Passage, Read

BASES = ("initial", "full_year", "budget")


@dataclass
class Expected:
    """What a passage should be read as."""

    figures: list[Read] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)


def expected(lines: Iterable[str]) -> Expected:
    """Parses the lines of one passage. Raises ValueError where one has no such shape."""
    found = Expected()
    for line in lines:
        if line.startswith("unread "):
            found.unread.append(line.removeprefix("unread ").partition(":")[0])
        elif line.startswith("says "):
            found.says.append(claimed(line.removeprefix("says ")))
        else:
            keys, colon, figures = line.partition(": ")
            if not colon:
                raise ValueError(f"no figures in {line!r}")
            found.figures += [figure(keys.split(" | "), text) for text in figures.split("; ")]
    return found


def figure(keys: list[str], text: str) -> Read:
    """One figure of a subject: `change 540.23 / last`."""
    body, _, base = text.partition(" / ")
    *tags, printed = body.split(" ")
    if tags and tags[0] not in ("last", *BASES):
        return Read(printed, tags[0], frozenset(map(ordered, keys)), whole(keys[0], base))
    return Read(printed, measure(keys[0]), frozenset(ordered(f"{k} {dims(' '.join(tags))}") for k in keys))


def claimed(text: str) -> str:
    """`direction <key> / <base>` in the form of `spoken.worded`."""
    body, _, base = text.partition(" / ")
    kind, _, keys = body.partition(" ")
    names = keys.split(" | ")
    return f"{kind} {' | '.join(map(ordered, names))}" + (f" / {whole(names[0], base)}" if base else "")


def measure(key: str) -> str:
    return next((part.partition("=")[2] for part in key.split() if part.startswith("measure=")), "amount")


def whole(key: str, base: str) -> str:
    """The base written out: `last` is the same key a year before."""
    return ordered(base if "=" in base else f"{key} {dims(base)}")


def dims(words: str) -> str:
    """`last budget` as dimensions."""
    return " ".join("year=last" if word == "last" else f"basis={word}" for word in words.split())


def ordered(key: str) -> str:
    """The dimensions in the order of the model."""
    return " ".join(sorted(key.split(), key=lambda part: DIMENSIONS.index(part.partition("=")[0])))


def differences(want: Expected, got: Passage) -> list[str]:
    """What was read otherwise than expected, in words."""
    found = [f"{w} <- {g}" for w, g in _pairs(want.figures, got.figures) if w != g]
    found += [f"not said: {text}" for text in want.says if text not in got.words]
    found += [f"said: {text}" for text in got.words if _worth(text) and text not in want.says]
    found += [f"unread: {text}" for text in got.unread if text not in want.unread]
    return found


def _worth(text: str) -> bool:
    return text.startswith(("direction", "level", "none"))


def _pairs(want: list[Read], got: list[Read]) -> list[tuple[Read | None, Read | None]]:
    """Both lists side by side, matched by what is printed, in order."""
    pairs: list[tuple[Read | None, Read | None]] = []
    rest = list(got)
    for one in want:
        at = next((i for i, other in enumerate(rest) if other.printed == one.printed), None)
        if at is None:
            pairs.append((one, None))
            continue
        pairs += [(None, other) for other in rest[:at]]
        pairs.append((one, rest[at]))
        rest = rest[at + 1 :]
    return pairs + [(None, other) for other in rest]
