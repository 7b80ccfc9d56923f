"""The chapter of pledges and its two sheets, as an official and an analyst read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lagesbild.pledges import FollowUps
from lagesbild.pledges.indicator import Indicator, Unresolved
from lagesbild.pledges.ratio import Ratio
from lagesbild.pledges.register import Activity, Pledge
from lagesbild.pledges.result import Compared, Expected, FollowUp, Level, Remark
from lagesbild.report.content.pledges import pledges
from lagesbild.report.document import Heading, Table, block_texts
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import pledges as said
from lagesbild.report.narrative.lexicon import violations
from lagesbild.report.pledge_sheets import pledge_sheets

ACTS = (Activity("Kvällsvandring", "Fritid", 40, 31), Activity("Ny belysning", "", None, 0))
PROMISED = Pledge("L1", "Vi ska synas mer", "skadegorelse", "Anmälda", date(2025, 1, 1), date(2025, 12, 31), ACTS)
BEFORE = Level((2021, 2022, 2023, 2024), 1500.0, 1400.0, 1600.0, 1200.0, 80_000.0)
AFTER = Level((2025,), 1000.0, 850.0, 1170.0, 200.0, 20_000.0)
COMPARED = Compared("jamforbara", Ratio(1.0, 0.95, 1.05), 8, Ratio(0.67, 0.55, 0.81), 1, (-98.0, -164.0, -47.0))
DECREASED = FollowUp(
    PROMISED, "minskat", Indicator("polisanmalda", "reported_rate", "skadegorelse", is_wider=True),
    reservations=(Remark("pagar", years=(2026,)),), before=BEFORE, after=AFTER, own=Ratio(0.67, 0.56, 0.8), compared=COMPARED,
    expected=Expected(270.0, 190.0, 340.0),
)  # fmt: skip
UNCLEAR = FollowUp(
    replace(PROMISED, pledge_id="L2", activities=()), "kan inte bedömas",
    Unresolved("flera_kallor", ("ntu", "est")), (Remark("flera_kallor", ("ntu", "est")),),
)  # fmt: skip


def texts(lagesbild: Lagesbild, *found: FollowUp) -> str:
    blocks = pledges(replace(lagesbild, pledges=FollowUps(found)))
    return " ".join(text for block in blocks for text in block_texts(block)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_decrease_is_told_against_others_and_with_what_was_expected(lagesbild: Lagesbild) -> None:
    told = texts(lagesbild, DECREASED)
    assert "Skadegörelse: minskat jämfört med andra kommuner" in told
    assert "1 000 per 100 000 invånare och år (850–1 170; 200 anmälningar) 2025, efter att löftet gavs" in told
    assert "mot 1 500 (1 400–1 600; 1 200 anmälningar) före, 2021–2024." in told
    assert "I åtta jämförbara kommuner är talet efter i genomsnitt 1,00 (0,95–1,05) gånger talet före." in told
    assert "98 färre anmälningar än om kommunen hade följt de andra (osäkerhetsintervall 164 till 47 färre)" in told
    assert "Ett område som väljs för att det ligger högt väntas närma sig de andra" in told
    assert said.WAS_EXPECTED in told, "200 lies inside 190-340"
    assert "talet gäller hela skadegörelse och klotter" in told
    assert "Kvällsvandring Fritid 40 31 Ny belysning uppgift saknas uppgift saknas 0" in told
    assert violations([told]) == []


def test_what_cannot_be_judged_says_why_and_shows_no_figures(lagesbild: Lagesbild) -> None:
    told = texts(lagesbild, UNCLEAR)
    assert "kan inte bedömas" in told
    assert "Indikatorn kan gälla flera källor: Nationella trygghetsundersökningen (NTU) eller EST-observationer." in told
    assert "gånger talet före" not in told


def test_no_register_is_one_sentence_and_no_page(reported_only: Lagesbild) -> None:
    blocks = pledges(reported_only)
    assert isinstance(blocks[0], Heading)
    assert not blocks[0].new_page
    assert len(blocks) == 2
    assert "lagesbild template pledges" in block_texts(blocks[1])[0]


def test_the_tables_have_no_empty_cell(lagesbild: Lagesbild) -> None:
    blocks = pledges(replace(lagesbild, pledges=FollowUps((DECREASED, UNCLEAR))))
    assert all(cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row)


def test_the_workbook_has_a_row_per_activity_and_one_per_pledge(lagesbild: Lagesbild, reported_only: Lagesbild) -> None:
    register, followed = pledge_sheets(replace(lagesbild, pledges=FollowUps((DECREASED, UNCLEAR))))
    assert (register.name, followed.name) == ("Löften", "Uppföljning")
    assert register.table["Aktivitet"].tolist() == ["Kvällsvandring", "Ny belysning", "ingen aktivitet angiven"]
    assert followed.table["Utfall"].tolist() == ["minskat", "kan inte bedömas"]
    assert followed.table["Kvot mot andra, övre gräns"].tolist()[0] == 0.81
    assert pledge_sheets(reported_only) == []


KINDS = (
    "utan_indikator", "okand_indikator", "flera_kallor", "flera_omraden", "flera_fragor", "utan_uppgifter", "bara_bredare",
    "dold", "preliminar", "inget_ar_efter", "inget_ar_fore", "fa_ar_fore", "fa_handelser", "brott_i_serien",
    "ingen_matning_fore", "ingen_matning_efter", "matning_avser_aret_fore", "utan_intervall", "noll",
)  # fmt: skip
RESERVATIONS = (
    "del_av_ar", "pagar", "preliminara_ar", "andring", "topp", "andra_rapportorer", "utan_jamforelse", "utan_jamforelse_est",
    "utan_jamforelse_enkat", "polisens_letande", "en_matning_fore", "storre_omrade", "hog_ar_bra", "bredare", "annat_omrade",
    "antagen_fraga",
)  # fmt: skip


@pytest.mark.parametrize("kind", [*KINDS, *RESERVATIONS])
def test_every_reason_and_reservation_is_a_clean_sentence(kind: str) -> None:
    sentence = said.why_not(kind, ["2"], [2024]) if kind in KINDS else said.reservation(kind, ["2"], [2024])
    assert sentence[0].isupper()
    assert violations([sentence]) == []
