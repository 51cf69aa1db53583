"""Reads video and audio files: whether PowerPoint plays them, how large their picture is, how long they last.

Of a file only its heads are read, never a frame or a sample: the boxes of an MP4 or MOV file (ISO/IEC
14496-12), the chunks of a WAV file, the first frame of an MP3 file. What plays in PowerPoint for Windows,
Mac and the web is H.264 video with AAC or MP3 sound in mp4, m4v or mov; mp3, m4a and wav.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from deckgen.boxes import Recording

LARGEST_FILE = 500_000_000
VIDEO = {"mp4": "mp4", "m4v": "mp4", "mov": "mov"}  # by the end of a name: what it is in a deck
AUDIO = {"mp3": "mp3", "m4a": "m4a", "wav": "wav"}
CODECS = {  # sample entries of tracks, and what people call them
    "avc1": "H.264", "avc3": "H.264", "mp4a": "AAC", ".mp3": "MP3", "alac": "Apple Lossless",
    "hvc1": "HEVC (H.265)", "hev1": "HEVC (H.265)", "av01": "AV1", "vp09": "VP9", "vp08": "VP8",
    "mp4v": "MPEG-4 Visual", "apch": "ProRes", "apcn": "ProRes", "ap4h": "ProRes", "jpeg": "Motion JPEG",
    "Opus": "Opus", "fLaC": "FLAC", "ac-3": "AC-3", "twos": "PCM", "sowt": "PCM", "lpcm": "PCM",
}  # fmt: skip
PLAYED = frozenset({"avc1", "avc3", "mp4a", ".mp3", "alac", "twos", "sowt", "lpcm"})
HOLDERS = frozenset({"moov", "trak", "mdia", "minf", "stbl"})
SAMPLES = frozenset({b"mdat", b"data"})  # boxes and chunks that hold pictures and sound
WAV_FORMS = frozenset({1, 3, 6, 7, 0x55, 0xFFFE})  # PCM, A-law, \u00b5-law, MP3, told further on
LOOKED_AT = 4096  # bytes in which the first frame of an MP3 file begins, after its tag


class RecordingError(Exception):
    """A file that no deck can hold; the message says why, and what would help."""


class Known(NamedTuple):
    """What a file says of itself: its recording, and codecs that not every PowerPoint plays."""

    recording: Recording
    doubtful: tuple[str, ...] = ()


@cache
def read_recording(path: Path) -> Known:
    """Return what the file at *path* holds; raise RecordingError where PowerPoint cannot play it."""
    ending = path.suffix.lower().lstrip(".")
    kind = (VIDEO | AUDIO).get(ending)
    if kind is None:
        raise RecordingError(f"`{path.name}`: {refusal(ending)}")
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            most = LARGEST_FILE // 10**6
            raise RecordingError(
                f"`{path}` has {size / 1e6:.0f} MB, and a deck holds at most {most}: make it smaller "
                "(720 lines are enough for a slide), or give its address as `url`"
            )
        with path.open("rb") as file:
            return _known(file, path, kind, size)
    except OSError as error:
        raise RecordingError(f"cannot read `{path}`: {error.strerror}") from None
    except (struct.error, ValueError, IndexError):
        raise RecordingError(f"`{path}` is damaged, or not whole: it ends too early") from None


def refusal(ending: str) -> str:
    """Return why a file whose name ends so is not taken, and how it is converted."""
    is_sound = ending in ("ogg", "oga", "opus", "flac", "wma", "aif", "aiff", "au", "aac", "mid")
    kinds, made = (AUDIO, "out.m4a") if is_sound else (VIDEO, "-pix_fmt yuv420p out.mp4")
    named = ", ".join(list(kinds)[:-1])
    said = f"`{ending}`" if ending else "a name without an ending"
    return (
        f"PowerPoint does not play {said} everywhere; it plays {named} and {list(kinds)[-1]}. To "
        f"convert it: `ffmpeg -i in.{ending or 'file'} {made}`"
    )


def without_samples(content: bytes) -> bytes | None:
    """Return what a recording says beside its pictures and sound; None for what is none.

    Packed samples hold any short word by chance.
    """
    if content[4:8] == b"ftyp":
        return b" | ".join(
            _beside_samples(content, 0, ">I4s", head=8, order=(0, 1), is_inside=True)
        )
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return b" | ".join(_beside_samples(content, 12, "<4sI", head=8, order=(1, 0)))
    if content[:3] == b"ID3":
        return content[: 10 + _synchsafe(content[6:10])] + content[-128:]
    return b"" if _is_mp3(content[:4]) else None


def _beside_samples(
    content: bytes,
    place: int,
    form: str,
    *,
    head: int,
    order: tuple[int, int],
    is_inside: bool = False,
) -> Iterator[bytes]:
    """Yield the boxes or chunks of a file but for those of samples; with *is_inside*, sizes count heads."""
    while place + head <= len(content):
        found = struct.unpack_from(form, content, place)
        size, name = found[order[0]], found[order[1]]
        if is_inside and size == 1:
            (size,) = struct.unpack_from(">Q", content, place + head)
        end = place + (max(size, head) if is_inside else head + size + size % 2)
        if is_inside and size == 0:
            end = len(content)
        if name not in SAMPLES:
            yield content[place:end]
        place = end


def _known(file: BinaryIO, path: Path, kind: str, size: int) -> Known:
    match kind:
        case "mp3":
            return _mp3(file, path)
        case "wav":
            return _wav(file, path)
        case _:
            return _film(file, path, kind, size)


# MP4, MOV, M4A --------------------------------------------------------------------------------


class _Track(NamedTuple):
    """A track of a film: `vide` or `soun`, its codec, the size of its picture."""

    handler: str
    codec: str
    width: int
    height: int


def _film(file: BinaryIO, path: Path, kind: str, size: int) -> Known:
    file.seek(4)
    if file.read(4) not in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"):
        raise RecordingError(f"`{path}` is not what its name says: it is no MP4 or MOV file")
    found = {name: place for name, *place in _boxes(file, 0, size)}
    if "moov" not in found:
        raise RecordingError(f"`{path}` is not whole: it has no list of its tracks (`moov`)")
    start, end = found["moov"]
    milliseconds, tracks = _movie(file, start, end)
    pictures = [track for track in tracks if track.handler == "vide"]
    if not tracks:
        raise RecordingError(f"`{path}` has neither picture nor sound")
    if kind == "mp4" and not pictures:
        kind = "m4a"  # what an MP4 file of sound alone is called
    width, height = (
        (pictures[0].width, pictures[0].height) if pictures and kind != "m4a" else (0, 0)
    )
    doubtful = {track.codec for track in tracks} - PLAYED
    told = tuple(sorted(CODECS.get(codec, codec) for codec in doubtful))
    return Known(Recording(path, kind, width, height, milliseconds), told)


def _movie(file: BinaryIO, start: int, end: int) -> tuple[int, list[_Track]]:
    """Return the milliseconds of a film and its tracks of pictures and sound."""
    milliseconds, tracks = 0, []
    for name, inner, stop in _boxes(file, start, end):
        if name == "mvhd":
            milliseconds = _duration(_read(file, inner, stop))
        elif name == "trak":
            tracks.append(_track(file, inner, stop))
    return milliseconds, [track for track in tracks if track.handler in ("vide", "soun")]


def _track(file: BinaryIO, start: int, end: int) -> _Track:
    handler = codec = ""
    width = height = 0
    for name, inner, stop in _deep_boxes(file, start, end):
        content = _read(file, inner, min(stop, inner + 128))
        if name == "tkhd":
            width, height = _track_size(content)
        elif name == "hdlr" and not handler:
            handler = content[8:12].decode("latin-1")
        elif name == "stsd":
            codec = content[12:16].decode("latin-1")
    return _Track(handler, codec, width, height)


def _track_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a track's picture as it is shown: a turned one is turned."""
    at = 40 if content[0] == 0 else 52  # of the matrix; version 1 has longer times
    a, b = struct.unpack_from(">ii", content, at)
    width, height = (side >> 16 for side in struct.unpack_from(">II", content, at + 36))
    return (height, width) if a == 0 and b != 0 else (width, height)


def _duration(content: bytes) -> int:
    form, at = (">II", 12) if content[0] == 0 else (">IQ", 20)
    scale, length = struct.unpack_from(form, content, at)
    return round(1000 * length / scale) if scale and length < 2**31 * scale else 0


def _deep_boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for name, inner, stop in _boxes(file, start, end):
        yield name, inner, stop
        if name in HOLDERS:
            yield from _deep_boxes(file, inner, stop)


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and end of what is inside each box between two places."""
    place = start
    while place + 8 <= end:
        size, name = struct.unpack(">I4s", _read(file, place, place + 8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", _read(file, place + 8, place + 16))
            head = 16
        stop = end if size == 0 else place + size
        if stop < place + head or stop > end:
            raise ValueError
        yield name.decode("latin-1"), place + head, stop
        place = stop


def _read(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)


# MP3, WAV -------------------------------------------------------------------------------------


def _mp3(file: BinaryIO, path: Path) -> Known:
    head = file.read(10)
    file.seek(10 + _synchsafe(head[6:10]) if head[:3] == b"ID3" else 0)
    found = file.read(LOOKED_AT)
    begins = range(len(found)) if head[:3] == b"ID3" else (0,)  # some pad beyond the tag
    if not any(_is_mp3(found[k : k + 2]) for k in begins):
        raise RecordingError(f"`{path}` is not what its name says: it is no MP3 file")
    return Known(Recording(path, "mp3", 0, 0, 0))


def _is_mp3(head: bytes) -> bool:
    """Return whether a frame of MPEG audio, layer 3, begins so (ISO/IEC 11172-3, 2.4.1.3)."""
    return len(head) >= 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2


def _synchsafe(digits: bytes) -> int:
    """Return the size that four digits of seven bits tell (ID3v2, 3.1)."""
    return sum((digit & 0x7F) << (7 * (3 - k)) for k, digit in enumerate(digits))


def _wav(file: BinaryIO, path: Path) -> Known:
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        raise RecordingError(f"`{path}` is not what its name says: it is no WAV file")
    name, size = b"", 0
    while name != b"fmt ":
        file.seek(size + size % 2, 1)
        name, size = struct.unpack("<4sI", file.read(8))
    (form,) = struct.unpack("<H", file.read(2))
    told = () if form in WAV_FORMS else (f"WAV form {form}",)
    return Known(Recording(path, "wav", 0, 0, 0), told)
