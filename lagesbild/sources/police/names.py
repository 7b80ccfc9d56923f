"""What an incident is called in the tables: its running number, or a digest of what it is; never its case number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lagesbild.sources.police.columns import Coded, series

Keys = npt.NDArray[np.uint64]
_RUNNING = r"^\d{1,8}$"
_DIGITS = 16
_PIECE = 1 << 16
#: A digest is four numbers of 64 bits.
_WORDS = 4
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(0x9E3779B97F4A7C15))


@dataclass(frozen=True)
class Named:
    """One name per row. keys: equal where two rows share name and code; n_digests: rows whose number became a digest."""

    names: pd.Series
    keys: Keys
    is_own: npt.NDArray[np.bool_]
    n_digests: int = 0


def named(ids: Coded | None, code: Coded, content: Keys) -> Named:
    """Every row's own name: a running number of up to eight digits as it is, anything else as a digest; else its content's.

    A case number points to persons, hence the digest; the rows of one case still share it.

    >>> from lagesbild.sources.police.columns import coded
    >>> ids = coded(["17", "5000-K12345-25", "", "5000-K12345-25"])
    >>> found = named(ids, coded(["0801"] * 4), np.arange(4, dtype="uint64"))
    >>> found.names.tolist(), found.n_digests
    (['17', 'P-7c03185d18eb6bb1', 'P-0000000000000002', 'P-7c03185d18eb6bb1'], 2)
    """
    if ids is None:
        return Named(_written(content), content, np.zeros(len(content), dtype="bool"))
    is_running = pc.match_substring_regex(ids.texts, _RUNNING)
    digests = _digests(ids.texts)
    shown = pc.if_else(is_running, ids.texts.cast("large_string"), _hexadecimal(digests))
    is_own = ids.codes >= 0
    own = series(shown, ids.codes)
    numbers = ids.take(digests, 0)
    keys = np.where(is_own, _together([numbers, _of_texts(code)]), content)
    names = own if is_own.all() else own.fillna(_written(content))
    return Named(names, keys, is_own, int(ids.n_rows()[~np.array(is_running, dtype="bool")].sum()))


def content_keys(columns: Mapping[str, Coded | npt.NDArray[Any]]) -> Keys:
    """A number per row, made from what its columns say: the same whatever the order of rows and whichever file it stands in.

    SHA-256 of each distinct text, mixed with the figures and dates of the row to 64 bits.
    """
    return _together(
        [
            _of_texts(column) if isinstance(column, Coded) else np.ascontiguousarray(column).view("uint64")
            for column in columns.values()
        ]
    )


def told_apart(names: pd.Series, keys: Keys) -> pd.Series:
    """Names that differ where their keys are the same: the second row of a key is "…-2".

    >>> told_apart(pd.Series(["a", "b", "a"]), np.array([1, 2, 1], dtype="uint64")).tolist()
    ['a', 'b', 'a-2']
    """
    is_shared = pd.Series(keys).duplicated(keep=False).to_numpy()
    if not is_shared.any():
        return names
    number = pd.Series(keys[is_shared]).groupby(keys[is_shared]).cumcount().to_numpy() + 1
    texts = names.to_numpy(dtype="object", copy=True)
    texts[is_shared] = [
        text if at == 1 else f"{text}-{at}" for text, at in zip(texts[is_shared].tolist(), number.tolist(), strict=True)
    ]
    return pd.Series(texts, names.index, dtype="str")


def _written(keys: Keys) -> pd.Series:
    return pd.Series(pd.array(_hexadecimal(keys), dtype="str"))


def _hexadecimal(keys: Keys) -> pa.Array:
    """Each key as sixteen hexadecimal digits after "P-"."""
    text = keys.astype(">u8").tobytes().hex()
    ends = np.arange(0, len(text) + 1, _DIGITS, dtype="int64")
    digits = pa.LargeStringArray.from_buffers(len(keys), pa.py_buffer(ends.tobytes()), pa.py_buffer(text.encode()))
    return pc.binary_join_element_wise(pa.scalar("P-", "large_string"), digits, pa.scalar("", "large_string"))


def _of_texts(column: Coded) -> Keys:
    return column.take(_digests(column.texts), 0)


def _together(columns: Iterable[Keys]) -> Keys:
    """One key per row from several."""
    return reduce(lambda mixed, more: _mixed(mixed * _MIX[2] + more), columns, np.uint64(0))  # type: ignore[arg-type]


def _digests(texts: pa.Array) -> Keys:
    """The first 64 bits of each text's SHA-256."""
    pieces = (texts.slice(at, _PIECE).cast("binary").to_pylist() for at in range(0, len(texts), _PIECE))
    whole = (b"".join([hashlib.sha256(text).digest() for text in piece]) for piece in pieces)
    first = [np.frombuffer(digests, dtype=">u8")[::_WORDS].astype("uint64") for digests in whole]
    return np.concatenate([np.array([], dtype="uint64"), *first])


def _mixed(values: Keys) -> Keys:
    """Every bit of a value spread over all bits of the result (the finaliser of SplitMix64, Steele et al. 2014)."""
    with np.errstate(over="ignore"):
        spread = (values ^ (values >> np.uint64(30))) * _MIX[0]
        spread = (spread ^ (spread >> np.uint64(27))) * _MIX[1]
    result: Keys = spread ^ (spread >> np.uint64(31))
    return result
