"""Reported offences of one line, year by year: the own rate with its interval against the comparison kommuner."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

import pandas as pd
from matplotlib.axes import Axes

from lagesbild import swedish
from lagesbild.charts import lettering, scales, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.finding import Finding
from lagesbild.charts.rows import records
from lagesbild.charts.sheet import Sheet
from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.ranking.result import Ranking
from lagesbild.taxonomy import Taxonomy

SOURCE = "polisanmalda"
PEERS = "Jämförbara kommuner"
_PLOT, _AXIS = 60.0, 6.0
_BREAK_SIGNS = "abcdefgh"


@dataclass(frozen=True)
class _Series:
    """The rows to draw, indexed by every year shown; pooled is empty where there is no comparison. peers: code -> rates."""

    years: list[int]
    own: pd.DataFrame
    pooled: pd.DataFrame
    peers: dict[str, pd.Series]

    @property
    def preliminary(self) -> frozenset[int]:
        """The years whose own figure is preliminary."""
        return frozenset(int(year) for year in self.own.index[self.own["status"].eq("preliminary")])


def anmalda(
    line: str, measures: Measures, ranking: Ranking, profile: Profile, taxonomy: Taxonomy, years: int = 10
) -> Chart | None:
    """Reported offences per 100 000 of one line, its last ``years`` years; None where the own kommun has no such figure."""
    series = _series(line, measures, profile, years)
    return None if series is None else _chart(line, series, ranking, profile, taxonomy)


@theme.styled
def _chart(line: str, series: _Series, ranking: Ranking, profile: Profile, taxonomy: Taxonomy) -> Chart:
    breaks = _breaks(line, series.years, taxonomy)
    finding = Finding.of(line, SOURCE, ranking)
    sheet = _draw(series, breaks, profile)
    title = _title(line, series, finding, taxonomy)
    n_peers = swedish.capital(swedish.count_word(len(series.peers)))
    compared = f" {n_peers} jämförbara kommuner, var för sig (tunna linjer) och tillsammans."
    first, last = series.years[0], series.years[-1]
    return Chart(
        name=f"anmalda-{line.replace('_', '-')}",
        figure=sheet.figure,
        title=title,
        subtitle=f"Anmälda brott per 100{swedish.NBSP}000 invånare (medelfolkmängd), med 95 procents osäkerhetsintervall."
        + (compared if series.peers else ""),
        alt=_alt(title, series, finding, profile),
        caption=wording.source_line(["Brå, anmälda brott"], swedish.years(first, last) + _unsettled(series), profile),
        table=_table(series, profile, taxonomy),
    )


def _unsettled(series: _Series) -> str:
    listed = swedish.listing([str(year) for year in sorted(series.preliminary)])
    return f" ({listed} preliminär)" if listed else ""


def _series(line: str, measures: Measures, profile: Profile, most: int) -> _Series | None:
    rows = measures.of(line)
    keep = rows["measure"].eq("reported_rate") & rows["group"].eq("alla") & rows["item"].eq("") & rows["year"].le(profile.year)
    rows = rows[keep & rows["year"].gt(profile.year - most)]
    own = rows[rows["role"].eq("own")].set_index("year").sort_index()
    if own["value"].notna().sum() == 0:
        return None
    shown = list(range(int(own.index[0]), int(own.index[-1]) + 1))
    pooled = rows[rows["role"].eq("peers")].set_index("year").sort_index()
    peers = {
        str(code): part.set_index("year")["value"].reindex(shown)
        for code, part in rows[rows["role"].eq("peer")].groupby("geography", observed=True)
    }
    return _Series(shown, own.reindex(shown), pooled.reindex(shown) if len(pooled) else pooled, peers)


def _breaks(line: str, shown: list[int], taxonomy: Taxonomy) -> list[tuple[int, str]]:
    """The breaks of the line and of the whole source that fall between two of the years shown."""
    rows = taxonomy.breaks[taxonomy.breaks["key_or_area"].isin([line, SOURCE])]
    rows = rows[rows["year"].gt(shown[0]) & rows["year"].le(shown[-1])].sort_values(["year", "text"], kind="stable")
    return [(int(year), str(text)) for year, text in zip(rows["year"], rows["text"], strict=True)][: len(_BREAK_SIGNS)]


def _draw(series: _Series, breaks: list[tuple[int, str]], profile: Profile) -> Sheet:
    notes = [
        wrapped
        for sign, (_, text) in zip(_BREAK_SIGNS, breaks, strict=False)
        for wrapped in lettering.wrap(f"{sign}  {text}", theme.WIDTH, theme.NOTE)
    ]
    step = lettering.line_height(theme.NOTE)
    foot = _AXIS + (4.0 if series.preliminary else 0.0) + (len(notes) * step + 2.0 if notes else 0.0)
    sheet = Sheet.new(_PLOT + foot + 3.0, is_example=profile.is_example)
    labels = _end_labels(series, profile)
    right = max(lettering.width(text, theme.BODY, theme.BOLD) for label in labels for text in label.lines) + 5.0
    highest = max(
        float(pd.concat([series.own["upper"], series.own["value"], *series.peers.values()]).max()),
        float(series.pooled["value"].max()) if len(series.pooled) else 0.0,
    )
    top_label = swedish.number(scales.round_ticks(highest)[-1], 1 if highest < 5 else 0)
    left = lettering.width(top_label) + 2.5
    axes = sheet.axes(left, foot, theme.WIDTH - left - right, _PLOT)
    scales.from_zero(axes, highest)
    scales.years(axes, series.years, series.preliminary)
    for code in sorted(series.peers):
        axes.plot(series.years, series.peers[code], color=theme.PEER, linewidth=0.6, zorder=2)
    if len(series.pooled):
        axes.plot(series.years, series.pooled["value"], color=theme.POOLED, linewidth=1.9, zorder=3)
        axes.plot(series.years[-1:], series.pooled["value"].iloc[-1:], "s", color=theme.POOLED, markersize=4.5, zorder=3)
    _draw_own(axes, series)
    for sign, (year, _) in zip(_BREAK_SIGNS, breaks, strict=False):
        axes.axvline(year - 0.5, color=theme.QUIET, linewidth=0.7, linestyle=(0, (1.5, 2)), zorder=1.9)
        axes.annotate(
            sign, (year - 0.5, 1), xycoords=("data", "axes fraction"), xytext=(0, 2), textcoords="offset points", ha="center",
            va="bottom", fontsize=theme.NOTE, color=theme.QUIET,
        )  # fmt: skip
    _write_end_labels(sheet, labels, axes.get_ylim()[1], foot, theme.WIDTH - right)
    sheet.lines(0, (len(notes) - 1) * step + 1.6, notes, size=theme.NOTE, color=theme.QUIET)
    return sheet


def _draw_own(axes: Axes, series: _Series) -> None:
    """The band, the line (dashed into a preliminary year) and the points (hollow where preliminary)."""
    own, years = series.own, series.years
    lower, upper = own["lower"].astype("float64"), own["upper"].astype("float64")
    axes.fill_between(years, lower, upper, color=theme.OWN_BAND, linewidth=0, zorder=1.7)
    for edge in (lower, upper):
        axes.plot(years, edge, color=theme.OWN_EDGE, linewidth=0.6, zorder=1.8)
    final = own["value"].where(~own.index.isin(series.preliminary))
    axes.plot(years, final, color=theme.OWN, linewidth=2.3, marker="o", markersize=4.6, zorder=5)
    for year in sorted(series.preliminary):
        pair = own["value"].reindex([year - 1, year])
        axes.plot(pair.index, pair, color=theme.OWN, linewidth=2.0, linestyle=(0, (2.2, 1.4)), zorder=4.5)
        axes.plot([year], [pair[year]], "o", color=theme.OWN, markerfacecolor=theme.PAPER, markersize=5.2, zorder=6)


@dataclass(frozen=True)
class _EndLabel:
    value: float
    lines: list[str]
    color: str


def _end_labels(series: _Series, profile: Profile) -> list[_EndLabel]:
    own = series.own["value"].dropna()
    year = int(own.index[-1])
    name = lettering.wrap(lettering.clean(profile.name), 34, theme.BODY, theme.BOLD)
    count = series.own["numerator"].get(year, float("nan"))
    counted = [] if isnan(count) else [swedish.plural(float(count), "anmälan", "anmälningar")]
    labels = [
        _EndLabel(
            float(own.iloc[-1]), [*name, f"{wording.rate(float(own.iloc[-1]))} per 100{swedish.NBSP}000", *counted], theme.OWN
        )
    ]
    pooled = series.pooled["value"].dropna() if len(series.pooled) else pd.Series(dtype="float64")
    if len(pooled):
        value = float(pooled.iloc[-1])
        labels.append(_EndLabel(value, [PEERS, f"{wording.rate(value)} per 100{swedish.NBSP}000"], theme.POOLED))
    return labels


def _write_end_labels(sheet: Sheet, labels: list[_EndLabel], highest: float, bottom: float, edge: float) -> None:
    """The names at the lines' ends, moved apart where they would collide, each tied to its end by a hairline."""
    step = lettering.line_height()
    heights = [len(label.lines) * step + 1.4 for label in labels]
    ends = [bottom + label.value / highest * _PLOT for label in labels]
    for label, end, height, centre in zip(labels, ends, heights, lettering.spread(ends, heights, 0.5, sheet.top), strict=True):
        first = centre + height / 2 - 0.7 - step / 2
        if abs(centre - end) > 1.0:
            sheet.rule((edge + 0.4, edge + 2.6), (end, centre), color=label.color, width=0.5)
        for i, line in enumerate(label.lines):
            is_name = i < len(label.lines) - (2 if label.color == theme.OWN and len(label.lines) > 2 else 1)
            sheet.text(
                edge + 3.4, first - i * step, line, color=label.color, weight=theme.SEMIBOLD if is_name else theme.REGULAR
            )


def _title(line: str, series: _Series, finding: Finding, taxonomy: Taxonomy) -> str:
    name = wording.plain(taxonomy.name(line))
    own = series.own["value"].dropna()
    year, value = int(own.index[-1]), float(own.iloc[-1])
    count = float(series.own["numerator"].get(year, float("nan")))
    if count < wording.FEW:
        return f"{name}: {swedish.plural(count, 'anmälan', 'anmälningar')} {year}, för få för att bedöma utvecklingen"
    if finding.is_empty:
        pooled = float(series.pooled["value"].get(year, float("nan"))) if len(series.pooled) else float("nan")
        against = "" if isnan(pooled) else f", mot {wording.rate(pooled)} i jämförbara kommuner"
        return f"{name}: {wording.rate(value)} per 100{swedish.NBSP}000 invånare {year}{against}"
    return f"{name}: {finding.in_words('anmälningarna', 'jämförbara kommuner')}"


def _alt(title: str, series: _Series, finding: Finding, profile: Profile) -> str:
    own = {row["year"]: row for row in records(series.own.reset_index(names="year"))}

    def told(year: int) -> str:
        row = own[year]
        count = "" if isnan(row["numerator"]) else f"; {swedish.plural(row['numerator'], 'anmälan', 'anmälningar')}"
        limits = f"{wording.rate(row['lower'])}–{wording.rate(row['upper'])}"
        return f"{wording.rate(row['value'])} per 100{swedish.NBSP}000 invånare (osäkerhetsintervall {limits}{count})"

    known = [int(year) for year in series.own.index[series.own["value"].notna()]]
    first, last = known[0], known[-1]
    preliminary = ", preliminärt" if last in series.preliminary else ""
    parts = [f"{title}.", f"{profile.name} {last}{preliminary}: {told(last)}."]
    if len(series.pooled) and not isnan(pooled := float(series.pooled["value"].get(last, float("nan")))):
        parts.append(f"Jämförbara kommuner tillsammans: {wording.rate(pooled)}.")
    if first < last:
        parts.append(f"{first}: {told(first)}.")
    return " ".join([*parts, *finding.numbers()])


def _table(series: _Series, profile: Profile, taxonomy: Taxonomy) -> pd.DataFrame:
    own = series.own.reset_index(names="year")
    pooled = series.pooled.reindex(series.years)["value"] if len(series.pooled) else None
    table = pd.DataFrame(
        {
            "År": own["year"].astype("int64"),
            "Anmälningar": own["numerator"].astype("float64").round().astype("Int64"),
            "Medelfolkmängd": own["denominator"].astype("float64").round().astype("Int64"),
            f"{profile.name}, per 100 000": own["value"].astype("float64"),
            "Nedre gräns": own["lower"].astype("float64"),
            "Övre gräns": own["upper"].astype("float64"),
            "Status": own["status"].map({"final": "slutlig", "preliminary": "preliminär"}).fillna("uppgift saknas"),
        }
    )
    if pooled is not None:
        table[f"{PEERS}, per 100 000"] = pooled.to_numpy(dtype="float64")
    for code in sorted(series.peers):
        table[f"{_peer_name(code, taxonomy)}, per 100 000"] = series.peers[code].to_numpy(dtype="float64")
    return table


def _peer_name(code: str, taxonomy: Taxonomy) -> str:
    known = dict(zip(taxonomy.kommuner["kommunkod"], taxonomy.kommuner["name"], strict=True))
    return str(known.get(code, f"Kommun {code}"))
