"""Every offence code has one home, or none with the reason."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lagesbild import taxonomy
from lagesbild.taxonomy import Taxonomy

#: The codes that the domain survey lists, and the area they stand under there ("" = deliberately none). A range is every code
#: of the table in it.
LISTED = {
    "stold": "0801-0808 0840 0858-0860 0880 0888 9803 9804 9814-9820 9821-9830 9833 9834",
    "bostadsinbrott": "9801 9802 0857 0874 9831 9832 0825 0826",
    "brott_mot_naringsliv": "0811-0823 0829 0830 0846 0853 4145 0864 0870",
    "ran": "9806-9813 0892 0893 0896 0897 0862 0868 0865 0871 0866 0867 0872 0873 0855 0856",
    "vald_offentlig_miljo": "0355 0357 0375 0377 0365 0367 0385 0387 9374 9376 9378 9380 9382 9384 9386 9388 9443 9447 0458"
    " 0459 0414 9459 9463",
    "vald_nara_relation": "9357 9359 9361 9363 9365 9367 9369 9371 9373 9375 9377 9379 9381 9383 9385 9387 0412 0422-0423"
    " 9401-9404 9432 9436 9440 9444 9433 9437 9441 9445 9456 9457 9460 9461 9424 9425 9428 9429 9416 9417 9420 9421 4086"
    " 4088-4097 9552-9561 0435-0438 9500-9511 5910 9595-9598",
    "brott_mot_barn": "9301-9348 9495-9496 0450-0453 0428 0429",
    "sexualbrott": "9627-9698 6101-6162 0640-0699 9601-9604 0607 0610 0682",
    "bedrageri": "0901-0913 0942-0997",
    "skadegorelse": "1201 1203 1212 1205 1208 1209 1207",
    "brander": "1202 1210 1211 1301 1302",
    "narkotika": "5001 5004 5005 5010-5016 4046 4141",
    "trafik": "3001-3008 3070 3161",
    "hot_tjansteperson": "4075 4076 4081 4127-4132 4023 1701-1706 1714 1715 1709 1311 1308 1312 1313",
    "unga_i_riskzon": "5047 1617",
    "ordningsstorning": "8008 5084-5087 4028",
    "": "0310-0313 0325-0337 9389-9399 1204 1206 1604 5042-5046 5048 9471 9472",
}


def expanded(terms: Taxonomy, text: str) -> list[str]:
    """The codes of a list; a range gives every code of the table between its ends, which must themselves be there."""
    known = terms.offence_codes["brottskod"].tolist()
    codes: list[str] = []
    for part in text.split():
        first, last = part.split("-") if "-" in part else (part, part)
        between = [code for code in known if first <= code <= last]
        assert between, f"{part} is not in the table"
        assert (between[0], between[-1]) == (first, last), f"an end of {part} is not in the table"
        codes += between
    return codes


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


@pytest.mark.parametrize("area", LISTED)
def test_the_listed_codes_have_their_area(terms: Taxonomy, area: str) -> None:
    codes = expanded(terms, LISTED[area])
    assert {code: terms.area_of_code(code) for code in codes} == dict.fromkeys(codes, area)


def test_every_code_is_four_digits_and_stands_once(terms: Taxonomy) -> None:
    codes = terms.offence_codes["brottskod"]
    assert codes.str.fullmatch(r"\d{4}").all()
    assert codes.is_unique
    assert codes.is_monotonic_increasing


def test_every_area_has_codes(terms: Taxonomy) -> None:
    assert set(terms.offence_codes["problem_area"]) == {*terms.area_ids, ""}


def test_an_unknown_code_is_not_the_same_as_one_without_area(terms: Taxonomy) -> None:
    assert terms.area_of_code("1604") == ""
    assert terms.area_of_code("0000") is None
    assert terms.area_of_code("801") is None


def tags(terms: Taxonomy, code: str) -> set[str]:
    return set(terms.offence_codes.set_index("brottskod").loc[code, "tags"].split(";"))


def test_secondary_links_are_tags(terms: Taxonomy) -> None:
    assert {code for code in ("0811", "0812", "0814", "0846", "0818") if "kommunal_lokal" in tags(terms, code)} == {
        "0811", "0812", "0814", "0846",
    }  # fmt: skip
    assert {code for code in map(str, range(9373, 9389)) if "bekant" in tags(terms, code)} == set(
        map(str, range(9374, 9389, 2))
    )
    assert "inomhus" in tags(terms, "0365")
    assert "narkotika" in tags(terms, "3070")


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("9330", "Grov misshandel, flicka 0–6 år, bekant, inomhus"),
        ("9343", "Grov misshandel, pojke 15–17 år, obekant, utomhus"),
        ("9361", "Misshandel, man, parrelation, utomhus"),
        ("9380", "Grov misshandel, man, bekant, utomhus"),
        ("9446", "Olaga hot, man, bekant"),
        ("9640", "Våldtäkt, kvinna, familj eller släkt, utomhus"),
        ("6140", "Sexuellt utnyttjande, pojke under 15 år, ej på internet"),
        ("0965", "Identitetsbedrägeri, lån, inom landet, övriga"),
    ],
)
def test_labels_made_from_a_pattern_are_right(terms: Taxonomy, code: str, label: str) -> None:
    assert terms.offence_codes.set_index("brottskod").loc[code, "label"] == label


def test_validity_years_do_not_cross(terms: Taxonomy) -> None:
    years = terms.offence_codes[["valid_from", "valid_to"]].replace("", pd.NA).dropna().astype("int64")
    assert len(years) > 3
    assert (years["valid_from"] <= years["valid_to"]).all()


def test_every_code_of_a_police_extract_is_known(terms: Taxonomy, shared: Path) -> None:
    key = pd.read_csv(shared / "data/dalarna/polisen_brottskod_niva_nyckel.csv", dtype="str")
    codes = sorted(key["Brottskod"].unique())
    assert len(codes) == 683
    assert [code for code in codes if terms.area_of_code(code) is None] == []


def test_labels_made_from_a_pattern_agree_with_the_police_key(terms: Taxonomy, shared: Path) -> None:
    """The police's own label of a patterned code must name the same sex, relation and place as ours."""
    key = pd.read_csv(shared / "data/dalarna/polisen_brottskod_niva_nyckel.csv", dtype="str")
    theirs = key[key["Brott_niva"].eq("5")].set_index("Brottskod")["Brottskategorier_namn"].str.lower()
    ours = terms.offence_codes.set_index("brottskod")["label"].str.lower()
    words = {
        "flicka": "flicka", "pojke": "pojke", "kvinna": "kvinna", "utomhus": "utomhus", "inomhus": "inomhus",
        "parrelation": "parrelation", "familj eller släkt": "släktskap/familj", "utan skjutvapen": "utan",
    }  # fmt: skip
    ranges = [*range(9301, 9348), *range(9357, 9404), *range(9408, 9464), *range(9627, 9699), *range(6101, 6163)]
    patterned = [f"{code:04d}" for code in ranges if f"{code:04d}" in theirs.index]
    wrong = [
        (code, word) for code in patterned for word, its in words.items() if word in ours[code] and its not in theirs[code]
    ]
    assert len(patterned) > 150
    assert wrong == []
    negated = [code for code in patterned if ("ej på internet" in ours[code]) != ("ej på internet" in theirs[code])]
    assert negated == []
