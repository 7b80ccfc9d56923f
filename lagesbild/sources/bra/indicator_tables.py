"""The figures of Brå's kommun indicators as tables: reported offences per kommun, NTU per kommun, län and the country.

Both layouts (workbook and long table) become the same cells first; what is doubtful about them is told here, once.
"""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.sources.bra.indicator_cells import KEY, REPEATED, SHARES, Cell, Cells, frame_of, unrepeated
from lagesbild.sources.bra.indicator_labels import LAYOUT, Title
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.tables import validate
from lagesbild.taxonomy import Taxonomy

_OFFENCE = ("count", "rate")
NOT_A_KOMMUN = "gäller ett annat område än en kommun"
_ELSEWHERE = "gäller ett område som inte används"
_WITHOUT_VALUE = "osäkerhetsintervall utan värde"
_WITHOUT_ANSWERS = "antal svarande utan enkätvärden"
_EMPTY = "saknar värde"
_QUOTED = 60
#: A rise of more than a third in the whole country in a year, from some hundreds of reports on, is more than people do.
_JUMP, _FEW = 4 / 3, 500


def read_cells(file: RawFile, found: Cells, problems: list[Problem], taxonomy: Taxonomy) -> Reading:
    """The tables of a file's cells. Raises SourceError with the problems given and all found here."""
    frame, wrong = frame_of(file, found.cells)
    problems = [*problems, *wrong]
    if frame.empty and not problems:
        problems.append(Problem(file.name, "det finns inga siffror i filen.", action="Hämta den på nytt hos Brå."))
    if problems:
        raise SourceError(problems)
    frame = frame.assign(fate="")
    frame, clashes = unrepeated(file, frame)
    is_offence = frame["measure"].isin(_OFFENCE)
    offences, frame = _offences(frame, is_offence)
    surveys, frame, doubts = _surveys(file, frame, ~is_offence, found.titles, taxonomy)
    clashes += _unordered(file, surveys)
    if clashes:
        raise SourceError(clashes)
    elsewhere = _elsewhere(frame)
    used = _rows(offences, _OFFENCE) | _rows(surveys, (*SHARES, "n")) | _rows(elsewhere, _OFFENCE)
    tables = {}
    if len(elsewhere):
        tables["reference_offences"] = validate("reference_offences", _published(elsewhere), file.name)
    if len(offences):
        tables["reported_offences"] = validate("reported_offences", _reported(offences), file.name)
    if len(surveys):
        tables["survey_results"] = validate("survey_results", _results(surveys), file.name)
    merged = [cell for cell in found.cells if cell.period.is_merged]
    doubts += [*_merged(file, merged), *_unknown(file, frame, taxonomy), *_broken(file, frame)]
    n_aside = sum(item.n_rows for item in found.aside)
    aside = (*_set_aside(frame, used, found.n_rows), *found.aside)
    return Reading(tables, tuple(doubts), found.n_rows + n_aside, aside, rows_used=len(used))


def _wide(cells: pd.DataFrame, measures: tuple[str, ...]) -> pd.DataFrame:
    """One row per fact of the first measure, the others beside it; for each measure also the file row it stands in."""
    keys = KEY[:-1]
    first, *others = measures
    wide = _part(cells, first)
    for measure in others:
        part = _part(cells, measure)[[*keys, measure, f"{measure}_row"]]
        wide = wide.merge(part, on=keys, how="outer" if first == "count" else "left", validate="one_to_one")
    return wide


def _part(cells: pd.DataFrame, measure: str) -> pd.DataFrame:
    part = cells[cells["measure"].eq(measure)]
    named = part.rename(columns={"figure": measure, "row": f"{measure}_row"})
    return named[[*KEY[:-1], measure, f"{measure}_row", "missing", "status", "sheet", "number"]]


def _offences(frame: pd.DataFrame, is_offence: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Reported offences per kommun, and the cells with those of other regions marked."""
    is_elsewhere = is_offence & frame["level"].ne("kommun") & frame["fate"].eq("")
    frame = frame.assign(fate=frame["fate"].mask(is_elsewhere, NOT_A_KOMMUN))
    kept = frame[is_offence & frame["fate"].eq("")]
    wide = _wide(kept, _OFFENCE)
    status = kept.groupby(KEY[:-1], observed=True)["status"].max()  # "preliminary" sorts after "final"
    known = wide[KEY[:-1]].merge(status.rename("its").reset_index(), on=KEY[:-1], how="left", validate="one_to_one")["its"]
    reason = kept.groupby(KEY[:-1], observed=True)["missing"].first()
    marks = wide[KEY[:-1]].merge(reason.rename("why").reset_index(), on=KEY[:-1], how="left", validate="one_to_one")["why"]
    return wide.assign(status=known.to_numpy(), missing=marks.where(wide["count"].isna()).to_numpy()), frame


def _elsewhere(frame: pd.DataFrame) -> pd.DataFrame:
    """Reported offences of the län and the country, where both the count and the rate are given."""
    is_there = frame["fate"].eq(NOT_A_KOMMUN) & frame["level"].isin(["lan", "riket"]) & frame["figure"].notna()
    wide = _wide(frame[is_there & frame["measure"].isin(_OFFENCE)], _OFFENCE)
    return wide[wide["count"].notna() & wide["rate"].notna()]


def _surveys(
    file: RawFile, frame: pd.DataFrame, is_survey: pd.Series, titles: dict[str, Title], taxonomy: Taxonomy
) -> tuple[pd.DataFrame, pd.DataFrame, list[Doubt]]:
    """NTU's figures with the number of respondents, by the year the survey was made; the cells marked; doubts."""
    is_other = is_survey & frame["level"].eq("other") & frame["fate"].eq("")
    frame = frame.assign(fate=frame["fate"].mask(is_other, _ELSEWHERE))
    kept = frame[is_survey & frame["fate"].eq("")]
    shifts = _shifts(kept, titles, taxonomy)
    year = kept["year"] + kept["label"].map(shifts).fillna(0).astype("int64")
    kept = kept.assign(year=year.where(kept["measure"].ne("n"), kept["year"]))
    wide = _wide(kept, SHARES)
    respondents = _part(kept, "n")[["level", "region", "year", "n", "n_row"]]
    wide = wide.merge(respondents, on=["level", "region", "year"], how="left", validate="many_to_one")
    used = _rows(wide, (*SHARES, "n"))
    is_lost = is_survey & frame["fate"].eq("") & ~frame["row"].isin(used)
    why = frame["measure"].map({"lower": _WITHOUT_VALUE, "upper": _WITHOUT_VALUE, "n": _WITHOUT_ANSWERS})
    frame = frame.assign(fate=frame["fate"].mask(is_lost, why))
    moved = kept[kept["label"].map(shifts).fillna(0).gt(0) & kept["measure"].eq("value")]
    return wide, frame, _moved(file, moved)


def _shifts(kept: pd.DataFrame, titles: dict[str, Title], taxonomy: Taxonomy) -> dict[str, int]:
    """How many years to add to each label's years to get the year the survey was made: 1 for what is given by the year before.

    Brå gives exposure to crime by the calendar year it happened in, the year before the survey; its titles say so ("2016–2023,
    enligt NTU 2017–2024"). Where a title does not, the series is held against the last year of the respondents, else of the
    other questions, and otherwise the layout is trusted.
    """
    last = kept[kept["measure"].eq("value")].groupby("label", observed=True)["year"].max()
    dimension = dict(zip(taxonomy.survey_items["item"], taxonomy.survey_items["dimension"], strict=True))
    exposed = {str(label) for label in last.index if dimension.get(str(label)) == "utsatthet"}
    asked = kept.loc[kept["measure"].eq("n"), "year"].max()
    others = last[~last.index.isin(exposed)].max()
    shifts = {}
    for label, year in last.items():
        title = titles.get(str(label))
        if title and title.refers_to and title.asked_in:
            shifts[str(label)] = int(title.asked_in == year + 1)
        elif str(label) in exposed:
            newest = next((limit for limit in (asked, others) if pd.notna(limit)), year + 1)
            shifts[str(label)] = int(newest > year)
    return shifts


def _moved(file: RawFile, moved: pd.DataFrame) -> list[Doubt]:
    if moved.empty:
        return []
    first, last = int(moved["year"].min()), int(moved["year"].max())
    n_items = moved["label"].nunique()
    what = (
        f"{swedish.plural(n_items, 'fråga', 'frågor')} om utsatthet står i filen med det år som svaren gäller "
        f"({swedish.years(first - 1, last - 1)})."
    )
    action = f"De förs till det år då enkäten gjordes, året efter ({swedish.years(first, last)})."
    return [Doubt("ntu_avser_aret_fore", file.name, what, action, len(moved))]


def _merged(file: RawFile, merged: list[Cell]) -> list[Doubt]:
    if not merged:
        return []
    rows = {cell.row for cell in merged}
    what = f"{swedish.plural(len(rows), 'rad bygger', 'rader bygger')} på två sammanslagna år."
    action = "De förs till det senare året. Två rader i följd delar svar och är inte två oberoende mätningar."
    return [Doubt("sammanslagna_ar", file.name, what, action, len(rows))]


def _unknown(file: RawFile, frame: pd.DataFrame, taxonomy: Taxonomy) -> list[Doubt]:
    """Series that neither the taxonomy nor the layout map knows."""
    kept = frame[frame["fate"].eq("") & frame["label"].ne("")]
    is_offence = kept["measure"].isin(_OFFENCE)
    known = set(LAYOUT["offences"]) | set(taxonomy.survey_items.loc[taxonomy.survey_items["survey"].eq("ntu"), "item"])
    doubts = []
    for label, rows in kept[~kept["label"].isin(known)].groupby("label", observed=True):
        options = LAYOUT["offences"] if is_offence[rows.index].any() else taxonomy.survey_items["item"]
        near = taxonomy.nearest(str(label), [str(option) for option in options])
        hint = f" Närmast: {swedish.listing([text[:_QUOTED] for text in near], 'eller')}." if near else ""
        where = file.where(str(rows["sheet"].iloc[0]))
        what = f'"{str(label)[:_QUOTED]}" är ingen känd indikator.'
        doubts.append(Doubt("okand_indikator", where, what, f"Den läses men räknas inte till något område.{hint}", len(rows)))
    return doubts


def _broken(file: RawFile, frame: pd.DataFrame) -> list[Doubt]:
    """Series of reported offences that rise by more than a third in a year in the whole country: new offence codes came in."""
    country = frame[frame["level"].eq("riket") & frame["measure"].eq("count") & ~frame["fate"].eq(REPEATED)]
    doubts = []
    for label, rows in country.sort_values(["label", "year"], kind="stable").groupby("label", observed=True):
        before = rows["figure"].shift()
        is_jump = rows["figure"].gt(before * _JUMP) & rows["figure"].gt(_FEW)
        if is_jump.any():
            first, last = (int(rows.loc[is_jump, "year"].agg(which)) for which in ("min", "max"))
            figure = rows.set_index("year")["figure"]
            low, high = swedish.number(before[is_jump].iloc[0]), swedish.number(figure[last])
            what = f'"{label}" går i hela landet från {low} till {high} anmälda brott mellan {first - 1} och {last}.'
            action = f"Serien räknar troligen inte samma brott alla år. Jämför inte åren före {last} med åren efter."
            doubts.append(Doubt("tidsseriebrott", file.name, what, action, len(rows)))
    return doubts


def _unordered(file: RawFile, wide: pd.DataFrame) -> list[Problem]:
    """Values outside their own limits."""
    wrong = wide[wide["lower"].gt(wide["value"]) | wide["upper"].lt(wide["value"])]
    return [
        Problem(
            file.where(str(row["sheet"]), int(row["number"])),
            f"värdet {swedish.number(row['value'], 1)} ligger utanför sitt osäkerhetsintervall.",
            "undre gräns, värde och övre gräns i den ordningen.",
            "Kolumnerna kan ha bytt plats. Hämta filen på nytt.",
        )
        for row in wrong.to_dict("records")
    ]


def _rows(wide: pd.DataFrame, measures: tuple[str, ...]) -> set[int]:
    """The file rows that stand in a table."""
    return {int(row) for measure in measures for row in wide[f"{measure}_row"].dropna()} if len(wide) else set()


def _reported(wide: pd.DataFrame) -> pd.DataFrame:
    named = wide.rename(columns={"region": "kommunkod", "label": "offence", "rate": "rate_per_100k"})
    columns = ["kommunkod", "offence", "year", "count", "rate_per_100k", "missing", "status"]
    return named[columns].assign(key_type="indicator")


def _published(wide: pd.DataFrame) -> pd.DataFrame:
    named = wide.rename(
        columns={"level": "geography_level", "region": "geography", "label": "offence", "rate": "rate_per_100k"}
    )
    return named[["geography_level", "geography", "offence", "year", "count", "rate_per_100k"]]


def _results(wide: pd.DataFrame) -> pd.DataFrame:
    named = wide.rename(columns={"label": "item", "level": "geography_level", "region": "geography"})
    columns = ["item", "geography_level", "geography", "year", "value", "lower", "upper", "n", "missing"]
    marks = named["missing"].where(named["value"].isna())
    return named[columns].assign(survey="ntu", group="alla", scale="percent", higher_is="worse", missing=marks)


def _set_aside(frame: pd.DataFrame, used: set[int], n_rows: int) -> tuple[SetAside, ...]:
    """Why each data row that stands in no table does not: the reason of its first cell."""
    left = frame[~frame["row"].isin(used)].drop_duplicates("row")
    counts = left["fate"].replace("", _EMPTY).value_counts().sort_index()
    n_empty = n_rows - frame["row"].nunique()
    items = [SetAside(str(why), int(n)) for why, n in counts.items()]
    return (*items, *([SetAside(_EMPTY, n_empty)] if n_empty else []))
