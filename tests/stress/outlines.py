"""Outlines that try to break a deck: every kind of block in every variant of text.

`VARIANTS` is the table of texts, `BLOCKS` says what a block of each kind holds:
texts in all its fields, unless `MADE` knows better. Every text ends in a
marker that no other has (`q000417`), so that each can be found again, whole, on its slide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, NamedTuple

import yaml

from deckgen.blocks import KINDS
from examples import text_fields

USUAL = "Look at the board before you move"
LONG = (
    "Everyone who has ever led a group knows the moment in which nobody answers, and most of us "
    "fill it at once; count to seven instead, look at the table and not at the people, and let the "
    "first word come from somebody who has not spoken today, since that word opens the room"
)
SENTENCES = (
    "Nobody answers|So you wait, and count to seven|Look at the table and not at the people; the "
    "first word comes from somebody who has not spoken today|That word, e.g. a doubt, opens the room|"
    "Then write it down, where everybody sees it, before the next one speaks"
)
GIANT = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"
DEEPEST, MANY, ROWS = 6, 12, 40
BRIEF = 16  # characters of a text under the horizon, less where it is not cut


class Variant(NamedTuple):
    """Texts for the fields of a block by turns; `title` replaces its short title."""

    name: str
    texts: tuple[str, ...] = (USUAL,)
    title: str = ""
    shape: str = "usual"  # or many: as much as each list may hold; null, blank: optional fields
    cuts: bool = True  # for narrow places
    every_form: bool = False


VARIANTS = (
    Variant("short", ("A",)),
    Variant("typical", every_form=True),
    Variant("too-long", (LONG,), cuts=False),
    Variant("sentences", (SENTENCES,)),  # may part between them
    Variant("mixed", ("A", USUAL, LONG[:150])),
    Variant("german", ("Rückmeldungsgespräch der Arbeitsgruppenleitung", "Gesprächsführung")),
    Variant("long-word", ("Electroencephalographically",), cuts=False, every_form=True),
    Variant("giant-word", (GIANT,), cuts=False),
    Variant("long-title", title=LONG[:60]),
    Variant("too-long-title", title=LONG),
    Variant("giant-title", title=GIANT),
    Variant(
        "right-to-left",
        (
            "أعد صياغة سؤالك قبل أن تجيب",
            "שאלו שאלה לפני שאתם עונים",
            "Ask «اسأل» 3 times, then שאל",
        ),
    ),
    Variant(
        "unspaced",
        ("答えるまえに七秒待って、参加者の声をよく聞いてください。", "รอเจ็ดวินาทีก่อนตอบคำถามและฟัง"),
    ),
    Variant(
        "symbols",
        (
            "∀ε>0 ∃δ>0: |x−a|<δ ⇒ |f(x)−f(a)|<ε",
            "Go 🎉 team 👩\u200d👩\u200d👧\u200d👦 👍🏽 🇵🇱 ❤️ 1️⃣",
            "∑ᵢ√xᵢ ≤ ∫₀^∞ e^(−x²) dx ≠ ½",
        ),
    ),
    Variant(
        "control",
        (
            "Stop\x07 and\x1b look\u200b here\u00ad abouts\x0b",
            "**Bold** and *slanted* `code()` [link](https://example.org/a) <b> &amp;",
        ),
    ),
    Variant("many", shape="many", every_form=True),
    Variant("null", shape="null"),
    Variant("blank", shape="blank"),
)


@dataclass
class Words:
    """Gives the texts of one outline, and keeps them: for one place, or for several."""

    variant: Variant
    start: int
    once: list[str] = field(default_factory=list)
    often: list[str] = field(default_factory=list)
    secret: list[str] = field(default_factory=list)
    charted: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers, self._turns = count(self.start), count()

    @property
    def is_many(self) -> bool:
        return self.variant.shape == "many"

    def text(self, kept: list[str] | None = None) -> str:
        return self._kept(kept, self._turn())

    def brief(self, kept: list[str] | None = None) -> str:
        """Return a text for a narrow place."""
        base = self._turn()
        if self.variant.cuts:
            base = base.partition("|")[0][:BRIEF]
            base = base.rpartition(" ")[0] or base
        return self._kept(kept, base)

    def _turn(self) -> str:
        return self.variant.texts[next(self._turns) % len(self.variant.texts)]

    def _kept(self, kept: list[str] | None, base: str) -> str:
        parts = [_marked(part, next(self._numbers)) for part in base.split("|")]
        (self.once if kept is None else kept).extend(parts)
        return parts[0] if len(parts) == 1 else f"{'. '.join(parts)}."

    def texts(self, usual: int, most: int = MANY) -> list[str]:
        return [self.text() for _ in range(most if self.is_many else usual)]

    def each(self, usual: int, most: int, make: Callable[[], Any]) -> list[Any]:
        return [make() for _ in range(most if self.is_many else usual)]

    def repeated(self) -> str:
        """Return a text that stands on the slides more than once, such as a table's head."""
        return self.text(self.often)

    def hidden(self) -> str:
        """Return a text that must stay off the slides."""
        return self.text(self.secret)

    def of_chart(self) -> str:
        """Return a text that stands in the chart, not in a shape of the slide."""
        return self.text(self.charted)

    def address(self) -> str:
        return "https://example.org/vote"

    def title(self) -> str:
        number = next(self._numbers)
        title = _marked(self.variant.title or "Title", number)
        self.often.append(title)
        return title

    def all(self) -> list[str]:
        return [*self.once, *self.often, *self.secret, *self.charted]

    def optional(self, make: Callable[[], Any]) -> Any:
        """Return what an optional field holds: nothing at all in the variants of emptiness."""
        return {"null": None, "blank": ""}.get(self.variant.shape) if self.is_bare else make()

    @property
    def is_bare(self) -> bool:
        return self.variant.shape in ("null", "blank")


def _marked(base: str, number: int) -> str:
    """Return *base* with its marker; a long word has it within."""
    is_long_word = base.isalpha() and base[:1] < "\u0250" and len(base) > BRIEF
    return f"{base}{'' if is_long_word else ' '}q{number:06d}"


class Case(NamedTuple):
    """A stress outline; `form` is a kind, perhaps with a form of it, `words` what its blocks say."""

    form: str
    variant: str
    text: str
    words: Words

    @property
    def name(self) -> str:
        return f"{self.form} {self.variant}"


def cases() -> Iterator[Case]:
    """Yield an outline for every block of `BLOCKS` in every variant."""
    number = 0
    for name, make in BLOCKS.items():
        for variant in VARIANTS:
            if ":" in name and not variant.every_form:
                continue
            words = Words(variant, number)
            number += 1000
            workshop, blocks = make(words)
            for k, block in enumerate(blocks):
                block["id"] = f"{name.replace(':', '-')}-{variant.name}-{k}"
            outline = {"workshop": {"title": "Stress", "cover": False} | workshop, "blocks": blocks}
            text = yaml.safe_dump(outline, sort_keys=False, allow_unicode=True, width=10_000)
            yield Case(name, variant.name, text, words)


UNTITLED = ("highlight", "cornell")  # their titles stand on agendas only


def steps(w: Words, usual: int = 3, most: int = MANY) -> list[dict[str, Any]]:
    return w.each(usual, most, lambda: {"do": w.brief(), "min": 2})


def debrief(w: Words) -> Any:
    """Return a debrief for some; as a block of its own it is tried in every variant."""
    if not w.is_many:
        return None
    return {"title": w.text(), "what": w.text(), "so_what": w.text(), "now_what": w.text()}


def block(w: Words, kind: str, **fields: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return an outline of one block, with what every block may have."""
    return {}, [
        {
            "kind": kind,
            "title": w.hidden() if kind in UNTITLED else w.title(),
            "phase": "practice",
            "lead": w.optional(w.hidden),
            "notes": w.optional(lambda: {"say": [w.hidden()], "background": [w.hidden()]}),
            **fields,
        }
    ]


def title(w: Words) -> Any:
    frame, blocks = block(
        w,
        "title",
        subtitle=w.optional(w.text),
        presenters=w.optional(lambda: w.texts(2)),
        slides=["title", "objectives", "agenda", "ground_rules"][: 4 if w.is_many else 1],
        ground_rules=w.texts(3) if w.is_many else None,
    )
    frame["objectives"] = w.texts(3) if w.is_many else None
    frame["room"] = w.optional(w.brief)
    frame["team"] = w.optional(lambda: {"lead": w.brief()})
    return frame, blocks


def unseen(name: str) -> dict[str, Any]:
    """Return a block that stands on the agenda and has no slide."""
    return {"kind": "cornell", "short": name, "cues": ["Why?"], "time": 5}


def agenda(w: Words) -> Any:
    frame, blocks = block(w, "agenda")
    return frame, [*blocks, *w.each(7, 30, lambda: unseen(w.text()))]


def agenda_amid(w: Words) -> Any:
    """The agenda that says where people are."""
    frame, blocks = block(w, "agenda")
    first, *others = w.each(6, 12, lambda: unseen(w.text()))
    return frame, [first, *blocks, *others]


def objectives(w: Words) -> Any:
    frame, blocks = block(w, "objectives")
    return frame | {"objectives": w.texts(4)}, blocks


def break_(w: Words) -> Any:
    frame, blocks = block(w, "break", time=25 if w.is_many else 10)
    return frame, [*blocks, {"kind": "cornell", "title": w.text(), "cues": ["Why?"], "time": 5}]


def points(w: Words, depth: int) -> list[Any]:
    """Return points within points, and two more on each level but the last."""
    if depth == 1:
        return w.texts(1, 2)
    return [{"text": w.text(), "points": points(w, depth - 1)}, *w.texts(1, 2)]


def content(w: Words) -> Any:
    depth = DEEPEST if w.is_many else 3
    return block(
        w, "content", text=w.texts(1, 3), points=points(w, depth), source=w.optional(w.repeated)
    )


def content_columns(w: Words) -> Any:
    columns = [{"title": w.optional(w.text), "points": w.texts(4)} for _ in range(2)]
    return block(w, "content", columns=columns, build=True)


def picture() -> dict[str, Any]:
    return {"file": PICTURE, "alt": "A tile"}


def content_stack(w: Words) -> Any:
    table = {"columns": [w.text(), w.text()], "rows": [[w.text(), w.text(), w.text()]]}
    code = {"code": f"print({w.text([])!r})", "language": "python"}
    return block(w, "content", text=w.texts(1), table=table, code=code, points=w.texts(2))


def content_two(w: Words) -> Any:
    rows = w.each(2, ROWS, lambda: [w.text() for _ in range(3)])
    table = {"columns": [w.repeated(), w.repeated()], "rows": rows}
    columns = [
        {"title": w.optional(w.repeated), "table": table},
        {"image": picture(), "text": w.texts(1), "caption": w.optional(w.repeated)},
    ]
    return block(w, "content", columns=columns, widths=[2, 1], source=w.optional(w.repeated))


def content_three(w: Words) -> Any:
    columns = [
        {"number": w.text(), "text": w.texts(1), "caption": w.optional(w.repeated)},
        {"title": w.optional(w.repeated), "quote": {"text": w.text(), "credit": w.text()}},
        {"points": w.texts(3), "caption": w.optional(w.repeated)},
    ]
    return block(w, "content", columns=columns)


def content_four(w: Words) -> Any:
    columns = [
        *w.each(3, 3, lambda: {"title": w.optional(w.repeated), "points": w.texts(2)}),
        {"title": w.optional(w.repeated), "image": picture(), "caption": w.optional(w.repeated)},
    ]
    return block(w, "content", columns=columns)


def content_background(w: Words) -> Any:
    credited = picture() | {"credit": w.optional(w.brief), "fit": "cover"}
    return block(w, "content", background=credited)


def comparison(w: Words) -> Any:
    width = 3 if w.is_many else 2
    rows = w.each(4, ROWS, lambda: [w.text() for _ in range(width + 1)])
    columns = [w.repeated() for _ in range(width)]
    hidden = w.optional(lambda: [w.hidden()])
    return block(
        w, "comparison", columns=columns, rows=rows, source=w.optional(w.repeated), nuance=hidden
    )


def activity(w: Words) -> Any:
    def materials() -> list[dict[str, str]]:
        return [{"item": w.brief(), "per": per} for per in ("group", "person")]

    return block(
        w,
        "activity",
        task=w.text(),
        steps=steps(w),
        materials=w.optional(materials),
        produce=w.optional(w.brief),
        cards=w.optional(lambda: [{"text": w.hidden(), "answer": w.hidden()}]),
        debrief=debrief(w),
    )


def activity_options(w: Words) -> Any:
    return block(w, "activity", statement=w.text(), options=w.texts(4, 12))


def activity_steps(w: Words) -> Any:
    return block(w, "activity", task=w.text(), options=w.texts(3, 4), steps=steps(w, 4, 4))


def poll(w: Words) -> Any:
    return block(
        w,
        "poll",
        question=w.text(),
        options=w.texts(4, 8),
        reading=w.optional(lambda: [w.hidden()]),
        debrief=debrief(w),
    )


def poll_steps(w: Words) -> Any:
    return block(w, "poll", question=w.text(), options=w.texts(2, 4), steps=steps(w, 2, 4))


def quiz(w: Words) -> Any:
    def item() -> dict[str, Any]:
        return {
            "q": w.repeated(),
            "a": w.text(),
            "options": w.optional(lambda: w.texts(3, 4)),
            "why_wrong": w.optional(lambda: [w.hidden()]),
        }

    return block(w, "quiz", items=w.each(1, 3, item))


def case(w: Words) -> Any:
    def one() -> dict[str, Any]:
        return {"text": f"{w.brief()}, {w.text()}", "advice": w.optional(w.hidden)}

    return block(
        w,
        "case",
        cases=w.each(3, 12, one),
        question=w.repeated(),
        steps=steps(w, 2, 4),
        produce=None if w.is_many else w.optional(w.brief),
        debrief=debrief(w),
    )


def checklist(w: Words) -> Any:
    def item() -> dict[str, Any]:
        owner, by = w.optional(w.text), w.optional(w.text)
        return {"text": w.text(), "owner": owner, "by": by}

    return block(w, "checklist", items=w.each(4, MANY, item), often_skipped=w.optional(w.hidden))


def framework(w: Words) -> Any:
    scores = [w.repeated() for _ in range(3)]
    criteria = w.each(
        2, 5, lambda: {"name": w.text(), "scores": {score: w.text() for score in scores}}
    )
    bands = w.optional(lambda: {w.brief(w.often): w.brief() for _ in range(3)})
    return block(
        w, "framework", criteria=criteria, bands=bands, limits=w.optional(lambda: [w.hidden()])
    )


def framework_names(w: Words) -> Any:
    bands = w.optional(lambda: {"0-2": w.brief(), "3-4": w.brief(), "5-6": w.brief()})
    return block(w, "framework", criteria=w.texts(4, 12), bands=bands)


def framework_matrix(w: Words) -> Any:
    axes = {"x": w.texts(2, 2), "y": w.texts(2, 2)}
    return block(w, "framework", axes=axes, cells=w.texts(4, 4))


def framework_tree(w: Words) -> Any:
    def branch(depth: int) -> dict[str, Any]:
        follow = {w.brief(): branch(depth - 1), w.brief(): branch(0)} if depth else {}
        return {"text": w.text(), "answers": follow}

    return block(w, "framework", tree=branch(3 if w.is_many else 2))


def framework_short_tree(w: Words) -> Any:
    """A tree whose answers are Yes and No, as most are."""
    tree = {"text": w.text(), "answers": {"Yes": w.text(), "No": w.text()}}
    return block(w, "framework", tree=tree)


def chart(w: Words) -> Any:
    size = 24 if w.is_many else 4
    categories = [w.of_chart() for _ in range(size)]
    data = {w.of_chart(): list(range(1, size + 1)) for _ in range(2)}
    return block(w, "chart", categories=categories, data=data, source=w.optional(w.text))


def chart_pie(w: Words) -> Any:
    size = 12 if w.is_many else 4
    categories = [w.of_chart() for _ in range(size)]
    data = {w.of_chart(): list(range(1, size + 1))}
    return block(w, "chart", type="pie", categories=categories, data=data, source=w.text())


def image(w: Words) -> Any:
    points, caption, credit = w.texts(2, 12), w.optional(w.brief), w.optional(w.brief)
    alt = w.hidden()
    return block(w, "image", file=PICTURE, alt=alt, points=points, caption=caption, credit=credit)


def image_alone(w: Words) -> Any:
    return block(w, "image", file=PICTURE, decorative=True, caption=w.optional(w.text))


def section(w: Words) -> Any:
    return block(w, "section", subtitle=w.optional(w.text), text=w.texts(1, 3))


def section_picture(w: Words) -> Any:
    pictured = picture() | {"alt": w.hidden(), "credit": w.optional(w.brief), "focus": [0.2, 0.8]}
    return block(w, "section", subtitle=w.optional(w.text), text=w.texts(1, 3), **pictured)


def playing(kind: str, **where: str) -> Callable[[Words], Any]:
    """Return a maker of recordings that are *where*: a file with its poster, or an address."""

    def make(w: Words) -> Any:
        caption, credit = w.optional(w.brief), w.optional(w.brief)
        return block(w, kind, **where, alt=w.optional(w.hidden), caption=caption, credit=credit)

    return make


def code(w: Words) -> Any:
    lines = [f"{'    ' * (k % 3)}{text}" for k, text in enumerate(w.texts(5, 30))]
    return block(w, "code", code="\n".join(lines), highlight=[2], caption=w.optional(w.text))


def code_python(w: Words) -> Any:
    lines = [f"if x: print({w.text([])!r})  # why" for _ in range(3 + 9 * w.is_many)]
    w.once += lines
    text = "\n".join(lines)
    return block(w, "code", code=text, language="python", caption=w.optional(w.text))


def recap(w: Words) -> Any:
    def action() -> dict[str, Any]:
        return {"do": w.text(), "by": w.optional(w.text), "who": w.optional(w.text)}

    return block(
        w,
        "recap",
        takeaways=w.texts(3, 6),
        actions=w.optional(lambda: w.each(2, 6, action)),
        follow_up=w.optional(w.text),
        send=w.optional(lambda: [w.hidden()]),
    )


def resources(w: Words) -> Any:
    def link() -> dict[str, Any]:
        slug = f"https://example.org/{'a-long-way-to-the-page/' * (1 + 2 * w.is_many)}"
        return {"name": w.text(), "url": slug}

    hidden = {"name": w.hidden(), "url": "https://example.org", "verify": True}
    terms = {w.text(): w.text() for _ in range(12 if w.is_many else 2)}
    return block(w, "resources", links=[*w.each(2, MANY, link), hidden], terms=terms)


def exit_ticket(w: Words) -> Any:
    return block(
        w,
        "exit_ticket",
        prompts=w.texts(3, 8),
        materials=w.optional(lambda: [{"item": w.brief(), "per": "person"}]),
        link=w.optional(lambda: "https://example.org/exit"),
        reading=w.optional(w.hidden),
    )


def plain(kind: str, **fields: str) -> Callable[[Words], Any]:
    """Return a maker of blocks with texts; `+`: required, `3-12`: a list of 3, of many 12."""

    def make(w: Words) -> Any:
        values = {}
        for name, form in fields.items():
            need, _, size = form.partition(" ")
            one = getattr(w, need.strip("+"))
            many = partial(w.each, *map(int, size.split("-")), one) if size else one
            values[name] = many() if need.startswith("+") else w.optional(many)
        return block(w, kind, **values)

    return make


PICTURE, VIDEO, AUDIO = "tile.png", "clip.mp4", "hum.mp3"  # beside golden outlines
ELSEWHERE = "https://example.org/recording"
MADE: dict[str, Callable[[Words], Any]] = {
    "title": title,
    "agenda": agenda,
    "agenda:amid": agenda_amid,
    "objectives": objectives,
    "ground_rules": plain("ground_rules", rules="+text 3-12", access="text"),
    "briefing": plain(
        "briefing",
        key_message="+repeated",
        points="text 3-12",
        source="repeated",
        analogy="hidden",
        caveats="hidden 1-2",
    ),
    "comparison": comparison,
    "highlight": plain("highlight", text="+repeated", credit="text", evidence="hidden"),
    "key_points": plain("key_points", items="+text 4-12", source="repeated"),
    "discussion": lambda w: block(
        w, "discussion", question=w.text(), steps=steps(w), debrief=debrief(w)
    ),
    "activity": activity,
    "activity:options": activity_options,
    "activity:steps": activity_steps,
    "poll": poll,
    "poll:steps": poll_steps,
    "debrief": plain("debrief", what="+text", so_what="text", now_what="text"),
    "checklist": checklist,
    "framework": framework,
    "framework:names": framework_names,
    "framework:matrix": framework_matrix,
    "framework:tree": framework_tree,
    "framework:short-tree": framework_short_tree,
    "quiz": quiz,
    "case": case,
    "break": break_,
    "exit_ticket": exit_ticket,
    "recap": recap,
    "resources": resources,
    "parking_lot": plain("parking_lot", prompt="+text", review_in="brief"),
    "cornell": plain("cornell", cues="+hidden 3-20", summary="hidden", model_summary="hidden"),
    "content": content,
    "content:columns": content_columns,
    "content:stack": content_stack,
    "content:two": content_two,
    "content:three": content_three,
    "content:four": content_four,
    "content:background": content_background,
    "chart": chart,
    "chart:pie": chart_pie,
    "image": image,
    "image:alone": image_alone,
    "section": section,
    "section:picture": section_picture,
    "video": playing("video", file=VIDEO, poster=PICTURE),
    "video:elsewhere": playing("video", url=ELSEWHERE, poster=PICTURE),
    "audio": playing("audio", file=AUDIO, start="auto"),
    "audio:elsewhere": playing("audio", url=ELSEWHERE),
    "code": code,
    "code:python": code_python,
}
BLOCKS = MADE | {kind: plain(kind, **text_fields(kind)) for kind in KINDS if kind not in MADE}
