"""Where and when something happens in Exempelby, with the planted place and the planted time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lagesbild.example import world
from lagesbild.example.draws import Draws
from lagesbild.example.world import Place

#: Weight of each hour 0-23, by when a problem area shows itself.
EVENING = (5, 4, 2, 1, 0.5, 0.5, 1, 2, 2, 2, 2, 3, 4, 4, 4, 5, 6, 7, 8, 9, 10, 10, 9, 7)
DAY = (0.5, 0.3, 0.2, 0.2, 0.2, 0.3, 1, 5, 8, 9, 10, 10, 10, 9, 9, 9, 8, 6, 4, 3, 2, 2, 1, 0.5)
SCHOOL = (0, 0, 0, 0, 0, 0, 0, 3, 8, 10, 10, 10, 9, 9, 8, 4, 1, 0.5, 0.3, 0.2, 0, 0, 0, 0)
ALWAYS = (1,) * 24
PROFILES = {
    "brott_mot_barn": SCHOOL,
    "hot_tjansteperson": DAY,
    "bedrageri": DAY,
    "brott_mot_naringsliv": DAY,
    "vald_nara_relation": ALWAYS,
}
#: Monday to Sunday.
WEEKDAYS = (0.9, 0.9, 0.95, 1.0, 1.25, 1.25, 0.8)


def place(problem_area: str, draws: Draws) -> Place:
    """Where something happens: out of doors more in the centre; the planted problems gather at the planted place."""
    if problem_area in world.HOT_PROBLEMS and draws.happens(world.HOT_SHARE_PLACE):
        return next(place for place in world.places() if place.area == world.HOT_AREA)
    weights = [place.residents * place.outdoor for place in world.places()]
    return draws.choice(world.places(), weights)


def point(place: Place, draws: Draws) -> tuple[int, int]:
    """A point near the place's centre, EPSG:3006, whole metres."""
    return round(place.x + draws.normal(sd=220)), round(place.y + draws.normal(sd=220))


def time_of_day(problem_area: str, draws: Draws) -> tuple[int, int]:
    """Hour and minute, from the profile of the problem area."""
    profile = PROFILES.get(problem_area, EVENING)
    return draws.choice(range(24), profile), draws.whole(0, 59)


def moment(problem_area: str, day: date, draws: Draws) -> datetime:
    """When something happened in the week of the day; a share of the planted problems at the planted time."""
    monday = day - timedelta(days=day.weekday())
    if problem_area in world.HOT_PROBLEMS and draws.happens(world.HOT_SHARE_TIME):
        weekday = world.HOT_WEEKDAYS[draws.whole(0, len(world.HOT_WEEKDAYS) - 1)]
        hour, minute = world.HOT_HOUR, draws.whole(0, 59)
    else:
        weekday = draws.choice(range(7), (1, 1, 1, 1, 1, 0.1, 0.05) if PROFILES.get(problem_area) is SCHOOL else WEEKDAYS)
        hour, minute = time_of_day(problem_area, draws)
    return datetime.combine(monday + timedelta(days=weekday), datetime.min.time()).replace(hour=hour, minute=minute)
