"""Which tables the workbook holds."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import theme
from lagesbild.charts.chart import Chart
from lagesbild.report import decided, headings
from lagesbild.report.assumptions import assumptions
from lagesbild.report.facts import each
from lagesbild.report.graph import Graph, Line
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import agenda as said
from lagesbild.report.narrative import decisions as said_of_decisions
from lagesbild.report.place_sheets import place_sheets
from lagesbild.report.pledge_sheets import pledge_sheets
from lagesbild.report.workbook import Sheet
from lagesbild.taxonomy.severity import harm, unit

#: The measure columns an analyst reads; ``measures.csv`` has all of them, and each comparison kommun for itself.
MEASURE_COLUMNS = [
    "problem_area", "source", "measure", "item", "role", "geography", "year", "group", "unit", "value", "lower", "upper",
    "numerator", "denominator", "status",
]  # fmt: skip

#: From the score to its limits: what a native chart's intervals are made of.
_DOWN, _UP = "Ned till undre gräns", "Upp till övre gräns"


def sheets(lagesbild: Lagesbild) -> list[Sheet]:
    """One sheet per table, in the order one would want to read them."""
    ranking, taxonomy = lagesbild.ranking, lagesbild.taxonomy
    year, own = lagesbild.profile.year, f"Beräkning, {lagesbild.title}"

    def table(name: str, title: str, unit: str, frame: pd.DataFrame) -> Sheet:
        return Sheet(name, title, unit, own, headings.readable(frame, taxonomy))

    return [
        _ordered(lagesbild, own),
        *_decisions(lagesbild),
        table("Förklaring", "Vad varje källa bidrar med; summan är poängen minus 50", "Poäng", ranking.explanation),
        table("Känslighet", "Ordningen med andra vikter, utan en källa och med annan misstro", "Plats", ranking.sensitivity),
        table(
            "Antal och allvar",
            "Anmälda brott efter antal och efter antal gånger allvar",
            _harm_unit(lagesbild),
            _volume(lagesbild),
        ),
        Sheet(
            "Allvar",
            "Hur allvarligt ett typiskt brott är, ungefär",
            _harm_unit(lagesbild),
            "Kolumnen Källa",
            _severity(lagesbild),
        ),
        table("Signaler", "Talet bakom varje signal, med 95 % osäkerhetsintervall", "Se kolumnen Enhet", ranking.signals),
        table("Kriterier", "Värde per problemområde och kriterium", "Värde 0–100", ranking.criteria),
        table("Kunskapsluckor", "Vad som saknas", "Ord", ranking.gaps.drop(columns="problem_area")),
        table("Oense källor", "Där två källor säger olika", "Avstånd i standardfel; över 2 visas", ranking.disagreements),
        Sheet(
            "Mått",
            "Mått efter sekretessgranskning; varje jämförelsekommun för sig står i measures.csv",
            "Se kolumnen Enhet",
            _sources(lagesbild),
            _measures(lagesbild),
        ),
        *pledge_sheets(lagesbild),
        *place_sheets(lagesbild),
        *(
            Sheet(
                chart.name,
                chart.title,
                chart.subtitle,
                chart.caption.removeprefix("Källa: "),
                chart.table,
                _trend(chart),
            )
            for chart in lagesbild.charts
            if chart.name != "rangordning"  # the first sheet
        ),
        Sheet("Anmärkningar", "Vad som är tveksamt i uppgifterna", "Antal rader", "Genomgång av filerna", _doubts(lagesbild)),
        Sheet("Filer", "Levererade filer", f"Avser {year}", "Källkorten bredvid filerna", _inputs(lagesbild)),
        Sheet("Antaganden", "Vad siffrorna vilar på", "Ord", "Metodbeskrivningen", _assumptions()),
    ]


def _decisions(lagesbild: Lagesbild) -> list[Sheet]:
    """Every decision beside the proposal, those that a later one followed too; no sheet where nobody has decided."""
    found, name = decided.decided(lagesbild), lagesbild.taxonomy.name
    if not found:
        return []
    own = lagesbild.profile.year
    frame = pd.DataFrame(
        [
            {
                "Problemområde": name(one.problem_area),
                "Underlaget": said.proposal(one.tier) if one.tier else said_of_decisions.NO_PLACE,
                "Sannolikhet": one.p_top,
                "Beslut": one.decision,
                "Motivering": one.reason,
                "Forum": one.forum,
                "Datum": one.date,
                "Deltog": one.roles,
                "Togs på": said_of_decisions.version(one.year, own, is_same=one.is_same_version),
                "Gäller": "ja" if one.is_valid else "nej, ett nyare finns",
            }
            for one in found
        ]
    ).astype({"Sannolikhet": "float64"})
    unit = "Sannolikhet 0–1 att området hör till de största"
    return [Sheet("Beslut", "Underlagets förslag och parternas beslut", unit, "Granskningssidan", frame)]


def _ordered(lagesbild: Lagesbild, source: str) -> Sheet:
    """The ranking with its chart: bars from 50, each with its interval."""
    table = headings.readable(lagesbild.ranking.table.drop(columns="problem_area"), lagesbild.taxonomy)
    score, lower, upper = (table[headings.heading(name)] for name in ("score", "score_lower", "score_upper"))
    alt = next((chart.alt for chart in lagesbild.charts if chart.name == "rangordning"), "Problemområdena i ordning.")
    graph = Graph(
        "bar", headings.heading("name"), (Line("Poäng", theme.OWN, down=_DOWN, up=_UP),), "Problemområde",
        "Poäng; 50 är ett genomsnittligt problem. Strecket är 80 procents osäkerhetsintervall.", alt, 0, 100, 50,
    )  # fmt: skip
    drawn = table.assign(**{_DOWN: score - lower, _UP: upper - score})
    return Sheet("Rangordning", "Problemområdena i ordning", "Poäng 0–100; intervall 80 %", source, drawn, graph)


def _trend(chart: Chart) -> Graph | None:
    """Reported offences by year: the own place with its interval against the comparison group; None for other charts."""
    own = next((str(column) for column in chart.table.columns if str(column).endswith(", per 100 000")), "")
    if not chart.name.startswith("anmalda-") or not own or len(chart.table) < 2:
        return None
    lines = (
        Line(own, theme.OWN, 2.5),
        Line("Nedre gräns", theme.OWN_EDGE, 1.0, is_dashed=True),
        Line("Övre gräns", theme.OWN_EDGE, 1.0, is_dashed=True),
        Line("Jämförbara kommuner, per 100 000", theme.POOLED, 1.75),
    )
    return Graph("line", "År", lines, "År", "Anmälda brott per 100 000 invånare", chart.alt, 0)


def _harm_unit(lagesbild: Lagesbild) -> str:
    return f"Allvar per brott i {unit(lagesbild.profile)}"


def _volume(lagesbild: Lagesbild) -> pd.DataFrame:
    found = lagesbild.ranking.volume_and_harm
    if found.empty:
        return found
    periods = [swedish.years(first, last) for first, last in zip(found["first_year"], found["last_year"], strict=True)]
    return found.drop(columns=["first_year", "last_year"]).assign(period=pd.Series(periods, index=found.index, dtype="str"))


def _severity(lagesbild: Lagesbild) -> pd.DataFrame:
    """The severity that counts for each line, with what it rests on; what the profile sets itself says so."""
    table, own = lagesbild.taxonomy.severity, lagesbild.profile.severity
    used = harm(lagesbild.profile, lagesbild.taxonomy)
    is_own = table["problem_area"].isin(set(used) if own.classes else set(own.harm))
    is_kept = ~is_own & (not own.classes)
    told = table.assign(
        harm=table["problem_area"].map(used).astype("float64"),
        quality=table["quality"].where(is_kept, ""),
        basis=table["basis"].where(is_kept, "").mask(is_own, "Parternas egen bedömning."),
        source=table["source"].where(is_kept, "").mask(is_own, "Profilen"),
    )
    return headings.readable(told.drop(columns="unit"), lagesbild.taxonomy)


def _measures(lagesbild: Lagesbild) -> pd.DataFrame:
    rows = lagesbild.measures.rows[lagesbild.measures.rows["role"].ne("peer")]
    codes = dict(zip(lagesbild.taxonomy.kommuner["kommunkod"], lagesbild.taxonomy.kommuner["name"], strict=True))
    own = rows.loc[rows["role"].eq("own"), "geography"].unique()
    codes = dict.fromkeys(own, lagesbild.profile.name) | codes
    shown = rows.loc[:, MEASURE_COLUMNS]
    return headings.readable(
        shown.assign(geography=shown["geography"].map(lambda code: codes.get(code, code))), lagesbild.taxonomy
    )


def _sources(lagesbild: Lagesbild) -> str:
    used = set(lagesbild.measures.rows["source"])
    return swedish.listing([row.name for row in each(lagesbild.taxonomy.sources) if row.source in used])


def _doubts(lagesbild: Lagesbild) -> pd.DataFrame:
    doubts = lagesbild.doubts
    return pd.DataFrame(
        {
            "Slag": pd.Series([doubt.kind for doubt in doubts], dtype="str"),
            "Var": pd.Series([doubt.where for doubt in doubts], dtype="str"),
            "Vad": pd.Series([doubt.what for doubt in doubts], dtype="str"),
            "Att göra": pd.Series([doubt.action for doubt in doubts], dtype="str"),
            "Antal rader": pd.Series([doubt.n_rows for doubt in doubts], dtype="int64"),
            "Andel": pd.Series([doubt.share for doubt in doubts], dtype="float64"),
        }
    )


def _inputs(lagesbild: Lagesbild) -> pd.DataFrame:
    records = lagesbild.delivery.inputs
    return pd.DataFrame(
        {
            "Fil": [record.path for record in records],
            "Läst som": [record.reader for record in records],
            "Producent": [str(record.card.get("producer", "")) for record in records],
            "Titel": [str(record.card.get("title", "")) for record in records],
            "Rader": [record.rows_read for record in records],
            "Undantagna rader": [sum(aside.n_rows for aside in record.set_aside) for record in records],
            "Kontrollsumma (SHA-256)": [record.sha256 for record in records],
        }
    )


def _assumptions() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"Gäller": one.subject, "Antagande": one.text, "Kvalitet": one.quality, "Betydelse": one.impact, "Grund": one.basis}
            for one in assumptions()
        ]
    )
