"""Generating (编造账目): made-up accounts of any shape, consistent or with planted mistakes."""

from juesuan.generating.accounts import Generated, generate
from juesuan.generating.mistakes import Planted, plant
from juesuan.generating.reports import report_of
from juesuan.generating.shapes import Shape, shape_of
from juesuan.generating.words import account_of

__all__ = ["Generated", "Planted", "Shape", "account_of", "generate", "plant", "report_of", "shape_of"]
