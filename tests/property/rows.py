"""A sample's rows, counted without any reader's help, and changes after which they can be counted again.

Which rows are titles, headings and footnotes is known of the sample; every other row that holds anything must be accounted for.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.property import books
from tests.property.mutations import CELLS

#: A kommun's name alone in a row is a heading in some tables, so none is written here.
_FIELDS = (
    *(cell for cell in CELLS if not set(cell) & set('"\n;\t,') and cell not in ("Malung", "Hela landet")),
    *("3 (om vad?)", "19 850", "Summa", "Totalt"),
)
#: These are emptied, and told, before any reader sees them.
_ERRORS = ("#N/A", "#REF!")
_VALUES: tuple[object, ...] = (*CELLS, None, 0, -1, 1.5, 1e300, True, [], {}, [None], {"a": 1})


@dataclass(frozen=True)
class Sample:
    """A file and which of its rows are data. data_rows: sheet ("" in a text) -> places from 0; not for JSON and PC-Axis.

    card: the source card beside it, in TOML. records: of JSON, the lists that hold the records, each as far as it is one.
    """

    data: bytes
    data_rows: dict[str, frozenset[int]] = field(default_factory=dict)
    card: str = ""
    records: Callable[[object], list[list[object]]] | None = None

    @property
    def n_rows(self) -> int:
        """The data rows."""
        if self.records:
            return sum(map(len, self.records(json.loads(self.data))))
        return sum(map(len, self.data_rows.values())) or (len(_px_figures(self.data)) if self.is_px else 0)

    @property
    def is_px(self) -> bool:
        """Whether it is PC-Axis."""
        return self.data.startswith(b"CHARSET")

    @property
    def is_countable(self) -> bool:
        """Whether it is known which rows are data."""
        return bool(self.data_rows) or self.records is not None or self.is_px


def changed(sample: Sample, seed: int) -> tuple[bytes, int]:
    """The file with data rows taken away, doubled or spoilt, and how many it has then."""
    chance = random.Random(seed)
    if sample.records:
        return _of_records(sample, chance)
    if sample.is_px:
        return _of_px(sample.data, chance)
    if sample.data.startswith(b"PK"):
        sheets = {
            name: _rows_changed(rows, sample.data_rows.get(name, ()), chance) for name, rows in books.read(sample.data).items()
        }
        data = books.written({name: [row for row, _ in rows] for name, rows in sheets.items()})
        return data, sum(is_data and any(map(_holds, row)) for rows in sheets.values() for row, is_data in rows)
    rows, mark = _of_text(sample.data.decode("latin-1"))
    made = _rows_changed(rows, sample.data_rows[""], chance)
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=mark, lineterminator="\n")
    writer.writerows(row for row, _ in made)
    return buffer.getvalue().encode("latin-1"), sum(is_data and any(map(_holds, row)) for row, is_data in made)


def beside_notes(sample: Sample, text: str) -> bytes:
    """The sample as a workbook, with two rows of notes on a sheet of their own. text: the sample's, where it is one."""
    sheets = books.read(sample.data) if sample.data.startswith(b"PK") else {"Blad1": _of_text(text)[0]}
    return books.written({**sheets, "Anteckningar": [["kom ihåg"], ["ring", "måndag"]]})


def _of_text(text: str) -> tuple[books.Rows, str]:
    """The fields of every line, and what parts them."""
    mark = max(";,\t", key=text.count)
    return [[cell for part in csv.reader([line], delimiter=mark) for cell in part] for line in text.split("\n")], mark


def _rows_changed(
    rows: books.Rows, data_rows: frozenset[int] | tuple[()], chance: random.Random
) -> list[tuple[list[object], bool]]:
    """One to three rows gone, doubled, or with another cell, and which of the rows are data."""
    made = [(list(row), place in data_rows) for place, row in enumerate(rows)]
    for _ in range(chance.randint(1, 3)):
        places = [place for place, (_, is_data) in enumerate(made) if is_data]
        if not places:
            break
        at = chance.choice(places)
        row = made[at][0]
        match chance.randrange(4):
            case 0:
                del made[at]
            case 1:
                made.insert(chance.choice(places), (list(row), True))
            case _ if row:
                row[chance.randrange(len(row))] = chance.choice(_FIELDS).encode().decode("latin-1")
    return made


def _of_records(sample: Sample, chance: random.Random) -> tuple[bytes, int]:
    whole = json.loads(sample.data)
    assert sample.records
    for _ in range(chance.randint(1, 3)):
        lists = [records for records in sample.records(whole) if records]
        if not lists:
            break
        records = chance.choice(lists)
        at = chance.randrange(len(records))
        match chance.randrange(4):
            case 0:
                del records[at]
            case 1:
                records.append(dict(records[at]))  # type: ignore[call-overload]
            case _:
                records[at][chance.choice(list(records[at]))] = chance.choice(_VALUES)  # type: ignore[index,call-overload]
    return json.dumps(whole, ensure_ascii=False).encode(), sum(map(len, sample.records(whole)))


def _of_px(data: bytes, chance: random.Random) -> tuple[bytes, int]:
    """Figures that are others; their number cannot change, as it follows from the file's headings."""
    figures = list(_px_figures(data))
    n_figures = len(figures)
    for _ in range(chance.randint(1, 3)):
        figures[chance.randrange(n_figures)] = chance.choice((b'".."', b'"."', b'"-"', b"0", b"-1", b"1.5", b'"x"', b"1e9"))
    start = data.index(b"DATA=") + len(b"DATA=")
    return data[:start] + b" ".join(figures) + b";\n", n_figures


def _px_figures(data: bytes) -> list[bytes]:
    return re.findall(rb'"[^"]*"|[^\s;]+', data[data.index(b"DATA=") + len(b"DATA=") :])


def _holds(cell: object) -> bool:
    return str("" if cell is None else cell).strip() not in ("", *_ERRORS)
