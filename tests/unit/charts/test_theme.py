"""Every reader can tell the colours from the paper and from one another."""

from __future__ import annotations

import matplotlib
import pytest

from lagesbild.charts import theme
from lagesbild.charts.matrix import STATES
from tests.unit.charts.colours import BLINDNESS, contrast, difference


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_the_simulation_merges_red_and_green_but_not_blue_and_yellow() -> None:
    assert difference("#c00000", "#6a6a00", "deuteranopia") < 0.5 * difference("#c00000", "#6a6a00")
    assert difference("#0000ff", "#ffff00", "deuteranopia") > 100


@pytest.mark.parametrize("colour", theme.TEXT_COLOURS)
def test_text_stands_out_from_paper(colour: str) -> None:
    assert contrast(colour, theme.PAPER) >= 4.5


@pytest.mark.parametrize("colour", theme.GRAPHIC_COLOURS)
def test_graphics_stand_out_from_paper(colour: str) -> None:
    assert contrast(colour, theme.PAPER) >= 3


@pytest.mark.parametrize("state", STATES)
def test_a_sign_stands_out_from_its_ground(state: str) -> None:
    _, ground, sign, _ = STATES[state]
    assert contrast(sign, ground) >= 4.5


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("other", [theme.POOLED, theme.PEER, theme.INK])
def test_the_own_kommun_is_told_from_the_greys(blindness: str, other: str) -> None:
    assert difference(theme.OWN, other, blindness) >= 20


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_above_is_told_from_below(blindness: str) -> None:
    above, below = STATES["över"][1], STATES["under"][1]
    assert difference(above, below, blindness) >= 5  # and their signs differ
    assert difference(STATES["mycket över"][1], STATES["mycket under"][1], blindness) >= 20


def test_signs_alone_tell_the_states_apart() -> None:
    assert len({sign for sign, *_ in STATES.values()}) == len(STATES)


def test_drawing_in_the_theme_leaves_the_callers_settings_alone() -> None:
    with matplotlib.rc_context({"hatch.linewidth": 9.0}):

        @theme.styled
        def draw() -> float:
            return float(matplotlib.rcParams["hatch.linewidth"])

        assert draw() == theme.STYLE["hatch.linewidth"]
        assert matplotlib.rcParams["hatch.linewidth"] == 9.0
