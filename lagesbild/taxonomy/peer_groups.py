"""Whom a kommun is compared with: SKR's group, its län, its police area, a group of the table ``peers``, an own list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Problem, ProfileError
from lagesbild.profile import Profile
from lagesbild.taxonomy.taxonomy import Taxonomy

#: Keys of the groups that need no file; ``nearest`` is found among the kommuner that were delivered (measures/nearest.py).
SKR, LAN, NEAREST, POLICE_AREA, OWN_LIST = "skr", "lan", "narmaste", "polisomrade", "egen"
BUILT_IN = (SKR, LAN, NEAREST, POLICE_AREA)
#: What groups read from Kolada are called in the table ``peers``: "liknande-" and the theme.
SIMILAR = "liknande-"
LAN_NAMES = {
    "01": "Stockholms län", "03": "Uppsala län", "04": "Södermanlands län", "05": "Östergötlands län", "06": "Jönköpings län",
    "07": "Kronobergs län", "08": "Kalmar län", "09": "Gotlands län", "10": "Blekinge län", "12": "Skåne län",
    "13": "Hallands län", "14": "Västra Götalands län", "17": "Värmlands län", "18": "Örebro län", "19": "Västmanlands län",
    "20": "Dalarnas län", "21": "Gävleborgs län", "22": "Västernorrlands län", "23": "Jämtlands län", "24": "Västerbottens län",
    "25": "Norrbottens län",
}  # fmt: skip


@dataclass(frozen=True)
class PeerGroup:
    """A comparison group. key: as in the profile. name: Swedish, plural and definite ('kommunerna i Skåne län').

    members: kommunkoder in order, the own left out. by_line: line -> its own members, where they differ from line to line; then
    ``members`` are all that occur.
    """

    key: str
    name: str
    members: tuple[str, ...]
    by_line: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, line: str) -> tuple[str, ...]:
        """The members that one line is compared with."""
        return self.by_line.get(line, ()) if self.by_line else self.members


def chosen_group(profile: Profile, peers: pd.DataFrame, taxonomy: Taxonomy) -> PeerGroup | None:
    """The profile's group, as far as it is known without counts: "narmaste" has no members yet. None where none is chosen.

    peers: the table of that name. A group of the table goes before a built-in one of the same name. Raises ProfileError, with
    the names there are, for a name that is neither, and for a built-in group that the kommun does not have.
    """
    key = profile.peer_group
    if key is None:
        return None
    if not isinstance(key, str):
        return PeerGroup(OWN_LIST, "kommunerna på den egna listan", _others(key, profile))
    if peers["peer_group"].eq(key).any():
        return _of_table(key, profile, peers)
    if key == NEAREST:
        return PeerGroup(NEAREST, "de mest lika kommunerna", ())
    found = _built_in(profile, taxonomy).get(key)
    if found is None and (key in BUILT_IN or not peers.empty):
        raise ProfileError(_unknown(key, profile, peers, taxonomy))
    return found or PeerGroup(key, _table_name(key), ())


def other_groups(profile: Profile, peers: pd.DataFrame, taxonomy: Taxonomy) -> tuple[PeerGroup, ...]:
    """The other groups the profile's kommuner belong to, sorted by key; "narmaste" has no members yet. None where the profile
    wants no comparison."""
    if profile.peer_group is None:
        return ()
    own = peers.loc[peers["kommunkod"].isin(profile.kommunkoder), "peer_group"].unique()
    found = {**_built_in(profile, taxonomy), NEAREST: PeerGroup(NEAREST, "de mest lika kommunerna", ())}
    found |= {str(key): _of_table(str(key), profile, peers) for key in own}
    return tuple(found[key] for key in sorted(found) if key != profile.peer_group)


def _built_in(profile: Profile, taxonomy: Taxonomy) -> dict[str, PeerGroup]:
    """SKR's group and the län where all of the profile's kommuner share one; the police area where the profile has one."""
    own = profile.kommunkoder
    table = taxonomy.kommun_groups
    groups = {}
    codes = table.loc[table["kommunkod"].isin(own), "skr_group"].unique()
    if len(codes) == 1 and set(own) <= set(table["kommunkod"]):
        inside = table[table["skr_group"].eq(codes[0])]
        name = f"kommunerna i SKR:s kommungrupp {inside['skr_name'].iloc[0]} (2023)"
        groups[SKR] = PeerGroup(SKR, name, _others(inside["kommunkod"], profile))
    lan = {code[:2] for code in own}
    if len(lan) == 1 and (name := LAN_NAMES.get(next(iter(lan)), "")):
        members = taxonomy.kommuner["kommunkod"]
        groups[LAN] = PeerGroup(LAN, f"kommunerna i {name}", _others(members[members.str[:2].isin(lan)], profile))
    if profile.police_area:
        groups[POLICE_AREA] = PeerGroup(POLICE_AREA, "kommunerna i polisområdet", _others(profile.police_area, profile))
    return groups


def _of_table(key: str, profile: Profile, peers: pd.DataFrame) -> PeerGroup:
    return PeerGroup(key, _table_name(key), _others(peers.loc[peers["peer_group"].eq(key), "kommunkod"], profile))


def _table_name(key: str) -> str:
    if key.startswith(SIMILAR):
        return f"Koladas liknande kommuner ({key.removeprefix(SIMILAR).replace('-', ' ')})"
    return f"kommunerna i gruppen {key}"


def _others(codes: Iterable[str], profile: Profile) -> tuple[str, ...]:
    return tuple(sorted(set(codes) - set(profile.kommunkoder)))


def _unknown(key: str, profile: Profile, peers: pd.DataFrame, taxonomy: Taxonomy) -> Problem:
    there = sorted({*peers["peer_group"], *_built_in(profile, taxonomy), NEAREST})
    what = f'jämförelsegruppen "{key}" finns inte för {profile.place}.'
    if key in (SKR, LAN) and profile.is_police_area:
        what = f'polisområdets kommuner har ingen gemensam grupp "{key}".'
    if key == POLICE_AREA:
        what = "ingen profil i samma mapp är ett polisområde med kommunen i."
    listed = swedish.listing([f'"{name}"' for name in there])
    return Problem(f"{profile.slug}.toml, peer_group", what, f"{listed}, eller en lista med kommunkoder.")
