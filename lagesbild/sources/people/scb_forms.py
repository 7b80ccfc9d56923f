"""The forms in which SCB's statistical database delivers a table, read as a cube: CSV, json-stat, its own JSON and PC-Axis."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from lagesbild.sources.files.file import Sheet, is_blank
from lagesbild.sources.people.scb_cube import Cube, kind, role
from lagesbild.tables import parse_figures
from lagesbild.taxonomy.names import fold

#: A table of so many cells is more than SCB gives at once; a larger one is a fault in the file.
MOST_CELLS = 5_000_000
#: What a CSV of SCB's calls its first column; other tables of population say "kommun".
_REGIONS = {"region", "regionkod"}
_LOOK_FOR_HEADINGS_IN = 10
_YEAR_HEADING = re.compile(r"(.*?)\s*\b((?:19|20)\d\d)(?:\.0)?", re.DOTALL)
_PX = re.compile(r'\s*([A-Z][A-Z0-9-]*)(\[[^\]]*\])?(?:\(((?:"[^"]*"|[^)"])*)\))?\s*=((?:"[^"]*"|[^";])*);')
_QUOTED = re.compile(r'"([^"]*)"(\s*,)?')


class FormError(ValueError):
    """The file is of the form but broken; the message is the reason in Swedish."""


def heading_row(sheet: Sheet) -> int | None:
    """The place of a PxWeb heading row: region first among the dimensions, and a content that is a population; else None."""
    for at, row in enumerate(sheet.rows[:_LOOK_FOR_HEADINGS_IN]):
        names = [_text(cell) for cell in row]
        roles = [role(name) for name in names]
        if not {fold(name) for name in names[:2]} & _REGIONS or len([name for name in names if name]) < 2:
            continue
        years = [found[1] for name in names if (found := _YEAR_HEADING.fullmatch(name))]
        has_content = any(kind(name) for name in [*years, *names]) or "contents" in roles
        above = any(kind(_text(cell)) for earlier in sheet.rows[:at] for cell in earlier)
        if (years or "time" in roles) and (has_content or (above and years)):
            return at
    return None


def of_sheet(sheet: Sheet, head: int) -> Cube:
    """A CSV of PxWeb's, years as headings or in a column. rad: row number in the file; a wide row gives several cells."""
    names = [_text(cell) for cell in sheet.rows[head]]
    years = {at: found for at, name in enumerate(names) if (found := _YEAR_HEADING.fullmatch(name))}
    figures = list(years) or [at for at, name in enumerate(names) if name and not role(name) and kind(name)]
    figures = figures or [len(names) - 1]
    title = next((_text(cell) for earlier in sheet.rows[:head] for cell in earlier if kind(_text(cell))), "")
    dimensions = {name: role(name) for at, name in enumerate(names) if name and at not in figures}
    pairs = zip(sheet.numbers[head + 1 :], sheet.rows[head + 1 :], strict=True)
    kept = [(number, row) for number, row in pairs if sum(not is_blank(cell) for cell in row) > 1]
    frames = []
    for at in figures:
        columns: dict[str, Any] = {"rad": [number for number, _ in kept]}
        for place, name in enumerate(names):
            if name in dimensions and place not in figures:
                columns.setdefault(name, [_text(row[place]) if place < len(row) else "" for _, row in kept])
                columns.setdefault(f"{name}#", columns[name])
        label = years[at][1] if at in years else names[at]
        if "contents" not in dimensions.values():
            columns["tabellinnehåll"] = columns["tabellinnehåll#"] = [label or title] * len(kept)
        if at in years:
            columns["år"] = columns["år#"] = [years[at][2]] * len(kept)
        columns["cell"] = [row[at] if at < len(row) else None for _, row in kept]
        frames.append(pd.DataFrame(columns))
    cells = pd.concat(frames, ignore_index=True)
    given = dimensions | ({"år": "time"} if years else {})
    if "contents" not in given.values():
        given["tabellinnehåll"] = "contents"
    return Cube(given, _valued(cells))


def of_json(content: object) -> Cube:
    """json-stat 1 and 2, or PxWeb's own JSON, as a cube; rad is the cell's running number. Raises FormError."""
    if isinstance(content, dict) and isinstance(content.get("columns"), list):
        return _of_own_json(content)
    data = content.get("dataset", content) if isinstance(content, dict) else None
    try:
        return _of_json_stat(data)
    except (TypeError, KeyError, AttributeError, ValueError, IndexError, OverflowError) as error:
        raise error if isinstance(error, FormError) else FormError("filens delar hänger inte ihop.") from error


def _of_json_stat(data: Any) -> Cube:
    dimension = data["dimension"]
    ids, sizes = data.get("id", dimension.get("id")), data.get("size", dimension.get("size"))
    roles = data.get("role", dimension.get("role", {})) or {}
    n_cells = _n_cells([int(size) for size in sizes])
    stated = {
        name: its for its, key in (("time", "time"), ("region", "geo"), ("contents", "metric")) for name in roles.get(key, [])
    }
    labels, codes, given = {}, {}, {}
    for name, size in zip(ids, sizes, strict=True):
        category = dimension[name]["category"]
        order = _ordered(category.get("index", category.get("label", {})))
        if len(order) != size:
            raise FormError("en dimension har ett annat antal kategorier än den säger.")
        texts = category.get("label", {})
        codes[name], labels[name] = [str(code) for code in order], [str(texts.get(code, code)) for code in order]
        given[name] = stated.get(name) or role(name) or role(str(dimension[name].get("label", "")))
    values = data["value"]
    if isinstance(values, dict):
        values = [values.get(str(at)) for at in range(n_cells)]
    if len(values) != n_cells:
        raise FormError(f"filen har {len(values)} värden men ska ha {n_cells}.")
    cells = _crossed(list(ids), labels, codes).assign(cell=pd.Series(values, dtype="object"))
    if "contents" not in given.values():
        given["tabellinnehåll"] = "contents"
        cells = cells.assign(**{"tabellinnehåll": str(data.get("label", "")), "tabellinnehåll#": ""})
    return Cube(given, _valued(cells), "cell")


def _ordered(index: Any) -> list[str]:
    """The codes in their order: a list, or code -> place; a dict of anything else stands in its own order."""
    if isinstance(index, dict) and all(isinstance(place, int) for place in index.values()):
        return [str(code) for code, _ in sorted(index.items(), key=lambda item: int(item[1]))]
    return [str(code) for code in index]


def _of_own_json(content: dict[str, Any]) -> Cube:
    columns = content["columns"]
    try:
        keys = [column for column in columns if column["type"] != "c"]
        contents = [str(column["text"]) for column in columns if column["type"] == "c"]
        records = []
        for item in content["data"]:
            for label, value in zip(contents, item["values"], strict=True):
                records.append([*map(str, item["key"]), label, value])
        names = [str(column["code"]) for column in keys]
        frame = pd.DataFrame(records, columns=[*names, "tabellinnehåll", "cell"])
    except (TypeError, KeyError, ValueError) as error:
        raise FormError("filens delar hänger inte ihop.") from error
    frame = frame.assign(**{f"{name}#": frame[name] for name in [*names, "tabellinnehåll"]}, rad=range(1, len(frame) + 1))
    given = {name: role(name) or role(str(column.get("text", ""))) for name, column in zip(names, keys, strict=True)}
    return Cube({**given, "tabellinnehåll": "contents"}, _valued(frame), "cell")


def of_px(text: str) -> Cube:
    """A PC-Axis file as a cube; rad is the cell's running number. Raises FormError.

    Keywords of other languages ("[en]") are passed over. A quoted text may go on over several lines.
    """
    words: dict[tuple[str, str], str] = {}
    end = 0
    for found in _PX.finditer(text):
        if not found[2]:
            words.setdefault((found[1], "".join(part for part, _ in _QUOTED.findall(found[3] or ""))), found[4])
        end = found.end()
    if ("DATA", "") not in words:
        raise FormError("filen är avklippt: DATA saknas eller slutar inte med semikolon.")
    if any(key == "KEYS" for key, _ in words):
        raise FormError("filen är av det slag som bara har celler med nycklar (KEYS). Hämta tabellen som CSV i stället.")
    dims = _listed(words.get(("STUB", ""), "")) + _listed(words.get(("HEADING", ""), ""))
    labels = {name: _listed(words.get(("VALUES", name), "")) for name in dims}
    codes = {name: _listed(words.get(("CODES", name), "")) or labels[name] for name in dims}
    if any(not labels[name] or len(codes[name]) != len(labels[name]) for name in dims):
        raise FormError("en variabel saknar värden, eller har inte lika många koder som värden.")
    n_cells = _n_cells([len(labels[name]) for name in dims])
    values = [token.strip('"') for token in re.findall(r'"[^"]*"|[^\s,"]+', words["DATA", ""])]
    if len(values) != n_cells or end < len(text.rstrip()) - 1:
        raise FormError(f"filen har {len(values)} värden men ska ha {n_cells}.")
    values = [".." if re.fullmatch(r"\.{3,}", value) else value for value in values]
    cells = _crossed(dims, labels, codes).assign(cell=pd.Series(values, dtype="object"))
    given = {name: role(name) for name in dims}
    varying = "".join(_listed(words.get(("CONTVARIABLE", ""), "")))
    if varying in given:
        given[varying] = "contents"
    if "contents" not in given.values():
        contents = "".join(_listed(words.get(("CONTENTS", ""), words.get(("TITLE", ""), ""))))
        given["tabellinnehåll"] = "contents"
        cells = cells.assign(**{"tabellinnehåll": contents, "tabellinnehåll#": ""})
    return Cube(given, _valued(cells), "cell")


def _listed(value: str) -> list[str]:
    """The texts of a keyword; one that goes on over several lines is joined."""
    texts: list[str] = []
    open_text = ""
    for part, comma in _QUOTED.findall(value.strip()):
        open_text += part
        if comma:
            texts, open_text = [*texts, open_text], ""
    return [*texts, open_text] if value.strip() else []


def _n_cells(sizes: Iterable[int]) -> int:
    n_cells = math.prod(sizes)
    if not 0 < n_cells <= MOST_CELLS:
        raise FormError(f"tabellen skulle ha {n_cells if n_cells < 10**12 else 'orimligt många'} celler.")
    return n_cells


def _crossed(dims: list[str], labels: dict[str, list[str]], codes: dict[str, list[str]]) -> pd.DataFrame:
    """Every combination of the categories, the last dimension running fastest."""
    sizes = [len(labels[name]) for name in dims]
    at = np.unravel_index(np.arange(math.prod(sizes)), sizes)
    columns: dict[str, Any] = {"rad": np.arange(1, math.prod(sizes) + 1)}
    for name, places in zip(dims, at, strict=True):
        columns[name] = np.array(labels[name], dtype=object)[places]
        columns[f"{name}#"] = np.array(codes[name], dtype=object)[places]
    return pd.DataFrame(columns)


def _valued(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with value (float64) and is_readable."""
    figures = parse_figures(cells["cell"])
    return cells.assign(value=figures["value"], is_readable=figures["is_readable"]).drop(columns="cell")


def _text(cell: object) -> str:
    if is_blank(cell):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())
