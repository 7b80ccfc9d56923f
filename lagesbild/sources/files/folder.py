"""The files of a raw folder: which are sources, and which are refused before a byte of them is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from lagesbild import privacy, swedish
from lagesbild.errors import Problem, SourceError
from lagesbild.privacy import names as persons
from lagesbild.sources.card import SUFFIX
from lagesbild.sources.files import container
from lagesbild.sources.files.file import RawFile

#: A raw folder holds a kommun's files, not a whole disk.
MOST_FILES, MOST_BYTES = 2_000, 2 * 2**30
_WHAT_TO_PUT_THERE = (
    "Lägg till exempel Brås Databasfil, en folkmängdstabell, EST-listan eller en ifylld mall där (lagesbild template TABELL)."
)
_NOT_A_SOURCE = ("corrections.toml", "facit.toml", "thumbs.db", "desktop.ini")
#: What a name may not hold; three letters and three digits are more often a file's number than a car's.
_PERSONAL = ("personnummer", "telefonnummer", "e-postadress")
_REMOVE = "Ta bort den ur mappen."


def read(folder: Path) -> tuple[list[RawFile], list[Problem]]:
    """The source files below the folder, by path, and a problem for each that is refused: a link out of the folder, too large,
    not to be read, named after a person.

    Raises SourceError for a folder that is missing, is a file, or has no files.
    """
    if not folder.is_dir():
        is_file = folder.exists()
        what = "här ska en mapp finnas, men det är en fil." if is_file else "mappen finns inte."
        action = "Ange mappen som filen ligger i (raw i profilen)." if is_file else f"Skapa den. {_WHAT_TO_PUT_THERE}"
        raise SourceError(Problem(str(folder), what, action=action))
    problems: list[Problem] = []
    paths = {name: path for name, path in _paths(folder, problems) if is_source(name)}
    if not paths and not problems:
        raise SourceError(Problem(str(folder), "mappen är tom: det finns inga källfiler.", action=_WHAT_TO_PUT_THERE))
    if len(paths) > MOST_FILES:
        what = f"mappen har {swedish.number(len(paths))} filer. Programmet läser högst {swedish.number(MOST_FILES)}."
        raise SourceError(Problem(str(folder), what, action="Kontrollera att profilen anger rätt mapp (raw)."))
    root = folder.resolve()
    files: list[RawFile] = []
    n_bytes = 0
    for name, path in sorted(paths.items()):
        found = _file(root, path, name, MOST_BYTES - n_bytes)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            files.append(found)
            n_bytes += len(found.data)
    return files, problems


def is_source(name: str) -> bool:
    """Cards, explanations, hidden files and the lock files of open spreadsheets are no sources."""
    *folders, last = name.lower().split("/")
    is_hidden = any(part.startswith(".") for part in (*folders, last))
    is_lock = last.startswith(("~$", ".~lock"))
    is_text_about = last.startswith("readme") or last.endswith((".md", SUFFIX)) or last in _NOT_A_SOURCE
    return not (is_hidden or is_lock or is_text_about)


def _paths(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Everything below the folder that is no folder itself, by its path there; links to folders are not followed."""

    def unreadable(error: OSError) -> None:
        name = Path(error.filename).relative_to(folder).as_posix() if error.filename else str(folder)
        problems.append(
            Problem(privacy.masked(name), f"mappen går inte att läsa: {_reason(error)}.", action="Ge dig rätt att läsa den.")
        )

    for base, names, files in os.walk(folder, onerror=unreadable):
        names.sort()
        names[:] = [name for name in names if not name.startswith(".")]
        links = [name for name in names if (Path(base) / name).is_symlink()]
        for name in (*files, *links):
            path = Path(base) / name
            yield path.relative_to(folder).as_posix(), path


def _file(root: Path, path: Path, name: str, n_left: int) -> RawFile | Problem:
    """The file, or why it is refused."""
    shown = privacy.masked(name)
    if _tells_of_a_person(name):
        action = "Byt namn på filen eller mappen, så att namnet inte följer med till rapporten."
        return Problem(privacy.masked(_plain(name)), "namnet ser ut att innehålla en personuppgift.", action=action)
    try:
        target = path.resolve(strict=True)
        if not target.is_relative_to(root):
            return Problem(shown, "det är en länk till något utanför mappen.", action="Lägg själva filen i mappen.")
        status = target.stat()
        if stat.S_ISDIR(status.st_mode):
            return Problem(shown, "det är en länk till en mapp.", action="Lägg själva filerna i mappen.")
        if not stat.S_ISREG(status.st_mode):
            return Problem(shown, "det är ingen vanlig fil.", action=_REMOVE)
        if trouble := container.by_size(status.st_size, b""):
            return Problem(shown, trouble.what, action=trouble.action)
        with target.open("rb") as opened:
            start = opened.read(8)
            if trouble := container.by_size(status.st_size, start):
                return Problem(shown, trouble.what, action=trouble.action)
            if status.st_size > n_left:
                most = swedish.number(MOST_BYTES / 2**30)
                what = f"filerna i mappen är tillsammans större än {most}{swedish.NBSP}GB."
                return Problem(shown, what, action="Dela upp dem på flera mappar, eller ta bort äldre år.")
            data = start + opened.read(status.st_size)
    except OSError as error:
        return Problem(shown, f"filen går inte att läsa: {_reason(error)}.", action="Rätta det eller ta bort filen ur mappen.")
    except RuntimeError:  # older versions of Python raise this for links in a circle
        return Problem(shown, "länken leder tillbaka till sig själv.", action=_REMOVE)
    return RawFile(path, name, data)


def _tells_of_a_person(name: str) -> bool:
    """Whether a path holds an identity number, a telephone number, an address, or a given name with a surname."""
    plain = _plain(name)
    return any(hit.kind in _PERSONAL for hit in privacy.find(name)) or any(
        hit.kind == "namn" and persons.is_whole(plain[hit.start : hit.end]) for hit in privacy.find(plain)
    )


def _plain(name: str) -> str:
    """A path as words."""
    return name.replace("_", " ").replace("/", " / ")


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "du har inte rätt att läsa den"
    if isinstance(error, FileNotFoundError):
        return "den pekar på en fil som inte finns" if error.filename else "den finns inte"
    return f"operativsystemet svarade med fel {error.errno or type(error).__name__}"
