"""Every kind of finding: its id, how bad it is, what it means and how it is mended.

The ids are a type, so that a misspelt one fails the type check; a test holds the table to it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple, get_args


class Severity(StrEnum):
    """How bad a finding is: an error stops the build, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class FindingRule(NamedTuple):
    """One kind of finding: its severity, what it means and how it is mended."""

    severity: Severity
    meaning: str
    mend: str


FindingId = Literal[
    "cannot-read",
    "cannot-write",
    "missing-program",
    "cannot-convert",
    "invalid-yaml",
    "too-large",
    "duplicate-key",
    "unsupported-tag",
    "control-character",
    "unknown-field",
    "missing-field",
    "wrong-type",
    "wrong-value",
    "unknown-kind",
    "unknown-method",
    "duplicate-id",
    "unknown-block",
    "unknown-objective",
    "unknown-audience",
    "unknown-session",
    "empty-session",
    "session-order",
    "session-overlap",
    "which-session",
    "unsafe-link",
    "include-cycle",
    "unknown-param",
    "empty-outline",
    "time-order",
    "does-not-fit",
    "no-date",
    "locked-clock",
    "needs-cycle",
    "unmet-need",
    "clock-change",
    "cut-for-time",
    "unfilled",
    "step-minutes",
    "unserved-objective",
    "objective-dropped",
    "group-size",
    "objective-verb",
    "long-talk",
    "low-active-share",
    "no-debrief",
    "few-probes",
    "no-silent-start",
    "no-seated-form",
    "no-break",
    "imported-text",
    "unverified-name",
    "leak",
    "template",
    "no-labels",
    "unknown-theme",
    "unknown-token",
    "missing-token",
    "retired-token",
    "low-contrast",
    "not-a-template",
    "template-encrypted",
    "template-too-large",
    "template-damaged",
    "template-map",
    "template-layout",
    "template-contrast",
    "missing-alt",
    "cannot-read-picture",
    "text-overflow",
    "word-too-wide",
    "not-full-size",
    "font-not-measured",
    "too-dense",
    "text-shrunk",
    "slide-split",
]

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741

CATALOGUE: dict[FindingId, FindingRule] = {
    # the file
    "cannot-read": FindingRule(
        E, "The file cannot be read.", "Check its path and that it is UTF-8 text."
    ),
    "cannot-write": FindingRule(
        E, "A file could not be written.", "Check the folder given with --out."
    ),
    "missing-program": FindingRule(
        E,
        "A format needs a program or library that is not installed.",
        "Install it as the message says, or leave the format out.",
    ),
    "cannot-convert": FindingRule(
        E,
        "A program could not make a file of a format.",
        "See what it says; leave the format out to get the rest.",
    ),
    "invalid-yaml": FindingRule(
        E, "The text is not YAML.", "Mend the line shown; often a quote or an indent."
    ),
    "too-large": FindingRule(
        E,
        "The file is larger, deeper or repeats more through aliases than an outline can be.",
        "Split it, or write out what the aliases repeat.",
    ),
    "duplicate-key": FindingRule(E, "A field stands twice in one mapping.", "Keep one of the two."),
    "unsupported-tag": FindingRule(E, "A YAML tag such as !!python is used.", "Remove the tag."),
    "control-character": FindingRule(
        W,
        "A character that no document may hold was removed.",
        "Retype the text there.",
    ),
    # the form
    "unknown-field": FindingRule(
        E, "A field of this name does not exist.", "Correct it, or start it with x-."
    ),
    "missing-field": FindingRule(E, "A field that must be given is missing.", "Add it."),
    "wrong-type": FindingRule(E, "The value has the wrong form.", "Write it as the message says."),
    "wrong-value": FindingRule(
        E, "The value is outside what is allowed.", "Choose one that is allowed."
    ),
    "unknown-kind": FindingRule(E, "There is no block kind of this name.", "Correct the kind."),
    "unknown-method": FindingRule(
        E, "There is no facilitation method of this name.", "Correct the method."
    ),
    "duplicate-id": FindingRule(
        E, "Two blocks or objectives have the same id.", "Rename one of them."
    ),
    "unknown-block": FindingRule(E, "A block id is named that no block has.", "Correct the id."),
    "unknown-objective": FindingRule(
        E, "An objective id is named that no objective has.", "Correct the id."
    ),
    "unknown-audience": FindingRule(
        E, "The audience is not declared.", "Declare it under audiences."
    ),
    "unknown-session": FindingRule(
        E, "A session is named that is not declared.", "Declare it under workshop: sessions."
    ),
    "empty-session": FindingRule(
        E, "A session has no block of its own.", "Name it at the first of its blocks, or remove it."
    ),
    "session-order": FindingRule(
        W,
        "A block stands below those of a later session.",
        "Move it up to the blocks of its session.",
    ),
    "session-overlap": FindingRule(
        E, "A session begins before the one above ends.", "Correct date, start or budget."
    ),
    "which-session": FindingRule(
        E, "An option is for one session of several.", "Name the session with --session."
    ),
    "unsafe-link": FindingRule(
        E,
        "A link leads elsewhere than http, https or mailto.",
        "Use one of these, or plain text.",
    ),
    "include-cycle": FindingRule(
        E, "Files include each other in a circle.", "Remove one of the includes."
    ),
    "unknown-param": FindingRule(
        E,
        "A param is named that is not declared.",
        "Declare it under params; for braces in a text, write {{ and }}.",
    ),
    "empty-outline": FindingRule(E, "The outline has no block to show.", "Add at least one block."),
    # the plan
    "time-order": FindingRule(
        E, "A time range is not in the order min, ideal, max.", "Sort its numbers."
    ),
    "does-not-fit": FindingRule(
        E,
        "Even the least minutes of the blocks that must run exceed the budget.",
        "Raise budget to what the message names, or let a block be shorter or optional.",
    ),
    "no-date": FindingRule(
        E,
        "A calendar file was asked for, but the workshop has no date.",
        "Write date under workshop, or give --date.",
    ),
    "locked-clock": FindingRule(
        E,
        "A block cannot start at its locked clock time.",
        "Change at, or shorten what runs before.",
    ),
    "needs-cycle": FindingRule(
        E, "Blocks need each other in a circle.", "Remove one of the needs."
    ),
    "unmet-need": FindingRule(
        W,
        "A block that must run needs one that does not take part.",
        "Give both the same condition under when.",
    ),
    "clock-change": FindingRule(
        W,
        "Summer time begins or ends during the session.",
        "Begin at another time, or say it aloud.",
    ),
    "cut-for-time": FindingRule(
        I,
        "Optional blocks were cut to fit the budget.",
        "See `deckgen fit`; raise budget or priority to keep them.",
    ),
    "unfilled": FindingRule(
        I,
        "Minutes of the budget stay free, since every block has its most.",
        "Raise the last number of time, or lower budget.",
    ),
    "step-minutes": FindingRule(
        W,
        "The minutes of the steps differ from the block's ideal time.",
        "Make them agree.",
    ),
    "unserved-objective": FindingRule(
        W,
        "No block serves the objective.",
        "Name it under objectives of a block, or drop it.",
    ),
    "objective-dropped": FindingRule(
        I,
        "All blocks that serve the objective were cut for time.",
        "Do not promise it; raise budget or a priority to keep it.",
    ),
    "group-size": FindingRule(
        W, "The method does not suit so few or so many people.", "Choose another method."
    ),
    # the craft: advice, which `ignore` switches off
    "objective-verb": FindingRule(
        W,
        "An objective begins with a verb that nobody can observe, such as understand.",
        "Say what people will do: explain, sort, compare, write, decide.",
    ),
    "long-talk": FindingRule(
        W,
        "People only listen for more than 15 minutes in a row.",
        "Put a question, a poll or a task between, or shorten the talk.",
    ),
    "low-active-share": FindingRule(
        W,
        "People do something in less than 60 % of the time (sessions over 15 minutes).",
        "Turn a talk into a task, or give the exercises more minutes.",
    ),
    "no-debrief": FindingRule(
        W,
        "Nothing is made of what an activity or a case showed.",
        "Add debrief (what, so_what, now_what), or a block of that kind after it.",
    ),
    "few-probes": FindingRule(
        I,
        "A discussion has fewer than two probes or fewer than two answers to expect.",
        "Add them under notes: probes and expect.",
    ),
    "no-silent-start": FindingRule(
        I,
        "People talk before they had time to think alone.",
        "Begin with a silent step, or choose a method that does, such as think_pair_share.",
    ),
    "no-seated-form": FindingRule(
        W,
        "The method makes people walk, and nothing is said for those who stay seated.",
        "Say how under notes: seated, or give the block an alt in which nobody walks.",
    ),
    "no-break": FindingRule(
        W,
        "The session runs longer without a break than max_stretch allows.",
        "Set budget, so that breaks are put in, or add a block of kind break.",
    ),
    "imported-text": FindingRule(
        W,
        "A block still holds sentences that were brought in from elsewhere.",
        "Say them in your own words, then remove imported: true.",
    ),
    "unverified-name": FindingRule(
        I,
        "Names are marked verify: true; slides and handout leave them out.",
        "Check each, then remove the mark.",
    ),
    # the documents
    "leak": FindingRule(
        E,
        "A participant file holds a text of the facilitator's; nothing was written.",
        "Remove it from your own template; where it is one of ours, please report it.",
    ),
    "template": FindingRule(
        E,
        "A template of your own cannot be filled, or asks for more than it may have.",
        "Mend the line shown; `deckgen new --templates DIR` gives working ones.",
    ),
    "no-labels": FindingRule(
        I,
        "There are no labels in the language of the outline; English ones stand in.",
        "Write lang as one of the languages named, or leave it.",
    ),
    # the theme
    "unknown-theme": FindingRule(
        E, "There is no theme of this name.", "See `deckgen themes list`."
    ),
    "unknown-token": FindingRule(
        E, "The theme has a token that does not exist.", "Correct its name."
    ),
    "missing-token": FindingRule(E, "The theme lacks a token.", "Copy it from the theme `clear`."),
    "retired-token": FindingRule(
        W,
        "The theme gives a token that has no effect any more.",
        "Remove it; nothing looks otherwise without it.",
    ),
    "low-contrast": FindingRule(
        E,
        "Two colours that meet are too close to tell apart (WCAG 2.2, 1.4.3 and 1.4.11).",
        "Change one of them; see `deckgen themes show`.",
    ),
    # a company's template
    "not-a-template": FindingRule(
        E, "The file is no .pptx or .potx file.", "Save it from PowerPoint in one of these forms."
    ),
    "template-encrypted": FindingRule(
        E, "The template is protected by a password.", "Remove the password in PowerPoint."
    ),
    "template-too-large": FindingRule(
        E,
        "The template is larger, or unpacks to more, than one can be.",
        "Compress its pictures, and leave out films and sample slides.",
    ),
    "template-damaged": FindingRule(
        E,
        "The template lacks something that every PowerPoint file has, or it cannot be read.",
        "Open it in PowerPoint and save it again.",
    ),
    "template-map": FindingRule(
        E,
        "The mapping of a template names a slide layout that is not there, or that has no title.",
        "Correct the name; see `deckgen template inspect`.",
    ),
    "template-layout": FindingRule(
        I,
        "A template has no slide layout of a kind that deckgen uses; another stands in.",
        "Nothing has to be done; a mapping can choose another (`deckgen template map`).",
    ),
    "template-contrast": FindingRule(
        W,
        "A template's own text is hard to read on its ground.",
        "Tell the designer, or map another slide layout.",
    ),
    # pictures
    "missing-alt": FindingRule(
        E, "A picture has no words for those who do not see it.", "Add alt, or decorative: true."
    ),
    "cannot-read-picture": FindingRule(
        E,
        "A picture file is missing or is no picture.",
        "Check its path; PNG, JPEG, GIF, WebP or SVG.",
    ),
    # the fit
    "text-overflow": FindingRule(
        E,
        "A text does not fit its place even at the smallest size.",
        "Say it shorter, or split it.",
    ),
    "word-too-wide": FindingRule(
        E, "A single word is wider than its place.", "Break or shorten it."
    ),
    "not-full-size": FindingRule(
        E,
        "A text needs smaller type or further slides, which `overflow: error` or --strict-fit forbids.",
        "Say it shorter, or allow it.",
    ),
    "font-not-measured": FindingRule(
        W,
        "The widths of a theme's font are not known; those of a wide font stand in.",
        "Name its file in the theme, or install it; both need the extra `fonts`.",
    ),
    "too-dense": FindingRule(
        I,
        "A slide says more than a room takes in while it listens.",
        "Say less; notes and handout hold the rest.",
    ),
    "text-shrunk": FindingRule(
        I, "A text was set smaller to fit.", "Say it shorter for full size."
    ),
    "slide-split": FindingRule(
        I, "A block was split over further slides.", "Say less for one slide."
    ),
}

# What `ignore` switches off, for a block or for the workshop: advice, never an error.
Lint = Literal[
    "objective-verb",
    "unserved-objective",
    "long-talk",
    "low-active-share",
    "no-debrief",
    "few-probes",
    "no-silent-start",
    "no-seated-form",
    "no-break",
    "imported-text",
    "unverified-name",
    "too-dense",
]
LINTS: tuple[Lint, ...] = get_args(Lint)
