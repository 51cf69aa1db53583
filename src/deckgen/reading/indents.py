"""Turns trouble with the form of lines into findings: dashes, colons and indents.

Each rule looks for one mistake that people make, and answers None where it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from deckgen.diagnostics import Diagnostic
from deckgen.reading.trouble import FIELD, Trouble, brief, indent_of, key_column, quoted

USUAL_STEP = 2  # spaces by which people indent
CLOSE = 3  # lines in which nobody needs to be told of the field above
_BLOCK_TEXT = re.compile(r":\s+[|>][+-]?\d?\s*(?:#.*)?$")


def _dash_without_space(trouble: Trouble) -> Diagnostic | None:
    """A `-kind` that is meant as an entry."""
    if "mapping values" not in trouble.problem and "':'" not in trouble.problem:
        return None
    for line in (trouble.text_line, trouble.first_line, trouble.line):
        found = re.match(r"( *)-([^\s-].*)", trouble.text(line))
        if found:
            hint = f"write `- {brief(found[2])}`"
            message = "a dash needs a space after it"
            return trouble.told(message, line, len(found[1]), 1, hint)
    return None


def _no_colon(trouble: Trouble) -> Diagnostic | None:
    """A line that should be a field, an entry or part of a text, and is none."""
    line = trouble.first_line
    if "mapping values" in trouble.problem and not _has_value(trouble.text(), trouble.column):
        line = trouble.text_line
        if FIELD.match(trouble.text(line)):
            return None
    elif "could not find expected ':'" not in trouble.problem:
        return None
    text, above = trouble.text(line), trouble.above(line)
    if found := re.match(r" *(?:- +)*([\w-]+):(\S.*)", text):
        hint = f"write `{found[1]}: {brief(found[2])}`"
        place = text.index(":")
        return trouble.told("a colon needs a space after it", line, place, 1, hint)
    if _BLOCK_TEXT.search(trouble.text(above)) and indent_of(text) <= key_column(trouble, above):
        message = f"the text under `{trouble.text(above).strip()}` needs a deeper indent"
        return trouble.told_of_line(message, line)
    if _is_among_entries(trouble, line):
        hint = f"write `- {brief(text)}`, or indent the line if it belongs to the one above"
        return trouble.told_of_line("this line lacks the dash of an entry", line, hint)
    message = "this line has no colon: a field is written `name: value`"
    hint = "if it belongs to the text above, indent it further"
    word, _, rest = text.strip().partition(" ")
    if rest and re.fullmatch(r"[a-z_]+", word):
        hint = f"write `{word}: {brief(rest)}`, or indent it if it belongs to the text above"
    return trouble.told_of_line(message, line, hint)


def _is_among_entries(trouble: Trouble, line: int) -> bool:
    """Return whether the line stands as far left as the dash of an entry above it."""
    indent = indent_of(trouble.text(line))
    while (line := trouble.above(line)) >= 0:
        text = trouble.text(line)
        if indent_of(text) < indent:
            return False
        if indent_of(text) == indent:
            return text.lstrip().startswith("- ")
    return False


def _second_colon(trouble: Trouble) -> Diagnostic | None:
    """A colon in a text without quotes."""
    text = trouble.text()
    found = FIELD.match(text)
    if "mapping values" not in trouble.problem or not _has_value(text, trouble.column):
        return None
    assert found is not None
    value = found["value"].rstrip()
    message = "a text that contains `: ` needs quotes"
    hint = f"write `{found['name'].strip()}: {brief(quoted(value), 60)}`"
    return trouble.told(message, trouble.line, found.start("value"), len(value), hint)


def _has_value(text: str, column: int) -> bool:
    """Return whether a field's value begins in the line before *column*."""
    found = FIELD.match(text)
    return found is not None and bool(found["value"]) and found.start("value") <= column


def _indent_of_entry(trouble: Trouble) -> Diagnostic | None:
    """A field among entries: its dash is missing, or its indent is too small."""
    if "expected '-' indicator" not in trouble.problem:
        return None
    text = trouble.text()
    if trouble.column == trouble.first_column or not FIELD.match(text):
        hint = f"write `- {brief(text)}`, or indent the line if it belongs to the entry above"
        return trouble.told_of_line("this line lacks the dash of an entry", trouble.line, hint)
    return _wrong_indent(trouble, trouble.above())


def _indent_of_field(trouble: Trouble) -> Diagnostic | None:
    """A field that stands further right or left than those above it."""
    is_key = "expected key" in trouble.problem or "mapping values" in trouble.problem
    text = trouble.text()
    is_field = FIELD.match(text) is not None or text.lstrip().startswith("- ")
    if not is_key or not is_field or trouble.above() < 0:
        return None
    if text.lstrip().startswith("- ") and (found := _first_without_dash(trouble)):
        return found
    return _wrong_indent(trouble, trouble.above())


def _first_without_dash(trouble: Trouble) -> Diagnostic | None:
    """Return the first entry of a list, where the dash is missing that the others have."""
    line = above = trouble.above()
    while above >= 0 and not FIELD.match(trouble.text(above)):
        line, above = above, trouble.above(above)
    if above < 0 or line == above or trouble.text(line).lstrip().startswith("- "):
        return None
    hint = f"write `- {brief(trouble.text(line))}`"
    return trouble.told_of_line("this line lacks the dash of an entry", line, hint)


def _first_indent(trouble: Trouble) -> Diagnostic | None:
    """A first line that is indented, where the others are not."""
    if "<document start>" not in trouble.problem:
        return None
    line = next((k for k, text in enumerate(trouble.lines) if FIELD.match(text)), trouble.line)
    if not indent_of(trouble.text(line)) or trouble.column:
        return None
    message = "this line is indented, and those after it are not"
    return trouble.told_of_line(message, line, "begin it in column 1")


def _wrong_indent(trouble: Trouble, above: int) -> Diagnostic | None:
    """Return how far the line is from where the fields, or the entries, above it stand."""
    text = trouble.text()
    is_entry = text.lstrip().startswith("- ")
    while above >= 0 and not _is_like(trouble.text(above), is_entry=is_entry):
        above = trouble.above(above)
    column = indent_of(text)
    if above < 0 or column == _start(trouble, above, is_entry=is_entry):
        return None
    if not is_entry and (found := _odd_parent(trouble, above, column)):
        return found
    if column < _start(trouble, above, is_entry=is_entry):
        return _too_little(trouble, above, column, is_entry=is_entry)
    field = FIELD.match(trouble.text(above))
    hint = _as_above(trouble, above, _start(trouble, above, is_entry=is_entry))
    if not is_entry and field and _value(field)[:1] not in ("", "'", '"'):
        hint += "; if it belongs to that text, put the whole text in quotes"
    what = "entry" if is_entry else "line"
    message = f"this {what} is indented too far: it begins in column {column + 1}"
    return trouble.told_of_line(message, trouble.line, hint)


def _too_little(trouble: Trouble, above: int, column: int, *, is_entry: bool) -> Diagnostic:
    """Return the finding of a line left of its neighbours; the field above all of them may be to blame."""
    nearest = above
    while above >= 0 and (start := key_column(trouble, above)) > column:
        is_like = _is_like(trouble.text(above), is_entry=is_entry)
        start = _start(trouble, above, is_entry=is_entry)
        if is_like and column < start <= _start(trouble, nearest, is_entry=is_entry):
            nearest = above
        above = trouble.above(above)
    hint = _as_above(trouble, nearest, _start(trouble, nearest, is_entry=is_entry))
    step = indent_of(trouble.text(nearest)) - indent_of(trouble.text(max(above, 0)))
    if above >= 0 and step != USUAL_STEP and trouble.line - above > CLOSE:
        name = brief(trouble.text(above).strip(), 24)
        hint += f", unless `{name}` in line {above + 1} is the one that is moved"
    what = "entry" if is_entry else "line"
    message = f"this {what} is indented too little: it begins in column {column + 1}"
    return trouble.told_of_line(message, trouble.line, hint)


def _as_above(trouble: Trouble, line: int, column: int) -> str:
    name = brief(trouble.text(line).strip(), 24)
    return f"begin it in column {column + 1}, as `{name}` in line {line + 1} does"


def _start(trouble: Trouble, line: int, *, is_entry: bool) -> int:
    return indent_of(trouble.text(line)) if is_entry else key_column(trouble, line)


def _odd_parent(trouble: Trouble, line: int, column: int) -> Diagnostic | None:
    """Return a field with entries of its own that alone stands further left than its neighbours."""
    field = FIELD.match(trouble.text(line))
    before = trouble.above(line)
    while before >= 0 and indent_of(trouble.text(before)) > column:
        before = trouble.above(before)
    start = key_column(trouble, line)
    if not field or _value(field) or start >= column or key_column(trouble, before) != column:
        return None
    message = f"this line is indented too little: it begins in column {start + 1}"
    return trouble.told_of_line(message, line, _as_above(trouble, before, column))


def _value(field: re.Match[str]) -> str:
    """Return what stands behind a field's colon, without a comment."""
    return re.sub(r"(?:^|\s+)#.*", "", field["value"] or "").strip()


def _is_like(text: str, *, is_entry: bool) -> bool:
    return text.lstrip().startswith("- ") if is_entry else FIELD.match(text) is not None


RULES: tuple[Callable[[Trouble], Diagnostic | None], ...] = (
    _dash_without_space,
    _no_colon,
    _second_colon,
    _indent_of_entry,
    _indent_of_field,
    _first_indent,
)
