from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.sources.est.days import Clues, NoDate, clues_of, read_day, read_week_cell, with_orders

DAY = datetime.date(2025, 4, 3)  # a Thursday
MARCH = Clues(year=2025, month=3)


@pytest.mark.parametrize(
    "cell",
    ["tors 3/4", "Torsdag 3 april", "torsdagen den 3:e april", "3 apr", "3-apr-25", "April 3, 2025", "25-04-03",
     "45750", 45750.5, "2025-04-03T14:05:22Z", "3.4.2025 kl. 14.05", "20250403", 20250403],
)  # fmt: skip
def test_a_day_is_read_with_what_the_sheet_says(cell: object) -> None:
    assert read_day(cell, Clues(year=2025, report_year=2025)).day == DAY


@pytest.mark.parametrize(
    ("cell", "clock"),
    [("2025-04-03 14:05", "14:05"), ("4/3/2025 2:05 PM", "14:05"), ("2025-04-03 00:00:00", ""), (45750.75, "18:00"),
     ("3/4 2025", "")],
)  # fmt: skip
def test_a_clock_time_beside_the_day_is_kept(cell: object, clock: str) -> None:
    clues = Clues(month_first=frozenset("/")) if "PM" in str(cell) else Clues()
    assert (read_day(cell, clues).day, read_day(cell, clues).clock) == (DAY, clock)


def test_a_day_that_its_weekday_denies_is_told_and_without_its_own_year_not_used() -> None:
    assert read_day("mån 3/4 2025").help == "weekday"
    with pytest.raises(NoDate, match='"3/4" är en torsdag 2025, inte den veckodag som står där'):
        read_day("mån 3/4", Clues(year=2025))


@pytest.mark.parametrize(
    ("cells", "month", "read"),
    [(["3/25/2025", "4/3/2025"], None, DAY), (["25/3/2025", "3/4/2025"], None, DAY), (["3/4/2025"], None, DAY),
     (["3/4/2025"], 3, datetime.date(2025, 3, 4)), (["4/3/2025", "25/3/2025"], 4, datetime.date(2025, 3, 4))],
    ids=["american by a cell", "ours by a cell", "ours unless shown", "american by the month", "a cell beats the month"],
)  # fmt: skip
def test_the_order_of_day_and_month_is_the_sheets(cells: list[object], month: int | None, read: datetime.date) -> None:
    clues = with_orders(Clues(month=month), cells)
    assert read_day(cells[1] if len(cells) > 1 and read == DAY else cells[0], clues).day == read


def test_a_date_that_can_be_read_in_two_ways_is_none_unless_the_sheets_month_tells() -> None:
    cells = ["3/25/2025", "25/3/2025"]
    with pytest.raises(NoDate, match='"3/4/2025" går att läsa på två sätt'):
        read_day("3/4/2025", with_orders(Clues(), cells))
    assert read_day("3/4/2025", with_orders(Clues(month=3), cells)).day == datetime.date(2025, 3, 4)
    assert [read_day(cell, with_orders(Clues(), cells)).day.day for cell in cells] == [25, 25]


@pytest.mark.parametrize(
    ("cell", "clues", "thursday"),
    [("2020-W53", Clues(), "2020-12-31"), ("2025-W01", Clues(), "2025-01-02"), (53, Clues(year=2020), "2020-12-31"),
     ("v. 7", Clues(year=2025), "2025-02-13"), ("202507", Clues(), "2025-02-13"), (1.0, Clues(year=2025), "2025-01-02"),
     (53, Clues(year=2021, month=1), "2020-12-31"), (1, Clues(year=2024, month=12), "2025-01-02")],
)  # fmt: skip
def test_a_week_is_its_thursday_across_the_turn_of_the_year(cell: object, clues: Clues, thursday: str) -> None:
    moment = read_week_cell(cell, clues)
    assert (moment.day.isoformat(), moment.is_week) == (thursday, True)


@pytest.mark.parametrize(
    ("cell", "told"), [(7, '"7" saknar årtal'), (54, '"54" saknar årtal'), ("v 53", '"v 53" är ingen vecka 2025')]
)
def test_a_week_that_is_none_says_why(cell: object, told: str) -> None:
    with pytest.raises(NoDate) as error:
        read_week_cell(cell, Clues(year=2025) if "v" in str(cell) else Clues())
    assert str(error.value) == told


@pytest.mark.parametrize(
    "cell", [float("nan"), float("inf"), 1e300, True, "1900-01-00", "0025-03-04", datetime.time(8), 3.1, "0701234567"]
)
def test_what_is_no_day_never_becomes_one(cell: object) -> None:
    with pytest.raises(NoDate) as error:
        read_day(cell, MARCH)
    assert "0701234567" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "titles", "told"),
    [("Mars 2025", [], (2025, 3, None)), ("mar 25", [], (2025, 3, None)), ("2025-03", [], (2025, 3, None)),
     ("Mars", ["EST 2024"], (2024, 3, None)), ("v 7 2025", [], (2025, None, 7)), ("2024-2025", [], (None, None, None)),
     ("Mars", ["Utskriven 2025-04-01"], (None, 3, None)), ("Blad1", [], (None, None, None))],
)  # fmt: skip
def test_a_sheets_name_tells_the_time(name: str, titles: list[str], told: tuple[int | None, ...]) -> None:
    clues = clues_of(name, titles, 2025)
    assert (clues.year, clues.month, clues.week) == told


FORMS = (
    "{0:%Y-%m-%d}",
    "{0:%Y%m%d}",
    "{0.day}/{0.month} {0.year}",
    "{0.day}.{0.month}.{0.year}",
    "{0:%y-%m-%d}",
    "{0:%Y/%m/%d} 14:30",
)


@given(day=st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 12, 31)), form=st.sampled_from(FORMS))
def test_a_printed_day_is_read_as_itself(day: datetime.date, form: str) -> None:
    assert read_day(form.format(day), Clues(report_year=day.year)).day == day


@given(day=st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 12, 31)))
def test_a_printed_week_is_read_as_its_thursday(day: datetime.date) -> None:
    year, week, _ = day.isocalendar()
    thursday = day - datetime.timedelta(days=day.weekday() - 3)
    assert read_day(f"{year}-W{week:02d}").day == thursday == read_week_cell(week, Clues(year=year)).day
