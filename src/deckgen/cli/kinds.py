"""`deckgen kinds`: lists the kinds of block, or explains one with an example to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deckgen.cli import completion
from deckgen.cli.options import named, print_page

if TYPE_CHECKING:
    from deckgen.outline.reference import FieldFact


@click.command()
@click.argument("kind", required=False, shell_complete=completion.kinds)
def command(kind: str | None) -> None:
    """List the kinds of block, or explain KIND: its minutes, its fields, and an example to paste.

    \b
    Example:
      deckgen kinds
      deckgen kinds quiz
    """
    from deckgen.blocks import KINDS, load_kind  # noqa: PLC0415 (help needs none)
    from deckgen.blocks.base import Block  # noqa: PLC0415
    from deckgen.outline.reference import example_of, first_line, kind_fact  # noqa: PLC0415
    from deckgen.reading.reader import declared_fields  # noqa: PLC0415

    if kind is None:
        rows = [(name, first_line(load_kind(name))) for name in KINDS]
        print_page((), {"": rows})
        return
    fact = kind_fact(named(kind.replace("-", "_"), KINDS, "kind of block"))
    method = " or `method`" if fact.has_method else ""
    every = ", ".join(declared_fields(Block))
    held = {f"{one.name}: {one.help}": _rows(one.fields) for one in fact.classes}
    fields = {"Its fields": _rows(fact.fields)}
    intro = (
        f"{fact.name}: {fact.help}",
        f"Without `time`{method} it takes {fact.minutes} min.",
        f"Every kind has {every} and short_form.",
    )
    print_page(intro, {**fields, **held}, example_of(fact.name))


def _rows(fields: tuple[FieldFact, ...]) -> list[tuple[str, str]]:
    rows = []
    for field in fields:
        default = f"; by default {field.default}" if field.default else ""
        need = "required: " if field.is_required else ""
        rows.append((field.name, f"{need}{field.help} ({field.holds}{default})"))
    return rows
