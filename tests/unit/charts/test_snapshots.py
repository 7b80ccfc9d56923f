"""Each kind of chart as SVG with its text as text, from small figures written by hand; a changed look is seen in the diff.

After a meant change: ``pytest tests/unit/charts/test_snapshots.py --snapshot-update``, look at the files, commit them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from lagesbild import disclosure, places
from lagesbild.charts import Chart, all_charts, files
from lagesbild.measures.frame import joined
from lagesbild.measures.measure import Measures
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy
from tests.unit.charts.conftest import make_profile, make_ranking, make_tables, reported, surveyed
from tests.unit.charts.test_pledges import DOWN, FLAT, UP

LINES = ("trafik", "skadegorelse", "narkotika", "ran", "bostadsinbrott")
#: One of each kind, and the questions asked of the survey charts.
KINDS = (
    "rangordning", "kallprofil", "bidrag", "trappa-trafik", "anmalt-upplevt", "alla-omraden", "anmalda-trafik", "est-veckor",
    "enkat-ntu", "enkat-ntu-kvinnor-man", "loften", "platser-skadegorelse", "tid-skadegorelse",
    "manader-skadegorelse",
)  # fmt: skip
N_QUESTIONS = 5
AREAS = ("Centrum", "Norrängen", "Östra Backen")
FOLDER = Path(__file__).parent / "__snapshots__"
MOST_BYTES = 600_000


class Svg(SingleFileSnapshotExtension):
    """One SVG file for each picture, which a browser shows."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"


@pytest.fixture
def drawing(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Svg)


@pytest.fixture(scope="module")
def small(taxonomy: Taxonomy) -> dict[str, Chart]:
    """Five lines, three sources, three comparison kommuner, as example data."""
    answers = surveyed(taxonomy)
    asked = answers[answers["item"].isin(sorted(answers["item"].unique())[:N_QUESTIONS])]
    rows = joined([reported((*LINES, "totalt"), n_peers=3), asked])
    ranking = make_ranking(taxonomy, LINES, ("polisanmalda", "est", "ntu"))
    measures, profile = Measures(rows), make_profile(is_example=True)
    tables = placed(make_tables(taxonomy))
    where_and_when = disclosure.protect_places(places.count(tables, profile, taxonomy), measures, taxonomy, profile.seed)
    made = all_charts(measures, ranking, tables, profile, taxonomy, followed=(FLAT, DOWN, UP), places=where_and_when)
    return {chart.name: chart for chart in made}


def placed(tables: Tables) -> Tables:
    """The observations with an area and an hour each, some areas and hours more often than others."""
    seen = tables.observations
    area = pd.Series([AREAS[i * i % 7 % len(AREAS)] for i in range(len(seen))], index=seen.index)
    time = pd.Series([f"{(i * i % 11 + 13) % 24:02d}:30" for i in range(len(seen))], index=seen.index)
    types = seen.dtypes[["area", "time"]].to_dict()
    return replace(tables, observations=seen.assign(area=area, time=time).astype(types))


@pytest.mark.parametrize("name", KINDS)
def test_the_look_is_as_agreed(name: str, small: dict[str, Chart], drawing: SnapshotAssertion) -> None:
    assert files.svg(small[name], standalone=True, outlines=False).decode() == drawing


def test_every_kind_has_its_picture_and_they_are_small(small: dict[str, Chart]) -> None:
    unseen = {name for name in small if not any(name.startswith(kind.split("-")[0]) for kind in KINDS)}
    assert unseen == set(), "a new kind of chart belongs in KINDS"
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.svg")) < MOST_BYTES
