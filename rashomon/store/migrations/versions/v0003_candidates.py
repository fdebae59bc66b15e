"""Events that could be one, and what the events were made from; the next run fills both."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Adds the tables, empty."""
    op.create_table(
        "event_candidates",
        sa.Column("event", _TEXT, nullable=False),
        sa.Column("other", _TEXT, nullable=False),
        sa.Column("claim", _TEXT, nullable=False),
        sa.Column("other_claim", _TEXT, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("event", "other", name="pk_event_candidates"),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_event_candidates_event"),
        sa.ForeignKeyConstraint(["other"], ["events.id"], name="fk_event_candidates_other"),
    )
    op.create_index("ix_event_candidates_other", "event_candidates", ["other"])
    op.create_table(
        "event_marks",
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("mark", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_event_marks"),
    )
