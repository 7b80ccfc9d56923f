"""The source card beside each file: who made it (nobody), and how a real one is got hold of."""

from __future__ import annotations

import hashlib

from lagesbild.example import world

_MADE = "1. Filen är påhittad och gjord med python -m lagesbild.example. Samma fil blir det varje gång."
#: File -> title, and how to get the real one, step by step.
TITLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "beslut_2024.json": (
        "Brottsförebyggande rådets beslut om lägesbilden för 2024",
        ("2. I verkligheten: spara beslutet från granskning.html och ta in det med lagesbild decide.",),
    ),
    "dialogue_themes.csv": (
        "Teman i medborgar- och medarbetardialoger 2025",
        (
            "2. I verkligheten: räkna efter varje dialog hur många gånger varje tema nämndes.",
            "3. Skriv en rad per dialog och tema. Inga namn och inga citat.",
        ),
    ),
    "est_2023-2025.xlsx": (
        "EST-observationer juli 2023 till december 2025, nio organisationer",
        (
            "2. I verkligheten: be den som samordnar EST om hela listan i Excel.",
            "3. Lägg listan i mappen utan att ändra i den.",
            "4. Skriv i profilen vad rubriker och kategorier betyder, om de inte känns igen.",
        ),
    ),
    "facit.toml": (
        "Facit: det som lades in i Exempelby innan källorna gjordes",
        ("2. Finns bara för exemplet. Programmet läser inte filen när det gör lägesbilden.",),
    ),
    "incidents.csv": (
        "Polisens händelselista 2025",
        (
            "2. I verkligheten: be lokalpolisområdet om ett uttag med brottskod, datum, från- och tilltid och område.",
            "3. Be inte om brottsmålsnummer, namn eller adresser.",
        ),
    ),
    "judgements.csv": (
        "Brottsförebyggande rådets bedömningar 2025",
        ("2. I verkligheten: skriv en rad per bedömning med motivering, forum och datum.",),
    ),
    "peers.csv": (
        "Jämförelsegrupp: Exempelby och åtta påhittade grannar",
        ("2. I verkligheten: välj liknande kommuner, till exempel ur Sveriges Kommuner och Regioners kommungrupper.",),
    ),
    "pledges.csv": (
        "Medborgarlöften 2025 med aktiviteter",
        ("2. I verkligheten: skriv av löftet och räkna hur många gånger varje aktivitet planerades och gjordes.",),
    ),
    "population.csv": (
        "Medelfolkmängd 2021–2025",
        ("2. I verkligheten: hämta medelfolkmängden ur SCB:s statistikdatabas, kommun och år.",),
    ),
    "reported_offences.csv": (
        "Anmälda brott per brottskod 2021–2025, nio kommuner",
        (
            "2. I verkligheten: öppna Statistik över anmälda brott på bra.se och välj brottskod, år och kommun.",
            "3. Spara som Databasfil.",
        ),
    ),
    "reporting_weeks.csv": (
        "Vilka organisationer som rapporterade till EST, vecka för vecka",
        ("2. I verkligheten: be den som samordnar EST notera varje vecka vem som rapporterat, också den som inget hade.",),
    ),
    "survey_answers.csv": (
        "Kommunens egen enkät 2025, 400 svar",
        (
            "2. I verkligheten: be den som gjorde enkäten om svaren utan namn, med vikt och stratum.",
            "3. Ta bort fria svar innan filen läggs i mappen.",
        ),
    ),
    "survey_results.csv": (
        "Enkätresultat 2023 och 2025: invånare (som NTU) och företag (som Svenskt Näringslivs enkät)",
        (
            "2. I verkligheten: skriv av värde, osäkerhetsintervall och antal svarande för kommunen och riket.",
            "3. NTU per kommun finns i Brås Indikatorer för kommuners lägesbild.",
            "4. Svenskt Näringslivs siffror finns på foretagsklimat.se.",
        ),
    ),
}


def card(name: str, content: bytes) -> bytes:
    """<name>.source.toml for a file with this content. Raises KeyError for a file that has no title."""
    title, steps = TITLES[name]
    how = "".join(f'  "{step}",\n' for step in (_MADE, *steps))
    return (
        f'producer = "Exempeldata, påhittad"\n'
        f'title = "{title}"\n'
        f'published = "{world.YEARS[-1] + 1} (med programmet)"\n'
        f'fetched = "Inte hämtad, gjord av programmet"\n'
        f'licence = "MIT, som programmet"\n'
        f'status = "exempel"\n'
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"\n'
        f"how = [\n{how}]\n"
    ).encode()
