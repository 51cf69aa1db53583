"""The same made-up content for every tool: slides with a title, bullets or a table, and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

VERBS = ("Collect", "Compare", "Sketch", "Measure", "Explain", "Decide", "Repeat", "Review")
THINGS = (
    "the first draft",
    "three options",
    "what users said",
    "the open risks",
    "last week's numbers",
)
TABLE_EVERY = 5


@dataclass(frozen=True, slots=True)
class BenchSlide:
    """A slide: bullets, or a table where there are rows; and two notes."""

    title: str
    bullets: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]
    notes: tuple[str, str]


def bench_slides(count: int) -> Iterator[BenchSlide]:
    """Yield *count* slides; every fifth holds a table."""
    for k in range(count):
        texts = tuple(
            f"{VERBS[(k + j) % len(VERBS)]} {THINGS[(k * 3 + j) % len(THINGS)]} in round {k + j}"
            for j in range(4)
        )
        rows = tuple((f"Row {j + 1}", texts[j], f"Owner {j + k}") for j in range(3))
        yield BenchSlide(
            title=f"Part {k + 1}: {texts[0].lower()}",
            bullets=() if k % TABLE_EVERY == 4 else texts,
            rows=rows if k % TABLE_EVERY == 4 else (),
            notes=(f"Open part {k + 1} with a question to the room.", "Stop after two answers."),
        )


def as_outline(slides: list[BenchSlide]) -> str:
    """Return the content as an outline for deckgen."""
    lines = ["workshop:", '  title: "Bench"', "  people: 24", "blocks:"]
    for slide in slides:
        if slide.rows:
            rows = ", ".join(f'["{a}", "{b}", "{c}"]' for a, b, c in slide.rows)
            lines += ["  - kind: comparison", f'    title: "{slide.title}"']
            lines += ["    columns: [Task, Owner]", f"    rows: [{rows}]"]
        else:
            items = ", ".join(f'"{text}"' for text in slide.bullets)
            lines += [
                "  - kind: key_points",
                f'    title: "{slide.title}"',
                f"    items: [{items}]",
            ]
        lines += [
            "    time: 2",
            f'    notes: {{say: ["{slide.notes[0]}"], watch: ["{slide.notes[1]}"]}}',
        ]
    return "\n".join(lines) + "\n"


def as_markdown(slides: list[BenchSlide]) -> str:
    """Return the content as Markdown for pandoc."""
    parts = ["---\ntitle: Bench\n---\n"]
    for slide in slides:
        parts.append(f"## {slide.title}\n")
        parts += [f"- {text}" for text in slide.bullets]
        if slide.rows:
            parts.append("| | Task | Owner |\n|---|---|---|")
            parts += [f"| {a} | {b} | {c} |" for a, b, c in slide.rows]
        parts.append(
            f"\n::: notes\n\n**Say.** {slide.notes[0]}\n\n**Watch out.** {slide.notes[1]}\n\n:::\n"
        )
    return "\n".join(parts)
