"""What the analyst should know of how an EST list came about: its size in a few lines, its gaps, joiners, new categories."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures.effort import effort_of
from lagesbild.measures.observations import WHERE, Observed, iso_week, observed, week_start
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

#: From so many observations on, one organisation behind more than half of an area is worth telling.
FEWEST_FOR_CONCENTRATION = 20
#: Weeks without a word that are told: with a roster or zero reports each one, otherwise only longer silences.
_SILENCE, _LONG_SILENCE = 1, 3
#: An organisation joined, or left, that first (last) tells of a week so many weeks after (before) the list's own.
_WEEKS_LATE = 8
#: Years covered by so many weeks are compared; at least so many of a category expected makes none a change, not chance.
_YEAR_WEEKS, _FEWEST_EXPECTED = 26, 8.0
_SHOWN = 5


def reporting_table(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> list[tuple[str, str]]:
    """The reporting effort as a few lines (what, how much), in Swedish; [] without observations.

    The counts have not been through disclosure: for the analyst's screen, never for the report.
    """
    seen = observed(tables, taxonomy, profile.year, profile.est.categories)
    if seen.rows.empty:
        return []
    effort = effort_of(seen)
    n_arranged = _n_arranged(tables, profile, taxonomy)
    lines = [
        ("Period", f"{seen.weeks[0]} – {seen.weeks[-1]}, {swedish.plural(effort.n_weeks, 'vecka', 'veckor')} täckta"),
        ("Organisationer", swedish.number(effort.n_organisations)),
        ("Organisationsveckor", _unit_weeks(seen)),
        ("Observationer", f"{swedish.number(effort.n_listed)} i listan, {swedish.number(effort.n_counted)} händelser"),
        ("Arrangemang", f"{swedish.number(n_arranged)}, räknas inte som problem"),
        ("Största rapportör", f"{effort.largest_organisation}, {swedish.percent(effort.largest_share)}"),
    ]
    concerned = effort.areas[(effort.areas["n_counted"] >= FEWEST_FOR_CONCENTRATION) & (effort.areas["largest_share"] > 0.5)]
    lines += [
        (
            f"Mest från en organisation: {taxonomy.short(str(row['problem_area']))}",
            f"{row['largest_organisation']}, {swedish.percent(float(row['largest_share']))}",
        )
        for row in concerned.sort_values("largest_share", ascending=False, kind="stable").to_dict("records")
    ]
    return lines


def reporting_doubts(tables: Tables, profile: Profile, taxonomy: Taxonomy, seen: Observed | None = None) -> tuple[Doubt, ...]:
    """Weeks nobody told of, organisations that joined or left, and categories that began or ended with a year.

    ``seen``: the list of ``tables`` as ``observed`` gives it for the profile, where that is at hand.
    """
    seen = observed(tables, taxonomy, profile.year, profile.est.categories) if seen is None else seen
    if seen.rows.empty:
        return ()
    return (*_gaps(seen), *_joined_or_left(seen), *_changed_categories(tables, seen, profile))


def _unit_weeks(seen: Observed) -> str:
    statuses = seen.unit_weeks["status"].value_counts()
    told = f"{swedish.number(int(statuses.get('reported', 0)))} med observationer"
    zero = int(statuses.get("zero", 0))
    missing = f", {swedish.number(len(seen.missing))} utan rapport" if seen.has_roster else ""
    return f"{told}, {swedish.number(zero)} med inget att rapportera{missing}"


def _n_arranged(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> int:
    listed = tables.observations[tables.observations["date"].dt.year.le(profile.year)]
    found = {text: taxonomy.match_category(text, profile.est.categories) for text in listed["category"].unique()}
    arranged = [text for text, category in found.items() if category and category.kind == "arrangement"]
    return int(listed["category"].isin(arranged).sum())


def _gaps(seen: Observed) -> Iterator[Doubt]:
    """Runs of weeks between the first and the last in which nobody told of anything."""
    told = set(seen.unit_weeks["week"])
    if len(told) < 2:
        return
    mondays = week_start(pd.Series([min(told), max(told)], dtype="str"))
    weeks = list(iso_week(pd.Series(pd.date_range(mondays[0], mondays[1], freq="7D"))))
    runs: list[list[str]] = []
    for before, week in zip(["", *weeks], weeks, strict=False):
        if week not in told:
            runs += [[]] if not before or before in told else []
            runs[-1].append(week)
    is_known = seen.has_roster or seen.unit_weeks["status"].eq("zero").any()
    silent = [run for run in runs if len(run) >= (_SILENCE if is_known else _LONG_SILENCE)]
    if not silent:
        return
    n_weeks = sum(map(len, silent))
    what = f"ingen har rapporterat {swedish.plural(n_weeks, 'vecka', 'veckor')}: {_listed([_run(run) for run in silent])}."
    action = "Ett uppehåll är inte detsamma som att inget hänt. Jämför inte de månaderna mellan åren."
    yield Doubt("rapporteringsuppehall", WHERE, what, action, n_weeks)


def _run(weeks: list[str]) -> str:
    return weeks[0] if len(weeks) == 1 else f"{weeks[0]} – {weeks[-1]}"


def _joined_or_left(seen: Observed) -> Iterator[Doubt]:
    """Organisations that were not there from the beginning, or not to the end."""
    spans = seen.unit_weeks.groupby("organisation", observed=True)["week"].agg(["min", "max"])
    first, last = week_start(spans["min"]), week_start(spans["max"])
    limit = pd.Timedelta(weeks=_WEEKS_LATE)
    late, early = spans[first > first.min() + limit], spans[last < last.max() - limit]
    for frame, column, kind, forms, word in (
        (late, "min", "ny_rapportor", ("organisation har tillkommit", "organisationer har tillkommit"), "från"),
        (early, "max", "rapportor_slutat", ("organisation har tystnat", "organisationer har tystnat"), "till"),
    ):
        if len(frame):
            named = [f"{name} ({word} {week})" for name, week in frame[column].items()]
            what = f"{swedish.plural(len(frame), *forms)} under perioden: {_listed(named)}."
            action = "Fler eller färre observationer kan bero på det. Andelar av alla observationer används."
            yield Doubt(kind, WHERE, what, action, len(frame))


def category_starts(tables: Tables, seen: Observed, profile: Profile, taxonomy: Taxonomy) -> dict[str, int]:
    """Area -> the first year since which no category of it began or ended; areas whose categories stood still are left out."""
    starts: dict[str, int] = {}
    for category, _, _, after in _changed(tables, seen, profile):
        if area := taxonomy.area_of_category(category, profile.est.categories):
            starts[area] = max(after, starts.get(area, 0))
    return starts


def _changed_categories(tables: Tables, seen: Observed, profile: Profile) -> Iterator[Doubt]:
    """What changed in the list of categories, without the other year's number: it may be one that disclosure hides."""
    for category, word, absent, after in _changed(tables, seen, profile):
        what = f'kategorin "{category}" {word} {after}: inga observationer {absent}.'
        action = f"Har kategorilistan ändrats? Områdets utveckling i EST räknas från {after}."
        yield Doubt("andrad_kategorilista", WHERE, what, action)


def _changed(tables: Tables, seen: Observed, profile: Profile) -> Iterator[tuple[str, str, int, int]]:
    """Category, what happened (Swedish), the year without it and the later of the two years; of categories with no observation
    in one of two years that follow on each other, where chance would give at least eight."""
    listed = tables.observations
    covered = pd.Series([int(week[:4]) for week in seen.weeks], dtype="int64").value_counts()
    years = [year for year in sorted(covered.index[covered.ge(_YEAR_WEEKS)].tolist()) if year <= profile.year]
    category, year = pd.Categorical(listed["category"]), listed["date"].dt.year.to_numpy()
    counts = {y: np.bincount(category.codes[year == y], minlength=len(category.categories)) for y in years}
    for before, after in itertools.pairwise(years):
        if after != before + 1 or not counts[before].any() or not counts[after].any():
            continue
        for present, absent, word in ((after, before, "finns först"), (before, after, "finns inte längre")):
            expected = counts[present] * counts[absent].sum() / counts[present].sum()
            for name in category.categories[(counts[absent] == 0) & (expected >= _FEWEST_EXPECTED)]:
                yield str(name), word, absent, after


def _listed(words: list[str]) -> str:
    shown = words if len(words) <= _SHOWN else [*words[:_SHOWN], f"{len(words) - _SHOWN} till"]
    return swedish.listing(shown)
