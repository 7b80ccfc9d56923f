"""What an official would misread: a ratio of a few reports, a column nobody explains, a calculation that was never made."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pandas as pd

from lagesbild.charts import points
from lagesbild.ranking import rank
from lagesbild.report.content import findings, order, others, sources
from lagesbild.report.content.method import method
from lagesbild.report.content.sensitivity import sensitivity
from lagesbild.report.document import Points, Table, Text, block_texts
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.sources.reading import Delivery
from lagesbild.tables import Tables
from lagesbild.taxonomy import load
from tests.unit.ranking.rows import measures, profile, reported

YEARS = (2021, 2022, 2023, 2024, 2025)
#: line -> own reports a year, the peers' of ten times as many residents
COUNTS = {"skadegorelse": (300, 2000), "bostadsinbrott": (100, 900), "stold": (200, 1900), "ran": (3, 5), "trafik": (150, 1400)}


@cache
def made(*left_out: str, times: int = 1) -> Lagesbild:
    rows = []
    for line, (own, peers) in ((line, counts) for line, counts in COUNTS.items() if line not in left_out):
        rows.append(reported(line, dict.fromkeys(YEARS, float(times * own)), 24_000))
        rows.append(reported(line, dict.fromkeys(YEARS, float(peers)), 240_000, role="peers", geography="jamforbara"))
    found, who = measures(*rows), profile(name="Tibro", draws=1000)
    return Lagesbild(who, load(), Delivery(Tables(), (), ()), found, rank(found, who, load()), ())


def plain(*blocks: object) -> str:
    return " ".join(text for block in blocks for text in block_texts(block)).replace("\N{NO-BREAK SPACE}", " ")  # type: ignore[arg-type]


def test_a_ratio_of_a_few_reports_is_not_what_page_one_tells() -> None:
    (said,) = findings.furthest_above(made())
    said = said.replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("Bland områden med minst 20 anmälningar ligger skadegörelse längst över jämförbara kommuner: 1 250")
    assert "gånger så många (osäkerhetsintervall 1," in said
    assert findings.furthest_above(made(*(line for line in COUNTS if line != "ran"))) == []


def test_nothing_further_above_is_left_out_in_silence() -> None:
    (said,) = findings.furthest_above(made("ran"))
    assert said.startswith("Längst över jämförbara kommuner ligger skadegörelse: ")


def test_only_calculations_that_were_made_are_counted_up() -> None:
    blocks = sensitivity(made())
    said = next(block.text for block in blocks if isinstance(block, Text))
    assert "med andra vikter" in said
    assert "utan en källa i taget" not in said  # there is but one
    told = next(block for block in blocks if isinstance(block, Points))
    assert len(told.items) == 5


def test_columns_without_a_figure_are_left_out_and_years_are_said() -> None:
    table = next(block for block in others.others(made()) if isinstance(block, Table))
    titles = [column.title for column in table.columns]
    assert titles[-2:] == ["Gånger jämförbara kommuner 2023–2025", "Förändring per år 2021–2025"]
    assert not any(title.startswith("EST") for title in titles)


def test_two_sources_that_disagree_blame_neither() -> None:
    one = made()
    trust = pd.DataFrame(
        {"source": ["polisanmalda", "ntu"], "n_areas": [9, 9], "inflation": [4.0, 4.0], "is_checked": [True, True]}
    )
    said = plain(*sources.agreement(replace(one, ranking=replace(one.ranking, trust=trust))))
    assert "Polisanmälda brott och NTU stämmer dåligt med varandra." in said
    assert "(osäkerheten är uppräknad 2,0 gånger)" in said  # 4.0 is of the variance
    trust = trust.assign(inflation=[1.0, 4.0])
    said = plain(*sources.agreement(replace(one, ranking=replace(one.ranking, trust=trust))))
    assert "NTU stämmer dåligt med de andra källorna" in said


def test_what_the_areas_share_is_explained_beside_its_points() -> None:
    one = made("ran", times=3)
    said = plain(*order._whole_kommun(one))
    assert "det som områdena har gemensamt. Här ligger de tillsammans över" in said
    none = one.ranking.explanation.assign(points=0.2)
    assert order._whole_kommun(replace(one, ranking=replace(one.ranking, explanation=none))) == []


def test_a_column_that_shows_nothing_is_not_drawn() -> None:
    rows = [("ran", source, "jamforelse", n) for source, n in (("est", 4.0), ("ntu", 3.0), ("hela_kommunen", 0.2))]
    table = pd.DataFrame(rows, columns=["problem_area", "source", "criterion", "points"])
    names = {"est": "EST-observationer", "ntu": "NTU", "hela_kommunen": "Kommunen som helhet"}
    assert [panel.title for panel in points._panels(table, ["ran"], names)] == ["EST", "NTU", "Tillsammans"]
    table.loc[2, "points"] = 0.6
    assert "Kommunen som helhet" in [panel.title for panel in points._panels(table, ["ran"], names)]


def test_words_are_explained_where_they_are_used_and_only_there() -> None:
    one = made()
    assert "Väntat intervall" not in plain(*method(one))
    ahead = one.measures.rows.iloc[:1].assign(measure="reported_expected")
    rows = pd.concat([one.measures.rows, ahead, ahead.assign(measure="reported_robust")])
    said = plain(*method(replace(one, measures=replace(one.measures, rows=rows))))
    assert "Väntat intervall är det som åren före låter vänta" in said
    assert "En toppmånad har så många anmälningar" in said


def test_the_total_says_which_peaks_it_holds() -> None:
    one = made()
    robust = one.measures.rows[one.measures.rows["problem_area"].eq("stold") & one.measures.rows["role"].eq("own")]
    robust = robust[robust["year"].eq(2025)].assign(measure="reported_robust", numerator=120.0)
    found = replace(one, measures=replace(one.measures, rows=pd.concat([one.measures.rows, robust])))
    (said,) = findings.peaks_in_total(found, 2025)
    assert said.endswith("200 anmälda brott, med det väntade antalet 120.")
    assert findings.peaks_in_total(found, 2024) == []
