"""Brå's overlapping labels become lines in which no offence counts twice."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from lagesbild import taxonomy
from lagesbild.taxonomy import Taxonomy

YEARLY = (
    "Totalt antal brott", "3-7 kap. Brott mot person", "8 kap. Stöld, rån m.m.", "Stöld genom inbrott i bostad",
    "12 kap. Skadegörelsebrott", "Narkotikastrafflagen och vapenlagen",
)  # fmt: skip


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


def test_the_yearly_keys_make_five_lines_and_the_total(terms: Taxonomy) -> None:
    assert terms.group_terms(YEARLY, "ar") == {
        "bostadsinbrott": (("Stöld genom inbrott i bostad", 1),),
        "brott_mot_person": (("3-7 kap. Brott mot person", 1),),
        "narkotika_vapen": (("Narkotikastrafflagen och vapenlagen", 1),),
        "skadegorelse": (("12 kap. Skadegörelsebrott", 1),),
        "stold_ran_ovrigt": (("8 kap. Stöld, rån m.m.", 1), ("Stöld genom inbrott i bostad", -1)),
        "totalt": (("Totalt antal brott", 1),),
    }


def test_a_difference_needs_both_its_labels(terms: Taxonomy) -> None:
    assert terms.group_terms(["8 kap. Stöld, rån m.m."], "ar") == {}
    assert terms.group_terms(["Stöldbrott"], "manad") == {}
    assert set(terms.group_terms(["Stöldbrott", "Bilbrott"], "manad")) == {"stold", "stold_utom_bilbrott"}


def test_a_label_inside_another_of_its_line_is_not_added(terms: Taxonomy) -> None:
    both = ["9 kap. Bedrägeri och annan oredlighet", "Befogenhetsbedrägeri"]
    assert terms.group_terms(both, "ar") == {"bedrageri": ((both[0], 1),)}
    assert terms.group_terms(both[1:], "ar") == {"bedrageri": ((both[1], 1),)}


def test_a_sum_steps_back_where_all_its_parts_are_there(terms: Taxonomy) -> None:
    whole = "Narkotikastrafflagen och vapenlagen"
    assert set(terms.group_terms([whole, "Narkotikastrafflagen", "Vapenlagen"], "ar")) == {"narkotika", "hot_tjansteperson"}
    assert set(terms.group_terms([whole, "Narkotikastrafflagen"], "ar")) == {"narkotika_vapen"}


def test_women_and_men_add_up_but_two_names_of_one_series_do_not(terms: Taxonomy) -> None:
    women, men = "Våld i nära relationer, mot kvinnor", "Våld i nära relationer, mot män"
    assert terms.group_terms([women, men], "lagesbild") == {"vald_nara_relation": ((women, 1), (men, 1))}
    assert terms.group_terms([women, "VINR kvinnor"], "lagesbild") == {"vald_nara_relation": ((women, 1),)}
    assert terms.group_terms(["VINR kvinnor"], "lagesbild") == {"vald_nara_relation": (("VINR kvinnor", 1),)}


def test_a_trailing_space_does_not_matter_and_an_unknown_label_takes_no_part(terms: Taxonomy) -> None:
    assert set(terms.group_terms(["Våldsbrott ", "Ett påhittat brott"], "manad")) == {"valdsbrott"}


def test_every_monthly_label_is_known(terms: Taxonomy, shared: Path) -> None:
    text = (shared / "data/bra_databasfil/DatabasfilJan2013.txt").read_text("latin-1")
    labels = {row[1].strip() for row in csv.reader(text.splitlines()[1:], delimiter=";") if len(row) > 1}
    groups = terms.offence_groups
    assert labels == set(groups.loc[groups["era"].eq("manad"), "label"])
    assert len(terms.group_terms(labels, "manad")) == 10


def test_every_yearly_label_of_the_samples_is_known(terms: Taxonomy, shared: Path) -> None:
    text = (shared / "data/bra_sol_fixtures/sol_dbfil_ar.txt").read_text("utf-8")
    labels = {row[1].strip() for row in csv.reader(text.splitlines()[1:], delimiter=";") if len(row) > 1}
    assert labels <= set(terms.offence_groups.loc[terms.offence_groups["era"].eq("ar"), "label"])


def test_every_indicator_of_reported_crime_is_known(terms: Taxonomy, shared: Path) -> None:
    published = pd.read_csv(shared / "data/dalarna/bra_kommunindikatorer.csv")
    labels = set(published.loc[published["kalla"].eq("Anmälda brott"), "variabel"])
    assert len(labels) == 15
    assert labels <= set(terms.offence_groups.loc[terms.offence_groups["era"].eq("lagesbild"), "label"])
    assert set(terms.group_terms(labels, "lagesbild")) == {
        "totalt", "skadegorelse", "narkotika", "vald_offentlig_miljo", "vald_nara_relation", "brott_mot_barn", "ran",
        "stold_utom_bil_bostad", "stold", "bostadsinbrott", "trafik",
    }  # fmt: skip


def test_the_subtracted_series_lie_inside_by_their_published_counts(terms: Taxonomy, shared: Path) -> None:
    """Bilbrott and Bostadsinbrott must never exceed the theft series they are taken from."""
    published = pd.read_csv(shared / "data/dalarna/bra_kommunindikatorer.csv")
    counts = published[published["kalla"].eq("Anmälda brott") & published["enhet"].eq("Antal")]
    wide = counts.pivot_table(index=["geografi", "ar"], columns="variabel", values="varde")
    rest = wide["Stöld och tillgreppsbrott, totalt"] - wide["Bilbrott"] - wide["Bostadsinbrott"]
    assert len(rest) > 90
    assert rest.min() >= 0
