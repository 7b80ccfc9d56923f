"""What was not delivered, and what follows from it."""

from __future__ import annotations

from lagesbild.errors import Doubt
from lagesbild.tables import Tables

#: table -> (what is missing, what that means for the lägesbild), in the order an analyst would go and get them.
CONSEQUENCES = {
    "reported_offences": (
        "Anmälda brott saknas.",
        "Rangordningen bygger på övriga källor och kan inte jämföra kommunen med andra. Hämta Brås Databasfil.",
    ),
    "population": (
        "Befolkning saknas.",
        "Utan medelfolkmängd kan anmälda brott inte räknas om till antal per 100 000 invånare och kommer inte med.",
    ),
    "peers": (
        "Jämförelsekommuner saknas.",
        'Ingenting kan jämföras med andra kommuner. Skriv peer_group = "skr" i profilen, eller lägg till en fil med '
        "kolumnerna kommunkod och peer_group.",
    ),
    "observations": (
        "EST-observationer saknas.",
        "Det som kommunens personal, bostadsbolag och väktare ser syns inte i rangordningen.",
    ),
    "reporting_weeks": (
        "EST-bemanning saknas: ingen lista över vilken organisation som rapporterade vilken vecka.",
        "Fler observationer kan inte skiljas från flitigare rapportering. EST räknas därför som andelar.",
    ),
    "survey_results": (
        "Enkätresultat saknas (till exempel NTU, trygghetsmätning och Svenskt Näringsliv).",
        "Det som invånare och företag upplever men inte anmäler syns inte i rangordningen.",
    ),
    "survey_answers": (
        "Svar från en egen enkät saknas.",
        "Det är ingen brist om kommunen inte har gjort någon.",
    ),
    "dialogue_themes": (
        "Medborgardialog och medarbetardialog saknas.",
        "Det som tagits upp i samtal med invånare och personal syns inte i rangordningen.",
    ),
    "incidents": (
        "Polisens händelselista saknas.",
        "Platser och tider för anmälda händelser kan inte beskrivas.",
    ),
    "judgements": (
        "Partnernas bedömning av det som inte går att räkna saknas.",
        "Signalbrott, påverkbarhet och kostnad behöver bedömas av kommun och polis.",
    ),
    "pledges": (
        "Förra medborgarlöftet saknas.",
        "Lägg in det för att kunna följa upp vad som gjordes.",
    ),
}


#: The EST list tells which weeks were reported, but not who should have reported the others.
ROSTER_FROM_LIST = "Vilka veckor som rapporterats är hämtat ur EST-listan. En organisation som har tystnat märks inte."


def absent(tables: Tables, is_roster_delivered: bool = False, *, needs_peers: bool = True) -> tuple[Doubt, ...]:
    """One doubt for each table of which no row was delivered, with what that means.

    is_roster_delivered: False where the reporting weeks, if any, were only gathered from the EST list itself. needs_peers:
    False where the comparison group is known without a table of them.
    """
    found = [
        Doubt("saknas", "Underlaget", what, consequence)
        for name, (what, consequence) in CONSEQUENCES.items()
        if getattr(tables, name).empty
        and not (name == "reporting_weeks" and tables.observations.empty)  # no list, no roster
        and (name != "peers" or needs_peers)
    ]
    if not tables.reporting_weeks.empty and not is_roster_delivered:
        found.append(Doubt("saknas", "Underlaget", CONSEQUENCES["reporting_weeks"][0], ROSTER_FROM_LIST))
    return tuple(found)
