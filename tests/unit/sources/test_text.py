from __future__ import annotations

import pytest

from lagesbild.sources.files import text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_swedish_text_survives_every_encoding_it_comes_in(encoding: str) -> None:
    assert text.decode("Malung-Sälens kommun; Våld\r\n".encode(encoding)) == "Malung-Sälens kommun; Våld\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [("utf-8", "latin-1"), ("utf-8", "cp1252"), ("utf-8", "cp850"), ("cp850", "cp1252"), ("mac-roman", "cp1252")],
)
def test_letters_lost_between_programs_are_noticed(written: str, read: str) -> None:
    assert text.has_wrong_letters("Grästorp, Hjälmås, börd".encode(written).decode(read))


def test_a_quick_look_for_wrong_letters_misses_none_of_them() -> None:
    for sign in map(chr, range(0x10000)):
        words = f"b{sign}r Ã{sign}", f"ö{sign}ö"
        assert [text.has_wrong_letters(word) for word in words] == [bool(text._WRONG.search(word)) for word in words]


@pytest.mark.parametrize(
    "sound", ["Våldsbrott (inkl. mordbrand)", "Malung–Sälen", "”Ungdomar” – oro…", "Café Linné", "50 % §", "Ærø"]
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert not text.has_wrong_letters(sound)


def test_a_file_cut_in_the_middle_of_a_letter_is_still_read_as_utf_8() -> None:
    assert text.decode("Öckerö kommun;Våld;Hjo;Mjö".encode()[:-1]) == "Öckerö kommun;Våld;Hjo;Mj\ufffd"


@pytest.mark.parametrize("n_bytes", [1, 2, 12, 40, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_beginning_of_a_text_is_read_as_the_whole_is(encoding: str, n_bytes: int) -> None:
    data = ("Vald" * 5 + "\r\nMalung-Sälen; Våld").encode(encoding)
    found = text.beginning(data, text.encoding(data), n_bytes)
    assert text.decode(data).startswith(found.rstrip("\n\ufffd"))
    assert n_bytes < 1000 or found == text.decode(data)


def test_a_letter_far_down_decides_the_encoding_of_the_beginning() -> None:
    data = b"a;b\n" * 400_000 + "Våld".encode("latin-1")
    assert text.encoding(data) == "cp1252"


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        (["a;b;c", "1;2,5;3"], ";"),
        (["a,b", "1,2"], ","),
        (["a\tb", "1, 2 och 3\tx"], "\t"),
        (["titel, med komma, och ett till", "", "a;b", "1;2", "3;4,5"], ";"),
    ],
)
def test_the_mark_that_parts_most_lines_alike_parts_the_fields(lines: list[str], mark: str) -> None:
    assert text.separator(lines) == mark
