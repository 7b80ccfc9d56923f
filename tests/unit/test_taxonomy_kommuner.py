"""A kommun is found by its name in every form that files use."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lagesbild import taxonomy
from lagesbild.taxonomy import Taxonomy


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Mariestads kommun", "1493"),
        ("Malung–Sälens kommun", "2023"),
        ("Malung", "2023"),
        ("Tranås kommun ", "0687"),
        ("Borås", "1490"),
        ("Stockholm", "0180"),
        ("Göteborgs stad", "1480"),
        ("Region Gotland", "0980"),
        ("Heby kommun (Uppsala län from 2007)", "0331"),
        ("Heby kommun (Västmanlands län t.o.m. 2006)", "0331"),
        ("Upplands-bro", "0139"),
        ("Dals-ed", "1438"),
        ("Östra göinge", "1256"),
        ("Malmo", "1280"),
        ("Habo", "0643"),
        ("Håbo", "0305"),
        ("1493 Mariestad", "1493"),
        ("1493", "1493"),
        ("1493 Skövde", None),
        ("Hela landet", None),
        ("Region Nord", None),
        ("Västra Götalands län", None),
        ("9999", None),
        ("", None),
        ("s", None),
    ],
)
def test_a_name_gives_its_code(terms: Taxonomy, name: str, code: str | None) -> None:
    assert terms.kommunkod(name) == code


def test_a_code_gives_its_name(terms: Taxonomy) -> None:
    assert terms.kommun_name("1499") == "Falköping"
    with pytest.raises(KeyError):
        terms.kommun_name("0000")


def expected(terms: Taxonomy) -> set[str]:
    return set(terms.kommuner["kommunkod"])


def test_every_name_of_the_monthly_export_resolves(terms: Taxonomy, shared: Path) -> None:
    lines = (shared / "data/bra_databasfil/DatabasfilJan2013.txt").read_text("latin-1").splitlines()[1:]
    names = {line.split(";")[0] for line in lines if ";" in line}
    assert len(names) == 290
    assert {terms.kommunkod(name) for name in names} == expected(terms)


def test_every_genitive_of_the_yearly_export_resolves(terms: Taxonomy, shared: Path) -> None:
    names = pd.read_csv(shared / "data/bra_sol_2021/anmalda_brott.csv", sep=";", encoding="utf-8-sig")["name"]
    assert len(names) == 290
    assert {terms.kommunkod(name) for name in names} == expected(terms)


def test_codes_agree_with_two_other_registers(terms: Taxonomy, shared: Path) -> None:
    kolada = pd.read_csv(shared / "data/kolada_kommun/kolada_kommun_2025.csv", dtype="str")
    assert kolada["kommunkod"].tolist() == [terms.kommunkod(name) for name in kolada["name"]]
    scb = pd.read_csv(shared / "data/scb_kommun/municip_data.csv", encoding="utf-8")
    assert {f"{code:04d}" for code in scb["municip_code"]} == expected(terms)


def test_the_polices_place_names_resolve(terms: Taxonomy, shared: Path) -> None:
    events = pd.read_csv(shared / "data/polisen/polisen_events_vastra_gotaland.csv", usecols=["location_name"])
    names = {name for name in events["location_name"].dropna() if not name.endswith("län")}
    assert {name for name in names if terms.kommunkod(name) is None} == set()
