"""What citizens and staff brought up in dialogues, as shares of all mentions."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures import clustering
from lagesbild.measures.frame import empty_rows, joined, measure_rows
from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.sources.checks.shown import FEWEST, counted
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

WHERE = "dialoger"
SOURCES = {"citizen": "medborgardialog", "staff": "medarbetardialog"}


def dialogue(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> Measures:
    """``dialogue_share`` rows per kind of dialogue, area and year.

    numerator: mentions of the area's themes; denominator: all mentions of the year in that kind of dialogue, themes without an
    area included. Those who take part are few and chose to: the dispersion is the default of EST (a standard deviation of 39 %)
    and widens the limits. An area that a kind of dialogue has in some year stands with 0 in the others.
    """
    listed = tables.dialogue_themes[tables.dialogue_themes["date"].dt.year.le(profile.year)]
    if listed.empty:
        return Measures(empty_rows())
    found = {theme: taxonomy.area_of_theme(theme) for theme in sorted(listed["theme"].unique())}
    rows = listed.assign(
        source=listed["dialogue"].map(SOURCES).astype("str"),
        year=listed["date"].dt.year.astype("int64"),
        problem_area=listed["theme"].map({theme: area or "" for theme, area in found.items()}).astype("str"),
    )
    total = rows.groupby(["source", "year"], observed=True)["mentions"].sum().rename("denominator").reset_index()
    total = total[total["denominator"].gt(0)]
    areas = rows.loc[rows["problem_area"].ne(""), ["source", "problem_area"]].drop_duplicates()
    sums = rows.groupby(["source", "year", "problem_area"], observed=True)["mentions"].sum().rename("numerator").reset_index()
    grid = total.merge(areas, on="source", how="inner").merge(
        sums, on=["source", "year", "problem_area"], how="left", validate="one_to_one"
    )
    doubts = _unknown(rows, [theme for theme, area in found.items() if area is None])
    if grid.empty:
        return Measures(empty_rows(), tuple(doubts))
    numerator, denominator = grid["numerator"].fillna(0).astype("float64"), grid["denominator"].astype("float64")
    lower, upper = clustering.share_limits(numerator, denominator, clustering.DEFAULT)
    made = measure_rows(
        grid.assign(numerator=numerator, denominator=denominator, value=numerator / denominator, lower=lower, upper=upper),
        "dialogue_share",
        dispersion=clustering.DEFAULT,
        role="own",
        geography=profile.slug if profile.is_police_area else profile.kommunkoder[0],
        is_published=False,
    )
    return Measures(joined([made]), tuple(doubts))


def _unknown(rows: pd.DataFrame, unknown: list[str]) -> list[Doubt]:
    total = int(rows["mentions"].sum())
    doubts = []
    for theme in unknown:
        mentions = int(rows.loc[rows["theme"].eq(theme), "mentions"].sum())
        share = mentions / total if total else None
        is_few = mentions < FEWEST
        part = "" if share is None or is_few else f", {swedish.percent(share, 1, words=True)} av alla"
        doubts.append(
            Doubt(
                "okant_tema",
                WHERE,
                f'Temat "{theme}" är okänt (nämnt {counted(mentions, "gång", "gånger")}{part}).',
                "Det räknas i nämnaren men inte i något område.",
                n_rows=int(rows["theme"].eq(theme).sum()),
                share=None if is_few else share,
            )
        )
    return doubts
