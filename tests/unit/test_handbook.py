"""The analyst's handbook is whole and true: every doubt and exit code explained, every command, link and name in it there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from lagesbild import errors
from lagesbild.cli.commands import cli
from lagesbild.errors import LagesbildError
from lagesbild.profile import Profile
from lagesbild.report.content.quality import TITLES
from lagesbild.tables import TABLES
from tests.unit.report.test_titles import kinds


@pytest.fixture(scope="module")
def handbook(root: Path) -> str:
    return (root / "docs" / "handbok.md").read_text("utf-8")


@pytest.fixture(scope="module")
def source(root: Path) -> str:
    """All that the package can say, as it is written, long sentences joined."""
    paths = [path for path in sorted((root / "lagesbild").rglob("*")) if path.suffix in {".py", ".j2", ".js"}]
    return re.sub(r'"\s*\n\s*f?"', "", "\n".join(path.read_text("utf-8") for path in paths))


def test_every_kind_of_doubt_is_explained_under_its_heading(root: Path, handbook: str) -> None:
    there = {**TITLES, **{kind: TITLES.get(kind, "") for kind in kinds(root / "lagesbild")}}
    absent = [kind for kind, title in there.items() if f"| {title} (`{kind}`) | " not in handbook]
    assert absent == [], "write a row in docs/handbok.md, chapter 15: what it means and what to do"


def test_no_kind_is_explained_that_there_is_not(handbook: str) -> None:
    told = re.findall(r"^\| [^|]* \(`([a-z_]+)`\) \|", handbook, re.MULTILINE)
    assert len(told) == len(set(told)) > 100
    assert set(told) == set(TITLES)


def test_every_exit_code_is_explained(handbook: str) -> None:
    codes = {one.exit_code for one in vars(errors).values() if isinstance(one, type) and issubclass(one, LagesbildError)}
    assert {1, 2, 10, 14} <= codes
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", handbook.split("## 14. Alla fel", 1)[1], re.MULTILINE)}
    assert told == codes | {0, 130}


def commands(text: str) -> list[list[str]]:
    """Every command line that stands as a block of its own or between backticks."""
    lines = re.findall(r"^    (lagesbild [^\n…]*)$", text, re.MULTILINE) + re.findall(r"`(lagesbild [^`…]*)`", text)
    return [shlex.split(line)[1:] for line in lines]


def test_every_command_is_one_that_the_program_takes(handbook: str) -> None:
    found = commands(handbook)
    assert len(found) > 12
    for words in found:
        if words == ["--help"]:
            continue
        command = cli.commands[words[0]]
        if len(words) > 1 and "--help" not in words:
            command.make_context(words[0], words[1:], parent=cli.make_context("lagesbild", words[:1]))
        else:
            assert command.get_short_help_str()


def test_every_command_of_the_program_is_in_the_handbook(handbook: str) -> None:
    told = {words[0] for words in commands(handbook)}
    assert set(cli.commands) - told <= {"batch"}, "batch is for the one who runs many kommuner"


def test_every_target_of_make_is_there(root: Path, handbook: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"^    make ([a-z-]+)$", handbook, re.MULTILINE)) <= targets


@pytest.mark.parametrize("name", ["handbok", "tillganglighet", "readers-test", "beslut", "kallor", "sekretess"])
def test_every_link_leads_somewhere(root: Path, name: str) -> None:
    path = root / "docs" / f"{name}.md"
    text = path.read_text("utf-8")
    anchors = {slug(title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for link in re.findall(r"\]\(([^)]+)\)", text):
        if link.startswith("#"):
            assert link[1:] in anchors, link
        elif not link.startswith("http"):
            assert (path.parent / link.split("#")[0]).exists(), link


def slug(title: str) -> str:
    """A heading's anchor as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_pictures_are_small_and_have_alt_texts(root: Path, handbook: str) -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", handbook)
    assert len(pictures) >= 3
    for alt, link in pictures:
        assert len(alt) > 40, link
        assert (root / "docs" / link).stat().st_size <= 200_000, link
    assert {Path(link).name for _, link in pictures} == {path.name for path in (root / "docs" / "handbok").iterdir()}


def test_every_table_and_key_it_names_is_there(handbook: str) -> None:
    listed = handbook.split("Tabellerna heter", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"`(\w+)`", listed)) == set(TABLES)
    keys = re.findall(r"^\| `(\w+)` \| ", handbook.split("## 3.", 1)[1].split("## 4.", 1)[0], re.MULTILINE)
    assert len(keys) >= 6
    assert set(keys) <= set(Profile.model_fields)


def test_the_usual_errors_are_worded_as_the_program_words_them(handbook: str, source: str) -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \|$", handbook.split("De vanligaste felen", 1)[1].split("## 15.", 1)[0], re.MULTILINE
    )
    quoted = [row for row in rows if row not in {"Det står", "---"}]
    assert len(quoted) >= 6
    for row in quoted:
        parts = [part.strip() for part in re.split('…|"[^"]*"|Väntat:', row) if len(part.strip()) > 8]
        assert all(part.removesuffix(".") in source for part in parts), row


@pytest.mark.parametrize(
    "words",
    [
        "Pröva andra vikter", "Återställ vikterna", "Forumets bedömning, 0–3", "Roller som skriver under",
        "Spara beslutet som fil", "Skriv ut underskriftsbladet", "Kunskapsluckor", "Uppgifternas kvalitet", "Antal och allvar",
        "Hur känslig är ordningen?", "Tidigare löften", "Anmärkningar",
    ],
)  # fmt: skip
def test_what_it_points_at_is_called_so(handbook: str, source: str, words: str) -> None:
    text = " ".join(handbook.split())
    assert f"*{words}*" in text or f"**{words}**" in text
    assert words in source
