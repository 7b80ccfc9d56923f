"""Measure rows written by hand."""

from __future__ import annotations

import pandas as pd

from lagesbild.measures import Measures
from lagesbild.measures.frame import joined, measure_rows
from lagesbild.profile import Profile

KOMMUN = "1493"


def profile(**changes: object) -> Profile:
    settings = {
        "slug": "prov", "name": "Prov", "kommunkoder": (KOMMUN,), "year": 2025, "raw": ".", "processed": ".", "draws": 2000,
    }  # fmt: skip
    return Profile.model_validate(settings | changes)


def counted(
    area: str, source: str, measure: str, counts: dict[int, float], base: float | dict[int, float], **changes: object
) -> pd.DataFrame:
    """Own yearly rows of counts over a base."""
    years = list(counts)
    bases = [base[year] if isinstance(base, dict) else base for year in years]
    frame = pd.DataFrame({"year": years, "numerator": list(counts.values()), "denominator": bases}).astype(
        {"numerator": "float64", "denominator": "float64"}
    )
    frame["value"] = frame["numerator"] / frame["denominator"] * (1e5 if measure == "reported_rate" else 1)
    given = {"role": "own", "geography": KOMMUN, "is_published": measure == "reported_rate"} | changes
    return measure_rows(frame, measure, problem_area=area, source=source, **given)


def reported(area: str, counts: dict[int, float], base: float | dict[int, float] = 24_000, **changes: object) -> pd.DataFrame:
    return counted(area, "polisanmalda", "reported_rate", counts, base, **changes)


def peers(area: str, counts: dict[int, float], base: float = 100_000, n: int = 4) -> list[pd.DataFrame]:
    """The pooled peers and each of ``n`` equal ones."""
    each = {year: count / n for year, count in counts.items()}
    return [
        reported(area, counts, base, role="peers", geography="jamforbara"),
        *(reported(area, each, base / n, role="peer", geography=f"{1400 + i}") for i in range(n)),
    ]


def asked(
    area: str, item: str, shares: dict[int, float], n: float = 400, source: str = "ntu", **changes: object
) -> pd.DataFrame:
    """Survey shares on an effective base, own rows unless said."""
    frame = pd.DataFrame({"year": list(shares), "value": list(shares.values())})
    frame = frame.assign(n_effective=float(n), numerator=frame["value"] * n, denominator=float(n))
    given = {"role": "own", "geography": KOMMUN, "is_published": True} | changes
    return measure_rows(frame, "survey_share", problem_area=area, source=source, item=item, **given)


def measures(*parts: pd.DataFrame | list[pd.DataFrame]) -> Measures:
    flat = [frame for part in parts for frame in (part if isinstance(part, list) else [part])]
    return Measures(joined(flat))
