"""Every kind of doubt the package raises has a Swedish heading in the quality chapter."""

from __future__ import annotations

import ast
from pathlib import Path

from lagesbild.report.content.quality import TITLES, title


def kinds(package: Path) -> set[str]:
    """The kinds written out where a doubt is made."""
    found = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Doubt" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def test_every_kind_has_a_title(root: Path) -> None:
    there = kinds(root / "lagesbild")
    assert len(there) > 20
    assert sorted(there - set(TITLES)) == []


def test_an_unknown_kind_still_gets_a_heading() -> None:
    assert title("nytt_slag") == "Nytt slag"
