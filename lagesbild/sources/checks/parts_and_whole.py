"""Whether parts are smaller than their whole: offence groups inside a broader one, and women and men around everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.checks.shown import shown_count
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import split

_FACT = ["kommunkod", "year", "month", "status"]
#: The monthly groups are left out: an offence can lie in two of them (drink-driving is traffic and alcohol), and in small
#: kommuner they are more than the total one month in twenty.
_ERAS = ("ar", "lagesbild")
#: Two groups that together are everybody: the value for all cannot lie outside theirs, beyond rounding to whole percent.
_WOMEN, _MEN, _ALL, _ROUNDING = "kvinnor", "män", "alla", 1.0


def parts_against_whole(tables: Tables, taxonomy: Taxonomy) -> tuple[Doubt, ...]:
    """A doubt per kind of contradiction, with how many there are and both figures of the largest."""
    return (*_offences(tables.reported_offences, taxonomy), *_groups(tables.survey_results))


def _offences(offences: pd.DataFrame, taxonomy: Taxonomy) -> Iterator[Doubt]:
    """Where a group has more offences than one it lies inside, or groups without overlap more than the total together."""
    rows = offences[offences["key_type"].ne("code") & offences["count"].notna()]
    if rows.empty:
        return
    wide = rows.assign(month=rows["month"].fillna(0).astype("int64"), count=rows["count"].astype("float64")).pivot_table(
        index=_FACT, columns="offence", values="count", aggfunc="max", observed=True
    )
    names = dict(zip(taxonomy.kommuner["kommunkod"], taxonomy.kommuner["name"], strict=True))
    inside: dict[str, set[str]] = {}
    for label, wholes in zip(taxonomy.offence_groups["label"], taxonomy.offence_groups["inside"], strict=True):
        inside.setdefault(str(label), set()).update(split(wholes))
    pairs = [(part, whole) for part in wide.columns for whole in sorted(inside.get(part, ())) if whole in wide]
    found = [_larger(wide[part], wide[whole], f'"{part}"', f'"{whole}"', names) for part, whole in pairs]
    for era in _ERAS:
        terms = taxonomy.group_terms(list(wide.columns), era)
        total = [label for label, _ in terms.get("totalt", ())]
        parts = [term for line, its in terms.items() if line != "totalt" for term in its]
        if len(total) == 1 and len(parts) > 1:
            together = sum((wide[label].fillna(0) * sign for label, sign in parts), start=pd.Series(0.0, wide.index))
            found.append(_larger(together, wide[total[0]], "grupperna tillsammans", f'"{total[0]}"', names))
    yield from (doubt for doubt in found if doubt)


def _larger(part: pd.Series, whole: pd.Series, name: str, whole_name: str, names: Mapping[str, str]) -> Doubt | None:
    off = (part - whole).where(part.gt(whole)).dropna()
    if off.empty:
        return None
    worst = off.sort_values(ascending=False, kind="stable").index[0]
    kommun, year, month, _ = worst
    when = f"{year}-{month:02d}" if month else str(year)
    what = (
        f"{name} är fler än {whole_name}, som de ligger i, för {swedish.plural(len(off), 'uppgift', 'uppgifter')}. Störst är "
        f"skillnaden för {names.get(kommun, kommun)} {when}: {shown_count(part[worst])} mot {shown_count(whole[worst])}."
    )
    action = "Båda används som de står. Kontrollera mot Brås tabell vilken av dem som är fel."
    return Doubt(
        "del_storre_an_helhet", "Anmälda brott", swedish.capital(what), action, len(off), len(off) / int(part.notna().sum())
    )


def _groups(survey: pd.DataFrame) -> Iterator[Doubt]:
    """Where everybody's value lies outside both women's and men's."""
    key = ["survey", "item", "geography_level", "geography", "year"]
    rows = survey[survey["value"].notna() & survey["group"].isin([_WOMEN, _MEN, _ALL])]
    if rows["group"].nunique() < 3:
        return
    wide = rows.pivot_table(index=key, columns="group", values="value", aggfunc="first", observed=True).dropna()
    both = wide[[_WOMEN, _MEN]]
    off = wide[wide[_ALL].lt(both.min(axis=1) - _ROUNDING) | wide[_ALL].gt(both.max(axis=1) + _ROUNDING)]
    if off.empty:
        return
    (name, item, _, place, year), first = off.index[0], off.iloc[0]
    what = (
        f"För {swedish.plural(len(off), 'enkätvärde', 'enkätvärden')} ligger värdet för alla utanför kvinnors och mäns. Till "
        f'exempel {name}, "{item}", {place} {year}: alla {swedish.number(first[_ALL], 1)}, kvinnor '
        f"{swedish.number(first[_WOMEN], 1)}, män {swedish.number(first[_MEN], 1)}."
    )
    yield Doubt(
        "grupp_mot_alla",
        "Enkätresultat",
        what,
        "Kontrollera att grupperna inte har bytt plats.",
        len(off),
        len(off) / len(wide),
    )
