"""Screens (屏幕): what stands where on a web page, asked of Chromium; nothing of the product is used.

The page is put into a frame as wide as a screen, so that a phone is as narrow as one. Says what is wrong in words.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

CHROMIUM = os.environ.get("JUESUAN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
DESKTOP, PHONE = 1280, 375
_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--virtual-time-budget=30000", "--dump-dom"),
)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_RESULT = re.compile(r'<pre id="result">(.*?)</pre>', re.S)


def look(pages: dict[str, bytes], folder: Path, widths: tuple[int, ...] = (DESKTOP, PHONE)) -> dict[str, list[str]]:
    """What is wrong on every page, by name and width; nothing where nothing is. Needs Chromium."""
    texts = {name: _POLICY.sub("", page.decode("utf-8")) for name, page in pages.items()}
    data = json.dumps({"pages": texts, "widths": widths}, ensure_ascii=False).replace("<", "\\u003c")
    host = f'<!DOCTYPE html><meta charset="utf-8"><body><script>const given = {data};\n{LOOK}</script>'
    found: dict[str, list[str]] = run(host, folder)
    return found


def run(host: str, folder: Path) -> Any:
    """What a page writes into the element `result`, as JSON."""
    path = folder / "host.html"
    path.write_text(host, "utf-8")
    command = [str(CHROMIUM), *_QUIET, f"--user-data-dir={folder / 'profile'}", "--window-size=1400,900", path.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, timeout=300)
    (result,) = _RESULT.findall(done.stdout.decode("utf-8"))
    for name, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        result = result.replace(name, char)
    return json.loads(result)


LOOK = """
const near = 1.5;
const texts = (root) => {
  const walk = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) if (walk.currentNode.data.trim()) found.push(walk.currentNode);
  return found;
};
const boxes = (node) => {
  const range = node.ownerDocument.createRange();
  range.selectNodeContents(node);
  return [...range.getClientRects()].filter(r => r.width > 0);
};
function wrong(doc) {
  const found = [], root = doc.documentElement, width = root.clientWidth, view = doc.defaultView;
  const say = (what, node) => { if (found.length < 20) found.push(what + ': ' + node.data.trim().slice(0, 30)); };
  if (root.scrollWidth > width) {
    const far = [...doc.body.querySelectorAll('*')].filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > width + near).map(e => e.tagName + '.' + e.className);
    found.push('the page is ' + root.scrollWidth + ' wide on a screen of ' + width + ': ' + far.slice(0, 3));
  }
  for (const node of texts(doc.body)) {
    const own = node.parentElement;
    if (own.closest('script, style, svg, .hidden, .skip') || !own.checkVisibility()) continue;
    const cell = own.closest('td, th'), scroller = own.closest('.scroll');
    for (const box of boxes(node)) {
      if (cell) {
        const its = cell.getBoundingClientRect();
        if (box.left < its.left - near || box.right > its.right + near || box.top < its.top - 4 || box.bottom > its.bottom + 4)
          say('beyond its cell', node);
      }
      if (scroller) {
        const its = scroller.getBoundingClientRect();
        if (box.left < its.left - near || box.right > its.left + scroller.scrollWidth + near) say('cannot be scrolled to', node);
      } else if (box.left < -near || box.right > width + near) say('outside the screen', node);
    }
    for (let up = own; up && up !== doc.body; up = up.parentElement) {
      const style = view.getComputedStyle(up);
      if (style.textOverflow === 'ellipsis' || (style.overflowX === 'hidden' && up.scrollWidth > up.clientWidth + near))
        say('cut off', node);
    }
  }
  for (const svg of doc.querySelectorAll('svg')) {
    if (!svg.checkVisibility()) continue;
    const frame = svg.getBoundingClientRect();
    const words = [...svg.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()]);
    words.forEach(([text, box], n) => {
      if (box.left < frame.left - near || box.right > frame.right + near || box.top < frame.top - near || box.bottom > frame.bottom + near)
        found.push('outside its drawing: ' + text.textContent);
      for (const [other, its] of words.slice(n + 1))
        if (box.left + 1 < its.right && its.left + 1 < box.right && box.top + 3 < its.bottom && its.top + 3 < box.bottom)
          found.push('words on words: ' + text.textContent + ' / ' + other.textContent);
    });
  }
  return found;
}
addEventListener('load', async () => {
  const found = {};
  try {
    for (const [name, page] of Object.entries(given.pages)) for (const width of given.widths) {
      const frame = document.createElement('iframe');
      Object.assign(frame.style, {width: width + 'px', height: '800px', border: 0});
      frame.srcdoc = page;
      const ready = new Promise(done => frame.addEventListener('load', done));
      document.body.append(frame);
      await ready;
      const flaws = wrong(frame.contentDocument);
      if (flaws.length) found[name + ' ' + width] = flaws;
      frame.remove();
    }
  } catch (problem) { found.crash = ['' + problem]; }
  const out = document.createElement('pre');
  out.id = 'result';
  out.textContent = JSON.stringify(found);
  document.body.textContent = '';
  document.body.append(out);
});
"""
