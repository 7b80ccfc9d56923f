"""Companies: what they answer and what they report."""

from __future__ import annotations

from lagesbild.report.content import findings
from lagesbild.report.content.area import with_page
from lagesbild.report.content.pictures import named, of_kind, picture
from lagesbild.report.document import Block, Heading, Text
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import business as said

LINE = "brott_mot_naringsliv"


def business(lagesbild: Lagesbild) -> list[Block]:
    """The companies' survey and the area's reported offences; one honest sentence where neither was delivered."""
    survey = of_kind(lagesbild, "enkat-naringsliv")
    crime = findings.reported_crime(lagesbild, LINE)
    if not survey and not crime:
        return [Heading(1, "Näringsliv"), Text(said.absent(lagesbild.place))]
    is_ranked = LINE in set(lagesbild.ranking.table["problem_area"])
    has_page = LINE in with_page(lagesbild)
    answered = findings.answers(lagesbild, LINE) if is_ranked else []
    return [
        Heading(1, "Näringsliv", new_page=bool(survey)),
        Text(said.INTRO, style="intro"),
        *([Text(" ".join(answered), lead="Enkäten")] if answered else []),
        *picture(survey),
        *([Text(" ".join(crime), lead="Anmälda brott")] if crime else []),
        *([] if has_page else picture(named(lagesbild, "anmalda-brott-mot-naringsliv"))),
    ]
