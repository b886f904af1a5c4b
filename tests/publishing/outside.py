"""Other programs that look at what is published: the Nu HTML checker, axe in Chromium, LibreOffice. Skipped: None."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

from tests.publishing.screens import CHROMIUM, DESKTOP, PHONE, look, run
from tests.web.pages import NODE
from tests.web.test_browser import AXE, NU, RULES

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def available() -> dict[str, bool]:
    """Which of the programs are there."""
    return {
        "vnu": NU.is_file() and shutil.which("java") is not None,
        "axe": AXE.is_file() and CHROMIUM is not None,
        "Chromium": CHROMIUM is not None,
        "LibreOffice": OFFICE is not None,
    }


def invalid(pages: dict[str, bytes], folder: Path) -> list[str]:
    """What the Nu HTML checker says of pages."""
    for name, page in pages.items():
        (folder / f"{name}.html").write_bytes(page)
    files = [str(folder / f"{name}.html") for name in pages]
    done = subprocess.run(["java", "-jar", str(NU), "--stdout", *files], capture_output=True, check=False, timeout=900)
    return done.stdout.decode("utf-8").splitlines()


def inaccessible(pages: dict[str, bytes], folder: Path) -> dict[str, list[str]]:
    """What axe finds wrong on pages, on a desktop and on a phone."""
    found = {}
    script = AXE.read_text("utf-8").replace("</script", "<\\/script")
    for name, page in pages.items():
        html = _POLICY.sub("", page.decode("utf-8"))
        for width in (DESKTOP, PHONE):
            given = json.dumps(html, ensure_ascii=False).replace("<", "\\u003c")
            inside = json.dumps(script, ensure_ascii=False).replace("<", "\\u003c")
            host = (
                f'<!DOCTYPE html><meta charset="utf-8"><body><script>const page = {given}, axe = {inside}, '
                f"width = {width}, rules = {json.dumps(RULES)};\n{_ASK}</script>"
            )
            if wrong := run(host, folder):
                found[f"{name} {width}"] = wrong
    return found


def printed(documents: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Word documents as LibreOffice prints them."""
    assert OFFICE is not None
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in documents]
    command = [OFFICE, "--headless", home, "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=1200)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in documents}


__all__ = ["NODE", "available", "inaccessible", "invalid", "look", "printed"]

_ASK = """
addEventListener('load', async () => {
  const frame = document.createElement('iframe'), out = document.createElement('pre');
  out.id = 'result';
  Object.assign(frame.style, {width: width + 'px', height: '800px', border: 0});
  frame.srcdoc = page;
  const ready = new Promise(done => frame.addEventListener('load', done));
  document.body.append(frame);
  await ready;
  try {
    const inner = frame.contentDocument.createElement('script');
    inner.textContent = axe;
    frame.contentDocument.body.append(inner);
    const result = await frame.contentWindow.axe.run({runOnly: rules});
    out.textContent = JSON.stringify(result.violations.map(one => one.id + ' ' + one.nodes[0].html.slice(0, 80)));
  } catch (problem) { out.textContent = JSON.stringify(['' + problem]); }
  document.body.textContent = '';
  document.body.append(out);
});
"""
