"""Set-wise evaluation (按集合核算): the same rows in SQL, for many reports at once; proves the other evaluator.

Reads nothing but plain columns (identity, coefficient, value, halves, kind); knows no equation. Refuses amounts that
exceed 64-bit integers.
"""

from __future__ import annotations

import sqlite3

from juesuan.checking.evaluation import Verdict
from juesuan.checking.expansion import Expansion

_TABLES = """
CREATE TABLE identity (number INTEGER PRIMARY KEY, one_sided INTEGER, severity INTEGER, stretch INTEGER,
                       same INTEGER, checked INTEGER);
CREATE TABLE row (identity INTEGER, coefficient INTEGER, value INTEGER, half INTEGER, coarser INTEGER);
"""
_SUMS = """
SELECT identity, SUM(coefficient * value) AS residual,
       SUM(ABS(coefficient) * half * (value <> 0)) AS slack,
       SUM(ABS(coefficient) * half * (value = 0)) AS zeros,
       SUM(ABS(coefficient) * coarser * (value <> 0)) AS coarser,
       SUM(half) AS halves, MIN(half) = MAX(half) AS alike
FROM row GROUP BY identity
"""
_VERDICTS = f"""
WITH sums AS ({_SUMS})
SELECT number, CASE
    WHEN NOT checked THEN {Verdict.UNCHECKED:d}
    WHEN residual = 0 OR (one_sided AND residual > 0) THEN {Verdict.PASSED:d}
    WHEN same AND ABS(residual) <= halves THEN CASE WHEN alike THEN {Verdict.INFO:d} ELSE {Verdict.ROUNDED:d} END
    WHEN NOT same AND ABS(residual) <= slack * stretch THEN {Verdict.ROUNDED:d}
    WHEN ABS(residual) <= coarser * stretch THEN {Verdict.INFO:d}
    WHEN NOT same AND ABS(residual) <= slack * stretch + zeros
        THEN MIN({Verdict.INFO:d} + severity, {Verdict.WARNING:d})
    ELSE {Verdict.INFO:d} + severity END
FROM identity JOIN sums ON sums.identity = identity.number ORDER BY number
"""


def evaluate_setwise(expansion: Expansion) -> list[Verdict]:
    """The verdict of every identity. Raises OverflowError where an amount does not fit."""
    figures = expansion.figures
    base = sqlite3.connect(":memory:")
    try:
        base.executescript(_TABLES)
        base.executemany(
            "INSERT INTO identity VALUES (?, ?, ?, ?, ?, ?)",
            (
                (i.number, i.relation == ">=", i.severity, i.stretch, i.equation.kind == "agreement", not i.reason)
                for i in expansion.identities
            ),
        )
        base.executemany(
            "INSERT INTO row VALUES (?, ?, ?, ?, ?)",
            (
                (identity, coefficient, figures.value[fact], figures.half[fact], figures.coarser_half(fact))
                for identity, _, coefficient, fact in expansion.rows()
            ),
        )
        return [Verdict(verdict) for _, verdict in base.execute(_VERDICTS)]
    finally:
        base.close()
