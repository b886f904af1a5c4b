"""Document → Report (读懂): tables → facts, sentences → facts and claims, and what could not be read."""

from juesuan.understanding.account import interpret

__all__ = ["interpret"]
