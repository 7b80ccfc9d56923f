"""Which years lie before a pledge and which it ran."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lagesbild.pledges.register import Pledge

#: The baseline is at most so many years: a level long ago says little of the one the pledge met.
LONGEST = 5
#: A year counts as one the pledge ran where it ran all of it; failing such a year, so much of it.
_MOST_OF_A_YEAR = 0.5


@dataclass(frozen=True)
class Periods:
    """before: the years on end up to the pledge, at most five. after: the years it ran. is_part: it ran only part of those."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    is_part: bool


def periods(pledge: Pledge, years: Iterable[int], since: int = 0) -> Periods:
    """The years of a pledge among those there are figures for.

    before: years that ended before its first day, on end, none before ``since``. after: years it ran from the first to the last
    day; where there is none, those of which it ran at least half. A year it ran a lesser part of is neither.
    """
    there = sorted(set(years))
    share = {year: _share(pledge, year) for year in there}
    whole = tuple(year for year in there if share[year] >= 1)
    after = whole or tuple(year for year in there if share[year] >= _MOST_OF_A_YEAR)
    before: list[int] = []
    for year in reversed([year for year in there if since <= year < pledge.start.year]):
        if len(before) == LONGEST or (before and year != before[-1] - 1):
            break
        before.append(year)
    return Periods(tuple(reversed(before)), after, bool(after) and not whole)


def _share(pledge: Pledge, year: int) -> float:
    """How much of a year a pledge ran, 0-1."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (min(pledge.end, last) - max(pledge.start, first)).days + 1
    return max(days, 0) / ((last - first).days + 1)
