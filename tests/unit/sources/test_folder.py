"""What a raw folder may hold: links, pipes, locked and enormous files, names that tell too much."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files import container, folder

Put = Callable[..., Path]


@pytest.fixture
def told(profile: Profile) -> Callable[[], list[str]]:
    """The problems of the raw folder as they are told."""
    return lambda: [str(problem) for problem in folder.read(profile.raw)[1]]


def test_a_path_to_a_file_is_not_told_as_missing(tmp_path: Path) -> None:
    (tmp_path / "bok.xlsx").write_bytes(b"x")
    with pytest.raises(SourceError, match="här ska en mapp finnas, men det är en fil"):
        folder.read(tmp_path / "bok.xlsx")


def test_files_come_by_path_and_what_is_no_source_is_left_out(put: Put, profile: Profile) -> None:
    for name in (
        "b.csv",
        "a/c.csv",
        "README.txt",
        ".git/x.csv",
        "~$b.xlsx",
        "b.csv.source.toml",
        "Thumbs.db",
        "om.md",
        "corrections.toml",
    ):
        put(name, "x")
    files, problems = folder.read(profile.raw)
    assert ([file.name for file in files], problems) == (["a/c.csv", "b.csv"], [])


def test_links_out_of_the_folder_are_refused_by_name(
    put: Put, profile: Profile, told: Callable[[], list[str]], tmp_path: Path
) -> None:
    (tmp_path / "hemligt.csv").write_text("x")
    target = put("inne.csv", "a;b")
    (profile.raw / "ute.csv").symlink_to(tmp_path / "hemligt.csv")
    (profile.raw / "mapp").symlink_to(tmp_path)
    (profile.raw / "borta.csv").symlink_to(tmp_path / "finns_inte")
    (profile.raw / "ring.csv").symlink_to(profile.raw / "ring.csv")
    (profile.raw / "samma.csv").symlink_to(target)
    files, _ = folder.read(profile.raw)
    assert [file.name for file in files] == ["inne.csv", "samma.csv"]
    borta, mapp, ring, ute = told()
    assert borta.startswith("borta.csv: filen går inte att läsa: den pekar på en fil som inte finns.")
    assert mapp.startswith("mapp: det är en länk till något utanför mappen.")
    assert ring.startswith("ring.csv: ")
    assert ute.startswith("ute.csv: det är en länk till något utanför mappen. Lägg själva filen i mappen.")


def test_a_raw_folder_may_itself_be_a_link(put: Put, profile: Profile, tmp_path: Path) -> None:
    put("a.csv", "a;b")
    (tmp_path / "lank").symlink_to(profile.raw)
    assert [file.name for file in folder.read(tmp_path / "lank")[0]] == ["a.csv"]


def test_a_pipe_is_not_waited_for(profile: Profile, told: Callable[[], list[str]]) -> None:
    os.mkfifo(profile.raw / "ror.csv")
    assert told() == ["ror.csv: det är ingen vanlig fil. Ta bort den ur mappen."]


def test_two_gigabytes_are_refused_by_size_before_they_are_read(
    put: Put, profile: Profile, told: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put("stor.csv", "a;b\n")
    os.truncate(path, 2 * 10**9)  # takes no room on the disk
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    (problem,) = told()
    assert problem.replace("\N{NO-BREAK SPACE}", " ") == (
        "stor.csv: filen är 1 907 MB stor. Programmet läser högst 400 MB. "
        "Dela upp den i flera filer, till exempel en per år, med rubrikraden överst i varje."
    )


def test_a_workbook_has_a_lower_limit(put: Put, told: Callable[[], list[str]]) -> None:
    path = put("stor.xlsx", container.ZIP)
    os.truncate(path, container.MOST_WORKBOOK + 1)
    assert "högst 100\N{NO-BREAK SPACE}MB. Dela upp den i flera arbetsböcker" in told()[0]


def test_all_files_together_have_a_limit(put: Put, told: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST_BYTES", 10)
    for name in ("a.csv", "b.csv"):
        put(name, "x" * 6)
    (problem,) = told()
    assert problem.startswith("b.csv: filerna i mappen är tillsammans större än")


def test_a_disk_full_of_files_is_not_read(put: Put, profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST_FILES", 1)
    for name in ("a.csv", "b.csv"):
        put(name, "x")
    with pytest.raises(SourceError, match=r"mappen har 2 filer\. Programmet läser högst 1"):
        folder.read(profile.raw)


def test_a_file_one_may_not_read_is_told(put: Put, told: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    put("last.csv", "x")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert told() == [
        "last.csv: filen går inte att läsa: du har inte rätt att läsa den. Rätta det eller ta bort filen ur mappen."
    ]


@pytest.mark.parametrize(
    "name",
    [
        "est 850709-9805.csv",
        "850709-9805/est.csv",
        "EST från Viggo Lindqvist.csv",
        "est_Viggo_Lindqvist.csv",
        "Viggo Lindqvist/est.csv",
    ],
)
def test_a_name_that_tells_of_a_person_is_refused_without_showing_it(
    put: Put, told: Callable[[], list[str]], name: str
) -> None:
    put(name, "a;b")
    (problem,) = told()
    assert "namnet ser ut att innehålla en personuppgift. Byt namn" in problem
    assert "9805" not in problem
    assert "Lindqvist" not in problem


@pytest.mark.parametrize("name", ["Östersund Norberg 2025.csv", "Karl Johans gata.csv", "Vilhelmina/Nora.csv"])
def test_a_name_of_places_is_read(put: Put, told: Callable[[], list[str]], name: str) -> None:
    put(name, "a;b")
    assert told() == []


def test_a_refused_file_does_not_hide_the_others(put: Put, profile: Profile, tmp_path: Path) -> None:
    put("a.csv", "a;b")
    (profile.raw / "ute.csv").symlink_to(tmp_path)
    files, problems = folder.read(profile.raw)
    assert ([file.name for file in files], [problem.where for problem in problems]) == (["a.csv"], ["ute.csv"])
