"""This delivery against the last one: figures that have changed since, and figures that were there and are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources.checks.shown import shown_count, shown_kommun
from lagesbild.tables import Tables


@dataclass(frozen=True)
class Earlier:
    """A delivery that was read before. name: how it is told in a doubt ('lägesbilden för 2024')."""

    name: str
    tables: Tables


@dataclass(frozen=True)
class _Fact:
    """What is compared in a table. key: what makes two rows the same fact; figure: the column that should agree."""

    table: str
    what: str
    key: tuple[str, ...]
    figure: str
    is_meant: Callable[[pd.DataFrame, Profile], pd.Series]
    named: Callable[[pd.Series], str]
    shown: Callable[[float], str]


def against_earlier(tables: Tables, earlier: Earlier, profile: Profile) -> tuple[Doubt, ...]:
    """A doubt per table whose final figures for the own kommuner differ from the earlier delivery's, and per table that lacks
    rows it had, each with both figures of the largest difference."""
    return tuple(doubt for fact in _FACTS for doubt in _compared(fact, tables, earlier, profile))


def _compared(fact: _Fact, tables: Tables, earlier: Earlier, profile: Profile) -> Iterator[Doubt]:
    now, before = getattr(tables, fact.table), getattr(earlier.tables, fact.table)
    before = before[fact.is_meant(before, profile) & before[fact.figure].notna()]
    now = now[now[fact.figure].notna()]
    if before.empty:
        return
    columns = [*fact.key, fact.figure]
    pairs = before[columns].merge(
        now[columns].drop_duplicates(list(fact.key)),
        on=list(fact.key), how="left", suffixes=("_before", "_now"), indicator="_found", validate="many_to_one",
    )  # fmt: skip
    was, is_now = pairs[f"{fact.figure}_before"].astype("float64"), pairs[f"{fact.figure}_now"].astype("float64")
    is_gone = pairs["_found"].eq("left_only")
    off = (is_now - was).abs().where(~is_gone).gt(0)
    where = fact.what
    if off.any():
        size = (is_now - was).abs() / was.abs().clip(lower=1)
        worst = size.where(off).idxmax()
        what = (
            f"{swedish.plural(int(off.sum()), 'uppgift har', 'uppgifter har')} ändrats sedan {earlier.name}. Störst är "
            f"ändringen för {fact.named(pairs.loc[worst])}: {fact.shown(was[worst])} då, {fact.shown(is_now[worst])} nu."
        )
        action = "De nya används. Kontrollera med den som lämnat uppgifterna om ändringen är avsedd."
        yield Doubt("andrat_sedan_forra", where, what, action, int(off.sum()), float(off.mean()))
    if is_gone.any():
        first = pairs[is_gone].iloc[0]
        what = (
            f"{swedish.plural(int(is_gone.sum()), 'uppgift', 'uppgifter')} som fanns i {earlier.name} finns inte nu, till "
            f"exempel {fact.named(first)}: {fact.shown(float(first[f'{fact.figure}_before']))} då."
        )
        action = "Kontrollera att ingen fil har glömts bort."
        yield Doubt("borta_sedan_forra", where, what, action, int(is_gone.sum()), float(is_gone.mean()))


def _own(frame: pd.DataFrame, profile: Profile) -> pd.Series:
    return frame["kommunkod"].isin(profile.kommunkoder)


def _own_final(frame: pd.DataFrame, profile: Profile) -> pd.Series:
    """A preliminary figure is expected to change."""
    return _own(frame, profile) & frame["status"].eq("final")


def _any(frame: pd.DataFrame, profile: Profile) -> pd.Series:
    return pd.Series(True, frame.index)


_FACTS = (
    _Fact(
        "reported_offences", "Anmälda brott", ("kommunkod", "offence", "key_type", "year", "month"), "count", _own_final,
        lambda row: f'"{row["offence"]}" i {shown_kommun(row["kommunkod"])} {row["year"]}', shown_count,
    ),
    _Fact(
        "survey_results", "Enkätresultat", ("survey", "item", "group", "geography_level", "geography", "year"), "value", _any,
        lambda row: f'"{row["item"]}" i {row["geography"]} {row["year"]} ({row["group"]})',
        lambda value: swedish.number(value, 1),
    ),
    _Fact(
        "population", "Befolkning", ("kommunkod", "year"), "population", _own,
        lambda row: f"{shown_kommun(row['kommunkod'])} {row['year']}", swedish.number,
    ),
)  # fmt: skip
