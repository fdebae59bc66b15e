"""The page that one can mail: every event on a map, on a timeline, and with every side's account beside the others."""

from rashomon.export.page.render import render_page

__all__ = ["render_page"]
