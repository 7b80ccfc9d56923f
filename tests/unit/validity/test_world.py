"""The laboratory's worlds: they are what they say, and share nothing with the estimator that they are to test."""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.validity.laws import camps, drifts, peaked, skewed, slope
from benchmarks.validity.scenarios import SCENARIOS, worlds
from benchmarks.validity.terms import terms
from benchmarks.validity.world import World
from lagesbild.tables import TABLES, validate
from lagesbild.taxonomy import load

ROOT = Path(__file__).parents[3]
#: What the generator may know of the package: the contract that it delivers by, and the profile that it delivers.
ALLOWED = {"errors", "swedish", "letters", "profile", "settings", "tables"}
Made = Callable[..., list[World]]
SEED = 41  # of the fixture ``made``


def imported(path: Path) -> set[str]:
    """Every module that this one imports, functions included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def closure(start: str) -> set[str]:
    """The modules of the project that a module reaches by name."""
    seen: set[str] = set()
    todo = {start}
    while todo:
        name = todo.pop()
        seen.add(name)
        stem = ROOT.joinpath(*name.split("."))
        path = stem.with_suffix(".py") if stem.with_suffix(".py").exists() else stem / "__init__.py"
        here = {one for one in imported(path) if one.split(".")[0] in ("benchmarks", "lagesbild")}
        exists = {one for one in here if (ROOT.joinpath(*one.split(".")).with_suffix(".py")).exists() or _is_package(one)}
        todo |= exists - seen - {"lagesbild", "benchmarks"}  # what a package's front page offers is not what is used
    return seen


def _is_package(name: str) -> bool:
    return (ROOT.joinpath(*name.split(".")) / "__init__.py").exists()


def test_the_generator_reaches_no_statistics_of_the_package() -> None:
    reached = closure("benchmarks.validity.scenarios")
    layers = {name.split(".")[1] for name in reached if name.startswith("lagesbild.")}
    assert layers <= ALLOWED, f"the generator knows {sorted(layers - ALLOWED)}"
    assert {"benchmarks.validity.reporters", "lagesbild.tables.contract"} <= reached


def test_the_closure_would_notice_the_estimator() -> None:
    assert {"lagesbild.measures.rates", "lagesbild.ranking.signals"} <= closure("lagesbild.ranking")


@pytest.mark.parametrize("name", ["base", "three_years", "missing_40", "campaign_police"])
def test_a_world_is_delivered_by_the_contract(made: Made, name: str) -> None:
    world = made(name)[0]
    for table, frame in world.tables.items():
        pd.testing.assert_frame_equal(validate(table, frame, name), frame)
    assert world.truth["problem_area"].tolist() == list(load().area_ids)


def test_a_world_depends_on_its_seed_and_number_alone(made: Made) -> None:
    two, again = made("base", 3), tuple(islice(worlds(SCENARIOS["base"], 9, SEED), 3))
    for one, other in zip(two, again, strict=True):
        for (table, frame), (_, same) in zip(one.tables.items(), other.tables.items(), strict=True):
            pd.testing.assert_frame_equal(frame, same, obj=table)
        pd.testing.assert_frame_equal(one.truth, other.truth)
        pd.testing.assert_frame_equal(one.biases, other.biases)
        assert one.profile == other.profile
    assert not two[0].truth.equals(two[1].truth)
    assert not two[0].truth.equals(next(worlds(SCENARIOS["base"], 1, SEED + 1)).truth)


def test_reports_are_where_truth_and_bias_say(made: Made) -> None:
    """log(reports ÷ true events) is the bias up to chance and one number for the source; so is the ratio to the peers."""
    errors, ratios = [], []
    for world in made("base", 12):
        rows = world.tables.reported_offences
        recent = rows[rows["year"].gt(2022)].assign(area=rows["offence"].map(load().area_of_code))
        people = world.tables.population[world.tables.population["year"].gt(2022)]
        counts = recent.groupby(["area", recent["kommunkod"].eq("1493")], observed=True)["count"].sum().unstack()  # noqa: PD010
        size = people.groupby(people["kommunkod"].eq("1493"), observed=True)["population"].sum()
        truth = world.truth.set_index("problem_area")
        bias = world.biases[world.biases["source"].eq("polisanmalda")].set_index("problem_area")
        counts = counts.loc[truth.index].astype("float64")
        assert truth["level"].sum() == pytest.approx(0)
        assert np.log(truth["mean_events"]).std() == pytest.approx(truth["level"].std(), rel=0.02)
        level = np.log(counts[True] + 0.5) - truth["level"] - bias["level"]
        enough = counts[True].gt(100)
        errors += (level - level[enough].mean())[enough].tolist()
        comparison = np.log((counts[True] + 0.5) / size[True]) - np.log(counts[False] / size[False])
        ratios += (comparison - truth["comparison"] - bias["comparison"])[enough].tolist()
    assert np.std(errors) < 0.15
    assert np.std(ratios) < 0.15
    assert np.mean(ratios) == pytest.approx(0, abs=0.02)


def _biases(made: Made, name: str, n: int) -> pd.DataFrame:
    classes = dict(zip(terms().areas, terms().classes, strict=True))
    rows = pd.concat([world.biases for world in made(name, n)])
    return rows.assign(bias_class=rows["problem_area"].map(classes).where(rows["source"].eq("polisanmalda"), ""))


def test_planted_biases_have_the_declared_spread(made: Made) -> None:
    declared = pd.read_csv(ROOT / "lagesbild" / "taxonomy" / "bias_classes.csv").set_index("bias_class")
    rows = _biases(made, "base", 60)
    columns = {"level": "omfattning", "comparison": "jamforelse", "trend": "utveckling"}
    of_class = {("est", ""): "E", ("ntu", ""): "S", ("egen_enkat", ""): "S", ("medborgardialog", ""): "D"}
    of_class |= {("polisanmalda", one): one for one in "ABC"}
    for (source, group), bias_class in of_class.items():
        mine = rows[rows["source"].eq(source) & rows["bias_class"].eq(group)]
        for column, name in columns.items():
            spread, n = declared.loc[bias_class, name], int(mine[column].notna().sum())
            if np.isnan(spread) or n == 0:
                continue
            # Heavier tails than the normal's, areas of one kommun share a mean, and an answer's logit does not follow
            # incidence: against the country it lies a quarter further off than declared, the trend of EST a fifth.
            room = 0.12 + 3 * np.sqrt(1.5 / n) + (0.2 if (source, column) in {("ntu", "comparison"), ("est", "trend")} else 0)
            assert mine[column].std() == pytest.approx(spread, rel=room), (source, group, column, n)


@pytest.mark.parametrize(("name", "factor"), [("biases_double", 2.0), ("biases_half", 0.5)])
def test_biases_follow_their_factor(made: Made, name: str, factor: float) -> None:
    base, other = (_biases(made, one, 15) for one in ("base", name))
    for source in ("polisanmalda", "est", "ntu", "medborgardialog"):
        ratio = other.loc[other["source"].eq(source), "level"].std() / base.loc[base["source"].eq(source), "level"].std()
        # An answer's logit does not follow incidence, so that with half of the declared bias a survey keeps some more.
        room = 0.4 if (name, source) == ("biases_half", "ntu") else 0.2
        assert ratio == pytest.approx(factor, rel=room), source


def test_the_laws_are_standardised_and_not_normal() -> None:
    random = np.random.default_rng(1)
    for law in (
        lambda: skewed(random, (40_000,), "beta"),
        lambda: camps(random, (40_000,), "beta"),
        lambda: peaked(random, (40_000,)),
    ):
        values = law()
        assert values.mean() == pytest.approx(0, abs=0.03)
        assert values.std() == pytest.approx(1, abs=0.03)
        skewness, kurtosis = (values**3).mean(), (values**4).mean()
        assert abs(skewness) > 0.4 or kurtosis > 4
    assert np.abs(skewed(random, (40_000,), "heavy")).max() > 8
    assert slope(drifts(random, (50,), 5)) == pytest.approx(np.ones(50))


def test_the_est_list_is_as_long_as_such_lists_are(made: Made) -> None:
    lengths = [len(world.tables.observations) for world in made("base", 6)]
    assert min(lengths) > 350
    assert max(lengths) < 1400
    for world in made("base", 6):
        listed = world.tables.observations
        assert 5 <= listed["organisation"].nunique() <= 8
        repeated = listed["duplicate_of"].dropna()
        assert 0 < len(repeated) < 0.08 * len(listed)
        assert set(repeated) <= set(listed["observation_id"])
        assert listed["category"].isin(load().est_categories["category"]).all()


def test_answers_do_not_follow_incidence_with_one_slope(made: Made) -> None:
    """logit p over log incidence: far from a line of slope .7 for every question."""
    rows = []
    for world in made("base", 6):
        asked = world.tables.survey_results
        own = asked[asked["survey"].eq("ntu") & asked["geography_level"].eq("kommun") & asked["year"].eq(2025)]
        items = load().survey_items.drop_duplicates("item").set_index("item")["problem_area"]
        share = own.assign(problem_area=own["item"].map(items)).groupby("problem_area", observed=True)["value"].mean() / 100
        assert own["n"].between(100, 1100).all()
        assert own["value"].between(0, 90).all()
        rows.append(
            world.truth.set_index("problem_area")["level"]
            .to_frame()
            .join(np.log(share / (1 - share)).rename("logit"), how="inner")
        )
    together = pd.concat(rows)
    together = together[np.isfinite(together["logit"])]
    middle = together["level"].median()
    parts = [part for _, part in together.groupby(together["level"].gt(middle))]
    steep = [float(np.polyfit(part["level"], part["logit"], 1)[0]) for part in parts]
    assert 0.2 < steep[0] < 1.2
    assert 0.3 < steep[1] < 1.2
    assert set(TABLES["survey_results"].names) == set(made("base")[0].tables.survey_results.columns)
