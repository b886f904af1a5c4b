"""The page docs/bench-build.md in parts: each bench renews its own, found by its heading. Refuses to touch the others."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "bench-build.md"
HEAD = "# 成文速度 · Bench: building\n\n由 `make bench` 更新。 Renewed by `make bench`.\n"


def machine() -> str:
    """Python, system and cores; no name of a machine."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}，{platform.system()} {platform.machine()}，{os.cpu_count()} 核"


def put(part: str) -> None:
    """Writes the part in the place of the one with its heading, or behind all others."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    kept = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    own = part.partition("\n")[0]
    titles = [one.partition("\n")[0] for one in kept]
    if own in titles:
        kept[titles.index(own)] = part
    else:
        kept.append(part)
    PAGE.write_text("\n".join([HEAD, *(one.rstrip("\n") + "\n" for one in kept)]), "utf-8")
