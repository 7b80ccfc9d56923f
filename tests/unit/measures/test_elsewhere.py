"""Rates of the län and the country beside the own kommun's: which lines, from which labels, over which population."""

from __future__ import annotations

import pandas as pd
import pytest

from lagesbild.measures.elsewhere import elsewhere
from lagesbild.profile import Profile
from lagesbild.tables import CONTEXT, TABLES, Context, Tables
from lagesbild.taxonomy import Taxonomy
from tests.unit.charts.conftest import make_profile

THEFT, HOMES = "Stöld och tillgreppsbrott, totalt", "Bostadsinbrott"


@pytest.fixture(scope="module")
def profile() -> Profile:
    return make_profile().model_copy(update={"kommunkoder": ("2084",)})


def beside(*rows: tuple[str, str, str, int, int, float]) -> Context:
    table = CONTEXT["reference_offences"]
    frame = pd.DataFrame(rows, columns=table.names).astype({column.name: column.dtype for column in table.columns})
    return Context(reference_offences=frame)


def own(*offences: str, key_type: str = "indicator") -> Tables:
    table = TABLES["reported_offences"]
    rows = [{"kommunkod": "2084", "offence": name, "key_type": key_type, "year": 2024, "count": 9} for name in offences]
    frame = pd.DataFrame(rows).assign(status="final").reindex(columns=table.names)
    return Tables(reported_offences=frame.astype({column.name: column.dtype for column in table.columns}))


LAN = (("lan", "Dalarnas län", THEFT, 2024, 6843, 2385.0), ("lan", "Dalarnas län", HOMES, 2024, 790, 275.0))
COUNTRY = (("riket", "Riket", THEFT, 2024, 343_734, 3252.0), ("riket", "Riket", HOMES, 2024, 33_198, 314.0))


def test_a_line_is_made_as_the_own_kommuns_and_divided_by_the_implied_population(profile: Profile, taxonomy: Taxonomy) -> None:
    made = elsewhere(beside(*LAN, *COUNTRY), own(THEFT, HOMES), profile, taxonomy).set_index(["line", "level", "year"])["rate"]
    people = 6843 / 2385.0 * 1e5
    assert made["bostadsinbrott", "lan", 2024] == pytest.approx(790 / people * 1e5)
    assert made["bostadsinbrott", "lan", 2024] == pytest.approx(275, abs=1)
    assert made["bostadsinbrott", "riket", 2024] == pytest.approx(314, abs=1)


def test_a_year_without_one_of_the_labels_has_no_rate(profile: Profile, taxonomy: Taxonomy) -> None:
    made = elsewhere(beside(LAN[0], *COUNTRY), own(THEFT, HOMES), profile, taxonomy)
    assert set(made["level"]) == {"riket"}


def test_nothing_stands_beside_other_keys_or_later_years(profile: Profile, taxonomy: Taxonomy) -> None:
    assert elsewhere(beside(*LAN), own("1203", key_type="code"), profile, taxonomy).empty
    assert elsewhere(Context(), own(THEFT), profile, taxonomy).empty
    assert elsewhere(beside(*LAN), Tables(), profile, taxonomy).empty
    assert elsewhere(beside(*LAN), own(THEFT, HOMES), profile.model_copy(update={"year": 2023}), taxonomy).empty


def test_of_several_lan_none_is_said_to_be_the_own(profile: Profile, taxonomy: Taxonomy) -> None:
    other = tuple(("lan", "Gävleborgs län", *row[2:]) for row in LAN)
    made = elsewhere(beside(*LAN, *other, *COUNTRY), own(THEFT, HOMES), profile, taxonomy)
    assert set(made["geography"]) == {"Riket"}


def test_a_part_that_is_a_line_of_its_own_is_taken_out(profile: Profile, taxonomy: Taxonomy) -> None:
    """6 843 thefts less 648 of cars and 790 in homes: 5 405, over the 286 918 that 6 843 at 2 385 per 100 000 imply."""
    cars = ("lan", "Dalarnas län", "Bilbrott", 2024, 648, 226.0)
    made = elsewhere(beside(*LAN, cars), own(THEFT, HOMES, "Bilbrott"), profile, taxonomy).set_index("line")["rate"]
    assert made["stold_utom_bil_bostad"] == pytest.approx(5405 / 286_918 * 1e5, rel=1e-5)
