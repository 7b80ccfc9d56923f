"""Reported offences as yearly counts per line of the taxonomy: one key set per line, nothing counted twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures.annual import WHERE, Annual, annual, era
from lagesbild.measures.unmapped import unmapped
from lagesbild.taxonomy import Taxonomy

#: A line whose last year lies further back says nothing of today.
MOST_YEARS_OLD = 2
#: Key sets in the order they are preferred where they reach equally far: finer before coarser. An
#: indicator is of one area; a yearly or monthly group mostly of several.
PREFERENCE = ("kod", "lagesbild", "ar", "manad")
SET_NAMES = {
    "kod": "brottskoderna",
    "ar": "Brås årsgrupper",
    "manad": "Brås månadsgrupper",
    "lagesbild": "Brås indikatorer för lägesbilder",
}
_TYPES = {"kommunkod": "str", "line": "str", "key_set": "str", "year": "int64", "count": "int64", "status": "str"}
COLUMNS = list(_TYPES)


@dataclass(frozen=True)
class LineCounts:
    """rows: kommunkod, line, year, count (int64), status; one row per kommun, line and whole year, sorted.

    parts: line -> what part of the area its figures count ('vapenbrott'), for lines whose labels do not count it whole.
    key_sets: line -> the key set it is made from.
    """

    rows: pd.DataFrame
    doubts: tuple[Doubt, ...]
    parts: dict[str, str]
    key_sets: dict[str, str]


def line_counts(offences: pd.DataFrame, own: tuple[str, ...], last_year: int, taxonomy: Taxonomy) -> LineCounts:
    """Counts per kommun, line and year from ``reported_offences``.

    Every line is made from one key set (codes, yearly groups, monthly groups or indicators): the one that reaches furthest for
    the own kommun, then the finest, then the one with most years. A line of whose areas another key set counts half or
    more is left out, so is one that ends more than two years before ``last_year``. What is set aside is a doubt.
    """
    years = annual(offences, own, last_year)
    rows = years.rows.assign(era=era(years.rows, taxonomy))
    codes, code_doubts = from_codes(rows, years, own, taxonomy)
    parts, doubts = [codes], [*years.doubts, *code_doubts]
    for name in PREFERENCE[1:]:
        groups, group_doubts = from_groups(rows[rows["era"].eq(name)], name, own, taxonomy)
        parts.append(groups)
        doubts += group_doubts
    candidates = pd.concat(parts)
    chosen, choice_doubts = _choose(candidates, own, last_year, taxonomy)
    doubts += [*choice_doubts, *unmapped(rows, own, taxonomy)]
    kept = candidates.merge(chosen, on=["line", "key_set"], how="inner", validate="many_to_one")
    kept = kept.sort_values(["line", "kommunkod", "year"], kind="stable").reset_index(drop=True)
    key_sets = dict(zip(chosen["line"], chosen["key_set"], strict=True))
    parts_of = _parts(rows, key_sets, taxonomy)
    return LineCounts(kept[["kommunkod", "line", "year", "count", "status"]], tuple(doubts), parts_of, key_sets)


def _parts(rows: pd.DataFrame, chosen: dict[str, str], taxonomy: Taxonomy) -> dict[str, str]:
    """Chosen line -> the part of the area that its labels count; lines counted whole, or by code, are left out."""
    found = {}
    for name in PREFERENCE[1:]:
        terms = taxonomy.group_terms(rows.loc[rows["era"].eq(name), "offence"].unique(), name)
        for line in (line for line in terms if chosen.get(line) == name):
            if part := taxonomy.part_of_area([label for label, sign in terms[line] if sign > 0], name):
                found[line] = part
    return found


def from_codes(rows: pd.DataFrame, years: Annual, own: tuple[str, ...], taxonomy: Taxonomy) -> tuple[pd.DataFrame, list[Doubt]]:
    """Codes summed to their areas.

    An extract by code leaves out the codes nobody reported. A kommun-year that has any code at all therefore has 0 for every
    area of which some code stands anywhere in the delivery (own or peer, any year); an area none of whose codes was delivered
    was not asked for, and gets nothing. A figure that the source withholds takes its whole area and year away.
    """
    codes = rows[rows["key_type"].eq("code")]
    mapped = codes.assign(line=_areas(codes["offence"], taxonomy))
    mapped = mapped[mapped["line"].ne("")]
    if mapped.empty:
        return _no_counts(), []
    where = (
        codes.assign(is_preliminary=codes["status"].eq("preliminary"))
        .groupby(["kommunkod", "year"], observed=True)["is_preliminary"]
        .any()
        .reset_index()
    )
    grid = where.merge(pd.DataFrame({"line": sorted(mapped["line"].unique())}), how="cross")
    sums = mapped.groupby(["kommunkod", "year", "line"], observed=True)["count"].sum().reset_index()
    table = grid.merge(sums, on=["kommunkod", "year", "line"], how="left", validate="one_to_one")
    table = table.assign(
        count=table["count"].fillna(0).astype("int64"),
        status=table["is_preliminary"].map({True: "preliminary", False: "final"}).astype("str"),
        key_set="kod",
    )
    withheld = years.hidden[years.hidden["key_type"].eq("code")]
    withheld = withheld.assign(line=_areas(withheld["offence"], taxonomy))[["kommunkod", "year", "line"]].drop_duplicates()
    marked = table.merge(withheld, on=["kommunkod", "year", "line"], how="left", indicator=True, validate="one_to_one")
    is_whole = marked["_merge"].eq("left_only").to_numpy()
    lost = marked[~is_whole & marked["kommunkod"].isin(own).to_numpy()]
    doubts = [_withheld(line, part, taxonomy) for line, part in lost.groupby("line", observed=True)]
    return table.loc[is_whole, COLUMNS], doubts


def _areas(codes: pd.Series, taxonomy: Taxonomy) -> pd.Series:
    lines = {code: taxonomy.area_of_code(code) or "" for code in codes.unique()}
    return codes.map(lines).astype("str")


def _withheld(line: object, part: pd.DataFrame, taxonomy: Taxonomy) -> Doubt:
    years = swedish.listing([str(year) for year in sorted(part["year"].unique())])
    return Doubt(
        "delar_saknas",
        f"{WHERE}, {taxonomy.name(str(line))}",
        f"Antalet för minst en brottskod visas inte i källan för {years}.",
        "Summan blir ofullständig, därför används inte området de åren.",
        n_rows=len(part),
    )


def from_groups(rows: pd.DataFrame, name: str, own: tuple[str, ...], taxonomy: Taxonomy) -> tuple[pd.DataFrame, list[Doubt]]:
    """Labels of one era added and subtracted to lines; a kommun-year that lacks one of the labels has no such line."""
    if rows.empty:
        return _no_counts(), []
    parts, doubts = [], _without_difference(rows, name, taxonomy)
    for line, terms in taxonomy.group_terms(rows["offence"].unique(), name).items():
        signs = dict(terms)
        used = rows[rows["offence"].isin(signs)]
        used = used.assign(signed=used["count"] * used["offence"].map(signs), is_preliminary=used["status"].eq("preliminary"))
        sums = (
            used.groupby(["kommunkod", "year"], observed=True)
            .agg(count=("signed", "sum"), n_labels=("offence", "nunique"), is_preliminary=("is_preliminary", "any"))
            .reset_index()
        )
        is_whole = sums["n_labels"].eq(len(signs))
        is_possible = sums["count"].ge(0)
        doubts += _left_out(sums[~is_whole & sums["kommunkod"].isin(own)], "delar_saknas", line, terms, taxonomy)
        doubts += _left_out(
            sums[is_whole & ~is_possible & sums["kommunkod"].isin(own)], "negativ_skillnad", line, terms, taxonomy
        )
        good = sums[is_whole & is_possible]
        status = good["is_preliminary"].map({True: "preliminary", False: "final"}).astype("str")
        parts.append(good.assign(line=line, key_set=name, status=status)[COLUMNS])
    return (pd.concat(parts).astype(_TYPES) if parts else _no_counts()), doubts


def _no_counts() -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series([], dtype=dtype) for column, dtype in _TYPES.items()})


def _without_difference(rows: pd.DataFrame, name: str, taxonomy: Taxonomy) -> list[Doubt]:
    """Labels that cannot be used because what lies inside them, and must be taken away, was never delivered."""
    present = set(rows["offence"].unique())
    groups = taxonomy.offence_groups
    doubts = []
    for row in groups[groups["era"].eq(name) & groups["label"].isin(present) & groups["subtract"].ne("")].to_dict("records"):
        absent = [label.strip() for label in str(row["subtract"]).split(";") if label.strip() not in present]
        if absent:
            doubts.append(
                Doubt(
                    "delar_saknas",
                    f"{WHERE}, {row['label']}",
                    f"{swedish.listing(absent)} ligger i gruppen och ska dras ifrån, men finns inte i underlaget.",
                    "Gruppen används inte, för annars räknas samma brott två gånger.",
                    n_rows=int(rows["offence"].eq(row["label"]).sum()),
                )
            )
    return doubts


def _left_out(sums: pd.DataFrame, kind: str, line: str, terms: Iterable[tuple[str, int]], taxonomy: Taxonomy) -> list[Doubt]:
    if sums.empty:
        return []
    years = swedish.listing([str(year) for year in sorted(sums["year"].unique())])
    labels = swedish.listing([label for label, _ in terms])
    what = {
        "delar_saknas": f"Raden bygger på {labels}. Någon av uppgifterna saknas för {years}.",
        "negativ_skillnad": f"Raden bygger på {labels}. Det som ska dras ifrån är större än gruppen för {years}.",
    }[kind]
    return [Doubt(kind, f"{WHERE}, {taxonomy.name(line)}", what, "De åren används inte.", n_rows=len(sums))]


def _choose(
    candidates: pd.DataFrame, own: tuple[str, ...], last_year: int, taxonomy: Taxonomy
) -> tuple[pd.DataFrame, list[Doubt]]:
    """The key set of every line (columns line, key_set) and what was set aside."""
    ours = candidates[candidates["kommunkod"].isin(own)]
    reach = ours.groupby(["line", "key_set"], observed=True)["year"].agg(["max", "nunique"]).reset_index()
    reach = reach.assign(
        preference=reach["key_set"].map({name: -index for index, name in enumerate(PREFERENCE)}).astype("int64")
    )
    best = ["line", "max", "preference", "nunique"]
    reach = reach.sort_values(best, ascending=[True, False, False, False], kind="stable")
    doubts: list[Doubt] = []
    chosen: list[tuple[str, str]] = []
    for line, options in reach.groupby("line", observed=True, sort=False):
        first, *others = [str(name) for name in options["key_set"]]
        last = int(options["max"].iloc[0])
        if last < last_year - MOST_YEARS_OLD:
            doubts.append(_too_old(str(line), last, len(options), taxonomy))
            continue
        chosen.append((str(line), first))
        doubts += [_set_aside(str(line), first, other, taxonomy) for other in others]
    kept = _not_repeated(chosen, taxonomy)
    doubts += [_repeated(line, taxonomy) for line, key_set in chosen if (line, key_set) not in kept]
    return pd.DataFrame(kept, columns=["line", "key_set"], dtype="str"), doubts


def _not_repeated(chosen: list[tuple[str, str]], taxonomy: Taxonomy) -> list[tuple[str, str]]:
    """The lines of whose areas the key sets before count less than half; the total always stays."""
    kept: list[tuple[str, str]] = []
    counted: set[str] = set()
    for name in PREFERENCE:
        lines = [line for line, key_set in chosen if key_set == name]
        new = [line for line in lines if _is_mostly_new(set(taxonomy.covers(line)), counted)]
        kept += [(line, name) for line in new]
        counted |= {area for line in new for area in taxonomy.covers(line)}
    return sorted(kept)


def _is_mostly_new(covered: set[str], counted: set[str]) -> bool:
    return not covered or 2 * len(covered & counted) < len(covered)


def _too_old(line: str, last: int, n: int, taxonomy: Taxonomy) -> Doubt:
    return Doubt(
        "for_gammalt",
        f"{WHERE}, {taxonomy.name(line)}",
        f"Den senaste uppgiften är från {last}.",
        "Raden används inte, för den säger för lite om läget i dag.",
        n_rows=n,
    )


def _set_aside(line: str, used: str, other: str, taxonomy: Taxonomy) -> Doubt:
    return Doubt(
        "dubbel_kalla",
        f"{WHERE}, {taxonomy.name(line)}",
        f"Området finns både i {SET_NAMES[used]} och i {SET_NAMES[other]}.",
        f"Här används {SET_NAMES[used]}; de läggs aldrig ihop.",
    )


def _repeated(line: str, taxonomy: Taxonomy) -> Doubt:
    return Doubt(
        "dubbel_kalla",
        f"{WHERE}, {taxonomy.name(line)}",
        "Brotten räknas redan, helt eller delvis, i andra rader.",
        "Raden används inte, för annars räknas samma brott två gånger.",
    )
