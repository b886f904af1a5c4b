"""Controlled rounding (舍入调整): every figure the floor or the ceiling of its true value, and all totals add up.

Leaves get whole hundredths; a total is the sum of its leaves and has to lie between its own floor and ceiling. Of all
ways the one nearest to rounding half up is taken, by an integer program. Refuses where there is none
(RoundingImpossible): rows and columns of three dimensions can contradict each other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import ROUND_FLOOR, Decimal

from juesuan.compiling.errors import RoundingImpossible
from juesuan.compiling.totals import Totals
from juesuan.model.amounts import MONEY_UNITS, Amount
from juesuan.model.keys import ALL, Key

#: beyond this no figure is worth waiting for, in seconds
PATIENCE = 30.0
#: the solver's costs are whole numbers of this part of a step
COST = 1_000_000
_IN = ("opening", "income", "surplus_used")


def balanced(totals: Totals, file: str, unit: str = "万元", decimals: int = 2) -> dict[Key, Amount]:
    """All figures, rounded so that they add up. Raises RoundingImpossible."""
    place = Decimal(1).scaleb(-decimals)
    step = MONEY_UNITS[unit] * place
    problem = _Problem(totals, step)
    steps = problem.solve(file)
    return {
        key: Amount(sum((steps[leaf] for leaf in parts), Decimal(0)) * place, decimals, unit, decimals)
        for key, parts in totals.parts.items()
    }


class _Problem:
    """The integer program: one variable a leaf, one row a figure of several leaves; closing balances are no leaves."""

    def __init__(self, totals: Totals, step: Decimal) -> None:
        self.true = [amount / step for _, amount in totals.leaves]
        self.floor = [value.to_integral_value(ROUND_FLOOR) for value in self.true]
        rows: dict[tuple[int, ...], Decimal] = {}
        for key, parts in totals.parts.items():
            if len(parts) > 1:
                rows[tuple(sorted(parts))] = totals.figures[key] / step
        self.rows = rows
        self.lines = _lines([key for key, _ in totals.leaves])

    def solve(self, file: str) -> list[Decimal]:
        """Whole steps for every leaf."""
        import highspy  # noqa: PLC0415 - heavy

        with _quiet():
            solver = highspy.Highs()  # type: ignore[no-untyped-call] # it carries no types
        solver.silent()
        highspy.Highs.resetGlobalScheduler(True)  # else it refuses to run where another solver had more threads
        solver.setOptionValue("time_limit", PATIENCE)
        solver.setOptionValue("threads", 1)
        costs = self._costs()
        for floor, true, cost in zip(self.floor, self.true, costs, strict=True):
            solver.addVar(int(floor), int(floor if floor == true else floor + 1))
            number = solver.getNumCol() - 1
            solver.changeColCost(number, int(cost * COST))
            solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        for parts, true in self.rows.items():
            floor = true.to_integral_value(ROUND_FLOOR)
            ceiling = floor if floor == true else floor + 1
            solver.addRow(int(floor), int(ceiling), len(parts), [*parts], [1] * len(parts))
        for line in self.lines:
            numbers = [number for number, _ in line]
            solver.addRow(0, 0, len(numbers), numbers, [int(sign) for _, sign in line])
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RoundingImpossible(file, len(self.rows) + len(self.true))
        return [Decimal(round(value)) for value in solver.getSolution().col_value]

    def _costs(self) -> list[Decimal]:
        """Of one step more in a leaf: how much further its figures then are from their true values."""
        costs = [1 - 2 * (true - floor) for true, floor in zip(self.true, self.floor, strict=True)]
        for parts, true in self.rows.items():
            up = 1 - 2 * (true - true.to_integral_value(ROUND_FLOOR))
            for number in parts:
                costs[number] += up
        return costs


@contextmanager
def _quiet() -> Iterator[None]:
    """The solver greets on the standard output when it is made, whatever its options: not in the midst of a result."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _lines(leaves: list[Key]) -> list[list[tuple[int, int]]]:
    """Every line of money whose inflow is its outflow: the numbers of its leaves with their signs."""
    lines: dict[Key, list[tuple[int, int]]] = {}
    for number, key in enumerate(leaves):
        if key.item == ALL:
            line = Key(entity=key.entity, year=key.year)
            if key.fund in ("general_public", "government_funds", "state_capital"):
                line = line._replace(fund=key.fund, nature=key.nature, function=key.function)
            lines.setdefault(line, []).append((number, 1 if key.flow in _IN else -1))
    return list(lines.values())


def in_order(amounts: Mapping[Key, Amount], totals: Totals) -> bool:
    """Whether every figure is a neighbour of its true value (for tests)."""
    return all(
        abs(amount.base - totals.figures[key]) < amount.ulp for key, amount in amounts.items()
    )  # fmt: skip
