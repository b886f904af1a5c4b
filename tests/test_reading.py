"""Reading a file: its kind by content, its encoding, and one clear refusal per cause."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.documents import errors
from juesuan.documents.reading import read
from juesuan.documents.text import read_text
from juesuan.model.documents import Paragraph, Table


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


# kinds of file


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "Word"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (zipped("mimetype", "content.xml"), "ODF"),
        (zipped("决算.txt"), "压缩包"),
        (b"PK\x03\x04 broken", "压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le"), "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Office"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "图片"),
        (b"BM\x36\x00\x00\x00\x00\x00", "图片"),
        (b"\x1f\x8b\x08\x00", "压缩包"),
        ("\ufeff <!DOCTYPE html><html>决算".encode(), "HTML"),
        ("<!-- 存自 -->\n<HTML><body>".encode(), "HTML"),
        ("<html>决算</html>".encode("utf-16"), "HTML"),
        (b"From: <Saved>\r\nSubject: x\r\n y\r\nMIME-Version: 1.0\r\n", "HTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "Excel"),
        (b'<?xml version="1.0"?><data/>', "XML"),
    ],
)
def test_a_kind_without_a_reader_is_named(data: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "决算.txt"  # the name decides nothing
    path.write_bytes(data)
    with pytest.raises(errors.NotYetReadable) as caught:
        read(path, "我的决算.txt")
    assert caught.value.kind == kind
    assert kind in str(caught.value)
    assert str(caught.value).startswith("我的决算.txt：")


@pytest.mark.parametrize(
    "data",
    [
        zipped("[Content_Types].xml", "xl/workbook.xml"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "Workbook".encode("utf-16-le"),
    ],
)
def test_a_broken_workbook_is_said_to_be_broken(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "决算.txt"
    path.write_bytes(data)
    with pytest.raises(errors.DamagedFile):
        read(path)


def test_text_is_text_by_whatever_name(tmp_path: Path) -> None:
    path = tmp_path / "account.pdf"
    path.write_text("本年收入合计 677.92 万元。\n", encoding="utf-8")
    found = read(path, "account.pdf")
    assert (found.file, found.source, len(found.sha256)) == ("account.pdf", "text", 64)
    assert read(path).file == str(path)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", errors.EmptyFile),
        ("\ufeff \t\r\n\f\u3000\n".encode(), errors.EmptyFile),
        (bytes(range(256)) * 4, errors.BinaryFile),
        (bytes(1000), errors.BinaryFile),
        (b"\x7fELF\x02\x01\x01" + bytes(9), errors.BinaryFile),
        ("合计 1.00\n".encode() + bytes(3) * 9, errors.BinaryFile),
        ("本年收入\n".encode() + "é".encode("latin-1") * 7, errors.UndecodableFile),
    ],
)
def test_a_file_that_is_no_text(data: bytes, cause: type[errors.UnreadableFile], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(cause) as caught:
        read(path)
    for said in ("a.txt", "需要", "请"):
        assert said in str(caught.value)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(errors.MissingFile, match="找不到"):
        read(tmp_path / "无.txt")
    with pytest.raises(errors.MissingFile):
        read(tmp_path / "a\0b")
    with pytest.raises(errors.NotAFile, match="文件夹"):
        read(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(errors.NotAFile, match="管道"):
            read(tmp_path / "pipe")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "没有权限")

    path = tmp_path / "a.txt"
    path.write_text("合计", encoding="utf-8")
    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(errors.ForbiddenFile, match="没有权限"):
        read(path)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    assert read(path, limit=11).blocks
    with pytest.raises(errors.TooLarge, match=r"11 字节，上限 10 字节"):
        read(path, limit=10)
    with pytest.raises(errors.TooLarge, match=r"8 行和单元格，上限 5"):
        read_text(b"a\tb\tc\td\n" * 2, "a.txt", most=5)
    with pytest.raises(errors.TooLarge, match=r"9 行，上限 5"):
        read_text(b"a\n" * 9, "a.txt", most=5)


def test_every_cause_is_an_unreadable_file() -> None:
    causes = [c for c in vars(errors).values() if isinstance(c, type) and c.__module__ == errors.__name__]
    assert all(issubclass(c, errors.UnreadableFile) for c in causes)
    assert len(causes) > 8


# encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"])
def test_encodings(encoding: str) -> None:
    text = "本年收入合计 677.92 万元。\n项目\t金额\n合计\t1.00\n"
    found = read_text(text.encode(encoding), "a.txt")
    assert found.blocks == read_text(text.encode(), "a.txt").blocks
    assert found.lost == ()


@pytest.mark.parametrize(
    ("data", "line", "quote"),
    [
        ("部门决算\n本年收入".encode() + b"\xff\xfe" + "合计".encode(), 2, "本年收入��合计"),
        ("部门决算\n本年收入".encode("gb18030") + b"\xff" + "合计".encode("gb18030"), 2, "本年收入�合计"),
        ("部门决算\n本年收入".encode() + b"\x00" + "合计".encode(), 2, "本年收入�合计"),
        ("部门决算\n本年收入\ufffd合计".encode(), 2, "本年收入�合计"),
        ("部门决算\n本年收入合计".encode("utf-16")[:-1], 2, "本年收入合�"),
        (b"Total 12345678901234567890\xe9 1.00", 1, "901234567890� 1.00"),
    ],
)
def test_what_cannot_be_decoded_is_listed(data: bytes, line: int, quote: str) -> None:
    found = read_text(data, "a.txt")
    assert [(place.line, place.quote) for place in found.lost] == [(line, quote)]
    assert found.lost[0].start is not None
    assert any("\ufffd" in block.text for block in found.blocks if isinstance(block, Paragraph))


def test_lost_places_know_their_page() -> None:
    found = read_text("甲\f乙\f丙丁戊己庚".encode() + b"\xff" + "辛\n".encode(), "a.txt")
    assert [(place.page, place.line, place.start) for place in found.lost] == [(3, 1, 9)]


# anything at all


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_text(text.encode("utf-8", "surrogatepass"), "a.txt")
    except errors.UnreadableFile:
        return
    assert found.blocks
    for block in found.blocks:
        assert not isinstance(block, Table) or len({len(row) for row in block.rows}) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read_text(data, "a.txt")
    except errors.UnreadableFile:
        return
    assert found.blocks
