"""The embedded figures of Östra Skaraborg against the files they were carried over from."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "data/raw/ostra-skaraborg"
CARD_KEYS = {"producer", "title", "published", "fetched", "licence", "status", "sha256", "how"}
KEYS = {
    "total": "Totalt antal brott",
    "person": "3-7 kap. Brott mot person",
    "theft": "8 kap. Stöld, rån m.m.",
    "burglary": "Stöld genom inbrott i bostad",
    "vandalism": "12 kap. Skadegörelsebrott",
    "drugs_weapons": "Narkotikastrafflagen och vapenlagen",
}
NAMES = {
    "1446": "Karlsborg",
    "1447": "Gullspång",
    "1472": "Tibro",
    "1473": "Töreboda",
    "1493": "Mariestad",
    "1496": "Skövde",
    "1497": "Hjo",
    "1498": "Tidaholm",
    "1499": "Falköping",
}


@pytest.fixture(scope="module")
def embedded() -> pd.DataFrame:
    """kommunkod, key, year, count, rate: one row per data row of the embedded file."""
    text = (FOLDER / "bra_sol_ar_1996_2025.txt").read_bytes().decode("latin-1")
    header, *lines = text.splitlines()
    assert header == "Region;Brott;År;Period;Antal;/100 000 inv"
    cells = [line.split(";") for line in lines]
    assert {len(row) for row in cells} == {7}
    assert {(row[2], row[6]) for row in cells} == {("År", "")}
    frame = pd.DataFrame(cells, columns=["region", "label", "literal", "year", "count", "rate", "end"])
    kommunkod = {f"{name} kommun": code for code, name in NAMES.items()}
    key = {label: key for key, label in KEYS.items()}
    return pd.DataFrame(
        {
            "kommunkod": frame["region"].map(kommunkod),
            "key": frame["label"].map(key),
            "year": frame["year"].astype("int64"),
            "count": frame["count"].astype("int64"),
            "rate": frame["rate"].astype("int64"),
        }
    )


@pytest.fixture(scope="module")
def population() -> pd.Series[float]:
    """Mean population by kommunkod and year."""
    frame = pd.read_csv(FOLDER / "population.csv", dtype={"kommunkod": "str"})
    assert not frame.duplicated(["kommunkod", "year"]).any()
    return frame.set_index(["kommunkod", "year"])["population"].astype("float64")


def intervals(figures: pd.DataFrame) -> pd.DataFrame:
    """lower, upper per kommunkod and year: the populations that every count and its rounded rate allow at once."""
    rounding = figures["key"].map(lambda key: 1.0 if key == "drugs_weapons" else 0.5)
    limits = figures.assign(
        lower=figures["count"] / (figures["rate"] + rounding) * 1e5,
        upper=figures["count"] / (figures["rate"] - rounding) * 1e5,
    )
    return limits.groupby(["kommunkod", "year"]).agg(lower=("lower", "max"), upper=("upper", "min"))


def test_every_row_is_known_and_stands_once(embedded: pd.DataFrame) -> None:
    assert len(embedded) == 1619
    assert not embedded.isna().any().any()
    assert not embedded.duplicated(["kommunkod", "key", "year"]).any()
    assert (embedded["year"].min(), embedded["year"].max()) == (1996, 2025)


def test_every_count_and_rate_is_the_origins(embedded: pd.DataFrame, shared: Path) -> None:
    origin = pd.read_csv(
        shared / "data/bra_sol_ostra_skaraborg/bra_crime_annual_1996_2025.csv", sep=";", dtype={"kommun": "str"}
    ).rename(columns={"kommun": "kommunkod", "period": "year"})
    both = embedded.merge(origin, on=["kommunkod", "year", "key"], how="outer", suffixes=("", "_origin"), validate="1:1")
    assert len(both) == 1619
    assert both["count"].eq(both["count_origin"]).all()
    assert both["rate"].eq(both["per100k"]).all()


def test_the_population_is_the_one_that_count_and_rate_imply(embedded: pd.DataFrame, population: pd.Series[float]) -> None:
    limits = intervals(embedded)
    assert len(limits) == 270
    assert (limits["upper"] > limits["lower"]).all()
    assert population.index.sort_values().equals(limits.index)
    # A mean of two year-ends may end in half a person; the file holds whole ones, so half a person outside is allowed.
    outside = (limits["lower"] - population).combine(population - limits["upper"], max)
    assert outside.max() < 0.5, outside[outside >= 0.5]
    fits_a_whole = limits["upper"].floordiv(1) >= limits["lower"]
    assert (outside[fits_a_whole] <= 0).all()
    assert int((~fits_a_whole).sum()) == 35
    middle = (limits["lower"] + limits["upper"]) / 2
    before = population.index.get_level_values("year") < 2025
    assert population[before].eq(middle[before].round()).all()


def test_the_population_of_2025_gives_koladas_rate(embedded: pd.DataFrame, population: pd.Series[float], shared: Path) -> None:
    kolada = pd.read_csv(shared / "data/kolada_kommun/kolada_kommun_2025.csv", dtype={"kommunkod": "str"})
    rate = kolada.set_index("kommunkod")["reported_crime_per_100k"]
    totals = embedded.query("key == 'total' and year == 2025").set_index("kommunkod")["count"]
    for kommunkod, count in totals.items():
        exact = count / rate[kommunkod] * 1e5
        assert abs(population[kommunkod, 2025] - exact) < (0.51 if kommunkod in ("1496", "1498") else 1e-4), kommunkod


def test_the_population_agrees_with_scbs_year_ends(population: pd.Series[float], shared: Path) -> None:
    year_ends = pd.read_csv(shared / "data/kommun_indikatorer_2013/school_fire_cases_1998_2014.csv")
    at = year_ends.set_index(["Municipality", "Year"])["Population"]
    deviations = [
        population[code, year] - (at[name, year - 1] + at[name, year]) / 2
        for code, name in NAMES.items()
        for year in range(1999, 2015)
    ]
    assert len(deviations) == 144
    assert max(map(abs, deviations)) == 2.0
    assert sum(abs(deviation) <= 0.5 for deviation in deviations) == 125


def test_the_totals_are_the_sums_of_braas_months(embedded: pd.DataFrame, shared: Path) -> None:
    months = pd.concat(
        pd.read_csv(path, sep=";", encoding="latin-1", index_col=False, dtype={"År": "str"})
        for path in sorted((shared / "data/bra_databasfil").glob("Databasfil*.txt"))
    )
    totals = months[months["Brott"].eq("Totalt antal brott")]
    summed = totals.groupby(["Region", "År"])["Antal"].agg(["sum", "size"])
    yearly = embedded.query("key == 'total' and 2013 <= year <= 2015").set_index(["kommunkod", "year"])["count"]
    assert len(yearly) == 27
    for (kommunkod, year), count in yearly.items():
        assert tuple(summed.loc[(f"{NAMES[kommunkod]} kommun", str(year))]) == (count, 12), (kommunkod, year)


def test_the_peers_are_the_nine_kommuner() -> None:
    peers = pd.read_csv(FOLDER / "peers.csv", dtype="str")
    assert dict(zip(peers["kommunkod"], peers["peer_group"], strict=True)) == dict.fromkeys(NAMES, "ostra-skaraborg")


@pytest.mark.parametrize("folder", ["ostra-skaraborg", "exempel"])
def test_every_file_has_a_card_that_fits_it(folder: str) -> None:
    files = [
        path for path in sorted((ROOT / "data/raw" / folder).iterdir()) if path.suffix != ".toml" or path.name == "facit.toml"
    ]
    cards = sorted((ROOT / "data/raw" / folder).glob("*.source.toml"))
    assert [f"{path.name}.source.toml" for path in files] == [card.name for card in cards]
    for path, card in zip(files, cards, strict=True):
        content = tomllib.loads(card.read_text("utf-8"))
        assert content.keys() >= CARD_KEYS, card.name
        assert content["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest(), path.name
        assert content["how"], card.name
        assert all(not step.startswith(("/", "C:")) for step in content["how"])
