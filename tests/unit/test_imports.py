"""One direction of travel: a module imports only from what stands to its left."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

#: From left to right. ``errors``, ``profile`` with its ``settings``, ``swedish`` and ``letters`` may be imported from anywhere.
LAYERS = (
    "garbage", "errors", "swedish", "letters", "settings", "profile", "taxonomy", "tables", "privacy", "sources", "store",
    "measures", "places", "disclosure", "ranking", "pledges", "charts", "report", "pipeline", "decide", "batch", "templates",
    "checklist", "example", "cli", "__main__",
)  # fmt: skip
ANYWHERE = {"errors", "swedish", "letters", "settings", "profile"}
PACKAGE = Path(__file__).parents[2] / "lagesbild"


def layer(path: Path) -> str:
    """The first name below the package: 'measures' for measures/rates.py, 'cli' for cli.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_layers(path: Path) -> set[str]:
    """The layers of this package that a module imports, inside functions included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno} imports relatively; name the layer"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("lagesbild.") and name.count(".") >= 1}
    return found & set(LAYERS)


MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_left(path: Path) -> None:
    own = layer(path)
    assert own in LAYERS, f"{own} has no place in the one direction of travel"
    wrong = {name for name in imported_layers(path) - ANYWHERE if LAYERS.index(name) > LAYERS.index(own)}
    assert not wrong, f"{own} imports from its right: {sorted(wrong)}"


def test_the_rule_would_notice_a_wrong_import(tmp_path: Path) -> None:
    module = tmp_path / "wrong.py"
    module.write_text("def f():\n    from lagesbild.report import pdf\n", "utf-8")
    assert imported_layers(module) == {"report"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_one_noun_long(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= 320, f"{lines} lines: split it by noun"
