"""The decision file as a source: what is taken in, what is refused and how, and what never gets further."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild import sources
from lagesbild.errors import LagesbildError, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import decisions
from lagesbild.sources.decision import content
from lagesbild.sources.decision.form import LONGEST_FORUM, LONGEST_REASON, LONGEST_ROLE, MOST_ROLES, Decision, Form, form
from lagesbild.sources.files.file import RawFile
from lagesbild.tables import CONTEXT, TABLES
from lagesbild.taxonomy import Taxonomy
from tests.decision import as_bytes, decision, exported

Put = Callable[..., Path]


def raw(told: object) -> RawFile:
    return RawFile(Path("beslut.json"), "beslut.json", told if isinstance(told, bytes) else as_bytes(told))


def faults(told: object, terms: Taxonomy, profile: Profile | None = None) -> list[str]:
    with pytest.raises((SourceError, SchemaError)) as caught:
        form(raw(told), terms, profile)
    return [str(problem) for problem in caught.value.problems]


def test_an_export_becomes_decisions_and_judgements(profile: Profile, terms: Taxonomy, put: Put) -> None:
    told = exported(decision(paverkbarhet=3, kostsamt=0), decision("narkotika", "avvakta", ""))
    put("beslut.json", as_bytes(told))
    delivery = sources.read(profile, terms)
    rows = delivery.context.decisions
    assert list(rows.columns) == CONTEXT["decisions"].names
    assert rows[["problem_area", "decision"]].to_numpy().tolist() == [["narkotika", "avvakta"], ["skadegorelse", "prioritera"]]
    assert rows["reason"].isna().tolist() == [True, False]
    assert rows["roles"].iloc[0] == "Kommunstyrelsens ordförande och Lokalpolisområdeschef"
    judged = delivery.tables.judgements
    assert list(judged.columns) == TABLES["judgements"].names
    assert judged[["criterion", "value"]].to_numpy().tolist() == [["kostsamt", 0], ["paverkbarhet", 3]]
    assert delivery.inputs[0].reader == decisions.NAME
    assert (delivery.inputs[0].rows_read, delivery.inputs[0].set_aside) == (2, ())


def test_a_meeting_after_the_year_belongs_to_the_year_it_is_about(profile: Profile, terms: Taxonomy, put: Put) -> None:
    put("beslut.json", as_bytes(exported()))
    assert len(sources.read(profile, terms).tables.judgements) == 2
    earlier = sources.read(profile.for_year(2024), terms)
    assert earlier.context.decisions.empty
    assert earlier.tables.judgements.empty
    assert [(one.reason, one.n_rows) for one in earlier.inputs[0].set_aside] == [("senare än rapportåret", 1)]
    assert len(sources.read(profile.for_year(2026), terms).context.decisions) == 1


def test_another_profile_in_the_same_folder_sets_it_aside(profile: Profile, terms: Taxonomy, put: Put) -> None:
    put("beslut.json", as_bytes(exported(profile="grannen")))
    delivery = sources.read(profile, terms)
    assert delivery.context.decisions.empty
    assert delivery.tables.judgements.empty
    assert [(one.reason, one.n_rows) for one in delivery.inputs[0].set_aside] == [(decisions.OTHER_PROFILE, 1)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"extra": 1}, 'nyckeln "extra" är okänd'),
        ({"version": 2}, "nyare version av programmet"),
        ({"version": True}, "fältet version"),
        ({"year": "2025"}, "fältet year"),
        ({"ranking_sha256": "AB" * 32}, "fältet ranking_sha256"),
        ({"is_example": "nej"}, "fältet is_example"),
        ({"forum": "  "}, "fältet forum: texten är tom"),
        ({"date": "2026-02-30"}, '"2026-02-30" går inte att använda'),
        ({"date": "2024-12-31"}, "en dag från 2025-01-01 till 2027-12-31"),
        ({"date": "20260115"}, "fältet date"),
        ({"roles": "Ordförande"}, "fältet roles"),
        ({"roles": ["x"] * 31}, "högst 30 roller"),
        ({"roles": ["x" * 101]}, "roll 1: texten har 101 tecken"),
        ({"weights": {"omfattning": 0.5, "jamforelse": 0.5, "utveckling": 0.5}}, "tillsammans 1,50"),
        ({"weights": {"omfattning": 1.5, "jamforelse": -0.5, "utveckling": 0}}, "weights, jamforelse"),
        ({"weights": {"omfattning": 0.5, "jamforelse": 0.5}}, "weights, utveckling: uppgiften saknas"),
        ({"weights": {"omfattning": 1, "jamforelse": 0, "utveckling": 0, "tyngd": 0}}, 'nyckeln "tyngd" är okänd'),
        ({"decisions": []}, "minst ett beslut"),
        ({"decisions": [1]}, "beslut 1: \"1\" går inte att använda"),
        ({"decisions": [decision()] * 2}, 'beslut 2, fältet problem_area: "skadegorelse" har redan ett beslut'),
        ({"decisions": [decision()] * 99}, "99 beslut"),
        ({"decisions": [decision("klotter")]}, '"klotter" går inte att använda'),
        ({"decisions": [decision("totalt")]}, '"totalt" går inte att använda'),
        ({"decisions": [decision(choice="kanske")]}, "något av prioritera, avvakta, bortprioritera"),
        ({"decisions": [decision(choice="bortprioritera", reason="")]}, "beslutet bortprioritera har ingen motivering"),
        ({"decisions": [decision(reason="x" * 10_000)]}, "texten har 10 000 tecken. Väntat: högst 2 000 tecken"),
        ({"decisions": [decision(paverkbarhet=4)]}, 'judged, paverkbarhet: "4" går inte'),
        ({"decisions": [decision(paverkbarhet=True)]}, 'judged, paverkbarhet: "true" går inte'),
        ({"decisions": [decision(vanligt=1)]}, 'nyckeln "vanligt" är okänd'),
        ({"decisions": [decision() | {"namn": "x"}]}, 'beslut 1: nyckeln "namn" är okänd'),
    ],
)  # fmt: skip
def test_a_field_that_is_wrong_is_told_with_what_it_may_be(change: dict[str, Any], said: str, terms: Taxonomy) -> None:
    told = faults(exported() | change, terms)
    assert any(said in one.replace("\xa0", " ") for one in told), told
    assert all(one.startswith("beslut.json") for one in told)


def test_every_fault_is_told_at_once(terms: Taxonomy, profile: Profile) -> None:
    told = exported(decision("klotter", "kanske"), decision(reason=""), profile="x", year=2024, is_example=True, date="i går")
    found = faults(told, terms, profile)
    for said in ("problem_area", "fältet decision", "reason", "fältet profile", "fältet year", "exempeldata", "fältet date"):
        assert any(said in one for one in found), (said, found)


def test_weights_that_the_page_has_rounded_are_taken(terms: Taxonomy) -> None:
    told = exported(weights={"omfattning": 0.333, "jamforelse": 0.333, "utveckling": 0.333})
    assert form(raw(told), terms).weights["omfattning"] == 0.333


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"format": "lagesbild-beslut"', "inte hel JSON"),
        (b'{"format": "lagesbild-beslut", "year": NaN}', "inte hel JSON"),
        (b'{"format": "lagesbild-beslut", "year": ' + b"9" * 5000 + b"}", "inte hel JSON"),
        (b'{"format": "lagesbild-beslut", "x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", "inte hel JSON"),
        (b'{"format": "lagesbild-beslut", "x": [[[[[[[1]]]]]]]}', "sex niv"),
        (b'{"format": "lagesbild-beslut", "year": 2025, "year": 2024}', '"year" st'),
        (b'{"format": "annat", "x": "lagesbild-beslut"}', "ingen beslutsfil"),
        (b'["lagesbild-beslut"]', "ingen beslutsfil"),
        (b'{"format": "lagesbild-beslut", "x": "' + b"x" * content.MOST_BYTES + b'"}', "större än 500 kB"),
    ],
)
def test_a_hostile_file_is_refused(data: bytes, said: str, terms: Taxonomy) -> None:
    assert any(said in one.replace("\xa0", " ") for one in faults(data, terms))


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "#set page(fill: red)", '=cmd|"/c x"!A1', "{{7*7}}", "😀 " * 20])
def test_what_is_written_is_text_and_stays_so(text: str, terms: Taxonomy) -> None:
    assert form(raw(exported(decision(reason=text))), terms).decisions[0].reason == text.strip()


def test_signs_that_steer_are_left_out(terms: Taxonomy) -> None:
    told = json.dumps(exported(decision(reason="ett\u202e två\n\x1b[31mtre \ud800"))).encode()
    assert form(raw(told), terms).decisions[0].reason == "ett två [31mtre ?"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"decisions": [decision(reason="Ring 070-174 06 05 om klottret.")]}, "telefonnummer"),
        ({"decisions": [decision(reason="Enligt Viggo Lindqvist på fritid.")]}, "namn"),
        ({"forum": "viggo@example.com"}, "e-postadress"),
        ({"roles": ["Anna"]}, "namn"),
    ],
)
def test_personal_data_is_never_shown(change: dict[str, Any], kind: str, profile: Profile, terms: Taxonomy, put: Put) -> None:
    put("beslut.json", as_bytes(exported() | change))
    delivery = sources.read(profile, terms)
    doubts = [doubt for doubt in delivery.doubts if doubt.kind == "personuppgift"]
    assert len(doubts) == 1
    assert kind in doubts[0].what
    shown = f"{delivery.context.decisions.to_csv()}{delivery.tables.judgements.to_csv()}{delivery.doubts}"
    for secret in ("070-174", "Lindqvist", "viggo@", "Anna"):
        assert secret not in shown
    assert "(personuppgift)" in delivery.context.decisions.to_csv()


def test_a_form_is_the_same_whatever_order_its_keys_come_in(terms: Taxonomy) -> None:
    told = exported(decision(paverkbarhet=3, kostsamt=1))
    turned = dict(reversed(told.items())) | {"decisions": [decision(kostsamt=1, paverkbarhet=3)]}
    assert form(raw(told), terms) == form(raw(turned), terms)
    assert form(raw(told), terms) != replace(form(raw(told), terms), forum="Annat")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_value_in_any_field_is_taken_in_or_refused(terms: Taxonomy, data: st.DataObject) -> None:
    told = exported(decision(paverkbarhet=3))
    place: Any = data.draw(st.sampled_from([told, told["decisions"][0], told["decisions"][0]["judged"], told["weights"]]))
    key = data.draw(st.sampled_from(sorted(place)) | st.text(max_size=10))
    place[key] = data.draw(_JSON)
    wheres = answered(json.dumps(told).encode(), terms)
    assert all(where.startswith("beslut.json") for where in wheres)


def answered(told: bytes, terms: Taxonomy) -> list[str]:
    """Where the file is at fault; [] where it is taken in, and then within its limits."""
    try:
        found = form(raw(told), terms)
    except LagesbildError as error:
        return [problem.where for problem in error.problems]
    assert isinstance(found, Form)
    assert all(len(one.reason) <= LONGEST_REASON for one in found.decisions)
    return []


PAGE = """
const Decision = require(process.argv[1]);
const context = { profile: "prov", year: 2025, sha256: "ab".repeat(32), isExample: false,
  areas: [{ id: "skadegorelse", name: "S" }, { id: "ran", name: "R" }], criteria: [{ id: "paverkbarhet" }], judged: {} };
const state = Decision.empty(context);
Object.assign(state, { forum: " Brottsförebyggande\\u202e rådet", date: "2026-01-15" });
state.roles = "Säkerhetschef\\n\\nKommunpolis";
const own = { decision: "prioritera", reason: "<b>Ja</b>\\n\\u0007 😀", judged: { paverkbarhet: 2 } };
Object.assign(state.decisions.skadegorelse, own);
const weights = { omfattning: 1 / 3, jamforelse: 1 / 3, utveckling: 1 / 3 };
console.log(JSON.stringify({ file: Decision.exported(state, context, weights), limits: Decision.LONGEST, problems:
  Decision.problems(state, context) }));
"""


def test_what_the_page_exports_is_taken_in_and_has_the_same_limits(root: Path, terms: Taxonomy, profile: Profile) -> None:
    if not (node := shutil.which("node")):
        pytest.skip("node is absent")
    script = root / "lagesbild/report/page/script/decision.js"
    told = json.loads(subprocess.run([node, "-e", PAGE, str(script)], capture_output=True, check=True).stdout)
    assert told["problems"] == []
    found = form(raw(told["file"]), terms, profile)
    assert (found.forum, found.roles) == ("Brottsförebyggande rådet", ("Säkerhetschef", "Kommunpolis"))
    assert found.decisions == (Decision(1, "skadegorelse", "prioritera", "<b>Ja</b> 😀", (("paverkbarhet", 2),)),)
    limits = {"forum": LONGEST_FORUM, "role": LONGEST_ROLE, "roles": MOST_ROLES, "reason": LONGEST_REASON}
    assert told["limits"] == limits | {"file": content.MOST_BYTES}
