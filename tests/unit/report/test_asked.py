"""A survey asked in a whole police area is never called the kommun's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lagesbild.charts.survey import _asked
from lagesbild.profile import Profile
from lagesbild.report.narrative import survey

LPO = "Lokalpolisområde östra Skaraborg"
KOMMUN = Profile(slug="mariestad", name="Mariestad", kommunkoder=("1493",), year=2025, raw=Path("raw"), processed=Path("done"))


def test_the_police_areas_answers_have_its_name() -> None:
    assert _asked(pd.DataFrame({"geography": [LPO, LPO]}), KOMMUN) == ("lokalpolisområde östra Skaraborg", "")
    assert _asked(pd.DataFrame({"geography": ["1493"]}), KOMMUN) == ("Mariestad", "")


def test_some_questions_of_a_police_area_are_counted() -> None:
    place, told = _asked(pd.DataFrame({"geography": ["1493", LPO]}), KOMMUN)
    assert (place, told) == ("Mariestad", " 1 av 2 frågor gäller hela lokalpolisområde östra Skaraborg.")


def test_a_sentence_says_who_was_asked() -> None:
    area = KOMMUN.wider_area(LPO)
    text = survey.index("Problem med narkotika", 1.7, float("nan"), float("nan"), 2025, area)
    assert "i polisens trygghetsmätning 2025 i hela lokalpolisområde östra Skaraborg (högre är sämre)." in text
    assert KOMMUN.wider_area("1493") == ""
