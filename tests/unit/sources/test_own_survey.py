"""An own survey as a tool exports it: weights and strata carried through, names and free text never."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from lagesbild import sources
from lagesbild.errors import SourceError
from lagesbild.measures import measure
from lagesbild.profile import Profile, Survey
from lagesbild.sources import own_survey
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

DAY = datetime.datetime(2025, 3, 1, 9, 12)
DAMAGE = "Problem med skadegörelse där jag bor"
FRAUD = "Utsatt för bedrägeri eller försök"


def raw(content: bytes | str) -> RawFile:
    return RawFile(Path("a"), "a", content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def made(profile: Profile, terms: Taxonomy):
    """made(rows, own, **sheets): the workbook recognised and read, nothing lost."""

    def read(
        rows: Sequence[Sequence[object]], own: dict[str, str] | None = None, **sheets: Sequence[Sequence[object]]
    ) -> Reading:
        file = raw(workbook(Svar=rows, **sheets))
        used = profile.model_copy(update={"survey": Survey(columns=own or {})})
        assert own_survey.recognise(file, used) is None
        reading = own_survey.read(file, used, terms)
        assert reading.n_lost == 0
        return reading

    return read


def told(reading: Reading) -> list[list[object]]:
    return reading.tables["survey_answers"][["item", "answer"]].to_numpy().tolist()


def kinds(reading: Reading) -> set[str]:
    return {doubt.kind for doubt in reading.doubts}


FORMS = [
    "ID",
    "Starttid",
    "E-post",
    "Namn",
    "Kön",
    f"Är följande ett problem? [{DAMAGE}]",
    "Har du utsatts för [Skadegörelse]",
    "Berätta",
]


def test_an_export_keeps_known_questions_and_nothing_that_points_out_a_person(made) -> None:
    found = made(
        [
            FORMS,
            [1, DAY, "a@b.se", "Kalle Karlsson", "Kvinna", "I stor utsträckning", "Nej", "Grannen Olle stör"],
            [2, DAY, "anonymous", "", "Man", "Annat: Olle slog sönder allt", "Ja", ""],
            [3, DAY, "anonymous", "", "Annat", "Inte alls", "Ja", ""],
        ]
    )
    assert told(found) == [[DAMAGE, "I stor utsträckning"], [DAMAGE, "(okänt svar)"], [DAMAGE, "Inte alls"]]
    table = found.tables["survey_answers"]
    assert table["year"].tolist() == [2025] * 3
    assert table["group"].fillna("").tolist() == ["kvinnor", "män", ""]
    assert kinds(found) == {"okand_fraga", "fritext_utelamnad", "okant_svar"}
    words = str(found)
    assert not [name for name in ("Olle", "Kalle", "a@b.se") if name in words or name in table.to_csv()]


def test_codes_are_read_by_their_sheet(made) -> None:
    book = [["Fråga", "Frågetext", "Kod", "Svar"], ["F1", FRAUD, 1, "Ja"], [None, None, 2, "Nej"], [None, None, 9, "Vet ej"]]
    found = made([["respid", "År", "F1"], [1, 2024, 1], [2, 2024, 2], [3, 2024, 9]], Kodnyckel=book)
    assert told(found) == [[FRAUD, "Ja"], [FRAUD, "Nej"], [FRAUD, "Vet ej"]]
    assert found.tables["survey_answers"]["year"].tolist() == [2024] * 3


def test_steps_of_a_scale_are_read_by_its_ends_in_either_direction(made) -> None:
    up, down = "(1 = inte alls, 5 = i mycket stor utsträckning)", "(1 = i mycket stor utsträckning, 5 = inte alls)"
    rows = [["ID", "År", f"{DAMAGE} {up}", f"Problem med buskörning där jag bor {down}"], [1, 2025, 4, 4], [2, 2025, 3, 2]]
    assert [answer.split(" ")[0] for _, answer in told(made(rows))] == ["Ja", "Nej", "Nej", "Ja"]


def test_an_absurd_code_is_an_unknown_answer_and_no_scale(made) -> None:
    book = [["Fråga", "Kod", "Svar"], [FRAUD, 1, "Ja"], [FRAUD, "9" * 400, "Nej"], [FRAUD, "²", "Nej"]]
    found = made([["ID", "År", FRAUD], [1, 2025, 1], [2, 2025, "9" * 300], [3, 2025, 1]], Kodnyckel=book)
    assert told(found) == [[FRAUD, "Ja"], [FRAUD, "(okänt svar)"], [FRAUD, "Ja"]]


def test_codes_without_a_key_are_not_guessed(made) -> None:
    found = made([["ID", "År", DAMAGE, FRAUD], [1, 2025, 4, "Ja"], [2, 2025, 3, "Nej"]])
    assert {item for item, _ in told(found)} == {FRAUD}
    assert "svar_utan_nyckel" in kinds(found)


@pytest.mark.parametrize(
    ("rows", "kind", "n"),
    [
        ([["a", 1.0], ["a", None], ["a", 2.0], ["a", 1.0]], "vikt_saknas", 1),
        ([["a", 1.0], ["a", 0], ["a", 2.0], ["a", 1.0]], "vikt_noll", 1),
        ([["a", 1.0], ["a", 1.0], ["b", 2.0], ["c", 1.0]], "stratum_med_en", 2),
        ([["a", 1.0], ["a", 1.0], [None, 2.0], [None, 1.0]], "stratum_saknas", 2),
    ],
)
def test_a_weak_design_is_a_doubt(made, rows: list[list[object]], kind: str, n: int) -> None:
    found = made([["Stratum", "Vikt", "År", FRAUD], *([*row, 2025, "Ja"] for row in rows)])
    assert [(doubt.kind, doubt.n_rows) for doubt in found.doubts] == [(kind, n)]


def test_a_question_of_safety_is_not_read_as_unsafety(made) -> None:
    own = {"Känner du dig trygg i skolan?": "Otrygg i skolan"}
    found = made([["ID", "År", *own, FRAUD], [1, 2025, "Ja", "Ja"], [2, 2025, "Nej", "Nej"]], own)
    assert {item for item, _ in told(found)} == {FRAUD}
    assert "omvand_fraga" in kinds(found)


def test_the_profile_names_questions_and_columns(made) -> None:
    own = {"Lurad på nätet?": "Utsatt för bedrägeri", "Tyngd": "weight"}
    found = made([["Tyngd", "År", "Lurad på nätet?"], ["0,5", 2025, "Ja"], ["1,5", 2025, "Nej"]], own)
    assert told(found) == [[FRAUD, "Ja"], [FRAUD, "Nej"]]
    assert found.tables["survey_answers"]["weight"].tolist() == [0.5, 1.5]


@pytest.mark.parametrize(
    ("rows", "own", "expected"),
    [
        ([["ID", FRAUD], [1, "Ja"], [2, "Nej"]], {}, "vilket år"),
        ([["Vikt", "År", FRAUD], ["hög", 2025, "Ja"], [-1, 2025, "Nej"]], {}, "vikter är inget tal"),
        ([["År", FRAUD], [2025, "Ja"], [2025, "Nej"]], {"x": "Utsatt för bedrägerier"}, "Närmast: Utsatt för bedrägeri"),
        ([["År", FRAUD], [2025, 4], [2025, 3]], {}, "ingen fråga"),
    ],
)
def test_what_cannot_be_read_stops(profile: Profile, terms: Taxonomy, rows: list, own: dict[str, str], expected: str) -> None:
    used = profile.model_copy(update={"survey": Survey(columns=own)})
    with pytest.raises(SourceError, match=expected):
        own_survey.read(raw(workbook(Svar=rows)), used, terms)


def test_two_forms_that_number_from_one_are_different_people(profile: Profile, terms: Taxonomy) -> None:
    one, other = (
        own_survey.read(raw(f"ID;År;{FRAUD}\n1;2025;{answer}\n"), profile, terms).tables["survey_answers"]["respondent"][0]
        for answer in ("Ja", "Nej")
    )
    assert one != other


@pytest.mark.parametrize(
    "content",
    [
        "Datum;Kategori;Plats\n2025-03-01;Skadegörelse;Torget\n",
        "Område;Skadegörelse;Buskörning\nMariestad;1,2;0,7\nSkövde;0,9;1,4\n",
        f"survey,year,respondent,item,answer\negen_enkat,2025,1,{FRAUD},Ja\n",
    ],
)
def test_other_files_are_refused(profile: Profile, content: str) -> None:
    assert own_survey.recognise(raw(content), profile) is not None


def by_hand(yes: np.ndarray, weight: np.ndarray, stratum: np.ndarray) -> tuple[float, float, float]:
    """Share and logit-t limits of a stratified, weighted sample, stratum by stratum from the textbook (Särndal et al. 1992)."""
    share = float(np.average(yes, weights=weight))
    score = weight * (yes - share) / weight.sum()
    parts = [score[stratum == name] for name in np.unique(stratum)]
    variance = sum(len(part) * float(np.var(part, ddof=1)) for part in parts)
    margin = stats.t.ppf(0.975, len(yes) - len(parts)) * np.sqrt(variance) / (share * (1 - share))
    limits = [np.log(share / (1 - share)) + sign * margin for sign in (-1, 1)]
    return share, *(float(1 / (1 + np.exp(-limit))) for limit in limits)


@pytest.mark.parametrize("scale", [1.0, 1 / 400, 60.0])
def test_estimate_and_interval_of_a_whole_run(
    put: Callable[..., Path], profile: Profile, terms: Taxonomy, scale: float
) -> None:
    rng = np.random.default_rng(7)
    stratum = np.repeat(["Centrum", "Landsbygd"], [60, 90])
    weight = np.round(np.where(stratum == "Centrum", 1.7, 0.6) * rng.uniform(0.8, 1.2, 150), 3)
    yes = rng.random(150) < np.where(stratum == "Centrum", 0.4, 0.15)
    rows = [
        [number, DAY, "Ja" if answer else "Nej", w * scale, name]
        for number, (answer, w, name) in enumerate(zip(yes, weight, stratum, strict=True))
    ]
    put("enkät.xlsx", workbook(Svar=[["ID", "Starttid", FRAUD, "Vikt", "Stratum"], *rows]))
    delivery = sources.read(profile, terms)
    assert [one.reader for one in delivery.inputs] == [own_survey.NAME]
    found = measure(delivery.tables, profile, terms).rows
    row = found[found["measure"].eq("survey_share") & found["group"].eq("alla")].iloc[0]
    assert (row["value"], row["lower"], row["upper"]) == pytest.approx(by_hand(yes.astype(float), weight, stratum), rel=1e-9)
    assert (row["numerator"], row["denominator"]) == (yes.sum(), 150)
