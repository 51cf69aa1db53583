"""One word, one thing: no two classes or types of the package share a name without a reason."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src/deckgen"
# Names of two things that are the same in two places.
SHARED = {
    "Action": "what someone does after the workshop; what the fit does with a block",
    "Bounds": "the least and the greatest of numbers; where parts begin and end",
    "Box": "a rectangle of pixels or points",
    "Bullet": "a point of a list in a document; its sign on a slide",
    "Card": "a card of an activity; the card that is printed of it",
    "Column": "of a table on a slide; in a document",
    "Equation": "on a slide; in a document",
    "Line": "a line of text as broken; a line of code",
    "Link": "of a diagram; of an author's list of links",
    "Node": "of a diagram; of YAML; of a document",
    "Paragraph": "on a slide; in a document",
    "Picture": "on a slide; in a document",
    "Point": "a point of a list; of a plane",
    "Section": "of a deck; of a document",
    "Table": "on a slide; in a document",
}


def named() -> Iterator[tuple[str, str]]:
    """Yield the classes and types of the package with their modules."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [node.name] if isinstance(node, ast.ClassDef) else []
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                names = [node.targets[0].id]
            for name in names:
                if name[:1].isupper() and not name.isupper():
                    yield name, path.relative_to(SOURCE).as_posix()


def test_no_name_is_given_twice() -> None:
    modules = defaultdict(list)
    for name, module in named():
        modules[name].append(module)
    twice = {name: found for name, found in modules.items() if len(found) > 1}
    assert {name: found for name, found in twice.items() if name not in SHARED} == {}
    assert set(SHARED) - set(twice) == set(), "these are given once: take them out of the table"
