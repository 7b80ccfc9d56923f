"""The year's wheel of one problem area: twelve months round a ring, against an even spread."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from lagesbild import swedish
from lagesbild.charts import theme, wording
from lagesbild.charts.areas import EVENTS, LISTS, ORDER, based
from lagesbild.charts.chart import Chart
from lagesbild.charts.rows import Row, records
from lagesbild.charts.sheet import Sheet
from lagesbild.places.value import Places
from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_HOLE, _RIM, _HEIGHT = 8.0, 25.0, 72.0
#: Half a month's angle that a bar takes, radians.
_HALF = pi / 12 * 0.78


@dataclass(frozen=True)
class Wheel:
    """One list: source, its twelve months and its base."""

    source: str
    months: list[Row]
    base: Row

    @property
    def period(self) -> str:
        """'2025' or '2024–2025'."""
        return swedish.years(self.base["first_year"], self.base["last_year"])

    @property
    def peaks(self) -> list[str]:
        """The months above an even spread."""
        return [MONTHS[month["month"] - 1] for month in self.months if month["is_above"]]

    @property
    def finding(self) -> str:
        """'flest observationer i juni och juli', or that the year cannot be told from even."""
        events = EVENTS[self.source]
        if not self.base["is_uneven"]:
            return f"{events} går inte att skilja från jämn spridning över året"
        if self.peaks:
            return f"flest {events} i {swedish.listing(self.peaks)}"
        return f"{events} är ojämnt fördelade över året, men ingen månad går att peka ut"


def wheels(line: str, places: Places) -> list[Wheel]:
    """The lists that have months to show of the line, the police's first."""
    return [
        Wheel(source, records(rows), records(places.of("bases", source, line))[0])
        for source in ORDER
        if len(rows := places.of("months", source, line))
    ]


@theme.styled
def manader(line: str, places: Places, profile: Profile, taxonomy: Taxonomy) -> Chart | None:
    """The line's events by month in each list; None where too few have a date."""
    lists = wheels(line, places)
    if not lists:
        return None
    name = wording.plain(taxonomy.name(line))
    if any(one.base["is_uneven"] for one in lists):
        title = f"{name}: " + "; ".join(one.finding for one in lists)
    else:
        title = f"{name}: ingen månad går att skilja från jämn spridning över året"
    bases = based([(int(one.base["n_dated"]), one.source, one.period) for one in lists])
    periods = list(dict.fromkeys(one.period for one in lists))
    return Chart(
        name=f"manader-{line.replace('_', '-')}",
        figure=_draw(lists, profile).figure,
        title=title,
        subtitle=f"Antal per månad, av {bases}. Smalt streck = 95{swedish.NBSP}% osäkerhetsintervall, ring = jämn spridning.",
        alt=" ".join([f"{title}.", *(_told(one) for one in lists)]),
        caption=wording.source_line([LISTS[one.source] for one in lists], swedish.listing(periods), profile),
        table=_table(lists),
    )


def _told(one: Wheel) -> str:
    months = "; ".join(
        f"{MONTHS[month['month'] - 1]} {month['count']} ({swedish.interval(round(month['lower']), round(month['upper']))})"
        for month in one.months
    )
    return f"{LISTS[one.source]}: {months}."


def _draw(lists: list[Wheel], profile: Profile) -> Sheet:
    sheet = Sheet.new(_HEIGHT, is_example=profile.is_example)
    wide = theme.WIDTH / 2
    for k, one in enumerate(lists):
        sheet.text(k * wide, sheet.top - 2.4, f"{LISTS[one.source]} {one.period}", size=theme.NOTE, weight=theme.SEMIBOLD)
        _wheel(sheet, one, ((k + 0.5) * wide, (sheet.top - 6.0) / 2))
    return sheet


def _wheel(sheet: Sheet, one: Wheel, middle: tuple[float, float]) -> None:
    highest = max(month["upper"] for month in one.months)

    def at(value: float, angle: float) -> tuple[float, float]:
        radius = _HOLE + value / highest * (_RIM - _HOLE)
        return middle[0] + radius * sin(angle), middle[1] + radius * cos(angle)

    turns = [2 * pi * i / 60 for i in range(61)]
    for value, color, width, style in ((0.0, theme.QUIET, 0.8, "-"), (_even(one), theme.INK, 0.9, (0, (3, 2)))):
        xs, ys = zip(*(at(value, turn) for turn in turns), strict=True)
        sheet.rule(xs, ys, color=color, width=width, style=style, order=3 if value else 1)
    for month in one.months:
        angle = (month["month"] - 0.5) / 12 * 2 * pi
        face = theme.OWN if month["is_above"] else theme.OWN_EDGE
        _bar(sheet, [at(value, angle + turn) for value, turn in _outline(float(month["count"]))], face)
        low, high = at(month["lower"], angle), at(month["upper"], angle)
        sheet.rule((low[0], high[0]), (low[1], high[1]), color=theme.INK, width=0.7, order=4)
        label = highest * (1 + 4.4 / (_RIM - _HOLE))
        x, y = at(label, angle)
        weight = theme.BOLD if month["is_above"] or month["is_below"] else theme.REGULAR
        sheet.text(x, y + 1.6, MONTHS[month["month"] - 1][:3], ha="center", size=theme.NOTE, color=theme.QUIET)
        sheet.text(x, y - 1.6, swedish.number(month["count"]), ha="center", size=theme.NOTE, weight=weight)


def _even(one: Wheel) -> float:
    return sum(float(month["expected"]) for month in one.months) / 12


def _outline(count: float) -> list[tuple[float, float]]:
    """A bar's corners as value and turn: out along one side, round, and back."""
    turns = [_HALF * (2 * i / 4 - 1) for i in range(5)]
    return [*((0.0, turn) for turn in turns), *((count, turn) for turn in reversed(turns))]


def _bar(sheet: Sheet, corners: list[tuple[float, float]], face: str) -> None:
    looks: dict[str, Any] = {"facecolor": face, "edgecolor": "none", "linewidth": 0, "zorder": 2}
    path = Path([*corners, corners[0]], closed=True)
    sheet.figure.add_artist(PathPatch(path, transform=sheet.mm, **looks))


def _table(lists: list[Wheel]) -> pd.DataFrame:
    table: dict[str, object] = {"Månad": pd.Series(MONTHS, dtype="str")}
    columns = {"count": "antal", "lower": "undre gräns", "upper": "övre gräns", "expected": "jämn spridning"}
    for one in lists:
        for column, head in columns.items():
            table[f"{LISTS[one.source]}, {head}"] = pd.Series([month[column] for month in one.months], dtype="float64")
    return pd.DataFrame(table)
