"""``dubbletter.xlsx``: pairs of observations that may be one event, for the analyst to answer yes or no to."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from lagesbild import swedish, taxonomy
from lagesbild.errors import LagesbildError
from lagesbild.profile import Profile
from lagesbild.report.archive import fixed_dates
from lagesbild.sources import est_duplicates
from lagesbild.sources.est_duplicates import ANSWER, FILE, PAIR
from lagesbild.sources.files.file import RawFile

#: More pairs nobody goes through; the strongest come first.
MOST = 1_000
HEADINGS = {
    "answer": (ANSWER, 24), "category": ("Kategori", 24), "area": ("Område", 18), "date": ("Datum 1", 12),
    "organisation": ("Organisation 1", 22), "place": ("Rad 1", 36), "date_2": ("Datum 2", 12),
    "organisation_2": ("Organisation 2", 22), "place_2": ("Rad 2", 36), "likeness": ("Talar för", 40), "pair": (PAIR, 16),
}  # fmt: skip
_NOTES = (
    "Kan de här observationerna vara samma händelse, sedd av två organisationer?",
    "Svara ja eller nej i den första kolumnen. Lämna tomt om det inte går att säga. Raderna finns i era egna listor.",
    "Lägg sedan filen bland källfilerna och kör lagesbild check igen. Vid ja räknas händelsen en gång.",
)
_FILL, _OPEN = PatternFill("solid", fgColor="EDF1F3"), PatternFill("solid", fgColor="FFF2CC")


def workbook(pairs: pd.DataFrame) -> bytes:
    """The pairs (``Delivery.duplicates``) with their answers as an xlsx; the same bytes each time.

    At most 1 000 without answer, those that most speak for first; every one that is answered.
    """
    is_open = pairs["answer"].eq("")
    shown = pairs[~is_open | is_open.cumsum().le(MOST)]
    left_out = len(pairs) - len(shown)
    more = (f"Ytterligare {swedish.plural(left_out, 'par visas', 'par visas')} inte.",) if left_out else ()
    book = Workbook()
    page: Worksheet = book.worksheets[0]
    page.title = "Dubbletter"
    notes = (*_NOTES, *more)
    for number, note in enumerate(notes, start=1):
        page.cell(number, 1, note)
    top = len(notes) + 2
    for number, (heading, width) in enumerate(HEADINGS.values(), start=1):
        cell = page.cell(top, number, heading)
        cell.font, cell.fill = Font(bold=True), _FILL
        page.column_dimensions[get_column_letter(number)].width = width
    for row, record in enumerate(shown.to_dict("records"), start=top + 1):
        for number, column in enumerate(HEADINGS, start=1):
            _write(page, row, number, record[column])
    last = top + max(len(shown), 1)
    rule = DataValidation("list", formula1='"ja,nej"', allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "Går inte att använda", "Skriv ja eller nej, eller lämna tomt."
    rule.add(f"A{top + 1}:A{last}")
    page.add_data_validation(rule)
    page.freeze_panes = f"B{top + 1}"
    page.auto_filter.ref = f"A{top}:{get_column_letter(len(HEADINGS))}{last}"
    book.properties.creator, book.properties.title = "lagesbild", "Möjliga dubbletter i EST"
    buffer = io.BytesIO()
    book.save(buffer)
    return fixed_dates(buffer.getvalue(), datetime.datetime(2025, 1, 1))


def offered(pairs: pd.DataFrame, path: Path, profile: Profile) -> bytes | None:
    """What to write at the path: every pair, with the answers delivered and those already given in the file that stands there.

    None where there is nothing to ask, or where the file there cannot be read: then nothing may be written over it.
    """
    if pairs.empty or not pairs["answer"].eq("").any():
        return None
    if not path.exists():
        return workbook(pairs)
    standing = RawFile(path, path.name, path.read_bytes())
    try:
        if est_duplicates.recognise(standing, profile) is not None:
            return None
        given = est_duplicates.read(standing, profile, taxonomy.load()).answers
    except LagesbildError:
        return None
    said = {} if given is None else dict(zip(given["pair"], given["answer"], strict=True))
    answers = [answer or said.get(pair, "") for pair, answer in zip(pairs["pair"], pairs["answer"], strict=True)]
    return workbook(pairs.assign(answer=pd.Series(answers, pairs.index, dtype="str")))


def path_of(folder: Path) -> Path:
    """Where it is offered: beside the check's list, never in the folder of sources."""
    return folder / FILE


def _write(page: Worksheet, row: int, number: int, value: object) -> None:
    """A cell; text is always text, whatever it begins with."""
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell = page.cell(row, number, text or None)
        if text:
            cell.data_type = "s"
    else:
        moment = None if pd.isna(value) else pd.Timestamp(value).date()  # type: ignore[call-overload, arg-type]  # a day or none
        cell = page.cell(row, number, moment)
        cell.number_format = "yyyy-mm-dd"
    cell.alignment = Alignment(vertical="top")
    if number == 1:
        cell.fill = _OPEN
