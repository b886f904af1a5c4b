"""Producers (制作工具): typst, a browser and an office suite make the PDF; each may be absent.

Refuses to use a profile of the user: every run has a new one.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from juesuan.documents.writing_docx import write_docx
from juesuan.model.documents import Block
from tests.layouts.html import write_html
from tests.layouts.looks import Look
from tests.layouts.typst_source import write_typst

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SECONDS = 180


def typst(blocks: Sequence[Block], look: Look) -> bytes:
    import typst as compiler

    made = compiler.compile(write_typst(blocks, look).encode())
    assert isinstance(made, bytes)
    return made


def browser(blocks: Sequence[Block], look: Look) -> bytes:
    """Printed by the browser. With a footer: its own, with date, title, address and page."""
    assert BROWSER
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder, "a.html"), Path(folder, "a.pdf")
        page.write_text(write_html(blocks, look), "utf-8")
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ]
        footer = [] if look.footer else ["--no-pdf-header-footer"]
        command = [
            BROWSER,
            *flags,
            *footer,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={made}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return made.read_bytes()


def office_page(blocks: Sequence[Block], look: Look) -> bytes:
    """HTML set by the office suite."""
    return _office(write_html(blocks, look).encode(), "html", "writer_web_pdf_Export")


def office_word(blocks: Sequence[Block], look: Look) -> bytes:
    """Our own DOCX set by the office suite, in the look of that writer."""
    return _office(write_docx(blocks), "docx", "writer_pdf_Export")


def _office(data: bytes, kind: str, export: str) -> bytes:
    assert OFFICE
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"a.{kind}")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        reader = ["--infilter=HTML (StarWriter)"] if kind == "html" else []
        export = "writer_pdf_Export" if reader else export
        command = [
            OFFICE,
            profile,
            "--headless",
            *reader,
            "--convert-to",
            f"pdf:{export}",
            "--outdir",
            folder,
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return Path(folder, "a.pdf").read_bytes()
