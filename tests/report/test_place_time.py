"""Places and times on an area's spread, and as sheets."""

from __future__ import annotations

from dataclasses import replace

from lagesbild.report.content.place_time import where_and_when
from lagesbild.report.document import block_texts
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.lexicon import violations
from lagesbild.report.place_sheets import place_sheets
from tests.unit.charts.test_places import LINE, made

__all__ = ["made"]


def test_a_spread_says_where_when_and_what_is_missing(lagesbild: Lagesbild, made: object) -> None:
    blocks = where_and_when(replace(lagesbild, places=made), LINE)
    said = " ".join(text for block in blocks for text in block_texts(block))
    assert (
        "Av 103 anmälda händelser i polisens händelselista med känt område är 80 i Torget (osäkerhetsintervall 63–100)." in said
    )
    assert "I EST går det inte att säga vilket område som har flest observationer" in said
    assert "I EST går ingen tid att skilja från jämn spridning över veckan." in said
    assert "färre än 5 saknar klockslag" in said
    assert violations([said]) == []


def test_nothing_is_said_of_what_is_not_there(lagesbild: Lagesbild, made: object) -> None:
    assert where_and_when(lagesbild, LINE) == []
    assert where_and_when(replace(lagesbild, places=made), "narkotika") == []
    assert place_sheets(lagesbild) == []


def test_the_sheets_hold_every_area_and_leave_the_hidden_empty(lagesbild: Lagesbild, made: object) -> None:
    areas, hours, months = place_sheets(replace(lagesbild, places=made))
    norr = areas.table[areas.table["Område"].eq("Norr")]
    assert len(norr) == areas.table["Antal"].isna().sum() == 2
    assert norr.filter(regex="Antal|gräns|Utjämnat|Sannolikhet|Plats").isna().all(axis=None)
    assert (len(hours.table), len(months.table)) == (112, 24)
    assert set(areas.table["Källa"]) == {"Polisens händelselista", "EST-observationer"}
