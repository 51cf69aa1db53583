"""An exit ticket: what people write before they leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from deckgen.blocks.base import (
    Block,
    Context,
    Fact,
    Texts,
    facts,
    numbered_table,
    paragraph,
    slide,
)
from deckgen.boxes import Bar, Content, Paragraph, Run, Segment, SlideBoxes, Symbol, TextBox
from deckgen.reading.fields import FACILITATOR, Count, Text, declared, given


@declared
class ExitTicketBlock(Block):
    """Prompts to complete on a card, or at a link."""

    KIND: ClassVar[str] = "exit_ticket"
    TITLE: ClassVar[str] = "Before you go"
    WORKS: ClassVar[bool] = True
    PEOPLE_DO: ClassVar[str] = "Write the exit card"

    prompts: Annotated[Texts, Count(1, 8)] = given(help="sentences to complete")
    link: Text | None = given(None, help="address of a form that asks the same")
    reading: Text | None = given(None, sees=FACILITATOR, help="how to read the cards tonight")

    def own_cues(self) -> Iterator[tuple[str, Texts]]:
        """Yield how to read the cards."""
        yield "Tonight", (self.reading,) if self.reading else ()

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the prompts on ruled rows."""
        table = numbered_table(
            self.prompts,
            style="body",
            number="numeral",
            width=0.6,
            tallest=0.92,
            what="Prompts",
            ruled=True,
        )
        need = ", ".join(material.item for material in self.materials if material.per == "person")
        shown = (
            ("You need", f"One {need[:1].lower()}{need[1:]} each" if need else ""),
            ("On the way out", "Leave it at the door" if need else ""),
        )
        boxes: dict[str, Content] = {"prompts": table}
        if self.link:
            boxes["code"] = qr_code(self.link)
        boxes |= facts(*(Fact(label, text) for label, text in shown if text))
        if self.link:
            boxes["fact_4"] = self._address(self.link)
        bar = Bar((Segment(context.minutes or 1),), f"Time bar: {context.minutes} min")
        return [slide(self, context, "Exit Ticket", boxes, bar=bar)]

    def _address(self, link: Text) -> TextBox:
        shown = link.removeprefix("https://").removeprefix("http://").removeprefix("mailto:")
        address = Paragraph((Run(shown.rstrip("/"), link=str(link)),), "fact", 1, link.span)
        return TextBox((paragraph("Or answer here", style="label"), address))


def qr_code(link: Text) -> Symbol:
    """Return the QR code of an address, with medium error correction (ISO/IEC 18004)."""
    import segno  # noqa: PLC0415 (only where a link is given)

    rows = segno.make_qr(str(link), error="m").matrix
    modules = tuple(tuple(bool(module) for module in row) for row in rows)
    return Symbol(modules, f"QR code that leads to {link}")
