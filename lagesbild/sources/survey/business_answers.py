"""Companies' answers on a scale of five steps become the share that answered with the two last."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Problem
from lagesbild.sources.files.file import RawFile

_HIGH = {"4", "5"}
_KEY = ["sheet", "item", "group", "geography_level", "geography", "year"]
#: Percentages of all answers add up to 100 but for rounding, shares to 1; anything else is counted companies.
_SLACK = 0.025
Place = tuple[str, int]


def shares(file: RawFile, frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[Place, set[Place]], list[Problem]]:
    """The figures with one value per question, area and year instead of one per answer; the rows that made each; problems.

    p = 100 · (hög + mycket hög) / (all answers, "vet ej" left out), where n is their number if companies are counted.
    """
    is_answer = frame["category"].ne("") & frame["statistic"].eq("value")
    if not is_answer.any():
        return frame, {}, []
    rest = frame[~is_answer]
    made, companions, problems = [], {}, []
    for _, part in frame[is_answer].groupby(_KEY, observed=True, sort=False):
        rows = {(str(sheet), int(row)) for sheet, row in zip(part["sheet"], part["row"], strict=True)}
        told = part[part["category"].ne("0")]
        steps = told.groupby("category", observed=True)["value"].first()
        where = file.where(str(part["sheet"].iloc[0]), sorted(row for _, row in rows))
        if absent := sorted(_HIGH - set(steps.index)):
            words = {"4": "hög", "5": "mycket hög"}
            what = f"svaret {swedish.listing([words[step] for step in absent])} saknas, så andelen går inte att räkna ut."
            problems.append(Problem(where, what, "svaren inte alls, liten, viss, hög och mycket hög."))
            continue
        all_steps = part.groupby("category", observed=True)["value"].first()
        last = part[part["category"].eq("5")].iloc[[0]]
        companions[(str(last["sheet"].iloc[0]), int(last["row"].iloc[0]))] = rows
        made.append(last.assign(**_share(steps, all_steps, last), category="", is_text=True))
    return pd.concat([rest, *made], ignore_index=True), companions, problems


def _share(steps: pd.Series, all_steps: pd.Series, last: pd.DataFrame) -> dict[str, Any]:
    """Value in percent, why it is missing, and n where companies are counted."""
    high, everyone, printed = steps[sorted(_HIGH)].sum(skipna=False), steps.sum(), all_steps.sum()
    if pd.isna(high):
        return {"value": float("nan"), "missing": last["missing"].fillna("suppressed").iloc[0]}
    for whole in (1.0, 100.0):
        if abs(printed / whole - 1) <= _SLACK or abs(everyone / whole - 1) <= _SLACK:
            return {"value": min(100.0, 100.0 * float(high) / whole)}
    if everyone <= 0:
        return {"value": float("nan"), "missing": "not_collected"}
    return {"value": 100.0 * float(high / everyone), "n_printed": str(round(float(everyone)))}
