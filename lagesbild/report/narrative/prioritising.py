"""What the cells of Brå's matrix say, and the sentences beside it."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish
from lagesbild.report.narrative.certainty import out_of_hundred

#: A cell that people are to fill in, and one that no source can fill.
OPEN, UNKNOWN = "att bedöma", "– underlag saknas"
NOTHING = "Ingen källa säger något om det."
#: What it means that an area meets each of the ranking's criteria.
_MET = {
    "omfattning": "Att området är större än ett genomsnittligt problemområde",
    "jamforelse": "Att området är större än där det jämförs",
    "utveckling": "Att området ökar",
}
GRADES = ("inte alls", "i låg grad", "till en del", "i hög grad")
EXPLAINED = (
    "Brå föreslår att kommun och polis väger problemen mot åtta kriterier innan de väljer vad de ska arbeta med och vad de "
    "väljer bort. De tre första är beräknade av underlaget: orden anger hur sannolikt det är att kriteriet är uppfyllt. De fem "
    "andra bedömer parterna, från 0 (inte alls) till 3 (i hög grad). Där det står ”att bedöma” finns en rad att skriva på. "
    "Matrisen är ett underlag för samtal, inget beslut."
)


def sign(chance: float) -> str:
    """The cell: a sign and the word for how sure it is that the criterion is met.

    >>> sign(.97), sign(.85), sign(.6), sign(.3), sign(.1)
    ('++ så gott som säkert', '+ troligt', '± möjligt', '± osäkert', '− mindre troligt')
    """
    mark = "++" if chance >= 0.95 else "+" if chance >= 0.8 else "±" if chance >= 0.2 else swedish.MINUS
    return f"{mark} {swedish.certainty(chance).split(',')[0]}"


def met(criterion: str, chance: float) -> str:
    """How sure it is that an area meets a computed criterion.

    >>> met("utveckling", .6)
    'Att området ökar är möjligt, mer talar för än emot (60 av 100 beräkningar).'
    """
    return f"{_MET[criterion]} är {swedish.certainty(chance)} ({out_of_hundred(chance)})."


def grade(values: Sequence[int]) -> str:
    """A judged cell; both values where forums judged differently on the same day.

    >>> grade([2]), grade([1, 3])
    ('2 av 3', '1 eller 3 av 3')
    """
    return f"{' eller '.join(map(str, values))} av 3"


def judged(value: int, forum: str, date: str, reason: str) -> str:
    """Who judged what, when and why.

    >>> judged(3, "Rådet", "2025-11-20", "Platserna är kända.")
    '3 av 3 (i hög grad): Rådet, 2025-11-20. Platserna är kända.'
    """
    stop = "" if reason.endswith((".", "!", "?")) or not reason else "."
    return f"{value} av 3 ({GRADES[value]}): {forum}, {date}. {reason}{stop}".strip()


def judged_by(forum_and_date: str) -> str:
    """The title of the judgements where all are of one forum and day.

    >>> judged_by("Rådet, 2025-11-20")
    'Bedömningarna (Rådet, 2025-11-20)'
    """
    return f"Bedömningarna ({forum_and_date})"
