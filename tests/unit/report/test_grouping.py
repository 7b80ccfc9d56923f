"""Doubts of one wording are told once, and a line of the quality chapter is printed as it should be."""

from __future__ import annotations

from lagesbild.errors import Doubt
from lagesbild.report.content.quality import _sentence
from lagesbild.report.grouping import told_once


def test_files_with_the_same_doubt_stand_together_where_the_first_stood() -> None:
    doubts = (Doubt("a", "x.csv", "samma.", n_rows=1), Doubt("b", "x.csv", "annat."), Doubt("a", "y.csv", "samma.", n_rows=2))
    found = told_once(doubts)
    assert [str(doubt) for doubt in found] == ["x.csv och y.csv: samma.", "x.csv: annat."]
    assert found[0].n_rows == 3


def test_another_action_or_kind_is_another_doubt() -> None:
    doubts = (Doubt("a", "x.csv", "samma.", "Gör så."), Doubt("a", "y.csv", "samma.", "Gör ej."), Doubt("b", "z.csv", "samma."))
    assert told_once(doubts) == doubts


def test_many_files_are_counted_and_areas_share_their_source() -> None:
    many = told_once(Doubt("a", f"{number}.csv", "samma.") for number in range(1, 41))
    assert str(many[0]) == "1.csv, 2.csv, 3.csv, 4.csv, 5.csv, 6.csv och 34 till: samma."
    areas = told_once(Doubt("a", f"anmälda brott, {name}", "gammalt.") for name in ("Rån", "Bedrägeri, mot äldre"))
    assert str(areas[0]) == "anmälda brott, Rån; Bedrägeri, mot äldre: gammalt."


def test_a_file_keeps_its_small_letter_and_a_number_its_line() -> None:
    assert _sentence("msb.xlsx och skola.csv: folkmängden skiljer sig.").startswith("msb.xlsx och")
    assert _sentence("folkmängd: per 100 000 invånare, 2014 2015.") == "Folkmängd: per 100\xa0000 invånare, 2014 2015."
