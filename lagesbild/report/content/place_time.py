"""Places and times of one problem area, for its spread."""

from __future__ import annotations

from lagesbild.charts.areas import ORDER
from lagesbild.charts.hours import timed
from lagesbild.charts.lettering import clean
from lagesbild.report.content.pictures import named, picture
from lagesbild.report.document import Block, Text
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import places as narrative


def where_and_when(lagesbild: Lagesbild, line: str) -> list[Block]:
    """The line's areas and hours: sentences, the two charts, and what is missing; [] where there is nothing to show."""
    where, when = _where(lagesbild, line), _when(lagesbild, line)
    if not where and not when:
        return []
    name = line.replace("_", "-")
    blocks: list[Block] = []
    if where:
        blocks.append(Text(" ".join(where), lead="Platser.", style="close"))
    if when:
        blocks.append(Text(" ".join(when), lead="Tider.", style="close"))
    blocks += picture([*named(lagesbild, f"platser-{name}"), *named(lagesbild, f"tid-{name}")])
    return [*blocks, Text(" ".join([*_missing(lagesbild, line), narrative.NO_RISK]), style="small")]


def _where(lagesbild: Lagesbild, line: str) -> list[str]:
    said = []
    for source in ORDER:
        rows = lagesbild.places.of("places", source, line)
        rows = rows[rows["count"].gt(0).fillna(False)]
        if rows.empty:
            continue
        total = int(lagesbild.places.of("bases", source, line)["n_with_area"].iloc[0])
        first = next(each(rows.sort_values(["count", "area"], ascending=[False, True], kind="stable")))
        if first.p_first >= 0.8:
            area = clean(first.area, 40)
            said.append(
                narrative.most_in(source, area, int(first.count), first.lower, first.upper, total, float(first.p_first))
            )
        else:
            said.append(narrative.no_first(source, [clean(area, 40) for area in rows["area"].head(2)]))
    return said


def _when(lagesbild: Lagesbild, line: str) -> list[str]:
    lists = timed(line, lagesbild.places)
    said = [narrative.most_when(one.source, one.finding, int(one.base["n_timed"])) for one in lists if one.finding]
    silent = [one.source for one in lists if not one.finding]
    return [*said, narrative.no_when(silent)] if silent else said


def _missing(lagesbild: Lagesbild, line: str) -> list[str]:
    said = []
    for source in ORDER:
        for base in each(lagesbild.places.of("bases", source, line)):
            is_placed = len(lagesbild.places.of("places", source, line)) > 0
            unplaced = int(base.n - base.n_with_area) if is_placed else None
            said.append(narrative.missing(source, int(base.n), unplaced, int(base.n_untimed), int(base.n_long)))
    return [text for text in said if text]
