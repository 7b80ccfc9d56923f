"""What each source says of each problem area, criterion by criterion: the source profile."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import behind, matrix, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.matrix import MISSING, SILENT, STATES, Cell
from lagesbild.charts.rows import Row, records
from lagesbild.profile import Profile
from lagesbild.ranking.result import CRITERIA, Ranking
from lagesbild.taxonomy import Taxonomy

#: The same goalposts as the value layer's: how much on the log scale is one step of each criterion (methods, section 5).
_STEP = {"omfattning": 1.0, "jamforelse": 0.5, "utveckling": 0.15}
_SLIGHT, _CLEAR = 0.2, 0.8
#: Criterion -> what a state is called in a sentence; what cannot be told from the comparison is not said.
_SAID = {
    "omfattning": {"mycket över": "klart större", "över": "större", "under": "mindre", "mycket under": "klart mindre"},
    "jamforelse": {"mycket över": "klart över", "över": "över", "under": "under", "mycket under": "klart under"},
    "utveckling": {"mycket över": "klart ökande", "över": "ökande", "under": "minskande", "mycket under": "klart minskande"},
}
_OF = {"omfattning": "omfattning", "jamforelse": "jämförelsen", "utveckling": "utveckling"}


@theme.styled
def kallprofil(ranking: Ranking, profile: Profile, taxonomy: Taxonomy) -> Chart:
    """Lines (ranked first, then those without data) by source and criterion, each cell with a sign or marked missing."""
    lines = [str(line) for line in ranking.table.sort_values("rank", kind="stable")["problem_area"]]
    gaps = ranking.gaps[ranking.gaps["kind"].eq("omatt")]["problem_area"]
    lines += [line for line in taxonomy.line_ids if line in set(gaps) and line not in lines]
    used = set(ranking.signals["source"])
    sources = [str(source) for source in taxonomy.sources["source"] if source in used]
    able = _able(lines, sources, taxonomy)
    given = set(zip(ranking.signals["source"], ranking.signals["criterion"], strict=True))
    spoken = given | {(source, criterion) for _, source, criterion in able}
    columns = [(source, criterion) for source in sources for criterion in CRITERIA if (source, criterion) in spoken]
    cells = _cells(ranking, lines, columns, able)
    heads = [(wording.source_label(taxonomy.name_of_source(source)), wording.CRITERIA[c]) for source, c in columns]
    note = wording.COMBINED if any(taxonomy.is_combined(line) for line in lines) else ""
    grid = [[cells[line, source, criterion] for source, criterion in columns] for line in lines]
    sheet = matrix.draw([taxonomy.short(line) for line in lines], heads, grid, note, is_example=profile.is_example)
    names = [taxonomy.name_of_source(source) for source in sources]
    return Chart(
        name="kallprofil",
        figure=sheet.figure,
        title=_title(lines, sources, cells, ranking, taxonomy),
        subtitle=f"Vad {_count(len(sources))} säger om varje problemområde: omfattning mot övriga områden, jämförelse med "
        "andra kommuner eller riket, och utveckling.",
        alt=_alt(lines, sources, cells, ranking, taxonomy, profile),
        caption=wording.source_line(names, f"Lägesbild {profile.year}", profile),
        table=_table(lines, columns, cells, taxonomy),
    )


def _count(sources: int) -> str:
    return "en källa" if sources == 1 else f"{swedish.count_word(sources)} källor"


def _able(lines: list[str], sources: list[str], taxonomy: Taxonomy) -> set[tuple[str, str, str]]:
    """Line, source and criterion wherever the source by its nature can say something: it has a bias class there, a line that is
    broader than one area has no extent of its own, and police control gives no trend."""
    classes = taxonomy.bias_classes.set_index("bias_class")[list(CRITERIA)].notna()
    gives = {(str(name), criterion) for criterion in CRITERIA for name in classes.index[classes[criterion]]}
    kinds = {source: taxonomy.kind_of_source(source) for source in sources}
    return {
        (line, source, criterion)
        for line in lines
        for source, kind in kinds.items()
        for criterion in CRITERIA
        if (taxonomy.bias_class(line, kind) or "", criterion) in gives
        and not (criterion == "omfattning" and taxonomy.is_combined(line))
        and not (criterion == "utveckling" and kind == "reported" and taxonomy.is_police_initiated(line))
    }


def _cells(
    ranking: Ranking, lines: list[str], columns: list[tuple[str, str]], able: set[tuple[str, str, str]]
) -> dict[tuple[str, str, str], Cell]:
    level = ranking.signals[ranking.signals["criterion"].eq("omfattning")]
    middle: dict[Any, float] = level.groupby("source", observed=True)["z"].median().to_dict()
    found = {(row["problem_area"], row["source"], row["criterion"]): row for row in records(ranking.signals)}
    cells = {}
    for line in lines:
        for source, criterion in columns:
            row = found.get((line, source, criterion))
            if row is None or isnan(row["z"]):
                cells[line, source, criterion] = Cell(MISSING if (line, source, criterion) in able else SILENT)
            else:
                centre = middle.get(source, 0.0) if criterion == "omfattning" else 0.0
                cells[line, source, criterion] = Cell(_state(row, centre), behind.figure(row))
    return cells


def _state(row: Row, centre: float) -> str:
    """The sign of a cell. A comparison or a trend is 'lika' unless its 95 % interval lies wholly on one side of no difference.

    So is one without an interval: its base is too small for a figure, hence for a direction.
    """
    criterion = row["criterion"]
    steps = (row["z"] - centre) / _STEP[criterion]
    nothing = {"ratio": 1.0, "percent_per_year": 0.0, "index_per_year": 0.0}.get(row["unit"], row["reference"])
    lower, upper = row["lower"], row["upper"]
    if criterion != "omfattning" and not (lower > nothing or upper < nothing):
        return "lika"
    if abs(steps) < _SLIGHT and criterion == "omfattning":
        return "lika"
    side = "över" if steps > 0 else "under"
    return f"mycket {side}" if abs(steps) >= _CLEAR else side


def _above(line: str, cells: dict[tuple[str, str, str], Cell]) -> tuple[int, int]:
    """How many cells of the line lie above, and how many say anything."""
    own = [cell.state for (area, _, _), cell in cells.items() if area == line and cell.state in STATES]
    return sum(state.endswith("över") for state in own), len(own)


def _title(
    lines: list[str], sources: list[str], cells: dict[tuple[str, str, str], Cell], ranking: Ranking, taxonomy: Taxonomy
) -> str:
    unmeasured = [line for line in lines if _above(line, cells)[1] == 0]
    if len(sources) == 1:
        return f"Bara en källa finns, och den säger inget om {len(unmeasured)} av {len(lines)} områden"
    disagreeing = ranking.table[ranking.table["sources_disagree"].astype("bool")]["problem_area"]
    if len(disagreeing):
        return f"Källorna är oense om {wording.several([taxonomy.name(str(line)) for line in disagreeing])}"
    above, said = _above(lines[0], cells)
    return f"{wording.plain(taxonomy.name(lines[0]))} ligger över i {above} av {said} uppgifter från {_count(len(sources))}"


def _alt(
    lines: list[str],
    sources: list[str],
    cells: dict[tuple[str, str, str], Cell],
    ranking: Ranking,
    taxonomy: Taxonomy,
    profile: Profile,
) -> str:
    stories, silent = [], []
    for line in lines:
        above, said = _above(line, cells)
        if said:
            stories.append(f"{wording.plain(taxonomy.name(line))} {above} av {said}")
        else:
            silent.append(wording.within(taxonomy.short(line)))
    gaps = f" Underlag saknas för {swedish.listing(silent)}." if silent else ""
    disputed = ranking.table[ranking.table["sources_disagree"].astype("bool")]["problem_area"]
    quarrels = "".join(f" {told}" for line in disputed if (told := _quarrel(str(line), sources, cells, taxonomy)))
    return (
        f"{_title(lines, sources, cells, ranking, taxonomy)}.{quarrels} {profile.name} {profile.year}, uppgifter som ligger "
        f"över jämförelsen: {'; '.join(stories)}.{gaps}"
    )


def _quarrel(line: str, sources: list[str], cells: dict[tuple[str, str, str], Cell], taxonomy: Taxonomy) -> str:
    """What each source that says something of the line says: 'Om rån: NTU större omfattning.'"""
    parts = []
    for source in sources:
        said = [
            f"{_SAID[criterion][state]} {_OF[criterion]}"
            for criterion in CRITERIA
            if (cell := cells.get((line, source, criterion))) is not None and (state := cell.state) in _SAID[criterion]
        ]
        if said:
            parts.append(f"{wording.within(wording.source_label(taxonomy.name_of_source(source)))} {swedish.listing(said)}")
    return f"Om {wording.within(wording.plain(taxonomy.name(line)))}: {'; '.join(parts)}." if parts else ""


def _table(
    lines: list[str], columns: list[tuple[str, str]], cells: dict[tuple[str, str, str], Cell], taxonomy: Taxonomy
) -> pd.DataFrame:
    def words(cell: Cell) -> str:
        sign = STATES[cell.state][0] if cell.state in STATES else cell.state
        return f"{sign} {cell.figure}".strip()

    table = {"Problemområde": [taxonomy.name(line) for line in lines]}
    for source, criterion in columns:
        head = f"{wording.source_label(taxonomy.name_of_source(source))}, {wording.CRITERIA[criterion]}"
        table[head] = [words(cells[line, source, criterion]) for line in lines]
    return pd.DataFrame(table)
