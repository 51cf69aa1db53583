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

FindingId = Literal[
    Lint,
    "cannot-read",
    "cannot-write",
    "would-overwrite",
    "left-over",
    "missing-program",
    "cannot-convert",
    "invalid-yaml",
    "invalid-toml",
    "too-large",
    "duplicate-key",
    "unsupported-tag",
    "control-character",
    "misread-text",
    "one-line-text",
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
    "unreadable-equation",
    "equation-as-text",
    "dollar-as-text",
    "equation-not-native",
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
    "step-number",
    "objective-dropped",
    "group-size",
    "answer-not-offered",
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
    "cannot-read-recording",
    "may-not-play",
    "percent-twice",
    "text-overflow",
    "word-too-wide",
    "not-full-size",
    "font-not-measured",
    "text-shrunk",
    "slide-split",
    "picture-cropped",
]

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741

CATALOGUE: dict[FindingId, FindingRule] = {
    # the file
    "cannot-read": FindingRule(
        E, "The file cannot be read.", "Check the path, and that the file is UTF-8 text."
    ),
    "cannot-write": FindingRule(
        E, "A file could not be written.", "Check the folder given with --out."
    ),
    "would-overwrite": FindingRule(
        E,
        "A file would be overwritten that someone changed, or that deckgen did not write; nothing was written.",
        "Use --force, or --backup to keep it under another name, or write to another folder.",
    ),
    "left-over": FindingRule(
        I,
        "A file of an earlier build that this one no longer makes was changed, so it was kept.",
        "Delete it if you do not need it.",
    ),
    "missing-program": FindingRule(
        E,
        "A format needs a program or library that is not installed.",
        "Install it as the message says, or leave out the format.",
    ),
    "cannot-convert": FindingRule(
        E,
        "A program could not convert a file to a format.",
        "Read what it reports; leave out the format to get the rest.",
    ),
    "invalid-yaml": FindingRule(
        E, "The file is not valid YAML.", "Fix the line shown; often a quote or an indent is wrong."
    ),
    "invalid-toml": FindingRule(
        E,
        "The file with your defaults is not valid TOML.",
        "Fix the line shown; texts need quotes.",
    ),
    "too-large": FindingRule(
        E,
        "The file is too large or too deeply nested, or its aliases repeat too much.",
        "Split it, or write out what the aliases repeat.",
    ),
    "duplicate-key": FindingRule(E, "A field is given twice.", "Keep only one of the two."),
    "unsupported-tag": FindingRule(E, "A YAML tag such as !!python is used.", "Remove the tag."),
    "one-line-text": FindingRule(
        W,
        "A field that takes one line holds a list, a table or several paragraphs.",
        "Write them where block Markdown goes, such as `text` of a `content` block, or as one line.",
    ),
    "control-character": FindingRule(
        W,
        "A control character, which no document may contain, was removed.",
        "Retype the text at that place.",
    ),
    "misread-text": FindingRule(
        W,
        "YAML reads a text otherwise than it stands there: ` #` begins a comment, a list is no list.",
        "Put the text in quotes, or the list under its field.",
    ),
    # the form
    "unknown-field": FindingRule(
        E,
        "There is no field of this name.",
        "Correct the name, or begin it with x- to have it ignored.",
    ),
    "missing-field": FindingRule(E, "A required field is missing.", "Add it."),
    "wrong-type": FindingRule(E, "The value has the wrong type.", "Write it as the message says."),
    "wrong-value": FindingRule(E, "The value is not allowed.", "Choose one of those allowed."),
    "unknown-kind": FindingRule(E, "There is no kind of block of this name.", "Correct the name."),
    "unknown-method": FindingRule(
        E, "There is no facilitation method of this name.", "Correct the name."
    ),
    "duplicate-id": FindingRule(
        E, "Two blocks or objectives have the same id.", "Rename one of them."
    ),
    "unknown-block": FindingRule(E, "No block has this id.", "Correct the id."),
    "unknown-objective": FindingRule(E, "No objective has this id.", "Correct the id."),
    "unknown-audience": FindingRule(
        E, "The audience is not declared.", "Declare it under audiences."
    ),
    "unknown-session": FindingRule(
        E, "The session is not declared.", "Declare it under workshop: sessions."
    ),
    "empty-session": FindingRule(
        E, "A session has no blocks of its own.", "Name it in its first block, or remove it."
    ),
    "session-order": FindingRule(
        W,
        "A block comes after those of a later session.",
        "Move it up to the blocks of its own session.",
    ),
    "session-overlap": FindingRule(
        E, "A session begins before the previous one ends.", "Correct its date, start or budget."
    ),
    "which-session": FindingRule(
        E,
        "An option applies to only one of several sessions.",
        "Choose the session with --session.",
    ),
    "unsafe-link": FindingRule(
        E,
        "A link is no http, https or mailto address, no relative path and no block.",
        "Use one of these, such as `https://example.org`, `notes.md` or `#quiz`, or plain text.",
    ),
    "unreadable-equation": FindingRule(
        E,
        "The LaTeX of an equation cannot be read.",
        "Mend it at the column shown; a dollar that begins none is written \\$.",
    ),
    "equation-as-text": FindingRule(
        W,
        "Equations stay as their LaTeX, since what reads and draws them is not installed.",
        "Install the extra `equations`.",
    ),
    "dollar-as-text": FindingRule(
        W,
        "A dollar stands before LaTeX and begins no equation, so all of it is shown as it was typed.",
        "Write `$x$`: no space inside of the dollars, no letter or digit at them outside.",
    ),
    "equation-not-native": FindingRule(
        I,
        "PowerPoint and Word cannot edit an equation: it became a picture, or characters in a text.",
        "Install pandoc or the extra `equations`; write it in other commands where pandoc is there.",
    ),
    "include-cycle": FindingRule(
        E, "Files include each other in a circle.", "Remove one of the includes."
    ),
    "unknown-param": FindingRule(
        E,
        "A param is used that is not declared.",
        "Declare it under params; for literal braces, write {{ and }}.",
    ),
    "empty-outline": FindingRule(E, "The outline has no blocks.", "Add at least one block."),
    # the plan
    "time-order": FindingRule(
        E, "A time range is not in the order min, ideal, max.", "Reorder its numbers."
    ),
    "does-not-fit": FindingRule(
        E,
        "The blocks that must run exceed the budget even at their minimum times.",
        "Raise budget to the minutes in the message, or make a block shorter or optional.",
    ),
    "no-date": FindingRule(
        E,
        "A calendar file was requested, but the workshop has no date.",
        "Add date under workshop, or use --date.",
    ),
    "locked-clock": FindingRule(
        E,
        "A block cannot start at its locked clock time.",
        "Change at, or shorten what runs before it.",
    ),
    "needs-cycle": FindingRule(
        E, "Blocks need each other in a circle.", "Remove one of the needs."
    ),
    "unmet-need": FindingRule(
        W,
        "A block that must run needs one that is left out.",
        "Give both the same condition under when.",
    ),
    "clock-change": FindingRule(
        W,
        "Summer time begins or ends during the session.",
        "Choose another time, or tell people about the change.",
    ),
    "cut-for-time": FindingRule(
        I,
        "Optional blocks were cut to fit the budget.",
        "See `deckgen fit`; raise budget or priority to keep them.",
    ),
    "unfilled": FindingRule(
        I,
        "Some of the budget is unused, because every block is at its maximum time.",
        "Raise the last number of a time, or lower budget.",
    ),
    "step-minutes": FindingRule(
        W,
        "The minutes of the steps do not add up to the block's ideal time.",
        "Make them agree.",
    ),
    "step-number": FindingRule(
        I,
        "A step begins with a number that may be meant as its minutes, and is read as text.",
        "Write `5 min: …` for minutes, `do: …` for a text.",
    ),
    "unserved-objective": FindingRule(
        W,
        "No block serves the objective.",
        "Name it under objectives in a block, or remove it.",
    ),
    "objective-dropped": FindingRule(
        I,
        "All blocks that serve the objective were cut for time.",
        "Do not promise it, or raise budget or a priority to keep it.",
    ),
    "group-size": FindingRule(
        W,
        "The method, or the size of a group, does not suit this number of people.",
        "Choose another method, or smaller groups.",
    ),
    "answer-not-offered": FindingRule(
        W,
        "The answer of a quiz is none of its options.",
        "Begin the answer with one of the options, or its letter.",
    ),
    # the craft: advice, which `ignore` switches off
    "objective-verb": FindingRule(
        W,
        "An objective begins with a verb that nobody can observe, such as understand.",
        "Say what people will do: explain, sort, compare, write, decide.",
    ),
    "long-talk": FindingRule(
        W,
        "People only listen for more than 15 minutes at a stretch.",
        "Add a question, a poll or a task in between, or shorten the talk.",
    ),
    "low-active-share": FindingRule(
        W,
        "People are active for less than 60 % of the time (sessions over 15 minutes).",
        "Turn a talk into a task, or give exercises more time.",
    ),
    "no-debrief": FindingRule(
        W,
        "Nothing follows up on what an activity or a case showed.",
        "Add debrief (what, so_what, now_what) to it, or a debrief block after it.",
    ),
    "few-probes": FindingRule(
        I,
        "A discussion has fewer than two probes or fewer than two expected answers.",
        "Add them under notes: probes and expect.",
    ),
    "no-silent-start": FindingRule(
        I,
        "People talk before they have had time to think alone.",
        "Begin with a silent step, or choose a method that does, such as think_pair_share.",
    ),
    "no-seated-form": FindingRule(
        W,
        "The method makes people walk, and nothing says how to take part seated.",
        "Say how under notes: seated, or add a short_form in which nobody walks.",
    ),
    "no-break": FindingRule(
        W,
        "The session runs longer without a break than max_stretch allows.",
        "Set budget, so that breaks are added, or add a break block.",
    ),
    "imported-text": FindingRule(
        W,
        "A block still contains sentences imported from elsewhere.",
        "Rewrite them in your own words, then remove imported: true.",
    ),
    "unverified-name": FindingRule(
        I,
        "Names are marked verify: true; slides and handout leave them out.",
        "Check each, then remove the mark.",
    ),
    # the documents
    "leak": FindingRule(
        E,
        "A file for participants contains text for the facilitator only; nothing was written.",
        "Remove it from your template; if the template is ours, please report it.",
    ),
    "template": FindingRule(
        E,
        "A template of your own cannot be filled in, or exceeds a limit.",
        "Fix the line shown; `deckgen new --templates DIR` copies templates that work.",
    ),
    "no-labels": FindingRule(
        I,
        "There are no labels in the outline's language; English ones are used.",
        "Set lang to one of the languages listed, or leave it as it is.",
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
        "The theme has a token that no longer has any effect.",
        "Remove it; nothing will look different.",
    ),
    "low-contrast": FindingRule(
        E,
        "Two colours used together have too little contrast (WCAG 2.2, 1.4.3 and 1.4.11).",
        "Change one of them; see `deckgen themes show`.",
    ),
    # a company's template
    "not-a-template": FindingRule(
        E,
        "The file is not a .pptx or .potx file.",
        "Save it from PowerPoint in one of these formats.",
    ),
    "template-encrypted": FindingRule(
        E, "The template is protected by a password.", "Remove the password in PowerPoint."
    ),
    "template-too-large": FindingRule(
        E,
        "The template is too large, packed or unpacked.",
        "Compress its pictures, and remove videos and sample slides.",
    ),
    "template-damaged": FindingRule(
        E,
        "The template lacks a part that every PowerPoint file has, or cannot be read.",
        "Open it in PowerPoint and save it again.",
    ),
    "template-map": FindingRule(
        E,
        "The mapping of a template names a slide layout that does not exist or has no title, or "
        "there is no template.",
        "Correct the name; see `deckgen template inspect`.",
    ),
    "template-layout": FindingRule(
        I,
        "A template has no slide layout for a kind of slide; another one is used.",
        "Nothing needs to be done; a mapping can choose another (`deckgen template map`).",
    ),
    "template-contrast": FindingRule(
        W,
        "A template's own text is hard to read on its background.",
        "Tell its designer, or map to another slide layout.",
    ),
    # pictures
    "missing-alt": FindingRule(
        E, "A picture has no alternative text.", "Add alt, or decorative: true."
    ),
    "cannot-read-picture": FindingRule(
        E,
        "A picture file is missing or is not a picture.",
        "Check its path and format: PNG, JPEG, GIF, WebP or SVG.",
    ),
    "cannot-read-recording": FindingRule(
        E,
        "A video or audio file is missing, damaged or too large, or PowerPoint does not play it.",
        "Convert it as the message says: mp4, m4v or mov; mp3, m4a or wav.",
    ),
    "may-not-play": FindingRule(
        W,
        "A video or audio file holds what some versions of PowerPoint cannot play.",
        "Convert it to H.264 video and AAC sound, as the message says.",
    ),
    "percent-twice": FindingRule(
        W,
        "A chart shows its numbers as percent that seem to be percent already.",
        "Write `unit: '%'` and leave out `number_format`, or give shares such as 0.45.",
    ),
    # the fit
    "text-overflow": FindingRule(
        E,
        "A text does not fit its place even at the smallest size.",
        "Shorten it, or split it.",
    ),
    "word-too-wide": FindingRule(
        E, "A single word is wider than its place.", "Break or shorten it."
    ),
    "not-full-size": FindingRule(
        E,
        "A text needs smaller type or more slides, which `overflow: error` or --strict-fit forbids.",
        "Shorten it, or allow this.",
    ),
    "font-not-measured": FindingRule(
        W,
        "The character widths of a theme's font are unknown; those of a wide font are used.",
        "Give its file in the theme, or install it; both need the extra `fonts`.",
    ),
    "too-dense": FindingRule(
        I,
        "A slide has too much text to read while listening.",
        "Shorten it; put the rest in the notes or the handout.",
    ),
    "text-shrunk": FindingRule(I, "A text was set smaller to fit.", "Shorten it for full size."),
    "slide-split": FindingRule(
        I, "A block was split over several slides.", "Shorten it to fit on one slide."
    ),
    "picture-cropped": FindingRule(
        I,
        "A picture with `fit: cover` has other proportions than its place: its edges are cut away.",
        "Leave `fit` out to show all of it, or set `focus` to what has to stay in view.",
    ),
}
