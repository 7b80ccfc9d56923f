"""What the ranking's signals say of one line in one source, in words that survive being quoted."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from lagesbild import swedish
from lagesbild.charts import wording
from lagesbild.charts.rows import records
from lagesbild.ranking.result import Ranking

_NOTHING = {"ratio": 1.0, "percent_per_year": 0.0}


@dataclass(frozen=True)
class Estimate:
    """One signal in its natural unit, with its 95 % interval and the value that means no difference."""

    value: float
    lower: float
    upper: float
    nothing: float
    period: str

    @property
    def side(self) -> int:
        """1 above, -1 below, 0 where the interval covers no difference."""
        return int(self.lower > self.nothing) - int(self.upper < self.nothing)


@dataclass(frozen=True)
class Finding:
    """Comparison and trend of one line in one source, each None where there is no such signal."""

    comparison: Estimate | None
    trend: Estimate | None

    @classmethod
    def of(cls, line: str, source: str, ranking: Ranking) -> Finding:
        """The signals of the line in the source that are a ratio and a change per year."""
        rows = ranking.signals
        own = records(rows[rows["problem_area"].eq(line) & rows["source"].eq(source)])

        def estimate(criterion: str, unit: str) -> Estimate | None:
            row = next((row for row in own if row["criterion"] == criterion and row["unit"] == unit), None)
            if row is None or isnan(row["lower"]) or isnan(row["upper"]):
                return None
            return Estimate(row["estimate"], row["lower"], row["upper"], _NOTHING[unit], str(row["period"]))

        return cls(estimate("jamforelse", "ratio"), estimate("utveckling", "percent_per_year"))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return self.comparison is None and self.trend is None

    def in_words(self, subject: str, others: str) -> str:
        """'anmälningarna ligger över jämförbara kommuner men minskar'; a change that may be none is said to be that."""
        if self.comparison is None:
            assert self.trend is not None
            return (f"{subject} ökar", f"ingen säkerställd förändring av {subject}", f"{subject} minskar")[1 - self.trend.side]
        level = (f"ligger över {others}", f"går inte att skilja från {others}", f"ligger under {others}")
        text = level[1 - self.comparison.side]
        if self.trend is None:
            return f"{subject} {text}"
        if self.trend.side == 0:
            return f"{subject} {text}; ingen säkerställd förändring"
        change = "ökar" if self.trend.side > 0 else "minskar"
        if self.comparison.side == 0:
            return f"{subject} {change}; nivån {text}"
        return f"{subject} {text} {'men' if self.comparison.side == -self.trend.side else 'och'} {change}"

    def numbers(self) -> list[str]:
        """The same with figures, one sentence each."""
        told = []
        if self.comparison is not None:
            limits = f"{swedish.significant(self.comparison.lower)}–{swedish.significant(self.comparison.upper)}"
            told.append(
                f"Jämfört med jämförbara kommuner {self.comparison.period.replace('-', '–')}: "
                f"{wording.times(self.comparison.value)} så ofta (osäkerhetsintervall {limits})."
            )
        if self.trend is not None:
            limits = swedish.interval(self.trend.lower, self.trend.upper, 1)
            told.append(
                f"Förändring per år {self.trend.period.replace('-', '–')}: {swedish.signed(self.trend.value, 1)} procent "
                f"(osäkerhetsintervall {limits}){'' if self.trend.side else ', ingen säkerställd förändring'}."
            )
        return told
