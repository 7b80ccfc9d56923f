"""Doubts of one wording are told once, and a line of the quality chapter is printed as it should be."""

from __future__ import annotations

from lagesbild.errors import Doubt, Place, Problem
from lagesbild.report.content.quality import TITLES, _sentence
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


def on_sheet(sheet: str, what: str, n_rows: int) -> Doubt:
    place = Place(f'est.xlsx, blad "{sheet}", kolumn Kl.', "est.xlsx", sheet, (4,), "Kl.")
    return Doubt("olasligt_time", place, what, "Skriv som 14:30.", n_rows)


def test_a_sheet_per_month_is_told_once_with_the_rest_counted() -> None:
    doubts = (on_sheet("Mars", "1 cell går inte att läsa.", 1), on_sheet("April", "9 celler går inte att läsa.", 9))
    [found] = told_once((*doubts, on_sheet("Maj", "2 celler går inte att läsa.", 2)))
    assert found.action.replace("\xa0", " ") == "Skriv som 14:30. Detsamma gäller 2 blad till (11 rader)."
    assert (str(found.where), found.n_rows) == ('est.xlsx, blad "Mars", kolumn Kl.', 12)


def test_a_quoted_cell_is_never_hidden_behind_another() -> None:
    doubts = (on_sheet("Mars", '"31/2" är inget datum.', 1), on_sheet("April", '"30/2" är inget datum.', 1))
    assert told_once(doubts) == doubts


def test_a_word_told_of_the_file_is_not_told_again_of_the_table() -> None:
    of_file = Doubt("okant_tema", "dialog.xlsx", '2 teman är okända: "Bussar" och "Fåglar".')
    of_table = Doubt("okant_tema", "dialoger", 'Temat "Bussar" är okänt (nämnt 3 gånger).')
    other = Doubt("okant_tema", "dialoger", 'Temat "Moln" är okänt (nämnt 3 gånger).')
    assert told_once((of_file, of_table, other)) == (of_file, other)


def test_an_expectation_ends_with_a_stop() -> None:
    assert str(Problem("a.toml", "fel.", "count 1", "Rätta.")) == "a.toml: fel. Väntat: count 1. Rätta."
    assert str(Problem("a.toml", "fel.", "ett tal.", "Rätta.")) == "a.toml: fel. Väntat: ett tal. Rätta."


def test_kinds_put_together_in_code_have_swedish_titles() -> None:
    kinds = {"category_saknas", "organisation_saknas", "olasligt_persons", "olasligt_time", "olasligt_severity"}
    kinds |= {"tider_baklanges", "bara_manad", "datum_mot_manad", "brott_efter_anmalan", "omojligt_datum"}
    assert kinds | {f"koordinater_{fault}" for fault in ("omvanda", "noll", "utanfor", "olasliga")} <= set(TITLES)
