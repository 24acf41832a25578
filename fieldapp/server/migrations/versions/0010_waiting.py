"""How many operations were left on a phone when it last said so; and lists that were tried in the console."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("device", sa.Column("waiting", sa.BigInteger(), nullable=True))
    op.add_column("device", sa.Column("waiting_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "console_list",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("worker", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name="console_list_worker_fkey"),
        sa.PrimaryKeyConstraint("hash", name="console_list_pkey"),
    )
    op.create_index("console_list_worker_idx", "console_list", ["worker"])
