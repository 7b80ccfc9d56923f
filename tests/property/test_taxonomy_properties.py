"""What must hold for any spelling and any selection of labels."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from lagesbild import taxonomy
from lagesbild.taxonomy.names import fold, split

TERMS = taxonomy.load()
GROUPS = dict(iter(TERMS.offence_groups.groupby("era", observed=True)))
KOMMUNER = list(zip(TERMS.kommuner["name"], TERMS.kommuner["kommunkod"], strict=True))
CATEGORIES = [
    (text, row["category"])
    for row in TERMS.est_categories.to_dict("records")
    for text in (row["category"], *split(row["synonyms"]))
]


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_no_text_breaks_a_match(text: str) -> None:
    found = TERMS.match_category(text)
    assert found is None or found.category in set(TERMS.est_categories["category"])
    code = TERMS.kommunkod(text)
    assert code is None or code in set(TERMS.kommuner["kommunkod"])


@given(
    st.sampled_from(CATEGORIES),
    st.sampled_from([str.upper, str.lower, str.title, lambda text: f"  {text}\t", lambda text: text.replace("-", "–")]),
)
def test_a_category_is_found_whatever_its_case_spaces_and_dashes(pair: tuple[str, str], written: object) -> None:
    text, category = pair
    found = TERMS.match_category(written(text))  # type: ignore[operator]
    assert found is not None
    assert found.category == category


@given(
    st.sampled_from(KOMMUNER),
    st.sampled_from(["", " kommun", "s kommun", " kommun ", " stad", " kommun (ny)"]),
    st.sampled_from([str, str.upper, str.lower, lambda text: text.replace("-", "–"), lambda text: f"\xa0{text}"]),
)
def test_a_kommun_is_found_in_every_form(pair: tuple[str, str], suffix: str, written: object) -> None:
    name, code = pair
    ending = suffix[1:] if suffix.startswith("s") and name.endswith(("s", "x", "z")) else suffix
    assert TERMS.kommunkod(written(name + ending)) == code  # type: ignore[operator]


@given(st.data(), st.sampled_from(sorted(GROUPS)))
def test_no_offence_counts_twice_for_any_selection_of_labels(data: st.DataObject, era: str) -> None:
    """Give every label offences of its own beside those of the labels inside it; then lines (the total apart) share none."""
    groups = GROUPS[era]
    inside = {row["label"]: set(split(row["inside"])) for row in groups.to_dict("records")}
    present = data.draw(st.sets(st.sampled_from(sorted(inside))))
    lines = TERMS.group_terms(present, era)
    weight: dict[str, dict[str, int]] = {}
    for line, signed in lines.items():
        atoms = weight.setdefault(line, {})
        for label, sign in signed:
            assert label in present
            for atom in (other for other, outer in inside.items() if other == label or label in outer):
                atoms[atom] = atoms.get(atom, 0) + sign
    for line, atoms in weight.items():
        assert set(atoms.values()) <= {0, 1}, line
    for one, other in combinations(sorted(set(weight) - {"totalt"}), 2):
        shared = {atom for atom in weight[one] if weight[one][atom] and weight[other].get(atom)}
        assert not shared, (one, other, shared)
