"""Which kommuner the own is held against, and which it could have been held against instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures.frame import empty_rows
from lagesbild.measures.measure import Comparison
from lagesbild.measures.nearest import neighbours
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.peer_groups import NEAREST, PeerGroup, chosen_group, other_groups

#: Another group than the chosen one is tried where so many of its kommuner have figures.
FEWEST = 5


def candidates(tables: Tables, profile: Profile) -> set[str]:
    """Every kommun whose figures may be needed: all delivered, or the own alone where no comparison is wanted."""
    own = set(profile.kommunkoder)
    return own if profile.peer_group is None else own | set(tables.reported_offences["kommunkod"].unique())


@dataclass(frozen=True)
class Groups:
    """chosen: the profile's group, None where it wants none. offered: the others that the kommun belongs to. no_neighbours:
    why there are no nearest kommuner, else ""."""

    chosen: PeerGroup | None
    offered: tuple[PeerGroup, ...] = ()
    no_neighbours: str = ""

    @property
    def kommuner(self) -> frozenset[str]:
        """Everybody in any of them."""
        groups = self.offered if self.chosen is None else (self.chosen, *self.offered)
        return frozenset(code for group in groups for code in group.members)


def groups(rows: pd.DataFrame, tables: Tables, profile: Profile, taxonomy: Taxonomy) -> Groups:
    """The groups of the profile with their members, the nearest kommuner among them.

    rows: kommunkod, line, year, count, population, status of ``candidates``. Raises ProfileError for a group that is not there.
    """
    chosen = chosen_group(profile, tables.peers, taxonomy)
    if chosen is None:
        return Groups(None)
    near = neighbours(rows, profile.kommunkoder, taxonomy)
    members = tuple(sorted({code for codes in near.by_line.values() for code in codes}))
    found = [
        replace(group, by_line=near.by_line, members=members) if group.key == NEAREST else group
        for group in (chosen, *other_groups(profile, tables.peers, taxonomy))
    ]
    return Groups(found[0], tuple(found[1:]), near.missing)


def comparisons(
    found: Groups, rows: pd.DataFrame, make: Callable[[PeerGroup], pd.DataFrame]
) -> tuple[Comparison | None, tuple[Comparison, ...], list[Doubt]]:
    """The chosen group and the others, with their rows, and the doubts about the chosen one.

    rows: as for ``groups``. make: a group's kommuner as measure rows with roles ``peer`` and ``peers``. Another group is left
    out, with the reason, where fewer than five of its kommuner have figures, or the same as the chosen group's.
    """
    if found.chosen is None:
        return None, (), [_nobody("")]
    main = Comparison(found.chosen, make(found.chosen), _n_there(rows, found.chosen))
    others = tuple(_other(group, main, rows, make, found.no_neighbours) for group in found.offered)
    return main, others, _doubts(main, found.no_neighbours)


def of_group(rows: pd.DataFrame, group: PeerGroup) -> pd.DataFrame:
    """The rows of a group's kommuner; of each line its own, where they differ."""
    there = rows[rows["kommunkod"].isin(group.members)]
    if not group.by_line:
        return there
    pairs = {(line, code) for line, codes in group.by_line.items() for code in codes}
    return there[np.array([pair in pairs for pair in zip(there["line"], there["kommunkod"], strict=True)], dtype=bool)]


def _n_there(rows: pd.DataFrame, group: PeerGroup) -> int:
    return int(of_group(rows, group)["kommunkod"].nunique())


def _other(
    group: PeerGroup, main: Comparison, rows: pd.DataFrame, make: Callable[[PeerGroup], pd.DataFrame], no_neighbours: str
) -> Comparison:
    there, compared = of_group(rows, group), of_group(rows, main.group)
    n = int(there["kommunkod"].nunique())
    if group.key == NEAREST and no_neighbours:
        return Comparison(group, empty_rows(), n, no_neighbours)
    if n < FEWEST:
        few = "Underlaget har inga uppgifter" if not n else f"Underlaget har uppgifter för {swedish.count_word(n)}"
        what = f"{few} av gruppens {swedish.number(len(group.members))} kommuner; minst {swedish.count_word(FEWEST)} behövs."
        return Comparison(group, empty_rows(), n, what)
    if there.index.equals(compared.index) or (made := make(group)).equals(main.rows):
        return Comparison(group, empty_rows(), n, "I underlaget är det samma kommuner som i jämförelsegruppen.")
    return Comparison(group, made, n)


def _doubts(main: Comparison, no_neighbours: str) -> list[Doubt]:
    group = main.group
    if group.key == NEAREST and no_neighbours:
        return [replace(_nobody(group.key), what=no_neighbours)]
    if not main.n:
        return [_nobody(group.key)]
    absent = len(group.members) - main.n
    if not absent:
        return []
    what = f"{swedish.plural(absent, 'kommun', 'kommuner')} av {len(group.members)} i jämförelsegruppen saknar uppgifter."
    return [Doubt("jamforelse_saknas", "anmälda brott", what, "Jämförelsen görs med de andra.", n_rows=absent)]


def _nobody(key: str) -> Doubt:
    what = "Jämförbara kommuner saknas i underlaget."
    action = "Rangordningen räknar utan jämförelse med andra kommuner."
    return Doubt("jamforelse_saknas", f"jämförelsegruppen {key}".strip(), what, action)
