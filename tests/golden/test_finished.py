"""What the four finished lägesbilder hold."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild import pipeline
from lagesbild.profile import Profile
from tests.golden.conftest import PROFILES, fingerprint

COLUMNS = {
    "ranking.csv": (
        "problem_area,name,rank,score,score_lower,score_upper,rank_lower,rank_upper,p_top,tier,evidence,n_sources,sources_disagree"
    ),
    "explanation.csv": "problem_area,criterion,source,points",
    "sensitivity.csv": "variant,problem_area,rank,p_top",
}


@pytest.mark.parametrize("name", PROFILES)
def test_a_run_folder_holds_every_file_of_the_contract(finished: dict[str, Path], name: str) -> None:
    folder = finished[name]
    assert folder.name == f"{name}-2025"
    for file in ("lagesbild.pdf", "lagesbild.xlsx", "measures.csv", "manifest.json", "charts/charts.json", *COLUMNS):
        assert (folder / file).stat().st_size > 0, file
    for file, header in COLUMNS.items():
        assert (folder / file).read_text("utf-8").splitlines()[0] == header
    pictures = {path.stem for path in (folder / "charts").glob("*.svg")}
    assert pictures == {path.stem for path in (folder / "charts").glob("*.png")}
    described = json.loads((folder / "charts" / "charts.json").read_text("utf-8"))
    alts = {chart["name"]: chart["alt"] for chart in described}
    assert set(alts) == pictures
    assert all(len(alt) > 40 for alt in alts.values())


@pytest.mark.parametrize("name", PROFILES)
def test_the_manifest_names_every_input_and_output_by_its_hash(finished: dict[str, Path], name: str) -> None:
    folder = finished[name]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    outputs = {entry["path"]: entry["sha256"] for entry in manifest["outputs"]}
    files = {key: hashlib.sha256(data).hexdigest() for key, data in fingerprint(folder).items() if key != "manifest.json"}
    assert outputs == files
    assert manifest["inputs"]
    for entry in manifest["inputs"]:
        assert {"path", "sha256", "reader", "rows_read", "set_aside"} <= set(entry)
    assert manifest["seed"]


@pytest.mark.parametrize("name", PROFILES)
def test_points_sum_to_the_score(finished: dict[str, Path], name: str) -> None:
    ranking = pd.read_csv(finished[name] / "ranking.csv").set_index("problem_area")
    points = pd.read_csv(finished[name] / "explanation.csv").groupby("problem_area")["points"].sum()
    np.testing.assert_allclose(points.loc[ranking.index], ranking["score"] - 50, atol=1e-9)
    assert list(ranking["rank"]) == list(range(1, len(ranking) + 1))
    assert (ranking["rank_lower"] <= ranking["rank"]).all()
    assert (ranking["rank"] <= ranking["rank_upper"]).all()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mariestad", "2 418"),
        ("mariestad", "9 869"),
        ("falkoping", "3 395"),
        ("falkoping", "10 351"),
    ],
)
def test_the_published_totals_stand_in_the_report(finished: dict[str, Path], name: str, text: str) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    assert pikepdf
    measures = pd.read_csv(finished[name] / "measures.csv")
    row = measures.query("problem_area == 'totalt' and role == 'own' and year == 2025").iloc[0]
    assert text.replace(" ", "") in {f"{row['numerator']:.0f}", f"{row['value']:.0f}"}


def test_mariestads_pledge_is_replayed_from_what_was_known_in_2022(workspace, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    root = workspace("history")
    profile = Profile.load(root / "profiles" / "mariestad.toml").for_year(2022)
    result = pipeline.run(profile)
    assert result.measures.rows["year"].max() == 2022
    tables = result.delivery.tables
    assert tables.reported_offences["year"].max() == 2022
    assert tables.population["year"].max() == 2022
    facts = result.ranking.signals.query("source == 'polisanmalda'").set_index(["problem_area", "criterion"])
    level = facts.loc[("skadegorelse", "omfattning")]
    assert round(level["estimate"]) == 1222
    comparison = facts.loc[("skadegorelse", "jamforelse")]
    assert round(comparison["estimate"], 2) == 1.51
    assert round(comparison["reference"]) == 808
    ratios = facts.xs("jamforelse", level="criterion")["estimate"]
    assert ratios.idxmax() == "skadegorelse"
    assert set(ratios.index) == {"brott_mot_person", "stold_ran_ovrigt", "bostadsinbrott", "skadegorelse", "narkotika_vapen"}
    folder = pipeline.write(result, tmp_path)
    assert folder.name == "mariestad-2022"
    assert "2023" not in " ".join(pd.read_csv(folder / "measures.csv")["period"].astype(str))


def test_exempelbys_planted_truth_is_found(finished: dict[str, Path], root: Path) -> None:
    facit = tomllib.loads((root / "data" / "raw" / "exempel" / "facit.toml").read_text("utf-8"))
    ranking = pd.read_csv(finished["exempelby"] / "ranking.csv").set_index("problem_area")
    assert len(facit["top_three"]) == 3
    assert len(facit["bottom_five"]) == 5
    assert (ranking.loc[facit["top_three"], "p_top"] >= 0.5).all()
    assert (ranking.loc[facit["bottom_five"], "tier"] != "prioritera").all()


@pytest.mark.parametrize("name", ["mariestad", "falkoping"])
def test_reported_crime_alone_gives_a_wide_ranking_that_says_so(finished: dict[str, Path], name: str) -> None:
    ranking = pd.read_csv(finished[name] / "ranking.csv")
    assert len(ranking) == 5
    assert (ranking["n_sources"] == 1).all()
    assert (ranking["evidence"] != "god").all()
    assert (ranking["score_upper"] - ranking["score_lower"]).median() > 15
