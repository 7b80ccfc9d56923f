"""Which kommuner a lägesbild shows: doubts about all others would hide those that matter."""

from __future__ import annotations

from dataclasses import replace

from lagesbild.profile import Profile
from lagesbild.tables import Tables


def kommuner_of_interest(tables: Tables, profile: Profile) -> frozenset[str]:
    """The profile's own kommuner and those of its comparison group."""
    peers = tables.peers
    return frozenset({*profile.kommunkoder, *peers.loc[peers["peer_group"].eq(profile.peer_group or ""), "kommunkod"]})


def rows_of(tables: Tables, kommuner: frozenset[str]) -> Tables:
    """The tables with the reported offences and the population of these kommuner only; the index starts anew."""
    offences, people = tables.reported_offences, tables.population
    return replace(
        tables,
        reported_offences=offences[offences["kommunkod"].isin(kommuner)].reset_index(drop=True),
        population=people[people["kommunkod"].isin(kommuner)].reset_index(drop=True),
    )
