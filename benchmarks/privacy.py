"""How well personal data is found: recall of each kind, precision and false alarms on 400 constructed rows.

personuppgifter.csv: holds (kinds, parted by semicolons; empty for none), half (open: may be looked at while the search is
improved; held: written before, and only counted), text, why. No row is about a real person: identity numbers are of the series
980-989 that Skatteverket gives to nobody, most telephone numbers of the series PTS keeps for fiction.
"""

from __future__ import annotations

import csv
import time
from dataclasses import dataclass
from pathlib import Path

from statsmodels.stats.proportion import proportion_confint

from lagesbild import privacy

FILE = Path(__file__).with_name("personuppgifter.csv")
SURE, NAMES, ALARMS = 0.98, 0.85, 0.03
SECONDS, N_TEXTS = 0.8, 60_000


@dataclass(frozen=True)
class Row:
    """A text, the kinds it holds, and which half of the set it belongs to."""

    text: str
    holds: frozenset[str]
    half: str


def rows(half: str = "") -> list[Row]:
    """The test set, or one half of it."""
    with FILE.open(encoding="utf-8", newline="") as file:
        every = [
            Row(one["text"], frozenset(filter(None, one["holds"].split(";"))), one["half"]) for one in csv.DictReader(file)
        ]
    return [row for row in every if half in ("", row.half)]


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 1.0

    def __str__(self) -> str:
        lower, upper = proportion_confint(self.part, self.whole, method="wilson")
        return f"{self.part} of {self.whole} = {self.value:.3f} (95 % Wilson {lower:.3f}-{upper:.3f})"


def recall(kind: str, half: str = "") -> Share:
    """Of the rows that hold the kind, those where it is found."""
    having = [row for row in rows(half) if kind in row.holds]
    return Share(sum(any(hit.kind == kind for hit in privacy.find(row.text)) for row in having), len(having))


def precision(half: str = "") -> Share:
    """Of the rows where anything is found, those that hold something."""
    found = [row for row in rows(half) if privacy.find(row.text)]
    return Share(sum(bool(row.holds) for row in found), len(found))


def false_alarms(half: str = "") -> Share:
    """Of the rows that hold nothing, those where something is found."""
    empty = [row for row in rows(half) if not row.holds]
    return Share(sum(bool(privacy.find(row.text)) for row in empty), len(empty))


def many_texts(n: int = N_TEXTS) -> list[str]:
    """Distinct descriptions of about eighty letters, put together from the test set's."""
    texts = [row.text for row in rows() if not row.holds]
    parts = ["Personal såg flera ungdomar vid", "Återkommande problem:", "Meddelat av närboende,", "Vaktbolaget noterade att"]
    return [
        f"{parts[i % 4]} {texts[i % len(texts)]}. Iakttaget {i // 7} gånger på samma plats under kvällen."[:96]
        for i in range(n)
    ]


def seconds(repeats: int = 3) -> float:
    """Processor seconds to search sixty thousand distinct descriptions; the fastest of so many runs."""
    texts, times = many_texts(), []
    for _ in range(repeats):
        start = time.process_time()
        privacy.private_among(texts)
        times.append(time.process_time() - start)
    return min(times)


def report() -> str:
    """Lines: recall per kind, precision and false alarms, for the whole set and for each half, and the time."""
    lines = []
    for half, name in (("", "all 400"), ("open", "open half"), ("held", "held-out half")):
        for kind in privacy.KINDS:
            target = SURE if kind in privacy.SURE else NAMES
            lines.append(f"personal data, {name}, recall {kind}: {recall(kind, half)}, target {target}")
        lines.append(f"personal data, {name}, precision: {precision(half)}")
        lines.append(f"personal data, {name}, false alarms: {false_alarms(half)}, target {ALARMS}")
    lines.append(f"personal data, {N_TEXTS} descriptions: {seconds():.2f} s (target {SECONDS} s)")
    return "\n".join(lines)
