from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild import sources
from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import refusals
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Refusal
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook


def told(content: bytes | str, put: Callable[..., Path], profile: Profile, terms: Taxonomy) -> str:
    put("fil.dat", content)
    with pytest.raises(SourceError) as error:
        sources.read(profile, terms)
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"SQLite format 3\0" + bytes(52) + b"GPKG" + bytes(100), "filen är en karta (GeoPackage)."),
        ('{"type":"FeatureCollection","name":"Kommun","features":[]}', "filen är en karta (GeoJSON)."),
        ("month\tlongitude\tlatitude\tlocation\tlsoa_code\n2022-01\t-2\t53\tX\tE01\n", "gäller områden i Storbritannien"),
        (workbook(Sheet1=[["gss_code", "ward", "population"], ["E05", "X", 6278]]), "gäller områden i Storbritannien"),
        ("municipality_code,municipality_name,county_code,county_name\n0114,Upplands Väsby,01,x\n", "en lista över kommuner"),
    ],
)
def test_what_is_of_no_use_is_refused_in_one_sentence(
    content: bytes | str, reason: str, put: Callable[..., Path], profile: Profile, terms: Taxonomy
) -> None:
    message = told(content, put, profile, terms)
    assert reason in message
    assert message.endswith("Ta bort filen ur mappen.")
    assert "ingen källa" not in message


def test_a_table_with_more_than_a_list_of_kommuner_is_not_refused(profile: Profile) -> None:
    file = RawFile(Path("x"), "x", b"kommunkod,name,population,year\n1493,Mariestad,24421,2025\n")
    assert refusals.useless(file) is None


def test_the_nearest_layouts_come_first(profile: Profile) -> None:
    file = RawFile(Path("x"), "x.csv", b"desokod;bef;Rubrik\n1;2;3\n")
    names = ("lagesbild.sources.bra_sol", "lagesbild.sources.plain", "lagesbild.sources.deso")
    refused = [(module, module.rsplit(".", 1)[-1], Refusal("skäl.")) for module in names]
    assert refusals.unknown(file, refused).what == "ingen källa känner igen filen. Närmast är deso: skäl."


def test_real_files_of_no_use(shared: Path, put: Callable[..., Path], profile: Profile, terms: Taxonomy) -> None:
    reasons = {
        "geo/kommuner_scb_wgs84.geojson": "filen är en karta (GeoJSON). Kartgränser används inte.",
        "geo/kommuner_okfse_wgs84.geojson": "filen är en karta (GeoJSON). Kartgränser används inte.",
        "uk_asb/lancashire_districts.geojson": "filen är en karta (GeoJSON). Kartgränser används inte.",
        "uk_asb/lancashire_wards.gpkg": "filen är en karta (GeoPackage). Kartgränser används inte.",
        "uk_asb/lancashire_asb.tab": "filen gäller områden i Storbritannien, inte i Sverige.",
        "uk_asb/lancashire_ward_pop.xlsx": "filen gäller områden i Storbritannien, inte i Sverige.",
    }
    for name, reason in reasons.items():
        path = shared / "data" / name
        found = refusals.useless(RawFile(path, name, path.read_bytes()))
        assert found is not None, name
        assert found.what == reason, name
