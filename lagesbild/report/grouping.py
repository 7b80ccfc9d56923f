"""Doubts that say the same of several files or areas are told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lagesbild import swedish
from lagesbild.errors import Doubt

_SHOWN = 6


def told_once(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The doubts in their order; those of one kind and wording become one, where the first stands, with the rows summed.

    >>> [str(one) for one in told_once(Doubt("fritext", name, "texten läses inte.") for name in ("a.csv", "b.csv"))]
    ['a.csv och b.csv: texten läses inte.']
    """
    alike: dict[tuple[str, str, str], list[Doubt]] = {}
    for doubt in doubts:
        alike.setdefault((doubt.kind, doubt.what, doubt.action), []).append(doubt)
    return tuple(same[0] if len(same) == 1 else _joined(same) for same in alike.values())


def _joined(same: Sequence[Doubt]) -> Doubt:
    places = list(dict.fromkeys(str(doubt.where) for doubt in same))
    return replace(same[0], where=_places(places), n_rows=sum(doubt.n_rows for doubt in same), share=None)


def _places(places: Sequence[str]) -> str:
    """'a.csv och b.csv'; areas of one source keep its name once: 'anmälda brott, rån; narkotika'."""
    heads = {place.partition(", ")[0] for place in places}
    if len(places) > 1 and len(heads) == 1 and all(", " in place for place in places):
        tails = [place.partition(", ")[2] for place in places]
        return f"{heads.pop()}, {'; '.join(tails)}"
    shown = [*places[:_SHOWN], f"{len(places) - _SHOWN} till"] if len(places) > _SHOWN + 1 else list(places)
    return swedish.listing(shown)
