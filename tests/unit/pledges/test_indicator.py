"""What people write as an indicator, and the measure it is taken for; what is unclear is left alone."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lagesbild import taxonomy
from lagesbild.pledges.indicator import Indicator, Unresolved, resolve
from lagesbild.pledges.register import Pledge
from lagesbild.taxonomy import Taxonomy

NTU_DRUGS = "Problem med öppen narkotikahandel i det egna bostadsområdet"
SPEED, DRIVING = (
    "Problem med fortkörning i det egna bostadsområdet",
    "Problem med övrig störande körning i det egna bostadsområdet",
)
DELIVERED = [
    ("polisanmalda", "reported_rate", "skadegorelse", ""), ("polisanmalda", "reported_rate", "narkotika", ""),
    ("polisanmalda", "reported_rate", "totalt", ""), ("polisanmalda", "reported_rate", "stold_ran_ovrigt", ""),
    ("est", "est_rate", "trafik", ""), ("est", "est_share", "trafik", ""), ("est", "est_share", "narkotika", ""),
    ("ntu", "survey_share", "narkotika", NTU_DRUGS), ("ntu", "survey_share", "trafik", SPEED),
    ("ntu", "survey_share", "trafik", DRIVING),
    ("ntu", "survey_share", "ordningsstorning", "Otrygghet vid utevistelse sent på kvällen i det egna bostadsområdet"),
    ("trygghetsmatning", "survey_index", "ordningsstorning", "Otrygg ute ensam sent"),
    ("trygghetsmatning", "survey_index", "narkotika", "Problem med narkotika"),
    ("egen_enkat", "survey_share", "narkotika", "Erbjuden narkotika"),
]  # fmt: skip


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


def delivered() -> pd.DataFrame:
    """Measure rows as far as an indicator is looked up in them."""
    return pd.DataFrame(DELIVERED, columns=["source", "measure", "problem_area", "item"])


def meant(indicator: str, area: str, terms: Taxonomy) -> Indicator | Unresolved:
    pledge = Pledge("L1", "Vi lovar.", area, indicator, date(2025, 1, 1), date(2025, 12, 31))
    return resolve(pledge, delivered(), terms)


DAMAGE = ("polisanmalda", "reported_rate", "skadegorelse", "")
OFFERED = ("egen_enkat", "survey_share", "narkotika", "Erbjuden narkotika")
POLICE = ("trygghetsmatning", "survey_index", "narkotika", "Problem med narkotika")


@pytest.mark.parametrize(
    ("text", "area", "expected"),
    [
        ("Anmälda skadegörelsebrott per 100 000 invånare", "skadegorelse", DAMAGE),
        ("Antal anmälningar om skadegörelse (Brå)", "skadegorelse", DAMAGE),
        ("Anmälda brott per 100 000 invånare", "skadegorelse", DAMAGE),
        ("POLISANMÄLDA NARKOTIKABROTT", "narkotika", ("polisanmalda", "reported_rate", "narkotika", "")),
        ("Totalt antal anmälda brott", "skadegorelse", ("polisanmalda", "reported_rate", "totalt", "")),
        (
            "Andel som ser öppen narkotikahandel som ett problem (NTU)",
            "narkotika",
            ("ntu", "survey_share", "narkotika", NTU_DRUGS),
        ),
        ("NTU: problem med fortkörning", "trafik", ("ntu", "survey_share", "trafik", SPEED)),
        ("Andel unga som blivit erbjudna narkotika, elevenkät", "narkotika", OFFERED),
        ("Problem med narkotika enligt trygghetsmätningen", "narkotika", POLICE),
        ("Observationer av buskörning per rapporterande enhet och vecka (EST)", "trafik", ("est", "est_rate", "trafik", "")),
        ("Andel av observationerna i EST", "trafik", ("est", "est_share", "trafik", "")),
        ("EST-observationer om narkotika", "narkotika", ("est", "est_share", "narkotika", "")),
    ],
)
def test_what_people_write_is_understood(text: str, area: str, expected: tuple[str, ...], terms: Taxonomy) -> None:
    found = meant(text, area, terms)
    assert isinstance(found, Indicator), found
    assert (found.source, found.measure, found.line, found.item) == expected


@pytest.mark.parametrize(
    ("text", "area", "kind", "names"),
    [
        ("", "skadegorelse", "utan_indikator", ()),
        ("Ökad trivsel", "skadegorelse", "okand_indikator", ()),
        ("Anmälda brott och EST-observationer", "trafik", "flera_kallor", ("polisanmalda", "est")),
        ("Anmälda narkotikabrott och skadegörelsebrott", "narkotika", "flera_omraden", ("narkotika", "skadegorelse")),
        ("NTU: fortkörning och störande körning", "trafik", "flera_fragor", (SPEED, DRIVING)),
        ("Andel som upplever problem med narkotika", "narkotika", "flera_kallor", ("ntu", "egen_enkat")),
        ("Anmälda sexualbrott", "sexualbrott", "utan_uppgifter", ("polisanmalda",)),
        ("Anmälda rån", "ran", "bara_bredare", ("stold_ran_ovrigt",)),
        ("Andel företag som drabbats enligt Svenskt Näringsliv", "brott_mot_naringsliv", "utan_uppgifter", ("naringsliv",)),
    ],
)  # fmt: skip
def test_what_is_unclear_is_not_guessed(text: str, area: str, kind: str, names: tuple[str, ...], terms: Taxonomy) -> None:
    found = meant(text, area, terms)
    assert isinstance(found, Unresolved), found
    assert found.kind == kind
    assert found.names == names


def test_a_part_or_another_area_is_told(terms: Taxonomy) -> None:
    part = meant("Anmälda klotterbrott", "skadegorelse", terms)
    other = meant("Anmälda skadegörelsebrott per 100 000 invånare", "trafik", terms)
    assert isinstance(part, Indicator)
    assert isinstance(other, Indicator)
    assert (part.line, part.is_wider, part.is_other_line) == ("skadegorelse", True, False)
    assert (other.line, other.is_wider, other.is_other_line) == ("skadegorelse", False, True)


def test_a_survey_without_a_question_means_the_areas_own(terms: Taxonomy) -> None:
    found = meant("Svaren i NTU", "narkotika", terms)
    assert isinstance(found, Indicator)
    assert (found.item, found.is_assumed) == (NTU_DRUGS, True)
