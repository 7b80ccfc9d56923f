"""Events of each problem area with place and time: EST observations and the police's incidents, side by side, never summed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from lagesbild.measures.observations import observed
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

#: The two lists that hold single events.
EST, POLICE = "est", "handelser"
SOURCES = (EST, POLICE)
COLUMNS = ["source", "problem_area", "area", "day", "start", "end", "year"]
#: A street, with or without a number, is nearer to somebody's home than a named area may be.
_STREET = re.compile(r"(gatan|gata|vägen|stigen|gränd|gränden|allén|esplanaden)\b(?!\S)|\b(väg|gata|gatan)\s+\d", re.IGNORECASE)


@dataclass(frozen=True)
class Events:
    """rows, one per event: source {est, handelser}, problem_area ("" for none), area ("" where none is named), day (NaT where
    unknown), start, end (NaT where no clock time is given; equal where it is a moment), year (EST: the day's; incidents: the
    year of the report, as Brå counts).

    streets: source -> events whose area is the name of a street, counted as without area. Confirmed duplicates, zero reports
    and planned events are not among them; an incident with several offences of one problem area is one event.
    """

    rows: pd.DataFrame
    streets: dict[str, int]


def events(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> Events:
    """Every event up to the report year, in an order that does not depend on the files'."""
    rows = pd.concat([_observations(tables, profile, taxonomy), _incidents(tables, profile, taxonomy)], ignore_index=True)
    names = {name: is_street(name) for name in rows["area"].unique()}
    streets = rows["area"].map(names).astype(bool)
    counts = rows.loc[streets, "source"].value_counts()
    rows = rows.assign(area=rows["area"].mask(streets, "")).sort_values(COLUMNS, kind="stable").reset_index(drop=True)
    return Events(rows, {source: int(counts.get(source, 0)) for source in SOURCES})


def is_street(name: str) -> bool:
    """Whether the name of an area is that of a street.

    >>> is_street("Storgatan 5"), is_street("Ringvägen"), is_street("Östra Backen"), is_street("Industrivägens område")
    (True, True, False, False)
    """
    return bool(_STREET.search(name))


def _observations(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> pd.DataFrame:
    counted = observed(tables, taxonomy, profile.year, profile.est.categories).counted
    more = tables.observations.drop_duplicates("observation_id").set_index("observation_id")
    ids = counted["observation_id"]
    clock = pd.to_timedelta(ids.map(more["time"]).astype("str") + ":00", errors="coerce")
    day = counted["date"].dt.normalize().astype("datetime64[s]")
    start = (day + clock).astype("datetime64[s]")
    return _frame(EST, counted["problem_area"], ids.map(more["area"]), day, start, start, counted["year"])


def _incidents(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> pd.DataFrame:
    listed = tables.incidents[tables.incidents["count"].gt(0)]
    codes = {code: taxonomy.area_of_code(code) or "" for code in sorted(listed["brottskod"].unique())}
    listed = listed.assign(problem_area=listed["brottskod"].map(codes).astype("str"))
    listed = listed.sort_values(["incident_id", "brottskod"], kind="stable").drop_duplicates(["incident_id", "problem_area"])
    start, end = (listed[name].astype("datetime64[s]") for name in ("occurred_from", "occurred_to"))
    end = end.fillna(start)
    # Midnight to midnight is a day without a clock time, not a moment.
    is_day = start.eq(start.dt.normalize()) & end.eq(end.dt.normalize())
    middle = start + (end - start) / 2
    year = listed["reported_on"].dt.year.fillna(start.dt.year)
    made = _frame(
        POLICE, listed["problem_area"], listed["area"], middle.dt.normalize(), start.mask(is_day), end.mask(is_day), year
    )
    return made[made["year"].le(profile.year) & made["year"].gt(0)]


def _frame(
    source: str, line: pd.Series, area: pd.Series, day: pd.Series, start: pd.Series, end: pd.Series, year: pd.Series
) -> pd.DataFrame:
    texts = area.astype("object").where(area.notna(), "").astype("str").str.strip()
    return pd.DataFrame(
        {
            "source": pd.Series(source, index=line.index, dtype="str"),
            "problem_area": line.astype("str"),
            "area": texts,
            "day": day.astype("datetime64[s]"),
            "start": start.astype("datetime64[s]"),
            "end": end.astype("datetime64[s]"),
            "year": year.fillna(0).astype("int64"),
        }
    )
