"""The pictures of the README: pages of the example's PDF, and its web page on a desktop and a phone. Writes docs/pictures.

`python tools/pictures.py`; the web page needs Chromium, without which its picture stays as it was. Refuses any account
but the example that `juesuan init --example` makes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from juesuan.app import build, prepare_workbook
from juesuan.services.loading import Build
from juesuan.services.preparing import Wanted

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
CHROMIUM = os.environ.get("JUESUAN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars", "--virtual-time-budget=5000"),
)
SHOWN = ("目录", "收入、支出对比", "收入支出决算公开表财决公开", "项目支出预算绩效自评表（2024年度）")
"""what stands on the pages that are shown"""
WIDE, PHONE, HIGH = 1280, 500, 1500
GROUND = "#e4e7eb"
GAP, COLOURS = 24, 48
_FINE = 3
"""pages are drawn larger by this first: thin strokes come out as thin"""


def published(folder: Path) -> tuple[Path, Path]:
    """The example as PDF and as a web page."""
    workbook = prepare_workbook(str(folder), Wanted(example=True))[0]
    _, written = build(str(workbook), Build(formats=("pdf", "html")))
    pdf, html = (next(path for path in written if path.suffix == ending) for ending in (".pdf", ".html"))
    return pdf, html


def pages(path: Path, height: int) -> list[Image.Image]:
    """The pages that are shown, all of one height in pixels."""
    document = pdfium.PdfDocument(path)
    found = []
    for words in SHOWN:
        for page in document:
            text = "".join(page.get_textpage().get_text_bounded().split())
            if words in text and (words == SHOWN[0]) == ("部门概况...." in text):
                large = page.render(scale=_FINE * height / page.get_height()).to_pil()
                found.append(large.resize((large.width // _FINE, large.height // _FINE), Image.Resampling.LANCZOS))
                break
    document.close()
    return found


def screen(path: Path, width: int, folder: Path) -> Image.Image:
    """The beginning of a web page in Chromium."""
    shot = folder / f"{width}.png"
    command = [
        *(str(CHROMIUM), *QUIET, f"--user-data-dir={folder / f'profile{width}'}"),
        *(f"--window-size={width},{HIGH}", f"--screenshot={shot}", path.resolve().as_uri()),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with Image.open(shot) as image:
        return image.convert("RGB")


def row(images: Sequence[Image.Image]) -> Image.Image:
    """Pictures side by side, with some room around them."""
    width = sum(image.width for image in images) + GAP * (len(images) + 1)
    whole = Image.new("RGB", (width, max(image.height for image in images) + 2 * GAP), GROUND)
    at = GAP
    for image in images:
        whole.paste(image, (at, GAP))
        at += image.width + GAP
    return whole


def save(image: Image.Image, name: str) -> None:
    """As a small PNG."""
    FOLDER.mkdir(exist_ok=True)
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)
    print(FOLDER.name + "/" + name, image.size, (FOLDER / name).stat().st_size // 1024, "kB")


def main() -> None:
    """Both pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        pdf, html = published(folder)
        save(row(pages(pdf, 600)), "pdf.png")
        if CHROMIUM is None:
            print("没有 Chromium：网页的图没有更新")
            return
        scale = 700 / HIGH
        shots = [screen(html, width, folder) for width in (WIDE, PHONE)]
        small = [s.resize((round(s.width * scale), round(s.height * scale)), Image.Resampling.LANCZOS) for s in shots]
        save(row(small), "web.png")


if __name__ == "__main__":
    main()
