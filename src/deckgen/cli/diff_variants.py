"""`deckgen diff-variants`: says which blocks, minutes and slides of two variants differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from deckgen.cli.fit import OUT, SHORT, aligned
from deckgen.cli.options import SESSION, print_json, show
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.outline.changes import Changes

if TYPE_CHECKING:
    from deckgen.compiler import Compiled
    from deckgen.plan.difference import Difference, Pair, Side, Variant


class Named(NamedTuple):
    """A variant as the command line names it: `students@60`, `@90` or `hiring_managers`."""

    text: str
    audience: str | None
    budget: int | None


class VariantType(click.ParamType):  # type: ignore[type-arg]
    """An audience, a budget after @, or both."""

    name = "variant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the variant that *value* names."""
        found = re.fullmatch(r"([^@]*)(?:@(\d{1,4}))?", str(value).strip())
        budget = int(found[2]) if found and found[2] else None
        if (
            not found
            or not str(value).strip()
            or not 1 <= (1 if budget is None else budget) <= 1440
        ):
            message = f"expected an audience, @minutes or both, such as students@60, not {value}"
            self.fail(message, param, ctx)
        return Named(str(value), found[1].strip() or None, budget)


@click.command("diff-variants")
@click.argument("outline", type=click.Path(path_type=Path))
@click.argument("a", type=VariantType())
@click.argument("b", type=VariantType())
@SESSION
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")
def command(outline: Path, a: Named, b: Named, session: str | None, *, as_json: bool) -> None:
    """Show how variants A and B of OUTLINE differ in blocks, minutes and slides.

    A variant is an audience, @ and a budget in minutes, or both; the outline supplies the rest. For
    a workshop of several sessions, name the one to compare with --session.

    \b
    Example:
      deckgen new my-workshop --from phd-in-ml
      deckgen diff-variants my-workshop.yaml students@60 engineers@90
      deckgen diff-variants my-workshop.yaml @60 @90

    No files are written. Exit code 0: comparison shown, with or without differences; 1: the
    outline has errors or does not fit into the minutes; 2: wrong usage.
    """
    from deckgen.plan.difference import difference  # noqa: PLC0415 (help needs none)

    diagnostics = Diagnostics()
    made = _compiled(outline, (a, b), session, diagnostics)
    if made is None:
        if as_json:
            print_json(diagnostics, ok=False)
        else:
            show(diagnostics, "full", quiet=True)
        raise SystemExit(1)
    variants = [_variant(one) for one in made]
    found = difference(*variants)
    if as_json:
        print_json(diagnostics, ok=True, **_as_dict(found, variants, (a, b)))
    else:
        click.echo("\n".join(_told(found, variants, (a, b))))


def _compiled(
    outline: Path, named: Sequence[Named], session: str | None, diagnostics: Diagnostics
) -> list[Compiled] | None:
    """Return the variants that are *named*, or None where one of them has errors."""
    from deckgen.compiler import Options, compile_sessions  # noqa: PLC0415
    from deckgen.outline.load import load_outlines  # noqa: PLC0415

    made = []
    try:
        outlines = load_outlines(outline, diagnostics)
        for one in named:
            changes = Changes(budget=one.budget)
            options = Options(audience=one.audience, changes=changes, session=session)
            made.append(compile_sessions(outlines, diagnostics, options))
    except DeckgenError:
        return None
    if any(len(sessions) > 1 for sessions in made):
        raise click.UsageError(
            "only one session can be compared at a time: choose it with --session"
        )
    return [sessions[0] for sessions in made]


def _variant(compiled: Compiled) -> Variant:
    from deckgen.plan.difference import Variant  # noqa: PLC0415

    plan, deck = compiled
    titles = {section.id: [slide.title for slide in section.slides] for section in deck.sections}
    return Variant(plan, titles)


# for readers ----------------------------------------------------------------------------------


def _told(found: Difference, variants: list[Variant], names: tuple[Named, Named]) -> Iterator[str]:
    from deckgen.inline import unmarked  # noqa: PLC0415

    yield unmarked(variants[0].plan.workshop.title)
    for letter, variant, named in zip("AB", variants, names, strict=True):
        yield f"{letter}: {named.text} ({_situation(variant)})"
    yield ""
    if found.pairs:
        rows = [("block", "A", "B", "differences"), *(_row(pair) for pair in found.pairs)]
        yield from aligned(rows, right=(1, 2))
        yield ""
        yield f"Times in minutes; {OUT} does not run, {SHORT} short form"
    if found.same:
        count = len(found.same)
        yield f"{count} {'block is' if count == 1 else 'blocks are'} the same: {', '.join(found.same)}"
    yield ""
    if found.slides:
        yield from aligned(
            [
                ("slides", "in block", "title"),
                *((f"only in {s.side}", *s[1:]) for s in found.slides),
            ]
        )
        yield ""
    rows = [("total", "A", "B")]
    for name, one, other in zip(found.a._fields, found.a, found.b, strict=True):
        rows.append((name, str(one), str(other)))
    yield from aligned(rows, right=(1, 2))
    if not (found.pairs or found.slides or found.a != found.b):
        yield ""
        yield "No differences."


def _situation(variant: Variant) -> str:
    plan = variant.plan
    parts = [f"audience {plan.outline.audience}"] if plan.outline.audience else []
    parts += [f"{plan.minutes} min", f"{plan.workshop.people.expected} people"]
    return ", ".join(parts)


def _row(pair: Pair) -> tuple[str, ...]:
    return (pair.id, _cell(pair.a), _cell(pair.b), _what(pair))


def _cell(side: Side | None) -> str:
    return OUT if side is None else f"{side.minutes}{SHORT if side.form == 'short' else ''}"


def _what(pair: Pair) -> str:
    a, b = pair.a, pair.b
    if a is None or b is None:
        lacking = "A" if a is None else "B"
        return f"only in {'B' if a is None else 'A'}; in {lacking} {pair.why}"
    said = {
        "title": f"title “{a.title}” / “{b.title}”",
        "slides": f"slides {a.slides} / {b.slides}",
    }
    return "; ".join(said.get(name, name) for name in pair.differs)


# for scripts ----------------------------------------------------------------------------------


def _as_dict(
    found: Difference, variants: list[Variant], names: tuple[Named, Named]
) -> dict[str, object]:
    sums = (found.a, found.b)
    sides = {
        letter: {
            "variant": named.text,
            "audience": variant.plan.outline.audience,
            "budget": variant.plan.fit.budget,
            **one._asdict(),
        }
        for letter, named, variant, one in zip(("a", "b"), names, variants, sums, strict=True)
    }
    return {
        **sides,
        "blocks": [
            {
                "block": pair.id,
                "a": pair.a._asdict() if pair.a else None,
                "b": pair.b._asdict() if pair.b else None,
                "differs": list(pair.differs),
                "why": pair.why or None,
            }
            for pair in found.pairs
        ],
        "same": list(found.same),
        "slides": [
            {"only_in": slide.side.lower(), "block": slide.block, "title": slide.title}
            for slide in found.slides
        ],
    }
