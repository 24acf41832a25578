"""A row for each exchange, the seals over the log, and what leaders say to the weekly sample of who opened whom."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "exchanged",
        sa.Column("no", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("device", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("worker", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("afresh", sa.Integer(), nullable=False),
        sa.Column("operations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("no", name="exchanged_pkey"),
    )
    op.create_table(
        "seal",
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch_no", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.CheckConstraint("book IN ('audit', 'exchanged')", name="seal_book"),
        sa.PrimaryKeyConstraint("book", "no", name="seal_pkey"),
    )
    op.create_table(
        "sample_mark",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("access", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("citizen", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("leader", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("judgement", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("judgement IN ('fine', 'ask', 'not_fine')", name="sample_mark_judgement"),
        sa.ForeignKeyConstraint(["leader"], ["worker.id"], name="sample_mark_leader_fkey"),
        sa.PrimaryKeyConstraint("id", name="sample_mark_pkey"),
    )
    op.create_index("sample_mark_access", "sample_mark", ["access"])
    op.create_index("sample_mark_citizen_idx", "sample_mark", ["citizen"])
    op.create_index("audit_access", "audit", ["received_at"], postgresql_where=sa.text("kind = 'access'"))
