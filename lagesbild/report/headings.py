"""Swedish headings and words for what tables hold as ids: used in the workbook and in the PDF alike."""

from __future__ import annotations

import pandas as pd

from lagesbild.taxonomy.taxonomy import Taxonomy

HEADINGS = {
    "problem_area": "Problemområde",
    "name": "Namn",
    "rank": "Plats",
    "score": "Poäng",
    "score_lower": "Poäng, undre gräns",
    "score_upper": "Poäng, övre gräns",
    "rank_lower": "Plats, bästa",
    "rank_upper": "Plats, sämsta",
    "p_top": "Sannolikhet att höra till de största",
    "tier": "Nivå",
    "evidence": "Underlag",
    "n_sources": "Antal källor",
    "sources_disagree": "Källorna oense",
    "criterion": "Kriterium",
    "source": "Källa",
    "points": "Poäng över eller under 50",
    "variant": "Beräkning",
    "theta": "Samlad skattning (log)",
    "theta_sd": "Standardavvikelse (log)",
    "evidence_share": "Andel av osäkerheten som källorna tagit bort",
    "source_a": "Källa A",
    "source_b": "Källa B",
    "z_a": "Signal A (log)",
    "z_b": "Signal B (log)",
    "distance": "Avstånd (standardfel)",
    "z": "Signal (log)",
    "se": "Standardfel (log)",
    "estimate": "Värde",
    "lower": "Undre gräns",
    "upper": "Övre gräns",
    "unit": "Enhet",
    "numerator": "Antal",
    "denominator": "Bas",
    "reference": "Jämförelsevärde",
    "period": "Period",
    "kind": "Slag",
    "detail": "Vad som saknas",
    "measure": "Mått",
    "item": "Fråga",
    "role": "Avser",
    "geography": "Geografi",
    "year": "År",
    "group": "Grupp",
    "value": "Värde",
    "n_effective": "Effektivt antal svar",
    "dispersion": "Spridning (log)",
    "is_higher_worse": "Högre är sämre",
    "status": "Status",
    "is_published": "Publicerad uppgift",
    "is_suppressed": "Dold uppgift",
    "count": "Antal anmälda brott",
    "harm": "Allvar per brott",
    "burden": "Antal gånger allvar",
    "share": "Andel av allas antal gånger allvar",
    "count_rank": "Plats, efter antal",
    "burden_rank": "Plats, efter antal gånger allvar",
    "burden_rank_best": "Plats, med dubbla allvaret",
    "burden_rank_worst": "Plats, med halva allvaret",
    "burden_rank_with_rare": "Plats, med sällsynta händelser",
    "is_rare": "Sällsynt",
    "quality": "Kvalitet",
    "basis": "Grund",
}
WORDS = {
    "omfattning": "omfattning",
    "jamforelse": "jämförelse",
    "utveckling": "utveckling",
    "allvar": "allvar",
    "allvarsgrad": "allvar enligt tabell",
    "hela_kommunen": "kommunen som helhet",
    "reported_rate": "anmälda brott",
    "reported_robust": "anmälda brott med väntat antal i månader långt över det väntade",
    "reported_expected": "anmälda brott, väntat enligt åren före (80 % intervall)",
    "est_share": "andel av observationerna",
    "est_robust": "andel av observationerna med väntat antal i månader långt över det väntade",
    "est_panel": "andel av observationerna, organisationer som rapporterat hela tiden",
    "est_rate": "observationer per organisation och vecka",
    "survey_share": "andel av dem som svarat",
    "survey_index": "index 0–6",
    "dialogue_share": "andel av omnämnandena",
    "per_100k": "per 100 000 invånare",
    "share": "andel",
    "ratio": "gånger jämförbara kommuner",
    "percent_per_year": "förändring per år",
    "per_unit_week": "per organisation och vecka",
    "index_0_6": "index 0–6",
    "index_per_year": "indexenheter per år",
    "own": "egen",
    "peer": "jämförbar kommun",
    "peers": "jämförbara kommuner",
    "jamforbara": "jämförbara kommuner",
    "final": "slutlig",
    "preliminary": "preliminär",
    "omatt": "mäts inte",
    "ingår i": "ingår i bredare rad",
    "kriterium": "kriterium saknas",
    "kalla": "källa saknas",
    "huvudberakning": "Huvudberäkning",
    "vikter_nara": "Vikter nära de valda",
    "vikter_fria": "Alla vikter möjliga",
    "bias_halva": "Halva skevheten",
    "bias_dubbla": "Dubbla skevheten",
    "med_allvar": "Med allvar",
    "utan_allvar": "Utan allvar",
}
#: Comparison groups that need no file, as a view with them is called.
GROUPS = {
    "skr": "SKR-gruppen",
    "lan": "länet",
    "narmaste": "de mest lika",
    "polisomrade": "polisområdet",
    "egen": "den egna listan",
}


def heading(column: str) -> str:
    """The Swedish heading of a column; a column that has none keeps its name."""
    return HEADINGS.get(column, column)


def word(text: str) -> str:
    """The Swedish word for an id of the code; other text as it stands."""
    return WORDS.get(text, text)


def variant(text: str, taxonomy: Taxonomy) -> str:
    """The Swedish name of a sensitivity view: 'Utan EST' for 'utan_est'."""
    if text in WORDS:
        return WORDS[text]
    source = text.removeprefix("utan_")
    if source in set(taxonomy.sources["source"]):
        return f"Utan {taxonomy.name_of_source(source)}"
    if text.startswith("jamforelse_"):
        group = text.removeprefix("jamforelse_")
        return f"Jämfört med {GROUPS.get(group, f'gruppen {group}')}"
    return text.replace("_", " ").capitalize()


def readable(frame: pd.DataFrame, taxonomy: Taxonomy) -> pd.DataFrame:
    """The frame with Swedish headings and words; ids of lines and sources become their names. Figures are untouched."""
    lines = dict(zip(taxonomy.areas["problem_area"], taxonomy.areas["name"], strict=True))
    sources = dict(zip(taxonomy.sources["source"], taxonomy.sources["name"], strict=True))
    names = {**WORDS, **sources, **lines}
    swedish = {}
    for column in frame.columns:
        values = frame[column]
        if column == "variant":
            values = values.map(lambda text: variant(str(text), taxonomy))
        elif pd.api.types.is_string_dtype(values) and column not in {"detail", "name", "item"}:
            values = values.map(lambda text: names.get(text, text), na_action="ignore")
        elif pd.api.types.is_bool_dtype(values):
            values = values.map({True: "ja", False: "nej"})
        swedish[heading(str(column))] = values
    return pd.DataFrame(swedish, index=frame.index)
