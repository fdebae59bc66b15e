"""The digest as one HTML file: nothing is fetched, nothing runs, and it prints."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rashomon.export.digest import wording
from rashomon.export.digest.content import Digest

_HERE = Path(__file__).parent


def render_html(digest: Digest) -> bytes:
    """The digest as HTML in UTF-8."""
    environment = Environment(
        loader=PackageLoader("rashomon.export.digest", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    style = (_HERE / "digest.css").read_text(encoding="utf-8").replace("\r\n", "\n")
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = environment.get_template("digest.html.j2").render(
        digest=digest,
        wording=wording,
        style=Markup(style),  # our own file, no report's words
        policy=f"default-src 'none'; style-src 'sha256-{hashed}'; img-src data:; base-uri 'none'; form-action 'none'",
    )
    return page.encode("utf-8", "replace")
