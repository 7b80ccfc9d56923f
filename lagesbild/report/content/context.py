"""What surrounds the lägesbild: figures about the kommun and the police's press notices, which rank nothing."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import chapters

#: So many figures tell the surroundings of one kommun; more stand in ``data/processed``.
_MOST = 20


def context(lagesbild: Lagesbild) -> list[Block]:
    """The newest value of every context figure for the own kommuner, and how many notices each year; [] where there is none."""
    own = list(lagesbild.profile.kommunkoder)
    figures = lagesbild.delivery.context.context_figures
    figures = figures[figures["kommunkod"].isin(own)]
    events = lagesbild.delivery.context.police_events
    events = events[events["kommunkod"].isin(own)]
    if figures.empty and events.empty:
        return []
    return [
        Heading(1, "Sammanhang"),
        Text("Uppgifterna här beskriver kommunen. De påverkar inte rangordningen."),
        *_figures(lagesbild, figures),
        *_events(events),
    ]


def _figures(lagesbild: Lagesbild, figures: pd.DataFrame) -> list[Block]:
    if figures.empty:
        return []
    newest = figures.sort_values(["source", "indicator", "kommunkod", "year"], kind="stable").drop_duplicates(
        ["source", "indicator", "kommunkod"], keep="last"
    )
    names = lagesbild.taxonomy.kommun_name
    is_several = len(set(newest["kommunkod"])) > 1
    rows = tuple(
        (
            f"{row['name']}, {names(row['kommunkod'])}" if is_several else str(row["name"]),
            swedish.number(row["value"], 0 if abs(row["value"]) >= 100 or float(row["value"]).is_integer() else 1),
            str(row["unit"]),
            str(row["year"]),
            str(row["source"]),
        )
        for row in newest.head(_MOST).to_dict("records")
    )
    rest = len(newest) - len(rows)
    note = chapters.more_figures(rest)
    heads = columns("Uppgift", "Värde", "Enhet", "År", "Källa", right=(1,), widths=(3, 0, 1.4, 0, 1))
    return [Table("Uppgifter om kommunen, senaste året", heads, rows, note)]


def _events(events: pd.DataFrame) -> list[Block]:
    """Notices per year of the event, by the place in the notice's own name."""
    if events.empty:
        return []
    per_year = events["occurred_on"].fillna(events["published_on"]).dt.year.value_counts().sort_index()
    rows = tuple((str(year), swedish.number(count)) for year, count in per_year.items())
    first, last = events["published_on"].min().date(), events["published_on"].max().date()
    text = Text(
        "Polisens händelsenotiser på webben är ett urval för pressen, långt färre än det som anmäls. Antalet säger hur ofta "
        "polisen skrev om en händelse i kommunen, inte hur mycket som hände."
    )
    title = "Polisens notiser om händelser i kommunen"
    note = chapters.notices(str(first), str(last))
    return [Heading(2, "Polisens händelsenotiser"), text, Table(title, columns("År", "Notiser", right=(1,)), rows, note)]
