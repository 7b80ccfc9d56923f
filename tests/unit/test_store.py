"""Folders appear whole or not at all; tables come back as they were; the manifest is the same everywhere."""

from __future__ import annotations

import datetime
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from lagesbild import store
from lagesbild.errors import ReportError, SourceError
from lagesbild.profile import Est, Profile
from lagesbild.sources.reading import InputRecord, SetAside
from lagesbild.tables import TABLES, Tables, validate


def examples() -> Tables:
    rows = {name: pd.DataFrame([{column.name: column.example for column in table.columns}]) for name, table in TABLES.items()}
    return Tables(**{name: validate(name, frame, "") for name, frame in rows.items()})


def profile(raw: Path) -> Profile:
    return Profile(slug="mariestad", name="Mariestad", kommunkoder=("1493",), year=2025, raw=raw, processed=raw)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "reports" / "mariestad-2025"
    with store.atomic_folder(target) as folder:
        (folder / "a.txt").write_text("ny")
        assert not target.exists()
    assert names(target.parent) == ["mariestad-2025"]
    assert (target / "a.txt").read_text() == "ny"
    assert target.stat().st_mode == target.parent.stat().st_mode


def test_a_new_folder_replaces_all_of_the_earlier(tmp_path: Path) -> None:
    target = tmp_path / "mariestad-2025"
    for name in ("gammal.txt", "ny.txt"):
        with store.atomic_folder(target) as folder:
            (folder / name).write_text(name)
    assert names(target) == ["ny.txt"]
    assert names(tmp_path) == ["mariestad-2025"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
@pytest.mark.parametrize("is_earlier", [True, False])
def test_nothing_half_written_remains(tmp_path: Path, error: type[BaseException], is_earlier: bool) -> None:
    target = tmp_path / "mariestad-2025"
    if is_earlier:
        target.mkdir()
        (target / "a.txt").write_text("gammal")

    def write() -> None:
        with store.atomic_folder(target) as folder:
            (folder / "a.txt").write_text("halv")
            raise error

    with pytest.raises(error):
        write()
    assert names(tmp_path) == (["mariestad-2025"] if is_earlier else [])
    if is_earlier:
        assert (target / "a.txt").read_text() == "gammal"


def test_the_earlier_folder_comes_back_if_the_swap_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "mariestad-2025"
    with store.atomic_folder(target) as folder:
        (folder / "a.txt").write_text("gammal")
    rename = Path.rename

    def failing(self: Path, to: Path) -> Path:
        if self.name == target.name and to == target:
            raise PermissionError(13, "Permission denied")
        return rename(self, to)

    def write() -> None:
        with store.atomic_folder(target) as folder:
            (folder / "a.txt").write_text("ny")

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(ReportError, match="mappen kunde inte skrivas"):
        write()
    assert names(tmp_path) == ["mariestad-2025"]
    assert (target / "a.txt").read_text() == "gammal"


def test_a_file_in_the_way_is_a_report_error(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("en fil")
    with pytest.raises(ReportError, match="mappen kunde inte skrivas"), store.atomic_folder(tmp_path / "reports" / "a"):
        pass


def test_many_profiles_may_write_at_once(tmp_path: Path) -> None:
    def write(number: int) -> None:
        for _ in range(20):
            with store.atomic_folder(tmp_path / f"kommun-{number}") as folder:
                (folder / "a.txt").write_text(str(number))

    with ThreadPoolExecutor(8) as executor:
        list(executor.map(write, range(8)))
    assert names(tmp_path) == [f"kommun-{number}" for number in range(8)]
    assert [(tmp_path / f"kommun-{number}" / "a.txt").read_text() for number in range(8)] == [*"01234567"]


def test_tables_come_back_as_they_were(tmp_path: Path) -> None:
    tables = examples()
    again = store.read_tables(store.write_tables(tables, tmp_path / "processed"))
    for (name, frame), (_, stored) in zip(tables.items(), again.items(), strict=True):
        expected = frame.assign(place=pd.Series(None, frame.index, dtype="str")) if name == "observations" else frame
        pd.testing.assert_frame_equal(stored, expected, obj=name)
    empty = store.read_tables(store.write_tables(Tables(), tmp_path / "empty"))
    assert all(frame.dtypes.equals(TABLES[name].empty().dtypes) for name, frame in empty.items())


def test_parquet_has_timestamps_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    first = store.write_tables(examples(), tmp_path / "a")
    second = store.write_tables(examples(), tmp_path / "b")
    assert [(first / name).read_bytes() for name in names(first)] == [(second / name).read_bytes() for name in names(second)]
    assert str(pq.read_schema(first / "incidents.parquet").field("reported_on").type) == "timestamp[us]"


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    folder = store.write_tables(Tables(), tmp_path / "a")
    (folder / "peers.parquet").unlink()
    with pytest.raises(SourceError, match=r"peers\.parquet: filen saknas\."):
        store.read_tables(folder)


def test_the_manifest_names_inputs_and_outputs(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / "b.csv").write_bytes(b"abc")
    (tmp_path / "charts" / "a.svg").write_bytes(b"")
    card = {"producer": "Brå", "fetched_on": datetime.date(2026, 3, 1)}
    late = InputRecord("pop.csv", "f" * 64, "Plain import", 9, (), {})
    early = InputRecord("bra/a.txt", "0" * 64, "Brå", 120, (SetAside("senare än rapportåret", 12),), card)
    found = store.manifest(profile(tmp_path), (late, early), tmp_path)
    assert [record["path"] for record in found["inputs"]] == ["bra/a.txt", "pop.csv"]
    assert found["inputs"][0]["set_aside"] == [{"reason": "senare än rapportåret", "n_rows": 12}]
    assert found["outputs"] == [  # published test vectors of SHA-256 (FIPS 180-2): "abc" and the empty message
        {"path": "b.csv", "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"path": "charts/a.svg", "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    ]
    assert found["seed"] == 20250101
    assert {"lagesbild", "python", "pandas", "typst"} <= set(found["versions"])
    text = store.write_json(tmp_path / "manifest.json", found).read_text("utf-8")
    assert str(tmp_path) not in text
    assert json.loads(text)["inputs"][0]["card"] == {"producer": "Brå", "fetched_on": "2026-03-01"}
    assert store.manifest(profile(tmp_path / "elsewhere"), (early, late), tmp_path) == found


def test_the_manifest_tells_of_no_person(tmp_path: Path) -> None:
    words = Est(categories={"Bråk hos Anna Lindqvist": "trafik"}, columns={"850709-9805": "area"})
    found = store.manifest(profile(tmp_path).model_copy(update={"est": words}), (), tmp_path)
    text = store.write_json(tmp_path / "manifest.json", found).read_text("utf-8")
    assert "trafik" in text
    assert "Lindqvist" not in text
    assert "9805" not in text


def test_places_of_observations_are_not_kept(tmp_path: Path) -> None:
    tables = examples()
    store.write_tables(tables, tmp_path / "a")
    kept = pd.read_parquet(tmp_path / "a" / "observations.parquet")
    assert tables.observations["place"].notna().all()
    assert kept["place"].isna().all()
    assert kept["area"].equals(tables.observations["area"])


def test_json_is_plain_and_refuses_nan(tmp_path: Path) -> None:
    path = store.write_json(tmp_path / "a.json", {"b": "å", "a": 1.5})
    assert path.read_bytes() == '{\n  "b": "å",\n  "a": 1.5\n}\n'.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        store.write_json(path, {"a": float("nan")})
