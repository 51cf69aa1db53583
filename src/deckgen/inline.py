"""Turns inline Markdown into runs: bold, italic, struck, code, links, equations and line breaks.

CommonMark's rules through markdown-it-py, imported only for a text that holds a mark; raw HTML is
text, and a link that may lead anywhere (`is_followed`) becomes plain text (`unsafe_links` tells).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from deckgen.boxes import Formula, Run, is_jump, plain
from deckgen.languages import ENDS, Phrase, Words
from deckgen.reading.fields import Prose, Text
from deckgen.reading.source import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

SCHEMES = frozenset({"http", "https", "mailto"})
# What may begin markup; an underscore inside a word and a lone `&` do not (CommonMark 6.2, 6.4).
_MARKS = re.compile(r"[*`\[<\\]|(?<!\w)_|_(?!\w)|&#?\w+;|~~|  \n|\$.+\$")
_LEFT_OVER = re.compile(r"[*_`\[\]<&\\$]|~~")
_LINKS = re.compile(r"[\[<]")
BREAKS = {"softbreak": " ", "hardbreak": "\n"}
# Absolute paths, drives, and what most likely is an address without its `https://`.
_ELSEWHERE = re.compile(
    r"[/\\]|\w:|www\.|[\w.-]+\.(?:com|org|net|edu|gov|info|io|eu|de|fr|es|it|uk|ch|at)(?:/|$)", re.I
)
# A break between lines, which a backslash may make hard; two of them are none, but one that is shown.
_BROKEN = re.compile(r"(?<!\\)((?:\\\\)*)\\?\s*\n\s*")
_SPACES = str.maketrans("\t\n\r", "   ")


def parse_inline(text: str) -> tuple[Run, ...]:
    """Return the runs of *text*, which is on one line; neighbouring runs differ."""
    text = on_one_line(text)
    if not _MARKS.search(text):
        return (Run(text),)
    return parse_lines(text)


def parse_lines(text: str) -> tuple[Run, ...]:
    """Return the runs of *text*, a paragraph in lines as an author broke them; only hard breaks stay."""
    return tuple(_merged(_runs(_tokens(text))))


def on_one_line(text: str) -> str:
    """Return *text* as inline Markdown: of an author's blocks all that they say, in a row.

    What stands apart in blocks stays apart: points, rows and lines by a semicolon, cells by a stroke.
    """
    if not (isinstance(text, Prose) and text.has_blocks):
        return text
    row = ""
    for between, leaf in _leaves(text):
        is_ended = between == " / " or not row.rstrip("*_~ ").endswith((*ENDS, *":;,"))
        row += (between if is_ended else " ") + leaf if row else leaf
    return Text(row, text.span)


def leaves_of(text: str) -> Iterator[str]:
    """Yield the texts of blocks without their line breaks, lines of code as such."""
    for _, leaf in _leaves(text):
        yield leaf


def _leaves(text: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of blocks that say something, each after what parts it from the one before."""
    between = after = "; "
    for token in block_parser().parse(text):
        match token.type:
            case "bullet_list_open" | "ordered_list_open" | "table_open":
                between = ": "
            case "tr_open":
                after = " / "
            case "tr_close":
                between = after = "; "
        for leaf in _told(token):
            yield between, leaf
            between = after


def _told(token: Token) -> Iterator[str]:
    """Yield the texts of a token on a line each, but for those that say nothing."""
    match token.type:
        case "inline":
            if leaf := _BROKEN.sub(r"\1 ", token.content.strip()):
                yield leaf
        case "fence" | "code_block":
            yield from _code_spans(token.content)
        case "equation_block":
            yield token.content


def _code_spans(code: str) -> Iterator[str]:
    for line in filter(None, map(str.strip, code.split("\n"))):
        fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
        yield f"{fence} {line} {fence}"


def unmarked(text: str) -> Text:
    """Return *text* without its marks, for places that show none; an author's keeps its place."""
    return Text(plain(parse_inline(text)), getattr(text, "span", None))


def composed(words: Words, phrase: Phrase) -> Text:
    """Return what *phrase* says; its values are inline texts, and the first has its place.

    Where marks are left over in one that could reach into the next, all stand without theirs. A text
    in blocks that ends the phrase stays in blocks.
    """
    if blocks := _blocks_at_end(words, phrase):
        *before, (name, _) = phrase.values
        return _led(composed(words, Phrase(phrase.key, (*before, (name, "")))), blocks)
    given = {
        name: str(on_one_line(text) if isinstance(text, Text) else text or "")
        for name, text in phrase.values
    }
    form = words.open(phrase.key, given)
    if any(_LEFT_OVER.search(unmarked(text)) for text in given.values()):
        given = {name: _escaped(text) for name, text in given.items()}
    first = next((text for _, text in phrase.values if isinstance(text, Text)), None)
    return Text(form.format_map(given), first.span if first is not None else None)


def _blocks_at_end(words: Words, phrase: Phrase) -> str:
    """Return the text in blocks that *phrase* ends with, or nothing."""
    name, text = phrase.values[-1] if phrase.values else ("", None)
    if not (isinstance(text, Prose) and text.has_blocks):
        return ""
    return text if words.open(phrase.key, dict(phrase.values)).endswith(f"{{{name}}}") else ""


def _led(lead: Text, blocks: str) -> Prose:
    """Return *blocks* after *lead*, beside it where they begin with a paragraph."""
    first = next(iter(block_parser().parse(blocks)), None)
    is_beside = first is not None and first.type == "paragraph_open"
    between = " " if is_beside else "\n\n"
    return Prose(f"{lead.rstrip()}{between}{blocks}", lead.span)


def _escaped(text: str) -> str:
    """Return inline Markdown that shows the characters of *text* without its marks."""
    return re.sub(r"[!-/:-@\[-`{-~]", r"\\\g<0>", unmarked(text))


def unsafe_links(text: str) -> tuple[str, ...]:
    """Return the targets in *text* that no document links to."""
    return tuple(href for href in _targets(text) if not is_followed(href))


def jumps_in(text: str) -> tuple[str, ...]:
    """Return the ids of the blocks that links in *text*, such as `#quiz`, lead to."""
    return tuple(href[1:] for href in _targets(text) if is_jump(href))


def _targets(text: str) -> Iterator[str]:
    if _LINKS.search(text):
        yield from (str(t.attrs["href"]) for t in _tokens(text) if t.type == "link_open")


def is_followed(target: str) -> bool:
    """Return whether a text may link to *target*: an address, a file beside, a block."""
    return is_safe_link(target) or is_relative(target) or is_jump(target)


def is_relative(target: str) -> bool:
    """Return whether *target* is a path from where the file is that links to it, such as `notes.md`."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    path = unquote(parts.path)
    is_elsewhere = bool(parts.scheme or parts.netloc or _ELSEWHERE.match(path))
    return bool(path) and not is_elsewhere and not re.search(r"[\s<>\\]", target)


def is_safe_link(target: str) -> bool:
    """Return whether *target* is an absolute http, https or mailto address."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if re.search(r"[\s<>]", target):
        return False
    if parts.scheme.lower() == "mailto":
        return bool(parts.path)
    return parts.scheme.lower() in SCHEMES and bool(parts.netloc)


def _tokens(text: str) -> list[Token]:
    return _parser().parseInline(text)[0].children or []


@cache
def block_parser() -> MarkdownIt:
    """Return the parser of block Markdown: CommonMark with the tables of GFM; texts in it stay source."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 (30 ms, for texts in blocks only)

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table"])
    parser.block.ruler.before(
        "fence",
        "equation_block",
        _equation_block,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    # A definition of a link would vanish from what is shown.
    return parser.disable(["reference", "inline"])


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 (30 ms, for marked texts only)

    parser = MarkdownIt("zero").enable(
        [
            "emphasis",
            "strikethrough",
            "backticks",
            "link",
            "escape",
            "entity",
            "autolink",
            "newline",
        ]
    )
    parser.inline.ruler.before("escape", "equation", _equation)
    parser.inline.ruler.enable("equation")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def _equation(state: StateInline, silent: bool) -> bool:
    """Take an equation: a rule as markdown-it asks for it."""
    from deckgen.equations.markup import equation_at  # noqa: PLC0415 (few texts hold one)

    found = equation_at(state.src, state.pos) if state.src[state.pos] == "$" else None
    if found is None:
        return False
    if not silent:
        token = state.push("equation", "math", 0)
        token.content, token.meta = found.latex, {"is_display": found.is_display}
    state.pos = found.end
    return True


def _equation_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Take lines from one that begins with `$$` to one that ends so: no line of it is a list, say."""
    from deckgen.equations.markup import equation_at  # noqa: PLC0415 (few texts hold one)

    if state.is_code_block(first) or not state.src.startswith("$$", _start(state, first)):
        return False
    for line in range(first, last):
        text = state.src[_start(state, first) : state.eMarks[line]].rstrip()
        found = equation_at(text, 0) if text.endswith("$$") and len(text) > 4 else None
        if state.isEmpty(line) or (found and found.end != len(text)):
            return False
        if found is None:
            continue
        if not silent:
            token = state.push("equation_block", "math", 0)
            token.content, token.map = f"$${found.latex}$$", [first, line + 1]
            state.line = line + 1
        return True
    return False


def _start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def equation_run(latex: str, *, is_display: bool) -> Run:
    """Return an equation as a run, or its LaTeX as code where nothing is installed that reads it."""
    from deckgen.equations import is_installed  # noqa: PLC0415 (few texts hold one)
    from deckgen.equations.linear import linear  # noqa: PLC0415

    formula = Formula(latex, linear(latex), is_display)
    return Run(formula.text, code=not is_installed(), equation=formula)


def equations_in(text: str) -> Iterator[Formula]:
    """Yield the equations of a text in order."""
    if text.count("$") < 2:
        return
    is_in_blocks = isinstance(text, Prose) and text.has_blocks
    for leaf in leaves_of(text) if is_in_blocks else (text,):
        yield from (run.equation for run in parse_inline(leaf) if run.equation)


def equation_alone(text: str) -> Formula | None:
    """Return the equation that *text* is and nothing else, if it is a display one."""
    if not text.startswith("$$"):
        return None
    run, *others = parse_inline(text)
    formula = run.equation
    return formula if formula and formula.is_display and not others else None


def _runs(tokens: list[Token]) -> Iterator[Run]:
    bold = italic = struck = 0
    links: list[str | None] = []
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "s_open" | "s_close":
                struck += token.nesting
            case "link_open":
                href = str(token.attrs["href"])
                links.append(href if is_followed(href) else None)
            case "link_close":
                links.pop()
            case "equation":
                run = equation_run(_clean(token.content), is_display=token.meta["is_display"])
                yield run._replace(
                    bold=bold > 0,
                    italic=italic > 0,
                    link=links[-1] if links else None,
                    struck=struck > 0,
                )
            case _:
                link = links[-1] if links else None
                text = BREAKS.get(token.type) or _clean(token.content)
                code = token.type == "code_inline"
                yield Run(text, bold > 0, italic > 0, code, link, struck=struck > 0)


def _clean(text: str) -> str:
    """Return *text* on one line, without what an entity such as `&#12;` smuggled in."""
    return clean(text).translate(_SPACES)


def _merged(runs: Iterator[Run]) -> Iterator[Run]:
    held: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if held and held._replace(text=run.text) == run and run.equation is None:
            held = held._replace(text=held.text + run.text)
        else:
            if held:
                yield held
            held = run
    if held:
        yield held
