"""A decision from the review page is taken in: checked, compared with what is stored, and put among the raw files.

Nothing is ever overwritten: every decision stays, and the latest day counts. The same file twice changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lagesbild import store, swedish, taxonomy
from lagesbild.errors import LagesbildError, Problem, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.report.csv_files import RANKING
from lagesbild.sources import card, decisions, net
from lagesbild.sources.decision import content
from lagesbild.sources.decision.form import Form, form
from lagesbild.sources.files.file import RawFile
from lagesbild.taxonomy import Taxonomy

#: Whether the decision was taken on the ranking of the run folder: yes, on another, or there is no run to compare with.
Version = Literal["samma", "annan", "okänd"]


@dataclass(frozen=True)
class Taken:
    """path: the stored file. is_new: False where the same decision was there already. run: the run folder compared with."""

    form: Form
    path: Path
    is_new: bool
    version: Version
    run: Path


def take(profile: Profile, path: Path, reports: Path) -> Taken:
    """Store the decision file in the profile's raw folder, with a source card; compared with the run below ``reports``.

    Raises SourceError for a file that is no decision, SchemaError with every field that is wrong, holds personal data or
    contradicts a stored decision, ReportError where the folder cannot be written.
    """
    terms = taxonomy.load()
    file = _file(path)
    try:
        found = form(file, terms, profile)
    except (SourceError, SchemaError) as error:
        raise net.safe_error(error) from None
    if private := decisions.private_texts(found):
        action = "Skriv roller och platser i stället för namn och nummer på granskningssidan, och spara beslutet på nytt."
        raise SchemaError(
            Problem(content.place(file.name, number, field), decisions.personal(kinds), action=action)
            for (number, field), kinds in private.items()
        )
    run = reports / f"{profile.slug}-{profile.year}"
    version = _version(run / RANKING, found)
    stored = list(_stored(profile, terms))
    if same := next((kept for kept, other in stored if other == found), None):
        return Taken(found, same, False, version, run)
    if problems := list(_contradictions(file.name, found, stored)):
        raise SchemaError(problems)
    return Taken(found, _store(profile, file, found), True, version, run)


def _file(path: Path) -> RawFile:
    try:
        if path.stat().st_size > content.MOST_BYTES:
            size = f"{swedish.number(content.MOST_BYTES / 1000)}{swedish.NBSP}kB"
            what = f"filen är större än {size}, så den är ingen beslutsfil."
            raise SourceError(net.safe_problem(Problem(path.name, what, action=content.AGAIN)))
        return RawFile(path, net.safe(path.name), path.read_bytes())
    except FileNotFoundError:
        problem = Problem(str(path), "filen finns inte.", action="Ange filen som sparades från granskningssidan.")
    except (OSError, ValueError):
        problem = Problem(str(path), "filen går inte att läsa.", "en fil som du har rätt att läsa, inte en mapp.")
    raise SourceError(net.safe_problem(problem))


def _version(ranking: Path, found: Form) -> Version:
    try:
        return "samma" if hashlib.sha256(ranking.read_bytes()).hexdigest() == found.ranking_sha256 else "annan"
    except OSError:
        return "okänd"


def _stored(profile: Profile, terms: Taxonomy) -> Iterator[tuple[Path, Form]]:
    """The decisions on this profile's lägesbilder that are there already. A stored file that is broken stops the next run."""
    if not profile.raw.is_dir():
        what = "mappen för källfiler finns inte, så beslutet har ingenstans att ligga."
        raise SourceError(Problem(str(profile.raw), what, action="Skapa mappen, eller rätta raw i profilen."))
    for path in sorted(profile.raw.rglob("*.json")):
        try:
            if path.is_file() and path.stat().st_size <= content.MOST_BYTES:
                file = RawFile(path, path.name, path.read_bytes())
                if decisions.recognise(file, profile) is None and (other := form(file, terms)).profile == profile.slug:
                    yield path, other
        except (OSError, LagesbildError):
            continue


def _contradictions(name: str, found: Form, stored: list[tuple[Path, Form]]) -> Iterator[Problem]:
    """Areas on which the same forum has decided the same day already: which of the two holds, only people know."""
    areas = {one.problem_area: one.number for one in found.decisions}
    for path, other in stored:
        if (other.year, other.forum, other.date) != (found.year, found.forum, found.date):
            continue
        for number in sorted(areas[one.problem_area] for one in other.decisions if one.problem_area in areas):
            yield Problem(
                content.place(name, number, "problem_area"),
                f"forumet har redan ett beslut om området den {found.date}, i {net.safe(path.name)}.",
                "ett beslut per område, forum och dag.",
                "Är beslutet nytt: ange dagen då det togs. Är det en rättelse: ta bort den gamla filen och dess källkort.",
            )


def _store(profile: Profile, file: RawFile, found: Form) -> Path:
    """The file as it is, and its card first: a decision is never there without one."""
    path = profile.raw / f"beslut_{found.year}_{found.date}_{file.sha256[:8]}.json"
    facts = {
        "title": f"Beslut om lägesbilden för {profile.place} {found.year}",
        "published": str(found.date),
        "fetched": str(found.date),
        "status": "slutlig",
    }
    text = card.new_card(RawFile(path, path.name, file.data), decisions.NAME, facts)
    store.write_file(Path(f"{path}{card.SUFFIX}"), text.encode())
    return store.write_file(path, file.data)
