"""Survey answers: each item with its interval, the own kommun against the reference, and women against men."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import pairs, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.lettering import clean
from lagesbild.charts.pairs import Pair, Point
from lagesbild.charts.rows import Row, records
from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy

_SCALES = {"survey_share": pairs.SHARE, "survey_index": pairs.INDEX}
_NATION = ("riket", "hela landet", "sverige")
_BETTER = "Här är en hög siffra bra"
_UNIT = {
    "survey_share": "Andel av dem som svarat, med 95 procents osäkerhetsintervall",
    "survey_index": "Index 0–6, där högre är sämre; inte en andel. Med 95 procents osäkerhetsintervall",
}
WOMEN, MEN = ("kvinnor", "kvinna"), ("män", "man")


def enkat(source: str, measures: Measures, profile: Profile, taxonomy: Taxonomy) -> tuple[Chart, ...]:
    """One survey: its items against the reference, an index on its own scale, and women against men; () if none."""
    rows = measures.rows
    rows = rows[rows["source"].eq(source) & rows["year"].le(profile.year) & rows["value"].notna() & ~rows["is_suppressed"]]
    charts = []
    for measure in _SCALES:
        part = rows[rows["measure"].eq(measure)]
        suffix = "" if measure == "survey_share" else "-index"
        own = _latest(part[part["role"].eq("own") & part["group"].eq("alla")])
        if len(own):
            charts.append(_against_reference(source, measure, suffix, own, part, profile, taxonomy))
        women, men = (
            _latest(part[part["role"].eq("own") & part["group"].str.casefold().isin(names)]).set_index("item")
            for names in (WOMEN, MEN)
        )
        both = [item for item in women.index if item in men.index]
        if both:
            charts.append(_women_and_men(source, measure, suffix, women.loc[both], men.loc[both], profile, taxonomy))
    return tuple(charts)


def _latest(rows: pd.DataFrame) -> pd.DataFrame:
    """Each item's last year, once (an item may speak of more than one area)."""
    return rows.sort_values(["item", "year", "problem_area"], kind="stable").drop_duplicates("item", keep="last")


@theme.styled
def _against_reference(
    source: str, measure: str, suffix: str, own: pd.DataFrame, part: pd.DataFrame, profile: Profile, taxonomy: Taxonomy
) -> Chart:
    reference, who = _reference(part, own)
    points = {row["item"]: _point(row) for row in records(reference)}
    rows = _ordered(own, points, source, taxonomy)
    place, whole = _asked(own, profile)
    own_name = profile.name if place == profile.place else swedish.capital(place.removeprefix("lokalpolisområde "))
    names = (clean(own_name, 30), who)
    scale = _SCALES[measure]
    sheet = pairs.draw(rows, names, scale, is_example=profile.is_example)
    title = _title(rows, own, who, place, scale)
    return Chart(
        name=f"enkat-{source.replace('_', '-')}{suffix}",
        figure=sheet.figure,
        title=title,
        subtitle=f"{_UNIT[measure]}.{_respondents(own)}{whole}",
        alt=_alt(title, rows, names, scale),
        caption=wording.source_line([taxonomy.name_of_source(source)], _period(own), profile),
        table=_table(rows, names),
    )


@theme.styled
def _women_and_men(
    source: str, measure: str, suffix: str, women: pd.DataFrame, men: pd.DataFrame, profile: Profile, taxonomy: Taxonomy
) -> Chart:
    second = {row["item"]: _point(row) for row in records(men.reset_index())}
    rows = _ordered(women.reset_index(), second, source, taxonomy)
    names, scale = ("kvinnor", "män"), _SCALES[measure]
    sheet = pairs.draw(rows, names, scale, is_example=profile.is_example)
    clear = sum(row.side != 0 for row in rows)
    title = (
        f"Kvinnor och män svarar olika i {clear} av {len(rows)} frågor"
        if clear and len(rows) > 1
        else f"{rows[0].label}: kvinnor och män svarar olika"
        if clear
        else "Kvinnors och mäns svar går inte att skilja åt i någon fråga"
    )
    return Chart(
        name=f"enkat-{source.replace('_', '-')}{suffix}-kvinnor-man",
        figure=sheet.figure,
        title=title,
        subtitle=f"{_UNIT[measure]}. {clean(swedish.capital(_asked(women.reset_index(), profile)[0]), 40)}.",
        alt=_alt(title, rows, names, scale),
        caption=wording.source_line([taxonomy.name_of_source(source)], _period(women), profile),
        table=_table(rows, names),
    )


def _reference(part: pd.DataFrame, own: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The rows to compare with, of the own rows' years, and their name: the nation if given, else the first other geography."""
    others = part[part["group"].eq("alla") & part["role"].isin(["reference", "peers"])]
    others = others.merge(own[["item", "year"]], on=["item", "year"], how="inner", validate="many_to_one")
    found = _references(others)
    return (_latest(others[others["geography"].eq(found[0])]), _called(found[0])) if found else (others, "")


def _references(others: pd.DataFrame) -> list[str]:
    """The geographies there are to compare with, the nation first."""
    return sorted(map(str, others["geography"].unique()), key=lambda name: (name.casefold() not in _NATION, name))


def _called(geography: str) -> str:
    if geography.casefold() in _NATION:
        return "riket"
    return "jämförbara kommuner" if geography == "jamforbara" else clean(geography, 30)


def reference_of(source: str, measures: Measures) -> str:
    """What the survey's answers are held against, in words ('riket'); 'jämförelsen' where it gives nothing of the kind."""
    rows = measures.rows
    others = rows[rows["source"].eq(source) & rows["group"].eq("alla") & rows["role"].isin(["reference", "peers"])]
    found = _references(others)
    return _called(found[0]) if found else "jämförelsen"


def _point(row: Row) -> Point:
    return Point(float(row["value"]), float(row["lower"]), float(row["upper"]))


def _ordered(own: pd.DataFrame, second: Mapping[str, Point | None], source: str, taxonomy: Taxonomy) -> list[Pair]:
    """Rows where high is bad first, then those where high is good; each by falling value."""
    items = taxonomy.survey_items[taxonomy.survey_items["survey"].eq(source)]
    short = dict(zip(items["item"], items["short"], strict=True))
    ordered = sorted(records(own), key=lambda row: (not row["is_higher_worse"], -float(row["value"]), row["item"]))
    return [
        Pair(
            clean(str(short.get(row["item"]) or row["item"])),
            _point(row),
            second.get(row["item"]),
            "" if row["is_higher_worse"] else _BETTER,
        )
        for row in ordered
    ]


def _asked(own: pd.DataFrame, profile: Profile) -> tuple[str, str]:
    """Whose answers they are, and what to add where only some questions were asked of a police area that is more than it."""
    areas = own["geography"].map(profile.wider_area)
    wider = sorted(set(areas) - {""})
    if len(wider) == 1 and areas.ne("").all():
        return wider[0], ""
    n_wider = int(areas.ne("").sum())
    return profile.place, f" {n_wider} av {len(own)} frågor gäller hela {wider[0]}." if wider else ""


def _title(rows: list[Pair], own: pd.DataFrame, who: str, place: str, scale: pairs.Scale) -> str:
    compared = [row for row in rows if row.second is not None]
    if not compared:
        return f"{rows[0].label}: {scale.text(rows[0].first.value)}, högst av {len(rows)} frågor i {place}"
    if len(compared) == 1:
        return _one_question(compared[0], who, place, scale)
    worse = [row for row in compared if row.side * (-1 if row.section else 1) > 0]
    if not worse:
        return f"Inget av {len(compared)} svar i {place} är säkerställt sämre än i {who}"

    def distance(row: Pair) -> float:
        assert row.second is not None
        return abs(row.first.value - row.second.value)

    widest = max(worse, key=distance)
    assert widest.second is not None
    figures = f"{scale.text(widest.first.value)} mot {scale.text(widest.second.value)}".replace(" ", swedish.NBSP)
    return (
        f"I {len(worse)} av {len(compared)} frågor är svaren sämre i {place} än i {who}, "
        f"mest om {wording.within(widest.label)}: {figures}"
    )


def _one_question(row: Pair, who: str, place: str, scale: pairs.Scale) -> str:
    assert row.second is not None
    figures = f"{scale.text(row.first.value)} i {place} mot {scale.text(row.second.value)} i {who}"
    return f"{row.label}: {figures}{'' if row.side else ', går inte att skilja åt'}"


def _alt(title: str, rows: list[Pair], names: tuple[str, str], scale: pairs.Scale) -> str:
    """The finding, then every answer with its interval; those that differ first, then those that cannot be told apart."""

    def told(row: Pair) -> str:
        good = " (hög siffra är bra)" if row.section else ""
        against = "" if row.second is None else f" mot {scale.text(row.second.value)}"
        return f"{row.label}{good} {pairs.value_text(row.first, scale)}{against}"

    def listed(head: str, chosen: list[Pair]) -> str:
        return f" {head}: {'; '.join(map(told, chosen))}." if chosen else ""

    compared = [row for row in rows if row.second is not None]
    who = f"{swedish.capital(names[0])}, med 95 procents osäkerhetsintervall{f', mot {names[1]}' if compared else ''}."
    return f"{title}. {who}" + (
        listed("Går att skilja åt", [row for row in compared if row.side])
        + listed("Går inte att skilja åt", [row for row in compared if not row.side])
        + listed("Utan jämförelse" if compared else "Svar", [row for row in rows if row.second is None])
    )


def _respondents(own: pd.DataFrame) -> str:
    bases = own["n_effective"].where(own["n_effective"].notna(), own["denominator"]).dropna()
    if bases.empty:
        return ""
    low, high = int(bases.min()), int(bases.max())
    number = swedish.number(low) if low == high else swedish.interval(low, high)
    return f" Underlaget motsvarar {number} svarande i ett rent slumpurval."


def _period(own: pd.DataFrame) -> str:
    return swedish.years(int(own["year"].min()), int(own["year"].max()))


def _table(rows: list[Pair], names: tuple[str, str]) -> pd.DataFrame:
    table: dict[str, list[object]] = {"Fråga": [row.label for row in rows]}
    for name, points in ((names[0], [row.first for row in rows]), (names[1], [row.second for row in rows])):
        if any(point is not None for point in points):
            table[swedish.capital(name)] = [None if point is None else point.value for point in points]
            table[f"{swedish.capital(name)}, nedre gräns"] = [None if point is None else point.lower for point in points]
            table[f"{swedish.capital(name)}, övre gräns"] = [None if point is None else point.upper for point in points]
    words = {1: "större", -1: "mindre", 0: "går inte att skilja åt"}
    table["Skillnad"] = [words[row.side] if row.second is not None else "jämförelse saknas" for row in rows]
    frame = pd.DataFrame(table)
    numeric = [column for column in frame.columns if column not in ("Fråga", "Skillnad")]
    return frame.astype(dict.fromkeys(numeric, "float64"))
