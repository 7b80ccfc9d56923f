"""Whether a Databasfil is whole and in place: fields, letters, the population that count and rate imply, missing rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from lagesbild import privacy, swedish
from lagesbild.errors import Doubt, Problem
from lagesbild.sources.files import text
from lagesbild.sources.files.file import RawFile
from lagesbild.taxonomy import Taxonomy

#: Helper columns of whole numbers, quick to compare: what a row is about but for its kommun, and its kommun and year.
FACT, KOMMUN_YEAR = "_fact", "_kommun_year"
EXPORT_AGAIN = "Hämta filen på nytt hos Brå och lägg den i mappen som den är, utan att öppna och spara den i ett annat program."
_NAMES = {"region": "Region", "offence": "Brott", "year": "År", "period": "Period", "count": "Antal", "rate": "/100 000 inv"}
_LONGEST_QUOTE = 60
#: A letter saved as a question mark; no kommun or offence is written with one.
_LOST = re.compile(r"\w\?|\?\w")


def split(file: RawFile, n_headings: int, body: list[tuple[int, str]]) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Row number and fields of every sound line, and the lines that are not.

    Sound are as many fields as headings and a closing semicolon; where not one line has it, as many fields as headings.
    """
    split_lines = [(number, line.split(";")) for number, line in body]
    is_closed = any(len(fields) == n_headings + 1 and not fields[-1].strip() for _, fields in split_lines)
    wanted = n_headings + is_closed
    if all(len(fields) == wanted for _, fields in split_lines) and not any(
        is_closed and row[-1].strip() for _, row in split_lines
    ):
        sound, wrong = split_lines, []
    else:
        is_sound = [len(fields) == wanted and not (is_closed and fields[-1].strip()) for _, fields in split_lines]
        sound = [line for line, is_it in zip(split_lines, is_sound, strict=True) if is_it]
        wrong = [line for line, is_it in zip(split_lines, is_sound, strict=True) if not is_it]
    problems: list[Problem] = []
    if not body:
        problems.append(Problem(file.name, "filen har rubriker men inga rader.", action=EXPORT_AGAIN))
    if wrong and wrong[-1][0] == body[-1][0] and len(wrong[-1][1]) < wanted and not file.text.endswith("\n"):
        number, fields = wrong.pop()
        what = f"filen är avklippt: sista raden har {len(fields)} av {wanted} fält."
        problems.append(Problem(file.where(rows=number), what, action=EXPORT_AGAIN))
    for n_fields in sorted({len(fields) for _, fields in wrong}):
        rows = [number for number, fields in wrong if len(fields) == n_fields]
        what = f"{'raden' if len(rows) == 1 else 'raderna'} har {n_fields} fält, så kolumnerna är förskjutna."
        problems.append(Problem(file.where(rows=rows), what, f"{wanted} fält.", EXPORT_AGAIN))
    return sound, problems


def letters(file: RawFile, cells: pd.DataFrame, sheet: str = "", heading: str = "") -> list[Problem]:
    """The names that a wrong encoding spoilt, one problem per column; heading: where both stand in one column, its name."""
    problems = []
    for column in ("region", "offence"):
        spoilt = {
            str(name) for name in cells[column].cat.categories if text.has_wrong_letters(str(name)) or _LOST.search(str(name))
        }
        if spoilt:
            rows = list(cells.index[cells[column].isin(spoilt)])
            what = f'filen är sparad med fel teckenkodning, så att å, ä och ö har förvanskats ("{min(spoilt)}").'
            problems.append(Problem(file.where(sheet, rows, heading or _NAMES[column]), what, action=EXPORT_AGAIN))
    return problems


def faulty(file: RawFile, cells: pd.DataFrame, column: str, is_wrong: pd.Series, expected: str) -> Iterator[Problem]:
    """One problem per distinct faulty cell of a column, with its rows."""
    if not is_wrong.any():
        return
    wrong = cells.loc[is_wrong.fillna(False).astype("bool"), column].astype("str")
    for value, rows in sorted(wrong.groupby(wrong, observed=True).groups.items()):
        where = file.where(rows=[int(row) for row in rows], column=_NAMES[column])
        found = f'"{privacy.masked(str(value))[:_LONGEST_QUOTE]}" kan inte stå här.' if value else "cellen är tom."
        yield Problem(where, f"{found} Kolumnerna kan vara förskjutna.", expected, EXPORT_AGAIN)


def population(file: RawFile, frame: pd.DataFrame, limits: Mapping[str, float], sheet: str = "") -> list[Problem]:
    """Rows whose count and rate no population of a kommun could explain: the sign of columns that have moved.

    A count O and a rate r rounded to a whole number imply a population in [10⁵·O/(r+½), 10⁵·O/(r−½)]. Within a kommun and year
    every row implies the same one; it is taken as the median over rows with a rate of at least 10. A row that is more than
    ``factor`` times away from it beyond rounding (±1½, a rate may be the sum of two rounded ones) is a problem.
    """
    figures = frame[frame["count"].notna() & frame["rate_per_100k"].notna()]
    count, rate = figures["count"].astype("float64"), figures["rate_per_100k"]
    lowest = 1e5 * count / (rate + 1.5)
    highest = (1e5 * count / (rate - 1.5)).where(rate.gt(1.5), np.inf)
    implied = (1e5 * count / rate).where(rate.ge(10) & count.gt(0))
    common = implied.groupby(figures[KOMMUN_YEAR], observed=True).transform("median")
    is_impossible = lowest.gt(limits["highest"]) | highest.lt(limits["lowest"])
    is_apart = lowest.gt(limits["factor"] * common) | highest.lt(common / limits["factor"])
    wrong = figures[is_impossible | is_apart]
    if wrong.empty:
        return []
    first = wrong.iloc[0]
    pair = f"{swedish.number(first['count'])} anmälda brott och {swedish.number(first['rate_per_100k'])} per 100 000 invånare"
    what = f"antalet och talet per 100 000 invånare går inte ihop ({pair} på rad {wrong.index[0]}). Kolumnerna är förskjutna."
    expected = "samma folkmängd bakom kommunens alla rader ett år."
    return [Problem(file.where(sheet, [int(row) for row in wrong.index]), what, expected, EXPORT_AGAIN)]


def completeness(file: RawFile, frame: pd.DataFrame, taxonomy: Taxonomy) -> tuple[Doubt, ...]:
    """A doubt if some kommun lacks rows that the others have: an export is one row per region, offence and period."""
    n_keys = frame[FACT].nunique()
    n_rows = frame["kommunkod"].value_counts()
    short = n_rows[n_rows.lt(n_keys)].sort_index()
    if short.empty:
        return ()
    names = [taxonomy.kommun_name(code) for code in short.index[:5]]
    n_missing = int((n_keys - short).sum())
    others = [f"{swedish.plural(len(short) - 5, 'kommun', 'kommuner')} till"] if len(short) > 5 else []
    what = f"{swedish.plural(n_missing, 'rad saknas', 'rader saknas')} för {swedish.listing([*names, *others])}."
    action = "Kontrollera att exporten är hel. Uppgifterna som saknas räknas inte som noll."
    return (Doubt("ofullstandig_fil", file.name, what, action, n_missing, n_missing / (n_keys * len(n_rows))),)


def without_counts(file: RawFile, table: pd.DataFrame) -> tuple[Doubt, ...]:
    """A doubt where figures have a rate and no count: the lägesbild adds counts up, and rates cannot be added."""
    is_rate_only = table["count"].isna() & table["rate_per_100k"].notna()
    n_rows = int(is_rate_only.sum())
    if not n_rows:
        return ()
    what = f"{swedish.plural(n_rows, 'uppgift', 'uppgifter')} har bara tal per 100 000 invånare, inget antal."
    action = "Lägesbilden räknar med antal. Hämta tabellen på nytt hos Brå och välj också Antal."
    return (Doubt("antal_saknas", file.name, what, action, n_rows, n_rows / len(table)),)
