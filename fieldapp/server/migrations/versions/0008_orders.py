"""When a phone heard that it must wipe itself and when it had; and which leader said yes to a forgotten PIN."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("device", sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("device", sa.Column("wiped_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("recovery_approval", sa.Column("by", sa.Uuid(as_uuid=False), nullable=True))
    op.create_foreign_key("recovery_approval_by_fkey", "recovery_approval", "worker", ["by"], ["id"])
