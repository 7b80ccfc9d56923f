"""Lines of text in an SVG drawing: written as text, and that text turned into the font's outlines."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, unescape

from matplotlib.textpath import text_to_path

from lagesbild.charts import lettering, theme

#: Where on the line its point is, as a share of the line's width.
SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}
#: A line as ``attributes`` describes it.
_LINE = re.compile(
    r'<text style="font: (?P<weight>\d+) (?P<size>[\d.]+)px [^;]+; text-anchor: (?P<anchor>\w+); fill: (?P<color>#\w+)"'
    r'(?: transform="rotate\((?P<turn>\S+) [^"]*")? x="(?P<x>[^"]+)" y="(?P<y>[^"]+)">(?P<text>[^<]*)</text>'
)


def attributes(
    x: float, y: float, size: float, weight: int, color: str, anchor: str = "start", turn: float = 0
) -> dict[str, str]:
    """The attributes of a text element with its baseline at x and y, points from the drawing's upper left corner.

    turn: degrees counterclockwise.
    """
    place = {"x": f"{round(x, 2):g}", "y": f"{round(y, 2):g}"}
    font = f"font: {weight} {size:g}px '{theme.FAMILY}', sans-serif"
    turned = {"transform": f"rotate({-turn:g} {place['x']} {place['y']})"} if turn else {}
    return {"style": f"{font}; text-anchor: {anchor}; fill: {color}", **turned, **place}


def element(text: str, described: dict[str, str]) -> str:
    """The line as a text element: a tenth of the outlines' size, but it needs the font where it is shown."""
    written = " ".join(f'{name}="{value}"' for name, value in described.items())
    return f"<text {written}>{escape(text)}</text>\n"


def outlined(drawing: str, prefix: str) -> str:
    """The drawing with every line as outlines; each letter is defined once, with ``prefix`` before its id, and then used."""
    defined: set[str] = set()

    def outlines(found: re.Match[str]) -> str:
        line = lettering.outline(unescape(found["text"]), int(found["weight"]))
        start = SHARES[found["anchor"]] * line.advance
        letters = [(name, left - start, shape) for name, left in line.glyphs if (shape := lettering.glyph_shape(name))]
        new = {name: shape for name, _, shape in letters if name not in defined}
        defined.update(new)
        scale = float(found["size"]) / text_to_path.FONT_SCALE
        turn = f" rotate({found['turn']})" if found["turn"] else ""
        place = f"translate({found['x']} {found['y']}){turn} scale({scale:g} {-scale:g})"
        shapes = "".join(f'<path id="{prefix}{name}" d="{shape}"/>' for name, shape in new.items())
        used = "".join(f'<use xlink:href="#{prefix}{name}" x="{left:.1f}"/>\n' for name, left, _ in letters)
        spoken = found["text"].replace("--", "- -")
        return f'<!-- {spoken} -->\n<g style="fill: {found["color"]}" transform="{place}">\n<defs>{shapes}</defs>\n{used}</g>'

    return _LINE.sub(outlines, drawing)
