"""The worlds of a scenario: each kommun from its own seed, so that it never depends on how many are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.validity import dialogues, expected, observations, reporters, reports, surveys
from benchmarks.validity.events import draw_events
from benchmarks.validity.frames import empty, frame
from benchmarks.validity.incidence import KOMMUNER, RECENT, Incidence, draw_incidence
from benchmarks.validity.propensities import draw_propensities
from benchmarks.validity.scenario import Scenario
from benchmarks.validity.terms import LAST_YEAR, Mask, Terms, terms
from benchmarks.validity.world import World
from lagesbild.profile import Profile
from lagesbild.tables import Tables

PEER_GROUP = "laboratoriet"
#: What has random numbers of its own, so that a scenario that changes one leaves the others as they are.
_STREAMS = (
    "incidence",
    "events",
    "propensities",
    "reports",
    "extras",
    "codes",
    "reporters",
    "observations",
    "surveys",
    "answers",
    "dialogues",
    "themes",
    "missing",
)
#: Of the cells that are missing, so many because the whole source is.
_WHOLE = 0.2


def worlds(scenario: Scenario, n: int, seed: int) -> Iterator[World]:
    """The kommuner 0 to n − 1 of a scenario. The same seed and number give the same world, whatever n is."""
    for number in range(n):
        yield draw_world(scenario, seed, number)


def draw_world(scenario: Scenario, seed: int, number: int) -> World:
    """One kommun of a scenario."""
    names = terms()
    streams = np.random.SeedSequence([seed, number]).spawn(len(_STREAMS))
    random = {name: np.random.default_rng(stream) for name, stream in zip(_STREAMS, streams, strict=True)}
    truth = draw_incidence(random["incidence"], scenario, len(names.areas))
    events = draw_events(random["events"], truth)
    order = {kind: _order(scenario, kind, truth, names) for kind in ("reported", "est", "survey")}
    given = _delivered(random["missing"], scenario, names)
    propensity = draw_propensities(random["propensities"], scenario, names)
    reported = reports.draw_reports(random["reports"], scenario, truth, events, propensity, order["reported"], names)
    reported = reports.swell(random["extras"], scenario, reported, names)
    est = reporters.draw_reporters(random["reporters"], scenario, truth, events, order["est"], names)
    est = reporters.stopped(est) if scenario.is_stopping else est
    asked = surveys.draw_surveys(random["surveys"], scenario, truth, events, order["survey"], names)
    met = dialogues.draw_dialogues(random["dialogues"], scenario, truth, names)
    happens = reporters.expected_events(truth, events, order["est"], len(est.years))
    tables = Tables(
        reported_offences=reports.reports_table(random["codes"], scenario, reported, given["polisanmalda"], names),
        **observations.draw_observations(random["observations"], est, events, order["est"], given["est"], names),
        survey_results=surveys.draw_answers(random["answers"], asked, given, int(truth.population[0, -1])),
        dialogue_themes=dialogues.draw_themes(random["themes"], met, given["medborgardialog"], names),
        population=_population(truth),
        **{name: empty(name) for name in ("incidents", "survey_answers", "judgements", "pledges")},
        peers=frame("peers", {"kommunkod": list(KOMMUNER), "peer_group": PEER_GROUP}, len(KOMMUNER)),
    )
    told = [
        reports.reports_expected(reported, truth, given["polisanmalda"]),
        reporters.reporters_expected(est, happens, given["est"]),
        *(surveys.surveys_expected(one, given[one.survey], len(names.areas)) for one in asked),
        dialogues.dialogues_expected(met, given["medborgardialog"]),
    ]
    return World(tables, _profile(scenario, number), _truth(truth, names), expected.bias_rows(told, truth, names.areas))


def _order(scenario: Scenario, kind: str, truth: Incidence, names: Terms) -> NDArray[np.int64]:
    """(U,) of each area, the area that a kind of source really tells of: itself, or the one at the mirrored place."""
    order = np.arange(len(names.areas))
    if scenario.reversed_source != kind:
        return order
    there = np.array([scenario.reversed_visibility in ("", shown) for shown in names.visibility])
    ranked = order[there][np.argsort(-truth.level[there], kind="stable")]
    order[ranked] = ranked[::-1]
    return order


def _delivered(random: np.random.Generator, scenario: Scenario, names: Terms) -> dict[str, Mask]:
    """Source -> (U,) whether its rows of the area are delivered. At least one source is."""
    sources = ["polisanmalda", "est", "medborgardialog", *sorted({item.survey for item in names.items})]
    whole = min(_WHOLE, scenario.missing)
    is_gone = random.random(len(sources)) < whole
    if is_gone.all():
        is_gone[int(random.integers(len(sources)))] = False
    cell = 1 - (1 - scenario.missing) / (1 - whole)
    return {source: (random.random(len(names.areas)) >= cell) & ~gone for source, gone in zip(sources, is_gone, strict=True)}


def _population(truth: Incidence) -> pd.DataFrame:
    kommun, year = (index.ravel() for index in np.indices(truth.population.shape))
    columns = {
        "kommunkod": np.array(KOMMUNER, dtype=object)[kommun],
        "year": LAST_YEAR - truth.population.shape[1] + 1 + year,
        "population": truth.population.ravel(),
    }
    return frame("population", columns, kommun.size)


def _profile(scenario: Scenario, number: int) -> Profile:
    return Profile(
        slug=f"{scenario.name.replace('_', '-')}-{number}",
        name="Mariestad",
        kommunkoder=KOMMUNER[:1],
        year=LAST_YEAR,
        raw=Path("raw"),
        processed=Path("processed"),
        peer_group=PEER_GROUP,
        is_example=True,
    )


def _truth(truth: Incidence, names: Terms) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "problem_area": pd.Series(names.areas, dtype="str"),
            "level": truth.level,
            "comparison": truth.comparison,
            "trend": truth.trend,
            "mean_events": truth.events[0, :, -RECENT:].mean(axis=1),
        }
    )
