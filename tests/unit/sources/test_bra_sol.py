from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lagesbild import sources
from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import bra_sol
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy

HEADING = "Region;Brott;År;Period;Antal;/100 000 inv\n"
MONTH = HEADING + (
    "Mariestad kommun;Totalt antal brott;2015;Feb;431;1793;\n"
    "Mariestad kommun;Våldsbrott ;2015;Feb;15;62;\n"
    "Falköping kommun;Totalt antal brott;2015;Feb;242;755;\n"
    "Falköping kommun;Våldsbrott ;2015;Feb;20;62;\n"
)
Put = Callable[..., Path]


def raw(text: str, encoding: str = "latin-1", name: str = "fil.txt") -> RawFile:
    return RawFile(Path(name), name, text.encode(encoding))


@pytest.fixture
def read(profile: Profile, terms: Taxonomy) -> Callable[..., Reading]:
    def reading(text: str, encoding: str = "latin-1") -> Reading:
        file = raw(text, encoding)
        assert bra_sol.recognise(file, profile) is None
        return bra_sol.read(file, profile, terms)

    return reading


def offences(reading: Reading) -> pd.DataFrame:
    return reading.tables["reported_offences"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig", "utf-16"])
def test_a_month_is_read_in_every_encoding_brå_has_used(read: Callable[..., Reading], encoding: str) -> None:
    frame = offences(read(MONTH, encoding))
    assert frame[["kommunkod", "offence", "year", "month", "count", "rate_per_100k"]].to_numpy().tolist() == [
        ["1493", "Totalt antal brott", 2015, 2, 431, 1793.0],
        ["1493", "Våldsbrott", 2015, 2, 15, 62.0],
        ["1499", "Totalt antal brott", 2015, 2, 242, 755.0],
        ["1499", "Våldsbrott", 2015, 2, 20, 62.0],
    ]
    assert set(frame["status"]) == {"final"}
    assert set(frame["key_type"]) == {"group"}


def test_the_columns_are_found_by_their_headings_not_by_their_place(read: Callable[..., Reading]) -> None:
    turned = "Brott;Region;År;Period;/100 000 inv;Antal\nTotalt antal brott;Mariestad kommun;2015;Feb;1793;431;\n"
    frame = offences(read(turned))
    assert (frame["kommunkod"].item(), frame["count"].item(), frame["rate_per_100k"].item()) == ("1493", 431, 1793)


def test_annual_rows_have_the_word_år_where_the_year_should_be(read: Callable[..., Reading]) -> None:
    frame = offences(
        read(
            HEADING
            + "Mariestads kommun;8-12 kap. Brott mot förmögenhet;År;2025;..;..;\n"
            + "Mariestads kommun;Totalt antal brott;År;2025;2 418;9 869;\n"
            + "Mariestads kommun;Totalt antal brott;År;2026 prel.;1201;4890;\n"
            + "Mariestads kommun;0950 - Befogenhetsbedrägeri, mot äldre;År;2025;7;29;\n"
        )
    )
    assert frame["month"].isna().all()
    assert frame["count"].tolist() == [pd.NA, 2418, 1201, 7]
    assert frame["missing"].fillna("").tolist() == ["suppressed", "", "", ""]
    assert frame["status"].tolist() == ["final", "final", "preliminary", "final"]
    assert frame["year"].tolist() == [2025, 2025, 2026, 2025]
    assert frame["offence"].tolist()[-1] == "0950"
    assert frame["key_type"].tolist() == ["group", "group", "group", "code"]


def test_a_dash_is_exactly_none(read: Callable[..., Reading]) -> None:
    assert offences(read(HEADING + "Hjo kommun;Rån;År;2025;-;-;\n"))["count"].tolist() == [0]


def test_repeated_labels_are_kept_once_and_counted(read: Callable[..., Reading]) -> None:
    reading = read(
        HEADING
        + "Skövde kommun;Bedrägeri;År;2025;..;..;\n"
        + "Skövde kommun;Bedrägeri;År;2025;500;858;\n"
        + "Skövde kommun;Penningtvätt;År;2025;40;69;\n"
        + "Skövde kommun;Penningtvätt;År;2025;40;69;\n"
        + "Skövde kommun;Rån;År;2025;30;51;\n"
        + "Skövde kommun;Rån;År;2025;12;21;\n"
    )
    assert dict(zip(offences(reading)["offence"], offences(reading)["count"], strict=True)) == {
        "Bedrägeri": 500,
        "Penningtvätt": 40,
        "Rån": 30,
    }
    assert reading.rows_read == 6
    assert set(reading.set_aside) == {
        SetAside("upprepar en rad, utan siffra", 1),
        SetAside("upprepar en rad, med samma siffra", 1),
        SetAside("upprepar en rad, med en mindre siffra", 1),
    }
    (doubt,) = reading.doubts
    assert str(doubt) == (
        'fil.txt, rad 7: "Rån" står flera gånger för samma kommun och period med olika siffror, till exempel 30 och 12. '
        "Den största används. Kontrollera mot Brås tabell vilken av dem som är hela gruppen."
    )


def test_regions_that_are_no_kommun_are_set_aside_and_counted(read: Callable[..., Reading]) -> None:
    others = "".join(
        f"{region};Totalt antal brott;2015;Feb;431;1793;\n" for region in ("Hela landet", "Region Nord", "Västra Götalands län")
    )
    reading = read(MONTH + others)
    assert reading.set_aside == (SetAside("gäller ett annat område än en kommun", 3),)
    assert len(offences(reading)) == 4


def test_an_export_that_lacks_rows_for_a_kommun_is_doubted(read: Callable[..., Reading]) -> None:
    (doubt,) = read(MONTH.replace("Falköping kommun;Våldsbrott ;2015;Feb;20;62;\n", "")).doubts
    assert doubt.kind == "ofullstandig_fil"
    assert "1\N{NO-BREAK SPACE}rad saknas för Falköping" in doubt.what


# What is wrong, and in which words it is told ------------------------------------------------------------------------------


def problems(read: Callable[..., Reading], text: str, encoding: str = "latin-1") -> list[str]:
    with pytest.raises(SourceError) as error:
        read(text, encoding)
    return [str(problem) for problem in error.value.problems]


def test_a_row_with_a_field_too_few_has_shifted_columns(read: Callable[..., Reading]) -> None:
    (problem,) = problems(read, MONTH.replace("Våldsbrott ;2015;Feb;15;62;", "Våldsbrott ;2015;15;62;"))
    assert problem.startswith(
        "fil.txt, rad 3: raden har 6 fält, så kolumnerna är förskjutna. Väntat: 7 fält. Hämta filen på nytt"
    )


def test_a_row_whose_cells_moved_one_step_is_told_by_what_stands_there(read: Callable[..., Reading]) -> None:
    told = problems(read, MONTH.replace("Våldsbrott ;2015;Feb;15;62;", "Våldsbrott ;Feb;15;62;;"))
    assert any(
        'rad 3, kolumn År: "Feb" kan inte stå här. Kolumnerna kan vara förskjutna. Väntat: ett år' in text for text in told
    )
    assert any("rad 3, kolumn /100 000 inv: cellen är tom." in text for text in told)


def test_a_rate_where_the_count_should_be_is_told_by_the_population_it_implies(read: Callable[..., Reading]) -> None:
    rows = "".join(f"Mariestad kommun;Grupp {n};2015;Feb;{count};{rate};\n" for n, (count, rate) in enumerate(
        [(431, 1793), (15, 62), (100, 416), (62, 15)]
    ))  # fmt: skip
    (problem,) = problems(read, HEADING + rows)
    assert problem.startswith(
        "fil.txt, rad 5: antalet och talet per 100\N{NO-BREAK SPACE}000 invånare går inte ihop".replace(
            "\N{NO-BREAK SPACE}", " "
        )
    )
    assert "(62 anmälda brott och 15 per 100 000 invånare på rad 5). Kolumnerna är förskjutna." in problem


def test_a_wrong_encoding_is_told_as_such(read: Callable[..., Reading]) -> None:
    spoilt = MONTH.encode("utf-8").decode("latin-1")
    told = problems(read, spoilt, "utf-8")
    assert told[0].startswith("fil.txt, rad 4–5, kolumn Region: filen är sparad med fel teckenkodning, så att å, ä och ö")
    assert "Hämta filen på nytt hos Brå" in told[0]
    lost = problems(read, MONTH.replace("å", "\ufffd").replace("ö", "\ufffd"), "utf-8")
    assert any("kolumn Brott: filen är sparad med fel teckenkodning" in text for text in lost)
    asked = problems(read, MONTH.encode("ascii", "replace").decode(), "ascii")
    assert asked
    assert all("filen är sparad med fel teckenkodning" in text for text in asked)


@pytest.mark.parametrize("cut", [2, 4, 9, 25])
def test_a_truncated_last_line_is_told_as_such(read: Callable[..., Reading], cut: int) -> None:
    (problem,) = problems(read, MONTH[:-cut])
    assert problem.startswith("fil.txt, rad 5: filen är avklippt: sista raden har")
    assert "Hämta filen på nytt hos Brå" in problem


def test_an_unknown_kommun_is_told_with_the_nearest(read: Callable[..., Reading]) -> None:
    (problem,) = problems(read, MONTH.replace("Mariestad kommun", "Maristad kommun"))
    assert problem.startswith('fil.txt, rad 2–3, kolumn Region: "Maristad kommun" är ingen känd kommun. Närmast: Mariestad')


def test_every_problem_of_a_file_is_told_at_once(read: Callable[..., Reading]) -> None:
    text = MONTH.replace(";431;", ";fyra;").replace("Falköping", "Falkping")
    told = "\n".join(problems(read, text))
    assert '"fyra" kan inte stå här' in told
    assert "Falkping" in told


def test_another_text_file_is_refused_with_what_was_looked_for(profile: Profile) -> None:
    refusal = bra_sol.recognise(raw("a;b\n1;2\n"), profile)
    assert refusal is not None
    assert refusal.reason == 'första raden är inte "Region;Brott;År;Period;Antal;/100 000 inv"'


# Brå's own files -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def months(shared: Path, terms: Taxonomy, tmp_path_factory: pytest.TempPathFactory) -> sources.Delivery:
    folder = shared / "data" / "bra_databasfil"
    profile = Profile(
        slug="prov", name="Prov", kommunkoder=("1493",), year=2025, raw=folder, processed=tmp_path_factory.mktemp("processed")
    )
    return sources.read(profile, terms)


def test_the_36_months_give_104_760_rows(months: sources.Delivery) -> None:
    assert len(months.inputs) == 36
    assert sum(record.rows_read for record in months.inputs) == 104_760
    aside = sum(item.n_rows for record in months.inputs for item in record.set_aside)
    assert len(months.tables.reported_offences) + aside == 104_760
    # Heby is listed twice, before and after it changed län; the older block is all zeros.
    assert aside == 36 * 10
    assert months.tables.reported_offences["kommunkod"].nunique() == 290


#: Yearly sums 2013, 2014, 2015 of the monthly files, as published by Brå.
SUMS = {
    ("1493", "Totalt antal brott"): [2276, 2567, 3004],
    ("1493", "Stöldbrott"): [910, 1174, 1043],
    ("1493", "Alkohol- och narkotikabrott"): [187, 200, 656],
    ("1493", "Våldsbrott"): [201, 190, 168],
    ("1499", "Totalt antal brott"): [2883, 3053, 3064],
    ("1499", "Skadegörelsebrott (inkl. mordbrand)"): [313, 361, 305],
    ("1499", "Hot-, kränknings- och frihetsbrott"): [406, 449, 423],
}


@pytest.mark.parametrize(("kommunkod", "offence"), list(SUMS))
def test_twelve_months_add_up_to_brås_year(months: sources.Delivery, kommunkod: str, offence: str) -> None:
    frame = months.tables.reported_offences
    chosen = frame[frame["kommunkod"].eq(kommunkod) & frame["offence"].eq(offence)]
    assert chosen.groupby("year")["count"].sum().tolist() == SUMS[kommunkod, offence]


def test_the_months_add_up_to_the_embedded_years(
    months: sources.Delivery, root: Path, terms: Taxonomy, profile: Profile
) -> None:
    path = root / "data/raw/ostra-skaraborg/bra_sol_ar_1996_2025.txt"
    years = bra_sol.read(RawFile(path, path.name, path.read_bytes()), profile, terms).tables["reported_offences"]
    monthly = months.tables.reported_offences
    total = monthly[monthly["offence"].eq("Totalt antal brott")].groupby(["kommunkod", "year"])["count"].sum()
    yearly = years[years["offence"].eq("Totalt antal brott") & years["year"].between(2013, 2015)]
    yearly = yearly.set_index(["kommunkod", "year"])["count"]
    assert len(yearly) == 27
    pd.testing.assert_series_equal(total.loc[yearly.index], yearly)


def test_the_annual_and_monthly_samples_of_2026_hold_no_kommun(shared: Path, terms: Taxonomy, profile: Profile) -> None:
    for name, n_rows in (("sol_dbfil_ar.txt", 19), ("sol_dbfil_manad.txt", 3)):
        path = shared / "data" / "bra_sol_fixtures" / name
        reading = bra_sol.read(RawFile(path, name, path.read_bytes()), profile, terms)
        assert reading.rows_read == n_rows
        assert reading.set_aside == (SetAside("gäller ett annat område än en kommun", n_rows),)


def test_the_annual_sample_gives_its_figures_once_it_is_about_a_kommun(
    shared: Path, read: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(bra_sol.LAYOUT["population"], "highest", 2e7)  # the sample is about the whole country
    text = (shared / "data/bra_sol_fixtures/sol_dbfil_ar.txt").read_text("utf-8").replace("Hela landet", "Stockholm kommun")
    frame = offences(read(text, "utf-8"))
    money = frame[frame["offence"].eq("Lag om straff för penningtvättsbrott")]
    assert money[["year", "count"]].to_numpy().tolist() == [[2024, 19017], [2025, 19571]]
    assert frame.loc[frame["offence"].eq("9 kap. Bedrägeri och annan oredlighet"), "missing"].tolist() == ["suppressed"] * 2
