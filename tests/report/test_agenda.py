"""The two pages for the agenda."""

from __future__ import annotations

import io
from dataclasses import replace

import page
import pandas as pd
import pikepdf
import pytest

from lagesbild.report.content import agenda
from lagesbild.report.content.agenda import LENGTHS
from lagesbild.report.document import Document, Fitted, Heading, Text
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.lexicon import violations
from lagesbild.report.pdf import pdf
from tests.report.conftest import AREAS
from tests.report.test_pdf import pages, tags

KINDS = ("lagesbild", "reported_only", "crowded")


@pytest.fixture(scope="module")
def crowded(lagesbild: Lagesbild) -> Lagesbild:
    """Five areas that all stand out, with sources that disagree about each."""
    ranking = lagesbild.ranking
    table = ranking.table.assign(tier="prioritera", sources_disagree=True)
    disputed = pd.concat([ranking.disagreements.assign(problem_area=area) for area in AREAS], ignore_index=True)
    name = "lokalpolisområde " + " ".join(["Norra Storskogsbygden"] * 4)
    profile = lagesbild.profile.model_copy(update={"name": name})
    return replace(lagesbild, profile=profile, ranking=replace(ranking, table=table, disagreements=disputed))


@pytest.fixture(scope="module", params=KINDS)
def paper(request: pytest.FixtureRequest) -> bytes:
    return pdf(agenda(request.getfixturevalue(request.param)), "sammanfattning.pdf")


def test_there_are_exactly_two_pages(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as file:
        assert len(file.pages) == 2


@pytest.mark.parametrize("standard", ["ua1", "2a"])
def test_both_standards_are_met(paper: bytes, standard: str) -> None:
    found = page.validate_pdf_bytes(paper, profile=standard)
    assert found.is_compliant, [(failure.rule_id, failure.message) for failure in found.failures][:5]


def test_it_stands_alone(lagesbild: Lagesbild) -> None:
    data = pdf(agenda(lagesbild), "sammanfattning.pdf")
    first, second = pages(data)
    assert "Två problemområden står ut i Exempelby 2025: skadegörelse och narkotika." in first
    assert "Rangordningen är ett underlag." in first
    assert "så gott som säkert (97 av 100 beräkningar)" in second
    assert "Narkotika och brott mot person går inte att skilja åt." in second
    assert "Källorna är oense om narkotika" in second
    assert "Det här vet vi inte." in second
    assert "Lagen (2023:196)" in second
    assert "granskning.html" in second
    assert "talar för prioritering" in second
    assert all("EXEMPELDATA" in text for text in (first, second))
    figures = [tag for tag in tags(data) if tag.name == "Figure"]
    assert len(figures) == 1
    assert {tag.scope for tag in tags(data) if tag.name == "TH"} == {"Column"}
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.docinfo["/Title"] == "Lägesbild Exempelby 2025, sammanfattning"


@pytest.mark.parametrize("kind", KINDS)
def test_no_length_of_it_uses_a_forbidden_word(kind: str, request: pytest.FixtureRequest) -> None:
    texts = list(agenda(request.getfixturevalue(kind)).texts())
    assert len(texts) > 20
    assert violations(texts) == []


def lines(count: int, word: str) -> tuple[Text, ...]:
    return tuple(Text(f"{word} {number}.") for number in range(count))


def test_the_longest_that_fits_is_set() -> None:
    variants = (lines(200, "lång"), lines(20, "mellan"), lines(1, "kort"))
    written = pages(pdf(Document("T", "T", "", 2025, (Heading(1, "T"), Fitted(variants)))))
    assert len(written) == 1
    assert "mellan 19." in written[0]
    assert "lång" not in written[0]
    assert "kort" not in written[0]


def test_what_stands_above_it_is_counted_in() -> None:
    blocks = (Heading(1, "T"), *lines(35, "ovan"), Fitted((lines(35, "mellan"), lines(1, "kort"))))
    written = pages(pdf(Document("T", "T", "", 2025, blocks)))
    assert len(written) == 1
    assert "kort 0." in written[0]


def test_each_length_says_less_than_the_one_before(crowded: Lagesbild) -> None:
    last = agenda(crowded).blocks[-1]
    assert isinstance(last, Fitted)
    assert len(last.variants) == len(LENGTHS)
    sizes = [sum(len(text) for text in Document("", "", "", 2025, blocks).texts()) for blocks in last.variants]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < sizes[0] / 1.5
