"""What forums decided, beside what the ranking proposes, as data; the report, the workbook and the screen print it.

People decide: a decision is never measured, never ranked and never corrected here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from lagesbild.report.csv_files import ranking_sha256
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild

#: How the proposal and the decision lie to each other; "öppet" where the proposal leaves the matter open or there is none.
Bearing = Literal["samma", "annat", "öppet"]
_PRIORITY, _WATCH = "prioritera", "bevaka"


@dataclass(frozen=True)
class Decided:
    """One decision on one area. reason, roles: "" where none is written. weights: criterion -> share on the page.

    year: of the lägesbild it was taken on. is_same_version: whether on this very ranking. is_valid: whether it is the last
    decision on the area (forums that decide the same day are all last). tier, p_top: of the ranking now; "" and None where
    the area has no place of its own.
    """

    problem_area: str
    decision: str
    reason: str
    forum: str
    date: str
    roles: str
    weights: dict[str, float]
    year: int
    is_same_version: bool
    is_valid: bool
    tier: str
    p_top: float | None

    @property
    def bearing(self) -> Bearing:
        """Whether the proposal and the decision point the same way."""
        if self.tier == _PRIORITY:
            return "samma" if self.decision == "prioritera" else "annat"
        if self.tier == _WATCH:
            return "annat" if self.decision == "prioritera" else "samma"
        return "öppet"


def decided(lagesbild: Lagesbild) -> tuple[Decided, ...]:
    """Every decision on this year's lägesbild, or, where there is none yet, on that of the nearest earlier year.

    By the ranking's order, then the taxonomy's; of one area the last first.
    """
    rows = lagesbild.delivery.context.decisions
    rows = rows[rows["year"].le(lagesbild.profile.year)]
    rows = rows[rows["year"].eq(rows["year"].max())]
    return tuple(_decided(lagesbild, rows)) if len(rows) else ()


def valid(found: tuple[Decided, ...]) -> tuple[Decided, ...]:
    """Those that are the last on their area."""
    return tuple(one for one in found if one.is_valid)


def _decided(lagesbild: Lagesbild, rows: pd.DataFrame) -> Iterator[Decided]:
    table = lagesbild.ranking.table.sort_values("rank", kind="stable")
    ranked = {str(row.problem_area): (str(row.tier), float(row.p_top)) for row in each(table)}
    order = {line: place for place, line in enumerate(dict.fromkeys([*ranked, *lagesbild.taxonomy.line_ids]))}
    own = ranking_sha256(lagesbild)
    last = rows.groupby("problem_area", observed=True)["date"].transform("max")
    listed = rows.assign(
        is_valid=rows["date"].eq(last), place=rows["problem_area"].map(order), age=-rows["date"].astype("int64")
    ).sort_values(["place", "age", "forum"], kind="stable")
    for row in each(listed):
        tier, p_top = ranked.get(str(row.problem_area), ("", None))
        yield Decided(
            problem_area=str(row.problem_area),
            decision=str(row.decision),
            reason="" if pd.isna(row.reason) else str(row.reason),
            forum=str(row.forum),
            date=f"{row.date:%Y-%m-%d}",
            roles="" if pd.isna(row.roles) else str(row.roles),
            weights={
                name: float(share)
                for name in ("omfattning", "jamforelse", "utveckling", "allvar")
                if pd.notna(share := getattr(row, f"w_{name}"))
            },
            year=int(row.year),
            is_same_version=str(row.ranking_sha256) == own,
            is_valid=bool(row.is_valid),
            tier=tier,
            p_top=p_top,
        )
