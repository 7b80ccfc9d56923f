"""Signals from measure rows: figures one can check by hand, and what is left out with its reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.measures.frame import measure_rows
from lagesbild.ranking.said_reported import said_reported
from lagesbild.ranking.said_survey import LAMBDA
from lagesbild.ranking.signal_set import COMPARISON, LEVEL, TREND, Signals
from lagesbild.ranking.signals import signals
from lagesbild.taxonomy import load
from tests.unit.ranking.embedded import measured
from tests.unit.ranking.rows import KOMMUN, asked, counted, measures, peers, profile, reported

FIVE = range(2021, 2026)
NTU_DAMAGE = "Problem med skadegörelse i det egna bostadsområdet"
NTU_DRIVING = "Problem med övrig störande körning i det egna bostadsområdet"


def flat(count: float) -> dict[int, float]:
    return dict.fromkeys(FIVE, count)


def made(*parts: pd.DataFrame | list[pd.DataFrame], **changes: object) -> Signals:
    return signals(measures(*parts), profile(**changes), load())


def z(found: Signals, area: str, source: str, criterion: int) -> float:
    return float(found.z[found.areas.index(area), found.sources.index(source), criterion])


def reasons(found: Signals, area: str) -> str:
    return " ".join(found.gaps.loc[found.gaps["problem_area"].eq(area), "detail"])


def test_reported_crime_by_hand():
    found = made(
        reported("skadegorelse", flat(120)), peers("skadegorelse", flat(400)), reported("stold", flat(60)),
        peers("stold", flat(250)),
    )  # fmt: skip
    assert z(found, "skadegorelse", "polisanmalda", LEVEL) == pytest.approx(np.log(360.5 / 72_000 * 1000))
    assert z(found, "skadegorelse", "polisanmalda", COMPARISON) == pytest.approx(np.log(360.5 / (3 * 24_000 * 400e-5 + 0.5)))
    assert z(found, "skadegorelse", "polisanmalda", TREND) == pytest.approx(0, abs=1e-9)
    k = found.sampling[found.areas.index("skadegorelse"), 0]
    assert k[LEVEL, LEVEL] == pytest.approx(1 / 360.5)  # φ/O with φ at its floor
    assert k[COMPARISON, COMPARISON] == pytest.approx(1 / 360.5 + 1 / 1200.5)  # the peers are alike: τ² = 0
    assert k[LEVEL, COMPARISON] == pytest.approx(1 / 360.5)  # the same counts stand behind both
    assert k[TREND, TREND] == pytest.approx(1 / (120 * 10), rel=1e-6)
    fact = found.facts.set_index(["problem_area", "criterion"]).loc[("skadegorelse", "omfattning")]
    assert (fact["estimate"], fact["numerator"], fact["period"]) == (pytest.approx(500), 360, "2023-2025")


def test_sampling_covariance_is_that_of_simulated_counts():
    random = np.random.default_rng(1)
    rate = np.array([60, 66, 72, 80, 88])
    n = 300
    areas, years = np.repeat([f"rad_{i:03d}" for i in range(n)], 5), np.tile(list(FIVE), n)
    frame = pd.DataFrame({"problem_area": areas, "year": years})
    given = {"source": "polisanmalda", "is_published": True}
    own = frame.assign(numerator=random.poisson(np.tile(rate, n)).astype(float), denominator=24_000.0)
    others = frame.assign(numerator=9e6, denominator=1e9)
    rows = [
        measure_rows(own, "reported_rate", role="own", geography=KOMMUN, **given),
        measure_rows(others, "reported_rate", role="peers", geography="jamforbara", **given),
    ]
    said = said_reported(pd.concat(rows), frozenset(), {})
    seen = np.cov(np.array([one.z for one in said]).T)
    stated = np.mean([one.sampling / one.dispersion for one in said], axis=0)  # φ is at least 1: its floor is not tested here
    scale = np.sqrt(np.outer(np.diag(stated), np.diag(stated)))
    assert seen / scale == pytest.approx(stated / scale, abs=0.15)
    assert stated[LEVEL, TREND] / scale[LEVEL, TREND] > 0.3


def test_preliminary_years_and_years_before_a_break_are_not_used():
    counts = reported("skadegorelse", flat(100)).assign(status=["final"] * 4 + ["preliminary"])
    other = reported("hot_tjansteperson", flat(50))
    found = made(counts, other, reported("stold", flat(80)))
    assert found.facts.query("problem_area == 'skadegorelse'")["period"].tolist() == ["2022-2024", "2021-2024"]
    # hot_tjansteperson has a break in 2025: one year is no trend (and the line is police-initiated besides).
    assert np.isnan(z(found, "hot_tjansteperson", "polisanmalda", TREND))


def test_a_combined_line_has_no_level_and_the_total_is_never_ranked():
    found = made(reported("brott_mot_person", flat(300)), reported("skadegorelse", flat(100)), reported("totalt", flat(2000)))
    assert found.areas == ("skadegorelse", "brott_mot_person")
    assert np.isnan(z(found, "brott_mot_person", "polisanmalda", LEVEL))
    assert "bredare än ett problemområde" in reasons(found, "brott_mot_person")


def test_a_source_with_one_area_has_no_level_to_compare():
    found = made(reported("skadegorelse", flat(100)), reported("brott_mot_person", flat(300)))
    assert np.isnan(z(found, "skadegorelse", "polisanmalda", LEVEL))
    assert "bara ett område" in reasons(found, "skadegorelse")


def test_what_the_police_search_out_has_a_trend_only_where_another_source_confirms_it():
    rising = dict(zip(FIVE, (50.0, 60.0, 75.0, 90.0, 110.0), strict=True))
    own = [reported("narkotika", rising), reported("skadegorelse", flat(100))]
    item = "Problem med öppen narkotikahandel i det egna bostadsområdet"
    alone = made(*own)
    assert np.isnan(z(alone, "narkotika", "polisanmalda", TREND))
    assert "hur mycket polisen letar" in reasons(alone, "narkotika")
    ntu = [asked("skadegorelse", NTU_DAMAGE, {2023: 0.2, 2025: 0.2})]
    up = made(*own, *ntu, asked("narkotika", item, {2023: 0.10, 2025: 0.14}))
    assert z(up, "narkotika", "polisanmalda", TREND) > 0.15
    down = made(*own, *ntu, asked("narkotika", item, {2023: 0.14, 2025: 0.10}))
    assert np.isnan(z(down, "narkotika", "polisanmalda", TREND))
    assert "bygger på de andra källorna" in reasons(down, "narkotika")


def test_a_trend_goes_with_the_last_source_that_confirmed_it():
    rising = dict(zip(FIVE, (50.0, 60.0, 75.0, 90.0, 110.0), strict=True))
    item = "Problem med öppen narkotikahandel i det egna bostadsområdet"
    police = [reported("narkotika", rising), reported("skadegorelse", flat(100))]
    ntu = [asked("narkotika", item, {2023: 0.10, 2025: 0.14}), asked("skadegorelse", NTU_DAMAGE, {2023: 0.2, 2025: 0.2})]
    whole, undelivered = made(*police, *ntu), made(*police)
    assert z(whole, "narkotika", "polisanmalda", TREND) > 0.15
    left = whole.without(["ntu"])
    assert np.isnan(z(left, "narkotika", "polisanmalda", TREND))
    for name in ("z", "sampling", "bias"):
        assert getattr(left, name) == pytest.approx(getattr(undelivered, name), nan_ok=True)
    assert left.facts.equals(undelivered.facts)


def test_an_area_may_confirm_the_combined_line_that_covers_it():
    rising = dict(zip(FIVE, (50.0, 60.0, 75.0, 90.0, 110.0), strict=True))
    item = "Problem med öppen narkotikahandel i det egna bostadsområdet"
    found = made(
        reported("narkotika_vapen", rising),
        asked("narkotika", item, {2023: 0.10, 2025: 0.14}),
        asked("skadegorelse", NTU_DAMAGE, {2025: 0.2}),
    )
    assert z(found, "narkotika_vapen", "polisanmalda", TREND) > 0.15


def test_est_shares_by_hand():
    found = made(
        counted("skadegorelse", "est", "est_share", {2024: 50, 2025: 60}, {2024: 200, 2025: 200}, dispersion=0.05),
        counted("trafik", "est", "est_share", {2024: 30, 2025: 20}, {2024: 200, 2025: 200}, dispersion=0.05),
    )
    assert z(found, "skadegorelse", "est", LEVEL) == pytest.approx(np.log(110.5 / 400))
    assert z(found, "skadegorelse", "est", TREND) == pytest.approx(np.log(60.5 / 50.5))
    assert np.isnan(z(found, "skadegorelse", "est", COMPARISON))
    k = found.sampling[0, 0]
    weights = np.array([50.25, 60.25]) / 110.5
    assert k[LEVEL, LEVEL] == pytest.approx(1 / 110.5 + 0.05 * (weights**2).sum())
    assert k[TREND, TREND] == pytest.approx(1 / 50.25 + 1 / 60.25 + 0.1)
    assert found.bias[0, 0, LEVEL, LEVEL] == pytest.approx(0.6**2)


def test_a_roster_goes_before_shares():
    areas = ("skadegorelse", "trafik")
    shares = [counted(area, "est", "est_share", {2024: 50, 2025: 60}, 200) for area in areas]
    rates = [counted(area, "est", "est_rate", {2024: 50, 2025: 60}, {2024: 400, 2025: 450}) for area in areas]
    found = made(*shares, *rates)
    assert set(found.facts["unit"]) == {"per_unit_week", "percent_per_year"}
    assert z(found, "trafik", "est", TREND) == pytest.approx(np.log(60.5 / 450) - np.log(50.5 / 400))


def test_a_suppressed_count_is_read_as_it_is_shown():
    area = {2024: 30.0, 2025: 30.0}
    hidden = counted("sexualbrott", "est", "est_share", {2024: 3, 2025: 4}, 200).assign(
        is_suppressed=True, value=np.nan, numerator=np.nan
    )
    found = made(counted("skadegorelse", "est", "est_share", area, 200), hidden)
    assert z(found, "sexualbrott", "est", LEVEL) == pytest.approx(np.log(5.5 / 400))
    a = found.areas.index("sexualbrott")
    assert found.sampling[a, 0, LEVEL, LEVEL] > 1 / 5.5 + 0.15 / 2
    assert found.facts.query("problem_area == 'sexualbrott' and criterion == 'omfattning'")["numerator"].isna().all()


def test_a_count_hidden_to_protect_another_is_unknown():
    counts = {2024: 30.0, 2025: 40.0}
    hidden = counted("trafik", "est", "est_share", counts, 200)
    is_last = hidden["year"].eq(2025)
    hidden = hidden.assign(
        is_suppressed=is_last, **{name: hidden[name].mask(is_last) for name in ("value", "numerator", "denominator")}
    )
    found = made(counted("skadegorelse", "est", "est_share", counts, 200), hidden)
    assert z(found, "trafik", "est", LEVEL) == pytest.approx(np.log(30.5 / 200))
    assert np.isnan(z(found, "trafik", "est", TREND))


def test_survey_by_hand():
    found = made(
        asked("skadegorelse", NTU_DAMAGE, {2023: 0.20, 2025: 0.30}),
        asked("skadegorelse", NTU_DAMAGE, {2025: 0.25}, n=1e6, role="reference", geography="Hela landet"),
        asked("trafik", NTU_DRIVING, {2025: 0.20}),
    )

    def logit(p: float) -> float:
        return float(np.log(p / (1 - p)))

    assert z(found, "skadegorelse", "ntu", LEVEL) == pytest.approx(logit(0.3) / LAMBDA)
    assert z(found, "skadegorelse", "ntu", COMPARISON) == pytest.approx((logit(0.3) - logit(0.25)) / LAMBDA)
    assert z(found, "skadegorelse", "ntu", TREND) == pytest.approx((logit(0.3) - logit(0.2)) / LAMBDA / 2)
    k = found.sampling[found.areas.index("skadegorelse"), 0]
    jeffreys = 120.5 / 401
    assert k[LEVEL, LEVEL] == pytest.approx(1 / (400 * jeffreys * (1 - jeffreys)) / LAMBDA**2)
    assert k[LEVEL, TREND] == pytest.approx(k[LEVEL, LEVEL] / 2)  # p₂ stands behind both
    facts = found.facts.set_index(["problem_area", "criterion"]).loc["skadegorelse"]
    assert facts.loc["jamforelse", "estimate"] == pytest.approx(1.2)
    assert facts.loc["omfattning", "lower"] < 0.3 < facts.loc["omfattning", "upper"]


def test_published_limits_replace_the_variance_of_n():
    narrow, wide = (
        made(
            asked("skadegorelse", NTU_DAMAGE, {2025: 0.3}).assign(lower=0.3 - half, upper=0.3 + half),
            asked("trafik", NTU_DRIVING, {2025: 0.2}),
        ).sampling[0, 0, 0, 0]
        for half in (0.02, 0.06)
    )
    assert wide / narrow == pytest.approx(9, rel=0.05)


def test_a_survey_of_more_than_the_kommun_is_one_class_worse():
    parts = [("skadegorelse", NTU_DAMAGE), ("trafik", NTU_DRIVING)]
    own = made(*(asked(*part, {2025: 0.3}) for part in parts))
    wide = made(*(asked(*part, {2025: 0.3}, geography="Lokalpolisområde Norr") for part in parts))
    assert np.sqrt(own.bias[0, 0, 0, 0]) == pytest.approx(0.40)
    assert np.sqrt(wide.bias[0, 0, 0, 0]) == pytest.approx(0.45)


def test_where_higher_is_better_the_sign_is_turned():
    parts = [("skadegorelse", NTU_DAMAGE), ("trafik", NTU_DRIVING)]
    worse = made(*(asked(*part, {2025: 0.3}) for part in parts))
    better = made(*(asked(*part, {2025: 0.7}, is_higher_worse=False) for part in parts))
    assert better.z == pytest.approx(worse.z, nan_ok=True)


def test_an_index_is_standardised_and_never_a_share():
    rows = [
        asked(area, item, {2023: low, 2025: high}, source="trygghetsmatning")
        for area, item, low, high in (
            ("skadegorelse", "Problem med skadegörelse", 2.0, 2.4),
            ("trafik", "Problem med buskörning", 1.0, 1.0),
        )
    ]
    index = [
        row.assign(measure="survey_index", unit="index_0_6", n_effective=np.nan, numerator=np.nan, denominator=np.nan)
        for row in rows
    ]
    found = made(*index)
    spread = np.std([2.0, 2.4, 1.0, 1.0], ddof=1)
    assert z(found, "skadegorelse", "trygghetsmatning", TREND) == pytest.approx(0.4 / spread / 2)
    level = z(found, "skadegorelse", "trygghetsmatning", LEVEL) - z(found, "trafik", "trygghetsmatning", LEVEL)
    assert level == pytest.approx(1.4 / spread)
    change = found.facts.set_index(["problem_area", "criterion"]).loc[("skadegorelse", "utveckling")]
    assert (change["unit"], change["estimate"]) == ("index_per_year", pytest.approx(0.2))
    error = np.sqrt((0.4**2 / 2 + 0) / 2)  # how the two items moved between the years: 0.4 and 0
    assert change["upper"] - change["lower"] == pytest.approx(2 * 1.959964 * error * np.sqrt(2) / 2, rel=1e-6)
    assert set(found.facts["unit"]) == {"index_0_6", "index_per_year"}


@pytest.mark.parametrize(("share", "is_told"), [(0.04, False), (0.06, True)])
def test_a_survey_trend_from_fewer_than_20_answers_has_no_percentage(share, is_told):
    shares = {2023: share, 2025: 2 * share}
    found = made(asked("skadegorelse", NTU_DAMAGE, shares), asked("trafik", NTU_DRIVING, {2023: 0.3, 2025: 0.3}))
    fact = found.facts.set_index(["problem_area", "criterion"]).loc[("skadegorelse", "utveckling")]
    assert bool(np.isfinite(fact["estimate"])) is is_told  # 400 asked: 16 or 24 answered so
    assert z(found, "skadegorelse", "ntu", TREND) > 0


@pytest.mark.parametrize(("share", "is_told"), [(0.04, False), (0.06, True)])
def test_the_base_of_a_survey_trend_is_that_of_the_worse_answer_however_it_is_printed(share, is_told):
    def told(**changes):
        row = asked("skadegorelse", NTU_DAMAGE, {2023: share, 2025: 2 * share}).assign(**changes)
        found = made(row, asked("trafik", NTU_DRIVING, {2023: 0.3, 2025: 0.3}))
        return bool(np.isfinite(found.facts.set_index(["problem_area", "criterion"])["estimate"]["skadegorelse", "utveckling"]))

    assert told(numerator=np.nan) is is_told  # 400 asked
    assert told(numerator=np.nan, denominator=np.nan) is is_told  # worth 400 answers
    good = np.array([1 - share, 1 - 2 * share])
    assert told(is_higher_worse=False, value=good, numerator=400 * good) is is_told
    half = 1.96 * np.sqrt((1 - good) * good / 400)
    limits = {"lower": 1 - good - half, "upper": 1 - good + half}
    assert told(numerator=np.nan, denominator=np.nan, n_effective=np.nan, **limits) is is_told


def test_a_hidden_survey_share_enters_as_two_and_a_half_answers():
    school, staff = "Utsatt för kränkning i skolan", "Utsatt för hot eller våld i arbetet"
    given = {"source": "egen_enkat", "is_published": False}
    hidden = asked("brott_mot_barn", school, {2025: 0.01}, n=200, **given).assign(
        is_suppressed=True, value=np.nan, numerator=np.nan, n_effective=200 / 1.4
    )
    found = made(hidden, asked("hot_tjansteperson", staff, {2025: 0.2}, n=200, **given))
    share = 2.5 / 200
    assert z(found, "brott_mot_barn", "egen_enkat", LEVEL) == pytest.approx(np.log(share / (1 - share)) / LAMBDA)
    jeffreys = (200 / 1.4 * share + 0.5) / (200 / 1.4 + 1)
    variance = 1 / (200 / 1.4 * jeffreys * (1 - jeffreys)) + 1.25 / (200 * share * (1 - share)) ** 2
    sampling = found.sampling[found.areas.index("brott_mot_barn"), found.sources.index("egen_enkat"), LEVEL, LEVEL]
    assert sampling == pytest.approx(variance / LAMBDA**2)
    fact = found.facts.set_index("problem_area").loc["brott_mot_barn"]
    assert np.isnan(fact["numerator"])


def test_no_percentage_on_a_small_base():
    found = made(reported("brander", dict(zip(FIVE, (4.0, 5, 6, 8, 9), strict=True))), reported("stold", flat(90)))
    fact = found.facts.set_index(["problem_area", "criterion"]).loc[("brander", "utveckling")]
    assert np.isnan(fact["estimate"])
    assert z(found, "brander", "polisanmalda", TREND) > 0


def test_gaps_name_what_is_not_known():
    found = made(reported("brott_mot_person", flat(300)), reported("skadegorelse", flat(90)), reported("stold", flat(90)))
    kinds = found.gaps.groupby("kind")["problem_area"].agg(set)
    assert kinds["ingår i"] == {"vald_offentlig_miljo", "vald_nara_relation", "brott_mot_barn", "sexualbrott"}
    assert "narkotika" in kinds["omatt"]
    assert len(found.unmeasured) == 16 - 2 - 4
    assert "EST-observationer saknas för Prov." in set(found.gaps["detail"])


def test_mariestad_2022():
    found = signals(*measured("mariestad", 2022), load())
    facts = found.facts.set_index(["criterion", "problem_area"])["estimate"]
    assert round(facts["omfattning", "skadegorelse"]) == 1222
    assert round(facts["jamforelse", "skadegorelse"], 2) == 1.51
    assert facts["jamforelse"].idxmax() == "skadegorelse"
    assert len(found.areas) == 5
