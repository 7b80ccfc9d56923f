"""The ranking as a chart: score with interval, rank interval and tier, one line per problem area."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import groupby, pairwise
from typing import Any, Literal

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import lettering, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.rows import Row, records
from lagesbild.charts.scales import number_label
from lagesbild.charts.sheet import Sheet
from lagesbild.profile import Profile
from lagesbild.ranking.draws import is_unsettled
from lagesbild.ranking.result import Ranking
from lagesbild.taxonomy import Taxonomy

_ROW, _TIER_ROW, _HEAD, _FOOT = 5.6, 6.4, 9.0, 16.0
_PLOT_LEFT, _PLOT_RIGHT = 47.0, 107.0
#: Right edges of the columns of text.
_SCORE, _RANK, _CHANCE = 120.0, 132.0, theme.WIDTH
#: Evidence -> (how the point is filled, whether with paper, words).
_FILL: dict[str, tuple[Literal["full", "left"], bool, str]] = {
    "god": ("full", False, "gott underlag"),
    "viss": ("left", False, "visst underlag"),
    "svag": ("full", True, "svagt underlag"),
}
_TIER_NOTES = {
    "prioritera": "minst 80{0}% sannolikhet att höra till {1}",
    "överväg": "20–80{0}%",
    "bevaka": "under 20{0}%",
}


@theme.styled
def rangordning(ranking: Ranking, profile: Profile, taxonomy: Taxonomy) -> Chart:
    """The ranked lines with score, 80 % interval, rank interval, P(top k), tier and evidence; lines without data as text."""
    rows = records(ranking.table.sort_values("rank", kind="stable"))
    top_k = int(str(ranking.settings["top_k"]))
    unmeasured = ranking.gaps[ranking.gaps["kind"].eq("omatt")]
    names = [taxonomy.short(area) for area in unmeasured["problem_area"]]
    missing = lettering.wrap(f"Underlag saknas: {' · '.join(names)}", theme.WIDTH) if names else []
    if any(taxonomy.is_combined(str(row["problem_area"])) for row in rows):
        missing.append(wording.COMBINED)
    runs = len(_tiers(rows))
    notes = len(missing) * lettering.line_height() + 2 if missing else 0
    sheet = Sheet.new(_HEAD + _ROW * len(rows) + _TIER_ROW * runs + _FOOT + notes, is_example=profile.is_example)
    _draw(sheet, rows, top_k, taxonomy)
    sheet.lines(0, notes - 2.2, missing, color=theme.QUIET)
    return Chart(
        name="rangordning",
        figure=sheet.figure,
        title=_title(ranking, rows),
        subtitle="Poäng 0–100 med 80 procents osäkerhetsintervall. 50 är ett genomsnittligt problem. "
        f"Sannolikheten är andelen av {swedish.number(float(str(ranking.settings['draws'])))} beräkningar.",
        alt=_alt(ranking, rows, top_k, profile, names),
        caption=wording.source_line(_source_names(ranking, taxonomy), f"Lägesbild {profile.year}", profile),
        table=_table(rows, top_k, names),
    )


def _draw(sheet: Sheet, rows: list[Row], top_k: int, taxonomy: Taxonomy) -> None:
    low = max(0, 10 * math.floor(min(45.0, *(row["score_lower"] for row in rows)) / 10))
    high = min(100, 10 * math.ceil(max(55.0, *(row["score_upper"] for row in rows)) / 10))
    ticks = range(low, high + 1, 10) if high - low <= 60 else range(low - low % 20 + 20 * (low % 20 > 0), high + 1, 20)
    ticks_and_middle = sorted({*ticks, 50})

    def x(score: float) -> float:
        return float(_PLOT_LEFT + (score - low) / (high - low) * (_PLOT_RIGHT - _PLOT_LEFT))

    y = sheet.top - _HEAD
    looks = {"size": theme.NOTE, "color": theme.QUIET, "ha": "right"}
    for edge, lines in (
        (_SCORE, ["Poäng"]),
        (_RANK, ["Plats"]),
        (_CHANCE, ["Sannolikhet: bland", wording.top(top_k)]),
    ):
        sheet.lines(edge, y + 2.6 + 3.4 * (len(lines) - 1), lines, **looks)
    sheet.text(x(50), y + 2.6, "50 = genomsnitt", ha="center", size=theme.NOTE, color=theme.QUIET)
    for tier, group in _tiers(rows):
        sheet.rule((0, theme.WIDTH), (y, y), color=theme.QUIET, width=0.7)
        y -= _TIER_ROW
        if tier:
            _draw_tier(sheet, tier, top_k, y + 2.4)
        else:
            sheet.text(0, y + 2.4, tier_words(top_k), size=theme.NOTE, color=theme.QUIET)
        start = y
        for row in group:
            y -= _ROW
            _draw_row(sheet, row, y + _ROW / 2, x, taxonomy)
            if not tier:
                sheet.text(_RANK + 2.6, y + _ROW / 2, str(row["tier"]), size=theme.NOTE, color=theme.QUIET)
        for score in ticks_and_middle:
            color, width = (theme.QUIET, 0.9) if score == 50 else (theme.RULE, 0.4)
            sheet.rule((x(score), x(score)), (start, y + 0.6), color=color, width=width)
    for score in ticks:
        sheet.text(x(score), y - 3.2, number_label(score), ha="center", color=theme.QUIET)
    sheet.rule((0, theme.WIDTH), (y, y), color=theme.QUIET, width=0.7)
    _key(sheet, y - 10.5, any(bool(row["sources_disagree"]) for row in rows))


def _tiers(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """The rows below the tier they belong to, in order; ("", all rows) where the tiers do not follow the order.

    The order is that of the score, the tier that of the probability: a wide interval can lift a lower area into a higher tier.
    """
    runs = [(tier, list(group)) for tier, group in groupby(rows, key=lambda row: str(row["tier"]))]
    return [("", rows)] if len(runs) > len({tier for tier, _ in runs}) else runs


def tier_words(top_k: int) -> str:
    """What the tiers mean, in one line, for a chart that names the tier in each row.

    >>> tier_words(3).replace(chr(160), " ")
    'Prioritera: minst 80 % sannolikhet att höra till de tre största; överväg: 20–80 %; bevaka: under 20 %.'
    """
    told = [f"{tier}: {note.format(swedish.NBSP, wording.top(top_k))}" for tier, note in _TIER_NOTES.items()]
    return f"{swedish.capital('; '.join(told))}."


def _draw_tier(sheet: Sheet, tier: str, top_k: int, y: float) -> None:
    head = swedish.capital(tier)
    sheet.text(0, y, head, weight=theme.SEMIBOLD, color=theme.OWN if tier == "prioritera" else theme.INK)
    note = _TIER_NOTES.get(tier, "").format(swedish.NBSP, wording.top(top_k))
    left = lettering.width(head, theme.BODY, theme.SEMIBOLD) + 2.5
    sheet.text(left, y, note, size=theme.NOTE, color=theme.QUIET)


def _draw_row(sheet: Sheet, row: Row, y: float, x: Callable[[float], float], taxonomy: Taxonomy) -> None:
    weight = theme.SEMIBOLD if row["tier"] == "prioritera" else theme.REGULAR
    mark = " ≠" if row["sources_disagree"] else ""
    sheet.text(4.6, y, swedish.number(row["rank"]), ha="right", color=theme.QUIET)
    sheet.text(
        7, y, lettering.fit(taxonomy.short(str(row["problem_area"])) + mark, _PLOT_LEFT - 8, theme.BODY, weight), weight=weight
    )
    color = theme.OWN if row["tier"] == "prioritera" else theme.POOLED
    sheet.rule((x(row["score_lower"]), x(row["score_upper"])), (y, y), color=color, width=1.8, order=3)
    fill, is_hollow, _ = _FILL[row["evidence"]]
    sheet.mark(x(row["score"]), y, "o", size=6.4, color=color, face=theme.PAPER if is_hollow else color, fill=fill)
    sheet.text(_SCORE, y, swedish.number(row["score"]), ha="right", weight=weight)
    sheet.text(_RANK, y, swedish.years(int(row["rank_lower"]), int(row["rank_upper"])), ha="right")
    sheet.text(_CHANCE, y, wording.chance(row["p_top"]), ha="right", weight=weight)


def _key(sheet: Sheet, y: float, has_disagreement: bool) -> None:
    """What the marks mean, in one line."""
    left = 1.4
    for fill, is_hollow, text in _FILL.values():
        face = theme.PAPER if is_hollow else theme.POOLED
        sheet.mark(left, y, "o", size=6.4, color=theme.POOLED, face=face, fill=fill)
        sheet.text(left + 2.4, y, text, size=theme.NOTE, color=theme.QUIET)
        left += 7.0 + lettering.width(text, theme.NOTE)
    sheet.rule((left - 1, left + 5), (y, y), color=theme.POOLED, width=1.8)
    text = "80 % osäkerhetsintervall".replace(" %", f"{swedish.NBSP}%")
    sheet.text(left + 6.5, y, text, size=theme.NOTE, color=theme.QUIET)
    if has_disagreement:
        left += 11 + lettering.width(text, theme.NOTE)
        sheet.text(left, y, "≠ källorna är oense", size=theme.NOTE, color=theme.QUIET)


def _title(ranking: Ranking, rows: list[Row]) -> str:
    leading = [str(row["name"]) for row in rows if row["tier"] == "prioritera"]
    if leading:
        count = (
            "Ett problemområde" if len(leading) == 1 else f"{swedish.capital(swedish.count_word(len(leading)))} problemområden"
        )
        return f"{count} står ut: {wording.several(leading)}"
    names = [str(row["name"]) for row in rows[:2]]
    if len(rows) > 1 and _is_tie(ranking, rows[0], rows[1]):
        return f"Inget problemområde står ut: {wording.several(names)} ligger högst men går inte att skilja åt"
    return f"Inget problemområde står ut; {wording.several(names[:1])} ligger högst"


def _is_tie(ranking: Ranking, first: Row, second: Row) -> bool:
    before: Any = ranking.pairwise.loc[first["problem_area"], second["problem_area"]]
    return is_unsettled(float(before))


def _alt(ranking: Ranking, rows: list[Row], top_k: int, profile: Profile, missing: list[str]) -> str:
    """The finding, then every line with its figures under its tier, then which neighbours cannot be told apart."""

    def told(row: Row) -> str:
        limits = swedish.interval(row["score_lower"], row["score_upper"])
        return (
            f"{swedish.number(row['rank'])}. {wording.plain(str(row['name']))} {swedish.number(row['score'])} ({limits}), "
            f"{wording.place(row['rank_lower'], row['rank_upper'])}, {wording.chance_words(row['p_top'])}"
        )

    tiers = _tiers(rows)
    if tiers[0][0]:
        listed = " ".join(f"{swedish.capital(tier)}: {'; '.join(map(told, group))}." for tier, group in tiers)
    else:
        listed = "; ".join(f"{told(row)}, {row['tier']}" for row in rows) + "."
    pairs = [
        f"{wording.within(wording.plain(str(a['name'])))} från {wording.within(wording.plain(str(b['name'])))}"
        for a, b in pairwise(rows)
        if _is_tie(ranking, a, b)
    ]
    ties = f" Går inte att skilja åt: {'; '.join(pairs[:4])}." if pairs else ""
    gaps = f" Underlag saknas för {swedish.listing([wording.within(name) for name in missing])}." if missing else ""
    return (
        f"{_title(ranking, rows)}. {profile.name} {profile.year}: poäng med 80 procents osäkerhetsintervall, plats och "
        f"sannolikhet att höra till {wording.top(top_k)}. {listed}{ties}{gaps}"
    )


def _source_names(ranking: Ranking, taxonomy: Taxonomy) -> list[str]:
    used = set(ranking.signals["source"])
    return [taxonomy.name_of_source(source) for source in taxonomy.sources["source"] if source in used]


def _table(rows: list[Row], top_k: int, missing: list[str]) -> pd.DataFrame:
    among = f"Sannolikhet: bland {wording.top(top_k)}"
    columns = {
        "name": "Problemområde", "rank": "Plats", "rank_lower": "Plats, lägst", "rank_upper": "Plats, högst", "score": "Poäng",
        "score_lower": "Poäng, nedre gräns", "score_upper": "Poäng, övre gräns", "p_top": among,
        "tier": "Nivå", "evidence": "Underlag", "n_sources": "Antal källor", "sources_disagree": "Källorna är oense",
    }  # fmt: skip
    table = pd.DataFrame(rows)[list(columns)].rename(columns=columns)
    table["Källorna är oense"] = table["Källorna är oense"].map({True: "ja", False: "nej"})
    gaps = pd.DataFrame({"Problemområde": missing, "Underlag": "saknas"})
    return pd.concat([table, gaps], ignore_index=True) if missing else table
