from __future__ import annotations

import pytest

from lagesbild.report.narrative import certainty, headline, unknown


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.97, "är så gott som säkert (97 av 100 beräkningar)."),
        (0.85, "är troligt (85 av 100 beräkningar)."),
        (0.62, "är möjligt, mer talar för än emot (62 av 100 beräkningar)."),
        (0.30, "är osäkert (30 av 100 beräkningar)."),
        (0.10, "är mindre troligt (10 av 100 beräkningar)."),
        (1.00, "är så gott som säkert (fler än 99 av 100 beräkningar)."),
        (0.00, "är mindre troligt (färre än 1 av 100 beräkningar)."),
    ],
)
def test_how_sure_in_the_one_set_of_words(probability: float, expected: str) -> None:
    assert certainty.top("Rån", probability, 3) == f"Att rån hör till de tre största problemen {expected}"


def test_one_slot_asks_for_the_largest() -> None:
    assert certainty.top("Rån", 0.5, 1).startswith("Att rån är det största problemet är möjligt")


def test_a_chain_of_ties_is_one_sentence() -> None:
    assert certainty.inseparable(["Rån", "Stöld", "Trafik"]) == "Rån, stöld och trafik går inte att skilja åt."


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Bränder", "bränder"), ("NTU", "NTU"), ("Svenskt Näringslivs enkät", "Svenskt Näringslivs enkät"), ("", "")],
)
def test_names_inside_a_sentence(text: str, expected: str) -> None:
    assert certainty.lower_first(text) == expected


def test_disagreement_tells_both_stories() -> None:
    said = certainty.stories("Rån", "omfattning", "NTU", "anmälda brott")
    assert said.startswith("Källorna är oense om rån")
    assert "NTU" in said
    assert "anmälda brott" in said


@pytest.mark.parametrize(("grade", "word"), [("god", "gott"), ("viss", "begränsat"), ("svag", "svagt")])
def test_evidence(grade: str, word: str) -> None:
    assert certainty.evidence(grade, 3) == f"Underlaget är {word}: tre källor säger något om området."


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (["Rån"], ["Stöld"], "Ett problemområde står ut i Tibro 2025: rån."),
        (["Rån", "Stöld", "EST"], [], "Tre problemområden står ut i Tibro 2025: rån, stöld och EST."),
        ([], ["Rån", "Stöld"], "Inget problemområde står tydligt ut i Tibro 2025. Två kan övervägas: rån och stöld."),
        ([], [], "Inget problemområde står tydligt ut i Tibro 2025."),
    ],
)
def test_headline(first: list[str], second: list[str], expected: str) -> None:
    assert headline.finding("Tibro", 2025, first, second) == expected


def test_reported_crime_alone_is_said_to_be_that() -> None:
    assert "finns bara anmälda brott" in headline.reported_only("Tibro")
    assert "ingen annan källa" in headline.reported_only("Tibro")


def test_what_is_not_known() -> None:
    assert unknown.unmeasured(["Rån", "Bedrägeri"]) == (
        "Ingen källa säger något om rån och bedrägeri. Sannolikheterna räknar med att även de kan höra till de största."
    )
    assert unknown.unmeasured_count(7).startswith("Om sju av de 16 problemområdena säger ingen källa något. Sannolikheterna")
    assert unknown.missing_sources(["NTU"], "Tibro") == "NTU saknas för Tibro."
    assert "betyder inte att problemet är litet" in unknown.rarely_seen(["Våld i nära relation"])


def test_names_that_hold_och_are_joined_by_samt() -> None:
    said = headline.finding("Tibro", 2025, ["Narkotika och vapen", "Stöld och rån"], [])
    assert said == "Två problemområden står ut i Tibro 2025: narkotika och vapen samt stöld och rån."


def test_the_paper_says_what_it_is_for_and_when_it_has_nothing_to_say() -> None:
    assert headline.purpose(2025).endswith("om nästa medborgarlöfte. Avser 2025.")
    assert [headline.areas_word(count) for count in (1, 3, 14)] == [
        "Ett problemområde",
        "Tre problemområden",
        "14 problemområden",
    ]
    assert headline.nothing_ranked("Tibro", 2025).startswith("Inget går att rangordna för Tibro 2025")
    assert unknown.unchecked() == "Med en enda källa går det inte att pröva om den stämmer med andra uppgifter."
