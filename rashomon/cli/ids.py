"""Ids as people type them: the whole, or the beginning of it."""

from __future__ import annotations

from collections.abc import Iterable

from rashomon.errors import InputError, NotFoundError

_NAMED = 5  # ids of several that an error names
_LISTED = {
    "event": "`rashomon export events-csv` lists them",
    "judgement": "`rashomon judge list` lists them",
    "claim or event": "`rashomon export claims-csv` and `rashomon export events-csv` list them",
}
_CLAIMS = "`rashomon export claims-csv` lists them"


def whole_id(wanted: str, ids: Iterable[str], what: str) -> str:
    """The id that is `wanted`, or the only one that begins with it.

    Raises:
        InputError: `wanted` is empty, with which every id begins.
        NotFoundError: there is none, or there are several.
    """
    if not wanted.strip():
        raise InputError("an empty id", remedy=f"Give the id of a {what}, or its beginning")
    begins = sorted({name for name in ids if name.startswith(wanted)})
    if wanted in begins:
        return wanted
    if not begins:
        raise NotFoundError(f"no {what} has an id that begins with {wanted}. {_LISTED.get(what, _CLAIMS)}")
    if len(begins) > 1:
        some = ", ".join(begins[:_NAMED]) + (", ..." if len(begins) > _NAMED else "")
        several = what.replace(" or ", "s or ") + "s"
        raise NotFoundError(f"{len(begins)} {several} have ids that begin with {wanted}: {some}. Give more of it")
    return begins[0]
