"""Names for observations that have none, or share one: made from what the row says, so that order does not matter."""

from __future__ import annotations

import hashlib

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.est.observations import Where

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
    needs_content = is_shared | given.isna()
    base = given
    if needs_content.any():
        content = digests(frame[needs_content]).reindex(frame.index)
        base = given.where(~is_shared, given + "-" + content).fillna("E-" + content)
    names = _numbered(base, frame["description"])
    while names.duplicated().any():  # a list may itself have a number that ends as one given here
        names = _numbered(names, frame["description"])
    duplicate_of = _pointing(frame["duplicate_of"], given, names)
    named = frame.assign(observation_id=names, duplicate_of=duplicate_of)
    if not is_shared.any():
        return named, []
    rows = [int(row) for row in frame.index[is_shared]]
    what = f"{swedish.plural(len(rows), 'rad delar', 'rader delar')} nummer med en annan rad."
    return named, [
        Doubt("upprepat_nummer", where(rows, "observation_id"), what, "De har fått ett tillägg som skiljer dem åt.", len(rows))
    ]


def _numbered(base: pd.Series, description: pd.Series) -> pd.Series:
    """The names, those that several rows share with a running number after the first, in the order of their texts."""
    is_repeated = base.duplicated(keep=False)
    if not is_repeated.any():
        return base
    shared = base[is_repeated]
    texts = description[is_repeated].fillna("")
    ordered = pd.DataFrame({"base": shared, "text": texts}).sort_values(["base", "text"], kind="stable")
    number = ordered.groupby("base", observed=True).cumcount().reindex(base.index).add(1).fillna(1).astype("int64")
    return base.where(number.eq(1), base + "-" + number.astype("str"))


def _pointing(duplicate_of: pd.Series, given: pd.Series, names: pd.Series) -> pd.Series:
    """What every row repeats, by its new name; a 'nej' is empty."""
    if duplicate_of.isna().all():
        return duplicate_of
    targets = dict(zip(given.dropna()[::-1], names[given.notna()][::-1], strict=True))
    is_denied = duplicate_of.str.lower().isin(_NO)
    return duplicate_of.mask(is_denied).map(lambda name: targets.get(name, name), na_action="ignore").astype("str")


def digests(frame: pd.DataFrame) -> pd.Series:
    """A short checksum of every row's content."""
    cells = [_as_text(frame[name]) for name in _CONTENT]
    lines = ("\x1f".join(row) for row in zip(*cells, strict=True))
    return pd.Series([hashlib.sha256(line.encode()).hexdigest()[:_DIGITS] for line in lines], frame.index, dtype="str")


def _as_text(column: pd.Series) -> list[str]:
    """Every value as text, "" where there is none; each distinct one is written once."""
    codes, values = pd.factorize(column)
    texts = [*map(str, values), ""]
    return [texts[code] for code in codes]
