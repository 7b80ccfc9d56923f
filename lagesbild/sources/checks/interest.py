"""Which kommuner a lägesbild shows: doubts about all others would hide those that matter."""

from __future__ import annotations

from dataclasses import replace

from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.peer_groups import chosen_group


def kommuner_of_interest(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> frozenset[str]:
    """The profile's own kommuner and those of its comparison group, as far as it is known before anything is counted.

    Raises ProfileError for a group that is not there.
    """
    group = chosen_group(profile, tables.peers, taxonomy)
    return frozenset({*profile.kommunkoder, *(() if group is None else group.members)})


def rows_of(tables: Tables, kommuner: frozenset[str]) -> Tables:
    """The tables with the reported offences and the population of these kommuner only; the index starts anew."""
    offences, people = tables.reported_offences, tables.population
    return replace(
        tables,
        reported_offences=offences[offences["kommunkod"].isin(kommuner)].reset_index(drop=True),
        population=people[people["kommunkod"].isin(kommuner)].reset_index(drop=True),
    )
