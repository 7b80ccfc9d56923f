"""Raw files become tidy tables: one module per producer's layout, each of which knows its files by their content.

``registry`` lists the sources; here a whole folder is read, joined and checked against itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from lagesbild.errors import Doubt, LagesbildError, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import collector, est_duplicates, est_list, net
from lagesbild.sources.card import SUFFIX, new_card, read_card, without_facts
from lagesbild.sources.checks.absent import absent
from lagesbild.sources.checks.earlier import Earlier, against_earlier
from lagesbild.sources.checks.interest import kommuner_of_interest, rows_of
from lagesbild.sources.checks.judged import unknown_names
from lagesbild.sources.checks.kolada import against_reported
from lagesbild.sources.checks.overlaps import cross_check, without_cards, without_own
from lagesbild.sources.corrections import correct, read_corrections
from lagesbild.sources.files import folder
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.inspection import Inspected, Inspection, joined, period, status
from lagesbild.sources.merge import Part, merge
from lagesbild.sources.people.implied import with_implied
from lagesbild.sources.people.mean import lone_year_ends
from lagesbild.sources.reading import Delivery, InputRecord
from lagesbild.sources.registry import SOURCES, Source, read_file, recognised
from lagesbild.taxonomy import Taxonomy, severity

__all__ = ["SOURCES", "Delivery", "Earlier", "InputRecord", "Inspection", "RawFile", "Source", "inspect", "read", "read_file"]


def read(profile: Profile, taxonomy: Taxonomy) -> Delivery:
    """Every file of the profile's raw folder as validated tables, with doubts and a record of each file.

    Neither the files' names nor their order decide anything. Rows dated after the report year are set aside. Raises SourceError
    (or SchemaError, where only values in the plain import are wrong) with every problem of every file.
    """
    inspection = inspect(profile, taxonomy)
    if inspection.delivery is None:
        raise inspection.error or AssertionError("an inspection has a delivery or an error")
    return inspection.delivery


@collector.paused()
def inspect(profile: Profile, taxonomy: Taxonomy, earlier: tuple[Earlier, ...] = ()) -> Inspection:
    """What ``read`` gives, with a line for every file, also where some stop; compared with earlier deliveries, if any.

    Raises SourceError for a folder without files, ProfileError for a severity of areas that do not exist.
    """
    severity.check(profile, taxonomy)
    parts: list[Part] = []
    files, refused = folder.read(profile.raw)
    failures: list[LagesbildError] = [SourceError(problem) for problem in refused]
    lines = [Inspected(problem.where, problems=(problem,)) for problem in refused]
    for file in files:
        try:
            parts.append(read_file(file, profile, taxonomy))
        except (SourceError, SchemaError) as error:
            failures.append(error)
            lines.append(_stopped(file, profile, error))
    doubts = [doubt for part in parts for doubt in part.reading.doubts]
    lines += map(_inspected, parts)
    corrected: list[Doubt] = []
    try:
        corrections = read_corrections(profile.raw)
        if not failures:
            parts, corrected = correct(parts, corrections)
    except SourceError as error:
        failures.append(error)
    lines.sort(key=lambda line: line.path)
    if failures:
        return net.safe_inspection(Inspection(tuple(lines), tuple(doubts), error=joined(failures)))
    delivery = _delivery(parts, [*doubts, *corrected], profile, taxonomy, earlier)
    aside = {record.path: record.set_aside for record in delivery.inputs}
    told = tuple(replace(line, set_aside=aside[line.path]) for line in lines)
    return net.safe_inspection(Inspection(told, delivery.doubts, delivery))


def _delivery(
    parts: list[Part], doubts: list[Doubt], profile: Profile, taxonomy: Taxonomy, earlier: tuple[Earlier, ...]
) -> Delivery:
    """The files together: merged, checked against each other and against what was delivered before."""
    tables, context, parts, disagreements = merge(parts, profile)
    of_interest = kommuner_of_interest(tables, profile, taxonomy)
    tables, implied = with_implied(tables, lone_year_ends(part.reading for part in parts), of_interest)
    tables, parts, pairs, duplicates = est_duplicates.settled(tables, parts, profile, taxonomy)
    doubts = [*doubts, *disagreements, *implied, *duplicates]
    doubts += without_own(tables, profile, taxonomy)
    doubts += unknown_names(tables, taxonomy)
    doubts += cross_check(rows_of(tables, of_interest), taxonomy)
    doubts += against_reported(rows_of(tables, of_interest), context, taxonomy)
    doubts += [doubt for one in earlier for doubt in against_earlier(tables, one, profile)]
    doubts += without_cards(part.file.name for part in parts if not part.card)
    doubts += without_facts({part.file.name: part.card for part in parts})
    doubts += _stray_cards(profile.raw, {part.file.name for part in parts})
    is_roster_delivered = any("reporting_weeks" in part.reading.tables for part in parts if part.reader != est_list.NAME)
    return Delivery(
        tables,
        (*doubts, *absent(tables, is_roster_delivered, needs_peers=not profile.has_known_group)),
        tuple(map(_record, parts)),
        context,
        pairs,
    )


def _inspected(part: Part) -> Inspected:
    reading = part.reading
    told = (period(reading.tables), status(reading.tables, part.card), len(reading.doubts))
    card = "" if part.card else new_card(part.file, part.reader)
    return Inspected(part.file.name, part.reader, reading.rows_read, tuple(sorted(reading.set_aside)), *told, new_card=card)


def _stopped(file: RawFile, profile: Profile, error: LagesbildError) -> Inspected:
    """A file with errors, and which source would read it. A card may be what it lacks, so it is offered one too."""
    reader = recognised(file, profile)
    try:
        card = new_card(file, reader) if reader and not read_card(file) else ""
    except SourceError:  # the card is what is wrong
        card = ""
    return Inspected(file.name, reader, problems=error.problems, new_card=card)


def _record(part: Part) -> InputRecord:
    reading = part.reading
    return InputRecord(
        part.file.name, part.file.sha256, part.reader, reading.rows_read, tuple(sorted(reading.set_aside)), part.card
    )


def _stray_cards(raw: Path, names: Iterable[str]) -> tuple[Doubt, ...]:
    """Cards whose file is not there: it was renamed or removed."""
    known = {f"{name}{SUFFIX}" for name in names}
    cards = {path.relative_to(raw).as_posix() for path in raw.rglob(f"*{SUFFIX}")}
    stray = sorted(name for name in cards - known if folder.is_source(name.removesuffix(SUFFIX)))
    return tuple(
        Doubt("kallkort_utan_fil", name, "filen som källkortet gäller finns inte.", "Har den bytt namn eller tagits bort?")
        for name in stray
    )
