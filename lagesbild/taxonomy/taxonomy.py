"""The taxonomy as a value: every table, and what one asks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

import pandas as pd

from lagesbild import swedish
from lagesbild.taxonomy import groups, names
from lagesbild.taxonomy.kommuner import KommunNames
from lagesbild.taxonomy.names import split

#: The three criteria in the order of the bias classes' columns.
CRITERIA = ("omfattning", "jamforelse", "utveckling")
SOURCE_KINDS = ("reported", "est", "survey", "business", "dialogue")


@dataclass(frozen=True)
class Category:
    """An EST category. kind: problem, zero_report, arrangement or other; problem_area "" where it says nothing of one."""

    category: str
    problem_area: str
    kind: str


@dataclass(frozen=True)
class Theme:
    """A dialogue theme; problem_area "" where it belongs to none."""

    theme: str
    problem_area: str


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """Problem areas and everything that is mapped to them; one DataFrame per CSV file, columns as in the README beside it."""

    areas: pd.DataFrame
    offence_codes: pd.DataFrame
    offence_groups: pd.DataFrame
    est_categories: pd.DataFrame
    dialogue_themes: pd.DataFrame
    survey_items: pd.DataFrame
    sources: pd.DataFrame
    bias_classes: pd.DataFrame
    bias: pd.DataFrame
    breaks: pd.DataFrame
    kommuner: pd.DataFrame
    known_population: pd.DataFrame
    constants: pd.DataFrame
    severity: pd.DataFrame
    kommun_groups: pd.DataFrame
    kommun_land: pd.DataFrame
    criteria: pd.DataFrame
    pledge_indicators: pd.DataFrame

    # Constants -----------------------------------------------------------------------------------------------------------

    @cached_property
    def _constant(self) -> dict[str, float]:
        return dict(zip(self.constants["name"], self.constants["value"].astype("float64"), strict=True))

    def constant(self, name: str) -> float:
        """A number that was learnt from real counts or declared; where it comes from stands in constants.csv. KeyError."""
        return self._constant[name]

    # Lines ---------------------------------------------------------------------------------------------------------------

    @cached_property
    def _area(self) -> dict[str, dict[str, object]]:
        return {str(row["problem_area"]): {str(k): v for k, v in row.items()} for row in self.areas.to_dict("records")}

    def _line(self, problem_area: str) -> dict[str, object]:
        if problem_area not in self._area:
            near = names.nearest(problem_area, self._area)
            raise KeyError(f"no line {problem_area!r} in areas.csv" + (f"; nearest: {', '.join(near)}" if near else ""))
        return self._area[problem_area]

    @cached_property
    def area_ids(self) -> tuple[str, ...]:
        """The ids of the problem areas (combined lines and the total left out), in their order."""
        return tuple(self.areas.loc[self.areas["kind"].eq("area"), "problem_area"])

    @cached_property
    def line_ids(self) -> tuple[str, ...]:
        """The ids of every line, in their order."""
        return tuple(self.areas["problem_area"])

    def name(self, line: str) -> str:
        """The line's Swedish name. Raises KeyError naming the nearest line."""
        return str(self._line(line)["name"])

    def short(self, line: str) -> str:
        """The line's chart label, at most 24 characters."""
        return str(self._line(line)["short"])

    def definition(self, line: str) -> str:
        """What the line holds, one Swedish sentence (two or three for a combined line)."""
        return str(self._line(line)["definition"])

    def is_area(self, line: str) -> bool:
        """Whether the id is one of the problem areas; False for combined lines, the total and unknown ids."""
        return line in self._area and self._area[line]["kind"] == "area"

    def is_combined(self, line: str) -> bool:
        """Whether the id is a combined line, broader than one area."""
        return line in self._area and self._area[line]["kind"] == "combined"

    def is_police_initiated(self, line: str) -> bool:
        """Whether reports mirror police control rather than what victims report."""
        return bool(self._line(line)["is_police_initiated"])

    def is_sensitive(self, line: str) -> bool:
        """Whether small counts of the line need protection at kommun level."""
        return bool(self._line(line)["is_sensitive"])

    def covers(self, line: str) -> tuple[str, ...]:
        """The areas a combined line holds, whole or in part; the area itself for an area; () for the total."""
        if self.is_area(line):
            return (line,)
        return split(self._line(line)["covers"])

    # Reported offences ---------------------------------------------------------------------------------------------------

    @cached_property
    def _area_of_code(self) -> dict[str, str]:
        return dict(zip(self.offence_codes["brottskod"], self.offence_codes["problem_area"], strict=True))

    def area_of_code(self, brottskod: str) -> str | None:
        """The code's area; "" where it deliberately has none; None where the code is unknown."""
        return self._area_of_code.get(brottskod)

    def group_terms(self, present: Iterable[str], era: str) -> dict[str, tuple[tuple[str, int], ...]]:
        """How the labels that a delivery holds make lines that do not overlap: line -> (label, +1 or -1).

        era: 'manad' (monthly groups), 'ar' (yearly chapters) or 'lagesbild' (the indicators of the kommun workbook). The rules
        are told in ``lagesbild.taxonomy.groups.terms``.
        """
        return groups.terms(self.offence_groups[self.offence_groups["era"].eq(era)], present)

    def part_of_area(self, labels: Iterable[str], era: str) -> str:
        """What part of its area these labels count together ('vapenbrott'); "" where one of them counts the whole area."""
        rows = self.offence_groups[self.offence_groups["era"].eq(era) & self.offence_groups["label"].isin(list(labels))]
        parts = list(dict.fromkeys(rows["part"]))
        return "" if "" in parts else swedish.listing(parts)

    # What people write ---------------------------------------------------------------------------------------------------

    @cached_property
    def _category(self) -> dict[str, Category]:
        return {
            row["category"]: Category(row["category"], row["problem_area"], row["kind"])
            for row in self.est_categories.to_dict("records")
        }

    @cached_property
    def _category_synonyms(self) -> dict[str, str]:
        return _synonyms(self.est_categories, "category")

    @cached_property
    def _theme_synonyms(self) -> dict[str, str]:
        return _synonyms(self.dialogue_themes, "theme")

    @cached_property
    def _criterion_synonyms(self) -> dict[str, str]:
        return _synonyms(self.criteria, "criterion") | _synonyms(self.criteria, "criterion", "title")

    @cached_property
    def _item_synonyms(self) -> dict[str, dict[str, str]]:
        return {str(survey): _synonyms(items, "item") for survey, items in self.survey_items.groupby("survey", observed=True)}

    def match_category(self, text: str, extra: Mapping[str, str] | None = None) -> Category | None:
        """The EST category that a list calls by this text; None where it is unknown.

        extra: the profile's own names -> a category, one of its synonyms, or the id of a problem area (then the category keeps
        the name it has in the list). The profile's names go before the default ones.
        """
        target = _own(extra).get(names.fold(text))
        if target is not None and self.is_area(target):
            return Category(text.strip(), target, "problem")
        found = names.lookup(self._category_synonyms, text if target is None else target)
        return None if found is None else self._category[found]

    def area_of_category(self, text: str, extra: Mapping[str, str] | None = None) -> str | None:
        """The problem area of an EST category; "" where it has none; None where the category is unknown."""
        found = self.match_category(text, extra)
        return None if found is None else found.problem_area

    def match_theme(self, text: str, extra: Mapping[str, str] | None = None) -> Theme | None:
        """The dialogue theme that a delivery calls by this text, ``extra`` as for categories; None where it is unknown."""
        target = _own(extra).get(names.fold(text))
        if target is not None and self.is_area(target):
            return Theme(text.strip(), target)
        found = names.lookup(self._theme_synonyms, text if target is None else target)
        if found is None:
            return None
        return Theme(found, self._area_of_theme[found])

    @cached_property
    def _area_of_theme(self) -> dict[str, str]:
        return dict(zip(self.dialogue_themes["theme"], self.dialogue_themes["problem_area"].astype("str"), strict=True))

    def area_of_theme(self, text: str, extra: Mapping[str, str] | None = None) -> str | None:
        """The problem area of a dialogue theme; "" where it has none; None where the theme is unknown."""
        found = self.match_theme(text, extra)
        return None if found is None else found.problem_area

    def match_item(self, survey: str, text: str) -> str | None:
        """The survey item, as ``survey_items`` spells it, that a delivery calls by this text; None where it is unknown."""
        return names.lookup(self._item_synonyms.get(self.match_source(survey) or survey, {}), text)

    def match_criterion(self, text: str) -> str | None:
        """The criterion of Brå's matrix for its id, title or a synonym ('Påverkbarhet'); None where it is unknown."""
        return names.lookup(self._criterion_synonyms, text)

    def match_source(self, text: str) -> str | None:
        """The source id for its id, name or an alias ('NTU', 'Nationella trygghetsundersökningen'); None where unknown."""
        return names.lookup(self._source_synonyms, text)

    @cached_property
    def _source_synonyms(self) -> dict[str, str]:
        return _synonyms(self.sources, "source", "aliases") | _synonyms(self.sources, "source", "name")

    @cached_property
    def _source(self) -> dict[str, dict[str, str]]:
        rows = self.sources[["source", "name", "kind"]].to_dict("records")
        return {str(row["source"]): {str(key): str(cell) for key, cell in row.items()} for row in rows}

    def kind_of_source(self, source: str) -> str:
        """The kind of a source: reported, est, survey, business or dialogue. Raises KeyError for an unknown id."""
        return self._source[source]["kind"]

    def name_of_source(self, source: str) -> str:
        """The source's Swedish name. Raises KeyError for an unknown id."""
        return self._source[source]["name"]

    def nearest(self, text: str, options: Iterable[str]) -> tuple[str, ...]:
        """Up to three options spelt most like the text, for an error or a doubt."""
        return names.nearest(text, options)

    def breaks_for(self, line: str, source: str) -> pd.DataFrame:
        """The series breaks to mark in a chart of the line from the source: the line's (``breaks_of``) and the source's."""
        return pd.concat([self.breaks_of(line), self.breaks[self.breaks["key_or_area"].eq(source)]]).sort_index()

    def breaks_of(self, line: str) -> pd.DataFrame:
        """The breaks of the line as reported offences count it, by year: its own, and for a combined line those of the areas it
        covers, unless what changed stays inside the line or lies outside it (``whole_in``)."""
        if line not in self._breaks_of:
            is_apart = self.breaks["whole_in"].map(lambda text: line not in split(text)).astype("bool")
            is_part = self.breaks["key_or_area"].isin(self.covers(line)) & is_apart
            self._breaks_of[line] = self.breaks[self.breaks["key_or_area"].eq(line) | is_part]
        return self._breaks_of[line]

    @cached_property
    def _breaks_of(self) -> dict[str, pd.DataFrame]:
        return {}

    def series_start(self, line: str, last_year: int) -> int:
        """The year in which the line's newest series of reported offences begins; 0 where no break stops a trend."""
        its = self.breaks_of(line)
        told = zip(its["year"].tolist(), its["stops_trend"].tolist(), strict=True)
        return max((int(year) for year, stops_trend in told if stops_trend and year <= last_year), default=0)

    # Bias ----------------------------------------------------------------------------------------------------------------

    @cached_property
    def _bias_class(self) -> dict[tuple[str, str], str]:
        keys = zip(self.bias["problem_area"], self.bias["kind"], strict=True)
        return dict(zip(keys, self.bias["bias_class"], strict=True))

    def bias_class(self, line: str, kind: str, *, is_wide: bool = False) -> str | None:
        """The line's bias class in sources of a kind; None where such a source says nothing of it.

        is_wide: a survey that covers more than the kommun; one class worse (S_vid).
        """
        found = self._bias_class.get((line, kind))
        return "S_vid" if is_wide and found == "S" else found

    def bias_sd(self, line: str, kind: str, criterion: str, *, is_wide: bool = False) -> float | None:
        """Standard deviation of the multiplicative bias on the log scale; None where there is no such signal (methods §3)."""
        found = self.bias_class(line, kind, is_wide=is_wide)
        if found is None:
            return None
        value = self.bias_classes.set_index("bias_class")[criterion][found]
        return None if pd.isna(value) else float(value)

    # Kommuner ------------------------------------------------------------------------------------------------------------

    @cached_property
    def _kommun_names(self) -> KommunNames:
        return KommunNames(dict(zip(self.kommuner["name"], self.kommuner["kommunkod"], strict=True)))

    def kommunkod(self, name: str) -> str | None:
        """The code of the kommun that a file calls so ("Mariestads kommun"); None where there is none of that name."""
        return self._kommun_names.code(name)

    def kommun_name(self, kommunkod: str) -> str:
        """The kommun's name for its code. Raises KeyError for an unknown code."""
        return {code: name for name, code in self._kommun_names.codes.items()}[kommunkod]

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{its.name}</td><td>{len(getattr(self, its.name))}</td></tr>" for its in fields(self))
        return f"<table><tr><th>tabell</th><th>rader</th></tr>{rows}</table>"


def _own(extra: Mapping[str, str] | None) -> dict[str, str]:
    """The profile's own names, folded."""
    return {names.fold(local): target for local, target in sorted((extra or {}).items())}


def _synonyms(frame: pd.DataFrame, key: str, column: str = "synonyms") -> dict[str, str]:
    return names.synonym_table(zip(frame[key], frame[column], strict=True))
