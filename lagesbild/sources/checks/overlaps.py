"""What only shows once every file is read: whether sources that should agree do, and which files nobody vouches for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, ProfileError
from lagesbild.profile import Profile
from lagesbild.sources.checks.code_validity import outside_validity
from lagesbild.sources.checks.parts_and_whole import parts_against_whole
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

_SHOWN = 5
#: No two populations of a kommun and year differ by so much; a rate that does belongs to another kommun's row.
_FAR = 0.05


def cross_check(tables: Tables, taxonomy: Taxonomy) -> tuple[Doubt, ...]:
    """Doubts about the tables as a whole: rates against population, months against years, parts against whole, codes
    against the years they existed."""
    names = dict(zip(taxonomy.kommuner["kommunkod"], taxonomy.kommuner["name"], strict=True))
    return (
        *_rates(tables, names),
        *_months(tables.reported_offences, names),
        *parts_against_whole(tables, taxonomy),
        *outside_validity(tables, taxonomy),
    )


def without_own(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> tuple[Doubt, ...]:
    """A doubt for each table of figures per kommun that has rows, but none for one of the profile's own kommuner.

    Raises ProfileError for a kommunkod that neither Sweden nor any file has.
    """
    names = dict(zip(taxonomy.kommuner["kommunkod"], taxonomy.kommuner["name"], strict=True))
    read = {*tables.reported_offences["kommunkod"], *tables.population["kommunkod"]}
    if unknown := [code for code in profile.kommunkoder if code not in read | set(names)]:
        where, expected = f"{profile.slug}, kommunkoder", 'en kommunkod som finns, till exempel "1493".'
        raise ProfileError(Problem(where, f'"{code}" är ingen kommun.', expected) for code in unknown)
    found = []
    for where, table in (("Anmälda brott", tables.reported_offences), ("Befolkning", tables.population)):
        present = set(table["kommunkod"].unique())
        absent = [f"{code} {names.get(code, '')}" for code in profile.kommunkoder if code not in present]
        if present and absent:
            what = f"ingen rad gäller {swedish.listing(absent, 'eller')}."
            action = "Kontrollera kommunkoder i profilen, eller lägg till en fil där kommunen ingår."
            found.append(Doubt("kommun_saknas", where, what, action))
    return tuple(found)


def without_cards(files: Iterable[str]) -> tuple[Doubt, ...]:
    """A doubt about the files that have no source card."""
    named = sorted(files)
    if not named:
        return ()
    shown = named if len(named) <= _SHOWN else [*named[:_SHOWN], f"{len(named) - _SHOWN} till"]
    what = f"{swedish.plural(len(named), 'fil saknar', 'filer saknar')} källkort: {swedish.listing(shown)}."
    action = "Kör check med --cards, så skrivs ett att fylla i bredvid varje fil. Då kan rapporten ange källan."
    return (Doubt("kallkort_saknas", "Källfilerna", what, action),)


def _rates(tables: Tables, names: Mapping[str, str]) -> tuple[Doubt, ...]:
    """Where a printed rate is not count / population · 10⁵, beyond rounding.

    A rate may be the sum of two rounded ones, hence ±1; the population is rounded to whole persons, hence a relative ½/N more.
    """
    rows = tables.reported_offences.merge(tables.population, on=["kommunkod", "year"], how="inner", validate="many_to_one")
    rows = rows[rows["count"].notna() & rows["rate_per_100k"].notna()]
    people = rows["population"].astype("float64")
    computed = rows["count"].astype("float64") / people * 1e5
    off = (rows["rate_per_100k"] - computed).abs()
    wrong = rows.assign(computed=computed, off=off / computed.clip(lower=1))[off.gt(1.0 + computed / people + 1e-6)]
    if wrong.empty:
        return ()
    worst = wrong.sort_values(["off", "kommunkod", "year", "offence"], ascending=[False, True, True, True]).iloc[0]
    what = (
        f"{swedish.plural(len(wrong), 'tal', 'tal')} per 100 000 invånare stämmer inte med antal och folkmängd. "
        f"Störst är skillnaden för {_place(worst, names)}: {swedish.number(worst['rate_per_100k'])} i filen, "
        f"{swedish.number(worst['computed'])} beräknat."
    )
    is_far = float(worst["off"]) > _FAR
    check = "Står kommunens namn på rätt rad i Brås fil?" if is_far else "Kontrollera att folkmängden är årets medelfolkmängd."
    action = f"{check} Lägesbilden räknar med antal och folkmängd."
    return (Doubt("tal_mot_folkmangd", "Anmälda brott och folkmängd", what, action, len(wrong), len(wrong) / len(rows)),)


def _months(offences: pd.DataFrame, names: Mapping[str, str]) -> tuple[Doubt, ...]:
    """Where twelve final months do not add up to the final year."""
    key = ["kommunkod", "offence", "key_type", "year"]
    final = offences[offences["status"].eq("final") & offences["count"].notna()]
    monthly = final[final["month"].notna()]
    if monthly.empty:
        return ()
    sums = monthly.groupby(key, observed=True)["count"].agg(["sum", "size"]).reset_index()
    years = final.loc[final["month"].isna(), [*key, "count"]]
    pairs = sums[sums["size"].eq(12)].merge(years, on=key, how="inner", validate="one_to_one")
    off = (pairs["sum"] - pairs["count"]).abs()
    wrong = pairs.assign(off=off)[off.gt(0)]
    if wrong.empty:
        return ()
    worst = wrong.sort_values(["off", *key], ascending=[False, True, True, True, True]).iloc[0]
    what = (
        f"För {swedish.plural(len(wrong), 'årssiffra', 'årssiffror')} blir de tolv månaderna en annan summa. "
        f"Störst är skillnaden för {_place(worst, names)}: {swedish.number(worst['count'])} för året, "
        f"{swedish.number(worst['sum'])} för månaderna."
    )
    action = "Årssiffran används. Kontrollera att månadsfilerna är slutliga."
    return (Doubt("manader_mot_ar", "Anmälda brott", what, action, len(wrong), len(wrong) / len(pairs)),)


def _place(row: pd.Series, names: Mapping[str, str]) -> str:
    return f'{names.get(row["kommunkod"], row["kommunkod"])} {row["year"]}, "{row["offence"]}"'
