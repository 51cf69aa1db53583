"""The map: what `check` and `build` do, stage by stage."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from deckgen.blocks.base import PHASES
from deckgen.boxes import Section
from deckgen.catalogue import Severity
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.inline import unmarked
from deckgen.languages import is_known, known
from deckgen.layout.engine import Setting, lay_out
from deckgen.layout.fonts import check_fonts
from deckgen.layout.frames import Deck, Properties
from deckgen.outline.changes import UNCHANGED, Changes, variant_name
from deckgen.outline.load import load_outlines
from deckgen.outline.model import Outline, Outlines
from deckgen.outline.sessions import changed_sessions, is_asked_for
from deckgen.pictures import with_pictures
from deckgen.plan.compose import compose
from deckgen.plan.lints import check_craft
from deckgen.plan.make import make_plan, make_plans, phase_names
from deckgen.plan.model import Plan
from deckgen.plan.notes import SpeakerNotes, with_speaker_notes
from deckgen.plan.rest import all_running, is_sure, sure_problems
from deckgen.plan.sessions import fit_sessions
from deckgen.reading.beside import seen_from
from deckgen.reading.fields import Text
from deckgen.render.documents.options import USUAL as USUAL_DOCUMENTS
from deckgen.render.documents.options import DocumentOptions
from deckgen.render.documents.problem import TemplateProblem
from deckgen.render.files.choose import Build, Changed, FileSet
from deckgen.render.files.write import Written, write_build
from deckgen.theme.load import FOLDER, load_theme
from deckgen.theme.model import Theme

if TYPE_CHECKING:
    from deckgen.document.nodes import Document
    from deckgen.render.formats.convert import Converter
    from deckgen.template.brand import Brand


class Options(NamedTuple):
    """What a run asks for; where it asks for nothing, the outline's own values hold."""

    theme: str | None = None
    audience: str | None = None
    changes: Changes = UNCHANGED
    session: str | None = None  # None: each of the workshop's
    strict: bool = False  # warnings let it fail
    strict_fit: bool = False  # and so does text that is set smaller or split
    documents: DocumentOptions = USUAL_DOCUMENTS
    speaker_notes: SpeakerNotes | None = None  # None: full, but none for participants
    formats: tuple[str, ...] = ()  # further formats of the files
    thumbnails: bool = False  # slides in the facilitator notes
    template: Path | None = None  # a company's PowerPoint file, instead of a theme
    template_map: Path | None = None

    @property
    def is_for_participants(self) -> bool:
        """Whether only what participants may have is written."""
        return self.documents.edition == "participant"

    @property
    def notes_level(self) -> SpeakerNotes:
        """How much the speaker notes say."""
        return "none" if self.is_for_participants else self.speaker_notes or "full"


USUAL = Options()
USUAL_THEME = "clear"  # what slides are judged by where the theme cannot be read
OUTPUT = Path("output")


class Compiled(NamedTuple):
    """The plan of a session and the deck laid out from it."""

    plan: Plan
    deck: Deck


def check(path: Path, diagnostics: Diagnostics, options: Options = USUAL) -> tuple[Compiled, ...]:
    """Return each session of the outline at *path*; see `compile_sessions`."""
    return compile_sessions(load_outlines(path, diagnostics), diagnostics, options)


def compile_sessions(
    outlines: Outlines, diagnostics: Diagnostics, options: Options = USUAL
) -> tuple[Compiled, ...]:
    """Return each session of one of *outlines*; everything wrong goes into *diagnostics*.

    A workshop that names no sessions is one. Raises DeckgenError once a stage has found errors that
    the next cannot work with.
    """
    try:
        sessions, plans = _planned(outlines, diagnostics, options)
        look, brand = _look(outlines.path, sessions[0], diagnostics, options)
        diagnostics.stop_on_errors()
    except DeckgenError:
        _judge_rest(outlines, diagnostics, options)
        raise DeckgenError(diagnostics) from None
    assert look is not None
    compiled = tuple(
        _compiled(plan, look, brand, diagnostics, options)
        for plan in plans
        if plan is not None and is_asked_for(plan.outline, options.session)
    )
    diagnostics.stop_on_errors()
    return compiled


def _planned(
    outlines: Outlines, diagnostics: Diagnostics, options: Options
) -> tuple[tuple[Outline, ...], list[Plan | None]]:
    """Return the outline and the plan of each session; DeckgenError where there are errors."""
    path = outlines.path
    outline = outlines.of(options.audience, diagnostics)
    diagnostics.stop_on_errors()
    assert outline is not None
    sessions = changed_sessions(outline, options.changes, options.session, diagnostics)
    diagnostics.stop_on_errors()
    lang = outline.workshop.lang
    if not is_known(lang):
        message = f"there are no labels in `{lang}`; slides and documents use English ones"
        hints = (f"languages: {', '.join(sorted(known()))}",)
        diagnostics.add("no-labels", message, lang.span, hints=hints)
    ids = [str(session.session.id) if session.session else None for session in sessions]
    names = [name_of(path, options, id) for id in ids]
    plans = make_plans(sessions, fit_sessions(sessions), names, diagnostics)
    diagnostics.stop_on_errors()
    return sessions, plans


def _judge_rest(outlines: Outlines, diagnostics: Diagnostics, options: Options) -> None:
    """Add what is wrong with all that is sound beside the errors found: minutes, theme, slides."""
    outline = outlines.as_far_as_read(options.audience)
    if outline is None:
        return
    found = Diagnostics()
    sessions = changed_sessions(outline, options.changes, options.session, found)
    for problem in () if found.has_errors else sure_problems(sessions):
        diagnostics.put(problem)
    look, brand = _look(outlines.path, outline, diagnostics, options)
    plan = make_plan(all_running(outline), name_of(outlines.path, options), found := Diagnostics())
    for problem in found:
        if is_sure(problem, outline):
            diagnostics.put(problem)
    if plan is not None and look is not None:
        _compiled(plan, look, brand, diagnostics, options, is_whole=False)
    elif plan is not None and (usual := load_theme(USUAL_THEME, diagnostics)):
        _compiled(plan, usual, None, found := Diagnostics(), options, is_whole=False)
        for problem in found:  # of a text that is too large for one theme, it is for all
            if problem.severity is Severity.ERROR:
                diagnostics.put(problem)


def _compiled(
    plan: Plan,
    look: Theme,
    brand: Brand | None,
    diagnostics: Diagnostics,
    options: Options,
    *,
    is_whole: bool = True,
) -> Compiled:
    """Return *plan* with the deck laid out from it, in the language that holds.

    Advice on the craft is given only on the *whole*.
    """
    if is_whole:
        check_craft(plan, diagnostics)
    plan = with_speaker_notes(plan, options.notes_level)
    names = dict(zip(PHASES, phase_names(plan.outline, plan.words), strict=True))
    footer = unmarked(plan.workshop.footer or plan.workshop.title)
    setting = Setting(
        theme=look,
        properties=_properties(plan, with_author=not options.is_for_participants),
        footer=footer,
        phase_names=names,
        words=plan.words,
        is_strict=options.strict_fit,
        brand=brand,
        date=plan.words.day(date) if brand and (date := plan.workshop.date) else "",
    )
    _read_fonts(look, brand, diagnostics)
    composed = compose(plan, with_answers=not options.is_for_participants)
    composed = with_pictures(composed, diagnostics)
    if plan.outline.equations:
        composed = _with_equations(composed, plan.outline, diagnostics)
    return Compiled(plan, lay_out(composed, setting, diagnostics))


def _with_equations(
    composed: list[Section], outline: Outline, diagnostics: Diagnostics
) -> list[Section]:
    """Return *composed* with its equations drawn; those that stay pictures or characters are told."""
    from deckgen.equations.deck import with_equations  # noqa: PLC0415 (few outlines have any)
    from deckgen.outline.equations import report_not_native  # noqa: PLC0415

    report_not_native(outline.equations, diagnostics)
    return with_equations(composed)


def _read_fonts(look: Theme, brand: Brand | None, diagnostics: Diagnostics) -> None:
    """Read the fonts that the slides will be measured in; those that are not known are reported."""
    themes = brand.themes.values() if brand else (look,)
    for theme in {id(theme): theme for theme in themes}.values():
        check_fonts(theme, diagnostics)


def _look(
    path: Path, outline: Outline, diagnostics: Diagnostics, options: Options
) -> tuple[Theme | None, Brand | None]:
    """Return the theme, and the company's template where there is one: the theme is then made of it."""
    chosen = outline.workshop.theme
    template, mapping = options.template, options.template_map
    span = None
    if template is None and options.theme is None and chosen.template:
        template, span = _beside(chosen.template, path), chosen.template.span
        mapping = mapping or (_beside(chosen.map, path) if chosen.map else None)
    if template is None:
        if options.template_map:
            message = "`--template-map` does nothing without a template"
            hints = ("add `--template FILE`, or `theme: {template: FILE}` under `workshop`",)
            diagnostics.add("template-map", message, hints=hints)
        name = options.theme or str(chosen.name)
        place = None if options.theme else chosen.name.span
        beside = seen_from(path, FOLDER).parent
        return load_theme(name, diagnostics, place, beside=beside), None
    from deckgen.template.load import load_brand  # noqa: PLC0415 (lxml: few decks need it)

    brand, theme = load_brand(template, diagnostics, span, mapping)
    return theme, brand


def _beside(named: Text, path: Path) -> Path:
    """Return the file that *named* leads to from where it was written: the outline, or its defaults."""
    here = Path(named.span.source.name) if named.span else path
    return seen_from(here, named)


class Rendered(NamedTuple):
    """The files of a session by name, and the documents that some of them hold as Markdown."""

    files: Mapping[str, bytes]
    documents: Mapping[str, Document]


def render(compiled: Compiled, options: Options = USUAL) -> Mapping[str, bytes]:
    """Return the files of a session by name."""
    return rendered(compiled, options).files


def rendered(compiled: Compiled, options: Options = USUAL) -> Rendered:
    """Return the files of a session, and what its documents are made of."""
    from deckgen.render.documents.schedule import Slides  # noqa: PLC0415
    from deckgen.render.documents.write import documents_of, written  # noqa: PLC0415 (`check` needs none)
    from deckgen.render.pptx.write import write_pptx  # noqa: PLC0415

    plan, deck = compiled
    slides = Slides(deck.slide_numbers(), tuple(slide.title for slide in deck.slides()))
    documents = documents_of(plan, slides, options.documents)
    texts = written(documents, plan, options.documents)
    others = _run_sheet_files(plan, options.formats)
    files = {f"{plan.name}.pptx": write_pptx(deck)}
    files |= {f"{plan.name}.{ending}": text.encode() for ending, text in texts.items()}
    files |= {f"{plan.name}.{ending}": content for ending, content in others.items()}
    return Rendered(files, {f"{plan.name}.{name}.md": tree for name, tree in documents.items()})


def _run_sheet_files(plan: Plan, formats: tuple[str, ...]) -> dict[str, bytes]:
    """Return the run sheet in *formats* by the ending of its file."""
    if not formats:
        return {}
    from deckgen.render.documents import run_sheet_files as files  # noqa: PLC0415 (few ask)

    writers = {"csv": files.run_sheet_csv, "ics": files.run_sheet_ics}
    return {f"run-sheet.{name}": writers[name](plan) for name in writers if name in formats}


def build(
    path: Path, out: Path | None, diagnostics: Diagnostics, options: Options = USUAL
) -> list[Path]:
    """Write all files of the outline at *path* into `out/NAME/` and return their paths."""
    return list(write_outline(path, out, diagnostics, options).paths)


def write_outline(
    path: Path,
    out: Path | None,
    diagnostics: Diagnostics,
    options: Options = USUAL,
    changed: Changed = "refuse",
) -> Written:
    """Write all files of the outline at *path* into `out/NAME/`; see `write`.

    Nothing is written where there are errors, or warnings under `strict`: DeckgenError.
    """
    outlines = load_outlines(path, diagnostics)
    made = make_build(outlines, diagnostics, options)
    return write(outlines, made, out, diagnostics, changed)


def write(
    outlines: Outlines,
    made: Build,
    out: Path | None,
    diagnostics: Diagnostics,
    changed: Changed = "refuse",
) -> Written:
    """Write what was *made* of *outlines* into `out/NAME/`; see `write_build`.

    Without *out*, that is the folder that the outline's defaults name, else `output`.
    """
    folder = out or outlines.output or OUTPUT
    return write_build(folder, stem_of(outlines.path), made, diagnostics, changed)


def make_build(outlines: Outlines, diagnostics: Diagnostics, options: Options = USUAL) -> Build:
    """Return all files of one of *outlines*, by session; DeckgenError where there are errors."""
    path = outlines.path
    sessions = compile_sessions(outlines, diagnostics, options)
    if options.strict and diagnostics.has_warnings:
        raise DeckgenError(diagnostics)
    if options.formats:
        _check_formats([compiled.plan for compiled in sessions], diagnostics, options)
    whole = name_of(path, options, options.session)
    sets: list[FileSet] = []
    try:
        for compiled in sessions:
            files = _files_of(compiled, diagnostics, options)
            sets.append(FileSet(compiled.plan.name, files, frozenset({whole})))
        if len(sessions) > 1:
            files = _programme(sessions, name_of(path, options), diagnostics, options)
            sets.append(FileSet(whole, files))
    except TemplateProblem as problem:
        diagnostics.put(problem.diagnostic)
        raise DeckgenError(diagnostics) from None
    made = Build(tuple(sets), frozenset({whole}))
    if options.is_for_participants:
        _check_clean(made.files, sessions[0].plan, diagnostics, options)
    return made


def _files_of(compiled: Compiled, diagnostics: Diagnostics, options: Options) -> dict[str, bytes]:
    """Return the files of a session, and their further formats, by name."""
    made = rendered(compiled, options)
    if not options.formats:
        return dict(made.files)
    other = converter(made, compiled, diagnostics)
    return {**made.files, **other.convert(options.formats, thumbnails=options.thumbnails)}


def _programme(
    sessions: Sequence[Compiled], name: str, diagnostics: Diagnostics, options: Options
) -> dict[str, bytes]:
    """Return the programme of all sessions, and its further formats."""
    from deckgen.render.documents.programme import programme  # noqa: PLC0415 (few workshops)
    from deckgen.render.documents.write import write_programme  # noqa: PLC0415

    plans = [compiled.plan for compiled in sessions]
    document = programme(plans)
    text = write_programme(document, plans[0], options.documents)
    file = f"{name}.programme.md"
    made = Rendered({file: text.encode()}, {file: document})
    if not options.formats:
        return dict(made.files)
    other = converter(made, sessions[0], diagnostics, with_bar=False)
    return {**made.files, **other.convert(options.formats)}


def _check_formats(plans: Sequence[Plan], diagnostics: Diagnostics, options: Options) -> None:
    """Stop where a format needs a program, or a day, that is not there."""
    from deckgen.render.formats.convert import check_needs  # noqa: PLC0415 (few builds ask)

    check_needs(options.formats, diagnostics, thumbnails=options.thumbnails)
    undated = [plan.outline for plan in plans if plan.workshop.date is None]
    for outline in undated if "ics" in options.formats else ():
        message = "a calendar file needs the date of the session"
        hints = ("add `date: 2026-03-14` under `workshop`, or use --date",)
        place = outline.session.id.span if outline.session else outline.workshop.title.span
        diagnostics.add("no-date", message, place, hints=hints)
    diagnostics.stop_on_errors()


def _check_clean(
    files: Mapping[str, bytes], plan: Plan, diagnostics: Diagnostics, options: Options
) -> None:
    """Open what participants get, and stop where it holds a text that is not for them."""
    from deckgen.render.leaks import check_clean  # noqa: PLC0415 (only for participants)

    check_clean(files, plan.outline, diagnostics, with_answers=options.documents.with_answers)
    diagnostics.stop_on_errors()


def converter(
    made: Rendered,
    compiled: Compiled,
    diagnostics: Diagnostics,
    *,
    with_bar: bool = True,
) -> Converter:
    """Return what turns what was *made* into further formats; *with_bar*: of the session's minutes."""
    from deckgen.render.formats.convert import BlockSlides, Converter  # noqa: PLC0415 (few builds ask)
    from deckgen.render.formats.deck import Drawing  # noqa: PLC0415
    from deckgen.render.formats.look import PageLook, SessionPiece  # noqa: PLC0415
    from deckgen.render.svg.write import iter_svg  # noqa: PLC0415

    plan, deck = compiled
    entries = plan.entries if with_bar else ()
    segments = [SessionPiece(entry.minutes, entry.block_id is None) for entry in entries]
    look = PageLook(deck.theme, deck.properties.language, tuple(segments))
    refs = {str(planned.block.id): planned.ref for planned in plan.blocks}
    slides = [
        BlockSlides(refs.get(section.id, ""), tuple(slide.title for slide in section.slides))
        for section in deck.sections
    ]
    drawing = Drawing(partial(iter_svg, deck), deck.fonts())
    return Converter(made.files, made.documents, look, slides, drawing, diagnostics)


def name_of(path: Path, options: Options, session: str | None = None) -> str:
    """Return the name that the files of the outline at *path*, or of its *session*, begin with."""
    stem = f"{stem_of(path)}.{session}" if session else stem_of(path)
    name = variant_name(stem, options.audience, options.changes)
    return f"{name}.participant" if options.is_for_participants else name


def stem_of(path: Path) -> str:
    """Return what the folder of an outline, and its files, are named after."""
    return path.stem.strip(".") or "workshop"


def _properties(plan: Plan, *, with_author: bool) -> Properties:
    workshop = plan.workshop
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    created = ""
    if epoch.isdecimal() and len(epoch) < 12:  # until the year 5138
        created = datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Properties(
        title=plan.full_title,
        author=unmarked(workshop.team.lead or "") if with_author else "",
        subject=unmarked(workshop.purpose or workshop.subtitle or ""),
        language=str(workshop.lang),
        created=created,
    )
