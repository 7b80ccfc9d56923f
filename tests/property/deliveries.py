"""A small delivery with every kind of source, as tidy tables, and the changes that must not matter."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from lagesbild import disclosure, measures
from lagesbild.measures import Measures
from lagesbild.profile import Profile
from lagesbild.ranking import rank
from lagesbild.ranking.result import Ranking
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

FIRST_YEAR = 2021


class Ranked(NamedTuple):
    """What a delivery came to: the measures after disclosure, and the ranking."""

    measures: Measures
    ranking: Ranking


def ranked(tables: Tables, profile: Profile, terms: Taxonomy) -> Ranked:
    """From tables to ranking, as a run goes."""
    shown = disclosure.protect(measures.measure(tables, profile, terms), terms)
    return Ranked(shown, rank(shown, profile, terms))


def small(tables: Tables) -> Tables:
    """The last five years of a delivery, without what the ranking does not read and without the answers one by one."""
    recent = {
        name: frame[frame["year"].ge(FIRST_YEAR)].reset_index(drop=True)
        for name, frame in tables.items()
        if "year" in frame and name != "survey_answers"
    }
    empty = Tables()
    return replace(
        tables, incidents=empty.incidents, survey_answers=empty.survey_answers, judgements=empty.judgements,
        pledges=empty.pledges, **recent,
    )  # fmt: skip


def shuffled(tables: Tables, seed: int) -> Tables:
    """Every table's rows in another order."""
    return Tables(
        **{its.name: getattr(tables, its.name).sample(frac=1, random_state=seed + i) for i, its in enumerate(fields(Tables))}
    )


def swapped(tables: Tables, one: str, two: str) -> Tables:
    """Two kommuner's figures under each other's code."""
    codes = {one: two, two: one}
    changed = {
        name: frame.assign(kommunkod=frame["kommunkod"].replace(codes))
        for name, frame in tables.items()
        if "kommunkod" in frame
    }
    return replace(tables, **changed)


def twice_observed(tables: Tables) -> Tables:
    """Every organisation has a twin that reports the same weeks and sees as much of everything."""
    rows, roster = tables.observations, tables.reporting_weeks
    twins = rows.assign(
        observation_id=rows["observation_id"] + "-2",
        organisation=rows["organisation"] + " 2",
        duplicate_of=rows["duplicate_of"] + "-2",
    )
    again = roster.assign(organisation=roster["organisation"] + " 2")
    return replace(
        tables,
        observations=pd.concat([rows, twins], ignore_index=True),
        reporting_weeks=pd.concat([roster, again], ignore_index=True),
    )


def more_people(tables: Tables, times: int) -> Tables:
    """Every kommun so many times as large, its counts as they were."""
    return replace(tables, population=tables.population.assign(population=tables.population["population"] * times))


def with_empty_sources(tables: Tables) -> Tables:
    """Two more sources that hold nothing of the kommun: a survey asked elsewhere, and one whose values are missing."""
    rows = tables.survey_results
    asked = rows[rows["survey"].eq("ntu")].head(4)
    elsewhere = asked.assign(
        survey="trygghetsmatning", item="Problem med nedskräpning", geography="Annorlunda", scale="index_0_6"
    )
    missing = asked.assign(survey="naringsliv", value=np.nan, lower=np.nan, upper=np.nan, missing="suppressed")
    return replace(tables, survey_results=pd.concat([rows, elsewhere.head(1), missing.head(1)], ignore_index=True))


def without_area(tables: Tables, area: str, terms: Taxonomy) -> Tables:
    """The delivery without anything that speaks of one problem area, in any table."""
    items = set(terms.survey_items.loc[terms.survey_items["problem_area"].eq(area), "item"])
    offences, seen = tables.reported_offences, tables.observations
    about_seen = {text: terms.area_of_category(text) == area for text in seen["category"].unique()}
    themes = {text: terms.area_of_theme(text) == area for text in tables.dialogue_themes["theme"].unique()}
    return replace(
        tables,
        reported_offences=offences[~offences["offence"].map(lambda code: terms.area_of_code(code) == area).astype("bool")],
        observations=seen[~seen["category"].map(about_seen).astype("bool")],
        survey_results=tables.survey_results[~tables.survey_results["item"].isin(items)],
        dialogue_themes=tables.dialogue_themes[~tables.dialogue_themes["theme"].map(themes).astype("bool")],
    )
