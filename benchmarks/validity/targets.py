"""What the laboratory must show, and whether it does."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.validity.power import Power
from benchmarks.validity.rivals import COUNTS, Z_SCORES
from benchmarks.validity.scores import Figure, ratio
from benchmarks.validity.summary import Summary

REASONS = Path(__file__).with_name("reasons.toml")
BASE = "base"
#: Scenarios whose planted biases are larger than the product declares: wider coverage limits, and none upwards.
LARGER_BIASES = ("biases_double",)
#: Tenths of the scale of P(top k) with fewer lines than this say nothing of .05.
FEWEST = 50
MET, MISSED = "MET", "MISSED"


@dataclass(frozen=True)
class Target:
    """key: its name in reasons.toml. what: the target in words. figures: what was found. is_met: whether."""

    key: str
    what: str
    figures: str
    is_met: bool

    @property
    def verdict(self) -> str:
        """MET or MISSED."""
        return MET if self.is_met else MISSED


def shown(figure: Figure, decimals: int = 3, *, sign: bool = False) -> str:
    """'.654 (.640 to .668)', the figure with its 95 % interval.

    >>> shown(Figure(.6543, .64, .668, 20)), shown(Figure(-.02, -.1, .06, 9), 2, sign=True)
    ('.654 (.640 to .668)', '−.02 (−.10 to +.06)')
    """

    def one(value: float) -> str:
        text = f"{value:{'+' if sign else ''}.{decimals}f}".replace("-", "−")
        return text.replace("0.", ".", 1) if abs(value) < 1 else text

    return f"{one(figure.value)} ({one(figure.lower)} to {one(figure.upper)})"


def targets(found: Mapping[str, Summary], strength: Power) -> list[Target]:
    """Every target of methods §13 that these scenarios can settle, in its order."""
    return [
        *(_base(found[BASE]) if BASE in found else ()),
        *(_best_rival(summary) for summary in found.values()),
        *(_coverage(summary) for summary in found.values()),
        *(_reliability(found[BASE]) if BASE in found else ()),
        *(target for summary in found.values() if summary.is_null for target in _false_flags(summary)),
        Target(
            "power",
            "power of the change in reported offences ≥ .75 at mean 100, +10 % a year, 5 years",
            f"{shown(strength.told)}; false among unchanged areas beside it {shown(strength.false)}",
            strength.told.value >= 0.75,
        ),
    ]


def _base(base: Summary) -> Iterator[Target]:
    for key, rival, least in (("base.tau_z", Z_SCORES, 0.05), ("base.tau_counts", COUNTS, 0.15)):
        lead = base.lead(rival)
        yield Target(key, f"base: Kendall τ at least +{least:.2f} over {rival}", shown(lead, sign=True), lead.value >= least)
    recall, skill = base.recall(), base.brier_skill
    yield Target("base.recall", "base: top-3 recall ≥ .70", shown(recall), recall.value >= 0.70)
    yield Target("base.brier", "base: Brier skill of P(top 3) ≥ .50", shown(skill), skill.value >= 0.50)


def _best_rival(summary: Summary) -> Target:
    lead = summary.lead(summary.best_rival)
    return Target(
        f"best_rival.{summary.scenario}",
        f"{summary.scenario}: τ at least +.03 over the best of z-score mean, Borda, counts and any single source",
        f"{shown(lead, sign=True)} over {summary.best_rival}",
        lead.value >= 0.03,
    )


def _coverage(summary: Summary) -> Target:
    covered = summary.coverage(0.9)
    if summary.scenario in LARGER_BIASES:
        return Target(
            f"coverage.{summary.scenario}",
            f"{summary.scenario}: 90 % intervals of the score cover ≥ .86",
            shown(covered),
            covered.value >= 0.86,
        )
    return Target(
        f"coverage.{summary.scenario}",
        f"{summary.scenario}: 90 % intervals of the score cover .88 to .93",
        shown(covered),
        0.88 <= covered.value <= 0.93,
    )


def _reliability(base: Summary) -> Iterator[Target]:
    told = [one for one in base.reliability if one.n >= FEWEST]
    far = [one for one in told if abs(one.stated - one.observed) > 0.05]
    worst = max(told, key=lambda one: abs(one.stated - one.observed), default=None)
    figures = "no tenth has enough lines"
    if worst is not None:
        settled = sum(not one.lower <= one.stated <= one.upper for one in far)
        figures = (
            f"{len(far)} of {len(told)} tenths further off than .05, {settled} of them with the stated probability outside "
            f"the interval of the observed share; furthest: stated {worst.stated:.3f}, observed {worst.observed:.3f} "
            f"(n = {worst.n})"
        )
    yield Target(
        "base.reliability", "base: P(top 3) within .05 of what was observed, per tenth", figures, bool(told) and not far
    )


def _false_flags(summary: Summary) -> Iterator[Target]:
    """Two statements are told apart, as the report does: of the problem (what the sources show together) and of a source."""
    told = summary.fused_flags(1)
    yield Target(
        f"false_flags.{summary.scenario}",
        f"{summary.scenario}: that a problem has changed is told falsely of ≤ 5 % of the areas",
        shown(told),
        told.value <= 0.05,
    )
    missed = ratio(*zip(*((t.changes.missed.sum(), t.changes.printed.sum()) for t in summary.trials), strict=True))
    yield Target(
        f"source_flags.{summary.scenario}",
        f"{summary.scenario}: ≤ 5 % of the changes that a source prints of itself miss what it was to show on average",
        f"{shown(missed)}; some source shows a settled change, its drift included, in {shown(summary.flags())} of the areas",
        missed.value <= 0.05,
    )


def reasons(path: Path = REASONS) -> dict[str, str]:
    """The written reasons by the key of their target. ValueError for an entry that is no text."""
    table = tomllib.loads(path.read_text("utf-8"))
    wrong = [key for key, text in table.items() if not isinstance(text, str)]
    if wrong:
        raise ValueError(f"{path.name}: quote the key and give one text: {', '.join(wrong)}")
    return {key: text.strip() for key, text in table.items()}


def unexplained(results: Sequence[Target], written: Mapping[str, str]) -> list[str]:
    """The missed targets that nobody has given a reason for."""
    return [target.key for target in results if not target.is_met and not written.get(target.key)]


def outdated(results: Sequence[Target], written: Mapping[str, str]) -> list[str]:
    """Reasons of targets that are met, or that there are none of."""
    missed = {target.key for target in results if not target.is_met}
    return [key for key in written if key not in missed]
