"""Files that are the months or weeks of one series, told as one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from lagesbild import swedish

#: So few files of a series are told one by one.
FEW = 2
_MONTHS = ("jan", "feb", "mar", "apr", "ma[jy]", "jun", "jul", "aug", "sep", "o[kc]t", "nov", "dec")
_TAILS = r"(?:uari|ruari|s|il|i|usti|t|tember|ober|ember)?"
_LETTER = "A-Za-zÅÄÖåäö"
#: A month's name that no small letter goes before or after ('DatabasfilJan2013'), a month's number after its year, a week's.
_PART = re.compile(
    rf"(?:(?<![{_LETTER}])|(?=[A-Z]))(?P<name>(?i:{'|'.join(_MONTHS)})(?i:{_TAILS}))(?![{_LETTER}])"
    rf"|(?<=20\d\d)[-_ ]?(?P<month>0[1-9]|1[0-2])(?!\d)"
    rf"|(?<![{_LETTER}])(?i:v|w|vecka)[-_ .]{{0,2}}(?P<week>\d\d?)(?!\d)"
)
Item = TypeVar("Item")


def file_series(
    items: Iterable[Item], path: Callable[[Item], str], alike: Callable[[Item], Hashable]
) -> list[tuple[Item, ...]]:
    """The items in the order of each series' first, those of one series together and by month or week; others alone.

    One series: the same path but for its month or week, and the same ``alike`` (what else the line says of the file).
    """
    found: dict[Hashable, list[Item]] = {}
    for item in items:
        stem, part = _parted(path(item))
        found.setdefault((stem, alike(item)) if part else (path(item), None), []).append(item)
    together: list[tuple[Item, ...]] = []
    for same in found.values():
        ordered = sorted(same, key=lambda item: (_parted(path(item))[1], path(item)))
        together += [tuple(ordered)] if len(ordered) > FEW else [(item,) for item in same]
    return together


def told(paths: Sequence[str]) -> str:
    """What a line of one or more files is called: the first and the last, and how many.

    >>> told(["DatabasfilJan2013.txt", "DatabasfilFeb2013.txt", "DatabasfilDec2013.txt"]).replace(chr(160), " ")
    'DatabasfilJan2013.txt till DatabasfilDec2013.txt (3 filer)'
    """
    return paths[0] if len(paths) == 1 else f"{paths[0]} till {paths[-1]} ({swedish.plural(len(paths), 'fil', 'filer')})"


def _parted(path: str) -> tuple[str, int]:
    """The path with its month or week left open, and its number; 0 where it names none, or several.

    >>> _parted("DatabasfilMaj2013.txt"), _parted("est_2025-03.xlsx"), _parted("est v. 7.xlsx"), _parted("lista.csv")
    (('Databasfil*2013.txt', 5), ('est_2025*.xlsx', 3), ('est *.xlsx', 7), ('lista.csv', 0))
    """
    parts = list(_PART.finditer(path))
    if len(parts) != 1:
        return path, 0
    part = parts[0]
    if part["name"]:
        number = next(i for i, month in enumerate(_MONTHS, start=1) if re.match(month, part["name"], re.IGNORECASE))
    else:
        number = int(part["month"] or part["week"])
    return path[: part.start()] + "*" + path[part.end() :], number
