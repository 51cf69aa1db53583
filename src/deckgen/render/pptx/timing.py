"""What moves on a slide: time bars that are wiped away, paragraphs that come click by click, what plays.

ECMA-376 part 1, 19.5. The forms are those that PowerPoint itself writes: exit effect Wipe from the
left (preset 22, subtype 8), entrance effect Appear (preset 1). Without animation (in a PDF, on the web) the
slide shows everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple


class Playing(NamedTuple):
    """A picture that plays: its shape id, whether it is sound alone, starts by itself, how long."""

    shape: int
    is_sound: bool
    starts_itself: bool
    milliseconds: int  # 0: not known


def timing_xml(
    timers: Sequence[tuple[int, int]],
    builds: Sequence[tuple[int, int]],
    players: Sequence[Playing] = (),
) -> str:
    """Return `p:timing` for timers (shape id, milliseconds), builds (shape id, paragraphs), players.

    What plays by itself comes first, then builds, a click for each paragraph; one more click starts
    the first timer, and each later one follows the one before it. A click on what plays starts it or
    stops it.
    """
    if not timers and not builds and not players:
        return ""
    ids = count(3)
    clicks = [_start(player, ids) for player in players if player.starts_itself]
    clicks += [
        _click([_appear(shape, paragraph, ids)], ids)
        for shape, paragraphs in builds
        for paragraph in range(paragraphs)
    ]
    if timers:
        clicks.append(_click(list(_wipes(timers, ids)), ids))
    main = (
        '<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq">'
        f"<p:childTnLst>{''.join(clicks)}</p:childTnLst></p:cTn>{_step('prev', 'onPrev')}"
        f"{_step('next', 'onNext')}</p:seq>"
    )
    played = "".join(_toggle(player, ids) + _node(player, ids) for player in players)
    return (
        '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot">'
        f"<p:childTnLst>{main if clicks else ''}{played}</p:childTnLst></p:cTn></p:par></p:tnLst>"
        f"{_build_list(timers, builds)}</p:timing>"
    )


def _build_list(timers: Sequence[tuple[int, int]], builds: Sequence[tuple[int, int]]) -> str:
    built = "".join(
        f'<p:bldP spid="{shape}" grpId="0" build="p"/>' for shape, _ in builds
    ) + "".join(f'<p:bldP spid="{shape}" grpId="0" animBg="1"/>' for shape, _ in timers)
    return f"<p:bldLst>{built}</p:bldLst>" if built else ""


def _start(player: Playing, ids: Iterator[int]) -> str:
    """Return what plays as the slide comes: after what is before it, without a click."""
    length = f'dur="{player.milliseconds}"' if player.milliseconds else 'dur="indefinite"'
    command = _command(player, "playFrom(0.0)", length, ids)
    effect = (
        f'<p:par><p:cTn id="{next(ids)}" presetID="1" presetClass="mediacall" presetSubtype="0" '
        f'fill="hold" nodeType="afterEffect">{_delay(0)}<p:childTnLst>{command}</p:childTnLst></p:cTn></p:par>'
    )
    inner = (
        f'<p:par><p:cTn id="{next(ids)}" fill="hold">{_delay(0)}<p:childTnLst>{effect}</p:childTnLst>'
        f"</p:cTn></p:par>"
    )
    begins = (
        '<p:stCondLst><p:cond delay="indefinite"/><p:cond evt="onBegin" delay="0"><p:tn val="2"/>'
        "</p:cond></p:stCondLst>"
    )
    return (
        f'<p:par><p:cTn id="{next(ids)}" fill="hold">{begins}<p:childTnLst>{inner}</p:childTnLst>'
        f"</p:cTn></p:par>"
    )


def _toggle(player: Playing, ids: Iterator[int]) -> str:
    """Return what a click on the picture does: it plays, or stops."""
    clicked = f'<p:cond evt="onClick" delay="0">{_target(player)}</p:cond>'
    command = _command(player, "togglePause", 'dur="1"', ids)
    effect = (
        f'<p:par><p:cTn id="{next(ids)}" presetID="2" presetClass="mediacall" presetSubtype="0" '
        f'fill="hold" nodeType="clickEffect">{_delay(0)}<p:childTnLst>{command}</p:childTnLst></p:cTn></p:par>'
    )
    for _ in range(2):
        effect = (
            f'<p:par><p:cTn id="{next(ids)}" fill="hold">{_delay(0)}<p:childTnLst>{effect}'
            f"</p:childTnLst></p:cTn></p:par>"
        )
    return (
        f'<p:seq concurrent="1" nextAc="seek"><p:cTn id="{next(ids)}" restart="whenNotActive" fill="hold" '
        f'evtFilter="cancelBubble" nodeType="interactiveSeq"><p:stCondLst>{clicked}</p:stCondLst>'
        f'<p:endSync evt="end" delay="0"><p:rtn val="all"/></p:endSync><p:childTnLst>{effect}'
        f"</p:childTnLst></p:cTn><p:nextCondLst>{clicked}</p:nextCondLst></p:seq>"
    )


def _node(player: Playing, ids: Iterator[int]) -> str:
    """Return the node of what plays; a sound ends where another begins."""
    tag = "audio" if player.is_sound else "video"
    ends = (
        '<p:endCondLst><p:cond evt="onStopAudio" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>'
        "</p:endCondLst>"
        if player.is_sound
        else ""
    )
    return (
        f'<p:{tag}><p:cMediaNode vol="80000"><p:cTn id="{next(ids)}" fill="hold" display="0">'
        f"{_delay('indefinite')}{ends}</p:cTn>{_target(player)}</p:cMediaNode></p:{tag}>"
    )


def _command(player: Playing, command: str, length: str, ids: Iterator[int]) -> str:
    return (
        f'<p:cmd type="call" cmd="{command}"><p:cBhvr><p:cTn id="{next(ids)}" {length} fill="hold"/>'
        f"{_target(player)}</p:cBhvr></p:cmd>"
    )


def _target(player: Playing) -> str:
    return f'<p:tgtEl><p:spTgt spid="{player.shape}"/></p:tgtEl>'


def _click(effects: list[tuple[int, str]], ids: Iterator[int]) -> str:
    """Return what one click starts: effects at their delays in milliseconds."""
    inner = "".join(
        f'<p:par><p:cTn id="{next(ids)}" fill="hold">{_delay(delay)}<p:childTnLst>{effect}</p:childTnLst>'
        f"</p:cTn></p:par>"
        for delay, effect in effects
    )
    return (
        f'<p:par><p:cTn id="{next(ids)}" fill="hold">{_delay("indefinite")}<p:childTnLst>{inner}'
        f"</p:childTnLst></p:cTn></p:par>"
    )


def _appear(shape: int, paragraph: int, ids: Iterator[int]) -> tuple[int, str]:
    target = (
        f'<p:tgtEl><p:spTgt spid="{shape}"><p:txEl><p:pRg st="{paragraph}" end="{paragraph}"/></p:txEl>'
        f"</p:spTgt></p:tgtEl>"
    )
    effect = (
        f'<p:par><p:cTn id="{next(ids)}" presetID="1" presetClass="entr" presetSubtype="0" fill="hold" '
        f'grpId="0" nodeType="clickEffect">{_delay(0)}<p:childTnLst>'
        f"{_set_visibility('visible', 0, target, ids)}</p:childTnLst></p:cTn></p:par>"
    )
    return 0, effect


def _wipes(timers: Sequence[tuple[int, int]], ids: Iterator[int]) -> Iterator[tuple[int, str]]:
    started = 0
    for k, (shape, milliseconds) in enumerate(timers):
        node = "clickEffect" if k == 0 else "afterEffect"
        target = f'<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>'
        wipe = (
            f'<p:animEffect transition="out" filter="wipe(left)"><p:cBhvr><p:cTn id="{next(ids)}" '
            f'dur="{milliseconds}"/>{target}</p:cBhvr></p:animEffect>'
        )
        hidden = _set_visibility("hidden", milliseconds - 1, target, ids)
        yield (
            started,
            f'<p:par><p:cTn id="{next(ids)}" presetID="22" presetClass="exit" presetSubtype="8" '
            f'fill="hold" grpId="0" nodeType="{node}">{_delay(0)}<p:childTnLst>{wipe}{hidden}'
            f"</p:childTnLst></p:cTn></p:par>",
        )
        started += milliseconds


def _set_visibility(value: str, delay: int, target: str, ids: Iterator[int]) -> str:
    return (
        f'<p:set><p:cBhvr><p:cTn id="{next(ids)}" dur="1" fill="hold">{_delay(delay)}</p:cTn>{target}'
        f"<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr>"
        f'<p:to><p:strVal val="{value}"/></p:to></p:set>'
    )


def _delay(delay: int | str) -> str:
    return f'<p:stCondLst><p:cond delay="{delay}"/></p:stCondLst>'


def _step(name: str, event: str) -> str:
    return (
        f'<p:{name}CondLst><p:cond evt="{event}" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>'
        f"</p:{name}CondLst>"
    )
