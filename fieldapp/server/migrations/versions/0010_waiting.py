"""How many operations were left on a phone when it last said so."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("device", sa.Column("waiting", sa.BigInteger(), nullable=True))
    op.add_column("device", sa.Column("waiting_at", sa.DateTime(timezone=True), nullable=True))
