"""What a forum decided, as a value: every field of the decision file held to what it may be, every fault told at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from lagesbild import swedish
from lagesbild.errors import Problem, SchemaError
from lagesbild.profile import Profile
from lagesbild.sources.decision import content
from lagesbild.sources.decision.content import AGAIN, place, quoted
from lagesbild.sources.files.file import RawFile
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.taxonomy import CRITERIA

VERSION = 1
DECISIONS = ("prioritera", "avvakta", "bortprioritera")
#: These need a reason: they are what a resident will ask about.
NEED_REASON = ("prioritera", "bortprioritera")
LONGEST_REASON, LONGEST_FORUM, LONGEST_ROLE, MOST_ROLES = 2_000, 200, 100, 30
HIGHEST = 3
#: A page rounds its weights; so much may they miss 1.
ROUNDING = 0.005
#: A decision on a year's lägesbild is taken that year or in the two that follow.
YEARS_AFTER = 2
_SEVERITY = "allvar"
_KEYS = (
    "format",
    "version",
    "profile",
    "year",
    "ranking_sha256",
    "is_example",
    "forum",
    "date",
    "roles",
    "weights",
    "decisions",
)
_DECISION_KEYS = ("problem_area", "decision", "reason", "judged")


@dataclass(frozen=True)
class Decision:
    """One area. number: its place in the file, from 1. judged: (criterion, 0-3), in the taxonomy's order."""

    number: int
    problem_area: str
    decision: str
    reason: str
    judged: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Form:
    """A decision file whose fields are what they may be. weights: criterion -> share, as they stood on the page."""

    profile: str
    year: int
    ranking_sha256: str
    is_example: bool
    forum: str
    date: datetime.date
    roles: tuple[str, ...]
    weights: dict[str, float]
    decisions: tuple[Decision, ...]


def form(file: RawFile, taxonomy: Taxonomy, profile: Profile | None = None) -> Form:
    """The file as a form. profile: whose decision it must be, or None for any.

    Raises SourceError for what is no decision file, SchemaError with every field that is wrong.
    """
    told = content.read(file)
    version = told.get("version")
    if isinstance(version, int) and version > VERSION:
        what = f"filen är gjord av en nyare version av programmet (format {quoted(version)})."
        raise SchemaError(Problem(file.name, what, f"format {VERSION}.", "Uppdatera programmet och försök igen."))
    reader = _Reader(file.name)
    found = reader.form(told, taxonomy)
    if profile is not None:
        reader.hold_to(told, profile)
    if reader.problems:
        raise SchemaError(reader.problems)
    return found


class _Reader:
    """Reads field by field; what is wrong is noted in ``problems`` and something harmless stands in its place."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def form(self, told: dict[str, object], taxonomy: Taxonomy) -> Form:
        self._known(told, _KEYS, None)
        if told.get("version") != VERSION or isinstance(told.get("version"), bool):
            self._wrong(None, "version", told.get("version"), f"talet {VERSION}.")
        year = told.get("year")
        if not (isinstance(year, int) and not isinstance(year, bool) and 1996 <= year <= 2099):
            self._wrong(None, "year", year, "ett år som 2025.")
            year = 0
        sha = told.get("ranking_sha256")
        if not (isinstance(sha, str) and re.fullmatch(r"[0-9a-f]{64}", sha)):
            self._wrong(None, "ranking_sha256", sha, "rangordningens kontrollsumma, 64 tecken 0–9 och a–f.")
            sha = ""
        is_example = told.get("is_example")
        if not isinstance(is_example, bool):
            self._wrong(None, "is_example", is_example, "true eller false.")
        return Form(
            self._text(None, "profile", told.get("profile"), LONGEST_ROLE),
            year,
            sha,
            is_example is True,
            self._text(None, "forum", told.get("forum"), LONGEST_FORUM, "Skriv vilket forum som har beslutat."),
            self._date(told.get("date"), year),
            self._roles(told.get("roles")),
            self._weights(told.get("weights")),
            self._decisions(told.get("decisions"), taxonomy),
        )

    def hold_to(self, told: dict[str, object], profile: Profile) -> None:
        """Note where the file is about another profile, year or kind of data than the profile's."""
        if isinstance(slug := told.get("profile"), str) and slug != profile.slug:
            self._wrong(None, "profile", slug, f'"{profile.slug}".', "Ange den profil som lägesbilden gjordes med.")
        if isinstance(year := told.get("year"), int) and year != profile.year:
            action = "Ange filen från rätt års granskningssida, eller ändra year i profilen."
            self._wrong(None, "year", year, f"{profile.year}, som i profilen.", action)
        if isinstance(is_example := told.get("is_example"), bool) and is_example != profile.is_example:
            kind = "exempeldata" if is_example else "verkliga uppgifter"
            action = "Beslut om exempeldata och om verkliga uppgifter hålls isär."
            self._fault(None, "is_example", f"beslutet gäller {kind}, men det gör inte profilen.", "", action)

    def _decisions(self, told: object, taxonomy: Taxonomy) -> tuple[Decision, ...]:
        if not isinstance(told, list) or not told:
            self._wrong(None, "decisions", told, "en lista med minst ett beslut.", "Välj ett beslut för minst ett område.")
            return ()
        lines = [line for line in taxonomy.line_ids if line != "totalt"]
        if len(told) > len(lines):
            what = f"listan har {swedish.number(len(told))} beslut, men det finns {len(lines)} områden."
            self._fault(None, "decisions", what, "ett beslut per område.", AGAIN)
            return ()
        criteria = list(taxonomy.criteria.loc[taxonomy.criteria["kind"].eq("bedomd"), "criterion"])
        found = [self._decision(number, one, lines, criteria) for number, one in enumerate(told, start=1)]
        seen: dict[str, int] = {}
        for one in found:
            if one and one.problem_area in seen:
                what = f"{quoted(one.problem_area)} har redan ett beslut i filen (beslut {seen[one.problem_area]})."
                self._fault(one.number, "problem_area", what, "ett beslut per område.", AGAIN)
            elif one and one.problem_area:
                seen[one.problem_area] = one.number
        return tuple(one for one in found if one)

    def _decision(self, number: int, told: object, lines: list[str], criteria: list[str]) -> Decision | None:
        if not isinstance(told, dict):
            self._wrong(number, "", told, "ett objekt med problem_area och decision.")
            return None
        self._known(told, _DECISION_KEYS, number)
        decision = self._choice(number, "decision", told.get("decision"), DECISIONS)
        reason = self._text(number, "reason", told.get("reason", ""), LONGEST_REASON, is_needed=False)
        if not reason and decision in NEED_REASON and isinstance(told.get("reason", ""), str):
            what = f"beslutet {decision} har ingen motivering."
            self._fault(number, "reason", what, "en mening om varför.", "Skriv motiveringen på granskningssidan.")
        return Decision(
            number,
            self._choice(number, "problem_area", told.get("problem_area"), lines),
            decision,
            reason,
            self._judged(number, told.get("judged", {}), criteria),
        )

    def _judged(self, number: int, told: object, criteria: list[str]) -> tuple[tuple[str, int], ...]:
        if not isinstance(told, dict):
            self._wrong(number, "judged", told, "ett objekt med kriterium och värde.")
            return ()
        self._known(told, criteria, number, "judged")
        for key in criteria:
            value = told.get(key, 0)
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= HIGHEST:
                action = "Lämna bort kriteriet om forumet inte har bedömt det."
                self._wrong(number, f"judged, {key}", value, f"ett heltal från 0 till {HIGHEST}.", action)
        return tuple((key, value) for key in criteria if isinstance(value := told.get(key), int))

    def _weights(self, told: object) -> dict[str, float]:
        if not isinstance(told, dict):
            self._wrong(None, "weights", told, "ett objekt med vikterna som gällde på sidan.")
            return {}
        self._known(told, (*CRITERIA, _SEVERITY), None, "weights")
        weights = {key: told.get(key) for key in (*CRITERIA, _SEVERITY) if key in told or key in CRITERIA}
        wrong = {key: value for key, value in weights.items() if not _is_share(value)}
        for key, value in wrong.items():
            self._wrong(None, f"weights, {key}", value, "ett tal från 0 till 1.")
        shares = {key: float(cast(float, value)) for key, value in weights.items() if key not in wrong}
        if not wrong and abs(sum(shares.values()) - 1) > ROUNDING:
            what = f"vikterna blir tillsammans {swedish.number(sum(shares.values()), 2)}."
            self._fault(None, "weights", what, "vikter som tillsammans blir 1.", AGAIN)
        return shares

    def _roles(self, told: object) -> tuple[str, ...]:
        if not isinstance(told, list) or len(told) > MOST_ROLES:
            self._wrong(None, "roles", told, f"en lista med högst {MOST_ROLES} roller, till exempel Lokalpolisområdeschef.")
            return ()
        return tuple(self._text(None, f"roles, roll {at}", one, LONGEST_ROLE) for at, one in enumerate(told, start=1))

    def _date(self, told: object, year: int) -> datetime.date:
        first, last = datetime.date(max(year, 1), 1, 1), datetime.date(year + YEARS_AFTER, 12, 31)
        try:
            date = datetime.date.fromisoformat(told if isinstance(told, str) and len(told) == 10 else "")
        except ValueError:
            self._wrong(None, "date", told, "ett datum som 2026-01-15.")
            return first
        if year and not first <= date <= last:
            self._wrong(None, "date", told, f"en dag från {first} till {last}, för ett beslut om lägesbilden för {year}.")
        return date

    def _text(
        self, number: int | None, field: str, told: object, longest: int, action: str = "", *, is_needed: bool = True
    ) -> str:
        if not isinstance(told, str):
            self._wrong(number, field, told, "en text.", action)
            return ""
        text = content.line(told)
        if len(text) > longest:
            what = f"texten har {swedish.number(len(text))} tecken."
            self._fault(number, field, what, f"högst {swedish.number(longest)} tecken.", "Korta texten.")
        elif not text and is_needed:
            self._fault(number, field, "texten är tom.", "en text.", action)
        return text

    def _choice(self, number: int, field: str, told: object, choices: Iterable[str]) -> str:
        if isinstance(told, str) and told in choices:
            return told
        self._wrong(number, field, told, f"något av {', '.join(choices)}.")
        return ""

    def _known(self, told: dict[str, object], keys: Iterable[str], number: int | None, field: str = "") -> None:
        for key in [key for key in told if key not in keys]:
            self._fault(number, field, f"nyckeln {quoted(key)} är okänd.", f"någon av {', '.join(keys)}.", AGAIN)

    def _wrong(self, number: int | None, field: str, value: object, expected: str, action: str = "") -> None:
        what = "uppgiften saknas." if value is None else f"{quoted(value)} går inte att använda."
        self._fault(number, field, what, expected, action or AGAIN)

    def _fault(self, number: int | None, field: str, what: str, expected: str, action: str) -> None:
        self.problems.append(Problem(place(self.file, number, field), what, expected, action))


def _is_share(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1
