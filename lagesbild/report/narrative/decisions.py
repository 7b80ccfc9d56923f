"""What is said of decisions, neutrally: one that departs from the proposal is as legitimate as one that follows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagesbild import swedish
from lagesbild.charts.wording import CRITERIA
from lagesbild.report.narrative.agenda import proposal
from lagesbild.report.narrative.certainty import out_of_hundred

#: Weights on the page that differ less than this from the profile's are the same.
SAME = 0.005
EXPLAINED = (
    "Rangordningen är ett underlag. Kommun och polis beslutar, och ett beslut kan väga in sådant som källorna inte visar, som "
    "resurser och pågående arbete. Besluten ändrar inget i rangordningen."
)
NO_PLACE = "ingen egen plats i rangordningen"
NO_REASON = "ingen motivering angiven"


def proposed(tier: str, p_top: float | None) -> str:
    """What the ranking proposes and how sure it is, for a cell.

    >>> proposed("prioritera", .87), proposed("", None)
    ('talar för prioritering: troligt (87 av 100 beräkningar)', 'ingen egen plats i rangordningen')
    """
    if p_top is None:
        return NO_PLACE
    return f"{proposal(tier)}: {swedish.certainty(p_top).split(',')[0]} ({out_of_hundred(p_top)})"


def taken(forum: str, date: str, version: str) -> str:
    """Who decided, when and on what.

    >>> taken("Rådet", "2026-01-15", "en tidigare version av rangordningen")
    'Rådet, 2026-01-15, på en tidigare version av rangordningen'
    """
    return f"{forum}, {date}, på {version}"


def version(year: int, own: int, *, is_same: bool) -> str:
    """Which ranking a decision was taken on.

    >>> version(2025, 2025, is_same=True), version(2025, 2025, is_same=False), version(2024, 2025, is_same=False)
    ('den här rangordningen', 'en tidigare version av rangordningen', 'lägesbilden för 2024')
    """
    if year != own:
        return f"lägesbilden för {year}"
    return "den här rangordningen" if is_same else "en tidigare version av rangordningen"


def about_earlier(year: int, own: int) -> str:
    """That the decisions were taken on an earlier year's lägesbild; "" where it is this one's.

    >>> about_earlier(2024, 2025), about_earlier(2025, 2025)
    ('Besluten togs på lägesbilden för 2024. Bredvid dem står vad underlaget för 2025 talar för.', '')
    """
    if year == own:
        return ""
    return f"Besluten togs på lägesbilden för {year}. Bredvid dem står vad underlaget för {own} talar för."


def bearings(same: int, other: int, left_open: int) -> str:
    """In how many areas the proposal and the decision point the same way.

    >>> bearings(3, 1, 2)
    'I tre områden pekar underlaget och beslutet åt samma håll och i ett åt olika håll. I två lämnar underlaget frågan öppen.'
    >>> bearings(0, 0, 1)
    'I ett område lämnar underlaget frågan öppen.'
    """
    parts = [(same, "pekar underlaget och beslutet åt samma håll"), (other, "åt olika håll")]
    if other and not same:
        parts = [(other, "pekar underlaget och beslutet åt olika håll")]
    clauses = [(count, words) for count, words in parts if count]
    told = []
    if clauses:
        (count, words), *rest = clauses
        told.append(f"I {_areas(count)} {words}{''.join(f' och i {swedish.count_word(n)} {w}' for n, w in rest)}.")
    if left_open:
        where = swedish.count_word(left_open) if clauses else _areas(left_open)
        told.append(f"I {where} lämnar underlaget frågan öppen.")
    return " ".join(told)


def undecided(names: Sequence[str]) -> str:
    """Areas in the upper tiers without a decision.

    >>> undecided(["narkotika", "stöld"])
    'Om narkotika och stöld finns inget beslut i underlaget.'
    """
    return f"Om {swedish.listing(list(names))} finns inget beslut i underlaget." if names else ""


def present(roles: str) -> str:
    """Which roles took part; "" where none is written.

    >>> present("Kommunpolis och Säkerhetschef")
    'Deltog: Kommunpolis och Säkerhetschef.'
    """
    return f"Deltog: {roles}." if roles else ""


def weights_apart(date: str, page: Mapping[str, float], own: Mapping[str, float]) -> str:
    """That the weights stood otherwise on the page at a decision than in the profile; "" where they did not.

    >>> weights_apart("2026-01-15", {"omfattning": .5, "utveckling": .5}, {"omfattning": 1}).split(" Rang")[0]
    'När beslutet från 2026-01-15 sparades stod vikterna på omfattning 50\xa0procent och utveckling 50\xa0procent.'
    """
    if all(abs(page.get(name, 0.0) - own.get(name, 0.0)) < SAME for name in {*page, *own}):
        return ""
    return (
        f"När beslutet från {date} sparades stod vikterna på {_weights(page)}. Rangordningen räknar med profilens vikter: "
        f"{_weights(own)}. De ändras bara i profilen, under [weights]."
    )


def _areas(count: int) -> str:
    return f"{swedish.count_word(count)} {'område' if count == 1 else 'områden'}"


def _weights(weights: Mapping[str, float]) -> str:
    return swedish.listing([f"{CRITERIA[name]} {swedish.percent(share, words=True)}" for name, share in weights.items()])
