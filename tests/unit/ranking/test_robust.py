"""Spikes, breaks and changed reporters in the signals: what the ranking reads instead of the count as published."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.measures.breaks import breaks
from lagesbild.ranking.signal_set import COMPARISON, LEVEL, TREND, Signals
from lagesbild.ranking.signals import signals
from lagesbild.taxonomy import load
from tests.unit.ranking.rows import counted, measures, peers, profile, reported

FIVE = range(2021, 2026)


def flat(count: float) -> dict[int, float]:
    return dict.fromkeys(FIVE, count)


def made(*parts: pd.DataFrame | list[pd.DataFrame], **changes: object) -> Signals:
    return signals(measures(*parts), profile(**changes), load())


def z(found: Signals, area: str, source: str, criterion: int) -> float:
    return float(found.z[found.areas.index(area), found.sources.index(source), criterion])


def robust(area: str, counts: dict[int, float], extra: float = 0.01, **changes: object) -> pd.DataFrame:
    rows = counted(area, "polisanmalda", "reported_robust", counts, 24_000, is_published=True, **changes)
    return rows.assign(value=rows["numerator"] / 24_000 * 1e5, dispersion=extra)


OTHER = [reported("stold", flat(80)), *peers("stold", flat(300))]


def test_level_comparison_and_trend_read_the_robust_count() -> None:
    spiked = flat(100) | {2025: 500.0}
    around = [*OTHER, *peers("skadegorelse", flat(400))]
    clean = made(reported("skadegorelse", flat(100)), *around)
    found = made(reported("skadegorelse", spiked), robust("skadegorelse", {2025: 100.0}), *around)
    bare = made(reported("skadegorelse", spiked), *around)
    for criterion in (LEVEL, COMPARISON, TREND):
        assert z(found, "skadegorelse", "polisanmalda", criterion) == pytest.approx(
            z(clean, "skadegorelse", "polisanmalda", criterion), abs=1e-12
        )
    assert z(bare, "skadegorelse", "polisanmalda", LEVEL) > z(found, "skadegorelse", "polisanmalda", LEVEL) + 0.5
    k, before = (one.sampling[one.areas.index("skadegorelse"), 0] for one in (found, clean))
    # A year at a third of the pooled count, with a variance of .01 of its log, adds .01/9 to level and comparison.
    assert k[LEVEL, LEVEL] - before[LEVEL, LEVEL] == pytest.approx(0.01 / 9, rel=0.02)
    assert k[COMPARISON, COMPARISON] - before[COMPARISON, COMPARISON] == pytest.approx(0.01 / 9, rel=0.02)
    assert k[TREND, TREND] > before[TREND, TREND]
    width = [fact.loc[("skadegorelse", "omfattning"), ["lower", "upper"]].diff().iloc[1] for fact in map(keyed, (found, clean))]
    assert width[0] > width[1]


def keyed(found: Signals) -> pd.DataFrame:
    return found.facts.set_index(["problem_area", "criterion"])


def test_a_peers_robust_count_is_what_the_own_is_compared_with() -> None:
    spiked, clean = peers("skadegorelse", flat(400) | {2025: 1000.0}), peers("skadegorelse", flat(400))
    own = reported("skadegorelse", flat(100))
    pooled = robust("skadegorelse", {2025: 400.0}, role="peers", geography="jamforbara")
    each = [robust("skadegorelse", {2025: 100.0}, role="peer", geography=f"{1400 + i}") for i in range(4)]
    found, expected = made(own, *spiked, pooled, *each, *OTHER), made(own, *clean, *OTHER)
    assert z(found, "skadegorelse", "polisanmalda", COMPARISON) == pytest.approx(
        z(expected, "skadegorelse", "polisanmalda", COMPARISON)
    )


def test_the_pooled_level_does_not_straddle_a_break_but_the_comparison_does() -> None:
    counts = dict(zip(FIVE, (50.0, 50.0, 50.0, 100.0, 100.0), strict=True))
    found = made(reported("sexualbrott", counts), *peers("sexualbrott", flat(300)), *OTHER)  # a new series from 2024
    facts = keyed(found)["period"]
    assert facts["sexualbrott", "omfattning"] == "2024-2025"
    assert facts["sexualbrott", "jamforelse"] == "2023-2025"
    assert facts["sexualbrott", "utveckling"] == "2024-2025"
    assert z(found, "sexualbrott", "polisanmalda", LEVEL) == pytest.approx(np.log(200.5 / 48_000 * 1000))


def test_a_break_that_begins_after_the_last_final_year_changes_nothing() -> None:
    counts = dict.fromkeys(range(2019, 2024), 50.0)
    found = made(reported("sexualbrott", counts), reported("stold", counts), year=2024)
    assert keyed(found)["period"]["sexualbrott", "omfattning"] == "2021-2023"


def test_breaks_reach_combined_lines_unless_offences_only_moved_inside_them() -> None:
    taxonomy = load()
    assert taxonomy.series_start("brott_mot_person", 2025) == 2018  # more acts are offences: the whole line grew
    assert taxonomy.series_start("valdsbrott", 2025) == 0  # the relation split moved offences within the line
    assert taxonomy.series_start("narkotika_vapen", 2025) == 0  # insults of officials are not counted in it
    assert taxonomy.series_start("stold_utom_bil_bostad", 2020) == 2018
    assert taxonomy.series_start("stold", 2017) == 0
    assert taxonomy.series_start("skadegorelse", 2025) == 0  # breaks of the whole source are only marked
    told = {doubt.where: doubt.action for doubt in breaks(reported("brott_mot_person", flat(9)), 2020, taxonomy)}
    assert "Ny serie från 2018" in told["anmälda brott, Brott mot person (3–7 kap., flera områden)"]


def test_the_est_trend_is_the_panels_and_the_level_everybodys() -> None:
    everyone = {2023: 100.0, 2024: 150.0, 2025: 200.0}  # an organisation that sees damage came in 2024
    parts = [
        counted("skadegorelse", "est", "est_share", everyone, {2023: 400, 2024: 450, 2025: 500}, dispersion=0.05),
        counted(
            "trafik", "est", "est_share", dict.fromkeys(everyone, 300.0), {2023: 400, 2024: 450, 2025: 500}, dispersion=0.05
        ),
    ]
    panel = [
        counted("skadegorelse", "est", "est_panel", dict.fromkeys(everyone, 80.0), 300, dispersion=0.05),
        counted("trafik", "est", "est_panel", dict.fromkeys(everyone, 220.0), 300, dispersion=0.05),
    ]
    found, plain = made(*parts, *panel), made(*parts)
    assert z(found, "skadegorelse", "est", LEVEL) == z(plain, "skadegorelse", "est", LEVEL)
    assert z(plain, "skadegorelse", "est", TREND) > 0.2
    assert z(found, "skadegorelse", "est", TREND) == pytest.approx(0, abs=1e-12)
    k = found.sampling[found.areas.index("skadegorelse"), 0]
    assert np.linalg.eigvalsh(k[np.ix_([LEVEL, TREND], [LEVEL, TREND])]).min() >= 0
    assert k[TREND, TREND] == pytest.approx((1 / 80.1667 + 0.05) / 2, rel=1e-3)


def test_years_of_an_earlier_list_of_categories_take_no_part_in_the_trend() -> None:
    counts = {2023: 10.0, 2024: 100.0, 2025: 100.0}
    share = [counted(area, "est", "est_share", counts, 400, dispersion=0.05) for area in ("skadegorelse", "trafik")]
    period = ["2023 (tidigare kategorier)", "2024", "2025"]
    panel = [counted(area, "est", "est_panel", counts, 400, dispersion=0.05) for area in ("skadegorelse", "trafik")]
    found = made(*share, panel[0].assign(period=period), panel[1])
    assert z(found, "skadegorelse", "est", TREND) == pytest.approx(0, abs=1e-12)
    assert z(found, "trafik", "est", TREND) > 0.5
