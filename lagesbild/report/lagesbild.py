"""One lägesbild as a value: what a run found, before anything is written."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from lagesbild import swedish
from lagesbild.charts.chart import Chart
from lagesbild.disclosure import protect_doubts, protect_effort
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.measures.effort import EffortSummary, effort
from lagesbild.measures.elsewhere import nowhere
from lagesbild.measures.measure import Measures
from lagesbild.places.value import Places
from lagesbild.pledges import FollowUps
from lagesbild.profile import Profile
from lagesbild.ranking.result import Ranking
from lagesbild.report import facts
from lagesbild.sources.reading import Delivery
from lagesbild.taxonomy.taxonomy import Taxonomy

EXAMPLE_LABEL = "EXEMPELDATA"


@dataclass(frozen=True)
class Lagesbild:
    """What was delivered for one profile and year, what it measures, how the problem areas rank, the charts of it, and how
    the pledges of its register went.

    ``measures`` and ``places`` are those after disclosure: nothing that may not be shown is in them. ``elsewhere``: reported
    offences of län and riket, as Brå published them (``measures.elsewhere``).
    """

    profile: Profile
    taxonomy: Taxonomy
    delivery: Delivery
    measures: Measures
    ranking: Ranking
    charts: tuple[Chart, ...]
    pledges: FollowUps = field(default_factory=FollowUps)
    places: Places = field(default_factory=Places)
    elsewhere: pd.DataFrame = field(default_factory=nowhere)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Every doubt of the delivery, and of the measures and places after disclosure, each once, in a fixed order."""
        found = set(
            protect_doubts((*self.delivery.doubts, *self.measures.doubts, *self.pledges.doubts), self.measures, self.taxonomy)
        )
        found |= set(self.places.doubts)
        return tuple(sorted(found, key=lambda doubt: (doubt.kind, doubt.where, doubt.what, doubt.action)))

    @cached_property
    def _figures(self) -> dict[facts.Key, tuple[facts.Figure, ...]]:
        return facts.figures(self.measures)

    def figures(self, source: str, measure: str, problem_area: str, role: str = "own") -> tuple[facts.Figure, ...]:
        """The figures of one source, measure and line about everybody, in the order of the measures' table."""
        return self._figures.get((source, measure, role, problem_area), ())

    @cached_property
    def effort(self) -> EffortSummary:
        """Who reported to EST and how often, after disclosure."""
        profile = self.profile
        summary = effort(self.delivery.tables, self.taxonomy, profile.year, profile.est.categories)
        return protect_effort(summary, self.taxonomy, self.measures)

    @property
    def folder_name(self) -> str:
        """The run folder's name: 'mariestad-2025'."""
        return f"{self.profile.slug}-{self.profile.year}"

    @property
    def title(self) -> str:
        """'Lägesbild Mariestad 2025'."""
        return f"Lägesbild {self.place} {self.profile.year}"

    @property
    def place(self) -> str:
        """The place's name inside a sentence, as the profile says it."""
        return self.profile.place

    @property
    def label(self) -> str:
        """EXEMPELDATA where the figures are made up, else empty."""
        return EXAMPLE_LABEL if self.profile.is_example else ""

    def _repr_html_(self) -> str:
        label = f" <strong>{self.label}</strong>" if self.label else ""
        counts = swedish.listing(
            [
                swedish.plural(len(self.delivery.inputs), "källfil", "källfiler"),
                swedish.plural(len(self.ranking.table), "rangordnad rad", "rangordnade rader"),
                swedish.plural(len(self.charts), "diagram", "diagram"),
                swedish.plural(len(self.doubts), "tveksamhet", "tveksamheter"),
            ]
        )
        return f"<h3>{html.escape(self.title)}{label}</h3><p>{counts}</p>{self.ranking._repr_html_()}"


def with_ranking(lagesbild: Lagesbild) -> Lagesbild:
    """The lägesbild itself. Raises SourceError where no area could be ranked: there is nothing to report."""
    if not lagesbild.ranking.table.empty:
        return lagesbild
    profile = lagesbild.profile
    place = f"{profile.name} ({swedish.listing(list(profile.kommunkoder))})"
    raise SourceError(
        Problem(
            str(profile.raw),
            f"källfilerna har inga uppgifter att rangordna problemområden efter för {place} till och med {profile.year}.",
            "åtminstone en källa som gäller området och året.",
            "Kontrollera kommunkoder och year i profilen och kör lagesbild check.",
        )
    )
