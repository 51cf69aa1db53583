"""The file that says which slide layout of a template each of ours takes: written, and read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deckgen.diagnostics import DeckgenError, Diagnostics, did_you_mean
from deckgen.reading.source import Mapping, Scalar, parse, read_source
from deckgen.template.match import WANTED, candidates, match
from deckgen.template.model import Layout, Template

HEAD = """\
# Which slide layout of {name} each kind of slide uses. Written by deckgen for you to edit:
#   deckgen build my-workshop.yaml --template {name} --template-map {file}
# Give a slide layout by its name or its number (`deckgen template inspect {name}`).
# For a line that is missing or commented out, deckgen chooses by what the slide layouts offer.
"""


def write_mapping(template: Template, file: str) -> str:
    """Return the text of a mapping: what would be chosen, why, and what else there is."""
    return "".join(_lines(template, file))


def read_mapping(
    path: Path, template: Template, diagnostics: Diagnostics
) -> dict[str, Layout] | None:
    """Return the slide layouts that the file at *path* names, or None where anything is wrong."""
    found = Diagnostics()
    try:
        root = parse(read_source(path, found), found)
    except DeckgenError:
        diagnostics.extend(found)
        return None
    chosen: dict[str, Layout] = {}
    layouts = root.items.get("layouts", (None, None))[1] if isinstance(root, Mapping) else None
    if not isinstance(layouts, Mapping):
        found.add(
            "wrong-type", "a mapping needs the field `layouts` with names under it", root.span
        )
    else:
        for name, (span, node) in layouts.items.items():
            if name not in WANTED:
                hints = did_you_mean(name, WANTED)
                found.add(
                    "template-map", f"deckgen has no slide layout `{name}`", span, hints=hints
                )
                continue
            value = node.text if isinstance(node, Scalar) else ""
            layout = _layout_of(template, value)
            if layout is None:
                known = [layout.name for layout in template.layouts]
                hints = did_you_mean(value, known)
                found.add(
                    "template-map",
                    f"the template has no slide layout `{value}`",
                    node.span,
                    hints=hints,
                )
            elif layout.title is None:
                message = f"the slide layout `{value}` has no title across the slide"
                found.add("template-map", message, node.span)
            else:
                chosen[name] = layout
    diagnostics.extend(found)
    return None if found.has_errors else chosen


def _layout_of(template: Template, value: str) -> Layout | None:
    by_name = [layout for layout in template.layouts if layout.name == value]
    by_number = [layout for layout in template.layouts if str(layout.number) == value]
    return next(iter([*by_name, *by_number]), None)


def _lines(template: Template, file: str) -> Iterator[str]:
    yield HEAD.format(name=template.name, file=file)
    yield "layouts:\n"
    names = [layout.name for layout in template.layouts]
    for name, found in match(template).items():
        yield f"  # {'; '.join((*found.why_not, *found.score.reasons))}\n"
        layout = found.layout
        value = layout.name if names.count(layout.name) == 1 else str(layout.number)
        yield f"  {name}: {_quoted(value)}\n"
        others = dict.fromkeys(
            bid.layout.name
            for form in WANTED[name][:-1]
            for bid in candidates(template, form)
            if bid.layout.name != layout.name
        )
        if others:
            yield f"  #   or: {', '.join(_quoted(other) for other in list(others)[:5])}\n"


def _quoted(value: str) -> str:
    if value.isdigit():
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
