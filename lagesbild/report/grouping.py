"""Doubts that say the same of several sheets, files or areas are told once."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from lagesbild import swedish
from lagesbild.errors import Doubt, Place

_SHOWN = 6
_QUOTED, _FILE = re.compile(r'"([^"]+)"'), re.compile(r"\.(?:xlsx?|xlsb|ods|csv|txt|tsv|json|px)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def told_once(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The doubts in their order; those of one kind and wording become one, where the first stands, with the rows summed.

    Of a file with a sheet per month the first sheet is told in full and the others are counted.

    >>> [str(one) for one in told_once(Doubt("fritext", name, "texten läses inte.") for name in ("a.csv", "b.csv"))]
    ['a.csv och b.csv: texten läses inte.']
    """
    by_file = [one for same in _grouped(_without_echoes(tuple(doubts)), _sheet_key) for one in _of_sheets(same)]
    return tuple(same[0] if len(same) == 1 else _joined(same) for same in _grouped(by_file, _wording))


def _without_echoes(doubts: tuple[Doubt, ...]) -> Iterator[Doubt]:
    """What is told of a file's unknown words is not told again of the table they ended in."""
    told = [(doubt.kind, set(_QUOTED.findall(doubt.what))) for doubt in doubts if _FILE.search(doubt.where)]
    for doubt in doubts:
        quoted = set(_QUOTED.findall(doubt.what))
        is_echo = not _FILE.search(doubt.where) and any(doubt.kind == kind and quoted <= words for kind, words in told)
        if not (quoted and is_echo):
            yield doubt


def _grouped(doubts: Iterable[Doubt], key: Callable[[Doubt], Hashable]) -> list[list[Doubt]]:
    alike: dict[Hashable, list[Doubt]] = {}
    for number, doubt in enumerate(doubts):
        alike.setdefault(key(doubt) or number, []).append(doubt)
    return list(alike.values())


def _wording(doubt: Doubt) -> Hashable:
    return doubt.kind, doubt.what, doubt.action


def _sheet_key(doubt: Doubt) -> Hashable:
    """What doubts about several sheets of a file have in common, numbers and endings apart; none for one that quotes a cell."""
    where = doubt.where
    if not isinstance(where, Place) or not where.sheet or '"' in doubt.what:
        return None
    stems = tuple(word[:3].lower() for word in _WORD.findall(doubt.what))
    return doubt.kind, where.file, where.column, stems


def _of_sheets(same: Sequence[Doubt]) -> Sequence[Doubt]:
    sheets = {doubt.where.sheet for doubt in same if isinstance(doubt.where, Place)}
    if len(sheets) < 2:
        return same
    first, *others = same
    n_rows = sum(doubt.n_rows for doubt in others)
    rows = f" ({swedish.plural(n_rows, 'rad', 'rader')})" if n_rows else ""
    more = f"Detsamma gäller {swedish.plural(len(sheets) - 1, 'blad', 'blad')} till{rows}."
    return [replace(first, action=f"{first.action} {more}".strip(), n_rows=first.n_rows + n_rows, share=None)]


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
