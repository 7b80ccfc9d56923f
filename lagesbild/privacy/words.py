"""The word lists beside this module, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

_FOLDER = resources.files("lagesbild.privacy")
WORDS = tomllib.loads(_FOLDER.joinpath("words.toml").read_text("utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a text file, one or more a line, in lower case; what follows a # is a remark."""
    lines = _FOLDER.joinpath(name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].casefold().split())
