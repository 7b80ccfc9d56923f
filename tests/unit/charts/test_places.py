"""Charts of named areas, hours and months from a table made by hand: the finding, its numbers, and what is not shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild import taxonomy
from lagesbild.charts.areas import platser
from lagesbild.charts.hours import tid
from lagesbild.charts.season import manader
from lagesbild.places import EST, POLICE
from lagesbild.places.hours import by_block, matrix
from lagesbild.places.months import months
from lagesbild.places.order import ordered
from lagesbild.places.value import BASES, BLOCKS, HOURS, MONTHS, PLACES, Places, stacked, table
from lagesbild.profile import Profile
from tests.unit.charts.family import faults

LINE, TERMS = "skadegorelse", taxonomy.load()
PROFILE = Profile(slug="x", name="X", kommunkoder=("9901",), year=2025, raw=Path(), processed=Path(), is_example=True)


def one(source: str, counts: dict[str, int | None], peak: float) -> tuple[dict[str, object], pd.DataFrame, np.ndarray]:
    total = sum(count or 3 for count in counts.values())
    base = {"first_year": 2025, "last_year": 2025, "n": total, "n_with_area": total, "n_untimed": 4, "n_long": 0}
    week = np.full((7, 24), 0.5)
    week[4, 22] = peak
    base |= {"n_timed": round(week.sum()), "n_dated": total, "dispersion": 1.0, "p_value": 1.0, "is_uneven": False}
    rows = pd.DataFrame({"area": list(counts), "count": pd.array(list(counts.values()), dtype="Int64")})
    figures = ordered([count or 3 for count in counts.values()], name=source)
    is_hidden = rows["count"].isna()
    rows = pd.concat([rows, figures.astype({"rank_lower": "Int64", "rank_upper": "Int64"}).mask(is_hidden)], axis=1)
    return {"source": source, "problem_area": LINE} | base, rows.assign(is_suppressed=is_hidden), week


@pytest.fixture(scope="module")
def made() -> Places:
    lists = [
        one(POLICE, {"Torget": 80, "Hamnen <b>": 20, "Norr": None}, 30.0),
        one(EST, {"Hamnen <b>": 14, "Torget": 13, "Norr": None}, 0.5),
    ]
    keys = [{name: base[name] for name in ("source", "problem_area")} for base, _, _ in lists]
    summer = np.repeat(np.arange("2025-06-01", "2025-09-01", dtype="M8[D]"), 2)
    return Places(
        pd.DataFrame([base for base, _, _ in lists])[list(BASES)].astype(BASES),
        table([rows.assign(**key) for key, (_, rows, _) in zip(keys, lists, strict=True)], PLACES),
        stacked([key | matrix(week) for key, (_, _, week) in zip(keys, lists, strict=True)], HOURS),
        stacked([key | by_block(week) for key, (_, _, week) in zip(keys, lists, strict=True)], BLOCKS),
        stacked([key | months(summer, 2025, 2025).figures for key in keys], MONTHS),
    )


def test_areas_tell_the_finding_with_its_numbers_and_name_what_is_hidden(made: Places) -> None:
    chart = platser(LINE, made, PROFILE, TERMS)
    assert chart is not None
    assert chart.title == "Skadegörelse och klotter: flest anmälda händelser i Torget (80 av 103)"
    assert "Torget 80 (63–100)" in chart.alt
    assert "Inget område går att skilja ut" in chart.alt, "of EST"
    assert "dolt för att skydda ett litet antal: Norr." in chart.alt
    assert "EXEMPELDATA" in chart.caption
    assert chart.table["Område"].tolist() == ["Torget", "Hamnen <b>"]
    assert faults(chart) == []


def test_hours_name_the_moment_that_stands_out_in_one_list_alone(made: Places) -> None:
    chart = tid(LINE, made, PROFILE, TERMS)
    assert chart is not None
    assert chart.title.startswith("Skadegörelse och klotter: flest anmälda händelser ")
    assert "fredag kl.\xa021–24 31 (21–44)" in chart.alt
    assert "flest observationer" not in chart.title
    assert len(chart.table) == 56
    assert faults(chart) == []


def test_months_that_cannot_be_told_from_even_say_so(made: Places) -> None:
    chart = manader(LINE, made, PROFILE, TERMS)
    assert chart is not None
    assert chart.title == "Skadegörelse och klotter: ingen månad går att skilja från jämn spridning över året"
    uneven = manader(LINE, replace(made, bases=made.bases.assign(is_uneven=True)), PROFILE, TERMS)
    assert uneven is not None
    assert uneven.title.count("juni, juli och augusti") == 2
    assert faults(chart) == faults(uneven) == []


def test_there_is_no_chart_of_what_is_not_there(made: Places) -> None:
    assert [draw("narkotika", made, PROFILE, TERMS) for draw in (platser, tid, manader)] == [None, None, None]
    assert platser(LINE, Places(), PROFILE, TERMS) is None
