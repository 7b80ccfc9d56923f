"""A made-up kommun with every source, as measures, ranking and tables: what the charts read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild import taxonomy as terms
from lagesbild.charts import Chart, all_charts
from lagesbild.measures.frame import joined, measure_rows
from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.ranking.result import CRITERIA, RANKING_COLUMNS, Ranking
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

YEARS = range(2014, 2026)
ORGANISATIONS = ("Parkförvaltningen", "Fritid", "Polisen", "Bostadsbolaget", "Skolan", "Socialtjänsten", "Räddningstjänsten")
SINGLE = ("brott_mot_person", "stold_ran_ovrigt", "bostadsinbrott", "skadegorelse", "narkotika_vapen")


@dataclass(frozen=True)
class Case:
    """One kommun's inputs to the charts."""

    measures: Measures
    ranking: Ranking
    tables: Tables
    profile: Profile

    def charts(self, taxonomy: Taxonomy) -> tuple[Chart, ...]:
        return all_charts(self.measures, self.ranking, self.tables, self.profile, taxonomy)


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return terms.load()


def make_profile(*, is_example: bool = False, name: str = "Exempelby") -> Profile:
    return Profile(
        slug="exempelby", name=name, kommunkoder=("9901",), year=2025, raw=Path("raw"), processed=Path("processed"),
        peer_group="exempel", is_example=is_example,
    )  # fmt: skip


def reported(lines: tuple[str, ...], *, n_peers: int = 8, is_last_preliminary: bool = True) -> pd.DataFrame:
    """Reported rates 2014-2025 of every line for the own kommun, each peer and the peers pooled."""
    random = np.random.default_rng(11)
    parts = []
    for position, line in enumerate(lines):
        level = 24_000 * (60 + 900 / (position + 1)) / 1e5
        peers = [(f"99{j + 2:02d}", "peer", random.uniform(0.6, 1.4)) for j in range(n_peers)]
        for geography, role, factor in (("9901", "own", 1.3), *peers, ("jamforbara", "peers", 1.0)):
            if role == "peers" and n_peers == 0:
                continue
            people = 24_000.0 * (n_peers if role == "peers" else 1)
            count = random.poisson(level * factor * people / 24_000 * np.linspace(0.9, 1.15, len(YEARS))).astype(float)
            rate = count / people * 1e5
            half = 1.96 * np.sqrt(count + 0.5) / people * 1e5
            frame = pd.DataFrame(
                {"year": list(YEARS), "value": rate, "lower": np.maximum(rate - half, 0), "upper": rate + half}
            )
            frame = frame.assign(numerator=count, denominator=people)
            frame["status"] = np.where(frame["year"].eq(2025) & is_last_preliminary, "preliminary", "final")
            parts.append(
                measure_rows(
                    frame,
                    "reported_rate",
                    problem_area=line,
                    source="polisanmalda",
                    role=role,
                    geography=geography,
                    is_published=True,
                )
            )
    return joined(parts)


def surveyed(taxonomy: Taxonomy, source: str = "ntu") -> pd.DataFrame:
    """Every item of one survey for the own kommun (all, women, men) and for the nation."""
    random = np.random.default_rng(5)
    items = taxonomy.survey_items[taxonomy.survey_items["survey"].eq(source)]
    parts = []
    for row in items.to_dict("records"):
        is_index = row["scale"] == "index_0_6"
        base = random.uniform(0.5, 3.5) if is_index else random.uniform(0.02, 0.45)
        groups = [("own", "alla", random.uniform(0.8, 1.5), 240), ("own", "kvinnor", 1.25, 130), ("own", "män", 0.85, 110)]
        for role, group, factor, n in (*groups, ("reference", "alla", 1.0, 65_000)):
            value = base * factor
            half = 0.25 if is_index else 1.96 * np.sqrt(value * (1 - value) / n)
            frame = pd.DataFrame(
                {
                    "year": [2025],
                    "value": [value],
                    "lower": [max(0, value - half)],
                    "upper": [value + half],
                    "n_effective": float(n),
                }
            )
            parts.append(
                measure_rows(
                    frame,
                    "survey_index" if is_index else "survey_share",
                    problem_area=row["problem_area"],
                    source=source,
                    role=role,
                    item=row["item"],
                    group=group,
                    geography="9901" if role == "own" else "Hela landet",
                    is_published=True,
                    is_higher_worse=row["higher_is"] == "worse",
                )
            )
    return joined(parts)


def make_ranking(
    taxonomy: Taxonomy, lines: tuple[str, ...], sources: tuple[str, ...], *, leading: int = 2, disagree: bool = True
) -> Ranking:
    """A ranking of the lines by falling score, with signals, explanation and gaps that fit one another."""
    random = np.random.default_rng(3)
    pairs = [
        (line, s, c)
        for line in lines
        for s in sources
        for c in CRITERIA
        if taxonomy.bias_sd(line, taxonomy.kind_of_source(s), c) is not None
    ]
    keep = random.uniform(size=len(pairs)) < 0.85
    used = [pair for pair, kept in zip(pairs, keep, strict=True) if kept or pair[1] == sources[0]]
    theta = dict(zip(lines, np.linspace(0.9, -0.9, len(lines)), strict=True))
    signals = []
    for line, source, criterion in used:
        z = theta[line] * {"omfattning": 1, "jamforelse": 0.5, "utveckling": 0.12}[criterion] + random.normal(0, 0.15)
        unit = {"omfattning": "per_100k", "jamforelse": "ratio", "utveckling": "percent_per_year"}[criterion]
        estimate = {"omfattning": 500 * np.exp(z), "jamforelse": np.exp(z), "utveckling": 100 * np.expm1(z)}[criterion]
        half = {"omfattning": 60.0, "jamforelse": 0.15, "utveckling": 4.0}[criterion]
        signals.append(
            (line, source, criterion, z, 0.3, estimate, estimate - half, estimate + half, unit, 200.0, np.nan, "2021-2025")
        )
    explanation = pd.DataFrame(
        [(line, c, s, theta[line] * random.uniform(0.5, 2.5) + random.normal(0, 0.4)) for line, s, c in used],
        columns=["problem_area", "criterion", "source", "points"],
    )
    score = 50 + explanation.groupby("problem_area")["points"].sum().reindex(list(lines))
    score = score.sort_values(ascending=False)
    n = len(score)
    p_top = np.clip(np.concatenate([np.full(leading, 0.97), np.linspace(0.72, 0.0, n - leading)]), 0, 1)
    ranks = np.arange(1, n + 1)
    values = score.to_numpy()
    table = pd.DataFrame({"problem_area": score.index, "rank": ranks, "score": values, "p_top": p_top}).assign(
        name=[taxonomy.name(line) for line in score.index],
        score_lower=values - 9.5,
        score_upper=values + 8.0,
        rank_lower=np.maximum(ranks - 2, 1),
        rank_upper=np.minimum(ranks + 2, n),
        tier=np.select([p_top >= 0.8, p_top >= 0.2], ["prioritera", "överväg"], "bevaka"),
        evidence=[("god", "viss", "svag")[i % 3] for i in range(n)],
        n_sources=len(sources),
        sources_disagree=[disagree and i in (2, n - 2) for i in range(n)],
    )[list(RANKING_COLUMNS)]
    order = list(score.index)
    before = pd.DataFrame(
        [[0.5 if i == j else 0.7 if i < j else 0.3 for j in range(n)] for i in range(n)], index=order, columns=order
    )
    unmeasured = [area for area in taxonomy.area_ids if area not in lines]
    names = [taxonomy.name(area) for area in unmeasured]
    gaps = pd.DataFrame({"problem_area": unmeasured, "name": names, "kind": "omatt", "detail": "ingen källa"})
    columns = ["problem_area", "source", "criterion", "z", "se", "estimate", "lower", "upper", "unit"]
    columns += ["numerator", "reference", "period"]
    none = pd.DataFrame()
    return Ranking(
        table, explanation, none, {}, pd.DataFrame(signals, columns=columns), none, before, none, none, none, gaps, none,
        {"top_k": 3, "draws": 10_000, "seed": 1},
    )  # fmt: skip


def make_tables(taxonomy: Taxonomy, *, has_roster: bool = True) -> Tables:
    """Two and a half years of weekly observations from seven organisations, one of them over-eager; some weeks unreported."""
    random = np.random.default_rng(8)
    categories = taxonomy.est_categories.query("kind == 'problem' and problem_area != ''")
    names = categories.drop_duplicates("problem_area")["category"].tolist()
    weeks = pd.date_range("2023-07-03", "2025-12-29", freq="7D")
    shares = np.array([0.4, *np.full(len(ORGANISATIONS) - 1, 0.6 / (len(ORGANISATIONS) - 1))])
    rows, roster = [], []
    for week in weeks:
        missing = (
            set(random.choice(ORGANISATIONS, random.integers(0, 3), replace=False))
            if week.month not in (7, 12)
            else set(ORGANISATIONS[:5])
        )
        name = f"{week.isocalendar().year}-W{week.isocalendar().week:02d}"
        roster += [(organisation, name, "missing" if organisation in missing else "reported") for organisation in ORGANISATIONS]
        for _ in range(random.poisson(9 + 4 * (week.month in (5, 6, 8, 9)))):
            organisation = str(random.choice(ORGANISATIONS, p=shares))
            if organisation not in missing:
                rows.append(
                    (
                        week + pd.Timedelta(days=int(random.integers(0, 7))),
                        organisation,
                        names[int(random.geometric(0.25)) % len(names)],
                    )
                )
    empty = Tables()
    observations = pd.DataFrame(rows, columns=["date", "organisation", "category"])
    observations = observations[observations["date"].le("2025-12-31")].reset_index(drop=True)
    observations["observation_id"] = [f"E-{i:05d}" for i in range(len(observations))]
    observations = observations.reindex(columns=empty.observations.columns).astype(empty.observations.dtypes.to_dict())
    listed = pd.DataFrame(roster, columns=["organisation", "week", "status"]).astype(empty.reporting_weeks.dtypes.to_dict())
    return Tables(observations=observations, reporting_weeks=listed) if has_roster else Tables(observations=observations)


@pytest.fixture(scope="session")
def full(taxonomy: Taxonomy) -> Case:
    """Every source, sixteen areas, example data."""
    sources = tuple(taxonomy.sources["source"])
    lines = taxonomy.area_ids
    rows = joined([reported((*lines, "totalt")), surveyed(taxonomy), surveyed(taxonomy, "trygghetsmatning")])
    return Case(Measures(rows), make_ranking(taxonomy, lines, sources), make_tables(taxonomy), make_profile(is_example=True))


@pytest.fixture(scope="session")
def lean(taxonomy: Taxonomy) -> Case:
    """Reported offences only, five lines, no peers, nothing that stands out, a long name."""
    ranking = make_ranking(taxonomy, SINGLE, ("polisanmalda",), leading=0, disagree=False)
    rows = reported((*SINGLE, "totalt"), n_peers=0, is_last_preliminary=False)
    return Case(Measures(rows), ranking, Tables(), make_profile(name="Lokalpolisområde Östra Skaraborg"))


@pytest.fixture(scope="session")
def pictures(full: Case, lean: Case, taxonomy: Taxonomy) -> tuple[Chart, ...]:
    """Every chart of both kommuner."""
    return (*full.charts(taxonomy), *lean.charts(taxonomy))
