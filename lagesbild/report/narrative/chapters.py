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

    inflation: what the variance of its signals is multiplied by; told as its root, which is what an interval widens by.

    >>> believed_less("EST", 2.43)
    'EST stämmer dåligt med de andra källorna och har fått väga lättare (osäkerheten är uppräknad 1,6 gånger).'
    """
    return f"{swedish.capital(name)} stämmer dåligt med de andra källorna och har fått väga lättare {_raised(inflation)}."


def all_believed_less(names: Sequence[str], inflation: float) -> str:
    """Sources that disagree with one another, so that none of them can be said to be the better.

    >>> all_believed_less(["NTU", "EST"], 4.3).split(". ")[1]
    'Vilken som ligger närmast går inte att säga, så alla har fått väga lättare (osäkerheten är uppräknad 2,1 gånger).'
    """
    return (
        f"{swedish.capital(swedish.listing(list(names)))} stämmer dåligt med varandra. Vilken som ligger närmast går inte att "
        f"säga, så alla har fått väga lättare {_raised(inflation)}."
    )


def _raised(inflation: float) -> str:
    return f"(osäkerheten är uppräknad {swedish.number(inflation**0.5, 1)} gånger)"


def too_few_in_common(names: Sequence[str]) -> str:
    """Sources that share too few areas with any other to be checked.

    >>> too_few_in_common(["NTU", "medborgardialog"])
    'För få områden är gemensamma för att pröva NTU och medborgardialog.'
    """
    return f"För få områden är gemensamma för att pröva {swedish.listing(list(names))}."


def retried(ways: int, tried: Sequence[str]) -> str:
    """In how many other ways the order was worked out, and which.

    >>> retried(1, ["med andra vikter"]).split(". ")[0]
    'Ordningen har räknats om på ett annat sätt: med andra vikter'
    >>> retried(2, ["med andra vikter", "med allvaret inräknat"]).split(". ")[1]
    'Med huvudberäkningen blir det tre beräkningar'
    """
    sort = "annat" if ways == 1 else "andra"
    return (
        f"Ordningen har räknats om på {swedish.count_word(ways)} {sort} sätt: {swedish.listing(list(tried))}. Med "
        f"huvudberäkningen blir det {swedish.count_word(ways + 1)} beräkningar. Ett område som ligger kvar högt i alla står "
        "stadigt."
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
        f"Genomgången av filerna gav {swedish.count_word(doubts)} anmärkningar av {swedish.count_word(kinds)} "
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


def whole_kommun(points: float, *, is_apart: bool) -> str:
    """What the kommun's areas have in common against the others gives each of them, beside the chart of points.

    is_apart: whether it has a column of its own there.

    >>> whole_kommun(3.7, is_apart=True).split(". ")[1]
    'Här ligger de tillsammans över dem som jämförelsen görs med, och det ger vart och ett omkring 4 poäng'
    """
    first = "Kolumnen Kommunen som helhet visar" if is_apart else "I poängen för jämförelse ingår också"
    size = f"omkring {swedish.number(abs(points))} poäng"
    side, effect = ("över", f"ger vart och ett {size}") if points > 0 else ("under", f"drar {size} från vart och ett")
    return (
        f"{first} det som områdena har gemensamt. Här ligger de tillsammans {side} dem som jämförelsen görs med, och det "
        f"{effect}. Den delen skiljer inte områdena åt."
    )


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


CODE_KEY = (
    "Varje brottskod, EST-kategori och enkätfråga hör till högst ett problemområde. Nyckeln med alla namn och när varje kod "
    "har gällt finns i programmets taxonomi och kan ändras."
)


def assumptions_told(told: int, every: int) -> str:
    """How many of the assumptions stand in the appendix, and where the rest do.

    >>> assumptions_told(7, 29)
    'Här står de 7 antaganden som betyder mest för ordningen. Alla 29 står i arbetsboken. Kvalitet säger hur väl grundat ett antagande är.'
    """  # noqa: E501
    return (
        f"Här står de {told} antaganden som betyder mest för ordningen. Alla {every} står i arbetsboken. Kvalitet säger hur "
        "väl grundat ett antagande är."
    )


REST_IN_WORKBOOK = "Av varje slag står högst tre anmärkningar här. Alla står i arbetsbokens blad Anmärkningar."
