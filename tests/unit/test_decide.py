"""A decision is taken in once, kept for good, and compared with the run it says it was taken on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lagesbild import cli, decide, privacy, sources, taxonomy
from lagesbild.errors import ReportError, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files import folder
from tests.decision import as_bytes, decision, exported

Take = Callable[..., decide.Taken]


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    (tmp_path / "raw").mkdir()
    return Profile(slug="prov", name="Prov", kommunkoder=("1493",), year=2025, raw=tmp_path / "raw", processed=tmp_path / "p")


@pytest.fixture
def take(profile: Profile, tmp_path: Path) -> Take:
    def taking(told: Any) -> decide.Taken:
        path = tmp_path / "fil.json"
        path.write_bytes(told if isinstance(told, bytes) else as_bytes(told))
        return decide.take(profile, path, tmp_path / "reports")

    return taking


def test_it_is_stored_as_it_is_with_a_card_that_holds(take: Take, profile: Profile) -> None:
    taken = take(exported())
    assert taken.is_new
    assert taken.path.read_bytes() == as_bytes(exported())
    assert taken.path.name.startswith("beslut_2025_2026-01-15_")
    assert taken.path.parent == profile.raw
    delivery = sources.read(profile, taxonomy.load())
    assert len(delivery.context.decisions) == 1
    assert delivery.inputs[0].card["title"] == "Beslut om lägesbilden för Prov 2025"
    assert not [doubt for doubt in delivery.doubts if doubt.kind.startswith("kallkort")]
    assert not list(profile.raw.glob(".*"))


def test_the_same_decision_twice_changes_nothing(take: Take, profile: Profile) -> None:
    first = take(exported())
    again = take(as_bytes(exported()).replace(b": ", b":"))  # saved again, spelt otherwise
    assert not again.is_new
    assert again.path == first.path
    assert len(list(profile.raw.iterdir())) == 2


def test_later_days_other_forums_and_other_areas_are_added(take: Take, profile: Profile) -> None:
    take(exported())
    for told in (
        exported(decision(choice="avvakta"), date="2026-03-01"),
        exported(decision(choice="avvakta"), forum="Kommunstyrelsen"),
        exported(decision("narkotika")),
    ):
        assert take(told).is_new
    assert len(sources.read(profile, taxonomy.load()).context.decisions) == 4


def test_two_decisions_of_a_forum_on_one_day_are_refused(take: Take, profile: Profile) -> None:
    take(exported())
    with pytest.raises(SchemaError, match="har redan ett beslut om området den 2026-01-15"):
        take(exported(decision("narkotika"), decision(choice="avvakta")))
    assert len(list(profile.raw.iterdir())) == 2


def test_the_version_is_compared_with_the_run(take: Take, tmp_path: Path) -> None:
    assert take(exported()).version == "okänd"
    run = tmp_path / "reports" / "prov-2025"
    run.mkdir(parents=True)
    (run / "ranking.csv").write_bytes(b"x")
    assert take(exported()).version == "annan"
    own = hashlib.sha256(b"x").hexdigest()
    assert take(exported(ranking_sha256=own, date="2026-02-01")).version == "samma"


def test_personal_data_is_refused_without_being_quoted(take: Take, profile: Profile) -> None:
    told = exported(decision(reason="Ring 070-174 06 05."), roles=["Viggo Lindqvist"])
    with pytest.raises(SchemaError) as caught:
        take(told)
    words = str(caught.value)
    assert len(caught.value.problems) == 2
    assert "beslut 1, fältet reason" in words
    assert "roller" in words
    assert "070" not in words
    assert "Lindqvist" not in words
    assert not list(profile.raw.iterdir())


def test_what_cannot_be_read_or_written_is_told(profile: Profile, tmp_path: Path, take: Take, monkeypatch: Any) -> None:
    with pytest.raises(SourceError, match="filen finns inte"):
        decide.take(profile, tmp_path / "saknas.json", tmp_path)
    with pytest.raises(SourceError, match="går inte att läsa"):
        decide.take(profile, tmp_path, tmp_path)
    with pytest.raises(SourceError, match="större än"):
        take(b" " * 600_000)

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ReportError, match="disken är full"):
        take(exported())
    monkeypatch.undo()
    assert not list(profile.raw.iterdir())
    profile.raw.rmdir()
    with pytest.raises(SourceError, match="mappen för källfiler finns inte"):
        take(exported())


def test_no_checksum_in_a_name_is_taken_for_a_persons_number() -> None:
    names = [
        f"beslut_2025_2026-01-{n % 28 + 1:02d}_{hashlib.sha256(bytes([n % 256, n // 256])).hexdigest()[:8]}.json"
        for n in range(3000)
    ]
    names += [f"beslut_2025_2026-01-15_{digits}.json" for digits in ("85070998", "07017406", "12345678", "19850709")]
    assert [name for name in names if folder._tells_of_a_person(name) or privacy.masked(name, privacy.SURE) != name] == []


def test_the_command_says_what_it_did_and_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "raw").mkdir()
    text = 'name = "Prov"\nkommunkoder = ["1493"]\nyear = 2025\nraw = "raw"\nprocessed = "processed"\nis_example = true\n'
    (tmp_path / "prov.toml").write_text(text, "utf-8")
    (tmp_path / "fil.json").write_bytes(
        as_bytes(exported(is_example=True, weights={"omfattning": 1, "jamforelse": 0, "utveckling": 0}))
    )
    monkeypatch.chdir(tmp_path)
    assert cli.main(["decide", "prov.toml", "fil.json"]) == 0
    out = capsys.readouterr().out
    for said in (
        "EXEMPELDATA",
        "beslut om 1\xa0problemområde.",
        "Sparat: ",
        "ingen rangordning att jämföra med",
        "omfattning 100",
    ):
        assert said in out, out
    (tmp_path / "fil.json").write_bytes(as_bytes(exported()))
    assert cli.main(["decide", "prov.toml", "fil.json"]) == 11
    assert "Beslut om exempeldata och om verkliga uppgifter hålls isär." in capsys.readouterr().err
    assert cli.main(["decide", "prov.toml", "saknas.json"]) == 10
    assert cli.main(["decide", "prov.toml"]) == 2
    assert "lagesbild decide: FIL saknas." in capsys.readouterr().err
