"""Registry (核对项目登记): what checks there are. A check is one function in checking/checks/<subject>.py.

The first line of its docstring is what the catalogue says of it. Refuses a second check with the same id, a check
without docstring, and an unknown severity, all at import.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from juesuan.checking.outcomes import Outcome
from juesuan.model.findings import Severity

Run = Callable[[Any], Iterator[Outcome]]
Function = TypeVar("Function", bound=Callable[..., object])


class BadCheck(ValueError):
    """A check that is declared wrongly; str() names it and says why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"核对项目 {name}：{why}")


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `run` is None for what the runner itself calls at the right moment (shifts).

    `needs` names what `run` takes: the report, the values of its keys, or its self-evaluation forms.
    """

    id: str
    severity: Severity
    summary: str
    basis: str
    subject: str
    run: Run | None
    needs: str = "report"


CHECKS: dict[str, Check] = {}


def check(
    name: str, *, severity: str, basis: str, of_expansion: bool = False, needs: str = "report"
) -> Callable[[Function], Function]:
    """Registers a function Report → outcomes under a permanent id.

    With `needs="values"` it takes the Values of the report's keys instead, with `needs="forms"` its self-evaluations;
    `of_expansion`: the runner calls it itself.
    """

    def register(function: Function) -> Function:
        summary = (function.__doc__ or "").strip().split("\n")[0]
        if name in CHECKS:
            raise BadCheck(name, f"编号已被 {CHECKS[name].subject} 占用")
        if not summary:
            raise BadCheck(name, "没有说明（函数的 docstring 第一行）")
        if severity.upper() not in Severity.__members__:
            raise BadCheck(name, f"不认识的级别 {severity}")
        subject = function.__module__.rsplit(".", 1)[-1]
        run: Run | None = None if of_expansion else function  # type: ignore[assignment]
        CHECKS[name] = Check(name, Severity[severity.upper()], summary, basis, subject, run, needs)
        return function

    return register


def discover() -> dict[str, Check]:
    """Imports every module of checking.checks and gives all checks that are registered."""
    _import_all()
    return CHECKS


@cache
def _import_all() -> None:
    """Once: looking for modules takes longer than many a check."""
    package = importlib.import_module("juesuan.checking.checks")
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
