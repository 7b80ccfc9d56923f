"""The method in plain words, and the table of words for certainty."""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.ranking.explanation import GOOD, SOME
from lagesbild.report import facts
from lagesbild.report.document import Block, Heading, Points, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import certainty


def method(lagesbild: Lagesbild) -> list[Block]:
    """How the ranking is made, for a reader without statistics."""
    return [
        Heading(1, "Så är lägesbilden gjord", new_page=True),
        Text(
            "Lägesbilden ordnar problemområden efter vad källorna visar. Den är ett underlag för samtalet mellan kommun och "
            "polis, "
            "inte ett beslut. Ett problemområde är ett tema, till exempel skadegörelse eller bedrägeri, inte en plats.",
            style="intro",
        ),
        Heading(2, f"{'Fyra' if _is_severe(lagesbild) else 'Tre'} frågor om varje område"),
        Points(
            (
                f"Omfattning: hur stort är problemet? Frågan väger {_weight(lagesbild, 'omfattning')}.",
                "Jämförelse: är det vanligare här än i jämförbara kommuner eller i riket? "
                f"Frågan väger {_weight(lagesbild, 'jamforelse')}.",
                f"Utveckling: ökar eller minskar det? Frågan väger {_weight(lagesbild, 'utveckling')}.",
                *_severity(lagesbild),
            )
        ),
        Text(
            "Vikterna är ett värdeval som parterna kan ändra. Frågorna hänger ihop: det som är vanligare här än på andra håll "
            "är oftast också större. Därför kan en källa ge några poäng i en fråga som den inte själv mäter."
        ),
        Heading(2, "Källorna vägs samman, de läggs inte ihop"),
        Text(
            "Antal från olika källor adderas aldrig. Varje källa får i stället säga hur mycket ett område avviker, och får "
            "väga mer ju "
            "säkrare den är. En källa väger lättare när den bygger på få svar eller händelser, när brotten sällan anmäls "
            "eller när den "
            "inte stämmer med de andra. Saknas en uppgift räknas den inte som noll: området hamnar närmare mitten och får "
            "ett bredare "
            "osäkerhetsintervall."
        ),
        Heading(2, "Poäng, plats och nivå"),
        Text(
            "Poängen går från 0 till 100. Femtio betyder som de jämförbara kommunerna, ingen förändring och ett genomsnittligt "
            f"problem. Beräkningen görs om {_draws(lagesbild)} gånger med slumpmässiga fel av den storlek som källorna har. "
            "Andelen "
            f"gånger som ett område hamnar bland de {_k(lagesbild)} största avgör nivån:"
        ),
        Points(
            (
                "Prioritera: minst 80 av 100 beräkningar. Underlaget talar för prioritering.",
                "Överväg: mellan 20 och 80 av 100 beräkningar.",
                "Bevaka: färre än 20 av 100 beräkningar.",
            )
        ),
        Text(
            "Intervall för poäng och plats täcker 80 procent av beräkningarna. Intervall för uppmätta tal, som antal per "
            "invånare och "
            "enkätsvar, är 95-procentiga. Två områden går inte att skilja åt när det ena ligger före det andra i mellan 10 "
            "och 90 av "
            "100 beräkningar."
        ),
        Text(
            "Ett område med brett intervall kan ha högre poäng än ett annat men mindre sannolikhet "
            f"att höra till de {_k(lagesbild)} största. Sannolikheten räknar också med att områden utan uppgifter kan vara "
            "stora."
        ),
        _words(),
        *_terms(lagesbild),
    ]


def _words() -> Table:
    title = "Så uttrycks hur sannolikt något är"
    return Table(title, columns("Beräkningar av 100", "Ord i rapporten", widths=(1, 3)), tuple(certainty.steps()), dense=True)


EVIDENCE = (
    f"Underlaget är gott när källorna har tagit bort minst {100 * GOOD:.0f} procent av den osäkerhet som fanns innan någon av "
    f"dem hade sagt något, begränsat eller visst vid {100 * SOME:.0f}–{100 * GOOD:.0f} procent och annars svagt."
)


def _terms(lagesbild: Lagesbild) -> list[Block]:
    """The words that the chapters, charts and tables use without explaining them again; only those that this report needs."""
    measures = set(lagesbild.measures.rows["measure"])
    is_compared = lagesbild.measures.compared is not None
    terms = {
        "Jämförelsegruppen är de kommuner som jämförelsen görs med. Rapporten kallar dem jämförbara kommuner; kapitlet om "
        "källorna säger vilka de är.": is_compared,
        "Kommunen som helhet är det som områdena har gemensamt i jämförelsen. Den delen blir ungefär lika stor för alla "
        "områden och skiljer dem inte åt; därför står den för sig när poängen förklaras.": is_compared,
        "Väntat intervall är det som åren före låter vänta av ett års anmälningar, med hänsyn till hur jämförbara kommuner har "
        "utvecklats. Fyra utfall av fem brukar hamna inom det. Ett utfall utanför säger inte varför.": "reported_expected"
        in measures,
        "En toppmånad har så många anmälningar att varken kommunens egna tidigare månader eller jämförbara kommuner gör dem "
        "troliga, till exempel när en enda utredning ger hundratals. Rangordningen räknar med det väntade antalet den månaden. "
        "Båda talen visas.": "reported_robust" in measures,
    }
    told = tuple(text for text, is_used in terms.items() if is_used)
    return [Heading(2, "Ord som återkommer"), Points((*told, EVIDENCE))]


def _weight(lagesbild: Lagesbild, criterion: str) -> str:
    return swedish.percent(lagesbild.profile.weights[criterion], words=True)


def _is_severe(lagesbild: Lagesbild) -> bool:
    return lagesbild.profile.weights.allvar is not None


def _severity(lagesbild: Lagesbild) -> list[str]:
    if not _is_severe(lagesbild):
        return []
    return [f"Allvar: hur allvarligt är ett typiskt brott i området? Frågan väger {_weight(lagesbild, 'allvar')}."]


def _draws(lagesbild: Lagesbild) -> str:
    return swedish.number(lagesbild.profile.draws)


def _k(lagesbild: Lagesbild) -> str:
    return swedish.count_word(facts.top_k(lagesbild.ranking))
