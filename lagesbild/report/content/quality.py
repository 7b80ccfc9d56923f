"""The quality chapter: every doubt, grouped and counted, and every row that was set aside."""

from __future__ import annotations

from itertools import groupby

from lagesbild import swedish
from lagesbild.report.document import Block, Heading, Points, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild

TITLES = {
    "antal_saknas": "Antal saknas",
    "anvands_inte": "Lästa men inte använda",
    "brott_utan_omrade": "Brottstyper utan problemområde",
    "brottsplats_saknas": "Brott utan brottsplats",
    "del_av_ar": "Delar av år",
    "delar_saknas": "Delar saknas",
    "dubbel_fraga": "Frågor som finns två gånger",
    "dubbel_kalla": "Källor som finns två gånger",
    "dubbletter": "Dubbletter",
    "en_rapportor": "En organisation står för mer än hälften",
    "for_gammalt": "Uppgifter som är för gamla",
    "insats_okand": "Rapporteringens omfattning är inte känd",
    "kommun_saknas": "Kommuner saknas",
    "okand_brottsgrupp": "Okända brottsgrupper",
    "okand_brottskod": "Okända brottskoder",
    "okant_tema": "Okända teman",
    "rapporteringsveckor": "Veckor utan rapport",
    "annan_kommun": "Uppgifter om andra kommuner",
    "bara_vecka": "Veckan är känd men inte dagen",
    "bas_saknas": "Bas saknas",
    "datum_saknas": "Datum saknas",
    "dubblett": "Dubbletter",
    "enkat_per_kommun": "Enkäter per kommun i ett polisområde",
    "folkmangd_arsslut": "Folkmängd vid årets slut",
    "folkmangd_harledd": "Härledd folkmängd",
    "folkmangd_oklar": "Oklar folkmängd",
    "folkmangd_saknas": "Folkmängd saknas",
    "framtida_datum": "Datum i framtiden",
    "fritext": "Fritext som kan innehålla personuppgifter",
    "jamforelse_saknas": "Jämförelse saknas",
    "kallkort_saknas": "Källkort saknas",
    "kallkort_utan_fil": "Källkort utan fil",
    "manader_mot_ar": "Månader stämmer inte med året",
    "mojlig_dubblett": "Möjliga dubbletter",
    "motstridiga_filer": "Filer som säger olika",
    "motstridiga_siffror": "Siffror som säger olika",
    "ofullstandig_fil": "Ofullständiga filer",
    "okand_kategori": "Okända kategorier",
    "okand_kolumn": "Okända kolumner",
    "okant_svar": "Okända svar",
    "olaslig_koordinat": "Koordinater som inte går att läsa",
    "preliminart_ar": "Preliminära år",
    "roster_motsagd": "Bemanningslistan motsägs av observationerna",
    "roster_ofullstandig": "Bemanningslistan är ofullständig",
    "saknas": "Underlag som saknas",
    "folkmangd_oense": "Tal som ger olika folkmängd",
    "ntu_avser_aret_fore": "Enkätfrågor som gäller året före",
    "okand_fraga": "Okända frågor",
    "okand_indikator": "Okända indikatorer",
    "sammanslagna_ar": "Sammanslagna år",
    "tal_mot_folkmangd": "Tal som inte stämmer med folkmängden",
    "tidsseriebrott": "Serier som bryts",
    "upprepat_nummer": "Upprepade nummer",
    "utan_omrade": "Utan problemområde",
    "varde_saknas": "Värden saknas",
    "andel_som_brak": "Andelar skrivna som bråk",
    "antal_svar_saknas": "Antal svar saknas",
    "blandad_skala": "Blandade skalor",
    "datum_ungefarligt": "Ungefärliga datum",
    "fritext_utelamnad": "Fritext som inte läses in",
    "grupp_alder": "Grupper av svarande",
    "motstridiga_varden": "Värden som säger olika",
    "okant_omrade": "Okända områden",
    "oklar_riktning": "Oklar riktning på ett index",
    "oklar_skala": "Oklar skala på ett index",
    "omvand_fraga": "Frågor åt fel håll",
    "ranking_ej_andel": "Rankingar som inte är andelar",
    "streck": "Streck i stället för värden",
    "stratum_med_en": "Strata med en svarande",
    "stratum_saknas": "Stratum saknas",
    "svar_utan_nyckel": "Svarskoder utan förklaring",
    "utanfor_skalan": "Värden utanför skalan",
    "vikt_noll": "Vikter som är noll",
    "vikt_saknas": "Vikter saknas",
}


def quality(lagesbild: Lagesbild) -> list[Block]:
    """Every doubt of the run by kind, and the rows set aside by source and reason."""
    doubts = lagesbild.doubts
    blocks: list[Block] = [Heading(1, "Uppgifternas kvalitet")]
    if doubts:
        kinds = len({title(doubt.kind) for doubt in doubts})
        blocks.append(
            Text(
                f"Genomgången av filerna gav {swedish.plural(len(doubts), 'anmärkning', 'anmärkningar')} av "
                f"{swedish.count_word(kinds)} slag. Ingen av dem stoppar rapporten. Alla står här."
            )
        )
    else:
        blocks.append(Text("Genomgången av filerna gav inga anmärkningar."))
    blocks += _set_aside(lagesbild)
    titled = sorted(doubts, key=lambda doubt: title(doubt.kind))
    for name, group in groupby(titled, key=lambda doubt: title(doubt.kind)):
        same = tuple(swedish.capital(str(doubt)) if " " in doubt.where.split(",")[0] else str(doubt) for doubt in group)
        blocks += [Heading(2, f"{name} ({swedish.number(len(same))})"), Points(same, compact=True)]
    return blocks


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
