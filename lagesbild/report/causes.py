"""What to ask in the causal analysis of a problem area: questions and known factors with their sources, never an answer."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Questions:
    """Of one problem area: questions, the risk and protective factors that research elsewhere names, and where it says so."""

    problem_area: str
    questions: tuple[str, ...]
    known: str
    source: str


@dataclass(frozen=True)
class Common:
    """What is asked of every area: (word, question) each, and the handbooks they are taken from."""

    questions: tuple[tuple[str, str], ...]
    source: str


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def common() -> Common:
    """The questions that are asked of every area."""
    told = _read()["common"]
    return Common(tuple((one["head"], one["text"]) for one in told["question"]), told["source"])


@cache
def causes() -> dict[str, Questions]:
    """The questions of each problem area by its id."""
    entries = (Questions(one["problem_area"], tuple(one["questions"]), one["known"], one["source"]) for one in _read()["area"])
    return {one.problem_area: one for one in entries}
