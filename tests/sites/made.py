"""A folder of accounts for a site, and the site made of it: built, read, double, a draft, and what is no account."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

from bench.site_accounts import name_of, text_of

from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.presenting.files import write_files
from juesuan.services.building import build
from juesuan.services.loading import Build, Loaded
from juesuan.services.sites import Wanted, Written, make_site

ROOT = Path(__file__).parents[2]
SEED, YEARS, NUMBERS = 3, (2022, 2023, 2024), (0, 1)
BUILT_SEED = 7
"""the account that was built, with a data package"""
REAL = ROOT / "examples" / "xigang-office-2024.txt"


def fill(folder: Path) -> None:
    """Writes the folder."""
    for year in YEARS:
        for number in NUMBERS:
            put(folder / str(year) / f"{name_of(number)}{year}.txt", text_of(number, year, SEED))
    shutil.copy(REAL, folder / "西岗.txt")
    put(folder / "另一份.txt", text_of(0, 2024, SEED + 1))
    put(folder / "readme.md", "这里放各部门交来的文件。\n")
    (folder / "照片.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    built = made_up(BUILT_SEED, draft=False)
    write_files(folder / "编制", built)
    write_files(folder / "草稿", made_up(BUILT_SEED + 1, draft=True))


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@cache
def made_up(seed: int, draft: bool) -> dict[str, bytes]:
    """What `juesuan build` writes of a made-up account."""
    account = generate(seed)
    words = account_of(account)
    if draft:
        words.texts.clear()
        words = replace(words, reasons=[])
    loaded = Loaded(report_of(account), words, style(account.shape.style), "批复表")
    built = build(loaded, Build(formats=("text", "html", "data"), draft=draft))
    assert built.final != draft
    return built.files


def make(folder: Path, output: Path) -> Written:
    return make_site(Wanted(str(folder), str(output), jobs=2))
