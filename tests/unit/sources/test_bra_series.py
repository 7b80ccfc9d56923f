from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lagesbild import sources
from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import bra_series, bra_sol
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

Put = Callable[..., Path]
Read = Callable[..., Reading]
HEADING = "kommun;period;key;count;per100k;preliminary\n"
ANNUAL = HEADING + "1493;2025;total;2418;9869.0;\n1493;2025;theft;519;2118.0;\n0331;2026;total;900;6400.0;1\n"
QUARTERS = HEADING + "".join(f"1497;2025K{quarter};total;{count};{rate};\n" for quarter, count, rate in [
    (1, 100, 1098.0), (2, 120, 1317.0), (3, 90, 988.0), (4, 110, 1207.0),
])  # fmt: skip


@pytest.fixture
def read(profile: Profile, terms: Taxonomy) -> Read:
    def reading(content: str | bytes) -> Reading:
        data = content if isinstance(content, bytes) else content.encode()
        file = RawFile(Path("serie.csv"), "serie.csv", data)
        assert bra_series.recognise(file, profile) is None
        return bra_series.read(file, profile, terms)

    return reading


def offences(reading: Reading) -> pd.DataFrame:
    return reading.tables["reported_offences"]


def test_years_get_brås_labels_and_their_status(read: Read) -> None:
    reading = read(ANNUAL)
    assert offences(reading)[["kommunkod", "offence", "year", "count", "rate_per_100k", "status"]].to_numpy().tolist() == [
        ["1493", "Totalt antal brott", 2025, 2418, 9869.0, "final"],
        ["1493", "8 kap. Stöld, rån m.m.", 2025, 519, 2118.0, "final"],
        ["0331", "Totalt antal brott", 2026, 900, 6400.0, "preliminary"],
    ]
    assert (reading.rows_read, reading.rows_used, reading.set_aside) == (3, 3, ())


def test_every_key_has_a_label_of_the_taxonomys_years(terms: Taxonomy) -> None:
    labels = terms.offence_groups.loc[terms.offence_groups["era"].eq("ar"), "label"]
    assert set(bra_series.LAYOUT["keys"].values()) <= set(labels)


def test_four_quarters_make_a_year_without_a_rate(read: Read) -> None:
    reading = read(QUARTERS + "1497;2026K1;total;80;870.0;1\n1497;2026K2;total;85;925.0;1\n")
    (row,) = offences(reading).to_dict("records")
    assert (row["kommunkod"], row["year"], row["count"], row["status"]) == ("1497", 2025, 420, "final")
    assert pd.isna(row["rate_per_100k"])
    assert reading.set_aside == (SetAside("kvartal som inte blir ett helt år", 2),)
    assert reading.rows_used == 4
    assert [doubt.kind for doubt in reading.doubts] == ["del_av_ar"]


def test_a_year_with_a_preliminary_quarter_is_preliminary(read: Read) -> None:
    assert offences(read(QUARTERS.replace("110;1207.0;", "110;1207.0;1")))["status"].tolist() == ["preliminary"]


def test_a_workbook_that_lost_its_zeros_is_read(read: Read) -> None:
    header = ["kommun", "period", "key", "count", "per100k", "preliminary"]
    frame = offences(read(workbook(Blad1=[header, [331, 2025, "total", 900, 6400, None]])))
    assert frame[["kommunkod", "year", "count"]].to_numpy().tolist() == [["0331", 2025, 900]]


def test_unknown_keys_are_set_aside_and_named(read: Read) -> None:
    reading = read(ANNUAL + "1493;2025;fraud;100;408.0;\n1493;2024;fraud;90;365.0;\n")
    assert reading.set_aside == (SetAside("har en okänd nyckel", 2),)
    (doubt,) = reading.doubts
    assert doubt.what == '2\N{NO-BREAK SPACE}rader har en okänd nyckel i kolumnen key: "fraud".'
    assert "burglary, drugs_weapons, person, theft, total och vandalism" in doubt.action


def test_every_problem_is_told_at_once(read: Read) -> None:
    text = HEADING + "9999;2025;total;1;2.0;\n1493;2025K5;total;x;9.0;\n1493;2025;;5;20.0;kanske\n1493;2025;total\n"
    with pytest.raises(SourceError) as error:
        read(text)
    told = str(error.value)
    assert 'rad 2, kolumn kommun: "9999" kan inte stå här.' in told
    assert 'rad 3, kolumn period: "2025K5" kan inte stå här. Väntat: ett år eller kvartal' in told
    assert 'rad 3, kolumn count: "x" kan inte stå här.' in told
    assert "rad 4, kolumn key: cellen är tom." in told
    assert 'rad 4, kolumn preliminary: "kanske" kan inte stå här.' in told
    assert "rad 5: raden har inte lika många fält som rubrikerna." in told


def test_other_headings_are_refused(profile: Profile) -> None:
    refusal = bra_series.recognise(RawFile(Path("a.csv"), "a.csv", b"kommun;period;key;count\n1493;2025;total;1\n"), profile)
    assert refusal is not None
    assert refusal.reason == 'rubrikerna är inte "kommun;period;key;count;per100k;preliminary"'


def test_a_year_with_its_rate_goes_before_the_sum_of_its_quarters(profile: Profile, terms: Taxonomy, put: Put) -> None:
    put("a.csv", QUARTERS)
    put("b.csv", HEADING + "1497;2025;total;420;4610.0;\n")
    for marker in ("", "\n", "\n\n"):  # whichever has the lower checksum
        put("a.csv", QUARTERS + marker)
        frame = sources.read(profile, terms).tables.reported_offences
        assert frame[["count", "rate_per_100k"]].to_numpy().tolist() == [[420, 4610.0]]


# The real files --------------------------------------------------------------------------------------------------------------


def real(shared: Path, name: str, read: Read) -> Reading:
    return read((shared / "data/bra_sol_ostra_skaraborg" / name).read_bytes())


def test_the_annual_file_is_the_embedded_one_in_another_layout(
    shared: Path, root: Path, read: Read, profile: Profile, terms: Taxonomy
) -> None:
    reading = real(shared, "bra_crime_annual_1996_2025.csv", read)
    assert (reading.rows_read, reading.rows_used) == (1619, 1619)
    path = root / "data/raw/ostra-skaraborg/bra_sol_ar_1996_2025.txt"
    embedded = bra_sol.read(RawFile(path, path.name, path.read_bytes()), profile, terms).tables["reported_offences"]
    key = ["kommunkod", "offence", "year"]
    frames = [frame.sort_values(key).reset_index(drop=True) for frame in (offences(reading), embedded)]
    pd.testing.assert_frame_equal(*frames)


def test_quarters_add_up_to_the_years_of_the_annual_file(shared: Path, read: Read) -> None:
    """Mariestad's four quarters of 2015 read by hand: 995 + 681 + 666 + 662 = 3004, Brå's figure for the year."""
    reading = real(shared, "bra_crime_quarterly_2014K1_2026K2.csv", read)
    assert (reading.rows_read, reading.rows_used) == (240, 220)
    assert reading.set_aside == (SetAside("kvartal som inte blir ett helt år", 20),)  # 2014K1-K2 and 2026K1-K2, 5 kommuner
    made = offences(reading)
    assert made.loc[made["kommunkod"].eq("1493") & made["year"].eq(2015), "count"].tolist() == [3004]
    years = offences(real(shared, "bra_crime_annual_1996_2025.csv", read))
    both = made.merge(years, on=["kommunkod", "offence", "year"], validate="one_to_one", suffixes=("", "_year"))
    assert len(both) == len(made) == 55
    assert both["count"].eq(both["count_year"]).all()
