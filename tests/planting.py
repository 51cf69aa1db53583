"""Outlines in which every field of every kind is filled, each with a text of its own."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import yaml

from deckgen.blocks import KINDS, load_kind
from deckgen.blocks.content_block import PARTS
from deckgen.outline.model import Mentioned, Workshop
from deckgen.reading.fields import Bounds, Clock, Count, Prose, Ratio, Raw, Text
from deckgen.reading.reader import declared_fields, unwrap
from examples import GOLDEN, own_fields

SHORT = "{word} said of it"
PLANTED = object()  # a text of its own in what a form gives
KNOWN: dict[str, Any] = {  # fields whose values must mean something
    "kind": None, "id": None, "method": "card_sort", "theme": "clear", "lang": "en-GB",
    "date": "2026-03-14", "utc_offset": "+01:00", "timezone": None, "url": "https://example.org/open",
    "link": "https://example.org/form", "number_format": "General", "code": "print(1)",
    "language": "python", "audience": None, "objectives": None, "review_in": None, "needs": None,
    "when": None, "at": None, "budget": None, "phases": None, "highlight": None, "tree": None,
    "axes": None, "cells": None, "time": 8, "priority": "must", "cut": None, "fit": None,
    "groups": None, "group": None, "buffer": None, "max_stretch": None,
    "people": 12, "columns": None, "rows": None, "points": None, "decorative": None,
    "session": None, "sessions": None, "people_named": None, "mode": "in_person", "file": "pixel.png", "verify": None,
    "poster": "pixel.png", "widths": None,
}  # fmt: skip


class Planter:
    """Fills every field of the declarations with a text of its own; secret where the handout has none."""

    def __init__(self, open_to: frozenset[str], form: str = SHORT, blocks: str = "") -> None:
        """*blocks* is the form of texts that may be block Markdown, by default that of all."""
        self.open_to = open_to
        self.form = form
        self.blocks = blocks or form
        self.prose: set[str] = set()  # the words of texts that may be block Markdown
        self.numbers = itertools.count(1)
        self.secrets: dict[str, str] = {}
        self.open: dict[str, str] = {}

    def fields(self, cls: type, path: str, *, hidden: bool = False, **own: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, declared in declared_fields(cls).items():
            is_hidden = hidden or not declared.sees & self.open_to
            place = f"{path}.{name}"
            if name in own:
                value = self.own(declared.kind, own[name], place, hidden=is_hidden)
            else:
                value = self.value(declared.kind, place, name, hidden=is_hidden)
            if value is not None:
                values[name] = value
        return values

    def own(self, kind: Any, given: Any, path: str, *, hidden: bool) -> Any:
        """Return what is *given*, its `PLANTED` and what it leaves open of a class filled."""
        kind, _ = unwrap(kind)
        if given is PLANTED:
            return self.scalar(kind, (), path, hidden=hidden)
        if isinstance(given, list):
            item = get_args(kind)[0]
            return [self.own(item, one, path, hidden=hidden) for one in given]
        if isinstance(given, dict) and dataclasses.is_dataclass(kind):
            return self.fields(kind, path, hidden=hidden, **given)  # type: ignore[arg-type]
        return given

    def value(self, kind: Any, path: str, name: str, *, hidden: bool) -> Any:
        if name in KNOWN and path != "mentioned.people":
            return KNOWN[name]
        kind, limits = unwrap(kind)
        if dataclasses.is_dataclass(kind):
            return self.fields(kind, path, hidden=hidden)  # type: ignore[arg-type]
        origin = get_origin(kind)
        if origin is tuple:
            least = next((limit.least for limit in limits if isinstance(limit, Count)), 1)
            item = get_args(kind)[0]
            return [self.value(item, path, "", hidden=hidden) for _ in range(max(least, 1))]
        if origin is dict:
            return {"1": self.value(get_args(kind)[1], path, "", hidden=hidden)}
        if origin is Literal:
            return get_args(kind)[0]
        return self.scalar(kind, limits, path, hidden=hidden)

    def scalar(self, kind: Any, limits: Any, path: str, *, hidden: bool) -> Any:
        if kind in (Text, Prose, Raw):
            word = f"{'hush' if hidden else 'open'}{next(self.numbers)}q"
            (self.secrets if hidden else self.open)[word] = path
            is_name = path.startswith("workshop.team") and self.form == SHORT  # four in one place
            if kind is Prose:
                self.prose.add(word)
                return self.blocks.replace("{word}", word)
            return word if is_name else self.form.replace("{word}", word)
        least = next((limit.least for limit in limits if isinstance(limit, Bounds)), 1)
        return {int: max(1, int(least)), float: 1.0, bool: False, Ratio: 0.1, Clock: "09:00"}[kind]


TABLE = {"columns": [PLANTED, PLANTED], "rows": [[PLANTED, PLANTED, PLANTED]]}
PICTURE = {"file": "pixel.png", "alt": PLANTED}
FULL = {
    "points": [{"text": PLANTED, "points": [{"text": PLANTED}]}],
    "table": TABLE,
    "image": PICTURE,
}


def _only(part: str) -> dict[str, Any]:
    """Return what a slide or a column is given that holds one part."""
    given = {name: None for name in PARTS if name != part}
    return {**given, part: FULL[part]} if part in FULL else given


NO_PARTS = dict.fromkeys(PARTS)
# What a kind is given beside texts, by the forms that it has: a block is made of each. None: left out.
FORMS: dict[str, list[dict[str, Any]]] = {
    "comparison": [TABLE],
    "content": [
        *({**_only(part), "background": None} for part in PARTS),
        *(
            {
                **NO_PARTS,
                "background": None,
                "columns": [_only(part), _only("text")],
                "widths": [2, 1],
            }
            for part in PARTS
        ),
        {**NO_PARTS, "background": PICTURE},
    ],
    "chart": [{"categories": [PLANTED], "data": {"B": [1]}}],
    "framework": [
        {"criteria": [{"name": "Risk", "scores": {"1": "low"}}], "bands": {"1": "Go"}},
    ],
    "highlight": [{"text": "A sentence"}],
    "image": [{"alt": "A grey point"}],
    "section": [{}, dict.fromkeys(("file", "alt", "credit", "decorative", "focus"))],
    "video": [{"file": "clip.mp4", "url": None}, {"file": None}],
    "audio": [{"file": "hum.mp3", "url": None}, {"file": None}],
}


def planted(
    tmp_path: Path, open_to: frozenset[str], form: str = SHORT, blocks: str = ""
) -> tuple[Path, Planter]:
    """Return an outline with every field of every kind filled, and what is secret in it."""
    planter = Planter(open_to, form, blocks)
    blocks = [block for kind in KINDS for block in _blocks(planter, kind)]
    next(block for block in blocks if block["kind"] == "title")["slides"] = [
        "title",
        "objectives",
        "agenda",
        "ground_rules",
    ]
    blocks.append({"kind": "activity", "title": "Short", "time": [5, 6, 7], "priority": "could",
                   "alt": {"title": "Shorter", "time": 2, "notes": {"say": "hush0q said"}}})  # fmt: skip
    planter.secrets["hush0q"] = "alt.notes.say"
    workshop = planter.fields(Workshop, "workshop", objectives=["Tell one from two"])
    mentioned = planter.fields(Mentioned, "mentioned")
    for names in mentioned.values():
        word = f"hush{next(planter.numbers)}q"
        names.append({"name": word, "verify": True, "note": f"{word} noted"})
        planter.secrets[word] = "mentioned (unverified)"
    resources = next(block for block in blocks if block["kind"] == "resources")
    resources["links"].append({"name": "hush00q", "url": "https://hush00q.org", "verify": True})
    planter.secrets["hush00q"] = "links (unverified)"
    path = tmp_path / "planted.yaml"
    outline = {"workshop": workshop, "blocks": blocks, "mentioned": mentioned}
    path.write_text(yaml.safe_dump(outline, allow_unicode=True, sort_keys=False), encoding="utf-8")
    from PIL import Image

    Image.new("RGB", (4, 4)).save(tmp_path / "pixel.png")
    for played in ("video/clip.mp4", "audio/hum.mp3"):
        shutil.copy(GOLDEN / played, tmp_path)
    return path, planter


def _blocks(planter: Planter, kind: str) -> Iterator[dict[str, Any]]:
    """Yield a block of each form of a kind; only the first has the fields that all kinds share."""
    for k, form in enumerate(FORMS.get(kind, [{}])):
        mark = f" {k + 1}" if k else ""
        shared = (
            dict.fromkeys({*declared_fields(load_kind(kind))} - {*own_fields(kind)}) if k else {}
        )
        own = shared | form | {"title": f"Part {kind}{mark}"}
        named = {"kind": kind, "id": kind + mark.replace(" ", "-")}
        yield named | planter.fields(load_kind(kind), kind, **own)
