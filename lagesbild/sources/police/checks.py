"""What is doubtful about a police extract: unreadable dates, codes that Brå does not count, rows without place or time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources.checks.shown import shown_count
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.police.codes import OffenceCodes
from lagesbild.sources.police.columns import Columns
from lagesbild.sources.police.layout import Layout
from lagesbild.sources.police.names import Named
from lagesbild.sources.police.places import Points
from lagesbild.sources.police.times import SHOWN_ROWS, Times

Flags = npt.NDArray[np.bool_]
_SHOWN = 5
OUTSIDE_BRA = "räknas inte av Brå, till exempel viltolycka eller ordningsbot"
_HALF = 0.5
_MIDNIGHT = pd.Timedelta(0)


def codes(where: str, sheet: str, code: OffenceCodes, is_own: Flags) -> list[Doubt]:
    """Doubts about codes that Brå does not count, and about codes that the code table lacks, the commonest first."""
    place = f'{where}, blad "{sheet}"' if sheet else where
    n_own = max(int(is_own.sum()), 1)
    doubts = []
    n_outside = int((code.is_outside & is_own).sum())
    if n_outside:
        what = (
            f"{_rows(n_outside)} av {swedish.number(n_own)} ({_share(n_outside / n_own)}) har en brottskod som Brå inte "
            "räknar, till exempel viltolycka, parkeringsskada eller ordningsbot."
        )
        action = "De är undantagna, så att nivån går att jämföra med Brås statistik."
        doubts.append(Doubt("koder_utanfor_bra", place, what, action, n_outside, n_outside / n_own))
    is_unknown = code.is_unknown & is_own
    if is_unknown.any():
        numbers = np.bincount(code.column.codes[is_unknown], minlength=len(code.column.texts))
        order = sorted(np.flatnonzero(numbers).tolist(), key=lambda at: (-numbers[at], at))
        shown = [f"{code.column.texts[at].as_py()} ({shown_count(int(numbers[at]))} rader)" for at in order[:_SHOWN]]
        shown += [f"{len(order) - _SHOWN} koder till"] if len(order) > _SHOWN else []
        n_rows = int(is_unknown.sum())
        what = f"{_rows(n_rows)} har en brottskod som kodtabellen saknar: {swedish.listing(shown)}."
        action = "De räknas som oklassade. Kontrollera koderna mot polisens kodnyckel."
        doubts.append(Doubt("okand_brottskod", place, what, action, n_rows, n_rows / n_own))
    return doubts


def dates(file: RawFile, layout: Layout, columns: Columns, when: Times, is_left: Flags) -> list[Doubt]:
    """Doubts about how dates were read, and about what could not be."""
    doubts: list[Doubt] = []
    for name, found in when.columns.items():
        heading = layout.heading(name)
        if not (found.n_day_first or found.n_month_first) and found.n_open:
            first = "Månaden" if found.order == "month_first" else "Dagen"
            what = f"{_rows(found.n_open)} kan läsas med dag eller månad först, och inget datum i kolumnen avgör vilket."
            where = file.where(columns.sheet, None, heading)
            doubts.append(
                Doubt("datumordning", where, what, f"{first} läses först. Kontrollera mot en känd händelse.", found.n_open)
            )
    unreadable = {name: found.is_unreadable for name, found in when.columns.items()}
    named = {name: layout.heading(name) for name in unreadable}
    faults = [
        *(
            ("olasligt_datum", named[name], flags, "är inget datum", "Cellen läses som tom")
            for name, flags in unreadable.items()
        ),
        ("olasligt_klockslag", "", when.is_unclear, "har ett klockslag som inte går att läsa", "Bara dagen används"),
        (
            "tider_baklanges",
            "",
            when.is_backwards,
            "har en sluttid före starttiden",
            "Bara inskrivningsdatumet används, eller den tidigare dagen där det saknas",
        ),
        (
            "bara_manad",
            "",
            when.is_month & is_left,
            "har bara månad, inget inskrivningsdatum",
            "Månadens första dag står för hela månaden",
        ),
        (
            "datum_mot_manad",
            "",
            when.is_off & is_left,
            "har ett inskrivningsdatum i en annan månad än den angivna",
            "Datumet används. Kontrollera att dag och månad inte har bytt plats",
        ),
        (
            "brott_efter_anmalan",
            "",
            (when.moments["occurred_from"] >= when.moments["reported_on"] + np.timedelta64(1, "D")) & is_left,
            "har ett brott som börjar efter dagen då det anmäldes",
            "Datumen används som de står. Kontrollera att dag och månad inte har bytt plats",
        ),
    ]
    for kind, heading, flags, what, action in faults:
        n_rows = int(flags.sum())
        if n_rows:
            where = file.where(columns.sheet, columns.numbers[flags][:SHOWN_ROWS].tolist(), heading)
            doubts.append(Doubt(kind, where, f"{_rows(n_rows)} {what}.", f"{action}.", n_rows, n_rows / len(flags)))
    return doubts


def places(where: str, found: Points | None, n_rows: int) -> list[Doubt]:
    """Doubts about coordinates that were mended or left out."""
    if found is None:
        return []
    words = {
        "swapped": ("koordinater_omvanda", "har latitud och longitud i omvänd ordning", "De är vända rätt."),
        "zero": ("koordinater_noll", "har koordinaterna 0, 0", "De räknas som händelser utan läge."),
        "outside": ("koordinater_utanfor", "har koordinater utanför Sverige", "De räknas som händelser utan läge."),
        "unreadable": ("koordinater_olasliga", "har koordinater som inte går att läsa", "De räknas som händelser utan läge."),
    }
    return [
        Doubt(kind, where, f"{_rows(found.found[fault])} {what}.", action, found.found[fault], found.found[fault] / n_rows)
        for fault, (kind, what, action) in words.items()
        if found.found.get(fault)
    ]


def no_kommun(where: str, profile: Profile) -> Doubt:
    """The list does not say in which kommun its rows lie."""
    action = "Kontrollera att uttaget bara gäller det området."
    return Doubt(
        "kommun_ej_angiven", where, f"uttaget har ingen kolumn för kommun; alla rader räknas till {profile.place}.", action
    )


def case_numbers(where: str, n_rows: int) -> list[Doubt]:
    """Case numbers were replaced."""
    if not n_rows:
        return []
    what = f"{_rows(n_rows)} har ett ärendenummer eller annat nummer som kan peka ut ett ärende."
    action = "Numret är ersatt av en kontrollsumma och sparas inte. Be polisen om ett uttag utan diarienummer."
    return [Doubt("arendenummer", where, what, action, n_rows)]


def repeated(where: str, named: Named) -> list[Doubt]:
    """Rows that share a number and a code, and a list without numbers of which most rows are there more than once."""
    doubts = []
    is_shared = pd.Series(named.keys).duplicated(keep=False).to_numpy()
    n_shared, n_alike = int((is_shared & named.is_own).sum()), int((is_shared & ~named.is_own).sum())
    if n_shared:
        what = f"{_rows(n_shared)} delar nummer och brottskod med en annan rad."
        doubts.append(Doubt("upprepat_nummer", where, what, "De har fått ett tillägg som skiljer dem åt.", n_shared))
    if n_alike > _SHOWN and n_alike >= _HALF * len(is_shared):
        what = f"{_rows(n_alike)} av {swedish.number(len(is_shared))} är exakt lika en annan rad."
        action = "De räknas var för sig. Kontrollera att uttaget inte står två gånger i filen."
        doubts.append(Doubt("lika_rader", where, what, action, n_alike, n_alike / len(is_shared)))
    return doubts


def whole(
    where: str, frame: pd.DataFrame, n_rows: int, set_aside: Mapping[str, int], profile: Profile, *, has_places: bool
) -> list[Doubt]:
    """What the file as a whole lacks: shares of rows set aside, without time and without place; a year that is not whole."""
    doubts, n_used = [], len(frame)
    told = {reason: count for reason, count in set_aside.items() if count and reason != OUTSIDE_BRA}  # that has its own doubt
    n_aside = sum(told.values())
    if n_aside:
        listed = [f"{reason} ({swedish.number(count)})" for reason, count in sorted(told.items())]
        what = f"{_rows(n_aside)} av {swedish.number(n_rows)} ({_share(n_aside / n_rows)}) är undantagna: {'; '.join(listed)}."
        doubts.append(Doubt("undantagna_rader", where, what, "Kontrollera att skälen stämmer.", n_aside, n_aside / n_rows))
    if not n_used:
        return [
            *doubts,
            Doubt("inga_handelser", where, f"ingen rad gäller {profile.place}.", "Kontrollera att det är rätt fil."),
        ]
    first, last = frame["occurred_from"], frame["occurred_to"]
    is_timed = ((first - first.dt.normalize()) > _MIDNIGHT) | ((last - last.dt.normalize()) > _MIDNIGHT)
    n_untimed = int((~is_timed).sum())
    if n_untimed:
        what = f"{_rows(n_untimed)} av {swedish.number(n_used)} ({_share(n_untimed / n_used)}) saknar klockslag."
        action = "Klockan 00.00 räknas som okänt klockslag. De kan inte visas efter timme."
        doubts.append(Doubt("utan_klockslag", where, what, action, n_untimed, n_untimed / n_used))
    n_unplaced = int((frame["area"].isna() & frame["x"].isna()).sum()) if has_places else n_used
    if n_unplaced:
        what = f"{_rows(n_unplaced)} av {swedish.number(n_used)} ({_share(n_unplaced / n_used)}) saknar plats."
        action = "De räknas för kommunen men kan inte visas efter område."
        doubts.append(Doubt("utan_plats", where, what, action, n_unplaced, n_unplaced / n_used))
    days = frame["reported_on"].fillna(first).dropna()
    if len(days) and (days.min().month > 1 or days.max().month < 12):
        what = f"uttaget gäller {days.min():%Y-%m-%d}–{days.max():%Y-%m-%d}, alltså inte bara hela år."
        doubts.append(Doubt("del_av_ar", where, what, "Jämför bara samma månader mellan åren.", n_used))
    return doubts


def _rows(n_rows: int) -> str:
    return swedish.plural(n_rows, "rad", "rader")


def _share(share: float) -> str:
    return swedish.percent(share, 1 if share < 0.1 else 0, words=True)
