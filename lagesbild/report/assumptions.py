"""The assumptions the figures rest on, with how well founded each is and how much it matters."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

QUALITIES = ("god", "viss", "svag")
IMPACTS = ("stor", "måttlig", "liten")
HEAD = """# Antaganden

Vad siffrorna vilar på. *Kvalitet* säger hur väl grundat antagandet är, *betydelse* hur mycket ordningen mellan problemområdena
skulle ändras om det vore fel. Tabellen görs av `lagesbild/report/assumptions.toml` med
`python -m lagesbild.report.assumptions`; rapportens metodkapitel bygger på samma fil.

| Gäller | Antagande | Kvalitet | Betydelse | Grund |
| --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Assumption:
    """One assumption, in Swedish. quality in QUALITIES, impact in IMPACTS."""

    id: str
    subject: str
    text: str
    quality: str
    impact: str
    basis: str

    def __post_init__(self) -> None:
        if self.quality not in QUALITIES or self.impact not in IMPACTS:
            raise ValueError(f"assumption {self.id!r}: quality {self.quality!r}, impact {self.impact!r}")


@cache
def assumptions() -> tuple[Assumption, ...]:
    """Every assumption: those that matter most first, the weakest of them first."""
    text = Path(__file__).with_suffix(".toml").read_text("utf-8")
    found = [Assumption(**entry) for entry in tomllib.loads(text)["assumption"]]
    return tuple(sorted(found, key=lambda one: (IMPACTS.index(one.impact), -QUALITIES.index(one.quality), one.subject, one.id)))


def markdown() -> str:
    """The page ``docs/assumptions.md``."""
    rows = (f"| {one.subject} | {one.text} | {one.quality} | {one.impact} | {one.basis} |\n" for one in assumptions())
    return HEAD + "".join(rows)


if __name__ == "__main__":
    print(markdown(), end="")
