"""A quiz: questions, each with its answer on the slide after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from deckgen.blocks.activity_block import MOST_OPTIONS, options_boxes
from deckgen.blocks.base import Answers, Block, Context, Fact, OwnCue, Texts, WorksheetContext
from deckgen.blocks.pieces import label_and_fact, part_bar, part_title, slide, text_box
from deckgen.boxes import Content, SlideBoxes
from deckgen.document.nodes import Node
from deckgen.document.tables import form
from deckgen.document.texts import BLANK, Markdown, joined, markdown
from deckgen.document.words import DocumentWords
from deckgen.inline import unmarked
from deckgen.languages import phrase
from deckgen.reading.fields import FACILITATOR, KEPT, Count, Problem, Text, declared, given, needed

STEM = 4  # letters of a word that stay when it is bent


@declared
class QuizItem:
    """A question and its answer."""

    q: Text = needed(help="the question")
    a: Text = needed(sees=f"slide {KEPT}", help="the answer")
    options: Annotated[Texts, Count(2, MOST_OPTIONS)] = given((), help="answers to choose from")
    why_wrong: Texts = given((), sees=FACILITATOR, help="why each wrong option is tempting")

    def problems(self) -> Iterator[Problem]:
        """Yield an answer that nobody can choose; what explains one, or names its letter, is one."""
        answer = unmarked(self.a).casefold().strip(" .)")
        letters = [
            name for k in range(len(self.options)) for name in (chr(ord("a") + k), str(k + 1))
        ]
        if (
            self.options
            and answer not in letters
            and not any(_is_meant(unmarked(option).casefold(), answer) for option in self.options)
        ):
            message = f"the answer `{self.a}` is none of the options"
            yield Problem("a", "answer-not-offered", message)


def _is_meant(option: str, answer: str) -> bool:
    """Return whether an answer says what an option does: all of it, or half of its words' beginnings."""
    if option.strip(" .") in answer or answer in option:
        return True
    words, said = ({word[:STEM] for word in re.findall(r"\w{4,}", t)} for t in (option, answer))
    return bool(words) and 2 * len(words & said) >= len(words)


@declared
class QuizBlock(Block):
    """Questions that people answer before they see the answer."""

    KIND: ClassVar[str] = "quiz"
    WORKS: ClassVar[bool] = True
    IN_ORDER: ClassVar[bool] = True
    SENDS_ANSWERS: ClassVar[bool] = True

    items: Annotated[tuple[QuizItem, ...], Count(1, 40)] = needed(help="the questions")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield the answers, and why wrong ones tempt."""
        for k, item in enumerate(self.items, 1):
            yield phrase("cue.answer", number=k), (item.a,)
            yield phrase("cue.why_wrong", number=k), item.why_wrong

    def answers(self) -> Answers:
        """Return the answers of its questions."""
        return Answers(("question", "answer"), tuple((item.q, item.a) for item in self.items))

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return question and answer by turns; nothing moves between the two."""
        return [
            part
            for k, item in enumerate(self.items, 1)
            for part in (
                self._question(item, k, context),
                self._answer(item, k, context),
            )
        ]

    def _question(self, item: QuizItem, k: int, context: Context) -> SlideBoxes:
        count = len(self.items)
        boxes: dict[str, Content] = {"question": text_box(item.q)}
        if item.options:
            boxes |= options_boxes(item.options)
        boxes["step_1"] = label_and_fact(
            Fact(
                context.say("question"),
                context.say("question_of", number=k, count=count),
            )
        )
        layout = "Options" if item.options else "Question"
        title = part_title(context.words, self.title, k, count) if count > 1 else self.title
        bar = part_bar(context.words, count, k, context.say("question"))
        notes = context.notes if k == 1 else ()
        shown = slide(self, context, layout, boxes, key=f"q{k}", title=title, notes=notes)
        return shown._replace(bar=bar, numerals=len(item.options))

    def _answer(self, item: QuizItem, k: int, context: Context) -> SlideBoxes:
        count = len(self.items)
        boxes: dict[str, Content] = {
            "question": text_box(item.q),
            "answer": text_box(item.a),
        }
        bar = part_bar(context.words, count, k, context.say("question"))
        key = "answer_of" if count > 1 else "answer_to"
        title = context.say(key, title=self.title, number=k, count=count)
        return slide(self, context, "Answer", boxes, key=f"a{k}", title=title, notes=())._replace(
            bar=bar
        )

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the questions with their options, and room for an answer."""
        words = sheet.words
        asked = (with_choices(item.q, item.options, words) for item in shown.items)
        rows = [(Markdown(f"{k}. {text}"), BLANK) for k, text in enumerate(asked, 1)]
        yield form((37, 37), (words.say("question"), words.say("my_answer")), rows)


def with_choices(question: Text, options: Texts, words: DocumentWords) -> Markdown:
    """Return a question with the options to choose from."""
    if not options:
        return markdown(question)
    return words.say("choices", question=question, options=joined(" / ", map(markdown, options)))
