"""What plays on a slide: a file in the deck, or an address that a click leads to; with its poster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, Literal

from deckgen.blocks.base import Block, Context, WorksheetContext
from deckgen.blocks.image_block import beside
from deckgen.blocks.pieces import paragraph, slide
from deckgen.boxes import Content, Paragraph, Picture, Player, Run, SlideBoxes, TextBox
from deckgen.document.nodes import Node, paragraphs
from deckgen.document.texts import Markdown, address, joined, literal, markdown
from deckgen.inline import unmarked
from deckgen.reading.fields import Problem, Text, declared, given


@declared
class PlayingBlock(Block):
    """A recording: its file goes into the deck; what is elsewhere is played there."""

    AS_ON_PAPER: ClassVar[bool] = True
    IS_SOUND: ClassVar[bool] = False

    file: Text | None = given(
        None,
        help="path of the file, relative to the outline: mp4, m4v or mov; of sound mp3, m4a or wav",
    )
    url: Text | None = given(None, help="address where it plays, instead of a file")
    poster: Text | None = given(
        None, help="path of the picture that stands for it; by default one is drawn"
    )
    alt: Text | None = given(
        None, help="what is seen and heard, for people who cannot; by default its title"
    )
    start: Literal["click", "auto"] = given(
        "click", help="click plays it on a click, auto as its slide comes"
    )
    caption: Text | None = given(None, help="line under it")
    credit: Text | None = given(None, help="whose it is")

    def problems(self) -> Iterator[Problem]:
        """Yield neither file nor address, or both, and an address that should start by itself."""
        if not self.file and not self.url:
            message = f"a `{self.KIND}` block needs `file`, or `url`"
            yield Problem("", "missing-field", message)
        if self.file and self.url:
            message = "`url` cannot be combined with `file`: put it into `caption`"
            yield Problem("url", "wrong-value", message)
        if self.url and self.start == "auto":
            message = "`start: auto` needs a `file`: a click leads to an address"
            yield Problem("start", "wrong-value", message)

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the recording as large as it can be, over its caption."""
        named = context.say("task_of", task=context.say(self.KIND), details=str(self.title))
        player = Player(
            description=unmarked(self.alt or named),
            file=beside(self.file) if self.file else None,
            link=str(self.url) if self.url else None,
            is_sound=self.IS_SOUND,
            starts_itself=self.start == "auto",
            poster=self._poster(),
            span=(self.file or self.url or self.title).span,
        )
        boxes: dict[str, Content] = {"content": player, "source": self._lines()}
        return [slide(self, context, "Content", boxes)]

    def _poster(self) -> Picture | None:
        if not self.poster:
            return None
        return Picture(beside(self.poster), None, span=self.poster.span)

    def _lines(self) -> TextBox:
        """Return caption, credit and address in a line."""
        runs: list[Run] = []
        lines = [paragraph(text).runs for text in (self.caption, self.credit) if text]
        if self.url:
            lines.append((Run(str(self.url), link=str(self.url)),))
        for k, line in enumerate(lines):
            runs += [*((Run(" \u00b7 "),) if k else ()), *line]
        first = self.caption or self.credit or self.url
        span = first.span if first else None
        return TextBox((Paragraph(tuple(runs), span=span),) if runs else ())

    @classmethod
    def told(cls, shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield its name or its address, then what it shows; *shown* is what a handout may show."""
        name = address(shown.url) if shown.url else literal(Path(str(shown.file)).name)
        caption = markdown(shown.caption) if shown.caption else Markdown("")
        yield sheet.words.led(cls.KIND, joined(": ", (name, caption)))
        yield from paragraphs(shown.alt, shown.credit)
