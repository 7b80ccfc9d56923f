"""Every sentence is a function of plain figures with a test of its own, and none hides where blocks are put together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lagesbild.report.narrative import chapters
from lagesbild.report.narrative.lexicon import violations

#: What a sentence in code looks like: so many letters between values, then a stop.
_LONG = 40


def functions(root: Path) -> list[tuple[str, str, bool]]:
    """(module, function, has an example in its documentation) of every public function of the narrative."""
    found = []
    for path in sorted((root / "lagesbild" / "report" / "narrative").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                has_example = ">>>" in (ast.get_docstring(node) or "")
                found += [(path.stem, node.name, has_example)]
    return found


def test_every_sentence_is_tested_by_name_or_by_example(root: Path) -> None:
    tests = "\n".join(path.read_text("utf-8") for path in (root / "tests").rglob("test_*.py"))
    found = functions(root)
    assert len(found) > 50
    bare = [f"{module}.{name}" for module, name, has_example in found if not has_example]
    assert [name for name in bare if f"{name}(" not in tests] == []


def hidden_sentences(path: Path) -> Iterator[str]:
    """f-strings that hold a sentence of their own."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            if len(re.sub(r"[^a-zåäö]", "", text)) >= _LONG and text.rstrip().endswith("."):
                yield f"{path.name}:{node.lineno} {text[:60]}"


#: The method's own chapters: prose with a number in it, read as a whole in the report's tests.
_PROSE = {"method.py"}


def test_no_sentence_hides_where_the_blocks_are_put_together(root: Path) -> None:
    paths = [path for path in (root / "lagesbild" / "report" / "content").glob("*.py") if path.name not in _PROSE]
    assert [found for path in paths for found in hidden_sentences(path)] == []


def test_a_hidden_sentence_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "blocks.py"
    module.write_text(
        'def f(n):\n    return f"Av alla {n} områden är det bara ett enda som ligger högre än förra året."\n', "utf-8"
    )
    assert len(list(hidden_sentences(module))) == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (chapters.largest_reporter(0.412, has_roster=True), "Den som rapporterade mest står för 41 procent."),
        (chapters.largest_reporter(1.0, has_roster=False).partition(". ")[2][:26], "Vilka som borde ha rapport"),
        (chapters.believed_less("ntu", 2.96)[:3], "Ntu"),
        (chapters.too_few_in_common(["EST"]), "För få områden är gemensamma för att pröva EST."),
        (chapters.retried(1, ["utan allvaret"])[:44], "Ordningen har räknats om på ett annat sätt: "),
        (chapters.all_believed_less(["NTU", "EST"], 4.0)[-35:], "(osäkerheten är uppräknad 2,0 gånger)."[-35:]),
        (
            chapters.whole_kommun(-7.0, is_apart=False),
            "I poängen för jämförelse ingår också det som områdena har gemensamt. Här ligger de tillsammans under dem som "
            "jämförelsen görs med, och det drar omkring 7 poäng från vart och ett. Den delen skiljer inte områdena åt.",
        ),
        (chapters.doubts_counted(1, 1)[:45], "Genomgången av filerna gav en anmärkning. Den"),
        (chapters.notices("2025-01-02", "2025-12-30")[-50:], "notisen är från 2025-01-02 och den sista från 2025-12-30."[-50:]),
        (chapters.more_figures(1), "1 uppgift till finns i tabellen context_figures."),
    ],
)
def test_the_sentences_of_the_chapters(said: str, expected: str) -> None:
    assert said.replace("\N{NO-BREAK SPACE}", " ") == expected
    assert violations([said, chapters.ALL_AGREE]) == []
