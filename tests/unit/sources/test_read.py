"""Reading a whole folder: which source takes which file, what is told when none does, and how files are joined."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagesbild import sources
from lagesbild.errors import Doubt, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import Delivery
from lagesbild.sources.reading import SetAside
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

Put = Callable[..., Path]
SOL = "Region;Brott;År;Period;Antal;/100 000 inv\n"
YEAR = SOL + "Mariestad kommun;Totalt antal brott;År;2024;2308;9369;\nMariestad kommun;Totalt antal brott;År;2025;2418;9869;\n"
PEOPLE = "kommunkod;year;population\n1493;2024;24634\n1493;2025;24501\n"
EST = [["Datum", "Tid", "Organisation", "Område", "Kategori"], ["2025-03-31", "21:30", "Fritid", "Centrum", "Klotter"]]


@pytest.fixture
def read(profile: Profile, terms: Taxonomy) -> Callable[..., Delivery]:
    return lambda **change: sources.read(profile.model_copy(update=change), terms)


def of_kind(delivery: Delivery, kind: str) -> list[Doubt]:
    return [doubt for doubt in delivery.doubts if doubt.kind == kind]


def told(read: Callable[..., Delivery], error: type[Exception] = SourceError) -> str:
    with pytest.raises(error) as raised:
        read()
    return str(raised.value)


# Which source takes which file ---------------------------------------------------------------------------------------------


def test_files_are_known_by_their_content_whatever_they_are_called(put: Put, read: Callable[..., Delivery]) -> None:
    put("a.csv", YEAR, "latin-1")
    put("b.txt", "region;Medelfolkmängd 2025\n1493 Mariestad;24501\n")
    put("c.dat", workbook(Blad1=EST))
    put("djupare/d", "kommunkod,peer_group\n1493,grannar\n")
    assert [(record.path, record.reader, record.rows_read) for record in read().inputs] == [
        ("a.csv", "Brå Databasfil", 2),
        ("b.txt", "SCB:s statistikdatabas", 1),
        ("c.dat", "EST-lista", 1),
        ("djupare/d", "tabell i programmets eget format", 1),
    ]


def test_what_is_no_source_is_passed_over(put: Put, read: Callable[..., Delivery]) -> None:
    put("bra.txt", YEAR, "latin-1")
    for name in (
        "README.md",
        "readme.txt",
        "anteckningar.md",
        "facit.toml",
        ".gömd",
        ".git/x",
        "~$est.xlsx",
        ".~lock.est.xlsx#",
    ):
        put(name, "inget att läsa")
    assert [record.path for record in read().inputs] == ["bra.txt"]


def test_a_file_that_no_source_recognises_names_the_two_nearest_with_their_reasons(
    put: Put, read: Callable[..., Delivery]
) -> None:
    put("utdrag.csv", "Kommun;Vad\nHjo;klotter\n")
    message = told(read)
    assert message.startswith("utdrag.csv: ingen källa känner igen filen. Närmast är ")
    assert sum(f"{source.NAME}: " in message for source in sources.SOURCES) == 2


def test_a_file_without_a_known_heading_shows_those_it_has(put: Put, read: Callable[..., Delivery]) -> None:
    put("utdrag.csv", "Foo;Bar\n0801;Centrum\n")
    message = told(read)
    assert message.startswith("utdrag.csv: ingen källa känner igen filen. Ingen av rubrikerna är känd. EST-lista: ")
    assert 'Rubrikerna är "Foo" och "Bar". Skriv i profilen under [est.columns]:' in message


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "filen är tom."), (b"\x00PDF", "filen är varken text eller Excel."), (b"PK\x03\x04trasig", "skadad eller avklippt")],
)  # fmt: skip
def test_a_file_that_cannot_be_opened_says_so(put: Put, read: Callable[..., Delivery], content: bytes, reason: str) -> None:
    put("fil.xlsx", content)
    assert reason in told(read)


def test_an_empty_and_a_missing_folder_say_what_to_put_there(profile: Profile, terms: Taxonomy) -> None:
    with pytest.raises(SourceError) as empty:
        sources.read(profile, terms)
    assert f"{profile.raw}: mappen är tom: det finns inga källfiler. Lägg till exempel Brås Databasfil" in str(empty.value)
    with pytest.raises(SourceError) as missing:
        sources.read(profile.model_copy(update={"raw": profile.raw / "x"}), terms)
    assert "mappen finns inte. Skapa den." in str(missing.value)


def test_the_problems_of_all_files_are_told_together(put: Put, read: Callable[..., Delivery]) -> None:
    put("a.txt", YEAR.replace("2418;9869;", "2418"), "latin-1")
    put("b.csv", PEOPLE.replace("24634", "många"))
    put("c.csv", "x;y\n1;2\n")
    message = told(read)
    assert "a.txt, rad 3" in message
    assert 'b.csv, rad 2, kolumn population: "många"' in message
    assert "c.csv: ingen källa känner igen filen." in message


def test_wrong_values_alone_are_a_schema_error(put: Put, read: Callable[..., Delivery]) -> None:
    put("b.csv", PEOPLE.replace("24634", "många"))
    assert "b.csv, rad 2, kolumn population" in told(read, SchemaError)


def test_spoilt_letters_in_a_plain_table_are_an_error(put: Put, read: Callable[..., Delivery]) -> None:
    text = "dialogue;date;theme;mentions\ncitizen;2025-03-31;Buskörning;3\n"
    put("dialog.csv", text.encode().decode("latin-1"))
    assert told(read).startswith("dialog.csv, rad 2: filen är sparad med fel teckenkodning, så att å, ä och ö har förvanskats.")


# Source cards --------------------------------------------------------------------------------------------------------------


def card(content: bytes, published: str = "2026-03-31") -> str:
    return f'producer = "Brå"\npublished = {published}\nsha256 = "{hashlib.sha256(content).hexdigest()}"\nhow = ["1. Hämta."]\n'


def test_the_card_follows_the_file(put: Put, read: Callable[..., Delivery]) -> None:
    put("folk.csv", PEOPLE)
    put("folk.csv.source.toml", card(PEOPLE.encode()))
    delivery = read()
    assert delivery.inputs[0].card["producer"] == "Brå"
    assert delivery.inputs[0].card["published"] == "2026-03-31"
    assert not of_kind(delivery, "kallkort_saknas")


def test_a_file_that_changed_after_its_card_is_an_error(put: Put, read: Callable[..., Delivery]) -> None:
    put("folk.csv", PEOPLE + "1493;2023;24700\n")
    put("folk.csv.source.toml", card(PEOPLE.encode()))
    assert told(read).startswith("folk.csv: filen har ändrats sedan källkortet skrevs. Väntat: kontrollsumman ")


def test_missing_and_stray_cards_are_doubted(put: Put, read: Callable[..., Delivery]) -> None:
    put("folk.csv", PEOPLE)
    put("borta.csv.source.toml", card(b""))
    delivery = read()
    (missing,), (stray,) = of_kind(delivery, "kallkort_saknas"), of_kind(delivery, "kallkort_utan_fil")
    assert missing.what.replace("\N{NO-BREAK SPACE}", " ") == "1 fil saknar källkort: folk.csv."
    assert stray.where == "borta.csv.source.toml"


# The report year -----------------------------------------------------------------------------------------------------------


def test_nothing_later_than_the_report_year_is_used(put: Put, read: Callable[..., Delivery]) -> None:
    put("bra.txt", YEAR, "latin-1")
    put("folk.csv", PEOPLE)
    put("est.xlsx", workbook(Blad1=EST))
    put("veckor.csv", "organisation;week;status\nFritid;2025-W01;zero\nFritid;2025-W02;zero\n")
    put("dialog.csv", "dialogue;date;theme;mentions\ncitizen;2025-03-31;Trafik;3\nstaff;2024-03-31;Trafik;3\n")
    put(
        "löften.csv",
        "pledge_id;text;problem_area;start;end\nL1;Löfte;trafik;2025-01-01;2026-12-31\nL0;Löfte;trafik;2023-01-01;2024-12-31\n",
    )
    delivery = read(year=2024)
    tables = delivery.tables
    assert tables.reported_offences["year"].tolist() == [2024]
    assert tables.population["year"].tolist() == [2024]
    assert tables.observations.empty
    assert tables.reporting_weeks["week"].tolist() == ["2025-W01"]  # its Monday is 30 December 2024
    assert tables.dialogue_themes["dialogue"].tolist() == ["staff"]
    assert tables.pledges["pledge_id"].tolist() == ["L0"]
    assert {record.path: record.set_aside for record in delivery.inputs} == dict.fromkeys(
        ("bra.txt", "dialog.csv", "est.xlsx", "folk.csv", "löften.csv", "veckor.csv"), (SetAside("senare än rapportåret", 1),)
    )


# The same fact in two files ------------------------------------------------------------------------------------------------


def test_the_same_figures_in_two_files_are_kept_once_and_counted(put: Put, read: Callable[..., Delivery]) -> None:
    put("a.txt", YEAR, "latin-1")
    put("b.txt", YEAR + "Falköping kommun;Totalt antal brott;År;2024;3494;10618;\n", "latin-1")
    delivery = read()
    assert len(delivery.tables.reported_offences) == 3
    assert sum(item.n_rows for record in delivery.inputs for item in record.set_aside) == 2
    assert {item.reason for record in delivery.inputs for item in record.set_aside} == {"finns också i en annan fil"}
    assert not of_kind(delivery, "motstridiga_filer")


def test_a_final_figure_replaces_a_preliminary_one(put: Put, read: Callable[..., Delivery]) -> None:
    put("a.txt", YEAR, "latin-1")
    put("b.txt", YEAR.replace("2025;2418;9869", "2025 prel.;2400;9796"), "latin-1")
    delivery = read()
    assert delivery.tables.reported_offences["count"].tolist() == [2308, 2418]
    assert set(delivery.tables.reported_offences["status"]) == {"final"}
    assert SetAside("ersatt av slutlig uppgift", 1) in [item for record in delivery.inputs for item in record.set_aside]
    assert not of_kind(delivery, "motstridiga_filer")


@pytest.mark.parametrize("newest", ["a.txt", "b.txt"])
def test_of_two_final_figures_the_newest_card_decides_and_it_is_said(
    put: Put, read: Callable[..., Delivery], newest: str
) -> None:
    files = {"a.txt": YEAR.encode("latin-1"), "b.txt": YEAR.replace("2418;9869", "2420;9877").encode("latin-1")}
    for name, content in files.items():
        put(name, content)
        put(f"{name}.source.toml", card(content, "2026-03-31" if name == newest else "2026-02-01"))
    delivery = read()
    assert delivery.tables.reported_offences["count"].tolist() == [2308, 2418 if newest == "a.txt" else 2420]
    (doubt,) = of_kind(delivery, "motstridiga_filer")
    first, second = ("2 418", "2 420") if newest == "a.txt" else ("2 420", "2 418")
    assert str(doubt).replace("\N{NO-BREAK SPACE}", " ") == (
        "a.txt och b.txt: 1 uppgift i tabellen reported_offences skiljer sig mellan filerna, till exempel "
        f'"Totalt antal brott" i Mariestad 2025: {first} och {second}. {newest} används: den är nyast enligt källkortet. '
        "Ta bort den fil som inte gäller."
    )


def test_a_suppressed_figure_yields_to_a_printed_one(put: Put, read: Callable[..., Delivery]) -> None:
    put("a.txt", YEAR.replace("2418;9869", "..;.."), "latin-1")
    put("b.txt", YEAR, "latin-1")
    delivery = read()
    assert delivery.tables.reported_offences["count"].tolist() == [2308, 2418]
    assert not of_kind(delivery, "motstridiga_filer")


def test_lists_that_number_from_1_are_not_taken_for_each_other(put: Put, read: Callable[..., Delivery]) -> None:
    heading = "observation_id;date;organisation;category;duplicate_of\n"
    put("2024.csv", heading + "1;2024-05-01;Fritid;Klotter;\n2;2024-05-02;Fritid;Klotter;1\n")
    put("2025.csv", heading + "1;2025-05-01;Fritid;Klotter;\n3;2025-05-02;Fritid;Klotter;1\n")
    frame = read().tables.observations
    assert len(frame) == 4
    assert frame["observation_id"].is_unique
    assert set(frame["duplicate_of"].dropna()) <= set(frame["observation_id"])
    assert frame["duplicate_of"].nunique() == 2


def test_a_week_reported_by_any_account_was_reported(put: Put, read: Callable[..., Delivery]) -> None:
    put("a.csv", "organisation;week;status\nFritid;2025-W10;missing\nFritid;2025-W11;zero\n")
    put("b.csv", "organisation;week;status\nFritid;2025-W10;zero\nFritid;2025-W11;reported\n")
    assert read().tables.reporting_weeks["status"].tolist() == ["zero", "reported"]


# Whether sources agree -----------------------------------------------------------------------------------------------------


def test_rates_that_do_not_fit_the_population_are_doubted_with_both_figures(put: Put, read: Callable[..., Delivery]) -> None:
    put("bra.txt", YEAR, "latin-1")
    put("folk.csv", PEOPLE.replace("24501", "24421"))
    (doubt,) = of_kind(read(), "tal_mot_folkmangd")
    # 2 418 / 24 421 · 100 000 = 9 901.3
    assert 'Mariestad 2025, "Totalt antal brott": 9 869 i filen, 9 901 beräknat.' in doubt.what.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert (doubt.n_rows, doubt.share) == (1, 0.5)


def test_rates_that_fit_are_not_doubted(put: Put, read: Callable[..., Delivery]) -> None:
    put("bra.txt", YEAR, "latin-1")
    put("folk.csv", PEOPLE)
    assert not of_kind(read(), "tal_mot_folkmangd")


@pytest.mark.parametrize("last", [8, 9])
def test_months_that_do_not_add_up_to_the_year_are_doubted(put: Put, read: Callable[..., Delivery], last: int) -> None:
    names = ["Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec"]
    counts = [200] * 11 + [100 + last]
    rows = (
        f"Mariestad kommun;Totalt antal brott;2024;{name};{n};{round(n / 0.24634)};\n"
        for name, n in zip(names, counts, strict=True)
    )
    put("manad.txt", SOL + "".join(rows), "latin-1")
    put("ar.txt", YEAR, "latin-1")
    doubts = of_kind(read(), "manader_mot_ar")
    assert [doubt.n_rows for doubt in doubts] == ([] if last == 8 else [1])
    assert all(
        '"Totalt antal brott": 2 308 för året, 2 309 för månaderna.' in doubt.what.replace("\N{NO-BREAK SPACE}", " ")
        for doubt in doubts
    )


def test_one_event_seen_by_two_organisations_is_counted_not_removed(put: Put, read: Callable[..., Delivery]) -> None:
    rows = [["2025-04-01", "08:00", "Bostäder", "Centrum", "Klotter"], ["2025-04-03", "08:00", "Skolan", "Centrum", "Klotter"]]
    put("est.xlsx", workbook(Blad1=[*EST, *rows]))
    delivery = read()
    (doubt,) = of_kind(delivery, "mojlig_dubblett")
    assert doubt.n_rows == 2
    assert delivery.tables.observations["duplicate_of"].isna().all()


# Order and names decide nothing --------------------------------------------------------------------------------------------

WORLD = {
    "ar": YEAR + "Hjo kommun;Totalt antal brott;År;2024;600;6500;\nHjo kommun;Totalt antal brott;År;2025;..;..;\n",
    "ar2": YEAR.replace("2418;9869", "2420;9877"),
    "prel": YEAR.replace("År;2025", "År;2025 prel."),
    "folk": PEOPLE,
    "folk2": PEOPLE.replace("24501", "24421"),
    "obs": "observation_id;date;organisation;category\n"
    "1;2025-01-02;Fritid;Klotter\n2;2025-01-03;Fritid;Vildsvin\n3;2025-01-03;Hem;Noll\n",
    "obs2": "observation_id;date;organisation;category\n1;2025-02-02;Fritid;Klotter\n2;2025-01-03;Fritid;Droger\n",
    "est": "Datum;Organisation;Kategori;Plats\n"
    "2025-05-01;Fritid;Klotter;Torget\n2025-05-01;Fritid;Klotter;Torget\n2025-05-01;Hem;Droger;\n",
}


def shuffled(text: str, seed: int) -> str:
    heading, *rows = text.splitlines(keepends=True)
    random.Random(seed).shuffle(rows)
    return heading + "".join(rows)


def test_order_and_names_of_files_and_rows_decide_nothing(
    profile: Profile, terms: Taxonomy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def tables_of(files: dict[str, str]) -> dict[str, pd.DataFrame]:
        folder = tmp_path_factory.mktemp("raw")
        for name, text in files.items():
            (folder / name).write_bytes(text.encode("latin-1"))
        return dict(sources.read(profile.model_copy(update={"raw": folder}), terms).tables.items())

    # The checksum of a file decides between equals, so only rows of files that meet no rival are shuffled.
    alone = {"est"}
    before = tables_of({f"{name}.csv": text for name, text in WORLD.items()})

    @settings(max_examples=6, deadline=None)
    @given(seed=st.integers(0, 10_000), names=st.permutations([f"fil{n}.csv" for n in range(len(WORLD))]))
    def decide_nothing(seed: int, names: list[str]) -> None:
        mixed = {key: shuffled(text, seed) if key in alone else text for key, text in WORLD.items()}
        after = tables_of(dict(zip(names, mixed.values(), strict=True)))
        assert before.keys() == after.keys()
        for name, frame in before.items():
            pd.testing.assert_frame_equal(frame, after[name])

    decide_nothing()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_the_order_of_rows_decides_nothing_in_any_one_file(
    seed: int, profile: Profile, terms: Taxonomy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    key = sorted(WORLD)[seed % len(WORLD)]
    deliveries = []
    for text in (WORLD[key], shuffled(WORLD[key], seed)):
        folder = tmp_path_factory.mktemp("raw")
        (folder / "fil.csv").write_bytes(text.encode("latin-1"))
        deliveries.append(sources.read(profile.model_copy(update={"raw": folder}), terms))
    for (name, first), (_, second) in zip(deliveries[0].tables.items(), deliveries[1].tables.items(), strict=True):
        pd.testing.assert_frame_equal(first, second, obj=name)


def test_a_renamed_file_changes_nothing_but_its_record(put: Put, read: Callable[..., Delivery]) -> None:
    path = put("bra.txt", YEAR, "latin-1")
    put("folk.csv", PEOPLE)
    before = read()
    path.rename(path.with_name("zzz.dat"))
    after = read()
    for (_, first), (_, second) in zip(before.tables.items(), after.tables.items(), strict=True):
        pd.testing.assert_frame_equal(first, second)
    assert [replace(record, path="") for record in sorted(before.inputs, key=lambda record: record.sha256)] == [
        replace(record, path="") for record in sorted(after.inputs, key=lambda record: record.sha256)
    ]
    assert [record.path for record in after.inputs] == ["folk.csv", "zzz.dat"]


def test_the_embedded_folders_are_read_without_disagreement(root: Path, terms: Taxonomy) -> None:
    for name, n_offences in (("mariestad", 1619), ("exempelby", None)):
        delivery = sources.read(Profile.load(root / "profiles" / f"{name}.toml"), terms)
        kinds = {doubt.kind for doubt in delivery.doubts}
        assert not kinds & {
            "tal_mot_folkmangd",
            "manader_mot_ar",
            "motstridiga_filer",
            "motstridiga_siffror",
            "kallkort_saknas",
        }
        assert n_offences in (None, len(delivery.tables.reported_offences))
