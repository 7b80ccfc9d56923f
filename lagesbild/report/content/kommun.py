"""The kommun in brief: people, reported offences in all, what was delivered, and what surrounds it."""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.report import facts
from lagesbild.report.content import names
from lagesbild.report.content.context import context
from lagesbild.report.content.last_year import last_year
from lagesbild.report.content.pictures import named, picture
from lagesbild.report.document import Block, Figures, Heading, Row, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import kommun as said

#: So many years of population and offences.
YEARS = 5


def kommun(lagesbild: Lagesbild) -> list[Block]:
    """One page: key figures, the total over the years, the sources, and background where it was delivered."""
    rows = _years(lagesbild)
    title = "Polisområdet i korthet" if lagesbild.profile.is_police_area else "Kommunen i korthet"
    blocks: list[Block] = [Heading(1, title, new_page=True), Text(said.NOT_RANKED, style="intro")]
    if keys := _keys(lagesbild):
        blocks.append(Figures(keys))
    blocks += picture(named(lagesbild, "anmalda-totalt"))
    blocks += last_year(lagesbild)
    blocks += [Heading(2, "Källor"), Text(" ".join([said.delivered(*_sources(lagesbild)), *_references(lagesbild)]))]
    tables = [*_over_the_years(rows), *_kommuner(lagesbild)]
    blocks += [Row(tuple((table,) for table in tables), (1.6, 1))] if len(tables) == 2 else tables
    around = context(lagesbild)
    return [*blocks, *(around or [Text(said.NO_FIGURES, style="small")])]


def _over_the_years(rows: tuple[tuple[str, ...], ...]) -> list[Table]:
    """The years' table, without the comparison where there is none."""
    if not rows:
        return []
    titles = ["År", "Medelfolkmängd", "Anmälda brott", "Per 100 000", "Jämförbara, per 100 000"]
    kept = titles if any(row[-1] != swedish.EN_DASH for row in rows) else titles[:-1]
    heads = columns(*kept, right=range(1, len(kept)))
    return [Table("Folkmängd och anmälda brott", heads, tuple(row[: len(kept)] for row in rows))]


def _population(lagesbild: Lagesbild) -> dict[int, float]:
    """Mean population of the own kommuner together, by year; only years in which all are known."""
    own = lagesbild.profile.kommunkoder
    table = lagesbild.delivery.tables.population
    table = table[table["kommunkod"].isin(own) & table["year"].le(lagesbild.profile.year)]
    years: dict[int, list[float]] = {}
    for row in each(table):
        years.setdefault(int(row.year), []).append(float(row.population))
    return {year: sum(found) for year, found in sorted(years.items()) if len(found) == len(own)}


def _keys(lagesbild: Lagesbild) -> tuple[tuple[str, str], ...]:
    year, keys = lagesbild.profile.year, []
    people = _population(lagesbild)
    if people:
        last = max(people)
        keys.append((swedish.number(people[last]), f"invånare, medelfolkmängd {last}"))
    own = facts.latest(lagesbild.figures(facts.REPORTED, "reported_rate", "totalt"), year)
    if own is not None and own.is_known:
        keys.append((swedish.number(own.numerator), f"anmälda brott {own.year}"))
        keys.append((swedish.number(own.value), f"anmälda brott per {swedish.number(100_000)} invånare"))
    keys.append((swedish.number(len(_sources(lagesbild)[0])), "levererade källor av 8"))
    return tuple(keys)


def _sources(lagesbild: Lagesbild) -> tuple[list[str], list[str]]:
    """The delivered sources and the missing ones, as inside a sentence."""
    taxonomy, used = lagesbild.taxonomy, set(lagesbild.measures.own()["source"])
    missing = set(taxonomy.sources["source"]) - used
    return names.sources(taxonomy, used), names.sources(taxonomy, missing)


def _references(lagesbild: Lagesbild) -> list[str]:
    """Which of län and riket reported offences cannot be held against, for they were not delivered."""
    there = set(lagesbild.elsewhere["level"])
    missing = [name for level, name in (("lan", "länet"), ("riket", "riket")) if level not in there]
    return [said.without_reference(missing)] if missing else []


def _years(lagesbild: Lagesbild) -> tuple[tuple[str, ...], ...]:
    people = _population(lagesbild)
    own = {figure.year: figure for figure in lagesbild.figures(facts.REPORTED, "reported_rate", "totalt")}
    peers = {figure.year: figure for figure in lagesbild.figures(facts.REPORTED, "reported_rate", "totalt", "peers")}
    years = sorted({*people, *own})[-YEARS:]
    return tuple(
        (
            f"{year}{'*' if year in own and own[year].is_preliminary else ''}",
            swedish.number(people[year]) if year in people else swedish.EN_DASH,
            _shown(own.get(year), is_rate=False),
            _shown(own.get(year), is_rate=True),
            _shown(peers.get(year), is_rate=True),
        )
        for year in years
    )


def _shown(figure: facts.Figure | None, *, is_rate: bool) -> str:
    if figure is None or not figure.is_known:
        return swedish.EN_DASH
    return swedish.number(figure.value if is_rate else figure.numerator)


def _kommuner(lagesbild: Lagesbild) -> list[Table]:
    """The kommuner of a police area with their population of the last year."""
    profile, table = lagesbild.profile, lagesbild.delivery.tables.population
    if not profile.is_police_area or table.empty:
        return []
    last = table[table["year"].le(profile.year)].sort_values("year", kind="stable").drop_duplicates("kommunkod", keep="last")
    people = {row.kommunkod: (int(row.year), float(row.population)) for row in each(last)}
    rows = tuple(
        (lagesbild.taxonomy.kommun_name(code), swedish.number(people[code][1]), str(people[code][0]))
        for code in profile.kommunkoder
        if code in people
    )
    heads = columns("Kommun", "Medelfolkmängd", "År", right=(1, 2), widths=(2, 1, 1))
    return [Table("Kommunerna i området", heads, rows, dense=True)] if rows else []
