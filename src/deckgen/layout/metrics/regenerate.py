"""Turns font files into the JSON tables beside this module.

Run it as `python -m deckgen.layout.metrics.regenerate FONT_DIR...`; only it needs fontTools. Finds
the faces by the family and style in their `name` table, anywhere under the given folders (`.ttf`,
`.otf`, `.woff`, and `.woff2` where brotli is installed). Of several versions of a face the newest
is read; files of one version that hold different characters, as web fonts do, are put together.
Same fonts, same bytes. Follows OpenType 1.9, chapters hhea, OS/2, hmtx, kern and GPOS.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

FAMILIES = (
    "Caladea",
    "Carlito",
    "Gelasio",
    "Liberation Mono",
    "Liberation Sans",
    "Liberation Serif",
)
STYLES = ("Regular", "Bold", "Italic", "Bold Italic")
SUFFIXES = frozenset({".ttf", ".otf", ".woff", ".woff2"})
# Characters whose pairs are kept: Basic Latin, Latin-1, Latin Extended-A, Greek, Cyrillic, dashes,
# quotes, bullet, ellipsis, euro.
BLOCKS = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),
    range(0x386, 0x3CF),
    range(0x401, 0x460),
    range(0x2010, 0x2027),
    range(0x2039, 0x203B),
    range(0x20AC, 0x20AD),
)
KERNED = frozenset(chr(code) for block in BLOCKS for code in block) - {"\u00ad"}
# No width of their own in running text, though fonts give the soft hyphen one, or private.
UNWANTED = frozenset({"Cc", "Cf", "Co", "Cs", "Me", "Mn", "Zl", "Zp"})
# Where the font has no glyph, engines make these up (HarfBuzz: hb-ot-shape-fallback).
SAME_WIDTH = {
    "\u00a0": " ",
    "\u2007": "0",
    "\u2008": ".",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "\u2013",
    "\u2015": "\u2014",
    "\u202f": " ",
}
SPACE_EMS = {
    "\u2000": 1 / 2,
    "\u2001": 1,
    "\u2002": 1 / 2,
    "\u2003": 1,
    "\u2004": 1 / 3,
    "\u2005": 1 / 4,
    "\u2006": 1 / 6,
    "\u2009": 1 / 5,
    "\u200a": 1 / 8,
    "\u205f": 4 / 18,
}

Face = tuple[str, str]
Kerning = dict[str, dict[str, int]]


def main(folders: Sequence[str]) -> int:
    """Write the table of each face found under `folders`; return 1 if a face is missing, else 0."""
    found = find_faces(Path(folder) for folder in folders)
    wanted = list(product(FAMILIES, STYLES))
    for face in wanted:
        if face in found:
            path = Path(__file__).with_name(f"{'-'.join(face).lower().replace(' ', '-')}.json")
            path.write_text(face_json(face, found[face]), encoding="utf-8")
    missing = [" ".join(face) for face in wanted if face not in found]
    if missing:
        print("not found: " + ", ".join(missing), file=sys.stderr)
    return 1 if missing else 0


def find_faces(folders: Iterable[Path]) -> dict[Face, list[Any]]:
    """Return the fonts of each (family, style): the newest version, in the order of file names."""
    open_font = import_module("fontTools.ttLib").TTFont
    found: dict[Face, list[Any]] = {}
    paths = (path for folder in folders for path in folder.rglob("*"))
    for path in sorted({p.resolve() for p in paths if p.suffix in SUFFIXES}, key=_name_then_path):
        font = open_font(path, lazy=True)
        face = (_name(font, 1), _name(font, 2))
        if face[0] in FAMILIES and face[1] in STYLES:
            found.setdefault(face, []).append(font)
    return {face: list(_newest(fonts)) for face, fonts in found.items()}


def face_json(face: Face, fonts: Sequence[Any]) -> str:
    """Return the table of one face, read from the files that make it up, as JSON."""
    family, style = face
    first = fonts[0]
    ascent, descent, line_gap = vertical_metrics(first)
    table = {
        "family": family,
        "bold": "Bold" in style,
        "italic": "Italic" in style,
        "version": _name(first, 5).partition(";")[0],
        "licence": _licence(first),
        "unitsPerEm": first["head"].unitsPerEm,
        "ascent": ascent,
        "descent": descent,
        "lineGap": line_gap,
        "advances": list(_runs(advances(fonts))),
        "kerning": _rows(kerning(fonts)),
    }
    lines = (f'"{key}":{_compact(value)}' for key, value in table.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def vertical_metrics(font: Any) -> tuple[int, int, int]:
    """Return ascent, descent (positive) and line gap in font units.

    The OS/2 typo values when USE_TYPO_METRICS (fsSelection bit 7) is set, else those of hhea:
    what LibreOffice uses.
    """
    os2, hhea = font["OS/2"], font["hhea"]
    if os2.fsSelection & 1 << 7:
        return os2.sTypoAscender, -os2.sTypoDescender, os2.sTypoLineGap
    return hhea.ascent, -hhea.descent, hhea.lineGap


def advances(fonts: Sequence[Any]) -> dict[str, int]:
    """Return the advance in font units of every character with a glyph or an obvious substitute."""
    widths: dict[str, int] = {}
    for font in fonts:
        metrics = font["hmtx"].metrics
        for code, glyph in font.getBestCmap().items():
            if unicodedata.category(chr(code)) not in UNWANTED:
                widths.setdefault(chr(code), metrics[glyph][0])
    em = fonts[0]["head"].unitsPerEm
    alike = {char: widths[model] for char, model in SAME_WIDTH.items() if model in widths}
    spaces = {char: round(ems * em) for char, ems in SPACE_EMS.items()}
    return spaces | alike | widths


def kerning(fonts: Sequence[Any]) -> Kerning:
    """Return the kerning in font units by left, then right character, zeros left out."""
    rows: Kerning = {}
    for font in fonts:
        cmap = {char: g for code, g in font.getBestCmap().items() if (char := chr(code)) in KERNED}
        pair = _pair_function(font)
        for left, right in product(sorted(cmap), repeat=2):
            if value := pair(cmap[left], cmap[right]):
                rows.setdefault(left, {}).setdefault(right, value)
    return rows


def _pair_function(font: Any) -> Any:
    """Return a function (left glyph, right glyph) -> kerning, by GPOS or, without that, `kern`."""
    lookups = list(_kern_lookups(font))
    if lookups or "kern" not in font:
        return lambda left, right: sum(_lookup_value(lookup, left, right) for lookup in lookups)
    tables = [table.kernTable for table in font["kern"].kernTables]
    return lambda left, right: sum(table.get((left, right), 0) for table in tables)


def _kern_lookups(font: Any) -> Iterator[list[Any]]:
    """Yield the pair adjustment subtables of each lookup of the Latin `kern` feature, in order."""
    if "GPOS" not in font:
        return
    gpos = font["GPOS"].table
    scripts = {record.ScriptTag: record.Script for record in gpos.ScriptList.ScriptRecord}
    script = scripts.get("latn") or scripts.get("DFLT")
    system = script and script.DefaultLangSys
    features = [gpos.FeatureList.FeatureRecord[i] for i in system.FeatureIndex] if system else []
    indices = {i for f in features if f.FeatureTag == "kern" for i in f.Feature.LookupListIndex}
    for index in sorted(indices):
        subtables = [getattr(s, "ExtSubTable", s) for s in gpos.LookupList.Lookup[index].SubTable]
        yield [_Pairs(subtable) for subtable in subtables if subtable.LookupType == 2]


def _lookup_value(subtables: Sequence[_Pairs], left: str, right: str) -> int:
    """Return what a lookup adds between two glyphs: the first subtable that knows decides."""
    return next((value for s in subtables if (value := s.value(left, right)) is not None), 0)


class _Pairs:
    """One PairPos subtable, read as HarfBuzz reads it."""

    def __init__(self, subtable: Any) -> None:
        self.covered = frozenset(subtable.Coverage.glyphs)
        self.subtable = subtable
        if subtable.Format == 1:
            sets = zip(subtable.Coverage.glyphs, subtable.PairSet, strict=True)
            self.pairs = {(g, r.SecondGlyph): r for g, s in sets for r in s.PairValueRecord}

    def value(self, left: str, right: str) -> int | None:
        """Return the change of advance in font units, or None where the next subtable has its turn.

        A class subtable (format 2) settles every pair whose left glyph it covers, if only with 0.
        """
        if left not in self.covered:
            return None
        if self.subtable.Format == 1:
            record = self.pairs.get((left, right))
            return None if record is None else _x_advance(record.Value1)
        first = self.subtable.ClassDef1.classDefs.get(left, 0)
        second = self.subtable.ClassDef2.classDefs.get(right, 0)
        return _x_advance(self.subtable.Class1Record[first].Class2Record[second].Value1)


def _x_advance(record: Any) -> int:
    return getattr(record, "XAdvance", 0) or 0


def _name(font: Any, number: int) -> str:
    return str(font["name"].getDebugName(number) or "")


def _licence(font: Any) -> str:
    """Return the SPDX name of the licence told in name 13 (text) or 14 (address)."""
    text = f"{_name(font, 13)} {_name(font, 14)}".lower()
    if "apache" in text:
        return "Apache-2.0"
    if "open font license" in text or "openfontlicense" in text or "/ofl" in text:
        return "OFL-1.1"
    raise ValueError(f"{_name(font, 4)}: unknown licence {text!r}")


def _newest(fonts: Sequence[Any]) -> Iterator[Any]:
    """Yield the fonts of the highest revision; of files with the same characters, the first."""
    newest = max(font["head"].fontRevision for font in fonts)
    seen: set[frozenset[int]] = set()
    for font in fonts:
        characters = frozenset(font.getBestCmap())
        if font["head"].fontRevision == newest and characters not in seen:
            seen.add(characters)
            yield font


def _name_then_path(path: Path) -> tuple[str, str]:
    return path.name, str(path)


def _runs(widths: Mapping[str, int]) -> Iterator[tuple[int, list[int]]]:
    """Yield (first code point, widths) for each run of neighbouring code points."""
    run: list[int] = []
    first = 0
    for code in sorted(map(ord, widths)):
        if run and code != first + len(run):
            yield first, run
            run = []
        first = first if run else code
        run.append(widths[chr(code)])
    if run:
        yield first, run


def _rows(rows: Kerning) -> list[tuple[str, dict[str, int]]]:
    """Return (left characters with the same row, {right characters: value}): classes in short."""
    lefts: dict[tuple[tuple[str, int], ...], str] = {}
    for left, row in sorted(rows.items()):
        by_value: dict[int, str] = {}
        for right in sorted(row):
            by_value[row[right]] = by_value.get(row[right], "") + right
        key = tuple((rights, value) for value, rights in sorted(by_value.items()))
        lefts[key] = lefts.get(key, "") + left
    return [(chars, dict(key)) for key, chars in sorted(lefts.items(), key=lambda item: item[1])]


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
