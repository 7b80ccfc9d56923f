"""Every chart keeps the family's promises: words, numbers, sizes, places, contrast, and never colour alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lagesbild.charts import Chart, theme
from lagesbild.charts.sheet import Sheet
from tests.unit.charts import family
from tests.unit.charts.family import SECOND_CUE, faults


@pytest.fixture(scope="module")
def one(pictures: tuple[Chart, ...]) -> Chart:
    return next(chart for chart in pictures if chart.name.startswith("trappa-"))


def test_every_chart_keeps_the_promises(pictures: tuple[Chart, ...]) -> None:
    assert [fault for chart in pictures for fault in faults(chart)] == []


def test_each_second_cue_belongs_to_a_chart(pictures: tuple[Chart, ...]) -> None:
    """A chart that is made only where its data are (pledges) has its cue named, but no picture here."""
    unused = {cue for cue in SECOND_CUE if not any(chart.name.startswith(cue) for chart in pictures)}
    assert unused <= {"loften"}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"title": "Skadegörelse minskar."}, "title is no sentence"),
        ({"title": "Rån"}, "title is no sentence"),
        ({"title": "Rån ska prioriteras"}, "beslut"),
        ({"subtitle": "Om rån."}, "subtitle without unit"),
        ({"caption": "Polisen 2025."}, "source line"),
        ({"alt": "Ett diagram över 5 rån och 6 stölder."}, "does not open with the finding"),
        ({"alt": "Rån minskar."}, "without its numbers"),
        ({"alt": "Rån minskar: 5 (3 (2)) och 7."}, "does not read well"),
        ({"alt": "Rån minskar: 5.2 och 7."}, "does not read well"),
    ],
)
def test_a_wrong_text_is_found(changed: dict[str, str], fault: str, one: Chart) -> None:
    wrong = replace(one, **changed)  # type: ignore[arg-type]
    assert any(fault in found for found in faults(wrong)), faults(wrong)


def drawn(sheet: Sheet, one: Chart) -> Chart:
    return replace(one, name="nytt", figure=sheet.figure)


def test_small_text_and_thin_lines_are_found(one: Chart) -> None:
    sheet = Sheet.new(20)
    sheet.text(10, 10, "liten", size=7)
    sheet.rule((0, 50), (5, 5), color=theme.OWN, width=0.3)
    assert [fault.split(" ")[0] for fault in family.sizes(drawn(sheet, one))] == ["text", "line"]


def test_text_is_judged_on_what_it_stands_on(one: Chart) -> None:
    sheet = Sheet.new(20)
    sheet.boxes([(0, 0, 20, 10), (40, 0, 20, 10)], face=theme.OWN)
    sheet.text(10, 5, "svårläst", ha="center")
    sheet.text(50, 5, "lättläst", ha="center", color=theme.PAPER)
    sheet.text(100, 5, "också")
    assert [fault.split(":")[0] for fault in family.contrasts(drawn(sheet, one))] == ["svårläst"]


def test_a_pale_graphic_is_found_unless_its_figure_is_written_in_it(one: Chart) -> None:
    sheet = Sheet.new(20)
    sheet.boxes([(0, 0, 20, 10)], face="#ffe08a")
    assert list(family.contrasts(drawn(sheet, one))) == ["#ffe08a is hard to tell from paper"]
    sheet.text(10, 5, "31", ha="center")
    assert list(family.contrasts(drawn(sheet, one))) == []
    sheet.rule((0, 50), (15, 15), color="#ffe08a")
    assert list(family.contrasts(drawn(sheet, one))) == ["#ffe08a is hard to tell from paper"]


@pytest.mark.parametrize(("first", "second"), [("#c00000", "#5b6b00"), ("#0b6699", "#666f76")])
def test_colour_alone_is_found_and_another_shape_mends_it(first: str, second: str, one: Chart) -> None:
    sheet = Sheet.new(20)
    sheet.mark(10, 10, "o", color=first)
    sheet.mark(20, 10, "o", color=second)
    assert len(list(family.cues(drawn(sheet, one)))) == 1
    sheet = Sheet.new(20)
    sheet.mark(10, 10, "o", color=first)
    sheet.mark(20, 10, "s", color=second)
    assert list(family.cues(drawn(sheet, one))) == []
