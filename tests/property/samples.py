"""The samples of every reader with what is known of them: which rows are data, and the card beside them."""

from __future__ import annotations

from typing import Any

from tests.property import readers
from tests.property.rows import Sample

#: Places of the data rows in each text (from 0), or of each sheet; the others are titles, headings and footnotes.
_DATA_ROWS: dict[str, dict[str, tuple[int, ...]]] = {
    "Brå Databasfil": {"": (1, 2, 3, 4, 5, 6)},
    "Brå SOL, tabell": {"": (5, 10, 12, 14)},
    "Brå, anmälda brott per kommun": {"": (1, 2, 3, 4)},
    "Brå, serie per kommun": {"": (1, 2, 3, 4, 5)},
    "Polisens uttag av anmälda brott": {"": (1, 2, 3, 4)},
    "Polisens nyckel till brottskoder": {"": (1, 2, 3, 4)},
    "Brås indikatorer för kommuners lägesbild": {"Skadegörelse": (2, 3), "Misshandel NTU": (4, 5), "Antal svarande": (3, 4)},
    "Brås indikatorer i en lång tabell": {"": (1, 2, 3, 4, 5, 6)},
    "NTU per län": {"R4.1": (3, 4, 5, 6)},
    "folkmängd per DeSO": {"": (1, 2, 3, 4, 5)},
    "MSB IDA": {"": (1, 2, 3)},
    "sammanställd kommunstatistik": {"": (1, 2)},
    "egen enkät": {"Svar": (1, 2, 3, 4)},
    "Polisens trygghetsmätning": {"Utemiljön": (4, 5, 6), "Områden": (1, 2)},
    "Svenskt Näringslivs företagsenkät": {"": (2, 3)},
    "dialoger": {"": (3, 4, 5, 6)},
    "tabell i programmets eget format": {"": (1, 2, 3)},
    "folkmängd": {"": (1, 2, 3)},
    "EST-lista": {"Mars 2025": (2, 3, 4, 5), "Bemanning": (1,)},
    "svar om dubbletter": {"": (1, 2, 3)},
}
#: The lists of records of a JSON file.
_RECORDS: dict[str, Any] = {
    "Polisens händelser": lambda whole: [whole],
    "beslut från granskningssidan": lambda whole: [whole["decisions"]],
    "Kolada": lambda whole: [one["values"] for one in whole["values"]],
    "Koladas liknande kommuner": lambda whole: [whole["values"]],
}
_CARDS = {"Brå, anmälda brott per kommun": 'title = "Anmälda brott per kommun 2025"\n'}


def sample(name: str) -> Sample:
    """The sample of the reader with the name."""
    rows = {sheet: frozenset(places) for sheet, places in _DATA_ROWS.get(name, {}).items()}
    return Sample(readers.SAMPLES[name](), rows, _CARDS.get(name, ""), _RECORDS.get(name))
