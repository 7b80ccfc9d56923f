"""Every table of the contract: what is accepted, what is refused and in which words."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild import swedish
from lagesbild.errors import SchemaError
from lagesbild.tables import TABLES, Figure, Tables, Year, parse_figure, parse_figures, parse_year, validate

CONTRACT = {
    "reported_offences": "kommunkod, offence, key_type, year, month?, count?, rate_per_100k?, missing?, status",
    "incidents": "incident_id, brottskod, count, reported_on?, occurred_from?, occurred_to?, area?, x?, y?",
    "observations": "observation_id, date, time?, organisation, area?, place?, category, severity?, persons?, x?, y?, "
    "description?, duplicate_of?",
    "reporting_weeks": "organisation, week, status",
    "survey_results": "survey, item, group, geography_level, geography, year, value?, scale, higher_is, lower?, "
    "upper?, n?, missing?",
    "survey_answers": "survey, year, respondent, weight?, stratum?, area?, group?, item, answer",
    "dialogue_themes": "dialogue, date, participants?, theme, mentions",
    "population": "kommunkod, year, population",
    "peers": "kommunkod, peer_group",
    "judgements": "problem_area, criterion, value, reason, forum, date",
    "pledges": "pledge_id, text, problem_area, indicator?, start, end, activity?, responsible?, planned?, done?",
}


def example(name: str, **changed: object) -> pd.DataFrame:
    return pd.DataFrame([{column.name: column.example for column in TABLES[name].columns} | changed])


def problems(name: str, frame: pd.DataFrame) -> list[str]:
    with pytest.raises(SchemaError) as error:
        validate(name, frame, "fil.csv")
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_the_contracts(name: str) -> None:
    listed = ", ".join(column.name + "?" * column.is_optional for column in TABLES[name].columns)
    assert listed == CONTRACT[name]
    assert [*TABLES] == [*CONTRACT]


@pytest.mark.parametrize("name", CONTRACT)
def test_an_example_row_validates_and_stays_as_it_is(name: str) -> None:
    table = TABLES[name]
    once = validate(name, example(name), "fil.csv")
    assert {column.name: str(once.dtypes[column.name]) for column in table.columns} == {c.name: c.dtype for c in table.columns}
    pd.testing.assert_frame_equal(validate(name, once, "fil.csv"), once)
    pd.testing.assert_frame_equal(validate(name, example(name).astype("str"), "fil.csv"), once)  # as a CSV file is read
    pd.testing.assert_frame_equal(validate(name, table.empty(), "fil.csv"), table.empty())
    pd.testing.assert_frame_equal(getattr(Tables(), name), table.empty())


@pytest.mark.parametrize("name", CONTRACT)
def test_every_required_column_is_required_and_no_optional_one(name: str) -> None:
    required = [column.name for column in TABLES[name].columns if not column.is_optional]
    for column in required:
        assert f"fil.csv: kolumnen {column} saknas." in problems(name, example(name).drop(columns=column))
        assert any(
            f"rad 2, kolumn {column}: cellen är tom." in said for said in problems(name, example(name, **{column: None}))
        )
    figures = TABLES[name].figures[:1]
    assert validate(name, example(name)[[*required, *figures]], "fil.csv").columns.tolist() == TABLES[name].names


@pytest.mark.parametrize(
    ("name", "changed", "said"),
    [
        (
            "incidents",
            {"reported_on": "31/2"},
            'kolumn reported_on: "31/2" går inte att använda. Väntat: ett datum som 2025-03-31.',
        ),
        ("incidents", {"reported_on": "2025-02-30"}, 'kolumn reported_on: "2025-02-30" går inte att använda.'),
        ("incidents", {"x": 6508200.0}, 'kolumn x: "6508200" går inte att använda.'),
        (
            "incidents",
            {"x": None},
            'kolumnerna x och y: tomt och "6508200" går inte ihop. Väntat: både x och y, eller ingetdera.',
        ),
        ("incidents", {"occurred_to": "2025-03-01"}, "Väntat: occurred_from som inte är senare än occurred_to."),
        ("reported_offences", {"month": 13}, 'kolumn month: "13" går inte att använda. Väntat: ett heltal från 1 till 12.'),
        ("reported_offences", {"month": ".."}, 'kolumn month: ".." går inte att använda.'),
        ("reported_offences", {"count": "1,5"}, 'kolumn count: "1,5" går inte att använda.'),
        ("reported_offences", {"count": None, "rate_per_100k": ""}, "Väntat: ett värde i count, rate_per_100k eller missing."),
        ("reported_offences", {"missing": "suppressed"}, "missing bara på rader där count eller rate_per_100k saknas."),
        ("reported_offences", {"key_type": "code"}, "Väntat: fyra siffror när key_type är code."),
        ("reported_offences", {"year": "2026 prel."}, 'kolumn year: "2026 prel." går inte att använda.'),
        (
            "reported_offences",
            {"kommunkod": "Mariestad"},
            'kolumn kommunkod: "Mariestad" går inte att använda. Väntat: fyra siffror.',
        ),
        ("reporting_weeks", {"week": "2025-7"}, "Väntat: en vecka som 2025-W07."),
        ("reporting_weeks", {"week": "2025-W53"}, "Väntat: en vecka som finns; alla år har inte vecka 53."),
        ("survey_results", {"lower": 30}, "Väntat: lower som inte är större än value."),
        ("survey_results", {"upper": "26,9"}, "Väntat: value som inte är större än upper."),
        ("survey_results", {"upper": 101}, "Väntat: 0–100 för percent och 0–6 för index_0_6."),
        ("survey_results", {"scale": "index_0_6"}, "Väntat: 0–100 för percent och 0–6 för index_0_6."),
        ("judgements", {"value": 4}, 'kolumn value: "4" går inte att använda. Väntat: ett heltal från 0 till 3.'),
        ("observations", {"severity": 0}, "Väntat: ett heltal från 1 till 3."),
        ("observations", {"time": "25:00"}, 'kolumn time: "25:00" går inte att använda.'),
        ("pledges", {"end": "2023-12-31"}, "Väntat: start som inte är senare än end."),
        ("population", {"population": ".."}, 'kolumn population: ".." går inte att använda.'),
    ],
)
def test_what_is_wrong_is_said_with_its_place(name: str, changed: dict[str, object], said: str) -> None:
    found = problems(name, example(name, **changed))
    assert len(found) == 1
    assert said in found[0]
    assert found[0].startswith("fil.csv, rad 2, ")


@pytest.mark.parametrize(
    ("name", "changed", "column", "value"),
    [
        ("incidents", {"brottskod": 801.0}, "brottskod", "0801"),
        ("incidents", {"brottskod": "801"}, "brottskod", "0801"),
        ("population", {"kommunkod": 114}, "kommunkod", "0114"),
        ("reported_offences", {"key_type": "code", "offence": "801"}, "offence", "0801"),
        ("reported_offences", {"offence": "Våldsbrott "}, "offence", "Våldsbrott"),
        ("reported_offences", {"count": "1 284"}, "count", 1284),
        ("reported_offences", {"count": "..", "rate_per_100k": ".."}, "missing", "suppressed"),
        ("reported_offences", {"count": ".", "rate_per_100k": ""}, "missing", "not_applicable"),
        ("reported_offences", {"count": "–"}, "count", 0),
        ("survey_results", {"value": "..", "lower": None, "upper": None, "n": None}, "missing", "suppressed"),
        ("reporting_weeks", {"week": "2020-W53"}, "week", "2020-W53"),
        ("observations", {"time": datetime.time(7, 5)}, "time", "07:05"),
        ("observations", {"time": "7.05"}, "time", "07:05"),
        ("observations", {"date": datetime.datetime(2025, 3, 29)}, "date", pd.Timestamp("2025-03-29")),
        ("observations", {"persons": ""}, "persons", pd.NA),
    ],
)
def test_what_spreadsheets_do_to_cells_is_undone(name: str, changed: dict[str, object], column: str, value: object) -> None:
    found = validate(name, example(name, **changed), "fil.csv")[column].iloc[0]
    assert found is value if value is pd.NA else found == value


def test_free_text_is_never_quoted() -> None:
    secret = "Anna Exempel, 19800101-1234, sågs vid skolan klockan tio och sprang"
    said = "\n".join(problems("observations", example("observations", description=secret, time=secret, severity="9", x="x")))
    assert "Anna" not in said
    assert "en text på 67" in said
    misplaced = example("observations").rename(columns={"area": secret})
    assert "Anna" not in "\n".join(problems("observations", misplaced))


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    assert problems("peers", example("peers").rename(columns={"peer_group": "peergrupp"})) == [
        'fil.csv: kolumnen peer_group saknas. Heter den "peergrupp" i filen?',
        'fil.csv: kolumnen "peergrupp" är okänd. Närmaste kända kolumn är peer_group.',
    ]


def test_all_problems_at_once_and_equal_ones_together() -> None:
    frame = pd.DataFrame(
        {"kommunkod": ["1493", "x", "1499", "1499"], "year": [2025, 2025, 2024, 2024], "population": [24500, 0, 1, 2]}
    )
    assert [said.split(":")[0] for said in problems("population", frame)] == [
        "fil.csv, rad 3, kolumn kommunkod",
        "fil.csv, rad 3, kolumn population",
        "fil.csv, rad 5, kolumnerna kommunkod och year",
    ]
    many = pd.concat([example("reporting_weeks", week="v 7")] * 1000, ignore_index=True)
    assert problems("reporting_weeks", many)[0].startswith("fil.csv, rad 2, 3, 4, 5, 6 och 995\xa0rader till, kolumn week:")


def test_the_frame_may_say_its_own_row_numbers() -> None:
    frame = example("population", year="i år").set_index(pd.Index([41], name="rad"))
    assert problems("population", frame)[0].startswith("fil.csv, rad 41, kolumn year:")


def test_tables_show_themselves() -> None:
    tables = Tables(peers=validate("peers", example("peers"), "fil.csv"))
    assert "<td>1</td>" in tables._repr_html_()
    assert [name for name, _ in tables.items()] == [*CONTRACT]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("2 537", Figure(2537.0)),
        ("2\N{NO-BREAK SPACE}537", Figure(2537.0)),
        ("2\N{NARROW NO-BREAK SPACE}537,25", Figure(2537.25)),
        ("\N{MINUS SIGN}12", Figure(-12.0)),
        ("0", Figure(0.0)),
        ("0,0", Figure(0.0)),
        ("-", Figure(0.0, is_exactly_none=True)),
        ("–", Figure(0.0, is_exactly_none=True)),
        ("..", Figure(None, "suppressed")),
        (" . ", Figure(None, "not_applicable")),
        ("", Figure(None, "not_collected")),
        (None, Figure(None, "not_collected")),
        (float("nan"), Figure(None, "not_collected")),
        ("1 043*", Figure(1043.0)),
        (7, Figure(7.0)),
    ],
)
def test_five_different_things(text: object, figure: Figure) -> None:
    assert parse_figure(text) == figure


@pytest.mark.parametrize("text", ["25 37", "1.234,5", "12 st", "...", "1e3", "--", "2 5371", "1,", "०", True])
def test_what_is_no_figure(text: object) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        parse_figure(text)
    assert not parse_figures(pd.Series([text], dtype="object"))["is_readable"].any()


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_a_number_printed_in_swedish_is_read_back(value: float, decimals: int) -> None:
    rounded = float(f"{value:.{decimals}f}")
    for space in (" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"):
        assert parse_figure(swedish.number(value, decimals).replace(swedish.NBSP, space)) == Figure(rounded)


FIGURES = st.one_of(
    st.floats(-1e9, 1e9).map(lambda value: Figure(round(value, 6))),
    st.sampled_from([Figure(None, "suppressed"), Figure(None, "not_applicable"), Figure(None, "not_collected")]),
    st.just(Figure(0.0, is_exactly_none=True)),
)


@given(st.lists(FIGURES, max_size=8))
def test_a_figure_printed_is_read_back(figures: list[Figure]) -> None:
    assert [parse_figure(str(figure)) for figure in figures] == figures
    frame = parse_figures(pd.Series([str(figure) for figure in figures], dtype="str"))
    assert frame["is_readable"].all()
    assert frame["value"].astype("object").where(frame["value"].notna(), None).tolist() == [figure.value for figure in figures]
    assert frame["missing"].astype("object").where(frame["missing"].notna(), None).tolist() == [
        figure.missing for figure in figures
    ]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026 prel.", Year(2026, "preliminary")),
        ("2016*", Year(2016, "final", True)),
        ("2015", Year(2015)),
        (2015.0, Year(2015)),
    ],
)
def test_printed_years(text: object, year: Year) -> None:
    assert parse_year(text) == year


@pytest.mark.parametrize("text", ["2016/2017", "År", "", "20155", None])
def test_what_is_no_year(text: object) -> None:
    with pytest.raises(ValueError, match="not a year"):
        parse_year(text)
