"""Measures of a real profile from the files that lie in the repository, read one by one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from lagesbild.measures import Measures, measure
from lagesbild.profile import Profile
from lagesbild.sources import bra_sol
from lagesbild.sources.files.file import RawFile
from lagesbild.tables import Tables
from lagesbild.taxonomy import load

ROOT = Path(__file__).parents[3]


@cache
def measured(name: str, year: int = 2025) -> tuple[Measures, Profile]:
    """What Brå's yearly figures say of one of the real profiles in a report year."""
    profile = Profile.load(ROOT / "profiles" / f"{name}.toml").for_year(year)
    path = profile.raw / "bra_sol_ar_1996_2025.txt"
    reading = bra_sol.read(RawFile(path, path.name, path.read_bytes()), profile, load())
    offences = reading.tables["reported_offences"]
    codes = {"kommunkod": "str"}
    tables = Tables(
        reported_offences=offences[offences["year"].le(year)],
        population=pd.read_csv(profile.raw / "population.csv", dtype=codes).astype({"population": "float64"}),
        peers=pd.read_csv(profile.raw / "peers.csv", dtype="str"),
    )
    return measure(tables, profile, load()), profile
