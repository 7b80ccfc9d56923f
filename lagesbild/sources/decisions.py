"""What a forum decided on the review page: the JSON that the page exports and ``lagesbild decide`` stores among the raw files.

The decisions stand beside the lägesbild and never move it; what was judged on the way fills the matrix of the criteria that
people judge.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lagesbild import privacy, swedish
from lagesbild.errors import Doubt
from lagesbild.privacy import HIDDEN, Kind, names
from lagesbild.profile import Profile
from lagesbild.sources.decision.content import is_decision, place
from lagesbild.sources.decision.form import Form, form
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import CONTEXT, TABLES
from lagesbild.taxonomy import Taxonomy

NAME = "beslut från granskningssidan"
OTHER_PROFILE = "beslutet gäller en annan profil"
#: What stands as the reason of a judgement where the forum wrote none.
NO_REASON = "Ingen motivering angavs."
#: number of the decision (None: the whole file) and field -> kinds of personal data in it.
Private = dict[tuple[int | None, str], tuple[Kind, ...]]


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a JSON object that says it is a decision of the review page."""
    if not file.is_workbook and is_decision(file.start):
        return None
    return Refusal("det är ingen beslutsfil från granskningssidan")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The decisions as the context table ``decisions`` and what was judged as ``judgements``; one row per decided area.

    A decision on another profile's lägesbild is set aside: several profiles may share a folder. Raises as ``form``.
    """
    found = form(file, taxonomy)
    n_rows = len(found.decisions)
    if found.profile != profile.slug:
        return Reading({}, (), n_rows, (SetAside(OTHER_PROFILE, n_rows),), rows_used=0)
    private = private_texts(found)
    shown = _hidden(found, private)
    doubts = tuple(_doubt(file, number, field, kinds) for (number, field), kinds in private.items())
    tables = {"decisions": _decisions(shown), "judgements": _judgements(shown)}
    return Reading(
        {name: frame for name, frame in tables.items() if len(frame)},
        doubts,
        n_rows,
        is_validated=False,
        rows_used=n_rows,
        year=found.year,
    )


def private_texts(found: Form) -> Private:
    """The fields whose text holds personal data: reasons, the forum, roles. A given name alone is no role."""
    texts: list[tuple[int | None, str, str]] = [(None, "forum", found.forum)]
    texts += [(None, f"roles, roll {at}", role) for at, role in enumerate(found.roles, start=1)]
    texts += [(one.number, "reason", one.reason) for one in found.decisions]
    private: Private = {}
    for number, field, text in texts:
        kinds = {hit.kind for hit in privacy.find(text)}
        if field != "reason" and names.is_lone(text):
            kinds.add("namn")
        if kinds:
            private[number, field] = privacy.in_order(kinds)
    return private


def personal(kinds: tuple[Kind, ...]) -> str:
    """What an error says of a text with personal data, without quoting it."""
    return f"texten ser ut att innehålla personuppgifter ({swedish.listing(list(kinds))})."


def _doubt(file: RawFile, number: int | None, field: str, kinds: tuple[Kind, ...]) -> Doubt:
    action = "Texten visas aldrig. Skriv om den utan personuppgifter och ta in beslutet på nytt med lagesbild decide."
    return Doubt("personuppgift", place(file.name, number, field), personal(kinds), action, 1)


def _hidden(found: Form, private: Private) -> Form:
    roles = (HIDDEN if (None, f"roles, roll {at}") in private else role for at, role in enumerate(found.roles, start=1))
    return replace(
        found,
        forum=HIDDEN if (None, "forum") in private else found.forum,
        roles=tuple(roles),
        decisions=tuple(replace(one, reason=HIDDEN) if (one.number, "reason") in private else one for one in found.decisions),
    )


def _decisions(found: Form) -> pd.DataFrame:
    columns = CONTEXT["decisions"].names
    shares = [found.weights.get(name.removeprefix("w_")) for name in columns if name.startswith("w_")]
    rows = [
        (
            found.year, one.problem_area, one.decision, one.reason or None, found.forum, pd.Timestamp(found.date),
            swedish.listing(list(found.roles)) or None, found.ranking_sha256, *shares,
        )
        for one in found.decisions
    ]  # fmt: skip
    return _typed("decisions", pd.DataFrame(rows, columns=columns, index=_numbers([one.number for one in found.decisions])))


def _judgements(found: Form) -> pd.DataFrame:
    judged = [(one, criterion, value) for one in found.decisions for criterion, value in one.judged]
    rows = [
        (one.problem_area, criterion, value, one.reason or NO_REASON, found.forum, pd.Timestamp(found.date))
        for one, criterion, value in judged
    ]
    numbers = _numbers([one.number for one, _, _ in judged])
    return _typed("judgements", pd.DataFrame(rows, columns=TABLES["judgements"].names, index=numbers))


def _numbers(numbers: list[int]) -> pd.Index:
    return pd.Index(numbers, dtype="int64", name="rad")


def _typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    table = {**TABLES, **CONTEXT}[name]
    return frame.astype({column.name: column.dtype for column in table.columns})
