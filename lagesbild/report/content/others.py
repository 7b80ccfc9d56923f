"""The ranked lines without a page of their own in a table, and the charts of EST and surveys."""

from __future__ import annotations

import math

from lagesbild import swedish
from lagesbild.report import facts
from lagesbild.report.content import findings, names
from lagesbild.report.content.area import with_page
from lagesbild.report.content.pictures import named, of_kind, picture
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import chapters, reported, unknown

#: The table's first columns, which stand also where no line has a figure; the others go then.
_ALWAYS = 4
#: What stands for a count that is hidden for another's sake.
HIDDEN = "dold"


def others(lagesbild: Lagesbild) -> list[Block]:
    """The ranked lines without a page: one row each, the figure of each source with its interval."""
    rest = [line for line in lagesbild.ranking.table["problem_area"] if line not in set(with_page(lagesbild))]
    if not rest:
        return []
    year = _year(lagesbild, rest)
    compared, changed = (_period(lagesbild, rest, criterion) for criterion in ("jamforelse", "utveckling"))
    titles = (
        "Plats", "Område", f"Anmälda brott {year}", f"Per {swedish.number(100_000)}",
        f"Gånger jämförbara kommuner {findings.period(compared)}", f"Förändring per år {findings.period(changed)}",
        f"EST {lagesbild.profile.year}, antal",
    )  # fmt: skip
    heads = columns(*titles, right=(0, 2, 3, 4, 5, 6), widths=(0, 2.4, 0.9, 0.9, 1.6, 1.6, 1))
    note = (
        "Inom parentes står 95-procentiga osäkerhetsintervall. Förändring anges inte när underlaget är för litet. Ett "
        "streck betyder "
        "att uppgift saknas. Enkätsvaren står i diagrammen och i arbetsboken."
    )
    rows = tuple(_row(lagesbild, line, year, compared, changed) for line in rest)
    kept = [i for i, cells in enumerate(zip(*rows, strict=True)) if i < _ALWAYS or set(cells) != {swedish.EN_DASH}]
    heads, rows = tuple(heads[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in rows)
    if any(HIDDEN in row for row in rows):
        note += f" {chapters.hidden_word(HIDDEN)}"
    return [
        Heading(1, "Övriga områden", new_page=True),
        Text(f"{chapters.without_page(len(rest))} {unknown.LOW_IS_NOT_SMALL}"),
        Table("", heads, rows, note, dense=True),
        *(
            Text(" ".join(said), lead=names.spoken(lagesbild.taxonomy, line))
            for line in rest
            if (said := findings.credible(lagesbild, line))
        ),
    ]


def _year(lagesbild: Lagesbild, lines: list[str]) -> int:
    """The last year that any of the lines has reported offences of; the report's year where none has."""
    year = lagesbild.profile.year
    found = [facts.latest(lagesbild.figures(facts.REPORTED, "reported_rate", line), year) for line in lines]
    return max((figure.year for figure in found if figure is not None), default=year)


def _period(lagesbild: Lagesbild, lines: list[str], criterion: str) -> str:
    """The years of most of the lines' signals of reported offences, '2021-2025'; empty where there is none."""
    found = [facts.signals(lagesbild.ranking, line).get((facts.REPORTED, criterion)) for line in lines]
    periods = [signal.period for signal in found if signal is not None and not math.isnan(signal.estimate)]
    return max(sorted(set(periods)), key=periods.count, default="")


def _row(lagesbild: Lagesbild, line: str, latest: int, compared: str, changed: str) -> tuple[str, ...]:
    year, row = lagesbild.profile.year, facts.ranked(lagesbild.ranking, line)
    level = facts.latest(lagesbild.figures(facts.REPORTED, "reported_rate", line), year)
    seen = facts.latest(lagesbild.figures("est", "est_share", line), year)
    known = facts.signals(lagesbild.ranking, line)
    return (
        str(row.rank),
        names.in_table(lagesbild, line),
        _count(level) + (f" ({level.year})" if level is not None and level.year != latest else ""),
        swedish.number(level.value) if level and level.is_known and level.numerator >= reported.SMALL else swedish.EN_DASH,
        _ratio(known.get((facts.REPORTED, "jamforelse")), compared),
        _change(known.get((facts.REPORTED, "utveckling")), changed),
        _count(seen) if seen is None or not seen.is_known else f"{_count(seen)} av {swedish.number(seen.denominator)}",
    )


def _count(figure: facts.Figure | None) -> str:
    if figure is None:
        return swedish.EN_DASH
    if figure.is_suppressed:
        return "färre än 5" if figure.is_few else HIDDEN
    return swedish.number(figure.numerator) if figure.is_known else swedish.EN_DASH


def _other(signal: facts.Signal, period: str) -> str:
    """The signal's years where they are not those of the heading."""
    return "" if signal.period == period else f", {findings.period(signal.period)}"


def _ratio(signal: facts.Signal | None, period: str) -> str:
    if signal is None or math.isnan(signal.estimate):
        return swedish.EN_DASH
    return f"{swedish.number(signal.estimate, 2)} ({swedish.interval(signal.lower, signal.upper, 2)}){_other(signal, period)}"


def _change(signal: facts.Signal | None, period: str) -> str:
    if signal is None or math.isnan(signal.estimate):
        return swedish.EN_DASH
    change = swedish.signed(signal.estimate)
    return f"{change}{swedish.NBSP}% ({reported.limits_of_change(signal.lower, signal.upper)}){_other(signal, period)}"


def more_charts(lagesbild: Lagesbild) -> list[Block]:
    """The charts of all areas side by side and of EST week by week."""
    charts = of_kind(lagesbild, "est-veckor")
    weeks = picture(charts[:1], 1.0)
    return [*weeks, *picture(named(lagesbild, "alla-omraden"))]
