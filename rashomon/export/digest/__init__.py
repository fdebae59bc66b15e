"""The digest: what was reported in some days, by area, as Markdown, HTML, PDF and data."""

from rashomon.export.digest.content import Digest
from rashomon.export.digest.data import render_json
from rashomon.export.digest.gather import Asked, Kit, make_digest
from rashomon.export.digest.html import render_html
from rashomon.export.digest.markdown import render_markdown
from rashomon.export.digest.pdf import render_pdf

__all__ = ["Asked", "Digest", "Kit", "make_digest", "render_html", "render_json", "render_markdown", "render_pdf"]
