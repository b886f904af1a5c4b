"""The oracle: does a changed figure contradict the rest of its document, whatever juesuan says?

A linear program over matrices written by hand from the official forms (matrices/*.toml). Its unknowns are the true
values; each printed figure lies within half a unit of its last place, a zero or blank is exactly zero, the identities
hold exactly. A change is determined if no true values are left; or if it makes one fact stand twice with different
figures; or if it breaks one of the soft associations that the requirements name. Imports nothing of juesuan, and
refuses a document that is contradictory to begin with. Self-evaluation forms have rules, no identities: see forms.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import highspy

from tests.trust.forms import Rules
from tests.trust.plain import Figure, Reader, matrix, number

Interval = tuple[float, float]
_TERM = re.compile(r"(?P<sign>[=+]|>=)?\s*(?P<name>[a-z0-9/_{}@]+)")
_ONLY_PRINTED = ("three", "project")
"""quantities that are not asked for where their table is missing"""
_NOTHING = Decimal(0)
_FREE = (-highspy.kHighsInf, highspy.kHighsInf)


class Contradictory(ValueError):
    """The document contradicts itself before anything is changed."""


class Oracle:
    """Judges changes of single figures of one document."""

    def __init__(self, name: str, text: str) -> None:
        data = matrix(name)
        self.reader = Reader(text, data)
        self.figures = self.reader.figures()
        self.held = [figure for figure in self.figures if figure.quantity]
        self.rules = Rules(self.reader, data.get("form", ()))
        self.program = Program(self.held, data["zero"])
        self.soft = matrix("identities")["soft"]
        if not self.program.feasible() or self.twice(None, "") or self.apart(None, ""):
            raise Contradictory(name)

    def determined(self, figure: Figure, changed: str) -> str:
        """Why the change of a figure to `changed` is a contradiction, in a word; "" if it is none."""
        if figure.quantity:
            if self.twice(figure, changed):
                return "同一数字前后不一"
            if not self.program.feasible(figure, number(changed)):
                return "勾稽关系"
            if self.apart(figure, changed):
                return "功能科目与经济科目"
        return self.rules.broken(figure, changed)

    def value(self, figure: Figure, changed: Figure | None, text: str) -> Decimal:
        return number(text) if figure == changed else figure.value

    def twice(self, changed: Figure | None, text: str) -> bool:
        """Whether one fact then stands in two places with different figures."""
        seen: dict[str, Decimal] = {}
        alike = self.held if changed is None else self.program.seen[changed.quantity]
        return any(seen.setdefault(f.quantity, v) != v for f in alike for v in [self.value(f, changed, text)])

    def apart(self, changed: Figure | None, text: str) -> bool:
        """Whether a row that is wholly basic then differs from its economic items by more than rounding explains."""
        names = {"out/gp@", "out/gp/project@", "eco/"}
        known = {f.quantity: self.value(f, changed, text) for f in self.held if any(map(f.quantity.startswith, names))}
        for rule in self.soft:
            rows = [known.get(f"out/gp@{code}", _NOTHING) for code in rule["rows"]]
            items = [known.get(f"eco/{code}@total", _NOTHING) for code in rule["economic"]]
            wholly = not any(known.get(f"out/gp/project@{code}") for code in rule["rows"])
            slack = sum(1 for value in rows + items if value) * self.program.ulp / 2
            gap = abs(sum(rows, _NOTHING) - sum(items, _NOTHING))
            if wholly and any(rows) and any(items) and gap > slack:
                return True
        return False


class Program:
    """The linear program of one document, in units of the last place: how far true values are from what is printed."""

    def __init__(self, held: list[Figure], zero: list[str]) -> None:
        self.ulp = Decimal(1).scaleb(-max(f.decimals for f in held))
        self.seen: dict[str, list[Figure]] = {}
        for figure in held:
            self.seen.setdefault(figure.quantity, []).append(figure)
        self.zeros = _absent(held) | {f"{name}@total" for name in zero}
        self.zero_names = tuple(zero)
        self.identities = list(_identities(self.seen.keys() | self.zeros))
        self.base = self._bases()
        self.index = {name: n for n, name in enumerate(self.base)}
        self.solver = self._solver()

    def _is_zero(self, name: str) -> bool:
        head = name.partition("@")[0]
        return name in self.zeros or any(head == zero or head.startswith(f"{zero}/") for zero in self.zero_names)

    def _bases(self) -> dict[str, int]:
        """A whole number near each unknown: the printed figure, zero, or what an identity leaves for it."""
        known = {name: int(figures[0].value / self.ulp) for name, figures in self.seen.items()}
        names = {name for terms, _ in self.identities for _, name in terms}
        known |= {name: 0 for name in names if name not in known and self._is_zero(name)}
        changed = True
        while changed:
            changed = False
            for terms, _ in self.identities:
                open_terms = [(c, name) for c, name in terms if name not in known]
                if len(open_terms) == 1:
                    coefficient, name = open_terms[0]
                    rest = sum(c * known[other] for c, other in terms if other != name)
                    known[name] = -rest // coefficient
                    changed = True
        return {name: known.get(name, 0) for name in sorted(names | known.keys())}

    def _interval(self, name: str, changed: Figure | None = None, value: Decimal = Decimal(0)) -> Interval:
        """How far the unknown may lie from its base."""
        low, high = _FREE
        base = self.base[name]
        if self._is_zero(name) and name not in self.seen:
            return (-base, -base)
        for figure in self.seen.get(name, ()):
            printed = value if figure == changed else figure.value
            middle = int(printed / self.ulp) - base
            half = 0.5 if printed else 0.0
            low, high = max(low, middle - half), min(high, middle + half)
        return low, high

    def _solver(self) -> highspy.Highs:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("presolve", "off")
        for name in self.base:
            solver.addVar(*self._interval(name))
        for terms, relation in self.identities:
            residual = sum(c * self.base[name] for c, name in terms)
            columns = [self.index[name] for _, name in terms]
            high = -residual if relation == "=" else highspy.kHighsInf
            solver.addRow(-residual, high, len(terms), columns, [float(c) for c, _ in terms])
        return solver

    def feasible(self, changed: Figure | None = None, value: Decimal = Decimal(0)) -> bool:
        """Whether true values are left if one figure were `value`."""
        if changed is None:
            return self._solve()
        column = self.index.get(changed.quantity)
        if column is None:
            return True
        low, high = self._interval(changed.quantity, changed, value)
        if low > high:
            return False
        self.solver.changeColBounds(column, low, high)
        try:
            return self._solve()
        finally:
            self.solver.changeColBounds(column, *self._interval(changed.quantity))

    def _solve(self) -> bool:
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return True
        if status == highspy.HighsModelStatus.kInfeasible:
            return False
        raise RuntimeError(f"linear program: {status}")


def _absent(held: list[Figure]) -> set[str]:
    """Codes that a table by code does not list are zero in its columns: the forms demand every code that has money."""
    columns: dict[str, set[str]] = {}
    codes: dict[str, set[str]] = {}
    for figure in held:
        name, _, code = figure.quantity.partition("@")
        if code[:1].isdigit():
            codes.setdefault(name.split("/")[0], set()).add(code)
        if figure.column == name:
            columns.setdefault(name, set()).add(code)
    return {
        f"{name}@{code}"
        for name, listed in columns.items()
        if "total" in listed and not any(code.startswith("unit") for code in listed - {"total"})
        for code in codes.get(name.split("/")[0], set()) - listed
    }


def _identities(known: set[str]) -> Iterator[tuple[list[tuple[int, str]], str]]:
    """All identities of the document: (terms, `=` or `>=`)."""
    data = matrix("identities")
    codes: dict[str, set[str]] = {}
    for name in known:
        flow, _, code = name.partition("@")
        if code and flow.split("/")[0] in {"in", "out", "open", "close"}:
            codes.setdefault(flow.split("/")[0], set()).add(code)
    for rule in data["every"]:
        for code in sorted(codes[rule["terms"].split("/")[0]]):
            yield _parsed(rule["terms"], code)
    for rule in data["budget"]:
        for fund in ("gp", "gf", "sc"):
            flow = rule["terms"].split("/")[0]
            for code in sorted(code for code in codes[flow] if not code.startswith("unit")):
                terms, relation = _parsed(rule["terms"].replace("{fund}", fund), code)
                balances = [name for _, name in terms if name.startswith(("open", "close"))]
                if not rule.get("printed") or (f"{balances[0]}" in known and _printed(balances[1], known)):
                    yield terms, relation
    for rule in data["whole"]:
        terms, relation = _parsed(rule["terms"], "total")
        if rule["terms"].startswith(_ONLY_PRINTED) or "project/" in rule["terms"].split(">=")[-1]:
            terms = [(c, name) for c, name in terms if name in known]
            if len(terms) < 2 or not any(c > 0 for c, _ in terms):
                continue
        yield terms, relation
    yield from _below(known)
    yield from _units(known)


def _printed(name: str, known: set[str]) -> bool:
    return name in known or any(other in known for other in (name.replace("@", "/carryover@"),))


def _parsed(text: str, code: str) -> tuple[list[tuple[int, str]], str]:
    """`a = b + c` as terms of a sum that is zero, or at least zero."""
    relation = ">=" if ">=" in text else "="
    left, right = text.split(relation)
    terms = [(1, f"{name.strip()}@{code}") for name in left.split(" + ")]
    return terms + [(-1, f"{name.strip()}@{code}") for name in right.split(" + ")], relation


def _below(known: set[str]) -> Iterator[tuple[list[tuple[int, str]], str]]:
    """类 = its 款, 款 = its 项, the whole = all 类, for every column of a table by code; economic 类 = its 款."""
    columns: dict[str, set[str]] = {}
    for name in known:
        head, _, code = name.partition("@")
        if head.startswith("eco/"):
            columns.setdefault("eco", set()).add(head[4:])
        elif code:
            columns.setdefault(head, set()).add(code)
    for head, codes in sorted(columns.items()):
        named = "eco/{}@total" if head == "eco" else f"{head}@{{}}"
        for parent in sorted(codes):
            if below := _children(parent, codes):
                yield [(1, named.format(parent)), *((-1, named.format(code)) for code in sorted(below))], "="


def _children(parent: str, codes: set[str]) -> set[str]:
    if parent == "total":
        return {code for code in codes if len(code) == 3 and code.isdigit()}
    return {code for code in codes if len(code) == len(parent) + 2 and code.startswith(parent)}


def _units(known: set[str]) -> Iterator[tuple[list[tuple[int, str]], str]]:
    """部门合计 = its units."""
    parts: dict[str, list[str]] = {}
    for name in sorted(known):
        head, _, code = name.partition("@")
        if code.startswith("unit"):
            parts.setdefault(head, []).append(name)
    for head, names in parts.items():
        yield [(1, f"{head}@total"), *((-1, name) for name in names)], "="
