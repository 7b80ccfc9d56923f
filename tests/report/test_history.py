"""What the embedded figures make of Mariestad, as the reports tell it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild import pipeline
from lagesbild.profile import Profile
from lagesbild.report.content import document
from lagesbild.report.narrative.lexicon import violations


@pytest.mark.parametrize(
    ("year", "told"),
    [
        (2025, "2 418 anmälda brott, 9 869 per 100 000 invånare"),
        (2022, "skadegörelse: 1 222 anmälda brott per 100 000 invånare och år 2020–2022 mot 808, 1,51 gånger så många"),
    ],
)
def test_mariestads_figures_stand_on_page_one(root: Path, year: int, told: str) -> None:
    made = pipeline.run(Profile.load(root / "profiles" / "mariestad.toml").for_year(year))
    texts = [text.replace("\N{NO-BREAK SPACE}", " ") for text in document(made).texts()]
    first = " ".join(texts[: texts.index("Innehåll")])
    assert told in first
    assert "finns bara anmälda brott" in first
    assert "EST-observationer, NTU" in first, "what is missing is named"
    assert violations(texts) == []
