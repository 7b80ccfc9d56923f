"""The eleven tables that cross a border, column by column; also the plain import format and the templates."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lagesbild.tables.table import Column, Kind, Rule, Table

#: SWEREF 99 TM (EPSG:3006), metres: a box round Sweden; a point outside it has swapped axes or another reference system.
EAST, NORTH = (260_000, 920_000), (6_130_000, 7_680_000)


def _optional(name: str, kind: Kind, about: str, example: str | float, **rest: Any) -> Column:
    return Column(name, kind, about, example, is_optional=True, **rest)


def _given(*names: str) -> Rule:
    """At least one of the columns is given."""
    listed = f"{', '.join(names[:-1])} eller {names[-1]}"
    return Rule(names, f"ett värde i {listed}", lambda frame: frame[list(names)].notna().any(axis=1))


def _ordered(first: str, last: str, later: str = "större") -> Rule:
    """The first is not after the last, where both are given."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        return frame[[first, last]].isna().any(axis=1) | frame[first].le(frame[last])

    return Rule((first, last), f"{first} som inte är {later} än {last}", holds)


def _together(first: str, last: str) -> Rule:
    """Both or neither."""
    return Rule(
        (first, last), f"både {first} och {last}, eller ingetdera", lambda frame: frame[first].isna().eq(frame[last].isna())
    )


def _within_scale(frame: pd.DataFrame) -> pd.Series:
    highest = frame["scale"].map({"percent": 100.0, "index_0_6": 6.0}).astype("float64")
    cells = frame[["value", "lower", "upper"]]
    return (cells.isna() | (cells.ge(0) & cells.le(highest, axis=0))).all(axis=1)


def _code_of_offence(frame: pd.DataFrame) -> pd.Series:
    return frame["key_type"].ne("code") | frame["offence"].str.fullmatch(r"\d{4}", na=False)


def _existing_week(frame: pd.DataFrame) -> pd.Series:
    """Week 53 exists in the years whose 28 December falls in it (ISO 8601)."""
    lasts = pd.to_datetime(frame["week"].str.slice(0, 4) + "-12-28", format="%Y-%m-%d", errors="coerce").dt.isocalendar().week
    return ~(frame["week"].str.endswith("W53", na=False) & lasts.eq(52).fillna(False)).astype("bool")


def _not_both(reason: str, *figures: str) -> Rule:
    """A reason for a missing figure only where one is missing."""
    listed = " eller ".join(figures)
    expected = f"{reason} bara på rader där {listed} saknas"
    return Rule((reason, *figures), expected, lambda frame: frame[reason].isna() | frame[list(figures)].isna().any(axis=1))


def _padded_codes(frame: pd.DataFrame) -> pd.DataFrame:
    """Offence codes that lost their leading zeros in a spreadsheet get them back."""
    is_short = frame["key_type"].eq("code") & frame["offence"].str.fullmatch(r"\d{1,3}", na=False)
    return frame.assign(offence=frame["offence"].mask(is_short, frame["offence"].str.zfill(4)))


MISSING = ("suppressed", "not_applicable", "not_collected")
KOMMUNKOD = Column("kommunkod", "code", "Kommunens kod hos SCB, fyra siffror", "1493")
X = _optional("x", "number", "Östlig koordinat i SWEREF 99 TM", 428500, unit="meter", lowest=EAST[0], highest=EAST[1])
Y = _optional("y", "number", "Nordlig koordinat i SWEREF 99 TM", 6508200, unit="meter", lowest=NORTH[0], highest=NORTH[1])
AREA = _optional("area", "text", "Område inom kommunen, med samma namn varje gång", "Centrum")

_TABLES = (
    Table(
        "reported_offences",
        "Anmälda brott per kommun och år eller månad",
        (
            KOMMUNKOD,
            Column("offence", "text", "Brottskod, brottsgrupp eller indikator, som Brå skriver den", "Skadegörelsebrott"),
            Column(
                "key_type",
                "choice",
                "Vad offence är: brottskod, grupp eller indikator",
                "group",
                choices=("code", "group", "indicator"),
            ),
            Column("year", "year", "År då brotten anmäldes", 2025, lowest=1900, highest=2100),
            _optional("month", "count", "Månad; tomt för ett helt år", 3, lowest=1, highest=12),
            _optional("count", "count", "Antal anmälda brott", 18, unit="anmälda brott", lowest=0),
            _optional(
                "rate_per_100k", "number", "Anmälda brott per 100 000 invånare", 74.0, unit="per 100 000 invånare", lowest=0
            ),
            _optional("missing", "choice", "Varför uppgiften saknas; tomt om den finns", "", choices=MISSING),
            Column("status", "choice", "Slutlig eller preliminär", "final", choices=("final", "preliminary")),
        ),
        key=("kommunkod", "offence", "key_type", "year", "month", "status"),
        rules=(
            _given("count", "rate_per_100k", "missing"),
            _not_both("missing", "count", "rate_per_100k"),
            Rule(("key_type", "offence"), "fyra siffror när key_type är code", _code_of_offence),
        ),
        figures=("count", "rate_per_100k"),
        repair=_padded_codes,
    ),
    Table(
        "incidents",
        "Polisens lista över anmälda händelser",
        (
            Column("incident_id", "text", "Händelsens eget nummer i listan, inte diarienumret", "P-0001"),
            Column("brottskod", "code", "Brottskod, fyra siffror", "1203"),
            Column("count", "count", "Antal brott", 1, unit="brott", lowest=0),
            _optional("reported_on", "date", "Datum då brottet anmäldes", "2025-03-31"),
            _optional("occurred_from", "date", "Tidigaste tidpunkt, med klockslag om det är känt", "2025-03-29 22:00"),
            _optional("occurred_to", "date", "Senaste tidpunkt, med klockslag om det är känt", "2025-03-30 07:00"),
            AREA,
            X,
            Y,
        ),
        key=("incident_id", "brottskod"),
        rules=(_ordered("occurred_from", "occurred_to", "senare"), _together("x", "y")),
    ),
    Table(
        "observations",
        "Observationer ur EST-listan",
        (
            Column("observation_id", "text", "Observationens nummer", "E-0001"),
            Column("date", "date", "Datum då det iakttogs", "2025-03-29"),
            _optional("time", "clock", "Klockslag", "22:30"),
            Column(
                "organisation",
                "text",
                "Den förvaltning, det bolag eller den myndighet som rapporterar, aldrig en person",
                "Fritid",
            ),
            AREA,
            _optional("place", "text", "Plats, aldrig en bostadsadress", "Torget"),
            Column("category", "text", "Kategori ur EST-listan", "Skadegörelse"),
            _optional("severity", "count", "Allvar: 1 lindrigt, 2 måttligt, 3 allvarligt", 2, lowest=1, highest=3),
            _optional("persons", "count", "Ungefär hur många som var inblandade", 4, unit="personer", lowest=0),
            X,
            Y,
            _optional(
                "description",
                "text",
                "Fri text; läses bara för att leta efter personuppgifter och visas aldrig",
                "",
                is_private=True,
            ),
            _optional("duplicate_of", "text", "Numret på den observation som den här upprepar", ""),
        ),
        key=("observation_id",),
        rules=(_together("x", "y"),),
    ),
    Table(
        "reporting_weeks",
        "Vilka som rapporterade till EST, vecka för vecka",
        (
            Column("organisation", "text", "Den förvaltning, det bolag eller den myndighet som rapporterar", "Fritid"),
            Column("week", "week", "ISO-vecka", "2025-W13"),
            Column(
                "status",
                "choice",
                "Rapporterade, inget att rapportera eller ingen rapport",
                "reported",
                choices=("reported", "zero", "missing"),
            ),
        ),
        key=("organisation", "week"),
        rules=(Rule(("week",), "en vecka som finns; alla år har inte vecka 53", _existing_week),),
    ),
    Table(
        "survey_results",
        "Publicerade enkätresultat",
        (
            Column("survey", "text", "Enkätens namn", "ntu"),
            Column("item", "text", "Frågan", "Problem med skadegörelse i bostadsområdet"),
            Column("group", "text", "Grupp av svarande", "alla"),
            Column(
                "geography_level",
                "choice",
                "Vilket slags område värdet gäller",
                "kommun",
                choices=("kommun", "police_area", "lan", "riket"),
            ),
            Column("geography", "text", "Området: kommunkod för en kommun, annars namnet", "1493"),
            Column("year", "year", "Det år enkäten gjordes", 2025, lowest=1900, highest=2100),
            _optional("value", "number", "Värdet", 27.0, unit="procent eller index 0–6"),
            Column("scale", "choice", "Procent, eller index från 0 till 6", "percent", choices=("percent", "index_0_6")),
            Column("higher_is", "choice", "Om ett högre värde är sämre eller bättre", "worse", choices=("worse", "better")),
            _optional("lower", "number", "Osäkerhetsintervallets nedre gräns", 22.0, unit="som value"),
            _optional("upper", "number", "Osäkerhetsintervallets övre gräns", 32.0, unit="som value"),
            _optional("n", "count", "Antal svarande", 280, unit="svarande", lowest=0),
            _optional("missing", "choice", "Varför värdet saknas; tomt om det finns", "", choices=MISSING),
        ),
        key=("survey", "item", "group", "geography_level", "geography", "year"),
        rules=(
            _given("value", "missing"),
            _not_both("missing", "value"),
            _ordered("lower", "value"),
            _ordered("value", "upper"),
            Rule(("scale", "value", "lower", "upper"), "0–100 för percent och 0–6 för index_0_6", _within_scale),
        ),
        figures=("value", "lower", "upper", "n"),
    ),
    Table(
        "survey_answers",
        "Enskilda enkätsvar utan namn",
        (
            Column("survey", "text", "Enkätens namn", "egen_enkat"),
            Column("year", "year", "Det år enkäten gjordes", 2025, lowest=1900, highest=2100),
            Column("respondent", "text", "Löpnummer för den som svarat, aldrig namn eller personnummer", "1"),
            _optional("weight", "number", "Vikt i urvalet", 1.0, lowest=0),
            _optional("stratum", "text", "Stratum i urvalet", ""),
            AREA,
            _optional("group", "text", "Grupp av svarande", "kvinnor"),
            Column("item", "text", "Frågan", "Problem med skadegörelse i bostadsområdet"),
            Column("answer", "text", "Svaret, som det står i enkäten", "I stor utsträckning"),
        ),
        key=("survey", "year", "respondent", "item"),
    ),
    Table(
        "dialogue_themes",
        "Vad som nämndes i medborgar- och medarbetardialoger",
        (
            Column("dialogue", "choice", "Med medborgare eller med medarbetare", "citizen", choices=("citizen", "staff")),
            Column("date", "date", "Datum för dialogen", "2025-03-29"),
            _optional("participants", "count", "Antal deltagare", 60, unit="deltagare", lowest=0),
            Column("theme", "text", "Tema", "Skadegörelse"),
            Column("mentions", "count", "Hur många gånger temat nämndes", 14, unit="gånger", lowest=0),
        ),
        key=("dialogue", "date", "theme"),
    ),
    Table(
        "population",
        "Folkmängd per kommun och år",
        (
            KOMMUNKOD,
            Column("year", "year", "År", 2025, lowest=1900, highest=2100),
            Column(
                "population", "count", "Medelfolkmängd, som Brå räknar per 100 000 invånare", 24500, unit="invånare", lowest=1
            ),
        ),
        key=("kommunkod", "year"),
    ),
    Table(
        "peers",
        "Vilka kommuner som jämförs med varandra",
        (KOMMUNKOD, Column("peer_group", "text", "Jämförelsegruppens namn, som i profilen", "ostra-skaraborg")),
        key=("kommunkod", "peer_group"),
    ),
    Table(
        "judgements",
        "Kommunens och polisens gemensamma bedömningar",
        (
            Column("problem_area", "text", "Problemområdets id", "skadegorelse"),
            Column("criterion", "text", "Vad som bedöms", "paverkbarhet"),
            Column("value", "count", "Bedömning från 0 (inte alls) till 3 (i hög grad)", 2, lowest=0, highest=3),
            Column("reason", "text", "Motivering", "Nattvandring och belysning går att påverka"),
            Column("forum", "text", "Var bedömningen gjordes", "Brottsförebyggande rådet"),
            Column("date", "date", "När bedömningen gjordes", "2025-09-15"),
        ),
        key=("problem_area", "criterion", "forum", "date"),
    ),
    Table(
        "pledges",
        "Tidigare och gällande medborgarlöften",
        (
            Column("pledge_id", "text", "Löftets nummer", "L-2024-1"),
            Column("text", "text", "Löftet, som det gavs", "Vi ska minska skadegörelsen i centrum"),
            Column("problem_area", "text", "Problemområdets id", "skadegorelse"),
            _optional("indicator", "text", "Vad löftet följs upp med", "Anmälda brott per 100 000 invånare"),
            Column("start", "date", "Första dagen", "2024-01-01"),
            Column("end", "date", "Sista dagen", "2025-12-31"),
            _optional("activity", "text", "Aktivitet", "Kvällsvandring i centrum"),
            _optional("responsible", "text", "Ansvarig funktion, aldrig en persons namn", "Fritidsförvaltningen"),
            _optional("planned", "count", "Hur många gånger aktiviteten skulle göras", 40, unit="gånger", lowest=0),
            _optional("done", "count", "Hur många gånger den gjordes", 32, unit="gånger", lowest=0),
        ),
        key=("pledge_id", "activity"),
        rules=(_ordered("start", "end", "senare"),),
    ),
)
#: Every table of the contract by name, in the order of the design.
TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
