"""How sure its coder is of a claim; claims that were coded before have no figure."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the column, empty."""
    op.add_column("claims", sa.Column("confidence", sa.Double()))
