"""One frozen Settings, read from rashomon.toml and the environment; passed along, never global."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rashomon.errors import SettingsError
from rashomon.model import Profile

FILE_NAME = "rashomon.toml"
PREFIX = "RASHOMON_"
CODERS = ("learned", "rules")
"""The coders that come with the package."""

type StoreTarget = Path | str
"""Where a store is: a path of an SQLite file, or a database URL ('postgresql+psycopg://...')."""


def user_gazetteer() -> Path:
    """The folder of imported gazetteer tables in the user's own data folder; it need not exist yet."""
    return platformdirs.user_data_path("rashomon", appauthor=False) / "gazetteer"


def store_target(text: str, base: Path) -> StoreTarget:
    """What a user wrote for a store: a URL as it stands, else a path, relative ones against `base`."""
    return text if "://" in text else _path(text, base)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set.

    Attributes:
        store: an SQLite file, or the URL of a database.
        out: folder that exports are written to.
        knowledge: the site's own folder of knowledge, laid over the built-in one; None where there is none.
        gazetteer: folder of imported gazetteer tables; it need not exist.
        geonames: the address that the country tables of GeoNames are got from.
        coder: name of the coder whose claims are coded, linked and shown, or the folder of a trained one.
        workers: processes that code reports; 1 codes in this process.
        profile: whom exports and the page are for, where nothing else is said.
        max_characters: a longer text is refused as one report: time and memory of parsing grow with it.
    """

    store: StoreTarget = Path("rashomon.sqlite")
    out: Path = Path("out")
    knowledge: Path | None = None
    gazetteer: Path = field(default_factory=user_gazetteer)
    geonames: str = "https://download.geonames.org/export/dump/"
    coder: str = "rules"
    workers: int = 1
    profile: Profile = Profile.INTERNAL
    max_characters: int = 200_000

    @classmethod
    def load(cls, toml: Path | None, environ: Mapping[str, str]) -> Settings:
        """Settings from a file and, over it, the environment; what neither sets keeps its default.

        Args:
            toml: a rashomon.toml, or None. Relative paths in it count from its folder.
            environ: RASHOMON_STORE, RASHOMON_OUT, ... Relative paths count from the working folder. An empty value
                counts as not set. Variables of other names are not looked at.

        Raises:
            SettingsError: a file or a value that cannot be used; the message names the file, and the key or variable.
        """
        settings = cls()
        if toml is not None:
            settings = _over(settings, _check(_read(toml), toml, str), toml.parent)
        given = {key: environ[_variable(key)] for key in _Given.model_fields if environ.get(_variable(key))}
        return _over(settings, _check(given, "environment", _variable), Path())

    @property
    def coder_name(self) -> str:
        """The name that the claims of this coder carry: a folder holds a `learned` one."""
        return self.coder if _is_name(self.coder) else "learned"


def find(folder: Path) -> Path | None:
    """The rashomon.toml in `folder`, or None where there is none."""
    path = folder / FILE_NAME
    return path if path.is_file() else None


class _Given(BaseModel):
    """What may stand in a file or the environment, as it is written there."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    store: str | None = Field(None, min_length=1)
    out: str | None = Field(None, min_length=1)
    knowledge: str | None = Field(None, min_length=1)
    gazetteer: str | None = Field(None, min_length=1)
    geonames: str | None = Field(None, pattern=r"^https?://")
    coder: str | None = Field(None, min_length=1)
    workers: int | None = Field(None, ge=1, le=256)
    profile: Profile | None = None
    max_characters: int | None = Field(None, ge=1_000)


def _variable(key: str) -> str:
    return PREFIX + key.upper()


def _read(toml: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(toml.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError("no such file", where=toml, remedy="Create it, or leave it out") from error
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=toml, remedy="Check the path") from error
    except UnicodeDecodeError as error:
        raise SettingsError("not UTF-8", where=toml, remedy="Save it in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise SettingsError(
            f"not TOML: {error}", where=toml, line=int(line[1]) if line else None, remedy="Mend that line"
        ) from error


def _check(given: Mapping[str, Any], where: Path | str, written: Callable[[str], str]) -> _Given:
    try:
        return _Given.model_validate(dict(given))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = str(first["loc"][0])
        if first["type"] == "extra_forbidden":
            what, remedy = f"unknown setting `{key}`", f"Settings are {', '.join(_Given.model_fields)}"
        else:
            what, remedy = (
                f"`{written(key)}` cannot be {first['input']!r}: {first['msg'].lower()}",
                "Change or remove it",
            )
        raise SettingsError(what, where=where, remedy=remedy) from error


def _over(settings: Settings, given: _Given, base: Path) -> Settings:
    """`settings` with what was given laid over them."""
    changes: dict[str, Any] = {}
    if given.store is not None:
        changes["store"] = store_target(given.store, base)
    for key in ("out", "knowledge", "gazetteer"):
        if (value := getattr(given, key)) is not None:
            changes[key] = _path(value, base)
    if given.coder is not None:
        changes["coder"] = given.coder if _is_name(given.coder) else str(_path(given.coder, base))
    changes |= given.model_dump(include={"geonames", "workers", "profile", "max_characters"}, exclude_none=True)
    return replace(settings, **changes)


def _is_name(coder: str) -> bool:
    """Whether this is one of the coders that come with the package; everything else is a folder."""
    return coder in CODERS


def _path(text: str, base: Path) -> Path:
    return base / Path(text).expanduser()
