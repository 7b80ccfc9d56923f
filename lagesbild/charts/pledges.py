"""Each pledge's indicator after against before, beside the same change elsewhere, as ratios with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, log
from typing import Any

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import lettering, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.lettering import clean
from lagesbild.charts.sheet import Sheet
from lagesbild.pledges.indicator import Indicator
from lagesbild.pledges.ratio import Ratio
from lagesbild.pledges.result import DECREASED, INCREASED, NOT_JUDGED, FollowUp
from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy

_ROW, _LABELS, _PLOT_RIGHT, _FIRST_COLUMN = 10.4, 54.0, 106.0, 132.0
_APART = 1.3
#: Round ratios for the axis; those inside the figures are shown, 1 always.
_TICKS = (0.1, 0.2, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0)
_LOWEST, _HIGHEST = 0.1, 10.0


@dataclass(frozen=True)
class _Row:
    """One pledge: its area and what is measured, the outcome's word, and the changes that are known."""

    label: str
    measured: str
    outcome: str
    own: Ratio | None
    others: Ratio | None
    who: str


@theme.styled
def loften(followed: Sequence[FollowUp], profile: Profile, taxonomy: Taxonomy) -> Chart | None:
    """The change of every pledge's indicator; None where no pledge has figures."""
    rows = [_row(one, taxonomy) for one in followed]
    if all(row.own is None for row in rows):
        return None
    title = _title(rows)
    return Chart(
        name="loften",
        figure=_draw(rows, profile).figure,
        title=title,
        subtitle="Talet efter att löftet gavs delat med talet före, där 1 är ingen förändring. Med 95 procents "
        "osäkerhetsintervall.",
        alt=f"{title}. {'; '.join(_told(row, profile) for row in rows)}.",
        caption=wording.source_line(_sources(followed, taxonomy), _years(followed), profile),
        table=_table(rows, followed, profile),
    )


def _row(one: FollowUp, taxonomy: Taxonomy) -> _Row:
    meant, area = one.indicator, one.pledge.problem_area
    label = taxonomy.short(area).rstrip("*").strip() if area in taxonomy.line_ids else clean(area, 30)
    measured = wording.source_label(taxonomy.name_of_source(meant.source)) if isinstance(meant, Indicator) else ""
    who = "" if one.compared is None else one.compared.who
    who = "jämförbara kommuner" if who == "jamforbara" else "riket" if who.casefold() == "riket" else clean(who, 30)
    return _Row(label, measured, one.outcome, one.own, one.compared.ratio if one.compared else None, who)


def _draw(rows: Sequence[_Row], profile: Profile) -> Sheet:
    head = 8.0
    sheet = Sheet.new(head + _ROW * len(rows) + 15.0, is_example=profile.is_example)
    ticks = _ticks(rows)

    def x(value: float) -> float:
        share = (log(min(max(value, ticks[0]), ticks[-1])) - log(ticks[0])) / (log(ticks[-1]) - log(ticks[0]))
        return _LABELS + share * (_PLOT_RIGHT - _LABELS)

    y = sheet.top - head
    looks: dict[str, Any] = {"ha": "right", "size": theme.NOTE, "weight": theme.SEMIBOLD}
    sheet.text(_FIRST_COLUMN, y + 2.6, clean(profile.name, 24), color=theme.OWN, **looks)
    sheet.text(theme.WIDTH, y + 2.6, "Andra", color=theme.POOLED, **looks)
    bottom = y - _ROW * len(rows)
    for tick in ticks:
        is_one = tick == 1
        sheet.rule((x(tick), x(tick)), (bottom, y), color=theme.INK if is_one else theme.RULE, width=1.0 if is_one else 0.4)
        label = swedish.number(tick, 0 if tick == round(tick) else 2 if round(tick, 1) != tick else 1)
        weight = theme.SEMIBOLD if is_one else theme.REGULAR
        sheet.text(x(tick), bottom - 3.2, label, ha="center", color=theme.QUIET, weight=weight)
    for row in rows:
        y -= _ROW
        _draw_row(sheet, row, y + _ROW / 2, x)
        sheet.rule((0, theme.WIDTH), (y, y), width=0.3)
    _key(sheet, clean(profile.name, 24), bottom - 9.5)
    return sheet


def _draw_row(sheet: Sheet, row: _Row, y: float, x: Callable[[float], float]) -> None:
    is_clear = row.outcome in (DECREASED, INCREASED)
    weight = theme.SEMIBOLD if is_clear else theme.REGULAR
    label = f"{row.label} ({row.measured})" if row.measured else row.label
    sheet.text(0, y + 1.9, lettering.fit(label, _LABELS - 3, theme.BODY, weight), weight=weight)
    sheet.text(0, y - 2.1, row.outcome, size=theme.NOTE, color=theme.QUIET)
    if row.own is None:
        sheet.text((_LABELS + _PLOT_RIGHT) / 2, y, "inga tal att visa", ha="center", size=theme.NOTE, color=theme.QUIET)
        return
    apart = _APART if row.others is not None else 0.0
    if row.others is not None:
        _draw_ratio(sheet, row.others, y - apart, x, theme.POOLED, "s", 4.2, theme.POOLED)
        sheet.text(theme.WIDTH, y, swedish.number(row.others.value, 2), ha="right")
    _draw_ratio(sheet, row.own, y + apart, x, theme.OWN, "o", 5.8, theme.OWN if is_clear else theme.PAPER)
    sheet.text(_FIRST_COLUMN, y, _times(row.own), ha="right", weight=weight)


def _draw_ratio(
    sheet: Sheet, ratio: Ratio, y: float, x: Callable[[float], float], color: str, marker: str, size: float, face: str
) -> None:
    if not isnan(ratio.lower):
        sheet.rule((x(ratio.lower), x(ratio.upper)), (y, y), color=color, width=1.3, order=3)
    sheet.mark(x(ratio.value), y, marker, size=size, color=color, face=face)


def _key(sheet: Sheet, name: str, y: float) -> None:
    left = 1.2
    for marker, face, color, text in (
        ("o", theme.OWN, theme.OWN, f"{name}, säkerställd förändring"),
        ("o", theme.PAPER, theme.OWN, "inte säkerställd, eller går inte att bedöma"),
        ("s", theme.POOLED, theme.POOLED, "Andra: jämförbara kommuner, eller riket"),
    ):
        sheet.mark(left, y, marker, size=5.4 if marker == "o" else 4.2, color=color, face=face)
        sheet.text(left + 2.4, y, text, size=theme.NOTE, color=theme.QUIET)
        left += 7.0 + lettering.width(text, theme.NOTE)


def _ticks(rows: Sequence[_Row]) -> list[float]:
    """Round ratios from below the lowest limit to above the highest; always some on both sides of 1."""
    shown = [ratio for row in rows for ratio in (row.own, row.others) if ratio is not None]
    ends = [end for ratio in shown for end in (ratio.value, ratio.lower, ratio.upper) if not isnan(end) and end > 0]
    low, high = max(min([*ends, 0.8]), _LOWEST), min(max([*ends, 1.25]), _HIGHEST)
    first = max((tick for tick in _TICKS if tick <= low), default=_TICKS[0])
    last = min((tick for tick in _TICKS if tick >= high), default=_TICKS[-1])
    inside = [tick for tick in _TICKS if first <= tick <= last]
    return inside if len(inside) <= 8 else [tick for tick in inside if tick in (first, 0.2, 0.5, 1.0, 2.0, 5.0, last)]


def _times(ratio: Ratio) -> str:
    limits = "" if isnan(ratio.lower) else f" ({swedish.interval(ratio.lower, ratio.upper, 2)})"
    return swedish.number(ratio.value, 2) + limits


def _title(rows: Sequence[_Row]) -> str:
    """Which indicators have changed, or that none has."""
    said = [
        f"{word} för {wording.several([row.label for row in rows if row.outcome == word])}"
        for word in (DECREASED, INCREASED)
        if any(row.outcome == word for row in rows)
    ]
    if said:
        return f"{swedish.capital(', '.join(said))} efter att löftena gavs"
    n_unclear = sum(row.outcome == NOT_JUDGED for row in rows)
    if n_unclear == len(rows):
        return "Inget av löftena går att bedöma" if len(rows) > 1 else "Löftet går inte att bedöma"
    if len(rows) == 1:
        return f"{rows[0].label}: ingen säkerställd förändring efter att löftet gavs"
    if not n_unclear:
        return f"Ingen säkerställd förändring för något av {swedish.count_word(len(rows))} löften"
    judged = swedish.count_word(len(rows) - n_unclear)
    return f"Ingen säkerställd förändring för {judged} av {swedish.count_word(len(rows))} löften; resten går inte att bedöma"


def _told(row: _Row, profile: Profile) -> str:
    text = f"{row.label}: {row.outcome}"
    if row.own is None:
        return text
    others = f", {row.who} {_times(row.others)}" if row.others is not None else ""
    return f"{text}, {clean(profile.name, 30)} {_times(row.own)} gånger{others}"


def _sources(followed: Sequence[FollowUp], taxonomy: Taxonomy) -> list[str]:
    return [taxonomy.name_of_source(one.indicator.source) for one in followed if isinstance(one.indicator, Indicator)]


def _years(followed: Sequence[FollowUp]) -> str:
    years = [year for one in followed for level in (one.before, one.after) if level is not None for year in level.years]
    return swedish.years(min(years), max(years))


def _table(rows: Sequence[_Row], followed: Sequence[FollowUp], profile: Profile) -> pd.DataFrame:
    table: dict[str, list[object]] = {
        "Löfte": [one.pledge.pledge_id for one in followed],
        "Problemområde": [row.label for row in rows],
        "Utfall": [row.outcome for row in rows],
    }
    name = clean(profile.name, 30)
    for who, ratios in ((name, [row.own for row in rows]), ("Andra", [row.others for row in rows])):
        table[f"{who}, efter delat med före"] = [None if one is None else one.value for one in ratios]
        table[f"{who}, nedre gräns"] = [None if one is None else one.lower for one in ratios]
        table[f"{who}, övre gräns"] = [None if one is None else one.upper for one in ratios]
    table["Andra är"] = [row.who for row in rows]
    frame = pd.DataFrame(table)
    texts = ("Löfte", "Problemområde", "Utfall", "Andra är")
    return frame.astype({column: "str" if column in texts else "float64" for column in frame.columns})
