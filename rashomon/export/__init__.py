"""A view of what is known -> the forms that people use: tables, JSON lines, GeoJSON, and the page that one can mail."""

from rashomon.export.files import open_atomically, write_atomically
from rashomon.export.formats import FORMATS, Format, export
from rashomon.export.profiles import ProfiledView, profiled
from rashomon.export.surer import Surer, SurerView
from rashomon.export.view import MemoryView, View, profile_of
from rashomon.export.witnessed import WitnessedView

__all__ = [
    "FORMATS",
    "Format",
    "MemoryView",
    "ProfiledView",
    "Surer",
    "SurerView",
    "View",
    "WitnessedView",
    "export",
    "open_atomically",
    "profile_of",
    "profiled",
    "write_atomically",
]
