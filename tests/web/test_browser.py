"""Web pages in a browser: accessible by the rules of WCAG 2.2 AA (axe-core), valid HTML (Nu), sorted and copied.

Needs Chromium, and axe-core and vnu-jar from npm in .venv/web (or the folder named by JUESUAN_WEB):
`npm install --prefix .venv/web axe-core vnu-jar`. Skipped, with the reason, where they are not.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.web.pages import NODE, page_of, parsed

pytestmark = pytest.mark.web
CHROMIUM = os.environ.get("JUESUAN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
AXE = NODE / "axe-core" / "axe.min.js"
NU = NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--virtual-time-budget=20000", "--dump-dom"),
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, PHONE = 1280, 500
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def in_browser(page: bytes, script: str, folder: Path, width: int = WIDE) -> object:
    """What a script run in the page gives, as JSON."""
    html = POLICY.sub("", page.decode("utf-8"))
    tail = (
        f"<script>window.addEventListener('load', async () => {{ const out = document.createElement('pre');"
        f" out.id = 'result'; try {{ out.textContent = JSON.stringify(await (async () => {{ {script} }})()); }}"
        f" catch (e) {{ out.textContent = JSON.stringify('' + e); }} document.body.appendChild(out); }});</script>"
    )
    path = folder / "page.html"
    path.write_text(html.replace("</body>", f"{tail}</body>"), "utf-8")
    command = [
        str(CHROMIUM),
        *QUIET,
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={width},900",
        path.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    (result,) = re.findall(r'<pre id="result">(.*?)</pre>', done.stdout.decode("utf-8"), re.S)
    text = parsed(f"<p>{result}</p>").text
    return json.loads(text)


def accessible(page: bytes, folder: Path, width: int) -> object:
    """What axe finds wrong."""
    if CHROMIUM is None:
        pytest.skip("没有 Chromium：用浏览器核对网页的测试跳过")
    if not AXE.is_file():
        pytest.skip(f"没有 axe-core：npm install --prefix {NODE.parent.name} axe-core")
    script = AXE.read_text("utf-8").replace("</script", "<\\/script")
    html = page.replace(b"</body>", f"<script>{script}</script></body>".encode())
    run = f"const r = await axe.run({{runOnly: {json.dumps(RULES)}}}); return r.violations.map(v => [v.id, v.nodes[0].html]);"
    return in_browser(html, run, folder, width)


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("seed", [7, 21, 77])
def test_the_page_of_an_account_is_accessible(seed: int, width: int, tmp_path: Path) -> None:
    assert accessible(page_of(seed), tmp_path, width) == []


def test_what_is_not_accessible_is_found(tmp_path: Path) -> None:
    page = page_of(7).replace(b'<html lang="zh-CN">', b"<html>")
    assert [one[0] for one in accessible(page, tmp_path, WIDE)] == ["html-has-lang"]  # type: ignore[attr-defined]


def test_html_is_valid(tmp_path: Path) -> None:
    if not NU.is_file() or shutil.which("java") is None:
        pytest.skip("没有 vnu-jar 或 Java：不核对 HTML 是否合规")
    for seed in (7, 14, 21, 77):
        (tmp_path / f"{seed}.html").write_bytes(page_of(seed))
    done = subprocess.run(
        ["java", "-jar", str(NU), "--stdout", *map(str, tmp_path.glob("*.html"))], capture_output=True, check=False
    )
    assert (done.stdout.decode("utf-8"), done.returncode) == ("", 0)


def test_a_table_is_sorted_and_copied(tmp_path: Path) -> None:
    if CHROMIUM is None:
        pytest.skip("没有 Chromium：用浏览器核对网页的测试跳过")
    found = in_browser(page_of(7), ACT, tmp_path)
    assert isinstance(found, dict)
    assert found["total"] == found["total_after"] != ""
    assert found["largest"] == sorted(found["before"], reverse=True)
    assert found["smallest"] == sorted(found["before"])
    assert found["again"] == found["before"] != found["largest"]
    assert found["sorts"] == ["descending", "ascending", None]
    assert "<a" not in found["html"]
    assert "<button" not in found["html"]
    copied, shown = parsed(found["html"]), parsed(page_of(7)).of_class("sortable")[0]
    assert [cell.text for cell in copied.all("td", "th")] == [cell.text for cell in shown.all("td", "th")]


ACT = """
const table = document.querySelector('table.sortable'), body = table.tBodies[0];
const rows = () => [...body.rows].filter(r => r.className !== 'total');
const values = () => rows().map(r => Number(r.querySelector('td.n').textContent.replace(/,/g, '')));
const total = () => [...body.rows].findIndex(r => r.className === 'total') + '';
const button = table.querySelector('button.sort'), found = {before: values(), total: total(), sorts: []};
for (const name of ['largest', 'smallest', 'again']) {
  button.click();
  found[name] = values();
  found.sorts.push(button.closest('th').getAttribute('aria-sort'));
}
found.total_after = total();
getSelection().selectAllChildren(table);
const copied = new ClipboardEvent('copy', {clipboardData: new DataTransfer(), bubbles: true, cancelable: true});
table.dispatchEvent(copied);
found.html = copied.clipboardData.getData('text/html');
return found;
"""
