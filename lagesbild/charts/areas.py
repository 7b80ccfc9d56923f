"""Named areas of one problem area: dot and interval for each list of events, side by side and never summed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import lettering, scales, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.lettering import clean
from lagesbild.charts.rows import Row, records
from lagesbild.charts.sheet import Sheet
from lagesbild.places.events import EST, POLICE
from lagesbild.places.value import Places
from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy

#: The police's list first: it is mostly the longer one.
ORDER = (POLICE, EST)
LISTS = {POLICE: "Polisens händelselista", EST: "EST-observationer"}
EVENTS = {POLICE: "anmälda händelser", EST: "observationer"}
#: An area is said to have most from this probability on.
CLEAR = 0.95
MOST = 8
_ROW, _LABELS, _GAP, _NUMBERS = 5.4, 38.0, 5.0, 22.0


@dataclass(frozen=True)
class Listed:
    """One list of events: source, its rows by area (those with a count), n events with an area, and the period."""

    source: str
    rows: dict[str, Row]
    n: int
    period: str

    @property
    def first(self) -> Row | None:
        """The area that as good as certainly has most; None where no area can be told apart."""
        return next((row for row in self.rows.values() if row["p_first"] >= CLEAR), None)


def listed(line: str, places: Places) -> list[Listed]:
    """The lists that have areas to show of the line, the police's first."""
    found = []
    for source in ORDER:
        rows, base = places.of("places", source, line), places.of("bases", source, line)
        rows = rows[rows["count"].gt(0).fillna(False)]
        if len(rows):
            one = records(base)[0]
            shown = {str(row["area"]): row for row in records(rows)}
            found.append(Listed(source, shown, int(one["n_with_area"]), swedish.years(one["first_year"], one["last_year"])))
    return found


@theme.styled
def platser(line: str, places: Places, profile: Profile, taxonomy: Taxonomy) -> Chart | None:
    """The areas with most events of the line, at most eight, with the interval of each count; None where none may be shown."""
    lists = listed(line, places)
    if not lists:
        return None
    names = list(dict.fromkeys(area for one in lists for area in one.rows))
    title = _title(wording.plain(taxonomy.name(line)), lists)
    bases = based([(one.n, one.source, one.period) for one in lists])
    rest = _rest(line, lists, names, places)
    return Chart(
        name=f"platser-{line.replace('_', '-')}",
        figure=_draw(names[:MOST], lists, rest, profile).figure,
        title=title,
        subtitle=f"Antal per namngivet område, av {bases}. Streck = 95{swedish.NBSP}% osäkerhetsintervall.",
        alt=" ".join([f"{title}.", *(_told(one) for one in lists), rest]).strip(),
        caption=wording.source_line([LISTS[one.source] for one in lists], swedish.listing(_periods(lists)), profile),
        table=_table(lists, names),
    )


def number(row: Row) -> str:
    """'189 (163–218)'."""
    return f"{swedish.number(row['count'])} ({swedish.interval(round(row['lower']), round(row['upper']))})"


def based(lists: Sequence[tuple[int, str, str]]) -> str:
    """How many events of each list and period, the period once where it is the same.

    >>> based([(393, "handelser", "2025"), (94, "est", "2025")])
    '393 anmälda händelser och 94 observationer 2025'
    """
    periods = {period for _, _, period in lists}
    told = [f"{swedish.number(n)} {EVENTS[source]}" for n, source, _ in lists]
    if len(periods) == 1:
        return f"{swedish.listing(told)} {periods.pop()}"
    return swedish.listing([f"{text} {period}" for text, (_, _, period) in zip(told, lists, strict=True)])


def _periods(lists: list[Listed]) -> list[str]:
    return list(dict.fromkeys(one.period for one in lists))


def _title(name: str, lists: list[Listed]) -> str:
    def most(one: Listed, row: Row) -> str:
        area = clean(str(row["area"]), 30)
        return f"flest {EVENTS[one.source]} i {area} ({swedish.number(row['count'])} av {swedish.number(one.n)})"

    clear = [(one, first) for one in lists if (first := one.first) is not None]
    if not clear:
        return f"{name}: inget område går att skilja ut som det vanligaste"
    if len(clear) == 2 and clear[0][1]["area"] == clear[1][1]["area"]:
        one, row = clear[0]
        return f"{name}: {most(one, row)}, liksom flest {EVENTS[clear[1][0].source]}"
    return f"{name}: {swedish.listing([most(*each) for each in clear])}"


def _told(one: Listed) -> str:
    areas = "; ".join(f"{clean(area, 30)} {number(row)}" for area, row in list(one.rows.items())[:MOST])
    sure = "" if one.first is not None else " Inget område går att skilja ut som det vanligaste."
    return f"{LISTS[one.source]}: {areas}.{sure}"


def _rest(line: str, lists: list[Listed], names: list[str], places: Places) -> str:
    """Which areas are not drawn, and why."""
    known = {area for one in lists for area in places.of("places", one.source, line)["area"]}
    hidden = sorted(known - set(names))
    said = []
    if len(names) > MOST:
        said.append(f"{swedish.capital(swedish.count_word(len(names) - MOST))} områden till står i arbetsboken.")
    if hidden:
        listed_names = swedish.listing([clean(area, 30) for area in hidden]) if len(hidden) <= 6 else f"{len(hidden)} områden"
        said.append(f"Färre än 5, eller dolt för att skydda ett litet antal: {listed_names}.")
    return " ".join(said)


def _draw(names: list[str], lists: list[Listed], rest: str, profile: Profile) -> Sheet:
    notes = lettering.wrap(rest, theme.WIDTH, theme.NOTE) if rest else []
    step = lettering.line_height(theme.NOTE)
    height = 6.0 + _ROW * len(names) + 6.5 + step * len(notes)
    sheet = Sheet.new(height, is_example=profile.is_example)
    top = sheet.top - 6.0
    bottom = top - _ROW * len(names)
    wide = (theme.WIDTH - _LABELS - _GAP * (len(lists) - 1)) / len(lists)
    for i, area in enumerate(names):
        y = top - (i + 0.5) * _ROW
        is_clear = any(one.first is not None and one.first["area"] == area for one in lists)
        weight = theme.SEMIBOLD if is_clear else theme.REGULAR
        sheet.text(0, y, lettering.fit(clean(area), _LABELS - 3, theme.BODY, weight), weight=weight)
        sheet.rule((0, theme.WIDTH), (y - _ROW / 2, y - _ROW / 2), width=0.3)
    for k, one in enumerate(lists):
        left = _LABELS + k * (wide + _GAP)
        sheet.text(left, sheet.top - 2.4, f"{LISTS[one.source]} {one.period}", size=theme.NOTE, weight=theme.SEMIBOLD)
        _panel(sheet, one, names, (left, left + wide), (bottom, top))
    sheet.lines(0, bottom - 8.0, notes, size=theme.NOTE, color=theme.QUIET)
    return sheet


def _panel(sheet: Sheet, one: Listed, names: list[str], sides: tuple[float, float], ends: tuple[float, float]) -> None:
    left, right = sides[0] + 1.5, sides[1] - _NUMBERS
    highest = max((row["upper"] for area, row in one.rows.items() if area in names), default=1.0)
    ticks = scales.round_ticks(float(highest), 4, is_count=True)

    def x(value: float) -> float:
        return left + min(value, ticks[-1]) / ticks[-1] * (right - left)

    for tick in ticks:
        is_zero = tick == 0
        sheet.rule((x(tick), x(tick)), ends, color=theme.QUIET if is_zero else theme.RULE, width=0.8 if is_zero else 0.4)
        sheet.text(x(tick), ends[0] - 2.8, scales.number_label(tick), ha="center", size=theme.NOTE, color=theme.QUIET)
    for i, area in enumerate(names):
        _mark(sheet, one, one.rows.get(area), ends[1] - (i + 0.5) * _ROW, x, sides[1])


def _mark(sheet: Sheet, one: Listed, row: Row | None, y: float, x: Callable[[float], float], edge: float) -> None:
    if row is None:
        sheet.text(edge, y, "visas inte", ha="right", size=theme.NOTE, color=theme.QUIET)
        return
    first = one.first
    is_first = first is not None and first["area"] == row["area"]
    sheet.rule((x(row["lower"]), x(row["upper"])), (y, y), color=theme.OWN, width=1.3, order=3)
    sheet.mark(x(row["count"]), y, "o", size=5.6, color=theme.OWN, face=theme.OWN if is_first else theme.PAPER)
    sheet.text(edge, y, number(row), ha="right", weight=theme.SEMIBOLD if is_first else theme.REGULAR)


def _table(lists: list[Listed], names: list[str]) -> pd.DataFrame:
    table: dict[str, object] = {"Område": pd.Series(names, dtype="str")}
    columns = {"count": "antal", "lower": "undre gräns", "upper": "övre gräns", "p_first": "sannolikhet att ha flest"}
    for one in lists:
        for column, head in columns.items():
            values = [one.rows[area][column] if area in one.rows else None for area in names]
            table[f"{LISTS[one.source]}, {head}"] = pd.Series(values, dtype="float64")
    return pd.DataFrame(table)
