"""Settings come from rashomon.toml and the environment, and a wrong one is named with its file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.errors import SettingsError
from rashomon.settings import Settings, find


def write(folder: Path, text: str) -> Path:
    path = folder / "rashomon.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_with_nothing_set_the_store_and_the_results_go_where_one_stands() -> None:
    settings = Settings.load(None, {})
    assert (settings.store, settings.out) == (Path("rashomon.sqlite"), Path("out"))
    assert (settings.knowledge, settings.coder, settings.workers) == (None, "rules", 1)


def test_imported_tables_go_to_the_users_data_folder_which_need_not_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    gazetteer = Settings.load(None, {}).gazetteer
    assert gazetteer.name == "gazetteer"
    assert gazetteer.is_relative_to(tmp_path)
    assert not gazetteer.exists()


def test_relative_paths_in_a_file_count_from_its_folder(tmp_path: Path) -> None:
    toml = write(tmp_path, 'store = "claims.sqlite"\nout = "/srv/out"\nknowledge = "ours"\ngazetteer = "tables"\n')
    settings = Settings.load(toml, {})
    assert settings.store == tmp_path / "claims.sqlite"
    assert settings.out == Path("/srv/out")
    assert settings.knowledge == tmp_path / "ours"
    assert settings.gazetteer == tmp_path / "tables"


def test_a_folder_beside_the_program_is_no_name_of_a_coder(tmp_path: Path) -> None:
    toml = write(tmp_path, 'coder = "our-model"\n')
    settings = Settings.load(toml, {})
    assert (settings.coder, settings.coder_name) == (str(tmp_path / "our-model"), "learned")
    assert Settings.load(None, {"RASHOMON_CODER": "learned"}).coder_name == "learned"


def test_the_environment_goes_over_the_file(tmp_path: Path) -> None:
    toml = write(tmp_path, 'store = "a.sqlite"\ncoder = "rules"\nworkers = 2\n')
    settings = Settings.load(toml, {"RASHOMON_STORE": "b.sqlite", "RASHOMON_WORKERS": "3", "RASHOMON_CODER": ""})
    assert (settings.store, settings.workers, settings.coder) == (Path("b.sqlite"), 3, "rules")


def test_a_store_may_be_a_database_url() -> None:
    url = "postgresql+psycopg://team@db/rashomon"
    assert Settings.load(None, {"RASHOMON_STORE": url}).store == url


def test_a_home_folder_is_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings.load(None, {"RASHOMON_OUT": "~/results"}).out == tmp_path / "results"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stor = 'x'", ["unknown setting `stor`", "store, out, knowledge"]),
        ("workers = 0", ["`workers`", "0"]),
        ("workers = 'many'", ["`workers`", "'many'"]),
        ("store = 3", ["`store`", "3"]),
        ("out = ''", ["`out`"]),
        ("store = 'a'\nout = = 1\n", ["not TOML", "rashomon.toml:2"]),
    ],
)
def test_a_wrong_setting_is_named_with_file_and_key(tmp_path: Path, text: str, said: list[str]) -> None:
    toml = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        Settings.load(toml, {})
    for words in ["rashomon.toml", *said]:
        assert words in str(caught.value)


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(SettingsError, match="environment: `RASHOMON_WORKERS`"):
        Settings.load(None, {"RASHOMON_WORKERS": "none"})


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        Settings.load(tmp_path / "rashomon.toml", {})
    with pytest.raises(SettingsError, match="cannot be read"):
        Settings.load(tmp_path, {})
    (tmp_path / "latin.toml").write_bytes(b"out = '\xe9'")
    with pytest.raises(SettingsError, match="UTF-8"):
        Settings.load(tmp_path / "latin.toml", {})


def test_the_file_is_found_in_a_folder(tmp_path: Path) -> None:
    assert find(tmp_path) is None
    assert find(write(tmp_path, "").parent) == tmp_path / "rashomon.toml"
