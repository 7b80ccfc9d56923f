"""Twelve profiles made from three real files: Brå's indicators and NTU, the population per DeSO, and who is compared with whom.

The files are no part of the project; they are copied into a temporary folder when a test runs.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

KOMMUNER = {
    "2021": "Vansbro",
    "2023": "Malung-Sälen",
    "2026": "Gagnef",
    "2029": "Leksand",
    "2031": "Rättvik",
    "2034": "Orsa",
    "2039": "Älvdalen",
    "2061": "Smedjebacken",
    "2062": "Mora",
    "2082": "Säter",
    "2083": "Hedemora",
    "2084": "Avesta",
}
INDICATORS, DESO, PEERS = "bra_kommunindikatorer.csv", "befolkning_deso_dalarna_2022_2025.csv", "peers.csv"
_LETTERS = str.maketrans("åäö", "aao")
_CARDS = {
    INDICATORS: ("Brå", "Indikatorer för kommuners lägesbild, 12 kommuner i Dalarna", "2025"),
    DESO: ("SCB", "Folkmängd per DeSO den 31 december 2022–2025", "2026-02"),
    PEERS: ("Kommunerna", "Kommuner i Dalarna som jämförs med varandra", "2026-01"),
}


def slug(kommunkod: str) -> str:
    """The profile's name.

    >>> slug("2023")
    'malung-salen'
    """
    return KOMMUNER[kommunkod].lower().translate(_LETTERS)


def make(shared: Path, folder: Path) -> dict[str, Path]:
    """Profiles, one raw folder they share, and a card for each file, below the folder; kommunkod -> profile."""
    raw = folder / "data" / "raw" / "dalarna"
    raw.mkdir(parents=True)
    for name in (INDICATORS, DESO):
        shutil.copyfile(shared / "data" / "dalarna" / name, raw / name)
    (raw / PEERS).write_text("kommunkod,peer_group\n" + "".join(f"{code},dalarna\n" for code in KOMMUNER), "utf-8")
    for name, (producer, title, published) in _CARDS.items():
        (raw / f"{name}.source.toml").write_text(_card(raw / name, producer, title, published), "utf-8")
    profiles = folder / "profiles"
    profiles.mkdir()
    paths = {code: profiles / f"{slug(code)}.toml" for code in KOMMUNER}
    for code, path in paths.items():
        path.write_text(_profile(code), "utf-8")
    return paths


def _profile(kommunkod: str) -> str:
    return f"""name = "{KOMMUNER[kommunkod]}"
level = "kommun"
kommunkoder = ["{kommunkod}"]
year = 2025
raw = "../data/raw/dalarna"
peer_group = "dalarna"
"""


def _card(path: Path, producer: str, title: str, published: str) -> str:
    return f"""producer = "{producer}"
title = "{title}"
published = "{published}"
fetched = "2026-03-02"
licence = "Officiell statistik, fri att använda med källan angiven"
status = "slutlig"
sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"
how = ["1. Hämta filen hos {producer}.", "2. Lägg den i mappen som den är."]
"""
