"""How the areas rank and why, as lines and tables on the screen."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lagesbild import pipeline, swedish, taxonomy
from lagesbild.charts.wording import CRITERIA, NO_SOURCE, chance
from lagesbild.cli.deciding import beside, show_decisions
from lagesbild.cli.screen import Screen
from lagesbild.errors import Problem, UsageError
from lagesbild.profile import Profile
from lagesbild.ranking.explanation import SHARED_SOURCE
from lagesbild.report.content.findings import credible
from lagesbild.report.lagesbild import EXAMPLE_LABEL, Lagesbild
from lagesbild.taxonomy.names import fold

#: A natural unit as it stands after its number; (decimals, factor, suffix).
UNITS = {
    "per_100k": (0, 1, " per 100 000 invånare"),
    "share": (1, 100, f"{swedish.NBSP}%"),
    "ratio": (2, 1, " gånger"),
    "percent_per_year": (1, 1, f"{swedish.NBSP}% per år"),
    "per_unit_week": (2, 1, " per rapporterande enhet och vecka"),
    "index_0_6": (2, 1, " på skalan 0–6"),
    "index_per_year": (2, 1, " per år på skalan 0–6"),
}

#: Fewer points are printed as 0,0.
SMALLEST = 0.05
#: Said below the points where the kommun's common part is one of them.
WHOLE = "Kommunen som helhet är det som områdena har gemensamt i jämförelsen; den delen skiljer inte områdena åt."
#: Said below the ranking where no source speaks of some area.
RIVALS = "Sannolikheten räknar med att även områden utan uppgifter kan höra till de största."


def show_label(screen: Screen, profile: Profile) -> None:
    """Say first that the figures are made up, where they are."""
    if profile.is_example:
        screen.line(f"{EXAMPLE_LABEL}: {profile.name} är påhittad.", "bold red")


def ranked(screen: Screen, path: Path) -> Lagesbild:
    """The lägesbild of the profile at the path up to its ranking, with progress shown; nothing is drawn or written."""
    profile = Profile.load(path)
    with screen.progress() as progress:
        return pipeline.rank(profile, lambda step: progress(f"{profile.slug}: {step}"))


def show_ranking(screen: Screen, lagesbild: Lagesbild) -> None:
    """The ranking with its intervals, and what is not measured."""
    ranking, slots = lagesbild.ranking, lagesbild.profile.pledge_slots
    show_label(screen, lagesbild.profile)
    screen.heading(lagesbild.title)
    decided = beside(lagesbild)
    rows = [
        (
            str(int(row["rank"])),
            str(row["name"]),
            swedish.number(row["score"]),
            swedish.interval(row["score_lower"], row["score_upper"]),
            swedish.years(int(row["rank_lower"]), int(row["rank_upper"])),
            chance(row["p_top"]),
            str(row["tier"]),
            str(row["evidence"]),
            f"{int(row['n_sources'])}{', oense' if row['sources_disagree'] else ''}",
            *([decided.get(str(row["problem_area"]), "")] if decided else []),
        )
        for row in ranking.table.to_dict("records")
    ]
    headings = (
        "Plats",
        "Problemområde",
        "Poäng",
        "Intervall",
        "Plats, från–till",
        f"Bland {slots}",
        "Nivå",
        "Underlag",
        "Källor",
        *(["Beslut"] if decided else []),
    )
    screen.table(headings, rows, right=(0, 2, 3, 4, 5))
    screen.line()
    screen.line("Poäng 0–100, 50 är mitten. Intervallen rymmer 80 procent av beräkningarna.")
    screen.line(f"Bland {slots}: {_top(slots)[:1].lower()}{_top(slots)[1:]}.")
    if ranking.gaps["kind"].eq("omatt").any():
        screen.line(RIVALS)
    screen.line("Rangordningen är ett underlag. Kommun och polis beslutar.")
    gaps = ranking.gaps[ranking.gaps["kind"].isin(["omatt", "ingår i"])]
    if len(gaps):
        screen.heading("Går inte att rangordna för sig")
        screen.table(("Problemområde", "Varför"), [(str(row["name"]), str(row["detail"])) for row in gaps.to_dict("records")])


def _top(slots: int) -> str:
    return f"Hur sannolikt det är att området {'hör till de ' + swedish.count_word(slots) if slots > 1 else 'är det'} största"


def area_named(text: str) -> str:
    """The id of the problem area or line that the text names by id, name or short name. UsageError names the nearest."""
    terms = taxonomy.load()
    names = {line: (line, terms.name(line), terms.short(line)) for line in terms.line_ids if line != "totalt"}
    wanted = _key(text)
    found = next((line for line, forms in names.items() if wanted in map(_key, forms)), None)
    if found is not None:
        return found
    near = terms.nearest(text, [name for _, name, _ in names.values()])
    listed = swedish.listing(near, "eller") if near else swedish.listing([name for _, name, _ in names.values()])
    action = f"Menade du {listed}?" if near else f"Välj bland {listed}."
    raise UsageError(Problem("lagesbild explain", f'problemområdet "{text}" finns inte.', action=action))


def _key(text: str) -> str:
    return fold(text).replace(" ", "")


def show_explanation(screen: Screen, lagesbild: Lagesbild, line: str) -> None:
    """The points of one area, the figures behind them, and what is missing for it."""
    ranking, terms = lagesbild.ranking, lagesbild.taxonomy
    show_label(screen, lagesbild.profile)
    screen.heading(f"{terms.name(line)}, {lagesbild.profile.name} {lagesbild.profile.year}")
    screen.line(terms.definition(line))
    gaps = ranking.gaps[ranking.gaps["problem_area"].eq(line)]
    row = ranking.table[ranking.table["problem_area"].eq(line)]
    if row.empty:
        show_decisions(screen, lagesbild, line)
        details = [str(detail) for detail in gaps["detail"]] or ["Ingen källa säger något om det."]
        screen.heading("Området har ingen egen plats i rangordningen.")
        for detail in details:
            screen.line(detail)
        return
    place, last, score = int(row["rank"].iloc[0]), len(ranking.table), float(row["score"].iloc[0])
    slots, top = lagesbild.profile.pledge_slots, chance(float(row["p_top"].iloc[0]))
    screen.line(f"Plats {place} av {last}, {swedish.number(score, 1)} poäng. Nivå: {row['tier'].iloc[0]}.")
    screen.line(f"{_top(slots)}: {top}.")
    screen.heading(f"Poängen börjar på 50 och blir {swedish.number(score, 1)}:")
    points = _points(terms, ranking.explain(line))
    screen.table(("Kriterium", "Källa", "Poäng"), points, right=(2,))
    if any(NO_SOURCE[SHARED_SOURCE] in row for row in points):
        screen.line(WHOLE)
    screen.heading("Siffrorna bakom (95 procents osäkerhetsintervall)")
    behind = ranking.signals[ranking.signals["problem_area"].eq(line)]
    screen.table(("Källa", "Kriterium", "Värde", "Intervall", "Avser"), _figures(terms, behind), right=(2, 3))
    for said in credible(lagesbild, line):
        screen.line(said)
    show_decisions(screen, lagesbild, line)
    if len(gaps):
        screen.heading("Det här saknas")
        for detail in gaps["detail"]:
            screen.line(str(detail))


def _points(terms: taxonomy.Taxonomy, explained: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The parts of the score, largest first; those that would be printed as 0,0 in one row, where together they would not."""
    is_small = explained["points"].abs().lt(SMALLEST)
    rows = [
        (CRITERIA.get(one["criterion"], str(one["criterion"])), _source(terms, str(one["source"])), one["points"])
        for one in explained[~is_small].to_dict("records")
    ]
    rest = float(explained.loc[is_small, "points"].sum())
    if abs(rest) >= SMALLEST:
        rows.append(("flera", "Mindre delar tillsammans", rest))
    return [(criterion, source, swedish.signed(points, 1)) for criterion, source, points in rows]


def _figures(terms: taxonomy.Taxonomy, signals: pd.DataFrame) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for one in signals.to_dict("records"):
        decimals, factor, suffix = UNITS[str(one["unit"])]
        is_known = not pd.isna(one["estimate"])
        value = swedish.number(factor * one["estimate"], decimals) + suffix if is_known else "underlaget är för litet"
        interval = "" if pd.isna(one["lower"]) else swedish.interval(factor * one["lower"], factor * one["upper"], decimals)
        period = str(one["period"]).replace("-", swedish.EN_DASH)
        rows.append((_source(terms, str(one["source"])), CRITERIA[str(one["criterion"])], value, interval, period))
    return rows


def _source(terms: taxonomy.Taxonomy, source: str) -> str:
    """The source's name; what belongs to no single source is said as it is."""
    return terms.name_of_source(source) if source in set(terms.sources["source"]) else NO_SOURCE.get(source, source)
