"""What people write is matched; what is unknown stays unknown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lagesbild import taxonomy
from lagesbild.taxonomy import Category, Taxonomy, Theme, nearest


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


@pytest.mark.parametrize(
    ("text", "area", "kind"),
    [
        ("buskörning", "trafik", "problem"),
        ("A–TRAKTOR", "trafik", "problem"),
        (" Skadegörelse / klotter ", "skadegorelse", "problem"),
        ("fonsterkross", "skadegorelse", "problem"),
        ("Narkotika, fynd av sprutor", None, None),
        ("Inget att rapportera", "", "zero_report"),
        ("0-rapport", "", "zero_report"),
        ("", None, None),
    ],
)
def test_an_est_category_is_known_in_the_forms_people_write(
    terms: Taxonomy, text: str, area: str | None, kind: str | None
) -> None:
    found = terms.match_category(text)
    assert (found.problem_area if found else None, found.kind if found else None) == (area, kind)
    assert terms.area_of_category(text) == area


def test_the_categories_of_the_municipalities_that_publish_theirs_are_known(terms: Taxonomy) -> None:
    seen = (
        "misstänkt narkotikahantering", "skadegörelse", "nedskräpning", "otrygga platser", "samlingar som stör ordningen",
        "våld", "buskörning", "inbrott", "folksamlingar", "incidenter mot anställd", "arrangemang", "brand/anlagd brand",
        "Alkohol/berusning", "Samling/ordningsstörning", "Ungdomar/oro", "Våld/bråk/hot", "Hot eller våld mot personal",
        "Stöld/inbrott", "Otrygg plats/belysning/växtlighet", "Kränkning/oro skola", "Ofredande/trakasseri", "Övrigt",
        "Mopedkörning",
    )  # fmt: skip
    assert [text for text in seen if terms.match_category(text) is None] == []


def test_the_profiles_names_go_first(terms: Taxonomy) -> None:
    extra = {"Störning 3": "Buskörning", "Brand": "Nedskräpning", "Torget": "narkotika"}
    assert terms.match_category("störning 3", extra) == Category("Buskörning och trafik", "trafik", "problem")
    assert terms.area_of_category("brand", extra) == "ordningsstorning"
    assert terms.match_category("Torget ", extra) == Category("Torget", "narkotika", "problem")
    assert terms.area_of_category("Störning 3") is None


def test_a_category_that_points_nowhere_stays_unknown(terms: Taxonomy) -> None:
    assert terms.match_category("Fontän", {"Fontän": "Vattenkonst"}) is None


def test_a_theme_is_known_and_can_be_named_by_the_profile(terms: Taxonomy) -> None:
    assert terms.match_theme("Höga hastigheter") == Theme("Trafik", "trafik")
    assert terms.area_of_theme("Fler poliser") == ""
    assert terms.area_of_theme("Hundbajs") is None
    assert terms.match_theme("hundbajs", {"Hundbajs": "nedskräpning"}) == Theme("Nedskräpning", "ordningsstorning")


def test_a_survey_item_is_known_by_its_name_or_a_short_form(terms: Taxonomy) -> None:
    item = "Problem med öppen narkotikahandel i det egna bostadsområdet"
    assert terms.match_item("ntu", item) == item
    assert terms.match_item("NTU", "öppen narkotikahandel") == item
    assert terms.match_item("naringsliv", "Brottslighet och otrygghet") == (
        "Företag som påverkas negativt av brottslighet och otrygghet"
    )
    assert terms.match_item("ntu", "Förtroende för polisen") is None
    assert terms.match_item("okänd enkät", item) is None


def test_a_source_is_known_by_id_name_or_alias(terms: Taxonomy) -> None:
    assert terms.match_source("Nationella trygghetsundersökningen") == "ntu"
    assert terms.match_source("polisanmalda") == "polisanmalda"
    assert terms.kind_of_source("medarbetardialog") == "dialogue"
    assert terms.name_of_source("est") == "EST-observationer"


def test_every_ntu_variable_of_the_kommun_workbook_is_known(terms: Taxonomy, shared: Path) -> None:
    published = pd.read_csv(shared / "data/dalarna/bra_kommunindikatorer.csv")
    labels = set(published.loc[published["kalla"].str.startswith("Nationella"), "variabel"]) - {"Antal svarande i NTU."}
    assert len(labels) == 20
    assert [label for label in sorted(labels) if terms.match_item("ntu", label) != label] == []


def test_an_area_has_at_most_two_signals_per_survey(terms: Taxonomy) -> None:
    signals = terms.survey_items[terms.survey_items["is_signal"]]
    assert signals.groupby(["survey", "problem_area"], observed=True).size().max() <= 2
    assert "totalt" not in set(signals["problem_area"])


def test_the_nearest_is_told_and_the_unlike_is_not(terms: Taxonomy) -> None:
    assert terms.nearest("Narkotikka", terms.est_categories["category"]) == ("Narkotika",)
    assert nearest("xyz", ["Narkotika", "Trafik"]) == ()
