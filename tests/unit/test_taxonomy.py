"""The taxonomy holds together: its tables, its references and what one asks of it."""

from __future__ import annotations

import dataclasses
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from lagesbild import taxonomy
from lagesbild.taxonomy import Taxonomy, files
from lagesbild.taxonomy.checks import TaxonomyError

AREAS = (
    "narkotika", "unga_i_riskzon", "vald_offentlig_miljo", "vald_nara_relation", "brott_mot_barn", "skadegorelse", "brander",
    "trafik", "bostadsinbrott", "stold", "brott_mot_naringsliv", "ran", "bedrageri", "sexualbrott", "ordningsstorning",
    "hot_tjansteperson",
)  # fmt: skip
FORBIDDEN = re.compile(
    r"orsaka|leder till|på grund av|tack vare|effekten av|larmande|skenar\b|explosion\b|rekord|signifikant|utsatt område"
    r"|ska prioriteras|bevisat|uteslutet",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


def test_the_sixteen_areas_stand_first_and_in_order(terms: Taxonomy) -> None:
    assert terms.area_ids == AREAS
    assert terms.line_ids[:16] == AREAS
    assert terms.line_ids[-1] == "totalt"


def test_the_taxonomy_is_read_once(terms: Taxonomy) -> None:
    assert taxonomy.load() is terms


def test_flags_are_those_of_the_domain(terms: Taxonomy) -> None:
    areas = terms.areas[terms.areas["kind"].eq("area")]
    assert set(areas.loc[areas["is_police_initiated"], "problem_area"]) == {"narkotika", "trafik", "hot_tjansteperson"}
    assert set(areas.loc[areas["is_sensitive"], "problem_area"]) == {
        "vald_nara_relation", "brott_mot_barn", "sexualbrott", "unga_i_riskzon",
    }  # fmt: skip
    assert terms.is_police_initiated("narkotika_vapen")
    assert terms.is_police_initiated("alkohol_narkotika")


@pytest.mark.parametrize(
    ("line", "covered"),
    [
        ("brott_mot_person", ("vald_offentlig_miljo", "vald_nara_relation", "brott_mot_barn", "sexualbrott")),
        ("stold_ran_ovrigt", ("stold", "brott_mot_naringsliv", "ran")),
        ("narkotika_vapen", ("narkotika", "hot_tjansteperson")),
        ("trafik", ("trafik",)),
        ("totalt", ()),
    ],
)
def test_a_line_covers_its_areas(terms: Taxonomy, line: str, covered: tuple[str, ...]) -> None:
    assert terms.covers(line) == covered


def test_an_unknown_line_is_told_with_the_nearest(terms: Taxonomy) -> None:
    with pytest.raises(KeyError, match="nearest: skadegorelse"):
        terms.name("skadegorelsse")


def test_what_people_read_is_whole_swedish_sentences_without_forbidden_words(terms: Taxonomy) -> None:
    shown = pd.concat(
        [
            terms.areas["definition"], terms.sources["strengths"], terms.sources["weaknesses"], terms.bias["reason"],
            terms.breaks["text"], terms.offence_groups["note"], terms.offence_codes["note"],
        ]
    )  # fmt: skip
    sentences = [text for text in shown if text]
    assert [text for text in sentences if FORBIDDEN.search(text)] == []
    assert [text for text in sentences if not text.endswith(".")] == []
    labels = pd.concat([terms.areas["name"], terms.areas["short"], terms.survey_items["short"], terms.offence_codes["label"]])
    assert [text for text in labels if FORBIDDEN.search(text) or (text.endswith(".") and not text.endswith("kap."))] == []


def test_bias_classes_are_those_of_the_method(terms: Taxonomy) -> None:
    triples = {
        row["bias_class"]: (row["omfattning"], row["jamforelse"], row["utveckling"])
        for row in terms.bias_classes.to_dict("records")
    }
    assert {name: triples[name] for name in "ABCS"} == {
        "A": (0.30, 0.10, 0.02), "B": (0.45, 0.15, 0.04), "C": (0.65, 0.25, 0.08), "S": (0.40, 0.20, 0.03),
    }  # fmt: skip
    assert terms.bias_sd("skadegorelse", "est", "omfattning") == 0.60
    assert terms.bias_sd("skadegorelse", "est", "jamforelse") is None
    assert terms.bias_sd("trafik", "dialogue", "utveckling") is None
    assert terms.bias_sd("bostadsinbrott", "reported", "jamforelse") == 0.10


def test_a_wider_survey_is_one_class_worse(terms: Taxonomy) -> None:
    assert terms.bias_class("skadegorelse", "survey", is_wide=True) == "S_vid"
    assert terms.bias_sd("skadegorelse", "survey", "omfattning", is_wide=True) == 0.45
    assert terms.bias_class("skadegorelse", "reported", is_wide=True) == "B"


def test_police_initiated_lines_have_the_widest_reported_class(terms: Taxonomy) -> None:
    lines = terms.areas.loc[terms.areas["is_police_initiated"], "problem_area"]
    assert {terms.bias_class(line, "reported") for line in lines} == {"C"}


def test_every_line_but_the_total_has_a_class_for_reported_crime(terms: Taxonomy) -> None:
    assert [line for line in terms.line_ids if terms.bias_class(line, "reported") is None] == ["totalt"]


def test_what_est_cannot_see_has_no_class_there(terms: Taxonomy) -> None:
    assert terms.bias_class("vald_nara_relation", "est") is None
    assert terms.bias_class("bedrageri", "est") is None


def test_breaks_of_a_line_include_those_of_its_source(terms: Taxonomy) -> None:
    assert terms.breaks_for("trafik", "polisanmalda")["year"].tolist() == [2015, 2019, 2020]
    assert terms.breaks_for("trafik", "ntu")["year"].tolist() == [2017, 2019]


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("areas", "skadegorelse,Skadegörelse och klotter", "trafik,Skadegörelse och klotter", "trafik occurs twice"),
        ("areas", ",Anlagda bränder,area", ",Bränder som någon har anlagt med flit,area", "longer than 24"),
        ("bias", "trafik,reported,C", "trafik,reported,Q", "'Q' is not known"),
        ("bias", "narkotika,est,E", "narkotika,business,S", "no row for narkotika in sources of kind est"),
        ("est_categories", "Brand,brander", "Brand,branden", "'branden' is not known"),
        ("est_categories", "mordbrand", "klotter", "stands for both"),
        ("kommuner", "1493,", "493,", "'493' is not four digits"),
        ("offence_groups", "Stöldbrott,manad", "Stöldbrot,manad", "unknown label 'Stöldbrott'"),
    ],
)
def test_a_contradiction_is_told_where_it_stands(tmp_path: Path, table: str, old: str, new: str, told: str) -> None:
    for path in files.FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / f"{table}.csv").read_text("utf-8")
    assert old in text
    (tmp_path / f"{table}.csv").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TaxonomyError, match=told):
        files.load_from(tmp_path)


def test_all_findings_are_told_at_once(tmp_path: Path) -> None:
    for path in files.FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    for table, old, new in (("kommuner", "1493,", "493,"), ("bias", "trafik,reported,C", "trafik,reported,Q")):
        path = tmp_path / f"{table}.csv"
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(TaxonomyError) as caught:
        files.load_from(tmp_path)
    assert "'493'" in str(caught.value)
    assert "'Q'" in str(caught.value)


def test_a_wrong_column_is_told(tmp_path: Path) -> None:
    (tmp_path / "bias.csv").write_text("area,kind,bias_class,reason\n", "utf-8")
    with pytest.raises(TaxonomyError, match=r"bias\.csv: columns .*expected .*problem_area"):
        files.read("bias", tmp_path)


def test_the_taxonomy_cannot_be_changed(terms: Taxonomy) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        terms.areas = terms.bias  # type: ignore[misc]


def test_a_notebook_shows_the_tables(terms: Taxonomy) -> None:
    assert "<td>kommuner</td><td>290</td>" in terms._repr_html_()
