"""The Databasfil in forms other than a month or a year with both measures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.profile import Profile
from lagesbild.sources import bra_sol
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy

HEADING = "Region;Brott;År;Period;Antal;/100 000 inv\n"
MONTH = HEADING + (
    "Mariestad kommun;Totalt antal brott;2015;Feb;431;1793;\nFalköping kommun;Totalt antal brott;2015;Feb;242;755;\n"
)


@pytest.fixture
def read(profile: Profile, terms: Taxonomy) -> Callable[..., Reading]:
    def reading(text: str) -> Reading:
        file = RawFile(Path("fil.txt"), "fil.txt", text.encode("latin-1"))
        assert bra_sol.recognise(file, profile) is None
        return bra_sol.read(file, profile, terms)

    return reading


def offences(reading: Reading) -> pd.DataFrame:
    return reading.tables["reported_offences"]


QUARTERS = "".join(
    f"Hjo kommun;Totalt antal brott;{year};Kvartal {quarter};{count};{rate};\n"
    for year, quarter, count, rate in [
        ("2025", 1, 100, 1098), ("2025", 2, 120, 1317), ("2025", 3, 90, 988), ("2025", 4, 110, 1207),
        ("2026 prel.", 1, 80, 878), ("2026 prel.", 2, 95, 1043),
    ]
)  # fmt: skip


def test_four_quarters_make_a_year_and_fewer_are_set_aside(read: Callable[..., Reading]) -> None:
    reading = read(HEADING + QUARTERS)
    (row,) = offences(reading).to_dict("records")
    assert (row["year"], row["count"], row["status"]) == (2025, 420, "final")
    assert pd.isna(row["month"])
    assert pd.isna(row["rate_per_100k"])
    assert reading.set_aside == (SetAside("kvartal som inte blir ett helt år", 2),)
    assert (reading.rows_read, reading.rows_used) == (6, 4)
    (doubt,) = reading.doubts
    assert str(doubt) == (
        "fil.txt: 2\N{NO-BREAK SPACE}kvartalssiffror hör till år där inte alla fyra kvartal finns (2026). De är undantagna: en "
        "del av ett år är inte ett år. Hämta de kvartal som saknas, eller hela året."
    )


def test_a_year_that_is_given_goes_before_its_quarters(read: Callable[..., Reading]) -> None:
    reading = read(HEADING + QUARTERS[: QUARTERS.index("Hjo kommun;Totalt antal brott;2026")]
                   + "Hjo kommun;Totalt antal brott;2025;Helår;421;4620;\n")  # fmt: skip
    assert offences(reading)[["count", "rate_per_100k"]].to_numpy().tolist() == [[421, 4620.0]]
    assert reading.set_aside == (SetAside("kvartal i ett år som också står som helår", 4),)


def test_a_repeated_parent_without_figures_does_not_spoil_its_quarters(read: Callable[..., Reading]) -> None:
    echoed = "".join(f"Hjo kommun;Totalt antal brott;2025;Kvartal {quarter};..;..;\n" for quarter in range(1, 5))
    reading = read(HEADING + echoed + QUARTERS)
    assert offences(reading)["count"].tolist() == [420]
    assert set(reading.set_aside) == {
        SetAside("upprepar en rad, utan siffra", 4),
        SetAside("kvartal som inte blir ett helt år", 2),
    }


def test_an_export_of_counts_alone_is_read(read: Callable[..., Reading]) -> None:
    frame = offences(read("Region;Brott;År;Period;Antal\nHjo kommun;Rån;År;2025;7;\nHjo kommun;Mord;År;2025;..;\n"))
    assert frame["count"].tolist() == [7, pd.NA]
    assert frame["rate_per_100k"].isna().all()
    assert frame["missing"].fillna("").tolist() == ["", "suppressed"]


def test_an_export_of_rates_alone_is_doubted(read: Callable[..., Reading]) -> None:
    reading = read("Region;Brott;År;Period;/100&nbsp;000&nbsp;inv\nHjo kommun;Rån;År;2025;1&nbsp;077;\n")
    assert offences(reading)["rate_per_100k"].tolist() == [1077.0]
    assert offences(reading)["count"].isna().all()
    assert [doubt.kind for doubt in reading.doubts] == ["antal_saknas"]


def test_heby_before_and_after_it_changed_län_is_one_kommun(read: Callable[..., Reading]) -> None:
    reading = read(
        HEADING
        + "Heby kommun (Uppsala län from 2007);Rån;År;2006;0;0;\n"
        + "Heby kommun (Uppsala län from 2007);Rån;År;2007;4;29;\n"
        + "Heby kommun (Västmanlands län tom 2006);Rån;År;2006;3;22;\n"
        + "Heby kommun (Västmanlands län tom 2006);Rån;År;2007;0;0;\n"
    )
    assert offences(reading)[["kommunkod", "year", "count"]].to_numpy().tolist() == [["0331", 2007, 4], ["0331", 2006, 3]]
    assert reading.set_aside == (SetAside("upprepar en rad, med noll", 2),)


def test_parts_of_a_city_are_set_aside_and_those_guessed_are_named(read: Callable[..., Reading]) -> None:
    parts = "".join(f"{name};Totalt antal brott;2015;Feb;431;1793;\n" for name in ("Spånga-Tensta", "Nya Stan"))
    reading = read(MONTH + parts)
    assert reading.set_aside == (SetAside("gäller en del av en kommun", 2),)
    (doubt,) = reading.doubts
    assert '"Nya Stan"' in doubt.what
    assert doubt.n_rows == 1


@pytest.mark.parametrize("written", ["2026 prel.", "2026 prel", "2026 preliminär"])
def test_every_spelling_of_a_running_year_is_preliminary(read: Callable[..., Reading], written: str) -> None:
    frame = offences(read(HEADING + f"Hjo kommun;Rån;{written};Jan;7;77;\n"))
    assert frame[["year", "month", "status"]].to_numpy().tolist() == [[2026, 1, "preliminary"]]
