"""What each source says of each problem area, criterion by criterion: the source profile."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import lettering, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.rows import Row, records
from lagesbild.charts.sheet import Sheet
from lagesbild.profile import Profile
from lagesbild.ranking.result import CRITERIA, Ranking
from lagesbild.taxonomy import Taxonomy

_ROW, _LABELS, _GAP, _WIDE = 5.8, 42.0, 2.2, 17.0
#: The same goalposts as the value layer's: how much on the log scale is one step of each criterion (methods, section 5).
_STEP = {"omfattning": 1.0, "jamforelse": 0.5, "utveckling": 0.15}
_SLIGHT, _CLEAR = 0.2, 0.8
MISSING, SILENT = "saknas", "mäts inte"
#: State -> (sign, ground, colour of the sign, words).
STATES = {
    "mycket över": ("++", theme.OWN, theme.PAPER, "klart större eller klart ökande"),
    "över": ("+", theme.OWN_BAND, theme.INK, "större eller ökande"),
    "lika": ("≈", theme.PAPER, theme.INK, "går inte att skilja från jämförelsen"),
    "under": ("−", "#e4e7e9", theme.INK, "mindre eller minskande"),
    "mycket under": ("−−", theme.POOLED, theme.PAPER, "klart mindre eller klart minskande"),
}


@dataclass(frozen=True)
class _Cell:
    """One source's word on one criterion of one line: a state of STATES, MISSING or SILENT; and its figure as text."""

    state: str
    figure: str = ""


@theme.styled
def kallprofil(ranking: Ranking, profile: Profile, taxonomy: Taxonomy) -> Chart:
    """Lines (ranked first, then those without data) by source and criterion, each cell with a sign or marked missing."""
    lines = [str(line) for line in ranking.table.sort_values("rank", kind="stable")["problem_area"]]
    gaps = ranking.gaps[ranking.gaps["kind"].eq("omatt")]["problem_area"]
    lines += [line for line in taxonomy.line_ids if line in set(gaps) and line not in lines]
    used = set(ranking.signals["source"])
    sources = [str(source) for source in taxonomy.sources["source"] if source in used]
    columns = [(s, c) for s in sources for c in CRITERIA if _can(s, c, lines, ranking, taxonomy)]
    cells = _cells(ranking, lines, columns, taxonomy)
    sheet = _draw(lines, columns, cells, profile, taxonomy)
    names = [taxonomy.name_of_source(source) for source in sources]
    return Chart(
        name="kallprofil",
        figure=sheet.figure,
        title=_title(lines, sources, cells, ranking, taxonomy),
        subtitle=f"Vad {_count(len(sources))} säger om varje problemområde: omfattning mot övriga områden, jämförelse med "
        "andra kommuner eller riket, och utveckling",
        alt=_alt(lines, sources, cells, ranking, taxonomy, profile),
        caption=wording.source_line(names, f"Lägesbild {profile.year}", profile),
        table=_table(lines, columns, cells, taxonomy),
    )


def _count(sources: int) -> str:
    return "en källa" if sources == 1 else f"{swedish.count_word(sources)} källor"


def _can(source: str, criterion: str, lines: list[str], ranking: Ranking, taxonomy: Taxonomy) -> bool:
    """Whether the source speaks of the criterion at all: a signal, or a bias class for one of the lines."""
    signals = ranking.signals
    if (signals["source"].eq(source) & signals["criterion"].eq(criterion)).any():
        return True
    kind = taxonomy.kind_of_source(source)
    return any(taxonomy.bias_sd(line, kind, criterion) is not None for line in lines)


def _cells(
    ranking: Ranking, lines: list[str], columns: list[tuple[str, str]], taxonomy: Taxonomy
) -> dict[tuple[str, str, str], _Cell]:
    level = ranking.signals[ranking.signals["criterion"].eq("omfattning")]
    middle: dict[Any, float] = level.groupby("source", observed=True)["z"].median().to_dict()
    found = {(row["problem_area"], row["source"], row["criterion"]): row for row in records(ranking.signals)}
    cells = {}
    for line in lines:
        for source, criterion in columns:
            row = found.get((line, source, criterion))
            if row is None or isnan(row["z"]):
                state = SILENT if _is_silent(line, source, criterion, taxonomy) else MISSING
                cells[line, source, criterion] = _Cell(state)
            else:
                centre = middle.get(source, 0.0) if criterion == "omfattning" else 0.0
                cells[line, source, criterion] = _Cell(_state(row, centre), _figure(row))
    return cells


def _is_silent(line: str, source: str, criterion: str, taxonomy: Taxonomy) -> bool:
    """Whether the source by its nature says nothing here: no bias class, or a criterion the line's figures cannot carry."""
    kind = taxonomy.kind_of_source(source)
    if taxonomy.bias_sd(line, kind, criterion) is None:
        return True
    if criterion == "omfattning" and taxonomy.is_combined(line):
        return True
    return criterion == "utveckling" and kind == "reported" and taxonomy.is_police_initiated(line)


def _state(row: Row, centre: float) -> str:
    """The sign of a cell. A comparison or a trend whose 95 % interval covers none is 'lika', however large it looks."""
    criterion = row["criterion"]
    steps = (row["z"] - centre) / _STEP[criterion]
    nothing = {"ratio": 1.0, "percent_per_year": 0.0}.get(row["unit"], row["reference"])
    lower, upper = row["lower"], row["upper"]
    if criterion != "omfattning" and lower <= nothing <= upper:
        return "lika"
    if abs(steps) < _SLIGHT and criterion == "omfattning":
        return "lika"
    side = "över" if steps > 0 else "under"
    return f"mycket {side}" if abs(steps) >= _CLEAR else side


def _figure(row: Row) -> str:
    value, unit = float(row["estimate"]), row["unit"]
    if isnan(value):
        return ""
    if unit == "ratio":
        return f"{swedish.significant(value)} ggr"
    if unit == "percent_per_year":
        return f"{swedish.signed(value)}{swedish.NBSP}%/år"
    if unit == "share":
        return swedish.percent(value)
    return wording.rate(value) if unit == "per_100k" else swedish.significant(value)


def _draw(
    lines: list[str],
    columns: list[tuple[str, str]],
    cells: dict[tuple[str, str, str], _Cell],
    profile: Profile,
    taxonomy: Taxonomy,
) -> Sheet:
    sources = list(dict.fromkeys(source for source, _ in columns))
    room = theme.WIDTH - _LABELS - _GAP * (len(sources) - 1)
    width = min(26.0, room / max(1, len(columns)))
    is_wide = width >= _WIDE
    heads = {source: _head(source, width * sum(s == source for s, _ in columns), taxonomy) for source in sources}
    step = lettering.line_height(theme.NOTE)
    criteria_height = 5.0 if is_wide else 16.5
    head = max((height for _, height, _ in heads.values()), default=0.0) + criteria_height + 1.5
    is_combined = any(taxonomy.is_combined(line) for line in lines)
    sheet = Sheet.new(head + _ROW * len(lines) + 15.5 + 4.5 * is_combined, is_example=profile.is_example)
    top = sheet.top - head
    left, previous = _LABELS, columns[0][0] if columns else ""
    for i, (source, criterion) in enumerate(columns):
        if source != previous:
            left, previous = left + _GAP, source
        if i == 0 or columns[i - 1][0] != source:
            names, _, is_upright = heads[source]
            looks = {"size": theme.NOTE, "weight": theme.SEMIBOLD}
            if is_upright:
                sheet.upright(left + width / 2, top + criteria_height + 0.5, names, **looks)
            else:
                sheet.lines(left, top + criteria_height + (len(names) - 1) * step + 2, names, **looks)
        word = wording.CRITERIA[criterion]
        if is_wide:
            sheet.text(left + width / 2, top + 2.6, word, ha="center", size=theme.NOTE, color=theme.QUIET)
        else:
            sheet.upright(left + width / 2, top + 1.2, [word], size=theme.NOTE, color=theme.QUIET)
        for j, line in enumerate(lines):
            _draw_cell(sheet, cells[line, source, criterion], left, top - (j + 1) * _ROW, width, is_wide=is_wide)
        left += width
    for j, line in enumerate(lines):
        sheet.text(0, top - (j + 0.5) * _ROW, lettering.fit(taxonomy.short(line), _LABELS - 2))
    _key(sheet, top - _ROW * len(lines) - 5.5)
    if is_combined:
        sheet.text(0, 1.8, wording.COMBINED, size=theme.NOTE, color=theme.QUIET)
    return sheet


def _head(source: str, span: float, taxonomy: Taxonomy) -> tuple[list[str], float, bool]:
    """A source's name in lines, the height they take, and whether they stand upright: so where the columns are too narrow."""
    name = wording.source_label(taxonomy.name_of_source(source))
    lines = lettering.wrap(name, span + 1.0, theme.NOTE, theme.SEMIBOLD)
    if not any(line.endswith(lettering.ELLIPSIS) for line in lines):
        return lines, len(lines) * lettering.line_height(theme.NOTE), False
    lines = lettering.wrap(name, 15.0, theme.NOTE, theme.SEMIBOLD)
    return lines, max(lettering.width(line, theme.NOTE, theme.SEMIBOLD) for line in lines) + 1.0, True


def _draw_cell(sheet: Sheet, cell: _Cell, left: float, bottom: float, width: float, *, is_wide: bool) -> None:
    inset = 0.3
    box = (left + inset, bottom + inset, width - 2 * inset, _ROW - 2 * inset)
    if cell.state == SILENT:
        return
    if cell.state == MISSING:
        sheet.box(*box, face=theme.PAPER, edge=theme.PEER, hatch="/////")
        return
    sign, ground, color, _ = STATES[cell.state]
    sheet.box(*box, face=ground, edge=theme.RULE if ground == theme.PAPER else ground)
    y = bottom + _ROW / 2
    if is_wide and cell.figure:
        sheet.text(left + 2, y, sign, color=color, weight=theme.SEMIBOLD)
        sheet.text(left + width - 2, y, cell.figure, ha="right", size=theme.NOTE, color=color)
    else:
        sheet.text(left + width / 2, y, sign, ha="center", color=color, weight=theme.SEMIBOLD)


def _key(sheet: Sheet, y: float) -> None:
    """Signs in two lines: from much above to much below, then missing and silent."""
    left, size = 0.0, 5.0
    for i, (sign, ground, color, words) in enumerate(STATES.values()):
        if i == 3:
            left, y = 0.0, y - 6.0
        sheet.box(left, y - 2.2, size, 4.4, face=ground, edge=theme.RULE if ground == theme.PAPER else ground)
        sheet.text(left + size / 2, y, sign, ha="center", size=theme.NOTE, color=color, weight=theme.SEMIBOLD)
        sheet.text(left + size + 1.5, y, words, size=theme.NOTE, color=theme.QUIET)
        left += size + 5.5 + lettering.width(words, theme.NOTE)
    sheet.box(left, y - 2.2, size, 4.4, face=theme.PAPER, edge=theme.PEER, hatch="/////")
    sheet.text(left + size + 1.5, y, "uppgift saknas    tomt: mäts inte", size=theme.NOTE, color=theme.QUIET)


def _above(line: str, cells: dict[tuple[str, str, str], _Cell]) -> tuple[int, int]:
    """How many cells of the line lie above, and how many say anything."""
    own = [cell.state for (area, _, _), cell in cells.items() if area == line and cell.state in STATES]
    return sum(state.endswith("över") for state in own), len(own)


def _title(
    lines: list[str], sources: list[str], cells: dict[tuple[str, str, str], _Cell], ranking: Ranking, taxonomy: Taxonomy
) -> str:
    unmeasured = [line for line in lines if _above(line, cells)[1] == 0]
    if len(sources) == 1:
        return f"Bara en källa finns, och den säger inget om {swedish.count_word(len(unmeasured))} av {len(lines)} områden"
    disagreeing = ranking.table[ranking.table["sources_disagree"].astype("bool")]["problem_area"]
    if len(disagreeing):
        return f"Källorna är oense om {wording.several([taxonomy.name(str(line)) for line in disagreeing])}"
    above, said = _above(lines[0], cells)
    return f"{wording.plain(taxonomy.name(lines[0]))} ligger över i {above} av {said} uppgifter från {_count(len(sources))}"


def _alt(
    lines: list[str],
    sources: list[str],
    cells: dict[tuple[str, str, str], _Cell],
    ranking: Ranking,
    taxonomy: Taxonomy,
    profile: Profile,
) -> str:
    stories, silent = [], []
    for line in lines:
        above, said = _above(line, cells)
        if said:
            stories.append(f"{taxonomy.name(line)}: {above} av {said} uppgifter över jämförelsen")
        else:
            silent.append(wording.within(taxonomy.name(line)))
    gaps = f" Underlag saknas för {swedish.listing(silent)}." if silent else ""
    return f"{_title(lines, sources, cells, ranking, taxonomy)}. {profile.name} {profile.year}. {'; '.join(stories)}.{gaps}"


def _table(
    lines: list[str], columns: list[tuple[str, str]], cells: dict[tuple[str, str, str], _Cell], taxonomy: Taxonomy
) -> pd.DataFrame:
    def words(cell: _Cell) -> str:
        sign = STATES[cell.state][0] if cell.state in STATES else cell.state
        return f"{sign} {cell.figure}".strip()

    table = {"Problemområde": [taxonomy.name(line) for line in lines]}
    for source, criterion in columns:
        head = f"{wording.source_label(taxonomy.name_of_source(source))}, {wording.CRITERIA[criterion]}"
        table[head] = [words(cells[line, source, criterion]) for line in lines]
    return pd.DataFrame(table)
