"""Codes that open a vault whose PIN was forgotten, and the leaders' yes to give one out."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "recovery",
        sa.Column("device", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("deposited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name="recovery_device_fkey"),
        sa.PrimaryKeyConstraint("device", name="recovery_pkey"),
    )
    op.create_table(
        "recovery_approval",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("worker", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("ask", sa.Uuid(as_uuid=False), nullable=True),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name="recovery_approval_device_fkey"),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name="recovery_approval_worker_fkey"),
        sa.PrimaryKeyConstraint("id", name="recovery_approval_pkey"),
    )
    op.create_index("recovery_approval_worker_idx", "recovery_approval", ["worker"])
