"""The hinge: one figure with its base and its interval, wherever it came from.

Before ``Measure``, sources differ; after it, nothing knows where a row came from except by its ``source`` column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
import pandera.pandas as pa

from lagesbild.errors import Doubt
from lagesbild.taxonomy.peer_groups import PeerGroup

#: Who a row is about. ``own``: the profile's kommun or police area. ``peer``: one comparison kommun. ``peers``: the comparison
#: kommuner pooled (own excluded). ``reference``: a survey's published reference geography (riket, län, police area).
ROLES = ("own", "peer", "peers", "reference")

#: What a row measures, hence what numerator and denominator are.
#: reported_rate     offences / mean population; value per 100 000; numerator = offences
#: reported_robust   the same year with incredible months at their expected value; only lines and years that have such months
#: reported_expected what the years before let expect of the year (methods §10); its limits are an 80 % predictive interval
#: est_share         observations of the area / all observations; value 0-1
#: est_rate          observations of the area / reporting unit-weeks (needs a roster); value per unit-week
#: est_robust        est_share with incredible months at their expected count; only where some area has such a month
#: est_panel         the same of the organisations that reported throughout, for the trend; only where others came or went
#: survey_share      answering so / respondents (effective); value 0-1
#: survey_index      trygghetsmatning index 0-6, higher = worse; no numerator
#: dialogue_share    mentions of the area's themes / all mentions; value 0-1
MEASURES = (
    "reported_rate", "reported_robust", "reported_expected", "est_share", "est_rate", "est_robust", "est_panel",
    "survey_share", "survey_index", "dialogue_share",
)  # fmt: skip
UNITS = {
    "reported_rate": "per_100k",
    "reported_robust": "per_100k",
    "reported_expected": "per_100k",
    "est_share": "share",
    "est_rate": "per_unit_week",
    "est_robust": "share",
    "est_panel": "share",
    "survey_share": "share",
    "survey_index": "index_0_6",
    "dialogue_share": "share",
}

MEASURE_SCHEMA = pa.DataFrameSchema(
    {
        "problem_area": pa.Column("str"),  # id in taxonomy: area, combined line or "totalt"
        "source": pa.Column("str"),  # id in taxonomy.sources
        "measure": pa.Column("str", pa.Check.isin(MEASURES)),
        "item": pa.Column("str"),  # survey item; "" where the area has one series in the source
        "role": pa.Column("str", pa.Check.isin(ROLES)),
        "geography": pa.Column("str"),  # kommunkod, profile slug (own police area), "jamforbara" (peers), or the survey's name
        "period": pa.Column("str"),  # "2025"
        "year": pa.Column("int64"),  # last calendar year of the period
        "group": pa.Column("str"),  # "alla", "kvinnor", ...
        "unit": pa.Column("str", pa.Check.isin(sorted(set(UNITS.values())))),
        "value": pa.Column("float64", nullable=True),
        "lower": pa.Column("float64", nullable=True),  # 95 % interval (reported_expected: 80 %, predictive)
        "upper": pa.Column("float64", nullable=True),
        "numerator": pa.Column("float64", nullable=True),
        "denominator": pa.Column("float64", nullable=True),
        "n_effective": pa.Column("float64", nullable=True),  # surveys: n / deff
        "dispersion": pa.Column("float64", nullable=True),  # EST and dialogue: extra-Poisson variance of log(count)
        "is_higher_worse": pa.Column("bool"),
        "status": pa.Column("str", pa.Check.isin(["final", "preliminary"])),
        "is_published": pa.Column("bool"),  # True: Brå, SCB or NTU printed it; False: this run counted it
        "is_suppressed": pa.Column("bool"),  # set by disclosure; then value, limits and numerator are empty
    },
    strict=True,
    ordered=True,
)
MEASURE_COLUMNS = tuple(MEASURE_SCHEMA.columns)
#: Sort order of every measure table, so that the order of files and rows never matters.
MEASURE_KEY = ["problem_area", "source", "measure", "item", "group", "role", "geography", "year"]


@dataclass(frozen=True)
class Comparison:
    """A comparison group and the reported offences of its kommuner.

    rows: as MEASURE_SCHEMA, roles ``peer`` and ``peers``; empty for the main group, whose rows stand in ``Measures.rows``, and
    for a group that cannot be used. n: its kommuner with figures. missing: why it cannot be used (Swedish).
    """

    group: PeerGroup
    rows: pd.DataFrame
    n: int = 0
    missing: str = ""


@dataclass(frozen=True)
class Measures:
    """Measure rows (columns as MEASURE_SCHEMA, sorted by MEASURE_KEY) and the doubts that arose in making them.

    parts: line -> what part of the area its reported offences count, where that is not the whole ('vapenbrott'). compared: the
    group behind the roles ``peer`` and ``peers``, if any. others: the groups the kommun could have been held against instead.
    """

    rows: pd.DataFrame
    doubts: tuple[Doubt, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    compared: Comparison | None = None
    others: tuple[Comparison, ...] = ()

    def own(self, source: str | None = None) -> pd.DataFrame:
        """The rows about the own kommun or police area, of one source or of all."""
        keep = self.rows["role"].eq("own")
        return self.rows[keep if source is None else keep & self.rows["source"].eq(source)]

    def of(self, problem_area: str) -> pd.DataFrame:
        """Every row of one problem area."""
        return self.rows[self.rows["problem_area"].eq(problem_area)]

    def _repr_html_(self) -> str:
        return self.rows.to_html(max_rows=20, index=False)
