"""The ranking: chart, table, where the points come from, and what would change it."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from lagesbild import swedish
from lagesbild.report import facts, headings
from lagesbild.report.content import names
from lagesbild.report.content.pictures import named, picture
from lagesbild.report.document import Block, Heading, Points, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import certainty, headline, unknown


def order(lagesbild: Lagesbild) -> list[Block]:
    """The ranking chapter."""
    blocks: list[Block] = [Heading(1, "Rangordningen", new_page=True)]
    if lagesbild.ranking.table.empty:
        return [*blocks, Text(headline.nothing_ranked(lagesbild.profile.name, lagesbild.profile.year))]
    blocks += [Text(headline.CLOSING), *picture(named(lagesbild, "rangordning"))]
    blocks += [_table(lagesbild), Text(_pairs(lagesbild))]
    if lagesbild.ranking.table["problem_area"].map(lagesbild.taxonomy.is_combined).any():
        blocks.append(Text(COMBINED, style="small"))
    blocks.append(Heading(2, "Vad källorna säger och vad de bidrar med"))
    blocks += [*picture(named(lagesbild, "kallprofil")), *picture(named(lagesbild, "bidrag"))]
    return blocks


COMBINED = (
    "Rader där det står flera områden är bredare än ett problemområde, eftersom Brås uppgift inte går att dela upp. De får "
    "inga "
    "poäng för omfattning."
)


def _table(lagesbild: Lagesbild) -> Table:
    k = facts.top_k(lagesbild.ranking)
    rows = tuple(
        (
            str(row.rank),
            row.name,
            swedish.number(row.score),
            swedish.interval(round(row.score_lower), round(row.score_upper)),
            swedish.years(int(row.rank_lower), int(row.rank_upper)),
            _chance(row.p_top),
            row.tier,
            row.evidence,
            str(row.n_sources),
        )
        for row in lagesbild.ranking.table.itertuples(index=False)
    )
    heads = columns(
        "Plats", "Problemområde", "Poäng", "Intervall", "Plats, intervall", f"Bland de {swedish.count_word(k)} största", "Nivå",
        "Underlag", "Källor", right=(0, 2, 3, 4, 5, 8), widths=(0, 3, 0, 0, 1, 1.3, 0, 0, 0),
    )  # fmt: skip
    note = "Intervallen täcker 80 procent av beräkningarna. Sannolikheten är andelen av beräkningarna."
    return Table("Problemområdena i ordning", heads, rows, note)


def _chance(probability: float) -> str:
    if probability > 0.99:
        return f">{swedish.percent(0.99)}"
    return f"<{swedish.percent(0.01)}" if probability < 0.01 else swedish.percent(probability)


def _pairs(lagesbild: Lagesbild) -> str:
    """Which neighbours cannot be told apart, in one paragraph."""
    ranking = lagesbild.ranking
    lines = list(ranking.table["problem_area"])
    pairs = facts.unordered_pairs(ranking, lines)
    if not pairs:
        return "Ordningen mellan områden som ligger intill varandra är tydlig i hela listan."
    if len(pairs) == len(lines) - 1:
        return (
            "Inget område går att skilja från det som ligger närmast efter i listan. Se platsernas intervall, inte platserna."
        )
    clear = [(one, two) for one, two in pairwise(lines) if (one, two) not in set(pairs)]
    spoken = [
        f"{names.inside(lagesbild.taxonomy, one)} ligger tydligt före {names.inside(lagesbild.taxonomy, two)}"
        for one, two in clear
    ]
    return f"{swedish.capital(swedish.listing(spoken))}. Övriga områden som ligger intill varandra går inte att skilja åt."


def sensitivity(lagesbild: Lagesbild) -> list[Block]:
    """What other weights, one source less or other bias would give."""
    ranking = lagesbild.ranking
    blocks: list[Block] = [Heading(1, "Hur känslig är ordningen?", new_page=True)]
    if ranking.table.empty:
        return [*blocks, Text("Inget är rangordnat, så det finns ingen ordning att pröva.")]
    variants = list(dict.fromkeys(ranking.sensitivity["variant"]))
    blocks.append(
        Text(
            f"Ordningen har räknats om på {swedish.count_word(len(variants) - 1)} andra sätt: med andra vikter, utan en "
            "källa i taget "
            "och med mindre eller större misstro mot källorna. Ett område som ligger kvar högt i alla beräkningar står stadigt."
        )
    )
    blocks.append(Points(tuple(_steadiness(lagesbild, line) for line in list(ranking.table["problem_area"])[:5])))
    blocks.append(_variants(lagesbild, variants))
    if ranking.skipped:
        skipped = tuple(
            f"{headings.variant(variant, lagesbild.taxonomy)}: {reason}" for variant, reason in sorted(ranking.skipped.items())
        )
        blocks += [Heading(2, "Beräkningar som inte gick att göra"), Points(skipped)]
    return blocks


def _steadiness(lagesbild: Lagesbild, line: str) -> str:
    ranking, k = lagesbild.ranking, facts.top_k(lagesbild.ranking)
    rows = ranking.sensitivity[ranking.sensitivity["problem_area"].eq(line) & ranking.sensitivity["rank"].notna()]
    best, worst = int(rows["rank"].min()), int(rows["rank"].max())
    inside = int(rows["p_top"].ge(0.5).sum())
    places = f"plats {best} i alla beräkningar" if best == worst else f"plats {best} till {worst}"
    largest = "det största problemet" if k == 1 else f"ett av de {swedish.count_word(k)} största problemen"
    return (
        f"{names.spoken(lagesbild.taxonomy, line)}: {places}. Mer talar för än emot att området är {largest} i {inside} av "
        f"{len(rows)} beräkningar."
    )


def _variants(lagesbild: Lagesbild, variants: list[str]) -> Table:
    ranking = lagesbild.ranking
    wide = ranking.sensitivity.set_index(["variant", "problem_area"])["rank"].to_dict()
    shown = list(ranking.table["problem_area"])[:8]
    rows = tuple(
        (headings.variant(variant, lagesbild.taxonomy), *(_rank(wide.get((variant, line))) for line in shown))
        for variant in variants
    )
    heads = columns(
        "Beräkning", *(names.spoken(lagesbild.taxonomy, line) for line in shown),
        right=tuple(range(1, len(shown) + 1)), widths=(2.4, *([1.0] * len(shown))),
    )  # fmt: skip
    note = "Ett streck betyder att området saknar uppgifter i den beräkningen. Alla områden finns i arbetsboken."
    return Table("Plats i varje beräkning, de högst placerade områdena", heads, rows, note)


def _rank(value: object) -> str:
    return swedish.EN_DASH if pd.isna(value) else str(int(str(value)))  # type: ignore[call-overload]


def gaps(lagesbild: Lagesbild) -> list[Block]:
    """What is not known: areas without a source, sources and criteria that are missing."""
    rows, taxonomy = lagesbild.ranking.gaps, lagesbild.taxonomy
    blocks: list[Block] = [
        Heading(1, "Kunskapsluckor", new_page=True),
        Text(f"Det som inte mäts kan vara stort. {unknown.LOW_IS_NOT_SMALL} Luckorna nedan är skäl att söka mer kunskap."),
    ]
    titles = {
        "omatt": "Problemområden som ingen källa säger något om",
        "ingår i": "Problemområden som bara ingår i en bredare rad",
        "kalla": "Källor som saknas",
        "kriterium": "Frågor som inte går att besvara",
    }
    for kind, title in titles.items():
        found = rows[rows["kind"].eq(kind)]
        if found.empty:
            continue
        cells = tuple(
            (taxonomy.name(row.problem_area) if row.problem_area else "Alla områden", row.detail)
            for row in found.drop_duplicates(["problem_area", "detail"]).itertuples(index=False)
        )
        blocks.append(Table(title, columns("Problemområde", "Vad som saknas", widths=(1.6, 3)), cells))
    return blocks


def certainty_of(lagesbild: Lagesbild, line: str) -> list[str]:
    """Place, evidence, probability and the neighbours one cannot tell the line from."""
    ranking = lagesbild.ranking
    row = ranking.table.set_index("problem_area").loc[line]
    lines = list(ranking.table["problem_area"])
    near = [
        names.inside(lagesbild.taxonomy, other)
        for other in lines
        if other != line and 0.1 < facts.before(ranking, line, other) < 0.9
    ]
    said = [
        certainty.score(
            float(row["score"]), float(row["score_lower"]), float(row["score_upper"]), int(row["rank"]),
            int(row["rank_lower"]), int(row["rank_upper"]), len(lines),
        ),
        certainty.top(names.spoken(lagesbild.taxonomy, line), float(row["p_top"]), facts.top_k(ranking)),
        certainty.evidence(str(row["evidence"]), int(row["n_sources"])),
    ]  # fmt: skip
    if near and len(near) <= 4:
        said.append(f"Området går inte att skilja från {swedish.listing(near)}.")
    elif near:
        said.append(f"Området går inte att skilja från {swedish.count_word(len(near))} andra.")
    return said
