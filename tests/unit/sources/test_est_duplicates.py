from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from lagesbild import sources
from lagesbild.cli import duplicates
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources.est import pairs as est_pairs
from lagesbild.sources.reading import Delivery
from lagesbild.tables import TABLES
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

HEADINGS = ["Datum", "Tid", "Organisation", "Område", "Plats", "Kategori"]
FIRST = ["2025-03-31", "21:30", "Fritid", "Centrum", "Torget", "Klotter"]
Read = Callable[..., Delivery]


@pytest.fixture
def read(profile: Profile, terms: Taxonomy, put: Callable[..., Path]) -> Read:
    def reading(*rows: list[str], answers: bytes = b"", name: str = "est.xlsx") -> Delivery:
        for old in profile.raw.iterdir():
            old.unlink()
        put(name, workbook(Blad1=[HEADINGS, *rows]))
        if answers:
            put("svar.xlsx", answers)
        return sources.read(profile, terms)

    return reading


def changed(**cells: str) -> list[str]:
    """The second row: the first as another organisation has it, with these cells."""
    return [cells.get(heading, cell) for heading, cell in zip(HEADINGS, [*FIRST[:2], "Skola", *FIRST[3:]], strict=True)]


def answered(pairs: pd.DataFrame, *answers: str) -> bytes:
    """The offered workbook, filled in from the top."""
    book = load_workbook(io.BytesIO(duplicates.workbook(pairs)))
    page = book.worksheets[0]
    top = next(row for row in range(1, 20) if page.cell(row, 1).value == "Samma händelse (ja/nej)")
    for row, answer in enumerate(answers, start=top + 1):
        page.cell(row, 1, answer)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def of_kind(delivery: Delivery, kind: str) -> list[Doubt]:
    return [doubt for doubt in delivery.doubts if doubt.kind == kind]


@pytest.mark.parametrize(
    ("cells", "n_pairs"),
    [({}, 1), ({"Datum": "2025-04-01", "Tid": ""}, 1), ({"Datum": "2025-04-02", "Tid": ""}, 0), ({"Tid": "09:00"}, 0),
     ({"Tid": "", "Plats": ""}, 1), ({"Plats": "Stora torget"}, 1), ({"Plats": "Parken"}, 0), ({"Område": "Söder"}, 0),
     ({"Kategori": "Graffiti"}, 1), ({"Kategori": "Droger"}, 0), ({"Organisation": "Fritid", "Tid": ""}, 0)],
    ids=str,
)  # fmt: skip
def test_a_pair_is_one_category_area_and_day_that_nothing_contradicts(read: Read, cells: dict[str, str], n_pairs: int) -> None:
    assert len(read(FIRST, changed(**cells)).duplicates) == n_pairs


def test_arrangements_are_no_pairs(read: Read) -> None:
    assert read([*FIRST[:5], "Marknad"], changed(Kategori="Marknad")).duplicates.empty


def test_pairs_are_told_beside_what_chance_gives_and_change_nothing(read: Read) -> None:
    moved = [["2025-03-10", "21:30", "Fritid", "Centrum", "Torget", "Klotter"], changed(Datum="2025-03-17")]
    delivery = read(FIRST, changed(), *moved)
    (doubt,) = of_kind(delivery, "mojlig_dubblett")
    what = doubt.what.replace("\N{NO-BREAK SPACE}", " ")
    assert what.startswith("1 par av observationer från olika organisationer kan vara samma händelse")
    # moved 7 days: 17 March by 10 March; 14: 31 by 17; 21: 31 by 10; 28: none. (1 + 1 + 1 + 0) / 4 / 2 = 0.375
    assert "Av slumpen väntas ungefär 0 sådana par." in what
    assert doubt.n_rows == 2
    assert delivery.tables.observations["duplicate_of"].isna().all()


def test_an_answer_yes_marks_the_later_one_and_no_ends_the_question(read: Read) -> None:
    rows = (FIRST, changed(Tid="22:00"), changed(Organisation="Hem", Tid="23:00"))
    pairs = read(*rows).duplicates
    assert len(pairs) == 3
    delivery = read(*rows, answers=answered(pairs, "Ja", "ja", "x"))
    frame = delivery.tables.observations.set_index("organisation")
    assert frame.loc[["Skola", "Hem"], "duplicate_of"].tolist() == [frame.loc["Fritid", "observation_id"]] * 2
    assert pd.isna(frame.loc["Fritid", "duplicate_of"])
    denied = read(*rows, answers=answered(pairs, "nej", "nej", "nej"))
    assert denied.tables.observations["duplicate_of"].isna().all()
    assert not of_kind(delivery, "mojlig_dubblett")
    assert not of_kind(denied, "mojlig_dubblett")


def test_an_answer_outlives_a_new_delivery_and_falls_with_a_changed_row(read: Read) -> None:
    pairs = read(FIRST, changed()).duplicates
    later = read(changed(), ["2025-04-05", *FIRST[1:]], FIRST, answers=answered(pairs, "ja"), name="ny.xlsx")
    assert later.tables.observations["duplicate_of"].notna().sum() == 1
    gone = read(FIRST, changed(Tid="22:15"), answers=answered(pairs, "ja"))
    assert gone.tables.observations["duplicate_of"].isna().all()
    (doubt,) = of_kind(gone, "svar_utan_par")
    assert doubt.n_rows == 1
    assert {item.reason: item.n_rows for item in gone.inputs[1].set_aside} == {"gäller ett par som inte längre finns": 1}


def test_answers_that_are_empty_or_something_else_are_counted(read: Read) -> None:
    rows = (FIRST, changed(Tid="22:00"), changed(Organisation="Hem", Tid="23:00"))
    delivery = read(*rows, answers=answered(read(*rows).duplicates, "kanske", "", "nej"))
    record = next(one for one in delivery.inputs if one.path == "svar.xlsx")
    assert (record.reader, record.rows_read) == ("svar om dubbletter", 3)
    assert {item.reason: item.n_rows for item in record.set_aside} == {
        "har ett svar som inte går att läsa": 1, "är inte besvarade": 1,
    }  # fmt: skip
    assert [doubt.n_rows for doubt in of_kind(delivery, "olasligt_svar")] == [1]


def test_a_no_between_two_that_are_one_event_with_a_third_is_doubted(read: Read) -> None:
    rows = (FIRST, changed(Tid="22:00"), changed(Organisation="Hem", Tid="23:00"))
    pairs = read(*rows).duplicates
    (doubt,) = of_kind(read(*rows, answers=answered(pairs, "ja", "ja", "nej")), "motstridiga_svar")
    assert doubt.n_rows == 1


def test_the_workbook_holds_no_place_no_clock_and_no_formula(read: Read) -> None:
    pairs = read(FIRST, changed()).duplicates.assign(organisation='=HYPERLINK("x")')
    content = duplicates.workbook(pairs)
    assert content == duplicates.workbook(pairs)
    cells = [cell for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row if cell.value]
    assert not any("Torget" in str(cell.value) or "21:30" in str(cell.value) for cell in cells)
    assert [cell.data_type for cell in cells if str(cell.value).startswith("=")] == ["s"]
    assert "est.xlsx, blad Blad1, rad 2" in [cell.value for cell in cells]


def test_a_new_offer_keeps_the_answers_of_the_one_that_stands_there(read: Read, profile: Profile, tmp_path: Path) -> None:
    pairs = read(FIRST, changed(Tid="22:00")).duplicates
    path = tmp_path / "dubbletter.xlsx"
    path.write_bytes(answered(pairs, "nej"))
    more = read(FIRST, changed(Tid="22:00"), changed(Organisation="Hem", Tid="23:00")).duplicates
    content = duplicates.offered(more, path, profile)
    assert content is not None
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in page["A"]].count("nej") == 1
    path.write_bytes(b"something else")
    assert duplicates.offered(more, path, profile) is None


def test_thousands_of_rows_of_one_day_are_counted_and_not_paired(terms: Taxonomy) -> None:
    draws = np.random.default_rng(1)
    n_rows = 20_000
    frame = TABLES["observations"].empty().reindex(range(n_rows)).assign(
        observation_id=[f"E{n}" for n in range(n_rows)],
        date=pd.Timestamp("2025-03-31") + pd.to_timedelta(draws.integers(0, 4, n_rows), unit="D"),
        organisation=draws.choice(["A", "B", "C"], n_rows),
        area="Centrum",
        category="Skadegörelse",
    )  # fmt: skip
    started = time.process_time()
    pairs = est_pairs.find(frame, terms, {})
    assert (len(pairs.table), pairs.n_crowded) == (0, n_rows)
    assert time.process_time() - started < 2


def test_a_list_delivered_with_and_without_its_numbers_counts_once(
    put: Callable[..., Path], profile: Profile, terms: Taxonomy
) -> None:
    rows = [[f"2025-03-{day:02d}", "21:30", "Fritid", "Centrum", "Torget", "Klotter"] for day in (*range(1, 20), 19)]
    put("est.xlsx", workbook(Blad1=[["Nr", *HEADINGS], *([str(at), *row] for at, row in enumerate(rows, start=1))]))
    put("est.csv", "\n".join(";".join(row) for row in [HEADINGS, *rows]))
    delivery = sources.read(profile, terms)
    assert len(delivery.tables.observations) == len(rows)
    aside = [item for record in delivery.inputs for item in record.set_aside]
    assert [(item.reason, item.n_rows) for item in aside] == [("finns också i en annan fil", len(rows))]


def test_lists_with_few_rows_alike_are_two_lists(put: Callable[..., Path], profile: Profile, terms: Taxonomy) -> None:
    rows = [[f"2025-{month:02d}-01", "21:30", "Fritid", "Centrum", "Torget", "Klotter"] for month in range(1, 13)]
    others = [*rows[:2], *([f"2025-{month:02d}-02", *rows[0][1:]] for month in range(1, 13))]
    put("a.xlsx", workbook(Blad1=[["Nr", *HEADINGS], *([str(at), *row] for at, row in enumerate(rows, start=1))]))
    put("b.csv", "\n".join(";".join(row) for row in [HEADINGS, *others]))
    assert len(sources.read(profile, terms).tables.observations) == len(rows) + len(others)
