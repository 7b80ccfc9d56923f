from __future__ import annotations

import csv
import datetime
import io
import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lagesbild import sources
from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import police_incidents
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.tables import TABLES
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

Put = Callable[..., Path]
HEAD_A = (
    "Inskrivningsdatum,Näpo,Basområde,Gata,Brottskod,Antal,Brottsdag start,Brottsdag slut,Brottstid start,Brottstid slut (HHmm)"
)
HEAD_B = "ID;BROTTSKOD;LATITUDE;LONGITUDE;GATA;GATUNR;KOMMUN;BROTTSDATUMTID_START;BROTTSDATUMTID_SLUT"
HEAD_C = "Kommunkod;Kommunnamn;desokod;regsonamn;Brottskod;Inskr år;Inskr årmånad;Inskrivningsdatum;antal_brott"
LAYOUT_A = [
    HEAD_A,
    "3/31/25,Centrum,Torget ,Storgatan 1,801,1,3/29/25,3/30/25,2200,700 ",
    "4/5/25,Centrum,,Storgatan 2,9801,2,4/5/25,4/5/25,45,0",
    "4/6/25,Centrum,Hamnen,Storgatan 3,1203,1,4/5/25,,2330,130",
    "4/7/25,Norr,Skogen,Storgatan 4,888,1,4/6/25,4/6/25,2400,",
    "4/8/25,Norr,Skogen,Storgatan 5,3850,1,4/8/25,,0,",
]


@pytest.fixture
def read(profile: Profile, terms: Taxonomy) -> Callable[..., Reading]:
    def reading(content: list[str] | str | bytes, encoding: str = "utf-8") -> Reading:
        text = "\n".join([*content, ""]) if isinstance(content, list) else content
        file = RawFile(Path("uttag"), "uttag", text if isinstance(text, bytes) else text.encode(encoding))
        assert police_incidents.recognise(file, profile) is None
        found = police_incidents.read(file, profile, terms)
        TABLES["incidents"].schema.validate(found.tables["incidents"].reset_index(drop=True))
        assert found.n_lost == 0
        return found

    return reading


def rows(reading: Reading, *columns: str) -> list[tuple[object, ...]]:
    frame = reading.tables["incidents"][list(columns)]
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.itertuples(index=False)]


def moments(reading: Reading) -> list[tuple[str, str]]:
    return [
        tuple(f"{cell:%m-%d %H:%M}" if cell else "" for cell in row) for row in rows(reading, "occurred_from", "occurred_to")
    ]  # type: ignore[misc]


def kinds(reading: Reading) -> dict[str, int]:
    return {doubt.kind: doubt.n_rows for doubt in reading.doubts}


def aside(reading: Reading) -> dict[str, int]:
    return {item.reason: item.n_rows for item in reading.set_aside}


def test_codes_and_areas_of_the_first_layout(read: Callable[..., Reading]) -> None:
    reading = read(LAYOUT_A)
    assert rows(reading, "brottskod", "count", "area") == [
        ("0801", 1, "Torget"),
        ("9801", 2, "Centrum"),
        ("1203", 1, "Hamnen"),
        ("0888", 1, "Skogen"),
    ]
    assert aside(reading) == {"räknas inte av Brå, till exempel viltolycka eller ordningsbot": 1}
    assert reading.rows_read == 5


def test_clocks_without_zeros_over_midnight_and_unknown(read: Callable[..., Reading]) -> None:
    assert moments(read(LAYOUT_A)) == [
        ("03-29 22:00", "03-30 07:00"),
        ("04-05 00:45", "04-06 00:00"),  # an end without clock on the day it began is the end of that day
        ("04-05 23:30", "04-06 01:30"),  # an end without day that lies before the start is the next day's
        ("04-07 00:00", "04-07 00:00"),  # 24.00 is the next midnight
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(read: Callable[..., Reading], encoding: str, mark: str, end: str) -> None:
    text = end.join(line.replace(",", mark) for line in [*LAYOUT_A, ""])
    expected = read(LAYOUT_A).tables["incidents"]
    pd.testing.assert_frame_equal(read(text.encode(encoding)).tables["incidents"], expected)


def test_a_workbook_says_the_same_as_a_text(read: Callable[..., Reading]) -> None:
    day, clock = datetime.datetime(2025, 3, 29), datetime.time(22)
    sheet = [HEAD_A.split(","), [datetime.datetime(2025, 3, 31), "C", "Torget", "Gatan 1", 801, 1, day, day, clock, 2315]]
    found = read(workbook(Uttag=[["Uttag ur RAR"], [], *sheet], Info=[["Beställt av kommunen"]]))
    assert rows(found, "brottskod", "area", "count") == [("0801", "Torget", 1)]
    assert moments(found) == [("03-29 22:00", "03-29 23:15")]
    assert aside(found) == {'bladet "Info" är inget uttag av brott': 1}


@pytest.mark.parametrize(
    ("days", "first", "is_told"),
    [
        (["3/4/25", "3/31/25"], "2025-03-04", False),
        (["3/4/25", "31/3/25"], "2025-04-03", False),
        (["3/4/25", "5/4/25"], "2025-03-04", True),
        (["2025-04-03", "2025-03-31"], "2025-04-03", False),
        (["3.4.2025", "31.3.2025"], "2025-04-03", False),
        (["25-04-03", "25-03-31"], "2025-04-03", False),
        (["20250403", "45747"], "2025-04-03", False),
    ],
)
def test_whether_day_or_month_stands_first(read: Callable[..., Reading], days: list[str], first: str, is_told: bool) -> None:
    found = read(["Brottskod;Antal;Inskrivningsdatum", *(f"1203;1;{day}" for day in days)])
    assert str(found.tables["incidents"]["reported_on"].iloc[0].date()) == first
    assert ("datumordning" in kinds(found)) is is_told


def test_a_column_that_leaves_the_order_open_is_read_as_the_one_that_tells(read: Callable[..., Reading]) -> None:
    found = read(["Brottskod;Inskrivningsdatum;Brottsdag start", "1203;31/3/25;3/3/25", "1203;5/4/25;4/3/25"])
    assert [str(day.date()) for day in found.tables["incidents"]["occurred_from"]] == ["2025-03-03", "2025-03-04"]


def test_a_column_that_a_spreadsheet_half_turned_is_refused(read: Callable[..., Reading]) -> None:
    turned = [f"1203;1;2025-0{month}-{day:02d}" for month in (1, 2) for day in range(1, 13)]
    with pytest.raises(SourceError, match="bytt plats på dag och månad"):
        read(["Brottskod;Antal;Inskrivningsdatum", *turned, *(f"1203;1;1/{day}/25" for day in range(13, 30))])


def test_days_in_two_orders_are_refused_but_one_slip_is_told(read: Callable[..., Reading]) -> None:
    american = [f"1203;1;1/{day}/25" for day in range(13, 32)] * 10
    with pytest.raises(SourceError, match="ett enda sätt att skriva datum"):
        read(["Brottskod;Antal;Inskrivningsdatum", *american, *["1203;1;31/1/25"] * 20])
    found = read(["Brottskod;Antal;Inskrivningsdatum", *american, "1203;1;31/1/25"])
    assert (kinds(found)["olasligt_datum"], aside(found)) == (1, {"saknar datum": 1})


def test_the_second_layout_gives_metres_and_never_streets(read: Callable[..., Reading]) -> None:
    found = read(
        [
            HEAD_B,
            "17;1203;60,0;15,0;Hemligvägen;12;Mariestad;2025-03-29 22:10:00;2025-03-30 07:00:00",
            "18;1203;13.82;58.71;Hemligvägen;12;MARIESTADS KOMMUN;2025-03-29 00:00:00;2025-03-29 00:00:00",
            "5000-K12345-25;1203;0;0;Hemligvägen;12;Mariestad;2025-03-29T22:10;",
            "5000-K12345-25;0365;48,8;2,3;Hemligvägen;12;1493;2025-03-29 10:00;2025-03-29 09:00",
            "19;1203;58,7;13,8;Hemligvägen;12;Skövde;2025-03-29;2025-03-29",
            "20;1203;58,7;13,8;Hemligvägen;12;okänd;2025-03-29;2025-03-29",
        ]
    )
    # On the meridian of zone 33 the east is 500 000; the arc to 60° N is 6 654 072.8 m, times 0.9996.
    points = rows(found, "x", "y")
    assert points[0] == (500_000, 6_651_411)
    assert points[1:] == [(431_639, 6_508_363), (None, None), (None, None)]
    assert aside(found) == {"gäller en annan kommun": 1, "saknar kommun": 1}
    expected = {"koordinater_omvanda": 1, "koordinater_noll": 1, "koordinater_utanfor": 1, "arendenummer": 2, "utan_plats": 2}
    assert expected.items() <= kinds(found).items()
    names = found.tables["incidents"]["incident_id"].tolist()
    assert names[:2] == ["17", "18"]
    assert names[2] == names[3]  # one case, two codes
    assert "K12345" not in names[2]
    assert "Hemlig" not in found.tables["incidents"].to_csv() + "".join(map(str, found.doubts))


def test_a_start_after_its_end_keeps_only_the_day(read: Callable[..., Reading]) -> None:
    found = read([HEAD_B, "1;1203;;;;;Mariestad;2025-03-29 10:00;2025-03-29 09:00", "2;1203;;;;;Mariestad;;"])
    assert moments(found) == [("03-29 00:00", "")]
    assert kinds(found)["tider_baklanges"] == 1
    assert aside(found) == {"saknar datum": 1}


def test_the_third_layout_is_aggregated(read: Callable[..., Reading]) -> None:
    found = read(
        [
            HEAD_C,
            "1493;Mariestad;1493A0010;Centrum;1203;2025;202503;2025-03-31;3",
            "1493;Mariestad;1493A0020;;1203;2025;202504;;1",
            "1493;Mariestad;;;1203;2025;202504;2025-05-01;..",
            "1493;Mariestad;;;;2025;202504;2025-04-01;1",
            "496;Skövde;1496A0010;Centrum;1203;2025;202503;2025-03-31;2".replace("496;", "1496;", 1),
            "1493;Mariestad;;Norr;Summa;2025;202503;2025-03-31;0",
        ]
    )
    assert rows(found, "count", "area") == [(3, "Centrum"), (1, "1493A0020")]
    assert [str(day.date()) for day in found.tables["incidents"]["reported_on"]] == ["2025-03-31", "2025-04-01"]
    assert kinds(found)["bara_manad"] == 1
    assert aside(found) == {
        "gäller en annan kommun": 1,
        "har ett antal som inte går att läsa": 1,
        "har en brottskod som inte går att läsa": 1,
        "saknar brottskod": 1,
    }


def test_an_unknown_kommun_is_a_problem_with_the_nearest(read: Callable[..., Reading]) -> None:
    with pytest.raises(SourceError, match=r'rad 2, kolumn KOMMUN: "Mariestadd" är ingen känd kommun. Närmast: Mariestad'):
        read([HEAD_B, "1;1203;;;;;Mariestadd;2025-03-29;"])


def test_spoilt_letters_are_refused(read: Callable[..., Reading]) -> None:
    with pytest.raises(SourceError, match="fel teckenkodning"):
        read("Brottskod;Antal;Inskrivningsdatum;Område\n1203;1;2025-03-31;HamnplÃ¥n\n")


def test_alike_rows_are_told_apart_and_named_alike_in_any_file(read: Callable[..., Reading]) -> None:
    names = read([*LAYOUT_A[:2], *LAYOUT_A[1:2]]).tables["incidents"]["incident_id"].tolist()
    assert names[1] == f"{names[0]}-2"
    again = read([LAYOUT_A[0], *reversed(LAYOUT_A[1:])]).tables["incidents"]["incident_id"].tolist()
    assert names[0] in again


@pytest.mark.parametrize("row", ["3/31/25,C,Torget,Gatan,1203,1", '3/31/25,C,"Torget",Gatan,1203,1,,,,,,'])
def test_rows_may_lack_fields_or_end_in_separators(read: Callable[..., Reading], row: str) -> None:
    assert rows(read([*LAYOUT_A[:2], "", row, ",,,,,,,,,"]), "area") == [("Torget",), ("Torget",)]


def test_a_row_with_too_many_fields_is_placed(read: Callable[..., Reading]) -> None:
    with pytest.raises(SourceError, match="rad 4: raden har fler fält än rubrikraden"):
        read([*LAYOUT_A[:2], "", "3/31/25,C,Torget,Gatan,1203,1,,,,,en text till"])


@pytest.mark.parametrize("gata", ['"Storgatan', 'Storgatan 5" rör', '"Stor""gatan"', '"Stor\ngatan"'])
def test_a_quotation_mark_never_swallows_rows(read: Callable[..., Reading], gata: str) -> None:
    lines = [LAYOUT_A[0], LAYOUT_A[1].replace("Storgatan 1", gata), *LAYOUT_A[2:4], LAYOUT_A[4].replace("Storgatan", gata[:1])]
    if gata == '"Storgatan':
        with pytest.raises(SourceError, match="ett citattecken avslutas inte"):
            read(lines)
    else:
        assert rows(read(lines[:4]), "area") == [("Torget",), ("Centrum",), ("Hamnen",)]


def test_a_line_may_say_what_parts_the_fields(read: Callable[..., Reading]) -> None:
    assert rows(read(["sep=;", "Brottskod;Område;Inskrivningsdatum", "1203;A, B, C;2025-03-31"]), "area") == [("A, B, C",)]


def test_a_list_that_goes_on_for_ever_without_content_is_short(read: Callable[..., Reading]) -> None:
    found = read("\n".join([*LAYOUT_A, *[",,,,,,,,,"] * 200_000]))
    assert (found.rows_read, len(found.tables["incidents"])) == (5, 4)


def test_unknown_codes_stay_and_identity_numbers_do_not(read: Callable[..., Reading]) -> None:
    found = read(["Brottskod;Inskrivningsdatum;Område", "1203;2025-03-31;850709-9805", "7777;2025-03-31;Norr"])
    assert rows(found, "brottskod", "area") == [("1203", "(personuppgift)"), ("7777", "Norr")]
    assert {"okand_brottskod": 1, "personuppgift": 1}.items() <= kinds(found).items()
    assert "850709" not in "".join(map(str, found.doubts))


def test_shares_and_part_of_a_year_are_told(read: Callable[..., Reading]) -> None:
    doubts = {doubt.kind: doubt for doubt in read(LAYOUT_A).doubts}
    assert doubts["utan_klockslag"].share == 0.25
    assert "undantagna_rader" not in doubts  # the one row is told as a code that Brå does not count
    assert doubts["koder_utanfor_bra"].n_rows == 1
    assert "2025-03-31–2025-04-07" in doubts["del_av_ar"].what


def test_fifty_rows_read_one_by_one_say_the_same(read: Callable[..., Reading]) -> None:
    """Each row once more by the csv module and datetime alone."""
    draw = random.Random(7)
    lines = [HEAD_A]
    for _ in range(50):
        start = datetime.datetime(2025, 1, 20) + datetime.timedelta(minutes=draw.randrange(1, 400_000))
        end = start + datetime.timedelta(minutes=draw.randrange(1, 3000))
        told = end + datetime.timedelta(days=draw.randrange(3))
        days = [f"{day.month}/{day.day}/{day:%y}" for day in (told, start, end)]
        clocks = [str(moment.hour * 100 + moment.minute) for moment in (start, end)]
        code, area = draw.choice(["801", "1203", "5011"]), draw.choice(["Torget", "Norr "])
        lines.append(",".join([days[0], "N", area, "G", code, "1", days[1], days[2], *clocks]))
    found = read(lines).tables["incidents"]
    for row, got in zip(csv.reader(io.StringIO("\n".join(lines[1:]))), found.itertuples(), strict=True):
        day = {at: datetime.datetime.strptime(row[at], "%m/%d/%y") for at in (0, 6, 7)}
        clock = {at: datetime.timedelta(hours=int(row[at]) // 100, minutes=int(row[at]) % 100) for at in (8, 9)}
        assert got.brottskod == f"{int(row[4]):04d}"
        assert got.area == row[2].strip()
        assert (got.reported_on, got.occurred_from, got.occurred_to) == (day[0], day[6] + clock[8], day[7] + clock[9])


def test_two_extracts_of_overlapping_months_count_each_row_once(put: Put, profile: Profile, terms: Taxonomy) -> None:
    put("vår.csv", "\n".join(LAYOUT_A))
    put("helår.csv", "\n".join([*LAYOUT_A, "10/9/25,Norr,Skogen,G,1203,1,10/8/25,10/8/25,1200,1300"]))
    delivery = sources.read(profile, terms)
    assert len(delivery.tables.incidents) == 5
    assert {record.reader for record in delivery.inputs} == {police_incidents.NAME}
    assert sum(item.n_rows for record in delivery.inputs for item in record.set_aside if "annan fil" in item.reason) == 4
