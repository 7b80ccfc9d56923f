"""Small multiples: reported offences of every ranked line, own against comparable kommuner, one small panel each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isnan
from typing import Any

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import lettering, scales, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.finding import Finding
from lagesbild.charts.reported import SOURCE, series_of
from lagesbild.charts.sheet import Sheet
from lagesbild.charts.trend import PEERS, Series
from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.ranking.result import Ranking
from lagesbild.taxonomy import Taxonomy

_GAP, _PLOT, _HEAD, _AXIS, _AIR, _KEY = 5.0, 17.0, 11.5, 5.0, 2.5, 7.5
#: Panels side by side: three as long as they stand in two rows.
_FEW_COLUMNS, _COLUMNS = 3, 4
_VERDICTS = {1: "över jämförbara kommuner", 0: "går inte att skilja åt", -1: "under jämförbara kommuner"}


@dataclass(frozen=True)
class Panel:
    """One line: its name, its years and what its comparison says (None where there is none or too few reports)."""

    name: str
    rank: int
    series: Series
    side: int | None

    @property
    def last(self) -> int:
        """The last year with a known own figure."""
        return self.series.known[-1]

    @property
    def verdict(self) -> str:
        """The comparison in words, or why there is none."""
        count = self.series.own[self.last].count
        if count < wording.FEW:
            return swedish.plural(count, "anmälan", "anmälningar")
        return "" if self.side is None else _VERDICTS[self.side]


def alla_omraden(
    measures: Mapping[str, Measures], ranking: Ranking, profile: Profile, taxonomy: Taxonomy, years: int = 10
) -> Chart | None:
    """Reported offences per 100 000 of every ranked line, its last ``years`` years, by rank; None for fewer than two lines.

    measures: line -> its rows.
    """
    order = ranking.table.sort_values("rank", kind="stable")
    panels, without = [], []
    for line, rank in zip(order["problem_area"].astype("str"), order["rank"], strict=True):
        series = series_of(line, measures[line], profile, years) if line in measures else None
        if series is None or not series.known:
            without.append(taxonomy.short(line))
            continue
        found = Finding.of(line, SOURCE, ranking).comparison
        side = None if found is None or series.own[series.known[-1]].count < wording.FEW else found.side
        panels.append(Panel(taxonomy.short(line), int(rank), series, side))
    return _chart(panels, without, profile) if len(panels) > 1 else None


@theme.styled
def _chart(panels: list[Panel], without: list[str], profile: Profile) -> Chart:
    has_peers = any(panel.series.pooled for panel in panels)
    first, last = min(p.series.years[0] for p in panels), max(p.last for p in panels)
    preliminary = swedish.listing([str(year) for year in sorted({y for p in panels for y in p.series.preliminary})])
    title = _title(panels)
    subtitle = f"Anmälda brott per 100{swedish.NBSP}000 invånare (medelfolkmängd). Varje ruta har sin egen skala, "
    subtitle += "från noll till talet vid övre linjen; strecket vid sista året är 95 procents osäkerhetsintervall."
    if has_peers:
        subtitle += " Omdömet gäller flera år tillsammans, inte bara det sista."
    period = swedish.years(first, last) + (f" ({preliminary} preliminär)" if preliminary else "")
    return Chart(
        name="alla-omraden",
        figure=_draw(panels, without, profile, has_peers=has_peers).figure,
        title=title,
        subtitle=subtitle,
        alt=_alt(title, panels, without, profile),
        caption=wording.source_line(["Brå, anmälda brott"], period, profile),
        table=_table(panels, profile, has_peers=has_peers),
    )


def _title(panels: Sequence[Panel]) -> str:
    """In how many areas reports lie above and below the comparable kommuner; without these, what is reported most."""
    compared = [panel for panel in panels if panel.side is not None]
    if not compared:
        most = max(panels, key=lambda panel: panel.series.own[panel.last].value)
        rate = f"{wording.rate(most.series.own[most.last].value)} per 100{swedish.NBSP}000 invånare"
        return f"{wording.plain(most.name).removesuffix('*')} anmäls mest: {rate} {most.last}"
    above, below = (sum(panel.side == side for panel in compared) for side in (1, -1))
    if not above and not below:
        return f"I inget av {len(compared)} områden går anmälningarna att skilja från jämförbara kommuner"
    if not above:
        return f"Anmälningarna ligger under jämförbara kommuner i {below} av {len(compared)} områden, över i inget"
    return f"Anmälningarna ligger över jämförbara kommuner i {above} av {len(compared)} områden, under i {below or 'inget'}"


def _draw(panels: Sequence[Panel], without: Sequence[str], profile: Profile, *, has_peers: bool) -> Sheet:
    columns = _FEW_COLUMNS if len(panels) <= 2 * _FEW_COLUMNS else _COLUMNS
    width = (theme.WIDTH - _GAP * (columns - 1)) / columns
    rows = ceil(len(panels) / columns)
    pitch = _HEAD + _PLOT + _AXIS + _AIR
    notes = lettering.wrap(f"Anmälda brott saknas för: {' · '.join(without)}", theme.WIDTH, theme.NOTE) if without else []
    is_combined = any(panel.name.endswith("*") for panel in panels)
    notes += [wording.COMBINED] if is_combined else []
    step = lettering.line_height(theme.NOTE)
    foot = len(notes) * step + 1.0 if notes else 0.0
    sheet = Sheet.new(_KEY + rows * pitch + foot - (0.0 if notes else _AIR), is_example=profile.is_example)
    _key(sheet, profile, sheet.top - 2.6, has_peers=has_peers)
    room = max(lettering.width(text, theme.NOTE, theme.SEMIBOLD) for panel in panels for text in _ends(panel).values()) + 2.0
    for i, panel in enumerate(panels):
        left = (i % columns) * (width + _GAP)
        top = sheet.top - _KEY - (i // columns) * pitch
        _draw_panel(sheet, panel, (left, width), top, room)
    sheet.lines(0, foot - 2.0, notes, size=theme.NOTE, color=theme.QUIET)
    return sheet


def _ends(panel: Panel) -> dict[str, str]:
    """What stands at the ends of the own line and of the pooled one."""
    texts = {"own": wording.rate(panel.series.own[panel.last].value)}
    if panel.series.pooled:
        texts["pooled"] = wording.rate(panel.series.pooled[max(panel.series.pooled)])
    return texts


def _draw_panel(sheet: Sheet, panel: Panel, place: tuple[float, float], top: float, room: float) -> None:
    """One panel. place: its left edge and width. room: what the figures at the lines' ends take, all mm."""
    left, width = place
    series, own = panel.series, panel.series.own[panel.last]
    bottom, right = top - _HEAD - _PLOT, left + width - room
    values = [series.own[year].value for year in series.known] + [own.upper, *series.pooled.values()]
    highest = scales.round_ticks(max(value for value in values if not isnan(value)), 4)[-1]
    span = max(1, len(series.years) - 1)

    def x(year: int) -> float:
        return left + 1.0 + (year - series.years[0]) / span * (right - left - 2.0)

    def y(rate: float) -> float:
        return bottom + rate / highest * _PLOT

    quiet: dict[str, Any] = {"size": theme.NOTE, "color": theme.QUIET}
    head = f"{panel.rank}{swedish.NBSP} {panel.name}"
    sheet.text(left, top - 1.6, lettering.fit(head, width, theme.BODY, theme.SEMIBOLD), weight=theme.SEMIBOLD)
    if panel.verdict:
        is_clear = panel.side not in (None, 0)
        sheet.text(left, top - 5.3, panel.verdict, size=theme.NOTE, color=theme.INK if is_clear else theme.QUIET)
    for rate in (0.0, highest):
        is_zero = rate == 0
        sheet.rule((left, right), (y(rate),) * 2, color=theme.QUIET if is_zero else theme.RULE, width=0.7 if is_zero else 0.4)
    sheet.text(left, bottom - 2.8, str(series.years[0]), **quiet)
    if span > 1:
        sheet.text(right, bottom - 2.8, str(series.years[-1]), ha="right", **quiet)
    if series.pooled:
        years = sorted(series.pooled)
        sheet.rule(
            [x(year) for year in years], [y(series.pooled[year]) for year in years], color=theme.POOLED, width=1.2, order=3
        )
        sheet.mark(x(years[-1]), y(series.pooled[years[-1]]), "s", size=3.2, color=theme.POOLED, order=3)
    known = {year: series.own[year].value for year in series.known}
    path = [known.get(year, float("nan")) for year in series.years]
    sheet.rule([x(year) for year in series.years], [y(rate) for rate in path], color=theme.OWN, width=1.9, order=5)
    if not isnan(own.lower):
        sheet.rule((x(panel.last),) * 2, (y(own.lower), y(own.upper)), color=theme.OWN, width=1.0, order=4)
    face = theme.PAPER if panel.last in series.preliminary else theme.OWN
    sheet.mark(x(panel.last), y(own.value), "o", size=3.8, face=face, order=6)
    sheet.text(left, y(highest) + 1.8, scales.number_label(highest), **quiet)
    _write_ends(sheet, panel, right + 1.2, (bottom, y))


def _write_ends(sheet: Sheet, panel: Panel, x: float, scale: Any) -> None:
    """The last figures beside their points, moved apart where they would collide."""
    bottom, y = scale
    texts = _ends(panel)
    values = {"own": panel.series.own[panel.last].value}
    if "pooled" in texts:
        values["pooled"] = panel.series.pooled[max(panel.series.pooled)]
    heights = [3.4] * len(texts)
    centres = lettering.spread([y(values[key]) for key in texts], heights, bottom + 1.2, bottom + _PLOT + 2.0)
    for (key, text), centre in zip(texts.items(), centres, strict=True):
        color, weight = (theme.OWN, theme.SEMIBOLD) if key == "own" else (theme.POOLED, theme.REGULAR)
        sheet.text(x, centre, text, size=theme.NOTE, color=color, weight=weight)


def _key(sheet: Sheet, profile: Profile, y: float, *, has_peers: bool) -> None:
    name = lettering.clean(profile.name, 40)
    sheet.rule((0, 6), (y, y), color=theme.OWN, width=1.9)
    sheet.mark(6, y, "o", size=3.8)
    sheet.text(8, y, name, size=theme.NOTE, color=theme.OWN, weight=theme.SEMIBOLD)
    if has_peers:
        left = 14 + lettering.width(name, theme.NOTE, theme.SEMIBOLD)
        sheet.rule((left, left + 6), (y, y), color=theme.POOLED, width=1.2)
        sheet.mark(left + 6, y, "s", size=3.2, color=theme.POOLED)
        sheet.text(left + 8, y, f"{PEERS} tillsammans", size=theme.NOTE, color=theme.POOLED)


def _alt(title: str, panels: Sequence[Panel], without: Sequence[str], profile: Profile) -> str:
    def told(panel: Panel) -> str:
        own = panel.series.own[panel.last]
        limits = "" if isnan(own.lower) else f" ({wording.rate(own.lower)}–{wording.rate(own.upper)})"
        against = panel.series.pooled.get(panel.last)
        other = "" if against is None else f" mot {wording.rate(against)}"
        few = ", för få för ett omdöme" if own.count < wording.FEW else ""
        verdict = f", {panel.verdict}{few}" if panel.verdict else ""
        return f"{panel.name} {wording.rate(own.value)}{limits}{other}{verdict}"

    gaps = f" Anmälda brott saknas för {swedish.listing([wording.within(name) for name in without])}." if without else ""
    last = max(panel.last for panel in panels)
    return (
        f"{title}. {profile.name} {last}, anmälda brott per 100{swedish.NBSP}000 invånare med osäkerhetsintervall"
        f"{', mot jämförbara kommuner' if any(p.series.pooled for p in panels) else ''}: "
        f"{'; '.join(told(panel) for panel in panels)}.{gaps}"
    )


def _table(panels: Sequence[Panel], profile: Profile, *, has_peers: bool) -> pd.DataFrame:
    rows = []
    for panel in panels:
        for year in panel.series.known:
            own = panel.series.own[year]
            row = {
                "Problemområde": panel.name,
                "År": year,
                f"{profile.name}, per 100 000": own.value,
                "Nedre gräns": own.lower,
                "Övre gräns": own.upper,
            }
            rows.append(row | ({f"{PEERS}, per 100 000": panel.series.pooled.get(year)} if has_peers else {}))
    frame = pd.DataFrame(rows)
    return frame.astype({column: "float64" for column in frame.columns if column not in ("Problemområde", "År")})
