"""Kolada's list of groups gives the own kommun's similar kommuner, one group a theme, the newest that was known then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import kolada, kolada_groups
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.peer_groups import chosen_group

SOCIO = "Liknande kommuner socioekonomi, Mariestad, 2024"


def group(title: str, *codes: str, number: str = "G1") -> dict[str, object]:
    return {"id": number, "title": title, "members": [{"member_id": code, "member_title": "x"} for code in codes]}


def file(*groups: dict[str, object]) -> RawFile:
    return RawFile(Path("k"), "k.json", json.dumps({"count": len(groups), "values": groups}, ensure_ascii=False).encode())


def read(profile: Profile, terms: Taxonomy, *groups: dict[str, object]) -> Reading:
    assert kolada_groups.recognise(file(*groups), profile) is None
    assert kolada.recognise(file(*groups), profile) is not None
    reading = kolada_groups.read(file(*groups), profile, terms)
    assert reading.n_lost == 0
    return reading


def peers(reading: Reading) -> list[tuple[str, str]]:
    return list(reading.tables["peers"].itertuples(index=False, name=None)) if reading.tables else []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (SOCIO, "liknande-socioekonomi"),
        ("Liknande kommuner, övergripande, Mariestad, 2025", "liknande-övergripande"),
        ("Liknande kommuner individ och familj, Mariestad", "liknande-individ-och-familj"),
    ],
)
def test_a_group_is_called_by_its_theme_and_holds_the_own(title: str, name: str, profile: Profile, terms: Taxonomy) -> None:
    assert peers(read(profile, terms, group(title, "1494", "0483"))) == [("0483", name), ("1493", name), ("1494", name)]


def test_the_newest_group_of_a_theme_is_used_and_the_others_are_counted(profile: Profile, terms: Taxonomy) -> None:
    reading = read(
        profile,
        terms,
        group(SOCIO.replace("2024", "2022"), "1496"),
        group(SOCIO, "1494"),
        group(SOCIO.replace("2024", "2026"), "1499"),
        group(SOCIO.replace("Mariestad", "Höör"), "1499"),
        group("Större stad", "0180"),
    )
    assert [code for code, _ in peers(reading)] == ["1493", "1494"]
    assert set(reading.set_aside) == {
        SetAside("det finns en nyare grupp för samma område", 1),
        SetAside("är senare än rapportåret", 1),
        SetAside("gäller en annan kommun", 1),
        SetAside("är ingen grupp av liknande kommuner", 1),
    }


def test_the_group_can_be_chosen_in_the_profile(profile: Profile, terms: Taxonomy) -> None:
    table = read(profile, terms, group(SOCIO, "1494", "0483")).tables["peers"]
    found = chosen_group(profile.model_copy(update={"peer_group": "liknande-socioekonomi"}), table, terms)
    assert found is not None
    assert (found.name, found.members) == ("Koladas liknande kommuner (socioekonomi)", ("0483", "1494"))


@pytest.mark.parametrize("codes", [("1494", "9999"), ("",), ()])
def test_a_member_that_is_no_kommun_stops_the_file(codes: tuple[str, ...], profile: Profile, terms: Taxonomy) -> None:
    with pytest.raises(SourceError, match=r"k\.json, grupp 1: en medlem är ingen kommunkod"):
        kolada_groups.read(file(group(SOCIO, *codes)), profile, terms)


@pytest.mark.parametrize("text", ['{"values": [{"title": "x", "members": [', '{"values": {"members": []}}'])
def test_a_broken_answer_stops_the_file(text: str, profile: Profile, terms: Taxonomy) -> None:
    broken = RawFile(Path("k"), "k.json", text.encode())
    assert kolada_groups.recognise(broken, profile) is None
    with pytest.raises(SourceError):
        kolada_groups.read(broken, profile, terms)
