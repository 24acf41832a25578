"""Finished backups, what is forgotten of the erased, how far the register is followed, and disabled workers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("sync_clock", sa.Column("floor", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("sync_clock", sa.Column("backed_up_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("worker", sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "register",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name="register_one_row"),
        sa.PrimaryKeyConstraint("id", name="register_pkey"),
    )
