"""A small lägesbild made by hand, so that the report is tested without the layers before it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lagesbild import pledges, taxonomy
from lagesbild.charts.chart import Chart
from lagesbild.errors import Doubt
from lagesbild.measures.measure import MEASURE_COLUMNS, MEASURE_KEY, MEASURE_SCHEMA, UNITS, Measures
from lagesbild.pledges import FollowUps
from lagesbild.profile import Profile
from lagesbild.ranking.joint import JointView
from lagesbild.ranking.result import CRITERIA, RANKING_COLUMNS, Ranking
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.sources.reading import Delivery, InputRecord, SetAside
from lagesbild.tables import Tables

MARKUP = "#strong[x] *fet* _kursiv_ $x^2$ `kod` @ref <label> \\ // slut"
AREAS = ("skadegorelse", "narkotika", "brott_mot_person", "vald_nara_relation", "bostadsinbrott")
SCORES = (71.25, 64.5, 52.125, 47.0, 30.5)
P_TOP = (0.97, 0.82, 0.55, 0.3, 0.02)
WEIGHTS = {"omfattning": 0.4, "jamforelse": 0.35, "utveckling": 0.25}


def measure(area: str, source: str, kind: str, year: int, value: float, **other: object) -> dict[str, object]:
    row: dict[str, object] = {
        "problem_area": area, "source": source, "measure": kind, "item": "", "role": "own", "geography": "1493",
        "period": str(year), "year": year, "group": "alla", "unit": UNITS[kind], "value": value, "lower": value * 0.9,
        "upper": value * 1.1, "numerator": np.nan, "denominator": np.nan, "n_effective": np.nan, "dispersion": np.nan,
        "is_higher_worse": True, "status": "final", "is_published": True, "is_suppressed": False,
    }  # fmt: skip
    return row | other


def measures() -> Measures:
    rows = [
        measure("totalt", "polisanmalda", "reported_rate", 2024, 9368.9, numerator=2308.0, denominator=24634.0),
        measure("totalt", "polisanmalda", "reported_rate", 2025, 9868.6, numerator=2418.0, denominator=24502.0),
        measure("totalt", "polisanmalda", "reported_rate", 2025, 9100.0, role="peers", geography="jamforbara"),
        *(
            measure(area, "polisanmalda", "reported_rate", year, count / 0.24502, numerator=float(count), denominator=24502.0)
            for area, count in zip(AREAS, (284, 293, 576, 12, 51), strict=True)
            for year in (2024, 2025)
        ),
        measure("skadegorelse", "est", "est_share", 2025, 0.204, lower=0.18, upper=0.229, numerator=212.0, denominator=1040.0),
        measure("narkotika", "est", "est_share", 2025, 0.1, numerator=104.0, denominator=1040.0),
        measure(
            "vald_nara_relation", "est", "est_share", 2025, np.nan, lower=np.nan, upper=np.nan, denominator=1040.0,
            is_suppressed=True, is_published=False,
        ),
        measure(
            "skadegorelse", "ntu", "survey_share", 2025, 0.31, lower=0.27, upper=0.36,
            item="Problem med skadegörelse i det egna bostadsområdet",
        ),
        measure(
            "skadegorelse", "ntu", "survey_share", 2025, 0.22, lower=0.21, upper=0.23, role="reference", geography="riket",
            item="Problem med skadegörelse i det egna bostadsområdet",
        ),
        measure("narkotika", "medborgardialog", "dialogue_share", 2025, 14 / 120, numerator=14.0, denominator=120.0),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(MEASURE_COLUMNS)).sort_values(MEASURE_KEY, kind="stable").reset_index(drop=True)
    doubt = Doubt("forsta_slag", "est_2025.xlsx", f"kategorin {MARKUP} är okänd (3 rader).", "Raderna är undantagna.", 3, 0.01)
    return Measures(MEASURE_SCHEMA.validate(frame.astype({"year": "int64"})), (doubt,))


def ranking() -> Ranking:
    n = len(AREAS)
    order = range(1, n + 1)
    terms = taxonomy.load()
    table = pd.DataFrame(
        {
            "problem_area": AREAS, "name": [terms.name(area) for area in AREAS], "rank": order, "score": SCORES,
            "score_lower": [score - 9.25 for score in SCORES], "score_upper": [score + 9.25 for score in SCORES],
            "rank_lower": [max(1, i - 1) for i in order], "rank_upper": [min(n, i + 1) for i in order], "p_top": P_TOP,
            "tier": ["prioritera", "prioritera", "överväg", "överväg", "bevaka"],
            "evidence": ["god", "viss", "svag", "svag", "viss"], "n_sources": [3, 3, 1, 1, 1],
            "sources_disagree": [False, True, False, False, False],
        }
    )[list(RANKING_COLUMNS)]  # fmt: skip
    pairwise = pd.DataFrame(np.triu(np.full((n, n), 0.96), 1) + np.tril(np.full((n, n), 0.04), -1), AREAS, AREAS)
    pairwise.loc["narkotika", "brott_mot_person"], pairwise.loc["brott_mot_person", "narkotika"] = 0.6, 0.4
    fact = dict.fromkeys(("z", "se"), 0.5) | {"numerator": 852.0, "reference": 800.0}
    facts = [
        {"problem_area": "skadegorelse", "source": "polisanmalda", "criterion": "jamforelse", "estimate": 1.42, "lower": 1.23,
         "upper": 1.61, "unit": "ratio", "period": "2023–2025"},
        {"problem_area": "skadegorelse", "source": "polisanmalda", "criterion": "utveckling", "estimate": -6.0, "lower": -10.0,
         "upper": -2.0, "unit": "percent_per_year", "period": "2021–2025"},
        {"problem_area": "narkotika", "source": "polisanmalda", "criterion": "jamforelse", "estimate": 1.1, "lower": 0.9,
         "upper": 1.3, "unit": "ratio", "period": "2023–2025"},
        {"problem_area": "narkotika", "source": "est", "criterion": "omfattning", "estimate": 0.1, "lower": 0.08, "upper": 0.12,
         "unit": "share", "period": "2025"},
    ]  # fmt: skip
    return Ranking(
        table=table,
        explanation=pd.DataFrame(
            [{"problem_area": area, "criterion": "omfattning", "source": "polisanmalda", "points": score - 50.0}
             for area, score in zip(AREAS, SCORES, strict=True)]
        ),
        sensitivity=pd.DataFrame(
            [{"variant": variant, "problem_area": area, "rank": i, "p_top": p}
             for variant in ("huvudberakning", "vikter_nara", "utan_est", "bias_dubbla")
             for i, (area, p) in enumerate(zip(AREAS, P_TOP, strict=True), 1)]
        ).astype({"rank": "Int64"}),
        skipped={"utan_allvar": "Ingen tabell över brottens allvar är angiven, så allvar ingår inte i poängen."},
        signals=pd.DataFrame([row | fact for row in facts]),
        criteria=pd.DataFrame(
            [{"problem_area": area, "criterion": criterion, "theta": 0.1, "theta_sd": 0.2, "value": 55.0, "evidence_share": 0.5}
             for area in AREAS for criterion in CRITERIA]
        ),
        pairwise=pairwise,
        disagreements=pd.DataFrame(
            [{"problem_area": "narkotika", "criterion": "omfattning", "source_a": "polisanmalda", "source_b": "est", "z_a": 1.2,
              "z_b": -0.4, "distance": 2.6}]
        ),
        trust=pd.DataFrame(
            [{"source": "polisanmalda", "n_areas": 5, "inflation": 1.1, "is_checked": True},
             {"source": "est", "n_areas": 5, "inflation": 2.4, "is_checked": True},
             {"source": "ntu", "n_areas": 1, "inflation": 1.0, "is_checked": False}]
        ),
        acceptability=pd.DataFrame({"problem_area": AREAS}),
        gaps=pd.DataFrame(
            [("brander", "Anlagda bränder", "omatt", "Ingen källa säger något om området."),
             ("bedrageri", "Bedrägeri, särskilt mot äldre", "omatt", "Ingen källa säger något om området."),
             ("skadegorelse", "Skadegörelse och klotter", "kriterium", "Utveckling i EST saknas: ett helt år är levererat."),
             ("", "", "kalla", "Polisens trygghetsmätning saknas.")],
            columns=["problem_area", "name", "kind", "detail"],
        ),
        count_ranks=pd.DataFrame({"problem_area": AREAS, "count": 10, "lower": 1, "upper": 5}),
        settings={"weights": WEIGHTS, "top_k": 3, "seed": 20250101, "draws": 10_000, "omega": 1.0},
        views=(joint_view("huvudberakning"), joint_view("utan_est")),
    )  # fmt: skip


def joint_view(name: str) -> JointView:
    """θ of the five lines and one rival, tied to one another; in the second view one line has no signal."""
    lines = sorted(AREAS, key=taxonomy.load().line_ids.index)
    mean = np.array([(SCORES[AREAS.index(line)] - 50) / 50 * np.array([1.2, 0.5, 0.1]) for line in lines])
    n = 3 * (len(lines) + 1)
    root = np.diag(np.tile([0.3, 0.15, 0.05], n // 3)) + 0.02 * np.tril(np.ones((n, n)), -1)
    is_measured = tuple(name == "huvudberakning" or line != "vald_nara_relation" for line in lines)
    return JointView(name, tuple(lines), is_measured, np.append(mean.ravel(), np.zeros(3)), root, mean, None, 1)


def chart(name: str, title: str, label: str) -> Chart:
    figure = Figure(figsize=(6.2, 2.0))
    FigureCanvasAgg(figure)
    figure.add_subplot().plot([2023, 2024, 2025], [950, 1010, 868], label=label)
    table = pd.DataFrame(
        {"År": [2023, 2024, 2025], "Per 100 000 invånare": [950.0, 1010.5, 868.25], "Kommun": ["=1+1", "@x", "-5"]}
    )
    alt = f"{title}: 950 per 100 000 invånare 2023, 1 010 år 2024 och 868 år 2025."
    return Chart(name, figure, title, "Anmälda brott per 100 000 invånare", alt, "Källa: Brå. 2023–2025.", table)


@pytest.fixture(scope="session")
def lagesbild(tmp_path_factory: pytest.TempPathFactory) -> Lagesbild:
    """Exempelby: five ranked lines, three sources, one hidden figure, markup in names and files."""
    folder: Path = tmp_path_factory.mktemp("profil")
    profile = Profile(
        slug="exempelby", name="Exempelby", kommunkoder=("1493",), year=2025, raw=folder, processed=folder, is_example=True
    )
    inputs = (
        InputRecord("bra/tabell.txt", "ab" * 32, "Brå SOL Databasfil", 1619, (), {"producer": "Brå"}),
        InputRecord("est_#1_*2*.xlsx", "cd" * 32, "EST-lista", 1043, (SetAside("datum saknas", 3),), {}),
    )
    mars = 'est_2025.xlsx, blad "Mars", rad {}, kolumn Datum'
    doubts = (
        Doubt("datum_saknas", mars.format(41), '"31/2" är inget datum.', "Raden är undantagen.", 1),
        Doubt("datum_saknas", mars.format(52), "datum saknas.", "Raden är undantagen.", 1),
    )
    promised = {
        "pledge_id": "L1", "text": f"Fler vuxna ute på kvällarna {MARKUP}", "problem_area": "skadegorelse",
        "indicator": "Anmälda skadegörelsebrott",
        "start": pd.Timestamp("2025-01-01"), "end": pd.Timestamp("2025-12-31"), "activity": "Nattvandring",
        "responsible": "Kommunen", "planned": 12, "done": 9,
    }  # fmt: skip
    register = pd.DataFrame([promised])
    terms, shown = taxonomy.load(), measures()
    return Lagesbild(
        profile=profile,
        taxonomy=terms,
        delivery=Delivery(replace(Tables(), pledges=register), doubts, inputs),
        measures=shown,
        pledges=pledges.follow_up(shown, register, profile, terms),
        ranking=ranking(),
        charts=(
            chart("rangordning", "Skadegörelse och narkotika står ut", "x"),
            chart("anmalda-skadegorelse", f"Skadegörelse {MARKUP}", "x"),
        ),
    )


@pytest.fixture(scope="session")
def reported_only(lagesbild: Lagesbild) -> Lagesbild:
    """Mariestad: reported crime alone, nothing in the first tier, no doubts, no charts."""
    ranking, rows = lagesbild.ranking, lagesbild.measures.rows
    table = ranking.table.assign(tier="bevaka", p_top=0.15, n_sources=1, evidence="svag", sources_disagree=False)
    return replace(
        lagesbild,
        profile=lagesbild.profile.model_copy(update={"slug": "mariestad", "name": "Mariestad", "is_example": False}),
        delivery=Delivery(Tables(), (), lagesbild.delivery.inputs[:1]),
        pledges=FollowUps(),
        measures=Measures(rows[rows["source"].eq("polisanmalda")].reset_index(drop=True)),
        ranking=replace(
            ranking,
            table=table,
            signals=ranking.signals[ranking.signals["source"].eq("polisanmalda")],
            disagreements=ranking.disagreements.iloc[:0],
            trust=ranking.trust.iloc[:1].assign(is_checked=False),
        ),
        charts=(),
    )
