"""How far the order depends on weights, on single sources and on how much they are trusted."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.ranking.sensitivity import GROUP
from lagesbild.report import facts, headings
from lagesbild.report.content import comparison, names
from lagesbild.report.document import Block, Heading, Points, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import certainty, chapters


def sensitivity(lagesbild: Lagesbild) -> list[Block]:
    """What other weights, one source less or other bias would give, in words and as a table."""
    ranking = lagesbild.ranking
    blocks: list[Block] = [Heading(1, "Hur känslig är ordningen?")]
    if ranking.table.empty:
        return [*blocks, Text("Inget är rangordnat, så det finns ingen ordning att pröva.")]
    variants = list(dict.fromkeys(ranking.sensitivity["variant"]))
    blocks += [
        Text(chapters.retried(len(variants) - 1, _tried(lagesbild, variants))),
        *_steadiness(lagesbild, list(ranking.table["problem_area"])[:5]),
        _variants(lagesbild),
        *comparison.other_groups(lagesbild),
    ]
    if ranking.skipped:
        skipped = (
            f"{headings.variant(variant, lagesbild.taxonomy)}: {reason}" for variant, reason in sorted(ranking.skipped.items())
        )
        blocks += [Heading(2, "Beräkningar som inte gick att göra"), Points(tuple(skipped))]
    return blocks


def _tried(lagesbild: Lagesbild, variants: list[str]) -> list[str]:
    """The ways that could be tried, in words."""
    ways = {
        "med andra vikter": any(variant.startswith("vikter_") for variant in variants),
        "utan en källa i taget": bool(_one_source_less(lagesbild) & set(variants)),
        "med mindre eller större misstro mot källorna": any(variant.startswith("bias_") for variant in variants),
        "med andra jämförelsekommuner": any(variant.startswith(GROUP) for variant in variants),
        "med allvaret inräknat": "med_allvar" in variants,
        "utan allvaret": "utan_allvar" in variants,
    }
    return [way for way, is_tried in ways.items() if is_tried]


def _one_source_less(lagesbild: Lagesbild) -> set[str]:
    return {f"utan_{source}" for source in lagesbild.taxonomy.sources["source"]}


def _steadiness(lagesbild: Lagesbild, lines: list[str]) -> list[Block]:
    """Where each line lies in all views; what holds for all of them alike is said once."""
    rows, k = lagesbild.ranking.sensitivity, facts.top_k(lagesbild.ranking)
    found = {line: rows[rows["problem_area"].eq(line) & rows["rank"].notna()] for line in lines}
    inside = {line: int(part["p_top"].ge(0.5).sum()) for line, part in found.items()}
    is_all = all(inside[line] == len(found[line]) for line in lines)
    at_once = len(lines) > 1 and (is_all or not any(inside.values()))
    said = tuple(
        certainty.steadiness(
            names.spoken(lagesbild.taxonomy, line),
            int(part["rank"].min()),
            int(part["rank"].max()),
            inside[line],
            0 if at_once else len(part),
            k,
        )
        for line, part in found.items()
    )
    return [*([Text(certainty.alike(len(lines), k, is_inside=is_all))] if at_once else []), Points(said)]


def _variants(lagesbild: Lagesbild) -> Table:
    """Per line the places it takes in each family of views."""
    ranking, rows = lagesbild.ranking, lagesbild.ranking.sensitivity
    families = {
        "Huvudberäkning": rows["variant"].eq("huvudberakning"),
        "Andra vikter": rows["variant"].str.startswith("vikter_"),
        "Utan en källa": rows["variant"].isin(_one_source_less(lagesbild)),
        "Halv eller dubbel misstro": rows["variant"].str.startswith("bias_"),
        "Andra kommuner": rows["variant"].str.startswith(GROUP),
        "Med allvar": rows["variant"].eq("med_allvar"),
        "Utan allvar": rows["variant"].eq("utan_allvar"),
    }
    used = {title: rows[chosen] for title, chosen in families.items() if chosen.any()}
    cells = tuple((line.name, *(_places(part, line.problem_area) for part in used.values())) for line in each(ranking.table))
    heads = columns("Problemområde", *used, right=tuple(range(1, len(used) + 1)), widths=(2.6, *([1.0] * len(used))))
    lost = any(swedish.EN_DASH in row for row in cells)
    note = "Varje beräkning för sig står i arbetsboken." + (
        " Ett streck betyder att området saknar uppgifter då." if lost else ""
    )
    return Table("Lägsta och högsta plats i varje slag av beräkning", heads, cells, note)


def _places(part: pd.DataFrame, line: str) -> str:
    ranks = part.loc[part["problem_area"].eq(line), "rank"].dropna()
    return swedish.years(int(ranks.min()), int(ranks.max())) if len(ranks) else swedish.EN_DASH
