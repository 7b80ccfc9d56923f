from __future__ import annotations

import pandas as pd
import pytest

from lagesbild.measures.annual import annual
from lagesbild.measures.counts import LineCounts, line_counts
from lagesbild.taxonomy import Taxonomy

OWN = ("1493",)
GROUP = ["kommunkod", "offence", "year", "count"]
MONTH = ["kommunkod", "offence", "year", "month", "count", "status"]
CODE = ["kommunkod", "offence", "key_type", "year", "count"]
THEFT, BURGLARY = "8 kap. Stöld, rån m.m.", "Stöld genom inbrott i bostad"


def counts(found: LineCounts, line: str) -> dict[tuple[str, int], int]:
    rows = found.rows[found.rows["line"].eq(line)]
    return dict(zip(zip(rows["kommunkod"], rows["year"], strict=True), rows["count"], strict=True))


def kinds(found: LineCounts) -> list[str]:
    return [doubt.kind for doubt in found.doubts]


def test_twelve_months_make_a_year_and_eleven_do_not(table) -> None:
    whole = [("1493", "Våldsbrott", 2024, month, 10, "final") for month in range(1, 13)]
    part = [("1493", "Våldsbrott", 2025, month, 10, "preliminary") for month in range(1, 12)]
    found = annual(table("reported_offences", MONTH, whole + part), OWN, 2025)
    assert found.rows[["year", "count", "status"]].to_numpy().tolist() == [[2024, 120, "final"]]
    assert [doubt.kind for doubt in found.doubts] == ["del_av_ar"]
    assert "elva" in found.doubts[0].what


def test_twelve_months_are_no_year_when_one_of_them_is_withheld(table) -> None:
    rows = [
        ("1493", "Våldsbrott", 2024, month, None if month == 7 else 10, "suppressed" if month == 7 else None)
        for month in range(1, 13)
    ]
    listed = table("reported_offences", ["kommunkod", "offence", "year", "month", "count", "missing"], rows)
    assert annual(listed, OWN, 2025).rows.empty


def test_a_year_with_one_preliminary_month_is_preliminary(table) -> None:
    rows = [("1493", "Våldsbrott", 2024, month, 1, "preliminary" if month == 12 else "final") for month in range(1, 13)]
    found = annual(table("reported_offences", MONTH, rows), OWN, 2025)
    assert found.rows["status"].tolist() == ["preliminary"]


def test_a_yearly_row_goes_before_the_months_and_final_before_preliminary(table) -> None:
    months = [("1493", "Totalt antal brott", 2024, month, 10, "final") for month in range(1, 13)]
    years = [
        ("1493", "Totalt antal brott", 2024, None, 119, "preliminary"),
        ("1493", "Totalt antal brott", 2024, None, 121, "final"),
    ]
    found = annual(table("reported_offences", MONTH, months + years), OWN, 2025)
    assert found.rows[["count", "is_monthly", "status"]].to_numpy().tolist() == [[121, False, "final"]]


def test_burglary_is_taken_out_of_theft_only_where_both_are_known(table, taxonomy: Taxonomy) -> None:
    rows = [("1493", THEFT, 2024, 500), ("1493", BURGLARY, 2024, 80), ("1493", THEFT, 2025, 519)]
    found = line_counts(table("reported_offences", GROUP, rows), OWN, 2025, taxonomy)
    assert counts(found, "stold_ran_ovrigt") == {("1493", 2024): 420}
    assert counts(found, "bostadsinbrott") == {("1493", 2024): 80}
    (doubt,) = [doubt for doubt in found.doubts if doubt.kind == "delar_saknas"]
    assert "2025" in doubt.what


def test_theft_without_any_burglary_makes_no_line(table, taxonomy: Taxonomy) -> None:
    found = line_counts(table("reported_offences", GROUP, [("1493", THEFT, 2025, 519)]), OWN, 2025, taxonomy)
    assert found.rows.empty
    assert any(doubt.kind == "delar_saknas" and BURGLARY in doubt.what for doubt in found.doubts)


def test_more_burglaries_than_thefts_is_a_doubt_and_no_count(table, taxonomy: Taxonomy) -> None:
    rows = [("1493", THEFT, 2025, 10), ("1493", BURGLARY, 2025, 11)]
    found = line_counts(table("reported_offences", GROUP, rows), OWN, 2025, taxonomy)
    assert counts(found, "stold_ran_ovrigt") == {}
    assert "negativ_skillnad" in kinds(found)


def test_a_label_inside_another_of_the_same_line_is_never_added(table, taxonomy: Taxonomy) -> None:
    rows = [("1493", "9 kap. Bedrägeri och annan oredlighet", 2025, 90), ("1493", "Befogenhetsbedrägeri", 2025, 40)]
    found = line_counts(table("reported_offences", GROUP, rows), OWN, 2025, taxonomy)
    assert counts(found, "bedrageri") == {("1493", 2025): 90}


def test_an_absent_code_is_zero_only_if_it_stands_somewhere_in_the_delivery(table, taxonomy: Taxonomy) -> None:
    rows = [
        ("1493", "1203", "code", 2024, 7), ("1493", "9801", "code", 2024, 3),
        ("1493", "1203", "code", 2025, 9),
        ("1499", "9801", "code", 2025, 4),
    ]  # fmt: skip
    found = line_counts(table("reported_offences", CODE, rows), OWN, 2025, taxonomy)
    assert counts(found, "skadegorelse") == {("1493", 2024): 7, ("1493", 2025): 9, ("1499", 2025): 0}
    assert counts(found, "bostadsinbrott") == {("1493", 2024): 3, ("1493", 2025): 0, ("1499", 2025): 4}
    assert counts(found, "narkotika") == {}


def test_a_withheld_code_takes_its_area_and_year_away(table, taxonomy: Taxonomy) -> None:
    columns = [*CODE, "missing"]
    rows = [
        ("1493", "1203", "code", 2025, 9, None),
        ("1493", "1201", "code", 2025, None, "suppressed"),
        ("1493", "9801", "code", 2025, 2, None),
    ]
    found = line_counts(table("reported_offences", columns, rows), OWN, 2025, taxonomy)
    assert counts(found, "skadegorelse") == {}
    assert counts(found, "bostadsinbrott") == {("1493", 2025): 2}
    assert {"antal_saknas", "delar_saknas"} <= set(kinds(found))


def test_codes_go_before_groups_and_the_other_set_is_a_doubt(table, taxonomy: Taxonomy) -> None:
    rows = [("1493", "1203", "code", 2025, 9), ("1493", "12 kap. Skadegörelsebrott", "group", 2025, 12)]
    found = line_counts(table("reported_offences", CODE, rows), OWN, 2025, taxonomy)
    assert counts(found, "skadegorelse") == {("1493", 2025): 9}
    assert any(doubt.kind == "dubbel_kalla" and "Skadegörelse" in doubt.where for doubt in found.doubts)


def test_a_key_set_that_ends_earlier_does_not_go_first(table, taxonomy: Taxonomy) -> None:
    rows = [("1493", "1203", "code", 2023, 9), ("1493", "12 kap. Skadegörelsebrott", "group", 2025, 12)]
    found = line_counts(table("reported_offences", CODE, rows), OWN, 2025, taxonomy)
    assert counts(found, "skadegorelse") == {("1493", 2025): 12}


def test_a_line_that_ends_long_ago_is_left_out(table, taxonomy: Taxonomy) -> None:
    rows = [("1493", "12 kap. Skadegörelsebrott", 2022, 12), ("1493", "Totalt antal brott", 2025, 100)]
    found = line_counts(table("reported_offences", GROUP, rows), OWN, 2025, taxonomy)
    assert set(found.rows["line"]) == {"totalt"}
    assert "for_gammalt" in kinds(found)


def test_a_broad_line_whose_areas_are_counted_by_code_is_left_out(table, taxonomy: Taxonomy) -> None:
    code_of = {
        area: taxonomy.offence_codes.loc[taxonomy.offence_codes["problem_area"].eq(area), "brottskod"].iloc[0]
        for area in taxonomy.covers("brott_mot_person")
    }
    rows = [("1493", code, "code", 2025, 5) for code in code_of.values()]
    rows.append(("1493", "3-7 kap. Brott mot person", "group", 2025, 60))
    found = line_counts(table("reported_offences", CODE, rows), OWN, 2025, taxonomy)
    assert "brott_mot_person" not in set(found.rows["line"])
    assert any(doubt.kind == "dubbel_kalla" and "räknas redan" in doubt.what for doubt in found.doubts)


def test_indicators_of_single_areas_go_before_the_chapters_that_hold_them(table, taxonomy: Taxonomy) -> None:
    """A second, coarser file must not take areas away, nor count them twice."""
    rows = [
        ("1493", "Våld i nära relationer, mot kvinnor", 2024, 29),
        ("1493", "Våld i nära relationer, mot män", 2024, 6),
        ("1493", "Våld i offentlig miljö mot vuxna", 2024, 44),
        ("1493", "Narkotikabrott", 2024, 288),
        ("1493", "3-7 kap. Brott mot person", 2024, 551),
        ("1493", "Narkotikastrafflagen och vapenlagen", 2024, 300),
    ]
    found = set(line_counts(table("reported_offences", GROUP, rows), OWN, 2024, taxonomy).rows["line"])
    assert {"vald_nara_relation", "vald_offentlig_miljo", "narkotika"} <= found
    assert "brott_mot_person" not in found
    assert "narkotika_vapen" not in found


def test_a_chapter_of_which_one_area_is_counted_stays(table, taxonomy: Taxonomy) -> None:
    code = taxonomy.offence_codes.loc[taxonomy.offence_codes["problem_area"].eq("sexualbrott"), "brottskod"].iloc[0]
    rows = [("1493", code, "code", 2025, 5), ("1493", "3-7 kap. Brott mot person", "group", 2025, 60)]
    assert set(line_counts(table("reported_offences", CODE, rows), OWN, 2025, taxonomy).rows["line"]) == {
        "sexualbrott",
        "brott_mot_person",
    }


def test_what_no_line_takes_in_is_told_with_its_share_of_all_offences(table, taxonomy: Taxonomy) -> None:
    rows = [
        ("1493", "Totalt antal brott", "group", 2025, 200), ("1493", "9999", "code", 2025, 6),
        ("1493", "Påhittad grupp", "group", 2025, 10), ("1493", "Lag om straff för penningtvättsbrott", "group", 2025, 4),
        ("1493", "Penningtvättsbrott (3-4 §)", "group", 2025, 4),
    ]  # fmt: skip
    found = line_counts(table("reported_offences", CODE, rows), OWN, 2025, taxonomy)
    shares = {doubt.kind: doubt.share for doubt in found.doubts}
    assert shares["okand_brottskod"] == pytest.approx(0.03)
    assert shares["okand_brottsgrupp"] == pytest.approx(0.05)
    assert shares["brott_utan_omrade"] == pytest.approx(0.02)


def test_later_years_and_the_order_of_rows_change_nothing(table, taxonomy: Taxonomy) -> None:
    rows = [("1493", THEFT, year, 500) for year in range(2020, 2027)] + [
        ("1493", BURGLARY, year, 80) for year in range(2020, 2027)
    ]
    listed = table("reported_offences", GROUP, rows)
    found = line_counts(listed, OWN, 2024, taxonomy)
    assert found.rows["year"].max() == 2024
    pd.testing.assert_frame_equal(found.rows, line_counts(listed.sample(frac=1, random_state=3), OWN, 2024, taxonomy).rows)


@pytest.mark.parametrize(
    ("label", "line", "part"),
    [
        ("Rån mot privatperson, unga", "ran", "rån mot personer under 18 år"),
        ("Bilbrott", "stold", "stöld av, ur och från bil"),
        ("Vapenlagen", "hot_tjansteperson", "vapenbrott"),
        ("Narkotikastrafflagen", "narkotika", None),
    ],
)
def test_a_label_that_is_a_part_of_its_area_says_which(
    table, taxonomy: Taxonomy, label: str, line: str, part: str | None
) -> None:
    found = line_counts(table("reported_offences", GROUP, [("1493", label, 2025, 12)]), OWN, 2025, taxonomy)
    assert set(found.rows["line"]) == {line}
    assert found.parts.get(line) == part
