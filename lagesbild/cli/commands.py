"""The commands. What is slow to import is imported in the command that needs it: ``--help`` answers at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lagesbild.cli.grammar import COUNT, PATH, YEAR, SwedishGroup, translated
from lagesbild.errors import LagesbildError, Problem, ReportError, UsageError, reason

if TYPE_CHECKING:
    from lagesbild.cli.screen import Screen

REPORTS = Path("reports")
_profile = click.argument("path", metavar="PROFIL", type=PATH)
_out = click.option("--out", type=PATH, default=REPORTS, metavar="MAPP", help="Mapp för rapporterna (annars reports).")


def main(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name and give its exit code; errors are printed, every one of them."""
    from lagesbild.cli.screen import Screen

    screen = Screen()
    try:
        return int(cli.main(list(arguments), prog_name="lagesbild", standalone_mode=False, obj=screen) or 0)
    except click.exceptions.NoArgsIsHelpError as help_shown:
        click.echo(help_shown.message)
        return UsageError.exit_code
    except click.UsageError as misunderstood:
        error: LagesbildError = translated(misunderstood)
    except LagesbildError as stopped:
        error = stopped
    except (click.Abort, KeyboardInterrupt):
        screen.problems([Problem("lagesbild", "avbrutet. Inget har skrivits.")])
        return 130
    except Exception as fault:
        from lagesbild.batch import unexpected

        error = LagesbildError(unexpected("lagesbild", fault))
    screen.problems(error.problems)
    return error.exit_code


@click.group(cls=SwedishGroup, options_metavar="[VAL]", subcommand_metavar="KOMMANDO …", no_args_is_help=True)
@click.version_option(package_name="lagesbild", prog_name="lagesbild", message="%(prog)s %(version)s", help="Visa versionen.")
def cli() -> None:
    """Lägesbild för en kommun eller ett polisområde, som underlag för medborgarlöftet.

    PROFIL är sökvägen till en profil, till exempel profiles/mariestad.toml.
    """


@cli.command(options_metavar="[VAL]")
@_profile
@_out
@click.option("--cards", is_flag=True, help="Skriv också ett källkort att fylla i bredvid varje fil som saknar.")
@click.pass_obj
def check(screen: Screen, path: Path, out: Path, cards: bool) -> None:
    """Läs in och granska allt utan att göra någon lägesbild.

    Visar hur varje fil lästes, vilka rader som undantogs och varför, och allt som är tveksamt eller fel. Skriver samma lista
    i MAPP/<profil>-<år>-kontroll/kallkontroll.xlsx.
    """
    from lagesbild.profile import Profile

    profile = Profile.load(path)
    from lagesbild import pipeline
    from lagesbild.cli import inspected

    with screen.progress() as progress:
        inspection = pipeline.check(profile, lambda step: progress(f"{profile.slug}: {step}"))
    inspected.show(screen, profile, inspection)
    written = inspected.write_checklist(profile, inspection, out)
    screen.line()
    screen.line(f"Allt detta rad för rad: {written}")
    if offered := inspected.write_duplicates(profile, inspection, out):
        screen.line(f"Kan två organisationer ha sett samma händelse? Svara i {offered} och lägg filen bland källfilerna.")
    for card in inspected.write_cards(profile, inspection) if cards else []:
        screen.line(f"Källkort att fylla i: {card}")
    if inspection.error:
        raise inspection.error


@cli.command(options_metavar="[VAL]")
@_profile
@_out
@click.option("--year", type=YEAR, metavar="ÅÅÅÅ", help="Ett tidigare rapportår; inget senare än så används.")
@click.pass_obj
def run(screen: Screen, path: Path, out: Path, year: int | None) -> None:
    """Gör hela lägesbilden: rapport, arbetsbok, tabeller och diagram.

    Skriver mappen MAPP/<profil>-<år>, hel eller inte alls.
    """
    from lagesbild.profile import Profile

    profile = Profile.load(path)
    profile = profile if year is None else profile.for_year(year)
    from lagesbild import pipeline, swedish  # only now: a misspelt profile is answered at once
    from lagesbild.cli import findings
    from lagesbild.report.grouping import told_once

    with screen.progress() as progress:
        lagesbild = pipeline.run(profile, lambda step: progress(f"{profile.slug}: {step}"))
        folder = pipeline.write(lagesbild, out, lambda step: progress(f"{profile.slug}: {step}"))
    findings.show_label(screen, profile)
    if doubts := len(told_once(lagesbild.doubts)):
        screen.line(f"{swedish.plural(doubts, 'tveksamhet', 'tveksamheter')} står i rapportens kvalitetskapitel.")
    screen.line(f"Klart: {folder}")


@cli.command(options_metavar="[VAL]")
@_profile
@click.pass_obj
def rank(screen: Screen, path: Path) -> None:
    """Visa rangordningen av problemområden."""
    from lagesbild.cli import findings

    findings.show_ranking(screen, findings.ranked(screen, path))


@cli.command(options_metavar="[VAL]")
@_profile
@click.argument("area", metavar="OMRÅDE")
@click.pass_obj
def explain(screen: Screen, path: Path, area: str) -> None:
    """Visa varför ett problemområde står där det står.

    OMRÅDE är områdets namn eller id, till exempel skadegörelse.
    """
    from lagesbild.cli import findings

    line = findings.area_named(area)
    findings.show_explanation(screen, findings.ranked(screen, path), line)


@cli.command(options_metavar="[VAL]")
@_profile
@click.argument("file", metavar="FIL", type=PATH)
@_out
@click.pass_obj
def decide(screen: Screen, path: Path, file: Path, out: Path) -> None:
    """Ta in vad forumet beslutade på granskningssidan.

    FIL är filen som sparades från granskning.html. Den kontrolleras och läggs bland profilens källfiler; nästa körning visar
    beslutet bredvid underlagets förslag. Rangordningen ändras inte. MAPP är mappen där rapporterna ligger.
    """
    from lagesbild.profile import Profile

    profile = Profile.load(path)
    from lagesbild import decide as decided
    from lagesbild.cli import deciding, findings

    findings.show_label(screen, profile)
    deciding.show(screen, profile, decided.take(profile, file, out))


@cli.command(options_metavar="[VAL]")
@click.argument("table", metavar="TABELL")
@click.option("--out", type=PATH, metavar="FIL", help="Fil att skriva (annars TABELL.xlsx).")
@click.pass_obj
def template(screen: Screen, table: str, out: Path | None) -> None:
    """Skriv en tom tabell att fylla i, som Excelfil.

    TABELL är tabellens namn, till exempel observations.
    """
    from lagesbild import swedish, taxonomy, templates
    from lagesbild.tables import TABLES

    if table not in TABLES:
        near = taxonomy.load().nearest(table, TABLES)
        action = f"Menade du {near[0]}?" if near else f"Tabeller: {swedish.listing(list(TABLES))}."
        raise UsageError(Problem("lagesbild template", f'tabellen "{table}" finns inte.', action=action))
    file = out or Path(f"{table}.xlsx")
    if file.exists():
        raise UsageError(Problem(str(file), "filen finns redan och skrivs inte över.", action="Ange ett annat namn med --out."))
    try:
        file.write_bytes(templates.template(table, taxonomy.load()))
    except OSError as error:
        raise ReportError(Problem(str(file), f"filen kunde inte skrivas: {reason(error)}.")) from error
    screen.line(f"Klart: {file}")


@cli.command(options_metavar="[VAL]")
@click.argument("path", metavar="FIL", type=PATH)
@click.option("--out", type=PATH, metavar="FIL", help="Fil att skriva (annars samma namn med tillägget utan personuppgifter).")
@click.pass_obj
def scrub(screen: Screen, path: Path, out: Path | None) -> None:
    """Skriv en kopia av en fil utan personuppgifter.

    Originalet lämnas som det är. Gäller Excel (xlsx) och text (csv, txt, json).
    """
    from lagesbild.cli import scrubbing

    scrubbing.scrub(screen, path, out)


@cli.command(options_metavar="[VAL]")
@click.argument("paths", metavar="PROFIL…", type=PATH, nargs=-1, required=True)
@_out
@click.option("--workers", type=COUNT, default=1, metavar="ANTAL", help="Så många profiler görs samtidigt (annars 1).")
@click.option("--cluster", metavar="ADRESS", help="Adressen till en Dask-schemaläggare, till exempel tcp://10.0.0.5:8786.")
@click.pass_obj
def batch(screen: Screen, paths: tuple[Path, ...], out: Path, workers: int, cluster: str | None) -> int:
    """Gör lägesbilder för många profiler.

    Om en profil inte går att göra redovisas det sist; de andra görs ändå.
    """
    from lagesbild.cli import many

    if cluster is not None and workers > 1:
        raise UsageError(Problem("lagesbild batch", "--workers och --cluster går inte ihop.", action="Välj ett av dem."))
    return many.run(screen, paths, out, workers, cluster)
