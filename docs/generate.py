"""`make docs`: writes the pages of docs/ that repeat what the code declares.

`docs/outline.md` (every field of every block kind, and who sees it) and `docs/diagnostics.md` (every
finding) come from the declarations themselves; a test fails when they are out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from deckgen.blocks import KINDS
from deckgen.blocks.base import Block, Notes
from deckgen.catalogue import CATALOGUE, LINTS
from deckgen.methods import load_methods
from deckgen.outline.defaults import Usual
from deckgen.outline.model import Mentioned, Workshop
from deckgen.outline.reference import (
    FieldFact,
    class_fact,
    example_of,
    fields_of,
    held_classes,
    kind_fact,
)

DOCS = Path(__file__).parent
TEXTS = """\
## Texts

Every text takes **bold**, *italic*, `code`, ~~struck~~ (`~~struck~~`) and links: to `https:`, `http:` and `mailto:`
addresses, to files by a path from the deck or document (`[more](notes.md)`), and on slides to a block by its id
(`[the quiz](#quiz)`).

Fields that hold *text in blocks* also take block Markdown, CommonMark with the tables and boxes to tick of GitHub:
paragraphs, lists with bullets or numbers, one inside the other, tables, quotations, fenced code, headings (they become bold
paragraphs) and hard line breaks (two spaces or `\\` at the end of a line). Write them after `|`, which keeps your lines:

```yaml
- kind: content
  title: How to sharpen
  text: |
    Three things matter:

    1. a steady angle
       - 15 degrees for thin blades
    2. little pressure

    | Stone | Grit |
    |:------|-----:|
    | rough |  400 |
    | fine  | 3000 |
  notes:
    say: |
      Show both sides.

      > A dull knife is the dangerous one.
```

On slides these become native text, lists, tables and listings, under each other in one size. What does not fit one
slide goes on on further ones, with the head of its table; a rule (`---`) only parts a text. Raw HTML is text, and so are
pictures: those have blocks of their own. Other fields, such as titles and the entries of lists, are one line: a list or a
table in one of them is put on one line, and a warning says so (`one-line-text`).
"""


def main() -> None:
    """Write the generated pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(f"wrote docs/{name}")


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {
        "outline.md": "\n".join(_outline_page()) + "\n",
        "diagnostics.md": "\n".join(_diagnostics_page()) + "\n",
    }


def _diagnostics_page() -> Iterator[str]:
    yield "# Diagnostics"
    yield ""
    yield "Every finding names a file, a line and a column. An error stops the build; a warning does so only"
    yield "with `--strict`; a note is for information. `deckgen check` finds them all in one run, and"
    yield "`deckgen explain ID` prints a line of this table."
    yield ""
    yield "| Id | Severity | Meaning | How to fix it |"
    yield "|:---|:---------|:--------|:--------------|"
    for id, rule in CATALOGUE.items():
        yield f"| `{id}` | {rule.severity} | {rule.meaning} | {rule.mend} |"
    yield ""
    yield "## Advice"
    yield ""
    yield "Some findings are advice on workshop design. If you know better, switch them off with `ignore`,"
    yield "for a single block or, under `workshop`, for all of it:"
    yield ""
    yield "```yaml"
    yield "workshop:"
    yield "  title: Knife skills"
    yield "  ignore: [low-active-share]"
    yield "blocks:"
    yield "  - kind: activity"
    yield "    title: Dull or sharp?"
    yield "    ignore: [no-debrief]"
    yield "```"
    yield ""
    yield "These can be switched off: " + ", ".join(f"`{id}`" for id in LINTS) + "."
    yield ""
    yield "Only blocks that run are judged, so another budget or audience may give other advice. People are"
    yield "active in `discussion`, `activity`, `poll`, `case`, `quiz`, `framework`, `debrief` and"
    yield "`exit_ticket`; in all other kinds they listen. Breaks and the buffer do not count. Verbs, and the"
    yield "wording of your own steps, are judged in English only."


def _outline_page() -> Iterator[str]:
    yield "# The outline"
    yield ""
    yield "An outline is one YAML file with `workshop` (the facts), `blocks` (what happens, in order),"
    yield "`audiences` (changes for other audiences) and `mentioned` (names). What Markdown texts take"
    yield "is said [below](#texts). `10:00` is a time and `No` is a text, quoted or not. Fields"
    yield "that begin with `x-` are yours; deckgen ignores them. Where a list is expected, a single value"
    yield "will do."
    yield ""
    yield "The column *Seen* says where a field may appear: **s** slide, **f** facilitator notes,"
    yield "**h** handout, **a** its answer page (`--with-answers`). What only the facilitator sees never"
    yield "reaches a slide or the handout."
    yield ""
    yield "The first line may be `deckgen: 1`, the version of the format; without it, it is 1."
    yield ""
    yield from TEXTS.split("\n")
    yield from _section("workshop", Workshop)
    yield from _classes(held_classes(Workshop))
    yield from _defaults()
    yield "## Every block"
    yield ""
    yield "`kind` comes first. Time is one number, or `[min, ideal, max]`: never under the first, never over"
    yield "the last. A block without `time` takes the minutes of its method, else the usual ones of its kind."
    yield ""
    yield from _table(fields_of(Block))
    yield from _classes(held_classes(Block))
    yield "`short_form` holds fields that make the block shorter; it is tried before the block is cut. Older"
    yield "outlines say `alt` for `short_form` and `fit` for `overflow`: both still work."
    yield ""
    yield from _conditions()
    yield from _materials()
    yield from _section("notes", Notes)
    yield from _classes(held_classes(Notes))
    yield "## Kinds"
    yield ""
    yield "`deckgen kinds NAME` prints the same on a terminal."
    yield ""
    for kind in KINDS:
        yield from _kind(kind)
    yield from _audiences()
    yield from _mentioned()
    yield from _parts()
    yield from _methods()


def _kind(kind: str) -> Iterator[str]:
    fact = kind_fact(kind)
    method = ", or those of its method" if fact.has_method else ""
    yield f"### {kind}"
    yield ""
    yield f"{fact.help} Usual minutes: {fact.minutes}{method}."
    yield ""
    yield "```yaml"
    yield from example_of(kind).splitlines()
    yield "```"
    yield ""
    if fact.fields:
        yield from _table(fact.fields)
    else:
        yield "No fields of its own."
        yield ""
    for held in fact.classes:
        yield f"**{held.name}**: {held.help}"
        yield ""
        yield from _table(held.fields)


def _section(name: str, cls: type) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield from _table(fields_of(cls))


def _table(fields: Iterable[FieldFact]) -> Iterator[str]:
    yield "| Field | Holds | Default | Seen | What it is for |"
    yield "|:------|:------|:--------|:-----|:---------------|"
    for field in fields:
        required = " **(required)**" if field.is_required else ""
        default = f"`{field.default}`" if field.default else ""
        texts = (f"`{field.name}`", field.holds, default, field.seen, f"{field.help}{required}")
        yield f"| {' | '.join(texts)} |"
    yield ""


def _classes(classes: Iterable[type]) -> Iterator[str]:
    """Yield a table for each class that fields hold."""
    for cls in classes:
        fact = class_fact(cls)
        yield f"**{fact.name}**: {fact.help}"
        yield ""
        yield from _table(fact.fields)


def _defaults() -> Iterator[str]:
    yield "## Your own defaults"
    yield ""
    yield "What you would write into each outline can stand in one file, `deckgen.toml`:"
    yield ""
    yield "```toml"
    yield 'lang = "de-DE"'
    yield 'template = "brand.potx"'
    yield 'output = "decks"'
    yield 'team = {lead = "Ada", host = "Bo"}'
    yield "people = {expected = 16, group = 4}"
    yield "```"
    yield ""
    yield "| Field | Holds | What it is for |"
    yield "|:------|:------|:---------------|"
    for field in fields_of(Usual):
        yield f"| `{field.name}` | {field.holds} | {field.help} |"
    yield ""
    yield "It is looked for beside the outline, then in the folders above, up to the root of a git repository;"
    yield "there, `[tool.deckgen]` in a `pyproject.toml` will do, too. If there is none, the one in your"
    yield "configuration folder holds: `deckgen/deckgen.toml` in `$XDG_CONFIG_HOME`, else in `~/.config`"
    yield "(in `%APPDATA%` on Windows); `DECKGEN_CONFIG` names another file, or none if it is empty."
    yield ""
    yield "1. A command's options win over everything."
    yield "2. What the outline says wins over defaults. A field that is left empty takes none."
    yield "3. Then comes the nearest file with defaults. It holds alone: files are never mixed."
    yield "4. Then come the defaults in the tables here."
    yield ""
    yield "Paths are relative to the file that holds them. A theme in the outline also replaces a template"
    yield "in the defaults. `deckgen config OUTLINE` shows which value holds, and where it is written."
    yield ""
    yield "The same outline with the same defaults gives the same bytes. So give a repository that several"
    yield "people share a `deckgen.toml` of its own, if only an empty one: it travels with the outlines, and"
    yield "nobody's own defaults play a part."
    yield ""


def _conditions() -> Iterator[str]:
    yield "`when` says under which conditions a block takes part; all that are given must hold:"
    yield ""
    yield "```yaml"
    yield "workshop: {title: Knife skills, budget: 60}"
    yield "blocks:"
    yield "  - kind: discussion"
    yield "    title: Knives at work"
    yield "    question: Which knife do you reach for first?"
    yield "    when: {audience: [cooks], budget: '>=45', people: '<20', mode: in_person}"
    yield "  - kind: recap"
    yield "    takeaways: A sharp knife is a safe knife"
    yield "audiences: {cooks: {}}"
    yield "```"
    yield ""
    yield "`budget` and `people` take a number after `>=`, `<=`, `>`, `<`, `!=` or nothing; `audience` and"
    yield "`mode` take one name or a list, of which one must hold."
    yield ""


def _materials() -> Iterator[str]:
    yield "`materials` are counted for the people who come and appear, added up, in the facilitator notes:"
    yield ""
    yield "```yaml"
    yield "workshop: {title: Knife skills, people: 12}"
    yield "blocks:"
    yield "  - kind: activity"
    yield "    title: Sharpen it"
    yield "    task: Sharpen your knife until it cuts paper."
    yield "    debrief: {what: 'What did you hear?', so_what: 'What does it tell?', now_what: 'When is it done?'}"
    yield "    materials:"
    yield "      - Apron                                     # one for the session"
    yield "      - {item: Knife, per: person, spare: 10%}    # 14 for 12 people"
    yield "      - {item: Whetstone, per: group, qty: 2}     # 6 for 3 groups"
    yield "```"
    yield ""


def _audiences() -> Iterator[str]:
    yield "## audiences"
    yield ""
    yield "Each audience has a name and says only what it changes: maps merge, lists replace, an empty value"
    yield "deletes. Blocks go by their `id`, and an empty one is left out. `--audience NAME` chooses one;"
    yield "without it, `workshop: audience` does, else nothing is changed. All are checked in any case."
    yield ""
    yield "```yaml"
    yield "workshop: {title: Knife skills, objectives: [Hold a knife, Sharpen a knife]}"
    yield "blocks:"
    yield "  - {kind: briefing, id: grip, title: The grip, key_message: Pinch the blade, objectives: O1}"
    yield "  - {kind: recap, id: care, title: Care, takeaways: [Never in the dishwasher], objectives: O2}"
    yield "audiences:"
    yield "  cooks:"
    yield "    workshop: {title: Knife skills for cooks}"
    yield "    blocks:"
    yield "      grip:               # left out"
    yield "      care: {takeaways: [Hone it daily, Sharpen it weekly], objectives: [O1, O2]}"
    yield "```"
    yield ""


def _mentioned() -> Iterator[str]:
    yield from _section("mentioned", Mentioned)
    yield from _classes(held_classes(Mentioned))
    yield "Names appear in the handout, and in the facilitator notes with what has to be checked:"
    yield ""
    yield "```yaml"
    yield "workshop: {title: Knife skills}"
    yield "blocks: [{kind: recap, takeaways: [Pinch the blade]}]"
    yield "mentioned:"
    yield "  tools: [Whetstone, {name: Santoku, aka: [Santoku bocho], note: A knife for three uses}]"
    yield "  people: [{name: J. Moreau, verify: true}]   # off slides and handout until it is checked"
    yield "```"
    yield ""


def _parts() -> Iterator[str]:
    yield "## Parts from other files, and params"
    yield ""
    yield "`include`, among the blocks, inserts those of another file; its path is relative to the file"
    yield "that includes it. Its `params` are values for the included file:"
    yield ""
    yield "```yaml"
    yield "workshop: {title: Knife skills}"
    yield "blocks:"
    yield "  - include: parts/warm-up.yaml"
    yield "    params: {topic: knives, minutes: 8}"
    yield "  - kind: break"
    yield "```"
    yield ""
    yield "The included file is a list of blocks, or has `blocks` and its own `params`. If it declares params,"
    yield "it accepts only those. A param without a value is required:"
    yield ""
    yield "```yaml"
    yield "params:"
    yield "  topic:"
    yield "  minutes: 5"
    yield "blocks:"
    yield "  - kind: discussion"
    yield '    title: "First thoughts on {topic}"'
    yield '    time: "{minutes}"'
    yield "    method: think_pair_share"
    yield '    question: "When did {topic} last surprise you?"'
    yield "```"
    yield ""
    yield "An outline may also declare `params`, next to `workshop`. `{name}` is replaced only in files with"
    yield "params, where an undeclared name is an error; write `{{` and `}}` for braces. A text that"
    yield "begins with `{` needs quotes. Audiences change included blocks by their ids. Paths of pictures"
    yield "are relative to the file that names them. Includes are limited to 10 files deep and 200 in all."
    yield ""


def _methods() -> Iterator[str]:
    yield "## Methods"
    yield ""
    yield "A block that names a method gets its steps and minutes, unless it has its own. The facilitator notes get"
    yield "questions for when the talk stalls, which `notes: probes` replaces, and for an activity or a case the"
    yield "questions of a debrief, which `debrief` replaces; they say which method they are from. `deckgen"
    yield "methods NAME` prints the steps, how it runs online, and a block to paste."
    yield ""
    yield "| Method | Minutes | People | What they do |"
    yield "|:-------|--------:|:-------|:-------------|"
    for method in load_methods().values():
        people = f"{method.least_people} to {method.most_people}"
        yield f"| `{method.id}` | {method.minutes} | {people} | {method.doing} |"


if __name__ == "__main__":
    main()
