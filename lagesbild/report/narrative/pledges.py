"""Sentences about pledges: what was done, what the indicator showed before and after, and what that cannot tell."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish

NOT_CAUSES = (
    "Här står vad parterna lovade, vad som är genomfört och hur indikatorn såg ut före och efter att löftet gavs, bredvid "
    "samma tid i jämförbara kommuner. Vad löftet har betytt går ändå inte att säga: annat kan ha ändrats samtidigt."
)
FOUR_WORDS = (
    "Fyra ord används. Minskat eller ökat: hela osäkerhetsintervallet ligger på ena sidan om ingen förändring. Ingen "
    "säkerställd förändring: intervallet täcker också det. Kan inte bedömas: underlaget räcker inte, och skälet står där. Inom "
    "parentes står 95 procents osäkerhetsintervall."
)
#: Said where a comparison of counts stands: why a fall was to be expected anyway.
REGRESSION = "Ett område som väljs för att det ligger högt väntas närma sig de andra även utan löfte."


def not_delivered(place: str) -> str:
    """Where no register of pledges was delivered, and how to deliver one.

    >>> not_delivered("Mariestad").split(";")[0]
    'Inget register över tidigare löften är levererat för Mariestad, så de går inte att följa upp'
    """
    return (
        f"Inget register över tidigare löften är levererat för {place}, så de går inte att följa upp; kommandot "
        "lagesbild template pledges gör en mall att fylla i och lägga bland källfilerna."
    )


def promise(text: str, first: str, last: str) -> str:
    """The promise with the days it held.

    >>> promise("Vi ska synas mer.", "2025-01-01", "2025-12-31")
    'Vi ska synas mer. Löftet gäller 2025-01-01 till 2025-12-31.'
    """
    stop = "" if text.endswith((".", "!", "?")) else "."
    return f"{text}{stop} Löftet gäller {first} till {last}."


def heading(area: str, outcome: str, *, is_against_others: bool) -> str:
    """The pledge's heading: its problem area and the outcome's word.

    >>> heading("Skadegörelse", "minskat", is_against_others=True)
    'Skadegörelse: minskat jämfört med andra kommuner'
    >>> heading("Trafik", "kan inte bedömas", is_against_others=False)
    'Trafik: kan inte bedömas'
    """
    against = " jämfört med andra kommuner" if is_against_others and outcome in ("minskat", "ökat") else ""
    return f"{area}: {outcome}{against}"


def times(value: float, lower: float, upper: float) -> str:
    """A ratio with its interval; no interval where none is known.

    >>> times(1.1234, .92, 1.37)
    '1,12 (0,92–1,37)'
    """
    text = swedish.number(value, 2)
    return text if lower != lower or upper != upper else f"{text} ({swedish.interval(lower, upper, 2)})"


def levels(what: str, after: tuple[str, str], before: tuple[str, str]) -> str:
    """The indicator after and before, each as (years, figure with its interval).

    >>> levels("Anmälda brott", ("2025", "160 per 100 000 invånare (140–180)"), ("2021–2024", "150 (140–160)"))
    'Anmälda brott: 160 per 100 000 invånare (140–180) 2025, efter att löftet gavs, mot 150 (140–160) före, 2021–2024.'
    """
    return f"{what}: {after[1]} {after[0]}, efter att löftet gavs, mot {before[1]} före, {before[0]}."


def change(own: str) -> str:
    """The own change as a ratio with its interval.

    >>> change("1,12 (0,93–1,35)")
    'Talet efter är 1,12 (0,93–1,35) gånger talet före.'
    """
    return f"Talet efter är {own} gånger talet före."


def against_kommuner(n: int, theirs: str, relative: str) -> str:
    """The comparison kommuner's change over the same years, and the own one beside it.

    >>> against_kommuner(8, "1,00 (0,92–1,08)", "1,12 (0,92–1,37)").split(". ")[1]
    'Ställt mot dem blir det 1,12 (0,92–1,37), där 1 är som hos dem.'
    """
    return (
        f"I {swedish.count_word(n)} jämförbara kommuner är talet efter i genomsnitt {theirs} gånger talet före. Ställt mot "
        f"dem blir det {relative}, där 1 är som hos dem."
    )


def reference(who: str, theirs: str) -> str:
    """What a survey's reference geography changed by over the same measurements.

    >>> reference("riket", "1,00 (0,97–1,03)")
    'I riket är talet efter 1,00 (0,97–1,03) gånger talet före.'
    """
    return f"I {who} är talet efter {theirs} gånger talet före."


def place_among(rank: int, n: int) -> str:
    """The own change's place among all, the largest decrease first.

    >>> place_among(8, 9), place_among(1, 9)
    ('Av nio kommuner har sju minskat mer, eller ökat mindre.', 'Ingen av de andra åtta kommunerna har minskat mer.')
    """
    if rank == 1:
        return f"Ingen av de andra {swedish.count_word(n - 1)} kommunerna har minskat mer."
    more = "en" if rank == 2 else swedish.count_word(rank - 1)
    return f"Av {swedish.count_word(n)} kommuner har {more} minskat mer, eller ökat mindre."


def fewer(value: float, lower: float, upper: float) -> str:
    """Events fewer or more than if the own figure had followed the others'.

    >>> fewer(43.4, -33.6, 106.5)
    'Det motsvarar 43 fler anmälningar än om kommunen hade följt de andra (osäkerhetsintervall 34 färre till 106 fler).'
    >>> fewer(-60.2, -90, -20)
    'Det motsvarar 60 färre anmälningar än om kommunen hade följt de andra (osäkerhetsintervall 90 till 20 färre).'
    """

    def told(count: float) -> str:
        return f"{swedish.number(abs(round(count)))} {'färre' if round(count) < 0 else 'fler'}"

    low, high = told(lower), told(upper)
    if low.split()[-1] == high.split()[-1]:
        low = low.rsplit(" ", 1)[0]
    return (
        f"Det motsvarar {told(value)} anmälningar än om kommunen hade följt de andra (osäkerhetsintervall {low} till {high})."
    )


def expected(value: float, lower: float, upper: float, observed: float, years: str) -> str:
    """What the years before let expect of the years after, and whether the outcome lies inside.

    >>> expected(356, 314, 398, 393, "2025").split(". ")[1].replace(chr(160), " ")
    'Av åren före väntades 356 anmälningar 2025 (väntat intervall 314–398); det blev 393, inom det väntade.'
    """
    where = "under det väntade" if observed < lower else "över det väntade" if observed > upper else "inom det väntade"
    return (
        f"{REGRESSION} Av åren före väntades {swedish.number(value)} anmälningar {years} (väntat intervall "
        f"{swedish.interval(lower, upper)}); det blev {swedish.number(observed)}, {where}."
    )


#: Added where a decrease is no more than what was expected all the same.
WAS_EXPECTED = "Minskningen ryms i det som ändå var väntat."


def why_not(kind: str, names: Sequence[str], years: Sequence[int]) -> str:
    """Why a pledge cannot be judged.

    >>> why_not("fa_ar_fore", ["2"], [2024])
    'Bara 2024 går att använda som år före löftet; minst två år behövs för att se hur mycket talet varierar av sig självt.'
    >>> why_not("flera_kallor", ["NTU", "EST"], [])
    'Indikatorn kan gälla flera källor: NTU eller EST.'
    """
    listed, span = swedish.listing(list(names), "eller"), _span(years)
    fewest = swedish.count_word(int(names[0])) if kind == "fa_ar_fore" else ""
    said = {
        "utan_indikator": "Löftet har ingen indikator.",
        "okand_indikator": "Indikatorn går inte att knyta till något mått i underlaget.",
        "flera_kallor": f"Indikatorn kan gälla flera källor: {listed}.",
        "flera_omraden": f"Indikatorn nämner flera problemområden: {listed}.",
        "flera_fragor": f"Indikatorn kan gälla flera frågor: {listed}.",
        "utan_uppgifter": "Underlaget har inga uppgifter om indikatorn.",
        "bara_bredare": f"Indikatorn finns bara som en del av {swedish.listing(list(names))}, som är bredare än löftet.",
        "dold": "En uppgift som behövs visas inte, för att skydda ett litet antal.",
        "preliminar": f"Uppgifterna för {span} är preliminära.",
        "inget_ar_efter": "Underlaget har inget helt år från den tid då löftet gällde.",
        "inget_ar_fore": "Underlaget har inget helt år före löftet.",
        "fa_ar_fore": f"Bara {span} går att använda som år före löftet; minst {fewest} år behövs för att se hur mycket talet "
        "varierar av sig självt.",
        "fa_handelser": "Antalet före löftet är för litet (under 20) för att jämföra med.",
        "brott_i_serien": f"Åren före och efter går inte att jämföra: {' '.join(names)}",
        "ingen_matning_fore": "Ingen mätning är gjord före löftet.",
        "ingen_matning_efter": "Ingen mätning är gjord medan löftet gällde.",
        "matning_avser_aret_fore": "Frågan gäller året före undersökningen, så svaren är från tiden före löftet.",
        "noll": "Ett av värdena är 0, så det går inte att säga hur många gånger större eller mindre det andra är.",
        "utan_intervall": "Mätningarna saknar både osäkerhetsintervall och antal svarande.",
    }
    return said[kind]


def reservation(kind: str, names: Sequence[str], years: Sequence[int]) -> str:
    """What a figure that is shown does not cover.

    >>> reservation("pagar", [], [2026])
    'Löftet gäller till och med 2026; tiden är inte slut.'
    """
    span, listed = _span(years), swedish.listing(list(names))
    n_others = names[0] if kind == "utan_jamforelse" else ""
    said = {
        "del_av_ar": f"Löftet gällde bara en del av {span}, men talet är för hela året.",
        "pagar": f"Löftet gäller till och med {span}; tiden är inte slut.",
        "preliminara_ar": f"Uppgifterna för {span} är preliminära och används inte.",
        "andring": f"Räknesättet eller tiden är ovanlig ({span}): {listed}",
        "topp": f"Minst en månad {span} ligger långt över det väntade; en enda utredning kan ligga bakom.",
        "andra_rapportorer": "Organisationer har tillkommit eller slutat rapportera under tiden.",
        "utan_jamforelse": f"Jämförbara kommuner saknas (uppgifter finns för {_few(n_others)}); bara kommunens egen förändring "
        "går att visa, och den kan vara densamma överallt.",
        "utan_jamforelse_est": "Andra kommuners EST-listor finns inte att jämföra med; bara den egna förändringen visas.",
        "utan_jamforelse_enkat": "Hur mycket svaren i andra kommuner varierar är inte känt; bara den egna förändringen prövas.",
        "polisens_letande": "Anmälningarna speglar också hur mycket polisen letar: fler kontroller ger fler anmälningar.",
        "en_matning_fore": f"Före löftet finns bara en mätning ({span}).",
        "storre_omrade": f"Svaren gäller hela {listed}.",
        "hog_ar_bra": "En hög siffra är bra här.",
        "bredare": f"Indikatorn nämner en del av området; talet gäller hela {listed}.",
        "annat_omrade": f"Indikatorn gäller {listed}, ett annat område än löftets.",
        "antagen_fraga": f"Indikatorn nämner ingen fråga; den här är vald: {listed}.",
    }
    return said[kind]


def _few(n: str) -> str:
    count = int(n or 0)
    return "ingen" if count == 0 else "en" if count == 1 else swedish.count_word(count)


def _span(years: Sequence[int]) -> str:
    ordered = sorted(years)
    if not ordered:
        return ""
    if len(ordered) == ordered[-1] - ordered[0] + 1:
        return swedish.years(ordered[0], ordered[-1])
    return swedish.listing([str(year) for year in ordered])


def covered(years: Sequence[int]) -> str:
    """The years of a period: 'YYYY–YYYY' where they follow on each other, else one by one.

    >>> covered([2021, 2022, 2023]), covered([2021, 2023])
    ('2021–2023', '2021 och 2023')
    """
    return _span(years)
