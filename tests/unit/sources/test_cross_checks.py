"""What shows only when sources are laid side by side: each contradiction is a doubt with both figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lagesbild import sources, store
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources.checks.code_validity import outside_validity
from lagesbild.sources.checks.earlier import Earlier, against_earlier
from lagesbild.sources.checks.parts_and_whole import parts_against_whole
from lagesbild.sources.checks.shown import shown_count
from lagesbild.tables import TABLES, Tables
from lagesbild.taxonomy import Taxonomy

Put = Callable[..., Path]


def offences(*rows: tuple[str, str, int, int | None]) -> pd.DataFrame:
    """offence, key_type, year, count for Mariestad; final years."""
    frame = pd.DataFrame(rows, columns=["offence", "key_type", "year", "count"]).assign(kommunkod="1493", status="final")
    table = TABLES["reported_offences"]
    return frame.reindex(columns=table.names).astype({column.name: column.dtype for column in table.columns})


def only(doubts: tuple[Doubt, ...]) -> Doubt:
    [doubt] = doubts
    return doubt


def test_a_part_larger_than_its_whole_is_doubted_with_both_figures(terms: Taxonomy) -> None:
    rows = offences(
        ("8 kap. Stöld, rån m.m.", "group", 2025, 519), ("Stöld genom inbrott i bostad", "group", 2025, 620)
    )  # fmt: skip
    doubt = only(parts_against_whole(Tables(reported_offences=rows), terms))
    assert doubt.kind == "del_storre_an_helhet"
    assert "Mariestad 2025: 620 mot 519." in doubt.what


def test_groups_that_together_exceed_the_total_are_doubted(terms: Taxonomy) -> None:
    rows = offences(
        ("Totalt antal brott", "group", 2025, 700),
        ("3-7 kap. Brott mot person", "group", 2025, 576),
        ("12 kap. Skadegörelsebrott", "group", 2025, 234),
    )
    doubt = only(parts_against_whole(Tables(reported_offences=rows), terms))
    assert 'Grupperna tillsammans är fler än "Totalt antal brott"' in doubt.what
    assert "810 mot 700." in doubt.what


def test_parts_within_their_whole_are_not_doubted(terms: Taxonomy) -> None:
    rows = offences(
        ("Totalt antal brott", "group", 2025, 2418),
        ("3-7 kap. Brott mot person", "group", 2025, 576),
        ("8 kap. Stöld, rån m.m.", "group", 2025, 519),
        ("Stöld genom inbrott i bostad", "group", 2025, 519),
    )
    assert parts_against_whole(Tables(reported_offences=rows), terms) == ()


@pytest.mark.parametrize(("everybody", "is_doubted"), [(31.0, False), (40.5, False), (45.0, True), (20.0, True)])
def test_everybodys_value_lies_between_womens_and_mens(terms: Taxonomy, everybody: float, is_doubted: bool) -> None:
    table = TABLES["survey_results"]
    values = {"kvinnor": 40.0, "män": 22.0, "alla": everybody}
    facts = {"survey": "ntu", "item": "Otrygg", "geography_level": "kommun", "geography": "1493", "year": 2025}
    more = {"scale": "percent", "higher_is": "worse"}
    frame = pd.DataFrame([facts | more | {"group": group, "value": value} for group, value in values.items()])
    survey = frame.reindex(columns=table.names).astype({column.name: column.dtype for column in table.columns})
    doubts = parts_against_whole(Tables(survey_results=survey), terms)
    assert [doubt.kind for doubt in doubts] == (["grupp_mot_alla"] if is_doubted else [])


def test_a_code_in_a_year_it_did_not_exist_is_doubted_with_its_years(terms: Taxonomy) -> None:
    codes = terms.offence_codes
    [late] = codes.loc[codes["brottskod"].eq("0325"), "valid_from"]
    assert str(late).startswith("2019")
    rows = offences(("0325", "code", 2017, 7), ("0325", "code", 2020, 9), ("1203", "code", 1997, 4))
    doubt = only(outside_validity(Tables(reported_offences=rows), terms))
    assert doubt.kind == "kod_utanfor_giltighet"
    assert "0325 år 2017 (gäller från 2019; 7 brott)." in doubt.what
    assert doubt.n_rows == 7


def test_a_changed_and_a_lost_figure_are_told_against_the_last_delivery(profile: Profile) -> None:
    before = offences(("Totalt antal brott", "group", 2023, 2137), ("Totalt antal brott", "group", 2024, 2308))
    now = offences(("Totalt antal brott", "group", 2024, 2300))
    earlier = Earlier("lägesbilden för 2024", Tables(reported_offences=before))
    changed, gone = against_earlier(Tables(reported_offences=now), earlier, profile)
    assert 'ändrats sedan lägesbilden för 2024. Störst är ändringen för "Totalt antal brott" i Mariestad 2024: ' in changed.what
    assert "2\xa0308 då, 2\xa0300 nu." in changed.what
    assert "finns inte nu" in gone.what
    assert "Mariestad 2023: 2\xa0137 då." in gone.what


def test_what_earlier_runs_left_is_found_for_check_and_only_for_the_own_profile(profile: Profile) -> None:
    for name in ("prov-2023", "prov-2024", "prov-2025", "annan-2024"):
        store.write_tables(Tables(), profile.processed / name)
    (profile.processed / "prov-2024" / "peers.parquet").unlink()
    assert [one.name for one in store.earlier(profile)] == ["den senaste körningen"]
    store.write_tables(Tables(), profile.processed / "prov-2024")
    assert [one.name for one in store.earlier(profile)] == ["den senaste körningen", "lägesbilden för 2024"]


def test_a_small_count_never_stands_in_a_doubt() -> None:
    assert [shown_count(count) for count in (0, 1, 4, 5, 1234)] == ["0", "färre än 5", "färre än 5", "5", "1\xa0234"]


def test_cross_checks_run_by_themselves(put: Put, profile: Profile, terms: Taxonomy) -> None:
    head = "Region;Brott;År;Period;Antal;/100 000 inv\n"
    row = "Mariestad kommun;{};År;2025;{};{};\n"
    content = head + row.format("8 kap. Stöld, rån m.m.", 519, 2118) + row.format("Stöld genom inbrott i bostad", 620, 2530)
    put("bra.txt", content, "latin-1")
    assert "del_storre_an_helhet" in {doubt.kind for doubt in sources.read(profile, terms).doubts}
