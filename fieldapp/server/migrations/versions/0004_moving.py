"""A device that sends more than one exchange holds."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("device", sa.Column("sending_since", sa.DateTime(timezone=True), nullable=True))
