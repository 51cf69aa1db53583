"""Videos and sound recordings: what a deck takes, what is refused and why, and how it plays."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation

from deckgen import recordings
from deckgen.compiler import Options, check, make_build, render
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.outline.load import load_outlines
from deckgen.recordings import RecordingError, read_recording, without_samples
from deckgen.render.documents.options import DocumentOptions
from deckgen.render.pptx.package import zipped

GOLDEN = Path(__file__).parent / "golden"
CLIP, HUM = GOLDEN / "video" / "clip.mp4", GOLDEN / "audio" / "hum.mp3"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def box(name: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return struct.pack(">I4s", 8 + len(content), name) + content


def film(
    *, codec: bytes = b"avc1", handler: bytes = b"vide", turned: bool = False, last: bytes = b""
) -> bytes:
    """Return the least film: 640 by 360, 2 seconds, nothing to see."""
    matrix = (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    upright = (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    size = struct.pack(">9i2I", *(matrix if turned else upright), 640 << 16, 360 << 16)
    tkhd = box(b"tkhd", bytes(40), size)
    hdlr = box(b"hdlr", bytes(8), handler, bytes(12))
    stsd = box(b"stsd", bytes(8), box(codec, bytes(8)))
    track = box(b"trak", tkhd, box(b"mdia", hdlr, box(b"minf", box(b"stbl", stsd))))
    mvhd = box(b"mvhd", bytes(12), struct.pack(">II", 1000, 2000))
    head = box(b"ftyp", b"isom", bytes(4))
    return head + box(b"moov", mvhd, track) + box(b"mdat", b"secret samples") + last


def written(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_film_tells_its_shape_and_its_length() -> None:
    known = read_recording(CLIP)
    assert known.recording[1:] == ("mp4", 64, 36, 1000)
    assert known.doubtful == ()


def test_a_film_that_was_turned_is_as_it_is_shown(tmp_path: Path) -> None:
    found = read_recording(written(tmp_path, "a.MOV", film(turned=True))).recording
    assert (found.extension, found.width, found.height, found.milliseconds) == (
        "mov",
        360,
        640,
        2000,
    )


def test_an_mp4_file_of_sound_alone_is_sound(tmp_path: Path) -> None:
    sound = film(handler=b"soun", codec=b"mp4a")
    found = read_recording(written(tmp_path, "a.mp4", sound)).recording
    assert (found.extension, found.width) == ("m4a", 0)
    for kind, said in (("audio", []), ("video", ["sound alone: write `kind: audio`"])):
        path = outline(tmp_path, {"kind": kind, "file": "a.mp4"})
        diagnostics = Diagnostics()
        with suppress(DeckgenError):
            check(path, diagnostics)
        assert [d.message.split(" is ")[1] for d in diagnostics] == said


def test_an_m4v_file_goes_in_as_the_mp4_that_it_is(tmp_path: Path) -> None:
    assert read_recording(written(tmp_path, "a.m4v", film())).recording.extension == "mp4"


@pytest.mark.parametrize(
    ("codec", "named"), [(b"hvc1", "HEVC (H.265)"), (b"av01", "AV1"), (b"zzzz", "zzzz")]
)
def test_what_not_every_powerpoint_plays_is_named(tmp_path: Path, codec: bytes, named: str) -> None:
    assert read_recording(written(tmp_path, "a.mp4", film(codec=codec))).doubtful == (named,)


@pytest.mark.parametrize("name", ["a.webm", "a.ogg", "a.avi", "a", "a.mp4.txt", "a.wmv", "a.flac"])
def test_other_forms_are_refused_with_the_way_to_convert_them(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordingError, match=r"PowerPoint does not play .* `ffmpeg -i in\."):
        read_recording(written(tmp_path, name, film()))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.mp4", b"", "no MP4"),
        ("b.mp4", b"<!doctype html><p>Not found", "no MP4"),
        ("c.mp4", film()[:30], "damaged, or not whole"),
        ("d.mp4", box(b"ftyp", b"isom") + box(b"mdat", bytes(9)), "is not whole"),
        ("f.m4a", film(handler=b"text", codec=b"tx3g"), "neither picture nor sound"),
        ("g.mp4", struct.pack(">I4s", 3, b"ftyp") + bytes(20), "damaged"),
        ("h.mp4", film()[:40] + b"\xff" * 60, "damaged, or not whole"),
        ("i.mp3", b"RIFF" + bytes(40), "no MP3"),
        ("j.mp3", b"ID3\x04\0\0\0\0\x02\x00" + bytes(5000), "no MP3"),
        ("k.wav", b"\xff\xfb" + bytes(40), "no WAV"),
        ("l.wav", b"RIFF\0\0\0\0WAVE", "damaged"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_an_error_in_words(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(RecordingError, match=said):
        read_recording(written(tmp_path, name, content))


def test_any_cut_of_a_film_is_read_or_refused(tmp_path: Path) -> None:
    whole, refused = CLIP.read_bytes(), 0
    for length in range(0, len(whole), 7):
        try:
            read_recording(written(tmp_path, f"cut-{length}.mp4", whole[:length]))
        except RecordingError:
            refused += 1
    assert refused >= len(whole) // 7 - 2  # but where a cut leaves no head of a box


def test_a_wav_file_tells_its_form(tmp_path: Path) -> None:
    for form, doubtful in ((1, ()), (0x161, ("WAV form 353",))):
        fmt = b"fmt " + struct.pack("<IHHIIHH", 16, form, 1, 8000, 8000, 1, 8)
        riff = b"RIFF" + bytes(4) + b"WAVE" + b"LIST" + struct.pack("<I", 3) + bytes(4) + fmt
        assert read_recording(written(tmp_path, f"{form}.wav", riff)).doubtful == doubtful


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings, "LARGEST_FILE", 1000)
    with pytest.raises(RecordingError, match="at most 0: make it smaller"):
        read_recording(written(tmp_path, "large.mp4", CLIP.read_bytes()))


# decks ----------------------------------------------------------------------------------------


def outline(tmp_path: Path, *blocks: dict[str, Any]) -> Path:
    for file in (CLIP, HUM):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "cards.png").write_bytes((GOLDEN / "video" / "tile.png").read_bytes())
    path = tmp_path / "o.yaml"
    titled = [{"title": f"T{k}", **block} for k, block in enumerate(blocks)]
    path.write_text(json.dumps({"workshop": {"title": "W"}, "blocks": titled}), encoding="utf-8")
    return path


def deck(tmp_path: Path, *blocks: dict[str, Any], options: Options | None = None) -> bytes:
    path = outline(tmp_path, *blocks)
    chosen = options or Options()
    files = render(check(path, Diagnostics(), chosen)[0], chosen)
    return next(content for name, content in files.items() if name.endswith(".pptx"))


def told(tmp_path: Path, *blocks: dict[str, Any]) -> list[str]:
    diagnostics = Diagnostics()
    with pytest.raises(DeckgenError):
        check(outline(tmp_path, *blocks), diagnostics)
    return [f"{d.id} {d.message}" for d in diagnostics]


def part(pptx: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(pptx)).read(name)


def test_a_file_is_in_the_deck_once_as_it_is(tmp_path: Path) -> None:
    block = {"kind": "video", "file": "clip.mp4"}
    pptx = deck(tmp_path, block, block, {"kind": "audio", "file": "hum.mp3"})
    names = [n for n in zipfile.ZipFile(io.BytesIO(pptx)).namelist() if "/media/media" in n]
    assert names == ["ppt/media/media1.mp4", "ppt/media/media2.mp3"]
    assert part(pptx, names[0]) == CLIP.read_bytes()
    types = part(pptx, "[Content_Types].xml").decode()
    assert 'Extension="mp4" ContentType="video/mp4"' in types
    assert 'Extension="mp3" ContentType="audio/mpeg"' in types


def test_a_click_plays_it_and_auto_plays_it_as_its_slide_comes(tmp_path: Path) -> None:
    found = {}
    for start in ("click", "auto"):
        pptx = deck(tmp_path, {"kind": "video", "file": "clip.mp4", "start": start})
        timing = etree.fromstring(part(pptx, "ppt/slides/slide2.xml")).find(f"{P}timing")
        assert timing is not None
        found[start] = [element.get("cmd") for element in timing.iter(f"{P}cmd")]
        node = timing.find(f".//{P}video/{P}cMediaNode")
        assert node is not None
    assert found == {"click": ["togglePause"], "auto": ["playFrom(0.0)", "togglePause"]}


def test_a_link_leads_to_where_it_plays_and_embeds_nothing(tmp_path: Path) -> None:
    pptx = deck(tmp_path, {"kind": "video", "url": "https://a.example/v", "poster": "cards.png"})
    slide = Presentation(io.BytesIO(pptx)).slides[1]
    targets = [rel.target_ref for rel in slide.part.rels.values() if rel.is_external]
    assert targets == ["https://a.example/v"] * 2  # of the picture, and of the line under it
    assert slide._element.find(f"{P}timing") is None


def test_without_a_poster_the_mark_has_the_colours_of_the_theme(tmp_path: Path) -> None:
    block = {"kind": "video", "file": "clip.mp4"}
    pictures = set()
    for theme in ("clear", "stage"):
        pptx = deck(tmp_path, block, options=Options(theme=theme))
        slide = Presentation(io.BytesIO(pptx)).slides[1]
        (picture,) = [shape for shape in slide.placeholders if hasattr(shape, "image")]
        pictures.add(picture.image.blob)
        assert deck(tmp_path, block, options=Options(theme=theme)) == pptx
    assert len(pictures) == 2


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"kind": "video"}, "missing-field a `video` block needs `file`, or `url`"),
        ({"kind": "audio", "file": "hum.mp3", "url": "https://a.example"}, "wrong-value `url` cannot"),
        ({"kind": "video", "url": "https://a.example", "start": "auto"}, "wrong-value `start: auto`"),
        ({"kind": "video", "file": "none.mp4"}, "cannot-read-recording cannot read"),
        ({"kind": "video", "file": "hum.mp3"}, "cannot-read-recording `hum.mp3` is sound"),
        ({"kind": "audio", "file": "clip.mp4"}, "cannot-read-recording `clip.mp4` is a video"),
        ({"kind": "video", "file": "clip.mp4", "poster": "none.png"}, "cannot-read-picture cannot"),
        ({"kind": "video", "url": "javascript:x"}, "unsafe-link"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(tmp_path: Path, block: dict[str, Any], said: str) -> None:
    assert any(line.startswith(said) for line in told(tmp_path, block)), told(tmp_path, block)


def test_participants_get_it_and_samples_are_no_leak(tmp_path: Path) -> None:
    secret = {"kind": "video", "file": "clip.mp4", "notes": "mdat moov secret"}
    options = Options(documents=DocumentOptions(edition="participant"))
    path = outline(tmp_path, secret)
    (tmp_path / "clip.mp4").write_bytes(film(last=box(b"mdat", b"mdat moov secret")))
    recordings.read_recording.cache_clear()
    files = make_build(load_outlines(path, Diagnostics()), Diagnostics(), options).files
    pptx = next(content for name, content in files.items() if name.endswith(".pptx"))
    assert part(pptx, "ppt/media/media1.mp4").startswith(film()[:40])


def test_what_a_recording_says_beside_its_samples_is_read() -> None:
    content = film(last=box(b"udta", b"Filmed by Ada"))
    beside = without_samples(content)
    assert beside is not None
    assert b"Filmed by Ada" in beside
    assert b"secret samples" not in beside
    assert without_samples(b"\x89PNG\r\n\x1a\n") is None


def test_a_large_file_goes_through_in_pieces(tmp_path: Path) -> None:
    path = written(tmp_path, "large.bin", bytes(range(256)) * 20_000)
    once = zipped({"a.bin": path, "b.xml": "<a/>"})
    assert zipfile.ZipFile(io.BytesIO(once)).read("a.bin") == path.read_bytes()
    assert zipped({"b.xml": "<a/>", "a.bin": path}) == once
