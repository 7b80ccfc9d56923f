from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import SOURCES, police_events
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.tables import CONTEXT, validate
from lagesbild.taxonomy import Taxonomy

Read = Callable[..., Reading]
SECRET = "Anna Berg, 19850709-9805, misstänks"


def event(number: object, name: str, published: str = "2026-01-21 7:59:09 +01:00", place: str = "Västra Götalands län",
          **other: object) -> dict[str, object]:  # fmt: skip
    kind = name.split(", ", 1)[-1].rsplit(", ", 1)[0]
    return {"id": number, "datetime": published, "name": name, "summary": SECRET, "url": "/aktuellt/x/", "type": kind,
            "location": {"name": place, "gps": "58.2,13.0"}, **other}  # fmt: skip


EVENTS = [
    event(2, "21 januari 14.42, Rån, försök, Mariestad"),
    event(1, "31 december 23:10, Trafikolycka, Dals-ed", "2026-01-01 00:05:00 +01:00"),
    event(3, "20 januari 05.15, Sammanfattning natt, Västra Götalands län"),
]
CSV = (
    "id,datetime,name,summary,url,type,location_name,gps\n"
    f'2,2026-01-21 7:59:09 +01:00,"21 januari 14.42, Rån, försök, Mariestad","{SECRET}\nmed radbyte",/x/,"Rån, försök",'
    'Västra Götalands län,"58.2,13.0"\n'
    '4,2025-06-14 23:31:07 +02:00,"14 juni 21.11, Misshandel, Östra göinge",,/x/,Misshandel,Östra göinge,"58.2,13.0"\n'
)


@pytest.fixture
def read(profile: Profile, terms: Taxonomy) -> Read:
    def reading(content: object) -> Reading:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        file = RawFile(Path("fil"), "fil", text.encode())
        assert police_events.recognise(file, profile) is None
        return police_events.read(file, profile, terms)

    return reading


def events(reading: Reading) -> pd.DataFrame:
    assert set(reading.tables) == {"police_events"}  # context only: never a table that is measured
    return validate("police_events", reading.tables["police_events"], "fil")


def test_the_place_is_the_last_part_of_the_name_not_the_location(read: Read) -> None:
    frame = events(read(EVENTS))
    assert frame[["event_id", "kind", "place", "kommunkod"]].fillna("").to_numpy().tolist() == [
        ["2", "Rån, försök", "Mariestad", "1493"],
        ["1", "Trafikolycka", "Dals-ed", "1438"],
        ["3", "Sammanfattning natt", "Västra Götalands län", ""],
    ]


def test_the_archive_is_the_same_as_csv_with_line_breaks_in_its_texts(read: Read) -> None:
    reading = read(CSV)
    assert events(reading)[["event_id", "kind", "place", "kommunkod"]].to_numpy().tolist() == [
        ["2", "Rån, försök", "Mariestad", "1493"],
        ["4", "Misshandel", "Östra göinge", "1256"],
    ]
    assert reading.tables["police_events"].index.tolist() == [2, 4]
    assert (reading.rows_read, reading.rows_used, reading.set_aside) == (2, 2, ())


def test_an_hour_without_its_zero_is_swedish_time(read: Read) -> None:
    frame = events(read([*EVENTS, event(9, "14 juni 21.11, Brand, Hjo", "2025-06-14T21:31:07Z")]))
    assert frame["published_on"].astype("str").tolist() == [
        "2026-01-21 07:59:09", "2026-01-01 00:05:00", "2026-01-21 07:59:09", "2025-06-14 23:31:07",
    ]  # fmt: skip


def test_the_day_of_the_name_has_the_year_nearest_the_publication(read: Read) -> None:
    assert events(read(EVENTS))["occurred_on"].astype("str").tolist() == ["2026-01-21", "2025-12-31", "2026-01-20"]
    assert police_events._day("2 januari 09.00, Djur, Hjo", datetime.date(2025, 12, 31)) == datetime.date(2026, 1, 2)
    assert police_events._day("29 februari 09.00, Djur, Hjo", datetime.date(2025, 3, 1)) == datetime.date(2024, 2, 29)
    assert police_events._day("31 februari 09.00, Djur, Hjo", datetime.date(2025, 3, 1)) is None


def test_free_text_is_dropped_and_counted_and_never_shown(read: Read) -> None:
    for content in (EVENTS, CSV):
        reading = read(content)
        assert [doubt.kind for doubt in reading.doubts] == ["fritext_utelamnad"]
        shown = " ".join([*map(str, reading.doubts), events(reading).to_csv()])
        assert not any(part in shown for part in ("Anna", "850709", "/aktuellt", "/x/"))


def test_a_notice_that_was_changed_is_kept_in_its_newest_form(read: Read) -> None:
    newer = event(2, "21 januari 14.42, Rån, Mariestad", "2026-01-22 10:00:00 +01:00")
    reading = read([*EVENTS, newer])
    assert reading.set_aside == (SetAside("en senare version av samma notis finns", 1),)
    assert events(reading).set_index("event_id").loc["2", "kind"] == "Rån"


def test_unknown_places_are_kept_and_counted_without_being_named(read: Read) -> None:
    reading = read([*EVENTS, event(7, "20 januari 05.15, Brand, Atlantis"), event(8, "Brand, Atlantis")])
    unknown, undated = reading.doubts[1:]
    assert (unknown.kind, unknown.n_rows, undated.kind, undated.n_rows) == ("okand_plats", 2, "datum_saknas", 1)
    assert "2\N{NO-BREAK SPACE}notiser har en plats som varken är kommun eller län (1 olika)." in unknown.what
    assert str(undated).startswith("fil, notis 5, kolumn name: 1\N{NO-BREAK SPACE}notis saknar dag i sitt namn.")
    assert "Atlantis" not in " ".join(map(str, reading.doubts))


def test_a_name_without_a_place_falls_back_on_the_location(read: Read) -> None:
    assert events(read([event(1, "20 januari 05.15", place="Upplands-bro", type="Brand")]))["kommunkod"].tolist() == ["0139"]


def test_a_notice_whose_place_holds_personal_data_is_set_aside(read: Read) -> None:
    reading = read([*EVENTS, event(5, "20 januari 05.15, Brand, 19850709-9805")])
    assert SetAside("innehåller personuppgifter", 1) in reading.set_aside
    assert "850709" not in " ".join(map(str, reading.doubts))
    assert reading.n_lost == 0


# What is wrong ---------------------------------------------------------------------------------------------------------------


def problems(read: Read, content: object) -> str:
    with pytest.raises(SourceError) as error:
        read(content)
    assert "850709" not in str(error.value)
    return str(error.value)


def test_every_problem_is_told_at_once_by_number(read: Read) -> None:
    faulty = [event(None, "20 januari 05.15, Brand, Hjo"), event(5, "Brand, Hjo", "i går"), event(6, "x, , Hjo", type="")]
    told = problems(read, [*EVENTS, *faulty])
    assert "fil, notis 4, kolumn id: händelsen saknar nummer." in told
    assert "fil, notis 5, kolumn datetime: tidpunkten går inte att läsa." in told
    assert "fil, notis 6, kolumn type: händelsens slag saknas." in told


@pytest.mark.parametrize("cut", [1, 40, 300])
def test_a_json_cut_short_is_told(read: Read, cut: int) -> None:
    assert "filen är inte hel JSON" in problems(read, json.dumps(EVENTS)[:-cut])


@pytest.mark.parametrize(("cut", "told"), [(4, "fil, rad 4: filen är ingen hel CSV"), (20, "raden har inte lika många fält")])
def test_a_csv_cut_short_is_told(read: Read, cut: int, told: str) -> None:
    assert told in problems(read, CSV[:-cut])


@pytest.mark.parametrize("content", [
    json.dumps(EVENTS)[:-1] + ", 5]", json.dumps(EVENTS).replace('"id": 1', '"id": ' + "9" * 5000),
    "[" * 100_000 + json.dumps(EVENTS), json.dumps({"a": EVENTS, "b": EVENTS}),
])  # fmt: skip
def test_odd_json_is_an_error_and_no_traceback(read: Read, content: str, profile: Profile) -> None:
    if police_events.recognise(RawFile(Path("fil"), "fil", content.encode()), profile) is None:
        problems(read, content)


def test_half_a_letter_and_a_bell_are_replaced(read: Read) -> None:
    frame = events(read(json.dumps([event(1, "20 januari 05.15, Brand, Hjo", type="Brand \ud800\u0007")])))
    assert frame["kind"].tolist() == ["Brand □□"]


# The real files --------------------------------------------------------------------------------------------------------------


def real(shared: Path, name: str) -> RawFile:
    path = shared / "data/polisen" / name
    return RawFile(path, name, path.read_bytes())


def test_mariestad_has_one_series_across_the_break_of_2026(shared: Path, profile: Profile, terms: Taxonomy) -> None:
    """By hand: the archive's names end in "Mariestad" for 7, 15, 21 and 14 notices; its location says so for 2 of the last."""
    reading = police_events.read(real(shared, "polisen_events_vastra_gotaland.csv"), profile, terms)
    frame = events(reading)
    assert (reading.rows_read, reading.rows_used, reading.set_aside) == (7173, 7173, ())
    own = frame[frame["kommunkod"].eq("1493")]
    assert own.groupby(own["published_on"].dt.year).size().to_dict() == {2023: 7, 2024: 15, 2025: 21, 2026: 14}
    assert frame.loc[frame["kommunkod"].isna(), "place"].unique().tolist() == ["Västra Götalands län"]
    assert frame["kommunkod"].nunique() == 49  # every kommun of the län
    assert [doubt.kind for doubt in reading.doubts] == ["fritext_utelamnad"]


def test_the_apis_answer_names_kommuner_all_over_the_country(shared: Path, profile: Profile, terms: Taxonomy) -> None:
    reading = police_events.read(real(shared, "events_2025-06-14.json"), profile, terms)
    frame = events(reading)
    assert (reading.rows_read, reading.rows_used) == (500, 500)
    assert frame.loc[frame["kommunkod"].isna(), "place"].str.endswith(" län").all()
    first = frame[frame["event_id"].eq("589104")].iloc[0]
    assert (first["kind"], first["kommunkod"]) == ("Mord/dråp, försök", "0180")
    assert first["occurred_on"] == pd.Timestamp("2025-06-14")


def test_a_list_of_areas_is_no_source(shared: Path, profile: Profile) -> None:
    file = real(shared, "swedish_admin_areas.csv")
    refusals = {source.NAME: source.recognise(file, profile) for source in SOURCES}
    assert all(refusals.values())
    told = refusals[police_events.NAME]
    assert told is not None
    assert told.reason == "id, datetime, name, type och location finns inte bland fälten"


def test_the_table_has_no_column_for_free_text() -> None:
    assert not {"summary", "url", "name", "gps"} & set(CONTEXT["police_events"].names)
