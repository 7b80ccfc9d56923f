"""What the analyst has answered about pairs of observations: one event or two. ``dubbletter.xlsx``, as ``check`` offers it.

A pair is known by its name, which is made of what its two rows say (``est_pairs``): the answer holds when the list is delivered
again, and falls when one of the rows is changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources.est import pairs as est_pairs
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.files.sheet import Sheet, is_blank
from lagesbild.sources.merge import Part
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "svar om dubbletter"
FILE = "dubbletter.xlsx"
ANSWER, PAIR = "Samma händelse (ja/nej)", "Par"
_YES, _NO = {"ja", "j", "yes", "y", "x"}, {"nej", "n", "no"}
_LOOK_IN = 10
#: What a delivery holds of its pairs: who they are, where they stand, and the answer ('' none, 'ja', 'nej').
COLUMNS = [
    "pair",
    "answer",
    "category",
    "area",
    "date",
    "organisation",
    "place",
    "date_2",
    "organisation_2",
    "place_2",
    "likeness",
]
_GONE = "gäller ett par som inte längre finns"


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a workbook with the columns of pairs and answers."""
    if any(_headings(sheet) for sheet in file.heads):
        return None
    return Refusal(f'kolumnerna "{ANSWER}" och "{PAIR}" hittas inte')


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The answers by pair; rows without one are set aside. They are applied when all files are read (``settled``)."""
    found, rows, unanswered, unreadable = [], 0, 0, []
    sheet_name = ""
    for sheet in file.sheets:
        if (headings := _headings(sheet)) is None:
            rows += sheet.n_filled
            continue
        at, pair, answer = headings
        sheet_name = sheet.name
        for number, cells in zip(sheet.numbers[at + 1 :], sheet.rows[at + 1 :], strict=True):
            if all(is_blank(cell) for cell in cells):
                continue
            rows += 1
            name, said = (str(_cell(cells, place) or "").strip() for place in (pair, answer))
            word = "ja" if fold(said) in _YES else "nej" if fold(said) in _NO else ""
            if word and name:
                found.append((name, word, number))
            elif said:
                unreadable.append(number)
            else:
                unanswered += 1
    doubts = []
    if unreadable:
        what = f"{swedish.plural(len(unreadable), 'svar', 'svar')} är varken ja eller nej, eller saknar par."
        doubts.append(
            Doubt("olasligt_svar", file.where(sheet_name, unreadable, ANSWER), what, "Skriv ja eller nej.", len(unreadable))
        )
    others = rows - len(found) - unanswered - len(unreadable)
    aside = [
        SetAside("är inte besvarade", unanswered),
        SetAside("har ett svar som inte går att läsa", len(unreadable)),
        SetAside("står på ett annat blad än svaren", others),
    ]
    answers = pd.DataFrame(found, columns=["pair", "answer", "row"])
    return Reading({}, tuple(doubts), rows, tuple(item for item in aside if item.n_rows), rows_used=len(found), answers=answers)


def settled(
    tables: Tables, parts: list[Part], profile: Profile, taxonomy: Taxonomy
) -> tuple[Tables, list[Part], pd.DataFrame, list[Doubt]]:
    """The observations with confirmed duplicates marked, the parts with answers set aside that match nothing, every pair with
    its answer, and the doubts.

    Of the observations that are one event, the first by day, clock time and number is kept and the others point at it.
    """
    pairs = est_pairs.find(tables.observations, taxonomy, profile.est.categories)
    answers, parts, doubts = _matched(parts, set(pairs.table["pair"]))
    said = pd.Series([answers.get(str(pair), "") for pair in pairs.table["pair"]], pairs.table.index, dtype="str")
    table = pairs.table.assign(answer=said)
    observed = _marked(tables.observations, table[table["answer"].eq("ja")])
    doubts += _contradictory(table)
    doubts += _open(pairs, table, tables.observations)
    return replace(tables, observations=observed), parts, _told(table, tables.observations, parts), doubts


def _headings(sheet: Sheet) -> tuple[int, int, int] | None:
    """The heading row, and the places of the pair and the answer; None where there is no such row."""
    for at, row in enumerate(sheet.rows[:_LOOK_IN]):
        names = [fold(str(cell)) if isinstance(cell, str) else "" for cell in row]
        if fold(ANSWER) in names and fold(PAIR) in names:
            return at, names.index(fold(PAIR)), names.index(fold(ANSWER))
    return None


def _cell(row: list[object], place: int) -> object:
    return row[place] if place < len(row) else None


def _matched(parts: list[Part], known: set[str]) -> tuple[dict[str, str], list[Part], list[Doubt]]:
    """The answers about pairs that exist; a pair that two files answer differently has none."""
    doubts: list[Doubt] = []
    answered: dict[str, set[str]] = {}
    files: dict[str, set[str]] = {}
    settled_parts = []
    for part in parts:
        answers = part.reading.answers
        if answers is None:
            settled_parts.append(part)
            continue
        gone = answers[~answers["pair"].isin(known)]
        for pair, answer in zip(answers["pair"], answers["answer"], strict=True):
            answered.setdefault(str(pair), set()).add(str(answer))
            files.setdefault(str(pair), set()).add(part.file.name)
        settled_parts.append(part.with_aside([SetAside(_GONE, len(gone))]))
        if len(gone):
            told = swedish.plural(len(gone), "svar gäller ett par", "svar gäller par")
            what = f"{told} som inte längre finns bland observationerna."
            action = f"Raderna har ändrats eller tagits bort sedan filen skrevs. Svara på nytt i den {FILE} som check skriver."
            doubts.append(Doubt("svar_utan_par", part.file.where("", list(gone["row"])), what, action, len(gone)))
    twice = sorted(pair for pair, its in answered.items() if len(its) > 1 and pair in known)
    if twice:
        where = swedish.listing(sorted({name for pair in twice for name in files[pair]}))
        what = f"{swedish.plural(len(twice), 'par har', 'par har')} både ja och nej som svar."
        doubts.append(
            Doubt("motstridiga_svar", where, what, "Inget av svaren används. Ta bort det som inte gäller.", len(twice))
        )
    return {pair: next(iter(its)) for pair, its in answered.items() if len(its) == 1}, settled_parts, doubts


def _marked(observations: pd.DataFrame, confirmed: pd.DataFrame) -> pd.DataFrame:
    """The observations with ``duplicate_of`` of confirmed pairs."""
    if confirmed.empty:
        return observations
    order = observations.sort_values(est_pairs.ORDER, kind="stable")["observation_id"]
    place = {name: at for at, name in enumerate(order)}
    targets: dict[str, str] = {}
    for same in _classes(confirmed):
        first, *others = sorted(same, key=place.__getitem__)
        targets |= dict.fromkeys(others, first)
    pointed = observations["observation_id"].map(targets).astype("str")
    return observations.assign(duplicate_of=observations["duplicate_of"].fillna(pointed))


def _classes(confirmed: pd.DataFrame) -> list[set[str]]:
    return est_pairs.classes(list(zip(confirmed["first"], confirmed["second"], strict=True)))


def _contradictory(table: pd.DataFrame) -> list[Doubt]:
    """Pairs answered no whose two rows are one event by other answers."""
    same = {name: at for at, its in enumerate(_classes(table[table["answer"].eq("ja")])) for name in its}
    denied = table[table["answer"].eq("nej")]
    both = zip(denied["first"], denied["second"], strict=True)
    n_pairs = sum(one in same and same[one] == same.get(other) for one, other in both)
    if not n_pairs:
        return []
    what = f"{swedish.plural(n_pairs, 'par har', 'par har')} svaret nej, men båda är samma händelse som en tredje."
    return [Doubt("motstridiga_svar", "EST-observationer", what, "De räknas som samma händelse. Kontrollera svaren.", n_pairs)]


def _open(pairs: est_pairs.Pairs, table: pd.DataFrame, observations: pd.DataFrame) -> list[Doubt]:
    """How many pairs nobody has answered about, beside how many chance would give."""
    left = table[table["answer"].eq("")]
    crowded = ""
    if pairs.n_crowded:
        told = swedish.plural(pairs.n_crowded, "observation", "observationer")
        crowded = f" Därtill ligger {told} så tätt att par inte går att peka ut."
    if left.empty and not crowded:
        return []
    n_rows = len({*left["first"], *left["second"]})
    what = (
        f"{swedish.plural(len(left), 'par', 'par')} av observationer från olika organisationer kan vara samma händelse (samma "
        "kategori och område, högst en dag emellan, plats och klockslag säger inte emot). Av slumpen väntas ungefär "
        f"{swedish.number(pairs.n_expected)} sådana par.{crowded}"
    )
    action = f"De räknas var för sig. Svara ja eller nej i {FILE}, som check skriver, och lägg den bland källfilerna."
    share = n_rows / len(observations) if len(observations) else None
    return [Doubt("mojlig_dubblett", "EST-observationer", what, action, n_rows + pairs.n_crowded, share)]


def _told(table: pd.DataFrame, observations: pd.DataFrame, parts: Iterable[Part]) -> pd.DataFrame:
    """Every pair as the workbook shows it: no clock, no place, no text; only category, area, day, organisation and row."""
    rows = observations.set_index("observation_id")[["category", "area", "date", "organisation"]]
    first, second = (rows.loc[table[name]].reset_index(drop=True) for name in ("first", "second"))
    places = _places(parts, [*table["first"].tolist(), *table["second"].tolist()])
    return pd.DataFrame(
        {
            "pair": table["pair"],
            "answer": table["answer"],
            "category": first["category"],
            "area": first["area"],
            "date": first["date"],
            "organisation": first["organisation"],
            "place": table["first"].map(lambda name: places.get(name, f"nummer {name}")),
            "date_2": second["date"],
            "organisation_2": second["organisation"],
            "place_2": table["second"].map(lambda name: places.get(name, f"nummer {name}")),
            "likeness": table["likeness"],
        },
        columns=COLUMNS,
    )


def _places(parts: Iterable[Part], wanted: list[str]) -> dict[str, str]:
    """Where these observations stand: number -> file, sheet and row; also by the number it gets when two files share it."""
    found: dict[str, str] = {}
    known = set(wanted)
    for part in parts:
        standing = part.reading.found_at
        if standing is None:
            continue
        tail = "-" + part.file.sha256[:6]
        columns = (standing[column].tolist() for column in ("observation_id", "sheet", "row"))
        for name, sheet, row in zip(*columns, strict=True):
            if name not in known and name + tail not in known:
                continue
            on_sheet = f"blad {sheet}, " if sheet else ""
            place = f"{part.file.name}, {on_sheet}rad {row}"
            found[name + tail] = place
            found.setdefault(name, place)
    return found
