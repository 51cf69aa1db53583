"""`deckgen explain`: says what a finding means and how to mend it."""

from __future__ import annotations

import re

import click

from deckgen.cli import completion
from deckgen.cli.options import named, print_page


@click.command()
@click.argument("id", shell_complete=completion.findings)
def command(id: str) -> None:
    """Say what the finding ID means and how to fix it; ID stands in brackets in each finding.

    \b
    Example:
      deckgen explain no-debrief
      deckgen explain "warning[long-talk]"
    """
    from deckgen.catalogue import CATALOGUE, LINTS  # noqa: PLC0415 (help needs none)

    bare = re.sub(r".*\[(.*)\].*", r"\1", id)
    found = named(bare, CATALOGUE, "finding")
    rule = CATALOGUE[found]  # type: ignore[index]
    intro = (f"{rule.severity}[{found}]: {rule.meaning}", rule.mend)
    advice = "If you know better, switch it off in a block, or for all of them under `workshop`:"
    is_advice = found in LINTS
    print_page((*intro, advice) if is_advice else intro, {}, f"ignore: [{found}]\n" * is_advice)
