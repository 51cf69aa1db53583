"""Loading: overlays, alternates, ids, references, links and audiences."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from deckgen.blocks import KINDS
from deckgen.diagnostics import DeckgenError, Diagnostics, Source
from deckgen.outline.load import load, load_source, outlines_in
from deckgen.outline.model import Outline

ROOT = Path(__file__).parents[2]
FRAME = "workshop: {title: Knives}\n"
RECAP = "- {kind: recap, takeaways: [a]}\n"
BASE = """
workshop:
  title: Knives
  subtitle: Sharp ones
  team: {lead: Ada, host: Bo}
  objectives: [Hold a knife, Sharpen a knife]
blocks:
  - {kind: recap, id: first, title: First, takeaways: [a, b], notes: {say: [x], purpose: p}}
  - {kind: recap, id: last, title: Last, takeaways: [c]}
audiences:
  cooks:
"""


def outline(text: str, audience: str | None = None) -> Outline:
    """Return the outline in *text*, in which nothing is wrong."""
    diagnostics = Diagnostics()
    found = load_source(Source("o.yaml", text), diagnostics, audience)
    assert found is not None, [found.message for found in diagnostics]
    assert not diagnostics.found
    return found


def for_cooks(overlay: str) -> Outline:
    """Return the base outline for cooks, whose overlay is *overlay*."""
    return outline(BASE + indented(overlay), "cooks")


def indented(overlay: str) -> str:
    """Return *overlay* as it stands under an audience."""
    return "".join(f"    {line}\n" for line in dedent(overlay).strip().splitlines())


def findings(text: str, audience: str | None = None) -> list[str]:
    """Return what is wrong in *text*, as `id line:column+length`."""
    diagnostics = Diagnostics()
    try:
        found = load_source(Source("o.yaml", text), diagnostics, audience)
    except DeckgenError:
        found = None
    assert (found is None) == diagnostics.has_errors
    return [f"{f.id} {place(f.span)}" for f in diagnostics]


def place(span: object) -> str:
    """Return a span as `line:column+length`."""
    return f"{span.line}:{span.column}+{span.length}" if span else "nowhere"  # type: ignore[attr-defined]


class TestOverlays:
    """Maps merge, lists replace, null deletes."""

    def test_maps_merge(self) -> None:
        team = for_cooks("workshop: {team: {host: Cy}}").workshop.team
        assert (team.lead, team.host) == ("Ada", "Cy")

    def test_lists_replace(self) -> None:
        assert for_cooks("blocks: {first: {takeaways: [z]}}").blocks[0].takeaways == ("z",)

    def test_maps_in_blocks_merge(self) -> None:
        notes = for_cooks("blocks: {first: {notes: {say: [y]}}}").blocks[0].notes
        assert (notes.say, notes.purpose) == (("y",), "p")

    @pytest.mark.parametrize("null", ["", "~", "null"])
    def test_null_deletes_a_field(self, null: str) -> None:
        workshop = for_cooks(f"workshop: {{subtitle: {null}, team: {{host: {null}}}}}").workshop
        assert (workshop.subtitle, workshop.team.host, workshop.team.lead) == (None, None, "Ada")

    def test_null_deletes_a_block(self) -> None:
        assert [block.id for block in for_cooks("blocks: {first: ~}").blocks] == ["last"]

    def test_an_empty_overlay_changes_nothing(self) -> None:
        assert [block.id for block in for_cooks("").blocks] == ["first", "last"]

    def test_the_kind_may_change(self) -> None:
        overlay = "blocks: {last: {kind: highlight, takeaways: ~, text: Cut}}"
        assert for_cooks(overlay).blocks[1].KIND == "highlight"

    def test_the_base_stays_as_it_was(self) -> None:
        found = outline(BASE + indented("blocks: {first: {title: Other}}"))
        assert found.blocks[0].title == "First"

    def test_changed_texts_stand_in_the_overlay(self) -> None:
        title = for_cooks("blocks:\n  first:\n    title: Other").blocks[0].title
        assert place(title.span) == "14:16+5"

    @pytest.mark.parametrize(
        ("overlay", "expected"),
        [
            ("workshop: {start: noon}", ["wrong-type 12:23+4"]),
            ("workshop: {titel: T}", ["unknown-field 12:16+5"]),
            ("workshop: {title: ~}", ["missing-field 12:16+5"]),
            ("workshop: word", ["wrong-type 12:15+1"]),
            (
                "workshop: {objectives: [{text: t, id: O7}, {text: u, id: O7}]}",
                ["duplicate-id 12:62+2"],
            ),
            ("blocks: [x]", ["wrong-type 12:13+1"]),
            ("blocks: {frist: {title: T}}", ["unknown-block 12:14+5"]),
            ("blocks: {first: word}", ["wrong-type 12:21+1"]),
            ("blocks: {first: {takeaways: ~}}", ["missing-field 12:22+9"]),
            ("blocks: {first: {objectives: O9}}", ["unknown-objective 12:34+2"]),
            ("blocks: {first: {time: [3, 2, 1]}}", ["time-order 12:28+1"]),
            ("bloks: {first: {title: T}}", ["unknown-field 12:5+5"]),
            ("blocks: {last: {id: first}}", ["duplicate-id 12:25+5"]),
        ],
    )
    def test_what_an_overlay_breaks_is_told_in_it(self, overlay: str, expected: list[str]) -> None:
        assert findings(BASE + indented(overlay)) == expected

    def test_all_audiences_are_checked_whichever_is_built(self) -> None:
        text = BASE + indented("workshop: {start: noon}") + "  guests:\n"
        assert findings(text, "guests") == ["wrong-type 12:23+4"]

    def test_a_mistake_in_the_base_is_told_once(self) -> None:
        text = BASE.replace("subtitle: Sharp ones", "start: noon") + "  guests:\n"
        assert findings(text) == ["wrong-type 4:10+4"]

    @pytest.mark.parametrize("audiences", ["[a]", "word"])
    def test_audiences_are_names(self, audiences: str) -> None:
        text = f"{FRAME}audiences: {audiences}\nblocks:\n{RECAP}"
        assert findings(text) == ["wrong-type 2:12+1"]

    def test_an_audience_takes_changes(self) -> None:
        assert findings(f"{FRAME}audiences: {{a: word}}\nblocks:\n{RECAP}") == ["wrong-type 2:16+1"]


class TestAudiences:
    """Which audience an outline is loaded for."""

    def test_none_if_none_is_named(self) -> None:
        assert outline(BASE).audience is None

    def test_the_workshop_names_the_usual_one(self) -> None:
        assert outline(BASE.replace("subtitle: Sharp ones", "audience: cooks")).audience == "cooks"

    def test_the_caller_names_another(self) -> None:
        text = BASE.replace("subtitle: Sharp ones", "audience: cooks") + "  guests:\n"
        found = outline(text, "guests")
        assert (found.audience, found.audiences) == ("guests", ("cooks", "guests"))

    def test_one_that_is_not_declared(self) -> None:
        assert findings(BASE, "guests") == ["unknown-audience nowhere"]
        text = BASE.replace("subtitle: Sharp ones", "audience: coks")
        assert findings(text) == ["unknown-audience 4:13+4"]

    def test_a_condition_on_one_that_is_not_declared(self) -> None:
        text = f"{FRAME}blocks:\n- {{kind: recap, takeaways: a, when: {{audience: [cooks]}}}}\n"
        assert findings(text) == ["unknown-audience 3:49+5"]

    @pytest.mark.parametrize("null", ["", "~", "{}"])
    def test_there_may_be_none(self, null: str) -> None:
        assert outline(f"{FRAME}audiences: {null}\nblocks:\n{RECAP}").audiences == ()


class TestAlternates:
    """`alt` is the block again, changed."""

    DISCUSSION = (
        "- {kind: discussion, id: talk, title: Talk, question: Why?, time: 9, steps: [a, b]"
    )

    def alternate(self, alt: str) -> object:
        [block] = outline(f"{FRAME}blocks:\n{self.DISCUSSION}, alt: {alt}}}\n").blocks
        return block.short_form

    def test_keeps_what_it_does_not_change(self) -> None:
        alternate = self.alternate("{time: 3}")
        assert (alternate.id, alternate.question, alternate.time.ideal) == ("talk", "Why?", 3)  # type: ignore[attr-defined]

    def test_has_steps_of_its_own(self) -> None:
        assert self.alternate("{time: 3}").steps == ()  # type: ignore[attr-defined]

    @pytest.mark.parametrize("alt", ["", "~"])
    def test_left_empty_there_is_none(self, alt: str) -> None:
        assert self.alternate(alt) is None

    @pytest.mark.parametrize(
        ("alt", "expected"),
        [
            ("3", ["wrong-type 3:90+1"]),
            ("{tme: 3}", ["unknown-field 3:91+3"]),
            ("{question: ~}", ["missing-field 3:91+8"]),
            ("{time: [3, 2, 1]}", ["time-order 3:97+1"]),
        ],
    )
    def test_is_checked_where_it_stands(self, alt: str, expected: list[str]) -> None:
        assert findings(f"{FRAME}blocks:\n{self.DISCUSSION}, alt: {alt}}}\n") == expected


class TestIds:
    """Ids are made where they are missing, and no two are alike."""

    def ids(self, *given: str) -> list[str]:
        rows = [f"- {{kind: recap, takeaways: [a]{part and f', id: {part}'}}}\n" for part in given]
        return [str(block.id) for block in outline(FRAME + "blocks:\n" + "".join(rows)).blocks]

    def test_are_made_from_the_kind(self) -> None:
        assert self.ids("", "", "") == ["recap", "recap-2", "recap-3"]

    def test_are_kept_where_given(self) -> None:
        assert self.ids("a", "", "b") == ["a", "recap", "b"]

    def test_made_ones_avoid_those_given_before(self) -> None:
        assert self.ids("recap-2", "", "") == ["recap-2", "recap", "recap-3"]

    def test_left_empty_are_made(self) -> None:
        assert self.ids("~") == ["recap"]

    def test_of_objectives_are_made_from_their_place(self) -> None:
        objectives = outline(BASE).workshop.objectives
        assert [objective.id for objective in objectives] == ["O1", "O2"]

    def test_used_twice_are_told_with_the_first_use(self) -> None:
        diagnostics = Diagnostics()
        text = f"{FRAME}blocks:\n" + RECAP.replace("{", "{id: a, ") * 2
        load_source(Source("o.yaml", text), diagnostics)
        [found] = diagnostics
        assert (found.id, str(found.span)) == ("duplicate-id", "o.yaml:4:8")
        assert [(str(span), note) for span, note in found.related] == [
            ("o.yaml:3:8", "first used here")
        ]

    def test_of_objectives_used_twice(self) -> None:
        text = "workshop: {title: T, objectives: [a, {id: O1, text: b}]}\nblocks:\n"
        assert findings(text + RECAP) == ["duplicate-id 1:43+2"]


class TestReferences:
    """A name that names nothing is told where it stands."""

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ("needs: [first]", ["unknown-block 9:27+5"]),
            ("needs: [fist]", ["unknown-block 9:27+4"]),
            ("objectives: [O1, O3]", ["unknown-objective 9:36+2"]),
        ],
    )
    def test_of_a_block(self, fields: str, expected: list[str]) -> None:
        text = BASE.replace("id: first, ", "").replace("id: last, title: Last", f"{fields}, id: z")
        assert findings(text) == expected

    def test_of_the_parking_lot(self) -> None:
        lot = "parking_lot: {prompt: Park it, review_in: lst}"
        assert findings(BASE.replace("subtitle: Sharp ones", lot)) == ["unknown-block 4:45+3"]

    def test_a_hint_names_the_nearest(self) -> None:
        diagnostics = Diagnostics()
        text = BASE.replace("id: last", "needs: [frst], id: last")
        load_source(Source("o.yaml", text), diagnostics)
        assert [found.hints for found in diagnostics] == [("did you mean `first`?",)]

    def test_a_block_that_could_not_be_read_still_counts(self) -> None:
        text = BASE.replace("takeaways: [c]", "needs: [first], takeaways: [c]")
        assert findings(text.replace("takeaways: [a, b], ", "")) == ["missing-field 8:5+1"]

    def test_an_objective_that_could_not_be_read_still_counts(self) -> None:
        text = BASE.replace("[Hold a knife, ", "[{id: O9}, ")
        text = text.replace("id: last", "objectives: [O9, O2], id: last")
        assert findings(text) == ["missing-field 6:16+1"]


UNSAFE = """javascript:alert(1) file:///etc/passwd data:text/html,x ftp://a.b //a.b page.html #top
http: https:// mailto: vbscript:x jAvAsCrIpT:x"""


class TestLinks:
    """Links lead to http, https or mailto; those in texts to files beside and to blocks, too."""

    @pytest.mark.parametrize(
        "link", ["https://a.b/c?d=e#f", "http://a.b", "mailto:a@b.c", "HTTPS://a.b"]
    )
    def test_may_lead_to(self, link: str) -> None:
        assert findings(self.text(f"'[x]({link})'", f"'{link}'")) == []

    @pytest.mark.parametrize(
        "link",
        UNSAFE.split(),
    )
    def test_may_not_lead_to(self, link: str) -> None:
        found = findings(self.text("word", f'"{link}"'))
        assert found == [f"unsafe-link 5:43+{len(link) + 2}"]

    @pytest.mark.parametrize("link", ["javascript:alert", "file:///x", "ftp://a.b", "/page.html"])
    def test_may_not_lead_to_in_a_text(self, link: str) -> None:
        found = findings(self.text(f"'a [x]({link}) b'", "http://a.b"))
        assert found == [f"unsafe-link 4:14+{len(link) + 11}"]

    def test_may_lead_to_a_file_beside_and_to_a_block_in_a_text(self) -> None:
        assert findings(self.text("'[a](page.html), [b](#recap)'", "http://a.b")) == []
        found = findings(self.text("'a [x](#quiz) b'", "http://a.b"))
        assert found == ["unknown-block 4:14+16"]

    def test_are_checked_in_audiences_and_alternates_too(self) -> None:
        text = BASE + indented("workshop: {subtitle: '[x](file:///x)'}")
        assert findings(text) == ["unsafe-link 12:26+16"]

    def text(self, takeaway: str, url: str) -> str:
        recap = f"- kind: recap\n  takeaways: {takeaway}\n"
        return f"{FRAME}blocks:\n{recap}- {{kind: resources, links: {{name: n, url: {url}}}}}\n"


class TestForm:
    """What the top of a file and a block must be."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ["missing-field 1:1+1", "missing-field 1:1+1"]),
            ("# nothing\n", ["missing-field 1:1+1", "missing-field 1:1+1"]),
            ("- a", ["wrong-type 1:1+1"]),
            ("word", ["wrong-type 1:1+1"]),
            (f"workshop:\nblocks:\n{RECAP}", ["missing-field 1:1+8"]),
            (f"workshop: {{}}\nblocks:\n{RECAP}", ["missing-field 1:11+1"]),
            (f"workshop: [a]\nblocks:\n{RECAP}", ["wrong-type 1:11+1"]),
            (f"{FRAME}blocks:\n", ["missing-field 2:1+6"]),
            (f"{FRAME}blocks: []\n", ["empty-outline 2:9+1"]),
            (f"{FRAME}blocks: word\n", ["empty-outline 2:9+1"]),
            (f"{FRAME}blocks: [word, [a], ~]\n", [f"wrong-type 2:{c}+1" for c in (10, 16, 21)]),
            (
                f"{FRAME}blocks: [{{}}, {{kind: }}]\n",
                ["missing-field 2:10+1", "missing-field 2:14+1"],
            ),
            (f"{FRAME}blocks: [{{kind: recp}}]\n", ["unknown-kind 2:17+4"]),
            (
                f"workshop: {{title: T, start: noon, date: 2026-02-30}}\nblocks:\n{RECAP}",
                ["wrong-type 1:29+4", "wrong-value 1:41+10"],
            ),
            (f"deckgen: 2\n{FRAME}blocks:\n{RECAP}", ["wrong-value 1:10+1"]),
            (f"wokshop: 2\n{FRAME}blocks:\n{RECAP}", ["unknown-field 1:1+7"]),
        ],
    )
    def test_otherwise_is_told(self, text: str, expected: list[str]) -> None:
        assert findings(text) == expected

    @pytest.mark.parametrize("version", ["1", "'1'"])
    def test_the_version_may_be_given(self, version: str) -> None:
        assert outline(f"deckgen: {version}\n{FRAME}blocks:\n{RECAP}").workshop.title == "Knives"

    def test_own_fields_start_with_x(self) -> None:
        assert outline(f"x-mine: [a]\n{FRAME}blocks:\n{RECAP}").blocks

    @pytest.mark.parametrize("title", ["", ", title: ", ", title: ~"])
    def test_a_kind_that_has_a_title_needs_none(self, title: str) -> None:
        [block] = outline(
            f"{FRAME}blocks:\n- {{kind: quiz, items: {{q: a, a: b}}{title}}}\n"
        ).blocks
        assert block.title == "Quiz"

    def test_a_block_knows_its_line(self) -> None:
        assert [place(block.span) for block in outline(BASE).blocks] == ["8:5+1", "9:5+1"]

    def test_ten_mistakes_give_ten_findings(self) -> None:
        text = FRAME + "blocks:\n" + "- {kind: recap, takeaways: [a], time: soon}\n" * 10
        assert findings(text) == [f"wrong-type {line}:39+4" for line in range(3, 13)]

    @pytest.mark.parametrize(
        "path", sorted((ROOT / "outlines").glob("*.yaml")), ids=lambda p: p.stem
    )
    def test_the_shipped_outlines_load_for_every_audience(self, path: Path) -> None:
        diagnostics = Diagnostics()
        found = load(path, diagnostics)
        assert found is not None
        for audience in found.audiences:
            assert load(path, diagnostics, audience).audience == audience  # type: ignore[union-attr]
        assert not diagnostics.found

    def test_the_kinds_in_the_hint_are_all_kinds(self) -> None:
        diagnostics = Diagnostics()
        load_source(Source("o.yaml", f"{FRAME}blocks: [{{title: T}}]"), diagnostics)
        assert [found.hints for found in diagnostics] == [(f"kinds: {', '.join(KINDS)}",)]


def test_titles_left_to_us_follow_the_language_of_the_audience() -> None:
    text = (
        "workshop: {title: T}\nblocks: [{kind: break, id: b}]\n"
        "audiences: {paris: {workshop: {lang: fr}}, rome: {}}\n"
    )
    outlines = outlines_in(Source("o.yaml", text), Diagnostics())
    titles = {name: str(one.blocks[0].title) for name, one in outlines.by_audience.items()}
    assert titles == {None: "Back at", "paris": "Reprise à", "rome": "Back at"}


def test_a_block_that_audiences_share_is_read_once() -> None:
    text = (
        "workshop: {title: T}\nblocks: [{kind: break, id: a}, {kind: break, id: b}]\n"
        "audiences: {x: {blocks: {b: {time: 5}}}, y: {}}\n"
    )
    outlines = outlines_in(Source("o.yaml", text), Diagnostics())
    plain, x, y = (outlines.by_audience[name] for name in (None, "x", "y"))
    assert plain.blocks[0] is x.blocks[0] is y.blocks[0]
    assert plain.blocks[1] is y.blocks[1]
    assert plain.blocks[1] is not x.blocks[1]


def test_a_method_that_does_not_exist_is_told_with_a_hint_whether_or_not_the_block_runs() -> None:
    block = "{kind: activity, title: A, method: fishbowel, when: {people: '>99'}}"
    diagnostics = Diagnostics()
    load_source(Source("o.yaml", f"workshop: {{title: T}}\nblocks: [{block}]\n"), diagnostics)
    (finding,) = diagnostics
    assert (finding.id, finding.hints) == ("unknown-method", ("did you mean `fishbowl`?",))
