"""Who is compared with, where the own kommun stands among them, and what others would change."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from lagesbild.measures.measure import Comparison, Measures
from lagesbild.measures.standing import peer_rates, standing
from lagesbild.ranking import rank
from lagesbild.report import headings
from lagesbild.report.content import comparison as content
from lagesbild.report.document import Points, Table, Text
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import comparison
from lagesbild.sources.reading import Delivery
from lagesbild.tables import Tables
from lagesbild.taxonomy import load
from lagesbild.taxonomy.peer_groups import PeerGroup
from tests.unit.ranking.rows import measures, profile, reported

COUNTS = {"1499": 900, "1496": 700, "1497": 500, "1498": 300, "1472": 100}
LAN = PeerGroup("lan", "kommunerna i Västra Götalands län", tuple(sorted(COUNTS)))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def lagesbild(own: int = 600, group: PeerGroup = LAN) -> Lagesbild:
    years = (2023, 2024, 2025)
    rows = [
        reported("skadegorelse", dict.fromkeys(years, float(own)), 100_000),
        reported("trafik", dict.fromkeys(years, 50.0), 100_000),
        reported("skadegorelse", dict.fromkeys(years, 2500.0), 500_000, role="peers", geography="jamforbara"),
    ]
    for code, n in COUNTS.items():
        rows.append(reported("skadegorelse", dict.fromkeys(years, float(n)), 100_000, role="peer", geography=code))
    far = reported("trafik", dict.fromkeys(years, 5.0), 100_000, role="peers", geography="jamforbara")
    found = replace(
        measures(*rows),
        compared=Comparison(group, rows[0].iloc[:0], 5),
        others=(Comparison(PeerGroup("skr", "kommunerna i SKR-gruppen", ("0180",)), far, 26),),
    )
    who = profile(name="Mariestad", draws=1000)
    return Lagesbild(who, load(), Delivery(Tables(), (), ()), found, rank(found, who, load()), ())


def test_the_standing_is_among_the_others_and_the_own() -> None:
    found = standing(pd.Series([100.0, 300, 500, 700, 900]), 600, 480, 720)
    assert (found.median, found.lower_quartile, found.upper_quartile) == (500, 300, 700)
    assert (found.position, found.best, found.worst, found.n) == (3, 2, 4, 5)


def test_a_kommun_without_every_year_has_no_rate() -> None:
    rows = measures(
        reported("trafik", {2024: 100, 2025: 200}, 10_000, role="peer", geography="1499"),
        reported("trafik", {2025: 200}, 10_000, role="peer", geography="1496"),
    )
    assert peer_rates(rows, "trafik", 2024, 2025).to_dict() == {"1499": 1500.0}


def test_the_position_is_told_with_the_median_and_the_middle_half() -> None:
    (said,) = content.position(lagesbild(), "skadegorelse")
    assert plain(said).startswith(
        "I jämförelsegruppen är medianen 500 anmälda brott per 100 000 invånare och år 2023–2025, och hälften av kommunerna "
        "ligger mellan 300 och 700. Mariestad ligger på plats 3 av 6 i hela osäkerhetsintervallet, där plats 1 "
    )


def test_no_position_is_told_on_few_reports_or_without_a_comparison() -> None:
    assert content.position(lagesbild(own=5), "skadegorelse") == []
    assert content.position(lagesbild(), "trafik") == []


def test_the_group_is_told_with_its_size_and_members() -> None:
    _, text = content.group(lagesbild())
    assert isinstance(text, Text)
    assert plain(text.text) == (
        "Mariestad jämförs med kommunerna i Västra Götalands län: 5 kommuner har uppgifter i underlaget. De är Tibro, Skövde, "
        "Hjo, Tidaholm och Falköping. Tillsammans är de jämförelsegruppen, som rapporten också kallar jämförbara kommuner."
    )


def test_neighbours_are_told_line_by_line() -> None:
    near = PeerGroup("narmaste", "de mest lika kommunerna", ("1496", "1499"), {"skadegorelse": ("1499", "1496")})
    _, text, table = content.group(lagesbild(group=near))
    assert isinstance(text, Text)
    assert isinstance(table, Table)
    assert "väljer inte sin egen måttstock" in text.text
    assert [row[1] for row in table.rows] == ["Falköping, Skövde"]


def test_no_group_is_told_where_none_is_wanted() -> None:
    one = lagesbild()
    assert content.group(replace(one, measures=Measures(one.measures.rows))) == []


def test_a_group_of_which_nobody_has_figures_is_told_to_be_so() -> None:
    one = lagesbild()
    empty = replace(one.measures, compared=Comparison(LAN, one.measures.rows.iloc[:0], 0))
    _, text = content.group(replace(one, measures=empty))
    assert isinstance(text, Text)
    assert text.text == comparison.nobody("Mariestad")
    assert text.text.startswith("Mariestad jämförs inte med andra kommuner")


def test_another_group_is_told_with_its_size_and_what_it_changes() -> None:
    _, points, table = content.other_groups(lagesbild())
    assert isinstance(points, Points)
    assert isinstance(table, Table)
    (said,) = points.items
    assert plain(said).startswith("Med kommunerna i SKR-gruppen som jämförelse (26 kommuner) ")
    assert [column.title for column in table.columns] == ["Problemområde", "Vald grupp", "Jämfört med SKR-gruppen"]


@pytest.mark.parametrize(
    ("moved", "first", "said"),
    [
        (None, True, "blir ordningen densamma."),
        (("Trafik", 4, 1), False, "ligger trafik först. Mest flyttar trafik, från plats 4 till plats 1."),
        (("Rån", 5, 3), True, "ligger trafik fortfarande först. Mest flyttar rån, från plats 5 till plats 3."),
    ],
)
def test_with_another_group(moved: tuple[str, int, int] | None, first: bool, said: str) -> None:
    assert comparison.with_another("länet", 48, "Trafik", first, moved).endswith(said)


@pytest.mark.parametrize(
    ("variant", "name"),
    [("jamforelse_skr", "Jämfört med SKR-gruppen"), ("jamforelse_grannar", "Jämfört med gruppen grannar")],
)
def test_a_view_with_another_group_has_a_name(variant: str, name: str) -> None:
    assert headings.variant(variant, load()) == name
