"""The quality chapter: every doubt, grouped and counted, and every row that was set aside."""

from __future__ import annotations

import re
from itertools import groupby

from lagesbild import swedish
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.grouping import told_once
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import chapters

#: So many remarks of one kind are told in full; the workbook has every one.
TOLD = 3

TITLES = {
    "andel_som_brak": "Andelar skrivna som bråk",
    "andrad_kategorilista": "Ändrad kategorilista i EST",
    "andrat_sedan_forra": "Ändrat sedan förra leveransen",
    "annan_kommun": "Uppgifter om andra kommuner",
    "antal_per_kategori": "Antal per kategori och vecka",
    "antal_saknas": "Antal saknas",
    "antal_svar_saknas": "Antal svar saknas",
    "ar_saknas": "År saknas",
    "ar_ur_bladet": "År hämtat ur bladets namn",
    "ar_ur_namn": "År hämtat ur filens namn",
    "arendenummer": "Ärendenummer ersatta",
    "bara_manad": "Månaden är känd men inte dagen",
    "bara_vecka": "Veckan är känd men inte dagen",
    "bas_saknas": "Bas saknas",
    "blandad_skala": "Blandade skalor",
    "borta_sedan_forra": "Borta sedan förra leveransen",
    "brott_efter_anmalan": "Brott som börjar efter anmälan",
    "brott_utan_omrade": "Brottstyper utan problemområde",
    "brottsplats_saknas": "Brott utan brottsplats",
    "category_saknas": "Kategori saknas",
    "datum_mot_manad": "Datum i en annan månad än den angivna",
    "datum_saknas": "Datum saknas",
    "datum_ungefarligt": "Ungefärliga datum",
    "datumordning": "Ordningen mellan dag och månad",
    "del_av_ar": "Delar av år",
    "del_storre_an_helhet": "Delar som är större än helheten",
    "delar_saknas": "Delar saknas",
    "delomraden_fattas": "Delområden som saknas",
    "dolda_rader": "Dolda rader",
    "dolt_blad": "Dolda blad",
    "dubbel_fraga": "Frågor som finns två gånger",
    "dubbel_kalla": "Källor som finns två gånger",
    "dubbla_rubriker": "Rubriker som står två gånger",
    "dubblett": "Dubbletter",
    "dubbletter": "Dubbletter",
    "en_rapportor": "En organisation står för mer än hälften",
    "enkat_per_kommun": "Enkäter per kommun i ett polisområde",
    "fast_grupp": "Organisationer som rapporterat hela tiden",
    "fast_grupp_saknas": "För få organisationer som rapporterat hela tiden",
    "fel_veckodag": "Veckodagar som inte stämmer",
    "felvarde": "Felvärden i celler",
    "flera_kategorier": "Flera kategorier i en cell",
    "folkmangd_arsslut": "Folkmängd vid årets slut",
    "folkmangd_harledd": "Härledd folkmängd",
    "folkmangd_oense": "Tal som ger olika folkmängd",
    "folkmangd_oklar": "Oklar folkmängd",
    "folkmangd_olika": "Folkmängder som skiljer sig",
    "folkmangd_saknas": "Folkmängd saknas",
    "folkmangd_summerad": "Summerad folkmängd",
    "folkmangd_upprepad": "Upprepad folkmängd",
    "for_gammalt": "Uppgifter som är för gamla",
    "formel_utan_varde": "Formler utan värde",
    "framtida_datum": "Datum i framtiden",
    "fritext": "Fritext som kan innehålla personuppgifter",
    "fritext_utelamnad": "Fritext som inte läses in",
    "grupp_alder": "Grupper av svarande",
    "grupp_mot_alla": "Grupper som inte stämmer med alla",
    "inga_handelser": "Inga händelser",
    "insats_okand": "Rapporteringens omfattning är inte känd",
    "jamforelse_saknas": "Jämförelse saknas",
    "kallkort_ofullstandigt": "Ofullständiga källkort",
    "kallkort_saknas": "Källkort saknas",
    "kallkort_utan_fil": "Källkort utan fil",
    "kod_annat_omrade": "Brottskoder i ett annat område",
    "kod_saknas": "Brottskoder saknas",
    "kod_utanfor_giltighet": "Brottskoder utanför sin giltighet",
    "koder_utanfor_bra": "Brottskoder som Brå inte räknar",
    "kolada_mot_bra": "Kolada stämmer inte med Brå",
    "kommun_ej_angiven": "Kommun inte angiven",
    "kommun_saknas": "Kommuner saknas",
    "koordinater_noll": "Koordinater som är noll",
    "koordinater_olasliga": "Koordinater som inte går att läsa",
    "koordinater_omvanda": "Koordinater i omvänd ordning",
    "koordinater_utanfor": "Koordinater utanför Sverige",
    "lika_rader": "Likadana rader",
    "loftet_sager_emot_sig": "Löften vars rader säger olika",
    "manad_fore_dag": "Månaden står före dagen",
    "manader_mot_ar": "Månader stämmer inte med året",
    "mojlig_dubblett": "Möjliga dubbletter",
    "motstridiga_filer": "Filer som säger olika",
    "motstridiga_siffror": "Siffror som säger olika",
    "motstridiga_svar": "Svar som säger olika",
    "motstridiga_varden": "Värden som säger olika",
    "negativ_skillnad": "Skillnader som blir negativa",
    "ntu_avser_aret_fore": "Enkätfrågor som gäller året före",
    "ny_rapportor": "Organisationer som har tillkommit",
    "ofullstandig_fil": "Ofullständiga filer",
    "okand_brottsgrupp": "Okända brottsgrupper",
    "okand_brottskod": "Okända brottskoder",
    "okand_enkat": "Okända enkäter",
    "okand_fraga": "Okända frågor",
    "okand_indikator": "Okända indikatorer",
    "okand_kategori": "Okända kategorier",
    "okand_kolumn": "Okända kolumner",
    "okand_nyckel": "Okända nycklar i en serie",
    "okand_plats": "Okända platser",
    "okant_kriterium": "Okända kriterier",
    "okant_omrade": "Okända områden",
    "okant_problemomrade": "Okända problemområden",
    "okant_svar": "Okända svar",
    "okant_tema": "Okända teman",
    "oklar_indikator": "Otydliga indikatorer",
    "oklar_riktning": "Oklar riktning på ett index",
    "oklar_skala": "Oklar skala på ett index",
    "olaslig_koordinat": "Koordinater som inte går att läsa",
    "olasligt_antal": "Antal som inte går att läsa",
    "olasligt_klockslag": "Klockslag som inte går att läsa",
    "olasligt_persons": "Antal inblandade som inte går att läsa",
    "olasligt_severity": "Allvarlighet som inte går att läsa",
    "olasligt_svar": "Svar som inte går att läsa",
    "olasligt_time": "Klockslag som inte går att läsa",
    "omojligt_datum": "Omöjliga datum",
    "omvand_fraga": "Frågor åt fel håll",
    "organisation_saknas": "Organisation saknas",
    "personkolumn": "Kolumner med namn på personer",
    "personuppgift": "Personuppgifter",
    "plats_ar_gata": "Gator som anges som område",
    "plats_okant_omrade": "Områden som bara polisens lista har",
    "plats_utan_namn": "Utan namngivet område",
    "preliminart_ar": "Preliminära år",
    "ranking_ej_andel": "Rankingar som inte är andelar",
    "rapportdatum": "Rapportdatum i stället för händelsedatum",
    "rapporteringsuppehall": "Uppehåll i rapporteringen",
    "rapporteringsveckor": "Veckor utan rapport",
    "rapportor_slutat": "Organisationer som har tystnat",
    "rattelse": "Rättelser",
    "roster_motsagd": "Bemanningslistan motsägs av observationerna",
    "roster_ofullstandig": "Bemanningslistan är ofullständig",
    "saknas": "Underlag som saknas",
    "sammanslagna_ar": "Sammanslagna år",
    "sammanslagna_celler": "Sammanslagna celler",
    "sammanstallning": "Sammanställningar i listan",
    "status_saknas": "Slutlig eller preliminär är inte känt",
    "stratum_med_en": "Strata med en svarande",
    "stratum_saknas": "Stratum saknas",
    "streck": "Streck i stället för värden",
    "summa_skiljer": "Summor som skiljer sig",
    "svar_utan_nyckel": "Svarskoder utan förklaring",
    "svar_utan_par": "Svar om dubbletter som inte längre passar",
    "tecken": "Tecken som inte kan visas",
    "tal_mot_folkmangd": "Tal som inte stämmer med folkmängden",
    "tid_over_ett_dygn": "Över ett dygn mellan tidigast och senast",
    "tid_utan_klockslag": "Tid på dygnet är inte känd",
    "tider_baklanges": "Sluttid före starttid",
    "tidsseriebrott": "Serier som bryts",
    "topp_est": "EST-månader långt över det väntade",
    "toppmanad": "Månader långt över det väntade",
    "toppmanad_jamforelse": "Månader långt över det väntade i jämförelsegruppen",
    "trolig_stadsdel": "Troliga stadsdelar",
    "undantagna_rader": "Undantagna rader",
    "upprepat_nummer": "Upprepade nummer",
    "utan_klockslag": "Utan klockslag",
    "utan_omrade": "Utan problemområde",
    "utan_plats": "Utan plats",
    "utanfor_skalan": "Värden utanför skalan",
    "varde_saknas": "Värden saknas",
    "vikt_noll": "Vikter som är noll",
    "vikt_saknas": "Vikter saknas",
}


_FILE = re.compile(r".*\.[A-Za-z0-9]{2,7}\b")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def quality(lagesbild: Lagesbild) -> list[Block]:
    """Every doubt of the run by kind, and the rows set aside by source and reason."""
    doubts = told_once(lagesbild.doubts)
    blocks: list[Block] = [Heading(1, "Uppgifternas kvalitet")]
    blocks.append(Text(chapters.doubts_counted(len(doubts), len({title(doubt.kind) for doubt in doubts}))))
    blocks += _set_aside(lagesbild)
    titled = sorted(doubts, key=lambda doubt: title(doubt.kind))
    groups = {name: tuple(group) for name, group in groupby(titled, key=lambda doubt: title(doubt.kind))}
    rows = tuple(
        (name if first else "", swedish.number(len(group)) if first else "", _sentence(str(doubt)))
        for name, group in groups.items()
        for first, doubt in zip((True, *[False] * TOLD), group[:TOLD], strict=False)
    )
    if rows:
        note = chapters.REST_IN_WORKBOOK if any(len(group) > TOLD for group in groups.values()) else ""
        heads = columns("Slag", "Antal", "Anmärkning", right=(1,), widths=(1.1, 0, 4.6))
        blocks.append(Table("Anmärkningar", heads, rows, note, dense=True))
    return blocks


def _sentence(text: str) -> str:
    """The doubt as a line of its own: a file keeps its name as it is, and no number breaks between two lines.

    >>> _sentence("anmälda brott: 12 per 100 000."), _sentence("bok 1.xls och c.csv: 2 tal.")
    ('Anmälda brott: 12 per 100\\xa0000.', 'bok 1.xls och c.csv: 2 tal.')
    """
    is_file = bool(_FILE.match(text.partition(": ")[0]))
    return _THOUSANDS.sub(swedish.NBSP, text if is_file else swedish.capital(text))


def title(kind: str) -> str:
    """The heading of one kind of doubt; an unknown kind speaks for itself.

    >>> title("datum_saknas"), title("fel_ordning")
    ('Datum saknas', 'Fel ordning')
    """
    return TITLES.get(kind, swedish.capital(kind.replace("_", " ")))


def _set_aside(lagesbild: Lagesbild) -> list[Block]:
    """The rows set aside, summed per source and reason: many files of one kind mostly have the same."""
    counts: dict[tuple[str, str], list[int]] = {}
    for record in lagesbild.delivery.inputs:
        for aside in record.set_aside:
            counts.setdefault((swedish.capital(record.reader), aside.reason), []).append(aside.n_rows)
    if not counts:
        return []
    rows = tuple((source, why, swedish.number(sum(n)), swedish.number(len(n))) for (source, why), n in sorted(counts.items()))
    heads = columns("Källa", "Skäl", "Rader", "Filer", right=(2, 3), widths=(2, 3, 0, 0))
    return [Table("Rader som inte används", heads, rows)]
