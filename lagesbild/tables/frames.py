"""All tidy tables of one run as a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from lagesbild import swedish
from lagesbild.tables.contract import TABLES


@dataclass(frozen=True)
class Tables:
    """One attribute per table of the contract; a table nobody delivered is empty, with its columns and types."""

    reported_offences: pd.DataFrame = field(default_factory=TABLES["reported_offences"].empty)
    incidents: pd.DataFrame = field(default_factory=TABLES["incidents"].empty)
    observations: pd.DataFrame = field(default_factory=TABLES["observations"].empty)
    reporting_weeks: pd.DataFrame = field(default_factory=TABLES["reporting_weeks"].empty)
    survey_results: pd.DataFrame = field(default_factory=TABLES["survey_results"].empty)
    survey_answers: pd.DataFrame = field(default_factory=TABLES["survey_answers"].empty)
    dialogue_themes: pd.DataFrame = field(default_factory=TABLES["dialogue_themes"].empty)
    population: pd.DataFrame = field(default_factory=TABLES["population"].empty)
    peers: pd.DataFrame = field(default_factory=TABLES["peers"].empty)
    judgements: pd.DataFrame = field(default_factory=TABLES["judgements"].empty)
    pledges: pd.DataFrame = field(default_factory=TABLES["pledges"].empty)

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Name and frame of every table, in the order of the contract."""
        return ((name, getattr(self, name)) for name in TABLES)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><code>{name}</code></td><td>{TABLES[name].about}</td><td>{swedish.number(len(frame))}</td></tr>"
            for name, frame in self.items()
        )
        return f"<table><tr><th>Tabell</th><th>Innehåll</th><th>Rader</th></tr>{rows}</table>"
