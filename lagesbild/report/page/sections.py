"""What the page says of each problem area: the report's own blocks, its charts with their figures, and Brå's matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lagesbild import swedish
from lagesbild.charts.chart import Chart
from lagesbild.charts.files import svg
from lagesbild.charts.wording import CRITERIA
from lagesbild.ranking.explanation import SEVERITY_SOURCE, SHARED_SOURCE
from lagesbild.report import facts, headings, matrix
from lagesbild.report.content import area, names
from lagesbild.report.document import Block, Column, Fitted, Heading, Picture, Points, Row, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.page.drawing import Styles, inline

#: Longer tables stand in the workbook only.
MOST_ROWS = 60


@dataclass(frozen=True)
class Drawing:
    """A chart on the page: its texts, the picture as SVG that the page's policy allows, and the figures behind it."""

    title: str
    subtitle: str
    svg: str
    caption: str
    figures: Table | None


@dataclass(frozen=True)
class Section:
    """One problem area. figure: its row of the ranking's table, None where nothing measures it. computed, judged: its cells of
    Brå's matrix."""

    line: str
    name: str
    definition: str
    figure: Any
    blocks: tuple[Block | Drawing, ...]
    computed: tuple[matrix.MatrixCell, ...]
    judged: tuple[matrix.MatrixCell, ...]


def sections(lagesbild: Lagesbild, styles: Styles) -> list[Section]:
    """Every area that can be decided on: the ranked in order, then those that nothing measures."""
    cells = matrix.cells(lagesbild)
    ranked = {row.problem_area: row for row in each(lagesbild.ranking.table)}
    return [
        Section(
            line,
            lagesbild.taxonomy.name(line),
            lagesbild.taxonomy.definition(line),
            ranked.get(line),
            tuple(_blocks(lagesbild, line, styles, is_ranked=line in ranked)),
            tuple(cell for cell in cells if cell.problem_area == line and cell.kind == matrix.COMPUTED),
            tuple(cell for cell in cells if cell.problem_area == line and cell.kind != matrix.COMPUTED),
        )
        for line in matrix.areas(lagesbild)
    ]


def other_drawings(lagesbild: Lagesbild, styles: Styles) -> list[Drawing]:
    """The charts that no area's section shows."""
    lines = [line.replace("_", "-") for line in matrix.areas(lagesbild)]
    return [drawing(chart, styles) for chart in lagesbild.charts if not any(chart.name.endswith(f"-{line}") for line in lines)]


def drawing(chart: Chart, styles: Styles) -> Drawing:
    """The chart for the page, with its table where that is short enough to be read."""
    table = figures(chart.table) if 0 < len(chart.table) <= MOST_ROWS else None
    return Drawing(chart.title, chart.subtitle, inline(svg(chart, outlines=False).decode(), styles), chart.caption, table)


def figures(frame: pd.DataFrame) -> Table:
    """A chart's figures as finished text, every column with as many decimals as its numbers need."""
    texts = [_texts(frame[column], str(column)) for column in frame.columns]
    numeric = [place for place, column in enumerate(frame.columns) if pd.api.types.is_numeric_dtype(frame[column])]
    return Table("", columns(*map(str, frame.columns), right=numeric), tuple(zip(*texts, strict=True)))


def _texts(values: pd.Series[Any], title: str) -> list[str]:
    """One column as text; a year has no thousands."""
    told = values.tolist()
    missing = [value is None or value is pd.NA or value != value for value in told]
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        return ["" if is_missing else str(value) for value, is_missing in zip(told, missing, strict=True)]
    known = [float(value) for value, is_missing in zip(told, missing, strict=True) if not is_missing]
    largest = max(map(abs, known), default=0.0)
    is_whole = all(value.is_integer() for value in known)
    decimals = 0 if is_whole or largest >= 1000 else 1 if largest >= 10 else 2
    if title == "År":
        return ["" if is_missing else str(int(value)) for value, is_missing in zip(told, missing, strict=True)]
    return [
        swedish.EN_DASH if is_missing else swedish.number(float(value), decimals)
        for value, is_missing in zip(told, missing, strict=True)
    ]


def _blocks(lagesbild: Lagesbild, line: str, styles: Styles, *, is_ranked: bool) -> Iterator[Block | Drawing]:
    """The report's blocks of the area in one column, then the charts of it that the report has elsewhere."""
    if not is_ranked:
        yield Text(" ".join(area.not_known(lagesbild, line)), lead="Det här vet vi inte.")
        return
    charts = {chart.alt: chart for chart in lagesbild.charts}
    shown: set[str] = set()
    for block in _flat(area.page(lagesbild, line)[1:]):
        if isinstance(block, Picture) and block.alt in charts:
            shown.add(charts[block.alt].name)
            yield drawing(charts[block.alt], styles)
        elif isinstance(block, Text) and block.text == lagesbild.taxonomy.definition(line):
            continue
        else:
            yield block
    yield _points(lagesbild, line)
    ending = f"-{line.replace('_', '-')}"
    for chart in lagesbild.charts:
        if chart.name.endswith(ending) and chart.name not in shown:
            yield drawing(chart, styles)


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks beside one another one after the other, and of several lengths the longest."""
    for block in blocks:
        if isinstance(block, Row):
            for column in block.columns:
                yield from _flat(column)
        elif isinstance(block, Fitted):
            yield from _flat(block.variants[0])
        elif isinstance(block, Heading | Text | Points | Table | Picture):
            yield block


def _points(lagesbild: Lagesbild, line: str) -> Table:
    """What each source lifts or lowers the area by, per criterion."""
    told = {(row.source, row.criterion): float(row.points) for row in each(lagesbild.ranking.explain(line))}
    own = [criterion for criterion in CRITERIA if any(criterion == given for _, given in told)]
    shared = {name: swedish.capital(headings.word(name)) for name in (SHARED_SOURCE, SEVERITY_SOURCE)}
    order = [*lagesbild.taxonomy.sources["source"], *shared]
    rows = []
    for source in sorted({source for source, _ in told}, key=order.index):
        points = [told.get((source, criterion)) for criterion in own]
        cells = [swedish.EN_DASH if one is None else swedish.signed(one, 1) for one in points]
        name = shared.get(source) or names.source(lagesbild.taxonomy, source)
        rows.append((name, *cells, swedish.signed(sum(filter(None, points)), 1)))
    score = float(facts.ranked(lagesbild.ranking, line).score)
    sums = [swedish.signed(sum(points for (_, given), points in told.items() if given == one), 1) for one in own]
    rows.append(("Tillsammans", *sums, swedish.signed(score - 50, 1)))
    heads: tuple[Column, ...] = columns(
        "Källa", *(swedish.capital(CRITERIA[one]) for one in own), "Summa", right=range(1, len(own) + 2)
    )
    note = f"Poängen är 50 plus summan: {swedish.number(score, 1)} av 100. 50 är ett genomsnittligt område."
    return Table("Vad varje källa lyfter eller sänker området med, poäng", heads, tuple(rows), note)
