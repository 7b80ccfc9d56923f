"""The same EST list delivered twice, once with numbers and once without: what a row says tells that it is the same row."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from lagesbild.sources.est.identity import digests

#: So many rows alike, and so large a part of the shorter list, are the same list and no chance.
_FEWEST, _SHARE = 10, 0.5


def named_alike(observations: pd.DataFrame, part: str, rank: str) -> pd.DataFrame:
    """The observations of several files; a row that stands in a preferred file too takes its number there.

    part: the column that tells the file; rank: the column that is lowest for the preferred file. Two lists with few rows alike
    are left as they are: two organisations' rows may be alike by chance.
    """
    content = digests(observations)
    number = content.groupby([observations[part], content], observed=True).cumcount().astype("str")
    rows = observations.assign(_content=content + "|" + number)
    names = rows["observation_id"].copy()
    files = rows.sort_values(rank, kind="stable")[part].unique()
    for kept, other in combinations(files, 2):
        here, there = rows[rows[part].eq(kept)], rows[rows[part].eq(other)]
        known = dict(zip(here["_content"], names[here.index], strict=True))
        same = there["_content"].map(known).dropna()
        if len(same) >= max(_FEWEST, _SHARE * min(len(here), len(there))):
            names.loc[same.index] = same
    renamed = dict(zip(zip(rows[part], rows["observation_id"], strict=True), names, strict=True))
    points = [
        renamed.get((at, target), target) for at, target in zip(observations[part], observations["duplicate_of"], strict=True)
    ]
    return observations.assign(observation_id=names, duplicate_of=pd.Series(points, observations.index, dtype="str"))
