"""Widths, breaks, cleaning and the spreading of labels."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.charts import lettering, scales, theme
from lagesbild.charts.sheet import Sheet


def test_a_width_is_what_the_figure_takes() -> None:
    sheet = Sheet.new(20)
    sheet.text(0, 10, "Skadegörelse och klotter", size=9)
    box = sheet.figure.artists[0].get_window_extent()
    assert box.width / sheet.figure.dpi * 25.4 == pytest.approx(lettering.width("Skadegörelse och klotter", 9), rel=1e-6)


def test_bold_is_wider_and_size_scales() -> None:
    assert lettering.width("Narkotika", 9, theme.BOLD) > lettering.width("Narkotika", 9)
    assert lettering.width("Narkotika", 18) == pytest.approx(2 * lettering.width("Narkotika", 9))


def test_the_outline_fills_the_advance() -> None:
    outline = lettering.outline("Mariestad")
    assert 0 <= outline.path.vertices[:, 0].min() < 12
    assert outline.advance - 12 < outline.path.vertices[:, 0].max() <= outline.advance
    assert len(outline.glyphs) == len("Mariestad")
    assert all(lettering.glyph_shape(name) for name, _ in outline.glyphs)


def test_a_space_has_no_ink() -> None:
    ((name, _),) = lettering.outline(" ").glyphs
    assert lettering.glyph_shape(name) is None
    assert len(lettering.outline(" ").path.vertices) == 0


WORDS = st.lists(st.text("abcdefgåäö", min_size=1, max_size=9), min_size=1, max_size=12).map(" ".join)


@given(WORDS, st.floats(25, 90))
def test_wrapped_lines_fit_and_lose_nothing(text: str, limit: float) -> None:
    lines = lettering.wrap(text, limit)
    assert " ".join(lines) == text
    assert all(lettering.width(line) <= limit + 0.5 for line in lines)


def test_a_compound_breaks_where_its_parts_meet() -> None:
    assert lettering.wrap("Medarbetardialog", 15, 8, theme.SEMIBOLD) == ["Medarbetar-", "dialog"]
    assert lettering.wrap("a b c d e", 4, max_lines=2)[-1].endswith(lettering.ELLIPSIS)


def test_hard_spaces_do_not_break() -> None:
    assert lettering.wrap("per 100\xa0000 invånare", 18) == ["per 100\xa0000", "invånare"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$\\frac{1}{0}$", "$\\frac{1}{0}$"),
        ("a\x00b\u202ec\u200bd", "abcd"),
        ("rad\nett\ttabb", "rad ett tabb"),
        ("😀 Park", " Park"),
        ("<script>", "<script>"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ],
)
def test_text_from_a_file_is_made_safe_to_draw(text: str, expected: str) -> None:
    assert lettering.clean(text) == expected


def test_ten_thousand_signs_are_cut() -> None:
    assert len(lettering.clean("x" * 10_000)) == 60


LABELS = st.lists(st.tuples(st.floats(-20, 120), st.floats(2, 9)), min_size=1, max_size=8)


@given(LABELS)
def test_spread_labels_neither_overlap_nor_leave_the_paper(labels: list[tuple[float, float]]) -> None:
    wanted, heights = [w for w, _ in labels], [h for _, h in labels]
    centres = lettering.spread(wanted, heights, 0, 100)
    spans = sorted((c - h / 2, c + h / 2) for c, h in zip(centres, heights, strict=True))
    assert all(low_next >= high - 1e-6 for (_, high), (low_next, _) in pairwise(spans))
    assert spans[0][0] >= -1e-6
    assert spans[-1][1] <= 100 + 1e-6


def test_labels_with_room_stay_where_they_want_to_be() -> None:
    assert lettering.spread([20, 50, 80], [4, 4, 4], 0, 100) == [20, 50, 80]


@given(st.floats(1e-4, 1e6))
def test_ticks_are_round_cover_the_data_and_are_few(highest: float) -> None:
    ticks = scales.round_ticks(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest * (1 - 1e-6)
    assert 2 <= len(ticks) <= 7
    assert ticks[-2] < highest
