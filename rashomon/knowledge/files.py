"""Finds and reads the files of knowledge: the built-in folder, and a site's own folder laid over it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rashomon.errors import KnowledgeError

BUILT_IN = Path(__file__).resolve().parent.parent / "data"

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    """One file of knowledge that was found.

    Attributes:
        path: where it is.
        data: its bytes.
    """

    path: Path
    data: bytes

    def yaml(self) -> Any:  # noqa: ANN401 - YAML is checked by whoever reads it
        """The file's content as plain Python values.

        Raises:
            KnowledgeError: it is not YAML; the message names file and line.
        """
        try:
            return yaml.load(self.data, Loader=_Loader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "cannot be read"
            raise KnowledgeError(
                f"not YAML: {problem}",
                where=self.path,
                line=mark.line + 1 if mark is not None else None,
                remedy="Mend the file, or take it out of the folder",
            ) from error


@dataclass(frozen=True, slots=True)
class Layers:
    """The folders that knowledge is read from: the built-in one first, a site's own one over it."""

    folders: tuple[Path, ...] = (BUILT_IN,)

    @classmethod
    def over_built_in(cls, site: Path | None) -> Layers:
        """The built-in folder, with `site` laid over it where one is given.

        Raises:
            KnowledgeError: `site` is no folder.
        """
        if site is None:
            return cls()
        if not site.is_dir():
            raise KnowledgeError(
                "no such folder", where=site, remedy="Create it, or take `knowledge` out of the settings"
            )
        return cls((BUILT_IN, site))

    def files(self, name: str) -> list[KnowledgeFile]:
        """The files called `name` (a relative path, or a glob such as 'lexicon/*.yaml'), lowest layer first.

        An entry of a later file replaces the entry of the same id in an earlier one; that is up to the reader.
        """
        found = []
        for folder in self.folders:
            found += [KnowledgeFile(path, path.read_bytes()) for path in sorted(folder.glob(name)) if path.is_file()]
        return found


def fingerprint(files: list[KnowledgeFile]) -> str:
    """SHA-256 over names and contents, as 16 hex digits: the same knowledge has the same fingerprint anywhere."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.path.name.encode())
        digest.update(b"\0")
        digest.update(hashlib.sha256(file.data).digest())
    return digest.hexdigest()[:16]
