"""EST observations per problem area and year: as a share of all observations, and per reporting unit-week."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures import clustering
from lagesbild.measures.effort import effort_of
from lagesbild.measures.est_steady import steady
from lagesbild.measures.frame import empty_rows, joined, measure_rows
from lagesbild.measures.measure import Measures
from lagesbild.measures.observations import FULL_YEAR_WEEKS, WHERE, Observed, observed
from lagesbild.measures.reporting import category_starts
from lagesbild.profile import Profile
from lagesbild.sources.checks.shown import FEWEST, counted
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

SOURCE = "est"
#: From this many observations on, one organisation behind more than half of them is worth a doubt.
FEWEST_FOR_CONCENTRATION = 20


def est(tables: Tables, profile: Profile, taxonomy: Taxonomy, seen: Observed | None = None) -> Measures:
    """``est_share`` and, with a roster, ``est_rate`` rows of every full calendar year, with ``dispersion`` from the weeks; and
    what campaigns and changed organisations do not move, where there are any (``est_steady``).

    numerator: the area's observations without confirmed duplicates. denominator: all observations of the year (est_share), or
    the unit-weeks that were reported or reported as empty (est_rate; a week belongs to the year of its Thursday). An area that
    the list has in some year stands with 0 in the others. Limits are 95 %, widened by the dispersion. ``seen``: the
    list of ``tables`` as ``observed`` gives it for the profile, where that is at hand.
    """
    seen = observed(tables, taxonomy, profile.year, profile.est.categories) if seen is None else seen
    if seen.rows.empty:
        return Measures(empty_rows(), seen.doubts)
    years = [year for year in seen.full_years if (seen.counted["year"] == year).any()]
    geography = profile.slug if profile.is_police_area else profile.kommunkoder[0]
    who = {"source": SOURCE, "role": "own", "geography": geography, "is_published": False}
    shares = _shares(seen, years)
    parts = [measure_rows(shares, "est_share", **who)] if not shares.empty else []
    if seen.has_roster and not shares.empty:
        parts.append(measure_rows(_rates(seen, shares), "est_rate", **who))
    found = steady(seen, years, category_starts(tables, seen, profile, taxonomy), taxonomy)
    parts += [measure_rows(frame, measure, **who) for measure, frame in found.frames.items()]
    doubts = (*seen.doubts, *found.doubts, *_part_years(seen, years), *_no_area(seen, years), *_effort_doubts(seen, taxonomy))
    return Measures(joined(parts), doubts)


def _weekly(seen: Observed, year: int) -> tuple[pd.DataFrame, pd.Series]:
    """Week × area counts of a calendar year over its covered weeks, and all observations per week."""
    rows = seen.counted[seen.counted["year"].eq(year)]
    weeks = sorted({week for week in seen.weeks if week.startswith(str(year))} | set(rows["week"]))
    week, area = pd.Index(weeks).get_indexer(pd.Index(rows["week"])), pd.Categorical(rows["problem_area"])
    size = len(weeks), len(area.categories)
    counts = np.bincount(week * size[1] + area.codes, minlength=size[0] * size[1]).reshape(size)
    table = pd.DataFrame(counts, index=pd.Index(weeks), columns=area.categories)
    return table, table.sum(axis=1)


def _shares(seen: Observed, years: list[int]) -> pd.DataFrame:
    areas = sorted(set(seen.counted.loc[seen.counted["year"].isin(years), "problem_area"]) - {""})
    records = []
    for year in years:
        table, totals = _weekly(seen, year)
        for area in areas:
            weekly = table[area] if area in table else pd.Series(0, index=table.index)
            dispersion = clustering.share_dispersion(weekly, totals)
            records.append((area, year, float(weekly.sum()), float(totals.sum()), dispersion))
    frame = pd.DataFrame(records, columns=["problem_area", "year", "numerator", "denominator", "dispersion"])
    if frame.empty:
        return frame
    lower, upper = clustering.share_limits(frame["numerator"], frame["denominator"], frame["dispersion"])
    return frame.assign(value=frame["numerator"] / frame["denominator"], lower=lower, upper=upper)


def _rates(seen: Observed, shares: pd.DataFrame) -> pd.DataFrame:
    """The same counts per unit-week, for the same years and areas."""
    units = seen.unit_weeks.groupby("week", observed=True).size()
    tables = {int(year): _weekly(seen, int(year))[0] for year in sorted(shares["year"].unique())}
    per_year = seen.unit_weeks.groupby("year", observed=True).size()
    denominator = shares["year"].map(per_year).astype("float64")
    dispersion = [
        clustering.rate_dispersion(
            table[area] if area in table else np.zeros(len(table)), units.reindex(table.index, fill_value=0)
        )
        for area, table in (
            (area, tables[int(year)]) for area, year in zip(shares["problem_area"], shares["year"], strict=True)
        )
    ]
    frame = shares[["problem_area", "year", "numerator"]].assign(denominator=denominator, dispersion=dispersion)
    lower, upper = clustering.rate_limits(frame["numerator"], frame["denominator"], frame["dispersion"])
    return frame.assign(value=frame["numerator"] / frame["denominator"], lower=lower, upper=upper)


def _part_years(seen: Observed, years: list[int]) -> list[Doubt]:
    weeks = pd.Series([int(week[:4]) for week in seen.weeks], dtype="int64").value_counts()
    rows = seen.counted["year"].value_counts()
    return [
        Doubt(
            "del_av_ar",
            f"{WHERE} {year}",
            f"Rapporteringen täcker {swedish.plural(int(weeks.get(year, 0)), 'vecka', 'veckor')} av {year}; "
            f"minst {FULL_YEAR_WEEKS} behövs för att räknas som ett helt år.",
            "Årets observationer visas vecka för vecka men används inte i rangordningen.",
            n_rows=int(rows[year]),
        )
        for year in sorted(int(year) for year in rows.index if year not in years)
        if weeks.get(year, 0)  # week 1 may begin in December: those days are of no week of their year
    ]


def _no_area(seen: Observed, years: list[int]) -> list[Doubt]:
    rows = seen.counted[seen.counted["year"].isin(years)]
    apart = int(rows["problem_area"].eq("").sum())
    if not apart:
        return []
    share = apart / len(rows)
    part = f" ({swedish.percent(share, 1, words=True)})" if apart >= FEWEST else ""
    what = f"{swedish.capital(counted(apart, 'observation', 'observationer'))}{part} hör inte till något problemområde."
    return [Doubt("utan_omrade", WHERE, what, "De räknas i nämnaren men inte i något område.", n_rows=apart, share=share)]


def _effort_doubts(seen: Observed, taxonomy: Taxonomy) -> list[Doubt]:
    doubts = []
    effort = effort_of(seen)
    if not seen.has_roster:
        doubts.append(
            Doubt(
                "insats_okand",
                WHERE,
                "Det framgår inte vilka som rapporterade vilka veckor. Fler observationer kan bero på att fler rapporterar.",
                "Därför används andelar av alla observationer, inte antal. Lägg till tabellen reporting_weeks.",
            )
        )
    if effort.n_duplicates:
        doubts.append(
            Doubt(
                "dubbletter",
                WHERE,
                f"{swedish.plural(effort.n_duplicates, 'observation upprepar en annan', 'observationer upprepar andra')}: "
                f"{swedish.number(effort.n_listed)} i listan, {swedish.number(effort.n_counted)} händelser räknas.",
                "Dubbletterna räknas inte.",
                n_rows=effort.n_duplicates,
                share=effort.n_duplicates / effort.n_listed,
            )
        )
    concerned = effort.areas[(effort.areas["n_counted"] >= FEWEST_FOR_CONCENTRATION) & (effort.areas["largest_share"] > 0.5)]
    doubts += [
        _concentration(taxonomy.name(str(row["problem_area"])), str(row["largest_organisation"]), float(row["largest_share"]))
        for row in concerned.to_dict("records")
    ]
    if effort.n_counted >= FEWEST_FOR_CONCENTRATION and effort.largest_share > 0.5:
        doubts.append(_concentration("alla områden", effort.largest_organisation, effort.largest_share))
    return doubts


def _concentration(name: str, organisation: str, share: float) -> Doubt:
    """Without the number behind the share: an area's sum over the years could give away a year that disclosure hides."""
    return Doubt(
        "en_rapportor",
        f"{WHERE}, {name}",
        f"{organisation} står för {swedish.percent(share, words=True)} av observationerna.",
        "Bilden kan spegla vad en enda organisation ser och hur flitigt den rapporterar.",
        share=round(share, 2),
    )
