"""Frames of videos and sound recordings, and the mark that stands where they have no poster."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.boxes import Player
from deckgen.geometry import Rect
from deckgen.layout.frames import PlayerFrame
from deckgen.layout.media import frame_picture
from deckgen.theme.model import Theme
from deckgen.theme.places import Place

FILM, SOUND = (16, 9), (16, 4)  # the shape of what tells none
DISC = 0.17  # radius of the disc, of the height
BARS = (3, 5, 9, 6, 11, 14, 9, 12, 16, 13, 8, 11, 15, 10, 7, 12, 9, 5, 8, 4, 6, 3)  # of a sound


class Mark(NamedTuple):
    """What says that something plays: a disc with a triangle on it, bars of sound; in EMU."""

    middle: tuple[int, int]
    radius: int
    triangle: tuple[tuple[int, int], ...]
    bars: tuple[Rect, ...]


def frame_player(theme: Theme, place: Place, player: Player, rect: Rect) -> PlayerFrame:
    """Return the player as large as *rect* allows, in the shape of what plays in it."""
    inner = _shaped(rect, *_shape(player))
    poster = None
    if player.poster is not None:
        poster = frame_picture(place, player.poster._replace(fit="cover"), inner)
    return PlayerFrame(
        name="Sound" if player.is_sound else "Video",
        place=place,
        rect=inner,
        description=player.description,
        poster=poster,
        recording=player.recording,
        link=player.link,
        is_sound=player.is_sound,
        starts_itself=player.starts_itself,
        ground=theme.scheme(place.area, "panel"),
        ink=theme.scheme(place.area, "key"),
    )


def mark_of(rect: Rect, *, is_sound: bool) -> Mark:
    """Return the mark in the middle of *rect*; that of a sound stands at its left, before bars."""
    radius = round(rect.h * (DISC * 1.6 if is_sound else DISC))
    x = rect.x + rect.h // 2 if is_sound else rect.x + rect.w // 2
    y = rect.y + rect.h // 2
    side = radius * 0.5
    triangle = (
        (round(x - side * 0.72), round(y - side)),
        (round(x + side * 1.08), y),
        (round(x - side * 0.72), round(y + side)),
    )
    return Mark((x, y), radius, triangle, tuple(_bars(rect)) if is_sound else ())


def _bars(rect: Rect) -> list[Rect]:
    """Return bars of sound at the right of the disc."""
    left, right = rect.x + rect.h, rect.right - rect.h // 2
    band = (right - left) / len(BARS)
    bars = []
    for k, share in enumerate(BARS):
        high = round(rect.h * share / 26)
        x, y = round(left + k * band), rect.y + (rect.h - high) // 2
        bars.append(Rect(x, y, round(band * 0.55), high))
    return bars


def _shape(player: Player) -> tuple[int, int]:
    """Return the shape of what plays: the film's, else the poster's, else a usual one."""
    recording, poster = player.recording, player.poster
    if recording and recording.width and recording.height:
        return recording.width, recording.height
    if poster and poster.image:
        return poster.image.width, poster.image.height
    return SOUND if player.is_sound else FILM


def _shaped(rect: Rect, width: int, height: int) -> Rect:
    """Return the largest rectangle of a shape in the middle of *rect*."""
    share = min(rect.w / width, rect.h / height)
    w, h = round(width * share), round(height * share)
    return Rect(rect.x + (rect.w - w) // 2, rect.y + (rect.h - h) // 2, w, h)
