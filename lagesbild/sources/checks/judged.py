"""Rows of what people wrote in the plain import that name a problem area or a criterion nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.checks.shown import counted
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

_SHOWN = 3


def unknown_names(tables: Tables, taxonomy: Taxonomy) -> tuple[Doubt, ...]:
    """Doubts about judgements and pledges that cannot be placed; such a judgement is in no cell of the matrix."""
    lines, criteria = set(taxonomy.line_ids), taxonomy.criteria
    judged = set(criteria.loc[criteria["kind"].eq("bedomd"), "criterion"])

    def is_area(text: str) -> bool:
        return text in lines

    def is_judged(text: str) -> bool:
        return taxonomy.match_criterion(text) in judged

    judgements, pledges = tables.judgements, tables.pledges
    unused, unfollowed, areas = "Bedömningen används inte.", "Löftet följs inte upp.", sorted(lines)
    return (
        *_unknown("okant_kriterium", "judgements", judgements["criterion"], is_judged, sorted(judged), unused),
        *_unknown("okant_problemomrade", "judgements", judgements["problem_area"], is_area, areas, unused),
        *_unknown("okant_problemomrade", "pledges", pledges["problem_area"], is_area, areas, unfollowed),
    )


def _unknown(
    kind: str, table: str, column: pd.Series, knows: Callable[[str], bool], options: list[str], meanwhile: str
) -> Iterator[Doubt]:
    unknown = sorted({str(text) for text in column.dropna().unique() if not knows(str(text))})
    if not unknown:
        return
    n_rows = int(column.isin(unknown).sum())
    quoted = swedish.listing([f'"{text[:40]}"' for text in unknown[:_SHOWN]])
    more = f" och {len(unknown) - _SHOWN} till" if len(unknown) > _SHOWN else ""
    what = f"{quoted}{more} är okänt i kolumnen {column.name} ({counted(n_rows, 'rad', 'rader')})."
    action = f"{meanwhile} Skriv något av: {', '.join(options)}."
    yield Doubt(kind, f"tabellen {table}", what, action, n_rows)
