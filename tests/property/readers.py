"""A small valid file of each reader's layout, by the reader's name; all of it is invented."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

from openpyxl import Workbook


def _databasfil() -> bytes:
    rows = [
        "Region;Brott;År;Period;Antal;/100 000 inv",
        "Mariestad kommun;Totalt antal brott;2015;Feb;431;1793;",
        "Mariestad kommun;Våldsbrott ;2015;Feb;15;62;",
        "Malung-Sälen kommun;Totalt antal brott;2015;Kvartal 1;120;1190;",
        "Falköping kommun;Totalt antal brott;2026 prel.;Feb;242;755;",
        "Falköping kommun;0950 - Bedrägeri, mot äldre;2015;Feb;..;..;",
        "Hela landet;Totalt antal brott;2015;Feb;120000;1210;",
    ]
    return "\n".join([*rows, ""]).encode("latin-1")


def _sol_report() -> bytes:
    titles = ["Anmälda brott;Brottsförebyggande rådet", ";År;;", ";2021;2021;", ";Antal;/100&nbsp;000&nbsp;inv;"]
    rows = ["Mariestad kommun;;;", "3-7 kap. Brott mot person;..;..;", *titles, "3 kap. Brott mot liv och hälsa;110;447;"]
    last = [
        "Hela landet;;;",
        "3 kap. Brott mot liv och hälsa;..;900;",
        "Hjo kommun;;;",
        "3 kap. Brott mot liv och hälsa;41;450;",
    ]
    return "\n".join([*titles, *rows, *last, ""]).encode("latin-1")


def _totals() -> bytes:
    rows = ["Kommun;Antal;Per 100 000 inv.", "Ale;2 537;7 810", "Malung–Sälen;763;7 545", "Spånga-Tensta;4 000;10 000"]
    return "\r\n".join(["\ufeff" + rows[0], *rows[1:], "Mariestad;2 418;9 869", ""]).encode()


def _series() -> bytes:
    quarters = [f"1497;2025K{quarter};total;{count};{rate};" for quarter, count, rate in ((1, 100, 1098.0), (2, 120, 1317.0))]
    rows = ["kommun;period;key;count;per100k;preliminary", "1493;2025;total;2418;9869.0;", "1493;2025;theft;519;2118.0;1"]
    return "\n".join([*rows, *quarters, "0331;2025;fraud;90;640.0;", ""]).encode()


def _police_events() -> bytes:
    names = [
        "21 januari 14.42, Rån, försök, Mariestad",
        "31 december 23:10, Brand, Dals-ed",
        "2 januari 05.15, Djur, Skåne län",
    ]
    events = [
        {
            "id": number,
            "datetime": f"2026-01-2{number} 7:59:09 +01:00",
            "name": name,
            "summary": "En text om vad som hände.",
            "url": f"/aktuellt/{number}/",
            "type": name.split(", ", 1)[1].rsplit(", ", 1)[0],
            "location": {"name": "Västra Götalands län", "gps": "58.25,13.05"},
        }
        for number, name in enumerate(names, start=1)
    ]
    return json.dumps(events, ensure_ascii=False, indent=1).encode()


def _book(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name.replace("_", " "))
        for row in rows:
            page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _indicators() -> bytes:
    crime: list[list[object]] = [
        ["Skadegörelsebrott (anmälda brott) i kommunen, länet och hela landet"],
        ["", "Antal 2023", "Antal 2024*", "Antal per 100 000 inv 2023", "Antal per 100 000 inv 2024*"],
        ["Mariestad", 251, "1 234", 1015, "4 986"],
        ["Västra Götalands län", 20500, 21000, 1170, 1190],
        ["* Reviderad."],
    ]
    heads = ["Andel", "KI (95 %) undre gräns", "KI (95 %) övre gräns"] * 2
    exposed: list[list[object]] = [
        ["Självrapporterad utsatthet för misshandel 2022–2023, enligt NTU 2023–2024. Andel (%) utsatta."],
        [],
        [None, "Mariestad", None, None, "Hela landet"],
        ["År", *heads],
        [2022, 2.5, 1.4, 3.8, 3, 2.9, 3.1],
        [2023, "..", "..", "..", 3.1, 3, 3.2],
    ]
    asked: list[list[object]] = [
        ["Antal svarande i NTU 2023–2024."],
        [None, "Mariestad", "Hela landet"],
        ["År", "Antal", "Antal"],
        [2023, 128, 63683],
        [2024, 118, 64751],
    ]
    return _book(Skadegörelse=crime, Misshandel_NTU=exposed, Antal_svarande=asked)


def _indicators_long() -> bytes:
    rows = [
        "geografi,enhet,ar,variabel,varde,kalla",
        "Mariestad,Antal,2024,Bilbrott,46.0,Anmälda brott",
        "Mariestad,Antal per 100 000 inv,2024,Bilbrott,187.0,Anmälda brott",
        "Hela landet,Antal,2024,Bilbrott,90000.0,Anmälda brott",
        "Mariestad,Andel (%) utsatta.,2024,Självrapporterad utsatthet för rån,0.4,NTU",
        "Mariestad,KI (95 %) undre gräns,2024,Självrapporterad utsatthet för rån,0.0,NTU",
        "Mariestad,,2025,Antal svarande i NTU.,137.0,NTU",
    ]
    return "\n".join([*rows, ""]).encode()


def _ntu_lan() -> bytes:
    rows: list[list[object]] = [
        ["Tabell R4.1. Otrygghet vid utevistelse sent på kvällen i det egna bostadsområdet, 2023–2025. Andel (%)."],
        [None, None, None, None, None, "KI 2025", None],
        ["Grupp", "Region", "2023", "2024*", 2025, "Undre", "Övre"],
        ["Samtliga", "Hela landet", 27.0, "26,4", 25.1, 24.7, 25.5],
        [None, "Dalarnas län", 23, "..", 22.5, 20.1, 25.0],
        [None, "Region Bergslagen", 24, 23, 22, 21, 23],
        ["Kvinnor", "Dalarnas län", 31, 30, 29, 26, 32],
    ]
    return _book(**{"R4.1": rows})


def _kolada() -> bytes:
    totals = [{"gender": "T", "count": 1, "status": "", "value": 24421.0}, {"gender": "K", "value": 12100.0}]
    values = [
        {"kpi": "N01951", "municipality": "1493", "period": 2025, "values": totals},
        {"kpi": "N07540", "municipality": "1493", "period": 2025, "values": [{"gender": "T", "value": 9868.58}]},
        {"kpi": "N07540", "municipality": "0014", "period": 2025, "values": [{"gender": "T", "value": None}]},
    ]
    return json.dumps({"count": 3, "values": values}).encode()


def _kolada_groups() -> bytes:
    members = [{"member_id": code, "member_title": "x"} for code in ("1499", "1494", "0483")]
    values = [
        {"id": "G1", "title": "Liknande kommuner socioekonomi, Mariestad, 2023", "members": members},
        {"id": "G2", "title": "Liknande kommuner socioekonomi, Mariestad, 2024", "members": members[:2]},
        {"id": "G3", "title": "Liknande kommuner, övergripande, Höör, 2025", "members": members},
        {"id": "G4", "title": "Större stad", "members": members},
    ]
    return json.dumps({"count": 4, "values": values}, ensure_ascii=False).encode()


def _deso() -> bytes:
    rows = [
        f"1493A00{n}0,x,1493,Mariestad,{year},{people}.0" for n, people in ((1, 12180), (2, 12240)) for year in (2024, 2025)
    ]
    return "\n".join(
        ["desokod,region,Kommunkod,Kommunnamn,år,bef", *rows, "0114C1010,x,0114,Upplands Väsby,2025,..", ""]
    ).encode()


def _msb_ida() -> bytes:
    rows = ['"Municipality","Cases","Population","Year"', '"Mariestad",0,24020,1998', '"Mariestad",1,23950,1999']
    return "\n".join([*rows, '"Knivsta",2,12500,2003', ""]).encode()


def _kommun_statistics() -> bytes:
    head = "municip_code,municip_name,county_code,year,pop,share0_19,share75_,share_tertiary_school,tax_rate"
    return "\n".join(
        [head, "114,Upplands Väsby,1,2022,47820,0.25,0.08,0.3,19.42", "1493,Mariestad,14,2022,24723,0.21,0.14,NA,21.26"]
    ).encode()


def _scb() -> bytes:
    words = ['CHARSET="ANSI"', 'TITLE="Folkmängd efter region, kön och "\n"år"', 'CONTENTS="Folkmängd"', 'STUB="region","kön"']
    words += [
        'HEADING="år"',
        'VALUES("region")="Riket","Mariestad"',
        'VALUES("kön")="män","kvinnor"',
        'VALUES("år")="2024","2025"',
    ]
    words += ['CODES("region")="00","1493"', 'DATA=\n5300000 5310000\n5290000 5300000\n12350 12321\n12150 ".."']
    return (";\n".join(words) + ";\n").encode("latin-1")


def _population() -> bytes:
    return "Kommunkod;Kommun;År;Medelfolkmängd\n1493;Mariestad;2024;24 600\n1493;Mariestad;2025;24500\n0114;;2025;..\n".encode()


#: Source NAME -> its file.
def _own_survey() -> bytes:
    damage, fraud = "Problem med skadegörelse där jag bor", "F2"
    answers = [
        ["ID", "Starttid", "E-post", "Kön", damage, fraud, "Berätta mer", "Vikt", "Stratum"],
        [1, "2025-03-01 09:12", "anonymous", "Kvinna", "I stor utsträckning", 1, "", "0,8", "Nord"],
        [2, "2025-03-01 09:13", "anonymous", "Man", "Inte alls", 2, "En text", 1.2, "Nord"],
        [3, "2025-03-02 19:13", "anonymous", "Man", "Vet ej", 2, "", "", "Syd"],
        [4, "2025-03-02 19:15", "anonymous", "Kvinna", "", "", "", 1, "Syd"],
    ]
    codes = [["Fråga", "Frågetext", "Kod", "Svar"], ["F2", "Utsatt för bedrägeri", 1, "Ja"], [None, None, 2, "Nej"]]
    return _book(Svar=answers, Kodnyckel=codes)


def _safety_survey() -> bytes:
    title = ["Polisens trygghetsmätning, lokalpolisområde Östra Skaraborg"]
    head = [title, ["Index 0–6, ett lågt index är bättre än ett högt"], [], ["Fråga", 2021, 2022, 2023]]
    street = [
        *head,
        ["Nedskräpning", 1.2, "1,45", "1,3"],
        ["Skadegörelse", 0.9, 1.1, ".."],
        ["Antal svar", "1 884", 1999, 2010],
    ]
    areas = [["Område", "Klotter 2023", "Totalindex 2023"], ["Mariestad", 1.1, 1.4], ["Norra delen", 1.2, 1.5]]
    return _book(Utemiljön=street, Områden=areas)


def _business_survey() -> bytes:
    title = "Svenskt Näringsliv 2023: påverkas företaget av brottslighet och otrygghet?"
    answers = "Kommun;Ranking;Inte alls;Liten;Viss;Hög;Mycket hög;Vet ej;Antal svar"
    return "\n".join([title, answers, "Mariestad;143;40;21;15;14;9;1;99", "Skövde;57;50;30;20;20;10;3;", ""]).encode()


def _dialogues() -> bytes:
    rows = ["Medborgardialoger 2025", "Tema;Torgmöte 2025-04-26;Trygghetsvandring 13 september;APT 12 mars 2025;Summa"]
    rows += ["Deltagare;58;20;34;112", "Skadegörelse;14;3;;17", "Belysning;8;;2;10", "Ett okänt tema;1;;;1", "Summa;23;3;2;28"]
    return "\n".join([*rows, ""]).encode()


def _police_incidents() -> bytes:
    rows = [
        "Inskrivningsdatum,Näpo,Basområde,Gata,Brottskod,Antal,Brottsdag start,Brottsdag slut,Brottstid start,Brottstid slut",
        "3/31/25,Centrum,Torget ,Storgatan 1,801,1,3/29/25,3/30/25,2200,700 ",
        "4/5/25,Centrum,,Storgatan 2,9801,2,4/5/25,4/5/25,45,0",
        '4/6/25,Centrum,"Hamnen, södra",Storgatan 3,1203,1,4/5/25,,2330,130',
        "4/7/25,Norr,Skogen,,3850,1,4/6/25,4/6/25,2400,",
    ]
    return "\r\n".join([*rows, ""]).encode("cp1252")


def _police_code_key() -> bytes:
    rows = [
        "Brottskod,Brott_niva,Brottskategorier_namn,Frågeområde_namn",
        '0801,1,"Brott mot person, tillgrepps- och skadegörelsebrott",Fråga 1 - Ordningsstörningar och otrygghet',
        "0801,2,Tillgrepp av motorfordon,",
        "0950,1,Bedrägerier,Fråga 6 - Bedrägerier",
        "7777,1,En ny kod,Övriga",
    ]
    return "\n".join([*rows, ""]).encode()


def _est_list() -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Mars 2025"
    for row in [
        ["EST mars 2025"],
        [
            "Nr",
            "Datum",
            "Tid",
            "Organisation",
            "Område",
            "Plats",
            "Kategori",
            "Allvar",
            "Antal personer",
            "X",
            "Y",
            "Beskrivning",
        ],
        [1, "2025-03-03", "21:30", "Fritid", "Centrum", "Torget", "Klotter;Droger", "gul", 4, 428500, 6508200, "text"],
        [2, "tors 6/3", "kl 9", "Skola", "Centrum", "Torget", "Skräp", 2, "ca 5", None, None, None],
        [3, "v 11", None, "Skola", None, None, "-", None, None, None, None, None],
        ["Summa", None, None, None, None, None, 3],
    ]:
        page.append(row)
    weeks = book.create_sheet("Bemanning")
    for row in [["organisation", "week", "status"], ["Fritid", "2025-W11", "missing"]]:
        weeks.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _duplicates() -> bytes:
    return (
        "Samma händelse (ja/nej);Kategori;Par\nja;Skadegörelse;abcdefghijkl\n;Narkotika;bcdefghijklm\nkanske;Brand;c\n".encode()
    )


def _decision() -> bytes:
    told = {
        "format": "lagesbild-beslut",
        "version": 1,
        "profile": "prov",
        "year": 2025,
        "ranking_sha256": "ab" * 32,
        "is_example": False,
        "forum": "Brottsförebyggande rådet",
        "date": "2026-01-15",
        "roles": ["Kommunstyrelsens ordförande", "Lokalpolisområdeschef"],
        "weights": {"omfattning": 0.4, "jamforelse": 0.35, "utveckling": 0.25},
        "decisions": [
            {
                "problem_area": "skadegorelse",
                "decision": "prioritera",
                "reason": "Platserna är kända och går att påverka.",
                "judged": {"paverkbarhet": 3, "avgransas_till_plats": 2},
            },
            {"problem_area": "narkotika", "decision": "avvakta", "reason": "", "judged": {}},
            {"problem_area": "brander", "decision": "bortprioritera", "reason": "Få händelser.", "judged": {"kostsamt": 3}},
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _plain() -> bytes:
    head = "observation_id;date;organisation;category;time;area;x;y"
    rows = ["1;2025-03-31;Fritid;Klotter;21:30;Centrum;428500;6508200", "2;2025-04-07;Skola;0-rapport;;;;"]
    return "\n".join([head, *rows, "3;2025-04-08;Skola;Vildsvin;;Norr;;", ""]).encode()


SAMPLES: dict[str, Callable[[], bytes]] = {
    "Brå Databasfil": _databasfil,
    "Brå SOL, tabell": _sol_report,
    "Brå, anmälda brott per kommun": _totals,
    "Brå, serie per kommun": _series,
    "Polisens händelser": _police_events,
    "beslut från granskningssidan": _decision,
    "Polisens uttag av anmälda brott": _police_incidents,
    "Polisens nyckel till brottskoder": _police_code_key,
    "Brås indikatorer för kommuners lägesbild": _indicators,
    "Brås indikatorer i en lång tabell": _indicators_long,
    "NTU per län": _ntu_lan,
    "Kolada": _kolada,
    "Koladas liknande kommuner": _kolada_groups,
    "folkmängd per DeSO": _deso,
    "MSB IDA": _msb_ida,
    "sammanställd kommunstatistik": _kommun_statistics,
    "SCB:s statistikdatabas": _scb,
    "egen enkät": _own_survey,
    "Polisens trygghetsmätning": _safety_survey,
    "Svenskt Näringslivs företagsenkät": _business_survey,
    "dialoger": _dialogues,
    "tabell i programmets eget format": _plain,
    "folkmängd": _population,
    "EST-lista": _est_list,
    "svar om dubbletter": _duplicates,
}
