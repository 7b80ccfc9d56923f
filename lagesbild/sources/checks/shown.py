"""A count and a kommun as a doubt may print them: it stands in the report, so a small count must not reach it by that road."""

from __future__ import annotations

from lagesbild import swedish, taxonomy

#: As in ``disclosure``: a count of persons or events below this is not told.
FEWEST = 5


def shown_count(count: float) -> str:
    """The count in Swedish; one to four are "färre än 5".

    >>> shown_count(2984), shown_count(3), shown_count(0)
    ('2\xa0984', 'färre än 5', '0')
    """
    return f"färre än {FEWEST}" if 0 < count < FEWEST else swedish.number(count)


def counted(count: int, one: str, many: str) -> str:
    """The count with its word, as ``swedish.plural`` says it; one to four are "färre än 5".

    >>> counted(12, "gång", "gånger"), counted(1, "gång", "gånger")
    ('12\xa0gånger', 'färre än 5 gånger')
    """
    return f"färre än {FEWEST} {many}" if 0 < count < FEWEST else swedish.plural(count, one, many)


def shown_kommun(kommunkod: str) -> str:
    """The kommun's name; a code that Sweden does not have stands as it is.

    >>> shown_kommun("1493"), shown_kommun("9901")
    ('Mariestad', '9901')
    """
    try:
        return taxonomy.load().kommun_name(kommunkod)
    except KeyError:
        return kommunkod
