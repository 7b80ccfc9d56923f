from __future__ import annotations

import pytest

from lagesbild.measures import survey
from lagesbild.measures.answers import answers
from lagesbild.measures.dialogue import dialogue
from lagesbild.measures.surveys import surveys
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

DAMAGE = "Problem med skadegörelse i det egna bostadsområdet"
RESULT = ["survey", "item", "group", "geography_level", "geography", "year", "value", "lower", "upper", "n"]
ANSWER = ["survey", "year", "respondent", "item", "answer", "group", "weight", "stratum"]


@pytest.fixture
def results(table):
    """results(rows): published percentages, higher is worse."""

    def make(rows, scale="percent", higher_is="worse"):
        columns = [*RESULT, "scale", "higher_is"]
        return Tables(
            survey_results=table("survey_results", columns, [(*row, scale, higher_is) for row in rows]),
            peers=table("peers", ["kommunkod", "peer_group"], [("1493", "grannar"), ("1499", "grannar")]),
        )

    return make


def test_published_limits_go_before_the_number_of_answers(results, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = [
        ("NTU", DAMAGE, "Samtliga", "kommun", "1493", 2025, 27.0, 21.0, 34.0, 280),
        ("NTU", DAMAGE, "kvinnor", "kommun", "Mariestads kommun", 2025, 30.0, None, None, 140),
    ]
    found = surveys(results(rows), profile, taxonomy).rows.set_index("group")
    everyone, women = found.loc["alla"], found.loc["kvinnor"]
    assert (everyone["lower"], everyone["upper"], everyone["role"]) == (0.21, 0.34, "own")
    assert everyone["n_effective"] == pytest.approx(0.27 * 0.73 / (0.13 / (2 * 1.959964)) ** 2, rel=1e-6)
    assert women["n_effective"] == pytest.approx(140 / 1.4)
    assert women["lower"] == pytest.approx(float(survey.logit_limits(0.3, 100)[0]))
    assert women["geography"] == "1493"


def test_rounded_limits_never_make_more_of_the_answers_than_there_were(results, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = [("NTU", DAMAGE, "alla", "kommun", "1493", 2025, 4.0, 3.0, 5.0, 137)]
    assert surveys(results(rows), profile, taxonomy).rows["n_effective"].tolist() == [137]


def test_an_index_stays_an_index(results, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = [("Polisens trygghetsmätning", "Problem med skadegörelse", "alla", "kommun", "1493", 2025, 2.1, 1.8, 2.4, 400)]
    found = surveys(results(rows, scale="index_0_6"), profile, taxonomy).rows.iloc[0]
    assert (found["measure"], found["unit"], found["value"], found["upper"]) == ("survey_index", "index_0_6", 2.1, 2.4)


def test_whom_a_value_is_about(results, profile: Profile, taxonomy: Taxonomy) -> None:
    other = "Problem med öppen narkotikahandel i det egna bostadsområdet"
    rows = [
        ("NTU", DAMAGE, "alla", level, name, 2025, 20.0, 18.0, 22.0, 900)
        for level, name in (
            ("kommun", "1493"),
            ("kommun", "Falköping"),
            ("kommun", "Skövde"),
            ("police_area", "LPO Östra Skaraborg"),
            ("riket", "Riket"),
        )
    ] + [("NTU", other, "alla", "police_area", "LPO Östra Skaraborg", 2025, 20.0, 18.0, 22.0, 900)]
    found = surveys(results(rows), profile, taxonomy)
    assert {(row.item == DAMAGE, row.geography): row.role for row in found.rows.itertuples()} == {
        (True, "1493"): "own",
        (True, "1499"): "peer",
        (True, "LPO Östra Skaraborg"): "reference",
        (True, "Riket"): "reference",
        (False, "LPO Östra Skaraborg"): "own",
    }
    assert [doubt.n_rows for doubt in found.doubts if doubt.kind == "annan_kommun"] == [1]


def test_a_police_areas_kommuner_do_not_add_up(results, police_area: Profile, taxonomy: Taxonomy) -> None:
    rows = [
        ("NTU", DAMAGE, "alla", level, name, 2025, 20.0, 18.0, 22.0, 900)
        for level, name in (("kommun", "1493"), ("police_area", "Lokalpolisområde Östra Skaraborg"))
    ]
    found = surveys(results(rows), police_area, taxonomy)
    assert found.rows[["role", "geography"]].to_numpy().tolist() == [["own", "ostra-skaraborg"]]
    assert "enkat_per_kommun" in {doubt.kind for doubt in found.doubts}


def test_unknown_surveys_and_items_are_doubts(results, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = [
        ("Okänd mätning", DAMAGE, "alla", "kommun", "1493", 2025, 20.0, 18.0, 22.0, 900),
        ("NTU", "Problem med spöken", "alla", "kommun", "1493", 2025, 20.0, 18.0, 22.0, 900),
    ]
    found = surveys(results(rows), profile, taxonomy)
    assert found.rows.empty
    assert {doubt.kind for doubt in found.doubts} == {"okand_enkat", "okand_fraga"}


def test_forty_unknown_questions_are_one_doubt(results, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = [("NTU", f"Problem nummer {n}", "alla", "kommun", "1493", 2025, 20.0, 18.0, 22.0, 900) for n in range(40)]
    (doubt,) = surveys(results(rows), profile, taxonomy).doubts
    assert (doubt.kind, doubt.n_rows, "35 till" in doubt.what) == ("okand_fraga", 40, True)


def test_a_better_value_is_marked_so_and_not_turned(results, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = [("NTU", DAMAGE, "alla", "kommun", "1493", 2025, 80.0, None, None, None)]
    found = surveys(results(rows, higher_is="better"), profile, taxonomy)
    assert found.rows[["value", "is_higher_worse"]].to_numpy().tolist() == [[0.8, False]]
    assert found.rows[["lower", "n_effective"]].isna().all(axis=None)
    assert "bas_saknas" in {doubt.kind for doubt in found.doubts}


def test_answers_are_weighted_and_their_strata_used(table, profile: Profile, taxonomy: Taxonomy) -> None:
    question = "Problem med skadegörelse där jag bor"
    rows = [
        ("egen_enkat", 2025, str(number), question, answer, group, weight, stratum)
        for number, (answer, group, weight, stratum) in enumerate(
            [
                ("I stor utsträckning", "kvinnor", 2.0, "stad"),
                ("Inte alls", "män", 1.0, "stad"),
                ("I viss utsträckning", "män", 1.0, "land"),
                ("I stor utsträckning", "kvinnor", 1.0, "land"),
                ("Vet ej", "män", 1.0, "land"),
            ]
            * 10
        )
    ]
    found = answers(Tables(survey_answers=table("survey_answers", ANSWER, rows)), profile, taxonomy)
    everyone = found.rows.set_index("group").loc["alla"]
    assert everyone["value"] == pytest.approx(3 / 5)
    assert (everyone["numerator"], everyone["denominator"]) == (20, 40)
    assert everyone["lower"] < 0.6 < everyone["upper"]
    assert everyone["n_effective"] <= 40
    assert found.rows.set_index("group").loc["kvinnor", "value"] == 1.0
    assert not found.rows["is_published"].any()


def test_answers_nobody_can_read_are_counted_and_never_quoted(table, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = [
        ("egen_enkat", 2025, str(number), "Erbjuden narkotika", "Ja" if number % 2 else "Nej", None, None, None)
        for number in range(19)
    ]
    rows.append(("egen_enkat", 2025, "x", "Erbjuden narkotika", "Kalle Karlsson bjöd mig", None, None, None))
    found = answers(Tables(survey_answers=table("survey_answers", ANSWER, rows)), profile, taxonomy)
    assert found.rows["denominator"].tolist() == [19]
    (doubt,) = found.doubts
    assert (doubt.kind, doubt.n_rows) == ("okant_svar", 1)
    assert "Kalle" not in str(doubt)


def test_dialogue_shares_of_all_mentions(table, profile: Profile, taxonomy: Taxonomy) -> None:
    columns = ["dialogue", "date", "theme", "mentions"]
    rows = [
        ("citizen", "2025-03-29", "Skadegörelse", 30),
        ("citizen", "2025-03-29", "Narkotika", 10),
        ("citizen", "2025-05-01", "Narkotika", 10),
        ("citizen", "2025-05-01", "Drakar", 50),
        ("staff", "2025-03-29", "Narkotika", 7),
        ("citizen", "2026-01-01", "Narkotika", 99),
    ]
    found = dialogue(Tables(dialogue_themes=table("dialogue_themes", columns, rows)), profile, taxonomy)
    shares = {(row.source, row.problem_area): row.value for row in found.rows.itertuples()}
    assert shares == {
        ("medborgardialog", "skadegorelse"): 0.3,
        ("medborgardialog", "narkotika"): 0.2,
        ("medarbetardialog", "narkotika"): 1.0,
    }
    (doubt,) = found.doubts
    assert (doubt.kind, doubt.share) == ("okant_tema", pytest.approx(50 / 107))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nobody_and_everybody_have_limits(share: float) -> None:
    lower, upper = survey.logit_limits(share, 50)
    assert 0 <= lower <= share <= upper <= 1
    assert upper - lower > 0.02
    mean = survey.design_mean([share] * 30)
    assert survey.design_limits(mean)[0] <= share <= survey.design_limits(mean)[1]


def test_effective_n_from_limits_undoes_the_limits() -> None:
    share, n = 0.3, 400.0
    margin = 1.959963984540054 * (share * (1 - share) / n) ** 0.5
    assert survey.n_effective_from_limits(share, share - margin, share + margin) == pytest.approx(n)
    assert survey.kish_deff([2.0] * 9) == 1.0
