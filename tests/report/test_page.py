"""The review page as text: what its policy lets in, what data is in it, and that text from data stays text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape

import numpy as np
import pytest
from lxml import etree, html
from syrupy.assertion import SnapshotAssertion

from lagesbild.report import csv_files
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.lexicon import violations
from lagesbild.report.page import page
from lagesbild.report.page.page import HERE, SCRIPTS
from lagesbild.settings import SEVERITY_WEIGHTS

MOST_BYTES = 1_500_000


@pytest.fixture(scope="module")
def text(lagesbild: Lagesbild) -> str:
    return page(lagesbild).decode()


@pytest.fixture(scope="module")
def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


@pytest.fixture(scope="module")
def data(tree: html.HtmlElement) -> dict:
    return json.loads(tree.get_element_by_id("data").text)


def test_the_policy_lets_in_what_is_in_the_page_and_nothing_else(text: str, tree: html.HtmlElement) -> None:
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    scripts = [one for one in tree.iter("script") if one.get("type") is None]
    assert len(scripts) == len(SCRIPTS)
    for element in [*scripts, *tree.iter("style")]:
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not [
        element for element in tree.iter() if element.get("style") or any(name.startswith("on") for name, _ in element.items())
    ]


def test_nothing_in_the_page_is_fetched(tree: html.HtmlElement) -> None:
    addresses = [value for element in tree.iter() for name, value in element.items() if name.split(":")[-1] in ("href", "src")]
    assert addresses
    assert [address for address in addresses if not address.startswith(("#", "data:"))] == []


def test_ids_are_unique_and_references_lead_somewhere(tree: html.HtmlElement) -> None:
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    named = [name for element in tree.iter() for key in ("aria-labelledby", "aria-describedby", "for") if element.get(key)
             for name in element.get(key).split()]  # fmt: skip
    assert set(named) <= set(ids)


def test_the_data_are_the_ranking_as_it_was_made(data: dict, lagesbild: Lagesbild) -> None:
    main = lagesbild.ranking.views[0]
    assert data["sha256"] == csv_files.ranking_sha256(lagesbild)
    assert data["views"][0]["point"] == main.point.tolist()
    root = np.zeros_like(main.root)
    root[np.tril_indices(len(root))] = data["views"][0]["root"]
    assert np.allclose(root, main.root, rtol=1e-5, atol=1e-9)
    assert [one["area"] for one in data["run"]["areas"]] == list(lagesbild.ranking.table["problem_area"])
    assert sum(one["share"] for one in data["weights"]) == pytest.approx(1)


def test_the_page_is_small_speaks_swedish_and_is_marked_as_an_example(
    text: str, tree: html.HtmlElement, lagesbild: Lagesbild
) -> None:
    assert len(text.encode()) < MOST_BYTES
    assert tree.get("lang") == "sv"
    assert tree.xpath("string(//body/p[@class='label'])").startswith("EXEMPELDATA")
    assert "EXEMPELDATA" in tree.xpath("string(//title)")
    real = page(replace(lagesbild, profile=lagesbild.profile.model_copy(update={"is_example": False}))).decode()
    assert "EXEMPELDATA" not in real


def test_no_forbidden_word_stands_on_the_page(tree: html.HtmlElement) -> None:
    for element in tree.xpath("//script | //style"):
        element.getparent().remove(element) if element.get("id") != "data" else None
    said = [
        " ".join(one.itertext()) for one in tree.xpath("//p | //li | //td | //th | //label | //legend | //summary | //caption")
    ]
    assert violations(one for one in said if one != "-5") == []  # what a chart's table holds to try the workbook with


@pytest.mark.parametrize("payload", [
    "</script><script>alert(1)</script>", "{{7*7}}", "\u202ebaklänges", "<img src=x onerror=alert(1)>", "a\u2028b",
    "']]>--></style>", "😀" * 40,
])  # fmt: skip
def test_a_payload_in_a_name_stays_text(payload: str, lagesbild: Lagesbild) -> None:
    profile = lagesbild.profile.model_copy(update={"name": payload, "slug": "prov"})
    made = page(replace(lagesbild, profile=profile))
    tree = html.document_fromstring(made.decode())
    assert len([one for one in tree.iter("script") if one.get("type") is None]) == len(SCRIPTS)
    assert not tree.xpath("//img")
    assert "49" not in tree.xpath("string(//h1)")
    assert json.loads(tree.get_element_by_id("data").text)["profile"] == "prov"
    assert etree.tostring(tree) == etree.tostring(html.document_fromstring(made.decode()))


def test_the_pages_skeleton(tree: html.HtmlElement, snapshot: SnapshotAssertion) -> None:
    """What a screen reader's lists hold of the page itself: headings, what opens, controls with their names. Not what the
    report's blocks say of each area."""
    names = {label.get("for"): " ".join(label.text_content().split()) for label in tree.iter("label")}
    lines = []
    for element in tree.iter("h1", "h2", "h3", "h4", "summary", "legend", "input", "select", "textarea", "button"):
        around = [one.get("class") for one in element.iterancestors()]
        is_block = "area" in around and "decision" not in around and element.getparent().get("class") != "area"
        if (is_block and element.tag != "h3") or "more" in around or (element.tag == "h4" and "decision" not in around):
            continue
        said = names.get(element.get("id")) or " ".join(element.text_content().split())
        lines.append(f"{element.tag} {element.get('type', '')} {said}".replace("  ", " ").strip())
    assert "\n".join(lines) == snapshot


def test_no_forbidden_word_stands_in_what_the_script_says() -> None:
    for path in sorted((HERE / "script").glob("*.js")):
        code = re.sub(r"^\s*(//|/?\*).*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        code = re.sub(r"\$\{[^}]*\}", "x", code)
        said = [" ".join(found) for found in re.findall(r'"([^"\n]*)"|`([^`]*)`', code)]
        assert violations(said) == [], path.name
    assert violations(["Antalet är oförändrat."])


def test_severity_is_a_fourth_weight_where_it_is_a_criterion(lagesbild: Lagesbild) -> None:
    main = lagesbild.ranking.views[0]
    settings = {**lagesbild.ranking.settings, "weights": SEVERITY_WEIGHTS}
    ranking = replace(lagesbild.ranking, settings=settings, views=(replace(main, severity=np.full(len(main.areas), 40.0)),))
    tree = html.document_fromstring(page(replace(lagesbild, ranking=ranking)).decode())
    told = json.loads(tree.get_element_by_id("data").text)
    assert [one["id"] for one in told["weights"]] == ["omfattning", "jamforelse", "utveckling", "allvar"]
    assert told["views"][0]["severity"] == [40.0] * len(main.areas)
    assert tree.get_element_by_id("vikt-allvar").get("value") == "20"
    assert tree.xpath("//fieldset[@id='kallor']") == []
