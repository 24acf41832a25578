"""The console: who is signed in, the ways in, what workers are called at the municipality's sign-in, who is not who."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("worker", sa.Column("login", sa.Text(), nullable=True))
    op.create_unique_constraint("worker_login_key", "worker", ["login"])
    op.create_table(
        "console_link",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("worker", ID, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name="console_link_worker_fkey"),
        sa.PrimaryKeyConstraint("hash", name="console_link_pkey"),
    )
    op.create_table(
        "console_sign_in",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="console_sign_in_pkey"),
    )
    op.create_table(
        "console_session",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("worker", ID, nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name="console_session_worker_fkey"),
        sa.PrimaryKeyConstraint("hash", name="console_session_pkey"),
    )
    op.create_index("console_session_worker_idx", "console_session", ["worker"])
    op.create_table(
        "told_apart",
        sa.Column("one", ID, nullable=False),
        sa.Column("other", ID, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["worker.id"], name="told_apart_by_fkey"),
        sa.PrimaryKeyConstraint("one", "other", name="told_apart_pkey"),
    )
