"""The lexicon finds what may not be said, in every form, and no sentence that the package can make holds any of it."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from lagesbild.report.assumptions import assumptions
from lagesbild.report.narrative.lexicon import FORBIDDEN, found_in, violations

SAID = {
    "orsak": (
        "Belysningen leder till färre anmälningar.", "Belysningen ledde till det.", "Det har lett till oro.",
        "Det beror på vädret, inte på annat.", "Det berodde på vädret.", "På grund av vandringen.", "Till följd av det.",
        "Minskade tack vare löftet.", "Effekten av löftet.", "Effekter av insatsen.", "Minskningen orsakades av det.",
        "Orsaken är okänd.", "Löftet orsakar en minskning.", "Färre anmälningar genom löftet.", "Det gav upphov till oro.",
    ),
    "larm": (
        "En explosion av rån.", "Antalet exploderade.", "Rekordmånga anmälningar.", "Nytt rekord.", "Rånen skenade.",
        "En larmande utveckling.", "En alarmerande ökning.", "Skenande siffror.", "En dramatisk ökning.",
    ),
    "etikett": (
        "Ett utsatt område.", "De utsatta områdena.", "Ett särskilt utsatt område.", "Torget är ett problemområde.",
        "Problemområdet Centrum.", "Kända brottslingar.", "De kriminella.", "Parken är en problemplats.",
    ),
    "beslut": (
        "Rån ska prioriteras.", "Rån måste nu prioriteras.", "Kommunen bör prioritera rån.", "Vi rekommenderar rån.",
    ),
    "visshet": (
        "Det här är bevisat.", "Det bevisar att rån ökar.", "Det är säkert att rån ökar.", "Det är uteslutet.",
        "Utan tvekan ökar rån.", "Detta garanterar inget.",
    ),
    "oförändrat": ("Läget är oförändrat.", "Oförändrade nivåer.", "Ökar \u2191", "Rån \u25b2 12"),
    "brott": (
        "År 2025 begicks 284 brott.", "1\u00a0284 brott registrerades.", "Fler brott i år.", "Brotten ökade.",
        "Brottsligheten har minskat.", "En ökning av brotten.",
    ),
    "fackord": ("Ökningen är signifikant.", "En signifikansnivå.", "KI 95", "Konfidensintervallet.", "p-värdet är lågt."),
    "tecken": ("Förändring -12 %.", "Andelen är 3.5 procent."),
    "saknat tal": ("Värdet är nan.", "Andelen är NaN procent.", "År None."),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_what_may_not_be_said_is_found_for_what_it_is(kind: str, text: str) -> None:
    assert kind in {found.split(":")[0] for found in violations([text])}


def test_every_kind_has_its_examples() -> None:
    assert set(SAID) == set(FORBIDDEN)


@pytest.mark.parametrize(
    "text",
    [
        "Det är så gott som säkert (97 av 100 beräkningar).", "Ingen säkerställd förändring (−3 till 4 procent).",
        "Underlaget talar för prioritering.", "Skriv datum som 2025-03-31.", "Osäkert är också ett svar.", "Brott 2023–2025.",
        "Så kan den missvisa här.", "Andelen är 3,5 procent.", "En ökning kan vara skenbar.",
        "Fler observationer kan bero på att fler rapporterar.", "284 anmälda brott, 868 per 100 000 invånare.",
        "Tre problemområden står ut i Tibro 2025: rån, stöld och narkotika.", "Prioritera: minst 80 av 100 beräkningar.",
        "Problemområdena i ordning", "Lagen gör fler händelser till brott.",
        "Avstått på grund av oro för att utsättas för brott",
        "Allmänfarlig vårdslöshet, explosionsrisk", "Mycket mindre troligt.",
    ],
)  # fmt: skip
def test_what_may_be_said_passes(text: str) -> None:
    assert violations([text]) == []


def test_what_is_found_says_where_it_stands() -> None:
    places = [("sida 3", "Rån skenar."), ("sida 4", "Rån ökar inte.")]
    assert found_in(places) == ["sida 3: larm: Rån skenar."]


def test_the_assumptions_keep_to_the_lexicon() -> None:
    assert violations(f"{one.text} {one.basis}" for one in assumptions()) == []


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of more than one word that a module holds, documentation apart; an f-string as one, its values as {}."""
    tree = ast.parse(path.read_text("utf-8"))
    apart: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and isinstance(node.body[0], ast.Expr):
            apart.add(id(node.body[0].value))
        if isinstance(node, ast.JoinedStr):
            apart |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value and id(node) not in apart:
            yield node.lineno, node.value


def test_no_text_in_the_package_breaks_the_lexicon(root: Path) -> None:
    modules = [path for path in (root / "lagesbild").rglob("*.py") if path.name != "lexicon.py"]
    places = [(f"{path.name}:{line}", text) for path in modules for line, text in literals(path)]
    assert len(places) > 1000
    assert found_in(places) == []


def test_a_planted_text_is_found_in_a_module(tmp_path: Path) -> None:
    module = tmp_path / "planted.py"
    module.write_text('"""Det beror på."""\n\n\ndef f(n: int) -> str:\n    return f"Det {n} beror på rån."\n', "utf-8")
    assert found_in((f"{module.name}:{line}", text) for line, text in literals(module)) == [
        "planted.py:5: orsak: Det {} beror på rån."
    ]


def test_no_text_of_the_taxonomy_or_the_template_breaks_the_lexicon(root: Path) -> None:
    """Synonyms are other people's words, never printed."""
    places = []
    for path in (root / "lagesbild" / "taxonomy").glob("*.csv"):
        for number, row in enumerate(csv.DictReader(path.open(encoding="utf-8")), start=2):
            told = {key: cell for key, cell in row.items() if key in {"text", "note", "reason", "strengths", "weaknesses"}}
            told |= {
                key: row[key] for key in ("name", "short", "definition", "reported_by", "item", "label", "part") if key in row
            }
            places += [(f"{path.name}:{number}", cell) for cell in told.values()]
    for path in (root / "lagesbild" / "report" / "template").glob("*.typ"):
        places += [(path.name, line) for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith("//")]
    assert len(places) > 500
    assert [found for found in found_in(places) if ": tecken: " not in found or ".csv" in found] == []
