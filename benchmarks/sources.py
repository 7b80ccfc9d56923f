"""Large files, each read by a process of its own: seconds of ``sources.read`` and the most memory the process ever held."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from openpyxl import Workbook

from benchmarks.privacy import many_texts

INCIDENTS, OBSERVATIONS = 1_000_000, 60_000
#: Seconds, and megabytes for the incidents.
TARGETS = {"incidents": 6.0, "observations": 4.0}
MEMORY = 1000
_CHILD = """
import json, re, resource, sys, time
from pathlib import Path
from lagesbild import sources, taxonomy
from lagesbild.profile import Profile
profile = Profile(slug="prov", name="Mariestad", kommunkoder=("1493",), year=2025, raw=sys.argv[1], processed=sys.argv[1])
terms = taxonomy.load()
start, work = time.perf_counter(), time.process_time()
delivery = sources.read(profile, terms)
seconds, work = time.perf_counter() - start, time.process_time() - work
rows = len(delivery.tables.incidents) + len(delivery.tables.observations)
# what the system calls the most memory of a process counts that of the one that started it; Linux knows its own
status = Path("/proc/self/status")
own = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
most = int(own[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, work, most / 1000, rows]))
"""


def incidents(n_rows: int = INCIDENTS) -> bytes:
    """A police extract of four years in the layout with US dates and clocks as HHmm."""
    draw = np.random.default_rng(1)
    codes = np.array([801, 802, 1203, 1209, 5010, 5011, 3002, 3005, 9801, 9802, 853, 365, 357, 9443, 880])
    days = np.arange("2022-01-01", "2026-01-01", dtype="datetime64[D]").astype(object)
    texts = np.array([f"{day.month}/{day.day}/{day:%y}" for day in days])
    reported = draw.integers(3, len(days), n_rows)
    start = reported - draw.integers(0, 3, n_rows)
    end = np.minimum(start + draw.integers(0, 2, n_rows), reported)
    first, last = (draw.integers(0, 24, n_rows) * 100 + draw.integers(0, 60, n_rows) for _ in range(2))
    last = np.where(end == start, np.maximum(first, last), last)
    area = draw.integers(0, 60, n_rows)
    columns = (
        texts[reported],
        area % 4,
        area,
        area,
        codes[draw.integers(0, len(codes), n_rows)],
        texts[start],
        texts[end],
        first,
        last,
    )
    heading = (
        "Inskrivningsdatum,Näpo,Basområde,Gata,Brottskod,Antal,Brottsdag start,Brottsdag slut,Brottstid start,Brottstid slut"
    )
    lines = (
        f"{told},Näpo {npo},Basområde {base} ,Storgatan {street},{code},1,{since},{until},{clock},{later}"
        for told, npo, base, street, code, since, until, clock, later in zip(
            *(column.tolist() for column in columns), strict=True
        )
    )
    return "\n".join([heading, *lines, ""]).encode()


def cases(n_rows: int = INCIDENTS) -> bytes:
    """The same in the layout with a case number, a point and whole moments in every row: nearly every cell its own text."""
    draw = np.random.default_rng(1)
    codes = np.array(["0801", "0802", "1203", "5010", "5011", "3002", "9801", "0853", "0365", "0880"])
    reported = np.datetime64("2022-01-01") + draw.integers(0, 1461, n_rows)
    start = reported - draw.integers(0, 3, n_rows) + draw.integers(0, 1440, n_rows).astype("timedelta64[m]")
    end = start + draw.integers(0, 2000, n_rows).astype("timedelta64[m]")
    columns = (
        draw.permutation(n_rows),
        codes[draw.integers(0, len(codes), n_rows)],
        np.round(58.5 + draw.random(n_rows) * 0.4, 6),
        np.round(13.5 + draw.random(n_rows) * 0.6, 6),
        np.char.replace(start.astype("str"), "T", " "),
        np.char.replace(end.astype("str"), "T", " "),
    )
    heading = "ID;BROTTSKOD;LATITUDE;LONGITUDE;GATA;GATUNR;KOMMUN;BROTTSDATUMTID_START;BROTTSDATUMTID_SLUT"
    lines = (
        f"5000-K{number}-25;{code};{north};{east};Storgatan;{number % 90};Mariestad;{since}:00;{until}:00"
        for number, code, north, east, since, until in zip(*(column.tolist() for column in columns), strict=True)
    )
    return "\n".join([heading, *lines, ""]).encode()


def observations(n_rows: int = OBSERVATIONS) -> bytes:
    """An EST list of three years as a workbook, with a description of its own in every row."""
    draw = np.random.default_rng(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("EST")
    sheet.append(["Datum", "Tid", "Organisation", "Område", "Plats", "Kategori", "Beskrivning"])
    days = np.arange("2023-01-01", "2026-01-01", dtype="datetime64[D]").astype(object)
    categories = ["Skadegörelse", "Narkotika", "Buskörning", "Nedskräpning", "Otrygg plats", "Brand"]
    organisations = ["Fritid", "Bostadsbolaget", "Skolan", "Väktarna", "Socialtjänsten"]
    numbers = draw.integers(0, [len(days), 24, 60, 5, 12, 6], (n_rows, 6)).tolist()
    for (day, hour, minute, who, area, kind), text in zip(numbers, many_texts(n_rows), strict=True):
        clock, place = f"{hour:02d}:{minute:02d}", f"Plats {area * 3 + minute % 3}"
        sheet.append([days[day], clock, organisations[who], f"Område {area}", place, categories[kind], text])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def measure(name: str, content: bytes) -> tuple[float, float, float, int]:
    """Seconds, seconds of processor time, megabytes and rows of one file read by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        done = subprocess.run([sys.executable, "-c", _CHILD, folder], check=True, capture_output=True, text=True)
    seconds, work, megabytes, rows = json.loads(done.stdout)
    return float(seconds), float(work), float(megabytes), int(rows)


def report() -> str:
    """A line per file: what was read, the time and the memory beside their targets. Where the machine does other work too, the
    processor time tells more than the clock."""
    lines = []
    for what, having, name, content in (
        ("incidents", "days and clocks", "uttag.csv", incidents),
        ("incidents", "case numbers and points", "uttag.csv", cases),
        ("observations", "descriptions", "est.xlsx", observations),
    ):
        seconds, work, memory, rows = measure(name, content())
        limit = f" (target {MEMORY} MB)" if what == "incidents" else ""
        lines.append(
            f"{rows} {what} with {having} from {name}: {seconds:.1f} s (target {TARGETS[what]:.0f} s), "
            f"{work:.1f} s of processor time, {memory:.0f} MB{limit}"
        )
    return "\n".join(lines)
