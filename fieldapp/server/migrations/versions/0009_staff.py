"""Who is what in a team, who stands in for whom, the methods they work by, and a team's unit."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("worker", sa.Column("team_role", sa.Text(), nullable=True))
    op.add_column("worker", sa.Column("deputy", sa.Uuid(as_uuid=False), nullable=True))
    op.create_foreign_key("worker_deputy_fkey", "worker", "worker", ["deputy"], ["id"])
    op.add_column("team", sa.Column("unit", sa.Text(), nullable=True))
    op.create_table(
        "worker_method",
        sa.Column("worker", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("course_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name="worker_method_worker_fkey"),
        sa.PrimaryKeyConstraint("worker", "method", name="worker_method_pkey"),
    )
