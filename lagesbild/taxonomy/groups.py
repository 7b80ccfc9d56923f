"""How Brå's group labels, which overlap, make lines that do not."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lagesbild.taxonomy.names import split

TOTAL = "totalt"


def terms(groups: pd.DataFrame, present: Iterable[str]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Line -> its labels with +1 or -1, from the labels that are present; no offence counts in two lines, or twice in one.

    groups: the rows of one era in offence_groups.csv. Labels of one line add up, except

    - a label whose ``subtract`` is not wholly present: the difference cannot be formed;
    - a whole from which nothing is subtracted, where every label of another line inside it is present: the parts tell more;
    - a label inside another label in use, of whichever line, that does not subtract it: it is already counted there.

    The total is a line beside the others. Unknown labels and labels without a line take no part.
    """
    used = groups[groups["problem_area"].ne("")]
    rows = {str(row["label"]): row for row in used.to_dict("records")}
    line = {label: str(row["problem_area"]) for label, row in rows.items()}
    inside = {label: set(split(row["inside"])) for label, row in rows.items()}
    less = {label: split(row["subtract"]) for label, row in rows.items()}
    there = {label.strip() for label in present}
    usable = {label for label in rows if label in there and there.issuperset(less[label])}

    def is_told_by_parts(label: str) -> bool:
        parts = {part for part in rows if label in inside[part] and line[part] != line[label]}
        return not less[label] and bool(parts) and parts <= usable

    used_labels = {label for label in usable if line[label] == TOTAL or not is_told_by_parts(label)}
    wholes = {label for label in used_labels if line[label] != TOTAL}
    found: dict[str, list[tuple[str, int]]] = {}
    for label in sorted(used_labels):
        if not any(label not in less[whole] for whole in wholes & inside[label]):
            found.setdefault(line[label], []).extend([(label, 1), *((part, -1) for part in less[label])])
    return {its_line: tuple(sorted(signed)) for its_line, signed in sorted(found.items())}
