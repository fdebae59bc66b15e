"""A view of what is known -> the forms that people use: tables, JSON lines, GeoJSON, and the page that one can mail."""

from rashomon.export.files import open_atomically, write_atomically
from rashomon.export.formats import FORMATS, Format, export
from rashomon.export.surer import Surer, SurerView
from rashomon.export.view import MemoryView, View

__all__ = [
    "FORMATS",
    "Format",
    "MemoryView",
    "Surer",
    "SurerView",
    "View",
    "export",
    "open_atomically",
    "write_atomically",
]
