"""Turns texts into portable Markdown: what an author did not mean as markup stays as typed.

Portable means the same reading by CommonMark, GFM and pandoc's own Markdown. So the escapes cover
pandoc's extensions too (math, citations, super- and subscripts, attributes, fancy lists), and a `|`
is escaped everywhere but in equations: the same text then stands in a table cell (`in_cell`) and in a
paragraph. Characters that no reader takes for markup where they stand (`R&D`, `snake_case`, `a < b`) stay bare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from deckgen.boxes import Formula, Run, is_jump, plain
from deckgen.inline import is_safe_link, on_one_line, parse_inline, parse_lines
from deckgen.reading.fields import Text

_ESCAPED = re.compile(
    r"[\\`*\[\]|~^${]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # snake_case stays
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=\#?\w+;)"
    r"|(?<!\S)\#|(?<=\#)\#"
    r"|(?<!\w)@"  # pandoc: a citation
    r"|:(?=[a-z0-9_+-]*[a-z+-][a-z0-9_+-]*:|100:|1234:)"  # GitHub: an emoji
)
_MAY_BE_ESCAPED = re.compile(r"[\\`*\[\]|~^${_<&#@:]")  # a fast look before the close one
_BARE_ADDRESS = re.compile(r"(?<=http|xmpp)s?(?=://\S*\\)|(?<=www)(?=\.\S*\\)|(?<=mailto)(?=:)")
_STARTS_BLOCK = re.compile(
    r"-(?=[-\s]|$)|\+(?=[-=\s]|$)|=|>|:(?=[:\s])|\((?=\w+\))"
    r"|(?P<number>\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?=[.)](?:\s|$))"
)
_LINES = re.compile(  # bare underscores; not those escaped, in code or in an address
    r"\\.|(?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)|\]\([^)]*\)|<[^>]*>|(?P<line>_{6,})"
)
_COLUMNS = re.compile(r"(?P<columns>\\begin\s*\{array\}\s*\{[^}]*\})|\\?\|")
_BARS = {"|": r"\vert ", r"\|": r"\Vert "}
_SPACES = re.compile(r"[ \x00-\x1f]+")
_IN_ADDRESS = re.compile(r"[\s()<>|\\`\[\]]")


class Markdown(str):
    """Markdown source that is safe to write in a line or a table cell as it is."""

    __slots__ = ()


BLANK = Markdown("&nbsp;")  # a cell to write in
LINE = Markdown("_" * 60)  # a line to write on, in a text


def markdown(text: str) -> Markdown:
    """Return the inline Markdown *text* of an author in portable form, blocks on one line."""
    return _markdown(on_one_line(text))


@lru_cache(maxsize=1024)  # a title stands in five places
def _markdown(text: str) -> Markdown:
    return _portable(parse_inline(_one_line(text)))


def lines(text: str) -> Markdown:
    """Return inline Markdown of an author whose hard line breaks stay, as in a paragraph."""
    return _portable(parse_lines(text.strip()))


def _portable(runs: Sequence[Run]) -> Markdown:
    """Return *runs* as Markdown; what jumps to a slide leads nowhere on paper."""
    held = [run._replace(link=None) if is_jump(run.link or "") else run for run in runs]
    return Markdown("\\\n".join(map(_at_start, _serialised(held).split("\n"))))


@lru_cache(maxsize=1024)
def literal(text: str) -> Markdown:
    """Return Markdown that shows exactly the characters of *text*, its marks included."""
    return Markdown(_at_start(_escaped(_one_line(text))))


def unmarked(text: str) -> Markdown:
    """Return an author's *text* without its bold, italic, code and links."""
    return literal(plain(parse_inline(text)))


def unbold(text: str) -> Markdown:
    """Return an author's *text* for a place that is bold itself: with all its other marks."""
    runs = tuple(run._replace(bold=False) for run in parse_inline(_one_line(text)))
    return Markdown(_at_start(_serialised(runs)))


def address(url: str) -> Markdown:
    """Return *url* as a link that shows it, or its characters where it is no address."""
    runs = (Run(url, link=url),) if is_safe_link(url) else (Run(url),)
    return Markdown(_serialised(runs))


def show(value: object) -> object:
    """Return *value* as templates write it: an author's text as Markdown, nothing for None."""
    if isinstance(value, Text):
        return markdown(value)
    return "" if value is None else value


def pieces(text: str) -> Iterator[Run | None]:
    """Yield the runs of a `Markdown` text; None stands for a line to write on.

    Six and more bare underscores are such a line. Those that an author typed are escaped.
    """
    place = 0
    for found in _LINES.finditer(text) if "______" in text else ():
        if found["line"]:
            yield from _read(text[place : found.start()])
            yield None
            place = found.end()
    yield from _read(text[place:])


def joined(separator: str, parts: Iterable[Markdown]) -> Markdown:
    """Return the parts that are not empty, with *separator* between them."""
    return Markdown(separator.join(part for part in parts if part))


def _read(text: str) -> tuple[Run, ...]:
    return parse_inline(text) if text else ()


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")


def _escaped(text: str) -> str:
    if not _MAY_BE_ESCAPED.search(text):
        return text
    escaped = _ESCAPED.sub(r"\\\g<0>", text)
    return _BARE_ADDRESS.sub(r"\g<0>\\", escaped)  # or GFM would show the escapes in it


def _at_start(text: str) -> str:
    """Return *text* so that it cannot begin a list, a quotation, an underline or a definition."""
    match = _STARTS_BLOCK.match(text)
    if match is None:
        return text
    place = match.end() if match["number"] else 0
    return f"{text[:place]}\\{text[place:]}"


def _serialised(runs: Sequence[Run]) -> str:
    """Return *runs* as Markdown that reads back as the same runs, or else without emphasis."""
    if any(run.struck for run in runs):
        return _struck(runs)
    if not any(run.bold or run.italic for run in runs):
        return _side_by_side(runs)
    for outer, inner in (("bold", "italic"), ("italic", "bold")):
        for italic in ("*", "_"):
            text = _nested(runs, {"bold": "**", "italic": italic}, outer, inner)
            if _looks(parse_inline(text)) == _looks(runs):
                return text
    return _side_by_side(runs)


def _struck(runs: Sequence[Run]) -> str:
    """Return *runs*, some of them struck, which is outside of what else they are."""
    parts = []
    for is_struck, same in groupby(runs, key=lambda run: run.struck):
        text = _serialised([run._replace(struck=False) for run in same])
        parts.append(_wrapped(text, "~~") if is_struck else text)
    return "".join(parts)


def _nested(runs: Sequence[Run], marks: dict[str, str], *attributes: str) -> str:
    """Return *runs* with emphasis by *attributes*, the first one outermost."""
    if not attributes:
        return _side_by_side(runs)
    attribute, *rest = attributes
    parts = []
    for is_on, same in groupby(runs, key=lambda run: bool(getattr(run, attribute))):
        text = _nested(list(same), marks, *rest)
        parts.append(_wrapped(text, marks[attribute]) if is_on else text)
    return "".join(parts)


def _wrapped(text: str, mark: str) -> str:
    """Return *text* between marks; spaces at its ends move outside, where marks work."""
    inner = text.strip(" \n")
    if not inner:
        return text
    before, after = text.partition(inner)[::2]
    return f"{before}{mark}{inner}{mark}{after}"


def _side_by_side(runs: Sequence[Run]) -> str:
    text = ""
    for run in runs:
        if run.link and text.endswith("!"):
            text = f"{text[:-1]}\\!"  # or the link would be an image
        text += _inner(run)
    return text


def _inner(run: Run) -> str:
    if run.equation:
        return dollars(run.equation)
    text = _code(run.text) if run.code else _escaped(run.text)
    if not run.link:
        return text
    if run.link in (run.text, f"mailto:{run.text}") and not _IN_ADDRESS.search(run.text):
        return f"<{run.text}>"
    return f"[{text}]({_target(run.link)})"


def dollars(formula: Formula) -> str:
    """Return an equation between dollars, as GitHub and pandoc read it."""
    return _dollars(formula.latex, is_display=formula.is_display)


def _dollars(latex: str, *, is_display: bool) -> str:
    from deckgen.equations.markup import stripped  # noqa: PLC0415 (few texts hold one)

    mark = "$$" if is_display else "$"
    return f"{mark}{stripped(latex)}{mark}"  # no line of it can begin a list, say


def in_cell(text: str) -> str:
    """Return a text for a cell of a table: a bar in an equation, which would end the cell, by its name."""
    if "|" not in text or "$" not in text:
        return text
    from deckgen.equations.markup import equations_of  # noqa: PLC0415 (few texts hold one)

    parts, place = [], 0
    for start, found in equations_of(text):
        latex = _COLUMNS.sub(_bar, found.latex)
        parts += [text[place:start], _dollars(latex, is_display=found.is_display)]
        place = found.end
    return "".join((*parts, text[place:]))


def _bar(found: re.Match[str]) -> str:
    return found[0] if found["columns"] else _BARS[found[0]]


def _code(text: str) -> str:
    """Return code spans; a pipe stands between them, since a table cell cannot hold it in one."""
    return r"\|".join(_span(part) for part in text.split("|"))


def _span(text: str) -> str:
    if not text.strip():
        return text
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _target(link: str) -> str:
    return _IN_ADDRESS.sub(lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), link)


def _looks(runs: Sequence[Run]) -> list[tuple[str, bool, bool, bool, str | None]]:
    """Return each visible character with its look: spaces carry no emphasis."""
    return list(_characters(runs))


def _characters(runs: Sequence[Run]) -> Iterator[tuple[str, bool, bool, bool, str | None]]:
    for run in runs:
        if run.equation:
            yield run.equation.text, False, False, False, run.link
            continue
        for character in run.text:
            if character.isspace():
                yield " ", False, False, False, None
            else:
                is_code = run.code and character != "|"  # `_code` sets it between spans
                yield character, run.bold, run.italic, is_code, run.link
