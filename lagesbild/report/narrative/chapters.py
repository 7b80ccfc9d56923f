"""Sentences that open a chapter or stand below its tables: how many, how often, made with what."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish
from lagesbild.report.narrative.unknown import LOW_IS_NOT_SMALL


def largest_reporter(share: float, *, has_roster: bool) -> str:
    """How much of the EST list lies in one hand, and that who should have reported is unknown where it is.

    >>> largest_reporter(.41, has_roster=True).replace(chr(160), " ")
    'Den som rapporterade mest står för 41 procent.'
    """
    unknown = "" if has_roster else " Vilka som borde ha rapporterat är inte känt, så andelar jämförs i stället för antal."
    return f"Den som rapporterade mest står för {swedish.percent(share, words=True)}.{unknown}"


#: Where every source that could be checked agrees with the others.
ALL_AGREE = "Ingen källa avviker så mycket från de andra att den har fått väga klart lättare."


def believed_less(name: str, inflation: float) -> str:
    """A source that disagrees with the others, and how many times its uncertainty was raised.

    >>> believed_less("EST", 2.43)
    'EST stämmer dåligt med de andra källorna och har fått väga lättare (osäkerheten är uppräknad 2,4 gånger).'
    """
    return (
        f"{swedish.capital(name)} stämmer dåligt med de andra källorna och har fått väga lättare "
        f"(osäkerheten är uppräknad {swedish.number(inflation, 1)} gånger)."
    )


def too_few_in_common(names: Sequence[str]) -> str:
    """Sources that share too few areas with any other to be checked.

    >>> too_few_in_common(["NTU", "medborgardialog"])
    'För få områden är gemensamma för att pröva NTU och medborgardialog.'
    """
    return f"För få områden är gemensamma för att pröva {swedish.listing(list(names))}."


def retried(ways: int, added: Sequence[str] = ()) -> str:
    """In how many other ways the order was worked out. added: ways that are not always possible.

    >>> retried(8).split(":")[0], retried(1).split(":")[0]
    ('Ordningen har räknats om på åtta andra sätt', 'Ordningen har räknats om på ett annat sätt')
    """
    sort = "annat" if ways == 1 else "andra"
    tried = ["med andra vikter", "utan en källa i taget", "med mindre eller större misstro mot källorna", *added]
    return (
        f"Ordningen har räknats om på {swedish.count_word(ways)} {sort} sätt: {swedish.listing(tried)}. Ett område som ligger "
        "kvar högt i alla beräkningar står stadigt."
    )


def doubts_counted(doubts: int, kinds: int) -> str:
    """How many doubts the quality chapter tells, of how many kinds.

    >>> doubts_counted(22, 14).replace(chr(160), " ")
    'Genomgången av filerna gav 22 anmärkningar av 14 slag. Ingen av dem stoppar rapporten. Alla står här.'
    >>> doubts_counted(0, 0)
    'Genomgången av filerna gav inga anmärkningar.'
    """
    if not doubts:
        return "Genomgången av filerna gav inga anmärkningar."
    if doubts == 1:
        return "Genomgången av filerna gav en anmärkning. Den stoppar inte rapporten."
    return (
        f"Genomgången av filerna gav {swedish.plural(doubts, 'anmärkning', 'anmärkningar')} av {swedish.count_word(kinds)} "
        "slag. Ingen av dem stoppar rapporten. Alla står här."
    )


def made_with(slug: str, seed: int, draws: int, programs: Sequence[str]) -> str:
    """What a reader needs to make the same report again.

    >>> made_with("tibro", 1, 10_000, ["lagesbild 1.0", "numpy 2.0"]).split(". ")[0].replace(chr(160), " ")
    'Lägesbilden är gjord med profilen tibro, startvärdet 1 för slumptalen och 10 000 beräkningar'
    """
    return (
        f"Lägesbilden är gjord med profilen {slug}, startvärdet {seed} för slumptalen och {swedish.number(draws)} beräkningar. "
        f"Samma filer, profil och version ger samma rapport. Program: {swedish.listing(list(programs))}."
    )


def without_page(lines: int) -> str:
    """How many ranked lines have no page of their own.

    >>> without_page(1), without_page(7)
    ('Ett rangordnat område har ingen egen sida.', 'Sju rangordnade områden har ingen egen sida.')
    """
    areas = "rangordnat område" if lines == 1 else "rangordnade områden"
    return f"{swedish.capital(swedish.count_word(lines))} {areas} har ingen egen sida."


#: Opens the chapter of gaps.
UNMEASURED = f"Det som inte mäts kan vara stort. {LOW_IS_NOT_SMALL} Luckorna är skäl att söka mer kunskap."


def hidden_word(word: str) -> str:
    """What the word in place of a number means, below a table that has it.

    >>> hidden_word("dold")
    'Ordet dold betyder att talet skulle avslöja ett litet antal i ett annat område.'
    """
    return f"Ordet {word} betyder att talet skulle avslöja ett litet antal i ett annat område."


def notices(first: str, last: str) -> str:
    """Which notices of the police are counted, and where they are placed."""
    return f"Platsen är den som står sist i notisens namn. Den första notisen är från {first} och den sista från {last}."


def more_figures(rest: int) -> str:
    """That more context figures stand in the table than in the report; empty where none do.

    >>> more_figures(2).replace(chr(160), " "), more_figures(0)
    ('2 uppgifter till finns i tabellen context_figures.', '')
    """
    return f"{swedish.plural(rest, 'uppgift', 'uppgifter')} till finns i tabellen context_figures." if rest else ""
