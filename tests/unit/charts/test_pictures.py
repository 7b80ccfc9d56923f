"""Every chart: nothing cut off, nothing colliding, the finding in words with its numbers, the same bytes each time."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from lagesbild.charts import Chart, files, theme
from lagesbild.charts.sheet import Sheet
from lagesbild.report.narrative.lexicon import found_in
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy
from tests.unit.charts.conftest import Case, make_ranking
from tests.unit.charts.legibility import colliding_labels, cut_off_labels, labels


def test_the_cut_off_check_would_notice() -> None:
    sheet = Sheet.new(20)
    sheet.text(theme.WIDTH - 2, 10, "Mariestad")
    sheet.text(0, 5, "Falköping")
    assert cut_off_labels(sheet.figure) == ["Mariestad"]


def test_the_collision_check_would_notice() -> None:
    sheet = Sheet.new(20)
    for y, text in ((10, "Mariestad"), (11, "Falköping"), (4, "Skövde")):
        sheet.text(10, y, text)
    assert colliding_labels(sheet.figure) == [("Mariestad", "Falköping")]


def test_no_label_is_cut_off(pictures: tuple[Chart, ...]) -> None:
    assert {chart.name: cut for chart in pictures if (cut := cut_off_labels(chart.figure))} == {}


def test_no_labels_collide(pictures: tuple[Chart, ...]) -> None:
    assert {chart.name: pairs for chart in pictures if (pairs := colliding_labels(chart.figure))} == {}


def test_text_is_as_large_as_the_reports(pictures: tuple[Chart, ...]) -> None:
    sizes = {float(text.get_fontsize()) for chart in pictures for text in labels(chart.figure)}
    assert sizes == {theme.NOTE, theme.BODY}
    assert {round(float(chart.figure.get_size_inches()[0]) * 25.4, 6) for chart in pictures} == {theme.WIDTH}


def test_a_chart_fits_on_a_page(pictures: tuple[Chart, ...]) -> None:
    heights = {chart.name: float(chart.figure.get_size_inches()[1]) * 25.4 for chart in pictures}
    assert {name: height for name, height in heights.items() if height > 190} == {}


def test_every_text_is_in_the_shipped_font(pictures: tuple[Chart, ...]) -> None:
    drawn = {sign for chart in pictures for text in labels(chart.figure) for sign in text.get_text()}
    known = matplotlib.font_manager.get_font(str(theme.FONTS / theme.FONT_FILES[theme.REGULAR])).get_charmap()
    assert {sign for sign in drawn if ord(sign) not in known} == set()


def test_the_charts_and_their_order(full: Case, lean: Case, taxonomy: Taxonomy) -> None:
    names = [chart.name for chart in full.charts(taxonomy)]
    lines = [f"anmalda-{area.replace('_', '-')}" for area in taxonomy.area_ids]
    assert names[:3] == ["rangordning", "kallprofil", "bidrag"]
    start = names.index("anmalda-totalt")
    assert all(name.startswith("trappa-") for name in names[3 : start - 2])
    assert names[start - 2 : start] == ["anmalt-upplevt", "alla-omraden"]
    assert names[start + 1 : start + 17] == lines
    assert names[start + 17] == "est-veckor"
    assert names[-4:] == [
        "enkat-ntu", "enkat-ntu-kvinnor-man", "enkat-trygghetsmatning-index", "enkat-trygghetsmatning-index-kvinnor-man",
    ]  # fmt: skip
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)
    told = lean.ranking.table[lean.ranking.table["tier"].isin(["prioritera", "överväg"])]["problem_area"]
    stairs = [f"trappa-{line.replace('_', '-')}" for line in told]
    assert [chart.name for chart in lean.charts(taxonomy)] == [
        "rangordning", "kallprofil", "bidrag", *stairs, "alla-omraden", "anmalda-totalt", "anmalda-skadegorelse",
        "anmalda-bostadsinbrott",
        "anmalda-brott-mot-person", "anmalda-stold-ran-ovrigt", "anmalda-narkotika-vapen",
    ]  # fmt: skip


def test_no_figures_give_no_charts(full: Case, taxonomy: Taxonomy) -> None:
    ranking = full.ranking
    frames = {"table": ranking.table, "explanation": ranking.explanation, "signals": ranking.signals}
    nothing = replace(ranking, **{name: frame.iloc[:0] for name, frame in frames.items()})
    measures = replace(full.measures, rows=full.measures.rows.iloc[:0])
    assert replace(full, measures=measures, ranking=nothing, tables=Tables()).charts(taxonomy) == ()


def test_titles_and_alt_texts_use_no_forbidden_word(pictures: tuple[Chart, ...]) -> None:
    told = {chart.name: f"{chart.title} {chart.subtitle} {chart.alt}" for chart in pictures}
    assert found_in(told.items()) == []


def test_every_part_is_there(pictures: tuple[Chart, ...]) -> None:
    for chart in pictures:
        assert 15 < len(chart.title) < 170, chart.name
        assert chart.subtitle.endswith("."), chart.name
        assert re.search("(Källa|Förlaga): ", chart.caption), chart.name
        assert "2025" in chart.caption, chart.name
        assert chart.alt.startswith(chart.title.rstrip(".")), chart.name
        assert len(chart.table), chart.name
        assert not re.search(
            r"\bnan\b|None|uppgift saknas mot|  |\.\.", f"{chart.title} {chart.subtitle} {chart.alt} {chart.caption}"
        ), chart.name


def test_numbers_are_swedish(pictures: tuple[Chart, ...]) -> None:
    """No decimal point, no thousands comma, no ordinary space before a percent sign, no hyphen for minus."""
    wrong = re.compile(r"\d\.\d|\d,\d{3}\b|\d %|(?<![\w–])-\d")
    for chart in pictures:
        drawn = [text.get_text() for text in labels(chart.figure)]
        assert [text for text in (*drawn, chart.title, chart.subtitle, chart.alt) if wrong.search(text)] == [], chart.name


def test_thousands_on_an_axis_are_parted_by_a_hard_space(pictures: tuple[Chart, ...]) -> None:
    drawn = {text.get_text() for chart in pictures for text in labels(chart.figure)}
    assert "1\xa0000" in drawn
    assert "20\xa0%" in drawn


def test_tables_hold_numbers_as_numbers(pictures: tuple[Chart, ...]) -> None:
    for chart in pictures:
        assert all(column[:1].isupper() for column in chart.table.columns), chart.name
        if chart.name != "kallprofil":
            assert len(chart.table.select_dtypes("number").columns) >= 2, chart.name


def test_the_alt_text_holds_the_figures_of_the_table(pictures: tuple[Chart, ...]) -> None:
    for chart in pictures:
        said = {number.replace("\xa0", "").replace(",", ".") for number in re.findall(r"\d+(?:\xa0\d{3})*(?:,\d+)?", chart.alt)}
        values = chart.table.select_dtypes("number").to_numpy(dtype="float64", na_value=np.nan).ravel()
        written = {
            form
            for value in values[~np.isnan(values)]
            for form in (f"{abs(value):.0f}", f"{abs(value):.1f}", f"{100 * value:.0f}")
        }
        assert chart.name == "kallprofil" or len(said & written) >= 3, chart.name


def test_example_data_say_so_in_every_variant(full: Case, lean: Case, taxonomy: Taxonomy) -> None:
    for chart in full.charts(taxonomy):
        assert [text.get_text() for text in labels(chart.figure)].count(theme.EXAMPLE_LABEL) == 1
        assert chart.caption.startswith(theme.EXAMPLE_LABEL)
    chart = full.charts(taxonomy)[0]
    for data in (files.svg(chart), files.svg(chart, standalone=True), files.svg(chart, outlines=False)):
        assert theme.EXAMPLE_LABEL.encode() in data
    for chart in lean.charts(taxonomy):
        assert theme.EXAMPLE_LABEL not in {text.get_text() for text in labels(chart.figure)}
        assert theme.EXAMPLE_LABEL not in chart.caption


@pytest.fixture(scope="module")
def few(pictures: tuple[Chart, ...]) -> list[Chart]:
    """One chart of each kind."""
    wanted = ("rangordning", "kallprofil", "bidrag", "anmalda-narkotika", "est-veckor", "enkat-ntu")
    return [next(chart for chart in pictures if chart.name == name) for name in wanted]


def test_the_same_chart_gives_the_same_bytes(few: list[Chart], full: Case, taxonomy: Taxonomy) -> None:
    with matplotlib.rc_context(
        {"font.size": 20, "lines.linewidth": 9, "svg.hashsalt": None, "savefig.dpi": 50, "path.snap": True}
    ):
        again = {chart.name: chart for chart in full.charts(taxonomy)}
        for chart in few:
            other = again[chart.name]
            for standalone in (False, True):
                assert files.svg(chart, standalone) == files.svg(other, standalone), chart.name
                assert files.png(chart, 72, standalone) == files.png(other, 72, standalone), chart.name
            assert files.svg(chart) == files.svg(chart)


def test_the_standalone_file_carries_title_subtitle_and_source(few: list[Chart]) -> None:
    for chart in few:
        plain, alone = (ET.fromstring(files.svg(chart, standalone, outlines=False)) for standalone in (False, True))
        before, after = (
            "".join(node.text or "" for node in tree.iter("{http://www.w3.org/2000/svg}text")) for tree in (plain, alone)
        )
        for text in (chart.title, chart.subtitle, chart.caption):
            first = " ".join(text.split(" ")[:3])
            assert first not in before
            assert first in after
        assert float(alone.attrib["height"].removesuffix("pt")) > float(plain.attrib["height"].removesuffix("pt")) + 50
        assert not [text for text in labels(chart.figure) if text.get_text() == chart.title], "the header stays on the figure"


def test_nothing_is_cut_off_when_standing_alone(few: list[Chart]) -> None:
    """The outermost rows and columns of pixels are paper."""
    from io import BytesIO

    from PIL import Image

    for chart in few:
        for standalone in (False, True):
            picture = np.asarray(Image.open(BytesIO(files.png(chart, 72, standalone))).convert("L")).astype(int)
            edges = np.concatenate([picture[0], picture[-1], picture[:, -1]]) if standalone else picture[0]
            assert edges.min() > 200, chart.name


def test_an_svg_is_well_formed_titled_and_undated(few: list[Chart]) -> None:
    for chart in few:
        data = files.svg(chart)
        root = ET.fromstring(data)
        title = root.find("{http://www.w3.org/2000/svg}title")
        description = root.find("{http://www.w3.org/2000/svg}desc")
        assert title is not None
        assert description is not None
        assert title.text == chart.title
        assert chart.alt in str(description.text)
        assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
        ids = [node.attrib["id"] for node in root.iter() if "id" in node.attrib]
        assert len(set(ids)) == len(ids)
        assert all(name.startswith(f"{chart.name}-") for name in ids)
        used = re.findall(rb'(?:href="#|url\(#)([^")]+)', data)
        assert {name.decode() for name in used} <= set(ids)
        assert b"dc:date" not in data


def test_files_are_small(few: list[Chart]) -> None:
    for chart in few:
        assert len(files.svg(chart)) < 180_000, chart.name
        assert len(files.svg(chart, outlines=False)) < 80_000, chart.name
        assert len(files.png(chart)) < 120_000, chart.name


def test_a_png_has_few_colours_but_all_the_themes(few: list[Chart]) -> None:
    from io import BytesIO

    from PIL import Image

    picture = np.asarray(Image.open(BytesIO(files.png(few[3]))).convert("RGB")).reshape(-1, 3).astype(int)
    own = np.array([int(theme.OWN[i : i + 2], 16) for i in (1, 3, 5)])
    assert np.abs(picture - own).sum(axis=1).min() <= 12
    assert (picture[0] == 255).all(), "paper is white"


def test_the_notebook_shows_what_the_report_shows(few: list[Chart]) -> None:
    assert few[0]._repr_html_() == files.svg(few[0]).decode()


@pytest.mark.parametrize("n", [1, 5, 18])
def test_the_ranking_is_legible_from_one_line_to_eighteen(n: int, full: Case, taxonomy: Taxonomy) -> None:
    lines = tuple(line for line in taxonomy.line_ids if line != "totalt")[:n]
    case = replace(full, ranking=make_ranking(taxonomy, lines, ("polisanmalda",), leading=min(1, n - 1)))
    for chart in case.charts(taxonomy)[:3]:
        assert cut_off_labels(chart.figure) == []
        assert colliding_labels(chart.figure) == []
        assert isinstance(chart.figure, Figure)
        assert isinstance(chart.table, pd.DataFrame)


@pytest.mark.parametrize("n", [1, 2, 5, 8])
def test_points_and_profile_are_legible_from_one_source_to_eight(n: int, full: Case, taxonomy: Taxonomy) -> None:
    sources = tuple(taxonomy.sources["source"])[:n]
    case = replace(full, ranking=make_ranking(taxonomy, taxonomy.area_ids, sources))
    for chart in case.charts(taxonomy)[1:3]:
        assert cut_off_labels(chart.figure) == [], chart.name
        assert colliding_labels(chart.figure) == [], chart.name
