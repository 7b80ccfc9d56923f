"""Places and times of every problem area as tables of the workbook, after disclosure."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.charts.areas import LISTS
from lagesbild.charts.hours import DAYS, clock
from lagesbild.charts.season import MONTHS
from lagesbild.places.value import KEY
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.workbook import Sheet

_INTERVAL = "Antal, med 95 % osäkerhetsintervall"
_HOURS = "Antal, spridda jämnt över tiden från och till, med 95 % osäkerhetsintervall"
_PLACES = f"{_INTERVAL}; tomt: färre än 5, eller dolt för att skydda ett litet antal"


def place_sheets(lagesbild: Lagesbild) -> list[Sheet]:
    """Platser, Tider and Månader; those there is nothing for are left out."""
    places = lagesbild.places
    source = f"Polisens händelselista och EST-observationer, {lagesbild.title}"
    made = (
        Sheet("Platser", "Händelser och observationer per namngivet område", _PLACES, source, _areas(lagesbild)),
        Sheet("Tider", "Händelser och observationer per veckodag och tre timmar", _HOURS, source, _hours(lagesbild)),
        Sheet("Månader", "Händelser och observationer per månad", _INTERVAL, source, _months(lagesbild)),
    )
    return [sheet for sheet, rows in zip(made, (places.places, places.hours, places.months), strict=True) if len(rows)]


def _areas(lagesbild: Lagesbild) -> pd.DataFrame:
    rows = lagesbild.places.places.reset_index(drop=True)
    bases = lagesbild.places.bases.set_index(KEY)["n_with_area"].reindex(pd.MultiIndex.from_frame(rows[KEY]))
    figures = {
        "Antal": "count", "Undre gräns": "lower", "Övre gräns": "upper", "Utjämnat antal": "smoothed",
        "Utjämnat, undre gräns": "smoothed_lower", "Utjämnat, övre gräns": "smoothed_upper",
        "Sannolikhet att ha flest": "p_first", "Sannolikhet att höra till de största": "p_top", "Plats, bästa": "rank_lower",
        "Plats, sämsta": "rank_upper",
    }  # fmt: skip
    head = {"Område": rows["area"], "Alla områden tillsammans": bases.to_numpy(dtype="float64", na_value=float("nan"))}
    values = {title: rows[column].astype("float64") for title, column in figures.items()}
    return pd.DataFrame(_key(lagesbild, rows) | head | values)


def _hours(lagesbild: Lagesbild) -> pd.DataFrame:
    rows = lagesbild.places.hours.reset_index(drop=True)
    cells = {"Veckodag": rows["weekday"].map(dict(enumerate(DAYS))), "Timmar": rows["block"].map(clock)}
    return pd.DataFrame(_key(lagesbild, rows) | cells | _figures(rows) | {"Fler än vid jämn spridning": _yes(rows["is_above"])})


def _months(lagesbild: Lagesbild) -> pd.DataFrame:
    rows = lagesbild.places.months.reset_index(drop=True)
    month = {"Månad": rows["month"].map(dict(enumerate(MONTHS, 1)))}
    return pd.DataFrame(_key(lagesbild, rows) | month | _figures(rows) | {"Jämn spridning": rows["expected"]})


def _key(lagesbild: Lagesbild, rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Problem area, list and period of each row, as they are read."""
    bases = lagesbild.places.bases
    periods = {
        (source, line): swedish.years(first, last)
        for source, line, first, last in zip(*(bases[name] for name in [*KEY, "first_year", "last_year"]), strict=True)
    }
    keys = zip(rows["source"], rows["problem_area"], strict=True)
    return {
        "Problemområde": rows["problem_area"].map(lagesbild.taxonomy.name).astype("str"),
        "Källa": rows["source"].map(LISTS).astype("str"),
        "Period": pd.Series([periods[key] for key in keys], dtype="str"),
    }


def _figures(rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {"Antal": rows["count"].astype("float64"), "Undre gräns": rows["lower"], "Övre gräns": rows["upper"]}


def _yes(values: pd.Series) -> pd.Series:
    return values.map({True: "ja", False: "nej"}).astype("str")
