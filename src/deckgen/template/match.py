"""Finds the slide layout of a template that suits each of ours, by what it offers.

A signature is types, number, sizes and places of placeholders. Names are in any language, renamed or
copied, so a name only decides between two that are alike. Every score keeps its reasons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import combinations, pairwise
from typing import NamedTuple

from deckgen.geometry import Rect
from deckgen.template.model import BODIES, Layout, Placeholder, Template

# What each of our slide layouts asks for, best first; the last of each row takes any layout.
WANTED: dict[str, tuple[str, ...]] = {
    "Title": ("cover", "section", "content", "bare"),
    "Section": ("section", "cover", "content", "bare"),
    "Content": ("content", "bare"),
    "Two Columns": ("columns", "content", "bare"),
    "Three Columns": ("three", "content", "bare"),
    "Four Columns": ("four", "content", "bare"),
    "Key Message": ("columns", "content", "bare"),
    "Statement": ("section", "content", "bare"),
    "Picture": ("picture", "columns", "content", "bare"),
    "Full Picture": ("full", "bare"),
    "Question": ("content", "bare"),
    "Answer": ("content", "bare"),
    "Activity": ("content", "bare"),
    "Options": ("content", "bare"),
    "Exit Ticket": ("content", "bare"),
    "Break": ("content", "bare"),
}
# Few templates have a like of these, and they stand as well in the body or beside nothing.
RARE = frozenset({"Three Columns", "Four Columns", "Full Picture"})
NAMES = {
    "cover": r"title slide|titelfolie|titeldia|titre|título|タイトル スライド|表紙",
    "section": r"section|abschnitt|kapitel|sectie|セクション",
    "content": r"title (and|,) content|inhalt|inhoud|contenu|コンテンツ",
    "columns": r"two|zwei|twee|deux|2 (content|inhalt)|2 つ",
    "three": r"three|drei|trois|drie|tres|3 (content|inhalt|column)|3 つ",
    "four": r"four|vier|quatre|cuatro|4 (content|inhalt|column)|4 つ",
    "full": r"full|ganz|voll|pleine|全",
    "picture": r"picture|bild|afbeelding|image|図",
    "bare": r"title only|nur titel|alleen titel|titre seul|タイトルのみ",
}
TYPES = {
    "cover": ("title",),
    "section": ("secHead",),
    "content": ("obj", "tx"),
    "columns": ("twoObj", "twoColTx"),
    "three": (),
    "four": ("fourObj",),
    "full": (),
    "picture": ("picTx", "objTx"),
    "bare": ("titleOnly",),
}
NAMED = {
    2: ("left", "right"),
    3: ("column_1", "column_2", "column_3"),
    4: ("column_1", "column_2", "column_3", "column_4"),
}
COUNTS = {2: "two", 3: "three", 4: "four"}
LEAST_COLUMN = 0.2  # of the slide: all columns together
LEAST_FULL = 0.75  # of the slide: a picture that is meant to fill it
SMALL = 0.05  # of the slide: a placeholder for a caption or a date
OTHER_MASTER = -25.0
LOW = 0.2  # of the height: a title that begins below it is in the middle
ARTWORK = -60.0  # where none of a title and a body is on calm ground
ARTLESS = (
    "content",
    "columns",
    "three",
    "four",
    "picture",
    "bare",
)  # what people read; covers may have artwork
PLACED = 20.0  # in percent of the height: where the title of a content slide has to begin by


class Score(NamedTuple):
    """How well a slide layout suits, and why."""

    points: float
    reasons: tuple[str, ...]


class Match(NamedTuple):
    """The slide layout that one of ours takes: by which form, how well, and what its places are.

    `placeholders` are by the names of our places; `why_not` tells of each better form that no slide
    layout has.
    """

    layout: Layout
    form: str
    score: Score
    placeholders: dict[str, Placeholder]
    why_not: tuple[str, ...] = ()

    @property
    def is_fallback(self) -> bool:
        """Whether the form is not the one that was asked for."""
        return bool(self.why_not)


class Bid(NamedTuple):
    """What a slide layout offers for a form."""

    layout: Layout
    score: Score
    placeholders: dict[str, Placeholder]


Offer = tuple[Score, dict[str, Placeholder]] | None


def match(template: Template, chosen: Mapping[str, Layout] | None = None) -> dict[str, Match]:
    """Return the slide layout for each of ours; *chosen* by the template's own mapping come first."""
    master = main_master(template)
    bids = {form: list(_ranked(template, form, master)) for form in FORMS}
    found = {}
    for name, forms in WANTED.items():
        own = (chosen or {}).get(name)
        found[name] = _given(template, own, forms) if own else _best(forms, bids)
    return found


def candidates(template: Template, form: str) -> list[Bid]:
    """Return the slide layouts that can serve as *form*, best first."""
    return list(_ranked(template, form, main_master(template)))


def main_master(template: Template) -> int:
    """Return the number of the slide master that serves most of our slide layouts, and those best."""
    totals = []
    for master in range(len(template.masters)):
        own = [layout for layout in template.layouts if layout.master == master]
        best = {form: max(_points(own, form, template.size), default=None) for form in FORMS}
        served = [points for forms in WANTED.values() if (points := best[forms[0]]) is not None]
        totals.append((len(served), sum(served)))
    return totals.index(max(totals))


def _points(layouts: list[Layout], form: str, size: Rect) -> Iterator[float]:
    return (offer[0].points for layout in layouts if (offer := _offer(form, layout, size)))


def _best(forms: tuple[str, ...], bids: Mapping[str, list[Bid]]) -> Match:
    why_not: list[str] = []
    for form in forms:
        if bids[form]:
            layout, score, placeholders = bids[form][0]
            return Match(layout, form, score, placeholders, tuple(why_not))
        why_not.append(LACKS[form])
    raise AssertionError  # a template without a title gets a slide layout that has one


def _given(template: Template, layout: Layout, forms: tuple[str, ...]) -> Match:
    """Return *layout* by the best form that it can serve; the mapping's word is enough."""
    why_not: list[str] = []
    for form in forms:
        if offer := FORMS[form](layout, template.size):
            score, placeholders = offer
            score = Score(score.points, ("chosen by the mapping", *score.reasons))
            return Match(layout, form, score, placeholders, tuple(why_not))
        why_not.append(LACKS[form].replace("no slide layout has", "it lacks"))
    raise AssertionError  # the mapping is checked for titles


def _ranked(template: Template, form: str, master: int) -> Iterator[Bid]:
    found = []
    for layout in template.layouts:
        offer = _offer(form, layout, template.size)
        if offer is None:
            continue
        score, placeholders = offer
        if layout.type in TYPES[form]:
            score = _plus(score, 10, f"marked as `{layout.type}`")
        if layout.master != master and form != "cover":
            score = _plus(score, OTHER_MASTER, "on another slide master")
        if re.search(NAMES[form], layout.name, re.IGNORECASE):
            score = _plus(score, 0.5, "its name")
        found.append(Bid(layout, score, placeholders))
    yield from sorted(found, key=lambda bid: (-bid.score.points, bid.layout.number))


def _offer(form: str, layout: Layout, size: Rect) -> Offer:
    """Return what *layout* offers for *form*, artwork behind its texts counted: twice for a title."""
    offer = FORMS[form](layout, size)
    if offer is None or form not in ARTLESS:
        return offer
    score, placeholders = offer
    side, bottom = size.w // 16, size.h * 9 // 10
    top = min(placeholders["title"].rect.bottom, size.h // 2)
    room = Rect(side, top, size.w - 2 * side, bottom - top)  # what content may need beside the body
    rects = [placeholders["title"].rect, *(held.rect for held in placeholders.values()), room]
    calm = sum(layout.canvas.calm(rect) for rect in rects) / len(rects)
    if calm > 0.999:
        return offer
    return _plus(score, round(ARTWORK * (1 - calm), 1), "artwork behind its texts"), placeholders


def _plus(score: Score, points: float, reason: str) -> Score:
    return Score(score.points + points, (*score.reasons, f"{reason} ({points:+g})"))


# forms ----------------------------------------------------------------------------------------


def _cover(layout: Layout, size: Rect) -> Offer:
    title, texts = layout.title, _texts(layout, size)
    subtitle = next(iter([*layout.of("subTitle"), *(p for p in texts if p.type == "body")]), None)
    if title is None or subtitle is None or layout.of("obj", "pic")[2:]:
        return None
    if len(texts) > 3 and (title.type, subtitle.type) != ("ctrTitle", "subTitle"):
        return None
    if title.type != "ctrTitle" and subtitle.type != "subTitle":
        return None
    score = Score(20, ("a title and a subtitle (+20)",))
    if title.type == "ctrTitle":
        score = _plus(score, 20, "a centred title")
    if subtitle.type == "subTitle":
        score = _plus(score, 10, "a subtitle of its own type")
    score = (
        _plus(score, -8.0 * min(3, len(texts) - 1), "further placeholders")
        if len(texts) > 1
        else score
    )
    if title.levels[0].bullet or _share(title.rect, size) < 0.02:
        return None
    return score, {"title": title, "subtitle": subtitle}


def _section(layout: Layout, size: Rect) -> Offer:
    title, texts = layout.title, _texts(layout, size)
    is_marked = layout.type in TYPES["section"]
    if title is None or title.type == "ctrTitle" or title.rect.w < 0.3 * size.w:
        return None
    if layout.of("obj", "pic", "chart", "tbl", "media") or len(texts) > (2 if is_marked else 1):
        return None
    if any(text.levels[0].bullet or text.type != "body" for text in texts):
        return None
    if not is_marked and title.rect.y <= LOW * size.h:
        return None
    if not texts:
        return Score(10, ("a title alone in the middle (+10)",)), {"title": title}
    body = max(texts, key=lambda p: _share(p.rect, size))
    score = Score(25, ("a title in the middle and one text without bullets (+25)",))
    if title.levels[0].size >= 1.5 * body.levels[0].size:
        score = _plus(score, 10, "its title is far larger than its text")
    if len(texts) > 1:
        score = _plus(score, -8, "a further text")
    return score, {"title": title, "subtitle": body}


def _content(layout: Layout, size: Rect) -> Offer:
    title, texts = layout.title, _texts(layout, size)
    large = [p for p in texts if p.type != "subTitle" and _share(p.rect, size) > 0.18]
    if title is None or title.type == "ctrTitle" or not large:
        return None
    body = max(large, key=lambda p: _share(p.rect, size))
    if body.rect.y < title.rect.bottom - size.h // 12 or body.rect.w < 0.4 * size.w:
        return None
    share = _share(body.rect, size)
    score = Score(
        60 * share, (f"a title over a body of {share:.0%} of the slide ({60 * share:+.0f})",)
    )
    others = [p for p in (*texts, *layout.of("pic", "chart", "tbl", "media")) if p != body]
    if others:
        score = _plus(score, -14.0 * len(others), f"{len(others)} further placeholders")
    if body.type == "obj":
        score = _plus(score, 6, "its body takes anything")
    if body.levels[0].bullet:
        score = _plus(score, 4, "its body has bullets")
    if title.rect.y > PLACED / 100 * size.h:
        score = _plus(score, -12, "its title is low on the slide")
    return score, {"title": title, "content": body}


def _columns(layout: Layout, size: Rect, count: int = 2) -> Offer:
    title = layout.title
    texts = [p for p in _texts(layout, size) if p.type != "subTitle"]
    large = [p for p in texts if _share(p.rect, size) > LEAST_COLUMN / count]
    if title is None or title.type == "ctrTitle":
        return None
    for row in combinations(sorted(large, key=lambda p: p.rect.x), count):
        is_below = row[0].rect.y >= title.rect.bottom - size.h // 12
        if is_below and all(_are_columns(one, two, size) for one, two in pairwise(row)):
            share = sum(_share(p.rect, size) for p in row)
            told = f"{COUNTS[count]} columns of {share:.0%} of the slide ({60 * share:+.0f})"
            score = Score(60 * share, (told,))
            widths = [p.rect.w for p in row]
            uneven = (max(widths) - min(widths)) / size.w
            if uneven > 0.02:
                score = _plus(score, round(-60 * uneven, 1), "of different widths")
            others = len(texts) - count + len(layout.of("pic", "chart", "tbl", "media"))
            if others:
                score = _plus(score, -10.0 * others, f"{others} further placeholders")
            return score, {"title": title, **dict(zip(NAMED[count], row, strict=True))}
    return None


def _are_columns(left: Placeholder, right: Placeholder, size: Rect) -> bool:
    """Return whether two placeholders are alike and beside each other."""
    is_beside = left.rect.right <= right.rect.x + size.w // 50
    is_even = abs(left.rect.y - right.rect.y) < size.h / 50
    return is_beside and is_even and abs(left.rect.h - right.rect.h) < size.h / 20


def _full(layout: Layout, size: Rect) -> Offer:
    title, pictures = layout.title, layout.of("pic")
    if title is None or title.type == "ctrTitle" or len(pictures) != 1:
        return None
    share = _share(pictures[0].rect, size)
    if share < LEAST_FULL:
        return None
    score = Score(30 * share, (f"a picture of {share:.0%} of the slide ({30 * share:+.0f})",))
    if others := len(_texts(layout, size)):
        score = _plus(score, -8.0 * others, f"{others} further placeholders")
    return score, {"title": title, "background": pictures[0]}


def _picture(layout: Layout, size: Rect) -> Offer:
    title, pictures = layout.title, layout.of("pic")
    texts = _texts(layout, size)
    if title is None or len(pictures) != 1 or not texts:
        return None
    picture, body = pictures[0], max(texts, key=lambda p: _share(p.rect, size))
    roomy = body.rect.w >= 0.25 * size.w and body.rect.h >= 0.3 * size.h
    if _share(picture.rect, size) < 0.15 or not roomy or picture.rect.overlaps(body.rect):
        return None
    if picture.rect.overlaps(title.rect) or title.rect.y > body.rect.y:
        return None
    score = Score(30, ("a title, a picture and room for text (+30)",))
    if len(texts) > 1:
        score = _plus(score, -8.0 * (len(texts) - 1), "further placeholders")
    return score, {"title": title, "body": body, "picture": picture}


def _bare(layout: Layout, size: Rect) -> Offer:
    title = layout.title
    if title is None:
        return None
    others = [
        p for p in layout.placeholders if p.type not in ("ftr", "sldNum", "dt") and p != title
    ]
    score = Score(20, ("a title (+20)",))
    if others:
        score = _plus(score, -4.0 * len(others), f"{len(others)} placeholders that stay empty")
    if title.rect.y > PLACED / 100 * size.h:
        score = _plus(score, -20, "its title is low on the slide")
    if title.type == "ctrTitle":
        score = _plus(score, -10, "its title is a cover title")
    if title.rect.w < 0.5 * size.w:
        score = _plus(score, -10, "its title is narrow")
    return score, {"title": title}


FORMS: dict[str, Callable[[Layout, Rect], Offer]] = {
    "cover": _cover,
    "section": _section,
    "content": _content,
    "columns": _columns,
    "three": partial(_columns, count=3),
    "four": partial(_columns, count=4),
    "full": _full,
    "picture": _picture,
    "bare": _bare,
}
LACKS = {
    "cover": "no slide layout has a title and a subtitle",
    "section": "no slide layout has a title in the middle, with a text or alone",
    "content": "no slide layout has a title over one large body",
    "columns": "no slide layout has two alike columns under a title",
    "three": "no slide layout has three alike columns under a title",
    "four": "no slide layout has four alike columns under a title",
    "full": "no slide layout has a picture over the whole slide",
    "picture": "no slide layout has a title, a picture and room for text",
    "bare": "no slide layout has a title",
}


def _texts(layout: Layout, size: Rect) -> list[Placeholder]:
    return [p for p in layout.of(*BODIES) if _share(p.rect, size) >= SMALL / 2]


def _share(rect: Rect, size: Rect) -> float:
    return rect.w * rect.h / (size.w * size.h)
