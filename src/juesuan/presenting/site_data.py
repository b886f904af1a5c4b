"""Data of a site to take away (站点的数据): the common measures of its accounts as CSV and JSON, exact and in 元 as well.

Refuses floats: a figure stands as it is printed, in its unit, and once more in 元.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from juesuan.model.profiles import Measure
from juesuan.presenting.site_content import Department, Shown, Site

_HEADS = (
    *("department", "year", "kind", "province", "city", "district", "measure", "label", "group"),
    *("amount", "unit", "yuan", "share_of", "share_percent", "page", "file"),
)


def figures_csv(rows: Iterable[tuple[Department, Shown]], measures: list[Measure]) -> bytes:
    """A row for each measure that an account states; UTF-8 with BOM, so that a spreadsheet shows Chinese."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADS)
    for department, one in rows:
        writer.writerows(_rows(department, one, measures))
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def figures_json(rows: Iterable[tuple[Department, Shown]], measures: list[Measure]) -> bytes:
    """The same as JSON: measures once, then an object for each account with its amounts by measure."""
    accounts = [_account(department, one) for department, one in rows]
    described = [{"name": m.name, "label": m.label, "group": m.group, "whole": m.whole} for m in measures]
    whole = {"measures": described, "accounts": accounts}
    return (json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def all_rows(site: Site) -> Iterator[tuple[Department, Shown]]:
    """Every account of every department, second files too: their page tells them apart."""
    return ((department, one) for department in site.departments for one in department.accounts)


def _rows(department: Department, one: Shown, measures: list[Measure]) -> Iterator[tuple[str, ...]]:
    profile = one.profile
    page = f"{department.folder}/{one.stem}.html"
    for measure in measures:
        amount = profile.amounts.get(measure.name)
        if amount is not None:
            yield (
                *map(_plain, (profile.department, profile.year, profile.kind, *profile.place)),
                *(
                    measure.name,
                    measure.label,
                    measure.group,
                    amount.show(),
                    amount.unit,
                    f"{amount.base.normalize():f}",
                ),
                *(measure.whole, profile.share(measure), page, _plain(one.file)),
            )


def _account(department: Department, one: Shown) -> dict[str, object]:
    profile = one.profile
    return {
        "department": profile.department,
        "year": profile.year,
        "kind": profile.kind,
        "place": list(profile.place),
        "page": f"{department.folder}/{one.stem}.html",
        "file": one.file,
        "sha256": one.sha256,
        "second": bool(one.twin),
        "amounts": {name: [amount.show(), amount.unit] for name, amount in profile.amounts.items()},
    }


def _plain(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(("=", "+", "@", "-")) else words
