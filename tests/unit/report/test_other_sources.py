from __future__ import annotations

import math
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lagesbild.report.narrative import est, reported, survey


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_share_below_twenty_is_a_count_alone() -> None:
    assert plain(est.share(12, 1040, 0.006, 0.02, 2025)) == "12 av 1 040 observationer i EST 2025 gäller området."
    assert "20 procent (osäkerhetsintervall 18–23 procent)" in plain(est.share(212, 1040, 0.18, 0.229, 2025))


def test_no_observation_is_not_no_event() -> None:
    assert "betyder inte att inget har hänt" in est.absent(2025)


def test_hidden_observations_are_not_told() -> None:
    assert "Färre än 5" in est.hidden(2025)


@pytest.mark.parametrize(
    ("change", "lower", "upper", "expected"),
    [
        (15.0, 4.0, 27.0, "Andelen i EST ökade med 15 procent per år 2024–2025 (osäkerhetsintervall 4–27 procent)."),
        (-15.0, -27.0, -4.0, "Andelen i EST minskade med 15 procent per år 2024–2025 (osäkerhetsintervall 4–27 procent)."),
        (
            1.0,
            -9.0,
            12.0,
            "Andelen i EST: ingen säkerställd förändring 2024–2025 (osäkerhetsintervall −9 till 12 procent per år).",
        ),
    ],
)
def test_est_trend(change: float, lower: float, upper: float, expected: str) -> None:
    assert plain(est.trend(change, lower, upper, "2024–2025")) == expected


def test_effort_names_how_many_reported_and_how_much_lies_in_one_hand() -> None:
    said = plain(est.effort(1, 1, 1.0, "2025"))
    assert said == (
        "Observationerna 2025 kommer från 1 organisation under 1 vecka; den som rapporterade mest står för 100 procent."
    )


def test_the_whole_list_gives_both_counts_only_where_they_differ() -> None:
    assert "2 bekräftade dubbletter räknas inte, så 98 observationer återstår." in plain(est.whole_list(100, 98, 3, 40, 0))
    assert "dubblett" not in est.whole_list(100, 100, 3, 40, 0)
    assert plain(est.whole_list(100, 100, 3, 40, 1)).endswith("1 gång saknas rapport från en organisation en vecka.")


def test_a_dialogue_is_never_a_share_of_the_population() -> None:
    said = est.dialogue([("medarbetardialogen", 4, 60)], 2025)
    assert said.startswith("År 2025 gällde 4 av 60 omnämnanden i medarbetardialogen området.")
    assert "procent" not in said
    assert "själva valt" in said


def test_a_hidden_number_of_mentions_is_not_told() -> None:
    assert "färre än 5 av 60 omnämnanden" in est.dialogue([("medborgardialogen", math.nan, 60)], 2025)


def test_a_survey_share_is_of_those_who_answered() -> None:
    said = plain(survey.share("Oro för rån", "NTU", 0.31, 0.27, 0.36, 2025))
    assert said == "Oro för rån: 31 procent av dem som svarat i NTU 2025 (osäkerhetsintervall 27–36 procent)."
    assert "osäkerhetsintervall" not in survey.share("Oro för rån", "NTU", 0.31, math.nan, math.nan, 2025)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (0.22, "Det är 9 procentenheter mer än i riket (22 procent)."),
        (0.40, "Det är 9 procentenheter mindre än i riket (40 procent)."),
        (0.30, "Ingen säkerställd skillnad mot riket (30 procent)."),
        (0.37, "Det är 6 procentenheter mindre än i riket (37 procent)."),
    ],
)
def test_against_reference_speaks_of_procentenheter(reference: float, expected: str) -> None:
    assert plain(survey.against_reference(0.31, 0.27, 0.36, reference, "riket")) == expected


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_the_printed_difference_is_that_of_the_printed_figures(value: float, reference: float) -> None:
    limits = (value - 1e-9, value + 1e-9)
    assume(abs(value - reference) > 1e-8)
    own = re.search(r"(\d+) procent av dem", plain(survey.share("Oro", "NTU", value, *limits, 2025)))
    said = plain(survey.against_reference(value, *limits, reference, "riket"))
    other, apart = re.search(r"\((\d+) procent\)", said), re.search(r"(\d+) procentenhet", said)
    assert own is not None
    assert other is not None
    difference = int(own[1]) - int(other[1])
    assert (int(apart[1]) if apart else 0) == abs(difference)
    assert ("mer än" in said) == (value > reference)
    assert ("mindre än en procentenhet skiljer" in said) == (difference == 0)


@given(st.floats(1.01, 5.0), st.floats(5.0, 2000.0))
def test_the_printed_ratio_is_that_of_the_printed_rates(ratio: float, peers: float) -> None:
    said = plain(reported.furthest("rån", ratio, ratio * peers, peers, "2023–2025")).replace(" ", "")
    found = re.search(r":(\d+)anmälda.*mot(\d+),(\d+),(\d+)gånger", said)
    assert found is not None
    decimals = len(found[4])
    assert float(f"{found[3]}.{found[4]}") == pytest.approx(int(found[1]) / int(found[2]), abs=0.5 * 10**-decimals + 1e-9)


def test_an_index_is_never_a_percentage() -> None:
    said = survey.index("Problem med nedskräpning", 2.31, math.nan, math.nan, 2025)
    assert said == "Problem med nedskräpning: index 2,3 av 6 i polisens trygghetsmätning 2025 (högre är sämre)."


def test_few_answers_are_not_told() -> None:
    assert survey.hidden("Utsatt för rån", "NTU", 2025) == "Utsatt för rån: för få svar i NTU 2025 för att visas."


def test_observations_hidden_for_anothers_sake_may_be_many() -> None:
    assert "visas inte, för det skulle avslöja ett litet antal i ett annat." in est.withheld(2025)
    assert "ärre än 5" not in est.withheld(2025)
