"""Reported offences of one line, year by year: the own rate with its interval against the comparison kommuner."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import lettering, theme, trend, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.finding import Finding
from lagesbild.charts.rows import records
from lagesbild.charts.trend import COUNTRY, PEERS, EndLabel, Series, Year, per_100k
from lagesbild.measures.breaks import WINDOW
from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.ranking.result import Ranking
from lagesbild.taxonomy import Taxonomy

SOURCE = "polisanmalda"
_EXPECTED = "Väntat intervall (80 %)"
_CREDIBLE = "Med väntat antal i månader långt över det väntade, per 100 000"


def anmalda(
    line: str,
    measures: Measures,
    ranking: Ranking,
    profile: Profile,
    taxonomy: Taxonomy,
    years: int = 10,
    elsewhere: pd.DataFrame | None = None,
) -> Chart | None:
    """Reported offences per 100 000 of one line, its last ``years`` years; None where the own kommun has no such figure.

    elsewhere: rates of the country and the län, as ``lagesbild.measures.elsewhere`` gives them; shown where given.
    """
    series = series_of(line, measures, profile, years)
    if elsewhere is not None and series.known:
        series = replace(series, elsewhere=_elsewhere(line, elsewhere, series.years))
    group = "" if measures.compared is None else measures.compared.group.name
    part = measures.parts.get(line, "")
    return _chart(line, series, ranking, profile, taxonomy, part, group) if series.known else None


@theme.styled
def _chart(line: str, series: Series, ranking: Ranking, profile: Profile, taxonomy: Taxonomy, part: str, group: str) -> Chart:
    finding = Finding.of(line, SOURCE, ranking)
    sheet = trend.draw(series, _labels(series, profile), _breaks(line, series, taxonomy), is_example=profile.is_example)
    title = _title(line, series, finding, taxonomy)
    subtitle = f"Anmälda brott per 100{swedish.NBSP}000 invånare (medelfolkmängd), med 95 procents osäkerhetsintervall."
    if part:
        subtitle += f" Bara en del av området: {part}."
    if series.peers:
        n_peers = swedish.capital(swedish.count_word(len(series.peers)))
        named = f" ({group})" if group else ""
        subtitle += f" {n_peers} jämförbara kommuner{named}, var för sig (tunna linjer) och tillsammans."
    if series.elsewhere:
        country, *lan = series.elsewhere if COUNTRY in series.elsewhere else ("", *series.elsewhere)
        told = [f"{wording.within(country)} (streckad linje)"] if country else []
        subtitle += f" Bredvid: {swedish.listing([*told, *(f'{name} (prickad)' for name in lan)])}."
    unsettled = swedish.listing([str(year) for year in sorted(series.preliminary)])
    period = swedish.years(series.years[0], series.years[-1]) + (f" ({unsettled} preliminär)" if unsettled else "")
    return Chart(
        name=f"anmalda-{line.replace('_', '-')}",
        figure=sheet.figure,
        title=title,
        subtitle=subtitle,
        alt=_alt(title, series, finding, profile) + (f" Bara en del av området: {part}." if part else ""),
        caption=wording.source_line(["Brå, anmälda brott"], period, profile),
        table=_table(series, profile, taxonomy),
    )


def series_of(line: str, measures: Measures, profile: Profile, most: int) -> Series:
    """The line's last ``most`` years: the own rate, each comparison kommun's and theirs together; unknown where not given."""
    rows = measures.rows
    is_robust = rows["measure"].eq("reported_robust")
    keep = rows["problem_area"].eq(line) & rows["group"].eq("alla") & rows["item"].eq("")
    keep &= rows["measure"].eq("reported_rate") | (is_robust & rows["role"].eq("own")) | rows["measure"].eq("reported_expected")
    keep &= rows["year"].le(profile.year) & rows["year"].gt(profile.year - most)
    own: dict[int, Year] = {}
    pooled: dict[int, float] = {}
    peers: dict[str, dict[int, float]] = {}
    credible: dict[int, float] = {}
    expected: dict[int, tuple[float, float]] = {}
    for row in records(rows[keep].sort_values("year", kind="stable")):
        year = int(row["year"])
        if row["measure"] == "reported_robust":
            credible[year] = row["value"]
        elif row["measure"] == "reported_expected":
            expected[year] = (row["lower"], row["upper"])
        elif row["role"] == "own":
            is_preliminary = row["status"] == "preliminary"
            own[year] = Year(
                row["value"], row["lower"], row["upper"], row["numerator"], row["denominator"], is_preliminary=is_preliminary
            )
        elif row["role"] == "peers" and not isnan(row["value"]):
            pooled[year] = row["value"]
        elif row["role"] == "peer":
            peers.setdefault(row["geography"], {})[year] = row["value"]
    if own:
        first, last = min(own), max(own)
        pooled = {year: rate for year, rate in pooled.items() if first <= year <= last}
        peers = {code: {y: r for y, r in rates.items() if first <= y <= last} for code, rates in peers.items()}
    ahead = expected.get(max(own, default=0))
    return Series(own or {profile.year: Year(nan, nan, nan, nan, nan, False)}, pooled, peers, credible, ahead)


def _elsewhere(line: str, rates: pd.DataFrame, years: range) -> dict[str, dict[int, float]]:
    """The country first, then the län: name -> rate by year, within the years shown."""
    rows = rates[rates["line"].eq(line) & rates["year"].isin(years)].sort_values(["level", "year"], kind="stable")
    found: dict[str, dict[int, float]] = {}
    for level in ("riket", "lan"):
        for row in records(rows[rows["level"].eq(level)]):
            name = COUNTRY if level == "riket" else lettering.clean(str(row["geography"]), 24)
            found.setdefault(name, {})[int(row["year"])] = row["rate"]
    return found


def _breaks(line: str, series: Series, taxonomy: Taxonomy) -> list[tuple[int, str]]:
    """The breaks of the line and of the whole source that fall between two of the years shown."""
    rows = taxonomy.breaks_for(line, SOURCE)
    rows = rows[rows["year"].gt(series.years[0]) & rows["year"].le(series.years[-1])]
    found = zip(rows["year"], rows["text"], strict=True)
    return sorted((int(year), str(text)) for year, text in found)[: len(trend.BREAK_SIGNS)]


def _labels(series: Series, profile: Profile) -> list[EndLabel]:
    last = series.own[series.known[-1]]
    name = lettering.wrap(lettering.clean(profile.name), 32, theme.BODY, theme.SEMIBOLD)
    counted = [] if isnan(last.count) else [swedish.plural(last.count, "anmälan", "anmälningar")]
    labels = [EndLabel(last.value, name, [per_100k(last.value), *counted], theme.OWN)]
    if series.pooled:
        rate = series.pooled[max(series.pooled)]
        labels.append(EndLabel(rate, [PEERS], [per_100k(rate)], theme.POOLED))
    for place, rates in series.elsewhere.items():
        rate = rates[max(rates)]
        labels.append(EndLabel(rate, [], [f"{place} {wording.rate(rate)}"], theme.INK))
    if series.expected:
        low, high = series.expected
        limits = f"{wording.rate(low)}–{wording.rate(high)} enligt åren före"
        labels.append(EndLabel((low + high) / 2, [_EXPECTED], [limits], theme.INK, is_bracket=True))
    return labels


def _title(line: str, series: Series, finding: Finding, taxonomy: Taxonomy) -> str:
    name = wording.plain(taxonomy.name(line))
    year = series.known[-1]
    own = series.own[year]
    if own.count < wording.FEW:
        return f"{name}: {swedish.plural(own.count, 'anmälan', 'anmälningar')} {year}, för få för att bedöma utvecklingen"
    if finding.is_empty:
        against = f", mot {wording.rate(series.pooled[year])} i jämförbara kommuner" if year in series.pooled else ""
        return f"{name}: {per_100k(own.value)} invånare {year}{against}"
    peaks = " när toppmånader räknas till det väntade" if any(y > year - WINDOW for y in series.credible) else ""
    return f"{name}: {finding.in_words('anmälningarna', 'jämförbara kommuner')}{peaks}"


def _alt(title: str, series: Series, finding: Finding, profile: Profile) -> str:
    def told(year: int) -> str:
        own = series.own[year]
        count = "" if isnan(own.count) else f"; {swedish.plural(own.count, 'anmälan', 'anmälningar')}"
        limits = f"{wording.rate(own.lower)}–{wording.rate(own.upper)}"
        return f"{per_100k(own.value)} invånare (osäkerhetsintervall {limits}{count})"

    first, last = series.known[0], series.known[-1]
    preliminary = ", preliminärt" if last in series.preliminary else ""
    parts = [f"{title}.", f"{profile.name} {last}{preliminary}: {told(last)}."]
    if last in series.pooled:
        parts.append(f"Jämförbara kommuner tillsammans: {wording.rate(series.pooled[last])}.")
    parts += [f"{place}: {wording.rate(rates[last])}." for place, rates in series.elsewhere.items() if last in rates]
    if first < last:
        parts.append(f"{first}: {told(first)}.")
    if series.expected:
        low, high = (wording.rate(limit) for limit in series.expected)
        parts.append(f"Åren före lät vänta {low}–{high} per 100{swedish.NBSP}000 invånare {series.years[-1]} (80 procent).")
    for year, rate in series.credible.items():
        parts.append(f"{year} med det väntade antalet i månader långt över det väntade: {wording.rate(rate)} i stället för "
                     f"{wording.rate(series.own[year].value)}.")  # fmt: skip
    return " ".join([*parts, *finding.numbers()])


def _table(series: Series, profile: Profile, taxonomy: Taxonomy) -> pd.DataFrame:
    unknown = Year(nan, nan, nan, nan, nan, False)
    own = [series.own.get(year, unknown) for year in series.years]
    status = ["uppgift saknas" if isnan(y.value) else "preliminär" if y.is_preliminary else "slutlig" for y in own]
    columns: dict[str, object] = {
        "År": list(series.years),
        "Anmälningar": pd.array([None if isnan(year.count) else round(year.count) for year in own], dtype="Int64"),
        "Medelfolkmängd": pd.array([None if isnan(year.population) else round(year.population) for year in own], dtype="Int64"),
        f"{profile.name}, per 100 000": [year.value for year in own],
        "Nedre gräns": [year.lower for year in own],
        "Övre gräns": [year.upper for year in own],
        "Status": status,
    }
    if series.credible:
        columns[_CREDIBLE] = [series.credible.get(year, nan) for year in series.years]
    if series.expected:
        for edge, limit in zip(("nedre", "övre"), series.expected, strict=True):
            values = [limit if year == series.years[-1] else nan for year in series.years]
            columns[f"{_EXPECTED}, {edge} gräns per 100 000"] = values
    if series.pooled:
        columns[f"{PEERS}, per 100 000"] = [series.pooled.get(year, nan) for year in series.years]
    for place, rates in series.elsewhere.items():
        columns[f"{place}, per 100 000"] = [rates.get(year, nan) for year in series.years]
    names = dict(zip(taxonomy.kommuner["kommunkod"], taxonomy.kommuner["name"], strict=True))
    for code in sorted(series.peers):
        name = names.get(code, f"Kommun {code}")
        columns[f"{name}, per 100 000"] = [series.peers[code].get(year, nan) for year in series.years]
    return pd.DataFrame(columns)
