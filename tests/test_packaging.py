"""What pyproject.toml declares is what the code imports, and every bound of it can be tried."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lowest import lowest, pins

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]}
EXTRAS = {
    canonicalize_name(Requirement(text).name)
    for texts in PROJECT["optional-dependencies"].values()
    for text in texts
}
# What is declared and never imported by its name, and why.
UNSEEN = {"tzdata": "zoneinfo reads it where the system has no time zones"}
BY_NAME = ("import_module", "find_spec")


class Imported(NamedTuple):
    """A package of others that a file imports; `is_lazy`: inside a function, when it is used."""

    package: str
    file: str
    is_lazy: bool


def imports(text: str, file: str) -> Iterator[Imported]:
    """Yield what the Python source *text* imports and is neither Python's own nor ours."""
    for node, is_lazy in _nodes(ast.parse(text), is_lazy=False):
        for name in _names(node):
            package = name.partition(".")[0]
            if package not in sys.stdlib_module_names and package not in ("deckgen", ""):
                yield Imported(package, file, is_lazy)


def _nodes(node: ast.AST, *, is_lazy: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Yield all nodes, and whether importing the module leaves them alone."""
    for child in ast.iter_child_nodes(node):
        for_types = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        lazy = is_lazy or for_types or isinstance(child, ast.FunctionDef)
        yield child, lazy
        yield from _nodes(child, is_lazy=lazy)


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (name.name for name in names)
        case ast.ImportFrom(module=str(module), level=0):
            yield module
        case ast.Call(func=func, args=[ast.Constant(value=str(name)), *_]):
            if ast.unparse(func).rpartition(".")[2] in BY_NAME:
                yield name


def ours() -> list[Imported]:
    files = sorted((ROOT / "src").rglob("*.py"))
    return [
        found
        for file in files
        for found in imports(file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix())
    ]


IMPORTED = ours()
OWNERS = packages_distributions()


def owners(package: str) -> set[str]:
    """Return the distributions that *package* comes from, as far as they are installed."""
    return {str(canonicalize_name(name)) for name in OWNERS.get(package, (package,))}


def test_imports_are_found_in_all_their_forms() -> None:
    text = (
        "import os, yaml.nodes as y\nfrom PIL import Image\nfrom . import x\nimport deckgen.cli\n"
        "if TYPE_CHECKING:\n    import weasyprint\n"
        "def f():\n    import_module('uniseg.linebreak')\n    util.find_spec('pypandoc')\n"
    )
    assert [(found.package, found.is_lazy) for found in imports(text, "f.py")] == [
        ("yaml", False),
        ("PIL", False),
        ("weasyprint", True),
        ("uniseg", True),
        ("pypandoc", True),
    ]


def test_what_is_imported_is_declared() -> None:
    undeclared = [
        found for found in IMPORTED if not owners(found.package) & (DEPENDENCIES | EXTRAS)
    ]
    assert undeclared == []


def test_what_an_extra_brings_is_imported_where_it_is_used() -> None:
    early = [
        found
        for found in IMPORTED
        if not found.is_lazy and not owners(found.package) & DEPENDENCIES
    ]
    assert early == []


def test_what_is_declared_is_imported() -> None:
    used = set().union(*(owners(found.package) for found in IMPORTED))
    assert (DEPENDENCIES | EXTRAS) - used == set(UNSEEN)


def test_every_dependency_has_a_lowest_version() -> None:
    assert {*lowest(), "tzdata"} == DEPENDENCIES | EXTRAS  # which only Windows needs


def test_pins_are_the_lowest_versions_and_the_lock_for_the_rest() -> None:
    found = dict(line.split("==") for line in pins())
    assert len(found) == len(list(pins()))
    assert found["jinja2"] == "3.1.4"
    locked = dict(
        line.split("==")
        for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    )
    assert found["pytest"] == locked["pytest"]
    assert "Jinja2" not in found


@pytest.mark.parametrize("text", ["one", "one<3", "one>=1,>=2"])
def test_a_dependency_without_one_lower_bound_is_refused(tmp_path: Path, text: str) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text(
        f"[project]\ndependencies = ['{text}']\n[project.optional-dependencies]\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match="needs one lower bound"):
        lowest(project)


def test_the_higher_of_two_bounds_holds(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text(
        "[project]\ndependencies = ['One>=2', \"two>=1; sys_platform == 'nowhere'\"]\n"
        "[project.optional-dependencies]\na = ['one>=10']\nb = ['one>=3']\n",
        encoding="utf-8",
    )
    assert {name: str(version) for name, version in lowest(project).items()} == {"one": "10"}
