"""How severe a line is held to be: the table is whole; a profile may put its own view in its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lagesbild import taxonomy
from lagesbild.errors import ProfileError
from lagesbild.profile import Profile
from lagesbild.settings import Severity
from lagesbild.taxonomy import Taxonomy, files, severity
from lagesbild.taxonomy.checks import TaxonomyError


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


def profile(**changes: object) -> Profile:
    given = Severity.model_validate({"use": True, **changes})
    return Profile(slug="a", name="A", kommunkoder=("1493",), year=2025, raw=Path(), processed=Path()).model_copy(
        update={"severity": given}
    )


def test_every_line_has_a_row_and_only_the_area_without_offences_has_no_value(terms: Taxonomy) -> None:
    table = terms.severity.set_index("problem_area")
    assert set(table.index) == set(terms.line_ids) - {"totalt"}
    assert list(table.index[table["harm"].isna()]) == ["unga_i_riskzon"]
    assert set(table.loc[table["source"].str.startswith("Polisens brottsskadeindex") & table["quality"].eq("god"), "harm"]) == {
        1.0, 2.0, 4.0, 5.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("index", "lowest", "highest"),
    [
        (122, 120, None),
        (25, 24, 72),
        (20, 24, 60),
        (19, 18, 72),
        (15, 24, 72),
        (12, 9, 72),
        (5, 0, 24),
        (4, 0, 24),
        (2, 0, 24),
        (1, 0, 6),
    ],
)
def test_the_rule_for_penal_scales_is_within_a_factor_of_two_of_the_polices_index(
    index: float, lowest: float, highest: float | None
) -> None:
    value = lowest if lowest >= 6 or highest is None else highest / 6
    assert 0.5 <= value / index <= 2


def test_the_profiles_values_take_the_place_of_the_tables(terms: Taxonomy) -> None:
    found = severity.harm(profile(harm={"ran": 20, "unga_i_riskzon": 3}), terms)
    assert (found["ran"], found["unga_i_riskzon"], found["bostadsinbrott"]) == (20.0, 3.0, 12.0)
    assert "unga_i_riskzon" not in severity.harm(profile(), terms)
    assert severity.unit(profile()) == "månader"


def test_classes_are_equal_steps_and_leave_the_table_aside(terms: Taxonomy) -> None:
    one = profile(classes={"stold": 1, "brott_mot_naringsliv": 3, "narkotika": 5})
    found = severity.harm(one, terms)
    assert {line: found[line] for line in ("stold", "brott_mot_naringsliv", "narkotika")} == {
        "stold": 1.0, "brott_mot_naringsliv": 9.0, "narkotika": 81.0,
    }  # fmt: skip
    assert found["stold_utom_bil_bostad"] == pytest.approx(3.0), "a combined line is the mean of the areas it covers"
    assert "stold_ran_ovrigt" not in found, "robbery has no class, so the line that holds it has none"
    assert "skadegorelse" not in found
    assert severity.unit(one) == "klass 1–5"


def test_unknown_areas_are_refused_all_at_once_with_the_nearest(terms: Taxonomy) -> None:
    with pytest.raises(ProfileError) as error:
        severity.harm(profile(harm={"raan": 3, "totalt": 3, "stold": 2}), terms)
    said = [str(problem) for problem in error.value.problems]
    assert said[0] == 'a, severity.harm.raan: problemområdet finns inte. Närmaste kända är "ran".'
    assert len(said) == 2


def test_a_table_with_a_line_missing_or_a_value_of_nothing_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "taxonomy"
    shutil.copytree(files.FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    rows = (folder / "severity.csv").read_text("utf-8").splitlines()
    kept = [row.replace("stold,2,", "stold,0,") for row in rows if not row.startswith("ran,")]
    (folder / "severity.csv").write_text("\n".join(kept) + "\n", "utf-8")
    with pytest.raises(TaxonomyError) as error:
        files.load_from(folder)
    assert str(error.value).splitlines() == [
        "severity.csv: no row for ran",
        "severity.csv: harm of stold must be above 0, with its unit",
    ]
