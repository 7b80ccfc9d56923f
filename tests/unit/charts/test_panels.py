"""Small multiples of reported offences: what each panel says, and the words of title and alt text."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest

from lagesbild.charts import panels
from lagesbild.charts.panels import Panel
from lagesbild.charts.trend import Series, Year
from lagesbild.measures.measure import Measures
from lagesbild.report.narrative.lexicon import violations
from lagesbild.taxonomy import Taxonomy
from tests.unit.charts.conftest import Case, make_profile


def panel(name: str, side: int | None, *, rate: float = 200.4, count: float = 48.0, other: float | None = 160.0) -> Panel:
    pooled = {} if other is None else {2024: 150.0, 2025: other}
    years = {2024: Year(180, 150, 210, 43, 24_000, False), 2025: Year(rate, rate - 20, rate + 20, count, 24_000, False)}
    return Panel(name, 1, Series(years, pooled, {}), side)


@pytest.mark.parametrize(
    ("sides", "title"),
    [
        ((1, 0, -1), "Anmälningarna ligger över jämförbara kommuner i 1 av 3 områden, under i 1"),
        ((1, 1, None), "Anmälningarna ligger över jämförbara kommuner i 2 av 2 områden, under i inget"),
        ((0, -1, -1), "Anmälningarna ligger under jämförbara kommuner i 2 av 3 områden, över i inget"),
        ((0, 0, None), "I inget av 2 områden går anmälningarna att skilja från jämförbara kommuner"),
        ((None, None, None), "Rån anmäls mest: 200 per 100 000 invånare 2025"),
    ],
)
def test_the_title_counts_what_is_settled(sides: tuple[int | None, ...], title: str) -> None:
    said = panels._title([panel("Rån", side) for side in sides]).replace("\xa0", " ")
    assert said == title
    assert violations([said]) == []


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (panel("Rån", 1), "över jämförbara kommuner"),
        (panel("Rån", 0), "går inte att skilja åt"),
        (panel("Rån", -1), "under jämförbara kommuner"),
        (panel("Rån", None), ""),
        (panel("Rån", None, count=13), "13 anmälningar"),
        (panel("Rån", None, count=nan), ""),
    ],
)
def test_a_panel_says_its_comparison_in_words(one: Panel, words: str) -> None:
    assert one.verdict.replace("\xa0", " ") == words


def test_the_alt_text_tells_every_panel_with_its_interval_and_what_is_missing() -> None:
    told = panels._alt("Titel", [panel("Rån", 1), panel("Stöld", None, other=None)], ["Anlagda bränder"], make_profile())
    assert told.replace("\xa0", " ") == (
        "Titel. Exempelby 2025, anmälda brott per 100 000 invånare med osäkerhetsintervall, mot jämförbara kommuner: "
        "Rån 200 (180–220) mot 160, över jämförbara kommuner; Stöld 200 (180–220). Anmälda brott saknas för anlagda bränder."
    )


def _of_line(case: Case) -> dict[str, Measures]:
    rows = case.measures.rows
    rows = rows[rows["measure"].eq("reported_rate")]
    return {str(line): Measures(part) for line, part in rows.groupby("problem_area", observed=True)}


def test_panels_stand_in_rank_order_without_the_total(full: Case, taxonomy: Taxonomy) -> None:
    chart = panels.alla_omraden(_of_line(full), full.ranking, full.profile, taxonomy)
    assert chart is not None
    order = [taxonomy.short(line) for line in full.ranking.table.sort_values("rank")["problem_area"]]
    assert list(dict.fromkeys(chart.table["Problemområde"])) == order
    assert chart.table["År"].min() == 2016, "ten years"


def test_a_hidden_or_missing_line_is_named_and_one_line_alone_gives_no_chart(lean: Case, taxonomy: Taxonomy) -> None:
    given = _of_line(lean)
    given["bostadsinbrott"] = replace(given["bostadsinbrott"], rows=given["bostadsinbrott"].rows.assign(value=nan))
    del given["skadegorelse"]
    chart = panels.alla_omraden(given, lean.ranking, lean.profile, taxonomy)
    assert chart is not None
    assert "Anmälda brott saknas för" in chart.alt
    assert not {"Bostadsinbrott", "Skadegörelse"} & set(chart.table["Problemområde"])
    assert chart.title.startswith(("Brott mot person", "Anmälningarna", "I inget"))
    one = {line: rows for line, rows in given.items() if line == "brott_mot_person"}
    assert panels.alla_omraden(one, lean.ranking, lean.profile, taxonomy) is None
