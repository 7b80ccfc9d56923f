"""What ``check`` prints: one table per source, what was set aside and why, the doubts; and the list of them that it writes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from lagesbild import checklist, measures, swedish, taxonomy
from lagesbild.cli import duplicates
from lagesbild.cli.findings import show_label
from lagesbild.cli.screen import Screen
from lagesbild.errors import Doubt, Place, Problem, ReportError, reason
from lagesbild.profile import Profile
from lagesbild.report.file_series import file_series, told
from lagesbild.report.grouping import told_once
from lagesbild.report.lagesbild import EXAMPLE_LABEL
from lagesbild.sources.card import SUFFIX
from lagesbild.sources.inspection import Inspected, Inspection
from lagesbild.tables import CONTEXT, TABLES

_HEADINGS = ("Fil", "Rader", "Undantagna", "Period", "Status", "Tveksamheter")


def show(screen: Screen, profile: Profile, inspection: Inspection) -> None:
    """Every file below its source, the rows set aside by reason, the tables and the doubts; errors are not printed here."""
    show_label(screen, profile)
    read = sorted((one for one in inspection.files if not one.problems), key=lambda one: (one.reader, one.path))
    for reader, files in groupby(read, key=lambda one: one.reader):
        screen.heading(swedish.capital(reader))
        rows = [_line(same, inspection.doubts) for same in file_series(files, lambda one: one.path, lambda one: one.status)]
        screen.table(_HEADINGS, rows, right=(1, 2, 5))
    if stopped := [one for one in inspection.files if one.problems]:
        screen.heading("Går inte att läsa in")
        lines = [(one.path, one.reader or "okänd", swedish.number(len(one.problems))) for one in stopped]
        screen.table(("Fil", "Känns igen som", "Fel"), lines, right=(2,))
    _show_set_aside(screen, inspection.files)
    if inspection.delivery:
        screen.heading("Tabeller")
        frames = [*inspection.delivery.tables.items(), *inspection.delivery.context.items()]
        about = {name: table.about for name, table in {**TABLES, **CONTEXT}.items()}
        rows = [(name, about[name], swedish.number(len(frame))) for name, frame in frames if len(frame) or name in TABLES]
        screen.table(("Tabell", "Innehåll", "Rader"), rows, right=(2,))
        if effort := measures.reporting_table(inspection.delivery.tables, profile, taxonomy.load()):
            screen.heading("Så kom EST-listan till")
            screen.table(("Vad", "Hur mycket"), effort)
    _show_doubts(screen, inspection)


def write_checklist(profile: Profile, inspection: Inspection, out: Path) -> Path:
    """``kallkontroll.xlsx`` with every error and doubt, in a folder of its own below ``out``. Raises ReportError."""
    title = f"Källkontroll för {profile.place} {profile.year}"
    rows = checklist.findings(inspection.problems, inspection.doubts)
    return write(_folder(profile, out) / checklist.FILE, checklist.checklist(rows, title, _label(profile)))


def write_duplicates(profile: Profile, inspection: Inspection, out: Path) -> Path | None:
    """``dubbletter.xlsx`` beside the checklist where observations may be one event; answers already given in it are kept.

    None where there is nothing to ask, or where the file that stands there cannot be read. Raises ReportError.
    """
    pairs = inspection.delivery.duplicates if inspection.delivery else None
    path = duplicates.path_of(_folder(profile, out))
    content = None if pairs is None or pairs.empty else duplicates.offered(pairs, path, profile)
    return write(path, content) if content else None


def write_cards(profile: Profile, inspection: Inspection) -> list[Path]:
    """A source card to fill in beside every file that was read and has none; one that is there is never touched."""
    new = {profile.raw / f"{one.path}{SUFFIX}": one.new_card for one in inspection.files if one.new_card}
    return [write(path, text.encode()) for path, text in new.items() if not path.exists()]


def write(path: Path, content: bytes) -> Path:
    """The bytes at the path, its folder made where there is none. Raises ReportError where the disk refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise ReportError(Problem(str(path), f"filen kunde inte skrivas: {reason(error)}.")) from error
    return path


def _folder(profile: Profile, out: Path) -> Path:
    return out / f"{profile.slug}-{profile.year}-kontroll"


def _label(profile: Profile) -> str:
    return EXAMPLE_LABEL if profile.is_example else ""


def _line(same: Sequence[Inspected], doubts: tuple[Doubt, ...]) -> tuple[str, ...]:
    """One file, or the files of one series with their numbers summed."""
    paths = [one.path for one in same]
    n_doubts = sum((doubt.where.file if isinstance(doubt.where, Place) else doubt.where) in paths for doubt in doubts)
    n_rows, n_aside = sum(one.rows_read for one in same), sum(part.n_rows for one in same for part in one.set_aside)
    periods = list(dict.fromkeys(one.period for one in same if one.period))
    period = f"{periods[0]} – {periods[-1]}" if len(periods) > 1 else "".join(periods)
    return told(paths), swedish.number(n_rows), swedish.number(n_aside), period, same[0].status, swedish.number(n_doubts)


def _show_set_aside(screen: Screen, files: tuple[Inspected, ...]) -> None:
    """The rows set aside, summed per source and reason: many files of one kind mostly have the same."""
    rows: dict[tuple[str, str], list[int]] = {}
    for one in files:
        for part in one.set_aside:
            rows.setdefault((one.reader, part.reason), []).append(part.n_rows)
    if rows:
        screen.heading("Undantagna rader")
        lines = [
            (swedish.capital(reader), why, swedish.number(sum(counts)), swedish.number(len(counts)))
            for (reader, why), counts in sorted(rows.items())
        ]
        screen.table(("Källa", "Varför", "Rader", "Filer"), lines, right=(2, 3))


def _show_doubts(screen: Screen, inspection: Inspection) -> None:
    doubts, n_problems = told_once(inspection.doubts), len(inspection.problems)
    if not doubts and not n_problems:
        screen.heading("Inget är fel och inget är tveksamt.")
        return
    counted = swedish.plural(len(doubts), "tveksamhet", "tveksamheter") if doubts else "Inget är tveksamt"
    screen.heading(f"{counted}. {f'{swedish.number(n_problems)} fel.' if n_problems else 'Inget är fel.'}")
    for number, doubt in enumerate(doubts, start=1):
        screen.line(f"{number}. {doubt}")
