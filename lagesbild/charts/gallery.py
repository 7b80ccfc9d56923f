"""Every chart of a lägesbild, in the order they are numbered."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild.charts.areas import platser
from lagesbild.charts.chart import Chart
from lagesbild.charts.evidence import kallprofil
from lagesbild.charts.experienced import anmalt_upplevt
from lagesbild.charts.hours import tid
from lagesbild.charts.order import rangordning
from lagesbild.charts.panels import alla_omraden
from lagesbild.charts.pledges import loften
from lagesbild.charts.points import bidrag
from lagesbild.charts.reported import anmalda
from lagesbild.charts.season import manader
from lagesbild.charts.stairs import trappor
from lagesbild.charts.survey import enkat
from lagesbild.charts.weeks import est_veckor
from lagesbild.measures.measure import Measures
from lagesbild.places.value import Places
from lagesbild.pledges import FollowUp
from lagesbild.profile import Profile
from lagesbild.ranking.result import Ranking
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

#: So many areas have charts of places and times; the workbook has all.
MOST_PLACED = 8


def all_charts(
    measures: Measures,
    ranking: Ranking,
    tables: Tables,
    profile: Profile,
    taxonomy: Taxonomy,
    *,
    followed: Sequence[FollowUp] = (),
    places: Places | None = None,
    elsewhere: pd.DataFrame | None = None,
) -> tuple[Chart, ...]:
    """Every chart there are figures for; a source that is absent simply gives none.

    Names: rangordning, kallprofil, bidrag, trappa-<line>, anmalt-upplevt, alla-omraden, anmalda-totalt, anmalda-<line>,
    est-veckor, est-veckor-<area>, enkat-<source>, enkat-<source>-index, enkat-<source>-kvinnor-man, loften (of the
    pledges ``followed``), platser-<area>, tid-<area> and manader-<area> (of ``places``, the eight highest areas that have any).
    elsewhere: rates of the län and the country, for the anmalda charts.
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
    charts += [anmalda(line, of_line[line], ranking, profile, taxonomy, elsewhere=elsewhere) for line in dict.fromkeys(lines)]
    charts += est_veckor(measures, ranking, tables, profile, taxonomy)
    answered = Measures(measures.rows[measures.rows["measure"].isin(["survey_share", "survey_index"])])
    for source in dict.fromkeys(taxonomy.sources["source"]):
        if answered.rows["source"].eq(source).any():
            charts += enkat(source, answered, profile, taxonomy)
    charts.append(loften(followed, profile, taxonomy))
    if places is not None:
        charts += _where_and_when(places, ranking, profile, taxonomy)
    return tuple(chart for chart in charts if chart is not None)


def _where_and_when(places: Places, ranking: Ranking, profile: Profile, taxonomy: Taxonomy) -> list[Chart | None]:
    """Areas, hours and months of the highest areas that have any of them."""
    ordered = ranking.table.sort_values("rank", kind="stable")["problem_area"]
    shown = set(places.places["problem_area"]) | set(places.hours["problem_area"]) | set(places.months["problem_area"])
    lines = [str(line) for line in ordered if line in shown][:MOST_PLACED]
    return [draw(line, places, profile, taxonomy) for line in lines for draw in (platser, tid, manader)]
