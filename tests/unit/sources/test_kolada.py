from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import kolada
from lagesbild.sources.checks.kolada import against_reported
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.tables import CONTEXT, TABLES, Context, Tables
from lagesbild.taxonomy import Taxonomy


def read(content: str | bytes, profile: Profile, terms: Taxonomy) -> Reading:
    file = RawFile(Path("kolada"), "kolada.json", content if isinstance(content, bytes) else content.encode())
    assert kolada.recognise(file, profile) is None
    reading = kolada.read(file, profile, terms)
    assert reading.n_lost == 0
    return reading


def figures(reading: Reading) -> list[tuple[str, str, int, float]]:
    frame = reading.tables["context_figures"]
    return sorted(frame[["kommunkod", "indicator", "year", "value"]].itertuples(index=False, name=None))


def answer(*values: dict[str, object], kpi: str = "N01951", place: str = "1493", period: object = 2025) -> str:
    return json.dumps({"values": [{"kpi": kpi, "municipality": place, "period": period, "values": list(values)}], "count": 1})


NESTED = answer({"gender": "T", "count": 1, "status": "", "value": 24421.0, "isdeleted": False})
FLAT = json.dumps(
    {"values": [{"kpi_id": "N01951", "municipality_id": "1493", "period": 2025, "gender": "T", "value": 24421.0}]}
)
RECORD = json.dumps(
    {
        "kommunkod": "1493",
        "population": {"total": {"value": 24421.0, "provenance": {"source": "kolada:N01951", "period": 2025}}},
        "jobs": {"x": {"label": "Städ", "value": 6.9, "count": 17, "provenance": {"source": "jobtech:x", "period": "2026-06"}}},
    }
)
TABLE = "kommunkod,name,total,total_source,total_period\n1493,Mariestad,24421.0,kolada:N01951,2025.0\n"


@pytest.mark.parametrize("text", [NESTED, FLAT, RECORD, TABLE, json.dumps(json.loads(FLAT)["values"])])
def test_every_form_gives_the_same(text: str, profile: Profile, terms: Taxonomy) -> None:
    reading = read(text, profile, terms)
    assert figures(reading) == [("1493", "N01951", 2025, 24421.0)]
    assert reading.tables["population"].to_records(index=False).tolist() == [("1493", 2025, 24421)]
    assert reading.grades["population"].tolist() == [4]


def test_what_is_not_used_is_counted(profile: Profile, terms: Taxonomy) -> None:
    values: list[dict[str, object]] = [
        {"gender": "T", "value": 24421},
        {"gender": "T", "value": 24421},
        {"gender": "K", "value": 12100},
        {"gender": "T", "value": None},
        {"gender": "T", "value": 1, "isdeleted": True},
    ]
    reading = read(answer(*values), profile, terms)
    assert (reading.rows_read, reading.rows_used) == (5, 1)
    assert {item.reason for item in reading.set_aside} == {
        "upprepar en uppgift",
        "gäller kvinnor eller män, inte alla",
        "saknar värde",
        "är struken i Kolada",
    }


@pytest.mark.parametrize("place", ["0000", "0014", "G12345"])
def test_the_country_the_län_and_groups_are_set_aside(place: str, profile: Profile, terms: Taxonomy) -> None:
    reading = read(answer({"gender": "T", "value": 1}, place=place), profile, terms)
    assert reading.set_aside == (SetAside("gäller ett annat område än en kommun", 1),)


def test_an_unknown_indicator_is_kept_under_its_id(profile: Profile, terms: Taxonomy) -> None:
    context = read(answer({"gender": "T", "value": 3.5}, kpi="N99999"), profile, terms).tables["context_figures"]
    assert context[["name", "unit"]].to_records(index=False).tolist() == [("Nyckeltal N99999", "enligt Kolada")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (answer({"gender": "T", "value": 1}, kpi="Anna Berg"), "nyckeltalet är inget av Koladas."),
        (answer({"gender": "T", "value": 1}, place="8507099805"), "kommunen är ingen kommunkod."),
        (answer({"gender": "T", "value": "många"}), "värdet är inget tal."),
        (answer({"gender": "T", "value": 10**400}), "värdet är inget tal."),
        (answer({"gender": "T", "value": 1}, period="2025-06"), "perioden är inget år."),
        (
            answer({"gender": "T", "value": 1}, {"gender": "T", "value": 2}),
            "samma nyckeltal, kommun och år har två olika värden.",
        ),
        (NESTED[:-20], "filen är ingen hel JSON-fil: den är avklippt eller ändrad."),
        ('{"values": [{"kpi": ' + "[" * 100_000, "filen är ingen hel JSON-fil: den är avklippt eller ändrad."),
    ],
)
def test_what_is_wrong_is_told_without_quoting(text: str, told: str, profile: Profile, terms: Taxonomy) -> None:
    with pytest.raises(SourceError) as error:
        read(text, profile, terms)
    assert told in str(error.value)
    assert not any(private in str(error.value) for private in ("Berg", "8507099805", "många"))


def test_other_json_is_refused(profile: Profile) -> None:
    refusal = kolada.recognise(RawFile(Path("x"), "x", b'[{"id": 1, "name": "21 januari, Mariestad"}]'), profile)
    assert refusal is not None
    assert refusal.reason == "filen är varken ett svar från Koladas API eller en tabell som anger Kolada som källa"


def delivered(rate: float, value: float) -> tuple[Tables, Context]:
    offences = TABLES["reported_offences"].schema.validate(
        pd.concat(
            [
                TABLES["reported_offences"].empty(),
                pd.DataFrame(
                    {
                        "kommunkod": ["1493"],
                        "offence": ["Totalt antal brott"],
                        "key_type": ["group"],
                        "year": [2025],
                        "month": pd.array([None], dtype="Int64"),
                        "count": pd.array([2418], dtype="Int64"),
                        "rate_per_100k": [rate],
                        "missing": pd.array([None], dtype="str"),
                        "status": ["final"],
                    }
                ),
            ]
        )
    )
    row = ["1493", "N07540", "Anmälda brott, alla", 2025, value, "per 100 000 invånare", "Kolada"]
    figures = pd.DataFrame([row], columns=CONTEXT["context_figures"].names)
    return Tables(reported_offences=offences), Context(context_figures=figures)


def test_kolada_agrees_with_brå_but_for_rounding(terms: Taxonomy) -> None:
    assert against_reported(*delivered(9869.0, 9868.58215), terms) == ()
    (doubt,) = against_reported(*delivered(9869.0, 9796.1), terms)
    assert doubt.what.replace("\N{NO-BREAK SPACE}", " ") == (
        "Brås och Koladas tal för alla anmälda brott per 100 000 invånare skiljer sig för 1 kommunår. "
        "Störst är skillnaden för Mariestad 2025: 9 869 hos Brå, 9 796,1 hos Kolada."
    )


def test_the_real_files(shared: Path, profile: Profile, terms: Taxonomy) -> None:
    folder = shared / "data" / "kolada_kommun"
    table = read((folder / "kolada_kommun_2025.csv").read_bytes(), profile, terms)
    assert (table.rows_read, table.rows_used, len(table.tables["population"])) == (290, 290, 290)
    record = read((folder / "1493.json").read_bytes(), profile, terms)
    assert (record.rows_read, record.rows_used) == (29, 7)
    assert record.set_aside == (SetAside("kommer inte från Kolada", 22),)
    # Read by hand in 1493.json.
    own = {(indicator, year): value for _, indicator, year, value in figures(record)}
    assert own["N01951", 2025] == 24421.0
    assert own["N07540", 2025] == pytest.approx(9868.58215)
    assert own["N02915", 2024] == pytest.approx(-0.556098)
    assert set(figures(record)) <= set(figures(table))
