"""Country tables from a server that gives what GeoNames gives."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rashomon.cli.main import app
from rashomon.errors import InputError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.geonames import Kinds, get_country

REGIONS = "SY.02\tLatakia\tLatakia\t1\nSY.08\tRif-dimashq\tRif-dimashq\t2\n"


def entry(number: int, name: str, others: str, lat: str, code: str, adm1: str, population: str = "0") -> str:
    fields = [str(number), name, name, others, lat, "36.6", "P", code, "SY", "", adm1, "", "", "", population]
    return "\t".join([*fields, "", "500", "Asia/Damascus", "2020-01-01"])


DUMP = "\n".join(
    [
        entry(11, "Barqāsh", "Barqash,برقش,Баркаш,https://example.org/b", "33.9", "PPL", "08", "1200"),
        entry(12, "Zunaytir", "", "35.6", "PPL", "02", "25000"),
        entry(13, "Jabal Lihan", "", "35.7", "MT", "02"),
        entry(14, "Some Farmers' Well", "", "35.7", "WLL", "02"),
        "a line that is none",
    ]
)


def zipped(name: str, text: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, text)
    return data.getvalue()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class has it
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """An address, and the folder that is served there."""
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "admin1CodesASCII.txt").write_text(REGIONS, encoding="utf-8")
    (folder / "SY.zip").write_bytes(zipped("SY.txt", DUMP))
    serving = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_address[1]}/", folder
    serving.shutdown()
    serving.server_close()


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return Kinds.load(Layers())


def test_a_country_is_got_and_its_places_are_found(server: tuple[str, Path], tmp_path: Path, kinds: Kinds) -> None:
    told: list[tuple[str, int, int | None]] = []
    got = get_country("sy", tmp_path / "tables", kinds, base=server[0], progress=lambda *step: told.append(step))
    assert (got.country, got.rows, got.written.name) == ("SY", 3, "geonames-SY.tsv")
    assert {name for name, _, _ in told} == {"admin1CodesASCII.txt", "SY.zip"}
    known = Gazetteer.load(Layers(), tmp_path / "tables")
    (village,) = known.find("Barqash")
    assert (village.kind, village.lat, village.population, village.country) == ("village", 33.9, 1200, "SY")
    assert (village.source, village.licence) == ("GeoNames", "CC BY 4.0")
    assert village.names == ("Barqāsh", "Barqash", "برقش"), "no links, no letters that nobody here reads"
    assert village.adm1 == "Rural Damascus", "governorates meet under the name that the project has for them"
    assert known.find("Zunaytir")[0].kind == "town"
    assert known.find("Jabal Lihan")[0].kind == "mountain"
    assert known.find("Some Farmers' Well") == ()


def test_getting_again_brings_up_to_date(server: tuple[str, Path], tmp_path: Path, kinds: Kinds) -> None:
    get_country("SY", tmp_path / "tables", kinds, base=server[0])
    (server[1] / "SY.zip").write_bytes(zipped("SY.txt", entry(12, "Zunaytir", "", "35.9", "PPL", "02")))
    assert get_country("SY", tmp_path / "tables", kinds, base=server[0]).rows == 1
    known = Gazetteer.load(Layers(), tmp_path / "tables")
    assert known.find("Zunaytir")[0].lat == 35.9
    assert known.find("Barqash") == ()


def test_what_goes_wrong_is_told_and_leaves_nothing_behind(
    server: tuple[str, Path], tmp_path: Path, kinds: Kinds
) -> None:
    base, served = server
    (served / "IQ.zip").write_bytes(b"<html>no zip</html>")
    (served / "TR.zip").write_bytes(zipped("TR.txt", "nothing\n"))
    for country, message in (
        ("Syria", "no code of a country"),
        ("XX", r"XX\.zip: the server answers 404"),
        ("IQ", r"is no zip file with IQ\.txt"),
        ("TR", "no places in it"),
    ):
        with pytest.raises(InputError, match=message) as caught:
            get_country(country, tmp_path / "tables", kinds, base=base)
        assert caught.value.remedy
    with pytest.raises(InputError, match=r"cannot be got.*Check the network"):
        get_country("SY", tmp_path / "tables", kinds, base="http://127.0.0.1:9/")
    assert not (tmp_path / "tables").exists()


def test_the_command_line_gets_countries(
    server: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rashomon.toml").write_text(f'gazetteer = "tables"\ngeonames = "{server[0]}"\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["gazetteer", "get", "SY", "sy"])
    assert result.exit_code == 0, result.output
    assert "SY: 3 places" in result.output
    assert "CC BY 4.0" in result.output
    assert (tmp_path / "tables" / "geonames-SY.tsv").is_file()
    result = CliRunner().invoke(app, ["gazetteer", "get", "XX"])
    assert result.exit_code == 2
