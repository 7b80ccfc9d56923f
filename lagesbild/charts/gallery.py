"""Every chart of a lägesbild, in the order they are numbered."""

from __future__ import annotations

from lagesbild.charts.chart import Chart
from lagesbild.charts.evidence import kallprofil
from lagesbild.charts.order import rangordning
from lagesbild.charts.points import bidrag
from lagesbild.charts.reported import anmalda
from lagesbild.charts.survey import enkat
from lagesbild.charts.weeks import est_veckor
from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.ranking.result import Ranking
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy


def all_charts(measures: Measures, ranking: Ranking, tables: Tables, profile: Profile, taxonomy: Taxonomy) -> tuple[Chart, ...]:
    """Every chart there are figures for; a source that is absent simply gives none.

    Names: rangordning, kallprofil, bidrag, anmalda-totalt, anmalda-<line>, est-veckor, est-veckor-<area>, enkat-<source>,
    enkat-<source>-index, enkat-<source>-kvinnor-man.
    """
    charts: list[Chart | None] = []
    if len(ranking.table):
        charts += [rangordning(ranking, profile, taxonomy), kallprofil(ranking, profile, taxonomy)]
        charts.append(bidrag(ranking, profile, taxonomy))
    lines = ("totalt", *(line for line in taxonomy.line_ids if line != "totalt"))
    charts += [anmalda(line, measures, ranking, profile, taxonomy) for line in lines]
    charts += est_veckor(tables, ranking, profile, taxonomy)
    for source in taxonomy.sources["source"]:
        charts += enkat(str(source), measures, profile, taxonomy)
    return tuple(chart for chart in charts if chart is not None)
