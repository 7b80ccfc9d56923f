"""A printed table as labelled figures: what its rows, columns and titles say of every cell, whichever way it is turned.

Survey tables have questions as rows and years as columns, or areas as rows and questions as columns, or all of it in columns.
Each source says by ``classify`` what a text is ("2023" a year, "Mariestad" a place); where it stands is worked out here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from lagesbild.sources.files.file import Sheet, is_blank
from lagesbild.tables import parse_figure

#: A heading row is looked for above the first row of figures, at most so many rows up.
_MOST_HEADING_ROWS = 3
_YEARS = range(1990, 2101)
#: Said in a title, these hold for the rest of the sheet; other kinds until the next section.
_LASTING = ("place", "year", "group", "unit")
_PLACE = "place"


@dataclass(frozen=True)
class Label:
    """What a text says. kind: "year", "place", "item" or what else the source asks for; value: as the source writes it."""

    kind: str
    value: str


#: A text -> its labels; () where it says nothing known.
Classify = Callable[[str], tuple[Label, ...]]


@dataclass(frozen=True)
class Cell:
    """One figure. row: its number in the file; labels: what its row and column say (kind -> value), context: what the titles
    above and the sheet's name say; row_text, column_text: texts that say nothing known; section: the last such title."""

    sheet: str
    row: int
    heading: str
    content: object
    labels: Mapping[str, str]
    context: Mapping[str, str]
    row_text: str
    column_text: str
    section: str

    def get(self, kind: str) -> str:
        """What the row, else the column, else the titles say of the kind; "" where nothing does."""
        return self.labels.get(kind) or self.context.get(kind, "")


@dataclass(frozen=True)
class Grid:
    """A sheet's figures, its data rows (their numbers), and the texts of its titles, headings and footnotes with their rows."""

    sheet: str
    cells: tuple[Cell, ...]
    rows: tuple[int, ...]
    words: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class _State:
    """What has been said above the current row. columns: place -> labels, text; dimensions: place -> kind ("" = by content)."""

    context: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    columns: Mapping[int, tuple[Mapping[str, str], str]] = field(default_factory=dict)
    dimensions: Mapping[int, str] = field(default_factory=dict)


def cell_text(cell: object) -> str:
    """A cell as one line of text, whole numbers without decimals."""
    if is_blank(cell):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())


def is_figure(cell: object) -> bool:
    """Whether a cell holds a figure or a mark in its place, but no year."""
    if is_blank(cell) or isinstance(cell, bool):
        return False
    if isinstance(cell, (int, float)):
        return not (float(cell).is_integer() and int(cell) in _YEARS)
    text = str(cell).strip().removesuffix("%").rstrip()
    try:
        parse_figure(text)
    except ValueError:
        return False
    return not (re.fullmatch(r"[0-9]{4}", text) and int(text) in _YEARS)


def grid(sheet: Sheet, classify: Classify, dimensions: Mapping[str, str], fold: Callable[[str], str]) -> Grid:
    """The sheet's figures with their labels. dimensions: folded heading -> kind of the texts below it ("kommun" -> "place").

    A row with one text is a title or a section: what it says holds for the rows below it. Labels of a row go before those of
    its column, those before the section's and the titles'.
    """
    reader = _Reader(sheet, classify, dimensions, fold)
    return reader.run()


class _Reader:
    """Walks down a sheet; one use."""

    def __init__(self, sheet: Sheet, classify: Classify, dimensions: Mapping[str, str], fold: Callable[[str], str]) -> None:
        self.sheet, self.classify, self.kinds, self.fold = sheet, classify, dimensions, fold
        self.cells: list[Cell] = []
        self.data: list[int] = []
        self.words: list[tuple[int, str]] = [(0, sheet.name)] if sheet.name else []
        self.base = _merged(classify(sheet.name)) if sheet.name else {}
        self.state = _State(context=self.base)

    def run(self) -> Grid:
        rows = self.sheet.rows
        at = 0
        while at < len(rows):
            filled = [place for place, cell in enumerate(rows[at]) if not is_blank(cell)]
            if not filled:
                at += 1
            elif len(filled) == 1 and not is_figure(rows[at][filled[0]]):
                self._title(cell_text(rows[at][filled[0]]), self.sheet.numbers[at])
                at += 1
            elif self._is_heading(rows[at]):
                height = self._height(at)
                self._headings(at, height)
                at += height
            else:
                self._data(at)
                at += 1
        return Grid(self.sheet.name, tuple(self.cells), tuple(self.data), tuple(self.words))

    def _title(self, text: str, number: int) -> None:
        self.words.append((number, text))
        labels = _merged(self.classify(text))
        self._about({**self.state.context, **labels}, "" if labels else text)

    def _about(self, context: Mapping[str, str], section: str) -> None:
        """A question named in a title holds until the next section; a place, a year and a unit until another is named."""
        if section:
            context = {**{k: v for k, v in context.items() if k in _LASTING}, **self.base}
        self.state = replace(self.state, context=context, section=section)

    def _is_heading(self, row: list[object]) -> bool:
        """No figures, and at least one cell that is a known heading or label."""
        if any(is_figure(cell) for cell in row) or self._is_of_answers(row) or self._is_named(row):
            return False
        texts = [cell_text(cell) for cell in row if not is_blank(cell)]
        known = [text for text in texts if self.fold(text) in self.kinds or self.classify(text)]
        return not self.state.columns or len(known) * 2 >= len(texts)

    def _is_of_answers(self, row: list[object]) -> bool:
        """Whether a row is a statistic's, such as the number of answers, whose figures only look like years: 1999 answers in a
        column of 2022."""
        first = next((cell_text(cell) for cell in row if not is_blank(cell)), "")
        if "statistic" not in _merged(self.classify(first)):
            return False
        said = [(known.get("year"), row[place]) for place, (known, _) in self.state.columns.items() if place < len(row)]
        return any(year for year, _ in said) and not any(year == cell_text(cell) for year, cell in said)

    def _is_named(self, row: list[object]) -> bool:
        """Whether a row begins with what its column holds, such as a place below "Område": its figures are no figures then."""
        kind = self.state.dimensions.get(0)
        return bool(kind and row and kind in _merged(self.classify(cell_text(row[0]))))

    def _height(self, at: int) -> int:
        """How many heading rows stand together from here."""
        height = 1
        while height < _MOST_HEADING_ROWS and at + height < len(self.sheet.rows):
            row = self.sheet.rows[at + height]
            n_filled = sum(not is_blank(cell) for cell in row)
            is_lower = n_filled > 1 or (n_filled == 1 and is_blank(row[0]))
            is_below_a_name = any(not is_blank(upper[0]) for upper in self.sheet.rows[at : at + height] if upper)
            if is_below_a_name and row and not is_blank(row[0]) and self.fold(cell_text(row[0])) not in self.kinds:
                break
            if not is_lower or any(is_figure(cell) for cell in row) or not self._is_heading(row):
                break
            height += 1
        return height

    def _headings(self, at: int, height: int) -> None:
        """The columns below these heading rows: what their headings say, or of what kind their texts are."""
        rows, below = self.sheet.rows[at : at + height], self.sheet.rows[at + height :]
        paths = _paths(rows)
        self.words += [(self.sheet.numbers[at], text) for path in paths for text in path]
        columns: dict[int, tuple[Mapping[str, str], str]] = {}
        dimensions: dict[int, str] = {}
        for place, path in enumerate(paths):
            kind = next((self.kinds[self.fold(text)] for text in reversed(path) if self.fold(text) in self.kinds), "")
            is_text = self._is_text(place, below)
            labels = _merged(label for text in path for label in self.classify(text))
            if is_text and not kind and path and dimensions:
                if not labels:
                    continue  # a column of remarks
                is_text = False
            if is_text or (kind and kind != _PLACE) or (kind and _are_codes(place, below)):
                dimensions[place] = kind
                if not kind and path and not columns:
                    self._over_the_rows(path)
            elif path:
                columns[place] = {_PLACE: path[-1], **labels} if kind else labels, " ".join(path)
        for place in [place for place, kind in dimensions.items() if kind == "item"][:-1]:
            dimensions[place] = "section"  # "Frågeområde" left of "Fråga" groups the questions
        self.state = replace(self.state, columns=columns, dimensions=dimensions)

    def _over_the_rows(self, path: list[str]) -> None:
        """What stands over the rows' texts and is no heading is what the table is about ("Missbruk | 2022 | 2023")."""
        labels = _merged(label for text in path for label in self.classify(text) if label.kind not in ("item", "year"))
        self._about({**self.state.context, **labels}, "" if labels else " ".join(path))

    def _is_text(self, place: int, below: list[list[object]]) -> bool:
        """Whether a column holds texts: most of the filled cells just below the headings are no figures."""
        cells = [row[place] for row in below[:30] if place < len(row) and not is_blank(row[place])]
        n_texts = sum(not is_figure(cell) for cell in cells)
        return place == 0 if not cells else n_texts * 2 > len(cells)

    def _data(self, at: int) -> None:
        row, number = self.sheet.rows[at], self.sheet.numbers[at]
        self.data.append(number)
        if not self.state.columns:  # a figure above any heading: "Antal svar: 1 884"
            texts = [cell_text(cell) for cell in row if not is_blank(cell) and not is_figure(cell)]
            labels = _merged(label for text in texts for label in self.classify(text))
            self.cells += [self._cell(number, "", cell, labels, " ".join(texts), "") for cell in row if is_figure(cell)]
            return
        labels, unnamed = self._row_labels(row)
        for place, (known, heading) in self.state.columns.items():
            content = row[place] if place < len(row) else None
            if not is_blank(content):
                both = {**known, **labels}
                self.cells.append(self._cell(number, heading, content, both, unnamed, "" if known else heading))

    def _row_labels(self, row: list[object]) -> tuple[dict[str, str], str]:
        """What the row's texts say, by the kind of their column where its heading tells one; and the texts that say nothing."""
        labels: dict[str, str] = {}
        unnamed: list[str] = []
        for place, kind in self.state.dimensions.items():
            text = cell_text(row[place]) if place < len(row) else ""
            found = _merged(self.classify(text)) if text else {}
            if kind and text and "statistic" not in found:
                found = {**({"unit": found["unit"]} if kind == "item" and "unit" in found else {}), kind: found.get(kind, text)}
            elif text and not found:
                unnamed.append(text)
            labels = {**found, **labels}
        return labels, " ".join(unnamed)

    def _cell(
        self, number: int, heading: str, content: object, labels: Mapping[str, str], row_text: str, column_text: str
    ) -> Cell:
        state = self.state
        return Cell(self.sheet.name, number, heading, content, labels, state.context, row_text, column_text, state.section)


def _paths(rows: list[list[object]]) -> list[list[str]]:
    """Per column its heading texts from the top; a text in an upper row holds until the next one (merged cells)."""
    width = max(map(len, rows))
    paths: list[list[str]] = [[] for _ in range(width)]
    for level, row in enumerate(rows):
        last = ""
        for place in range(width):
            text = cell_text(row[place]) if place < len(row) else ""
            last = last if not text and level < len(rows) - 1 else text
            if last:
                paths[place].append(last)
    return paths


def _are_codes(place: int, below: list[list[object]]) -> bool:
    """Whether a column holds the kommuner's codes."""
    texts = [cell_text(row[place]) for row in below[:30] if place < len(row) and not is_blank(row[place])]
    return bool(texts) and all(re.fullmatch(r"[0-9]{3,4}", text) for text in texts)


def _merged(labels: Iterable[Label]) -> dict[str, str]:
    """kind -> value, the first of each kind."""
    result: dict[str, str] = {}
    for label in labels:
        result.setdefault(label.kind, label.value)
    return result
