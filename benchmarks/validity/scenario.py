"""What kind of invented kommuner are asked for: one scenario as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: The law that biases are drawn from: a skewed one (log of a Beta), or one with heavy tails (Student's t, 3 degrees).
Tail = Literal["beta", "heavy"]


@dataclass(frozen=True)
class Recode:
    """From ``year`` on the reports of ``problem_area`` are ``factor`` times as many, in the own kommun and its peers alike."""

    problem_area: str
    year: int
    factor: float


@dataclass(frozen=True)
class Scenario:
    """One kind of kommun, and what is wrong with what it delivers.

    text: what it is, in English. is_null: no true change anywhere. population: inhabitants. n_years: years delivered.
    bias_factor: of the declared standard deviations of the bias. tail: the law of the biases. missing: share of all cells
    (area and source) that are not delivered, whole sources included. reversed_source: the kind of source that is told of each
    area what is true of the area at the mirrored place in the order. reversed_visibility: only for areas that are seen there
    (the column ``visibility`` of areas.csv); "" for all. recode: a reclassification. campaign_months: the police triple their
    narcotics reports in so many months of the last year. est_campaign_weeks: the EST reporters look for one category in so
    many weeks of the last year. is_stopping: one EST organisation reports nothing the last year. series: reports of one
    case, all within two months of the last year. is_monthly: reported offences are delivered month by month. has_drift:
    whether the propensities to report, notice and answer change over the years.
    """

    name: str
    text: str
    is_null: bool = False
    population: int = 24_000
    n_years: int = 5
    bias_factor: float = 1.0
    tail: Tail = "beta"
    missing: float = 0.0
    reversed_source: Literal["", "reported", "est", "survey"] = ""
    reversed_visibility: str = ""
    recode: Recode | None = None
    campaign_months: int = 0
    est_campaign_weeks: int = 0
    is_stopping: bool = False
    series: int = 0
    is_monthly: bool = False
    has_drift: bool = True
