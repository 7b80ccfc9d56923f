"""Weekday and hour of one problem area: a heat map with the count in each cell, for each list of events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.charts import theme, wording
from lagesbild.charts.areas import EVENTS, LISTS, ORDER, based
from lagesbild.charts.chart import Chart
from lagesbild.charts.rows import Row, records
from lagesbild.charts.sheet import Box, Sheet
from lagesbild.places.hours import BLOCK, BLOCKS
from lagesbild.places.value import Places
from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy

DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_LABELS, _GAP, _ROW, _HEAD = 10.0, 6.0, 5.0, 11.0
#: Below so many events in a cell none is dark: it would only tell chance.
_PALE = 10.0
#: From few to many; the count stands in the cell, so that nothing is told by the shade alone.
SHADES = ("#ffffff", "#eaf3f8", theme.OWN_BAND, "#a3c8de", theme.OWN_EDGE, theme.OWN)


@dataclass(frozen=True)
class Timed:
    """One list: source, the 56 cells, its base, the cells above an even spread, at most two, largest first, and the hours that
    are so on all weekdays together, from and to.
    """

    source: str
    cells: list[Row]
    base: Row
    peaks: list[Row]
    hours: tuple[tuple[int, int], ...]

    @property
    def period(self) -> str:
        """'2025' or '2024–2025'."""
        return swedish.years(self.base["first_year"], self.base["last_year"])

    @property
    def finding(self) -> str:
        """When most happens: two moments of the week where two stand out, else the hours, else the one moment."""
        if len(self.peaks) == 1 and self.hours:
            return _hours(self.hours)
        return moments(self.peaks) if self.peaks else _hours(self.hours)

    @property
    def even(self) -> float:
        """How many events a cell would have if they were spread evenly over the week."""
        return float(self.base["n_timed"]) / (7 * BLOCKS)


def timed(line: str, places: Places) -> list[Timed]:
    """The lists that have hours to show of the line, the police's first."""
    found = []
    for source in ORDER:
        rows = places.of("hours", source, line)
        if len(rows):
            peaks = rows[rows["is_above"]].sort_values(
                ["count", "weekday", "block"], ascending=[False, True, True], kind="stable"
            )
            base = records(places.of("bases", source, line))[0]
            found.append(Timed(source, records(rows), base, records(peaks.head(2)), _above(places.of("blocks", source, line))))
    return found


def _above(blocks: pd.DataFrame) -> tuple[tuple[int, int], ...]:
    """The blocks above an even spread, neighbours joined, as hours."""
    found: list[tuple[int, int]] = []
    for block in sorted(blocks.loc[blocks["is_above"], "block"].tolist()):
        first, last = block * BLOCK, (block + 1) * BLOCK
        found = [*found[:-1], (found[-1][0], last)] if found and found[-1][1] == first else [*found, (first, last)]
    return tuple(found)


def clock(block: int) -> str:
    """The hours of a block: '21–24'.

    >>> clock(0), clock(7)
    ('0–3', '21–24')
    """
    return f"{block * BLOCK}{swedish.EN_DASH}{(block + 1) * BLOCK}"


def _hours(hours: tuple[tuple[int, int], ...]) -> str:
    spans = swedish.listing([f"{first}{swedish.EN_DASH}{last}" for first, last in hours])
    return f"kl.{swedish.NBSP}{spans}" if hours else ""


def moments(peaks: list[Row]) -> str:
    """'fredag och lördag kl. 21–24', or each with its own hours.

    >>> moments([{"weekday": 5, "block": 7}, {"weekday": 4, "block": 7}])
    'fredag och lördag kl.\\xa021–24'
    """
    ordered = sorted(peaks, key=lambda cell: (cell["weekday"], cell["block"]))
    if len({cell["block"] for cell in ordered}) == 1:
        days = swedish.listing([DAYS[cell["weekday"]] for cell in ordered])
        return f"{days} kl.{swedish.NBSP}{clock(ordered[0]['block'])}"
    return swedish.listing([f"{DAYS[cell['weekday']]} kl.{swedish.NBSP}{clock(cell['block'])}" for cell in ordered])


@theme.styled
def tid(line: str, places: Places, profile: Profile, taxonomy: Taxonomy) -> Chart | None:
    """Weekday × three-hour block of the line's events, in each list; None where too few have a clock time."""
    lists = timed(line, places)
    if not lists:
        return None
    title = _title(wording.plain(taxonomy.name(line)), lists)
    bases = based([(int(one.base["n_timed"]), one.source, one.period) for one in lists])
    periods = list(dict.fromkeys(one.period for one in lists))
    return Chart(
        name=f"tid-{line.replace('_', '-')}",
        figure=_draw(lists, profile).figure,
        title=title,
        subtitle=f"Antal per veckodag och tre timmar, av {bases} med känd tid. Ram = fler än vid jämn spridning.",
        alt=" ".join([f"{title}.", *(_told(one) for one in lists)]),
        caption=wording.source_line([LISTS[one.source] for one in lists], swedish.listing(periods), profile),
        table=_table(lists),
    )


def number(cell: Row) -> str:
    """'67 (52–85)': the cell's count with its interval."""
    return f"{swedish.number(round(cell['count']))} ({swedish.interval(round(cell['lower']), round(cell['upper']))})"


def _title(name: str, lists: list[Timed]) -> str:
    told = [(one, one.finding) for one in lists if one.finding]
    if not told:
        return f"{name}: ingen tid går att skilja från jämn spridning över veckan"
    if len(told) == 2 and told[0][1] == told[1][1]:
        return f"{name}: flest {EVENTS[told[0][0].source]} och {EVENTS[told[1][0].source]} {told[0][1]}"
    return f"{name}: " + "; ".join(f"flest {EVENTS[one.source]} {when}" for one, when in told)


def _told(one: Timed) -> str:
    even = swedish.number(one.even, 1)
    if not one.peaks:
        largest = max(one.cells, key=lambda cell: (cell["count"], -cell["weekday"], -cell["block"]))
        return f"{LISTS[one.source]}: som mest {number(largest)} {moments([largest])}; jämn spridning vore {even} per ruta."
    cells = "; ".join(f"{moments([cell])} {number(cell)}" for cell in one.peaks)
    return f"{LISTS[one.source]}: {cells}; jämn spridning vore {even} per ruta."


def _draw(lists: list[Timed], profile: Profile) -> Sheet:
    sheet = Sheet.new(_HEAD + 7 * _ROW + 9.5, is_example=profile.is_example)
    wide = (theme.WIDTH - _LABELS - _GAP * (len(lists) - 1)) / len(lists)
    top = sheet.top - _HEAD
    for day, name in enumerate(DAYS):
        sheet.text(0, top - (day + 0.5) * _ROW, name[:3])
    for k, one in enumerate(lists):
        _panel(sheet, one, _LABELS + k * (wide + _GAP), wide / BLOCKS, top)
    return sheet


def _panel(sheet: Sheet, one: Timed, left: float, wide: float, top: float) -> None:
    sheet.text(left, sheet.top - 2.4, f"{LISTS[one.source]} {one.period}", size=theme.NOTE, weight=theme.SEMIBOLD)
    for block in range(BLOCKS):
        sheet.text(left + (block + 0.5) * wide, top + 2.6, clock(block), ha="center", size=theme.NOTE, color=theme.QUIET)
    largest = max(_PALE, *(cell["count"] for cell in one.cells))
    of_shade: dict[int, list[Box]] = {}
    for cell in one.cells:
        x, y = left + cell["block"] * wide, top - (cell["weekday"] + 1) * _ROW
        shade = int(np.ceil(cell["count"] / largest * (len(SHADES) - 1) - 1e-9)) if round(cell["count"]) else 0
        of_shade.setdefault(shade, []).append((x, y, wide, _ROW))
        is_dark, is_above = shade == len(SHADES) - 1, bool(cell["is_above"])
        color = theme.PAPER if is_dark else theme.INK if shade else theme.QUIET
        weight = theme.BOLD if is_above else theme.REGULAR
        text = swedish.number(round(cell["count"]))
        sheet.text(x + wide / 2, y + _ROW / 2, text, ha="center", size=theme.NOTE, weight=weight, color=color)
    for shade, boxes in sorted(of_shade.items()):
        sheet.boxes(boxes, face=SHADES[shade], edge=theme.RULE)
    edges = [
        (left + cell["block"] * wide + 0.35, top - (cell["weekday"] + 1) * _ROW + 0.35, wide - 0.7, _ROW - 0.7)
        for cell in one.cells
        if cell["is_above"]
    ]
    sheet.boxes(edges, edge=theme.INK, order=5)
    bottom = top - 7 * _ROW
    peaks = one.peaks or [max(one.cells, key=lambda cell: (cell["count"], -cell["weekday"], -cell["block"]))]
    told = "; ".join(f"{DAYS[cell['weekday']][:3]} {clock(cell['block'])}: {number(cell)}" for cell in peaks)
    notes = [f"Mest {told}", f"Jämn spridning: {swedish.number(one.even, 1)} per ruta"]
    sheet.lines(left, bottom - 2.8, notes, size=theme.NOTE, color=theme.QUIET)


def _table(lists: list[Timed]) -> pd.DataFrame:
    cells = lists[0].cells
    table: dict[str, object] = {
        "Veckodag": pd.Series([DAYS[cell["weekday"]] for cell in cells], dtype="str"),
        "Timmar": pd.Series([clock(cell["block"]) for cell in cells], dtype="str"),
    }
    columns = {"count": "antal", "lower": "undre gräns", "upper": "övre gräns"}
    for one in lists:
        for column, head in columns.items():
            table[f"{LISTS[one.source]}, {head}"] = pd.Series([cell[column] for cell in one.cells], dtype="float64")
    return pd.DataFrame(table)
