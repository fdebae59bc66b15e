"""The digest as JSON, for programs."""

from __future__ import annotations

import orjson

from rashomon.export.digest.content import Digest


def render_json(digest: Digest) -> bytes:
    """All that the digest holds, under the names of `content`."""
    return orjson.dumps(digest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
