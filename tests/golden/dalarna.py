"""Twelve profiles read from two real files that are no part of the project: Brå's indicators with NTU, population per DeSO.

Profiles, cards and the comparison group are the project's own; the two files are copied beside them when a test runs.
"""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
INDICATORS, DESO = "bra_kommunindikatorer.csv", "befolkning_deso_dalarna_2022_2025.csv"
KOMMUNER = (
    "2021", "2023", "2026", "2029", "2031", "2034", "2039", "2061", "2062", "2082", "2083", "2084",
)  # fmt: skip


def make(shared: Path, folder: Path) -> list[Path]:
    """The project's Dalarna profiles and their raw folder, with the two files in it, below the folder; the profiles."""
    shutil.copytree(ROOT / "profiles" / "dalarna", folder / "profiles" / "dalarna")
    raw = folder / "data" / "raw" / "dalarna"
    shutil.copytree(ROOT / "data" / "raw" / "dalarna", raw)
    for name in (INDICATORS, DESO):
        shutil.copyfile(shared / "data" / "dalarna" / name, raw / name)
    return sorted((folder / "profiles" / "dalarna").glob("*.toml"))
