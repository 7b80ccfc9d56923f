"""The kommun's own survey, answer by answer: 400 people in three strata, the sparsely populated one asked more often."""

from __future__ import annotations

from lagesbild.example import world
from lagesbild.example.draws import Draws
from lagesbild.example.surveys import NAMES, expit, true_logit
from lagesbild.example.table import to_csv

COLUMNS = ["survey", "year", "respondent", "weight", "stratum", "area", "group", "item", "answer"]
YEAR = 2025
#: Stratum -> its areas, how many answered there, and how much more (logit) people there see of everything.
STRATA = {
    "Centralort": (("Centrum", "Stationsområdet", "Hamnen"), 120, 0.25),
    "Ytterstad": (("Norrängen", "Söderlunda", "Östra Backen", "Västermalm", "Industriområdet"), 160, 0.0),
    "Landsbygd": (("Kyrkbyn", "Landsbygden"), 120, -0.45),
}
DONT_KNOW_SHARE, SOME_EXTENT_SHARE = 0.04, 0.35
GRADED = ("I stor utsträckning", "I viss utsträckning", "Inte alls", "Vet inte")
YES_NO = ("Ja", "Nej", "Vet inte")
#: How alike a person's answers are (logit sd): some see problems everywhere.
PERSON_SPREAD = 0.5


def survey_answers(seed: int) -> bytes:
    """survey_answers.csv: weight = people in the stratum / people who answered there, scaled to mean 1."""
    draws = Draws(seed, "egen_enkat")
    residents = {place.area: place.residents for place in world.places()}
    n_answered = sum(answered for _, answered, _ in STRATA.values())
    rows: list[dict[str, object]] = []
    respondent = 0
    for stratum, (areas, answered, more) in STRATA.items():
        people = sum(residents[area] for area in areas)
        weight = round(people / answered * n_answered / sum(residents.values()), 4)
        for _ in range(answered):
            respondent += 1
            area = draws.choice(areas, [residents[area] for area in areas])
            group = "kvinnor" if draws.happens(0.53) else "män"
            person = more + draws.normal(sd=PERSON_SPREAD)
            for item in world.items():
                if item.survey == "egen_enkat":
                    leaning = person + (item.women if group == "kvinnor" else -item.women) / 2
                    rows.append(
                        {
                            "survey": NAMES["egen_enkat"],
                            "year": YEAR,
                            "respondent": respondent,
                            "weight": weight,
                            "stratum": stratum,
                            "area": area,
                            "group": group,
                            "item": item.item,
                            "answer": _answer(item.item, expit(true_logit(item, YEAR) + leaning), draws),
                        }
                    )
    return to_csv(COLUMNS, rows)


def _answer(item: str, share: float, draws: Draws) -> str:
    """ "To a great extent" or "yes" with the share's probability."""
    if draws.happens(DONT_KNOW_SHARE):
        return GRADED[3]
    if not item.startswith("Problem"):
        return YES_NO[0] if draws.happens(share) else YES_NO[1]
    if draws.happens(share):
        return GRADED[0]
    return GRADED[1] if draws.happens(SOME_EXTENT_SHARE) else GRADED[2]
