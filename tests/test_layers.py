"""Imports point downward: each room of src/juesuan imports only the rooms below it, and nothing imports in a circle.

Lazy imports inside functions and imports for types count like any other; so does `import_module` with a fixed name.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PACKAGE = "juesuan"

MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "knowledge": {"model"},
    "documents": {"model"},
    "understanding": {"model", "knowledge"},
    "compiling": {"model", "knowledge", "documents"},
    "composing": {"model", "knowledge"},
    "checking": {"model", "knowledge"},
    "presenting": {"model", "documents"},
    "generating": {"model", "knowledge"},
    "relating": {"model", "knowledge", "checking"},
    "corpus": {"app"},
    "portal": {"app"},
}
ROOMS = set(MAY_IMPORT)
SERVICES = {
    "handmade": {"model"},
    "configuration": {"model", "knowledge", "checking", "handmade"},
    "acceptance": {"model", "presenting", "handmade"},
    "example": {"model", "knowledge", "compiling", "generating"},
    "gapped": {"model", "knowledge", "compiling", "composing"},
    "doubting": {"model", "knowledge", "checking"},
    "preparing": {"model", "knowledge", "compiling", "example", "gapped", "doubting"},
    "loading": {"model", "knowledge", "documents", "understanding", "compiling"},
    "linking": {"model", "documents"},
    "publishing": {"model", "documents", "composing", "presenting", "linking"},
    "pointing": {"model", "knowledge", "compiling", "composing", "loading"},
    "building": ROOMS - {"corpus", "portal"} | {"loading", "pointing", "publishing"},
    "holding": {"model", "checking", "presenting"},
    "working": {"model", "documents", "handmade", "configuration"},
    "annotating": {"model", "documents", "presenting"},
    "app": ROOMS - {"corpus", "portal"}
    | {"working", "holding", "handmade", "configuration", "acceptance", "preparing", "loading", "building"},
    "check": {"model", "presenting", "app", "annotating"},
    "asread": {"model", "linking"},
    "gathering": {"model", "documents"},
    "siting": ROOMS - {"corpus", "portal"}
    | {"app", "asread", "configuration", "gathering", "handmade", "linking", "publishing"},
    "sites": {"model", "knowledge", "documents", "presenting", "relating", "app", "gathering", "siting", "working"},
    "site": {"presenting", "app", "sites"},
    "cli": ROOMS | {"app", "check", "preparing", "loading", "site"},
    "services": set[str](),
    "commands": set[str](),
    "__main__": {"cli"},
    "__init__": set[str](),
}
ALLOWED = MAY_IMPORT | SERVICES


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


def room(module: str) -> str:
    parts = module.split(".")
    if parts[1:2] in (["services"], ["commands"]):
        return parts[-1]  # each service is a room of its own: see SERVICES
    return parts[1] if len(parts) > 1 else "__init__"


def names_in(node: ast.AST, package: str) -> Iterator[str]:
    """The dotted names that one import statement asks for; `from a import b` may mean the module a.b."""
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            base = package.split(".")[: len(package.split(".")) - level + 1] if level else []
            base += module.split(".") if module else []
            yield from (".".join([*base, alias.name]) for alias in names)
        case ast.Call(
            func=ast.Attribute(attr="import_module") | ast.Name(id="import_module"), args=[ast.Constant(name)]
        ):
            yield str(name)


def imports(module: str, source: str) -> set[str]:
    """Every name that the module imports, our own cut back to the longest part that is a module."""
    package = module if MODULES.get(module, Path()).name == "__init__.py" else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(source)):
        for name in names_in(node, package):
            while name.startswith(f"{PACKAGE}.") and name not in MODULES:
                name = name.rpartition(".")[0]
            found.add(name)
    return found


def ours(module: str) -> set[str]:
    found = imports(module, MODULES[module].read_text(encoding="utf-8"))
    return {name for name in found if name.split(".")[0] == PACKAGE}


def forbidden(module: str, imported: set[str]) -> list[str]:
    """The imported modules of ours that the module's room may not use. `juesuan` itself (the version) is free."""
    here = room(module)
    return sorted(name for name in imported if room(name) not in ALLOWED[here] | {here, "__init__"})


def test_every_room_is_in_the_table() -> None:
    assert {room(module) for module in MODULES} <= set(ALLOWED)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_downward(module: str) -> None:
    assert not forbidden(module, ours(module)), f"{room(module)} may import {sorted(ALLOWED[room(module)])}"


def test_no_circle() -> None:
    try:
        TopologicalSorter({module: ours(module) - {module} for module in MODULES}).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(reversed(circle.args[1])), pytrace=False)


def test_the_table_itself_has_no_circle() -> None:
    TopologicalSorter(ALLOWED).prepare()


def test_only_declared_packages_are_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w-]", name)[0].replace("-", "_").lower() for name in project["dependencies"]}
    used = {name.split(".")[0] for m, p in MODULES.items() for name in imports(m, p.read_text(encoding="utf-8"))}
    assert used - sys.stdlib_module_names - {PACKAGE} <= declared


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("import juesuan.model.keys", "juesuan.model.keys"),
        ("from juesuan.model.keys import Key", "juesuan.model.keys"),
        ("from juesuan.model import keys", "juesuan.model.keys"),
        ("from juesuan import model", "juesuan.model"),
        ("from juesuan import __version__", "juesuan"),
        ("def f():\n    from juesuan.model.keys import Key", "juesuan.model.keys"),
        ("if TYPE_CHECKING:\n    from ..model.keys import Key", "juesuan.model.keys"),
        ("from .. import model", "juesuan.model"),
        ("importlib.import_module('juesuan.model.keys')", "juesuan.model.keys"),
    ],
)
def test_every_way_to_import_is_seen(statement: str, name: str) -> None:
    assert imports("juesuan.knowledge.forms", statement) == {name}


@pytest.mark.parametrize(
    ("module", "name", "free"),
    [
        ("juesuan.checking.runner", "juesuan.knowledge.forms", True),
        ("juesuan.checking.runner", "juesuan.checking.rows", True),
        ("juesuan.checking.runner", "juesuan.understanding.tables", False),
        ("juesuan.model.keys", "juesuan.knowledge.forms", False),
        ("juesuan.presenting.text", "juesuan.app", False),
        ("juesuan.presenting.text", "juesuan", True),
        ("juesuan.app", "juesuan.cli", False),
    ],
)
def test_what_is_forbidden_is_found(module: str, name: str, free: bool) -> None:
    assert forbidden(module, {name}) == ([] if free else [name])
