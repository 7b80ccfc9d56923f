"""The titles of the charts, from figures written by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from lagesbild.charts import pairs, points, survey
from lagesbild.charts.finding import Finding
from lagesbild.charts.pairs import Pair, Point
from lagesbild.charts.reported import _title as reported_title
from lagesbild.charts.trend import Series, Year
from lagesbild.report.narrative.lexicon import violations
from lagesbild.taxonomy import Taxonomy

NOTHING = Finding(None, None)


def pair(label: str, own: float, other: float | None, half: float = 0.02, section: str = "") -> Pair:
    second = None if other is None else Point(other, other - half, other + half)
    return Pair(label, Point(own, own - half, own + half), second, section)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([pair("Skadegörelse", 0.31, None), pair("Gäng", 0.1, None)], "Skadegörelse: 31 %, högst av 2 frågor i Tibro"),
        ([pair("Skadegörelse", 0.31, 0.2)], "Skadegörelse: 31 % i Tibro mot 20 % i riket"),
        ([pair("Skadegörelse", 0.31, 0.3)], "Skadegörelse: 31 % i Tibro mot 30 % i riket, går inte att skilja åt"),
        (
            [pair("Skadegörelse", 0.21, 0.2), pair("Gäng", 0.11, 0.1)],
            "Inget av 2 svar i Tibro är säkerställt sämre än i riket",
        ),
        (
            [pair("Skadegörelse", 0.31, 0.2), pair("Trygg", 0.9, 0.7, section="Här är en hög siffra bra")],
            "I 1 av 2 frågor är svaren sämre i Tibro än i riket, mest om skadegörelse: 31 % mot 20 %",
        ),
        (
            [pair("Gäng", 0.2, 0.1), pair("Trygg", 0.5, 0.7, section="Här är en hög siffra bra")],
            "I 2 av 2 frågor är svaren sämre i Tibro än i riket, mest om trygg: 50 % mot 70 %",
        ),
    ],
)
def test_a_survey_is_worse_only_beyond_both_intervals_and_in_the_bad_direction(rows: list[Pair], title: str) -> None:
    said = survey._title(rows, pd.DataFrame(), "riket", "Tibro", pairs.SHARE).replace("\xa0", " ")
    assert said == title
    assert violations([said]) == []


@pytest.mark.parametrize(
    ("given", "sources", "title"),
    [
        ({"est": 9.4, "ntu": 3.0}, {"est": "EST-observationer", "ntu": "NTU"}, "Det som lyfter rån mest är EST: +9 poäng"),
        (
            {"est": 2.4, "ntu": -2.0},
            {"est": "EST", "ntu": "NTU"},
            "Ingen källa lyfter rån tydligt över ett genomsnittligt problem",
        ),
        ({"ntu": 1.2}, {"ntu": "NTU"}, "Inget lyfter rån tydligt över ett genomsnittligt problem"),
        ({"ntu": 4.0}, {"ntu": "NTU"}, "Det som lyfter rån mest är omfattningen: +4 poäng"),
    ],
)
def test_what_lifts_an_area_is_the_source_with_most_points(
    given: dict[str, float], sources: dict[str, str], title: str
) -> None:
    rows = [("ran", source, "omfattning", value) for source, value in given.items()]
    table = pd.DataFrame(rows, columns=["problem_area", "source", "criterion", "points"])
    assert points._title(table, "Rån", "ran", sources) == title


@pytest.mark.parametrize(
    ("count", "rate", "pooled", "title"),
    [
        (19, 79.0, {2025: 60.0}, "Rån: 19 anmälningar 2025, för få för att bedöma utvecklingen"),
        (48, 200.4, {2025: 160.0}, "Rån: 200 per 100 000 invånare 2025, mot 160 i jämförbara kommuner"),
        (48, 200.4, {}, "Rån: 200 per 100 000 invånare 2025"),
    ],
)
def test_reported_crime_without_a_signal_is_told_as_a_rate(
    taxonomy: Taxonomy, count: float, rate: float, pooled: dict[int, float], title: str
) -> None:
    series = Series({2025: Year(rate, rate - 20, rate + 20, count, 24_000.0, False)}, pooled, {})
    assert reported_title("ran", series, NOTHING, taxonomy).replace("\xa0", " ") == title
