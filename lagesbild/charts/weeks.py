"""EST observations per ISO week, one panel a year, with the organisations that did not report below the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import lettering, scales, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.finding import Finding
from lagesbild.charts.scales import number_label
from lagesbild.charts.sheet import Sheet
from lagesbild.disclosure import shown_by_week
from lagesbild.measures.measure import Measures
from lagesbild.measures.observations import Observed, observed
from lagesbild.profile import Profile
from lagesbild.ranking.result import Ranking
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

SOURCE = "est"
_PANEL, _GAP, _MISSING, _MOST_YEARS, _MOST_AREAS = 22.0, 10.5, 5.0, 3, 3
_TEXT_COLUMN = 33.0
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True)
class _Weeks:
    """counts: iso_year, week, n, is_covered, n_missing for every week from the first to the last told of, last years only.

    n: observations told of. is_covered: whether anybody reported. n_missing: organisations on the roster without a report.
    n_organisations: on the roster; 0 where there is none. yearly: calendar year -> observations told of. total: of every
    category in the last year. n_beyond: of those told of in the last year, how many fall in its last days, which belong to
    the first ISO week of the next and are not shown. largest: the organisation with most of those told of in the last year,
    and its share.
    """

    counts: pd.DataFrame
    n_organisations: int
    yearly: dict[int, int]
    total: int
    n_beyond: int
    largest: str
    largest_share: float

    @property
    def last(self) -> int:
        """The last calendar year."""
        return max(self.yearly)


def est_veckor(measures: Measures, ranking: Ranking, tables: Tables, profile: Profile, taxonomy: Taxonomy) -> tuple[Chart, ...]:
    """All observations per week, then the highest ranked areas that have at least 20 in the report year; () without EST.

    Sensitive areas get no weekly chart: their weekly counts are too small to be shown. Nor does an area whose count of some
    year is hidden in ``measures`` (after disclosure), nor one beside which the rest of the week would tell a sensitive area's.
    """
    seen = observed(tables, taxonomy, profile.year, profile.est.categories)
    rows = seen.counted
    if rows.empty or int(rows["year"].max()) < profile.year:
        return ()
    counts = rows.loc[rows["year"].eq(profile.year), "problem_area"].value_counts().to_dict()
    ranked = [str(area) for area in ranking.table.sort_values("rank", kind="stable")["problem_area"]]
    wanted = [area for area in ranked if counts.get(area, 0) >= wording.FEW and not taxonomy.is_sensitive(area)]
    recent = rows[rows["year"].gt(profile.year - _MOST_YEARS)]
    yearly = recent.groupby(["year", "problem_area"], observed=True).size().rename("count").reset_index()
    shown = shown_by_week(yearly, wanted[:_MOST_AREAS], taxonomy, measures)
    if shown is None:
        return ()
    charts = [_one(area, seen, ranking, profile, taxonomy) for area in shown]
    return (_all(seen, measures, profile, taxonomy), *charts)


@theme.styled
def _all(seen: Observed, measures: Measures, profile: Profile, taxonomy: Taxonomy) -> Chart:
    weeks = _weeks(seen.counted, seen, profile.year)
    last = seen.counted[seen.counted["year"].eq(profile.year) & seen.counted["problem_area"].ne("")]
    counts = last["problem_area"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    title = f"{swedish.number(weeks.total)} observationer i EST {profile.year}"
    is_hidden = measures.rows["source"].eq(SOURCE) & measures.rows["year"].eq(profile.year) & measures.rows["is_suppressed"]
    if len(counts) and counts.iloc[0] >= wording.FEW and not is_hidden.any():
        first = taxonomy.short(str(counts.index[0]))
        title = f"{first} är vanligast i EST {profile.year}: {swedish.number(int(counts.iloc[0]))} av {title.split(' i ')[0]}"
    return _chart("est-veckor", title, "Observationer", [], weeks, profile)


@theme.styled
def _one(area: str, seen: Observed, ranking: Ranking, profile: Profile, taxonomy: Taxonomy) -> Chart:
    weeks = _weeks(seen.counted[seen.counted["problem_area"].eq(area)], seen, profile.year)
    finding = Finding.of(area, SOURCE, ranking)
    name = wording.plain(taxonomy.name(area))
    count = f"{swedish.number(weeks.yearly[profile.year])} av {swedish.number(weeks.total)}"
    title = f"{name}: {count} observationer i EST {profile.year}"
    if finding.trend is not None:
        title += ("; ingen säkerställd förändring av andelen", "; andelen ökar", "; andelen minskar")[finding.trend.side]
    subject = f"Observationer av {wording.within(name)}"
    return _chart(f"est-veckor-{area.replace('_', '-')}", title, subject, finding.numbers(), weeks, profile)


def _weeks(rows: pd.DataFrame, seen: Observed, year: int) -> _Weeks:
    first = max(int(seen.weeks[0][:4]), year - _MOST_YEARS + 1)
    names = [
        f"{y}-W{w:02d}" for y in range(first, year + 1) for w in range(1, date(y, 12, 28).isocalendar().week + 1)
    ]  # the last ISO week of a year is the one that holds 28 December
    told = sorted({*seen.weeks, *seen.missing["week"]})
    names = [name for name in names if told[0] <= name <= told[-1]]
    counts = pd.DataFrame({"name": names}).assign(iso_year=lambda f: f["name"].str[:4].astype("int64"))
    counts = counts.assign(
        week=counts["name"].str[6:].astype("int64"),
        n=counts["name"].map(rows["week"].value_counts()).fillna(0).astype("int64"),
        is_covered=counts["name"].isin(seen.weeks),
        n_missing=counts["name"].map(seen.missing["week"].value_counts()).fillna(0).astype("int64"),
    )
    units = {*seen.unit_weeks["organisation"], *seen.missing["organisation"]} if seen.has_roster else set()
    yearly = rows["year"].value_counts().to_dict()
    last = rows.loc[rows["year"].eq(year), "organisation"]
    shares = last.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return _Weeks(
        counts,
        len(units),
        {y: int(yearly.get(y, 0)) for y in range(first, year + 1)},
        int(seen.counted["year"].eq(year).sum()),
        int((rows["year"].eq(year) & rows["week"].gt(names[-1])).sum()),
        lettering.clean(str(shares.index[0]), 40) if len(shares) else "",
        float(shares.iloc[0] / len(last)) if len(shares) else 0.0,
    )


def _chart(name: str, title: str, subject: str, numbers: list[str], weeks: _Weeks, profile: Profile) -> Chart:
    share = ""
    if weeks.yearly[weeks.last] >= wording.FEW:
        part = swedish.percent(weeks.largest_share, words=True)
        share = f" {weeks.largest} står för {part} av dem {weeks.last}."
    beyond = ""
    if weeks.n_beyond:
        told = swedish.plural(weeks.n_beyond, "observation", "observationer")
        beyond = f" {told} i årets sista dagar hör till vecka 1 nästa år och syns inte i diagrammet."
    means = weeks.counts.groupby("iso_year", observed=True)["n"].mean().to_dict()
    told = "; ".join(
        f"{year}: {swedish.plural(count, 'observation', 'observationer')}, {swedish.number(means[year], 1)} per vecka"
        for year, count in sorted(weeks.yearly.items())
    )
    gaps, n_weeks = int(weeks.counts["n_missing"].gt(0).sum()), len(weeks.counts)
    missing = f" I {gaps} av {n_weeks} veckor saknas rapport från minst en organisation." if weeks.n_organisations else ""
    return Chart(
        name=name,
        figure=_draw(weeks, profile).figure,
        title=title,
        subtitle=f"{subject} per vecka; bekräftade dubbletter är borttagna.{share}{beyond}",
        alt=" ".join([f"{title}. {told}.{share}{missing}", *numbers]),
        caption=wording.source_line(["EST-observationer"], swedish.years(min(weeks.yearly), weeks.last), profile),
        table=_table(weeks),
    )


def _table(weeks: _Weeks) -> pd.DataFrame:
    counts = weeks.counts
    table = pd.DataFrame({"År": counts["iso_year"], "Vecka": counts["week"], "Observationer": counts["n"]})
    table = table.assign(**{"Någon rapporterade": counts["is_covered"].map({True: "ja", False: "nej"})})
    return table.assign(**{"Organisationer utan rapport": counts["n_missing"]}) if weeks.n_organisations else table


def _draw(weeks: _Weeks, profile: Profile) -> Sheet:
    years = sorted(weeks.counts["iso_year"].unique().tolist(), reverse=True)
    has_roster = weeks.n_organisations > 0
    has_gap = not weeks.counts["is_covered"].all()
    pitch = _PANEL + (_MISSING if has_roster else 0.0) + _GAP
    foot = 4.5 if has_gap else 0.0
    sheet = Sheet.new(len(years) * pitch + foot - 2.0, is_example=profile.is_example)
    ticks = scales.round_ticks(float(weeks.counts["n"].max()), 3, is_count=True)
    left = lettering.width(number_label(ticks[-1])) + 2.5
    width = theme.WIDTH - left - _TEXT_COLUMN
    edge = left + width + 3.0
    for i, year in enumerate(years):
        rows = weeks.counts[weeks.counts["iso_year"].eq(year)]
        zero = sheet.top - i * pitch - _PANEL - 2.0
        _draw_year(sheet, rows, weeks.n_organisations, ticks, (left, zero, width))
        count = swedish.plural(weeks.yearly[year], "observation", "observationer")
        sheet.text(edge, zero + _PANEL - 3, str(year), weight=theme.BOLD, color=theme.OWN)
        sheet.text(edge, zero + _PANEL - 7.2, count, color=theme.OWN)
        if rows["week"].iloc[0] > 1:
            sheet.text(edge, zero + _PANEL - 15.6, f"från vecka {rows['week'].iloc[0]}", size=theme.NOTE, color=theme.QUIET)
        sheet.text(edge, zero + _PANEL - 11.4, f"{swedish.number(float(rows['n'].mean()), 1)} per vecka", color=theme.OWN)
        if has_roster and i == 0:
            lines = ["organisationer", f"utan rapport (av {weeks.n_organisations})"]
            sheet.lines(edge, zero - 1.4, lines, size=theme.NOTE, color=theme.POOLED)
    if has_gap:
        text = "× ingen rapporterade den veckan: där går det inte att veta vad som hände"
        sheet.text(0, 1.8, text, size=theme.NOTE, color=theme.QUIET)
    return sheet


def _draw_year(
    sheet: Sheet, rows: pd.DataFrame, n_organisations: int, ticks: list[float], frame: tuple[float, float, float]
) -> None:
    """One year's bars: observations upwards, missing reports downwards on a scale of their own, months below."""
    left, zero, width = frame
    pitch = width / 53
    bar = pitch * 0.74
    for tick in ticks:
        y, is_zero = zero + tick / ticks[-1] * _PANEL, tick == 0
        color = theme.QUIET if is_zero else theme.RULE
        sheet.rule((left, left + width), (y, y), color=color, width=0.8 if is_zero else 0.4)
        sheet.text(left - 2, y, number_label(tick), ha="right", color=theme.QUIET)
    starts = [left + (week - 1) * pitch + (pitch - bar) / 2 for week in rows["week"]]
    bars = [(x, zero, bar, n / ticks[-1] * _PANEL) for x, n in zip(starts, rows["n"], strict=True) if n]
    depths = [missing / max(1, n_organisations) * (_MISSING - 0.8) for missing in rows["n_missing"]]
    sheet.boxes(bars, face=theme.OWN)
    below = [(x, zero - 0.5 - depth, bar, depth) for x, depth in zip(starts, depths, strict=True) if depth]
    sheet.boxes(below, face=theme.POOLED)
    for x, is_covered in zip(starts, rows["is_covered"], strict=True):
        if not is_covered:
            sheet.text(x + bar / 2, zero + 1.8, "×", ha="center", size=theme.NOTE, color=theme.QUIET)
    year = int(rows["iso_year"].iloc[0])
    y = zero - (_MISSING if n_organisations else 0.0) - 3.0
    for month, name in enumerate(_MONTHS, start=1):
        middle = date(year, month, 15).isocalendar().week
        sheet.text(left + (middle - 0.5) * pitch, y, name, ha="center", size=theme.NOTE, color=theme.QUIET)
