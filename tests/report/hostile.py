"""Exempelby with a payload in every text field of every table, card, correction and name."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from lagesbild import taxonomy
from lagesbild.profile import Profile
from lagesbild.sources.decision.content import line
from lagesbild.sources.decision.form import LONGEST_REASON, LONGEST_ROLE
from tests.decision import as_bytes, decision, exported
from tests.report.payloads import PAYLOADS

Row = dict[str, str]
#: So many observations and events carry one payload: enough to be shown.
SEEN = 6
NAME = "Exempelby <b>#panic() $x$ {{7*7}}"
GROUP = "=exempel <script>alert(2)</script>"


def write(root: Path, folder: Path) -> Profile:
    """The raw files below the folder, and the profile that reads them. root: of the project."""
    raw, own = folder / "raw" / "#set page() <b>", root / "data" / "raw" / "exempel"
    raw.mkdir(parents=True)
    tables = {path.stem: _few(_rows(path)) for path in sorted(own.glob("*.csv"))}
    for name, change in _CHANGES.items():
        tables[name] = [*tables[name], *change(tables[name])]
    tables["peers"] = [row | {"peer_group": GROUP} for row in tables["peers"]]
    names = {"population": "=cmd|' folk {{7*7}}", "peers": "-peers \u202egrupp 🚗"}
    for name, rows in tables.items():
        path = raw / f"{names.get(name, name)}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writeheader()
            writer.writerows(rows)
    _observations(own / "est_2023-2025.xlsx", raw / 'est "><img src=x onerror=alert(1)>.xlsx'.replace("/", ""))
    _card(raw / f"{names['population']}.csv.source.toml")
    _corrections(raw.parent)
    _decisions(raw)
    return Profile(
        slug="fientlig", name=NAME, kommunkoder=("9901",), year=2025, raw=raw.parent, processed=folder / "processed",
        peer_group=GROUP, draws=1000, is_example=True,
    )  # fmt: skip


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


#: Offences enough for two areas and the total.
_OFFENCES = ("Totalt", "12", "50")


def _few(rows: list[Row]) -> list[Row]:
    """Enough of a table for its place in the report: four kommuner, two areas, the first hundreds of a list."""
    near = [row for row in rows if row.get("kommunkod", "9901") < "9905" and row.get("offence", "50").startswith(_OFFENCES)]
    return near if "kommunkod" in rows[0] or len(near) < 1000 else near[:300]


def _pledges(rows: list[Row]) -> Iterable[Row]:
    for i, text in enumerate(PAYLOADS.values()):
        last = {} if i % 5 else {"problem_area": text}
        yield rows[0] | {"pledge_id": f"L{i}", "text": text, "indicator": text, "activity": text, "responsible": text} | last


def _judgements(rows: list[Row]) -> Iterable[Row]:
    days = (f"2025-{month:02d}-{day:02d}" for month in (10, 11) for day in range(1, 29))
    for day, text in zip(days, PAYLOADS.values(), strict=False):
        yield rows[0] | {"reason": text, "forum": text, "date": day}


def _themes(rows: list[Row]) -> Iterable[Row]:
    for text in PAYLOADS.values():
        yield rows[0] | {"theme": text, "mentions": "9"}


def _results(rows: list[Row]) -> Iterable[Row]:
    for text in PAYLOADS.values():
        yield rows[0] | {"item": text}
        yield rows[0] | {"group": text}
        yield rows[0] | {"survey": text}
        yield rows[0] | {"geography": text, "geography_level": "police_area"}


def _answers(rows: list[Row]) -> Iterable[Row]:
    for i, text in enumerate(PAYLOADS.values()):
        for j in range(SEEN):
            row = rows[j] | {"respondent": f"9{i:03d}{j}"}
            yield row | {"item": text}
            yield row | {"area": text, "group": text, "stratum": text}
            yield row | {"respondent": f"8{i:03d}{j}", "answer": text}


def _incidents(rows: list[Row]) -> Iterable[Row]:
    for i, text in enumerate(PAYLOADS.values()):
        for j in range(SEEN):
            yield rows[j] | {"incident_id": f"Q{i}-{j}", "area": text}


def _weeks(rows: list[Row]) -> Iterable[Row]:
    for text in PAYLOADS.values():
        for week in range(1, 53):
            yield {"organisation": text, "week": f"2025-W{week:02d}", "status": "reported"}


_CHANGES: dict[str, Callable[[list[Row]], Iterable[Row]]] = {
    "pledges": _pledges, "judgements": _judgements, "dialogue_themes": _themes, "survey_results": _results,
    "survey_answers": _answers, "incidents": _incidents, "reporting_weeks": _weeks,
}  # fmt: skip


def _observations(old: Path, new: Path) -> None:
    """The EST list of the last year, and below it each payload as organisation and place, and as category."""
    page = load_workbook(old, read_only=True)["2025"]
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("{{7}} #panic() =1+1")
    for row in rows[:150]:
        sheet.append(row)
    first = rows[3]
    for i, text in enumerate(PAYLOADS.values()):
        plain = ILLEGAL_CHARACTERS_RE.sub("", text).replace("\ufffe", "")
        for j in range(SEEN):
            row = [f"F{i}-{j}", *first[1:-1], None]
            row[3], row[4], row[5], row[9] = plain, plain, plain, plain
            sheet.append(_as_text(sheet, row))
            row[0], row[6] = f"G{i}-{j}", plain
            sheet.append(_as_text(sheet, row))
    book.save(new)


def _as_text(sheet: object, row: list[object]) -> list[object]:
    """Cells whose text would be taken for a formula when the file is written."""
    from openpyxl.cell import WriteOnlyCell

    cells: list[object] = []
    for value in row:
        if isinstance(value, str) and value.startswith("="):
            cell = WriteOnlyCell(sheet, value)
            cell.data_type = "s"
            cells.append(cell)
        else:
            cells.append(value)
    return cells


def _decisions(raw: Path) -> None:
    """Three forums that decide on every area, with a payload as each one's name, reason and role."""
    areas = [area for area in taxonomy.load().line_ids if area != "totalt"]
    texts = [text for text in PAYLOADS.values() if line(text)]
    for at, forum in enumerate((texts[0], PAYLOADS["typst panic"], PAYLOADS["override"])):
        reasons = [text[:LONGEST_REASON] for text in texts[at * len(areas) : (at + 1) * len(areas)]] or ["-1+1"]
        chosen = [decision(area, "avvakta", reason) for area, reason in zip(areas, reasons, strict=False)]
        told = exported(
            *chosen,
            profile="fientlig",
            is_example=True,
            forum=forum,
            date=f"2026-01-1{at}",
            roles=[text[:LONGEST_ROLE] for text in texts[12 * at : 12 * at + 12]],
        )
        (raw / f"beslut {at}.json").write_bytes(as_bytes(told))


def _card(path: Path) -> None:
    texts = list(PAYLOADS.values())
    facts = dict(zip(("producer", "title", "published", "fetched", "licence", "status"), texts, strict=False))
    lines = [f"{key} = {json.dumps(text)}" for key, text in facts.items()]
    # lone halves of a letter are escapes that TOML has not, and none of the payloads holds any
    lines.append(f"how = {json.dumps([text for text in texts if max(map(ord, text)) < 0xFFFF])}")
    path.write_text("\n".join(line.replace("\x7f", "\\u007f") for line in lines) + "\n", "utf-8")


def _corrections(raw: Path) -> None:
    """One correction that tells its reason and who said so in payloads; the folder's name is part of the file's path."""
    file = "#set page() <b>/reported_offences.csv"
    entry = {
        "file": json.dumps(file),
        "table": '"reported_offences"',
        "where": '{ kommunkod = "9901", offence = "Totalt antal brott", year = 2021 }',
        "expect": "{ count = 1994 }",
        "set": "{ count = 1995 }",
        "why": json.dumps(PAYLOADS["script"] + PAYLOADS["override"] + PAYLOADS["typst panic"]),
        "reported_by": json.dumps(PAYLOADS["dde"]),
    }
    lines = ["[[correction]]", *(f"{key} = {value}" for key, value in entry.items())]
    (raw / "corrections.toml").write_text("\n".join(lines) + "\n", "utf-8")
