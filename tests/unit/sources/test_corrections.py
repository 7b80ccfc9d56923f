"""``corrections.toml``: known errors put right openly, and never longer than they last."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild import sources
from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy

Put = Callable[..., Path]
YEAR = (
    "Region;Brott;År;Period;Antal;/100 000 inv\n"
    "Mariestad kommun;Totalt antal brott;År;2024;2308;9369;\n"
    "Mariestad kommun;Totalt antal brott;År;2025;2481;10126;\n"
)
MENDED = """[[correction]]
file = "bra.txt"
table = "reported_offences"
where = { kommunkod = "1493", year = 2025, offence = "Totalt antal brott" }
expect = { count = 2481 }
set = { count = 2418, rate_per_100k = 9869 }
why = "Två siffror har kastats om."
reported_by = "Kommunens statistiker"
reported_on = 2026-02-10
"""


def told(profile: Profile, terms: Taxonomy) -> str:
    with pytest.raises(SourceError) as raised:
        sources.read(profile, terms)
    return str(raised.value)


def test_a_correction_changes_the_figure_and_is_told(put: Put, profile: Profile, terms: Taxonomy) -> None:
    put("bra.txt", YEAR, "latin-1")
    put("corrections.toml", MENDED)
    delivery = sources.read(profile, terms)
    assert delivery.tables.reported_offences["count"].tolist() == [2308, 2418]
    assert delivery.tables.reported_offences["rate_per_100k"].tolist() == [9369, 9869]
    [doubt] = [doubt for doubt in delivery.doubts if doubt.kind == "rattelse"]
    assert doubt.where == "bra.txt"
    assert doubt.what == (
        "1\xa0rad i tabellen reported_offences (kommunkod 1493, year 2025 och offence Totalt antal brott) har ändrats från "
        "count 2481 till count 2418 och rate_per_100k 9869 genom en rättelse."
    )
    assert doubt.action == "Skäl: Två siffror har kastats om. Anmält av Kommunens statistiker, 2026-02-10."


@pytest.mark.parametrize("key", ["where", "expect", "set"])
def test_a_text_for_a_day_stops(key: str, put: Put, profile: Profile, terms: Taxonomy) -> None:
    put("est.csv", "observation_id;date;organisation;category\n1;2025-03-31;Fritid;Klotter\n")
    entry = {"where": {"observation_id": "1"}, "expect": {"observation_id": "1"}, "set": {"area": "Norr"}} | {
        key: {"date": "i mars"}
    }
    lines = [
        f"{name} = {{ {''.join(f'{column} = {json.dumps(value)}' for column, value in one.items())} }}"
        for name, one in entry.items()
    ]
    head, tail = '[[correction]]\nfile = "est.csv"\ntable = "observations"\n', 'why = "Fel dag."\nreported_by = "Kommunen"\n'
    put("corrections.toml", "\n".join([head, *lines, tail]))
    expected = {
        "where": "where stämmer på ingen rad",
        "expect": "säger inte längre",
        "set": "värdet i set går inte att använda",
    }
    assert expected[key] in told(profile, terms)


def test_a_removed_row_is_set_aside_and_counted(put: Put, profile: Profile, terms: Taxonomy) -> None:
    put("bra.txt", YEAR, "latin-1")
    put("corrections.toml", MENDED.replace("set = { count = 2418, rate_per_100k = 9869 }", "remove = true"))
    delivery = sources.read(profile, terms)
    assert delivery.tables.reported_offences["year"].tolist() == [2024]
    assert [(item.reason, item.n_rows) for item in delivery.inputs[0].set_aside] == [("borttagen enligt corrections.toml", 1)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("year = 2025", "year = 2020", "rättelse 1: where stämmer på ingen rad. Väntat: 1\xa0rad."),
        ("year = 2025, ", "", "where stämmer på 2\xa0rader."),
        ("count = 2481", "count = 2418", "filen säger inte längre det som står i expect. Väntat: count 2418"),
        ('"bra.txt"', '"bra.csv"', 'filen "bra.csv" finns inte i mappen. Menas "bra.txt"?'),
        ("{ count = 2418,", '{ count = "många",', "rättelse 1: värdet i set går inte att använda. Väntat: count: ett heltal"),
        ("{ count = 2418,", "{ count = -1,", "värdet i set går inte att använda."),
    ],
)
def test_a_correction_that_does_not_fit_stops(
    put: Put, profile: Profile, terms: Taxonomy, old: str, new: str, expected: str
) -> None:
    put("bra.txt", YEAR, "latin-1")
    put("corrections.toml", MENDED.replace(old, new))
    assert expected in told(profile, terms)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[correction]\n", "corrections.toml: filen går inte att läsa."),
        ("[[rättelse]]\n", "corrections.toml: filen går inte att läsa."),
        ("[[rattelse]]\n", 'corrections.toml: "rattelse" är okänt.'),
        ("[[correction]]\n", "rättelse 1: nyckeln file saknas."),
        (MENDED.replace("why =", "varfor ="), 'rättelse 1: nyckeln "varfor" är okänd.'),
        (MENDED + "remove = true\n", "rättelsen ska antingen ändra eller ta bort."),
        (MENDED.replace("reported_offences", "reported"), 'tabellen "reported" finns inte.'),
        (MENDED.replace("set = { count", "set = { antal"), 'set: kolumnen "antal" finns inte.'),
    ],
)  # fmt: skip
def test_a_correction_that_is_written_wrongly_says_how(
    put: Put, profile: Profile, terms: Taxonomy, text: str, expected: str
) -> None:
    put("bra.txt", YEAR, "latin-1")
    put("corrections.toml", text)
    assert expected in told(profile, terms)


@pytest.mark.parametrize(
    ("text", "key", "secret"),
    [
        (MENDED.replace("Kommunens statistiker", "Anna Lindqvist, Brå"), "reported_by", "Lindqvist"),
        (MENDED.replace("Kommunens statistiker", "Gunvor"), "reported_by", "Gunvor"),
        (MENDED.replace("har kastats om", "kastades om av Viggo Lindqvist"), "why", "Lindqvist"),
        (MENDED.replace("rate_per_100k = 9869", 'status = "pnr 850709-9805"'), "set", "9805"),
    ],
)
def test_a_correction_names_no_person(put: Put, profile: Profile, terms: Taxonomy, text: str, key: str, secret: str) -> None:
    put("bra.txt", YEAR, "latin-1")
    put("corrections.toml", text)
    message = told(profile, terms)
    assert f"rättelse 1, {key}: här ser det ut att stå en personuppgift." in message
    assert secret not in message


def test_every_correction_that_does_not_fit_is_told_at_once(put: Put, profile: Profile, terms: Taxonomy) -> None:
    put("bra.txt", YEAR, "latin-1")
    put("corrections.toml", MENDED.replace("year = 2025", "year = 2020") + MENDED.replace("count = 2481", "count = 1"))
    message = told(profile, terms)
    assert "rättelse 1: where" in message
    assert "rättelse 2: filen säger" in message
