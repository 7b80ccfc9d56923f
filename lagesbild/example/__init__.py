"""Exempelby, a fictional kommun with every source there is, made from a planted truth.

``facts/*.csv`` say what is true in Exempelby (level, comparison and trend of each problem area) and how each source errs about
it; each source is then made by its own mechanism: offences times how often they are reported; events times who is there to see
them; shares times who happens to be asked. Nothing here knows how the ranking estimates the truth back from the sources.
"""

from __future__ import annotations

from pathlib import Path

from lagesbild.example import (
    answers,
    cards,
    decisions,
    dialogues,
    facit,
    incidents,
    kommuner,
    observations,
    offences,
    surveys,
    table,
    workbook,
    world,
)

FOLDER = Path("data/raw/exempel")


def files(seed: int = world.SEED) -> dict[str, bytes]:
    """Every file of the example by name, with a source card for each; the same seed gives the same bytes."""
    made = {
        "beslut_2024.json": decisions.decisions(),
        "dialogue_themes.csv": dialogues.dialogue_themes(seed),
        "est_2023-2025.xlsx": workbook.est_list(seed),
        "facit.toml": facit.facit(seed),
        "incidents.csv": incidents.incidents(seed),
        "judgements.csv": _as_given("judgements"),
        "peers.csv": kommuner.peers(),
        "pledges.csv": _as_given("pledges"),
        "population.csv": kommuner.population(),
        "reported_offences.csv": offences.reported_offences(seed),
        "reporting_weeks.csv": observations.roster(seed),
        "survey_answers.csv": answers.survey_answers(seed),
        "survey_results.csv": surveys.survey_results(seed),
    }
    return made | {f"{name}.source.toml": cards.card(name, content) for name, content in made.items()}


def write(folder: Path, seed: int = world.SEED) -> list[Path]:
    """Every file of the example, written into the folder (made if needed); other files there are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in sorted(files(seed).items()):
        (folder / name).write_bytes(content)
        paths.append(folder / name)
    return paths


def _as_given(name: str) -> bytes:
    rows = world.rows(name)
    return table.to_csv(list(rows[0]), rows)
