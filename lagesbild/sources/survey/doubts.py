"""What is doubtful about a survey's figures, told with how many it concerns and what the run does meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.files.file import RawFile
from lagesbild.taxonomy import Taxonomy

_SHOWN = 5


def outside(file: RawFile, rows: pd.DataFrame) -> list[Doubt]:
    """Values that no scale holds."""
    if rows.empty:
        return []
    what = f"{swedish.plural(len(rows), 'värde ligger', 'värden ligger')} utanför skalan (0–6 för index, 0–100 för procent)."
    action = 'De används inte. Är det andelar ska det stå "andel" eller "procent" i rubriken.'
    return [Doubt("utanfor_skalan", file.where(rows=[int(row) for row in rows["row"]]), what, action, len(rows))]


def conflicting(file: RawFile, values: pd.DataFrame, key: list[str]) -> list[Doubt]:
    """The same question, area and year with different values."""
    spread = values.groupby(key, observed=True)["value"].agg(["min", "max", "size"]).reset_index()
    wrong = spread[spread["max"].gt(spread["min"])]
    if wrong.empty:
        return []
    first = wrong.iloc[0]
    pair = f"{swedish.number(first['min'], 2)} och {swedish.number(first['max'], 2)}"
    what = f"{swedish.plural(len(wrong), 'fråga har', 'frågor har')} olika värden för samma område och år, till exempel {pair}."
    return [Doubt("motstridiga_varden", file.name, what, "Det första används.", len(wrong))]


def dashes(file: RawFile, n: int) -> list[Doubt]:
    """Dashes, which in a survey mean that there is no value."""
    what = f"{swedish.plural(n, 'värde är ett streck', 'värden är streck')}."
    return [Doubt("streck", file.name, what, "De räknas som saknade, inte som noll.", n)] if n else []


def unknown_areas(file: RawFile, names: Sequence[str], n: int, taxonomy: Taxonomy) -> list[Doubt]:
    """Areas that are neither the country, a region, a police area nor a kommun, with the kommuner spelt most like them."""
    if not names:
        return []
    named = [f'"{name[:40]}"' for name in names[:_SHOWN]]
    more = [f"{len(names) - _SHOWN} till"] if len(names) > _SHOWN else []
    near = [name for text in names for name in taxonomy.nearest(text, taxonomy.kommuner["name"])[:1]]
    hint = f" Kanske menas {swedish.listing(list(dict.fromkeys(near))[:3], 'eller')}." if near else ""
    what = f"{swedish.listing([*named, *more])} är varken en kommun, ett lokalpolisområde, ett län eller riket.{hint}"
    return [Doubt("okant_omrade", file.name, what, "Raderna används inte.", n)]


def unknown_items(file: RawFile, values: pd.DataFrame, survey: str, taxonomy: Taxonomy) -> list[Doubt]:
    """Questions the taxonomy does not know, with the nearest it does."""
    texts = [item for item in values["item"].unique() if taxonomy.match_item(survey, item) is None]
    if not texts:
        return []
    items = taxonomy.survey_items
    known = items.loc[items["survey"].eq(survey), "item"]
    named = []
    for text in texts[:_SHOWN]:
        near = taxonomy.nearest(text, known)
        named.append(f'"{text[:60]}"' + (f" (närmast: {near[0]})" if near else ""))
    more = [f"{len(texts) - _SHOWN} till"] if len(texts) > _SHOWN else []
    n_rows = int(values["item"].isin(texts).sum())
    what = f"{swedish.plural(len(texts), 'fråga är okänd', 'frågor är okända')}: {swedish.listing([*named, *more])}."
    action = "Värdena behålls men räknas inte till något problemområde."
    return [Doubt("okand_fraga", file.name, what, action, n_rows, n_rows / len(values))]
