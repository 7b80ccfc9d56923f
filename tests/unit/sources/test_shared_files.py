"""Every real file: read by the right source with the right counts, or refused with its reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild import sources
from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files import folder
from lagesbild.sources.inspection import Inspected
from lagesbild.taxonomy import Taxonomy

#: file -> source, rows read, rows set aside for a reason that the file itself gives.
READ = {
    "bra_sol_2021/Bok1.xls": ("Brå SOL, tabell", 582, 2),
    "bra_sol_2021/Sokning.txt": ("Brå SOL, tabell", 582, 2),
    "bra_sol_2021/anmalda_brott.csv": ("Brå, anmälda brott per kommun", 290, 0),
    "bra_sol_fixtures/sol_dbfil_ar.txt": ("Brå Databasfil", 19, 19),
    "bra_sol_fixtures/sol_dbfil_manad.txt": ("Brå Databasfil", 3, 3),
    "bra_sol_ostra_skaraborg/bra_crime_annual_1996_2025.csv": ("Brå, serie per kommun", 1619, 0),
    "bra_sol_ostra_skaraborg/bra_crime_quarterly_2014K1_2026K2.csv": ("Brå, serie per kommun", 240, 20),
    "dalarna/befolkning_deso_dalarna_2022_2025.csv": ("folkmängd per DeSO", 700, 0),
    "dalarna/bra_kommunindikatorer.csv": ("Brås indikatorer i en lång tabell", 10878, 0),
    "dalarna/polisen_brottskod_niva_nyckel.csv": ("Polisens nyckel till brottskoder", 3415, 0),
    "kolada_kommun/1493.json": ("Kolada", 29, 22),
    "kolada_kommun/1499.json": ("Kolada", 29, 22),
    "kolada_kommun/kolada_kommun_2025.csv": ("Kolada", 290, 0),
    "kommun_indikatorer_2013/msb_ida_skolbrand_bib1998.xlsx": ("MSB IDA", 289, 1),
    "kommun_indikatorer_2013/msb_ida_skolbrand_bib2014.xlsx": ("MSB IDA", 291, 1),
    "kommun_indikatorer_2013/school_fire_cases_1998_2014.csv": ("MSB IDA", 4924, 0),
    "polisen/events_2025-06-14.json": ("Polisens händelser", 500, 0),
    "polisen/polisen_events_vastra_gotaland.csv": ("Polisens händelser", 7173, 0),
    "scb_kommun/municip_data.csv": ("sammanställd kommunstatistik", 1739, 0),
}
#: What the file does not say and its card must.
CARDS = {
    "bra_sol_2021/anmalda_brott.csv": 'title = "Anmälda brott i kommunerna 2021"\nstatus = "preliminary"\n',
    "kommun_indikatorer_2013/msb_ida_skolbrand_bib1998.xlsx": 'title = "Anlagd brand i skola"\nperiod = "1998"\n',
    "kommun_indikatorer_2013/msb_ida_skolbrand_bib2014.xlsx": 'title = "Anlagd brand i skola"\nperiod = "2014"\n',
}
REFUSED = {
    "geo/kommuner_okfse_wgs84.geojson": "filen är en karta (GeoJSON). Kartgränser används inte.",
    "geo/kommuner_scb_wgs84.geojson": "filen är en karta (GeoJSON). Kartgränser används inte.",
    "kommun_indikatorer_2013/simplified_municipality_indicators.csv": "folkmängden kan inte vara rätt för 26 kommuner: Åsele",
    "polisen/swedish_admin_areas.csv": "filen är en lista över kommuner och län, utan uppgifter om brott eller invånare.",
    "uk_asb/lancashire_asb.tab": "filen gäller områden i Storbritannien, inte i Sverige.",
    "uk_asb/lancashire_districts.geojson": "filen är en karta (GeoJSON). Kartgränser används inte.",
    "uk_asb/lancashire_ward_pop.xlsx": "filen gäller områden i Storbritannien, inte i Sverige.",
    "uk_asb/lancashire_wards.gpkg": "filen är en karta (GeoPackage). Kartgränser används inte.",
}
NO_SOURCE = {"INDEX.md", "scb_kommun/municip_data.md"}
MONTHLY = "bra_databasfil/"


@pytest.fixture
def inspected(shared: Path, put: Callable[..., Path], profile: Profile, terms: Taxonomy) -> Callable[..., list[Inspected]]:
    """Puts real files, with their cards, into an empty raw folder and gives what became of each."""

    def inspect(*names: str) -> list[Inspected]:
        for name in names:
            put(name, (shared / "data" / name).read_bytes())
            if name in CARDS:
                put(f"{name}.source.toml", CARDS[name])
        late = profile.model_copy(update={"year": 2026})
        return list(sources.inspect(late, terms).files)

    return inspect


def test_every_file_is_in_one_of_the_lists(shared: Path) -> None:
    root = shared / "data"
    names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    monthly = {name for name in names if name.startswith(MONTHLY)}
    assert len(monthly) == 36
    assert names - monthly == {*READ, *REFUSED, *NO_SOURCE}
    assert {name for name in names if not folder.is_source(name)} == NO_SOURCE


@pytest.mark.parametrize("name", READ)
def test_what_can_be_used_is_read(name: str, inspected: Callable[..., list[Inspected]]) -> None:
    (line,) = inspected(name)
    assert not line.problems, [str(problem) for problem in line.problems]
    assert (line.reader, line.rows_read, sum(item.n_rows for item in line.set_aside)) == READ[name]


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_with_its_reason(name: str, inspected: Callable[..., list[Inspected]]) -> None:
    (line,) = inspected(name)
    assert not line.rows_read
    assert [problem.what.replace("\N{NO-BREAK SPACE}", " ")[: len(REFUSED[name])] for problem in line.problems] == [
        REFUSED[name]
    ]


def test_the_36_months_are_read(shared: Path, inspected: Callable[..., list[Inspected]]) -> None:
    names = sorted(f"{MONTHLY}{path.name}" for path in (shared / "data" / MONTHLY).iterdir())
    lines = inspected(*names)
    assert [(line.reader, line.rows_read) for line in lines] == [("Brå Databasfil", 2910)] * 36


def test_all_that_can_be_used_goes_together(shared: Path, inspected: Callable[..., list[Inspected]]) -> None:
    lines = inspected(*READ)
    assert {line.path: (line.reader, line.rows_read) for line in lines} == {
        name: (reader, n_rows) for name, (reader, n_rows, _) in READ.items()
    }


def test_without_a_card_the_year_is_asked_for(
    shared: Path, put: Callable[..., Path], profile: Profile, terms: Taxonomy
) -> None:
    put("a.csv", (shared / "data" / "bra_sol_2021" / "anmalda_brott.csv").read_bytes())
    with pytest.raises(SourceError, match="filen säger inte vilket år siffrorna gäller"):
        sources.read(profile, terms)
