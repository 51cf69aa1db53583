"""What moves on a slide: time bars that are wiped away, paragraphs that come click by click.

ECMA-376 part 1, 19.5. The forms are those that PowerPoint itself writes: exit effect Wipe from the
left (preset 22, subtype 8), entrance effect Appear (preset 1). Without animation (in a PDF, on the web) the
slide shows everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count


def timing_xml(timers: Sequence[tuple[int, int]], builds: Sequence[tuple[int, int]]) -> str:
    """Return `p:timing` for timers (shape id, milliseconds) and builds (shape id, paragraphs).

    Builds come first, a click for each paragraph; one more click starts the first timer, and
    each later one follows the one before it.
    """
    if not timers and not builds:
        return ""
    ids = count(3)
    clicks = [
        _click([_appear(shape, paragraph, ids)], ids)
        for shape, paragraphs in builds
        for paragraph in range(paragraphs)
    ]
    if timers:
        clicks.append(_click(list(_wipes(timers, ids)), ids))
    built = "".join(
        f'<p:bldP spid="{shape}" grpId="0" build="p"/>' for shape, _ in builds
    ) + "".join(f'<p:bldP spid="{shape}" grpId="0" animBg="1"/>' for shape, _ in timers)
    return (
        '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot">'
        '<p:childTnLst><p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq">'
        f"<p:childTnLst>{''.join(clicks)}</p:childTnLst></p:cTn>{_step('prev', 'onPrev')}"
        f"{_step('next', 'onNext')}</p:seq></p:childTnLst></p:cTn></p:par></p:tnLst>"
        f"<p:bldLst>{built}</p:bldLst></p:timing>"
    )


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
