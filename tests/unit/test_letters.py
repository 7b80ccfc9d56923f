"""What can be shown is what the shipped fonts have, and nothing is shown that no one sees."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font

from lagesbild import letters
from tests.report.payloads import PAYLOADS, forbidden


@pytest.fixture(scope="module")
def drawn(root: Path) -> set[int]:
    """The codes that all of the shipped fonts have a glyph for."""
    fonts = sorted((root / "lagesbild" / "fonts").glob("*.ttf"))
    assert len(fonts) == 4
    return set.intersection(*(set(FT2Font(str(path)).get_charmap()) for path in fonts))


def test_the_list_of_letters_is_what_the_fonts_have(drawn: set[int]) -> None:
    unseen = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
    seen = {chr(code) for code in drawn if unicodedata.category(chr(code)) not in unseen and code != 0x34F}
    assert letters.unshown("".join(seen)) == set()
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x20000)]))
    assert set(every) - letters.unshown(every) == seen | {"\t", "\n"}


@given(st.text(max_size=80))
@example("".join(PAYLOADS.values()))
@example("a" + 9 * "\u0301")
@example("\ud83d")
@settings(max_examples=300, deadline=None)
def test_what_is_shown_can_be_shown_and_stays_as_it_is(text: str) -> None:
    shown = letters.shown(text)
    assert letters.unshown(shown) == set()
    assert forbidden(shown) == []
    assert letters.shown(shown) == shown
    assert letters.is_shown(shown)
    shown.encode()


@given(st.text(alphabet="abcåäöÅÄÖ 0123456789,.–−\N{NO-BREAK SPACE}%()", max_size=60))
@settings(max_examples=100, deadline=None)
def test_swedish_text_is_left_alone(text: str) -> None:
    assert letters.shown(text) == text
    assert letters.is_shown(text)


def test_a_name_from_a_mac_is_the_name() -> None:
    assert letters.shown(unicodedata.normalize("NFD", "Skadegörelse på Ängsvägen")) == "Skadegörelse på Ängsvägen"


def test_long_words_get_places_to_break_and_real_ones_none() -> None:
    longest = "lokalpolisområdesövergripande brottsförebyggandesamordnare"
    assert letters.breakable(longest) == longest
    parted = letters.breakable("Å" * 100)
    assert parted.replace("\u200b", "") == "Å" * 100
    assert max(map(len, parted.split("\u200b"))) <= 15


def test_quotations_in_a_sentence_are_shortened_and_the_rest_is_kept() -> None:
    told = letters.told(f'kategorin "{"x" * 500}" är okänd (12 rader).')
    assert len(told) < 130
    assert told.endswith("är okänd (12 rader).")
