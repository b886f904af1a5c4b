"""Scanned pages (扫描页): pages of a PDF turned into pictures of themselves."""

from __future__ import annotations

import io
from collections.abc import Container

import pypdfium2 as pdfium

_SCALE = 1.0


def scanned(data: bytes, pages: Container[int]) -> bytes:
    """The PDF with these pages, counted from 1, as pictures."""
    pdf = pdfium.PdfDocument(data)
    for index in range(len(pdf)):
        if index + 1 in pages:
            _replace(pdf, index)
    made = io.BytesIO()
    pdf.save(made)
    pdf.close()
    return made.getvalue()


def _replace(pdf: pdfium.PdfDocument, index: int) -> None:
    page = pdf[index]
    width, height = page.get_size()
    bitmap = page.render(scale=_SCALE)
    page.close()
    pdf.del_page(index)
    new = pdf.new_page(width, height, index)
    image = pdfium.PdfImage.new(pdf)
    image.set_bitmap(bitmap)
    image.set_matrix(pdfium.PdfMatrix().scale(width, height))
    new.insert_obj(image)
    new.gen_content()
    new.close()
