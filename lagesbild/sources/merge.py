"""Many files become one set of tables: later years left out, the same fact kept once, rows in an order that no file decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources.card import published
from lagesbild.sources.checks.shown import shown_kommun
from lagesbild.sources.est.observations import STRENGTH
from lagesbild.sources.est.twice import named_alike
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.people import mean as population_mean
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.tables import CONTEXT, TABLES, Context, Table, Tables

_ALL: dict[str, Table] = {**TABLES, **CONTEXT}
LATER = "senare än rapportåret"
_PART, _RANK, _GRADE, _ROW = "_part", "_rank", "grade", "_row"
#: What makes two rows the same fact, where it is not the table's key: a final figure replaces a preliminary one, and a number
#: in a list names an event only together with its day, because lists often start again from 1.
_SAME_FACT = {"reported_offences": ["kommunkod", "offence", "key_type", "year", "month"]}
_NUMBERED = {"observations": ("observation_id", ["date", "organisation"]), "incidents": ("incident_id", ["reported_on"])}


@dataclass(frozen=True)
class Part:
    """One file that was read."""

    file: RawFile
    card: dict[str, object]
    reader: str
    reading: Reading

    def with_aside(self, more: list[SetAside]) -> Part:
        """The part with further rows set aside."""
        added = tuple(item for item in more if item.n_rows)
        return replace(self, reading=replace(self.reading, set_aside=(*self.reading.set_aside, *added)))


def merge(parts: list[Part], profile: Profile) -> tuple[Tables, Context, list[Part], list[Doubt]]:
    """The tables of all parts and their context; the parts with what was set aside here; doubts where files disagree.

    Of two files that differ, a final figure goes before a preliminary one, a figure before none, a better grade before a worse
    (``Reading.grades``), then the file whose card is newest, then the one with the lowest checksum: never the one that happens
    to come first.
    """
    by_age = sorted(range(len(parts)), key=lambda at: parts[at].file.sha256)
    by_age = sorted(by_age, key=lambda at: published(parts[at].card), reverse=True)
    rank = {at: place for place, at in enumerate(by_age)}
    doubts: list[Doubt] = []
    lost: list[pd.DataFrame] = []
    used: list[pd.DataFrame] = []
    tables: dict[str, pd.DataFrame] = {}
    for name, table in _ALL.items():
        frames = []
        for at, part in enumerate(parts):
            if (frame := part.reading.tables.get(name)) is not None and len(frame):
                is_late = _later(name, frame, profile.year, part.reading.year)
                doubts += _late_doubt(name, part, int(is_late.sum()), profile)
                grade = part.reading.grades.get(name, 0)
                marked = frame.assign(**{_PART: at, _RANK: rank[at], _GRADE: grade, _ROW: _row_numbers(frame)})
                if is_late.any():
                    lost.append(marked.loc[is_late, [_PART, _ROW]].assign(reason=LATER, table=name))
                    marked = marked[~is_late]
                frames.append(marked)
        if not frames:
            continue
        joined = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0].reset_index(drop=True)
        if len(frames) > 1 or name in _SAME_FACT:
            if name == "observations" and len(frames) > 1:
                joined = named_alike(joined, _PART, _RANK)
            joined, found = _renumbered(name, joined, parts)
            joined, yielded, differing = _once(name, joined, parts)
            doubts += found + differing
            lost.append(yielded.assign(table=name))
        used.append(joined[[_PART, _ROW]])
        ordered = _ordered(table, joined)
        is_valid = len(frames) == 1 and all(part.reading.is_validated for part in parts if name in part.reading.tables)
        tables[name] = ordered if is_valid else table.schema.validate(ordered)
    context = Context(**{name: tables.pop(name) for name in CONTEXT if name in tables})
    aside = _set_aside(parts, lost, used)
    return Tables(**tables), context, [part.with_aside(aside.get(at, [])) for at, part in enumerate(parts)], doubts


def _row_numbers(frame: pd.DataFrame) -> Any:
    """The rows of the file that the table's rows come from; where the reader does not tell, a number of its own for each."""
    return frame.index if frame.index.name == "rad" else range(-1, -len(frame) - 1, -1)


def _set_aside(parts: list[Part], lost: list[pd.DataFrame], used: list[pd.DataFrame]) -> dict[int, list[SetAside]]:
    """Per part the rows that stand in no table any more, each once: a row whose population yields may still give a figure.

    Where a reader does not number its rows, the table that lost fewest tells how many are in none.
    """
    rows = pd.concat(lost, ignore_index=True) if lost else pd.DataFrame({_PART: [], _ROW: [], "reason": [], "table": []})
    if rows.empty:
        return {}
    numbered = rows[rows[_ROW].ge(0)].drop_duplicates([_PART, _ROW])
    told = numbered.merge(pd.concat(used).drop_duplicates(), on=[_PART, _ROW], how="left", indicator="where")
    unused = [told[told["where"].eq("left_only")]]
    for at, part in enumerate(parts):
        its = rows[rows[_ROW].lt(0) & rows[_PART].eq(at)]
        n_lost = {str(name): int(its["table"].eq(name).sum()) for name in its["table"].unique()}
        if n_lost and len(n_lost) == sum(len(frame) > 0 for frame in part.reading.tables.values()):
            unused.append(its[its["table"].eq(min(n_lost, key=lambda name: n_lost[name]))])
    aside: dict[int, list[SetAside]] = {}
    for at, why, n_rows in pd.concat(unused).groupby([_PART, "reason"]).size().reset_index().itertuples(index=False):
        aside.setdefault(int(at), []).append(SetAside(str(why), int(n_rows)))
    return aside


def _ordered(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The table's columns, the rows by its key and then by every other column; what follows a key that never repeats decides
    nothing and costs seconds in a million rows."""
    rows = frame[table.names]
    order = [*table.key, *(name for name in table.names if name not in table.key)]
    by = order[:1] if rows[order[0]].is_unique else order
    if len(by) > 1 and table.key and not rows.duplicated(list(table.key)).any():
        by = list(table.key)
    return rows.sort_values(by, kind="stable", ignore_index=True)


def _later(name: str, frame: pd.DataFrame, year: int, told: int | None = None) -> pd.Series:
    """Which rows are dated after the report year; a week belongs to the year of its Monday. told: ``Reading.year``."""
    dates = {
        "observations": "date",
        "dialogue_themes": "date",
        "judgements": "date",
        "pledges": "start",
        "police_events": "published_on",
    }
    if told is not None:
        years = pd.Series(told, frame.index)
    elif "year" in frame:
        years = frame["year"]
    elif name == "incidents":
        years = frame["reported_on"].fillna(frame["occurred_from"]).dt.year
    elif name == "reporting_weeks":
        years = pd.to_datetime(frame["week"] + "-1", format="%G-W%V-%u").dt.year
    else:
        years = frame[dates[name]].dt.year if name in dates else pd.Series(year, frame.index)
    is_late: pd.Series = years.gt(year)
    return is_late


def _late_doubt(name: str, part: Part, n_late: int, profile: Profile) -> list[Doubt]:
    """A list of events with rows after the report year may have a mistyped year."""
    if name not in _NUMBERED or not n_late:
        return []
    what = f"{swedish.plural(n_late, 'rad är daterad', 'rader är daterade')} efter rapportåret {profile.year}."
    action = f"Kontrollera att årtalet är rätt. {'Raden är undantagen' if n_late == 1 else 'Raderna är undantagna'}."
    return [Doubt("framtida_datum", part.file.name, what, action, n_late)]


def _renumbered(name: str, frame: pd.DataFrame, parts: list[Part]) -> tuple[pd.DataFrame, list[Doubt]]:
    """Events of different files that share a number but not their day get their file's checksum added to the number."""
    if name not in _NUMBERED:
        return frame, []
    number, facts = _NUMBERED[name]
    n_facts = frame.drop_duplicates([number, *facts]).groupby(number, observed=True).size()
    n_files = frame.drop_duplicates([number, _PART]).groupby(number, observed=True).size()
    clashing = n_facts.index[n_facts.gt(1) & n_files.reindex(n_facts.index).gt(1)]
    is_clash = frame[number].isin(clashing)
    if not is_clash.any():
        return frame, []
    tail = "-" + frame[_PART].map({at: part.file.sha256[:6] for at, part in enumerate(parts)}).astype("str")
    renamed = frame.assign(**{number: frame[number].where(~is_clash, frame[number] + tail)})
    if "duplicate_of" in frame:
        points = frame["duplicate_of"].isin(clashing)
        renamed = renamed.assign(duplicate_of=frame["duplicate_of"].where(~points, frame["duplicate_of"] + tail))
    what = f"{swedish.plural(int(is_clash.sum()), 'rad har', 'rader har')} samma nummer som en annan händelse i en annan fil."
    action = "De räknas som olika händelser."
    return renamed, [Doubt("upprepat_nummer", _names(parts, frame.loc[is_clash, _PART]), what, action, int(is_clash.sum()))]


def _once(name: str, frame: pd.DataFrame, parts: list[Part]) -> tuple[pd.DataFrame, pd.DataFrame, list[Doubt]]:
    """One row per fact; what yielded to another file (part, row, reason), and doubts where the figures differ."""
    key = _SAME_FACT.get(name, list(_ALL[name].key))
    preferred = frame.assign(**_preference(name, frame))
    order = [column for column in preferred.columns if column.startswith("_prefer")]
    ordered = preferred.sort_values([*key, *order, _RANK], kind="stable").reset_index(drop=True)
    is_repeat = ordered.duplicated(key)
    if not is_repeat.any():
        return frame, frame.loc[[], [_PART, _ROW]].assign(reason=""), []
    winners = ordered[~is_repeat]
    losers = ordered[is_repeat]
    won = winners.iloc[(~is_repeat).cumsum()[is_repeat].to_numpy() - 1].set_axis(losers.index)
    differs = _differs(name, losers, won)
    unequal: list[Doubt] = []
    reason = pd.Series("finns också i en annan fil", losers.index, dtype="str").mask(
        differs, "en annan fil har en annan uppgift"
    )
    if name == "reported_offences":
        reason = reason.mask(differs & losers["count"].isna(), "en annan fil har en siffra")
        reason = reason.mask(losers["status"].ne(won["status"]), "ersatt av slutlig uppgift")
        differs = reason.eq("en annan fil har en annan uppgift")
    if name == "population":
        reason = reason.mask(is_worse := losers[_GRADE].gt(won[_GRADE]), "en annan fil har bättre underlag")
        unequal = _unequal(losers[is_worse], won[is_worse], parts)
        differs = differs & ~is_worse
    if name == "reporting_weeks":
        reason, differs = reason.mask(differs, "en annan uppgift säger att organisationen rapporterade"), differs & False
    doubts = unequal + _disagreements(name, losers[differs], won[differs], parts)
    return winners[frame.columns], losers[[_PART, _ROW]].assign(reason=reason), doubts


def _preference(name: str, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Sort columns that put the row to believe first, before the age of its file."""
    if name == "reported_offences":
        is_poorer = {"_prefer_2": frame["count"].isna(), "_prefer_3": frame["rate_per_100k"].isna()}  # a sum of quarters
        return {"_prefer_1": frame["status"].ne("final"), **is_poorer}
    if name == "population":
        return {"_prefer_1": frame[_GRADE]}
    if name == "reporting_weeks":
        return {"_prefer_1": frame["status"].map({status: rank for rank, status in enumerate(STRENGTH)})}
    return {}


def _differs(name: str, losers: pd.DataFrame, won: pd.DataFrame) -> pd.Series:
    """Whether a row says something else than the one that is kept; a mark made here is no difference."""
    key = _SAME_FACT.get(name, list(_ALL[name].key))
    ignored = {*key, "rate_per_100k", "missing", "status"} if name == "reported_offences" else {*key, "duplicate_of"}
    result = pd.Series(False, losers.index)
    for column in (column for column in _ALL[name].names if column not in ignored):
        is_same = losers[column].eq(won[column]).fillna(False).astype("bool") | (losers[column].isna() & won[column].isna())
        result = result | ~is_same
    return result


def _disagreements(name: str, losers: pd.DataFrame, won: pd.DataFrame, parts: list[Part]) -> list[Doubt]:
    """One doubt per pair of files: how many facts they disagree on, with one example, and which file is used."""
    doubts = []
    pairs = list(zip(won[_PART].tolist(), losers[_PART].tolist(), strict=True))
    for kept, left in sorted(set(pairs)):
        winner, loser = parts[kept], parts[left]
        rows = [at for at, pair in zip(losers.index, pairs, strict=True) if pair == (kept, left)]
        example = _EXAMPLES[name](losers.loc[rows[0]], won.loc[rows[0]]) if name in _EXAMPLES else ""
        what = f"{swedish.plural(len(rows), 'uppgift', 'uppgifter')} i tabellen {name} skiljer sig mellan filerna{example}."
        is_newer = published(winner.card) > published(loser.card)
        why = "den är nyast enligt källkortet" if is_newer else "källkorten säger inte vilken som är nyast"
        action = f"{winner.file.name} används: {why}. Ta bort den fil som inte gäller."
        doubts.append(Doubt("motstridiga_filer", _names(parts, pd.Series([left, kept])), what, action, len(rows)))
    return doubts


def _unequal(losers: pd.DataFrame, won: pd.DataFrame, parts: list[Part]) -> list[Doubt]:
    """One doubt per pair of files whose population figures are of unequal grade and differ by more than rounding."""
    doubts = []
    pairs = list(zip(won[_PART].tolist(), losers[_PART].tolist(), strict=True))
    for kept, left in sorted(set(pairs)):
        rows = [at for at, pair in zip(losers.index, pairs, strict=True) if pair == (kept, left)]
        where = _names(parts, pd.Series([left, kept]))
        doubts.append(population_mean.disagreement(where, losers.loc[rows], won.loc[rows], parts[kept].file.name))
    return [doubt for doubt in doubts if doubt]


def _offence_example(lost: pd.Series, won: pd.Series) -> str:
    month = f"-{int(won['month']):02d}" if pd.notna(won["month"]) else ""
    figures = f"{swedish.number(won['count'])} och {swedish.number(lost['count'])}"
    return f', till exempel "{won["offence"]}" i {shown_kommun(won["kommunkod"])} {won["year"]}{month}: {figures}'


def _population_example(lost: pd.Series, won: pd.Series) -> str:
    figures = f"{swedish.number(won['population'])} och {swedish.number(lost['population'])}"
    return f", till exempel {shown_kommun(won['kommunkod'])} {won['year']}: {figures}"


_EXAMPLES: dict[str, Callable[[pd.Series, pd.Series], str]] = {
    "reported_offences": _offence_example,
    "population": _population_example,
}


def _names(parts: list[Part], which: pd.Series) -> str:
    return swedish.listing(sorted({parts[int(at)].file.name for at in which}))
