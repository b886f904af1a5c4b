"""Marks on the published PDF: at the right words, the original untouched, the same numbers as in every other output."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, RectangleObject

from juesuan.app import check_file, rules
from juesuan.cli import main
from juesuan.composing.document import compose
from juesuan.documents.annotating import annotate
from juesuan.documents.appearances import Highlight, Note, wrapped
from juesuan.documents.errors import LockedForMarks, UnreadableFile
from juesuan.documents.glyphs import Glyph
from juesuan.documents.trimming import trimmed
from juesuan.documents.writing_pdf import write_pdf
from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.model.documents import Block, Paragraph, Table
from juesuan.presenting.entries import Entry, entries
from juesuan.presenting.marks import marks
from juesuan.presenting.originals import Original
from juesuan.presenting.telling import alike
from juesuan.presenting.xlsx_list import xlsx_list
from tests.marked import Marked, cropped, marks_of, saved, shown, text_under, turned
from tests.samples import checked, housing
from tests.test_outputs import rows

POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
SEED = 1
EXAMPLE = Path(__file__).parents[1] / "examples" / "xigang-office-2024.txt"
Made = tuple[Path, Path, list[Entry]]
FRAMES: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "turned by 90": lambda data: turned(data, 90),
    "turned by 180": lambda data: turned(data, 180),
    "turned by 270": lambda data: turned(data, 270),
    "cropped": cropped,
}


def wrong(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The account with one figure of a sentence wrong, and one of a table."""
    told = shown = False
    for block in blocks:
        if isinstance(block, Paragraph) and not told and _SENTENCE.search(block.text):
            told = True
            yield replace(block, text=_SENTENCE.sub(lambda found: found[1] + _other(found[2]), block.text, count=1))
        elif isinstance(block, Table) and not shown and block.width > 4:
            shown, table = _wrong_table(block)
            yield table
        else:
            yield block


_SENTENCE = re.compile(r"(财政拨款支出[^。，]{0,12}?)(\d{2,}\.\d\d)")


def _other(figure: str) -> str:
    return f"{int(figure[0]) % 9 + 1}{figure[1:]}"


def _wrong_table(table: Table) -> tuple[bool, Table]:
    """The first figure of the last row of a table that has some."""
    for y in range(len(table.rows) - 1, 3, -1):
        for x, cell in enumerate(table.rows[y]):
            if cell and re.fullmatch(r"\d{2,}\.\d\d", cell.text):
                row = (*table.rows[y][:x], replace(cell, text=_other(cell.text)), *table.rows[y][x + 1 :])
                return True, replace(table, rows=(*table.rows[:y], row, *table.rows[y + 1 :]))
    return False, table


@pytest.fixture(scope="module")
def account() -> bytes:
    made = generate(SEED)
    blocks = compose(report_of(made), account_of(made), style(made.shape.style)).blocks
    return write_pdf(tuple(wrong(blocks)), "决算", "某局")


@pytest.fixture(scope="module", params=FRAMES)
def made(request: pytest.FixtureRequest, account: bytes, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return marked(FRAMES[request.param](account), tmp_path_factory.mktemp("marks"))


def marked(data: bytes, folder: Path) -> Made:
    """(the original, the marked copy, what was found)."""
    original = folder / "决算.pdf"
    original.write_bytes(data)
    found = entries(check_file(str(original)), rules())
    assert main(["check", str(original), "--annotate", str(folder / "标注"), "--fail-on", "never"]) == 0
    return original, folder / "标注" / "决算-标注.pdf", found


def of(number: int, marks: list[Marked]) -> list[Marked]:
    """The highlights of what is wrong."""
    return [one for one in marks if one.kind == "/Highlight" and one.contents.startswith(f"问题 {number} ")]


def compact(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def hold(copy: Path, found: list[Entry]) -> None:
    """Every finding has its highlight, on exactly the words that it prints, and a note."""
    marks = marks_of(copy.read_bytes())
    for entry in found:
        own = of(entry.number, marks)
        assert own, (entry.number, entry.subject)
        first, *others = [compact(text_under(copy, one)) for one in own]
        assert first == compact(entry.quote)
        quotes = {compact(place.quote) for place in entry.finding.places}
        assert set(others) <= quotes | {first}
        assert len(own) == alike(entry.finding)
        assert entry.finding.check in own[0].contents
        assert sum(one.kind == "/FreeText" and one.contents.startswith(f"{entry.number} ") for one in marks) == 1


@POPPLER
def test_planted_mistakes_are_marked_in_every_frame(made: Made) -> None:
    _, copy, found = made
    assert [entry.finding.check for entry in found] == ["EQ-PART-FUND", "EQ-AGREE"]
    hold(copy, found)


@POPPLER
def test_every_finding_of_a_published_account_is_marked(real: Path, tmp_path: Path) -> None:
    _, copy, found = marked((real / "putuo-social-work-2024.pdf").read_bytes(), tmp_path)
    assert len(found) == 8
    hold(copy, found)


def test_the_original_is_a_prefix_of_the_copy(made: Made) -> None:
    original, copy, _ = made
    data = original.read_bytes()
    assert copy.read_bytes()[: len(data)] == data


def test_the_copy_says_the_same(made: Made) -> None:
    original, copy, found = made
    before, after = pdfium.PdfDocument(original), pdfium.PdfDocument(copy)
    assert [p.get_textpage().get_text_range() for p in before] == [p.get_textpage().get_text_range() for p in after]
    again = entries(check_file(str(copy)), rules())
    assert [entry.finding.message for entry in again] == [entry.finding.message for entry in found]


def test_pages_differ_only_where_marks_are(made: Made) -> None:
    original, copy, _ = made
    marks = marks_of(copy.read_bytes())
    pages = PdfReader(copy).pages
    for number in sorted({one.page for one in marks} | {1, 5}):
        old, new = picture(original, number), picture(copy, number)
        for one in marks:
            if one.page == number:
                page = pages[number - 1]
                left, top, right, bottom = (round(value * _SCALE) for value in shown(page, one.rect, page.cropbox))
                new[top - 2 : bottom + 2, left - 2 : right + 2] = old[top - 2 : bottom + 2, left - 2 : right + 2]
        assert (new == old).all()


def test_marks_hide_nothing(made: Made) -> None:
    """What is dark in the original is as dark in the copy, but for the frame of what was pale."""
    original, copy, _ = made
    for number in sorted({one.page for one in marks_of(copy.read_bytes())}):
        old, new = picture(original, number).max(axis=2), picture(copy, number).max(axis=2)
        assert (old != new).any()
        assert (new[old < 128] >= 160).sum() < 12  # the edge of a letter beside a number


_SCALE = 2


def picture(path: Path, number: int) -> Any:
    return pdfium.PdfDocument(path)[number - 1].render(scale=_SCALE, rev_byteorder=True).to_numpy().astype(int)


# ------------------------------------------------------------------------------------------------- kinds of files


def signed(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/SigFlags"): NumberObject(3), NameObject("/Fields"): ArrayObject()}
    )
    return saved(writer)


def locked(data: bytes, allowed: UserAccessPermissions, cipher: str = "RC4-128") -> bytes:
    """Locked with a password for changes only: everybody may read."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("", "secret", algorithm=cipher, permissions_flag=allowed)
    return saved(writer)


def notes_of(data: bytes) -> list[Any]:
    """All annotations of the second page, those of a locked file opened."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt("")
    listed: Any = reader.pages[1]["/Annots"]
    return [one.get_object() for one in listed]


def signed_in_a_field(data: bytes) -> bytes:
    """With a field that holds a signature, and no flag that says so."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    given = DictionaryObject({NameObject("/FT"): NameObject("/Sig"), NameObject("/V"): DictionaryObject()})
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([given])})
    return saved(writer)


def noted(data: bytes) -> bytes:
    """With one list of notes for all pages."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    entries_ = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Text"),
        "/Rect": RectangleObject((9, 9, 19, 19)),
    }
    note = writer._add_object(DictionaryObject({NameObject(name): value for name, value in entries_.items()}))
    shared = writer._add_object(ArrayObject([note]))
    for page in writer.pages:
        page[NameObject("/Annots")] = shared
    return saved(writer)


def inheriting(data: bytes) -> bytes:
    """The size of pages said once, above them."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    size = writer.pages[0].mediabox
    above = writer.root_object["/Pages"].get_object()
    assert isinstance(above, DictionaryObject)
    above[NameObject("/MediaBox")] = size
    for page in writer.pages:
        if page.mediabox == size:
            del page["/MediaBox"]
    return saved(writer)


def lost(data: bytes) -> bytes:
    """With a cross-reference that is not where the file says."""
    return data[: data.rindex(b"startxref")] + b"startxref\n17\n%%EOF\n"


KINDS: dict[str, Callable[[bytes], bytes]] = {
    "cross-reference table": lambda data: saved(PdfWriter(clone_from=io.BytesIO(data))),
    "cross-reference lost": lost,
    "something before": lambda data: b"junk\n" * 9 + data,
    "something behind": lambda data: data + b"\n<p>junk</p>" * 9,
    "signed": signed,
    "signed in a field": signed_in_a_field,
    "one list of notes for all pages": noted,
    "sizes inherited": inheriting,
}
NOTE = Note(2, None, (1.0, 0.0, 0.0), "1", "错误　这里", "错误", "1 错误")
MARKS = (Highlight(2, ((90.0, 90.0, 190.0, 110.0),), (1.0, 0.0, 0.0), 0.3, "问题 1 中文", "12"), NOTE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_is_marked(account: bytes, kind: str) -> None:
    data = KINDS[kind](account)
    found = annotate(data, "a.pdf", MARKS)
    assert found.data[: len(data)] == data
    assert found.signed == kind.startswith("signed")
    assert len(pdfium.PdfDocument(found.data)) == len(pdfium.PdfDocument(account))
    assert annotate(data, "a.pdf", MARKS) == found
    if kind != "cross-reference lost":
        assert [one.contents for one in marks_of(found.data)] == ["问题 1 中文", "1 错误"]


def test_marks_upon_marks(account: bytes) -> None:
    twice = annotate(annotate(account, "a.pdf", MARKS).data, "a.pdf", MARKS).data
    assert len(marks_of(twice)) == 4


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_file_is_marked_or_refused(account: bytes, seed: int) -> None:
    draws = random.Random(seed)
    data = bytearray(account)
    for _ in range(draws.choice((1, 30, 300))):
        data[draws.randrange(len(data))] ^= 1 << draws.randrange(8)
    if seed % 3 == 0:
        del data[draws.randrange(len(data) // 2, len(data)) :]
    try:
        made = annotate(bytes(data), "a.pdf", MARKS).data
    except UnreadableFile as why:
        made = bytes(data)
        refused = str(why)
    else:
        refused = ""
    assert made.startswith(bytes(data))
    assert not refused or "不能在其中标注" in refused


def test_a_file_that_allows_no_notes_is_refused_with_a_word(account: bytes) -> None:
    with pytest.raises(LockedForMarks, match="权限密码"):
        annotate(locked(account, UserAccessPermissions.PRINT), "a.pdf", MARKS)


@POPPLER
@pytest.mark.parametrize("cipher", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_locked_file_that_allows_notes_is_marked_and_stays_locked(
    account: bytes, cipher: str, tmp_path: Path
) -> None:
    data = locked(account, UserAccessPermissions.ADD_OR_MODIFY, cipher)
    made = annotate(data, "a.pdf", MARKS).data
    assert made.startswith(data)
    reader = PdfReader(io.BytesIO(made))
    assert reader.is_encrypted
    assert reader.decrypt("")
    found = notes_of(made)
    assert [one["/Contents"] for one in found[-2:]] == ["问题 1 中文", "1 错误"]
    (tmp_path / "a.pdf").write_bytes(made)
    (tmp_path / "b.pdf").write_bytes(annotate(account, "a.pdf", MARKS).data)
    assert (picture(tmp_path / "a.pdf", 2) == picture(tmp_path / "b.pdf", 2)).all()
    told = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True)
    assert not told.stderr


def test_chinese_is_in_utf_16_with_its_mark(account: bytes) -> None:
    added = annotate(account, "a.pdf", MARKS).data[len(account) :]
    told = re.findall(rb"/Contents [(<](....)", added, re.DOTALL)
    assert len(told) == 2
    assert all(start.startswith((b"\xfe\xff", rb"\376", b"feff")) for start in told)


def test_a_full_page_keeps_its_highlights_and_says_what_it_left_out(account: bytes) -> None:
    many = [replace(NOTE, number=str(n), text="很长的话" * 40, short="很长的话" * 40) for n in range(80)]
    found = annotate(account, "a.pdf", [MARKS[0], *many])
    assert found.unplaced
    assert len(marks_of(found.data)) == 81 - len(found.unplaced)
    told = [one["/Contents"] for one in notes_of(found.data) if one["/Subtype"] == "/Text"]
    assert told == [NOTE.contents] * len(found.unplaced)  # they belong to no words: a sign each


def test_a_note_without_room_is_told_by_its_highlight(account: bytes) -> None:
    many = [replace(NOTE, near=(90, 90, 190, 110), text="很长的话" * 40, short="很长的话" * 40) for _ in range(80)]
    found = annotate(account, "a.pdf", [MARKS[0], *many])
    assert found.unplaced
    assert "/Text" not in [one["/Subtype"] for one in notes_of(found.data)]


def test_a_finding_without_a_place_is_told_on_the_first_page_and_in_the_list() -> None:
    one = checked(findings=[housing(places=(), symptoms=())])
    assert one.report is not None
    found = entries(one, rules())
    (note,) = marks(found, Original(one.report.document))
    assert isinstance(note, Note)
    assert (note.page, note.near) == (1, None)
    assert note.text.startswith("错误　全文")
    assert "全文" in rows(xlsx_list([one], rules()), "问题")[1]


# -------------------------------------------------------------------------------------------------- command line


def test_what_is_no_pdf_is_named_and_the_others_are_marked(
    account: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "甲.pdf").write_bytes(account)
    (tmp_path / "in" / "乙.txt").write_bytes(EXAMPLE.read_bytes())
    assert main(["check", str(tmp_path / "in"), "--annotate", str(tmp_path / "out"), "--fail-on", "never"]) == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["甲-标注.pdf"]
    assert "乙.txt：不是 PDF，没有标注" in capsys.readouterr().err


def test_without_a_pdf_nothing_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "乙.txt").write_bytes(EXAMPLE.read_bytes())
    assert main(["check", str(tmp_path / "乙.txt"), "--annotate", str(tmp_path / "out")]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert told.err.count("\n") == 1
    assert "没有 PDF" in told.err


def test_a_folder_that_cannot_be_one_is_refused_before_the_work(
    account: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "甲.pdf").write_bytes(account)
    (tmp_path / "file").touch()
    for folder, why in ((str(tmp_path / "file"), "是文件"), ("", "放副本的文件夹")):
        assert main(["check", str(tmp_path / "甲.pdf"), "--annotate", folder]) == 2
        told = capsys.readouterr()
        assert not told.out
        assert why in told.err


def test_files_of_one_name_are_told_apart_by_their_folders(account: bytes, tmp_path: Path) -> None:
    for name in ("甲/决算", "乙/决算", "乙/其他"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / f"{name}.pdf").write_bytes(account)
    out = tmp_path / "out"
    assert main(["check", str(tmp_path / "in"), "--annotate", str(out), "--fail-on", "never"]) == 0
    assert {path.name for path in out.iterdir()} == {"甲-决算-标注.pdf", "乙-决算-标注.pdf", "其他-标注.pdf"}


def test_copies_below_the_folder_are_no_accounts(account: bytes, tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(account)
    for _ in range(2):
        assert main(["check", str(tmp_path), "--annotate", str(tmp_path / "标注"), "--fail-on", "never"]) == 0
    assert [path.name for path in (tmp_path / "标注").iterdir()] == ["甲-标注.pdf"]


def test_copies_go_with_every_format(account: bytes, tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(account)
    for form in ("json", "docx"):
        out = str(tmp_path / form / f"x.{form}")
        (tmp_path / form).mkdir()
        wanted = ["--format", form, "-o", out, "--annotate", str(tmp_path / f"{form}-marks")]
        assert main(["check", str(tmp_path / "甲.pdf"), *wanted]) == 1
        assert Path(out).exists()
        assert (tmp_path / f"{form}-marks" / "甲-标注.pdf").exists()


def test_copies_never_lie_among_the_originals(
    account: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "甲.pdf").write_bytes(account)
    for folder in (str(tmp_path), f"{tmp_path}/../{tmp_path.name}"):
        assert main(["check", str(tmp_path / "甲.pdf"), "--annotate", folder]) == 2
        assert "请在 --annotate 后另写一个文件夹" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["甲.pdf"]
    assert (tmp_path / "甲.pdf").read_bytes() == account


# ---------------------------------------------------------------------------------------------------------- boxes


def test_a_part_of_a_cell_is_marked_alone() -> None:
    """Two lines in one cell, 科目名称 broken over both: only its glyphs, a box on each line."""
    lines = (("支出科", 10.0), ("目名称", 24.0))
    printed = [Glyph(c, 10.0 * n, top, 10.0 * n + 9, top + 12) for text, top in lines for n, c in enumerate(text)]
    mark = Highlight(1, ((0.0, 8.0, 90.0, 40.0),), (1.0, 0.0, 0.0), 0.3, "", words="科 目名")
    assert trimmed(mark, printed).boxes == ((20.0, 10.0, 29.0, 22.0), (0.0, 24.0, 20.0, 36.0))
    assert trimmed(replace(mark, words="没有"), printed).boxes == ((0.0, 8.0, 29.0, 40.0),)


@pytest.mark.parametrize("width", range(49, 90))
def test_no_line_of_a_note_begins_or_ends_with_the_wrong_mark(width: int) -> None:
    text = "错误　本年收入等 2 处（同一数据）：“年初预算”改为“全年预算”，（多 1000.00）。"
    lines = wrapped(text, width, 7)
    assert not [line for line in lines[1:] if line[0] in "”，。）："]
    assert not [line for line in lines if line[-1] in "“（"]
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_lines_of_a_note_break_where_they_may() -> None:
    lines = wrapped("请把“年初预算”改为“全年预算”，307.82万元。", 42, 7)
    assert not [line for line in lines if line[0] in "”，。" or line[-1] == "“"]
    assert "".join(lines) == "请把“年初预算”改为“全年预算”，307.82万元。"
    assert any("307.82" in line for line in lines)
