"""PDF files that are odd: locked, huge, empty, misnamed, no account. An error that says what to do, or a result, in bounds."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pypdf
import pytest

from juesuan import cli
from juesuan.documents.errors import DamagedFile
from juesuan.documents.pdf import read_pdf
from juesuan.model.documents import Paragraph, Table
from tests.damage.sources import written
from tests.layouts.raw_pdf import LATIN, Page, write_pdf

ROOT = Path(__file__).parents[2]
MB = 1 << 20

Check = Callable[..., tuple[int, list[dict[str, Any]]]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Checks files by name: the exit code, and what is said of each."""
    monkeypatch.chdir(tmp_path)

    def run(*names: str) -> tuple[int, list[dict[str, Any]]]:
        code = cli.main(["check", *names, "--format", "json"])
        return code, json.loads(capsys.readouterr().out)["documents"]

    return run


def lines_on(pages: int, lines: Sequence[str], font: str = "F1") -> list[Page]:
    made = []
    for number in range(pages):
        page = Page()
        for at, line in enumerate(lines):
            page.text(60, 80 + 18 * at, line.format(page=number + 1), 10.5, font)
        made.append(page)
    return made


def locked(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(written()))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def joined(*files: bytes) -> bytes:
    writer = pypdf.PdfWriter()
    for one in files:
        writer.append(io.BytesIO(one))
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def picture() -> bytes:
    """A page that is a picture: one image over all of it."""
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 4 >>"
    )
    content = b"q 595 0 0 842 0 0 cm /I Do Q"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        image + b"\nstream\n\x10\x80\xf0\xff\nendstream",
    ]
    return (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(objects, 1))
        + (b"trailer\n<< /Size 6 /Root 1 0 R >>\n")
    )


BUDGET = (
    "某市某局 2024 年部门预算公开 第 {page} 页",
    "一、2024 年收支预算总体情况",
    "2024 年收入预算 1,203.45 万元，支出预算 1,203.45 万元。",
    "二、“三公”经费预算 12.00 万元，比上年减少 1.00 万元。",
)
PAPER = (
    "{page}. Related work. In this section we show that p < 0.05 for all",
    "samples; the mean was 3.14 (s.d. 0.12), see Table {page} and [12, 13].",
)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("有密码.pdf", lambda: locked("secret"), "有打开密码"),
        ("空.pdf", bytes, "空的"),
        ("没有页.pdf", lambda: write_pdf([]), ""),
        ("白页.pdf", lambda: write_pdf([Page(), Page()]), "决算"),
        ("其实是网页.pdf", lambda: b"<!doctype html><html><body>404</body></html>", "HTML"),
        ("其实是图片.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
        ("其实是压缩包.pdf", lambda: b"PK\x03\x04" + bytes(99), "压缩包"),
        ("预算.pdf", lambda: write_pdf(lines_on(3, BUDGET)), "预算"),
        ("论文.pdf", lambda: write_pdf(lines_on(9, PAPER, LATIN)), "不是部门决算"),
        ("扫描件.pdf", picture, "图片"),
    ],
)
def test_refused_with_the_reason(name: str, data: Callable[[], bytes], said: str, check: Check) -> None:
    Path(name).write_bytes(data())
    code, (told,) = check(name)
    assert code == 2
    assert told["file"] == name
    assert said in told["error"]
    assert told["error"].endswith("。")
    assert "请" in told["error"]


def test_names_decide_nothing(check: Check) -> None:
    Path("其实是文本.pdf").write_bytes((ROOT / "examples" / "xigang-office-2024.txt").read_bytes())
    Path("其实是PDF.txt").write_bytes(written())
    code, (text, pdf) = check("其实是文本.pdf", "其实是PDF.txt")
    assert code == 1
    assert text["error"] is pdf["error"] is None
    assert text["department"] == pdf["department"]


def test_a_password_only_for_changes_does_not_hinder_reading(check: Check) -> None:
    Path("a.pdf").write_bytes(locked(""))
    Path("b.pdf").write_bytes(written())
    _, (owned, free) = check("a.pdf", "b.pdf")
    assert owned["error"] is None
    assert owned["coverage"]["figures"] == free["coverage"]["figures"] > 500


def test_a_thousand_pages_give_a_result(check: Check) -> None:
    words = ["第 {page} 页 附件材料", *[f"{n}. 说明文字，没有别的内容。" for n in range(8)]]
    Path("千页.pdf").write_bytes(joined(written(), write_pdf(lines_on(980, words))))
    code, (told,) = check("千页.pdf")
    assert code == 1
    assert told["coverage"]["figures"] > 500


def test_a_file_of_nearly_the_limit_gives_a_result(check: Check) -> None:
    with Path("大.pdf").open("wb") as stream:
        stream.write(written())
        stream.write(b"\n900 0 obj\n<< /Length %d >>\nstream\n" % (198 * MB))
        stream.seek(198 * MB, io.SEEK_CUR)
        stream.write(b"\nendstream\nendobj\n")
        stream.write(written()[-400:])
    code, (told,) = check("大.pdf")
    assert told["error"] is None
    assert code == 1


def test_a_file_above_the_limit_is_not_read(check: Check) -> None:
    with Path("过大.pdf").open("wb") as stream:
        stream.write(written())
        stream.truncate(201 * MB)
    code, (told,) = check("过大.pdf")
    assert code == 2
    assert "上限 200.0 MB" in told["error"]


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ("pages = 5", "上限 5 页"),
        ("size = 1", "上限 1.0 MB"),
        ("memory = 60\npages = 99999", "超过 60 MB"),
        ("seconds = 1\npages = 99999", "1 秒内没有查完"),
    ],
)
def test_limits_are_those_of_the_configuration(limits: str, said: str, check: Check) -> None:
    Path("juesuan.toml").write_text(f"[limits]\n{limits}\n", encoding="utf-8")
    many = write_pdf(lines_on(1200, ["某部门 2024 年度部门决算公开，第 {page} 页，金额 {page}.00 万元。"] * 30))
    Path("决算.pdf").write_bytes(many + b"\n" * MB)
    code, (told,) = check("决算.pdf")
    assert code == 2
    assert said in told["error"]


def test_one_bad_file_does_not_stop_the_others(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "2024"
    folder.mkdir()
    (folder / "1.pdf").write_bytes(written())
    (folder / "2.pdf").write_bytes(locked("secret"))
    (folder / "3.pdf").write_bytes(written()[:5000])
    (folder / "4.pdf").write_bytes(b"")
    (folder / "5.pdf").write_bytes(written())
    shutil.copy(ROOT / "examples" / "xigang-office-2024.txt", folder / "6.txt")
    code, told = check("2024")
    assert code == 2
    assert [bool(one["error"]) for one in told] == [False, True, True, True, False, False]
    assert {one["department"] for one in told if not one["error"]} == {told[0]["department"]}


def test_a_file_of_which_no_page_opens_is_damaged_and_no_scan() -> None:
    data = re.sub(rb"/Kids \[\d", b"/Kids [9", write_pdf([Page()]))
    with pytest.raises(DamagedFile):
        read_pdf(data, "a.pdf")


def test_blanks_of_every_width_are_gaps() -> None:
    page = Page()
    page.text(60, 80, "本年收入\u2003合计\u2002 12.00\u3000万元\u200b", 10.5)
    (line,) = (block for block in read_pdf(write_pdf([page]), "a.pdf").blocks if isinstance(block, Paragraph))
    assert not re.search(r"[^\S ]|\u200b", line.text)
    assert "".join(line.text.split()) == "本年收入合计12.00万元"


def test_a_white_page_behind_a_grey_cell_draws_no_lines() -> None:
    """A browser paints the page white first; a grey cell in its middle does not make that a tile with edges."""
    page = Page()
    page.bar(60, 60, 536, 782, "1 g")
    for top in (200, 400):
        page.bar(60, top, 320, top + 40, "0.95 g")
        for y in (top, top + 40, top + 80):
            page.line(60, y, 536, y)
        for x in (60, 320, 536):
            page.line(x, top, x, top + 80)
        page.text(70, top + 25, "项目", 10.5)
        page.text(70, top + 65, "12.00", 10.5)
        page.text(60, top + 110, "注：本表反映情况。", 10.5)
    blocks = read_pdf(write_pdf([page]), "a.pdf").blocks
    assert [type(block) for block in blocks] == [Table, Paragraph, Table, Paragraph]


def test_lines_of_a_row_that_went_to_the_next_page_make_no_table() -> None:
    """A browser draws them below the surface that it shows; the footer there is no cell of theirs."""
    page = Page()
    for y in (700, 740, 780):
        page.line(60, y, 536, y)
    for x in (60, 298, 536):
        page.line(x, 700, x, 780)
    page.text(70, 725, "项目", 10.5)
    page.text(70, 765, "12.00", 10.5)
    left_behind = Page()
    for edge in (790.5, 830.0):
        left_behind.bar(60, edge, 536, edge + 0.5)
    for x in (60, 298, 536):
        left_behind.bar(x, 790.5, x + 0.5, 830)
    footer = "file:///tmp/account.html"
    page.text(70, 812, footer, 8, LATIN)
    page.clipped((50, 50, 545, 790), left_behind.ops)
    blocks = read_pdf(write_pdf([page]), "a.pdf").blocks
    assert [type(block) for block in blocks] == [Table, Paragraph]
    assert isinstance(blocks[1], Paragraph)
    assert blocks[1].text == footer
