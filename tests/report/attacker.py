"""An outsider with the files of one or two reports, who tries to work out counts that should not be known.

Knows the product and its formulas, who uses EST how, and how many observations lie outside every area (``rest``). Knows nothing
of what was planted, and shares no code with the suppression. Each road gives what it finds: cell -> count.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd

from lagesbild.measures import clustering
from lagesbild.report.workbook import FIRST_ROW

Cell = tuple[str, str, int, str]
Found = dict[Cell, int]
SHARES = ("est_share", "dialogue_share", "survey_share")


@dataclass(frozen=True)
class Report:
    """A run folder. names: what the report calls each area -> its id. rest: (source, year) -> observations without an area."""

    folder: Path
    names: dict[str, str]
    rest: dict[tuple[str, int], int]

    @cached_property
    def measures(self) -> pd.DataFrame:
        rows = pd.read_csv(self.folder / "measures.csv", keep_default_na=True)
        return rows[~rows["is_published"]]

    @cached_property
    def book(self) -> dict[str, pd.DataFrame]:
        sheets = {}
        for page in openpyxl.load_workbook(self.folder / "lagesbild.xlsx"):
            rows = list(page.iter_rows(values_only=True))
            start = next(i for i, row in enumerate(rows) if i >= FIRST_ROW - 1 and any(cell is not None for cell in row))
            sheets[page.title] = pd.DataFrame(rows[start + 1 :], columns=list(rows[start]))
        return sheets

    @cached_property
    def charts(self) -> list[dict[str, str]]:
        return list(json.loads((self.folder / "charts" / "charts.json").read_text("utf-8")))

    @cached_property
    def text(self) -> str:
        pdf = subprocess.run(["pdftotext", "-layout", str(self.folder / "lagesbild.pdf"), "-"], capture_output=True, check=True)
        return re.sub(r"\s+", " ", pdf.stdout.decode())

    def totals(self) -> dict[tuple[str, int], float]:
        """Everything that was seen or mentioned, by source and year, from the base of any row."""
        rows = self.measures[self.measures["measure"].isin(["est_share", "dialogue_share"])]
        bases = rows.groupby(["source", "year"])["denominator"].max().dropna()
        return {(str(source), int(year)): float(base) for (source, year), base in bases.items()}


def whole(value: float) -> int | None:
    """The count that the figure is, if it is one."""
    return round(value) if np.isfinite(value) and abs(value - round(value)) < 1e-6 else None


def cell(row: Any) -> Cell:
    return str(row["source"]), str(row["problem_area"]), int(row["year"]), str(row["group"])


def kept(pairs: list[tuple[Cell, float]]) -> Found:
    return {key: count for key, value in pairs if (count := whole(value)) is not None}


def by_numerator(report: Report) -> Found:
    return kept([(cell(row), row["numerator"]) for row in report.measures.to_dict("records")])


def by_share(report: Report) -> Found:
    """A percentage times its base; the base of any row of the year will do."""
    totals, found = report.totals(), []
    for row in report.measures[report.measures["measure"].isin(SHARES)].to_dict("records"):
        base = totals.get((row["source"], int(row["year"])), row["denominator"])
        # Of a weighted survey share the last decimals are gone.
        value = row["value"] * base
        found.append((cell(row), round(value) if row["measure"] == "survey_share" and np.isfinite(value) else value))
    return kept(found)


def by_rate(report: Report) -> Found:
    rows = report.measures[report.measures["measure"].eq("est_rate")]
    units = rows.groupby("year")["denominator"].max()
    return kept([(cell(row), row["value"] * units[row["year"]]) for row in rows.to_dict("records")])


def by_limits(report: Report) -> Found:
    """The only count whose interval is the one that is printed."""
    found, totals = [], report.totals()
    for row in report.measures[report.measures["measure"].eq("est_share")].to_dict("records"):
        base = totals[row["source"], int(row["year"])]
        counts = np.arange(0, min(base, 60) + 1)
        lower, upper = clustering.share_limits(counts, np.full(len(counts), base), np.full(len(counts), row["dispersion"]))
        fits = np.flatnonzero((np.abs(lower - row["lower"]) < 1e-9) & (np.abs(upper - row["upper"]) < 1e-9))
        if len(fits) == 1:
            found.append((cell(row), float(counts[fits[0]])))
    return kept(found)


def by_total(report: Report, known: Found | None = None) -> Found:
    """What the other areas leave of a year's total, where they are all known; ``known`` from elsewhere comes on top."""
    there = {**by_numerator(report), **(known or {})}
    cells = {cell(row) for row in report.measures[report.measures["measure"].isin(SHARES[:2])].to_dict("records")}
    found: Found = {}
    for target in cells:
        source, _, year, _ = target
        others = {one for one in cells if (one[0], one[2]) == (source, year)} - {target}
        if (source, year) in report.totals() and others <= set(there):
            left = report.totals()[source, year] - sum(there[one] for one in others) - report.rest[source, year]
            found[target] = round(left)
    return found


def by_group(report: Report) -> Found:
    """Men are everybody without the women."""
    there, found = by_numerator(report), {}
    for (source, area, year, group), count in there.items():
        if group == "alla" and (source, area, year, "kvinnor") in there:
            found[source, area, year, "män"] = count - there[source, area, year, "kvinnor"]
    return found


def by_workbook(report: Report) -> Found:
    """The cells of the sheet of measures, with every digit they have."""
    rows, sources = report.book["Mått"], {"EST-observationer": "est"}
    found = []
    for row in rows[rows["Källa"].isin(list(sources))].to_dict("records"):
        key = sources[row["Källa"]], report.names[row["Problemområde"]], int(row["År"]), str(row["Grupp"])
        share = row["Värde"] * row["Bas"] if row["Värde"] is not None and row["Bas"] is not None else np.nan
        found += [(key, float(value)) for value in (row["Antal"], share) if value is not None]
    return kept(found)


def by_pooled(report: Report, earlier: Report | None = None) -> Found:
    """The pooled number behind a signal without the other year, from the same report or from last year's."""
    rows = report.book["Signaler"]
    rows = rows[rows["Kriterium"].eq("omfattning") & rows["Källa"].eq("EST-observationer") & rows["Antal"].notna()]
    return _without_other_years(report, earlier, rows.set_index("Problemområde")["Antal"].astype(float).to_dict())


def by_signal(report: Report) -> Found:
    """The same from the signals' logarithms: how much more a signal is than that of an area whose numbers are known."""
    rows, there = report.book["Signaler"], by_numerator(report)
    rows = rows[rows["Kriterium"].eq("omfattning") & rows["Källa"].eq("EST-observationer")]
    z = rows.set_index("Problemområde")["Signal (log)"].astype(float)
    known = {name: [there.get(("est", report.names[name], year, "alla"), np.nan) for year in (2024, 2025)] for name in z.index}
    beside = max((name for name in z.index if not np.isnan(sum(known[name]))), key=lambda name: sum(known[name]))
    pooled = {name: np.exp(z[name] - z[beside]) * (sum(known[beside]) + 0.5) - 0.5 for name in z.index}
    return _without_other_years(report, None, pooled)


def _without_other_years(report: Report, earlier: Report | None, pooled: dict[str, float]) -> Found:
    there = by_numerator(earlier or report)
    found = []
    for name, total in pooled.items():
        area = report.names[name]
        for year, other in ((2025, 2024), (2024, 2025)):
            if ("est", area, other, "alla") in there:
                found.append((("est", area, year, "alla"), total - there["est", area, other, "alla"]))
    return kept(found)


def by_drawing(report: Report) -> Found:
    """Bars of the weekly charts: their height over the scale's, summed over the year; and from there by the total."""
    found: Found = {}
    for chart in report.charts:
        if chart["name"].startswith("est-veckor-"):
            area = chart["name"].removeprefix("est-veckor-").replace("-", "_")
            for year, count in bars(report, chart["name"]).items():
                found["est", area, year, "alla"] = count
    return by_total(report, found) if found else {}


def bars(report: Report, name: str) -> dict[int, int]:
    """Year -> sum of the bars, each as many times as high as one observation is."""
    panels = _panels(report.folder / "charts" / f"{name}.svg")
    years = sorted({year for source, year in report.totals() if source == "est"}, reverse=True)
    least = min((height for panel in panels for height in panel), default=1.0)
    # One observation is the height of which all bars are whole multiples: the smallest bar's, or a part of it.
    every = [height / least for panel in panels for height in panel]
    parts = next(k for k in range(1, 9) if all(abs(height * k - round(height * k)) < 0.1 for height in every))
    return {year: round(sum(panel) / least * parts) for year, panel in zip(years, panels, strict=False)}


def _panels(path: Path) -> list[list[float]]:
    """Heights of the bars of each panel, top panel first: filled boxes above a common base line."""
    text = path.read_text("utf-8")
    boxes = []
    for drawn, style in re.findall(r'<path d="([^"]*)"[^>]*style="([^"]*)"', text):
        if "fill: #" not in style or "Q" in drawn:
            continue
        for box in re.findall(r"M [^Mz]*z", drawn):
            numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", box)]
            ys, xs = numbers[1::2], numbers[0::2]
            boxes.append((max(ys), max(ys) - min(ys), max(xs) - min(xs)))
    bases: dict[float, list[float]] = {}
    for base, height, width in boxes:
        if width < 20:
            bases.setdefault(round(base, 1), []).append(height)
    return [bases[base] for base in sorted(bases)]


def by_alt_text(report: Report) -> Found:
    """'2024: 60 observationer' of an area's weekly chart, and from there by the total."""
    found: Found = {}
    for chart in report.charts:
        if chart["name"].startswith("est-veckor-"):
            area = chart["name"].removeprefix("est-veckor-").replace("-", "_")
            for year, count in re.findall(r"(\d{4}): (\d+)\s+observation", chart["alt"]):
                found["est", area, int(year), "alla"] = int(count)
    return by_total(report, found) if found else {}


def by_pdf(report: Report) -> Found:
    """'2 av 303' in the row of the area."""
    found: Found = {}
    for (source, year), total in report.totals().items():
        for name, area in report.names.items():
            for count in re.findall(rf"\d+ {name} (?:– ?)*(\d+) av {total:.0f}\b", report.text):
                found[source, area, year, "alla"] = int(count)
    return found


def by_remarks(report: Report) -> Found:
    """Categories and themes that are told of by name, with their number."""
    found: Found = {}
    for row in report.book["Anmärkningar"].to_dict("records"):
        if named := re.search(r'(?:kategorin|Temat) "([^"]*)"', row["Vad"]):
            source = "medarbetardialog" if "Temat" in row["Vad"] else "est"
            told = re.search(r"(?<!färre än )\b(\d+)\s+(?:observation|gång)", row["Vad"])
            listed = re.search(r"rad (\d+)[–\d, och]*", row["Var"])
            counts = [int(told[1])] if told else [int(row["Antal rader"])] if listed or row["Antal rader"] else []
            for count in counts:
                found[source, named[1], 2025, "alla"] = count
    return found


ROADS: dict[str, Callable[[Report], Found]] = {
    "numerators": by_numerator,
    "percentages": by_share,
    "rates x reporting weeks": by_rate,
    "limits": by_limits,
    "row totals": by_total,
    "group totals": by_group,
    "workbook": by_workbook,
    "pooled years": by_pooled,
    "signals": by_signal,
    "drawings": by_drawing,
    "alt texts": by_alt_text,
    "pdf": by_pdf,
    "remarks": by_remarks,
}


#: source, problem area, named area
Spot = tuple[str, str, str]
LISTS = {"EST-observationer": "est", "Polisens händelselista": "handelser"}


def spots(report: Report) -> dict[Spot, Any]:
    """The rows of the sheet of named areas."""
    if "Platser" not in report.book:
        return {}
    rows = report.book["Platser"].to_dict("records")
    return {(LISTS[row["Källa"]], report.names[row["Problemområde"]], row["Område"]): row for row in rows}


def by_spot(report: Report) -> dict[Spot, int]:
    """The count that stands there."""
    return {spot: int(row["Antal"]) for spot, row in spots(report).items() if pd.notna(row["Antal"])}


def by_spot_total(report: Report) -> dict[Spot, int]:
    """What the other areas leave of the row's total, as the sheet says it or as the measures do."""
    there, found = by_spot(report), {}
    year = {cell[:2]: n for cell, n in by_numerator(report).items() if cell[2] == 2025}
    for spot, row in spots(report).items():
        others = [other for other in spots(report) if other[:2] == spot[:2] and other != spot]
        for total in (row["Alla områden tillsammans"], year.get(spot[:2])):
            if pd.notna(total) and all(other in there for other in others):
                found[spot] = int(total) - sum(there[other] for other in others)
    return found


def by_spot_smoothed(report: Report) -> dict[Spot, int]:
    """Marshall's moments backwards: a pair of shown areas gives how far each row was pulled and the sum of squares behind it.

    With one small cell left, or two of which the sum is known, the sum of squares tells them.
    """
    there, found = by_spot(report), {}
    for line in {spot[:2] for spot in there}:
        row = {spot: value for spot, value in spots(report).items() if spot[:2] == line}
        total = next(iter(row.values()))["Alla områden tillsammans"]
        mean, n = total / len(row), len(row)
        shown = [spot for spot in row if spot in there and there[spot] != mean and pd.notna(row[spot]["Utjämnat antal"])]
        share = np.median([(row[spot]["Utjämnat antal"] - mean) / (there[spot] - mean) for spot in shown]) if shown else 0
        if not 0 < share < 1:
            continue
        squares = n * (share * mean / (1 - share) + mean) + n * mean**2  # Σn² of the row, where its dispersion is 1
        for target in row:
            others = sum(there[spot] ** 2 for spot in row if spot in there and spot != target)
            lost = [spot for spot in row if spot not in there and spot != target]
            left = total - sum(there[spot] for spot in row if spot in there and spot != target)
            if not lost:
                found[target] = round(max(0.0, squares - others) ** 0.5)
            elif len(lost) == 1:
                root = max(0.0, 2 * (squares - others) - left**2) ** 0.5
                if root > 1e-3:  # not the same number twice, as where what is left is shared evenly
                    found[target] = round((left - root) / 2)
    return found


def by_spot_alt_text(report: Report) -> dict[Spot, int]:
    """'Söder 3 (1–9)' of the chart of named areas."""
    found = {}
    for chart in report.charts:
        if chart["name"].startswith("platser-"):
            line = chart["name"].removeprefix("platser-").replace("-", "_")
            for said, source in LISTS.items():
                for part in re.findall(rf"{said}: ([^.]*)\.", chart["alt"]):
                    for area, count in re.findall(r"(\w+) (\d+) \(", part):
                        found[source, line, area] = int(count)
    return found


def by_spot_drawing(report: Report) -> dict[Spot, int]:
    """The texts of the drawing, by the line they stand on."""
    found = {}
    for path in (report.folder / "charts").glob("platser-*.svg"):
        line = path.stem.removeprefix("platser-").replace("-", "_")
        texts = re.findall(r"<!-- ([^>]*) -->\n<g [^>]*translate\(\S+ ([\d.]+)\)", path.read_text("utf-8"))
        counts = {y: int(number[1]) for text, y in texts if (number := re.match(r"(\d+) \(", text))}
        found |= {("est", line, text): counts[y] for text, y in texts if y in counts and text.isalpha()}
    return found


SPOT_ROADS: dict[str, Callable[[Report], dict[Spot, int]]] = {
    "areas": by_spot,
    "totals of areas": by_spot_total,
    "smoothed areas": by_spot_smoothed,
    "areas' alt texts": by_spot_alt_text,
    "areas' drawings": by_spot_drawing,
}
