"""How every chart looks: one strong colour for the own kommun, greys for the rest, one type family at the report's size."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import matplotlib

#: The report's column, mm. A chart is drawn at its final size, so that its text is as large as the body's.
WIDTH = 158.0
#: Text sizes, points: labels and axes; notes and column heads; the titles of a chart that stands alone.
BODY, NOTE, TITLE = 9.0, 8.0, 12.0
REGULAR, SEMIBOLD, BOLD = 400, 600, 700

INK = "#1d2730"
QUIET = "#55616b"
#: The own kommun, and whatever points above the comparison.
OWN = "#0b6699"
#: Its interval: the area is decoration, the edge carries the meaning.
OWN_BAND, OWN_EDGE = "#d3e6f1", "#5c96bb"
#: The comparison kommuner pooled, and whatever points below the comparison.
POOLED = "#666f76"
#: One comparison kommun.
PEER = "#899198"
#: Grid and dividing lines; they carry no meaning of their own.
RULE = "#c9d0d5"
WARNING = "#8a2b06"
PAPER = "#ffffff"
#: What a reader must be able to tell from white paper: as text (4.5 : 1) and as graphics (3 : 1).
TEXT_COLOURS = (INK, QUIET, OWN, POOLED, WARNING)
GRAPHIC_COLOURS = (INK, OWN, OWN_EDGE, POOLED, PEER)

#: Shipped with the package; the report sets its text in the same files.
FAMILY = "Source Sans 3"
FONT_FILES = {
    REGULAR: "SourceSans3_400Regular.ttf",
    SEMIBOLD: "SourceSans3_600SemiBold.ttf",
    BOLD: "SourceSans3_700Bold.ttf",
}
FONTS = Path(__file__).parents[1] / "fonts"
EXAMPLE_LABEL = "EXEMPELDATA"

STYLE: dict[Any, Any] = {
    "figure.facecolor": PAPER,
    "hatch.linewidth": 0.7,
    "path.simplify": False,
    "path.snap": False,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "none",  # text is text; lagesbild.charts.writing makes outlines of it
    "svg.hashsalt": "lagesbild",  # the same ids, hence the same bytes, each time
}


_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def styled(draw: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """The same function, drawing in this theme whatever settings the caller has."""

    @wraps(draw)
    def in_style(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
        with matplotlib.rc_context(STYLE):
            return draw(*args, **kwargs)

    return in_style
