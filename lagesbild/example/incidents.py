"""The police's incident list of the last year: one row per reported offence, with place and a from-to interval."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lagesbild.example import hours, offences, world
from lagesbild.example.draws import Draws
from lagesbild.example.table import to_csv

COLUMNS = ["incident_id", "brottskod", "count", "reported_on", "occurred_from", "occurred_to", "area", "x", "y"]
YEAR = world.YEARS[-1]
LAST = datetime(YEAR, 12, 31, 20)
#: Areas whose incidents carry no place: the police do not give it out, or there is none.
WITHOUT_PLACE = ("vald_nara_relation", "brott_mot_barn", "sexualbrott", "bedrageri")
#: Areas where somebody comes upon the damage afterwards, so that the time is an interval.
FOUND_LATER = ("skadegorelse", "bostadsinbrott", "stold", "brander")
NO_TIME_SHARE, LONG_SHARE, NO_PLACE_SHARE = 0.05, 0.06, 0.03


def incidents(seed: int) -> bytes:
    """incidents.csv: as many rows per code as the kommun has reported offences in the last year, sorted by report date."""
    draws = Draws(seed, "incidents")
    counts = offences.counts(seed)
    found = [
        _incident(offence.brottskod, offence.problem_area, draws)
        for offence in world.offences()
        for _ in range(counts[world.OWN, offence.brottskod, YEAR])
    ]
    found.sort(key=lambda row: (str(row["reported_on"]), str(row["brottskod"]), str(row.get("occurred_from", ""))))
    return to_csv(COLUMNS, ({"incident_id": f"P-{number:04d}", **row} for number, row in enumerate(found, 1)))


def _incident(brottskod: str, problem_area: str, draws: Draws) -> dict[str, object]:
    row: dict[str, object] = {"brottskod": brottskod, "count": 1}
    happened = hours.moment(problem_area, date(YEAR, 1, 1) + timedelta(days=draws.whole(0, 364)), draws)
    happened = min(max(happened, datetime(YEAR, 1, 1)), LAST)
    first, last = _interval(happened, problem_area, draws)
    last = min(last, LAST)
    row["reported_on"] = min((last + timedelta(days=draws.poisson(1.2))).date(), LAST.date()).isoformat()
    if not draws.happens(NO_TIME_SHARE):
        row["occurred_from"], row["occurred_to"] = f"{first:%Y-%m-%d %H:%M}", f"{last:%Y-%m-%d %H:%M}"
    if problem_area and problem_area not in WITHOUT_PLACE:
        place = hours.place(problem_area, draws)
        row["area"] = place.area
        if not draws.happens(NO_PLACE_SHARE):
            row["x"], row["y"] = hours.point(place, draws)
    return row


def _interval(happened: datetime, problem_area: str, draws: Draws) -> tuple[datetime, datetime]:
    """From and to round the moment: minutes where somebody saw it, hours where it was found, days where nobody was there."""
    if problem_area not in FOUND_LATER:
        return happened, happened + timedelta(minutes=draws.whole(0, 45))
    if draws.happens(LONG_SHARE):
        return happened - timedelta(hours=draws.whole(12, 60)), happened + timedelta(hours=draws.whole(14, 72))
    before, after = draws.whole(10, 150), draws.whole(10, 210)
    return happened - timedelta(minutes=before), happened + timedelta(minutes=after)
