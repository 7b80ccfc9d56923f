"""The sections of a profile: weights, severity, and how the kommun's own words are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationInfo, field_validator

from lagesbild import swedish

Weight = Annotated[float, Field(ge=0, le=1)]
Harm = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Grade = Annotated[StrictInt, Field(ge=1, le=5)]


class Frozen(BaseModel):
    """Settings that never change once read, and refuse keys they do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


#: The weights where severity is a criterion and the profile sets none (methods §5).
SEVERITY_WEIGHTS = {"omfattning": 0.35, "jamforelse": 0.25, "utveckling": 0.20, "allvar": 0.20}


class Weights(Frozen):
    """What the partnership holds each criterion to be worth, 0-1; they sum to 1. ``dict(weights)`` gives them by name.

    allvar: None where severity is no criterion; ``dict(weights)`` then has three.
    """

    omfattning: Weight = 0.40
    jamforelse: Weight = 0.35
    allvar: Weight | None = None
    utveckling: Weight = Field(default=0.25, validate_default=True)

    @field_validator("utveckling")
    @classmethod
    def _sum_to_one(cls, last: float, info: ValidationInfo) -> float:
        others = [info.data[name] or 0.0 for name in ("omfattning", "jamforelse", "allvar") if name in info.data]
        if len(others) == 3 and abs((total := sum(others) + last) - 1) > 1e-9:
            raise ValueError(f"vikterna blir tillsammans {swedish.number(total, 2)} men ska bli 1")
        return last

    def __iter__(self) -> Iterator[tuple[str, float]]:  # type: ignore[override]
        yield from ((name, value) for name in SEVERITY_WEIGHTS if (value := getattr(self, name)) is not None)

    def __getitem__(self, criterion: str) -> float:
        return float(dict(self)[criterion])


class Est(Frozen):
    """How the EST list's own words are read. columns: its heading -> ours; categories: its category -> category or area."""

    columns: dict[str, str] = {}
    categories: dict[str, str] = {}


class Survey(Frozen):
    """How the kommun's own survey is read. columns: its heading -> a question of the taxonomy, or a column such as weight."""

    columns: dict[str, str] = {}


class Severity(Frozen):
    """Whether severity is a criterion, and the partnership's own view of it in place of the taxonomy's table.

    harm: problem area -> how severe one typical offence is, in months of prison. classes: problem area -> 1-5, mildest first;
    then the table is not used at all. One of the two at most.
    """

    use: StrictBool = False
    harm: dict[str, Harm] = {}
    classes: dict[str, Grade] = {}

    @field_validator("classes")
    @classmethod
    def _one_way(cls, classes: dict[str, int], info: ValidationInfo) -> dict[str, int]:
        if classes and info.data.get("harm"):
            raise ValueError("ange antingen [severity.harm] eller [severity.classes], inte båda")
        return classes
