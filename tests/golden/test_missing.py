"""Any one file may be missing: there is still a report, and it names the gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lagesbild import pipeline, sources
from lagesbild.profile import Profile
from lagesbild.report.content import document
from lagesbild.report.narrative.lexicon import found_in
from lagesbild.report.pdf import pdf
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.merge import Part
from lagesbild.taxonomy import Taxonomy

RAW = Path(__file__).parents[2] / "data" / "raw" / "exempel"
#: The last is no lack: a kommun may have decided nothing yet.
NO_SOURCE = {"facit.toml", "README.md", "beslut_2024.json"}
#: Without these the paper itself is another: fewer charts, chapters and pages.
REDRAWN = {"est_2023-2025.xlsx", "reported_offences.csv", "survey_results.csv"}
FILES = sorted(path.name for path in RAW.iterdir() if not path.name.endswith(".source.toml") and path.name not in NO_SOURCE)


@pytest.fixture(scope="module", autouse=True)
def _each_file_read_once() -> Iterator[None]:
    """Without one of them the others hold what they held before."""
    read, parts = sources.read_file, dict[str, Part]()

    def once(file: RawFile, profile: Profile, terms: Taxonomy) -> Part:
        if file.sha256 not in parts:
            parts[file.sha256] = read(file, profile, terms)
        return parts[file.sha256]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "read_file", once)
        yield


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_still_gives_a_report(file: str, workspace: Callable[[str], Path]) -> None:
    root = workspace("missing")
    (root / "data" / "raw" / "exempel" / file).unlink()
    (root / "data" / "raw" / "exempel" / f"{file}.source.toml").unlink()
    profile = Profile.load(root / "profiles" / "exempelby.toml").model_copy(update={"draws": 1000})
    result = pipeline.run(profile) if file in REDRAWN else pipeline.rank(profile)
    # The report is what must not fail; that every file of the folder is written is told elsewhere, once.
    content = document(result)
    if file in REDRAWN:
        assert len(pdf(content)) > 10_000
    assert found_in((file, text) for text in (*content.texts(), *map(str, result.doubts))) == []
    assert file not in {record.path for record in result.delivery.inputs}
    told = " ".join([*map(str, result.doubts), *result.ranking.gaps["detail"].astype(str)]).lower()
    subject = file.split(".")[0].split("_")[0]
    words = {
        "est": "est", "reported": "anmäl", "survey": "enkät", "dialogue": "dialog", "population": "folkmängd",
        "peers": "jämför", "reporting": "bemanning", "incidents": "händelse", "pledges": "löfte", "judgements": "bedömning",
    }  # fmt: skip
    assert words[subject] in told, f"nothing tells that {file} is missing"
