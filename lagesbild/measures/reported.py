"""Reported offences per 100 000 inhabitants: the own kommun or police area, each comparison kommun, and those pooled."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures import rates
from lagesbild.measures.breaks import WINDOW
from lagesbild.measures.comparisons import candidates, comparisons, groups, of_group
from lagesbild.measures.counts import line_counts
from lagesbild.measures.expected import expected_rows
from lagesbild.measures.frame import empty_rows, joined, measure_rows
from lagesbild.measures.measure import Measures
from lagesbild.measures.months import month_counts
from lagesbild.measures.population import mean_population
from lagesbild.measures.robust import found_spikes, robust_rows, spike_doubts
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.peer_groups import PeerGroup

SOURCE = "polisanmalda"
WHERE = "anmälda brott"


def reported(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> Measures:
    """``reported_rate`` rows of every line and whole year, with Poisson limits, and the doubts about them; beside them
    ``reported_robust`` rows of the years with months that are incredible (``spikes``), and ``reported_expected`` rows of the
    last final year and the next (``expected``).

    Limits are those of the count alone (φ = 1): they say how uncertain one year's rate is if reports come by chance. Tests of
    change and comparison use an overdispersion that is shrunk over the lines, and are made from these rows later.
    A police area's counts and mean populations are summed; a year is used only where every kommun has it. Comparison kommuner
    are those of the profile's ``peer_group`` that are not the own; "peers" is their sum, year by year over those that have it.
    ``others`` holds the rows of every other group.
    """
    own = profile.kommunkoder
    doubts: list[Doubt] = []
    if tables.reported_offences.empty:
        return Measures(empty_rows())
    everyone = sorted(candidates(tables, profile))
    offences = tables.reported_offences[tables.reported_offences["kommunkod"].isin(everyone)]
    counted = line_counts(offences, own, profile.year, taxonomy)
    population, population_doubts = mean_population(tables, everyone, own)
    rows = counted.rows.merge(population, on=["kommunkod", "year"], how="inner", validate="many_to_one")

    ours, own_doubts = _own(rows[rows["kommunkod"].isin(own)], profile, taxonomy)
    doubts += [*counted.doubts, *population_doubts]
    doubts += [*own_doubts, *_preliminary(ours, profile), *_lost_place(ours, taxonomy)]
    compared_with = groups(rows, tables, profile, taxonomy)
    judged = offences[offences["kommunkod"].isin([*own, *compared_with.kommuner])]
    months = month_counts(judged, counted.key_sets, profile.year, taxonomy)
    found = found_spikes(months, counted.rows)
    main, others, peer_doubts = comparisons(compared_with, rows, lambda group: _peers(rows, found, group))
    shown = found[found["kommunkod"].isin(own)]
    geography = profile.slug if profile.is_police_area else own[0]
    made = _rows(ours, "own", geography)
    years, monthly = (_with_group(frame, own, main.group if main is not None else None) for frame in (rows, months))
    ahead = expected_rows(years, monthly, own, geography, taxonomy)
    parts = [made, robust_rows(made, shown, own), ahead]
    if main is not None:
        parts.append(main.rows)
        shown = pd.concat([shown, of_group(found, main.group)])
        main = replace(main, rows=empty_rows())
    doubts += [*peer_doubts, *spike_doubts(shown, own, profile.year, taxonomy)]
    return Measures(joined(parts), tuple(doubts), counted.parts, main, others)


def _peers(rows: pd.DataFrame, found: pd.DataFrame, group: PeerGroup) -> pd.DataFrame:
    """The comparison kommuner of a group each, and pooled year by year over those that have it; with their robust years."""
    there = of_group(rows, group)
    pooled = _summed(there, ["line", "year"])
    made = joined([_rows(there, "peer", there["kommunkod"]), _rows(pooled, "peers", "jamforbara")])
    robust = robust_rows(made, of_group(found, group), ())
    return made if robust.empty else joined([made, robust])


def _with_group(rows: pd.DataFrame, own: tuple[str, ...], group: PeerGroup | None) -> pd.DataFrame:
    """The rows of the own kommuner and of the group they are compared with."""
    ours = rows[rows["kommunkod"].isin(own)]
    return ours if group is None else pd.concat([ours, of_group(rows, group)])


def _summed(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Counts and populations over kommuner; preliminary where any part is. n_kommuner: how many took part."""
    sums = (
        rows.assign(is_preliminary=rows["status"].eq("preliminary"))
        .groupby(by, observed=True)
        .agg(
            count=("count", "sum"),
            population=("population", "sum"),
            n_kommuner=("kommunkod", "count"),  # a kommun stands once
            is_preliminary=("is_preliminary", "any"),
        )
        .reset_index()
    )
    return sums.assign(status=sums["is_preliminary"].map({True: "preliminary", False: "final"}).astype("str"))


def _rows(rows: pd.DataFrame, role: str, geography: str | pd.Series) -> pd.DataFrame:
    if rows.empty:
        return empty_rows()
    value, lower, upper = rates.rate(rows["count"], rows["population"])
    return measure_rows(
        rows.assign(
            problem_area=rows["line"],
            value=value,
            lower=lower,
            upper=upper,
            numerator=rows["count"],
            denominator=rows["population"],
        ),
        "reported_rate",
        source=SOURCE,
        role=role,
        geography=geography,
        is_published=True,
    )


def _own(rows: pd.DataFrame, profile: Profile, taxonomy: Taxonomy) -> tuple[pd.DataFrame, list[Doubt]]:
    """The own rows, summed over a police area's kommuner; years that some kommun lacks are left out."""
    sums = _summed(rows, ["line", "year"])
    is_whole = sums["n_kommuner"].eq(len(profile.kommunkoder))
    doubts = []
    for line, part in sums[~is_whole].groupby("line", observed=True):
        codes = set(profile.kommunkoder) - set(
            rows.loc[rows["line"].eq(line) & rows["year"].eq(part["year"].max()), "kommunkod"]
        )
        names = swedish.listing([taxonomy.kommun_name(code) for code in sorted(codes)])
        doubts.append(
            Doubt(
                "kommun_saknas",
                f"{WHERE}, {taxonomy.name(str(line))}",
                f"Uppgift saknas för minst en av områdets kommuner {_some_years(part['year'])}; senast för {names}.",
                "De åren används inte, för en summa utan alla kommuner går inte att jämföra med andra år.",
                n_rows=len(part),
            )
        )
    return sums[is_whole], doubts


def _some_years(years: pd.Series) -> str:
    values = [int(year) for year in sorted(years.unique())]
    if len(values) > 3 and values[-1] - values[0] == len(values) - 1:
        return swedish.years(values[0], values[-1])
    return swedish.listing([str(year) for year in values])


def _preliminary(ours: pd.DataFrame, profile: Profile) -> list[Doubt]:
    years = sorted(ours.loc[ours["status"].eq("preliminary"), "year"].unique())
    return [
        Doubt(
            "preliminart_ar",
            f"{WHERE} {year}",
            f"Uppgifterna för {year} är preliminära och kan ändras när den slutliga statistiken kommer.",
            "De visas, men rangordningen bygger på slutliga år.",
            n_rows=int((ours["year"].eq(year) & ours["status"].eq("preliminary")).sum()),
        )
        for year in years
        if year > profile.year - WINDOW
    ]


def _lost_place(ours: pd.DataFrame, taxonomy: Taxonomy) -> list[Doubt]:
    lines = [line for line in sorted(set(ours["line"])) if "bedrageri" in taxonomy.covers(line)]
    return [
        Doubt(
            "brottsplats_saknas",
            f"{WHERE}, {taxonomy.name(line)}",
            "Bedrägerier anmäls ofta utan brottsplats och räknas då inte i någon kommun.",
            "Kommunens siffra är för låg; använd den inte för att jämföra nivån med andra områden.",
        )
        for line in lines
    ]
