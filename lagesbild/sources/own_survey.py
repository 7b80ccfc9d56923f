"""The kommun's own survey as a tool exports it: a row per respondent, a column per question, weights and strata if drawn so.

Kept are the questions the taxonomy knows (or the profile's [survey.columns] names), never names, addresses or free text.
"""

from __future__ import annotations

import re

import pandas as pd

from lagesbild import swedish
from lagesbild import taxonomy as terms
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.privacy import HIDDEN
from lagesbild.profile import Profile
from lagesbild.sources import plain
from lagesbild.sources.files.file import RawFile, Sheet, is_blank
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.sources.survey import own_answers, own_columns, own_doubts
from lagesbild.sources.survey.grid import cell_text
from lagesbild.sources.survey.own_columns import SURVEY, Codebook, Headings
from lagesbild.tables import TABLES, parse_figures, validate
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "egen enkät"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SEXES = {"kvinna": "kvinnor", "kvinnor": "kvinnor", "flicka": "kvinnor", "tjej": "kvinnor", "k": "kvinnor", "man": "män"}
_SEXES |= {"pojke": "män", "kille": "män", "m": "män", "woman": "kvinnor", "male": "män", "female": "kvinnor"}
_AGES = ((16, "under 16 år"), (30, "16–29 år"), (45, "30–44 år"), (65, "45–64 år"), (200, "65 år eller äldre"))
_MOST_AREAS, _LONGEST_AREA = 60, 40
_COUNTS = "kolumnerna har antal per organisation och vecka eller dag, inga svar"
_NO_QUESTION = (
    'ingen rubrik är en känd enkätfråga med svar under. Skriv i profilen under [survey.columns]: "rubriken i filen" = "en känd '
    'fråga", till exempel "Otrygg i skolan"'
)
#: No respondent stands for more people than Sweden has.
_LARGEST_WEIGHT = 1e7


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file with a column whose heading is a known question and whose cells are answers."""
    if plain.recognise(file, profile) is None:
        return Refusal("filen är en tabell i programmets eget format")
    codes = own_columns.codebook(file.heads)
    for sheet in file.heads:
        found = own_columns.find(sheet, profile, terms.load(), codes.texts)
        if found and sheet.name not in codes.sheets and _has_answers(sheet, found):
            return None if codes.sheets or not own_columns.counts_per_week(sheet, found) else Refusal(_COUNTS)
    return Refusal(_NO_QUESTION)


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """Every sheet with answers as ``survey_answers``, one row per respondent and question.

    Raises SourceError where the year is not told, a weight is no number, codes stand without their meaning in every question,
    or the profile names unknown questions.
    """
    if problems := own_columns.unknown_targets(profile, taxonomy):
        raise SourceError(problems)
    codes = own_columns.codebook(file.sheets)
    tables, doubts, aside, faults, n_rows = [], list[Doubt](), list[SetAside](), list[Problem](), 0
    for sheet in file.sheets:
        found = own_columns.find(sheet, profile, taxonomy, codes.texts)
        if found is None or sheet.name in codes.sheets or not _has_answers(sheet, found):
            if sheet.name not in codes.sheets and sheet.n_filled:
                n_rows += sheet.n_filled
                aside.append(SetAside(f'bladet "{sheet.name}" har inga svar på kända frågor', sheet.n_filled))
            continue
        table, its_doubts, its_faults, n_read, n_silent = _sheet(file, sheet, found, codes, taxonomy)
        tables.append(table)
        doubts += its_doubts
        faults += its_faults
        n_rows += n_read
        aside += [SetAside("saknar svar på de frågor som används", n_silent)] if n_silent else []
    if faults:
        raise SourceError(faults)
    together = pd.concat(tables, ignore_index=True)
    if together.empty:
        what = "ingen fråga har svar som går att läsa."
        raise SourceError(Problem(file.name, what, action='Lägg till ett blad "Kodnyckel" med fråga, kod och svar.'))
    answers = validate("survey_answers", together[TABLES["survey_answers"].names], file.name)
    return Reading({"survey_answers": answers}, tuple(doubts), n_rows, tuple(aside), rows_used=answers["respondent"].nunique())


def _has_answers(sheet: Sheet, found: Headings) -> bool:
    """Whether some known question has answers below it."""
    rows = sheet.rows[found.row + 1 :][:200]
    columns = ([cell_text(row[place]) if place < len(row) else "" for row in rows] for place in found.items)
    return any(own_answers.is_readable(pd.Series(texts, dtype="str")) for texts in columns)


def _sheet(
    file: RawFile, sheet: Sheet, found: Headings, codes: Codebook, taxonomy: Taxonomy
) -> tuple[pd.DataFrame, list[Doubt], list[Problem], int, int]:
    """One sheet's answers, its doubts, what is wrong, its respondents, and how many of them answered nothing that is used."""
    start = found.row + 1
    filled = [
        (number, row)
        for number, row in zip(sheet.numbers[start:], sheet.rows[start:], strict=True)
        if not all(is_blank(cell) for cell in row)
    ]
    rows = pd.DataFrame(
        [[cell_text(row[place]) if place < len(row) else "" for place in range(len(found.names))] for _, row in filled],
        index=pd.Index([number for number, _ in filled], name="rad"),
        dtype="str",
    )
    years, problems = _years(file, sheet, found, rows)
    weights, wrong = _weights(file, sheet, found, rows)
    people = pd.DataFrame(
        {
            "survey": SURVEY,
            "year": years,
            "respondent": f"{file.sha256[:6]}-{sheet.name}-" + rows.index.astype("str"),
            "weight": weights,
            "stratum": _column(rows, found, "stratum"),
            "area": _area(rows, found),
            "group": _groups(rows, found),
        },
        index=rows.index,
    )
    doubts = own_doubts.of_design(file, sheet, people, found)
    doubts += own_doubts.of_columns(file, sheet, found, rows, taxonomy)
    parts = []
    for place, item in found.items.items():
        answers = own_answers.decoded(rows[place], found.names[place], codes.of(found.names[place]))
        if answers is None:
            doubts.append(
                own_doubts.without_key(file.where(sheet.name, None, found.name(place)), int(rows[place].ne("").sum()))
            )
            continue
        if own_doubts.is_turned(item, found.names[place], answers):
            doubts.append(own_doubts.turned(file.where(sheet.name, None, found.name(place)), item, int(answers.ne("").sum())))
            continue
        kept, chosen = own_answers.without_free_text(answers)
        doubts += own_doubts.of_choices(file.where(sheet.name, None, found.name(place)), kept, chosen)
        parts.append(people.assign(item=item, answer=kept)[kept.ne("")])
    table = pd.concat(parts) if parts else people.head(0).assign(item="", answer="")
    n_silent = len(rows) - table["respondent"].nunique()
    return table, doubts, [*problems, *wrong], len(rows), n_silent


def _column(rows: pd.DataFrame, found: Headings, role: str) -> pd.Series:
    """A column's texts, empty where blank; all empty where there is no such column."""
    if role not in found.roles:
        return pd.Series(None, rows.index, dtype="str")
    texts = rows[found.roles[role]]
    return texts.where(texts.ne("") & ~texts.str.contains(HIDDEN, regex=False))


def _years(file: RawFile, sheet: Sheet, found: Headings, rows: pd.DataFrame) -> tuple[pd.Series, list[Problem]]:
    """The survey's year: its own column, else the year most answers were given, else the title's or the sheet's."""
    for role in ("year", "started"):
        told = _column(rows, found, role).str.extract(_YEAR, expand=False)
        if role == "year" and told.notna().all() and len(told):
            return told.astype("int64"), []
        if told.notna().any():
            return pd.Series(int(str(told.value_counts().sort_index().idxmax())), rows.index), []
    titles = [sheet.name, *(cell_text(cell) for row in sheet.rows[: found.row] for cell in row)]
    years = {year for title in titles for year in _YEAR.findall(title)}
    if len(years) == 1:
        return pd.Series(int(years.pop()), rows.index), []
    action = 'Lägg till en kolumn med rubriken "År", eller skriv året i en rad ovanför rubrikerna.'
    return pd.Series(1900, rows.index), [
        Problem(file.where(sheet.name), "det framgår inte vilket år enkäten gjordes.", action=action)
    ]


def _weights(file: RawFile, sheet: Sheet, found: Headings, rows: pd.DataFrame) -> tuple[pd.Series, list[Problem]]:
    if "weight" not in found.roles:
        return pd.Series(float("nan"), rows.index), []
    place = found.roles["weight"]
    figures = parse_figures(rows[place])
    is_wrong = ~figures["is_readable"] | ~figures["value"].fillna(0).between(0, _LARGEST_WEIGHT)
    if not is_wrong.any():
        return figures["value"], []
    where = file.where(sheet.name, [int(row) for row in rows.index[is_wrong]], found.name(place))
    what = f"{swedish.plural(int(is_wrong.sum()), 'vikt är', 'vikter är')} inget tal som är minst 0."
    return figures["value"], [Problem(where, what, "ett tal, som 0,85.", "Rätta vikterna, eller ta bort kolumnen.")]


def _groups(rows: pd.DataFrame, found: Headings) -> pd.Series:
    """Sex where it was asked, else age; a sex nobody else gave, or one not stated, is no group."""
    if "group" in found.roles:
        return rows[found.roles["group"]].map(lambda text: _SEXES.get(fold(text))).astype("str")
    if "age" not in found.roles:
        return pd.Series(None, rows.index, dtype="str")
    texts = rows[found.roles["age"]]
    return texts.map(lambda text: _age(text) or None).astype("str")


def _age(text: str) -> str:
    if re.fullmatch(r"[0-9]{1,3}", text):
        return next((name for below, name in _AGES if int(text) < below), "")
    return text if len(text) <= _LONGEST_AREA and any(letter.isdigit() for letter in text) else ""


def _area(rows: pd.DataFrame, found: Headings) -> pd.Series:
    """The areas where they are a list to choose from; free text about where one lives is not kept."""
    areas = _column(rows, found, "area")
    n_areas = areas.nunique()
    is_list = n_areas <= min(_MOST_AREAS, max(5, areas.notna().sum() // 2)) and areas.str.len().le(_LONGEST_AREA).all()
    return areas if is_list else pd.Series(None, rows.index, dtype="str")
