"""How large the sheets of an .xls, .xlsb or .ods are; see ``extent``."""

from __future__ import annotations

from lagesbild.sources.extent import Extent


def of_xls(data: bytes) -> dict[str, Extent]:
    """TODO"""
    return {}


def of_xlsb(data: bytes) -> Extent:
    """TODO"""
    return Extent()


def of_ods(data: bytes) -> dict[str, Extent]:
    """TODO"""
    return {}
