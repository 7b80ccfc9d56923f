"""Whom a kommun is compared with: groups that need no file, groups of a file, lists; and what a wrong name is answered."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lagesbild import taxonomy
from lagesbild.errors import ProfileError
from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.peer_groups import chosen_group, other_groups

NEIGHBOURS = pd.DataFrame({"kommunkod": ["1493", "1499", "1496"], "peer_group": "grannar"}, dtype="str")
NOBODY = NEIGHBOURS.iloc[:0]
LEAST = 'name = "Mariestad"\nkommunkoder = ["1493"]\nyear = 2025\nraw = "../raw"\n'
AREA = 'name = "Östra Skaraborg"\nlevel = "police_area"\nkommunkoder = ["1493", "1499", "1447"]\nyear = 2025\nraw = "../raw"\n'


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


def profile(group: object, codes: tuple[str, ...] = ("1493",)) -> Profile:
    level = "kommun" if len(codes) == 1 else "police_area"
    return Profile(
        slug="p", name="P", level=level, kommunkoder=codes, year=2025, raw=Path(), processed=Path(), peer_group=group
    )


def test_every_kommun_has_a_group_of_skr_and_the_sizes_are_those_of_2023(terms: Taxonomy) -> None:
    groups = terms.kommun_groups
    sizes = groups.groupby("skr_group").size().to_dict()
    assert sizes == {"A1": 3, "A2": 43, "B3": 23, "B4": 63, "B5": 24, "C6": 27, "C7": 51, "C8": 35, "C9": 21}
    assert set(groups["kommunkod"]) == set(terms.kommuner["kommunkod"])
    known = dict(zip(groups["kommunkod"], groups["skr_group"], strict=True))
    assert [known[code] for code in ("0180", "1493", "1499", "1447", "1283", "2321")] == ["A1", "C6", "C6", "C7", "B3", "C9"]


def test_the_area_of_a_kommun_is_near_its_land_area(terms: Taxonomy) -> None:
    """Statistics Sweden's land areas, in square kilometres."""
    land = {"0127": 194.15, "0183": 8.69, "0188": 2015.35, "2584": 19_163, "1231": 19, "0186": 30.8}
    known = dict(zip(terms.kommun_land["kommunkod"], terms.kommun_land["km2"], strict=True))
    assert {code: known[code] / km2 for code, km2 in land.items()} == pytest.approx(dict.fromkeys(land, 1.0), abs=0.3)


@pytest.mark.parametrize(
    ("group", "name", "n", "among"),
    [
        ("skr", "kommunerna i SKR:s kommungrupp Mindre stad/tätort (2023)", 26, "1499"),
        ("lan", "kommunerna i Västra Götalands län", 48, "1480"),
        ("grannar", "kommunerna i gruppen grannar", 2, "1496"),
        (("1499", "1493", "0180"), "kommunerna på den egna listan", 2, "0180"),
    ],
)
def test_the_own_kommun_is_never_in_its_group(group: object, name: str, n: int, among: str, terms: Taxonomy) -> None:
    found = chosen_group(profile(group), NEIGHBOURS, terms)
    assert found is not None
    assert (found.name, len(found.members)) == (name, n)
    assert among in found.members
    assert "1493" not in found.members


def test_a_group_of_the_file_goes_before_a_built_in_one(terms: Taxonomy) -> None:
    own_skr = NEIGHBOURS.assign(peer_group="skr").astype("str")
    found = chosen_group(profile("skr"), own_skr, terms)
    assert found is not None
    assert found.members == ("1496", "1499")


def test_an_unknown_group_is_refused_with_the_names_there_are(terms: Taxonomy) -> None:
    with pytest.raises(ProfileError) as error:
        chosen_group(profile("granar"), NEIGHBOURS, terms)
    assert str(error.value.problems[0]) == (
        'p.toml, peer_group: jämförelsegruppen "granar" finns inte för P. Väntat: "grannar", "lan", "narmaste" och "skr", '
        "eller en lista med kommunkoder."
    )


def test_a_group_whose_file_is_not_delivered_is_empty_and_stops_nothing(terms: Taxonomy) -> None:
    found = chosen_group(profile("grannar"), NOBODY, terms)
    assert found is not None
    assert found.members == ()


def test_kommuner_of_several_groups_have_none_in_common(terms: Taxonomy) -> None:
    with pytest.raises(ProfileError, match="ingen gemensam grupp"):
        chosen_group(profile("skr", ("1493", "1447")), NOBODY, terms)


def test_the_other_groups_are_those_the_kommun_belongs_to(terms: Taxonomy) -> None:
    foreign = pd.DataFrame({"kommunkod": ["0180", "1280"], "peer_group": "storstad"}, dtype="str")
    found = other_groups(profile("skr"), pd.concat([NEIGHBOURS, foreign]), terms)
    assert [group.key for group in found] == ["grannar", "lan", "narmaste"]
    assert other_groups(profile(None), NEIGHBOURS, terms) == ()


def load(folder: Path, text: str, *others: str) -> Profile:
    for number, other in enumerate(others):
        (folder / f"lpo-{number}.toml").write_text(other, "utf-8")
    (folder / "mariestad.toml").write_text(text, "utf-8")
    return Profile.load(folder / "mariestad.toml")


def test_the_police_area_is_found_among_the_other_profiles(tmp_path: Path, terms: Taxonomy) -> None:
    text = LEAST + 'peer_group = "polisomrade"\n'
    found = chosen_group(load(tmp_path, text, AREA), NOBODY, terms)
    assert found is not None
    assert found.members == ("1447", "1499")


def test_a_police_area_that_is_not_there_is_told(tmp_path: Path, terms: Taxonomy) -> None:
    text = LEAST + 'peer_group = "polisomrade"\n'
    with pytest.raises(ProfileError, match="ingen profil i samma mapp är ett polisområde"):
        chosen_group(load(tmp_path, text, AREA.replace('"1493", ', "")), NOBODY, terms)


@pytest.mark.parametrize("group", ["[]", "14", '["1499", "1499"]', '["Falköping"]', '""'])
def test_a_list_that_is_no_list_of_kommunkoder_is_refused(group: str, tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as error:
        load(tmp_path, f"{LEAST}peer_group = {group}\n")
    (problem,) = error.value.problems
    assert problem.where == "mariestad.toml, peer_group"
    assert "jämförelsegruppen är varken" in problem.what or "flera gånger" in problem.what


def test_the_police_area_is_not_written_in_the_file(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="police_area: nyckeln skrivs inte i filen"):
        load(tmp_path, f'{LEAST}police_area = ["1499"]\n')
