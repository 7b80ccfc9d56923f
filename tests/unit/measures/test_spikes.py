"""Incredible months: what is one, what is not, and what the year then counts."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.measures.months import as_array, month_counts
from lagesbild.measures.reported import reported
from lagesbild.measures.robust import found_spikes
from lagesbild.measures.spikes import INCREDIBLE, spikes
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

QUIET = [18.0, 21, 23, 19, 22, 17, 20, 24, 16, 21, 19, 20]
NINE = ("1446", "1447", "1472", "1473", "1493", "1496", "1497", "1498", "1499")


def series(years: int = 3, kommuner: int = 4) -> np.ndarray:
    """Quiet months of kommuner of the same size, none the same as another."""
    return np.array([[np.roll(np.tile(QUIET, years), 5 * i)] for i in range(kommuner)])


def test_one_month_at_ten_times_the_level_is_a_spike_and_nothing_else_is() -> None:
    counts = series()
    counts[1, 0, 25] = 200
    found = spikes(counts)
    assert np.argwhere(found.is_spike).tolist() == [[1, 0, 25]]
    assert found.expected[1, 0, 25] == pytest.approx(20, abs=3)
    assert found.lower[1, 0, 25] < 20 < found.upper[1, 0, 25] < 40
    assert found.variance[1, 0, 25] > found.expected[1, 0, 25]  # an ordinary month varies more than chance
    assert (found.expected[~found.is_spike] == counts[~found.is_spike]).all()


def test_a_kommun_without_peers_is_judged_by_its_own_history() -> None:
    counts = series(kommuner=1)
    counts[0, 0, 30] = 200
    assert np.argwhere(spikes(counts).is_spike)[:, 2].tolist() == [30]


@pytest.mark.parametrize("months", [1, 2, 3])
def test_up_to_three_months_are_a_spike(months: int) -> None:
    counts = series()
    counts[0, 0, 14 : 14 + months] = 180
    assert spikes(counts).is_spike[0, 0].sum() == months


@pytest.mark.parametrize("months", [4, 8, 22])
def test_four_months_or_more_are_a_new_level(months: int) -> None:
    counts = series()
    counts[0, 0, 14 : 14 + months] += 160
    assert not spikes(counts).is_spike.any()


def test_what_the_peers_do_too_is_no_spike() -> None:
    counts = series()
    counts[:, 0, 20] *= 8
    assert not spikes(counts).is_spike.any()


def test_the_same_month_every_year_is_a_season() -> None:
    counts = series()
    counts[0, 0, [6, 18, 30]] = (101, 123, 105)  # as Emmaboda's July, where a festival is held
    assert not spikes(counts).is_spike.any()
    counts[0, 0, 18] = 20
    counts[0, 0, 30] = 20
    assert spikes(counts).is_spike.sum() == 1


def test_a_peers_spike_distorts_nobody_elses_expected_month() -> None:
    counts = series()
    counts[0, 0, 20], counts[2, 0, 20] = 200, 900
    found = spikes(counts)
    assert np.argwhere(found.is_spike).tolist() == [[0, 0, 20], [2, 0, 20]]
    assert found.expected[0, 0, 20] == pytest.approx(20, abs=4)


def test_a_few_reports_more_are_no_spike_however_rare() -> None:
    counts = np.zeros((3, 1, 36))
    counts[0, 0, 20] = 9
    assert not spikes(counts).is_spike.any()


def test_what_adds_less_than_a_tenth_to_the_year_is_left() -> None:
    counts = 1000 + np.random.default_rng(1).poisson(20, (3, 1, 36)).astype(float)
    counts[0, 0, 20] += 900
    assert not spikes(counts).is_spike.any()
    counts[0, 0, 20] += 3000
    assert spikes(counts).is_spike.sum() == 1


def test_too_few_months_say_nothing() -> None:
    counts = series()[..., :6]
    counts[0, 0, 3] = 500
    assert not spikes(counts).is_spike.any()
    assert not spikes(np.full((2, 1, 24), np.nan)).is_spike.any()
    assert spikes(np.empty((0, 0, 0))).is_spike.size == 0


def test_the_limit_is_stricter_than_one_in_a_million() -> None:
    assert INCREDIBLE <= 1e-6


MONTHS = ("Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec")
GROUP = "Alkohol- och narkotikabrott"


def monthly(table, changed: dict[tuple[str, int, int], int], group: str = GROUP) -> pd.DataFrame:
    rows = [
        (code, group, year, month, changed.get((code, year, month), 20 + (month * 7 + year + int(code)) % 5))
        for code in ("1493", "1499", "1496")
        for year in (2023, 2024, 2025)
        for month in range(1, 13)
    ]
    return table("reported_offences", ["kommunkod", "offence", "year", "month", "count"], rows)


def tables(table, changed: dict[tuple[str, int, int], int], group: str = GROUP) -> Tables:
    population = [(code, year, 24_000) for code in ("1493", "1499", "1496") for year in (2023, 2024, 2025)]
    peers = table("peers", ["kommunkod", "peer_group"], [(code, "grannar") for code in ("1493", "1499", "1496")])
    return Tables(
        reported_offences=monthly(table, changed, group),
        population=table("population", ["kommunkod", "year", "population"], population),
        peers=peers,
    )


SPIKES = {("1493", 2025, 2): 183, ("1493", 2025, 3): 242, ("1499", 2024, 7): 300}


def test_the_robust_row_stands_beside_the_published_one(table, profile: Profile, taxonomy: Taxonomy) -> None:
    found = reported(tables(table, SPIKES), profile, taxonomy)
    rows = found.rows[found.rows["problem_area"].eq("alkohol_narkotika")]
    published = rows[rows["measure"].eq("reported_rate")].set_index(["role", "year"])["numerator"]
    robust = rows[rows["measure"].eq("reported_robust")].set_index(["role", "year"])
    assert robust.index.tolist() == [("own", 2025), ("peer", 2024), ("peers", 2024)]
    assert published["own", 2025] > 183 + 242
    assert robust.loc[("own", 2025), "numerator"] == pytest.approx(12 * 22, abs=12)
    one = robust.loc[("own", 2025)]
    assert one["value"] == pytest.approx(one["numerator"] / 24_000 * 1e5)
    assert one["lower"] < one["value"] < one["upper"]
    assert one["dispersion"] * one["numerator"] ** 2 > 2 * 20  # the variance of two imputed months


def test_the_doubt_names_the_months_and_what_was_expected(table, profile: Profile, taxonomy: Taxonomy) -> None:
    doubts = {doubt.kind: str(doubt) for doubt in reported(tables(table, SPIKES), profile, taxonomy).doubts}
    told = doubts["toppmanad"].replace("\N{NO-BREAK SPACE}", " ")
    assert told.startswith(
        "anmälda brott, Alkohol- och narkotikabrott (flera områden), Mariestad, 2025: februari (183) och mars (242)"
    )
    assert told.endswith("Rangordningen räknar med det väntade värdet; båda visas.")
    assert "Falköping 2024, juli (300)" in doubts["toppmanad_jamforelse"]


def test_a_police_area_takes_the_spikes_of_its_kommuner(table, police_area: Profile, taxonomy: Taxonomy) -> None:
    rows = reported(tables(table, SPIKES), police_area, taxonomy).rows
    robust = rows[rows["measure"].eq("reported_robust")].set_index("year")["numerator"]
    assert robust.index.tolist() == [2024, 2025]
    assert robust.tolist() == pytest.approx([24 * 22, 24 * 22], abs=20)


def test_the_total_is_never_changed(table, profile: Profile, taxonomy: Taxonomy) -> None:
    found = reported(tables(table, SPIKES, "Totalt antal brott"), profile, taxonomy)
    assert "reported_robust" not in set(found.rows["measure"])


def test_months_that_do_not_add_up_to_the_year_change_nothing(table, profile: Profile, taxonomy: Taxonomy) -> None:
    made = tables(table, SPIKES)
    year = table("reported_offences", ["kommunkod", "offence", "year", "count"], [("1493", GROUP, 2025, 900)])
    both = dataclasses.replace(made, reported_offences=pd.concat([made.reported_offences, year]))
    rows = reported(both, profile, taxonomy).rows
    assert rows.loc[rows["measure"].eq("reported_robust"), "role"].unique().tolist() == ["peer", "peers"]


def databasfil(shared: Path, kommuner: dict[str, str]) -> pd.DataFrame:
    """The monthly files as ``reported_offences`` (the parts that months are made from), those kommuner only."""
    files = sorted((shared / "data" / "bra_databasfil").glob("*.txt"))
    names = ["name", "offence", "year", "month", "count", "rate", "end"]
    read = [pd.read_csv(file, sep=";", encoding="latin-1", header=None, skiprows=1, names=names) for file in files]
    frame = pd.concat(read)
    words = {word: number + 1 for number, word in enumerate(MONTHS)}
    frame = frame.assign(kommunkod=frame["name"].str.removesuffix(" kommun").map(kommuner), month=frame["month"].map(words))
    frame = frame[frame["kommunkod"].notna()].assign(key_type="group", status="final")
    return frame.astype({"kommunkod": "str", "offence": "str", "key_type": "str", "status": "str", "year": "int64"})


def test_the_nine_kommuner_of_ostra_skaraborg_2013_2015(shared: Path, taxonomy: Taxonomy) -> None:
    names = {taxonomy.kommun_name(code): code for code in NINE}
    lines = {"alkohol_narkotika", "valdsbrott", "skadegorelse", "trafik", "stold", "stold_utom_bilbrott"}
    months = month_counts(databasfil(shared, names), dict.fromkeys(lines, "manad"), 2015, taxonomy)
    counts, _, _, first = as_array(months)
    assert (counts.shape, first) == ((9, 6, 36), 2013 * 12)
    years = months.assign(year=months["month"] // 12).groupby(["kommunkod", "line", "year"])["count"].sum().reset_index()
    found = found_spikes(months, years).set_index(["kommunkod", "line", "year", "month"])["count"]
    # Mariestad as the issue tells; Tidaholm's month is one long series too (98 where 5–13 are usual).
    assert found.to_dict() == {
        ("1493", "alkohol_narkotika", 2015, 2): 183,
        ("1493", "alkohol_narkotika", 2015, 3): 242,
        ("1498", "valdsbrott", 2015, 10): 98,
    }
