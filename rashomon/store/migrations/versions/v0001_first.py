"""The first tables: reports, codings, claims, judgements, runs, and what is derived from them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Makes the tables in an empty database."""
    op.create_table(
        "events",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("type", _TEXT, nullable=False),
        sa.Column("start", sa.Date()),
        sa.Column("end", sa.Date()),
        sa.Column("place", _TEXT),
        sa.Column("gazetteer_id", _TEXT),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("precision", _TEXT),
        sa.Column("adm1", _TEXT),
        sa.Column("country", _TEXT),
        sa.Column("reason", _TEXT, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_start", "events", ["start"])
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("subject", _TEXT, nullable=False),
        sa.Column("other", _TEXT),
        sa.Column("field", _TEXT),
        sa.Column("value", _TEXT),
        sa.Column("by", _TEXT, nullable=False),
        sa.Column("made", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_judgements"),
        sa.UniqueConstraint("id", name="uq_judgements_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_judgements_subject", "judgements", ["subject"])
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started", _TEXT, nullable=False),
        sa.Column("finished", _TEXT),
        sa.Column("rashomon", _TEXT, nullable=False),
        sa.Column("coder", _TEXT, nullable=False),
        sa.Column("coder_version", _TEXT, nullable=False),
        sa.Column("knowledge", _TEXT, nullable=False),
        sa.Column("libraries", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event_accounts",
        sa.Column("event", _TEXT, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", _TEXT, nullable=False),
        sa.Column("value", _TEXT, nullable=False),
        sa.Column("claims", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_accounts_event"),
        sa.PrimaryKeyConstraint("event", "position", name="pk_event_accounts"),
    )
    op.create_table(
        "event_aliases",
        sa.Column("alias", _TEXT, nullable=False),
        sa.Column("event", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_aliases_event"),
        sa.PrimaryKeyConstraint("alias", name="pk_event_aliases"),
    )
    op.create_index("ix_event_aliases_event", "event_aliases", ["event"])
    op.create_table(
        "event_claims",
        sa.Column("event", _TEXT, nullable=False),
        sa.Column("claim", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_claims_event"),
        sa.PrimaryKeyConstraint("event", "claim", name="pk_event_claims"),
    )
    op.create_index("ix_event_claims_claim", "event_claims", ["claim"])
    op.create_table(
        "reports",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("outlet", _TEXT),
        sa.Column("address", _TEXT),
        sa.Column("title", _TEXT),
        sa.Column("text", _TEXT, nullable=False),
        sa.Column("hash", _TEXT, nullable=False),
        sa.Column("language", _TEXT),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("published", sa.Date()),
        sa.Column("published_evidence", _TEXT, nullable=False),
        sa.Column("published_quote", _TEXT),
        sa.Column("published_start", sa.Integer()),
        sa.Column("published_end", sa.Integer()),
        sa.Column("published_earliest", sa.Date()),
        sa.Column("published_latest", sa.Date()),
        sa.Column("published_note", _TEXT, nullable=False),
        sa.Column("furniture", _JSON, nullable=False),
        sa.Column("got_from", _TEXT, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_reports_run"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("ix_reports_hash", "reports", ["hash"])
    op.create_table(
        "codings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report", _TEXT, nullable=False),
        sa.Column("coder", _TEXT, nullable=False),
        sa.Column("version", _TEXT, nullable=False),
        sa.Column("basis", _TEXT, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_codings_report"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_codings_run"),
        sa.ForeignKeyConstraint(["used"], ["runs.id"], name="fk_codings_used"),
        sa.PrimaryKeyConstraint("id", name="pk_codings"),
        sa.UniqueConstraint("report", "coder", "version", "basis", name="uq_codings_report_coder_version_basis"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_codings_current", "codings", ["report", "coder", "used"])
    op.create_table(
        "copies",
        sa.Column("report", _TEXT, nullable=False),
        sa.Column("copies", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_copies_report"),
        sa.PrimaryKeyConstraint("report", name="pk_copies"),
    )
    op.create_index("ix_copies_copies", "copies", ["copies"])
    op.create_table(
        "claims",
        sa.Column("coding", sa.Integer(), nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quote", _TEXT, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("trigger", _TEXT, nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("type", _TEXT, nullable=False),
        sa.Column("status", _TEXT, nullable=False),
        sa.Column("source", _JSON, nullable=False),
        sa.Column("actors", _JSON, nullable=False),
        sa.Column("targets", _JSON, nullable=False),
        sa.Column("places", _JSON, nullable=False),
        sa.Column("time", _JSON),
        sa.Column("quantities", _JSON, nullable=False),
        sa.Column("weapons", _JSON, nullable=False),
        sa.Column("labels", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["coding"], ["codings.id"], name="fk_claims_coding"),
        sa.PrimaryKeyConstraint("coding", "id", name="pk_claims"),
    )
    op.create_index("ix_claims_id", "claims", ["id"])
    op.create_table(
        "actor_resolutions",
        sa.Column("coding", sa.Integer(), nullable=False),
        sa.Column("claim", _TEXT, nullable=False),
        sa.Column("field", _TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", _TEXT),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("reason", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["coding", "claim"], ["claims.coding", "claims.id"], name="fk_actor_resolutions_coding_claim"
        ),
        sa.PrimaryKeyConstraint("coding", "claim", "field", "position", name="pk_actor_resolutions"),
    )
    op.create_index("ix_actor_resolutions_actor", "actor_resolutions", ["actor"])
    op.create_table(
        "day_resolutions",
        sa.Column("coding", sa.Integer(), nullable=False),
        sa.Column("claim", _TEXT, nullable=False),
        sa.Column("start", sa.Date()),
        sa.Column("end", sa.Date()),
        sa.Column("reason", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["coding", "claim"], ["claims.coding", "claims.id"], name="fk_day_resolutions_coding_claim"
        ),
        sa.PrimaryKeyConstraint("coding", "claim", name="pk_day_resolutions"),
    )
    op.create_table(
        "place_resolutions",
        sa.Column("coding", sa.Integer(), nullable=False),
        sa.Column("claim", _TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("gazetteer_id", _TEXT),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("precision", _TEXT),
        sa.Column("adm1", _TEXT),
        sa.Column("country", _TEXT),
        sa.Column("reason", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["coding", "claim"], ["claims.coding", "claims.id"], name="fk_place_resolutions_coding_claim"
        ),
        sa.PrimaryKeyConstraint("coding", "claim", "position", name="pk_place_resolutions"),
    )
    op.create_index("ix_place_resolutions_gazetteer_id", "place_resolutions", ["gazetteer_id"])
