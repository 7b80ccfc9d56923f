"""The chapters that weigh and propose: never a decision, never an area that people do not see."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from lagesbild.measures.measure import Measures
from lagesbild.report import causes
from lagesbild.report.content import answers, area, business, focus, priorities, safety
from lagesbild.report.document import Block, Kept, Table, Text, block_texts
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.deprioritising import LEAVE, WAIT
from lagesbild.report.narrative.lexicon import violations
from tests.report.conftest import measure


def words(blocks: list[Block]) -> str:
    return " ".join(text for block in blocks for text in block_texts(block))


def with_table(lagesbild: Lagesbild, **columns: object) -> Lagesbild:
    return replace(lagesbild, ranking=replace(lagesbild.ranking, table=lagesbild.ranking.table.assign(**columns)))


def proposed_to_wait(lagesbild: Lagesbild) -> dict[str, str]:
    """Short name -> what the table proposes."""
    tables = [block for block in priorities.waiting(lagesbild) if isinstance(block, Table)]
    return {row[0]: row[1] for table in tables for row in table.rows}


def test_an_area_that_people_do_not_see_is_never_proposed_to_wait(lagesbild: Lagesbild) -> None:
    low = with_table(lagesbild, tier="bevaka", p_top=0.01, evidence="god", rank_lower=5)
    found = proposed_to_wait(low)
    assert "Skadegörelse" in found
    assert "Bostadsinbrott" in found, "nine of ten are reported"
    assert not {"Våld i nära relation", "Bedrägeri", "Sexualbrott"} & set(found)
    assert "våld i nära relation" in words(priorities.waiting(low))
    assert "En låg placering betyder inte att problemet är litet." in words(priorities.waiting(low))


@pytest.mark.parametrize(
    ("evidence", "rank_lower", "said"), [("god", 5, LEAVE), ("god", 1, WAIT), ("viss", 5, WAIT), ("svag", 5, None)]
)
def test_leaving_out_needs_good_evidence_and_a_low_place(
    lagesbild: Lagesbild, evidence: str, rank_lower: int, said: str | None
) -> None:
    low = with_table(lagesbild, tier="bevaka", p_top=0.01, evidence=evidence, rank_lower=rank_lower)
    assert proposed_to_wait(low).get("Skadegörelse") == said
    assert ("Underlaget är för svagt" in words(priorities.waiting(low))) == (said is None)


def test_what_stands_high_is_never_proposed_to_wait(lagesbild: Lagesbild) -> None:
    assert "Skadegörelse" not in proposed_to_wait(lagesbild)


def test_a_focus_is_proposed_with_what_speaks_against_it(lagesbild: Lagesbild) -> None:
    said = words(focus.focus(lagesbild))
    assert "Kapitlet föreslår, det beslutar inte." in said
    for word in ("Talar för.", "Talar emot.", "Skulle ändra bilden.", "Alternativ."):
        assert said.count(word) >= 2
    assert violations([said]) == []


def test_where_nothing_stands_out_the_chapter_says_so(reported_only: Lagesbild) -> None:
    assert "Inget område når nivån prioritera." in words(focus.focus(reported_only))


def test_the_areas_never_take_more_than_their_pages(lagesbild: Lagesbild, monkeypatch: pytest.MonkeyPatch) -> None:
    for most in range(1, 7):
        monkeypatch.setattr(area, "MOST", most)
        lines, spreads = area.with_page(lagesbild), area.with_spread(lagesbild)
        assert len(lines) + len(spreads) <= area.PAGES
        assert set(spreads) <= set(lines)


def test_an_absent_survey_is_told_in_one_sentence_not_as_a_zero(reported_only: Lagesbild) -> None:
    said = words(safety.safety(replace(reported_only, charts=())))
    assert "Ingen enkät om trygghet är levererad" in said
    assert "0" not in said


def test_companies_that_nobody_asked_are_not_silent(reported_only: Lagesbild) -> None:
    assert "Inga uppgifter om företagens utsatthet är levererade" in words(business.business(reported_only))


def answered(lagesbild: Lagesbild, *groups: tuple[str, float, float, float]) -> Lagesbild:
    item = "Problem med skadegörelse i det egna bostadsområdet"
    rows = [
        measure("skadegorelse", "ntu", "survey_share", 2025, value, lower=lower, upper=upper, item=item, group=group)
        for group, value, lower, upper in groups
    ]
    return replace(lagesbild, measures=Measures(pd.concat([lagesbild.measures.rows, pd.DataFrame(rows)], ignore_index=True)))


@pytest.mark.parametrize(
    ("women", "said"), [((0.45, 0.40, 0.50), "kvinnor högre"), ((0.33, 0.25, 0.41), "går inte att skilja åt")]
)
def test_women_and_men_stand_beside_everybody_with_their_intervals(
    lagesbild: Lagesbild, women: tuple[float, float, float], said: str
) -> None:
    both = answered(lagesbild, ("kvinnor", *women), ("män", 0.28, 0.22, 0.34))
    (table,) = answers.women_and_men(both, "skadegorelse", "Kvinnor och män")
    assert isinstance(table, Table)
    (row,) = table.rows
    assert row[3].replace("\xa0", " ") == "28 % (22–34)"
    assert row[-1] == said
    assert answers.women_and_men(lagesbild, "skadegorelse", "Kvinnor och män") == []


def test_ages_get_a_column_each(lagesbild: Lagesbild) -> None:
    aged = answered(lagesbild, ("16–29 år", 0.4, 0.3, 0.5), ("65– år", 0.2, 0.1, 0.3))
    (table,) = answers.by_age(aged)
    assert isinstance(table, Table)
    assert [column.title for column in table.columns] == ["Fråga", "16–29 år", "65– år"]
    assert answers.by_age(lagesbild) == []


def test_every_area_has_sourced_questions_that_claim_nothing(lagesbild: Lagesbild) -> None:
    told = causes.causes()
    assert set(told) == set(lagesbild.taxonomy.area_ids)
    for one in told.values():
        assert len(one.questions) >= 3
        assert all(question.endswith("?") for question in one.questions)
        assert one.known
        assert one.source
    texts = [text for one in told.values() for text in (*one.questions, one.known)]
    assert violations([*texts, *(text for _, text in causes.common().questions)]) == []


def test_what_is_kept_together_is_read_in_order() -> None:
    assert block_texts(Kept((Text("Först."), Text("Sedan.")))) == ("Först.", "Sedan.")
