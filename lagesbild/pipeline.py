"""The table of contents: from the raw files to the written report, one step a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lagesbild import charts, disclosure, measures, places, pledges, ranking, report, sources, store, taxonomy
from lagesbild.profile import Profile
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.sources.inspection import Inspection
from lagesbild.sources.reading import Delivery

Progress = Callable[[str], None]


def silent(step: str) -> None:
    """Tell nobody."""


def read(profile: Profile) -> Delivery:
    """Every raw file of the profile as tidy tables, with doubts and a record of each file."""
    return sources.read(profile, taxonomy.load())


def check(profile: Profile, progress: Progress = silent) -> Inspection:
    """What became of every file, with the doubts of the measures after those of the files; nothing is written.

    Raises SourceError for a folder without files, DisclosureError as ``rank`` does; files that cannot be read are told in it.
    """
    terms = taxonomy.load()
    progress("läser källfiler")
    inspection = sources.inspect(profile, terms, store.earlier(profile))
    if inspection.delivery is None:
        return inspection
    progress("räknar mått")
    tables = inspection.delivery.tables
    shown = disclosure.protect(measures.measure(tables, profile, terms), terms)
    followed = pledges.follow_up(shown, tables.pledges, profile, terms)
    return replace(inspection, doubts=tuple(dict.fromkeys((*inspection.doubts, *shown.doubts, *followed.doubts))))


def rank(profile: Profile, progress: Progress = silent) -> Lagesbild:
    """The lägesbild of one profile up to its ranking, without charts.

    Raises SourceError (also where nothing can be ranked), SchemaError or DisclosureError with every problem found.
    """
    terms = taxonomy.load()
    progress("läser källfiler")
    delivery = sources.read(profile, terms)
    progress("räknar mått")
    shown = disclosure.protect(measures.measure(delivery.tables, profile, terms), terms)
    progress("rangordnar")
    where_and_when = disclosure.protect_places(places.count(delivery.tables, profile, terms), shown, terms, profile.seed)
    ranked = Lagesbild(profile, terms, delivery, shown, ranking.rank(shown, profile, terms), charts=(), places=where_and_when)
    progress("följer upp löften")
    beside = measures.elsewhere(delivery.context, delivery.tables, profile, terms)
    ranked = replace(ranked, pledges=pledges.follow_up(shown, delivery.tables.pledges, profile, terms), elsewhere=beside)
    return report.with_ranking(ranked)


def run(profile: Profile, progress: Progress = silent) -> Lagesbild:
    """The whole lägesbild of one profile as a value; nothing is written. Raises as ``rank`` does."""
    ranked = rank(profile, progress)
    progress("ritar diagram")
    tables = ranked.delivery.tables
    figures = ranked.measures, ranked.ranking, tables, profile, ranked.taxonomy
    shown = charts.all_charts(*figures, followed=ranked.pledges.found, places=ranked.places, elsewhere=ranked.elsewhere)
    return replace(ranked, charts=shown)


def write(lagesbild: Lagesbild, out: Path, progress: Progress = silent) -> Path:
    """The run folder, written whole or not at all, and last; before it the tidy tables in ``data/processed``."""
    progress("skriver rapport")
    store.write_tables(lagesbild.delivery.tables, lagesbild.profile.processed / lagesbild.folder_name)
    with store.atomic_folder(out / lagesbild.folder_name) as folder:
        report.write(lagesbild, folder)
        store.write_json(folder / "manifest.json", store.manifest(lagesbild.profile, lagesbild.delivery.inputs, folder))
    return out / lagesbild.folder_name
