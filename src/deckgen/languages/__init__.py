"""Every word of ours on slides and in documents, by key and language.

One YAML file for each language; what an author wrote is never here. `Words` speaks one language, and is
handed to whoever needs words; a `Phrase` waits for it. Messages to the author are in English.
"""

from __future__ import annotations

import datetime
import hashlib
import marshal
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from deckgen.languages.plurals import SMALL, form_of, small_forms

if TYPE_CHECKING:
    from babel.core import Locale

FOLDER = Path(__file__).parent
ENGLISH = "en"
OPENING, CLOSING = '\u201c\u201e\u00ab\u300c"', '\u201d\u201c\u00bb\u300d"'
PLURALS = "plural forms"  # where they are kept among the words
VERB_FIRST = "verb_first"  # no words: whether the language names a skill by its verb first
ENDS = (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f", "\u061f")  # of a sentence

Forms = Mapping[str, str]  # plural forms by their CLDR name


class Words(NamedTuple):
    """The words of ours in the language that `tag`, such as `de-AT`, names; else English ones."""

    tag: str = ENGLISH

    @property
    def code(self) -> str:
        """The code of the language that has the words."""
        return code_of(self.tag)

    @property
    def puts_verb_first(self) -> bool:
        """Whether the language begins with the verb where it says what people can do."""
        return is_known(self.tag) and bool(_read(self.code)[VERB_FIRST])

    def lead(self, label: str) -> str:
        """Return *label* as the word before a text: with a stop, unless it ends a sentence itself."""
        return label if label.endswith(ENDS) else _led(self.code, label)

    def say(self, key: str, **values: object) -> str:
        """Return the words for *key* with *values* in their places."""
        shown = {name: self._shown(value) for name, value in values.items()}
        return self.open(key, values).format_map(shown)

    def _shown(self, value: object) -> object:
        """Return a value as it stands in a sentence: phrases told, several of them in a row."""
        if isinstance(value, Phrase):
            return self.tell(value)
        return self.tell_all(value) if isinstance(value, list) else value

    def tell_all(self, phrases: Iterable[Phrase]) -> str:
        """Return what *phrases* say, in a row."""
        return self.say("comma").join(map(self.tell, phrases))

    def tell(self, phrase: Phrase) -> str:
        """Return what *phrase* says."""
        return self.say(phrase.key, **dict(phrase.values))

    def open(self, key: str, values: Mapping[str, object]) -> str:
        """Return the words for *key* with their places still open; the plural follows `count`.

        Quotation marks of ours around a place give way to those that its text brings.
        """
        found = catalogue(self.code)[key]
        form = (
            found
            if isinstance(found, str)
            else found[plural_form(self.code, int(str(values["count"])))]
        )
        for marked, bare, name in _in_marks(form):
            if _is_in_marks(str(values.get(name, ""))):
                form = form.replace(marked, bare)
        return form

    def enumerated(self, items: Sequence[str]) -> str:
        """Return *items* in a row with a word before the last one."""
        if len(items) < 2:
            return "".join(items)
        return self.say("listed_and", first=self.say("comma").join(items[:-1]), last=items[-1])

    def every(self) -> Iterator[str]:
        """Yield every text of ours, but for those of methods."""
        for held in catalogue(self.code).values():
            yield from (held,) if isinstance(held, str) else held.values()

    def day(self, date: str, *, most: int | None = None) -> str:
        """Return an ISO date as people of the language and region write it: `14 March 2026`.

        Beyond *most* characters its month is short.
        """
        from babel.dates import format_date  # noqa: PLC0415 (few outlines have a date)

        day, locale = datetime.date.fromisoformat(date), self._locale()
        text = format_date(day, format="long", locale=locale)
        is_long = most is not None and len(text) > most
        return format_date(day, format="medium", locale=locale) if is_long else text

    def _locale(self) -> Locale:
        """Return the locale of the tag; English without a region is Britain's, as our words are."""
        from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415

        tag = "en-GB" if self.tag.lower() == ENGLISH else self.tag
        try:
            return Locale.parse(tag if is_known(tag) else ENGLISH, sep="-")
        except (UnknownLocaleError, ValueError):
            return Locale.parse(self.code)


class Phrase(NamedTuple):
    """Words of ours by their key, before a language is chosen: `Words.tell` tells them.

    A value may be a phrase, too, or a list of phrases.
    """

    key: str
    values: tuple[tuple[str, object], ...] = ()


def phrase(key: str, **values: object) -> Phrase:
    """Return the phrase of *key* with *values* in its places."""
    return Phrase(key, tuple(values.items()))


def has_words(key: str) -> bool:
    """Return whether there are words for *key*."""
    return key in catalogue(ENGLISH)


@lru_cache(maxsize=1024)  # the same few words before thousands of texts
def _led(code: str, label: str) -> str:
    return Words(code).say("lead", label=label)


@cache
def _in_marks(form: str) -> tuple[tuple[str, str, str], ...]:
    """Return the places of *form* in quotation marks: with them, without them, their names."""
    found = re.finditer(rf"[{OPENING}]\s*(\{{(\w+)\}})\s*[{CLOSING}]", form)
    return tuple((each[0], each[1], each[2]) for each in found)


def _is_in_marks(text: str) -> bool:
    """Return whether *text* begins in quotation marks of its own."""
    return text.lstrip("*_ ")[:1] in tuple(OPENING)


@cache
def code_of(tag: str) -> str:
    """Return the language whose words stand in for *tag*: de-AT, else de, else English."""
    parts = tag.lower().split("-")
    tried = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((code for code in tried if code in known()), ENGLISH)


def is_known(tag: str) -> bool:
    """Return whether there are words for the language that *tag* names."""
    return tag.lower().split("-")[0] == ENGLISH or code_of(tag) != ENGLISH


@cache
def known() -> frozenset[str]:
    """Return the codes of all languages."""
    return frozenset(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def catalogue(code: str) -> dict[str, str | Forms]:
    """Return the words of a language by key; a group within makes keys such as `cue.say`."""
    return {
        key: held
        for key, held in _flat(_read(code))
        if not key.startswith(("methods.", VERB_FIRST, PLURALS))
    }


def plural_form(code: str, count: int) -> str:
    """Return the CLDR name of the plural form that *count* takes in the language *code*."""
    kept: list[str] = _read(code)[PLURALS]
    return kept[count] if 0 <= count < SMALL else form_of(code, count)


@cache
def method_words(code: str) -> dict[str, Any]:
    """Return the words of the facilitation methods by id; English keeps them with the methods."""
    found: dict[str, Any] = _read(code).get("methods", {})
    return found


@cache
def _read(code: str) -> dict[str, Any]:
    """Return a language's file and its plural forms; both are kept as Python keeps its bytecode."""
    path = FOLDER / f"{code}.yaml"
    source = path.read_bytes()
    kept = path.parent / "__pycache__" / f"{code}.{sys.implementation.cache_tag}.words"
    stamp = hashlib.sha256(source).digest()
    with suppress(OSError, ValueError, EOFError, TypeError):
        content = kept.read_bytes()
        if content.startswith(stamp):
            known_words: dict[str, Any] = marshal.loads(content[len(stamp) :])
            return known_words
    import yaml  # noqa: PLC0415 (ten milliseconds, once)

    found: dict[str, Any] = yaml.load(source, Loader=yaml.CSafeLoader)
    found[PLURALS] = small_forms(code)
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            kept.parent.mkdir(exist_ok=True)
            written = kept.with_suffix(f".{os.getpid()}")
            written.write_bytes(stamp + marshal.dumps(found))
            written.replace(kept)  # at once: another run may be reading
    return found


def _flat(held: Mapping[str, Any], group: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in held.items():
        if isinstance(value, Mapping) and "other" not in value:
            yield from _flat(value, f"{group}{key}.")
        else:
            yield f"{group}{key}", value
