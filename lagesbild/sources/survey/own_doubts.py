"""What is doubtful about an own survey: weights and strata that tell too little, columns and answers that are not used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.files.file import RawFile, Sheet
from lagesbild.sources.survey import own_answers, own_columns
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.answer_words import meaning

if TYPE_CHECKING:
    from lagesbild.sources.survey.own_columns import Headings

_SHOWN = 5
_SAFE = re.compile(r"(?<!o)\btrygg|\bsäker\b", re.IGNORECASE)
#: Answers that say themselves what is meant, so that the question's direction does not matter.
_SELF_TOLD = re.compile(r"trygg|orolig|problem", re.IGNORECASE)


def of_design(file: RawFile, sheet: Sheet, people: pd.DataFrame, found: Headings) -> list[Doubt]:
    """Missing weights, weights of 0, strata with one respondent, respondents without a stratum."""
    doubts = []
    where = file.where(sheet.name)
    n_all, weight, stratum = len(people), people["weight"], people["stratum"]
    if "weight" in found.roles and (n := int(weight.isna().sum())):
        what = f"{swedish.plural(n, 'svarande saknar', 'svarande saknar')} vikt ({swedish.percent(n / n_all, words=True)})."
        doubts.append(Doubt("vikt_saknas", where, what, "De får medelvikten.", n, n / n_all))
    if n := int(weight.eq(0).sum()):
        what = f"{swedish.plural(n, 'svarande har', 'svarande har')} vikten 0."
        doubts.append(Doubt("vikt_noll", where, what, "De räknas inte.", n, n / n_all))
    sizes = stratum.value_counts()
    if n := int(sizes.eq(1).sum()):
        what = f"{swedish.plural(n, 'stratum har', 'strata har')} bara en svarande."
        action = "Osäkerheten där räknas från medelvärdet av alla. Slå hellre ihop strata som liknar varandra."
        doubts.append(Doubt("stratum_med_en", where, what, action, n))
    if len(sizes) and (n := int(stratum.isna().sum())):
        what = f"{swedish.plural(n, 'svarande saknar', 'svarande saknar')} stratum."
        doubts.append(Doubt("stratum_saknas", where, what, "De räknas som ett eget stratum.", n, n / n_all))
    return doubts


def of_columns(file: RawFile, sheet: Sheet, found: Headings, rows: pd.DataFrame, taxonomy: Taxonomy) -> list[Doubt]:
    """Questions the taxonomy does not know, with the nearest; how many columns of free text and of persons were left out."""
    used = {*found.roles.values(), *found.items}
    left = [place for place, name in enumerate(found.names) if name and place not in used and not found.is_named(place)]
    unknown = [place for place in left if own_answers.is_readable(rows[place])]
    free = [place for place in left if place not in unknown and rows[place].ne("").any()]
    n_private = sum(role.startswith("private") for role in found.roles)
    where = file.where(sheet.name)
    doubts = []
    if unknown:
        items = taxonomy.survey_items
        known = items.loc[items["survey"].eq(own_columns.SURVEY), "item"]
        named = [_with_nearest(found.name(place), taxonomy, known) for place in unknown[:_SHOWN]]
        more = [f"{len(unknown) - _SHOWN} till"] if len(unknown) > _SHOWN else []
        what = f"{swedish.plural(len(unknown), 'fråga är okänd', 'frågor är okända')}: {swedish.listing([*named, *more])}."
        action = 'De används inte. Skriv "rubrik" = "fråga" under [survey.columns] i profilen om någon av dem ska användas.'
        doubts.append(Doubt("okand_fraga", where, what, action, len(unknown)))
    if free or n_private:
        parts = [swedish.plural(len(free), "kolumn med fritext", "kolumner med fritext")] if free else []
        parts += [swedish.plural(n_private, "kolumn med personuppgifter", "kolumner med personuppgifter")] if n_private else []
        what = f"{swedish.listing(parts)} är inte med."
        doubts.append(Doubt("fritext_utelamnad", where, what, "De läses aldrig in.", len(free) + n_private))
    if "group" in found.roles and "age" in found.roles:
        doubts.append(Doubt("grupp_alder", where, "svaren delas upp efter kön.", "Åldern används inte."))
    return doubts


def _with_nearest(name: str, taxonomy: Taxonomy, known: pd.Series) -> str:
    near = taxonomy.nearest(name, known)
    return f'"{name}"' + (f" (närmast: {near[0]})" if near else "")


def of_choices(where: str, answers: pd.Series, chosen: list[str]) -> list[Doubt]:
    """Answers that are none of the known; those that many gave are named, others may be free text."""
    n = int(answers.eq(own_answers.UNKNOWN).sum())
    if not n:
        return []
    n_all = int(answers.ne("").sum())
    named = f", bland dem {swedish.listing([f'”{text}”' for text in chosen[:_SHOWN]])}" if chosen else ""
    what = f"{swedish.plural(n, 'svar', 'svar')} av {swedish.number(n_all)} är inget känt svarsalternativ{named}."
    return [Doubt("okant_svar", where, what, "De räknas som uteblivna svar.", n, n / n_all)]


def without_key(where: str, n: int) -> Doubt:
    """A question answered with codes nobody explains."""
    what = "svaren är siffror utan förklaring."
    action = 'Frågan används inte. Lägg till ett blad "Kodnyckel" med fråga, kod och svar.'
    return Doubt("svar_utan_nyckel", where, what, action, n)


def is_turned(item: str, heading: str, answers: pd.Series) -> bool:
    """Whether a question of safety was named as one of unsafety, with answers that would then mean the opposite."""
    if "otrygg" not in item.lower() or not _SAFE.search(heading) or "otrygg" in heading.lower():
        return False
    told = [text for text in answers.unique() if text and meaning(text) in (0.0, 1.0)]
    return any(not _SELF_TOLD.search(text) for text in told)


def turned(where: str, item: str, n: int) -> Doubt:
    """A question that would be read the wrong way round."""
    what = f'frågan gäller trygghet men ska läsas som "{item}", så att ja skulle betyda otrygg.'
    return Doubt("omvand_fraga", where, what, "Den används inte. Byt ja och nej i filen och rätta rubriken.", n)
