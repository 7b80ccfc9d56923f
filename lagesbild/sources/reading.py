"""What a source answers about a file, and what all sources together deliver."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from lagesbild.errors import Doubt
from lagesbild.tables import Context, Tables


@dataclass(frozen=True, order=True)
class SetAside:
    """Rows that were read but are not used. reason: in Swedish, as it stands in the report."""

    reason: str
    n_rows: int


@dataclass(frozen=True)
class Refusal:
    """Why a file is not of a source's kind, in Swedish."""

    reason: str


@dataclass(frozen=True)
class Reading:
    """One file as tidy rows. tables: name of a table of the contract or of the context -> frame with that table's columns.

    rows_read: the file's data rows: every row that holds anything but a title, a heading or a footnote. rows_used: those of
    them that stand in a table, counted from the tables' rows; the others are ``set_aside``, so that none is lost.
    is_validated: whether the frames have been held to their schemas; otherwise that is done once, for all files together.
    grades: table -> how good a ground each of its rows stands on (same index, 0 the best), where the same fact is to be had
    from sources of unequal worth; a table not named here has the best grade. found_at: observation_id, sheet and row of every
    observation, to point at it. answers: pair, answer {ja, nej} and row, of a file that answers about duplicates. year: the
    report year that all rows belong to where their dates do not tell: a decision is taken after the year it is about.
    """

    tables: dict[str, pd.DataFrame]
    doubts: tuple[Doubt, ...] = ()
    rows_read: int = 0
    set_aside: tuple[SetAside, ...] = ()
    rows_used: int = field(kw_only=True)
    is_validated: bool = True
    grades: dict[str, pd.Series] = field(default_factory=dict)
    found_at: pd.DataFrame | None = None
    answers: pd.DataFrame | None = None
    year: int | None = None

    @property
    def n_lost(self) -> int:
        """Rows that are neither used nor set aside; anything but 0 is a fault of the source's module."""
        return self.rows_read - self.rows_used - sum(item.n_rows for item in self.set_aside)


@dataclass(frozen=True)
class InputRecord:
    """What became of one file. path: in the raw folder. reader: the source's name. card: {} where there is none."""

    path: str
    sha256: str
    reader: str
    rows_read: int
    set_aside: tuple[SetAside, ...]
    card: dict[str, object]


@dataclass(frozen=True)
class Delivery:
    """Everything the sources found. tables: validated and sorted; doubts: of every file and of the whole; inputs: by path.

    context: what is shown beside the lägesbild and never measured. duplicates: pairs of observations that may be one event,
    with what is answered about them, columns as ``est_duplicates.COLUMNS``.
    """

    tables: Tables
    doubts: tuple[Doubt, ...]
    inputs: tuple[InputRecord, ...]
    context: Context = field(default_factory=Context)
    duplicates: pd.DataFrame = field(default_factory=pd.DataFrame)
