"""The sessions of a workshop: which blocks run in which, and the outline of each session alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from deckgen.blocks.base import Block
from deckgen.diagnostics import Diagnostics, Span, did_you_mean
from deckgen.outline.changes import Changes
from deckgen.outline.model import EACH, Outline, Session
from deckgen.reading.fields import Text

# What a session may say in place of the workshop.
OWN = ("date", "start", "budget", "mode", "room", "people")


def sessions_of(outline: Outline) -> tuple[Outline, ...]:
    """Return the outline of each session in order, or *outline* itself where it has none."""
    if not outline.workshop.sessions:
        return (outline,)
    filled = tuple(_filled(session, outline) for session in outline.workshop.sessions)
    workshop = dataclasses.replace(outline.workshop, sessions=filled)
    whole = dataclasses.replace(outline, workshop=workshop)
    return tuple(_alone(whole, session) for session in filled)


def changed_sessions(
    outline: Outline, changes: Changes, asked: str | None, diagnostics: Diagnostics
) -> tuple[Outline, ...]:
    """Return the outline of each session, with *changes* laid on all, or on the one *asked* for.

    Budget, start and day are a session's own: where there are several, one must be asked for.
    """
    sessions = sessions_of(outline)
    ids = [str(session.id) for session in outline.workshop.sessions]
    if asked is not None and asked not in ids:
        message = f"no session has the id `{asked}`" if ids else "the outline declares no sessions"
        diagnostics.add("unknown-session", message, hints=did_you_mean(asked, ids))
    if asked is None and len(ids) > 1 and changes.are_of_one_session:
        message = "a budget, start or date applies to one session: choose it with --session"
        diagnostics.add("which-session", message, hints=(f"sessions: {', '.join(ids)}",))
    return tuple(
        changes.laid_on(session) if is_asked_for(session, asked) else session
        for session in sessions
    )


def is_asked_for(outline: Outline, asked: str | None) -> bool:
    """Return whether *outline* is of the session *asked* for; None asks for each."""
    return asked is None or (outline.session is not None and outline.session.id == asked)


def _filled(session: Session, outline: Outline) -> Session:
    """Return *session* with what it leaves out, as the workshop has it."""
    missing = {n: getattr(outline.workshop, n) for n in OWN if getattr(session, n) is None}
    return dataclasses.replace(session, **missing)


def _alone(outline: Outline, session: Session) -> Outline:
    """Return what of *outline* is *session*'s; pre-work comes before the first session only."""
    fields = {name: getattr(session, name) for name in OWN}
    if session is not outline.workshop.sessions[0]:
        fields["prework"] = None
    written = ((name, outline.places.get(f"{session.id}.{name}")) for name in OWN)
    own = {name: place for name, place in written if place}
    mine = (name for name in outline.given if name.startswith(f"{session.id}."))
    given = outline.given.union(name.removeprefix(f"{session.id}.") for name in mine)
    return dataclasses.replace(
        outline,
        workshop=dataclasses.replace(outline.workshop, **fields),
        blocks=tuple(block for block in outline.blocks if block.session in (session.id, EACH)),
        places={**outline.places, **own},
        given=given,
        session=session,
        others=tuple(block for block in outline.blocks if block.session not in (session.id, EACH)),
    )


# reading --------------------------------------------------------------------------------------


def assigned(
    blocks: Sequence[Block], sessions: Sequence[Session], diagnostics: Diagnostics
) -> tuple[Block, ...]:
    """Return *blocks*, each with its session: where it names none, that of the block before."""
    made = tuple(_assigned(blocks, sessions, diagnostics))
    if sessions and not diagnostics.has_errors:
        _check_empty(made, sessions, diagnostics)
        _check_needs(made, sessions, diagnostics)
    return made


def check_ids(sessions: Sequence[Session], diagnostics: Diagnostics) -> None:
    """Report an id that two sessions have; files on some machines know no case."""
    taken: dict[str, Text] = {}
    for session in sessions:
        first = taken.setdefault(session.id.casefold(), session.id)
        if first is not session.id:
            message = f"session id `{session.id}` is used twice"
            related = [(first.span, "first used here")] if first.span else []
            diagnostics.add("duplicate-id", message, session.id.span, related=related)


def _assigned(
    blocks: Sequence[Block], sessions: Sequence[Session], diagnostics: Diagnostics
) -> Iterator[Block]:
    places = _places(sessions)
    current = sessions[0].id if sessions else None
    for block in blocks:
        named = block.session
        if named is None:
            yield dataclasses.replace(block, session=current) if current else block
            continue
        if named in places and current is not None:
            if places[named] < places[current]:
                message = f"`{block.id}` runs in `{named}` but comes after blocks of `{current}`"
                diagnostics.add("session-order", message, named.span)
            current = named
        elif named != EACH or not sessions:
            hints = did_you_mean(named, [*places, EACH]) if sessions else ()
            message = f"no session has the id `{named}`"
            message = message if sessions else "the workshop declares no sessions"
            diagnostics.add("unknown-session", message, named.span, hints=hints)
        yield block


def _places(sessions: Sequence[Session]) -> Mapping[str, int]:
    return {str(session.id): k for k, session in enumerate(sessions)}


def _check_empty(
    blocks: Sequence[Block], sessions: Sequence[Session], diagnostics: Diagnostics
) -> None:
    named = {str(block.session) for block in blocks}
    for session in sessions:
        if session.id not in named:
            message = f"no block names the session `{session.id}`"
            diagnostics.add("empty-session", message, session.id.span)


def _check_needs(
    blocks: Sequence[Block], sessions: Sequence[Session], diagnostics: Diagnostics
) -> None:
    """Report blocks that need one of a later session."""
    places = _places(sessions)
    runs_in = {str(block.id): places.get(str(block.session), 0) for block in blocks}
    for block in blocks:
        for name in block.needs:
            if runs_in.get(name, 0) > runs_in[str(block.id)]:
                message = f"`{block.id}` needs `{name}`, which runs in a later session"
                diagnostics.add("unmet-need", message, _span(name, block))


def _span(name: Text, block: Block) -> Span | None:
    return name.span or block.span
