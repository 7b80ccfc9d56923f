"""No sentence claims more than its figures: the words follow the probabilities, the verbs follow the intervals."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild import swedish, taxonomy
from lagesbild.charts.finding import Estimate, Finding
from lagesbild.charts.wording import chance
from lagesbild.ranking.draws import CONSIDER, PRIORITY, is_unsettled
from lagesbild.ranking.order import rank_signals
from lagesbild.report import facts
from lagesbild.report.narrative import certainty, est, headline, reported, survey
from lagesbild.report.narrative.lexicon import violations
from tests.property.test_ranking_invariance import WEIGHTS
from tests.unit.ranking.worlds import world

shares = st.floats(0, 1)
years = st.integers(1996, 2030)
#: A change in percent with its interval, in order.
changes = st.lists(st.floats(-80, 300), min_size=3, max_size=3).map(sorted)
ratios = st.lists(st.floats(0.05, 20), min_size=3, max_size=3).map(sorted)
STEPS = [word for _, word in swedish.CERTAINTY]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@given(shares, shares)
def test_a_greater_probability_never_gets_a_weaker_word(one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert STEPS.index(swedish.certainty(high)) <= STEPS.index(swedish.certainty(low))
    assert swedish.of_hundred(high) >= swedish.of_hundred(low)


@pytest.mark.parametrize(
    ("probability", "word"),
    [(0.95, 0), (0.9499, 1), (0.8, 1), (0.7999, 2), (0.5, 2), (0.4999, 3), (0.2, 3), (0.1999, 4), (0.0, 4), (1.0, 0)],
)
def test_the_steps_are_those_of_the_one_table(probability: float, word: int) -> None:
    assert swedish.certainty(probability) == STEPS[word]


@given(shares)
def test_the_printed_number_never_has_another_word_or_tier_than_the_probability(probability: float) -> None:
    said = plain(certainty.top("Rån", probability, 3))
    word, number = re.search(r"problemen är (.*) \((.*) av 100", said).groups()  # type: ignore[union-attr]
    printed = int(number.split()[-1])
    assert word == swedish.certainty(probability)
    assert swedish.certainty(printed / 100) == word
    shown = plain(chance(probability))
    assert int(re.sub(r"\D", "", shown)) == printed
    for limit in (PRIORITY, CONSIDER):
        assert (printed >= 100 * limit) == (probability >= limit)
    assert ("fler än" in said) == (probability > 0.99)
    assert violations([said]) == []


@given(changes, years)
def test_a_change_is_told_only_where_the_interval_excludes_none(change: list[float], year: int) -> None:
    lower, middle, upper = change
    for said in (plain(tell(middle, lower, upper, f"{year}")) for tell in (reported.trend, est.trend)):
        verbs = re.findall(r"\b(ökade|minskade)\b", said)
        assert verbs == ([] if lower <= 0 <= upper else ["ökade" if lower > 0 else "minskade"])
        assert ("ingen säkerställd förändring" in said.lower()) == (lower <= 0 <= upper)
        assert violations([said]) == []


@given(ratios, years)
def test_a_comparison_is_told_only_where_the_interval_excludes_one(ratio: list[float], year: int) -> None:
    lower, middle, upper = ratio
    said = plain(reported.comparison(middle, lower, upper, f"{year}"))
    assert said.startswith("Ingen säkerställd skillnad") == (lower <= 1 <= upper)
    assert violations([said]) == []


@given(ratios, changes, st.booleans(), st.booleans())
def test_a_charts_title_has_the_direction_of_its_intervals(
    ratio: list[float], change: list[float], has_ratio: bool, has_change: bool
) -> None:
    compared = Estimate(ratio[1], ratio[0], ratio[2], 1.0, "2023-2025") if has_ratio else None
    moved = Estimate(change[1], change[0], change[2], 0.0, "2021-2025") if has_change else None
    found = Finding(compared, moved)
    if found.is_empty:
        return
    said = " ".join([found.in_words("anmälningarna", "jämförbara kommuner"), *found.numbers()])
    assert ("ligger över" in said) == bool(compared and compared.lower > 1)
    assert ("ligger under" in said) == bool(compared and compared.upper < 1)
    assert ("ökar" in said) == bool(moved and moved.lower > 0)
    assert ("minskar" in said) == bool(moved and moved.upper < 0)
    assert ("ingen säkerställd förändring" in said) == bool(moved and moved.lower <= 0 <= moved.upper)
    assert violations([said]) == []


@given(st.integers(0, 19), st.integers(20, 5000), years)
def test_below_twenty_there_is_a_count_and_no_percentage(count: int, total: int, year: int) -> None:
    said = [
        reported.level(count, 1e5 * count / 24_000, 1, 2, year), est.share(count, total, 0.01, 0.2, year),
        est.dialogue([("medborgardialogen", count, total)], year),
    ]  # fmt: skip
    assert all("procent" not in one and "per 100" not in one for one in said)
    assert str(count) in said[0]
    assert violations([*said, reported.too_small_for_change(count, str(year))]) == []


@given(st.integers(20, 10**6), st.floats(1, 1e5), years)
def test_a_rate_stands_with_its_count(count: int, rate: float, year: int) -> None:
    said = reported.level(count, rate, 0.9 * rate, 1.1 * rate, year)
    assert f"{swedish.plural(count, 'anmält brott', 'anmälda brott')}, {swedish.number(rate)} per" in said
    assert "osäkerhetsintervall" in said
    assert violations([said]) == []


@given(shares, st.floats(0, 0.3), shares)
def test_a_survey_answer_differs_only_beyond_both_intervals(value: float, half: float, reference: float) -> None:
    said = plain(survey.against_reference(value, value - half, value + half, reference, "riket", half))
    assert said.startswith("Ingen säkerställd skillnad") or abs(value - reference) >= math.hypot(half, half) - 1e-12
    assert violations([said, survey.share("Oro", "NTU", value, value - half, value + half, 2025)]) == []


@given(st.lists(st.sampled_from(taxonomy.load().area_ids), max_size=5, unique=True), st.integers(0, 5))
def test_what_stands_out_is_what_the_tiers_say(areas: list[str], first: int) -> None:
    names = [taxonomy.load().name(area) for area in areas]
    said = headline.finding("Tibro", 2025, names[:first], names[first:])
    assert ("står ut i Tibro" in said) == bool(names[:first])
    assert ("kan övervägas" in said) == bool(not names[:first] and names[first:])
    assert violations([said]) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 16), st.integers(1, 5), st.floats(0, 0.5))
def test_names_are_tied_exactly_where_no_pair_of_them_is_settled(
    seed: int, n_areas: int, n_sources: int, missing: float
) -> None:
    ranking = rank_signals(world(seed, n_areas, n_sources, missing=missing)[0], WEIGHTS, draws=500)
    lines = list(ranking.table["problem_area"])
    runs = facts.tied_runs(ranking, lines)
    together = {(one, two) for run in runs for one in run for two in run if one != two}
    for one, two in together:
        assert is_unsettled(facts.before(ranking, one, two))
    for one, two in pairwise(lines):
        assert ((one, two) in together) == (0.1 < facts.before(ranking, one, two) < 0.9)
    tiers = ranking.table.set_index("problem_area")
    for line in lines:
        p_top, tier = tiers.loc[line, "p_top"], tiers.loc[line, "tier"]
        word = swedish.certainty(p_top)
        assert (tier == "prioritera") == (word in STEPS[:2])
        assert (tier == "bevaka") == (word == STEPS[4])
