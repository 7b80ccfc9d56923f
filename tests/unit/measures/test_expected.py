from __future__ import annotations

import pandas as pd
import pytest

from lagesbild.measures.reported import reported
from lagesbild.profile import Profile
from lagesbild.report.narrative import reported as said
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

DAMAGE = "12 kap. Skadegörelsebrott"
FRAUD = "9 kap. Bedrägeri och annan oredlighet"
CODES = ("1493", "1499", "1496")


def delivered(table, label: str, years: range, status: str = "final", months: bool = False) -> Tables:
    """Three kommuner with 240 reports a year (20 a month) and 1 per cent more people each year."""
    rows = [
        (code, label, year, month, 20 if months else 240, status if year == years[-1] else "final")
        for code in CODES
        for year in years
        for month in (range(1, 13) if months else [pd.NA])
    ]
    columns = ["kommunkod", "offence", "year", "month", "count", "status"]
    people = [(code, year, round(24_000 * 1.01 ** (year - 2020))) for code in CODES for year in years]
    return Tables(
        reported_offences=table("reported_offences", columns, rows),
        population=table("population", ["kommunkod", "year", "population"], people),
        peers=table("peers", ["kommunkod", "peer_group"], [(code, "grannar") for code in CODES]),
    )


def ahead(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> pd.DataFrame:
    rows = reported(tables, profile, taxonomy).rows
    return rows[rows["measure"].eq("reported_expected")].set_index("year")


def test_the_last_final_year_and_the_next_are_expected(table, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = ahead(delivered(table, DAMAGE, range(2021, 2026)), profile, taxonomy)
    assert rows.index.tolist() == [2025, 2026]
    assert rows["numerator"].tolist() == pytest.approx([240, 240], rel=0.03)
    assert rows.loc[2026, "denominator"] == pytest.approx(24_000 * 1.01**6, rel=1e-4)
    counts = rows["lower"] * rows["denominator"] / 100_000
    assert counts.tolist() == pytest.approx(counts.round().tolist())
    assert (rows["lower"] < rows["value"]).all()
    assert rows["is_published"].all()
    assert set(rows["role"]) == {"own"}


def test_a_preliminary_year_is_expected_but_expects_nothing(table, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = ahead(delivered(table, DAMAGE, range(2021, 2026), "preliminary"), profile, taxonomy)
    assert rows.index.tolist() == [2024, 2025]


def test_months_are_history_where_they_are_delivered(table, profile: Profile, taxonomy: Taxonomy) -> None:
    label = "Skadegörelsebrott (inkl. mordbrand)"
    rows = ahead(delivered(table, label, range(2023, 2026), months=True), profile, taxonomy)
    assert rows.index.tolist() == [2025, 2026]
    assert rows["numerator"].tolist() == pytest.approx([240, 240], rel=0.03)


def test_a_declared_break_ends_the_history(table, profile: Profile, taxonomy: Taxonomy) -> None:
    # New codes of fraud from 2019: nothing lets expect 2019, and 2020 follows from 2019 alone.
    before = ahead(delivered(table, FRAUD, range(2014, 2020)), profile.for_year(2019), taxonomy)
    assert before.index.tolist() == [2020]


def test_a_police_area_is_expected_as_one(table, police_area: Profile, taxonomy: Taxonomy) -> None:
    rows = ahead(delivered(table, DAMAGE, range(2021, 2026)), police_area, taxonomy)
    assert rows["numerator"].tolist() == pytest.approx([480, 480], rel=0.03)
    assert set(rows["geography"]) == {police_area.slug}


def test_one_year_alone_lets_expect_only_the_next(table, profile: Profile, taxonomy: Taxonomy) -> None:
    assert ahead(delivered(table, DAMAGE, range(2025, 2026)), profile, taxonomy).index.tolist() == [2026]


@pytest.mark.parametrize(("count", "where"), [(160, "inom"), (263, "inom"), (264, "över"), (159, "under")])
def test_the_sentence_says_on_which_side_the_year_lies(count: int, where: str) -> None:
    sentence = said.expected(count, 160, 263, 2025)
    assert f"ligger {where} det väntade intervallet: åren före lät vänta 160–263 anmälningar." in sentence
    assert ("vart femte" in sentence) == (where != "inom")
    assert said.expected(count, 160, 263, 2025, preliminary=True).startswith("Det preliminära utfallet 2025")
