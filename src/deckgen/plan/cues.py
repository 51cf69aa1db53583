"""The facilitator's cues of a block, in the order of use; for notes in the deck and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.blocks.base import Block, OwnCue
from deckgen.blocks.prose import notes_of
from deckgen.boxes import Run, SpeakerNote
from deckgen.inline import composed, unmarked
from deckgen.languages import Phrase, Words, phrase
from deckgen.methods import Method
from deckgen.plan.model import Cue
from deckgen.reading.fields import Clock, Text


def cues_of(
    block: Block, method: Method | None, words: Words, *, is_debriefed: bool = False
) -> tuple[Cue, ...]:
    """Return the cues that have texts; what an author leaves out, the method has.

    A block that *is_debriefed* by the next one takes no questions from its method.
    """
    asked = () if is_debriefed else _debrief_by(block, method, words)
    return tuple(_told(words, *cue) for cue in _cues(block, method, asked) if cue[1])


def _debrief_by(block: Block, method: Method | None, words: Words) -> tuple[Text, ...]:
    """Return the method's questions for a block that wants a debrief and has none of its own."""
    if method is None or not block.WANTS_DEBRIEF or getattr(block, "debrief", None):
        return ()
    asked = zip(("what", "so_what", "now_what"), method.debrief, strict=True)
    return tuple(
        Text(words.say("asked", lead=words.say(key), question=question)) for key, question in asked
    )


def _told(words: Words, label: str | Phrase, texts: Sequence[Text | Phrase]) -> Cue:
    shown = tuple(composed(words, text) if isinstance(text, Phrase) else text for text in texts)
    if isinstance(label, Text):
        return Cue(str(label), str(label), shown)
    said = label if isinstance(label, Phrase) else Phrase(f"cue.{label}")
    return Cue(said.key.removeprefix("cue."), words.tell(said), shown)


def speaker_notes(
    words: Words, start: Clock, minutes: int, latest_start: Clock, cues: tuple[Cue, ...]
) -> tuple[SpeakerNote, ...]:
    """Return the speaker notes of a block: its time, then its cues, leads in bold."""
    end = Clock(start + minutes)
    time = (
        words.say("clock_note", start=start, end=end, minutes=minutes, latest=latest_start)
        if minutes
        else words.say("sentence", text=words.say("beside", clock=start))
    )
    notes = [SpeakerNote(words.lead(words.say("cue.time")), (Run(time),))]
    for cue in cues:
        lead = words.lead(unmarked(cue.label))
        for k, text in enumerate(cue.texts):
            notes += notes_of(words, lead if k == 0 else "", text)
    return tuple(notes)


def _cues(
    block: Block, method: Method | None, method_debrief: tuple[Text, ...]
) -> Iterator[OwnCue]:
    notes = block.notes
    yield "hidden", (phrase("hidden_how"),) if block.hidden else ()
    yield "purpose", _one(notes.purpose)
    yield "say", notes.say
    yield "do", notes.do
    yield "ask", notes.ask
    yield "expect", notes.expect
    yield from block.own_cues()
    yield "if_stuck", notes.probes
    if method and not notes.probes:
        yield phrase("cue.if_stuck_by", method=method.name), tuple(map(Text, method.probes))
    if notes.misconception:
        claim, response = notes.misconception.claim, notes.misconception.response
        yield "they_may_say", (phrase("claim_answer", claim=claim, answer=response),)
    yield (
        "watch_out",
        notes.watch + (_one(method.trap) if method and not notes.watch else ()),
    )
    yield "seated", _one(notes.seated)
    yield "online", _one(notes.online or (method.online if method else None))
    yield "hybrid", _one(notes.hybrid)
    yield "short_of_time", _one(notes.if_short)
    yield "time_left", _one(notes.if_long)
    yield "goes_wrong", _one(notes.contingency)
    if method:
        yield phrase("cue.debrief_by", method=method.name), method_debrief
    yield "bridge", _one(notes.transition)


def _one(text: str | None) -> tuple[Text, ...]:
    return (text if isinstance(text, Text) else Text(text),) if text else ()
