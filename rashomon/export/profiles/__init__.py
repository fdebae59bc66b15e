"""What an export shows to whom: names of private persons, places of hospitals and of movements still to come."""

from __future__ import annotations

from pathlib import Path

from rashomon.export.profiles.known import Known
from rashomon.export.profiles.view import ProfiledView
from rashomon.export.view import View
from rashomon.knowledge.files import Layers
from rashomon.model import Profile

__all__ = ["Known", "ProfiledView", "profiled"]


def profiled(view: View, profile: Profile, layers: Layers, imported: Path | None = None) -> View:
    """`view` as a profile shows it; an internal one is itself, and no knowledge is read for it.

    Args:
        view: the whole of what is shown: what is sensitive is told from all claims of an event.
        profile: for whom it is.
        layers: the knowledge to tell names and places by, the built-in one and a site's own.
        imported: the folder of imported gazetteer tables, if any.

    Raises:
        KnowledgeError: a file of the knowledge is broken; the message names it.
    """
    return view if profile is Profile.INTERNAL else ProfiledView(view, profile, Known.load(layers, imported))
