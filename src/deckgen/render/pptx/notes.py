"""The notes master and the notes slides: speaker notes as real paragraphs with bold lead-ins."""

from __future__ import annotations

from html import escape

from deckgen.boxes import Formula, Run, SpeakerNote, is_jump
from deckgen.geometry import Rect
from deckgen.render.pptx.drawing import NAMESPACES, TREE_HEAD, transform

INDENT = 228_600  # of a level of a list
PAGE = Rect(0, 0, 6_858_000, 9_144_000)
IMAGE = Rect(685_800, 685_800, 5_486_400, 3_086_100)
BODY = Rect(685_800, 4_000_500, 5_486_400, 4_457_700)


def notes_master_xml(language: str) -> str:
    """Return the notes master: slide image over text, dark on white in every theme."""
    levels = "".join(
        f'<a:lvl{level}pPr marL="{(level - 1) * INDENT}" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" '
        f'latinLnBrk="0" hangingPunct="1"><a:spcBef><a:spcPts val="400"/></a:spcBef><a:defRPr sz="1200" '
        f'kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        f'<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{level}pPr>'
        for level in range(1, 6)
    )
    image = _image(2, ' idx="2"', IMAGE)
    prompt = f'<a:p><a:r><a:rPr lang="{language}"/><a:t>Speaker notes</a:t></a:r></a:p>'
    body = _body(3, 'sz="quarter" idx="3"', BODY, prompt)
    return (
        f'<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef>'
        f"</p:bg><p:spTree>{TREE_HEAD}{image}"
        f"{body}</p:spTree></p:cSld>"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
        'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
        f'folHlink="folHlink"/><p:notesStyle>{levels}</p:notesStyle></p:notesMaster>'
    )


def notes_slide_xml(notes: tuple[SpeakerNote, ...], language: str) -> str:
    """Return a notes slide with one paragraph for each note."""
    image = _image(2, "", None)
    body = _body(3, 'idx="1"', None, "".join(_paragraph(note, language) for note in notes))
    return (
        f"<p:notes {NAMESPACES}><p:cSld><p:spTree>{TREE_HEAD}{image}"
        f"{body}</p:spTree></p:cSld><p:clrMapOvr>"
        f"<a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def _image(number: int, index: str, rect: Rect | None) -> str:
    place = f'{transform(rect)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if rect else ""
    line = '<a:noFill/><a:ln w="9525"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:ln>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Slide image"/><p:cNvSpPr><a:spLocks noGrp="1" '
        f'noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"{index}/></p:nvPr>'
        f"</p:nvSpPr><p:spPr>{place}{line if rect else ''}</p:spPr></p:sp>"
    )


def _body(number: int, index: str, rect: Rect | None, paragraphs: str) -> str:
    place = f'{transform(rect)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if rect else ""
    properties = (
        '<a:bodyPr vert="horz" lIns="91440" tIns="45720" rIns="91440" bIns="45720" rtlCol="0"/>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Speaker notes"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f'</p:cNvSpPr><p:nvPr><p:ph type="body" {index}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>'
        f"<p:txBody>{properties if rect else '<a:bodyPr/>'}<a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    )


def _paragraph(note: SpeakerNote, language: str) -> str:
    lead = (Run(f"{note.lead} ", bold=True),) if note.lead else ()
    runs = "".join(_run(run, language) for run in (*lead, *note.text))
    return f"<a:p>{_stand(note)}{runs}</a:p>"


def _stand(note: SpeakerNote) -> str:
    """Return how an item of a list stands: its indents, and its bullet or its number."""
    if not (note.is_item or note.level):
        return ""
    margin = INDENT * (note.level + 1)
    level = f' lvl="{note.level}"' if note.level else ""
    if not note.is_item:
        return f'<a:pPr marL="{margin}"{level}/>'
    mark = '<a:buFont typeface="Arial"/><a:buChar char="\u2022"/>'
    if note.number is not None:
        mark = f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod" startAt="{note.number}"/>'
    return f'<a:pPr marL="{margin}" indent="-{INDENT}"{level}>{mark}</a:pPr>'


def _run(run: Run, language: str) -> str:
    marks = (' b="1"' if run.bold else "") + (' i="1"' if run.italic else "")
    marks += ' strike="sngStrike"' if run.struck else ""
    said = _dollars(run.equation) if run.equation else run.text
    is_told = run.link and run.link != run.text and not is_jump(run.link)
    shown = f"{said} ({run.link})" if is_told else said
    form = f'<a:rPr lang="{language}"{marks} dirty="0"/>'
    lines = (
        f"<a:r>{form}<a:t>{escape(line, quote=False)}</a:t></a:r>" for line in shown.split("\n")
    )
    return f"<a:br>{form}</a:br>".join(lines)


def _dollars(formula: Formula) -> str:
    """Return an equation as its author wrote it: notes hold characters alone."""
    mark = "$$" if formula.is_display else "$"
    return f"{mark}{formula.latex}{mark}"
