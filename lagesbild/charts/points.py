"""What lifts and what lowers each problem area's score: points per source and criterion, summing to score - 50."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import lettering, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.rows import lookup
from lagesbild.charts.sheet import Box, Sheet
from lagesbild.profile import Profile
from lagesbild.ranking.result import Ranking
from lagesbild.taxonomy import Taxonomy

_ROW, _BAR, _GAP, _LABELS = 5.6, 3.4, 2.0, 42.0
#: A shorter piece of a bar, mm, is not drawn.
_SHORTEST = 0.12
#: What the kommun's areas share has a column where it gives some area so many points: less is not seen, nor printed as 1.
SEEN = 0.5
#: Points that no source reaches are too few to say that it lifts an area: half the width of most intervals is more than ten.
_LIFTS = 2.5
#: The criteria in the form a sentence needs.
THE_CRITERION = {
    "omfattning": "omfattningen",
    "jamforelse": "jämförelsen med andra kommuner",
    "utveckling": "utvecklingen",
    "allvar": "allvaret",
}
#: With more columns than this, heads stand upright and only the sum carries its number.
_MOST_LEVEL_HEADS = 5
#: Criterion -> (face, hatch) for points above and below zero; told apart by pattern, not by colour.
_PATTERN = {
    "omfattning": ("solid", ""),
    "jamforelse": ("paper", "//////"),
    "utveckling": ("paper", ""),
    "allvar": ("paper", "....."),
}


@dataclass(frozen=True)
class _Panel:
    """One column of bars. pieces: per line the (criterion, points) that stack. left, zero, scale: mm, and mm per point."""

    title: str
    pieces: dict[str, list[tuple[str, float]]]
    left: float = 0.0
    zero: float = 0.0

    def reach(self) -> tuple[float, float]:
        """How far the stacks reach below and above zero, points."""
        below = max((-sum(p for _, p in piece if p < 0) for piece in self.pieces.values()), default=0.0)
        return below, max((sum(p for _, p in piece if p > 0) for piece in self.pieces.values()), default=0.0)


@theme.styled
def bidrag(ranking: Ranking, profile: Profile, taxonomy: Taxonomy) -> Chart:
    """Points that each source gives each ranked line, stacked by criterion, and their sum; by criterion if one source."""
    lines = [str(line) for line in ranking.table.sort_values("rank", kind="stable")["problem_area"]]
    points = ranking.explanation[ranking.explanation["problem_area"].isin(lines)]
    sources = sources_of(points, taxonomy)
    panels = _panels(points, lines, sources)
    is_upright = len(panels) > _MOST_LEVEL_HEADS
    heads = [lettering.wrap(panel.title, 24.0 if is_upright else 20.0, theme.NOTE, theme.SEMIBOLD) for panel in panels]
    head = max(map(len, heads)) * lettering.line_height(theme.NOTE) + 2
    if is_upright:
        head = 3 + max(lettering.width(line, theme.NOTE, theme.SEMIBOLD) for lines_ in heads[:-1] for line in lines_)
    is_combined = any(taxonomy.is_combined(line) for line in lines)
    sheet = Sheet.new(head + _ROW * len(lines) + 11.5 + 4.5 * is_combined, is_example=profile.is_example)
    _draw(sheet, panels, heads, head, lines, taxonomy)
    if is_combined:
        sheet.text(0, 1.8, wording.COMBINED, size=theme.NOTE, color=theme.QUIET)
    return Chart(
        name="bidrag",
        figure=sheet.figure,
        title=_title(points, taxonomy.name(lines[0]), lines[0], sources),
        subtitle="Poäng över eller under 50, ett genomsnittligt problem. Delarna ger tillsammans områdets poäng.",
        alt=_alt(ranking, points, lines, sources, taxonomy),
        caption=wording.source_line(
            [name for source, name in sources.items() if source not in wording.NO_SOURCE], f"Lägesbild {profile.year}", profile
        ),
        table=_table(ranking, points, lines, sources, taxonomy),
    )


def sources_of(points: pd.DataFrame, taxonomy: Taxonomy) -> dict[str, str]:
    """Id -> name of every source that gives points, the taxonomy's first, then what is no source of its own."""
    used = set(points["source"])
    known = {source: taxonomy.name_of_source(source) for source in taxonomy.sources["source"] if source in used}
    return known | {source: name for source, name in wording.NO_SOURCE.items() if source in used}


def _unseen(points: pd.DataFrame) -> set[str]:
    """What is no source of its own and gives no area points that are seen; its part of the sums is drawn with them."""
    rows = points[points["source"].isin(wording.NO_SOURCE)]
    sums = rows.groupby(["source", "problem_area"], observed=True)["points"].sum().abs().groupby("source", observed=True).max()
    return {str(source) for source in sums[sums.lt(SEEN)].index}


def is_single(sources: dict[str, str]) -> bool:
    """Whether the points come from fewer than two sources, besides what is no source of its own."""
    return len(set(sources) - set(wording.NO_SOURCE)) < 2


def _panels(points: pd.DataFrame, lines: list[str], sources: dict[str, str]) -> list[_Panel]:
    keys = zip(points["problem_area"], points["source"], points["criterion"], strict=True)
    sums = dict(zip(keys, points["points"], strict=True))

    present = tuple(criterion for criterion in wording.CRITERIA if criterion in set(points["criterion"]))

    def pieces(line: str, chosen: list[str], criteria: tuple[str, ...]) -> list[tuple[str, float]]:
        return [(c, float(sum(sums.get((line, s, c), 0.0) for s in chosen))) for c in criteria]

    named: list[tuple[str, list[str], tuple[str, ...]]]
    if not is_single(sources):
        shown = {source: name for source, name in sources.items() if source not in _unseen(points)}
        named = [(wording.source_label(name), [source], present) for source, name in shown.items()]
    else:
        named = [(swedish.capital(wording.CRITERIA[c]), list(sources), (c,)) for c in present]
    named.append(("Tillsammans", list(sources), present))
    return [_Panel(title, {line: pieces(line, chosen, criteria) for line in lines}) for title, chosen, criteria in named]


def _placed(panels: list[_Panel], numbers: list[float], least: list[float]) -> tuple[list[_Panel], float]:
    """The panels side by side on one scale: mm per point is what the widest fit allows; every head keeps its room."""
    reaches = [panel.reach() for panel in panels]
    room = theme.WIDTH - _LABELS - _GAP * (len(panels) - 1)
    scale, widths = 3.0, [room]
    while sum(widths) > room or len(widths) < len(panels):
        scale *= 0.97
        widths = [
            max((low + high) * scale + 2 * number, need)
            for (low, high), number, need in zip(reaches, numbers, least, strict=True)
        ]
        if scale < 1e-3:
            break
    spare = (room - sum(widths)) / len(panels)
    placed, left = [], _LABELS
    for panel, (low, high), width in zip(panels, reaches, widths, strict=True):
        width += max(0.0, spare)
        slack = width - (low + high) * scale
        placed.append(_Panel(panel.title, panel.pieces, left, left + slack / 2 + low * scale))
        left += width + _GAP
    return placed, scale


def _draw(
    sheet: Sheet, panels: list[_Panel], heads: list[list[str]], head: float, lines: list[str], taxonomy: Taxonomy
) -> None:
    is_upright = len(panels) > _MOST_LEVEL_HEADS
    number = 1.0 if is_upright else 7.0
    step = lettering.line_height(theme.NOTE)
    least = [
        len(title) * step if is_upright else max(lettering.width(line, theme.NOTE, theme.SEMIBOLD) for line in title)
        for title in heads
    ]
    placed, scale = _placed(panels, [*[number] * (len(panels) - 1), 9.5], least)
    top, bottom = sheet.top - head, sheet.top - head - _ROW * len(lines)
    for panel, title in zip(placed, heads, strict=True):
        is_sum = panel is placed[-1]
        color = theme.INK if is_sum else theme.QUIET
        if is_upright and not is_sum:
            sheet.upright(panel.zero, top + 1.2, title, size=theme.NOTE, weight=theme.SEMIBOLD, color=color)
        else:
            middle = panel.zero - lettering.width(title[0], theme.NOTE, theme.SEMIBOLD) / 2 if is_upright else panel.left
            sheet.lines(middle, top + 3.0 + (len(title) - 1) * step, title, size=theme.NOTE, weight=theme.SEMIBOLD, color=color)
    shapes: dict[tuple[str, str], list[Box]] = {}
    for i, line in enumerate(lines):
        y = top - (i + 0.5) * _ROW
        sheet.rule((0, theme.WIDTH), (y + _ROW / 2, y + _ROW / 2), width=0.4)
        sheet.text(0, y, lettering.fit(taxonomy.short(line), _LABELS - 3))
        for panel in placed:
            is_sum = panel is placed[-1]
            reach = _stack(shapes, panel, panel.pieces[line], y, scale)
            if is_sum or number > 2:
                _write_sum(sheet, panel, panel.pieces[line], reach, y, is_sum=is_sum)
            if is_sum:
                total = sum(points for _, points in panel.pieces[line])
                sheet.mark(panel.zero + total * scale, y, "D", size=4.6, color=theme.INK, face=theme.PAPER)
    for (criterion, color), boxes in sorted(shapes.items()):
        fill, hatch = _PATTERN[criterion]
        sheet.boxes(boxes, face=color if fill == "solid" else theme.PAPER, edge=color, hatch=hatch)
    for panel in placed:
        sheet.rule((panel.zero, panel.zero), (bottom, top), color=theme.QUIET, width=0.9, order=5)
    sheet.rule((0, theme.WIDTH), (bottom, bottom), width=0.4)
    _key(sheet, [c for c, _ in panels[-1].pieces[lines[0]]], bottom - 6.0)


def _stack(
    shapes: dict[tuple[str, str], list[Box]], panel: _Panel, pieces: list[tuple[str, float]], y: float, scale: float
) -> tuple[float, float]:
    """Lay one bar's pieces on either side of zero, each with those of its look; how far they reach below and above, mm."""
    below, above = 0.0, 0.0
    for criterion, points in pieces:
        length = abs(points) * scale
        if length < _SHORTEST:
            continue
        left = panel.zero + above if points > 0 else panel.zero - below - length
        color = theme.OWN if points > 0 else theme.POOLED
        shapes.setdefault((criterion, color), []).append((left, y - _BAR / 2, length, _BAR))
        below, above = (below, above + length) if points > 0 else (below + length, above)
    return below, above


def _write_sum(
    sheet: Sheet, panel: _Panel, pieces: list[tuple[str, float]], reach: tuple[float, float], y: float, *, is_sum: bool
) -> None:
    """The bar's sum beyond its end; nothing where the source says nothing."""
    if not any(points for _, points in pieces):
        return
    total = sum(points for _, points in pieces)
    size, weight, gap = (theme.BODY, theme.SEMIBOLD, 2.6) if is_sum else (theme.NOTE, theme.REGULAR, 1.6)
    below, above = reach
    x, ha = (panel.zero + above + gap, "left") if total >= 0 else (panel.zero - below - gap, "right")
    sheet.text(x, y, swedish.signed(total) if abs(total) >= 0.5 else "0", ha=ha, size=size, weight=weight)


def _key(sheet: Sheet, criteria: list[str], y: float) -> None:
    """What patterns and signs mean, in one line."""
    left = 0.0
    for criterion in criteria:
        fill, hatch = _PATTERN[criterion]
        sheet.boxes(
            [(left, y - _BAR / 2, 6, _BAR)], face=theme.OWN if fill == "solid" else theme.PAPER, edge=theme.OWN, hatch=hatch
        )
        sheet.text(left + 7.5, y, wording.CRITERIA[criterion], size=theme.NOTE, color=theme.QUIET)
        left += 11.5 + lettering.width(wording.CRITERIA[criterion], theme.NOTE)
    sheet.mark(left + 1, y, "D", size=4.6, color=theme.INK, face=theme.PAPER)
    sheet.text(left + 3.5, y, "summa; åt höger lyfter, åt vänster (grått) sänker", size=theme.NOTE, color=theme.QUIET)


def _by(points: pd.DataFrame, line: str, column: str) -> pd.Series:
    """The line's points per source or criterion, largest first."""
    sums = points[points["problem_area"].eq(line)].groupby(column, observed=True)["points"].sum()
    return sums.sort_index().sort_values(ascending=False, kind="stable")


def _title(points: pd.DataFrame, name: str, first: str, sources: dict[str, str]) -> str:
    name = wording.within(wording.plain(name))
    is_alone = is_single(sources)
    parts = _by(points, first, "criterion" if is_alone else "source")
    key, most = str(parts.index[0]), float(parts.iloc[0])
    if most < _LIFTS:
        return f"{'Inget' if is_alone else 'Ingen källa'} lyfter {name} tydligt över ett genomsnittligt problem"
    who = THE_CRITERION[key] if is_alone else wording.within(wording.source_label(sources[key]))
    return f"Det som lyfter {name} mest är {who}: {swedish.signed(most)} poäng"


def _alt(ranking: Ranking, points: pd.DataFrame, lines: list[str], sources: dict[str, str], taxonomy: Taxonomy) -> str:
    """The finding, then what gives each line points; what rounds to none is left out and said to be."""
    scores = lookup(ranking.table, "problem_area", "score")
    column = "criterion" if is_single(sources) else "source"

    def named(key: str) -> str:
        return wording.CRITERIA[key] if column == "criterion" else wording.within(wording.source_label(sources[key]))

    stories = []
    for line in lines:
        seen = [(str(key), float(worth)) for key, worth in _by(points, line, column).items() if abs(worth) >= SEEN]
        parts = ", ".join(f"{named(key)} {swedish.signed(worth)}" for key, worth in seen) or "inget"
        stories.append(f"{wording.plain(taxonomy.name(line))} {swedish.number(float(scores[line]))} poäng: {parts}")
    return (
        f"{_title(points, taxonomy.name(lines[0]), lines[0], sources)}. Poäng över eller under 50; det som ger mindre än en "
        f"halv poäng nämns inte. {'; '.join(stories)}."
    )


def _table(
    ranking: Ranking, points: pd.DataFrame, lines: list[str], sources: dict[str, str], taxonomy: Taxonomy
) -> pd.DataFrame:
    scores = lookup(ranking.table, "problem_area", "score")
    order = {line: i for i, line in enumerate(lines)}
    rows = points.assign(_order=points["problem_area"].map(order)).sort_values(["_order", "source", "criterion"], kind="stable")
    return pd.DataFrame(
        {
            "Problemområde": rows["problem_area"].map(taxonomy.name),
            "Källa": rows["source"].map(sources),
            "Kriterium": rows["criterion"].map(wording.CRITERIA),
            "Poäng över eller under 50": rows["points"].astype("float64"),
            "Områdets poäng": rows["problem_area"].map(scores).astype("float64"),
        }
    ).reset_index(drop=True)
