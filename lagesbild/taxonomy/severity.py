"""How severe a line's typical offence is held to be: the taxonomy's table, or what the partnership put in its place."""

from __future__ import annotations

import numpy as np

from lagesbild.errors import Problem, ProfileError
from lagesbild.profile import Profile
from lagesbild.taxonomy.taxonomy import Taxonomy

#: A class counts as so many times as severe as the one below it: five classes then span as much as the taxonomy's table.
STEP = 3.0
#: The unit of harm by classes, in words.
CLASS_UNIT = "klass 1–5"


def harm(profile: Profile, taxonomy: Taxonomy) -> dict[str, float]:
    """Line -> harm h > 0 of one typical offence, lines without a value left out.

    From severity.csv with the profile's own values in place of the table's; or, where the profile sets classes 1-5, from those
    alone: h = 3^(class − 1), and a combined line without a class takes the geometric mean of the areas it covers, if all have
    one. Raises ProfileError for a line that does not exist, naming the nearest.
    """
    own = profile.severity
    check(profile, taxonomy)
    if own.classes:
        graded = {line: STEP ** (grade - 1) for line, grade in own.classes.items()}
        return graded | _combined(graded, taxonomy)
    table = dict(zip(taxonomy.severity["problem_area"], taxonomy.severity["harm"], strict=True))
    return {line: float(value) for line, value in (table | own.harm).items() if not np.isnan(value)}


def unit(profile: Profile) -> str:
    """What harm is counted in, in Swedish: months of prison, or the partnership's classes."""
    return CLASS_UNIT if profile.severity.classes else "månader"


def check(profile: Profile, taxonomy: Taxonomy) -> None:
    """Nothing, where the profile's severity names lines that exist. Raises ProfileError with every one that does not."""
    known = [line for line in taxonomy.line_ids if line != "totalt"]
    problems = []
    for section in ("harm", "classes"):
        for line in getattr(profile.severity, section):
            if line not in known:
                near = taxonomy.nearest(line, known)
                action = f'Närmaste kända är "{near[0]}".' if near else "Områdenas id står i taxonomy/areas.csv."
                problems.append(
                    Problem(f"{profile.slug}, severity.{section}.{line}", "problemområdet finns inte.", action=action)
                )
    if problems:
        raise ProfileError(problems)


def _combined(graded: dict[str, float], taxonomy: Taxonomy) -> dict[str, float]:
    open_lines = [line for line in taxonomy.line_ids if taxonomy.is_combined(line) and line not in graded]
    parts = {line: [graded.get(area, np.nan) for area in taxonomy.covers(line)] for line in open_lines}
    means = {line: float(np.exp(np.mean(np.log(values)))) for line, values in parts.items()}
    return {line: mean for line, mean in means.items() if not np.isnan(mean)}
