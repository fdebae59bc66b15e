"""Country tables of GeoNames (geonames.org, CC BY 4.0): turned into tables of places, and got from its site."""

from __future__ import annotations

import http.client
import io
import re
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rashomon.errors import InputError, KnowledgeError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.gazetteer_import import write_table
from rashomon.knowledge.gazetteer_row import COLUMNS, Line

SOURCE = "GeoNames"
LICENCE = "CC BY 4.0"
KINDS_FILE = "gazetteer/geonames_kinds.yaml"

_COUNTRY = re.compile(r"[A-Z]{2}")
_FIELDS = 19
_ID, _NAME, _ASCII, _OTHERS, _LAT, _LON, _CODE, _COUNTRY_CODE, _ADM1, _POPULATION = 0, 1, 2, 3, 4, 5, 7, 8, 10, 14
_READABLE = re.compile(r"[\u0000-\u024f\u0600-\u06ff\u1e00-\u1eff‘’ʼʿʾ]+")  # Latin and Arabic letters
_LINK = re.compile(r"https?:|^[A-Z]{3,4}$")  # links and codes of airports among the names
_MOST_NAMES = 24
_PIECE = 1 << 16
_SECONDS = 30  # without an answer

type Progress = Callable[[str, int, int | None], None]
"""Told what is being got, how many bytes of it there are, and of how many where that is known."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Feature codes as kinds of places. Make it with `load`.

    Attributes:
        of_code: feature code -> kind. settlements: codes for which the inhabitants decide.
        city, town: inhabitants from which on such a settlement is one.
    """

    of_code: Mapping[str, str]
    settlements: frozenset[str]
    city: int
    town: int

    @classmethod
    def load(cls, layers: Layers) -> Kinds:
        """Reads gazetteer/geonames_kinds.yaml; a later layer's file takes the place of an earlier one's.

        Raises:
            KnowledgeError: the file is missing or has another form.
        """
        files = layers.files(KINDS_FILE)
        if not files:
            raise KnowledgeError("no file of feature codes", where=KINDS_FILE, remedy="Reinstall rashomon")
        given = files[-1].yaml()
        try:
            codes = {str(code): str(kind) for kind, codes in given["kinds"].items() for code in codes}
            return cls(codes, frozenset(given["settlement"]), int(given["city"]), int(given["town"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise KnowledgeError(
                "another form than the built-in file", where=files[-1].path, remedy="See the built-in file"
            ) from error

    def kind_of(self, code: str, population: int) -> str | None:
        """The kind of a feature code; None where such places are left out."""
        if code not in self.settlements:
            return self.of_code.get(code)
        return "city" if population >= self.city else "town" if population >= self.town else "village"


@dataclass(frozen=True, slots=True)
class GotCountry:
    """A country's table that was got: its code, the file that it was written to, and its rows."""

    country: str
    written: Path
    rows: int


def get_country(country: str, folder: Path, kinds: Kinds, *, base: str, progress: Progress | None = None) -> GotCountry:
    """Gets the places of a country from GeoNames into the folder of imported tables, whole or not at all.

    Args:
        country: ISO 3166-1 alpha-2 code.
        folder: where imported tables are kept; made where it is not there.
        kinds: which places to keep, as what.
        base: the address that `XX.zip` and `admin1CodesASCII.txt` stand under.
        progress: told how far it is.

    Raises:
        InputError: there is no such country, no network, or what came is no such table.
        OutputError: the folder cannot be written.
    """
    code = country.strip().upper()
    if _COUNTRY.fullmatch(code) is None:
        raise InputError(
            f"{country!r} is no code of a country", remedy="Give two letters, as in: rashomon gazetteer get SY IQ"
        )
    regions = regions_in(_got(base, "admin1CodesASCII.txt", progress).decode("utf-8", "replace"))
    address = _joined(base, f"{code}.zip")
    dump = _unpacked(_got(base, f"{code}.zip", progress), f"{code}.txt", address)
    rows = list(rows_of(dump, regions, kinds))
    if not rows:
        raise InputError("no places in it", where=address, remedy="Check the address that `geonames` is set to")
    target = folder / f"geonames-{code}.tsv"
    write_table(target, rows)
    return GotCountry(code, target, len(rows))


def rows_of(dump: str, regions: Mapping[str, str], kinds: Kinds) -> Iterator[Line]:
    """The rows of a country's dump that are places of a kind that we know, in its order.

    Args:
        dump: 19 tab-separated columns a line, without a header.
        regions: names of first-level units by 'SY.08'.
        kinds: which places to keep, as what.
    """
    for line in dump.split("\n"):
        fields = line.rstrip("\r").split("\t")
        if len(fields) != _FIELDS:
            continue
        population = int(fields[_POPULATION]) if fields[_POPULATION].isdigit() else 0
        kind = kinds.kind_of(fields[_CODE], population)
        if kind is None or not fields[_NAME]:
            continue
        id_ = f"geonames:{fields[_ID]}"
        given = {
            "id": id_,
            "name": fields[_NAME],
            "names": "|".join(_names(fields)),
            "lat": fields[_LAT],
            "lon": fields[_LON],
            "kind": kind,
            "adm1": regions.get(f"{fields[_COUNTRY_CODE]}.{fields[_ADM1]}", ""),
            "population": str(population) if population else "",
            "source": SOURCE,
            "licence": LICENCE,
            "country": fields[_COUNTRY_CODE],
            "source_id": id_,
        }
        yield "\t".join(given.get(column, "") for column in COLUMNS)


def regions_in(table: str) -> dict[str, str]:
    """Names of first-level units by their code ('SY.08'), from admin1CodesASCII.txt."""
    rows = (line.split("\t") for line in table.split("\n"))
    return {row[0]: row[1] for row in rows if len(row) > 1}


def _names(fields: list[str]) -> list[str]:
    names = dict.fromkeys([fields[_NAME], fields[_ASCII], *fields[_OTHERS].split(",")])
    readable = [n for n in names if n and "|" not in n and _READABLE.fullmatch(n) and not _LINK.search(n)]
    return readable[:_MOST_NAMES]


def _joined(base: str, name: str) -> str:
    return f"{base.rstrip('/')}/{name}"


def _got(base: str, name: str, progress: Progress | None) -> bytes:
    address = _joined(base, name)
    if not address.startswith(("http://", "https://")):
        raise InputError(
            "no address on the web", where=address, remedy="Set `geonames` to one that begins with https://"
        )
    data = io.BytesIO()
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # http or https, see above
            length = answer.headers.get("Content-Length")
            total = int(length) if length and length.isdigit() else None
            while piece := answer.read(_PIECE):
                data.write(piece)
                if progress is not None:
                    progress(name, data.tell(), total)
    except urllib.error.HTTPError as error:
        remedy = "Check the code of the country" if error.code == http.HTTPStatus.NOT_FOUND else "Try again later"
        raise InputError(f"the server answers {error.code} {error.reason}", where=address, remedy=remedy) from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise InputError(
            f"cannot be got: {reason}",
            where=address,
            remedy="Check the network; a table that you have as a file is added by: rashomon gazetteer import FILE",
        ) from error
    if total is not None and data.tell() < total:
        raise InputError("came only in part", where=address, remedy="Try again")
    return data.getvalue()


def _unpacked(data: bytes, name: str, address: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read(name).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError) as error:
        raise InputError(
            f"is no zip file with {name}", where=address, remedy="Check the address that `geonames` is set to"
        ) from error
