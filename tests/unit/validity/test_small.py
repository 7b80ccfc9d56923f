"""The laboratory made small: the ranking is nearer the truth than simpler ones, and honest; and the laboratory would notice.

The bounds are wide, for there are few kommuner: docs/validity.md has the figures.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.validity import report, targets
from benchmarks.validity.power import Power
from benchmarks.validity.rivals import COUNTS, ORACLE, Z_SCORES
from benchmarks.validity.runs import SEED, Task, hear, tasks
from benchmarks.validity.scenarios import SCENARIOS
from benchmarks.validity.scores import Figure
from benchmarks.validity.summary import Summary
from benchmarks.validity.trial import Heard, estimate

BASE, STILL, WRONG = "base", "steady", "reversed_survey"
SIZES = {BASE: 12, STILL: 5, WRONG: 5}
#: What must hold in the base scenario, by name; a ranking that does not know its areas must break the first four.
BOUNDS = {
    "tau": lambda one: one.tau().value > 0.5,
    "ahead of z-scores": lambda one: one.lead(Z_SCORES).value > 0,
    "ahead of counts": lambda one: one.lead(COUNTS).value > 0.05,
    "Brier skill": lambda one: one.brier_skill.value > 0.2,
    "90 % of scores": lambda one: 0.7 < one.coverage(0.9).value < 0.99,
    "80 % of ranks": lambda one: 0.65 < one.rank_coverage(0.8).value < 0.98,
}


def broken(one: Summary) -> list[str]:
    """The names of the bounds that do not hold."""
    return [name for name, holds in BOUNDS.items() if not holds(one)]


def summed(name: str, cases: list[Heard]) -> Summary:
    return Summary(name, SCENARIOS[name].is_null, [estimate(case, draws=1000) for case in cases])


def shuffled(case: Heard, seed: int) -> Heard:
    """The same with every area's signals given to another area."""
    found = case.signals
    at = np.random.default_rng(seed).permutation(len(found.areas))
    names = ("z", "sampling", "bias", "available", "counts", "dispersion")
    return replace(case, signals=replace(found, **{name: getattr(found, name)[at] for name in names}))


@pytest.fixture(scope="module")
def cases() -> dict[str, list[Heard]]:
    return {name: hear(Task(name, 0, n, SEED)) for name, n in SIZES.items()}


@pytest.fixture(scope="module")
def base(cases: dict[str, list[Heard]]) -> Summary:
    return summed(BASE, cases[BASE])


def test_the_base_scenario_keeps_its_bounds(base: Summary) -> None:
    assert broken(base) == []


def test_shuffled_signals_break_them(cases: dict[str, list[Heard]]) -> None:
    lost = summed(BASE, [shuffled(case, i) for i, case in enumerate(cases[BASE])])
    assert {"tau", "ahead of counts", "Brier skill"} <= set(broken(lost))


def test_the_oracle_is_nearer_than_anyone(base: Summary) -> None:
    assert base.lead(ORACLE).value < 0
    assert all(base.tau(ORACLE).value > base.tau(name).value for name in base.names if name != ORACLE)


def test_few_changes_are_told_where_nothing_changes(cases: dict[str, list[Heard]]) -> None:
    still = summed(STILL, cases[STILL])
    assert still.flags("polisanmalda").value < 0.15
    assert still.fused_flags(1).value < 0.1
    assert all(trial.changes.printed.any() for trial in still.trials)  # there was something to tell falsely


def test_what_changes_is_told_more_often(cases: dict[str, list[Heard]], base: Summary) -> None:
    still = summed(STILL, cases[STILL])
    assert base.flags("polisanmalda").value > still.flags("polisanmalda").value
    assert base.fused_flags(1).value > still.fused_flags(1).value


def test_a_survey_that_points_the_wrong_way_does_not_turn_the_order(cases: dict[str, list[Heard]], base: Summary) -> None:
    wrong = summed(WRONG, cases[WRONG])
    assert wrong.tau("ntu").value < 0 < base.tau("ntu").value
    assert wrong.tau().value > 0.3


def test_a_trial_knows_the_truth_of_its_lines(cases: dict[str, list[Heard]], base: Summary) -> None:
    case, trial = cases[BASE][0], base.trials[0]
    assert len(case.truth) == 16
    assert trial.areas == case.signals.areas
    assert trial.is_top.sum() <= case.top_k
    assert abs(float(case.truth[:, 0].mean())) < 1e-9
    assert (trial.low[1] <= trial.low[0]).all()  # 90 % holds 80 %
    assert (trial.high[0] <= trial.high[1]).all()


def test_an_error_that_a_kommun_has_as_a_whole_is_told_apart(base: Summary) -> None:
    random = np.random.default_rng(1)
    whole = [replace(trial, score=trial.true_score + random.normal(0, 5)) for trial in base.trials]
    apart = [replace(trial, score=trial.true_score + random.normal(0, 5, trial.score.size)) for trial in base.trials]
    assert Summary(BASE, False, whole).shared_error == pytest.approx(1)
    assert Summary(BASE, False, apart).shared_error < 0.15
    assert Summary(BASE, False, whole).tau().value == pytest.approx(1)


def test_more_kommuner_begin_with_the_same() -> None:
    few, many = tasks([BASE], 30, SEED), tasks([BASE], 50, SEED)
    assert [(task.first, task.n) for task in few] == [(0, 20), (20, 10)]
    assert [(task.first, task.n) for task in many] == [(0, 20), (20, 20), (40, 10)]
    assert many[0] == few[0]


def test_the_page_names_every_target_and_a_reason_that_is_lacking(base: Summary) -> None:
    poor = Power(Figure(0.5, 0.4, 0.6, 10), Figure(0.05, 0.04, 0.06, 10))
    found = targets.targets({BASE: base}, poor)
    bare = targets.unexplained(found, {})
    assert "power" in bare
    assert "power" not in targets.unexplained(found, {"power": "few events"})
    assert targets.outdated(found, {"power": "few events", "gone": "x"}) == ["gone"]
    written = {"power": "few events"}
    text = report.page(report.Findings({BASE: base}, SCENARIOS, poor, found, written, "command", SEED, ["a.png"]))
    assert all(f"`{target.key}`" in text for target in found)
    assert "- `power`: few events" in text
    assert text.count("NO REASON GIVEN") == len(bare) - 1
