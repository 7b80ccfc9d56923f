"""The sources: what each can and cannot tell, and what it gave."""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.report.content import comparison, names
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import chapters, est, unknown
from lagesbild.report.narrative.certainty import lower_first


def sources(lagesbild: Lagesbild) -> list[Block]:
    """Strengths and weaknesses of each source with what it gave, who is compared with, and how the EST list came about."""
    return [
        Heading(1, "Källorna", new_page=True),
        Text(
            "Ingen källa visar hela bilden. Tabellen säger vad varje källa kan och inte kan, och om den finns med i den här "
            "lägesbilden.",
            style="intro",
        ),
        _strengths(lagesbild),
        *comparison.group(lagesbild),
        *_reporting(lagesbild),
    ]


def _strengths(lagesbild: Lagesbild) -> Table:
    rows = tuple(
        (
            f"{names.source(lagesbild.taxonomy, row.source)}: {row.reported_by}",
            row.strengths,
            row.weaknesses,
            given(lagesbild, row.source),
        )
        for row in each(lagesbild.taxonomy.sources)
    )
    heads = columns("Källa och vem som berättar", "Styrka", "Svaghet", "I lägesbilden", widths=(2, 2.4, 2.4, 1))
    return Table("", heads, rows)


def given(lagesbild: Lagesbild, source: str) -> str:
    """'2021–2025, 14 områden', or that it is missing."""
    rows = lagesbild.measures.own(source)
    rows = rows[rows["measure"].ne("reported_expected")]  # one of them is of the year to come
    if rows.empty:
        return "saknas"
    lines = {line for line in rows["problem_area"] if line != "totalt"}
    years = swedish.years(int(rows["year"].min()), int(rows["year"].max()))
    counted = swedish.plural(len(lines), "område", "områden") if lines else "bara totalen"
    return f"{years}, {counted}"


def _reporting(lagesbild: Lagesbild) -> list[Block]:
    """How the EST list came about."""
    effort = lagesbild.effort
    if not effort.n_listed:
        return []
    said = est.whole_list(effort.n_listed, effort.n_counted, effort.n_organisations, effort.n_weeks, effort.unit_weeks_missing)
    largest = chapters.largest_reporter(effort.largest_share, has_roster=effort.has_roster)
    return [Heading(2, "Så kom EST-listan till"), Text(f"{said} {largest}")]


def agreement(lagesbild: Lagesbild) -> list[Block]:
    """Which sources were given less weight because they disagree with the rest, or that nothing could be checked."""
    trust, taxonomy = lagesbild.ranking.trust, lagesbild.taxonomy
    if trust.empty:
        return []
    blocks: list[Block] = [Heading(2, "Stämmer källorna med varandra?")]
    if not trust["is_checked"].any():
        return [*blocks, Text(unknown.unchecked() if len(trust) == 1 else UNCHECKED)]
    doubted = trust[trust["is_checked"] & trust["inflation"].gt(2)]
    alike = trust.loc[trust["is_checked"], "inflation"]
    if len(doubted) > 1 and len(doubted) == len(alike) and alike.max() - alike.min() < 1e-9:
        inside = [lower_first(names.source(taxonomy, source)) for source in doubted["source"]]
        sentences = [chapters.all_believed_less(inside, float(alike.iloc[0]))]
    else:
        sentences = [chapters.believed_less(names.source(taxonomy, row.source), row.inflation) for row in each(doubted)]
    unchecked = [lower_first(names.source(taxonomy, source)) for source in trust.loc[~trust["is_checked"], "source"]]
    if not sentences:
        sentences.append(chapters.ALL_AGREE)
    if unchecked:
        sentences.append(chapters.too_few_in_common(unchecked))
    return [*blocks, Text(" ".join(sentences))]


UNCHECKED = "Källorna har för få problemområden gemensamt för att det ska gå att pröva om de stämmer med varandra."
