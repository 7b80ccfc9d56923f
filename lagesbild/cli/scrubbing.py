"""What ``scrub`` does and prints: a clean copy, what was taken out of it by column and kind, and what to do next."""

from __future__ import annotations

from pathlib import Path

from lagesbild import privacy, swedish
from lagesbild.cli.screen import Screen
from lagesbild.errors import Problem, ReportError, SourceError, UsageError, reason
from lagesbild.sources import RawFile
from lagesbild.sources import scrub as source_scrub

_HEADINGS = ("Blad", "Kolumn", "Celler", "Slag")


def scrub(screen: Screen, path: Path, out: Path | None) -> None:
    """Write the clean copy, unless there is nothing to take out.

    Raises SourceError for a file that cannot be read or cleaned, UsageError where the copy would overwrite a file, ReportError
    where it cannot be written.
    """
    target = out or source_scrub.default_name(path)
    shown = privacy.masked(str(path), privacy.SURE)
    if target.exists():
        where = privacy.masked(str(target), privacy.SURE)
        raise UsageError(Problem(where, "filen finns redan och skrivs inte över.", action="Ange ett annat namn med --out."))
    try:
        data = path.read_bytes()
    except OSError as error:
        what = "filen finns inte." if isinstance(error, FileNotFoundError) else "filen går inte att läsa."
        raise SourceError(Problem(shown, what, action="Kontrollera sökvägen.")) from error
    clean = source_scrub.scrubbed(RawFile(path, privacy.masked(path.name, privacy.SURE), data))
    if not clean.removed:
        screen.line("Inga personuppgifter hittades. Ingen kopia skrevs.")
        return
    try:
        with target.open("xb") as copy:
            copy.write(clean.data)
    except OSError as error:
        raise ReportError(Problem(str(target), f"filen kunde inte skrivas: {reason(error)}.")) from error
    _show(screen, clean)
    screen.line(f"Klart: {target}")


def _show(screen: Screen, clean: source_scrub.Scrubbed) -> None:
    """What was taken out, and what that leaves to do."""
    screen.heading("Borttaget")
    rows = [
        (
            one.sheet,
            one.column,
            swedish.number(one.n_cells),
            swedish.listing([f"{kind} i {swedish.number(one.kinds[kind])}" for kind in privacy.KINDS if one.kinds.get(kind)]),
        )
        for one in clean.removed
    ]
    screen.table(_HEADINGS, rows, right=(2,))
    screen.line()
    if clean.lost:
        screen.line(f"Kan saknas i kopian: {swedish.listing(clean.lost)}.")
    screen.line("Läs igenom kopian: sökningen hittar inte allt.")
    screen.line("Byt sedan ut originalet mot kopian, och skriv ett nytt källkort om filen har ett.")
