"""The TOML map beside a source's module: where columns sit, what they are called and what they mean."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The map ``name``.toml of this package, read once."""
    layout: dict[str, Any] = tomllib.loads(files("lagesbild.sources").joinpath(f"{name}.toml").read_text("utf-8"))
    return layout
