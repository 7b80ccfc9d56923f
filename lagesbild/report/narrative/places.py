"""Sentences about where and when: named areas, weekday and hour, month, and what is missing of them."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish

#: What one row of each list is called.
EVENTS = {"handelser": "anmälda händelser", "est": "observationer"}
LISTS = {"handelser": "polisens händelselista", "est": "EST"}


def most_in(source: str, area: str, count: int, lower: float, upper: float, total: int, probability: float) -> str:
    """The area with most of a list's events, and how sure that is.

    >>> most_in("est", "Centrum", 43, 28.6, 62, 94, .97)
    'Av 94 observationer i EST med känt område är 43 i Centrum (osäkerhetsintervall 29–62). Att det är flest där är så gott som säkert.'
    """  # noqa: E501
    limits = swedish.interval(round(lower), round(upper))
    return (
        f"Av {swedish.number(total)} {EVENTS[source]} i {LISTS[source]} med känt område är {swedish.number(count)} i {area} "
        f"(osäkerhetsintervall {limits}). Att det är flest där är {swedish.certainty(probability)}."
    )


def no_first(source: str, areas: Sequence[str]) -> str:
    """That no area of a list can be told apart as the one with most; the ones with most so far, if any.

    >>> no_first("est", ["Centrum", "Hamnen"])
    'I EST går det inte att säga vilket område som har flest observationer; störst antal har Centrum och Hamnen.'
    """
    largest = f"; störst antal har {swedish.listing(list(areas))}" if areas else ""
    return f"I {LISTS[source]} går det inte att säga vilket område som har flest {EVENTS[source]}{largest}."


def most_when(source: str, when: str, total: int) -> str:
    """When of the week most of a list's events happened.

    >>> most_when("est", "fredag kl. 21–24", 73)
    'Fler observationer än vid jämn spridning över veckan: fredag kl. 21–24 (73 observationer med känd tid i EST).'
    """
    return (
        f"Fler {EVENTS[source]} än vid jämn spridning över veckan: {when} "
        f"({swedish.number(total)} {EVENTS[source]} med känd tid i {LISTS[source]})."
    )


def no_when(sources: Sequence[str]) -> str:
    """That the hours cannot be told from an even spread.

    >>> no_when(["handelser", "est"])
    'I polisens händelselista och EST går ingen tid att skilja från jämn spridning över veckan.'
    """
    return (
        f"I {swedish.listing([LISTS[source] for source in sources])} går ingen tid att skilja från jämn spridning över veckan."
    )


def missing(source: str, total: int, unplaced: int | None, untimed: int, long: int) -> str:
    """What of a list is not in the areas and hours; unplaced None where areas are not shown; '' where nothing is missing.

    >>> missing("handelser", 393, 0, 22, 15)
    'Av 393 anmälda händelser i polisens händelselista räknas inte alla: 22 saknar klockslag och 15 kan ha skett under mer än ett dygn.'
    >>> missing("est", 94, None, 0, 0)
    'Områden i EST visas inte, för antalen är för små.'
    """  # noqa: E501
    gaps = (
        (unplaced or 0, "saknar namngivet område"),
        (untimed, "saknar klockslag"),
        (long, "kan ha skett under mer än ett dygn"),
    )
    told = swedish.listing([f"{_few(count)} {what}" for count, what in gaps if count])
    events = f"{swedish.number(total)} {EVENTS[source]} i {LISTS[source]}"
    said = [f"Av {events} räknas inte alla: {told}."] if told else []
    if unplaced is None:
        said.append(f"Områden i {LISTS[source]} visas inte, för antalen är för små.")
    return " ".join(said)


def _few(count: int) -> str:
    return "färre än 5" if count < 5 else swedish.number(count)


#: Under every pair of charts.
NO_RISK = "Antalen säger var och när något har anmälts eller observerats, inte hur stor risken är för den som vistas där."
