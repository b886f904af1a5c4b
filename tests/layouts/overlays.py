"""Overlays (后加的东西): what is done to a finished PDF: pages turned, text hidden, white or outside the page.

Refuses to change what is seen.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from tests.layouts.raw_pdf import Page, write_pdf


def turned(degrees: int) -> Callable[[bytes], bytes]:
    """The same pages, stored turned and shown upright by /Rotate."""

    def turn(data: bytes) -> bytes:
        from pypdf import PdfWriter, Transformation

        writer = PdfWriter(clone_from=io.BytesIO(data))
        for page in writer.pages:
            wide, high = float(page.mediabox.width), float(page.mediabox.height)
            back = Transformation().rotate(degrees)
            shift = back.translate(high, 0) if degrees == 90 else back.translate(0, wide)
            page.add_transformation(shift)
            for box in (page.mediabox, page.cropbox, page.trimbox, page.bleedbox, page.artbox):
                box.lower_left, box.upper_right = (0, 0), (high, wide)
            page.rotate(degrees)
        return _bytes(writer)

    return turn


def hidden(data: bytes) -> bytes:
    """Every page with figures that nobody sees: render mode 3, white, above and beside the page."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(data))
    first = writer.pages[0].mediabox
    over = Page(float(first.width), float(first.height))
    over.text(100, 300, "3 Tr 98.76", 9, extra="3 Tr")
    over.text(200, 400, "隐藏 12.34", 9, extra="3 Tr")
    over.text(250, 350, "白字 56.78", 9, extra="1 1 1 rg")
    over.text(300, 500, "白字 90.12", 9, extra="1 g")
    over.text(-300, 300, "页外 11.11", 9)
    over.text(300, -40, "页外 22.22", 9)
    layer = PdfReader(io.BytesIO(write_pdf([over]))).pages[0]
    for page in writer.pages:
        page.merge_page(layer)
    return _bytes(writer)


def nested(data: bytes) -> bytes:
    """Every page's content in a Form XObject (表单对象) within another, shifted and shifted back."""
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject

    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        content, resources = page.get_contents(), page["/Resources"]
        assert content is not None
        inside = content.get_data()
        for shift in ("0 0", "10 -5"):
            form = DecodedStreamObject()
            form.set_data(inside)
            form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
            form[NameObject("/BBox")] = ArrayObject([FloatObject(x) for x in (-50, -50, 2000, 2000)])
            form[NameObject("/Matrix")] = ArrayObject([FloatObject(float(x)) for x in ("1 0 0 1 " + shift).split()])
            form[NameObject("/Resources")] = resources
            named = DictionaryObject({NameObject("/In"): writer._add_object(form)})
            resources = DictionaryObject({NameObject("/XObject"): named})
            inside = b"q /In Do Q"
        outer = DecodedStreamObject()
        outer.set_data(b"q 1 0 0 1 -10 5 cm /In Do Q")
        page[NameObject("/Resources")], page[NameObject("/Contents")] = resources, writer._add_object(outer)
    return _bytes(writer)


def watermarked(data: bytes) -> bytes:
    """Grey words aslant over every page (水印)."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(data))
    box = writer.pages[0].mediabox
    over = Page(float(box.width), float(box.height))
    words = "样张2024仅供公开".encode("utf-16-be").hex()
    over.ops.append(f"q 0.85 g BT /F1 60 Tf 0.7 0.7 -0.7 0.7 120 240 Tm <{words}> Tj ET Q")
    layer = PdfReader(io.BytesIO(write_pdf([over]))).pages[0]
    for page in writer.pages:
        page.merge_page(layer)
    return _bytes(writer)


def _bytes(writer: object) -> bytes:
    out = io.BytesIO()
    writer.write(out)  # type: ignore[attr-defined]
    return out.getvalue()
