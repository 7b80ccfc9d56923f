"""What follow-up found of a pledge, as a value; the words for it are the report's."""

from __future__ import annotations

from dataclasses import dataclass, field

from lagesbild.errors import Doubt
from lagesbild.pledges.indicator import Indicator, Unresolved
from lagesbild.pledges.ratio import Ratio
from lagesbild.pledges.register import Pledge

DECREASED, INCREASED, NOT_SHOWN, NOT_JUDGED = "minskat", "ökat", "ingen säkerställd förändring", "kan inte bedömas"
OUTCOMES = (DECREASED, INCREASED, NOT_SHOWN, NOT_JUDGED)


@dataclass(frozen=True)
class Level:
    """The indicator over a period, in its own unit: per 100 000 inhabitants and year, per unit-week, share 0-1 or index.

    years: in order. value with its 95 % limits. count: events in the period, NaN for answers. base: unit-weeks, mean
    population times years, or effective answers.
    """

    years: tuple[int, ...]
    value: float
    lower: float
    upper: float
    count: float
    base: float


@dataclass(frozen=True)
class Remark:
    """A reason why nothing can be judged, or a reservation. kind: short id; names: ids or texts it speaks of; years."""

    kind: str
    names: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Expected:
    """What the years before let expect of the years after (methods §10): events, with 80 % limits."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Compared:
    """The comparison with others. ratio: their change (geometric mean; a survey's reference geography for answers).

    relative: own change ÷ theirs, None for answers, where one reference tells nothing of how kommuner differ. who: "jamforbara"
    or the reference's name. n: kommuner. rank: the own change's place among n + 1, largest decrease first. fewer: events fewer
    (negative) or more after than if the own figure had followed theirs, as (value, lower, upper).
    """

    who: str
    ratio: Ratio
    n: int = 0
    relative: Ratio | None = None
    rank: int = 0
    fewer: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class FollowUp:
    """One pledge followed up. outcome: one of OUTCOMES. reasons: why it cannot be judged, empty otherwise.

    own: after ÷ before, its own interval. before, after, own: None where there are no figures to show.
    """

    pledge: Pledge
    outcome: str
    indicator: Indicator | Unresolved
    reasons: tuple[Remark, ...] = ()
    reservations: tuple[Remark, ...] = ()
    before: Level | None = None
    after: Level | None = None
    own: Ratio | None = None
    compared: Compared | None = None
    expected: Expected | None = None

    @property
    def verdict(self) -> Ratio | None:
        """The ratio that the outcome rests on: against the others where that can be said, else the own change."""
        relative = self.compared.relative if self.compared else None
        return relative if relative is not None else self.own


@dataclass(frozen=True)
class FollowUps:
    """Every pledge of the register, by number, and the doubts that arose."""

    found: tuple[FollowUp, ...] = ()
    doubts: tuple[Doubt, ...] = field(default_factory=tuple)
