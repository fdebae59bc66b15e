"""The tables of a store. What is kept stands first; what is derived from it can be dropped and rebuilt.

Portable between SQLite and PostgreSQL: text sorts by code point on both, days are dates, lists are JSON. A change here
needs a migration in `migrations/versions`; a test compares the two.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.JSON(none_as_null=True)

# --- kept -----------------------------------------------------------------------------------------------------------

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("started", TEXT, nullable=False),
    sa.Column("finished", TEXT),
    sa.Column("rashomon", TEXT, nullable=False),
    sa.Column("coder", TEXT, nullable=False),
    sa.Column("coder_version", TEXT, nullable=False),
    sa.Column("knowledge", TEXT, nullable=False),
    sa.Column("libraries", JSON, nullable=False),
    sqlite_autoincrement=True,
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", TEXT, primary_key=True),
    sa.Column("outlet", TEXT),
    sa.Column("address", TEXT),
    sa.Column("title", TEXT),
    sa.Column("text", TEXT, nullable=False),
    sa.Column("hash", TEXT, nullable=False, index=True),
    sa.Column("language", TEXT),
    sa.Column("words", sa.Integer, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("published_evidence", TEXT, nullable=False),
    sa.Column("published_quote", TEXT),
    sa.Column("published_start", sa.Integer),
    sa.Column("published_end", sa.Integer),
    sa.Column("published_earliest", sa.Date),
    sa.Column("published_latest", sa.Date),
    sa.Column("published_note", TEXT, nullable=False),
    sa.Column("furniture", JSON, nullable=False),
    sa.Column("got_from", TEXT, nullable=False),
    sa.Column("run", sa.ForeignKey("runs.id"), nullable=False),
)

# One coder version's work on one report. `basis` is a fingerprint of what it worked on: the report as read, and the
# knowledge. `used` is the last run that used it: of a coder's codings of a report, the one used last is current.
codings = sa.Table(
    "codings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("report", sa.ForeignKey("reports.id"), nullable=False),
    sa.Column("coder", TEXT, nullable=False),
    sa.Column("version", TEXT, nullable=False),
    sa.Column("basis", TEXT, nullable=False),
    sa.Column("run", sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("used", sa.ForeignKey("runs.id"), nullable=False),
    sa.UniqueConstraint("report", "coder", "version", "basis"),
    sa.Index("ix_codings_current", "report", "coder", "used"),
    sqlite_autoincrement=True,
)

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("coding", sa.ForeignKey("codings.id"), primary_key=True),
    sa.Column("id", TEXT, primary_key=True, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("quote", TEXT, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("trigger", TEXT, nullable=False),
    sa.Column("trigger_start", sa.Integer, nullable=False),
    sa.Column("trigger_end", sa.Integer, nullable=False),
    sa.Column("type", TEXT, nullable=False),
    sa.Column("status", TEXT, nullable=False),
    sa.Column("source", JSON, nullable=False),
    sa.Column("actors", JSON, nullable=False),
    sa.Column("targets", JSON, nullable=False),
    sa.Column("places", JSON, nullable=False),
    sa.Column("time", JSON),
    sa.Column("quantities", JSON, nullable=False),
    sa.Column("weapons", JSON, nullable=False),
    sa.Column("labels", JSON, nullable=False),
    sa.Column("confidence", sa.Double),
)

judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", TEXT, nullable=False, unique=True),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("subject", TEXT, nullable=False, index=True),
    sa.Column("other", TEXT),
    sa.Column("field", TEXT),
    sa.Column("value", TEXT),
    sa.Column("by", TEXT, nullable=False),
    sa.Column("made", TEXT, nullable=False),
    sqlite_autoincrement=True,
)

# --- derived --------------------------------------------------------------------------------------------------------


def _of_a_claim(*more: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Columns and keys of a table whose rows belong to a claim of a coding."""
    return (
        sa.PrimaryKeyConstraint("coding", "claim", *more),
        sa.ForeignKeyConstraint(["coding", "claim"], ["claims.coding", "claims.id"]),
    )


actor_resolutions = sa.Table(
    "actor_resolutions",
    metadata,
    sa.Column("coding", sa.Integer, nullable=False),
    sa.Column("claim", TEXT, nullable=False),
    sa.Column("field", TEXT, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("actor", TEXT, index=True),
    sa.Column("name", TEXT, nullable=False),
    sa.Column("reason", TEXT, nullable=False),
    *_of_a_claim("field", "position"),
)

place_resolutions = sa.Table(
    "place_resolutions",
    metadata,
    sa.Column("coding", sa.Integer, nullable=False),
    sa.Column("claim", TEXT, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", TEXT, nullable=False),
    sa.Column("gazetteer_id", TEXT, index=True),
    sa.Column("lat", sa.Double),
    sa.Column("lon", sa.Double),
    sa.Column("precision", TEXT),
    sa.Column("adm1", TEXT),
    sa.Column("country", TEXT),
    sa.Column("reason", TEXT, nullable=False),
    *_of_a_claim("position"),
)

day_resolutions = sa.Table(
    "day_resolutions",
    metadata,
    sa.Column("coding", sa.Integer, nullable=False),
    sa.Column("claim", TEXT, nullable=False),
    sa.Column("start", sa.Date),
    sa.Column("end", sa.Date),
    sa.Column("reason", TEXT, nullable=False),
    *_of_a_claim(),
)

copies = sa.Table(
    "copies",
    metadata,
    sa.Column("report", sa.ForeignKey("reports.id"), primary_key=True),
    sa.Column("copies", TEXT, nullable=False, index=True),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", TEXT, primary_key=True),
    sa.Column("type", TEXT, nullable=False),
    sa.Column("start", sa.Date, index=True),
    sa.Column("end", sa.Date),
    sa.Column("place", TEXT),
    sa.Column("gazetteer_id", TEXT),
    sa.Column("lat", sa.Double),
    sa.Column("lon", sa.Double),
    sa.Column("precision", TEXT),
    sa.Column("adm1", TEXT),
    sa.Column("country", TEXT),
    sa.Column("reason", TEXT, nullable=False),
    sa.Column("reports", sa.Integer, nullable=False),
    sa.Column("outlets", sa.Integer, nullable=False),
    sa.Column("origins", sa.Integer, nullable=False),
)

event_claims = sa.Table(
    "event_claims",
    metadata,
    sa.Column("event", sa.ForeignKey("events.id"), primary_key=True),
    sa.Column("claim", TEXT, primary_key=True, index=True),
)

event_accounts = sa.Table(
    "event_accounts",
    metadata,
    sa.Column("event", sa.ForeignKey("events.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("field", TEXT, nullable=False),
    sa.Column("value", TEXT, nullable=False),
    sa.Column("claims", JSON, nullable=False),
)

event_aliases = sa.Table(
    "event_aliases",
    metadata,
    sa.Column("alias", TEXT, primary_key=True),
    sa.Column("event", sa.ForeignKey("events.id"), nullable=False, index=True),
)

# Events that could be one; `claim` and `other_claim` are those of the two that are most alike.
event_candidates = sa.Table(
    "event_candidates",
    metadata,
    sa.Column("event", sa.ForeignKey("events.id"), primary_key=True),
    sa.Column("other", sa.ForeignKey("events.id"), primary_key=True, index=True),
    sa.Column("claim", TEXT, nullable=False),
    sa.Column("other_claim", TEXT, nullable=False),
    sa.Column("points", sa.Integer, nullable=False),
)

# Fingerprints of what the events were made from, so that the next run links anew only what changed.
event_marks = sa.Table(
    "event_marks",
    metadata,
    sa.Column("name", TEXT, primary_key=True),
    sa.Column("mark", TEXT, nullable=False),
)

OF_EVENTS = (event_candidates, event_aliases, event_accounts, event_claims, event_marks, events)
"""The tables of events, those that refer to others first."""

OF_RESOLUTIONS = (actor_resolutions, place_resolutions, day_resolutions)

DERIVED = (*OF_EVENTS, copies, *OF_RESOLUTIONS)
"""Everything that is rebuilt from what is kept, in an order in which it can be emptied."""
