"""`deckgen methods`: lists the facilitation methods, or explains one with an example to paste."""

from __future__ import annotations

import click

from deckgen.cli import completion
from deckgen.cli.options import named, print_page


@click.command()
@click.argument("method", required=False, shell_complete=completion.methods)
def command(method: str | None) -> None:
    """List the facilitation methods, or explain METHOD: its steps, whom it suits, an example to paste.

    \b
    Example:
      deckgen methods
      deckgen methods fishbowl
    """
    from deckgen.methods import load_methods  # noqa: PLC0415 (help needs none)
    from deckgen.outline.reference import method_example  # noqa: PLC0415

    methods = load_methods()
    if method is None:
        print_page(
            (), {"": [(one.id, f"{one.doing} ({one.minutes} min)") for one in methods.values()]}
        )
        return
    fact = methods[named(method.replace("-", "_"), methods, "method")]
    people = f"{fact.least_people} to {fact.most_people} people"
    groups = {None: "", 0: ", in the workshop's groups"}.get(
        fact.group, f", in groups of {fact.group}"
    )
    intro = (
        f"{fact.name}: {fact.doing}.",
        f"It takes {fact.minutes} min, and suits {people}{groups}.",
    )
    shares = sum(share for _, share in fact.steps)
    steps = [(f"{round(fact.minutes * share / shares)} min", text) for text, share in fact.steps]
    running = [("online", fact.online), ("trap", fact.trap)]
    print_page(intro, {"Steps": steps, "Running it": running}, method_example(fact))
