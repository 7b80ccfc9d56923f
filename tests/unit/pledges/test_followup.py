"""A pledge from the register to its outcome: reported offences, EST and surveys, and every reason not to judge."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild import taxonomy
from lagesbild.measures.measure import MEASURE_COLUMNS, MEASURE_KEY, UNITS, Measures
from lagesbild.pledges import FollowUp, follow_up
from lagesbild.pledges.register import contradictions, register
from lagesbild.profile import Profile
from lagesbild.tables.contract import TABLES

REPORTED = "Anmälda skadegörelsebrott per 100 000 invånare"
EST = "EST-observationer av skadegörelse"
ROUNDS = (0.96, 0.98, 1.0, 1.0, 1.02, 1.04, 0.99, 1.01)


def row(source: str, measure: str, year: int, numerator: float, base: float, **other: object) -> dict[str, object]:
    value = numerator / base * (100_000 if measure.startswith("reported") else 1)
    made: dict[str, object] = {
        "problem_area": "skadegorelse", "source": source, "measure": measure, "item": "", "role": "own", "geography": "9901",
        "period": str(year), "year": year, "group": "alla", "unit": UNITS[measure], "value": value, "lower": value * 0.8,
        "upper": value * 1.2, "numerator": numerator, "denominator": base, "n_effective": np.nan, "dispersion": np.nan,
        "is_higher_worse": True, "status": "final", "is_published": True, "is_suppressed": False,
    }  # fmt: skip
    return made | other


def reported(own: dict[int, float], line: str = "skadegorelse", n_peers: int = 8) -> list[dict[str, object]]:
    """The own counts by year, and peers that stay where they are but for a few per cent."""

    def one(year: int, count: float, **other: object) -> dict[str, object]:
        return row("polisanmalda", "reported_rate", year, count, 20_000, problem_area=line, **other)

    rows = [one(year, count) for year, count in own.items()]
    peers = [
        one(year, round(300 * part ** (year % 2)), role="peer", geography=f"99{i:02d}")
        for i, part in enumerate(ROUNDS[:n_peers], 10)
        for year in own
    ]
    return rows + peers


def preliminary(rows: list[dict[str, object]], year: int) -> list[dict[str, object]]:
    return [one | {"status": "preliminary" if one["year"] == year else "final"} for one in rows]


def followed(rows: list[dict[str, object]], indicator: str = REPORTED, **other: object) -> FollowUp:
    frame = pd.DataFrame(rows, columns=list(MEASURE_COLUMNS)).sort_values(MEASURE_KEY, kind="stable", ignore_index=True)
    pledge = {
        "pledge_id": "L1", "text": "Vi lovar.", "problem_area": "skadegorelse", "indicator": indicator,
        "start": pd.Timestamp("2025-01-01"), "end": pd.Timestamp("2025-12-31"), "activity": None, "responsible": None,
        "planned": None, "done": None,
    }  # fmt: skip
    profile = Profile(slug="prov", name="Prov", kommunkoder=("9901",), year=2025, raw=Path(), processed=Path())
    found = follow_up(Measures(frame), pd.DataFrame([pledge | other]), profile, taxonomy.load())
    return found.found[0]


YEARS = range(2021, 2025)
FLAT = dict.fromkeys(YEARS, 300.0)


def kinds(remarks: object) -> set[str]:
    return {remark.kind for remark in remarks}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("after", "outcome"), [(150.0, "minskat"), (600.0, "ökat"), (290.0, "ingen säkerställd förändring")])
def test_reported_offences_against_kommuner_that_stood_still(after: float, outcome: str) -> None:
    found = followed(reported(FLAT | {2025: after}))
    assert (found.outcome, found.reasons) == (outcome, ())
    assert found.before is not None
    assert found.before.years == (2021, 2022, 2023, 2024)
    assert (found.before.value, found.before.count) == (pytest.approx(1500.0), 1200.0)
    assert found.compared is not None
    assert found.compared.n == 8
    assert found.compared.fewer is not None
    assert found.compared.fewer[0] == pytest.approx(after - 300, abs=12), "had it followed the others it had been 300"
    assert found.expected is not None
    assert 280 < found.expected.value < 320


def test_the_expected_count_is_the_one_the_report_tells_elsewhere() -> None:
    rows = reported(FLAT | {2025: 290.0})
    rows.append(row("polisanmalda", "reported_expected", 2025, 311.0, 20_000, lower=1400.0, upper=1700.0))
    found = followed(rows)
    assert found.expected is not None
    assert (found.expected.value, found.expected.lower, found.expected.upper) == (311.0, 280.0, pytest.approx(340.0))


def test_two_years_are_both_after() -> None:
    found = followed(reported(FLAT | {2025: 150.0}), start=pd.Timestamp("2024-01-01"))
    assert found.after is not None
    assert found.before is not None
    assert (found.before.years, found.after.years) == ((2021, 2022, 2023), (2024, 2025))
    assert found.expected is not None


@pytest.mark.parametrize(
    ("rows", "other", "reason"),
    [
        (reported({2023: 300, 2024: 300, 2025: 200}), {}, "fa_ar_fore"),
        (reported(dict.fromkeys(YEARS, 4.0) | {2025: 2.0}), {}, "fa_handelser"),
        (reported(FLAT), {}, "inget_ar_efter"),
        (reported({2025: 300.0}), {}, "inget_ar_fore"),
        (reported(FLAT | {2025: 150.0}), {"start": pd.Timestamp("2025-09-01")}, "inget_ar_efter"),
        (reported(FLAT | {2025: 150.0}), {"indicator": None}, "utan_indikator"),
        (reported(FLAT | {2025: 150.0}), {"indicator": "Mer trivsel"}, "okand_indikator"),
        (preliminary(reported(FLAT | {2025: 150.0}), 2025), {}, "preliminar"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_says_why(rows: list[dict[str, object]], other: dict[str, object], reason: str) -> None:
    found = followed(rows, **other)
    assert found.outcome == "kan inte bedömas"
    assert reason in kinds(found.reasons)


def test_a_break_while_the_pledge_ran_leaves_nothing_to_judge() -> None:
    rows = reported(FLAT | {2025: 150.0}, line="hot_tjansteperson")
    found = followed(rows, "Anmälda hot mot tjänsteperson", problem_area="hot_tjansteperson")
    assert found.outcome == "kan inte bedömas"
    assert "brott_i_serien" in kinds(found.reasons)


def test_a_hidden_year_is_a_reason_and_never_a_number() -> None:
    rows = [row("est", "est_rate", year, 40.0, 400.0, dispersion=0.02, is_published=False) for year in (2022, 2023, 2024)]
    hidden = dict.fromkeys(("value", "lower", "upper", "numerator"), np.nan) | {"is_suppressed": True, "is_published": False}
    found = followed([*rows, row("est", "est_rate", 2025, 3.0, 400.0) | hidden], EST)
    assert (found.outcome, kinds(found.reasons), found.after) == ("kan inte bedömas", {"dold"}, None)


def test_without_comparison_kommuner_only_the_own_change_is_told() -> None:
    found = followed(reported(FLAT | {2025: 150.0}, n_peers=3))
    assert found.compared is None
    assert "utan_jamforelse" in kinds(found.reservations)
    assert (found.outcome, found.verdict) == ("minskat", found.own)


def test_est_needs_two_years_before_and_is_judged_by_its_own_change() -> None:
    others = ("narkotika", "trafik", "brander", "stold", "ran", "ordningsstorning", "bostadsinbrott", "bedrageri")
    counted = ((2023, 100.0), (2024, 104.0), (2025, 40.0))
    rows = [row("est", "est_rate", year, n, 400.0, dispersion=0.01) for year, n in counted]
    rows += [
        row("est", "est_rate", year, n, 400.0, dispersion=0.01, problem_area=area) for area in others for year, n in counted
    ]
    found = followed(rows, EST)
    assert (found.outcome, found.compared) == ("minskat", None)
    assert "utan_jamforelse_est" in kinds(found.reservations)
    one_year = followed([one for one in rows if one["year"] != 2023], EST)
    assert (one_year.outcome, kinds(one_year.reasons)) == ("kan inte bedömas", {"fa_ar_fore"})
    assert one_year.own is not None, "the figures are shown all the same"
    alone = followed(rows[:3], EST)
    assert alone.outcome == "ingen säkerställd förändring", "two years of one series tell little of how it varies"


def test_weeks_that_cluster_widen_the_interval() -> None:
    narrow, wide = (
        followed([row("est", "est_rate", year, n, 400.0, dispersion=d) for year, n in ((2023, 60), (2024, 60), (2025, 40))],
                 EST)
        for d in (0.01, 0.5)
    )  # fmt: skip
    assert narrow.own is not None
    assert wide.own is not None
    assert wide.own.upper > narrow.own.upper


ITEM = "Problem med skadegörelse i det egna bostadsområdet"


def answers(values: dict[int, float], **other: object) -> list[dict[str, object]]:
    return [
        row("ntu", "survey_share", year, 300 * p, 300, value=p, lower=p - 0.03, upper=p + 0.03, item=ITEM, n_effective=200.0)
        | other
        for year, p in values.items()
    ]


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({2023: 0.3, 2025: 0.2}, "minskat"),
        ({2023: 0.2, 2025: 0.3}, "ökat"),
        ({2023: 0.2, 2025: 0.21}, "ingen säkerställd förändring"),
    ],
)
def test_answers_are_judged_by_their_published_limits(values: dict[int, float], outcome: str) -> None:
    rows = [*answers(values), *answers({2023: 0.16, 2025: 0.16}, role="reference", geography="Riket")]
    found = followed(rows, "Andel som ser skadegörelse som ett problem (NTU)")
    assert found.outcome == outcome
    assert found.compared is not None
    assert (found.compared.who, found.compared.ratio.value, found.compared.relative) == ("Riket", 1.0, None)
    assert "en_matning_fore" in kinds(found.reservations)


def test_a_measurement_before_the_pledge_is_no_after() -> None:
    found = followed(answers({2022: 0.3, 2024: 0.2}), "NTU: skadegörelse")
    assert (found.outcome, kinds(found.reasons)) == ("kan inte bedömas", {"ingen_matning_efter"})


def test_a_share_of_nothing_has_no_ratio() -> None:
    found = followed(answers({2023: 0.2, 2025: 0.0}, lower=0.0), "NTU: skadegörelse")
    assert (found.outcome, kinds(found.reasons), found.own) == ("kan inte bedömas", {"noll"}, None)


def test_exposure_is_asked_about_the_year_before() -> None:
    item = "Självrapporterad utsatthet för misshandel"
    rows = [one | {"problem_area": "vald_offentlig_miljo", "item": item} for one in answers({2023: 0.03, 2025: 0.02})]
    found = followed(rows, "Andel utsatta för misshandel (NTU)", problem_area="vald_offentlig_miljo")
    assert (found.outcome, kinds(found.reasons)) == ("kan inte bedömas", {"matning_avser_aret_fore"})


def test_a_register_without_pledges_gives_nothing() -> None:
    profile = Profile(slug="prov", name="Prov", kommunkoder=("9901",), year=2025, raw=Path(), processed=Path())
    empty = TABLES["pledges"].empty()
    frame = pd.DataFrame(reported(FLAT), columns=list(MEASURE_COLUMNS))
    assert follow_up(Measures(frame), empty, profile, taxonomy.load()).found == ()


def test_rows_of_one_pledge_that_disagree_are_told() -> None:
    rows = pd.DataFrame(
        {
            "pledge_id": ["L1", "L1", "L2"], "text": ["Vi lovar.", "Vi lovar mer.", "Vi lovar."], "problem_area": "ran",
            "indicator": "Anmälda rån", "start": pd.Timestamp("2025-01-01"), "end": pd.Timestamp("2025-12-31"),
            "activity": ["a", "b", None], "responsible": None, "planned": None, "done": None,
        }
    )  # fmt: skip
    assert contradictions(rows) == (("L1", ("text",)),)
    assert contradictions(TABLES["pledges"].empty()) == ()
    assert [one.text for one in register(rows)] == ["Vi lovar.", "Vi lovar."], "the first row's word stands"
    assert [len(one.activities) for one in register(rows)] == [2, 0]
