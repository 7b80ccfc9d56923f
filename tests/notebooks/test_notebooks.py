"""Every notebook runs from top to bottom, for a fully supplied kommun and for one with reported crime only."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbmake.nb_run import NotebookRun

import lagesbild

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
#: What a notebook may take from the package: its public names, and how numbers are written.
PUBLIC = {*lagesbild.__all__, "swedish"}
#: The one that the notebooks name, fully supplied, and one with reported crime only.
KOMMUNER = ("exempelby", "mariestad")


def cells(path: Path, kind: str) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_answers(path: Path, tmp_path: Path) -> None:
    """From top to bottom in a new kernel, then once more below for the other kommun."""
    pytest.importorskip("ipykernel", reason="needs the extra 'notebooks'")
    (tmp_path / "profiles").symlink_to(FOLDER.parent / "profiles")
    first, second = (nbformat.read(path, as_version=4) for _ in KOMMUNER)
    for cell in second.cells:
        cell.source = cell.source.replace(f'profile_named("{KOMMUNER[0]}")', f'profile_named("{KOMMUNER[1]}")')
        cell.id = f"{cell.id}-2"
    assert [f'profile_named("{KOMMUNER[1]}")' in cell.source for cell in second.cells].count(True) == 1
    half = len(first.cells)
    first.cells += second.cells
    nbformat.write(first, tmp_path / path.name)
    done = NotebookRun(tmp_path / path.name, default_timeout=60).execute()
    assert done.error is None, done.error and f"cell {done.error.failing_cell_index}: {done.error.trace}"
    for profile, last in zip(KOMMUNER, (half - 1, -1), strict=True):
        answer = done.nb.cells[last].outputs[-1].data["text/markdown"]
        assert lagesbild.profile_named(profile, FOLDER).name in answer
        assert "nan" not in answer
    assert not [output for cell in done.nb.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_to_the_house_style(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert len(notebook.cells) <= 12
    assert re.match(r"# .+\?\n", notebook.cells[0].source), "the title is a question"
    assert notebook.cells[-1].cell_type == "code"
    assert notebook.cells[-2].source == "## Svar"
    assert not [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")], "outputs are stripped"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_uses_public_names_and_no_paths(path: Path) -> None:
    tree = ast.parse("\n".join(cells(path, "code")))
    assert not [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Lambda, ast.ClassDef))]
    imported = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "lagesbild"
        for alias in node.names
    ]
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    used = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "lagesbild"
    ]
    assert {*imported, *used} <= PUBLIC
    assert not [module for module in modules if module.startswith("lagesbild.")]
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not [text for text in texts if re.search(r"(^|\w)[/\\]\w|\.(toml|csv|xlsx|txt)\b", text)]
