"""Every chart of a lägesbild, in the order they are numbered."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.charts.chart import Chart
from lagesbild.charts.evidence import kallprofil
from lagesbild.charts.experienced import anmalt_upplevt
from lagesbild.charts.order import rangordning
from lagesbild.charts.panels import alla_omraden
from lagesbild.charts.pledges import loften
from lagesbild.charts.points import bidrag
from lagesbild.charts.reported import anmalda
from lagesbild.charts.stairs import trappor
from lagesbild.charts.survey import enkat
from lagesbild.charts.weeks import est_veckor
from lagesbild.measures.measure import Measures
from lagesbild.pledges import FollowUp
from lagesbild.profile import Profile
from lagesbild.ranking.result import Ranking
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy


def all_charts(
    measures: Measures,
    ranking: Ranking,
    tables: Tables,
    profile: Profile,
    taxonomy: Taxonomy,
    *,
    followed: Sequence[FollowUp] = (),
) -> tuple[Chart, ...]:
    """Every chart there are figures for; a source that is absent simply gives none.

    Names: rangordning, kallprofil, bidrag, trappa-<line>, anmalt-upplevt, alla-omraden, anmalda-totalt, anmalda-<line>,
    est-veckor, est-veckor-<area>, enkat-<source>, enkat-<source>-index, enkat-<source>-kvinnor-man, loften (of the
    pledges ``followed``).
    """
    charts: list[Chart | None] = []
    if len(ranking.table):
        charts += [rangordning(ranking, profile, taxonomy), kallprofil(ranking, profile, taxonomy)]
        charts.append(bidrag(ranking, profile, taxonomy))
        charts += trappor(ranking, profile, taxonomy)
    reported = measures.rows[measures.rows["measure"].isin(["reported_rate", "reported_robust", "reported_expected"])]
    of_line = {
        str(line): Measures(rows, parts=measures.parts) for line, rows in reported.groupby("problem_area", observed=True)
    }
    if len(ranking.table):
        charts.append(anmalt_upplevt(measures, ranking, profile, taxonomy))
        charts.append(alla_omraden(of_line, ranking, profile, taxonomy))
    lines = [line for line in ("totalt", *taxonomy.line_ids) if line in of_line]
    charts += [anmalda(line, of_line[line], ranking, profile, taxonomy) for line in dict.fromkeys(lines)]
    charts += est_veckor(measures, ranking, tables, profile, taxonomy)
    answered = Measures(measures.rows[measures.rows["measure"].isin(["survey_share", "survey_index"])])
    for source in dict.fromkeys(taxonomy.sources["source"]):
        if answered.rows["source"].eq(source).any():
            charts += enkat(source, answered, profile, taxonomy)
    charts.append(loften(followed, profile, taxonomy))
    return tuple(chart for chart in charts if chart is not None)
