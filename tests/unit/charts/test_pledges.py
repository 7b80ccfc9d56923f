"""The chart of pledges: its finding, its numbers, and that nothing is cut off whatever the ratios are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from lagesbild import taxonomy
from lagesbild.charts.pledges import loften
from lagesbild.pledges.indicator import Indicator, Unresolved
from lagesbild.pledges.ratio import Ratio
from lagesbild.pledges.register import Pledge
from lagesbild.pledges.result import Compared, FollowUp, Level
from lagesbild.profile import Profile
from lagesbild.report.narrative.lexicon import violations
from tests.unit.charts.legibility import colliding_labels, cut_off_labels

PROFILE = Profile(
    slug="prov", name="Exempelby", kommunkoder=("9901",), year=2025, raw=Path(), processed=Path(), is_example=True
)
LEVEL = Level((2024,), 1500.0, 1400.0, 1600.0, 300.0, 20_000.0)


def pledge(area: str, outcome: str, own: Ratio | None, others: Ratio | None = None) -> FollowUp:
    promised = Pledge(f"L-{area}", "Vi lovar.", area, "x", date(2025, 1, 1), date(2025, 12, 31))
    meant = Indicator("polisanmalda", "reported_rate", area) if own else Unresolved("okand_indikator")
    compared = Compared("jamforbara", others, 8) if others else None
    after = replace(LEVEL, years=(2025,))
    return FollowUp(
        promised, outcome, meant, before=LEVEL if own else None, after=after if own else None, own=own, compared=compared
    )


FLAT = pledge("skadegorelse", "ingen säkerställd förändring", Ratio(1.12, 0.93, 1.35), Ratio(1.0, 0.92, 1.08))
DOWN = pledge("narkotika", "minskat", Ratio(0.7, 0.6, 0.82), Ratio(1.0, 0.9, 1.1))
UP = pledge("trafik", "ökat", Ratio(1.4, 1.1, 1.8))
UNCLEAR = pledge("ran", "kan inte bedömas", None)
FAR = pledge("brander", "ingen säkerställd förändring", Ratio(3.0, 0.05, 180.0), Ratio(0.2, np.nan, np.nan))


@pytest.mark.parametrize(
    ("followed", "title"),
    [
        ([FLAT], "Skadegörelse: ingen säkerställd förändring efter att löftet gavs"),
        ([DOWN, UP, FLAT], "Minskat för narkotika, ökat för trafik och buskörning efter att löftena gavs"),
        ([FLAT, FAR], "Ingen säkerställd förändring för något av två löften"),
        ([FLAT, FAR, UNCLEAR], "Ingen säkerställd förändring för två av tre löften; resten går inte att bedöma"),
        ([pledge("ran", "kan inte bedömas", Ratio(1.1, 0.9, 1.3)), UNCLEAR], "Inget av löftena går att bedöma"),
    ],
)
def test_the_title_is_the_finding(followed: list[FollowUp], title: str) -> None:
    chart = loften(followed, PROFILE, taxonomy.load())
    assert chart is not None
    assert chart.title == title
    assert violations([chart.title, chart.subtitle, chart.alt, chart.caption]) == []
    assert (cut_off_labels(chart.figure), colliding_labels(chart.figure)) == ([], [])


def test_the_alt_text_tells_every_pledge_with_its_numbers() -> None:
    chart = loften([FLAT, UNCLEAR], PROFILE, taxonomy.load())
    assert chart is not None
    assert "Exempelby 1,12 (0,93–1,35) gånger, jämförbara kommuner 1,00 (0,92–1,08)" in chart.alt
    assert "Rån: kan inte bedömas." in chart.alt
    assert chart.caption.startswith("EXEMPELDATA")
    assert chart.table["Exempelby, efter delat med före"].tolist()[0] == 1.12
    assert np.isnan(chart.table["Exempelby, efter delat med före"].tolist()[1])


def test_no_figures_give_no_chart() -> None:
    assert loften([UNCLEAR], PROFILE, taxonomy.load()) is None
    assert loften([], PROFILE, taxonomy.load()) is None
