"""Named areas on real incidents: a year of antisocial behaviour in Lancashire by small area (LSOA, 1 500 residents each)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.places.order import ordered, prior


@pytest.fixture(scope="module")
def halves(shared: Path) -> pd.DataFrame:
    """Events per area in the first and the second half of the year."""
    file = shared / "data" / "uk_asb" / "lancashire_asb.tab"
    if not file.exists():
        pytest.skip("the incidents of Lancashire are absent")
    listed = pd.read_csv(file, sep="\t", usecols=["month", "lsoa_code"])
    half = listed["month"].str[5:7].astype(int).gt(6).map({False: "first", True: "second"})
    return pd.crosstab(listed["lsoa_code"], half)


def test_the_prior_is_what_moments_give_by_hand(halves: pd.DataFrame) -> None:
    counts = halves["first"].to_numpy(dtype=float)
    mean, variance = counts.mean(), counts.var()
    assert prior(counts) == pytest.approx((mean**2 / (variance - mean), mean / (variance - mean)))


def test_what_is_smoothed_tells_the_next_half_year_better_than_the_count(halves: pd.DataFrame) -> None:
    some = halves.iloc[::20]  # one area in twenty, so that the rank sets are quick
    found = ordered(some["first"], seed=1)
    growth = some["second"].sum() / some["first"].sum()
    told, raw = (
        np.mean((one * growth - some["second"]) ** 2) for one in (found["smoothed"].to_numpy(), some["first"].to_numpy())
    )
    assert told < raw
    largest = int(np.argmax(some["first"]))
    assert found["rank_lower"][largest] == 1
    assert found["p_first"].sum() == pytest.approx(1)
    assert found["p_top"].sum() == pytest.approx(3)
    top_next = set(np.argsort(-some["second"].to_numpy(), kind="stable")[:3])
    assert found.loc[sorted(top_next), "p_top"].mean() > 0.5
