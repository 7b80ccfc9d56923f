"""A profile that is wrong is refused with everything that is wrong; the four profiles of the project are right."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from pydantic import ValidationError

from lagesbild.errors import ProfileError
from lagesbild.profile import Profile, profile_named

LEAST = 'name = "Mariestad"\nkommunkoder = ["1493"]\nyear = 2025\nraw = "../raw"\n'


def load(tmp_path: Path, text: str) -> Profile:
    path = tmp_path / "mariestad.toml"
    path.write_text(text, "utf-8")
    return Profile.load(path)


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ProfileError) as error:
        load(tmp_path, text)
    return [str(problem) for problem in error.value.problems]


def test_the_least_profile_has_the_defaults(tmp_path: Path) -> None:
    profile = load(tmp_path, LEAST)
    assert (profile.slug, profile.level, profile.pledge_slots, profile.seed, profile.draws) == (
        "mariestad",
        "kommun",
        3,
        20250101,
        10000,
    )
    assert dict(profile.weights) == {"omfattning": 0.40, "jamforelse": 0.35, "utveckling": 0.25}
    assert profile.raw == (tmp_path / "../raw").resolve()
    assert profile.peer_group is None
    assert not profile.is_example


@pytest.mark.parametrize(
    ("name", "kommuner", "group", "is_example"),
    [
        ("mariestad", 1, "ostra-skaraborg", False),
        ("falkoping", 1, "ostra-skaraborg", False),
        ("ostra-skaraborg", 9, None, False),
        ("exempelby", 1, "exempel", True),
    ],
)
def test_the_projects_own_profiles(root: Path, name: str, kommuner: int, group: str | None, is_example: bool) -> None:
    profile = profile_named(name, root / "notebooks")
    assert (len(profile.kommunkoder), profile.peer_group, profile.is_example, profile.year) == (
        kommuner,
        group,
        is_example,
        2025,
    )
    assert profile.is_police_area == (kommuner > 1)
    assert profile.raw.parent == root / "data" / "raw"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('peer_grup = "x"', 'mariestad.toml, peer_grup: nyckeln är okänd. Närmaste kända nyckel är "peer_group".'),
        ("[weights]\nomfatning = 0.4", 'weights.omfatning: nyckeln är okänd. Närmaste kända nyckel är "omfattning".'),
        ('[est]\ncolumn = "x"', 'est.column: nyckeln är okänd. Närmaste kända nyckel är "columns".'),
        ("[weights]\nseed = 3", "weights.seed: nyckeln är okänd. Flytta den till filens början, före första avsnittet."),
        ("omfattning = 0.3", "omfattning: nyckeln är okänd. Flytta den till avsnittet [weights]."),
        ('slug = "x"', "slug: nyckeln skrivs inte i filen. Väntat: filens namn."),
        ("[weights]\nomfattning = 0.5", "weights.utveckling: vikterna blir tillsammans 1,10 men ska bli 1."),
        ("seed = true", "seed: true är inget heltal."),
        ("[severity]\nuse = 1", "severity.use: 1 är varken ja eller nej."),
        ("[severity.classes]\nran = 6", "severity.classes.ran: 6 är för stort. Väntat: högst 5."),
        ("[severity.harm]\nran = 0", "severity.harm.ran: 0 är för litet. Väntat: mer än 0."),
        ("[severity.harm]\nran = 1\n[severity.classes]\nran = 1", "ange antingen [severity.harm] eller [severity.classes]"),
        ("[weights]\nutveckling = 0.15\nallvar = 0.1", "allvar räknas inte med. Skriv use = true i [severity]"),
        ("[weights]\nutveckling = 0.25\n[severity]\nuse = true", "severity: allvar ska räknas med men har ingen vikt."),
        ("[weights]\nallvar = 0.1\n[severity]\nuse = true", "weights.utveckling: vikterna blir tillsammans 1,10 men"),
    ],
)
def test_one_thing_wrong(tmp_path: Path, lines: str, said: str) -> None:
    assert said in "\n".join(problems(tmp_path, LEAST + lines))


@pytest.mark.parametrize(
    ("level", "codes", "said"),
    [
        ("kommun", '["1493", "1499"]', "en kommun har en kommunkod, här står två"),
        ("kommun", "[]", "en kommun har en kommunkod, här står noll"),
        ("police_area", '["1493"]', "ett polisområde har minst två kommuner"),
        ("police_area", '["1493", "1493"]', "samma kommunkod står flera gånger"),
        ("kommun", '["149"]', '"149" kan inte användas. Väntat: fyra siffror, till exempel "1493".'),
        ("kommun", "[1493]", "1493 är ingen text."),
        ("kommun", '"1493"', '"1493" är ingen lista.'),
        ("lan", '["1493"]', '"lan" finns inte.'),
    ],
)
def test_kommuner_must_fit_the_level(tmp_path: Path, level: str, codes: str, said: str) -> None:
    text = f'name = "A"\nlevel = "{level}"\nkommunkoder = {codes}\nyear = 2025\nraw = "x"\n'
    assert said in "\n".join(problems(tmp_path, text))


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    said = problems(tmp_path, 'nam = "A"\nyear = "2025"\nkommunkoder = ["14"]\ndraws = 10\n[weights]\nutveckling = 2\n')
    assert len(said) == 7  # name and raw absent, nam unknown, year, code, draws and weight unusable
    assert all(problem.startswith("mariestad.toml, ") for problem in said)


def test_severity_brings_its_own_weights(tmp_path: Path) -> None:
    profile = load(tmp_path, LEAST + "[severity]\nuse = true\n")
    assert dict(profile.weights) == {"omfattning": 0.35, "jamforelse": 0.25, "utveckling": 0.20, "allvar": 0.20}
    assert profile.for_year(2024).weights == profile.weights
    own = load(tmp_path, LEAST + "[weights]\nomfattning = 0.3\njamforelse = 0.3\nallvar = 0.15\n[severity]\nuse = true\n")
    assert list(dict(own.weights).items())[-2:] == [("utveckling", 0.25), ("allvar", 0.15)]


def test_broken_toml_says_where(tmp_path: Path) -> None:
    assert problems(tmp_path, 'name = "A"\nnivå = 1\n')[0].startswith(
        "mariestad.toml, rad 2, tecken 4: raden går inte att läsa."
    )


def test_an_absent_profile_names_the_nearest(tmp_path: Path) -> None:
    load(tmp_path, LEAST)
    with pytest.raises(ProfileError, match=r"Menade du mariestad\.toml\?"):
        Profile.load(tmp_path / "mariested.toml")
    with pytest.raises(ProfileError, match="mappen profiles finns varken här"):
        profile_named("mariestad", tmp_path)


def test_another_year_changes_only_the_year(tmp_path: Path) -> None:
    profile = load(tmp_path, LEAST)
    earlier = profile.for_year(2022)
    assert earlier.year == 2022
    assert earlier.for_year(2025) == profile
    with pytest.raises(ProfileError, match="1900 är för litet"):
        profile.for_year(1900)


def test_a_profile_is_frozen_and_travels_to_a_worker(tmp_path: Path) -> None:
    profile = load(tmp_path, LEAST)
    with pytest.raises(ValidationError):
        profile.year = 2020  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(profile)) == profile


def test_a_name_is_text_not_markup(tmp_path: Path) -> None:
    assert "<b>" not in load(tmp_path, LEAST.replace("Mariestad", "<b>M</b>"))._repr_html_()


def test_a_police_area_is_written_small_inside_a_sentence(root: Path) -> None:
    assert Profile.load(root / "profiles" / "ostra-skaraborg.toml").place == "lokalpolisområde Östra Skaraborg"
    assert Profile.load(root / "profiles" / "mariestad.toml").place == "Mariestad"
