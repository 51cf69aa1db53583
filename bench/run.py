"""`make bench`: deckgen, pandoc and plain python-pptx side by side, as whole processes.

The tools take turns, so that a busy moment of the machine meets all of them; the table shows medians
and, because machines differ, ratios. deckgen writes the deck and three documents, the others a deck.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import pypandoc
from content import as_markdown, as_outline, bench_slides

from deckgen.blocks.base import PHASES
from deckgen.diagnostics import Diagnostics
from deckgen.layout.engine import Setting, lay_out
from deckgen.layout.frames import Properties
from deckgen.outline.load import load
from deckgen.pictures import with_pictures
from deckgen.plan.compose import compose
from deckgen.plan.fit import fit_outline
from deckgen.plan.make import make_plan, phase_names
from deckgen.render.documents.schedule import Slides
from deckgen.render.documents.write import write_documents
from deckgen.render.pptx.write import write_pptx
from deckgen.theme.load import load_theme

COUNTS = {12: 9, 100: 5, 1000: 3}  # slides: rounds
HERE = Path(__file__).parent
STAGES = ("load", "plan", "fit", "pptx", "documents")
MOST_FITTING = 0.40  # of a build, that measuring and fitting may take
MOST_SECONDS_TO_FIT = 0.5
TARGETS = {12: 2.2, 100: 1.0, 1000: 0.15}  # deckgen's time over pandoc's, at most


def main() -> None:
    """Print the tables; exit with 1 where a target is missed."""
    with tempfile.TemporaryDirectory() as folder:
        times = {count: measure(count, rounds, Path(folder)) for count, rounds in COUNTS.items()}
        missed = print_table(times)
        missed += print_start()
        missed += print_fit(Path(folder))
        missed += print_stages(Path(folder))
    sys.exit(1 if missed else 0)


def measure(count: int, rounds: int, folder: Path) -> dict[str, float]:
    """Return the median seconds of each tool for *count* slides."""
    slides = list(bench_slides(count))
    outline, markdown = folder / f"bench{count}.yaml", folder / f"bench{count}.md"
    outline.write_text(as_outline(slides))
    markdown.write_text(as_markdown(slides))
    commands = {
        "deckgen": [
            sys.executable,
            "-m",
            "deckgen",
            "build",
            "-q",
            str(outline),
            "-o",
            str(folder),
        ],
        "pandoc": [pypandoc.get_pandoc_path(), str(markdown), "-o", str(folder / "pandoc.pptx")],
        "python-pptx": [
            *(sys.executable, str(HERE / "plain_pptx.py")),
            *(str(count), str(folder / "plain.pptx")),
        ],
    }
    return alternate(commands, rounds)


def alternate(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """Return the median seconds of *commands*, run in turn; a first round warms the caches."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(values[1:]) for name, values in seconds.items()}


def print_table(times: dict[int, dict[str, float]]) -> int:
    """Print seconds and ratios; return how many targets were missed."""
    missed = 0
    print("slides   deckgen    pandoc  python-pptx   deckgen/pandoc   at most")
    for count, by_tool in times.items():
        ratio = by_tool["deckgen"] / by_tool["pandoc"]
        is_met = ratio <= TARGETS[count]
        missed += not is_met
        print(
            f"{count:6d} {by_tool['deckgen']:8.3f}s {by_tool['pandoc']:8.3f}s "
            f"{by_tool['python-pptx']:11.3f}s {ratio:16.2f} {TARGETS[count]:9.2f} {'' if is_met else 'MISSED'}"
        )
    growth = (times[1000]["deckgen"] / 1000) / (times[100]["deckgen"] / 100)
    is_met = growth <= 1.2
    print(
        f"time per slide at 1,000 slides over that at 100: {growth:.2f} (at most 1.20) {'' if is_met else 'MISSED'}"
    )
    return missed + (not is_met)


def print_stages(folder: Path) -> int:
    """Print how a build of 1,000 slides spends its time; return 1 if fitting takes too much of it."""
    seconds = stage_seconds(folder / "bench1000.yaml")
    whole = sum(seconds.values())
    stages = ", ".join(f"{name} {value:.2f}" for name, value in seconds.items())
    share = seconds["fit"] / whole
    is_met = share <= MOST_FITTING
    print(f"seconds in a build of 1,000 slides: {stages}")
    print(
        f"measuring and fitting are {share:.0%} of it (at most {MOST_FITTING:.0%}) "
        f"{'' if is_met else 'MISSED'}"
    )
    return int(not is_met)


def stage_seconds(path: Path) -> dict[str, float]:
    """Return the seconds of processor time that each stage of a build takes, in this process."""
    times = [time.process_time()]

    def lap() -> None:
        times.append(time.process_time())

    diagnostics = Diagnostics()
    outline = load(path, diagnostics)
    theme = load_theme(str(outline.workshop.theme.name), diagnostics)
    lap()
    plan = make_plan(outline, path.stem, diagnostics)
    composed = with_pictures(compose(plan), diagnostics)
    names = dict(zip(PHASES, phase_names(outline, plan.words), strict=True))
    lap()
    setting = Setting(theme, Properties(title="Bench"), "Bench", names, plan.words)
    deck = lay_out(composed, setting, diagnostics)
    lap()
    write_pptx(deck)
    lap()
    write_documents(plan, Slides(deck.slide_numbers()))
    lap()
    return {
        name: after - before for name, (before, after) in zip(STAGES, pairwise(times), strict=True)
    }


def print_start() -> int:
    """Print how long the help takes beside an empty Python; return 1 if too long."""
    commands = {
        "help": [sys.executable, "-m", "deckgen", "--help"],
        "pass": [sys.executable, "-c", "pass"],
    }
    times = alternate(commands, 9)
    ratio = times["help"] / times["pass"]
    print(
        f"deckgen --help over python -c pass: {ratio:.1f} (at most 5.0) {'' if ratio <= 5 else 'MISSED'}"
    )
    return int(ratio > 5)


def print_fit(folder: Path) -> int:
    """Print how long fitting 500 blocks to a day takes; return 1 if too long."""
    path = folder / "fit.yaml"
    priorities = ("must", "should", "could")
    blocks = "".join(
        f"  - {{kind: content, title: B{k}, points: [P], time: [{1 if k % 3 == 0 else 2}, 4, 8],"
        f" priority: {priorities[k % 3]}}}\n"
        for k in range(500)
    )
    path.write_text(f"workshop: {{title: Fit, budget: 900}}\nblocks:\n{blocks}")
    outline = load(path, Diagnostics())
    assert outline
    times = []
    for _ in range(5):
        started = time.perf_counter()
        fit = fit_outline(outline)
        times.append(time.perf_counter() - started)
    assert fit.fits
    seconds = statistics.median(times)
    is_late = seconds >= MOST_SECONDS_TO_FIT
    gone = sum(decision.action == "cut" for decision in fit.decisions)
    print(
        f"fit of 500 blocks, {gone} of them cut: {seconds:.3f} s (under {MOST_SECONDS_TO_FIT})"
        f"{' MISSED' if is_late else ''}"
    )
    return int(is_late)


if __name__ == "__main__":
    main()
