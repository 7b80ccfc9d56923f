"""Kolada's similar kommuner ("Liknande kommuner"), seven for each kommun and theme, as comparison groups.

The API's list of groups (municipality_groups) holds those of every kommun, and other groups too; the own kommun's are used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from lagesbild.errors import Place, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import validate
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.peer_groups import SIMILAR

NAME = "Koladas liknande kommuner"
_HEAD = 20_000
_FORM = re.compile(r'"member(_id|s)"\s*:')
_TITLE = re.compile(
    r"Liknande kommuner,? (?P<theme>[a-zåäö ]{3,40}), (?P<kommun>[^,]{2,40})(?:, (?P<year>(?:19|20)\d\d))?",
    re.ASCII | re.IGNORECASE,
)
_ENTRY = "grupp"


@dataclass(frozen=True)
class _Group:
    """One record of the file: its place there, the kommun it is of (its code), theme, year (0 where none) and members."""

    number: int
    kommunkod: str
    theme: str
    year: int
    members: tuple[str, ...]


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for JSON whose records have members, as Kolada's groups of kommuner have."""
    head = file.start[:_HEAD]
    if head.lstrip()[:1] in ("{", "[") and _FORM.search(head) and '"kpi"' not in head:
        return None
    return Refusal("filen är inget svar från Kolada om grupper av kommuner")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The own kommun's groups as ``peers``: peer_group "liknande-" and the theme, the own among its members.

    Every group is a row. Those of other kommuner, of other kinds, of years after the report's and older than another of the
    same theme are set aside. Raises SourceError for what is not a list of groups and for a member that is no kommun.
    """
    groups, n_rows = _groups(file, taxonomy)
    known = set(taxonomy.kommuner["kommunkod"])
    ours = [group for group in groups if group.kommunkod in profile.kommunkoder]
    due = [group for group in ours if group.year <= profile.year]
    latest = {(group.kommunkod, group.theme): group for group in sorted(due, key=lambda group: (group.year, -group.number))}
    wrong = [group.number for group in latest.values() if not group.members or not set(group.members) <= known]
    if wrong:
        what = "en medlem är ingen kommunkod, eller gruppen saknar medlemmar."
        raise SourceError([_problem(file, number, what, "fyra siffror, som 1493.") for number in wrong])
    rows = [(code, _name(group.theme)) for group in latest.values() for code in {group.kommunkod, *group.members}]
    frame = pd.DataFrame(sorted(set(rows)), columns=["kommunkod", "peer_group"], dtype="str")
    aside = {
        "är ingen grupp av liknande kommuner": n_rows - len(groups),
        "gäller en annan kommun": len(groups) - len(ours),
        "är senare än rapportåret": len(ours) - len(due),
        "det finns en nyare grupp för samma område": len(due) - len(latest),
    }
    tables = {"peers": validate("peers", frame, file.name)} if rows else {}
    told = tuple(SetAside(reason, n) for reason, n in aside.items() if n)
    return Reading(tables, (), n_rows, told, rows_used=len(latest))


def _name(theme: str) -> str:
    return SIMILAR + "-".join(theme.lower().split())


def _groups(file: RawFile, taxonomy: Taxonomy) -> tuple[list[_Group], int]:
    """The groups of similar kommuner in the file, and how many groups of any kind it has."""
    try:
        content = file.json()
    except (ValueError, RecursionError) as error:
        what = "filen är ingen hel JSON-fil: den är avklippt eller ändrad."
        raise SourceError(Problem(file.name, what, action="Hämta svaret från Kolada på nytt.")) from error
    records = content.get("values") if isinstance(content, dict) else content
    if not isinstance(records, list):
        what = 'filen har ingen lista "values" med grupper.'
        raise SourceError(Problem(file.name, what, action="Hämta svaret från Kolada på nytt."))
    found = []
    for number, record in enumerate(records, start=1):
        title = str(record.get("title", "")) if isinstance(record, dict) else ""
        told = _TITLE.fullmatch(" ".join(title.split()))
        code = taxonomy.kommunkod(told["kommun"]) if told else None
        if told and code:
            found.append(_Group(number, code, told["theme"].strip(), int(told["year"] or 0), _members(record.get("members"))))
    return found, len(records)


def _members(listed: object) -> tuple[str, ...]:
    """The members' codes in the API's old and new form; "" for a member without any."""
    entries = listed if isinstance(listed, list) else []
    return tuple(str(one.get("member_id") or one.get("id") or "") if isinstance(one, dict) else str(one) for one in entries)


def _problem(file: RawFile, number: int, what: str, expected: str) -> Problem:
    where = Place(f"{file.name}, {_ENTRY} {number}", file.name, rows=(number,))
    return Problem(where, what, expected, "Hämta svaret från Kolada på nytt.")
