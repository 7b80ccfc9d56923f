"""Safety: how people feel, women and men, ages; and that nobody asked where nobody did."""

from __future__ import annotations

from lagesbild.report.content import answers
from lagesbild.report.content.pictures import named, of_kind, picture
from lagesbild.report.document import Block, Heading, Text
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import safety as said


def safety(lagesbild: Lagesbild) -> list[Block]:
    """The surveys' charts, what can be said of women, men and ages, and reported against experienced."""
    charts = [chart for chart in of_kind(lagesbild, "enkat") if not chart.name.startswith("enkat-naringsliv")]
    if not charts:
        return [Heading(1, "Trygghet"), Text(said.absent(lagesbild.place))]
    its = answers.items(lagesbild)
    compared = [(item, told) for item in its if (told := answers.told_apart(item))]
    differing = [item.label for item, told in compared if told.startswith("kvinnor")]
    sexes = said.sexes(len(differing), len(compared), differing) if compared else said.NO_SEXES
    ages = answers.by_age(lagesbild)
    without_ages: list[Block] = [] if ages else [Heading(2, "Åldrar"), Text(said.NO_AGES)]
    everybody = [chart for chart in charts if not chart.name.endswith("-kvinnor-man")]
    women_and_men = [chart for chart in charts if chart.name.endswith("-kvinnor-man")]
    return [
        Heading(1, "Trygghet", new_page=True),
        Text(said.INTRO, style="intro"),
        *picture(everybody[:1]),
        Heading(2, "Kvinnor och män"),
        Text(f"{sexes} {said.SMALL_GROUPS}"),
        *without_ages,
        *picture(women_and_men[:1]),
        *picture(everybody[1:]),
        *picture(named(lagesbild, "anmalt-upplevt")),
        *picture(women_and_men[1:]),
        *ages,
    ]
