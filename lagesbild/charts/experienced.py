"""Reported against experienced: what residents or observers meet beside what is reported, area by area."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import plane, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.finding import Estimate, Finding
from lagesbild.charts.plane import REPORTED, Experience, Point
from lagesbild.charts.reported import SOURCE
from lagesbild.charts.rows import records
from lagesbild.charts.survey import reference_of
from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.ranking.result import Ranking
from lagesbild.taxonomy import Taxonomy

#: Fewer points say nothing of how the two go together.
_LEAST = 3


def anmalt_upplevt(measures: Measures, ranking: Ranking, profile: Profile, taxonomy: Taxonomy) -> Chart | None:
    """Every ranked area that is both reported and experienced as a point; None where fewer than three can be placed.

    Reported: ratio to the comparable kommuner. Experienced: the survey's ratio to its reference where three areas have one,
    else the survey's share, else EST's; whichever source places most areas.
    """
    table = ranking.table.sort_values("rank", kind="stable")
    ranked = {str(area): int(rank) for area, rank in zip(table["problem_area"], table["rank"], strict=True)}
    reported = {area: found for area in ranked if (found := _reported(area, ranking)) is not None}
    chosen = _experience(reported, ranking, measures, taxonomy)
    if chosen is None:
        return None
    experience, said = chosen
    points = [
        Point(area, taxonomy.short(area), ranked[area], reported[area], said[area])
        for area in ranked
        if area in reported and area in said
    ]
    missing = {
        "anmälningar saknas eller är för få": [area for area in ranked if area in said and area not in reported],
        f"{_asked(experience, taxonomy)} säger inget": [area for area in ranked if area in reported and area not in said],
        "båda saknas": [area for area in ranked if area not in reported and area not in said],
    }
    names = {reason: [taxonomy.short(area) for area in areas] for reason, areas in missing.items() if areas}
    return _chart(points, names, experience, profile, taxonomy)


@theme.styled
def _chart(
    points: list[Point], missing: dict[str, list[str]], experience: Experience, profile: Profile, taxonomy: Taxonomy
) -> Chart:
    title = _title(points, experience, taxonomy)
    told = f"kvot mot {experience.others}" if experience.is_comparison else experience.axis
    years = sorted({part for point in points for side in (point.x, point.y) for part in side.period.split("-")})
    sources = [taxonomy.name_of_source(SOURCE), taxonomy.name_of_source(experience.source)]
    caption = wording.source_line(sources, swedish.years(int(years[0]), int(years[-1])), profile)
    return Chart(
        name="anmalt-upplevt",
        figure=plane.draw(points, experience, is_example=profile.is_example).figure,
        title=title,
        subtitle=f"Vågrätt: anmälda brott per invånare, kvot mot jämförbara kommuner. Lodrätt: {told} enligt "
        f"{_asked(experience, taxonomy)}. Streck är 95 procents osäkerhetsintervall. Fylld punkt: båda går att skilja från "
        f"{'jämförelsen' if experience.is_comparison else 'det mittersta området'}.",
        alt=_alt(title, points, experience),
        caption=f"{caption} {_left_out(missing)}".strip(),
        table=_table(points, experience),
    )


def _asked(experience: Experience, taxonomy: Taxonomy) -> str:
    return wording.within(wording.source_label(taxonomy.name_of_source(experience.source)))


def _left_out(missing: dict[str, list[str]]) -> str:
    """Which areas cannot be placed, and why; '' where all are."""
    parts = [f"{swedish.listing([wording.within(name) for name in names])} ({reason})" for reason, names in missing.items()]
    return f"Kan inte placeras: {'; '.join(parts)}." if parts else ""


def _reported(area: str, ranking: Ranking) -> Estimate | None:
    """The area's comparison in reported offences; None below 20 reports, too few for a ratio."""
    found = Finding.of(area, SOURCE, ranking).comparison
    rows = ranking.signals
    own = rows[rows["problem_area"].eq(area) & rows["source"].eq(SOURCE) & rows["criterion"].eq("jamforelse")]
    return None if found is None or not own["numerator"].ge(wording.FEW).all() else found


def _experience(
    reported: dict[str, Estimate], ranking: Ranking, measures: Measures, taxonomy: Taxonomy
) -> tuple[Experience, dict[str, Estimate]] | None:
    """What to hold the reports against, and its figure of every area: the first kind that places three, its fullest source."""
    rows = ranking.signals[ranking.signals["estimate"].notna() & ranking.signals["lower"].notna()]
    surveys = [str(s) for s in taxonomy.sources["source"] if taxonomy.kind_of_source(str(s)) == "survey"]
    kinds = (("jamforelse", ("ratio",), surveys), ("omfattning", ("share",), surveys))
    for criterion, units, sources in (*kinds, ("omfattning", ("share", "per_unit_week"), ["est"])):
        given = rows[rows["criterion"].eq(criterion) & rows["unit"].isin(units) & rows["source"].isin(sources)]
        placed = given[given["problem_area"].isin(list(reported))]
        if placed.empty or (counts := placed["source"].value_counts()).max() < _LEAST:
            continue
        source = next(source for source in sources if counts.get(source, 0) == counts.max())
        own = given[given["source"].eq(source)]
        middle = 1.0 if criterion == "jamforelse" else float(placed[placed["source"].eq(source)]["estimate"].median())
        said = {
            str(row["problem_area"]): Estimate(row["estimate"], row["lower"], row["upper"], middle, str(row["period"]))
            for row in records(own)
        }
        return _worded(source, str(own["unit"].iloc[0]), measures), said
    return None


def _worded(source: str, unit: str, measures: Measures) -> Experience:
    if unit == "ratio":
        others = reference_of(source, measures)
        return Experience(source, unit, others, "upplevs mer", "upplevs mindre", f"gånger så ofta som i {others}")
    if source != "est":
        return Experience(source, unit, "", "upplevs av fler", "upplevs av färre", "andel av dem som svarat")
    axis = "andel av observationerna" if unit == "share" else "gånger per organisation och vecka"
    return Experience(source, unit, "", "observeras oftare", "observeras mer sällan", axis)


def _title(points: Sequence[Point], experience: Experience, taxonomy: Taxonomy) -> str:
    """Which areas are settled as more than elsewhere in both; else where the two go apart; else that none is."""
    if not experience.is_comparison:
        return _title_of_levels(points, experience, taxonomy)
    than = f"än i jämförbara kommuner och upplevs mer än i {experience.others}"
    both = [taxonomy.name(p.area) for p in points if p.x.side > 0 and p.y.side > 0]
    if both:
        return f"{swedish.capital(wording.several(both))} anmäls mer {than}"
    hidden = [taxonomy.name(p.area) for p in points if p.x.side < 0 < p.y.side]
    if hidden:
        return f"{swedish.capital(wording.several(hidden))} anmäls mindre {than}".replace(" och upplevs", " men upplevs")
    return f"Inget av {len(points)} områden är säkerställt högre både i anmälningar och i vad invånarna upplever"


def _title_of_levels(points: Sequence[Point], experience: Experience, taxonomy: Taxonomy) -> str:
    most = max(points, key=lambda point: (point.y.value, -point.rank))
    name = wording.plain(taxonomy.name(most.area))
    verb = "observeras oftast" if experience.source == "est" else f"upplevs av flest ({swedish.percent(most.y.value)})"
    others = "jämförbara kommuner"
    against = {1: f"anmäls mer än i {others}", 0: f"anmälningarna går inte att skilja från {others}"}
    if most.x.side == 0:
        return f"{name} {verb}; {against[0]}"
    return f"{name} {verb} och anmäls {'mer' if most.x.side > 0 else 'mindre'} än i {others}"


def _quarter(point: Point, experience: Experience) -> str:
    if not point.is_settled:
        return "inte säkerställt"
    reported = "anmäls mer" if point.x.side > 0 else "anmäls mindre"
    return f"{reported}, {experience.more if point.y.side > 0 else experience.less}"


def _level(value: float, experience: Experience) -> str:
    return swedish.percent(value) if experience.unit == "share" else swedish.significant(value)


def _limits(estimate: Estimate, unit: str = "ratio") -> str:
    if unit == "share":
        return swedish.interval(100 * estimate.lower, 100 * estimate.upper)
    return f"{swedish.significant(estimate.lower)}–{swedish.significant(estimate.upper)}"


def _alt(title: str, points: Sequence[Point], experience: Experience) -> str:
    def told(point: Point) -> str:
        reported = f"{swedish.significant(point.x.value)} ({_limits(point.x)})"
        other = f"{_level(point.y.value, experience)} ({_limits(point.y, experience.unit)})"
        return f"{point.name} {reported} och {other}{f', {_quarter(point, experience)}' if point.is_settled else ''}"

    second = f"{experience.verb}, {experience.axis}"
    return (
        f"{title}. Två tal per område, med 95 procents osäkerhetsintervall: {wording.within(REPORTED)} och "
        f"{wording.within(second)}. {'; '.join(told(point) for point in points)}."
    )


def _table(points: Sequence[Point], experience: Experience) -> pd.DataFrame:
    upright = swedish.capital(experience.axis)
    rows = [
        {
            "Problemområde": point.name,
            REPORTED: point.x.value,
            "Anmäls, nedre gräns": point.x.lower,
            "Anmäls, övre gräns": point.x.upper,
            upright: point.y.value,
            f"{upright}, nedre gräns": point.y.lower,
            f"{upright}, övre gräns": point.y.upper,
            "Läge": _quarter(point, experience),
        }
        for point in points
    ]
    return pd.DataFrame(rows)
