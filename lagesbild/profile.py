"""One kommun's or police area's settings: a TOML file becomes a frozen value, and a misspelt key is refused by name."""

from __future__ import annotations

import difflib
import html
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StrictBool, StrictInt, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import ErrorDetails

from lagesbild import letters, swedish
from lagesbild.errors import Problem, ProfileError
from lagesbild.settings import SEVERITY_WEIGHTS, Est, Frozen, Severity, Survey, Weights

#: A name stands in titles and beside lines in charts.
_LONGEST_NAME = 80
Kommunkod = Annotated[str, Field(pattern=r"^\d{4}$")]


class Profile(Frozen):
    """Everything a run needs to know about one kommun, or about one police area made of several.

    slug: the file's name without suffix; names the run folder. year: the report's year; nothing later is used. raw, processed:
    where files are read from and tidy tables are stored. peer_group: whom the kommun is compared with: a group of the table
    ``peers``, "skr", "lan", "polisomrade", "narmaste", a list of kommunkoder, or None for no comparison. police_area: with
    "polisomrade", the kommuner of the police area among the other profiles of the folder. pledge_slots: how many areas a
    pledge has room for. seed, draws: of the simulation.
    """

    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Annotated[str, Field(min_length=1)]
    level: Literal["kommun", "police_area"] = "kommun"
    kommunkoder: tuple[Kommunkod, ...]
    year: Annotated[StrictInt, Field(ge=1996, le=2099)]
    raw: Path
    processed: Path
    peer_group: str | tuple[Kommunkod, ...] | None = None
    police_area: tuple[Kommunkod, ...] = ()
    pledge_slots: Annotated[StrictInt, Field(ge=1, le=16)] = 3
    seed: Annotated[StrictInt, Field(ge=0)] = 20250101
    draws: Annotated[StrictInt, Field(ge=1000, le=1_000_000)] = 10_000
    is_example: StrictBool = False
    weights: Weights = Weights()
    severity: Severity = Field(default=Severity(), validate_default=True)
    est: Est = Est()
    survey: Survey = Survey()

    @field_validator("kommunkoder")
    @classmethod
    def _fits_level(cls, codes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        level = info.data.get("level")
        if len(set(codes)) < len(codes):
            raise ValueError("samma kommunkod står flera gånger")
        if level == "kommun" and len(codes) != 1:
            raise ValueError(f"en kommun har en kommunkod, här står {swedish.count_word(len(codes))}")
        if level == "police_area" and len(codes) < 2:
            raise ValueError("ett polisområde har minst två kommuner")
        return codes

    @model_validator(mode="before")
    @classmethod
    def _weights_with_severity(cls, settings: Any) -> Any:
        """The default weights are four where severity is in use and the profile has no weights of its own."""
        if isinstance(settings, Mapping) and "weights" not in settings:
            severity = settings.get("severity")
            if isinstance(severity, Mapping) and severity.get("use") is True:
                return {**settings, "weights": SEVERITY_WEIGHTS}
        return settings

    @field_validator("severity")
    @classmethod
    def _is_weighed(cls, severity: Severity, info: ValidationInfo) -> Severity:
        weights = info.data.get("weights")
        if weights is not None and severity.use != (weights.allvar is not None):
            if severity.use:
                listed = swedish.listing([swedish.number(value, 2) for value in SEVERITY_WEIGHTS.values()])
                raise ValueError(
                    "allvar ska räknas med men har ingen vikt. Skriv allvar = 0.20 i [weights] och sänk de andra så att summan "
                    f"blir 1, eller ta bort [weights]: då gäller {listed}"
                )
            raise ValueError("[weights] ger allvar en vikt, men allvar räknas inte med. Skriv use = true i [severity]")
        return severity

    @field_validator("name", "peer_group")
    @classmethod
    def _can_be_shown(cls, text: object) -> object:
        """Both stand on every page: no letter that has no place there, and no more than a line."""
        if isinstance(text, str) and (letters.unshown(text) or "\n" in text):
            raise ValueError("texten har tecken som inte kan visas, till exempel en emoji eller ett styrtecken")
        if isinstance(text, str) and len(text) > _LONGEST_NAME:
            raise ValueError(f"texten har {len(text)} tecken men får ha högst {_LONGEST_NAME}")
        return text

    @field_validator("peer_group", mode="before")
    @classmethod
    def _name_or_list(cls, group: object) -> object:
        if group is None or (isinstance(group, str) and group):
            return group
        codes = tuple(group) if isinstance(group, (list, tuple)) else ()
        if not codes or not all(isinstance(code, str) and re.fullmatch(r"\d{4}", code) for code in codes):
            raise ValueError('jämförelsegruppen är varken ett namn inom citattecken eller en lista som ["1496", "1499"]')
        if len(set(codes)) < len(codes):
            raise ValueError("samma kommunkod står flera gånger")
        return codes

    @classmethod
    def load(cls, path: Path | str) -> Profile:
        """The profile in a TOML file; paths in it are relative to its own folder.

        Raises ProfileError with every problem of the file: unknown keys with the nearest known one, values that cannot be used.
        """
        path = Path(path)
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ProfileError(_absent(path)) from None
        except (OSError, UnicodeDecodeError) as error:
            raise ProfileError(Problem(path.name, "filen går inte att läsa.", "en TOML-fil i UTF-8.")) from error
        except tomllib.TOMLDecodeError as error:
            raise ProfileError(_broken(path, str(error))) from None
        folder = path.parent
        settings = {"processed": "../data/processed"} | settings
        for key in ("raw", "processed"):
            if isinstance(settings.get(key), str):
                settings[key] = (folder / settings[key]).resolve()
        written = {"slug": "filens namn.", "police_area": "en profil för polisområdet i samma mapp."}
        misplaced = [
            Problem(f"{path.name}, {key}", "nyckeln skrivs inte i filen.", instead)
            for key, instead in written.items()
            if key in settings
        ]
        if settings.get("peer_group") == "polisomrade":
            settings["police_area"] = _police_area(path, settings.get("kommunkoder"))
        return _validated({**settings, "slug": path.stem}, path.name, misplaced)

    def for_year(self, year: int) -> Profile:
        """The same profile with another report year; nothing dated later is used. Raises ProfileError outside 1996-2099."""
        return _validated({**self.model_dump(), "year": year}, self.slug)

    @property
    def is_police_area(self) -> bool:
        """True for a police area of several kommuner: counts add, survey values do not."""
        return self.level == "police_area"

    @property
    def has_known_group(self) -> bool:
        """True for a comparison group that needs no table ``peers``."""
        return self.peer_group in ("skr", "lan", "polisomrade", "narmaste") or isinstance(self.peer_group, tuple)

    @property
    def place(self) -> str:
        """The place's name inside a sentence: 'Mariestad', 'lokalpolisområde Östra Skaraborg'."""
        return self.name[:1].lower() + self.name[1:] if self.name.lower().startswith("lokalpolisområde ") else self.name

    def wider_area(self, geography: str) -> str:
        """The police area that a figure is about where that is more than the kommun, as inside a sentence; "" for the own."""
        if geography in {self.slug, *self.kommunkoder} or self.is_police_area:
            return ""
        return geography[:1].lower() + geography[1:] if geography.lower().startswith("lokalpolisområde ") else geography

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><th>{key}</th><td>{html.escape(str(value))}</td></tr>" for key, value in self._plain().items())
        return f"<table>{rows}</table>"

    def _plain(self) -> dict[str, object]:
        weights = "; ".join(f"{key} {swedish.number(value, 2)}" for key, value in self.weights)
        return {
            "Namn": self.name,
            "Kommuner": ", ".join(self.kommunkoder),
            "År": self.year,
            "Jämförelsegrupp": self.peer_group
            if isinstance(self.peer_group, str)
            else ", ".join(self.peer_group or ("ingen",)),
            "Vikter": weights,
            "Allvar": "räknas med" if self.severity.use else "räknas inte med",
        }


def profile_named(name: str, start: Path = Path()) -> Profile:
    """The profile ``profiles/<name>.toml`` of the nearest folder at or above ``start``; what notebooks call.

    Raises ProfileError, with the names there are, where no such profile is found.
    """
    folders = [folder / "profiles" for folder in (start.resolve(), *start.resolve().parents)]
    found = next((folder for folder in folders if folder.is_dir()), None)
    if found is None:
        raise ProfileError(Problem(name, "mappen profiles finns varken här eller i någon mapp ovanför."))
    return Profile.load(found / f"{name}.toml")


def _police_area(path: Path, own: object) -> list[str]:
    """The kommuner of the first police area, by file name, whose profile in the same folder lists the own; [] if none."""
    wanted = {str(code) for code in own} if isinstance(own, list) else set()
    for other in sorted(path.parent.glob("*.toml")):
        try:
            settings = tomllib.loads(other.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            continue  # told when that profile itself is used
        codes = settings.get("kommunkoder")
        if (
            other != path
            and settings.get("level") == "police_area"
            and isinstance(codes, list)
            and wanted <= set(map(str, codes))
        ):
            return [str(code) for code in codes]
    return []


def _validated(settings: Mapping[str, Any], where: str, before: list[Problem] | None = None) -> Profile:
    try:
        profile = Profile.model_validate(settings)
    except ValidationError as error:
        problems = [_problem(details, settings, where) for details in error.errors()]
        raise ProfileError((before or []) + problems) from None
    if before:
        raise ProfileError(before)
    return profile


#: pydantic's error type -> (what stands there, what should). {value} is what was found; the rest is pydantic's context.
_SWEDISH = {
    "missing": ("nyckeln saknas.", ""),
    "literal_error": ("{value} finns inte.", "{expected}."),
    "string_type": ("{value} är ingen text.", "en text inom citattecken."),
    "string_too_short": ("texten är tom.", "minst {min_length} tecken."),
    "int_type": ("{value} är inget heltal.", "ett heltal utan citattecken."),
    "float_type": ("{value} är inget tal.", "ett tal med decimalpunkt, till exempel 0.40."),
    "float_parsing": ("{value} är inget tal.", "ett tal med decimalpunkt, till exempel 0.40."),
    "bool_type": ("{value} är varken ja eller nej.", "true eller false."),
    "tuple_type": ("{value} är ingen lista.", 'en lista, till exempel ["1493"].'),
    "dict_type": ("{value} är inget avsnitt.", 'rader av formen "rubrik" = "kolumn".'),
    "model_type": ("{value} är inget avsnitt.", "ett avsnitt med rubrik inom hakparenteser."),
    "path_type": ("{value} är ingen mapp.", "en mapp inom citattecken."),
    "greater_than_equal": ("{value} är för litet.", "minst {ge}."),
    "greater_than": ("{value} är för litet.", "mer än {gt}."),
    "less_than_equal": ("{value} är för stort.", "högst {le}."),
}
_PATTERNS = {
    "slug": "små bokstäver a–z, siffror och bindestreck i filens namn.",
    "kommunkoder": 'fyra siffror, till exempel "1493".',
}


def _problem(details: ErrorDetails, settings: Mapping[str, Any], where: str) -> Problem:
    *parents, last = [str(part) for part in details["loc"]]
    place = f"{where}, {'.'.join([*parents, last])}"
    if details["type"] == "extra_forbidden":
        return Problem(place, "nyckeln är okänd.", action=_nearest_key(parents, last))
    if details["type"] == "value_error":
        return Problem(place, f"{details['ctx']['error']}.")
    value = f'"{details["input"]}"' if isinstance(details["input"], str) else _toml(details["input"])
    if details["type"] == "string_pattern_mismatch":
        return Problem(place, f"{value} kan inte användas.", _PATTERNS.get(str(details["loc"][0]), ""))
    what, expected = _SWEDISH.get(details["type"], ("{value} kan inte användas.", ""))
    context = {
        key: f"{item:g}" if isinstance(item, float) else str(item).replace(" or ", " eller ")
        for key, item in details.get("ctx", {}).items()
    } | {"value": value}
    return Problem(place, what.format_map(context), expected.format_map(context))


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "avsnittet"
    return f"[{', '.join(map(_toml, value))}]" if isinstance(value, (list, tuple)) else str(value)


def _nearest_key(parents: list[str], key: str) -> str:
    """What the writer most likely meant: a known key of the same section, or one that belongs in another."""
    sections: dict[str, type[BaseModel]] = {"": Profile, "weights": Weights, "severity": Severity, "est": Est, "survey": Survey}
    here = ".".join(parents)
    hidden = ("slug", "police_area")
    known = {name: [field for field in model.model_fields if field not in hidden] for name, model in sections.items()}
    near = difflib.get_close_matches(key.lower(), known.get(here, []), n=1, cutoff=0.6)
    if near:
        return f'Närmaste kända nyckel är "{near[0]}".'
    home = next((name for name, fields in known.items() if key in fields and name != here), None)
    if home is None:
        return f"Kända nycklar är {swedish.listing(known.get(here, []))}."
    return "Flytta den till filens början, före första avsnittet." if home == "" else f"Flytta den till avsnittet [{home}]."


def _broken(path: Path, message: str) -> Problem:
    found = re.search(r"at line (\d+), column (\d+)", message)
    place = f"{path.name}, rad {found[1]}, tecken {found[2]}" if found else path.name
    return Problem(place, "raden går inte att läsa.", 'rader av formen nyckel = "värde", med å, ä och ö bara inom citattecken.')


def _absent(path: Path) -> Problem:
    names = sorted(other.name for other in path.parent.glob("*.toml")) if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.5)
    hint = f"Menade du {near[0]}?" if near else f"Profiler i mappen: {swedish.listing(names)}." if names else ""
    return Problem(str(path), "filen finns inte.", action=hint)
