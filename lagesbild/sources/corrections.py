"""Known errors in a delivery, put right openly: ``corrections.toml`` in the raw folder says where, what, why and who said so.

A correction is made in the tidy table, never in the producer's file. It names what stands there today; where the file no
longer says that, or where it fits another number of rows than stated, the run stops: no correction outlives its cause.

    [[correction]]
    file = "bra_sol_2025.txt"                     # the file in the raw folder
    table = "reported_offences"
    where = { kommunkod = "1493", offence = "Totalt antal brott", year = 2022 }
    expect = { count = 2984 }                     # the guard: what the file says today
    set = { count = 2894 }                        # or: remove = true
    rows = 1                                      # how many rows it concerns; 1 unless stated
    why = "Siffrorna har kastats om; Brås egen tabell visar 2 894."
    reported_by = "Kommunens statistiker"         # a role, never a person
    reported_on = 2026-02-10
"""

from __future__ import annotations

import datetime
import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from lagesbild import privacy, swedish
from lagesbild.errors import Doubt, Problem, SchemaError, SourceError
from lagesbild.privacy import names
from lagesbild.sources.merge import Part
from lagesbild.sources.reading import SetAside
from lagesbild.tables import CONTEXT, TABLES, Table

FILE = "corrections.toml"
NAME = "rättelser"
REMOVED = f"borttagen enligt {FILE}"
_TABLES = {**TABLES, **CONTEXT}
_REQUIRED = {"file": str, "table": str, "where": dict, "expect": dict, "why": str, "reported_by": str}
_OPTIONAL = {"set": dict, "remove": bool, "rows": int, "reported_on": datetime.date}
_KINDS = {str: "en text", dict: "{ kolumn = värde }", bool: "true eller false", int: "ett heltal", datetime.date: "ett datum"}


@dataclass(frozen=True)
class Correction:
    """One correction. where, expect, values: column -> value; values is empty where the rows are removed. at: its number."""

    at: int
    file: str
    table: str
    where: Mapping[str, Any]
    expect: Mapping[str, Any]
    values: Mapping[str, Any]
    n_rows: int
    why: str
    reported_by: str
    reported_on: str = ""

    @property
    def place(self) -> str:
        """How an error names it."""
        return f"{FILE}, rättelse {self.at}"


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections of a raw folder in their order; () where there is no such file.

    Raises SourceError with every problem: what cannot be read, keys that are missing or unknown, columns that do not exist.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        expected = "avsnitt med rubriken [[correction]] och rader av formen nyckel = värde, i UTF-8."
        raise SourceError(Problem(FILE, "filen går inte att läsa.", expected)) from error
    entries = content.get("correction", [])
    problems = [
        Problem(FILE, f'"{key}" är okänt.', "avsnitt med rubriken [[correction]].") for key in content.keys() - {"correction"}
    ]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourceError([*problems, Problem(FILE, "rättelserna går inte att läsa.", "avsnitt med rubriken [[correction]].")])
    for at, entry in enumerate(entries, start=1):
        problems += _faults(f"{FILE}, rättelse {at}", entry)
    if problems:
        raise SourceError(problems)
    return tuple(_correction(at, entry) for at, entry in enumerate(entries, start=1))


def correct(parts: list[Part], corrections: tuple[Correction, ...]) -> tuple[list[Part], list[Doubt]]:
    """The parts with every correction made, in their order, and a doubt about each, so that the report tells of it.

    Raises SourceError with every correction that fits no file, table or row, or whose guard does not hold; SchemaError where a
    corrected table breaks its schema.
    """
    problems: list[Problem] = []
    doubts: list[Doubt] = []
    corrected = list(parts)
    for one in corrections:
        at = next((at for at, part in enumerate(corrected) if part.file.name == one.file), None)
        if at is None:
            near = difflib.get_close_matches(one.file, [part.file.name for part in parts], n=1, cutoff=0.5)
            hint = f'Menas "{near[0]}"?' if near else "Ta bort rättelsen om filen är ersatt."
            problems.append(Problem(one.place, f'filen "{privacy.masked(one.file)}" finns inte i mappen.', action=hint))
            continue
        frame = corrected[at].reading.tables.get(one.table)
        found = _matching(one, frame)
        if isinstance(found, Problem) or frame is None:
            problems.append(found if isinstance(found, Problem) else _stale(one, "tabellen är tom."))
            continue
        try:
            corrected[at] = _applied(corrected[at], one, frame, found)
        except SchemaError as error:
            problems += error.problems
            continue
        doubts.append(_told(one, frame[found]))
    if problems:
        raise SourceError(problems)
    return corrected, doubts


def _faults(place: str, entry: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with one entry as it is written."""
    known = _REQUIRED | _OPTIONAL
    problems = [
        Problem(place, f"nyckeln {key} saknas.", f"{_KINDS[kind]}.") for key, kind in _REQUIRED.items() if key not in entry
    ]
    problems += [
        Problem(place, f'nyckeln "{key}" är okänd.', action=f"Kända nycklar är {swedish.listing(list(known))}.")
        for key in entry.keys() - known.keys()
    ]
    problems += [
        Problem(f"{place}, {key}", "värdet går inte att använda.", f"{_KINDS[kind]}.")
        for key, kind in known.items()
        if key in entry and (not isinstance(entry[key], kind) or (kind in (str, dict) and not entry[key]))
    ]
    problems += _private(place, entry)
    if problems:
        return problems
    if bool(entry.get("set")) == bool(entry.get("remove")):
        problems.append(
            Problem(place, "rättelsen ska antingen ändra eller ta bort.", "set = { kolumn = värde } eller remove = true.")
        )
    if entry["table"] not in _TABLES:
        near = difflib.get_close_matches(entry["table"], _TABLES, n=1, cutoff=0.5)
        hint = f"Menas {near[0]}?" if near else f"Tabellerna är {swedish.listing(list(_TABLES))}."
        return [*problems, Problem(f"{place}, table", f'tabellen "{entry["table"]}" finns inte.', action=hint)]
    table = _TABLES[entry["table"]]
    problems += [
        Problem(f"{place}, {key}", f'kolumnen "{name}" finns inte.', f"någon av {swedish.listing(table.names)}.")
        for key in ("where", "expect", "set")
        for name in entry.get(key, {})
        if name not in table.names
    ]
    return problems


def _private(place: str, entry: Mapping[str, Any]) -> list[Problem]:
    """Where an entry would carry a person's name or number into a table or the report."""
    cells = entry.get("set")
    texts = {**entry, "set": list(cells.values()) if isinstance(cells, dict) else []}
    said = {key: [text for text in _listed(texts.get(key)) if isinstance(text, str)] for key in ("set", "why", "reported_by")}
    expected = "en roll eller en organisation, aldrig en person."
    return [
        Problem(
            f"{place}, {key}",
            "här ser det ut att stå en personuppgift.",
            expected,
            "Ta bort den: texten följer med till rapporten.",
        )
        for key, its in said.items()
        if any(privacy.find(text) or names.is_lone(text) for text in its)
    ]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _correction(at: int, entry: Mapping[str, Any]) -> Correction:
    on = str(entry.get("reported_on", ""))
    values, n_rows = entry.get("set", {}), entry.get("rows", 1)
    facts = (entry["file"], entry["table"], entry["where"], entry["expect"], values, n_rows, entry["why"], entry["reported_by"])
    return Correction(at, *facts, on)


def _matching(one: Correction, frame: pd.DataFrame | None) -> pd.Series[bool] | Problem:
    """Which rows the correction is about, or why it cannot be made."""
    if frame is None or frame.empty:
        return _stale(one, f"filen har inga rader i tabellen {one.table}.")
    is_meant = _equal(one, frame, one.where)
    n_found = int(is_meant.sum())
    if n_found != one.n_rows:
        found = "ingen rad" if not n_found else swedish.plural(n_found, "rad", "rader")
        return _stale(one, f"where stämmer på {found}.", f"{swedish.plural(one.n_rows, 'rad', 'rader')}.")
    is_guarded = _equal(one, frame, one.expect)
    if not bool(is_guarded[is_meant].all()):
        return _stale(one, "filen säger inte längre det som står i expect.", _shown(one.expect))
    return is_meant


def _stale(one: Correction, what: str, expected: str = "") -> Problem:
    action = "Kontrollera filen mot rättelsen, och ta bort rättelsen om producenten har rättat själv."
    return Problem(one.place, what, expected, action)


def _equal(one: Correction, frame: pd.DataFrame, wanted: Mapping[str, Any]) -> pd.Series[bool]:
    """Which rows have all these values; an empty text means an empty cell."""
    result = pd.Series(True, frame.index)
    for name, value in wanted.items():
        cells = frame[name]
        if value == "":
            is_same = cells.isna()
        else:
            try:
                written = _value(_TABLES[one.table], name, value)
            except (ValueError, TypeError):  # no day, so no row has it
                return pd.Series(False, frame.index)
            is_same = cells.astype("object").map(lambda cell, written=written: cell == written, na_action="ignore").eq(True)
        result &= is_same.fillna(False).astype("bool")
    return result


def _value(table: Table, name: str, value: Any) -> Any:
    """A TOML value as the column keeps it: dates as timestamps, an empty text as an empty cell."""
    if value == "":
        return None
    return pd.Timestamp(value) if table.column(name).kind == "date" else value


def _applied(part: Part, one: Correction, frame: pd.DataFrame, is_meant: pd.Series[bool]) -> Part:
    """The part with the rows changed or set aside. Raises SchemaError where a new value is none the column can hold."""
    table = _TABLES[one.table]
    reading = part.reading
    if not one.values:
        aside = (*reading.set_aside, SetAside(REMOVED, int(is_meant.sum())))
        return replace(part, reading=replace(reading, tables={**reading.tables, one.table: frame[~is_meant]}, set_aside=aside))
    try:
        values = {name: _value(table, name, value) for name, value in one.values.items()}
        changed = frame.assign(**{name: frame[name].astype("object").mask(is_meant, value) for name, value in values.items()})
        typed = changed.astype({name: table.column(name).dtype for name in one.values})
        table.schema.validate(typed)
    except Exception as error:  # pandera's, or pandas' for a value of another type
        expected = " och ".join(f"{name}: {table.column(name).expected}" for name in one.values)
        raise SchemaError(Problem(one.place, "värdet i set går inte att använda.", f"{expected}.")) from error
    return replace(part, reading=replace(reading, tables={**reading.tables, one.table: typed}))


def _told(one: Correction, rows: pd.DataFrame) -> Doubt:
    who = f"Anmält av {one.reported_by}{f', {one.reported_on}' if one.reported_on else ''}."
    did = (
        f"har ändrats från {_shown(one.expect)} till {_shown(one.values)}"
        if one.values
        else f"med {_shown(one.expect)} har tagits bort"
    )
    n_rows = swedish.plural(len(rows), "rad", "rader")
    what = f"{n_rows} i tabellen {one.table} ({_shown(one.where)}) {did} genom en rättelse."
    return Doubt("rattelse", one.file, what, f"Skäl: {one.why.strip().rstrip('.')}. {who}", len(rows))


def _shown(values: Mapping[str, Any]) -> str:
    """Columns and values as an error may show them; free text never."""
    return swedish.listing(
        [
            f"{name} {swedish.number(value) if isinstance(value, float) else privacy.masked(str(value))}"
            for name, value in values.items()
        ]
    )
