"""Sentences about how sure the order is, and where the sources tell different stories."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lagesbild import swedish

#: Said once, where the first interval stands.
INTERVAL_EXPLAINED = (
    "Ett osäkerhetsintervall anger mellan vilka värden resultatet rimligen ligger när slumpen räknas in. Ju bredare intervall, "
    "desto mindre vet vi."
)


def lower_first(name: str) -> str:
    """The name as it stands inside a sentence; an abbreviation and a name of two capitalised words keep theirs.

    >>> lower_first("Skadegörelse och klotter"), lower_first("EST"), lower_first("Svenskt Näringslivs enkät")
    ('skadegörelse och klotter', 'EST', 'Svenskt Näringslivs enkät')
    """
    is_name = name[1:2].isupper() or name.partition(" ")[2][:1].isupper()
    return name if is_name else name[:1].lower() + name[1:]


def out_of_hundred(probability: float) -> str:
    """The probability as so many calculations of 100, never 0, never 100, and never a number that has a stronger word.

    >>> out_of_hundred(.973), out_of_hundred(.9999), out_of_hundred(.001)
    ('97 av 100 beräkningar', 'fler än 99 av 100 beräkningar', 'färre än 1 av 100 beräkningar')
    """
    if probability > 0.99:
        return "fler än 99 av 100 beräkningar"
    if probability < 0.01:
        return "färre än 1 av 100 beräkningar"
    return f"{swedish.of_hundred(probability)} av 100 beräkningar"


def steps() -> list[tuple[str, str]]:
    """The words for how sure, as the method chapter explains them: of 100 calculations -> word.

    >>> steps()[0], steps()[1], steps()[-1]
    (('minst 95', 'så gott som säkert'), ('80–95', 'troligt'), ('färre än 20', 'mindre troligt'))
    """
    floors = [round(100 * floor) for floor, _ in swedish.CERTAINTY]
    spans = [f"{low}{swedish.EN_DASH}{high}" for high, low in pairwise(floors)]
    spans = [f"minst {floors[0]}", *spans[:-1], f"färre än {floors[-2]}"]
    return list(zip(spans, (word for _, word in swedish.CERTAINTY), strict=True))


def inseparable_from(names: Sequence[str]) -> str:
    """Which other areas the area cannot be told from: by name up to four, else how many.

    >>> inseparable_from(["rån", "stöld"]), inseparable_from(list("abcde"))
    ('Området går inte att skilja från rån och stöld.', 'Området går inte att skilja från fem andra.')
    """
    others = swedish.listing(list(names)) if len(names) <= 4 else f"{swedish.count_word(len(names))} andra"
    return f"Området går inte att skilja från {others}."


def neighbours(clear: Sequence[tuple[str, str]], pairs: int) -> str:
    """Which of the ``pairs`` neighbours in the list stand clearly in their order: (before, after) of each that does.

    >>> neighbours([("rån", "stöld")], 3)
    'Rån ligger tydligt före stöld. Övriga områden som ligger intill varandra går inte att skilja åt.'
    """
    if len(clear) == pairs:
        return "Ordningen mellan områden som ligger intill varandra är tydlig i hela listan."
    if not clear:
        return (
            "Inget område går att skilja från det som ligger närmast efter i listan. Se platsernas intervall, inte platserna."
        )
    spoken = [f"{before} ligger tydligt före {after}" for before, after in clear]
    return f"{swedish.capital(swedish.listing(spoken))}. Övriga områden som ligger intill varandra går inte att skilja åt."


def top(name: str, probability: float, k: int) -> str:
    """How sure it is that the area belongs to the k largest.

    >>> top("Skadegörelse", .97, 3)
    'Att skadegörelse hör till de tre största problemen är så gott som säkert (97 av 100 beräkningar).'
    """
    largest = "är det största problemet" if k == 1 else f"hör till de {swedish.count_word(k)} största problemen"
    return f"Att {lower_first(name)} {largest} är {swedish.certainty(probability)} ({out_of_hundred(probability)})."


def inseparable(names: Sequence[str]) -> str:
    """Areas whose order is not settled.

    >>> inseparable(["Narkotika", "Trafik"])
    'Narkotika och trafik går inte att skilja åt.'
    """
    return f"{swedish.capital(swedish.listing([lower_first(name) for name in names]))} går inte att skilja åt."


def score(points: float, lower: float, upper: float, rank: int, rank_lower: int, rank_upper: int, ranked: int) -> str:
    """The area's place and score with their intervals.

    >>> score(68.2, 60, 75.4, 1, 1, 3, 14)
    'Plats 1 av 14 (osäkerhetsintervall 1–3), 68 poäng av 100 (osäkerhetsintervall 60–75).'
    """
    places = f"(osäkerhetsintervall {rank_lower}{swedish.EN_DASH}{rank_upper})"
    if rank_lower == rank_upper:
        places = "i hela osäkerhetsintervallet"
    return (
        f"Plats {rank} av {ranked} {places}, {swedish.number(points)} poäng av 100 "
        f"(osäkerhetsintervall {swedish.interval(round(lower), round(upper))})."
    )


def steadiness(name: str, best: int, worst: int, inside: int, variants: int, k: int) -> str:
    """Where the area lies when the ranking is made in other ways, and how often it is likelier than not among the k largest.

    variants: 0 where that is told of all areas at once (``alike``).

    >>> steadiness("Rån", 1, 3, 4, 5, 3)
    'Rån: plats 1–3. I 4 av 5 beräkningar talar mer för än emot att området är ett av de tre största problemen.'
    >>> steadiness("Rån", 5, 5, 0, 5, 1)
    'Rån: plats 5 i alla beräkningar. I ingen beräkning talar mer för än emot att området är det största problemet.'
    """
    places = f"plats {best} i alla beräkningar" if best == worst else f"plats {best}{swedish.EN_DASH}{worst}"
    if not variants:
        return f"{name}: {places}."
    times = "alla beräkningar" if inside == variants else f"{inside} av {variants} beräkningar" if inside else "ingen beräkning"
    largest = "det största problemet" if k == 1 else f"ett av de {swedish.count_word(k)} största problemen"
    return f"{name}: {places}. I {times} talar mer för än emot att området är {largest}."


def alike(areas: int, k: int, *, is_inside: bool) -> str:
    """That all, or none, of the areas that lie highest are likelier than not among the k largest in every calculation.

    >>> alike(5, 3, is_inside=False)
    'För inget av de fem högst placerade områdena talar mer för än emot i någon beräkning att det är ett av de tre största problemen.'
    """  # noqa: E501
    largest = "det största problemet" if k == 1 else f"ett av de {swedish.count_word(k)} största problemen"
    who, where = ("vart och ett", "alla beräkningar") if is_inside else ("inget", "någon beräkning")
    return (
        f"För {who} av de {swedish.count_word(areas)} högst placerade områdena talar mer för än emot i {where} att det är "
        f"{largest}."
    )


def stories(name: str, criterion: str, source_high: str, source_low: str) -> str:
    """Two sources that differ more than their uncertainty allows; both are told.

    >>> stories("Rån", "omfattning", "NTU", "anmälda brott")
    'Källorna är oense om rån (omfattning). NTU pekar på ett större problem än anmälda brott. Båda uppgifterna redovisas.'
    """
    return (
        f"Källorna är oense om {lower_first(name)} ({criterion}). {swedish.capital(source_high)} pekar på ett större "
        "problem än "
        f"{source_low}. Båda uppgifterna redovisas."
    )


def evidence(grade: str, n_sources: int) -> str:
    """How much the sources have narrowed what could be believed beforehand.

    >>> evidence("svag", 1)
    'Underlaget är svagt: en källa säger något om området.'
    """
    word = {"god": "gott", "viss": "begränsat", "svag": "svagt"}[grade]
    sources = "en källa säger" if n_sources == 1 else f"{swedish.count_word(n_sources)} källor säger"
    return f"Underlaget är {word}: {sources} något om området."
