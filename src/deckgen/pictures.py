"""Reads what slides show from files: pictures, upright, no larger than their place needs; recordings.

PNG, JPEG and GIF go in as they are where they can; WebP and others become PNG; a turned photograph (EXIF
orientation) is turned upright; SVG needs the extra `[svg]` and goes in with a PNG beside it, for
readers that cannot draw it. Pillow, which python-pptx brings, is imported where a picture is read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.boxes import Content, Image, Picture, Player, Section, Single, SlideBoxes, Stack
from deckgen.diagnostics import Diagnostics, Span
from deckgen.recordings import RecordingError, read_recording

if TYPE_CHECKING:
    from PIL import Image as Pillow

LARGEST_FILE = 50_000_000
MOST_PIXELS = 100_000_000
DPI = 220  # what PowerPoint keeps at its default quality
KEPT = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif"}
SVG_WIDTH = 2400


class PictureError(Exception):
    """A file that cannot become a picture; the message says why, and what would help."""


def with_pictures(sections: Iterable[Section], diagnostics: Diagnostics) -> list[Section]:
    """Return *sections* with the pictures of their slides read; one that cannot be is reported, and left out."""
    return [
        section._replace(slides=tuple(_read_slide(slide, diagnostics) for slide in section.slides))
        for section in sections
    ]


def _read_slide(slide: SlideBoxes, diagnostics: Diagnostics) -> SlideBoxes:
    if not any(isinstance(box, Picture | Player | Stack) for box in slide.boxes.values()):
        return slide
    read: dict[str, Content] = {}
    for name, box in slide.boxes.items():
        if isinstance(box, Stack):
            found = (_read_content(one, slide, diagnostics) for one in box.contents)
            read[name] = box._replace(contents=tuple(one for one in found if one is not None))
        elif (one := _read_content(box, slide, diagnostics)) is not None:
            read[name] = one
    return slide._replace(boxes=read)


def _read_content(box: Single, slide: SlideBoxes, diagnostics: Diagnostics) -> Single | None:
    """Return *box* with what its files hold; None where one cannot be read, which is reported."""
    try:
        if isinstance(box, Picture):
            return box._replace(image=read_picture(box.file))
        return _read_player(box, slide, diagnostics) if isinstance(box, Player) else box
    except PictureError as error:
        diagnostics.add("cannot-read-picture", str(error), _place(box) or slide.span)
    except RecordingError as error:
        diagnostics.add("cannot-read-recording", str(error), _place(box) or slide.span)
    return None


def _read_player(box: Player, slide: SlideBoxes, diagnostics: Diagnostics) -> Player:
    poster = box.poster and _read_content(box.poster, slide, diagnostics)
    assert poster is None or isinstance(poster, Picture)
    if box.file is None:
        return box._replace(poster=poster)
    known = read_recording(box.file)
    if box.is_sound is bool(known.recording.width):
        what, kind = ("a video", "video") if box.is_sound else ("sound alone", "audio")
        raise RecordingError(f"`{box.file.name}` is {what}: write `kind: {kind}`")
    if known.doubtful:
        codecs = ", ".join(known.doubtful)
        message = f"`{box.file.name}` holds {codecs}, which not every PowerPoint plays"
        ending = "m4a" if box.is_sound else "mp4"
        picture = "" if box.is_sound else "-c:v libx264 -pix_fmt yuv420p "
        hints = (f"convert it: `ffmpeg -i {box.file.name} {picture}-c:a aac out.{ending}`",)
        diagnostics.add("may-not-play", message, box.span or slide.span, hints=hints)
    return box._replace(poster=poster, recording=known.recording)


def _place(box: Single) -> Span | None:
    return box.span if isinstance(box, Picture | Player) else None


@cache
def read_picture(path: Path) -> Image:
    """Return the picture in the file at *path*; raise PictureError where there is none."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise PictureError(f"`{path}` is larger than {LARGEST_FILE // 10**6} MB")
        content = path.read_bytes()
    except OSError as error:
        raise PictureError(_unread(path, error)) from None
    if path.suffix.lower() == ".svg" or content.lstrip()[:5] in (b"<?xml", b"<svg "):
        return _draw_vector(path, content)
    return _read_pixels(path, content)


def _unread(path: Path, error: OSError) -> str:
    """Return why there is no picture at *path*, and what was probably meant."""
    if found := re.search(r"(https?):/+(.*)", path.as_posix()):
        address = f"{found[1]}://{found[2]}"
        return f"`{address}` is an address: deckgen downloads nothing; save the picture as a file"
    try:
        beside = [item.name for item in path.parent.iterdir()]
    except OSError:
        beside = []
    near = get_close_matches(path.name.lower(), [name.lower() for name in beside], n=1, cutoff=0.8)
    meant = next((name for name in beside if name.lower() in near), None)
    hint = f"; did you mean `{meant}`?" if meant else ""
    return f"cannot read `{path}`: {error.strerror}{hint}"


def fit_pixels(image: Image, width: int, height: int) -> Image:
    """Return *image* with no more pixels than a place of *width* by *height* EMU needs."""
    share = max(width / 914_400 * DPI / image.width, height / 914_400 * DPI / image.height)
    if share >= 0.9 or image.extension == "gif":
        return image
    from PIL import Image as Pillow  # noqa: PLC0415

    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    with Pillow.open(io.BytesIO(image.content)) as opened:
        small = opened.resize(size, Pillow.Resampling.LANCZOS)
    return _encoded(small, image.extension)._replace(vector=image.vector)


def _read_pixels(path: Path, content: bytes) -> Image:
    from PIL import Image as Pillow  # noqa: PLC0415
    from PIL import ImageOps  # noqa: PLC0415

    try:
        with Pillow.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureError(f"`{path}` has more than {MOST_PIXELS // 10**6} million pixels")
            opened.load()
            format = opened.format or ""
            upright = ImageOps.exif_transpose(opened)
            is_turned = upright.size != opened.size or opened.getexif().get(0x0112, 1) != 1
            if format in KEPT and not is_turned and opened.mode != "CMYK":
                return Image(content, KEPT[format], opened.width, opened.height)
            return _encoded(upright, "jpeg" if format == "JPEG" else "png")
    except PictureError:
        raise
    except (OSError, SyntaxError, ValueError, Pillow.DecompressionBombError):
        raise PictureError(f"`{path}` is not a PNG, JPEG, GIF, WebP or SVG picture") from None


def _encoded(picture: Pillow.Image, extension: str) -> Image:
    buffer = io.BytesIO()
    if extension == "jpeg":
        picture.convert("RGB").save(buffer, "JPEG", quality=88, optimize=True)
    else:
        mode = picture.mode if picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else "RGBA"
        picture.convert(mode).save(buffer, "PNG", optimize=True)
    return Image(buffer.getvalue(), extension, picture.width, picture.height)


def _draw_vector(path: Path, content: bytes) -> Image:
    try:
        import resvg_py  # noqa: PLC0415
    except ImportError:
        hint = "pip install resvg-py"
        raise PictureError(f"`{path}` is an SVG picture, which needs a library: {hint}") from None
    try:
        drawn = bytes(resvg_py.svg_to_bytes(svg_string=content.decode(), width=SVG_WIDTH))
    except (ValueError, UnicodeDecodeError, RuntimeError) as error:
        raise PictureError(f"`{path}` is not a valid SVG picture: {error}") from None
    return _read_pixels(path, drawn)._replace(vector=content)
