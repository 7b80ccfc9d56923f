"""Charts: each a function from figures to a picture with its finding as title, as alt text and as a table."""

from __future__ import annotations

from lagesbild.charts.chart import Chart
from lagesbild.charts.evidence import kallprofil
from lagesbild.charts.experienced import anmalt_upplevt
from lagesbild.charts.gallery import all_charts
from lagesbild.charts.order import rangordning
from lagesbild.charts.panels import alla_omraden
from lagesbild.charts.pledges import loften
from lagesbild.charts.points import bidrag
from lagesbild.charts.reported import anmalda
from lagesbild.charts.stairs import trappa
from lagesbild.charts.survey import enkat
from lagesbild.charts.weeks import est_veckor

__all__ = [
    "Chart",
    "all_charts",
    "alla_omraden",
    "anmalda",
    "anmalt_upplevt",
    "bidrag",
    "enkat",
    "est_veckor",
    "kallprofil",
    "loften",
    "rangordning",
    "trappa",
]
