"""Polisens händelser: the police's notices for the press, from their API (JSON) or an archive of it (CSV).

Context only: a choice made for the press, far below what is reported, never a measure. An event is placed by the last part of
its name ("21 januari 14.42, Rån, försök, Mariestad"), because from January 2026 the field for the place holds the län.
"""

from __future__ import annotations

import csv
import datetime
import re

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.privacy import HIDDEN
from lagesbild.profile import Profile
from lagesbild.sources.files import text
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.police.events_file import AGAIN, FIELDS, LAYOUT, NEEDED, events_of, is_json, where_in
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.sources.screening import screen_frame
from lagesbild.tables import CONTEXT
from lagesbild.taxonomy import Taxonomy

NAME = "Polisens händelser"
_MONTHS: dict[str, int] = LAYOUT["months"]
_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)})\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?")
_ZONE = "Europe/Stockholm"
#: What is kept of a notice's words; its name as such is not.
_TEXTS = ["event_id", "kind", "place"]
_START = 20_000
_LONGEST = 60


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a JSON text or a CSV whose events have number, time, name, kind and place."""
    if file.is_workbook:
        return Refusal("polisens händelser är en JSON- eller CSV-fil, det här är en Excelfil")
    start = file.start[:_START]
    if is_json(start):
        is_event = all(f'"{field}"' in start for field in [*NEEDED, FIELDS["location"][0]])
    else:
        headings = next(csv.reader([start.split("\n", 1)[0]]), [])
        is_event = set(NEEDED) <= set(headings) and not set(FIELDS["location"]).isdisjoint(headings)
    return None if is_event else Refusal(f"{swedish.listing([*NEEDED, FIELDS['location'][0]])} finns inte bland fälten")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """Every event as the context table police_events, wherever in the country; nothing else of a notice is kept.

    Raises SourceError for a file that is no whole JSON or CSV, and for events without number, name or readable time.
    """
    events, n_texts = events_of(file)
    frame, problems = _frame(file, events, taxonomy)
    if problems:
        raise SourceError(problems)
    named = frame["event_id"].where(~frame["event_id"].str.fullmatch(r"\d{1,9}"))  # a short number is nobody's
    screened, private = screen_frame(frame.assign(event_id=named), _TEXTS, where_in(file))
    is_private = screened[_TEXTS].isin([HIDDEN]).any(axis=1)
    frame = frame[~is_private]
    aside = [SetAside("innehåller personuppgifter", int(is_private.sum()))]
    newest = frame.sort_values(["published_on"], ascending=False, kind="stable")
    is_old = newest["event_id"].duplicated().reindex(frame.index)
    aside.append(SetAside("en senare version av samma notis finns", int(is_old.sum())))
    kept = frame[~is_old]
    doubts = (*private, *_left_out(file, len(events), n_texts), *_unknown_places(file, kept), *_undated(file, kept))
    table = kept[CONTEXT["police_events"].names]
    return Reading(
        {"police_events": table},
        doubts,
        len(events),
        tuple(item for item in aside if item.n_rows),
        is_validated=False,
        rows_used=len(kept),
    )


def _frame(file: RawFile, events: pd.DataFrame, taxonomy: Taxonomy) -> tuple[pd.DataFrame, list[Problem]]:
    """The events as police_events, index "rad", and what could not be read."""
    published = _times(events["published"])
    last = events["name"].str.extract(r",([^,]*)$")[0].str.strip()
    place = last.where(last.notna() & last.ne(""), events["location"])
    codes = {name: taxonomy.kommunkod(name) for name in place.unique()}
    is_spoilt = events["name"].map(text.has_wrong_letters).astype("bool")
    faults = (
        (events["id"].eq(""), FIELDS["id"], "händelsen saknar nummer.", "ett nummer."),
        (published.isna(), FIELDS["published"], "tidpunkten går inte att läsa.", "en tid som 2025-06-14 23:31:07 +02:00."),
        (events["kind"].eq(""), FIELDS["kind"], "händelsens slag saknas.", "ett slag, som Rån."),
        (place.eq(""), FIELDS["name"], "händelsen saknar plats.", "dag, slag och plats i namnet."),
        (is_spoilt, FIELDS["name"], "filen är sparad med fel teckenkodning, så att å, ä och ö har förvanskats.", ""),
    )
    where = where_in(file)
    problems = [
        Problem(where(rows=[int(row) for row in events.index[wrong]], column=column), what, expected, AGAIN)
        for wrong, column, what, expected in faults
        if wrong.any()
    ]
    if problems:
        return pd.DataFrame(), problems
    days = [_day(name, when) for name, when in zip(events["name"], published.dt.date, strict=True)]
    return pd.DataFrame(
        {
            "event_id": events["id"],
            "published_on": published,
            "occurred_on": pd.Series(pd.to_datetime(pd.Series(days, dtype="object")).to_numpy(), events.index).astype(
                "datetime64[us]"
            ),
            "kind": events["kind"].str.slice(0, _LONGEST),
            "place": place.str.slice(0, _LONGEST),
            "kommunkod": place.map(codes).astype("str"),
        }
    ), []


def _times(cells: pd.Series) -> pd.Series:
    """Swedish time without zone; the hour may lack its zero ("2026-01-14 7:59:09 +01:00"); empty where unreadable."""
    found = cells.str.extract(rf"^{_PUBLISHED.pattern}$").set_axis(["day", "hour", "minute", "second", "zone"], axis=1)
    clock = found["hour"].str.zfill(2) + ":" + found["minute"] + ":" + found["second"].fillna("00")
    zone = found["zone"].replace("Z", "+00:00")
    has_zone = zone.notna()
    plain = pd.to_datetime(found["day"] + " " + clock, format="%Y-%m-%d %H:%M:%S", errors="coerce")
    zoned = pd.to_datetime(found["day"] + " " + clock + zone, format="%Y-%m-%d %H:%M:%S%z", errors="coerce", utc=True)
    local = zoned.dt.tz_convert(_ZONE).dt.tz_localize(None)
    times: pd.Series = plain.astype("datetime64[us]").mask(has_zone, local.astype("datetime64[us]"))
    return times


def _day(name: str, published: datetime.date) -> datetime.date | None:
    """The day in the event's name, in the year that brings it nearest to the publication; None where it names none.

    >>> _day("31 december 23.10, Brand, Hjo", datetime.date(2026, 1, 1))
    datetime.date(2025, 12, 31)
    """
    found = _DAY.match(name)
    if not found:
        return None
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            days.append(datetime.date(year, _MONTHS[found[2].lower()], int(found[1])))
        except ValueError:  # the 29th of February, or a day that never was
            continue
    return min(days, key=lambda day: abs(day - published), default=None)


def _left_out(file: RawFile, n_events: int, n_texts: int) -> tuple[Doubt, ...]:
    if not n_texts:
        return ()
    what = f"{swedish.plural(n_texts, 'notis har', 'notiser har')} fri text och webbadress, som inte läses in."
    action = "Notiserna är ett urval för pressen. De visas som bakgrund och räknas aldrig."
    return (Doubt("fritext_utelamnad", file.name, what, action, n_texts, n_texts / n_events),)


def _unknown_places(file: RawFile, frame: pd.DataFrame) -> tuple[Doubt, ...]:
    """A doubt about places that are neither a kommun nor a län."""
    is_unknown = frame["kommunkod"].isna() & ~frame["place"].str.endswith(" län")
    n_rows = int(is_unknown.sum())
    if not n_rows:
        return ()
    n_places = frame.loc[is_unknown, "place"].nunique()
    what = f"{swedish.plural(n_rows, 'notis har', 'notiser har')} en plats som varken är kommun eller län ({n_places} olika)."
    action = "De står kvar utan kommunkod och visas inte för någon kommun."
    where = where_in(file)(rows=[int(row) for row in frame.index[is_unknown]], column=FIELDS["name"])
    return (Doubt("okand_plats", where, what, action, n_rows, n_rows / len(frame)),)


def _undated(file: RawFile, frame: pd.DataFrame) -> tuple[Doubt, ...]:
    """A doubt about names that do not begin with a day."""
    is_undated = frame["occurred_on"].isna()
    n_rows = int(is_undated.sum())
    if not n_rows:
        return ()
    what = f"{swedish.plural(n_rows, 'notis saknar', 'notiser saknar')} dag i sitt namn."
    where = where_in(file)(rows=[int(row) for row in frame.index[is_undated]], column=FIELDS["name"])
    return (Doubt("datum_saknas", where, what, "Bara dagen då notisen lades ut är känd.", n_rows, n_rows / len(frame)),)
