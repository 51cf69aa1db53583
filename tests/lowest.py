"""Turns pyproject.toml into pins of the lowest versions that it allows: `make lowest` installs them.

What has no bound there, the tools of the tests and what others need, is pinned as in
requirements.lock, so that a run of today and one of next year install the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Print the pins, one to a line, as pip's --constraint takes them."""
    print(*pins(), sep="\n")


def pins() -> Iterator[str]:
    """Yield `NAME==VERSION`: the lowest of what deckgen and its extras need, the rest as locked."""
    least = lowest()
    yield from (f"{name}=={version}" for name, version in least.items())
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if canonicalize_name(line.partition("==")[0]) not in least:
            yield line


def lowest(pyproject: Path = ROOT / "pyproject.toml") -> dict[str, Version]:
    """Return the lowest version of each dependency, of extras too, that this machine would install.

    Where two name the same package, the higher bound holds. Raises ValueError where there is none.
    """
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    texts = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        texts += extra
    found: dict[str, Version] = {}
    for needed in map(Requirement, texts):
        name, bound = canonicalize_name(needed.name), _bound(needed)
        if needed.marker is None or needed.marker.evaluate():
            found[name] = max(bound, found.get(name, bound))
    return found


def _bound(needed: Requirement) -> Version:
    bounds = [Version(each.version) for each in needed.specifier if each.operator == ">="]
    if len(bounds) != 1:
        raise ValueError(f"`{needed}` in pyproject.toml needs one lower bound, such as >=1.2")
    return bounds[0]


if __name__ == "__main__":
    main()
