"""Every source, and a file read by the one that recognises it."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from lagesbild import swedish
from lagesbild.errors import Problem, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import (
    bra_indicators,
    bra_indicators_long,
    bra_series,
    bra_sol,
    bra_sol_report,
    bra_totals,
    business_survey,
    decisions,
    deso,
    dialogue_list,
    est_duplicates,
    est_list,
    kolada,
    kolada_groups,
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
from lagesbild.sources.card import read_card
from lagesbild.sources.checks import known_population
from lagesbild.sources.files import text
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.merge import Part
from lagesbild.sources.reading import Reading, Refusal
from lagesbild.taxonomy import Taxonomy


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
    decisions,
    police_events,
    police_incidents,
    police_code_key,
    bra_indicators,
    bra_indicators_long,
    ntu_lan,
    kolada,
    kolada_groups,
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


def recognised(file: RawFile, profile: Profile) -> str:
    """The NAME of the source that recognises the file; "" where none does, or where it cannot be opened."""
    if file.problem or refusals.useless(file):
        return ""
    return next((source.NAME for source in SOURCES if source.recognise(file, profile) is None), "")


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
        if not text.has_wrong_letters("\n".join({c for row in sheet.rows for c in row if isinstance(c, str)})):
            continue
        pairs = zip(sheet.numbers, sheet.rows, strict=True)
        rows = [number for number, row in pairs if text.has_wrong_letters("\n".join(c for c in row if isinstance(c, str)))]
        if rows:
            what = "filen är sparad med fel teckenkodning, så att å, ä och ö har förvanskats."
            action = "Hämta filen på nytt, eller spara om originalet som UTF-8."
            problems.append(Problem(file.where(sheet.name, rows), what, action=action))
    return problems
