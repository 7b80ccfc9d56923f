"""Raw files become tidy tables: one module per producer's layout, each of which knows its files by their content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from lagesbild import swedish
from lagesbild.errors import Doubt, LagesbildError, Problem, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import (
    bra_indicators,
    bra_indicators_long,
    bra_series,
    bra_sol,
    bra_sol_report,
    bra_totals,
    business_survey,
    deso,
    dialogue_list,
    est_duplicates,
    est_list,
    kolada,
    kommun_statistics,
    msb_ida,
    net,
    ntu_lan,
    own_survey,
    plain,
    police_code_key,
    police_events,
    police_incidents,
    population,
    refusals,
    safety_survey,
    scb_pxweb,
)
from lagesbild.sources.card import SUFFIX, new_card, read_card, without_facts
from lagesbild.sources.checks import known_population
from lagesbild.sources.checks.absent import absent
from lagesbild.sources.checks.earlier import Earlier, against_earlier
from lagesbild.sources.checks.kolada import against_reported
from lagesbild.sources.checks.overlaps import cross_check, without_cards, without_own
from lagesbild.sources.corrections import correct, read_corrections
from lagesbild.sources.files import folder, text
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.inspection import Inspected, Inspection, joined, period, status
from lagesbild.sources.merge import Part, merge
from lagesbild.sources.people.implied import with_implied
from lagesbild.sources.people.mean import lone_year_ends
from lagesbild.sources.reading import Delivery, InputRecord, Reading, Refusal
from lagesbild.taxonomy import Taxonomy

__all__ = ["SOURCES", "Delivery", "Earlier", "InputRecord", "Inspection", "RawFile", "Source", "inspect", "read"]


class Source(Protocol):
    """A module of this package that reads one producer's layout."""

    @property
    def NAME(self) -> str:  # noqa: N802  # a module's constant
        """What the analyst calls it."""

    def recognise(self, file: RawFile, profile: Profile) -> Refusal | None:
        """None if the file's content is of this kind, else why not."""

    def read(self, file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
        """The file as tidy rows."""


#: Every source, the most exact first: the first that recognises a file reads it.
SOURCES: tuple[Source, ...] = (
    bra_sol,
    bra_sol_report,
    bra_totals,
    bra_series,
    police_events,
    police_incidents,
    police_code_key,
    bra_indicators,
    bra_indicators_long,
    ntu_lan,
    kolada,
    deso,
    msb_ida,
    kommun_statistics,
    scb_pxweb,
    own_survey,
    safety_survey,
    business_survey,
    dialogue_list,
    est_duplicates,
    plain,
    population,
    est_list,
)

#: Sources that look for spoilt letters themselves, in the columns they keep.
_JUDGE_LETTERS: tuple[Source, ...] = (bra_sol, police_events, police_incidents)


def read(profile: Profile, taxonomy: Taxonomy) -> Delivery:
    """Every file of the profile's raw folder as validated tables, with doubts and a record of each file.

    Neither the files' names nor their order decide anything. Rows dated after the report year are set aside. Raises SourceError
    (or SchemaError, where only values in the plain import are wrong) with every problem of every file.
    """
    inspection = inspect(profile, taxonomy)
    if inspection.delivery is None:
        raise inspection.error or AssertionError("an inspection has a delivery or an error")
    return inspection.delivery


def inspect(profile: Profile, taxonomy: Taxonomy, earlier: tuple[Earlier, ...] = ()) -> Inspection:
    """What ``read`` gives, with a line for every file, also where some stop; compared with earlier deliveries, if any.

    Raises SourceError for a folder without files.
    """
    parts: list[Part] = []
    failed: dict[str, LagesbildError] = {}
    files, refused = folder.read(profile.raw)
    for problem in refused:
        failed[problem.where] = SourceError(problem)
    for file in files:
        try:
            parts.append(read_file(file, profile, taxonomy))
        except (SourceError, SchemaError) as error:
            failed[file.name] = error
    doubts = [doubt for part in parts for doubt in part.reading.doubts]
    lines = [*map(_inspected, parts), *(Inspected(name, problems=error.problems) for name, error in failed.items())]
    failures = list(failed.values())
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
    tables, implied = with_implied(tables, lone_year_ends(part.reading for part in parts))
    tables, parts, pairs, duplicates = est_duplicates.settled(tables, parts, profile, taxonomy)
    doubts = [*doubts, *disagreements, *implied, *duplicates]
    doubts += without_own(tables, profile, taxonomy)
    doubts += cross_check(tables, taxonomy)
    doubts += against_reported(tables, context, taxonomy)
    doubts += [doubt for one in earlier for doubt in against_earlier(tables, one, profile)]
    doubts += without_cards(part.file.name for part in parts if not part.card)
    doubts += without_facts({part.file.name: part.card for part in parts})
    doubts += _stray_cards(profile.raw, {part.file.name for part in parts})
    is_roster_delivered = any("reporting_weeks" in part.reading.tables for part in parts if part.reader != est_list.NAME)
    return Delivery(tables, (*doubts, *absent(tables, is_roster_delivered)), tuple(map(_record, parts)), context, pairs)


def read_file(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Part:
    """The file read by the first source that recognises it. Raises SourceError or SchemaError; neither quotes personal data."""
    try:
        part = _part(file, profile, taxonomy)
    except (SourceError, SchemaError) as error:
        raise net.safe_error(error) from None
    return replace(part, reading=replace(part.reading, doubts=net.safe_doubts(part.reading.doubts)))


def _part(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Part:
    card = read_card(file)
    if useless := refusals.useless(file):
        raise SourceError(useless)
    if file.problem:
        raise SourceError(file.problem)
    refused: list[tuple[str, str, Refusal]] = []
    for source in SOURCES:
        refusal = source.recognise(file, profile)
        if refusal is None:
            if source not in _JUDGE_LETTERS and (spoilt := _spoilt(file)):
                raise SourceError(spoilt)
            reading = source.read(file, profile, taxonomy)
            if "population" in reading.tables and (
                wrong := known_population.misplaced(file, reading.tables["population"], taxonomy)
            ):
                raise SourceError(wrong)
            return Part(file, card, source.NAME, _whole(file, reading))
        refused.append((getattr(source, "__name__", ""), source.NAME, refusal))
    raise SourceError(refusals.unknown(file, refused))


def _whole(file: RawFile, reading: Reading) -> Reading:
    """The reading with what the file itself gave cause to doubt or leave out. Raises SourceError if the reading lost rows."""
    if reading.n_lost:
        what = f"{swedish.plural(abs(reading.n_lost), 'rad', 'rader')} är varken inläst eller undantagen."
        raise SourceError(Problem(file.name, what, action="Det är ett fel i programmet. Anmäl det med filens rubriker."))
    n_outside = sum(item.n_rows for item in file.set_aside)
    return replace(
        reading,
        doubts=(*file.doubts, *reading.doubts),
        rows_read=reading.rows_read + n_outside,
        set_aside=(*reading.set_aside, *file.set_aside),
    )


def _spoilt(file: RawFile) -> list[Problem]:
    """The rows with letters that an earlier program spoilt, one problem per sheet."""
    problems: list[Problem] = []
    if not file.is_workbook and not text.has_wrong_letters(file.text):
        return problems
    for sheet in file.sheets:
        pairs = zip(sheet.numbers, sheet.rows, strict=True)
        rows = [number for number, row in pairs if text.has_wrong_letters("\n".join(c for c in row if isinstance(c, str)))]
        if rows:
            what = "filen är sparad med fel teckenkodning, så att å, ä och ö har förvanskats."
            action = "Hämta filen på nytt, eller spara om originalet som UTF-8."
            problems.append(Problem(file.where(sheet.name, rows), what, action=action))
    return problems


def _inspected(part: Part) -> Inspected:
    reading = part.reading
    told = (period(reading.tables), status(reading.tables, part.card), len(reading.doubts))
    card = "" if part.card else new_card(part.file, part.reader)
    return Inspected(part.file.name, part.reader, reading.rows_read, tuple(sorted(reading.set_aside)), *told, new_card=card)


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
