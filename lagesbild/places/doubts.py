"""What the places and times do not hold, counted over what is shown."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.places.events import EST, POLICE
from lagesbild.sources.checks.shown import FEWEST, shown_count

WHERE = {EST: "EST-observationer", POLICE: "polisens händelselista"}
_EVENTS = {EST: "observationer", POLICE: "händelser"}
_NO_PLACE, _NO_TIME = "De räknas inte när områden jämförs.", "De räknas inte när veckodagar och timmar jämförs."


def doubts(bases: pd.DataFrame, streets: dict[str, int], unknown: tuple[str, ...] = ()) -> tuple[Doubt, ...]:
    """How many of the events in the problem areas that are shown have no named area, no clock time, or an interval over 24
    hours; how many are placed by a street; and which names of areas the police's list has that EST does not (``unknown``).

    Nothing is counted of areas that are not in ``bases`` (after disclosure), so that no difference tells their number.
    """
    found = []
    for source, where in WHERE.items():
        rows = bases[bases["source"].eq(source)]
        n, events = int(rows["n"].sum()), _EVENTS[source]
        if not n:
            continue
        placed = rows[rows["n_with_area"].notna()]
        told = (
            ("plats_utan_namn", int((placed["n"] - placed["n_with_area"]).sum()), "har inget namngivet område", _NO_PLACE),
            ("tid_utan_klockslag", int(rows["n_untimed"].sum()), "har inget klockslag", _NO_TIME),
            ("tid_over_ett_dygn", int(rows["n_long"].sum()), "kan ha skett när som helst under mer än ett dygn", _NO_TIME),
        )
        for kind, count, what, action in told:
            if count:
                share = count / n if count >= FEWEST else None
                found.append(
                    Doubt(kind, where, f"{shown_count(count)} av {swedish.number(n)} {events} {what}.", action, 0, share)
                )
        if streets.get(source, 0):
            what = f"{shown_count(streets[source])} {events} har en gata som område."
            found.append(Doubt("plats_ar_gata", where, what, "Gator visas inte, för de kan peka ut var någon bor."))
    if unknown:
        listed = swedish.listing([f'"{name}"' for name in unknown[:5]])
        more = f" och {swedish.count_word(len(unknown) - 5)} till" if len(unknown) > 5 else ""
        what = f"Områden som inte finns i EST: {listed}{more}."
        found.append(Doubt("plats_okant_omrade", WHERE[POLICE], what, "Kontrollera att områdena heter lika i båda listorna."))
    return tuple(found)
