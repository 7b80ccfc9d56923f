"""The command line: Swedish throughout, every problem said, never a traceback, the exit codes of the contract."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

from lagesbild import batch, cli, pipeline
from lagesbild.batch import Outcome
from lagesbild.cli.findings import area_named
from lagesbild.cli.screen import Screen
from lagesbild.errors import Doubt, Problem, UsageError
from lagesbild.profile import profile_named
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.lexicon import found_in

COMMANDS = ("check", "run", "rank", "explain", "template", "batch")
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run the command line in a folder of its own; gives exit code, what it printed, and what as progress and errors."""
    (tmp_path / "arbete").mkdir()
    monkeypatch.chdir(tmp_path / "arbete")

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        assert found_in([("utskrift", captured.out), ("fel", captured.err)]) == [], "whatever is asked, the words are sober"
        return code, captured.out, captured.err

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a small project: one profile and its raw files."""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "raw").mkdir()
    text = 'name = "Mariestad"\nkommunkoder = ["1493"]\nyear = 2025\nraw = "../raw"\nprocessed = "../processed"\n'
    (tmp_path / "profiles" / "mariestad.toml").write_text(text, "utf-8")
    (tmp_path / "raw" / "population.csv").write_text("kommunkod,year,population\n1493,2024,24634\n1493,2025,24501\n", "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def lagesbild(root: Path) -> Lagesbild:
    """Exempelby's, made once."""
    return pipeline.run(profile_named("exempelby", root))


@pytest.mark.parametrize("arguments", [(), *((command,) for command in COMMANDS)])
def test_help_is_swedish(call: Call, arguments: tuple[str, ...]) -> None:
    code, out, err = call(*arguments, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Användning: lagesbild")
    assert "Visa den här texten." in out
    english = re.findall(r"\b(Usage|Options|Commands|Show|default|required|Arguments|the|and|or)\b", out)
    assert not english


def test_help_answers_without_the_heavy_libraries() -> None:
    heavy = "pandas", "matplotlib", "pydantic", "pandera", "scipy"
    code = (
        f"import sys; from lagesbild.cli import main; main(['run', '--help']); print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("kor", "kommandot kor finns inte. Kommandon: check, run, rank, explain, decide, template, scrub och batch."),
        ("chek x", "kommandot chek finns inte. Menade du check?"),
        ("run", "lagesbild run: PROFIL saknas. Skriv lagesbild run --help"),
        ("explain x", "lagesbild explain: OMRÅDE saknas."),
        ("batch", "lagesbild batch: PROFIL saknas."),
        ("run x --ut y", "valet --ut finns inte. Menade du --out?"),
        ("run x --out", "valet --out behöver ett värde."),
        ("run --help=ja", "valet --help tar inget värde."),
        ("run x --year i-fjol", '--year: "i-fjol" är inget år.'),
        ("batch x --workers 0", '--workers: "0" är inget heltal från 1.'),
        ("batch x --workers 2 --cluster y", "--workers och --cluster går inte ihop."),
        ("run x y", "fler uppgifter än kommandot tar emot."),
        ("template observation", 'tabellen "observation" finns inte. Menade du observations?'),
    ],
)
def test_a_command_it_does_not_understand(call: Call, line: str, said: str) -> None:
    code, out, err = call(*line.split())
    assert (code, out) == (2, "")
    assert err.startswith("Fel: lagesbild")
    assert said in err


def test_no_command_shows_what_there_is(call: Call) -> None:
    code, out, _ = call()
    assert code == 2
    assert all(f"  {command} " in out for command in COMMANDS)


def test_a_wrong_profile_says_everything_at_once(call: Call, project: Path) -> None:
    path = project / "profiles" / "fel.toml"
    path.write_text('nam = "A"\nkommunkoder = ["149"]\nyear = 2025\nraw = "x"\n', "utf-8")
    for command in (["check"], ["run"], ["rank"], ["explain"]):
        code, out, err = call(*command, path, *(["rån"] if command == ["explain"] else []))
        assert (code, out) == (12, "")
        assert len(err.splitlines()) == 3
        assert 'Närmaste kända nyckel är "name".' in err


def test_check_says_how_every_file_was_read(call: Call, project: Path) -> None:
    code, out, _ = call("check", project / "profiles" / "mariestad.toml")
    assert code == 0
    assert "\nTabell i programmets eget format\nFil\tRader\tUndantagna\tPeriod\tStatus\tTveksamheter\n" in out
    assert "\npopulation.csv\t2\t0\t2024–2025\t\t0\n" in out
    assert "\npopulation\tFolkmängd per kommun och år\t2\n" in out


def test_check_says_what_was_set_aside_and_why(call: Call, project: Path) -> None:
    path = project / "raw" / "population.csv"
    path.write_text(path.read_text("utf-8") + "1493,2033,26000\n", "utf-8")
    code, out, _ = call("check", project / "profiles" / "mariestad.toml")
    assert code == 0
    assert "\nTabell i programmets eget format\tsenare än rapportåret\t1\t1\n" in out


def test_check_names_every_problem_of_every_file(call: Call, project: Path) -> None:
    (project / "raw" / "population.csv").write_text("kommunkod,year,population\nx,2024,0\n", "utf-8")
    (project / "raw" / "peers.csv").write_text("kommunkod,peer_group\n1493,\n", "utf-8")
    code, out, err = call("check", project / "profiles" / "mariestad.toml")
    assert code == 11
    assert err.count("Fel: ") == 3
    assert "\nGår inte att läsa in\nFil\tKänns igen som\tFel\npeers.csv\ttabell i programmets eget format\t1\n" in out
    assert "population.csv, rad 2, kolumn kommunkod" in err
    assert "peers.csv, rad 2, kolumn peer_group: cellen är tom." in err


def test_an_empty_folder_is_a_source_error_and_leaves_no_report(call: Call, project: Path) -> None:
    (project / "raw" / "population.csv").unlink()
    for command in ("check", "run"):
        more = ["--out", project / "reports"] if command == "run" else []
        code, _, err = call(command, project / "profiles" / "mariestad.toml", *more)
        assert code == 10
        assert "Fel: " in err
    assert not (project / "reports").exists()


def test_a_kommun_of_which_no_file_says_anything_is_doubted_by_check_and_refused_by_run(
    call: Call, root: Path, project: Path
) -> None:
    path = project / "profiles" / "mariestad.toml"
    raw = root / "data" / "raw" / "ostra-skaraborg"
    text = path.read_text("utf-8").replace('"../raw"', f"'{raw}'")
    path.write_text(text.replace("1493", "0180"), "utf-8")
    code, out, _ = call("check", path)
    assert code == 0
    assert "Anmälda brott och Befolkning: ingen rad gäller 0180 Stockholm. Kontrollera kommunkoder i profilen" in out
    for command in ("run", "rank"):
        more = ["--out", project / "reports"] if command == "run" else []
        code, out, err = call(command, path, *more)
        assert (code, out) == (10, "")
        assert f"Fel: {raw}: källfilerna har inga uppgifter att rangordna problemområden efter" in err
    assert not (project / "reports").exists()
    assert not (project / "processed").exists()
    path.write_text(text.replace('"1493"', '"9999"'), "utf-8")
    code, _, err = call("check", path)
    assert code == 12
    assert 'Fel: mariestad, kommunkoder: "9999" är ingen kommun.' in err


def test_no_report_is_left_where_the_tidy_tables_cannot_be_stored(call: Call, root: Path, project: Path) -> None:
    path = project / "profiles" / "mariestad.toml"
    text = path.read_text("utf-8").replace('"../raw"', f"'{root / 'data' / 'raw' / 'ostra-skaraborg'}'")
    path.write_text(text, "utf-8")
    (project / "processed").write_text("", "utf-8")
    code, out, err = call("run", path, "--out", project / "reports")
    assert (code, out) == (14, "")
    assert "mappen kunde inte skrivas: där finns redan en fil med det namnet." in err
    assert not (project / "reports").exists()


def test_check_tells_the_doubts_of_the_measures_too(call: Call, root: Path, project: Path) -> None:
    path = project / "profiles" / "mariestad.toml"
    text = path.read_text("utf-8").replace('"../raw"', f"'{root / 'data' / 'raw' / 'ostra-skaraborg'}'")
    path.write_text(text + 'peer_group = "narmaste"\n', "utf-8")
    code, out, _ = call("check", path)
    assert code == 0
    assert "minst 20 behövs att välja bland" in out


def test_a_comparison_group_that_is_not_there_is_refused_with_those_that_are(call: Call, root: Path, project: Path) -> None:
    path = project / "profiles" / "mariestad.toml"
    text = path.read_text("utf-8").replace('"../raw"', f"'{root / 'data' / 'raw' / 'ostra-skaraborg'}'")
    path.write_text(text + 'peer_group = "ostra-skarabrog"\n', "utf-8")
    code, out, err = call("check", path)
    assert (code, out) == (12, "")
    assert 'Väntat: "lan", "narmaste", "ostra-skaraborg" och "skr", eller en lista med kommunkoder.' in err


def test_check_offers_the_pairs_that_may_be_one_event_and_tells_how_the_list_came_about(
    call: Call, root: Path, tmp_path: Path
) -> None:
    code, out, _ = call("check", root / "profiles" / "exempelby.toml", "--out", tmp_path / "ut")
    assert code == 0
    offered = tmp_path / "ut" / "exempelby-2025-kontroll" / "dubbletter.xlsx"
    assert f"Svara i {offered} och lägg filen bland källfilerna." in out
    assert offered.read_bytes().startswith(b"PK")
    assert "\nSå kom EST-listan till\n" in out
    assert "\nOrganisationer\t9\n" in out


def test_run_writes_below_out_and_for_the_year(call: Call, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Done:
        doubts = (Doubt("a", "b", "c."), Doubt("a", "b", "d."))

    def run(profile: Any, progress: Callable[[str], None]) -> Done:
        progress("läser källfiler")
        assert profile.year == 2022
        return Done()

    monkeypatch.setattr(pipeline, "run", run)
    monkeypatch.setattr(pipeline, "write", lambda lagesbild, out, progress: out / "mariestad-2022")
    code, out, err = call("run", project / "profiles" / "mariestad.toml", "--year", 2022, "--out", "ut")
    assert (code, err) == (0, "mariestad: läser källfiler\n")
    assert out == f"2\xa0tveksamheter står i rapportens kvalitetskapitel.\nKlart: {Path('ut') / 'mariestad-2022'}\n"
    code, _, err = call("run", project / "profiles" / "mariestad.toml", "--year", 1900)
    assert code == 12
    assert "1900 är för litet" in err


@pytest.mark.parametrize(
    ("fault", "code", "said"), [(KeyboardInterrupt, 130, "avbrutet"), (ZeroDivisionError, 1, "ZeroDivisionError i ")]
)
def test_never_a_traceback(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException], code: int, said: str
) -> None:
    def run(profile: Any, progress: Any) -> None:
        raise fault("Anna Exempel")

    monkeypatch.setattr(pipeline, "run", run)
    found, _, err = call("run", project / "profiles" / "mariestad.toml", "--out", project / "ut")
    assert found == code
    assert said in err
    assert "Anna" not in err


def test_rank_shows_every_line_with_its_uncertainty(
    call: Call, root: Path, lagesbild: Lagesbild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "rank", lambda profile, progress: lagesbild)
    code, out, _ = call("rank", root / "profiles" / "exempelby.toml")
    assert code == 0
    assert out.startswith("EXEMPELDATA")
    rows = [line.split("\t") for line in out.splitlines()]
    shown = [row for row in rows if len(row) >= 9][1:]
    assert [row[1] for row in shown] == lagesbild.ranking.table["name"].tolist()
    assert [int(row[0]) for row in shown] == lagesbild.ranking.table["rank"].tolist()
    assert "Kommun och polis beslutar." in out


def test_explain_gives_points_that_add_up(
    call: Call, root: Path, lagesbild: Lagesbild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "rank", lambda profile, progress: lagesbild)
    first = lagesbild.ranking.table.iloc[0]
    code, out, _ = call("explain", root / "profiles" / "exempelby.toml", first["name"].upper())
    assert code == 0
    assert f"Plats {first['rank']} av" in out
    points = re.findall(r"^[^\t]+\t[^\t]+\t([+−]?[\d,]+)$", out, re.MULTILINE)
    total = sum(float(text.replace("−", "-").replace(",", ".")) for text in points)
    assert total == pytest.approx(first["score"] - 50, abs=0.05 * len(points) + 0.05)  # each is rounded to one decimal
    assert not {"0,0", "−0,0"} & set(points)


def test_explain_speaks_of_every_line_in_sober_words(
    call: Call, root: Path, lagesbild: Lagesbild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "rank", lambda profile, progress: lagesbild)
    for line in lagesbild.taxonomy.line_ids:
        if line != "totalt":
            code, out, _ = call("explain", root / "profiles" / "exempelby.toml", line)
            assert code == 0
            assert lagesbild.taxonomy.name(line) in out


def test_explain_says_why_an_area_has_no_place(
    call: Call, root: Path, lagesbild: Lagesbild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "rank", lambda profile, progress: lagesbild)
    ranked = set(lagesbild.ranking.table["problem_area"])
    absent = next(line for line in lagesbild.taxonomy.line_ids if line not in ranked | {"totalt"})
    code, out, _ = call("explain", root / "profiles" / "exempelby.toml", absent)
    assert code == 0
    assert "Området har ingen egen plats i rangordningen." in out


@pytest.mark.parametrize(
    ("text", "line"),
    [("skadegorelse", "skadegorelse"), ("Skadegörelse", "skadegorelse"), ("VALD_NARA_RELATION", "vald_nara_relation")],
)
def test_an_area_is_found_by_id_and_by_name(text: str, line: str) -> None:
    assert area_named(text) == line


def test_an_unknown_area_names_the_nearest_before_anything_is_read(call: Call, project: Path) -> None:
    code, _, err = call("explain", project / "profiles" / "mariestad.toml", "skadegöresle")
    assert code == 2
    assert 'problemområdet "skadegöresle" finns inte. Menade du Skadegörelse' in err
    with pytest.raises(UsageError, match="Välj bland"):
        area_named("xyz")


def test_template_writes_a_file_but_never_over_another(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "peers.xlsx"
    code, out, _ = call("template", "peers", "--out", file)
    assert (code, out) == (0, f"Klart: {file}\n")
    assert pd.read_excel(file, engine="calamine").columns.tolist() == ["kommunkod", "peer_group"]
    code, _, err = call("template", "peers", "--out", file)
    assert code == 2
    assert "filen finns redan och skrivs inte över." in err
    code, _, err = call("template", "peers", "--out", tmp_path / "saknas" / "peers.xlsx")
    assert code == 14
    assert "filen kunde inte skrivas: mappen finns inte." in err


def test_batch_tells_the_failures_last(call: Call, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = project / "profiles" / "mariestad.toml"
    bad, worse = good.with_name("fel.toml"), good.with_name("tom.toml")
    bad.write_text("nam = 1\n", "utf-8")
    worse.write_text(good.read_text("utf-8"), "utf-8")

    def run_one(profile: Any, out: Path, progress: Any) -> Outcome:
        failed = Outcome("tom", None, (Problem("raw", "mappen är tom."),), 10)
        return failed if profile.slug == "tom" else Outcome(profile.slug, out / f"{profile.slug}-2025")

    monkeypatch.setattr(batch, "run_one", run_one)
    code, out, err = call("batch", bad, worse, good, "--out", "ut")
    assert code == 10
    assert out == f"Klart: {Path('ut') / 'mariestad-2025'}\n2\xa0profiler av 3 gick inte att göra.\n"
    assert "Fel: tom, raw: mappen är tom." in err
    assert "Fel: fel.toml, nam: nyckeln är okänd." in err
    code, out, err = call("batch", good, "--out", "ut")
    assert (code, err) == (0, "")
    code, _, err = call("batch", good, good)
    assert code == 2
    assert "profilen mariestad står flera gånger." in err


def test_batch_says_that_no_cluster_answers(call: Call, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def executor_for(workers: int, cluster: str | None) -> None:
        raise OSError("Timed out")

    monkeypatch.setattr(batch, "executor_for", executor_for)
    code, _, err = call("batch", project / "profiles" / "mariestad.toml", "--cluster", "tcp://10.0.0.5:8786")
    assert code == 2
    assert "ingen schemaläggare svarar på tcp://10.0.0.5:8786." in err


def screen(is_terminal: bool) -> tuple[Screen, io.StringIO]:
    file = io.StringIO()
    console = Console(file=file, force_terminal=is_terminal, width=60, highlight=False)
    return Screen(console, console), file


def test_text_from_data_is_text() -> None:
    for is_terminal in (True, False):
        shown, file = screen(is_terminal)
        shown.line("[red]a[/red] \x1b[2Jb")
        shown.table(("Fil",), [("[b]x[/b]\x07",)])
        shown.problems([Problem("fil", "[/] :smile:")])
        text = re.sub(r"\x1b\[[\d;]*m", "", file.getvalue())
        assert "[red]a[/red]" in text
        assert "[b]x[/b]" in text
        assert "[/] :smile:" in text
        assert "\x07" not in text
        assert "\x1b[2J" not in text


def test_a_terminal_gets_a_table_and_a_pipe_gets_plain_lines() -> None:
    shown, file = screen(is_terminal=False)
    shown.table(("Fil", "Rader"), [("a" * 80, "1")], right=(1,))
    with shown.progress() as progress:
        progress("mariestad: läser källfiler")
    assert file.getvalue() == f"Fil\tRader\n{'a' * 80}\t1\nmariestad: läser källfiler\n"
    shown, file = screen(is_terminal=True)
    shown.table(("Fil", "Rader"), [("a", "1")], right=(1,))
    with shown.progress() as progress:
        progress("mariestad: läser källfiler")
    assert "\t" not in file.getvalue()
    assert "\x1b[1mFil" in file.getvalue()
