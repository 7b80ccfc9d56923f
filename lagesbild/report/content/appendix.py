"""The appendix: yearly figures, assumptions, versions and the input files by checksum."""

from __future__ import annotations

import re
from importlib.metadata import version

from lagesbild import __version__, swedish
from lagesbild.report import facts, file_series
from lagesbild.report.assumptions import assumptions
from lagesbild.report.content import names
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import chapters
from lagesbild.sources.reading import InputRecord

YEARS = 8
#: A long name of a file may break after these, and within a run of letters at last.
_BREAKS = re.compile(r"([_./-]|\w{12}(?=\w))")
PACKAGES = ("matplotlib", "numpy", "pandas", "scipy", "typst")


def appendix(lagesbild: Lagesbild) -> list[Block]:
    """All that is needed to check the report; of the assumptions, those that matter much for the order."""
    weighty = [one for one in assumptions() if one.impact == "stor"]
    return [
        Heading(1, "Bilaga: tabeller"),
        *_yearly(lagesbild),
        Heading(1, "Bilaga: antaganden"),
        Text(chapters.assumptions_told(len(weighty), len(assumptions()))),
        Table(
            "", columns("Gäller", "Antagande", "Kvalitet", "Betydelse", "Grund", widths=(1.1, 3.6, 0, 0, 2.4)),
            tuple((one.subject, one.text, one.quality, one.impact, one.basis) for one in weighty), dense=True,
        ),
        Heading(1, "Bilaga: filer och versioner"),
        *_files(lagesbild),
    ]  # fmt: skip


def _yearly(lagesbild: Lagesbild) -> list[Block]:
    every = lagesbild.taxonomy.line_ids
    figures = [figure for line in every for figure in lagesbild.figures(facts.REPORTED, "reported_rate", line)]
    years = sorted({figure.year for figure in figures})[-YEARS:]
    if not years:
        return [Text("Inga anmälda brott är levererade.")]
    by_key = {(figure.problem_area, figure.year): figure for figure in figures}
    lines = [line for line in every if any((line, year) in by_key for year in years)]
    heads = columns("Rad", *map(str, years), right=tuple(range(1, len(years) + 1)), widths=(3, *([1.0] * len(years))))
    star = any(figure.is_preliminary for figure in figures if figure.year in years)
    gap = any((line, year) not in by_key for line in lines for year in years)
    note = ("Ett streck betyder att uppgiften saknas. " if gap else "") + ("* Preliminär uppgift." if star else "")
    tables = []
    for title, is_rate in (("Anmälda brott per år, antal", False), ("Anmälda brott per år, per 100 000 invånare", True)):
        rows = tuple(
            (names.in_table(lagesbild, line), *(_cell(by_key.get((line, year)), is_rate) for year in years)) for line in lines
        )
        tables.append(Table(title, heads, rows, note, dense=True))
    return list(tables)


def _cell(figure: facts.Figure | None, is_rate: bool) -> str:
    if figure is None:
        return swedish.EN_DASH
    if figure.is_suppressed:
        return "färre än 5" if figure.is_few and not is_rate else "dold"
    if not figure.is_known:
        return swedish.EN_DASH
    return swedish.number(figure.value if is_rate else figure.numerator) + ("*" if figure.is_preliminary else "")


def _producer(record: InputRecord) -> str:
    return str(record.card.get("producer", "uppgift saknas"))


def _alike(record: InputRecord) -> tuple[object, ...]:
    """What the line of a file says besides its name and its numbers."""
    return record.reader, _producer(record), bool(record.set_aside)


def _files(lagesbild: Lagesbild) -> list[Block]:
    settings = lagesbild.profile
    groups = file_series.file_series(lagesbild.delivery.inputs, lambda record: record.path, _alike)
    rows = tuple(
        (
            _BREAKS.sub("\\1\N{ZERO WIDTH SPACE}", file_series.told([record.path for record in same])),
            same[0].reader,
            _producer(same[0]),
            swedish.number(sum(record.rows_read for record in same)),
            swedish.number(sum(aside.n_rows for record in same for aside in record.set_aside)),
            same[0].sha256[:12] if len(same) == 1 else "i arbetsboken",
        )
        for same in groups
    )
    heads = columns(
        "Fil", "Läst som", "Producent", "Rader", "Undantagna", "Kontrollsumma", right=(3, 4), widths=(2.3, 2.6, 2.2, 0, 0, 1.2)
    )
    note = "Kontrollsumman är de första 12 tecknen av filens SHA-256."
    if len(groups) < len(lagesbild.delivery.inputs):
        note += (
            " Filer som är månader eller veckor av samma serie står på en rad; var och en finns i arbetsboken, bladet Filer."
        )
    if any(record.set_aside for record in lagesbild.delivery.inputs):
        note += " Undantagna rader används inte. Skälen står i kapitlet om kvalitet."
    programs = [f"lagesbild {__version__}", *(f"{name} {version(name)}" for name in PACKAGES)]
    return [
        Text(chapters.made_with(settings.slug, settings.seed, settings.draws, programs)),
        Table("Levererade filer", heads, rows, note, dense=True),
    ]
