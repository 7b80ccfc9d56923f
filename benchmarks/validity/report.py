"""docs/validity.md, made whole from the figures: nothing in it is written by hand but the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import lagesbild
from benchmarks.validity.power import Power
from benchmarks.validity.rivals import ORACLE
from benchmarks.validity.scenario import Scenario
from benchmarks.validity.scores import FLOOR, Bin
from benchmarks.validity.summary import OURS, Summary
from benchmarks.validity.targets import MISSED, Target, shown
from benchmarks.validity.trial import DRAWS
from lagesbild.ranking.result import CRITERIA

_OPENING = """# Validity: how near the ranking comes to a truth that is known

Written by `{command}` (lagesbild {version}, seed {seed}, {n} kommuner per scenario, {draws} draws
each); run it again to renew the page, do not edit it. The kommuner are invented as streams of events: people, places, weeks,
decisions to report, control effort, reporters with habits, surveys that not everybody answers. The generator shares no code and
no model family with the product (`benchmarks/validity/world.py` says what a world is), so that the proof can fail. The tables
of each kommun take the product's own road: `measures`, `disclosure`, `ranking`, with the profile's default weights.

**True** is the score of the true θ with the product's declared values and weights: the laboratory tests whether the sources are
read rightly, not whether the partnership values rightly. The true top 3 is taken over all problem areas, orders are compared
over the ranked lines. An area of which a rival says nothing stands in the middle of the rival's order. Figures in brackets are
95 % intervals from drawing the kommuner anew (for shares in the reliability tables: Wilson's).
"""

_ELSEWHERE = """| follow-up of a pledge (≤ 5 % false at 8 peers, coverage, power) | not built yet |
| next year on real data (290 kommuner) | [forecast.md](forecast.md), written by its own command |
| invariance | `tests/property/test_ranking_invariance.py` |
| speed | `python -m benchmarks` |
"""


@dataclass(frozen=True)
class Findings:
    """Everything the page is made of. written: reasons by target; command: what was run."""

    summaries: Mapping[str, Summary]
    scenarios: Mapping[str, Scenario]
    power: Power
    targets: Sequence[Target]
    written: Mapping[str, str]
    command: str
    seed: int
    pictures: Sequence[str]


def page(found: Findings) -> str:
    """The whole page as Markdown."""
    n = sorted({summary.n for summary in found.summaries.values()})
    opening = _OPENING.format(
        command=found.command,
        version=lagesbild.__version__,
        seed=found.seed,
        n=" or ".join(map(str, n)),
        draws=f"{DRAWS:,}".replace(",", " "),
    )
    parts = [
        opening,
        _targets(found),
        _reasons(found),
        "".join(f"![{path}]({path})\n" for path in found.pictures),
        _scenarios(found),
        _orders(found),
        _honesty(found),
        _changes(found),
        _tenths(found),
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts if part)


def write(found: Findings, out: Path) -> Path:
    """The page in ``out``/validity.md."""
    path = out / "validity.md"
    path.write_text(page(found), "utf-8")
    return path


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    ruled = ["---", *["---:"] * (len(head) - 1)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ruled, *rows))


def _targets(found: Findings) -> str:
    n_missed = sum(target.verdict == MISSED for target in found.targets)
    lines = [f"| {t.what} | {t.figures} | **{t.verdict}** | `{t.key}` |\n" for t in found.targets]
    return (
        f"## Targets\n\n{len(found.targets) - n_missed} met, {n_missed} missed.\n\n| target | found | | key |\n"
        f"| --- | --- | --- | --- |\n{''.join(lines)}\nTargets that are settled elsewhere:\n\n| target | where |\n"
        f"| --- | --- |\n{_ELSEWHERE}"
    )


def _reasons(found: Findings) -> str:
    missed = [target for target in found.targets if not target.is_met]
    if not missed:
        return ""
    told = [f"- `{t.key}`: {found.written.get(t.key) or '**NO REASON GIVEN.**'}\n" for t in missed]
    return "## Why targets are missed\n\n" + "".join(told)


def _scenarios(found: Findings) -> str:
    rows = [
        f"| `{name}` | {found.scenarios[name].text}{' No true change.' if s.is_null else ''} | {s.n} |\n"
        for name, s in found.summaries.items()
    ]
    return "## Scenarios\n\n| name | what | kommuner |\n| --- | --- | ---: |\n" + "".join(rows)


def _by_name(found: Findings, measure: Callable[[Summary, str], str]) -> str:
    """A table with a row per scenario and a column per ranking, single sources included."""
    columns: dict[str, None] = dict.fromkeys([OURS])
    for summary in found.summaries.values():
        columns |= dict.fromkeys(name for name in summary.names if name != ORACLE)
    columns |= dict.fromkeys([ORACLE])
    rows = [
        [f"`{name}`", *(measure(summary, column) if column in summary.names else "" for column in columns)]
        for name, summary in found.summaries.items()
    ]
    return _table(["scenario", *columns], rows)


def _short(value: float) -> str:
    return f"{value:.3f}".replace("0.", ".", 1).replace("-", "−")


def _orders(found: Findings) -> str:
    ours = [
        [
            f"`{name}`",
            shown(s.tau()),
            f"{shown(s.lead(s.best_rival), sign=True)} over {s.best_rival}",
            shown(s.lead(ORACLE), sign=True),
            shown(s.ndcg()),
            shown(s.recall()),
        ]
        for name, s in found.summaries.items()
    ]
    head = ["scenario", "Kendall τ", "ahead of the best rival by", "of the oracle by", "NDCG", "top-3 recall"]
    return (
        f"## How near the order comes\n\nNDCG: gain = true score above {FLOOR:.0f}, over all ranked lines. The oracle knows "
        "how far each signal lies from the truth in expectation, and is left with chance.\n\n"
        f"{_table(head, ours)}\n### Kendall τ of every ranking\n\n{_by_name(found, lambda s, name: _short(s.tau(name).value))}"
        f"\n### NDCG of every ranking\n\n{_by_name(found, lambda s, name: _short(s.ndcg(name).value))}"
        f"\n### Top-3 recall of every ranking\n\n{_by_name(found, lambda s, name: _short(s.recall(name).value))}"
    )


def _honesty(found: Findings) -> str:
    rows = []
    for name, s in found.summaries.items():
        far = max((abs(one.stated - one.observed) for one in s.reliability if one.n >= 20), default=float("nan"))
        intervals = [shown(figure) for figure in (s.coverage(0.9), s.coverage(0.8), s.rank_coverage(0.9), s.rank_coverage(0.8))]
        rows.append([f"`{name}`", shown(s.brier_skill), _short(far), *intervals, f"{s.width(0.9).value:.0f}"])
    head = [
        "scenario", "Brier skill of P(top 3)", "P(top 3) off by at most", "score in its 90 %", "in its 80 %",
        "rank in its 90 %", "in its 80 %", "width of 90 %, points",
    ]  # fmt: skip
    return (
        "## How honest its probabilities and intervals are\n\nBrier skill is against the share of lines that are in the top 3. "
        f"'Off by' is over the tenths of the scale with 20 lines or more.\n\n{_table(head, rows)}\n### By criterion\n\n"
        "True: root mean square of the true θ over all lines (log scale). Error: of θ̂ less the truth; stated: what the product "
        "says that error is. Shared: the part of the squared error of the score that all lines of a kommun have in common; it "
        f"moves scores but not their order.\n\n{_by_criterion(found)}"
    )


def _by_criterion(found: Findings) -> str:
    """Coverage of θ and its errors, per criterion."""
    rows = []
    for name, s in found.summaries.items():
        cells = []
        for criterion in range(len(CRITERIA)):
            true, error, stated = (f"{value:.2f}" if criterion < 2 else f"{value:.3f}" for value in s.theta_spread(criterion))
            cells += [_short(s.theta_coverage(criterion).value), f"{true} / {error} / {stated}"]
        rows.append([f"`{name}`", *cells, f"{s.shared_error:.2f}"])
    head = [text for criterion in CRITERIA for text in (f"{criterion}: θ in its 90 %", "true / error / stated")]
    return _table(["scenario", *head, "shared"], rows)


def _changes(found: Findings) -> str:
    sources = list(dict.fromkeys(source for s in found.summaries.values() for source in s.sources))
    rows, each, kept = [], [], []
    for name, s in found.summaries.items():
        told = [shown(s.flags(source)) if source in s.sources else "" for source in sources]
        missed = [_short(s.flags(source, "missed").value) if source in s.sources else "" for source in sources]
        fused = [_short(s.fused_flags(i).value) for i in (0, 1)]
        beyond = _short(s.flags(what="beyond").value)
        each.append([f"`{name}`", "yes" if s.is_null else "", *told])
        kept.append([f"`{name}`", "yes" if s.is_null else "", *missed])
        rows.append([f"`{name}`", "yes" if s.is_null else "", shown(s.flags()), beyond, *fused])
    head = ["scenario", "nothing changes", "a change told", "and beyond the drift", "fused, 90 % interval", "fused, 95 %"]
    return (
        "## Changes told\n\nA change is told where the 95 % interval of a source's change excludes 0 and is printed (not for a "
        "base below 20, not for what the police search out unconfirmed). Where nothing changes every one is false of the "
        "problem, though it may be true of the source: how much is reported or noticed drifts in most scenarios. Beyond the "
        "drift: outside the interval that the source's bias class widens. Fused: the trend of all sources together.\n\n"
        f"### Areas with a change told by any source\n\n{_table(head, rows)}\n### By source, of the areas whose change it "
        f"prints\n\n{_table(['scenario', 'nothing changes', *sources], each)}\n### Intervals that miss what the source itself "
        "was to show on average, its drift included (5 % is what they state)\n\n"
        f"{_table(['scenario', 'nothing changes', *sources], kept)}"
    )


def _tenths(found: Findings) -> str:
    first = next(iter(found.summaries.values()))

    def rows(bins: Sequence[Bin]) -> list[list[str]]:
        return [
            [_short(one.stated), str(one.n), f"{_short(one.observed)} ({_short(one.lower)} to {_short(one.upper)})"]
            for one in bins
        ]

    return (
        f"## Stated and observed, `{first.scenario}`\n\n### P(top 3), per tenth of the scale\n\n"
        f"{_table(['stated', 'lines', 'true top 3'], rows(first.reliability))}"
        f"\n### P(i before j), of the likelier order\n\n{_table(['stated', 'pairs', 'true order'], rows(first.pairs))}"
    )
