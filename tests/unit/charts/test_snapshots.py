"""Each kind of chart as SVG with its text as text, from small figures written by hand; a changed look is seen in the diff.

After a meant change: ``pytest tests/unit/charts/test_snapshots.py --snapshot-update``, look at the files, commit them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from lagesbild.charts import Chart, files
from lagesbild.measures.frame import joined
from lagesbild.measures.measure import Measures
from lagesbild.taxonomy import Taxonomy
from tests.unit.charts.conftest import Case, make_profile, make_ranking, make_tables, reported, surveyed

LINES = ("trafik", "skadegorelse", "narkotika", "ran", "bostadsinbrott")
#: One of each kind, and the questions asked of the survey charts.
KINDS = (
    "rangordning", "kallprofil", "bidrag", "trappa-trafik", "anmalt-upplevt", "alla-omraden", "anmalda-trafik", "est-veckor",
    "enkat-ntu", "enkat-ntu-kvinnor-man",
)  # fmt: skip
N_QUESTIONS = 5
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
    case = Case(Measures(rows), ranking, make_tables(taxonomy), make_profile(is_example=True))
    return {chart.name: chart for chart in case.charts(taxonomy)}


@pytest.mark.parametrize("name", KINDS)
def test_the_look_is_as_agreed(name: str, small: dict[str, Chart], drawing: SnapshotAssertion) -> None:
    assert files.svg(small[name], standalone=True, outlines=False).decode() == drawing


def test_every_kind_has_its_picture_and_they_are_small(small: dict[str, Chart]) -> None:
    unseen = {name for name in small if not any(name.startswith(kind.split("-")[0]) for kind in KINDS)}
    assert unseen == set(), "a new kind of chart belongs in KINDS"
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.svg")) < MOST_BYTES
