"""What must hold between the taxonomy's tables; told to the developer who edits them."""

from __future__ import annotations

import pandas as pd

from lagesbild.taxonomy import names
from lagesbild.taxonomy.names import split
from lagesbild.taxonomy.taxonomy import CRITERIA, SOURCE_KINDS, Taxonomy

COLUMNS: dict[str, tuple[str, ...]] = {
    "areas": (
        "problem_area", "name", "short", "kind", "definition", "covers", "visibility",
        "is_police_initiated", "is_sensitive", "order",
    ),
    "offence_codes": ("brottskod", "label", "problem_area", "tags", "valid_from", "valid_to", "note"),
    "offence_groups": ("label", "era", "problem_area", "inside", "subtract", "part", "note"),
    "est_categories": ("category", "problem_area", "kind", "synonyms"),
    "dialogue_themes": ("theme", "problem_area", "synonyms"),
    "survey_items": (
        "survey", "item", "problem_area", "scale", "higher_is", "dimension", "is_signal", "short", "synonyms",
    ),
    "sources": ("source", "name", "kind", "strengths", "weaknesses", "reported_by", "aliases"),
    "bias_classes": ("bias_class", "omfattning", "jamforelse", "utveckling"),
    "bias": ("problem_area", "kind", "bias_class", "reason"),
    "breaks": ("year", "key_or_area", "stops_trend", "whole_in", "text"),
    "kommuner": ("kommunkod", "name"),
    "known_population": ("kommunkod", "year", "population"),
    "constants": ("name", "value", "origin"),
    "severity": ("problem_area", "harm", "unit", "quality", "basis", "source"),
    "kommun_groups": ("kommunkod", "skr_group", "skr_name"),
    "kommun_land": ("kommunkod", "km2"),
    "criteria": ("criterion", "title", "kind", "ranked_by", "question", "synonyms"),
    "pledge_indicators": ("kind", "target", "words"),
}  # fmt: skip
UNIQUE = {
    "areas": ["problem_area"], "offence_codes": ["brottskod"], "offence_groups": ["label", "era"],
    "est_categories": ["category"], "dialogue_themes": ["theme"], "survey_items": ["survey", "item"], "sources": ["source"],
    "bias_classes": ["bias_class"], "bias": ["problem_area", "kind"], "breaks": ["year", "key_or_area"],
    "kommuner": ["kommunkod"], "known_population": ["kommunkod", "year"],
    "constants": ["name"], "severity": ["problem_area"], "kommun_groups": ["kommunkod"], "kommun_land": ["kommunkod"],
    "criteria": ["criterion"], "pledge_indicators": ["kind", "target"],
}  # fmt: skip
ALLOWED = {
    ("areas", "kind"): {"area", "combined", "total"},
    ("areas", "visibility"): {"ute", "hem", "digitalt", "blandat"},
    ("offence_groups", "era"): {"manad", "ar", "lagesbild"},
    ("est_categories", "kind"): {"problem", "zero_report", "arrangement", "other"},
    ("survey_items", "scale"): {"percent", "index_0_6"},
    ("survey_items", "higher_is"): {"worse", "better"},
    ("survey_items", "dimension"): {"problem", "utsatthet", "oro", "otrygghet", "konsekvens"},
    ("sources", "kind"): set(SOURCE_KINDS),
    ("bias", "kind"): set(SOURCE_KINDS),
    ("severity", "quality"): {"god", "viss", "svag"},
    ("criteria", "kind"): {"beraknad", "bedomd"},
    ("pledge_indicators", "kind"): {"source", "hint", "area", "part"},
    ("criteria", "ranked_by"): {"", *CRITERIA},
}
FILLED = {
    "areas": ("name", "short", "definition"), "offence_codes": ("label",), "bias": ("reason",),
    "sources": ("name", "strengths", "weaknesses", "reported_by"), "survey_items": ("short",), "breaks": ("text",),
    "kommuner": ("name",), "constants": ("origin",), "severity": ("basis", "source"), "kommun_groups": ("skr_name",),
    "criteria": ("title", "question"), "pledge_indicators": ("words",),
}  # fmt: skip
SHORT_MAX = 24


class TaxonomyError(ValueError):
    """The taxonomy's CSV files contradict each other or themselves; every finding, one a line. A developer's error."""


def columns(table: str, frame: pd.DataFrame) -> None:
    """Nothing, where the table has its columns in order. Raises TaxonomyError otherwise."""
    if tuple(frame.columns) != COLUMNS[table]:
        raise TaxonomyError(f"{table}.csv: columns {list(frame.columns)}, expected {list(COLUMNS[table])}")


def values(table: str, frame: pd.DataFrame, column: str, allowed: set[str]) -> None:
    """Nothing, where the column holds allowed values only. Raises TaxonomyError otherwise."""
    wrong = sorted(set(frame[column]) - allowed)
    if wrong:
        raise TaxonomyError(f"{table}.csv: {column} holds {wrong}, allowed {sorted(allowed)}")


def check(taxonomy: Taxonomy) -> None:
    """Nothing, where everything holds. Raises TaxonomyError with every finding."""
    found = [*_tables(taxonomy), *_references(taxonomy), *_areas(taxonomy), *_codes(taxonomy), *_groups(taxonomy)]
    found += [*_synonyms(taxonomy), *_bias(taxonomy), *_severity(taxonomy)]
    if found:
        raise TaxonomyError("\n".join(found))


def _tables(taxonomy: Taxonomy) -> list[str]:
    found = []
    for table, key in UNIQUE.items():
        frame: pd.DataFrame = getattr(taxonomy, table)
        twice = frame.loc[frame.duplicated(key), key]
        found += [f"{table}.csv: {'/'.join(map(str, row))} occurs twice" for row in twice.itertuples(index=False)]
        for column in map(str, frame.select_dtypes("str").columns):
            if not frame[column].eq(frame[column].str.strip()).all():
                found.append(f"{table}.csv: {column} has blanks round a value")
        found += [f"{table}.csv: {column} is empty in a row" for column in FILLED.get(table, ()) if frame[column].eq("").any()]
    for (table, column), allowed in ALLOWED.items():
        found += [f"{table}.csv: {column} {value!r}" for value in sorted(set(getattr(taxonomy, table)[column]) - allowed)]
    return found


def _references(taxonomy: Taxonomy) -> list[str]:
    lines, areas = set(taxonomy.line_ids), set(taxonomy.area_ids)
    groups = taxonomy.offence_groups
    known = {
        "offence_codes.csv": (set(taxonomy.offence_codes["problem_area"]) - {""}, areas),
        "offence_groups.csv": (set(groups["problem_area"]) - {""}, lines),
        "est_categories.csv": (set(taxonomy.est_categories["problem_area"]) - {""}, areas),
        "dialogue_themes.csv": (set(taxonomy.dialogue_themes["problem_area"]) - {""}, areas),
        "survey_items.csv": (set(taxonomy.survey_items["problem_area"]) - {""}, areas | {"totalt"}),
        "survey_items.csv (survey)": (set(taxonomy.survey_items["survey"]), set(taxonomy.sources["source"])),
        "bias.csv": (set(taxonomy.bias["problem_area"]), lines - {"totalt"}),
        "bias.csv (bias_class)": (set(taxonomy.bias["bias_class"]), set(taxonomy.bias_classes["bias_class"])),
        "pledge_indicators.csv": (
            set(taxonomy.pledge_indicators["target"]),
            lines | {"enkat"} | set(taxonomy.sources["source"]),
        ),
        "breaks.csv": (set(taxonomy.breaks["key_or_area"]), lines | set(taxonomy.sources["source"])),
        "areas.csv (covers)": ({part for text in taxonomy.areas["covers"] for part in split(text)}, areas),
    }
    return [f"{where}: {value!r} is not known" for where, (used, options) in known.items() for value in sorted(used - options)]


def _areas(taxonomy: Taxonomy) -> list[str]:
    areas = taxonomy.areas
    found = _breaks(taxonomy)
    found += [f"areas.csv: short {text!r} is longer than {SHORT_MAX}" for text in areas["short"] if len(text) > SHORT_MAX]
    if areas["short"].duplicated().any() or areas["order"].duplicated().any() or not areas["order"].is_monotonic_increasing:
        found.append("areas.csv: short and order must be unique and rows stand in order")
    if areas["kind"].eq("total").sum() != 1:
        found.append("areas.csv: exactly one row of kind total")
    combined = areas["kind"].eq("combined")
    if not areas["covers"].ne("").eq(combined).all():
        found.append("areas.csv: combined lines, and they only, have covers")
    return found


def _breaks(taxonomy: Taxonomy) -> list[str]:
    """A change may stay inside a combined line only where the line covers the area that changed."""
    return [
        f"breaks.csv: {line!r} does not cover {row['key_or_area']!r}"
        for row in taxonomy.breaks.to_dict("records")
        for line in split(row["whole_in"])
        if not (line in taxonomy.line_ids and taxonomy.is_combined(line) and row["key_or_area"] in taxonomy.covers(line))
    ]


def _codes(taxonomy: Taxonomy) -> list[str]:
    codes = taxonomy.offence_codes
    found = [
        f"offence_codes.csv: {code!r} is not four digits"
        for code in codes["brottskod"]
        if not (len(code) == 4 and code.isdigit())
    ]
    for column in ("valid_from", "valid_to"):
        found += [
            f"offence_codes.csv: {column} {year!r} is no year"
            for year in codes[column]
            if year and not (len(year) == 4 and year.isdigit())
        ]
    unexplained = codes["problem_area"].eq("") & codes["note"].eq("")
    found += [f"offence_codes.csv: {code} has neither area nor note" for code in codes.loc[unexplained, "brottskod"]]
    kommuner = taxonomy.kommuner
    found += [
        f"kommuner.csv: {code!r} is not four digits"
        for code in kommuner["kommunkod"]
        if not (len(code) == 4 and code.isdigit())
    ]
    grouped = taxonomy.kommun_groups
    for table, listed in (("kommun_groups", grouped), ("kommun_land", taxonomy.kommun_land)):
        odd = set(listed["kommunkod"].tolist()) ^ set(kommuner["kommunkod"].tolist())
        found += [f"{table}.csv and kommuner.csv: {code!r} is in one of them only" for code in sorted(odd)]
    several = grouped.drop_duplicates(["skr_group", "skr_name"])["skr_group"]
    found += [f"kommun_groups.csv: {group!r} has two names" for group in several[several.duplicated()]]
    return found


def _groups(taxonomy: Taxonomy) -> list[str]:
    found = []
    for era, groups in taxonomy.offence_groups.groupby("era", observed=True):
        labels = set(groups["label"])
        for row in groups.to_dict("records"):
            parts = {*split(row["inside"]), *split(row["subtract"])}
            found += [
                f"offence_groups.csv ({era}): {row['label']!r} names unknown label {part!r}" for part in sorted(parts - labels)
            ]
            if not row["problem_area"] and not row["note"]:
                found.append(f"offence_groups.csv ({era}): {row['label']!r} has neither line nor note")
            inner = groups[groups["label"].isin(split(row["subtract"]))]
            outside = [its["label"] for its in inner.to_dict("records") if row["label"] not in split(its["inside"])]
            found += [
                f"offence_groups.csv ({era}): {row['label']!r} subtracts {label!r}, which is not inside it" for label in outside
            ]
    return found


def _synonyms(taxonomy: Taxonomy) -> list[str]:
    found = []
    tables = {
        "est_categories": (taxonomy.est_categories, "category"),
        "sources": (taxonomy.sources.assign(synonyms=taxonomy.sources["aliases"]), "source"),
        "dialogue_themes": (taxonomy.dialogue_themes, "theme"),
        "criteria": (taxonomy.criteria, "criterion"),
        **{
            f"survey_items ({survey})": (items, "item")
            for survey, items in taxonomy.survey_items.groupby("survey", observed=True)
        },
    }
    for table, (frame, key) in tables.items():
        owner: dict[str, str] = {}
        for row in frame.to_dict("records"):
            for text in (row[key], *split(row["synonyms"])):
                other = owner.setdefault(names.fold(text), row[key])
                if other != row[key]:
                    found.append(f"{table}: {text!r} stands for both {other!r} and {row[key]!r}")
    return found


def _bias(taxonomy: Taxonomy) -> list[str]:
    """Every line that a map sends rows to must have a bias class in sources of that kind, or the signal has no variance."""
    declared = set(zip(taxonomy.bias["problem_area"], taxonomy.bias["kind"], strict=True))
    signals = taxonomy.survey_items[taxonomy.survey_items["is_signal"]]
    kinds = taxonomy.sources.set_index("source")["kind"]
    needed = {
        *((line, "reported") for line in {*taxonomy.offence_codes["problem_area"], *taxonomy.offence_groups["problem_area"]}),
        *((line, "est") for line in taxonomy.est_categories["problem_area"]),
        *((line, "dialogue") for line in taxonomy.dialogue_themes["problem_area"]),
        *((line, str(kinds[survey])) for line, survey in zip(signals["problem_area"], signals["survey"], strict=True)),
    }
    missing = sorted(pair for pair in needed - declared if pair[0] not in ("", "totalt"))
    return [f"bias.csv: no row for {line} in sources of kind {kind}" for line, kind in missing]


def _severity(taxonomy: Taxonomy) -> list[str]:
    """Every line but the total has a row; harm is above 0, or empty together with its unit."""
    severity = taxonomy.severity
    lines, given = set(taxonomy.line_ids) - {"totalt"}, set(severity["problem_area"])
    found = [f"severity.csv: no row for {line}" for line in sorted(lines - given)]
    found += [f"severity.csv: {line!r} is not known" for line in sorted(given - lines)]
    wrong = severity["harm"].le(0) | severity["harm"].isna().ne(severity["unit"].eq(""))
    return found + [
        f"severity.csv: harm of {line} must be above 0, with its unit" for line in severity.loc[wrong, "problem_area"]
    ]
