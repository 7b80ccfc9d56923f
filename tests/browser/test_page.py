"""The review page in real browsers: it follows its weights as Python does, records a decision, and can be used by everybody."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from lagesbild import ranking
from lagesbild.ranking.result import Ranking
from lagesbild.report import csv_files, matrix
from lagesbild.report.lagesbild import Lagesbild
from tests.conftest import program

#: Three standard errors of a share of 10 000 draws, twice: page and Python draw each their own.
SHARE = 3 * np.sqrt(2 * 0.25 / 10_000)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def reranked(lagesbild: Lagesbild, **other: Any) -> Ranking:
    return ranking.rank(lagesbild.measures, lagesbild.profile, lagesbild.taxonomy, **other)


def shown_order(page: Any) -> list[str]:
    return page.eval_on_selector_all("#lista > li[data-rank]", "rows => rows.map(row => row.dataset.area)")


def drawn(page: Any, view: int, weights: list[float]) -> pd.DataFrame:
    """What the page's own draws say of a view, also where it shows the run's figures."""
    found = page.evaluate(
        """([view, weights]) => {
            const { settings, views } = JSON.parse(document.getElementById("data").textContent);
            const values = Ranking.drawnValues(views[view], settings.kappa, settings.draws, settings.seed);
            return Ranking.figures(views[view], values, weights, settings).areas;
        }""",
        [view, weights],
    )
    return pd.DataFrame(found).set_index("area")


def move(page: Any, criterion: str, value: int) -> None:
    """The weight moved by hand, and the list drawn anew."""
    page.locator("#reglage").evaluate("panel => { panel.open = true; }")
    page.locator(f"#vikt-{criterion}").fill(str(value))
    page.wait_for_function("value => document.getElementById('installning').textContent.includes(value)", arg=f"{value}\u00a0%")


def test_the_page_draws_what_python_draws(opened: Any, exempelby: Lagesbild) -> None:
    table = exempelby.ranking.table.set_index("problem_area")
    declared = list(exempelby.ranking.settings["weights"].values())
    own = drawn(opened, 0, declared).loc[table.index]
    assert (own["rank"] == table["rank"]).all()
    assert np.allclose(own["score"], table["score"], atol=1e-9)
    assert np.allclose(own["pTop"], table["p_top"], atol=SHARE)
    assert np.allclose(own[["lower", "upper"]], table[["score_lower", "score_upper"]], atol=1.0)
    assert (own[["rankLower", "rankUpper"]].to_numpy() - table[["rank_lower", "rank_upper"]].to_numpy()).__abs__().max() <= 1
    assert shown_order(opened) == list(table.index)


def test_a_moved_weight_gives_the_order_that_python_gives(opened: Any, exempelby: Lagesbild) -> None:
    move(opened, "utveckling", 70)
    shares = opened.evaluate("[...document.querySelectorAll('#vikter input')].map(one => Number(one.value) / 100)")
    assert sum(shares) == pytest.approx(1)
    assert shares[2] == 0.7
    weights = dict(zip(("omfattning", "jamforelse", "utveckling"), shares, strict=True))
    table = reranked(exempelby, weights=weights).table.set_index("problem_area")
    assert shown_order(opened) == list(table.index)
    assert shown_order(opened) != list(exempelby.ranking.table["problem_area"])
    found = drawn(opened, 0, shares).loc[table.index]
    assert np.allclose(found["pTop"], table["p_top"], atol=SHARE)
    for area, row in table.iterrows():
        text = opened.locator(f"#lista > li[data-area={area}]").inner_text()
        assert f"{round(row.score)} poäng" in text
    opened.wait_for_function("document.getElementById('besked').textContent.startsWith('Högst ligger nu')")
    opened.locator("#aterstall").click()
    opened.wait_for_function("document.getElementById('provning').hidden")
    assert shown_order(opened) == list(exempelby.ranking.table["problem_area"])


def test_a_source_left_out_gives_the_sensitivity_view(opened: Any, exempelby: Lagesbild) -> None:
    sensed = exempelby.ranking.sensitivity
    declared = list(exempelby.ranking.settings["weights"].values())
    opened.locator("#reglage > summary").click()
    views = opened.evaluate("JSON.parse(document.getElementById('data').textContent).views.map(view => view.name)")
    assert [view.name for view in exempelby.ranking.views] == views
    for place, name in enumerate(views[1:], start=1):
        rows = sensed[sensed["variant"].eq(name)].set_index("problem_area")
        opened.locator(f"#kalla-{place}").check()
        ranked = rows[rows["rank"].notna()].sort_values("rank")
        opened.wait_for_function(
            "order => [...document.querySelectorAll('#lista > li[data-rank]')].map(row => row.dataset.area).join() === order",
            arg=",".join(ranked.index),
        )
        assert np.allclose(drawn(opened, place, declared).loc[rows.index, "pTop"], rows["p_top"], atol=SHARE)
    assert "utan" in opened.locator("#provning").inner_text()


def test_pairs_that_cannot_be_told_apart_are_said(opened: Any, exempelby: Lagesbild) -> None:
    pairwise = exempelby.ranking.pairwise
    first, second = pairwise.index[:2]
    is_tied = 0.1 < pairwise.loc[first, second] < 0.9
    said = opened.locator("#lista > li").first.inner_text() + opened.locator("#par").inner_text()
    assert ("går inte att skilja" in said.lower()) == is_tied
    assert opened.locator("#par").inner_text()


def fill(page: Any, area: str, decision: str, reason: str) -> None:
    page.locator(f"#omrade-{area} > summary").click()
    page.locator(f"input[name={area}-val][value={decision}]").check()
    page.locator(f"#{area}-motivering").fill(reason)


def fill_all(page: Any) -> None:
    fill(page, "skadegorelse", "prioritera", "Syns <script>alert(1)</script> vid {{7*7}} =cmd|x\u202e och återkommer.")
    page.locator("#skadegorelse-signalbrott").select_option("3")
    page.locator("#skadegorelse-kostsamt").select_option("0")
    fill(page, "sexualbrott", "avvakta", "")
    page.locator("#forum").fill("Brottsförebyggande rådet")
    page.locator("#datum").fill("2026-01-15")
    page.locator("#roller").fill("Kommunstyrelsens ordförande\nLokalpolisområdeschef")


def saved(page: Any, tmp_path: Path) -> dict[str, Any]:
    with page.expect_download() as download:
        page.locator("#spara").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "beslut-exempelby-2025.json"
    return dict(json.loads(path.read_text("utf-8")))


def test_a_decision_is_saved_kept_and_read_back(opened: Any, exempelby: Lagesbild, file: Path, tmp_path: Path) -> None:
    fill_all(opened)
    told = saved(opened, tmp_path)
    assert told | {"decisions": None} == {
        "format": "lagesbild-beslut", "version": 1, "profile": "exempelby", "year": 2025, "is_example": True,
        "ranking_sha256": csv_files.ranking_sha256(exempelby), "forum": "Brottsförebyggande rådet", "date": "2026-01-15",
        "roles": ["Kommunstyrelsens ordförande", "Lokalpolisområdeschef"],
        "weights": dict(exempelby.ranking.settings["weights"]), "decisions": None,
    }  # fmt: skip
    by_area = {one["problem_area"]: one for one in told["decisions"]}
    assert set(by_area) == {"skadegorelse", "sexualbrott"}
    assert by_area["skadegorelse"]["decision"] == "prioritera"
    assert by_area["skadegorelse"]["reason"] == "Syns <script>alert(1)</script> vid {{7*7}} =cmd|x och återkommer."
    assert by_area["skadegorelse"]["judged"] == {**by_area["skadegorelse"]["judged"], "signalbrott": 3, "kostsamt": 0}
    assert "<script>alert" in opened.locator("#blad").inner_text()
    opened.reload()
    assert saved(opened, tmp_path) == told
    opened.once("dialog", lambda dialog: dialog.accept())
    opened.locator("#rensa").click()
    assert opened.locator("#framsteg").inner_text() == "Inga beslut ännu"
    opened.locator("#lasin").set_input_files(tmp_path / "beslut-exempelby-2025.json")
    opened.wait_for_function("document.getElementById('kvitto').textContent.startsWith('Filen är inläst')")
    assert saved(opened, tmp_path) == told


def test_what_is_missing_is_told_and_led_to(opened: Any) -> None:
    fill(opened, "ran", "bortprioritera", "")
    opened.locator("#spara").click()
    links = opened.locator("#fel a")
    assert links.all_inner_texts()[0] == "Rån: skriv en motivering till att bortprioritera."
    assert opened.evaluate("document.activeElement.id") == "fel"
    links.first.click()
    assert opened.evaluate("document.activeElement.id") == "ran-motivering"
    opened.locator("#ran-motivering").fill("Ring 070-123 45 67")
    opened.locator("#spara").click()
    assert "telefonnummer" in opened.locator("#fel").inner_text()


def test_the_page_can_be_used_by_keyboard_alone(opened: Any, exempelby: Lagesbild) -> None:
    keys = opened.keyboard

    def tab_to(selector: str) -> None:
        for _ in range(400):
            keys.press("Tab")
            if opened.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = opened.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", selector
                return
        pytest.fail(f"{selector} is not reached")

    tab_to(".skip")
    tab_to("#reglage > summary")
    keys.press("Enter")
    tab_to("#vikt-omfattning")
    for _ in range(5):
        keys.press("ArrowRight")
    assert opened.locator("#vikt-omfattning").input_value() == "45"
    tab_to("#omrade-trafik > summary")
    keys.press("Space")
    tab_to("input[name=trafik-val]")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    tab_to("#trafik-motivering")
    keys.type("Två råd har sagt samma sak.")
    tab_to("#forum")
    keys.type("Rådet")
    tab_to("#datum")
    for typed in ("01152026", "20260115", "15012026"):  # the browser's own language orders the parts
        for key in ("ArrowLeft", "ArrowLeft"):
            keys.press(key)
        keys.type(typed)
        if opened.locator("#datum").input_value() == "2026-01-15":
            break
    tab_to("#spara")
    with opened.expect_download() as download:
        keys.press("Enter")
    told = json.loads(Path(download.value.path()).read_text("utf-8"))
    judged = {one.criterion: one.value for one in matrix.judgements(exempelby) if one.problem_area == "trafik"}
    assert told["decisions"] == [
        {"problem_area": "trafik", "decision": "avvakta", "reason": "Två råd har sagt samma sak.", "judged": judged}
    ]
    assert told["date"] == "2026-01-15"
    assert told["weights"]["omfattning"] == 0.45


def test_no_rule_of_wcag_is_broken(opened: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is absent").Axe()
    # for speed: shapes inside pictures, which axe reads by their alt text, and all but one area's tables of the same make
    spared = ".drawing > :not(title, desc), .drawings .figures, .area:not(#omrade-skadegorelse) .figures"
    opened.evaluate("spared => { for (const one of document.querySelectorAll(spared)) one.remove(); }", spared)

    def broken(*within: str) -> list[str]:
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        found = axe.run(opened, {"include": [[one] for one in within]} if within else None, options=options)
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found.response["violations"]]

    assert broken() == []
    fill_all(opened)
    opened.evaluate("for (const one of document.querySelectorAll('.panel, .more:not(.drawings *)')) one.open = true")
    assert broken() == []
    opened.locator("#forum").fill("")
    opened.locator("#spara").click()
    opened.locator("#kalla-1").check()
    opened.set_viewport_size({"width": 360, "height": 740})
    assert broken("#provning", ".closing", "#lista", ".bar") == []


def test_a_narrow_screen_scrolls_one_way_and_targets_are_large(opened: Any) -> None:
    opened.set_viewport_size({"width": 320, "height": 640})
    opened.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert opened.evaluate("document.scrollingElement.scrollWidth") <= 320
    small = opened.evaluate(
        """() => [...document.querySelectorAll("button, .button, select, textarea, summary, input:not(.hidden), .bar a")]
            .map(one => [one.id || one.textContent.slice(0, 30), one.getBoundingClientRect()])
            .filter(([, box]) => box.height > 0 && (box.height < 21 || box.width < 21)).map(([name]) => name)"""
    )
    assert small == []


def test_the_signing_sheet_is_printed(opened: Any, tmp_path: Path) -> None:
    fill_all(opened)
    whole = text_of(opened.pdf(prefer_css_page_size=True), tmp_path)
    assert all("EXEMPELDATA" in page for page in whole)
    joined = " ".join(whole)
    assert "Underskriftsblad" in joined
    assert "Rangordningens kontrollsumma" in joined
    opened.evaluate("document.body.classList.add('only-sheet')")
    sheet = text_of(opened.pdf(prefer_css_page_size=True), tmp_path)
    assert len(sheet) == 1
    for text in (
        "Underskriftsblad", "Brottsförebyggande rådet", "2026-01-15", "prioritera", "återkommer", "Lokalpolisområdeschef",
        "Namnteckning", "EXEMPELDATA",
    ):  # fmt: skip
        assert text in sheet[0], text


def text_of(pdf: bytes, tmp_path: Path) -> list[str]:
    path = tmp_path / "utskrift.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([program("pdftotext"), "-layout", str(path), "-"], capture_output=True, check=True)
    pages = [re.sub(r"\s+", " ", page) for page in done.stdout.decode().split("\f")]
    return [page for page in pages if page.strip()]


def test_firefox_shows_the_same_page(file: Path, tmp_path: Path) -> None:
    picture = tmp_path / "firefox.png"
    profile = tmp_path / "profil"
    profile.mkdir()
    command = [program("firefox-esr"), "--headless", "--no-remote", "--profile", str(profile), "--window-size=900,1400",
               "--screenshot", str(picture), file.as_uri()]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    with Image.open(picture) as shown:
        assert shown.size[0] >= 800
        colours = {colour for _, colour in shown.convert("RGB").getcolors(1 << 24) or []}
    assert (11, 102, 153) in colours  # the ranking's dots are drawn by the script
    shutil.rmtree(profile)
