"""What the types of fields do not say: values that are accepted, and settings in which a field matters."""

from __future__ import annotations

from collections.abc import Sequence

from effects import GONE, URLS, Samples, Setting

FRAME = {
    "workshop": {
        "title": "Tours",
        "date": "2026-03-14",
        "people": 12,
        "objectives": [{"id": "O1", "text": "Ask"}, {"id": "O2", "text": "Wait"}],
        "team": {"lead": "Ada", "host": "Bo"},
        "audience": "many",
    },
    "audiences": {"many": {}, "few": {"workshop": {"subtitle": "For few"}}},
    "blocks": [
        {"kind": "content", "id": "first", "title": "First", "time": 5, "points": ["One"]},
        {"kind": "recap", "id": "last", "title": "Last", "time": 5, "takeaways": ["Two"]},
    ],
}
LONG = "A title that has far too many words to stand on its slide at full size, and goes on"
SESSIONS = [{"id": "one"}, {"id": "two", "start": "14:00"}]
CODE = "zebra = 1\nokapi = 2\n"
MORE = {"kind": "content", "title": "More", "points": ["Three"]}
MANY = MORE | {"time": 40}

VALUES = {
    "Block.objectives": [["O1"], ["O2"]],
    "Block.at": ["09:30", "09:45"],
    "Block.needs": [["spare"]],
    "Block.session": ["one", "two"],
    "Block.when": [{"audience": ["few"]}],
    "Block.ignore": [["imported-text"]],
    "Block.notes": [{"say": "Zebra"}, {"say": "Okapi"}],
    "Condition.audience": [["many"], ["few"]],
    "Condition.budget": [">=30", "<30"],
    "Condition.people": [">=10", "<10"],
    "Condition.mode": [["in_person"], ["online"]],
    "PracticeBlock.method": ["think_pair_share", "card_sort"],
    "PracticeBlock.debrief": [{"what": "Zebra"}, {"what": "Okapi"}],
    "TimeRange.min": [3, 7],
    "TimeRange.ideal": [6, 9],
    "TimeRange.max": [12, 15],
    "Charted.data": [{"A": [1, 3]}, {"A": [2, 3]}],
    "Charted.highlight": ["Zebra"],
    "Charted.number_format": ["0", "0.00"],
    "Listing.language": ["python", "yaml"],
    "Listing.highlight": [[1], [2]],
    "Compared.columns": [["Zebra", "Okapi"], ["Emu", "Gnu"]],
    "Compared.rows": [[["a", "b", "c"]], [["a", "c", "d"]]],
    "Charted.axes": [{"x": "Zebra"}, {"y": "Okapi"}],
    "DebriefBlock.what": ["Zebra", "Okapi"],
    "Pictured.file": ["cards.png", "other.png"],
    "Charted.categories": [["Zebra", "B"], ["Okapi", "B"]],
    "SectionBlock.file": ["cards.png", "other.png"],
    "VideoBlock.file": ["clip.mp4", "other.mp4"],
    "AudioBlock.file": ["hum.mp3", "other.mp3"],
    "PlayingBlock.poster": ["cards.png", "other.png"],
    "ParkingLotBlock.review_in": ["first", "last"],
    "ContentBlock.widths": [[1, 2], [2, 1]],
    "ThemeChoice.name": ["folio", "stage"],
    "ThemeChoice.template": ["brand.potx"],
    "ThemeChoice.map": ["brand.map.yaml"],
    "ParkingLot.review_in": ["first", "last"],
    "People.min": [1, 2],
    "People.max": [20, 30],
    "People.expected": [10, 15],
    "Session.budget": [20, 40],
    "Session.people": [{"expected": 10}, {"expected": 15}],
    "Session.date": ["2026-03-15", "2026-03-16"],
    "Workshop.audience": ["many", "few"],
    "Workshop.budget": [20, 40],
    "Workshop.date": ["2026-03-14", "2026-03-15"],
    "Workshop.ignore": [["unserved-objective"]],
    "Workshop.max_stretch": [{"in_person": 30}, {"in_person": 60}],
    "Workshop.lang": ["en-GB", "de"],
    "Workshop.people": [{"expected": 10}, {"expected": 15}],
    "Workshop.phases": [{"connect": "Zebra"}, {"connect": "Okapi"}],
    "Workshop.sessions": [SESSIONS, [*SESSIONS[:1], SESSIONS[1] | {"title": "Zebra"}]],
    "Workshop.team": [{"lead": "Zebra"}, {"lead": "Okapi"}],
    "Workshop.theme": [{"name": "folio"}, {"name": "stage"}],
    "Workshop.timezone": ["Europe/Berlin", "Asia/Tokyo"],
    "Workshop.utc_offset": ["+01:00", "+02:00"],
}
WAYS = {
    "ContentBlock": [{"title": "A", "points": ["One"]}, {"title": "B", "points": ["Two"]}],
    "ContentColumn": [{"points": ["One"]}, {"text": "Two"}],
    "Pictured": [{"file": "cards.png", "alt": "Cards"}, {"file": "other.png", "alt": "Other"}],
    "DebriefBlock": [{"title": "A", "so_what": "Zebra"}, {"title": "B", "so_what": "Okapi"}],
    "FrameworkBlock": [{"criteria": ["One"]}, {"criteria": ["Two"]}],
    "ImageBlock": [
        {"file": "cards.png", "alt": "Cards", "points": ["One"]},
        {"file": "other.png", "alt": "Other", "points": ["One"]},
    ],
    "ResourcesBlock": [{"links": [{"name": "A", "url": URLS[0]}]}, {"terms": {"B": "Okapi"}}],
    "VideoBlock": [{"title": "A", "url": URLS[0]}, {"title": "B", "url": URLS[1]}],
    "AudioBlock": [{"title": "A", "url": URLS[0]}, {"title": "B", "url": URLS[1]}],
    "TimeRange": [{"min": 5, "ideal": 8, "max": 12}, {"min": 7, "ideal": 11, "max": 12}],
}
SPARE = {"kind": "content", "id": "spare", "title": "Spare", "points": ["A"], "time": 10,
         "priority": "could"}  # fmt: skip
SHORT = {"priority": "could", "time": 10}
ONLINE = {"mode": "online"}
MATRIX = {"criteria": GONE, "cells": list("abcd"), "axes": {"x": ["a", "b"], "y": ["c", "d"]}}
TREE = {"criteria": GONE}
COLUMNS = {"points": GONE}
LENGTHS = (
    25,
    30,
    35,
    40,
    45,
    50,
    55,
    60,
    70,
    80,
    100,
    130,
    170,
    220,
    300,
)  # of titles: one of them does not fit at full size

SETTINGS: dict[str, Sequence[Setting]] = {
    # blocks
    "Block.short": [Setting(block={"time": 5})],
    "Block.cut": [Setting({"budget": 25}, SHORT, blocks=[SPARE | {"cut": 5}])],
    "Block.needs": [Setting({"budget": 25}, SHORT | {"cut": 5}, blocks=[SPARE | {"cut": 1}])],
    "Block.overflow": [Setting(block={"title": (LONG * 4)[:length]}) for length in LENGTHS],
    "HighlightBlock.overflow": [Setting(block={"text": LONG * times}) for times in (2, 3, 4)],
    "Block.ignore": [Setting(block={"imported": True})],
    "Block.session": [Setting({"sessions": SESSIONS}, blocks=[MORE | {"session": "two"}])],
    "Notes.online": [Setting(ONLINE)],
    "Notes.hybrid": [Setting({"mode": "hybrid"})],
    "Step.max_reports": [Setting(beside={"per_group": 2})],
    "Debrief.title": [Setting(beside={"what": "Zebra"})],
    "BriefingBlock.build": [Setting(block={"points": ["One", "Two"]})],
    "Charted.stacked": [Setting(beside={"data": {"A": [1, 3], "B": [2, 3]}})],
    "Listing.highlight": [Setting(beside={"code": CODE})],
    "ContentBlock.columns": [Setting(block=COLUMNS)],
    "ContentBlock.background": [Setting(block=COLUMNS)],
    "ContentBlock.widths": [Setting(block=COLUMNS | {"columns": [{"text": "A"}, {"text": "B"}]})],
    **{
        f"ContentColumn.{name}": [Setting(block=COLUMNS)]
        for name in (
            "title",
            "caption",
            "text",
            "points",
            "image",
            "code",
            "table",
            "chart",
            "quote",
            "number",
        )
    },
    "FrameworkBlock.axes": [Setting(block=MATRIX)],
    "FrameworkBlock.cells": [Setting(block=MATRIX)],
    "Axes.x": [Setting(block=MATRIX)],
    "Axes.y": [Setting(block=MATRIX)],
    "FrameworkBlock.tree": [Setting(block=TREE)],
    "Branch.text": [Setting(block=TREE)],
    "Branch.answers": [Setting(block=TREE)],
    "Pictured.decorative": [Setting(beside={"alt": GONE})],
    "Pictured.focus": [Setting(beside={"fit": "cover"})],
    "VideoBlock.file": [Setting(block={"url": GONE})],
    "VideoBlock.start": [Setting(block={"url": GONE, "file": "clip.mp4"})],
    "AudioBlock.file": [Setting(block={"url": GONE})],
    "AudioBlock.start": [Setting(block={"url": GONE, "file": "hum.mp3"})],
    "SectionBlock.file": [Setting(block={"alt": "A"})],
    "SectionBlock.alt": [Setting(block={"file": "cards.png"})],
    "SectionBlock.decorative": [Setting(block={"file": "cards.png"})],
    "SectionBlock.focus": [Setting(block={"file": "cards.png", "alt": "A"})],
    "SectionBlock.credit": [Setting(block={"file": "cards.png", "alt": "A"})],
    # the frame
    "ThemeChoice.map": [Setting(beside={"template": "brand.potx"})],
    "Objective.id": [Setting(blocks=[MORE | {"objectives": ["Zebra"]}])],
    "Workshop.buffer": [Setting({"budget": 60})],
    "Workshop.ignore": [Setting(blocks=[MORE | {"objectives": ["O1"]}])],
    "Workshop.max_stretch": [Setting({"budget": 240}, blocks=[MANY, MANY, MANY])],
    "Stretch.in_person": [Setting({"budget": 240}, blocks=[MANY, MANY, MANY])],
    "Stretch.online": [Setting({"budget": 240, **ONLINE}, blocks=[MANY, MANY, MANY])],
    "Workshop.phases": [Setting(blocks=[MORE | {"phase": "connect"}])],
    "Workshop.phase_slides": [Setting(blocks=[MORE | {"phase": "connect"}])],
    "Workshop.sessions": [Setting(blocks=[MORE | {"session": "two"}])],
    "Workshop.timers": [Setting(blocks=[{"kind": "discussion", "title": "T", "question": "Q?"}])],
    "Workshop.timezone": [Setting(ONLINE)],
    "Workshop.utc_offset": [Setting(ONLINE)],
}
SAMPLES = Samples(FRAME, VALUES, WAYS, SETTINGS)
