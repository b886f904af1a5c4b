"""Composing (成文): Report → blocks of a document, in the style of a place. Nothing is computed twice."""

from juesuan.composing.document import Composed, compose
from juesuan.composing.performance import compose_performance
from juesuan.composing.tables import compose_tables, compose_units

__all__ = ["Composed", "compose", "compose_performance", "compose_tables", "compose_units"]
