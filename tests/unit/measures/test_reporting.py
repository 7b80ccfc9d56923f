from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lagesbild import taxonomy
from lagesbild.errors import Doubt
from lagesbild.measures.est import est
from lagesbild.measures.reporting import reporting_doubts, reporting_table
from lagesbild.profile import Profile
from lagesbild.tables import TABLES, Tables

TERMS = taxonomy.load()
PROFILE = Profile(slug="prov", name="Prov", kommunkoder=("1493",), year=2025, raw=Path("raw"), processed=Path("processed"))
Rows = list[tuple[str, str, str]]


def tables(rows: Rows, roster: Rows = []) -> Tables:  # noqa: B006  # never changed
    """(day, organisation, category) and (organisation, week, status)."""
    listed = pd.DataFrame(rows, columns=["date", "organisation", "category"])
    frame = TABLES["observations"].empty().reindex(range(len(rows))).assign(
        observation_id=[f"E{n}" for n in range(len(rows))],
        date=pd.to_datetime(listed["date"]).astype("datetime64[us]"),
        organisation=listed["organisation"],
        category=listed["category"],
    )  # fmt: skip
    return Tables(
        observations=frame, reporting_weeks=pd.DataFrame(roster, columns=TABLES["reporting_weeks"].names, dtype="str")
    )


def weekly(first: str, n_weeks: int, organisation: str, category: str = "Skadegörelse") -> Rows:
    return [(f"{day:%Y-%m-%d}", organisation, category) for day in pd.date_range(first, periods=n_weeks, freq="7D")]


def of_kind(found: Tables, kind: str) -> list[Doubt]:
    return [doubt for doubt in reporting_doubts(found, PROFILE, TERMS) if doubt.kind == kind]


def test_a_few_lines_tell_who_reported_and_how_much() -> None:
    rows: Rows = [*weekly("2025-01-06", 3, "Fritid"), ("2025-01-07", "Skola", "Droger"), ("2025-01-08", "Skola", "Marknad")]
    roster: Rows = [("Fritid", "2025-W05", "zero"), ("Skola", "2025-W03", "missing")]
    lines = {
        what: much.replace("\N{NO-BREAK SPACE}", " ") for what, much in reporting_table(tables(rows, roster), PROFILE, TERMS)
    }
    assert lines == {
        "Period": "2025-W02 – 2025-W05, 4 veckor täckta",
        "Organisationer": "2",
        "Organisationsveckor": "4 med observationer, 1 med inget att rapportera, 1 utan rapport",
        "Observationer": "4 i listan, 4 händelser",
        "Arrangemang": "1, räknas inte som problem",
        "Största rapportör": "Fritid, 75 %",
    }
    assert reporting_table(Tables(), PROFILE, TERMS) == []


def test_arrangements_are_in_no_share() -> None:
    rows = [*weekly("2025-01-06", 48, "Fritid"), *weekly("2025-01-06", 48, "Fritid", "Droger")]
    plain, festive = (
        est(tables(list_), PROFILE, TERMS).rows for list_ in (rows, [*rows, *weekly("2025-01-06", 48, "Fritid", "Match")])
    )
    assert plain["denominator"].unique().tolist() == [96.0]
    pd.testing.assert_frame_equal(plain, festive)


@pytest.mark.parametrize(("n_silent", "has_roster", "told"), [(2, False, 0), (3, False, 1), (1, True, 1), (0, True, 0)])
def test_weeks_nobody_told_of_are_doubted(n_silent: int, has_roster: bool, told: int) -> None:
    later = pd.Timestamp("2025-01-27") + pd.Timedelta(weeks=n_silent)
    roster: Rows = [("Fritid", "2025-W02", "reported")] if has_roster else []
    found = of_kind(
        tables([*weekly("2025-01-06", 3, "Fritid"), *weekly(str(later.date()), 3, "Fritid")], roster), "rapporteringsuppehall"
    )
    assert [doubt.n_rows for doubt in found] == [n_silent] * told
    assert all("2025-W05" in doubt.what for doubt in found)


def test_organisations_that_join_or_fall_silent_are_named() -> None:
    found = tables([*weekly("2024-01-01", 60, "Fritid"), *weekly("2024-06-03", 38, "Parken"), *weekly("2024-01-01", 20, "Hem")])
    assert of_kind(found, "ny_rapportor")[0].what.endswith("har tillkommit under perioden: Parken (från 2024-W23).")
    assert of_kind(found, "rapportor_slutat")[0].what.endswith("har tystnat under perioden: Hem (till 2024-W20).")


@pytest.mark.parametrize(
    ("n_before", "n_after", "told"), [(0, 40, "finns först 2025"), (40, 0, "finns inte längre 2025"), (0, 5, ""), (1, 40, "")]
)
def test_a_category_that_begins_or_ends_with_a_year_is_doubted(n_before: int, n_after: int, told: str) -> None:
    rows = [*weekly("2024-01-01", 52, "Fritid"), *weekly("2025-01-06", 52, "Fritid")]
    rows += [*weekly("2024-01-01", n_before, "Fritid", "Brand"), *weekly("2025-01-06", n_after, "Fritid", "Brand")]
    found = of_kind(tables(rows), "andrad_kategorilista")
    assert [told in doubt.what and '"Brand"' in doubt.what for doubt in found] == ([True] if told else [])
    assert all("40" not in doubt.what and doubt.n_rows == 0 for doubt in found)  # a number that disclosure may hide
