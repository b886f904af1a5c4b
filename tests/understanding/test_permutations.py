"""Swapping any two values of a dimension in a form makes a hand-keyed fact come out wrong.

The real accounts lack several units, other money and balances; the written accounts and the layouts have them. Where a
swap of two meanings went unnoticed, the keys of that form would not be tested.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from juesuan.knowledge import forms
from juesuan.knowledge.forms import FORM_NAMES, Dims, Form, Stub
from juesuan.understanding import tables
from tests.understanding.hand_keyed import ACCOUNTS, WRITTEN, Keyed, keyed_facts, lines_of, mismatches, report_of
from tests.understanding.layouts import LAYOUTS
from tests.understanding.test_layouts import keys_by_figure, normal, read_layout


def swapped_dims(dims: Dims, dimension: str, a: str, b: str) -> Dims:
    other = {a: b, b: a}
    return {k: other.get(v, v) if k == dimension else v for k, v in dims.items()}


def swapped(form: Form, dimension: str, a: str, b: str) -> Form:
    def swap(dims: Dims | None) -> Dims | None:
        return None if dims is None else swapped_dims(dims, dimension, a, b)

    def stub(old: Stub) -> Stub:
        return Stub(swap(old.key), swap(old.income), swap(old.expenditure), swap(old.default) or {}, old.context)

    def heads(old: dict[str, tuple[Dims, ...]]) -> dict[str, tuple[Dims, ...]]:
        return {w: tuple(swapped_dims(d, dimension, a, b) for d in options) for w, options in old.items()}

    stubs = {word: stub(old) for word, old in form.stubs.items()}
    return replace(form, heads=heads(form.heads), splits=heads(form.splits), stubs=stubs)


def values(form: Form) -> dict[str, set[str]]:
    """All values that the form gives, by dimension."""
    found: dict[str, set[str]] = {}
    dims: list[Dims] = [d for options in (*form.heads.values(), *form.splits.values()) for d in options]
    for stub in form.stubs.values():
        dims += [d for d in (stub.key, stub.income, stub.expenditure) if d]
    for one in dims:
        for dimension, value in one.items():
            found.setdefault(dimension, set()).add(value)
    return found


def swaps() -> Iterator[tuple[str, str, str, str]]:
    for name in FORM_NAMES:
        for dimension, found in sorted(values(forms.form(name)).items()):
            for a, b in itertools.combinations(sorted(found), 2):
                yield name, dimension, a, b


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Callable[[], bool]]]:
    """By form: what tells whether hand-keyed facts still come out right."""
    by_form: dict[str, list[Callable[[], bool]]] = {name: [] for name in FORM_NAMES}
    folder = tmp_path_factory.mktemp("layouts")
    for layout in LAYOUTS:
        form = read_layout(layout, folder).tables[0].form

        def layout_right(layout: object = layout) -> bool:
            read = keys_by_figure(read_layout(layout, folder))  # type: ignore[arg-type]
            return all(normal(read.get(f) or "") == normal(k) for f, k in layout.keys.items())  # type: ignore[attr-defined]

        by_form[form].append(layout_right)
    for name in WRITTEN:
        path = ACCOUNTS / f"{name}.txt"
        expected, lines = keyed_facts(ACCOUNTS / f"{name}.facts.csv"), lines_of(path)

        def account_right(path: Path = path, expected: list[Keyed] = expected, lines: list[str] = lines) -> bool:
            return not next(mismatches(report_of(path), lines, expected), None)

        for form in {t.form for t in report_of(path).tables if t.form in by_form}:
            by_form[form].append(account_right)
    return by_form


@pytest.mark.parametrize(("name", "dimension", "a", "b"), list(swaps()))
def test_swap_is_noticed(
    name: str,
    dimension: str,
    a: str,
    b: str,
    checks: dict[str, list[Callable[[], bool]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original = forms.form
    mutant = swapped(original(name), dimension, a, b)
    monkeypatch.setattr(tables, "form", lambda wanted: mutant if wanted == name else original(wanted))
    assert not all(right() for right in checks[name])


def test_unswapped_forms_are_right(checks: dict[str, list[Callable[[], bool]]]) -> None:
    """Else the swaps would be noticed for the wrong reason."""
    assert all(right() for rights in checks.values() for right in rights)
