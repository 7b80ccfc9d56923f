"""The days of a sheet's rows: what each cell says, helped by the sheet; rows that have none are set aside and doubted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources.est.cells import as_text
from lagesbild.sources.est.days import Clues, Moment, NoDate, read_day, read_week_cell, with_orders
from lagesbild.sources.est.headings import is_total
from lagesbild.sources.est.sheet import EstSheet, SheetRows
from lagesbild.sources.files.sheet import is_blank
from lagesbild.sources.reading import SetAside
from lagesbild.taxonomy.names import fold

#: So many cells with an impossible date get a doubt each; more are told together.
_TOLD_ONE_BY_ONE = 5
_HOW_TO_WRITE = "Skriv datum som 2025-03-31."
_NO_YEAR = "saknar årtal"
_HELPED = {
    "year": (
        "ar_ur_bladet",
        ("rad saknar årtal.", "rader saknar årtal."),
        "Året är hämtat ur bladets namn, rubrik eller övriga datum ({years}). Kontrollera att det stämmer.",
    ),
    "month_first": (
        "manad_fore_dag",
        ("datum är skrivet med månaden först.", "datum är skrivna med månaden först."),
        "Bladets datum läses så, för minst ett av dem går bara att läsa så. Kontrollera att det stämmer.",
    ),
    "weekday": (
        "fel_veckodag",
        ("rad har en annan veckodag än datumet.", "rader har en annan veckodag än datumet."),
        "Datumet används. Kontrollera det.",
    ),
}
_SHEET_KEYS = ("date", "week", "year")


def dated(part: SheetRows, profile: Profile) -> tuple[SheetRows, pd.Series]:
    """The rows with a day up to the report year, and which of them name only a week; the others set aside, in doubt."""
    one = part.one
    answers = _answers(one)
    moments = [answer if isinstance(answer, Moment) else None for answer in answers]
    days = pd.Series([moment.day if moment else None for moment in moments], dtype="object")
    clocks = pd.Series([(moment.clock or None) if moment else None for moment in moments], part.frame.index, dtype="str")
    frame = part.frame.assign(
        date=pd.Series(pd.to_datetime(days).to_numpy(), part.frame.index).astype("datetime64[us]"),
        time=part.frame["time"].fillna(clocks),
    )
    is_week = pd.Series([moment is not None and moment.is_week for moment in moments], frame.index, dtype="bool")
    is_dated = frame["date"].notna()
    is_late = frame["date"].dt.year.gt(profile.year)
    summing, repeating, undated = _undated(one, answers)
    kept = ~is_late & is_dated
    aside = [
        SetAside("saknar ett datum som går att läsa", undated),
        SetAside("summerar andra rader", summing),
        SetAside("upprepar rubrikraden", repeating),
        SetAside("senare än rapportåret", int(is_late.sum())),
    ]
    doubts = (*_doubts(one, answers), *_late(one, frame[is_late], profile))
    found = replace(part, frame=frame[kept], doubts=(*doubts, *part.doubts), aside=(*part.aside, *_some(aside)))
    return found, is_week[kept]


def _some(aside: list[SetAside]) -> Iterator[SetAside]:
    return (item for item in aside if item.n_rows)


def _answers(one: EstSheet) -> list[Moment | str | None]:
    """For every row its day, why it has none that can be read, or None where nothing stands."""
    columns = [one.cells(name) for name in _SHEET_KEYS]
    keys = list(zip(*columns, strict=True))
    clues = with_orders(one.clues, columns[0])
    read = {key: _answer(key, clues) for key in set(keys)}
    if clues.year is None and any(isinstance(answer, str) and answer.endswith(_NO_YEAR) for answer in read.values()):
        years = {answer.day.year for answer in read.values() if isinstance(answer, Moment)}
        if len(years) == 1:
            clues = replace(clues, year=years.pop())
            read = {key: _answer(key, clues) for key in read}
    if clues.week is None:
        return [read[key] for key in keys]
    # The sheet's own week is the day of its rows, but not of a sum below them.
    rows = (row for _, row in one.filled)
    return [
        None if is_blank(key[0]) and is_blank(key[1]) and _is_sum(one, row) else read[key]
        for key, row in zip(keys, rows, strict=True)
    ]


def _answer(key: tuple[object, ...], clues: Clues) -> Moment | str | None:
    date, week, year = key
    its = as_text(year)
    has_year = its.isascii() and its.isdigit() and len(its) == 4
    clues = replace(clues, year=int(its)) if has_year else clues
    try:
        if not is_blank(date) or not is_blank(week):
            found = read_week_cell(week, clues) if is_blank(date) else read_day(date, clues)
            return replace(found, help="") if has_year and found.help == "year" else found  # the row says its year
        return read_week_cell(clues.week, clues) if clues.week is not None else None
    except NoDate as error:
        return str(error)


def _undated(one: EstSheet, answers: list[Moment | str | None]) -> tuple[int, int, int]:
    """Rows without a day: how many sum others, how many repeat the headings, and how many are only undated."""
    kinds = [kind for row, answer in zip(one.filled, answers, strict=True) if (kind := _kind(one, row[1], answer))]
    return kinds.count("sum"), kinds.count("headings"), kinds.count("undated")


def _kind(one: EstSheet, row: list[object], answer: Moment | str | None) -> str:
    """What a row is that has no day; "" for one that has."""
    if isinstance(answer, Moment):
        return ""
    texts = [fold(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)]
    if len(texts) > 1 and set(texts) <= {fold(name) for name in one.headings.names}:
        return "headings"
    return "sum" if _is_sum(one, row) else "undated"


def _is_sum(one: EstSheet, row: list[object]) -> bool:
    """Whether a cell of the row, free text aside, says that it sums others."""
    apart = one.headings.columns.get("description")
    return any(isinstance(cell, str) and at != apart and is_total(cell) for at, cell in enumerate(row))


def _doubts(one: EstSheet, answers: list[Moment | str | None]) -> Iterator[Doubt]:
    """What is doubtful about the days."""
    column = "date" if "date" in one.headings.columns else "week"
    plain = [
        (number, answer)
        for (number, row), answer in zip(one.filled, answers, strict=True)
        if isinstance(answer, Moment) or _kind(one, row, answer) == "undated"
    ]
    empty = [row for row, answer in plain if answer is None]
    wrong = {row: answer for row, answer in plain if isinstance(answer, str)}
    if empty:
        yield _without(one, "datum_saknas", empty, column, "datum saknas.")
    if len(wrong) <= _TOLD_ONE_BY_ONE:
        for row, reason in wrong.items():
            yield _without(one, "omojligt_datum", [row], column, f"{reason}.")
    else:
        n_yearless = sum(reason.endswith(_NO_YEAR) for reason in wrong.values())
        why = f" {swedish.number(n_yearless)} av dem saknar årtal." if n_yearless else ""
        told = f"{swedish.plural(len(wrong), 'cell', 'celler')} innehåller inget datum.{why}"
        yield _without(one, "omojligt_datum", list(wrong), column, told)
    moments = [(row, answer) for row, answer in plain if isinstance(answer, Moment)]
    if weeks := [row for row, moment in moments if moment.is_week]:
        what = f"{swedish.plural(len(weeks), 'rad anger', 'rader anger')} bara vecka."
        yield Doubt(
            "bara_vecka",
            one.where(weeks, column),
            what,
            f"{_counts(len(weeks))} till veckans torsdag, så att veckan hör till sitt eget år.",
            len(weeks),
        )
    for help, (kind, forms, action) in _HELPED.items():
        if helped := [(row, _year(moment)) for row, moment in moments if moment.help == help]:
            rows = [row for row, _ in helped]
            years = swedish.listing([str(year) for year in sorted({year for _, year in helped})])
            yield Doubt(kind, one.where(rows, column), swedish.plural(len(rows), *forms), action.format(years=years), len(rows))
    if one.headings.is_reported and moments:
        what = f'dagen i kolumnen "{one.headings.name_of("date")[:40]}" säger när rapporten skrevs, inte när det hände.'
        yield Doubt("rapportdatum", one.where([], ""), what, "Lägg till en kolumn för händelsens datum.", len(moments))


def _without(one: EstSheet, kind: str, rows: list[int], column: str, what: str) -> Doubt:
    is_yearless = _NO_YEAR in what
    how = "Skriv datum med årtal, eller årtalet i bladets namn." if is_yearless else _HOW_TO_WRITE
    return Doubt(kind, one.where(rows, column), what, f"{how} {_excepted(len(rows))}", len(rows))


def _year(moment: Moment) -> int:
    """The year as it stood; a week's is its Thursday's."""
    return moment.day.year


def _excepted(n_rows: int) -> str:
    return "Raden är undantagen." if n_rows == 1 else "Raderna är undantagna."


def _counts(n_rows: int) -> str:
    return "Den räknas" if n_rows == 1 else "De räknas"


def _late(one: EstSheet, late: pd.DataFrame, profile: Profile) -> Iterator[Doubt]:
    if late.empty:
        return
    rows = [int(row) for row in late.index]
    n_rows = swedish.plural(len(rows), "rad är daterad", "rader är daterade")
    what = f"{n_rows} efter rapportåret {profile.year}, som senast {late['date'].max().date().isoformat()}."
    action = f"Kontrollera att årtalet är rätt. {_excepted(len(rows))}"
    yield Doubt("framtida_datum", one.where(rows, "date"), what, action, len(rows))
