"""Whom a survey value is about: the own area, a comparison kommun, or a reference."""

from __future__ import annotations

import re

import pandas as pd

from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

_POLICE_AREA = re.compile(r"^(lokalpolisomrade|polisomrade|lpo|po) ")
#: Columns that make one series of a survey.
_SERIES = ["source", "item"]


def with_roles(rows: pd.DataFrame, profile: Profile, peers: tuple[str, ...], taxonomy: Taxonomy) -> pd.DataFrame:
    """The survey rows with ``role`` ("" = about none of ours) and ``geography`` as the contract writes it.

    rows: source, item, geography_level, geography and what else. A kommun's rows are its own; where an item has none, those of
    the only police area in the delivery stand for it, under the police area's name (it covers more than the kommun). A police
    area's rows are those of its name; its kommuner's values do not add up to it and get no role. Län and riket are references.
    """
    is_kommun, is_police_area = (rows["geography_level"].eq(level) for level in ("kommun", "police_area"))
    codes = {text: _kommunkod(text, taxonomy) for text in rows.loc[is_kommun, "geography"].unique()}
    code = rows["geography"].map(codes).astype("str").where(is_kommun).fillna("")
    role = pd.Series("reference", index=rows.index, dtype="str").mask(is_kommun, "")
    role = role.mask(is_kommun & code.isin(peers), "peer")
    geography = rows["geography"].str.strip().mask(is_kommun, code)
    if profile.is_police_area:
        names = {_plain(profile.name), _plain(profile.slug)}
        is_own = is_police_area & rows["geography"].map(_plain).isin(names)
        geography = geography.mask(is_own, profile.slug)
    else:
        is_ours = is_kommun & code.isin(profile.kommunkoder)
        told = set(rows.loc[is_ours, _SERIES].itertuples(index=False, name=None))
        lacks_own = pd.Series(
            [pair not in told for pair in rows[_SERIES].itertuples(index=False, name=None)], index=rows.index, dtype="bool"
        )
        is_only = len({_plain(name) for name in rows.loc[is_police_area, "geography"]}) == 1
        is_own = is_ours | (is_police_area & lacks_own & is_only)
    return rows.assign(role=role.mask(is_own, "own"), geography=geography)


def _kommunkod(text: str, taxonomy: Taxonomy) -> str:
    stripped = text.strip()
    return stripped if re.fullmatch(r"\d{4}", stripped) else taxonomy.kommunkod(stripped) or ""


def _plain(name: str) -> str:
    """A police area's name without the word for it: "Lokalpolisområde Östra Skaraborg" and "ostra-skaraborg" are one."""
    return _POLICE_AREA.sub("", fold(name))
