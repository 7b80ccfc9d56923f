"""A kommun with small counts planted in sensitive areas, as raw files: what the attack tries to find again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from lagesbild.profile import Profile

#: source, problem area (or the name of an unknown category or theme), year, group
Cell = tuple[str, str, int, str]
CATEGORIES = {
    "Narkotika": "narkotika", "Skadegörelse": "skadegorelse", "Buskörning och trafik": "trafik",
    "Nedskräpning": "ordningsstorning", "Ungdomar och oro": "unga_i_riskzon", "Kränkning eller oro i skola": "brott_mot_barn",
    "Ofredande och trakasseri": "sexualbrott", "Övrigt": "", "Vildsvin": "",
}  # fmt: skip
THEMES = {
    "Narkotika": 20,
    "Trafik": 15,
    "Våld i nära relation": 3,
    "Trygghet i skolan": 12,
    "Synlig polis": 5,
    "Fågelholkar": 2,
}
ORGANISATIONS = ("Biblioteket", "Gata och park", "Ordningsvakterna")
ITEM = "Utsatt för kränkning i skolan"
#: Observations of each category in 2024 and 2025.
SEEN = {
    "Narkotika": (60, 66), "Skadegörelse": (80, 70), "Buskörning och trafik": (90, 100), "Nedskräpning": (30, 18),
    "Ungdomar och oro": (3, 22), "Kränkning eller oro i skola": (18, 16), "Ofredande och trakasseri": (8, 2),
    "Övrigt": (6, 6), "Vildsvin": (0, 3),
}  # fmt: skip
#: What must not be found again, with the true count.
PLANTED: dict[Cell, int] = {
    ("est", "unga_i_riskzon", 2024, "alla"): 3,
    ("est", "sexualbrott", 2025, "alla"): 2,
    ("medarbetardialog", "vald_nara_relation", 2025, "alla"): 3,
    ("egen_enkat", "brott_mot_barn", 2025, "män"): 2,
    ("est", "Vildsvin", 2025, "alla"): 3,
    ("medarbetardialog", "Fågelholkar", 2025, "alla"): 2,
}
#: Category -> where its first observations of 2025 were seen; the others in Centrum. "Söder" of vandalism is a small cell that
#: must not be found, and so is the sensitive area's, which has no place to be shown at.
AREAS = {
    "Skadegörelse": (("Söder", 3), ("Norr", 15), ("Hamnen", 22)), "Buskörning och trafik": (("Norr", 20), ("Hamnen", 30)),
    "Ungdomar och oro": (("Söder", 2),),
}  # fmt: skip
#: source, problem area, named area -> the true count that must not be found.
PLANTED_PLACES = {("est", "skadegorelse", "Söder"): 3, ("est", "unga_i_riskzon", "Söder"): 2}


@dataclass(frozen=True)
class World:
    """moved: (category that loses, category that gains, year) -> so many observations, on the same days. added: observations
    that arrive last in 2025. themes: mentions that differ from THEMES. yes: how many men and women answered yes.
    in_soder: observations of vandalism in Söder in 2025; what goes from it comes to Norr.
    """

    moved: Mapping[tuple[str, str, int], int] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    themes: Mapping[str, int] = field(default_factory=dict)
    yes: Mapping[str, int] = field(default_factory=lambda: {"kvinnor": 31, "män": 2})
    in_soder: int = 3

    def write(self, folder: Path) -> Path:
        """The raw files of this world."""
        folder.mkdir(parents=True)
        frames = {
            "observations": self._observations(),
            "reporting_weeks": pd.DataFrame(
                [{"organisation": name, "week": week, "status": "reported"} for name in ORGANISATIONS for week in weeks()]
            ),
            "dialogue_themes": pd.DataFrame(
                [
                    {"dialogue": "staff", "date": "2025-03-12", "participants": 40, "theme": theme, "mentions": n}
                    for theme, n in {**THEMES, **self.themes}.items()
                ]
            ),
            "survey_answers": self._answers(),
        }
        frames["population"] = pd.DataFrame({"kommunkod": "9901", "year": [2024, 2025], "population": 24_000})
        for name, frame in frames.items():
            frame.to_csv(folder / f"{name}.csv", index=False)
        return folder

    def _observations(self) -> pd.DataFrame:
        rows = []
        for year, position in ((2024, 0), (2025, 1)):
            names = [name for name, counts in SEEN.items() for _ in range(counts[position])]
            for (loser, gainer, when), n in self.moved.items():
                for _ in range(n if when == year else 0):
                    names[names.index(loser)] = gainer
            names += list(self.added) if year == 2025 else []
            days = pd.date_range(f"{year}-01-02", f"{year}-12-26")  # no day whose ISO week belongs to another year
            for i, name in enumerate(names):
                day = days[i * 37 % len(days)]
                rows.append((f"{year}-{i:04d}", day.date().isoformat(), ORGANISATIONS[i % 3], name))
        frame = pd.DataFrame(rows, columns=["observation_id", "date", "organisation", "category"])
        # No two at one place: else pairs that may be one event are counted, and their number follows the areas.
        return frame.assign(area=self._areas(frame), place=[_word(i) for i in range(len(frame))])

    def _areas(self, frame: pd.DataFrame) -> list[str]:
        """Where each was seen: the same in both years but for the small count."""
        turn = frame.groupby([frame["date"].str[:4], "category"]).cumcount()
        found = []
        for date, category, number in zip(frame["date"], frame["category"], turn, strict=True):
            spread = dict(AREAS.get(category, ()))
            if category == "Skadegörelse" and date.startswith("2025"):
                spread |= {"Söder": self.in_soder, "Norr": 18 - self.in_soder}
            limits, end = [], 0
            for area, count in spread.items():
                end += count
                limits.append((end, area))
            found.append(next((area for end, area in limits if number < end), "Centrum"))
        return found

    def _answers(self) -> pd.DataFrame:
        rows = []
        for group, offset in (("kvinnor", 0), ("män", 100)):
            for i in range(100):
                answer = "Ja" if i < self.yes[group] else "Nej"
                rows.append(("Egen enkät", 2025, offset + i + 1, group, ITEM, answer))
                other = "Ja" if i % 5 == 0 else "Nej"
                rows.append(("Egen enkät", 2025, offset + i + 1, group, "Erbjuden narkotika", other))
        return pd.DataFrame(rows, columns=["survey", "year", "respondent", "group", "item", "answer"])


def _word(number: int) -> str:
    """A name that has nothing in common with any other number's: 12 is aabcaabc."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}") * 2


def weeks() -> list[str]:
    """Every ISO week of 2024 and 2025."""
    return [f"{year}-W{week:02d}" for year in (2024, 2025) for week in range(1, 53)]


def profile(raw: Path, year: int = 2025) -> Profile:
    """The planted kommun's settings."""
    return Profile(
        slug="plantby", name="Plantby", kommunkoder=("9901",), year=year, raw=raw, processed=raw.parent / "processed",
        is_example=True, draws=1000,
    )  # fmt: skip
