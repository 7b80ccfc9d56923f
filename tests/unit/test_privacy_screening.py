"""Cells with personal data are set aside whole; a column as a whole tells serial numbers, codes and moments from it."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from lagesbild.errors import Doubt, Place, Problem, SourceError
from lagesbild.privacy import HIDDEN
from lagesbild.sources import net
from lagesbild.sources.files.sheet import Sheet
from lagesbild.sources.screening import screen_frame, screened

NUMBER = "850709-9805"


def where(sheet: str, rows: list[int], column: str) -> Place:
    return Place(f"{sheet}|{rows}|{column}", "a.xlsx", sheet, tuple(rows), column)


def sheet(*rows: list[object], name: str = "Mars") -> Sheet:
    return Sheet(name, list(rows), list(range(1, len(rows) + 1)))


def column(heading: str, cells: list[object]) -> tuple[list[object], tuple[Doubt, ...]]:
    """One column's cells after the screening, and the doubts."""
    clean, doubts = screened(sheet([heading, "Antal"], *([cell, 1] for cell in cells)), where)
    return [row[0] for row in clean.rows[1:]], doubts


def test_a_private_cell_is_hidden_whole_and_counted_by_column_and_row() -> None:
    original = sheet(
        ["Datum", "Vad hände"], ["2025-03-01", f"pnr {NUMBER}"], ["2025-03-02", "Kalle A, 070-174 06 05"], ["x", "lugnt"]
    )
    clean, doubts = screened(original, where)
    assert clean.rows == [["Datum", "Vad hände"], ["2025-03-01", HIDDEN], ["2025-03-02", HIDDEN], ["x", "lugnt"]]
    assert original.rows[1][1] == f"pnr {NUMBER}"
    (doubt,) = doubts
    assert (doubt.kind, doubt.n_rows, doubt.where) == ("personuppgift", 2, "Mars|[2, 3]|Vad hände")
    assert "personnummer i 1, telefonnummer i 1 och namn i 1" in doubt.what
    assert "lagesbild scrub" in doubt.action


def test_a_sheet_without_personal_data_is_the_same_sheet() -> None:
    clean = sheet(["Datum", "Antal"], [datetime.date(2025, 3, 1), 4], [None, 6508200.5], [True, "Maria kyrka"])
    assert screened(clean, where) == (clean, ())


def test_a_heading_or_sheet_name_with_personal_data_is_not_repeated() -> None:
    clean, (doubt,) = screened(sheet([f"Ring {NUMBER}", "b"], ["x", 1], name=f"Blad {NUMBER}"), where)
    assert (clean.name, clean.rows[0][0], doubt.where) == (f"Blad {HIDDEN}", HIDDEN, f"Blad {HIDDEN}|[1]|A")


def test_a_whole_number_in_a_workbook_may_be_an_identity_number() -> None:
    assert column("Nr", [8507099805, 8507099806, 198507099805.0, 6508200])[0] == [HIDDEN, 8507099806, HIDDEN, 6508200]
    assert column("Nr", [507099805 + 0, 209079807])[0] == [507099805, 209079807]


def test_a_leading_zero_that_a_workbook_lost_is_put_back() -> None:
    from lagesbild.privacy.identity import check_digit

    nine = "050812984"
    assert column("Nr", [int(f"{nine}{check_digit(nine)}")])[0] == [HIDDEN]


def test_a_column_of_serial_numbers_is_left_alone() -> None:
    serials: list[object] = [f"85070998{number:02d}" for number in range(60)]  # six of them pass the test of the check digit
    assert column("Ärende", serials) == (serials, ())
    assert column("Ärende", serials[:20])[0].count(HIDDEN) == 2


def test_a_column_of_identity_numbers_is_not_taken_for_a_serial() -> None:
    from lagesbild.privacy.identity import check_digit

    people: list[object] = [f"850709{number}{check_digit(f'850709{number}')}" for number in range(900, 960)]
    assert set(column("Nr", people)[0]) == {HIDDEN}


def test_codes_with_the_same_letters_are_no_plates() -> None:
    codes: list[object] = [f"KLM{number:03d}" for number in range(100, 110)]
    assert column("Id", [*codes, "ABC123"])[0] == [*codes, HIDDEN]


def test_a_column_of_moments_is_left_unless_nearly_all_are_persons() -> None:
    from lagesbild.privacy.identity import check_digit

    moments: list[object] = [f"2025{month:02d}141430" for month in range(1, 13)]
    assert column("Tid", moments) == (moments, ())
    children = [f"20140314{serial}" for serial in ("111", "121", "131", "141")]
    people: list[object] = [f"{nine}{check_digit(nine[2:])}" for nine in children]
    assert column("Barn", people)[0] == [HIDDEN] * 4


def test_a_heading_tells_what_a_cell_alone_does_not() -> None:
    assert column("Namn", ["Maria", "Centrum", "Mariestad"])[0] == [HIDDEN, "Centrum", "Mariestad"]
    assert column("Plats", ["Maria", "Centrum"])[0] == ["Maria", "Centrum"]
    assert column("Telefon", [701740605, "17 46 05 9"])[0] == [HIDDEN, HIDDEN]
    assert column("Personnummer", ["850709", "okänt"])[0] == [HIDDEN, "okänt"]


def test_a_frame_is_screened_by_its_distinct_values() -> None:
    frame = pd.DataFrame(
        {
            "area": pd.Categorical(["Norr", f"hos {NUMBER}", "Norr"]),
            "text": ["a", "b", "ring 070-174 06 05"],
            "n": [1, 2, 8507099805],
        },
        index=pd.Index([2, 3, 4], name="rad"),
    )
    clean, doubts = screen_frame(frame, ["area", "text", "n"], where)
    assert clean["area"].tolist() == ["Norr", HIDDEN, "Norr"]
    assert clean["text"].tolist() == ["a", "b", HIDDEN]
    assert clean["n"].tolist() == [1, 2, HIDDEN]
    assert [doubt.where for doubt in doubts] == ["|[3]|area", "|[4]|text", "|[4]|n"]
    assert frame["text"].tolist() == ["a", "b", "ring 070-174 06 05"]


@pytest.mark.parametrize("heading", ["Rapporterande organisation", "Tema", "ansvarig", "Svar"])
def test_a_given_name_alone_is_a_person_where_no_place_stands(heading: str) -> None:
    assert column(heading, ["Biblioteket", "Gunvor", "Nora", "Maria kyrka"])[0] == [
        "Biblioteket",
        HIDDEN,
        "Nora",
        "Maria kyrka",
    ]
    assert column("Område", ["Centrum", "Gunvor"])[0] == ["Centrum", "Gunvor"]


def test_a_column_of_given_names_is_of_persons() -> None:
    assert column("Vem", ["Gunvor", "Kalle", "Lisa", "Magnus", "-"])[0] == [HIDDEN] * 4 + ["-"]


def test_a_card_tells_of_no_person_but_an_office_may_be_called() -> None:
    steps = ["Ring Anna Lindqvist", "Skriv till statistik@example.com", ["850709-9805"]]
    card = net.safe_card(
        {"producer": "Anna Lindqvist", "licence": "x@example.com", "sha256": "8507099805", "how": steps, NUMBER: {"a": NUMBER}}
    )
    assert card == {
        "producer": HIDDEN,
        "licence": HIDDEN,
        "sha256": "8507099805",
        "how": [f"Ring {HIDDEN}", "Skriv till statistik@example.com", [HIDDEN]],
        HIDDEN: {"a": HIDDEN},
    }


def test_words_that_leave_are_masked_and_keep_their_place() -> None:
    place = Place(f"a.xlsx, kolumn {NUMBER}", "a.xlsx", f"Blad {NUMBER}", (3,), NUMBER, "B")
    error = net.safe_error(SourceError(Problem(place, f'"{NUMBER}" är inget datum.', "ett datum", "Ring 070-174 06 05.")))
    (problem,) = error.problems
    assert type(error) is SourceError
    assert NUMBER not in repr(error.problems) + str(error)
    assert isinstance(problem.where, Place)
    assert (problem.where.sheet, problem.where.rows, problem.where.column) == (f"Blad {HIDDEN}", (3,), HIDDEN)
    assert problem.where.letter == "B"
    assert problem.action == f"Ring {HIDDEN}."
    assert net.safe("hos Kalle Ek i Nora") == "hos Kalle Ek i Nora"  # names may be organisations and streets


def test_a_checksum_is_no_telephone_number() -> None:
    sha = "0701740605a0701740606b0701740607c0701740608d0701740609e0701740610"
    assert net.safe(f"kontrollsumman {sha}") == f"kontrollsumman {sha}"
