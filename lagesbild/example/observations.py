"""EST: what happens, times who is there to see it, week by week and organisation by organisation."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lagesbild.example import hours, world
from lagesbild.example.draws import Draws
from lagesbild.example.table import to_csv
from lagesbild.example.world import Category, Organisation

FIRST_MONDAY, N_WEEKS = date(2023, 7, 3), 130
#: Observations a week of a problem area whose level, seen through EST, is 0, when everybody reports.
BASE = 0.46
#: Everybody reports a little more each year, whatever happens.
GROWTH = 0.06
MIDDLE = date(2024, 10, 1)
#: Spread of a problem area's weekly intensity (log sd): one evening gives many observations.
WEEKLY_SPREAD = 0.45
FORGETS_SHARE, DUPLICATE_SHARE, CONFIRMED_SHARE = 0.05, 0.06, 0.60
N_REPEATED = 9
ZERO_REPORT, WRITES_ZERO = "Inget att rapportera", ("Biblioteket", "Räddningstjänsten")
#: Categories that no list of problem areas knows, and one that is no problem: (category, how many, description).
UNKNOWN = (("Vildsvin", 4, "Uppbökad gräsmatta"), ("Råttor", 3, "Råttor vid soprummet"), ("Borttappad hund", 2, "Lös hund"))
WRITES_ANYTHING = "Gata och park"
ARRANGED = ("Arrangemang", 11, "Planerat arrangemang")


@dataclass(frozen=True)
class Observation:
    """A row of the list, before it is numbered. day None: nobody wrote the date. twin: position of the row it repeats."""

    day: date | None
    sort_day: date
    clock: str
    organisation: str
    area: str
    place: str
    category: str
    severity: int | None
    persons: int | None
    description: str
    point: tuple[int, int] | None
    key: int
    twin: int | None = None


def weeks() -> list[date]:
    """The Mondays of the period, 2023-W27 to 2025-W52."""
    return [FIRST_MONDAY + timedelta(weeks=number) for number in range(N_WEEKS)]


def iso(day: date) -> str:
    """The day's ISO week, '2025-W07'."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def presence(seed: int) -> dict[tuple[str, str], bool]:
    """Whether an organisation reports in a week: not in its holidays, and now and then it forgets. No key before it joined."""
    draws = Draws(seed, "est/roster")
    return {
        (organisation.name, iso(monday)): monday.isocalendar()[1] not in organisation.gaps and not draws.happens(FORGETS_SHARE)
        for organisation in world.organisations()
        for monday in weeks()
        if iso(monday) >= organisation.first_week
    }


def observations(seed: int) -> list[Observation]:
    """The whole list by date: events, the same event from another organisation, rows pasted twice, rows that are no problem.

    Events of an area in a week ~ Poisson(BASE · exp(level + visibility bias + (trend + GROWTH)·years) · season · weekly noise),
    shared among those that are there and see such things; the part of one that is away is lost.
    """
    draws = Draws(seed, "est")
    there = presence(seed)
    found: list[Observation] = []
    for monday in weeks():
        for area in world.truth():
            seen = world.seen("est", area) if area in world.biases()["est"] else None
            if seen is None:
                continue
            years = (monday - MIDDLE).days / 365.25
            intensity = BASE * math.exp(seen.level + (seen.trend + GROWTH) * years) * season(area, monday)
            intensity *= math.exp(draws.normal(-(WEEKLY_SPREAD**2) / 2, WEEKLY_SPREAD))
            watching = {one.name: one.activity for one in world.organisations() if area in one.sees}
            for organisation in world.organisations():
                if organisation.name in watching and there.get((organisation.name, iso(monday)), False):
                    mine = _categories(area, organisation)
                    share = organisation.activity / sum(watching.values()) * sum(mine.values())
                    for _ in range(draws.poisson(intensity * share)):
                        category = draws.choice(list(mine), list(mine.values()))
                        found.append(_observe(category, organisation.name, monday, len(found), draws))
                        if draws.happens(DUPLICATE_SHARE):
                            others = {
                                name: activity
                                for name, activity in watching.items()
                                if name != organisation.name and there.get((name, iso(monday)), False)
                            }
                            found += _also_seen(found[-1], others, monday, draws)
    found += _no_problems(there, len(found), draws)
    found += _zero_reports(found, there)
    found += [replace(found[draws.whole(0, len(found) - 1)], key=len(found) + number) for number in range(N_REPEATED)]
    nameless = next(index for index, one in enumerate(found) if one.sort_day.year == 2024 and one.category == "Stöld")
    found[nameless] = replace(found[nameless], day=None)
    return sorted(found, key=lambda one: (one.sort_day, one.organisation, one.key))


def season(area: str, monday: date) -> float:
    """Seasonal factor round 1: out-of-door problems peak in early summer, school matters follow the terms."""
    week = monday.isocalendar()[1]
    return 1.0 if area in hours.PROFILES else 1 + 0.18 * math.cos(2 * math.pi * (week - 24) / 52)


def _categories(area: str, organisation: Organisation) -> dict[Category, float]:
    return {
        category: category.share * (organisation.eagerness if category.category == organisation.favourite else 1.0)
        for category in world.categories()
        if category.problem_area == area
    }


def _observe(category: Category, organisation: str, monday: date, key: int, draws: Draws) -> Observation:
    moment = hours.moment(category.problem_area, monday, draws)
    place = hours.place(category.problem_area, draws)
    return Observation(
        day=moment.date(),
        sort_day=moment.date(),
        clock=f"{moment:%H:%M}" if draws.happens(0.85) else "",
        organisation=organisation,
        area=place.area,
        place=draws.choice(place.places, [1.0] * len(place.places)),
        category=category.category,
        severity=draws.choice((1, 2, 3, None), (0.48, 0.34, 0.11, 0.07)),
        persons=draws.whole(1, 9) if category.problem_area in ("unga_i_riskzon", "trafik", "vald_offentlig_miljo") else None,
        description=draws.choice(category.descriptions, [1.0] * len(category.descriptions)),
        point=hours.point(place, draws) if draws.happens(0.7) else None,
        key=key,
    )


def _also_seen(first: Observation, others: dict[str, float], monday: date, draws: Draws) -> list[Observation]:
    """The same event from another organisation that is there, at most a day apart; somebody has noticed most of them."""
    if not others:
        return []
    day = min(first.sort_day + timedelta(days=draws.choice((0, 1), (0.7, 0.3))), monday + timedelta(days=6))
    return [
        replace(
            first,
            day=day,
            sort_day=day,
            clock="",
            organisation=draws.choice(list(others), list(others.values())),
            severity=draws.choice((1, 2, 3), (0.5, 0.4, 0.1)),
            point=None,
            key=first.key + 1,
            twin=first.key if draws.happens(CONFIRMED_SHARE) else None,
        )
    ]


def _no_problems(there: dict[tuple[str, str], bool], key: int, draws: Draws) -> list[Observation]:
    """Rows of categories that no list of problem areas knows, and arrangements, which are no problem."""
    mondays = [monday for monday in weeks() if there[WRITES_ANYTHING, iso(monday)]]
    rows = [(name, description) for name, count, description in (*UNKNOWN, ARRANGED) for _ in range(count)]
    return [
        _observe(
            Category(name, "", 1.0, (description,)),
            WRITES_ANYTHING,
            draws.choice(mondays, [1.0] * len(mondays)),
            key + number,
            draws,
        )
        for number, (name, description) in enumerate(rows)
    ]


def _zero_reports(found: list[Observation], there: dict[tuple[str, str], bool]) -> list[Observation]:
    """ "Nothing to report" as a row of its own, from the two that write so."""
    wrote = {(one.organisation, iso(one.sort_day)) for one in found}
    silent = [
        (name, monday)
        for name in WRITES_ZERO
        for monday in weeks()
        if there.get((name, iso(monday)), False) and (name, iso(monday)) not in wrote
    ]
    return [
        Observation(
            day=monday + timedelta(days=4),
            sort_day=monday + timedelta(days=4),
            clock="",
            organisation=name,
            area="",
            place="",
            category=ZERO_REPORT,
            severity=None,
            persons=None,
            description="",
            point=None,
            key=len(found) + number,
        )
        for number, (name, monday) in enumerate(silent)
    ]


def roster(seed: int) -> bytes:
    """reporting_weeks.csv: reported, zero (there, but nothing seen) or missing, per organisation and week."""
    wrote = {(one.organisation, iso(one.sort_day)) for one in observations(seed) if one.category != ZERO_REPORT}
    rows = (
        {"organisation": name, "week": week, "status": _status(is_there, (name, week) in wrote)}
        for (name, week), is_there in sorted(presence(seed).items())
    )
    return to_csv(["organisation", "week", "status"], rows)


def _status(is_there: bool, has_written: bool) -> str:
    if not is_there:
        return "missing"
    return "reported" if has_written else "zero"
