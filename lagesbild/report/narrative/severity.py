"""Sentences about how many reports there are and how severe the offences are held to be."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish
from lagesbild.report.narrative.certainty import lower_first

APPROXIMATE = (
    "Allvaret är ungefärligt: månader fängelse för områdets vanligaste slag av brott, efter polisens brottsskadeindex och "
    "straffskalorna. Det kan vara hälften eller dubbelt så stort; platserna då står inom parentes."
)
CLASSES = (
    "Parterna har själva satt allvaret i klasser från 1 till 5. Varje klass räknas som tre gånger så allvarlig som klassen "
    "under; platserna om ett områdes allvar vore hälften eller dubbelt så stort står inom parentes."
)
NOT_OVER_TIME = (
    "Listan jämför områden vid ett tillfälle. Den säger inget om utvecklingen, för straffen och sättet att anmäla ändras. "
    "Bara anmälda brott räknas, och i områden som polisen själv söker upp speglar de främst hur mycket polisen kontrollerar."
)
LETHAL = (
    "Mord, dråp och annat dödligt våld räknas aldrig efter sitt eget allvar: det hör inte till något problemområde, och i en "
    "bredare rad räknas det som ett typiskt brott. I polisens index väger ett mord lika mycket som 122 anmälda "
    "narkotikainnehav; det skulle dölja allt annat i en liten kommun."
)
NONE_RARE = "Inget av områdena har så få anmälda brott att det redovisas för sig."


def firsts(by_count: str, count: float, period: str, by_burden: str) -> str:
    """Which area has most reports, and which comes first when severity is counted too.

    >>> firsts("Skadegörelse", 1126, "2023–2025", "Bedrägeri").replace(chr(160), " ")
    'Flest anmälningar gäller skadegörelse: 1 126 anmälda brott 2023–2025. Räknas allvaret in kommer bedrägeri först.'
    >>> firsts("Stöld", 40, "2025", "Stöld").partition(". ")[2]
    'Räknas allvaret in kommer samma område först.'
    """
    most = (
        f"Flest anmälningar gäller {lower_first(by_count)}: {swedish.plural(count, 'anmält brott', 'anmälda brott')} {period}."
    )
    return f"{most} Räknas allvaret in kommer {'samma område' if by_burden == by_count else lower_first(by_burden)} först."


def counted(weight: float | None) -> str:
    """Whether severity is a criterion of the ranking, and what it weighs.

    >>> counted(.2).replace(chr(160), " "), counted(None).partition(".")[0]
    ('Allvaret ingår i rangordningens poäng och väger 20 procent.', 'Allvaret ingår inte i rangordningens poäng')
    """
    if weight is None:
        return "Allvaret ingår inte i rangordningens poäng. Kapitlet om känslighet visar platserna om det gjorde det."
    return f"Allvaret ingår i rangordningens poäng och väger {swedish.percent(weight, words=True)}."


def weakest(names: Sequence[str]) -> str:
    """For which areas the severity is least well founded.

    >>> weakest(["Sexualbrott", "Anlagda bränder"])
    'Svagast grundat är allvaret för sexualbrott och anlagda bränder.'
    """
    return f"Svagast grundat är allvaret för {swedish.listing([lower_first(name) for name in names])}."


def rare(few: int) -> str:
    """Why some areas are told apart.

    >>> rare(20)
    'De här områdena har färre än 20 anmälda brott på tre år. En enda anmälan flyttar platsen, så de står för sig.'
    """
    return f"De här områdena har färre än {few} anmälda brott på tre år. En enda anmälan flyttar platsen, så de står för sig."


def side_by_side(ranked: int) -> str:
    """Below the table of volume and harm: whose counts they are, and among how many lines the last place is.

    >>> side_by_side(14).split(". ")[1]
    'Platsen i rangordningen är bland alla 14 rangordnade områden'
    """
    return (
        f"Antalen är de publicerade. Platsen i rangordningen är bland alla {swedish.count_word(ranked)} rangordnade områden. "
        "Hur varje värde för allvar är satt, och med vilken källa, står i arbetsboken."
    )
