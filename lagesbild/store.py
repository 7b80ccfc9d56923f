"""What a run leaves on disk beside the report: tidy tables as parquet, the manifest; folders written whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
import json
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

import lagesbild
from lagesbild.errors import Problem, ReportError, SourceError, reason
from lagesbild.profile import Profile
from lagesbild.sources import net
from lagesbild.sources.checks.earlier import Earlier
from lagesbild.sources.reading import InputRecord
from lagesbild.tables import TABLES, Tables

#: Libraries whose version may change a figure or a byte; they stand in the manifest.
LIBRARIES = ("matplotlib", "numpy", "openpyxl", "pandas", "pyarrow", "python-pptx", "scipy", "typst", "xlsxwriter")
MANIFEST = "manifest.json"


@contextmanager
def atomic_folder(target: Path) -> Iterator[Path]:
    """A folder to write into that becomes ``target`` when the block ends; an earlier ``target`` is replaced.

    If the block raises, or is interrupted, nothing of it remains and an earlier ``target`` stays as it was. Runs with different
    targets may share the parent folder. Raises ReportError where the disk refuses.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise ReportError(_refused(target, error)) from error
    try:
        fresh = workshop / target.name  # inside the workshop it gets the permissions of an ordinary folder
        fresh.mkdir()
        yield fresh
        _swap(fresh, target, workshop / "earlier")
    except OSError as error:
        raise ReportError(_refused(target, error)) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _swap(fresh: Path, target: Path, earlier: Path) -> None:
    """Two renames on one disk; if the second fails the first is undone."""
    if target.exists():
        target.rename(earlier)
    try:
        fresh.rename(target)
    except OSError:
        if earlier.exists() and not target.exists():
            earlier.rename(target)
        raise


def _refused(target: Path, error: OSError) -> Problem:
    action = "Kontrollera att mappen går att skriva i, att disken inte är full och att ingen fil är öppen i ett annat program."
    return Problem(str(target), f"mappen kunde inte skrivas: {reason(error)}.", action=action)


def write_file(path: Path, data: bytes) -> Path:
    """The bytes as a file, whole or not at all; an earlier file of that name is replaced. Raises ReportError."""
    fresh = path.with_name(f".{path.name}.tmp")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        action = "Kontrollera att mappen går att skriva i och att disken inte är full."
        raise ReportError(Problem(str(path), f"filen kunde inte skrivas: {reason(error)}.", action=action)) from error
    return path


#: What is needed while the files are read and by nothing later: where in the street something was seen, which may be a home.
_NOT_KEPT = {"observations": ("place",)}


def write_tables(tables: Tables, folder: Path) -> Path:
    """Every table as ``<folder>/<table>.parquet``, empty ones too; dates are timestamps. The same rows give the same bytes.

    The places of observations are left out.
    """
    with atomic_folder(folder) as fresh:
        for name, frame in tables.items():
            kept = frame.assign(**{column: pd.Series(None, frame.index, dtype="str") for column in _NOT_KEPT.get(name, ())})
            kept.to_parquet(fresh / f"{name}.parquet", engine="pyarrow", index=False)
    return folder


def read_tables(folder: Path) -> Tables:
    """The tables ``write_tables`` left in the folder, held to the contract again. Raises SourceError where one is missing."""
    absent = [name for name in TABLES if not (folder / f"{name}.parquet").is_file()]
    if absent:
        action = "Kör lagesbild run en gång till."
        raise SourceError(Problem(str(folder / f"{name}.parquet"), "filen saknas.", action=action) for name in absent)
    return Tables(
        **{name: table.schema.validate(pd.read_parquet(folder / f"{name}.parquet")) for name, table in TABLES.items()},
    )


def earlier(profile: Profile) -> tuple[Earlier, ...]:
    """What the profile's last run of this year left, and its nearest earlier year, as far as they are there.

    For ``check`` only: what a run gives must not depend on what was run before.
    """
    years = {int(path.name[-4:]): path for path in profile.processed.glob(f"{profile.slug}-[0-9][0-9][0-9][0-9]")}
    found = [_kept(years[profile.year], "den senaste körningen")] if profile.year in years else []
    if before := max((year for year in years if year < profile.year), default=None):
        found.append(_kept(years[before], f"lägesbilden för {before}"))
    return tuple(one for one in found if one)


def _kept(folder: Path, name: str) -> Earlier | None:
    """The tables of a folder; None where a version with other tables wrote them."""
    try:
        return Earlier(name, read_tables(folder))
    except (SourceError, pa.errors.SchemaError, pa.errors.SchemaErrors, OSError, ValueError):
        return None


def manifest(profile: Profile, inputs: Iterable[InputRecord], folder: Path) -> dict[str, object]:
    """Where a run's figures come from: profile, seed, versions, each input and each output in ``folder`` with its SHA-256.

    Paths are relative, to the raw folder and to the run folder: the manifest is the same on every machine.
    """
    outputs = [path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST]
    return {
        "profile": net.safe_value(profile.model_dump(mode="json", exclude={"raw", "processed"})),
        "seed": profile.seed,
        "versions": {
            "lagesbild": lagesbild.__version__,
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in LIBRARIES},
        },
        "inputs": [_input(record) for record in sorted(inputs, key=lambda record: record.path)],
        "outputs": [
            {"path": path.relative_to(folder).as_posix(), "sha256": sha256(path)}
            for path in sorted(outputs, key=lambda path: path.relative_to(folder).as_posix())
        ],
    }


def _input(record: InputRecord) -> dict[str, object]:
    return {
        "path": record.path,
        "sha256": record.sha256,
        "reader": record.reader,
        "rows_read": record.rows_read,
        "set_aside": [{"reason": one.reason, "n_rows": one.n_rows} for one in sorted(record.set_aside)],
        "card": record.card,
    }


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_json(path: Path, content: object) -> Path:
    """The content as indented JSON in UTF-8, dates as ISO 8601, always the same bytes. Raises ValueError for NaN."""
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False, default=_iso)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return path


def _iso(value: object) -> str:
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
