from __future__ import annotations

import math

import pytest

from lagesbild.report.narrative import reported


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("count", "rate", "expected"),
    [
        (
            284,
            868.2,
            "År 2025 registrerades 284 anmälda brott, 868 per 100 000 invånare (osäkerhetsintervall 770–975).",
        ),
        (19, 78.0, "År 2025 registrerades 19 anmälda brott. Antalet är för litet för att räknas om per invånare."),
        (1, 4.1, "År 2025 registrerades 1 anmält brott. Antalet är för litet för att räknas om per invånare."),
        (0, 0.0, "År 2025 registrerades 0 anmälda brott. Antalet är för litet för att räknas om per invånare."),
    ],
)
def test_level(count: float, rate: float, expected: str) -> None:
    assert plain(reported.level(count, rate, 770.1, 974.9, 2025)) == expected


def test_a_level_without_an_interval_has_no_brackets() -> None:
    assert plain(reported.level(284, 868.2, math.nan, math.nan, 2025)).endswith("868 per 100 000 invånare.")


def test_a_preliminary_level_says_so() -> None:
    assert reported.level(284, 868.2, 770, 975, 2026, preliminary=True).endswith("Uppgiften är preliminär.")


@pytest.mark.parametrize(
    ("ratio", "lower", "upper", "expected"),
    [
        (1.42, 1.23, 1.61, "var 1,4 gånger så många som i jämförbara kommuner 2023–2025 (osäkerhetsintervall 1,2–1,6)."),
        (1.10, 1.04, 1.17, "var 1,10 gånger så många som i jämförbara kommuner 2023–2025 (osäkerhetsintervall 1,04–1,17)."),
        (0.73, 0.61, 0.88, "var 0,73 gånger så många som i jämförbara kommuner 2023–2025 (osäkerhetsintervall 0,61–0,88)."),
        (1.10, 0.90, 1.30, "(1,1 gånger så många anmälningar per invånare, osäkerhetsintervall 0,9–1,3)."),
    ],
)
def test_comparison_never_hides_on_which_side_of_one_the_interval_lies(
    ratio: float, lower: float, upper: float, expected: str
) -> None:
    said = reported.comparison(ratio, lower, upper, "2023–2025")
    assert expected in said
    assert said.startswith("Ingen säkerställd skillnad") == (lower <= 1 <= upper)


@pytest.mark.parametrize(
    ("change", "lower", "upper", "expected"),
    [
        (6.4, 2.2, 10.7, "Anmälningarna per invånare ökade med 6 procent per år 2021–2025 (osäkerhetsintervall 2–11 procent)."),
        (
            -6.4,
            -10.7,
            -2.2,
            "Anmälningarna per invånare minskade med 6 procent per år 2021–2025 (osäkerhetsintervall 2–11 procent).",
        ),
        (
            2.1,
            0.2,
            4.1,
            "Anmälningarna per invånare ökade med 2 procent per år 2021–2025 (osäkerhetsintervall 0,2–4,1 procent).",
        ),
        (1.0, -3.2, 4.4, "Ingen säkerställd förändring 2021–2025 (osäkerhetsintervall −3 till 4 procent per år)."),
    ],
)
def test_trend(change: float, lower: float, upper: float, expected: str) -> None:
    assert plain(reported.trend(change, lower, upper, "2021–2025")) == expected


def test_a_small_base_gets_no_percentage() -> None:
    said = reported.too_small_for_change(17, "2021–2025")
    assert "procent." in said
    assert plain(said).startswith("Underlaget 2021–2025 är 17 anmälningar")


def test_a_part_of_an_area_is_never_told_as_the_whole() -> None:
    said = plain(reported.level(12, 49.0, 25.0, 86.0, 2025, part="vapenbrott"))
    assert said.startswith("År 2025 registrerades 12 anmälda brott i en del av området (vapenbrott).")
    assert reported.only_part("vapenbrott") == "Uppgifterna om anmälda brott gäller bara en del av området: vapenbrott."


def test_a_combined_line_names_what_it_covers() -> None:
    assert "våld i nära relation och sexualbrott" in reported.combined(["våld i nära relation", "sexualbrott"])


def test_the_total_as_it_must_stand_in_the_reports() -> None:
    said = plain(reported.total("Falköping", 3395, 10350.6, 2025, peers_rate=9430.0))
    assert "3 395 anmälda brott, 10 351 per 100 000 invånare" in said
    assert said.endswith("I jämförbara kommuner var det 9 430 per 100 000.")


def test_hidden_counts_are_not_told() -> None:
    assert "färre än 5" in reported.hidden(2025)
    assert "exakta antalet visas inte" in reported.hidden(2025)


def test_police_initiated_figures_come_with_their_caveat() -> None:
    assert "hur mycket polisen kontrollerar" in reported.police_initiated()


def test_the_furthest_above_its_peers_is_told_with_both_rates() -> None:
    said = plain(reported.furthest("skadegörelse", 1.512, 1221.6, 808.3, "2020–2022"))
    assert "1 222 anmälda brott per 100 000 invånare och år 2020–2022 mot 808, 1,51 gånger så många." in said
