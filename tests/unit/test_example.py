"""Exempelby: the same bytes each time, known words only, and the planted truth in every source."""

from __future__ import annotations

import io
import math
import tomllib
import zipfile

import pandas as pd
import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from lagesbild import example, taxonomy
from lagesbild.example import facit, observations, offences, world
from lagesbild.example.__main__ import main
from lagesbild.tables import TABLES, validate
from tests.conftest import ROOT

FOLDER = ROOT / "data/raw/exempel"
#: Categories planted to be unknown.
UNKNOWN = {name for name, _, _ in observations.UNKNOWN}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return example.files()


@pytest.fixture(scope="module")
def frames(files: dict[str, bytes]) -> dict[str, pd.DataFrame]:
    """The CSV files as tables of the contract."""
    return {
        name.removesuffix(".csv"): validate(name.removesuffix(".csv"), pd.read_csv(io.BytesIO(content), dtype="str"), name)
        for name, content in files.items()
        if name.endswith(".csv")
    }


@pytest.fixture(scope="module")
def listed() -> pd.DataFrame:
    """The events of the EST list, known doubles left out, with the problem area of their category."""
    area = {category.category: category.problem_area for category in world.categories()}
    rows = [one for one in observations.observations(world.SEED) if one.twin is None and one.category in area]
    frame = pd.DataFrame([vars(one) for one in rows])
    return frame.assign(problem_area=frame["category"].map(area), hour=pd.to_numeric(frame["clock"].str.slice(0, 2)))


def test_the_committed_files_are_the_generated_ones(files: dict[str, bytes]) -> None:
    committed = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert sorted(committed) == sorted(files)
    assert [name for name in files if files[name] != committed[name]] == []


def test_the_command_writes_the_same_files_anywhere(files: dict[str, bytes], tmp_path) -> None:
    result = CliRunner().invoke(main, ["--out", str(tmp_path / "exempel")])
    assert result.exit_code == 0, result.output
    assert "26 filer" in result.output
    assert {path.name: path.read_bytes() for path in (tmp_path / "exempel").iterdir()} == files


def test_another_seed_gives_other_figures_but_the_same_truth(files: dict[str, bytes]) -> None:
    other = example.files(world.SEED + 1)
    same = {name for name in files if not name.endswith(".source.toml") and other[name] == files[name]}
    assert same == {"beslut_2024.json", "judgements.csv", "peers.csv", "pledges.csv", "population.csv"}
    first, second = (tomllib.loads(made["facit.toml"].decode()) for made in (files, other))
    assert {key for key in first if first[key] != second[key]} == {"seed"}


def test_the_example_is_small_and_every_file_says_that_it_is_made_up(files: dict[str, bytes]) -> None:
    assert sum(map(len, files.values())) < 1_500_000
    cards = [tomllib.loads(content.decode()) for name, content in files.items() if name.endswith(".source.toml")]
    assert len(cards) == 13
    assert {(card["status"], card["producer"]) for card in cards} == {("exempel", "Exempeldata, påhittad")}
    assert files["facit.toml"].decode().startswith("# EXEMPELDATA")


def test_every_table_but_the_est_list_is_in_the_plain_format(frames: dict[str, pd.DataFrame]) -> None:
    assert set(frames) == set(TABLES) - {"observations"}
    assert all(len(frame) > 0 for frame in frames.values())


def test_every_word_is_one_the_taxonomy_knows(frames: dict[str, pd.DataFrame]) -> None:
    known = taxonomy.load()
    codes = {offence.brottskod: offence.problem_area for offence in world.offences()}
    assert {code: known.area_of_code(code) for code in codes} == codes
    for category in world.categories():
        assert known.area_of_category(category.category) == category.problem_area, category.category
    assert {name for name in UNKNOWN if known.match_category(name) is None} == UNKNOWN
    for row in world.rows("themes"):
        assert known.area_of_theme(row["theme"]) == row["problem_area"], row["theme"]
    for item in world.items():
        assert known.match_item(item.survey, item.item) == item.item
    for table in ("judgements", "pledges"):
        assert set(frames[table]["problem_area"]) <= set(known.area_ids)
    assert list(world.truth()) == list(known.area_ids)
    assert not {code for code in world.kommuner() if code in set(known.kommuner["kommunkod"])}


def test_the_codes_of_an_area_share_its_reports() -> None:
    shares = pd.DataFrame([vars(offence) for offence in world.offences()]).groupby("problem_area")["share"].sum()
    assert shares.drop("").to_numpy() == pytest.approx(1.0)
    assert set(shares.index) == {*world.truth(), ""}


def test_the_total_holds_more_than_the_listed_codes(frames: dict[str, pd.DataFrame]) -> None:
    reported = frames["reported_offences"]
    is_total = reported["offence"].eq(offences.TOTAL)
    by = ["kommunkod", "year"]
    total = reported[is_total].set_index(by)["count"]
    codes = reported[~is_total].groupby(by)["count"].sum()
    assert len(total) == 45
    assert total.gt(codes).all()
    assert (codes / total).between(0.9, 0.98).all()
    own = reported["kommunkod"].eq(world.OWN) & reported["year"].eq(2025)
    assert frames["incidents"]["count"].sum() == reported.loc[own & ~is_total, "count"].sum()


@pytest.mark.parametrize("area", ["skadegorelse", "trafik", "stold", "bedrageri", "brott_mot_naringsliv"])
def test_reported_offences_show_what_was_planted(frames: dict[str, pd.DataFrame], area: str) -> None:
    codes = {offence.brottskod for offence in world.offences() if offence.problem_area == area}
    reported = frames["reported_offences"].query("year >= 2023").loc[lambda frame: frame["offence"].isin(codes)]
    people = frames["population"].query("year >= 2023").groupby("kommunkod")["population"].sum()
    rates = reported.groupby("kommunkod")["count"].sum() / people * 1e5
    seen = world.seen("polisanmalda", area)
    assert seen is not None
    assert math.log(rates[world.OWN] / offences.MEAN_RATE) == pytest.approx(seen.level, abs=0.2)
    peers = rates.drop(world.OWN)
    assert math.log(rates[world.OWN] / peers.mean()) == pytest.approx(seen.comparison, abs=0.25)


def test_what_a_source_cannot_see_is_not_in_it(listed: pd.DataFrame) -> None:
    assert {"vald_nara_relation", "bedrageri"} & set(listed["problem_area"]) == set()
    assert not {item.problem_area for item in world.items()} & {"vald_nara_relation", "brander"}
    assert set(listed["problem_area"]) == set(world.biases()["est"])


def test_the_planted_place_and_time_stand_out(listed: pd.DataFrame, frames: dict[str, pd.DataFrame]) -> None:
    incidents = frames["incidents"]
    codes = {offence.brottskod for offence in world.offences() if offence.problem_area in world.HOT_PROBLEMS}
    hot = listed[listed["problem_area"].isin(world.HOT_PROBLEMS)]
    for gathered in (hot["area"], incidents.loc[incidents["brottskod"].isin(codes), "area"].dropna()):
        counts = gathered.value_counts()
        assert counts.index[0] == world.HOT_AREA
        assert counts.iloc[0] > 1.4 * counts.iloc[1]
    timed = hot.dropna(subset=["hour"])
    weekday = pd.to_datetime(timed["sort_day"]).dt.day_of_week
    cells = timed.groupby([weekday, timed["hour"].astype("int64")]).size().sort_values()
    assert set(cells.index[-2:]) == {(day, world.HOT_HOUR) for day in world.HOT_WEEKDAYS}
    others = listed[~listed["problem_area"].isin(world.HOT_PROBLEMS)]
    assert others["area"].value_counts().index[0] != world.HOT_AREA


def test_one_reporter_is_over_eager_in_one_category(listed: pd.DataFrame) -> None:
    littering = listed[listed["category"].eq("Nedskräpning")]["organisation"].value_counts(normalize=True)
    assert littering.index[0] == "Gata och park"
    assert littering.iloc[0] > 0.5
    assert listed["organisation"].value_counts(normalize=True).iloc[0] < 0.25


def test_the_roster_says_who_was_there(frames: dict[str, pd.DataFrame]) -> None:
    roster = frames["reporting_weeks"].set_index(["organisation", "week"])["status"]
    wrote = {
        (one.organisation, observations.iso(one.sort_day))
        for one in observations.observations(world.SEED)
        if one.category != observations.ZERO_REPORT
    }
    assert set(roster[list(wrote)]) == {"reported"}
    assert int(roster.eq("reported").sum()) == len(wrote)
    assert roster["Skolorna", "2024-W28"] == "missing"
    assert ("Köpmannaföreningen", "2024-W09") not in roster.index
    assert roster.index.get_level_values("organisation").nunique() == 9
    assert (roster.index.get_level_values("week").min(), roster.index.get_level_values("week").max()) == (
        "2023-W27",
        "2025-W52",
    )


def test_the_est_list_is_a_workbook_with_its_own_headings(files: dict[str, bytes]) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["est_2023-2025.xlsx"]))
    assert book.sheet_names == ["2023", "2024", "2025"]
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert all("EXEMPELDATA" in str(rows[0][0]) for rows in sheets.values())
    headings = sheets["2025"][2]
    assert headings[1:4] == ["Datum", "Klockslag", "Rapporterande organisation"]
    rows = [dict(zip(headings, row, strict=True)) for sheet in sheets.values() for row in sheet[3:]]
    assert sum(row["Datum"] == "" for row in rows) == 1
    days = [row["Datum"] for row in rows if row["Datum"]]
    assert str(min(days)) == "2023-07-03"
    assert "2025-12-22" <= str(max(days)) <= "2025-12-28"
    numbers = [row["Nr"] for row in rows]
    assert len(set(numbers)) == len(numbers)
    twins = [row["Dubblett av"] for row in rows if row["Dubblett av"]]
    assert len(twins) > 15
    assert set(twins) <= set(numbers)
    same = pd.DataFrame(rows).drop(columns=["Nr"]).astype("str")
    assert int(same.query("Beskrivning != ''").duplicated().sum()) >= 5


def test_the_workbook_does_not_tell_when_it_was_written(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["est_2023-2025.xlsx"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 5, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2026-01-05T00:00:00Z") == 2


def test_the_surveys_carry_intervals_and_one_suppressed_value(frames: dict[str, pd.DataFrame]) -> None:
    results = frames["survey_results"]
    missing = results[results["missing"].eq("suppressed").fillna(False)]
    assert len(missing) == 1
    assert missing["value"].isna().all()
    told = results.drop(missing.index)
    assert told[["value", "lower", "upper", "n"]].notna().all().all()
    assert {*told["year"]} == {2023, 2025}
    assert {*told["group"]} == {"alla", "kvinnor", "män"}
    answers = frames["survey_answers"]
    people = answers.drop_duplicates("respondent")
    assert len(people) == 400
    assert people["weight"].mean() == pytest.approx(1.0, abs=0.001)
    assert people["weight"].nunique() == people["stratum"].nunique() == 3


def test_the_answer_key_is_the_planted_truth(files: dict[str, bytes]) -> None:
    key = tomllib.loads(files["facit.toml"].decode())
    assert key["top_three"] == ["skadegorelse", "narkotika", "trafik"]
    assert "vald_nara_relation" not in key["bottom_five"]
    assert {area: row["level"] for area, row in key["truth"].items()} == {
        area: true.level for area, true in world.truth().items()
    }
    scores = [row["score"] for row in key["truth"].values()]
    assert scores == sorted(scores, reverse=True)
    assert scores[2] - scores[3] > 10  # clear, yet no other source of the example agrees on everything
    assert facit.score(world.Truth("x", 1.0, 0.0, 0.0)) == pytest.approx(50 + 0.4 * 34.134, abs=0.001)


def test_no_text_looks_like_a_person(files: dict[str, bytes]) -> None:
    texts = [text for category in world.categories() for text in category.descriptions]
    texts += [row["reason"] for row in world.rows("judgements")]
    assert len(texts) > 50
    assert not [text for text in texts if any(letter.isdigit() or letter == "@" for letter in text)]
    capitals = {word for text in texts for word in text.split()[1:] if word[:1].isupper()}
    assert capitals <= {"Mycket", "Många"}
