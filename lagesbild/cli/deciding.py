"""What the screen says of decisions: when one is taken in, and beside the ranking."""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.cli.screen import Screen
from lagesbild.decide import Taken
from lagesbild.profile import Profile
from lagesbild.report import decided
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import decisions as said


def show(screen: Screen, profile: Profile, taken: Taken) -> None:
    """What was decided and where it lies, on which version of the ranking, and what happens next."""
    found = taken.form
    n_areas = swedish.plural(len(found.decisions), "problemområde", "problemområden")
    screen.line(f"{found.forum}, {found.date}: beslut om {n_areas}.")
    screen.line(f"Sparat: {taken.path}" if taken.is_new else f"Beslutet finns redan: {taken.path}. Inget har ändrats.")
    screen.line(_version(taken), "bold" if taken.version == "annan" else "")
    if told := said.weights_apart(str(found.date), found.weights, dict(profile.weights)):
        screen.line(told)
    screen.line("Kör lagesbild run: rapporten visar då beslutet bredvid underlagets förslag. Rangordningen ändras inte.")


def _version(taken: Taken) -> str:
    if taken.version == "samma":
        return "Beslutet togs på den rangordning som ligger i rapportmappen."
    if taken.version == "annan":
        return (
            f"Obs: beslutet togs på en annan version av rangordningen än den som nu ligger i {taken.run}. "
            "Det är sparat ändå, och rapporten säger att det togs på en annan version."
        )
    action = "Ange mappen för rapporterna med --out om den ligger någon annanstans."
    return f"I {taken.run} finns ingen rangordning att jämföra med. {action}"


def beside(lagesbild: Lagesbild) -> dict[str, str]:
    """Area -> what forums decided on it last, for the ranking on the screen."""
    found: dict[str, list[str]] = {}
    for one in decided.valid(decided.decided(lagesbild)):
        if one.decision not in found.setdefault(one.problem_area, []):
            found[one.problem_area].append(one.decision)
    return {line: ", ".join(told) for line, told in found.items()}


def show_decisions(screen: Screen, lagesbild: Lagesbild, line: str) -> None:
    """What forums decided on one area, if anything."""
    found = [one for one in decided.valid(decided.decided(lagesbild)) if one.problem_area == line]
    if found:
        screen.heading("Parternas beslut")
    for one in found:
        version = said.version(one.year, lagesbild.profile.year, is_same=one.is_same_version)
        screen.line(f"{swedish.capital(one.decision)}: {one.reason or said.NO_REASON}")
        screen.line(f"{swedish.capital(said.taken(one.forum, one.date, version))}.")
