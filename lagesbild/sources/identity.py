"""Names for observations that have none, or share one: made from what the row says, so that order does not matter."""

from __future__ import annotations

import hashlib

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.observations import Where

#: What the name is made from; free text is not part of it.
_CONTENT = ["date", "time", "organisation", "area", "place", "category", "severity", "persons", "x", "y"]
_NO, _DIGITS = {"nej", "n", "no", "0", "false", "-"}, 10


def identified(frame: pd.DataFrame, where: Where) -> tuple[pd.DataFrame, list[Doubt]]:
    """The frame with one observation_id per row, its duplicate_of pointing at the new names, and a doubt about shared ids.

    A row without id is named after its content; rows that share an id (sheets that each count from 1) get their content added.
    Rows with the same content are told apart by a number.
    """
    given = frame["observation_id"]
    is_shared = given.notna() & given.duplicated(keep=False)
    content = _digests(frame)
    base = given.where(~is_shared, given + "-" + content).fillna("E-" + content)
    ordered = pd.DataFrame({"base": base, "text": frame["description"].fillna("")}).sort_values(["base", "text"], kind="stable")
    number = ordered.groupby("base", observed=True).cumcount().reindex(frame.index).add(1)
    names = base.where(number.eq(1), base + "-" + number.astype("str"))
    targets = dict(zip(given.dropna()[::-1], names[given.notna()][::-1], strict=True))
    is_denied = frame["duplicate_of"].str.lower().isin(_NO)
    duplicate_of = frame["duplicate_of"].mask(is_denied).map(lambda name: targets.get(name, name), na_action="ignore")
    named = frame.assign(observation_id=names, duplicate_of=duplicate_of.astype("str"))
    if not is_shared.any():
        return named, []
    rows = [int(row) for row in frame.index[is_shared]]
    what = f"{swedish.plural(len(rows), 'rad delar', 'rader delar')} nummer med en annan rad."
    return named, [
        Doubt("upprepat_nummer", where(rows, "observation_id"), what, "De har fått ett tillägg som skiljer dem åt.", len(rows))
    ]


def _digests(frame: pd.DataFrame) -> pd.Series:
    """A short checksum of every row's content."""
    cells = [frame[name].astype("object").where(frame[name].notna(), "").astype("str") for name in _CONTENT]
    lines = ("\x1f".join(row) for row in zip(*cells, strict=True))
    return pd.Series([hashlib.sha256(line.encode()).hexdigest()[:_DIGITS] for line in lines], frame.index, dtype="str")
