"""Source cards: who made a file, when, under which licence and how to get it again."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild import cli, sources
from lagesbild.profile import Profile
from lagesbild.sources import SOURCES
from lagesbild.sources.card import KEYS, PRODUCERS, new_card
from lagesbild.sources.files.file import RawFile
from lagesbild.taxonomy import Taxonomy

Put = Callable[..., Path]
PEERS = "kommunkod,peer_group\n1493,grannar\n"


def test_a_new_card_can_be_read_and_asks_for_what_only_the_analyst_knows() -> None:
    data = b"Region"
    text = new_card(RawFile(Path('dir/a "b".txt'), 'dir/a "b".txt', data), "Brå Databasfil")
    card = tomllib.loads(text)
    assert tuple(card) == KEYS
    assert card["sha256"] == hashlib.sha256(data).hexdigest()
    assert card["producer"] == "Brottsförebyggande rådet (Brå)"
    assert card["how"][0].startswith("1. ")
    assert 'fetched = ""  # när du fick den' in text


@pytest.mark.parametrize("reader", list(PRODUCERS))
def test_what_is_known_of_a_producer_belongs_to_a_source_and_has_numbered_steps(reader: str) -> None:
    assert reader in {source.NAME for source in SOURCES}
    assert set(PRODUCERS[reader]) <= set(KEYS) - {"sha256", "fetched", "published"}
    assert [step.split(".")[0] for step in PRODUCERS[reader]["how"]] == [
        str(n) for n, _ in enumerate(PRODUCERS[reader]["how"], 1)
    ]


def test_check_writes_missing_cards_on_request_and_touches_none(
    put: Put, profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "prov.toml"
    path.write_text('name = "Prov"\nkommunkoder = ["1493"]\nyear = 2025\nraw = "raw"\nprocessed = "processed"\n', "utf-8")
    put("a.csv", PEERS)
    put("b.csv", PEERS.replace("grannar", "andra"))
    own = put("b.csv.source.toml", 'producer = "Kommunen"\n')
    arguments = ["check", str(path), "--out", str(tmp_path / "ut")]
    assert cli.main(arguments) == 0
    assert not (profile.raw / "a.csv.source.toml").exists()
    assert cli.main([*arguments, "--cards"]) == 0
    assert "Källkort att fylla i: " in capsys.readouterr().out
    assert tomllib.loads((profile.raw / "a.csv.source.toml").read_text("utf-8"))["sha256"]
    assert own.read_text("utf-8") == 'producer = "Kommunen"\n'


def test_a_card_that_leaves_something_out_is_doubted(put: Put, profile: Profile, terms: Taxonomy) -> None:
    put("a.csv", PEERS)
    put("a.csv.source.toml", 'producer = "Kommunen"\ntitle = "Grannar"\npublished = 2026\nfetched = 2026\nlicence = "fri"\n')
    [doubt] = [doubt for doubt in sources.read(profile, terms).doubts if doubt.kind == "kallkort_ofullstandigt"]
    assert "a.csv (status, kontrollsumma och hur filen hämtas)" in doubt.what
