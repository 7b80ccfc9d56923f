from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild import taxonomy as terms
from lagesbild.disclosure import (
    hidden_because,
    protect,
    protect_counts,
    protect_doubts,
    protect_effort,
    protection,
    shown_by_week,
)
from lagesbild.errors import DisclosureError, Doubt, Place
from lagesbild.measures import clustering
from lagesbild.measures.effort import EffortSummary
from lagesbild.measures.frame import joined, measure_rows
from lagesbild.measures.measure import MEASURE_SCHEMA, Measures
from lagesbild.taxonomy import Taxonomy

EMPTY = ["value", "lower", "upper", "numerator"]


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return terms.load()


def est_rows(
    counts: dict[str, int], total: int, measure: str = "est_share", year: int = 2025, dispersion: float = 0.3
) -> pd.DataFrame:
    frame = pd.DataFrame({"problem_area": list(counts), "numerator": list(counts.values()), "year": year})
    frame = frame.assign(value=frame["numerator"] / total, lower=0.0, upper=1.0, denominator=total, dispersion=dispersion)
    return measure_rows(frame, measure, source="est", role="own", geography="1493", is_published=False)


def hidden(measures: Measures) -> set[tuple[str, str]]:
    rows = measures.rows[measures.rows["is_suppressed"]]
    return set(zip(rows["problem_area"], rows["measure"], strict=True))


def test_a_small_count_in_a_sensitive_area_goes_and_takes_the_next_in_the_order(taxonomy: Taxonomy) -> None:
    counts = {"sexualbrott": 3, "skadegorelse": 40, "narkotika": 9, "ran": 2, "brott_mot_barn": 0}
    found = protect(Measures(est_rows(counts, 60)), taxonomy)
    # 60 − 40 − 9 − 2 − 0 leaves 9 = 3 + 6 without area; the reader may know the 6, so rån goes too: 3 + 2 is more than 4.
    assert hidden(found) == {("sexualbrott", "est_share"), ("ran", "est_share")}
    gone = found.rows[found.rows["is_suppressed"]].set_index("problem_area")
    assert gone[EMPTY].isna().all(axis=None)
    assert gone.loc["sexualbrott", "denominator"] == 60
    assert np.isnan(gone.loc["ran", "denominator"])  # only a small count keeps its base
    assert gone["dispersion"].eq(0.15).all()
    MEASURE_SCHEMA.validate(found.rows)


def test_which_areas_help_does_not_depend_on_which_is_smallest(taxonomy: Taxonomy) -> None:
    for skadegorelse in (2, 40):
        counts = {"sexualbrott": 3, "skadegorelse": skadegorelse, "narkotika": 9, "ran": 1}
        # rån alone leaves 3 + 1 = 4, which 4 + 0 would too; narkotika comes before skadegörelse in the taxonomy.
        assert {area for area, _ in hidden(protect(Measures(est_rows(counts, 60)), taxonomy))} == {
            "sexualbrott",
            "ran",
            "narkotika",
        }


def test_zero_and_five_are_shown_and_so_are_small_counts_elsewhere(taxonomy: Taxonomy) -> None:
    counts = {"sexualbrott": 0, "vald_nara_relation": 5, "ran": 1, "skadegorelse": 40}
    measures = Measures(est_rows(counts, 46))
    assert protect(measures, taxonomy) is measures or not protect(measures, taxonomy).rows["is_suppressed"].any()


def test_a_rate_of_the_same_count_goes_with_its_share(taxonomy: Taxonomy) -> None:
    counts = {"sexualbrott": 3, "skadegorelse": 40, "narkotika": 9}
    rows = joined([est_rows(counts, 60), est_rows(counts, 416, "est_rate")])
    assert hidden(protect(Measures(rows), taxonomy)) == {
        (area, measure) for area in ("sexualbrott", "narkotika") for measure in ("est_share", "est_rate")
    }


def test_two_fours_are_not_told_by_their_sum(taxonomy: Taxonomy) -> None:
    for other in (4, 2, 1):  # were narkotika hidden beside 4 and 4 alone, its absence would tell that they are not 4 and 4
        counts = {"sexualbrott": 4, "brott_mot_barn": other, "skadegorelse": 40, "narkotika": 9}
        found = protect(Measures(est_rows(counts, 53 + other)), taxonomy)
        assert {area for area, _ in hidden(found)} == {"sexualbrott", "brott_mot_barn", "narkotika"}


def test_each_year_is_protected_by_itself(taxonomy: Taxonomy) -> None:
    rows = joined([est_rows({"sexualbrott": 3, "ran": 8}, 11), est_rows({"sexualbrott": 30, "ran": 8}, 38, year=2024)])
    found = protect(Measures(rows), taxonomy).rows
    assert found.groupby("year")["is_suppressed"].sum().to_dict() == {2024: 0, 2025: 2}


def test_where_nothing_else_can_go_the_total_goes(taxonomy: Taxonomy) -> None:
    found = protect(Measures(est_rows({"sexualbrott": 3, "brott_mot_barn": 0}, 3)), taxonomy).rows
    assert found["is_suppressed"].all()
    assert found["denominator"].isna().all()


def test_published_figures_stay_as_published(taxonomy: Taxonomy) -> None:
    rows = est_rows({"sexualbrott": 3, "ran": 8}, 11).assign(is_published=True)
    pd.testing.assert_frame_equal(protect(Measures(rows), taxonomy).rows, rows)


def test_protecting_twice_changes_nothing(taxonomy: Taxonomy) -> None:
    once = protect(Measures(est_rows({"sexualbrott": 3, "ran": 2, "skadegorelse": 40}, 45)), taxonomy)
    pd.testing.assert_frame_equal(protect(once, taxonomy).rows, once.rows)


def survey_rows(counts: dict[str, tuple[int, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        [{"group": group, "numerator": yes, "denominator": n, "value": yes / n} for group, (yes, n) in counts.items()]
    )
    frame = frame.assign(year=2025, problem_area="sexualbrott", item="Utsatt", lower=0.0, upper=1.0, n_effective=70.0)
    return measure_rows(frame, "survey_share", source="egen_enkat", role="own", geography="1493", is_published=False)


def test_a_group_that_follows_from_all_and_the_other_group_takes_the_other(taxonomy: Taxonomy) -> None:
    found = protect(Measures(survey_rows({"alla": (33, 210), "kvinnor": (31, 110), "män": (2, 100)})), taxonomy).rows
    assert found.loc[found["is_suppressed"], "group"].tolist() == ["kvinnor", "män"]
    # The effective base could betray the share; a hidden row has the default one, or none where the base is gone too.
    assert found.loc[found["is_suppressed"], "n_effective"].tolist() == pytest.approx([np.nan, 100 / 1.4], nan_ok=True)


def test_two_small_groups_hide_everybody(taxonomy: Taxonomy) -> None:
    found = protect(Measures(survey_rows({"alla": (5, 210), "kvinnor": (3, 110), "män": (2, 100)})), taxonomy).rows
    assert found["is_suppressed"].all()
    assert dict(zip(found["group"], hidden_because(found), strict=True)) == {"alla": "other", "kvinnor": "few", "män": "few"}


def test_of_few_answers_no_group_tells_even_that_it_is_none(taxonomy: Taxonomy) -> None:
    groups = {"alla": (4, 250), **{f"{age}-åringar": (1, 50) for age in (20, 30, 40, 50)}, "60-åringar": (0, 50)}
    found = protect(Measures(survey_rows(groups)), taxonomy).rows
    assert found["is_suppressed"].all()  # one in each of four groups would follow from 4 of all and 0 of the fifth
    assert dict(zip(found["group"], hidden_because(found), strict=True))["alla"] == "few"
    assert found.loc[found["group"].ne("alla"), "denominator"].isna().all()


def test_why_a_row_is_hidden(taxonomy: Taxonomy) -> None:
    rows = protect(Measures(est_rows({"sexualbrott": 3, "ran": 8, "skadegorelse": 40}, 51)), taxonomy).rows
    reasons = dict(zip(rows["problem_area"], hidden_because(rows), strict=True))
    assert reasons == {"sexualbrott": "few", "ran": "other", "skadegorelse": ""}


def weekly(counts: dict[str, list[int]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"week": f"2025-W{week:02}", "year": 2025, "problem_area": area, "count": count}
            for area, series in counts.items()
            for week, count in enumerate(series, 1)
        ]
    )


def test_a_sensitive_series_with_a_small_week_is_hidden_whole(taxonomy: Taxonomy) -> None:
    frame = weekly({"sexualbrott": [0, 1, 0], "brott_mot_barn": [0, 0, 6], "skadegorelse": [1, 2, 3]})
    found = protect_counts(frame, taxonomy, total_over=["year"]).set_index("problem_area")
    assert found.loc["sexualbrott", "count"].isna().all()
    assert found.loc["brott_mot_barn", "count"].tolist() == [0, 0, 6]
    assert found.loc["skadegorelse", "count"].tolist() == [1, 2, 3]


def test_places_hide_small_counts_of_every_area_and_sensitive_areas_whole(taxonomy: Taxonomy) -> None:
    frame = pd.DataFrame(
        {
            "problem_area": ["skadegorelse"] * 4 + ["sexualbrott"] * 2,
            "area": ["Centrum", "Station", "Öster", "Väster", "Centrum", "Station"],
            "n": [8, 3, 30, 12, 40, 6],
        }
    )
    found = protect_counts(frame, taxonomy, count="n", is_place=True)
    assert found["n"].isna().tolist() == [True, True, False, False, True, True]


def test_a_table_with_its_own_total_is_refused(taxonomy: Taxonomy) -> None:
    with pytest.raises(DisclosureError, match="summor"):
        protect_counts(weekly({"totalt": [3], "sexualbrott": [1]}), taxonomy)


def test_weeks_of_a_hidden_year_are_hidden(taxonomy: Taxonomy) -> None:
    shown = protect(Measures(est_rows({"sexualbrott": 3, "ran": 8, "skadegorelse": 40}, 51)), taxonomy)
    frame = weekly({"ran": [8, 0], "skadegorelse": [20, 20]})
    found = protect_counts(frame, taxonomy, total_over=["year"], shown=shown)
    assert found["is_suppressed"].tolist() == [True, True, False, False]


def test_effort_goes_where_its_sum_would_tell(taxonomy: Taxonomy) -> None:
    rows = [
        ("sexualbrott", 15, 2, 9, "Skolan", 0.6, 3),
        ("ran", 20, 2, 9, "Park", 0.6, 8),
        ("skadegorelse", 3, 1, 3, "Park", 1.0, 3),
    ]
    columns = ["problem_area", "n_counted", "n_organisations", "n_weeks", "largest_organisation", "largest_share"]
    areas = pd.DataFrame(rows, columns=[*columns, "fewest_in_a_year"])
    areas = areas.assign(n_listed=areas["n_counted"])
    summary = EffortSummary(38, 38, 3, 52, True, 90, 10, 4, "Skolan", 0.5, areas, pd.DataFrame())
    measures = protect(Measures(est_rows({"sexualbrott": 3, "ran": 8, "skadegorelse": 40}, 51)), taxonomy)
    shown = protect_effort(summary, taxonomy, measures).areas.set_index("problem_area")
    for area in ("sexualbrott", "ran"):
        assert shown.loc[area, ["n_listed", "n_counted", "n_weeks", "largest_share"]].isna().all()
        assert shown.loc[area, "largest_organisation"] == ""
    assert shown.loc["skadegorelse", "n_counted"] == 3
    assert "fewest_in_a_year" not in shown


def test_a_count_that_can_be_worked_out_stops_the_run(taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "complete", lambda *_: None)
    with pytest.raises(DisclosureError, match="sexualbrott 2025"):
        protect(Measures(est_rows({"sexualbrott": 3, "ran": 8}, 11)), taxonomy)


def test_a_counted_measure_that_nobody_declared_is_hidden_whole(taxonomy: Taxonomy) -> None:
    rows = est_rows({"sexualbrott": 30, "ran": 8}, 38).assign(measure="reported_robust")
    found = protect(Measures(rows), taxonomy).rows
    assert found["is_suppressed"].all()
    assert found[[*EMPTY, "denominator"]].isna().all(axis=None)
    published = rows.assign(is_published=True)
    pd.testing.assert_frame_equal(protect(Measures(published), taxonomy).rows, published)


def test_two_counts_of_one_thing_are_not_told_apart_by_a_little(taxonomy: Taxonomy) -> None:
    whole = est_rows({"sexualbrott": 12, "ran": 8, "skadegorelse": 40}, 60)
    steady = est_rows({"sexualbrott": 10, "ran": 8, "skadegorelse": 40}, 500, "est_rate")
    found = protect(Measures(joined([whole, steady])), taxonomy)
    # 12 − 10: two came from somebody else. Rån's 8 + 10 would not hide it: rån is 8 at most, as the first count tells.
    assert hidden(found) == {(area, "est_rate") for area in ("sexualbrott", "ran", "skadegorelse")}
    assert found.rows.loc[found.rows["is_suppressed"], "denominator"].isna().all()


def test_another_count_of_the_same_is_hidden_where_the_first_is(taxonomy: Taxonomy) -> None:
    whole = est_rows({"sexualbrott": 3, "ran": 8, "skadegorelse": 40}, 51)
    robust = est_rows({"sexualbrott": 3, "ran": 8, "skadegorelse": 30}, 41, "est_robust")
    found = protect(Measures(joined([whole, robust])), taxonomy)
    assert hidden(found) == {(area, measure) for area in ("sexualbrott", "ran") for measure in ("est_share", "est_robust")}
    assert hidden_because(found.rows[found.rows["measure"].eq("est_robust")]).tolist() == ["other", "other", ""]
    doubt = Doubt(
        "topp_est", "EST-observationer", "Mars 2025 ligger långt över.", "Rangordningen räknar med det väntade antalet."
    )
    assert protect_doubts([doubt], found, taxonomy) == (doubt,)
    assert protect_doubts([doubt], protect(Measures(whole), taxonomy), taxonomy)[0].action.startswith("Antalen kan inte visas")


def test_shown_rows_of_a_sensitive_area_tell_no_more_than_their_count(taxonomy: Taxonomy) -> None:
    rows = est_rows({"sexualbrott": 12, "skadegorelse": 40}, 60, dispersion=0.123456)
    found = protect(Measures(rows), taxonomy).rows.set_index("problem_area")
    assert found["dispersion"].to_dict() == {"sexualbrott": 0.12, "skadegorelse": 0.123456}
    assert found.loc["sexualbrott", "lower"] == pytest.approx(clustering.share_limits(12, 60, 0.12)[0])
    asked = protect(Measures(survey_rows({"alla": (33, 210)})), taxonomy).rows.iloc[0]
    assert (asked["value"], asked["n_effective"]) == (0.157, 70)


def test_the_rest_of_the_week_hides_the_sensitive_areas(taxonomy: Taxonomy) -> None:
    shown = Measures(est_rows({"sexualbrott": 12, "ran": 8, "skadegorelse": 40, "trafik": 30}, 90))
    counts = {"sexualbrott": 12, "ran": 4, "": 0, "skadegorelse": 40, "trafik": 30}
    yearly = pd.DataFrame({"year": 2025, "problem_area": list(counts), "count": list(counts.values())})
    wanted = ["skadegorelse", "trafik", "sexualbrott"]
    assert shown_by_week(yearly, wanted, taxonomy, shown) == ["skadegorelse"]  # beside both, only four others would be left
    plenty = yearly.replace({"count": {4: 5}})
    assert shown_by_week(plenty, wanted, taxonomy, shown) == ["skadegorelse", "trafik"]
    alone = yearly[yearly["problem_area"].isin(["sexualbrott", "ran"])]
    assert shown_by_week(alone, wanted, taxonomy, shown) is None
    hidden_year = protect(Measures(est_rows({"sexualbrott": 2, "skadegorelse": 40, "trafik": 30, "ran": 0}, 72)), taxonomy)
    assert shown_by_week(plenty, wanted, taxonomy, hidden_year) == ["trafik"]  # skadegörelse helps to hide the 2


def test_doubts_about_a_named_category_lose_their_rows_and_number(taxonomy: Taxonomy) -> None:
    place = Place("est.xlsx, rad 4 och 7, kolumn Kategori", "est.xlsx", "", (4, 7), "Kategori", "C")
    few = Doubt("okand_kategori", place, 'kategorin "Oro" är okänd (färre än 5 observationer).', "", 2, 0.01)
    many = Doubt("okand_kategori", place, 'kategorin "Oro" är okänd (7 observationer).', "", 7, 0.1)
    dates = Doubt("datum_saknas", place, "datum saknas.", "", 2, 0.01)
    shown = Measures(est_rows({"sexualbrott": 12, "ran": 8}, 20))
    found = protect_doubts([few, many, dates], shown, taxonomy)
    assert (str(found[0].where), found[0].n_rows, found[0].share) == ("est.xlsx, kolumn Kategori", 0, None)
    assert found[1:] == (many, dates)


def test_a_doubt_that_an_area_has_many_goes_with_its_count(taxonomy: Taxonomy) -> None:
    shown = protect(Measures(est_rows({"sexualbrott": 3, "ran": 8, "skadegorelse": 40}, 51)), taxonomy)
    spikes = [Doubt("topp_est", f"EST-observationer, {taxonomy.name(area)}", "Mars.") for area in ("ran", "skadegorelse")]
    changed = [
        Doubt("andrad_kategorilista", "EST-observationer", f'kategorin "{name}" finns först 2025.')
        for name in ("Rån", "Klotter")
    ]
    assert [str(one.where) + one.what for one in protect_doubts([*spikes, *changed], shown, taxonomy)] == [
        f"EST-observationer, {taxonomy.name('skadegorelse')}Mars.",
        'EST-observationerkategorin "Klotter" finns först 2025.',
    ]
