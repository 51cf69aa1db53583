"""Turns what the YAML parser says of a text into what its author wrote wrong, at the line to blame.

The parser knows where it gave up, not why: a quote left open is noticed at the next one, a line
indented too little at the end of the list above. Each rule looks at the text around that place for one
mistake that people make; the first that finds its own is told. Here are those of characters, quotes
and brackets; `indents.py` has those of whole lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from deckgen.diagnostics import LINE_BREAK, Diagnostic, Source, Span
from deckgen.reading.indents import RULES
from deckgen.reading.trouble import FIELD, Trouble, brief, quoted

# Spaces that look like one and are none to YAML, and characters that nobody sees.
STRANGE = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
FARTHEST = 40  # lines above the place at which the parser gave up
_STRANGE_SPACE = re.compile(
    rf"^[ ]*(?:- +)*([{STRANGE}])|[\w\"'](?::|-)([{STRANGE}])|^ *-([{STRANGE}])"
)
_STRANGE_END = re.compile(rf"^[{STRANGE}]|[{STRANGE}]$")


def explained(error: yaml.MarkedYAMLError, source: Source, text: str) -> Diagnostic:
    """Return what is wrong in the *text* of *source*, which the parser gave up with *error*."""
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    if mark is None:
        return Diagnostic("invalid-yaml", f"this is not YAML: {error}", Span(source, 1, 1))
    first = context or mark
    trouble = Trouble(
        source,
        LINE_BREAK.split(text),
        f"{error.context or ''}; {error.problem or 'not YAML'}",
        mark.line,
        mark.column,
        first.line,
        first.column,
        _last_scalar(text, mark),
    )
    found = (rule(trouble) for rule in _RULES)
    return next((finding for finding in found if finding), None) or _other(trouble)


def strange_space_in(name: str) -> int | None:
    """Return where a field's *name* begins or ends with what only looks like a space, or None."""
    found = None if name.isascii() else _STRANGE_END.search(name)
    return found.start() if found else None


def strange_space(character: str, place: Span) -> Diagnostic:
    """Return the finding of a *character* that YAML takes for a letter, and people for a space."""
    name = "non-breaking space" if character in "\u00a0\u202f" else "special space"
    message = f"a {name} (U+{ord(character):04X}) stands here; YAML takes only ordinary spaces"
    hint = "type a space instead; these come with text copied from web pages and chats"
    return Diagnostic("invalid-yaml", message, place, (hint,))


# rules ----------------------------------------------------------------------------------------


def _tab(trouble: Trouble) -> Diagnostic | None:
    """A tab where an indent or a token should begin."""
    text = trouble.text()
    indent = re.match(r"\s*", text)
    is_indent = indent is not None and "\t" in indent[0] and trouble.column <= indent.end()
    if not is_indent and text[trouble.column : trouble.column + 1] != "\t":
        return None
    column = text.index("\t")
    return trouble.told("a tab stands here; YAML indents with spaces only", trouble.line, column)


def _strange(trouble: Trouble) -> Diagnostic | None:
    """A space that looks like one in the part that could not be read."""
    first = min(trouble.first_line, trouble.text_line)
    for line in range(max(first, trouble.line - FARTHEST), trouble.line + 1):
        if found := _strange_space(trouble, line):
            return found
    return None


def _strange_space(trouble: Trouble, line: int) -> Diagnostic | None:
    found = _STRANGE_SPACE.search(trouble.text(line))
    if found is None:
        return None
    group = next(k for k in (1, 2, 3) if found[k])
    place = Span(trouble.source, line + 1, found.start(group) + 1)
    return strange_space(found[group], place)


def _first_character(trouble: Trouble) -> Diagnostic | None:
    """A text that begins with a character that YAML keeps for itself."""
    names_anchor = "an alias" in trouble.problem or "an anchor" in trouble.problem
    if "cannot start any token" not in trouble.problem and not names_anchor:
        return None
    column = trouble.first_column if names_anchor else trouble.column
    rest = trouble.text()[column:]
    first = "a backtick" if rest[:1] == "`" else f"`{rest[:1]}`"
    message = f"a text that begins with {first} needs quotes"
    length = len(rest.rstrip())
    return trouble.told(message, trouble.line, column, length, *_suggested(rest))


def _open_quote(trouble: Trouble) -> Diagnostic | None:
    """A quote that is closed by the next one, or by none."""
    last = trouble.last
    is_end = "end of stream" in trouble.problem and "quoted scalar" in trouble.problem
    if is_end:
        line, column = trouble.first_line, trouble.first_column
        if _ends_odd(trouble, line, column):
            return _never_closed(trouble, line, column)
        return trouble.told("this quote is never closed", line, column)
    if last is None or last.start_mark.line == last.end_mark.line or not _follows_quote(trouble):
        return None
    return _never_closed(trouble, last.start_mark.line, last.start_mark.column)


def _never_closed(trouble: Trouble, line: int, column: int) -> Diagnostic:
    rest = trouble.text(line)[column:]
    message = (
        f"the quote that begins here is not closed; the next one is in line {trouble.line + 1}"
    )
    if "end of stream" in trouble.problem:
        message = "the quote that begins here is never closed"
    return trouble.told(message, line, column, len(rest.rstrip()))


def _ends_odd(trouble: Trouble, line: int, column: int) -> bool:
    return trouble.text(line)[column:].count(trouble.text(line)[column]) % 2 == 1


def _follows_quote(trouble: Trouble) -> bool:
    """Return whether the parser gave up behind a quoted text, in the same line."""
    last = trouble.last
    if last is None or last.style not in ("'", '"') or last.end_mark.line != trouble.line:
        return False
    return not trouble.text()[last.end_mark.column : trouble.column].strip()


def _after_quote(trouble: Trouble) -> Diagnostic | None:
    """Text behind a closing quote: an apostrophe, quotes in quotes, a comma, more words."""
    if not _follows_quote(trouble):
        return None
    start, end = trouble.last.start_mark, trouble.last.end_mark
    text, quote = trouble.text(), trouble.last.style
    rest = text[trouble.column :].rstrip()
    if rest.startswith(","):
        message = "a comma ends this line; YAML takes none between fields"
        return trouble.told(message, trouble.line, trouble.column, 1, "remove it")
    if trouble.column == end.column and rest:
        what = "an apostrophe" if quote == "'" else "a quote"
        how = "double quotes" if quote == "'" else 'single quotes, or write \\" inside'
        message = f"the text ends at {what} inside it"
        hint = f"put the whole text in {how}"
        return trouble.told(message, trouble.line, end.column - 1, 1, hint)
    message = "words follow the closing quote; quotes go round the whole text"
    whole = f"{text[start.column : end.column].strip(quote)} {rest}"
    hint = f"write `{quoted(whole)}`"
    return trouble.told(message, trouble.line, trouble.column, len(rest), hint)


def _open_bracket(trouble: Trouble) -> Diagnostic | None:
    """A bracket that is never closed, or a comma that is missing in it."""
    found = re.search(r"expected ',' or '([\]}])'", trouble.problem)
    is_end = "flow" in trouble.problem or "end of stream" in trouble.problem
    if found is None and not is_end:
        return None
    opening = trouble.text(trouble.first_line)[trouble.first_column : trouble.first_column + 1]
    if opening not in ("[", "{"):
        return None
    is_block = FIELD.match(trouble.text()) or not trouble.text().strip()
    if trouble.line > trouble.first_line and (is_block or "end of stream" in trouble.problem):
        message = f"the `{opening}` that begins here is never closed"
        return trouble.told(message, trouble.first_line, trouble.first_column)
    message = f"a comma is missing here, or the `{opening}` above is not closed"
    if trouble.line == trouble.first_line:
        message = "a comma is missing here"
    hint = "text with a comma, a bracket or a quote in it needs quotes"
    return trouble.told(message, trouble.line, trouble.column, 1, hint)


def _escape(trouble: Trouble) -> Diagnostic | None:
    r"""A backslash in double quotes, such as in `"C:\photos"`."""
    if "escape character" not in trouble.problem and "hexdecimal" not in trouble.problem:
        return None
    column = trouble.text().rfind("\\", 0, trouble.column + 1)
    message = "in double quotes, a backslash begins an escape such as \\n"
    hint = "write `\\\\`, or use single quotes; paths take `/`"
    return trouble.told(message, trouble.line, max(column, 0), 1, hint)


def _after_indicator(trouble: Trouble) -> Diagnostic | None:
    """Words behind `|` or `>`, whose text begins in the next line."""
    if "scanning a block scalar" not in trouble.problem:
        return None
    sign = trouble.text()[trouble.first_column : trouble.first_column + 1]
    message = f"the text after `{sign}` begins in the next line, indented"
    hint = f"move these words there; a text that begins with `{sign}` needs quotes"
    rest = trouble.text()[trouble.column :].rstrip()
    return trouble.told(message, trouble.line, trouble.column, len(rest), hint)


def _other(trouble: Trouble) -> Diagnostic:
    """Return what the parser says, where no rule knows better."""
    context, _, problem = trouble.problem.partition("; ")
    line, column = trouble.line, trouble.column
    if not trouble.text().strip():  # not the end of the file, but where what never ends begins
        line, column = trouble.first_line, trouble.first_column
    said = f"{problem} ({context})" if context else problem
    return trouble.told(f"this is not YAML: {said}", line, column)


_RULES: tuple[Callable[[Trouble], Diagnostic | None], ...] = (
    _tab,
    _strange,
    _first_character,
    _open_quote,
    _after_quote,
    _escape,
    _after_indicator,
    _open_bracket,
    *RULES,
)


# reading the text -----------------------------------------------------------------------------


def _last_scalar(text: str, mark: Any) -> Any:
    """Return the last scalar that the scanner reads before *mark*, or None."""
    last = None
    try:
        for token in yaml.scan(text, Loader=yaml.CBaseLoader):
            if (token.start_mark.line, token.start_mark.column) >= (mark.line, mark.column):
                break
            last = token if isinstance(token, yaml.ScalarToken) else last
    except yaml.YAMLError:
        pass
    return last


def _suggested(rest: str) -> tuple[str, ...]:
    """Return how *rest* of a line is written with quotes."""
    text = re.sub(r"\s+#.*", "", rest).strip().rstrip(",]}")
    return (f"write `{brief(quoted(text), 60)}`",) if text else ()
