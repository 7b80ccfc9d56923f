"""How the slides look: an empty presentation with our theme, master and three layouts, in place of the library's own."""

from __future__ import annotations

import re
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.util import Emu, Mm

from lagesbild.charts import theme

#: On every machine that shows slides; its widths are those of Liberation Sans.
FONT = "Arial"
#: mm
WIDTH, HEIGHT, MARGIN = 338.67, 190.5, 16.0
INNER = WIDTH - 2 * MARGIN
TITLE_TOP, TITLE_HEIGHT, BODY_TOP, BODY_BOTTOM, FOOT_TOP, FOOT_HEIGHT = 9.0, 25.0, 39.0, 172.0, 178.0, 8.0
ACCENT, TINT = "0B4F6C", "EDF1F3"
INK, QUIET, WARNING, RULE = (colour.removeprefix("#").upper() for colour in (theme.INK, theme.QUIET, theme.WARNING, theme.RULE))
COVER, TEXT, PLAIN = range(3)
#: A point's indent, in the file's own unit (36,000 to the millimetre).
_DASH = 266_700
_KEPT = {"Title Slide": "Titelbild", "Title and Content": "Rubrik och text", "Title Only": "Rubrik"}
_COLOURS = {
    "dk1": INK, "lt1": "FFFFFF", "dk2": ACCENT, "lt2": TINT, "accent1": theme.OWN.removeprefix("#").upper(), "accent2": WARNING,
    "accent3": "666F76", "accent4": "5C96BB", "accent5": "899198", "accent6": ACCENT, "hlink": ACCENT, "folHlink": "666F76",
}  # fmt: skip
_NS = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
_NS += 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def _level(kind: str, size: int, colour: str, *, is_bold: bool = False, bullet: bool = False) -> str:
    mark = (
        '<a:buClr><a:schemeClr val="tx2"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="–"/>'
        if bullet
        else "<a:buNone/>"
    )
    indent = f'marL="{_DASH}" indent="{-_DASH}"' if bullet else 'marL="0" indent="0"'
    face = "mj" if kind == "title" else "mn"
    return (
        f'<a:lvl1pPr {indent} algn="l" rtl="0"><a:spcBef><a:spcPts val="0"/></a:spcBef>{mark}'
        f'<a:defRPr lang="sv-SE" sz="{size * 100}" b="{int(is_bold)}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="+{face}-lt"/></a:defRPr></a:lvl1pPr>'
    )


_STYLES = (
    f"<p:txStyles {_NS}><p:titleStyle>{_level('title', 28, 'tx2', is_bold=True)}</p:titleStyle>"
    f"<p:bodyStyle>{_level('body', 20, 'tx1', bullet=True)}</p:bodyStyle>"
    f"<p:otherStyle>{_level('other', 12, 'tx1')}</p:otherStyle></p:txStyles>"
)
_BACKGROUND = f'<p:bg {_NS}><p:bgPr><a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'


def presentation(title: str) -> Any:
    """An empty 16:9 presentation: layouts COVER, TEXT and PLAIN, Arial, the report's colours, Swedish."""
    made: Any = Presentation()
    made.slide_width, made.slide_height = Mm(WIDTH), Mm(HEIGHT)
    package, master = made.part.package, made.slide_master
    for rel, other in list(package._rels.items()):  # no preview of another file, no counts of another program
        if other.reltype.endswith(("/thumbnail", "/extended-properties")):
            package._rels.pop(rel)
    for rel, other in list(made.part.rels.items()):
        if other.reltype.endswith("/printerSettings"):
            made.part.drop_rel(rel) if made.part._rel_ref_count(rel) else made.part.rels.pop(rel)
    for layout in list(made.slide_layouts):
        if layout.name not in _KEPT:
            made.slide_layouts.remove(layout)
    for layout in made.slide_layouts:
        layout._element.cSld.set("name", _KEPT[layout.name])
        _shape_layout(layout)
    _colour(master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    _shape_master(master)
    _cover(made.slide_layouts[COVER])
    for shape in made.notes_master.placeholders:
        if shape.has_text_frame:
            _swedish(shape._element.txBody)
    core = made.core_properties
    core.title, core.author, core.last_modified_by, core.language = title, "lagesbild", "lagesbild", "sv-SE"
    core.subject = core.keywords = ""
    core.revision = 1
    return made


def place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    """Set the shape's box, mm."""
    shape.left, shape.top, shape.width, shape.height = (Emu(round(one * 36_000)) for one in (left, top, width, height))


def colour(text: str) -> Any:
    """'8A2B06' as the library's colour."""
    red, green, blue = bytes.fromhex(text)
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


def solid(text: str) -> Any:
    """'8A2B06' as the element of a colour."""
    return parse_xml(f'<a:srgbClr {_NS} val="{text}"/>')


def line_below(text: str) -> Any:
    """A thin line in that colour below a table's cell."""
    return parse_xml(f'<a:lnB {_NS} w="6350"><a:solidFill><a:srgbClr val="{text}"/></a:solidFill></a:lnB>')


def _colour(part: Any) -> None:
    root = parse_xml(part.blob)
    root.set("name", "Lägesbild")
    for kind in ("clrScheme", "fontScheme"):
        root.find(f".//{A}{kind}").set("name", "Lägesbild")
    for name, value in _COLOURS.items():
        slot = root.find(f".//{A}clrScheme/{A}{name}")
        slot.clear()
        slot.append(solid(value))
    for face in ("majorFont", "minorFont"):
        fonts = root.find(f".//{A}{face}")
        for other in fonts.findall(f"{A}font"):
            fonts.remove(other)
        fonts.find(f"{A}latin").set("typeface", FONT)
    part._blob = serialize_part_xml(root)


def _shape_master(master: Any) -> None:
    root = master._element
    styles = root.find(f"{P}txStyles")
    root.replace(styles, parse_xml(_STYLES))
    for shape in list(master.placeholders):
        kind = shape.placeholder_format.type
        body = shape._element.txBody
        _swedish(body)
        if kind == PP_PLACEHOLDER.TITLE:
            place(shape, MARGIN, TITLE_TOP, INNER, TITLE_HEIGHT)
            _unfitted(body, "b")
        elif kind == PP_PLACEHOLDER.BODY:
            place(shape, MARGIN, BODY_TOP, INNER, BODY_BOTTOM - BODY_TOP)
            _unfitted(body, "t")
        elif kind == PP_PLACEHOLDER.FOOTER:
            place(shape, MARGIN, FOOT_TOP, INNER - 30, FOOT_HEIGHT)
            _unfitted(body, "ctr")
            _align(body, "l")
        elif kind == PP_PLACEHOLDER.SLIDE_NUMBER:
            place(shape, WIDTH - MARGIN - 25, FOOT_TOP, 25, FOOT_HEIGHT)
            _unfitted(body, "ctr")
            _align(body, "r")
        else:
            shape._element.getparent().remove(shape._element)
    rule = master.shapes._spTree
    line = (
        f'<p:cxnSp {_NS}><p:nvCxnSpPr><p:cNvPr id="90" name="Linje"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{round(MARGIN * 36_000)}" y="{round((FOOT_TOP - 1.5) * 36_000)}"/>'
        f'<a:ext cx="{round(INNER * 36_000)}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
    )
    rule.append(parse_xml(line))


def _shape_layout(layout: Any) -> None:
    for shape in list(layout.placeholders):
        if shape.placeholder_format.type == PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)
        else:
            _swedish(shape._element.txBody)


def _cover(layout: Any) -> None:
    """The title slide: white on the accent colour, no line of the master's."""
    common = layout._element.cSld
    common.insert(0, parse_xml(_BACKGROUND))
    layout._element.set("showMasterSp", "0")
    for shape in layout.placeholders:
        kind, body = shape.placeholder_format.type, shape._element.txBody
        style = body.find(f"{A}lstStyle")
        for child in list(style):
            style.remove(child)
        if kind == PP_PLACEHOLDER.CENTER_TITLE:
            place(shape, MARGIN, 45, INNER, 50)
            _unfitted(body, "b")
            style.append(_white(_level("title", 44, "bg1", is_bold=True)))
        elif kind == PP_PLACEHOLDER.SUBTITLE:
            place(shape, MARGIN, 102, INNER, 60)
            _unfitted(body, "t")
            style.append(_white(_level("body", 22, "bg1")))
        else:
            style.append(
                _white(
                    _level("other", 12, "bg1").replace(
                        'algn="l"', f'algn="{"l" if "ftr" in shape.name.lower() or kind == PP_PLACEHOLDER.FOOTER else "r"}"'
                    )
                )
            )


def _white(level: str) -> Any:
    return parse_xml(level.replace("<a:lvl1pPr ", f"<a:lvl1pPr {_NS} ", 1))


def _unfitted(body: Any, anchor: str) -> None:
    """No shrinking by the program that shows it, no inner margins, text anchored at t, ctr or b."""
    properties = body.find(f"{A}bodyPr")
    for child in list(properties):
        properties.remove(child)
    for side in "ltrb":
        properties.set(f"{side}Ins", "0")
    properties.set("anchor", anchor)
    properties.append(parse_xml(f"<a:noAutofit {_NS}/>"))


def _align(body: Any, side: str) -> None:
    for level in body.iter(f"{A}lvl1pPr"):
        level.set("algn", side)
        fill = level.find(f"{A}defRPr/{A}solidFill")
        fill.clear()
        fill.append(solid(QUIET))


_PROMPTS = {"Master title": "Rubrik", "Master subtitle": "Underrubrik", "Master text": "Text", "Second": "Nivå två"}


def _swedish(body: Any) -> None:
    """What the empty placeholders say, and their language."""
    for element in body.iter():
        if "lang" in element.attrib:
            element.set("lang", "sv-SE")
    for text in body.iter(f"{A}t"):
        known = [swedish for english, swedish in _PROMPTS.items() if english in (text.text or "")]
        if known:
            text.text = known[0]
        elif re.search(r"[A-Za-z]{4}", text.text or ""):
            text.text = "Text"
