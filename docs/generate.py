"""`make docs`: writes the pages of docs/ that repeat what the code declares.

`docs/outline.md` (every field of every block kind, and who sees it) and `docs/diagnostics.md` (every
finding) come from the declarations themselves; a test fails when they are out of date.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from deckgen.blocks import KINDS, load_kind
from deckgen.blocks.base import Block, Notes, PracticeBlock
from deckgen.catalogue import CATALOGUE, LINTS
from deckgen.methods import load_methods
from deckgen.outline.model import Mentioned, Workshop
from deckgen.reading.fields import Bounds, Clock, Ratio, Raw, Text
from deckgen.reading.reader import declared_fields, unwrap

DOCS = Path(__file__).parent
NAMES = {
    Text: "text",
    Raw: "lines of text",
    int: "whole number",
    float: "number",
    bool: "true or false",
}
NAMES |= {Clock: "time of day", Ratio: "share"}
SEEN = ("slide", "facilitator", "handout", "answers")


def main() -> None:
    """Write the generated pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(f"wrote docs/{name}")


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {
        "outline.md": "\n".join(_outline_page()) + "\n",
        "diagnostics.md": "\n".join(_diagnostics_page()) + "\n",
    }


def _diagnostics_page() -> Iterator[str]:
    yield "# Diagnostics"
    yield ""
    yield "Every finding names a file, a line and a column. An error stops the build; a warning does so only"
    yield "with `--strict`; a note is for information. `deckgen check` finds them all in one run."
    yield ""
    yield "| Id | Severity | Meaning | How to fix it |"
    yield "|:---|:---------|:--------|:--------------|"
    for id, rule in CATALOGUE.items():
        yield f"| `{id}` | {rule.severity} | {rule.meaning} | {rule.mend} |"
    yield ""
    yield "## Advice"
    yield ""
    yield "Some findings are advice on workshop design. If you know better, switch them off with `ignore`,"
    yield "for a single block or, under `workshop`, for all of it:"
    yield ""
    yield "```yaml"
    yield "workshop:"
    yield "  title: Knife skills"
    yield "  ignore: [low-active-share]"
    yield "blocks:"
    yield "  - kind: activity"
    yield "    title: Dull or sharp?"
    yield "    ignore: [no-debrief]"
    yield "```"
    yield ""
    yield "These can be switched off: " + ", ".join(f"`{id}`" for id in LINTS) + "."
    yield ""
    yield "Only blocks that run are judged, so another budget or audience may give other advice. People are"
    yield "active in `discussion`, `activity`, `poll`, `case`, `quiz`, `framework`, `debrief` and"
    yield "`exit_ticket`; in all other kinds they listen. Breaks and the buffer do not count. Verbs, and the"
    yield "wording of your own steps, are judged in English only."


def _outline_page() -> Iterator[str]:
    yield "# The outline"
    yield ""
    yield "An outline is one YAML file with `workshop` (the facts), `blocks` (what happens, in order),"
    yield "`audiences` (changes for other audiences) and `mentioned` (names). Texts take inline Markdown:"
    yield "bold, italic, code and links. `10:00` is a time and `No` is a text, quoted or not. Fields"
    yield "that begin with `x-` are yours; deckgen ignores them. Where a list is expected, a single value"
    yield "will do."
    yield ""
    yield "The column *Seen* says where a field may appear: **s** slide, **f** facilitator notes,"
    yield "**h** handout, **a** its answer page (`--with-answers`). What only the facilitator sees never"
    yield "reaches a slide or the handout."
    yield ""
    yield from _section("workshop", Workshop)
    yield from _classes(Workshop)
    yield "## Every block"
    yield ""
    yield "`kind` comes first. Time is one number, or `[min, ideal, max]`."
    yield ""
    yield from _table(Block, ())
    yield "`short_form` holds fields that make the block shorter; it is tried before the block is cut. Older"
    yield "outlines say `alt` for `short_form` and `fit` for `overflow`: both still work."
    yield ""
    yield from _section("notes", Notes)
    yield "## Kinds"
    yield ""
    for kind in KINDS:
        yield from _kind(kind)
    yield from _section("mentioned", Mentioned)
    yield from _parts()
    yield from _methods()


def _kind(kind: str) -> Iterator[str]:
    cls = load_kind(kind)
    yield f"### {kind}"
    yield ""
    yield (cls.__doc__ or "").split("\n")[0]
    yield ""
    own = [name for name in declared_fields(cls) if name not in declared_fields(Block)]
    if not own:
        yield "No fields of its own."
        yield ""
        return
    yield from _table(cls, tuple(declared_fields(Block)))
    yield from _classes(cls)


def _section(name: str, cls: type) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield from _table(cls, ())


def _table(cls: type, without: tuple[str, ...]) -> Iterator[str]:
    yield "| Field | Holds | Seen | What it is for |"
    yield "|:------|:------|:-----|:---------------|"
    for name, entry in declared_fields(cls).items():
        if name not in without:
            seen = " ".join(place[0] for place in SEEN if place in entry.sees)
            required = (
                " **(required)**" if entry.is_required and name not in ("id", "title") else ""
            )
            yield f"| `{name}` | {_holds(entry.kind)} | {seen} | {entry.help}{required} |"
    yield ""


def _classes(cls: type) -> Iterator[str]:
    """Yield tables of the classes that a kind's fields hold."""
    shared = (
        {Block, Notes, *_held(Block), *_held(PracticeBlock)} if issubclass(cls, Block) else set()
    )
    if cls.__name__ in ("ActivityBlock",):
        shared -= set(_held(PracticeBlock)) - set(_held(Block))
    for held in _held(cls):
        if held not in shared:
            yield f"**{_class_name(held)}**: {(held.__doc__ or '').split(chr(10))[0]}"
            yield ""
            yield from _table(held, ())


def _held(cls: type) -> list[type]:
    found: list[type] = []
    for entry in declared_fields(cls).values():
        kind, _ = unwrap(entry.kind)
        while get_origin(kind) in (tuple, dict):
            kind, _ = unwrap([a for a in get_args(kind) if a is not Ellipsis][-1])
        if dataclasses.is_dataclass(kind) and kind not in (Block, Notes) and kind not in found:
            found.append(typing.cast("type", kind))
    return found


def _holds(kind: Any) -> str:
    kind, limits = unwrap(kind)
    if dataclasses.is_dataclass(kind):
        return _class_name(typing.cast("type", kind))
    if get_origin(kind) is tuple:
        return f"list of {_holds(get_args(kind)[0])}"
    if get_origin(kind) is dict:
        return f"names with {_holds(get_args(kind)[1])}"
    if get_origin(kind) is Literal:
        return ", ".join(f"`{choice}`" for choice in get_args(kind))
    bounds = next((limit for limit in limits if isinstance(limit, Bounds)), None)
    least = f", {bounds.least:g} or more" if bounds and bounds.least > 0 else ""
    return f"{NAMES[kind]}{least}"


def _class_name(cls: type) -> str:
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in cls.__name__).strip()
    return "minutes" if words == "time range" else words


def _parts() -> Iterator[str]:
    yield "## Parts from other files, and params"
    yield ""
    yield "`include`, among the blocks, inserts those of another file; its path is relative to the file"
    yield "that includes it. Its `params` are values for the included file:"
    yield ""
    yield "```yaml"
    yield "workshop: {title: Knife skills}"
    yield "blocks:"
    yield "  - include: parts/warm-up.yaml"
    yield "    params: {topic: knives, minutes: 8}"
    yield "  - kind: break"
    yield "```"
    yield ""
    yield "The included file is a list of blocks, or has `blocks` and its own `params`. If it declares params,"
    yield "it accepts only those. A param without a value is required:"
    yield ""
    yield "```yaml"
    yield "params:"
    yield "  topic:"
    yield "  minutes: 5"
    yield "blocks:"
    yield "  - kind: discussion"
    yield '    title: "First thoughts on {topic}"'
    yield '    time: "{minutes}"'
    yield "    method: think_pair_share"
    yield '    question: "When did {topic} last surprise you?"'
    yield "```"
    yield ""
    yield "An outline may also declare `params`, next to `workshop`. `{name}` is replaced only in files with"
    yield "params, where an undeclared name is an error; write `{{` and `}}` for braces. A text that"
    yield "begins with `{` needs quotes. Audiences change included blocks by their ids. Paths of pictures"
    yield "are relative to the file that names them. Includes are limited to 10 files deep and 200 in all."
    yield ""


def _methods() -> Iterator[str]:
    yield "## Methods"
    yield ""
    yield "A block that names a method gets its steps and minutes, unless it has its own. The facilitator notes get"
    yield "questions for when the talk stalls, which `notes: probes` replaces, and for an activity or a case the"
    yield "questions of a debrief, which `debrief` replaces; they say which method they are from."
    yield ""
    yield "| Method | Minutes | People | What they do |"
    yield "|:-------|--------:|:-------|:-------------|"
    for method in load_methods().values():
        people = f"{method.least_people} to {method.most_people}"
        yield f"| `{method.id}` | {method.minutes} | {people} | {method.doing} |"


if __name__ == "__main__":
    main()
