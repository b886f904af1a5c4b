"""Marks on a PDF (在 PDF 上标注): highlights and notes, added behind the original bytes.

Marks are given as they show: boxes in points from the page's top left, however the page is turned or cropped. The
same PDF and marks give the same bytes. Refuses files that allow no notes, and any change to what stands in them: pages are
only given more annotations, and a copy that does not show the same text is not handed out. A locked file is marked where
whoever locked it allows notes, and stays locked (its bytes then differ from run to run: the cipher draws by chance).
"""

from __future__ import annotations

import hashlib
import io
import logging
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium
from pypdf import PageObject, PdfReader
from pypdf.constants import UserAccessPermissions
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from juesuan.documents.appearances import (
    Box,
    Highlight,
    Note,
    Placed,
    extent,
    highlight_look,
    note_look,
)
from juesuan.documents.errors import ChangedForMarks, DamagedForMarks, LockedForMarks
from juesuan.documents.free_places import free_places, place_badge, place_note, place_sign
from juesuan.documents.glyphs import drawn
from juesuan.documents.reading import file_bytes
from juesuan.documents.trimming import trimmed
from juesuan.documents.updating import Lock, update
from juesuan.model.limits import LIMITS

_PRINTED = 4
"""the flag of an annotation that is printed too"""
_SIGNED = 1
_TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
"""what turns a drawing upright on a page that is shown turned"""
AUTHOR = "决算核对"
_FLAWS = (
    *(PyPdfError, pdfium.PdfiumError, ValueError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, RuntimeError, OSError, zlib.error),
)
"""what pypdf and pdfium raise where a file is not as it should be"""


@dataclass(frozen=True, slots=True)
class Annotated:
    """The marked copy; `signed` where the original has a signature, which holds for the original only.

    `unplaced` are the numbers whose note found no place: the highlight tells it still, or a sign in the page's corner.
    """

    data: bytes
    signed: bool
    unplaced: tuple[str, ...]


def annotate_file(
    file: str, digest: str, marks: Sequence[Highlight | Note], limit: int = LIMITS.size << 20
) -> Annotated:
    """As annotate, of a file with that SHA-256. Raises ChangedForMarks and what `file_bytes` raises, too."""
    data = file_bytes(Path(file), file, limit)
    if hashlib.sha256(data).hexdigest() != digest:
        raise ChangedForMarks(file)
    return annotate(data, file, marks)


def annotate(data: bytes, file: str, marks: Sequence[Highlight | Note]) -> Annotated:
    """The PDF with the marks. Raises LockedForMarks, DamagedForMarks."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every flaw; what matters is checked below
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        lock = _lock(reader, file)
        placed, unplaced = _placed(data, marks)
        if not placed:
            return Annotated(data, _signed(reader), unplaced)
        marking = _Marking(reader)
        for number in sorted({_page_of(mark) for mark in placed}):
            marking.page(number, [mark for mark in placed if _page_of(mark) == number])
        made = update(data, reader.trailer, marking.objects, lock)
        _compare(data, made, placed)
    except _FLAWS as why:
        raise DamagedForMarks(file) from why
    return Annotated(made, _signed(reader), unplaced)


def _lock(reader: PdfReader, file: str) -> Lock | None:
    """What locks new objects as the file is locked; None where it is open. Raises LockedForMarks."""
    if not reader.is_encrypted:
        return None
    try:
        opened = reader.decrypt("")
    except DependencyError as why:
        raise LockedForMarks(file) from why
    allowed = reader.user_access_permissions
    key = reader._encryption
    if not opened or allowed is None or not allowed & UserAccessPermissions.ADD_OR_MODIFY or key is None:
        raise LockedForMarks(file)
    return key.encrypt_object


def _placed(data: bytes, marks: Sequence[Highlight | Note]) -> tuple[list[Highlight | Placed], tuple[str, ...]]:
    """The marks where they are to be drawn, numbers and notes in free places; and the numbers of notes without one."""
    found: list[Highlight | Placed] = []
    unplaced = []
    pdf = pdfium.PdfDocument(data)
    try:
        for number in sorted({mark.page for mark in marks}):
            page = pdf[number - 1]
            free = free_places(page)
            printed = drawn(page).glyphs
            page.close()
            own = [mark for mark in marks if mark.page == number]
            found += [place_badge(trimmed(mark, printed), free) for mark in own if isinstance(mark, Highlight)]
            for note in sorted((mark for mark in own if isinstance(mark, Note)), key=lambda n: (n.near or (0, 0))[1]):
                placed = place_note(note, free)
                if placed is None:
                    unplaced.append(note.number)
                    placed = place_sign(note, free) if note.near is None else None
                if placed is not None:
                    found.append(placed)
    finally:
        pdf.close()
    return found, tuple(unplaced)


def _page_of(mark: Highlight | Placed) -> int:
    return mark.page if isinstance(mark, Highlight) else mark.note.page


def _compare(data: bytes, made: bytes, marks: Iterable[Highlight | Placed]) -> None:
    """Raises ValueError where the copy does not say what the original says, or does not have the marks."""
    before, after = pdfium.PdfDocument(data), pdfium.PdfDocument(made)
    try:
        if len(before) != len(after):
            raise ValueError(len(after))
        for number in {_page_of(mark) for mark in marks}:
            old, new = before[number - 1], after[number - 1]
            added = sum(_page_of(mark) == number for mark in marks)
            more = pdfium.raw.FPDFPage_GetAnnotCount(new) - pdfium.raw.FPDFPage_GetAnnotCount(old)
            if more != added or old.get_size() != new.get_size() or _text(old) != _text(new):
                raise ValueError(number)
    finally:
        before.close()
        after.close()


def _text(page: pdfium.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()


def _signed(reader: PdfReader) -> bool:
    """Whether the file has a signature (电子签章)."""
    root = reader.root_object
    if "/Perms" in root:
        return True
    form = root.get("/AcroForm")
    form = form.get_object() if form is not None else None
    if not isinstance(form, DictionaryObject):
        return False
    fields = form.get("/Fields")
    fields = fields.get_object() if fields is not None else ()
    return bool(int(form.get("/SigFlags", 0)) & _SIGNED) or any(map(_is_signature, fields))


def _is_signature(field_: PdfObject) -> bool:
    """Whether a field of the form is a signature that was given."""
    own = field_.get_object()
    return isinstance(own, DictionaryObject) and own.get("/FT") == "/Sig" and "/V" in own


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's visible part: its top left corner in its own coordinates, its size, how far it is turned clockwise."""

    left: float
    top: float
    width: float
    height: float
    turn: int

    def box(self, shown: Box) -> Box:
        """(left, bottom, right, top) in the page's own coordinates."""
        left, top, right, bottom = shown
        x0, y0, x1, y1 = {
            0: (left, top, right, bottom),
            90: (top, self.height - right, bottom, self.height - left),
            180: (self.width - right, self.height - bottom, self.width - left, self.height - top),
            270: (self.width - bottom, left, self.width - top, right),
        }[self.turn]
        return self.left + x0, self.top - y1, self.left + x1, self.top - y0

    def corners(self, shown: Box) -> list[float]:
        """The corners as highlights name them: top left, top right, bottom left, bottom right, as they are shown."""
        left, top, right, bottom = shown
        points = ((left, top), (right, top), (left, bottom), (right, bottom))
        spots = [self.box((x, y, x, y)) for x, y in points]
        return [value for spot in spots for value in spot[:2]]


def frame_of(page: PageObject) -> Frame:
    """As pdfium shows the page: crop box within media box, what the page does not say inherited."""
    media, crop = _sorted(page.mediabox), _sorted(page.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if left >= right or bottom >= top:
        left, bottom, right, top = media
    return Frame(left, top, right - left, top - bottom, int(page.rotation or 0) % 360)


def _sorted(box: RectangleObject) -> Box:
    """A box whose corners may be any two opposite ones."""
    x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@dataclass(slots=True)
class _Marking:
    """New and changed objects, by number and generation."""

    reader: PdfReader
    objects: dict[tuple[int, int], PdfObject] = field(default_factory=dict)
    free: int = 0
    shared: dict[str, IndirectObject] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {number for section in self.reader.xref.values() for number in section} | set(self.reader.xref_objStm)
        size = self.reader.trailer.get("/Size", 0)
        self.free = max(max(known, default=0) + 1, int(size))

    def page(self, number: int, marks: Sequence[Highlight | Placed]) -> None:
        """Gives a page (from 1) its marks, behind the annotations it has."""
        page = self.reader.pages[number - 1]
        frame = frame_of(page)
        old = page.get("/Annots")
        listed = old.get_object() if old is not None else None
        added = [self.add(self._annotation(mark, page, frame)) for mark in marks]
        page[NameObject("/Annots")] = ArrayObject([*(listed if isinstance(listed, ArrayObject) else ()), *added])
        own = page.indirect_reference
        if own is None:
            raise ValueError(number)
        self.objects[own.idnum, own.generation] = page

    def add(self, thing: PdfObject) -> IndirectObject:
        """A new object of its own."""
        number, self.free = self.free, self.free + 1
        self.objects[number, 0] = thing
        return IndirectObject(number, 0, self.reader)

    def _annotation(self, mark: Highlight | Placed, page: PageObject, frame: Frame) -> DictionaryObject:
        own = mark if isinstance(mark, Highlight) else mark.note
        found = _dictionary(
            Type="/Annot",
            Subtype=_kind(mark),
            Rect=_numbers(frame.box(_extent(mark))),
            F=NumberObject(_PRINTED),
            C=_numbers((1, 1, 1) if _kind(mark) == "/FreeText" else own.colour),
            Contents=TextStringObject(own.contents),
            T=TextStringObject(AUTHOR),
            NM=TextStringObject(f"juesuan-{self.free}"),
            AP=_dictionary(N=self.add(self._look(mark, frame))),
        )
        if own.number:
            found[NameObject("/Subj")] = TextStringObject(f"问题 {own.number}")
        if page.indirect_reference is not None:
            found[NameObject("/P")] = page.indirect_reference
        if isinstance(mark, Highlight):
            corners = [value for box in mark.boxes for value in frame.corners(box)]
            found[NameObject("/QuadPoints")] = _numbers(corners)
        elif mark.lines:
            found[NameObject("/DA")] = TextStringObject(f"0 g /F {mark.size:g} Tf")
        return found

    def _look(self, mark: Highlight | Placed, frame: Frame) -> StreamObject:
        left, top, right, bottom = _extent(mark)
        look = StreamObject()
        look.set_data((highlight_look(mark) if isinstance(mark, Highlight) else note_look(mark)).encode("ascii"))
        resources = (
            _dictionary(ExtGState=_dictionary(M=self._once("state", _dictionary(BM="/Multiply"))))
            if isinstance(mark, Highlight)
            else _dictionary(Font=_dictionary(F=self._font()))
        )
        look.update(
            _dictionary(
                Type="/XObject",
                Subtype="/Form",
                BBox=_numbers((0, 0, right - left, bottom - top)),
                Matrix=_numbers((*_TURNS[frame.turn], 0, 0)),
                Resources=resources,
            )
        )
        return look

    def _once(self, name: str, thing: DictionaryObject) -> IndirectObject:
        if name not in self.shared:
            self.shared[name] = self.add(thing)
        return self.shared[name]

    def _font(self) -> IndirectObject:
        """A Chinese font that viewers have or replace; its letters of ASCII are half as wide."""
        if "font" in self.shared:
            return self.shared["font"]
        system = _dictionary(
            Registry=TextStringObject("Adobe"), Ordering=TextStringObject("GB1"), Supplement=NumberObject(2)
        )
        glyphs = _dictionary(
            Type="/Font",
            Subtype="/CIDFontType0",
            BaseFont="/STSong-Light",
            CIDSystemInfo=system,
            DW=NumberObject(1000),
            W=ArrayObject(map(NumberObject, (1, 95, 500))),
            FontDescriptor=self.add(_descriptor()),
        )
        font = _dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont="/STSong-Light",
            Encoding="/UniGB-UCS2-H",
            DescendantFonts=ArrayObject([self.add(glyphs)]),
        )
        return self._once("font", font)


def _kind(mark: Highlight | Placed) -> str:
    """A note without room for words is a sign (便签) that a viewer opens."""
    return "/Highlight" if isinstance(mark, Highlight) else "/FreeText" if mark.lines else "/Text"


def _extent(mark: Highlight | Placed) -> Box:
    return extent(mark) if isinstance(mark, Highlight) else mark.box


def _descriptor() -> DictionaryObject:
    return _dictionary(
        Type="/FontDescriptor",
        FontName="/STSong-Light",
        Flags=NumberObject(4),
        FontBBox=_numbers((-25, -254, 1000, 880)),
        ItalicAngle=NumberObject(0),
        Ascent=NumberObject(880),
        Descent=NumberObject(-120),
        CapHeight=NumberObject(880),
        StemV=NumberObject(93),
    )


def _dictionary(**entries: PdfObject | str) -> DictionaryObject:
    """A dictionary; a str is a name."""
    made = DictionaryObject()
    for name, value in entries.items():
        made[NameObject(f"/{name}")] = NameObject(value) if type(value) is str else value
    return made


def _numbers(values: Sequence[float]) -> ArrayObject:
    """Numbers as they are to be printed: to a thousandth of a point."""
    return ArrayObject([FloatObject(f"{value:.3f}") for value in values])
