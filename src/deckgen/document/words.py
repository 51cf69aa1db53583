"""Our words as Markdown: labels, and sentences with an author's texts in their places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from deckgen.document.nodes import LabelledText, Nodes, Paragraph
from deckgen.document.texts import Markdown, joined, literal, markdown
from deckgen.languages import ENDS, Phrase, Words
from deckgen.reading.fields import Text


class DocumentWords(NamedTuple):
    """The words of a language as documents write them."""

    words: Words

    def say(self, key: str, **values: object) -> Markdown:
        """Return the words for *key* with *values* in their places, an author's as Markdown."""
        shown = {name: self._shown(value) for name, value in values.items()}
        return Markdown(self.words.open(key, values).format_map(shown))

    def lead(self, label: str) -> Markdown:
        """Return the bold word before a text, given as Markdown or by its key."""
        return Markdown(self.words.lead(label if isinstance(label, Markdown) else self.say(label)))

    def led(self, label: str, text: object) -> Paragraph:
        """Return a paragraph that the bold word *label*, Markdown or a key, leads."""
        return Paragraph(Markdown(f"**{self.lead(label)}** {self._shown(text)}"))

    def cue(
        self,
        key: str,
        *texts: Markdown | Nodes,
        label: str | Markdown = "",
        is_numbered: bool = False,
    ) -> LabelledText:
        """Return the cue *key*, labelled so or by *label*, with those of *texts* that say something."""
        called = label if isinstance(label, Markdown) else self.say(label or key)
        return LabelledText(called, self.lead(called), tuple(filter(None, texts)), is_numbered, key)

    def detailed(self, text: str, *details: str | None) -> Markdown:
        """Return *text* with the details given in brackets, such as who does it and by when."""
        given = self.listed(self._shown(detail) for detail in details if detail)
        return self.say("task_of", task=text, details=given) if given else self._shown(text)

    def sentence(self, text: Markdown) -> Markdown:
        """Return *text* with what ends a sentence; one that ends already, or is empty, as it is."""
        return text if not text or text.endswith(ENDS) else self.say("sentence", text=text)

    def listed(self, parts: Iterable[Markdown]) -> Markdown:
        """Return the parts that are not empty, with commas between them."""
        return joined(self.say("comma"), parts)

    def _shown(self, value: object) -> Markdown:
        if isinstance(value, Markdown):
            return value
        if isinstance(value, Phrase):
            return literal(self.words.tell(value))
        return markdown(value) if isinstance(value, Text) else literal(str(value))
