"""An exit ticket: what people write before they leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Block, Context, Fact, OwnCue, Texts, WorksheetContext
from deckgen.blocks.pieces import facts, listed, numbered_table, paragraph, slide
from deckgen.boxes import Bar, BarSegment, Content, Paragraph, Run, SlideBoxes, Symbol, TextBox
from deckgen.document.nodes import Node, Rule, paragraphs
from deckgen.document.tables import form
from deckgen.document.texts import BLANK, address
from deckgen.languages import Words
from deckgen.reading.fields import FACILITATOR, Count, Text, declared, given, needed


@declared
class ExitTicketBlock(Block):
    """Prompts to complete on a card, or at a link."""

    KIND: ClassVar[str] = "exit_ticket"
    WORKS: ClassVar[bool] = True
    CLOSES: ClassVar[bool] = True
    COLLECTS_CARDS: ClassVar[bool] = True

    prompts: Annotated[Texts, Count(1, 8)] = needed(help="sentences to complete")
    link: Text | None = given(None, help="address of a form with the same prompts")
    reading: Text | None = given(None, sees=FACILITATOR, help="how to read the cards tonight")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield how to read the cards."""
        yield "tonight", (self.reading,) if self.reading else ()

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the prompts on ruled rows."""
        table = numbered_table(
            self.prompts,
            style="body",
            number="numeral",
            width=0.6,
            tallest=0.92,
            what=context.say("alt.prompts"),
            ruled=True,
        )
        own = (material.item for material in self.materials if material.per == "person")
        need = listed(context.words, own)
        shown = (
            (
                context.say("you_need"),
                context.say("one_each", item=need) if need else "",
            ),
            (context.say("on_the_way_out"), context.say("leave_it") if need else ""),
        )
        boxes: dict[str, Content] = {"prompts": table}
        if self.link:
            boxes["code"] = qr_code(context.words, self.link)
        boxes |= facts(*(Fact(label, text) for label, text in shown if text))
        if self.link:
            boxes["fact_4"] = self._address(context.words, self.link)
        bar = Bar(
            (BarSegment(context.minutes or 1),),
            context.say("alt.time_bar", parts=context.say("minutes", minutes=context.minutes)),
        )
        return [slide(self, context, "Exit Ticket", boxes)._replace(bar=bar)]

    def _address(self, words: Words, link: Text) -> TextBox:
        shown = link.removeprefix("https://").removeprefix("http://").removeprefix("mailto:")
        address = Paragraph((Run(shown.rstrip("/"), link=str(link)),), "fact", 1, link.span)
        return TextBox((paragraph(words.say("or_answer_here"), style="label"), address))

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield a strip to tear off, or to copy the card to where there is one for each person."""
        words = sheet.words
        yield Rule()
        head = (words.say("cue_head"), words.say("my_answer"))
        yield form((25, 49), head, [(prompt, BLANK) for prompt in shown.prompts])
        has_cards = any(material.per == "person" for material in shown.materials)
        yield from paragraphs(words.say("keep_strip" if has_cards else "tear_off"))
        if shown.link:
            yield words.led("or_answer_here", address(shown.link))


def qr_code(words: Words, link: Text) -> Symbol:
    """Return the QR code of an address, with medium error correction (ISO/IEC 18004)."""
    import segno  # noqa: PLC0415 (only where a link is given)

    rows = segno.make_qr(str(link), error="m").matrix
    modules = tuple(tuple(bool(module) for module in row) for row in rows)
    return Symbol(modules, words.say("alt.qr_code", link=link))
