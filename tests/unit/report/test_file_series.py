"""Twelve files of one series are one line, in the order of their months; what differs stays apart."""

from __future__ import annotations

import random

import pytest

from lagesbild.report.file_series import file_series, told

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec")


def grouped(paths: list[str]) -> list[str]:
    return [told(same).replace("\xa0", " ") for same in file_series(paths, str, lambda path: "")]


def test_three_years_of_monthly_files_are_three_lines_in_the_months_order() -> None:
    paths = [f"bra/Databasfil{month}{year}.txt" for year in (2013, 2014, 2015) for month in MONTHS]
    random.Random(1).shuffle(paths)
    lines = [f"bra/DatabasfilJan{year}.txt till bra/DatabasfilDec{year}.txt (12 filer)" for year in (2013, 2014, 2015)]
    assert sorted(grouped(paths)) == lines


@pytest.mark.parametrize(
    "paths",
    [
        ["jan.csv", "feb.csv"],
        ["bra/jan.csv", "est/feb.csv", "ntu/mar.csv"],
        ["a1.csv", "a2.csv", "a3.csv", "a4.csv"],
        ["mariestad.csv", "junsele.csv", "novum.csv", "marsvin.csv"],
        ["jan_feb.csv", "mar_apr.csv", "maj_jun.csv"],
    ],
)
def test_files_of_no_series_stay_apart(paths: list[str]) -> None:
    assert grouped(paths) == paths


def test_weeks_and_numbered_months_are_series_too() -> None:
    assert grouped([f"est_2025-{month:02d}.xlsx" for month in range(1, 5)]) == [
        "est_2025-01.xlsx till est_2025-04.xlsx (4 filer)"
    ]
    assert grouped([f"est v{week}.xlsx" for week in (10, 9, 11)]) == ["est v9.xlsx till est v11.xlsx (3 filer)"]


def test_what_else_the_line_says_must_be_the_same() -> None:
    files = [(f"Fil{month}2013.txt", month in ("Nov", "Dec")) for month in MONTHS]
    found = file_series(files, lambda file: file[0], lambda file: file[1])
    assert [len(same) for same in found] == [10, 1, 1]
