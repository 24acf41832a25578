"""The first tables, and the guard that lets no record in without a number taken in its own transaction."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

GUARD = """
CREATE FUNCTION record_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM written WHERE NOT EXISTS (
            SELECT FROM sync_clock
            WHERE taken_by = pg_current_xact_id()::text::bigint AND written.seq BETWEEN first AND sync_clock.seq
        )
    ) THEN
        RAISE EXCEPTION 'a record was written without a number of this transaction' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER record_is_numbered_on_{event} AFTER {event} ON record
REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION record_is_numbered()
"""


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("no", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("op_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("device", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("worker", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("record", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("do", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("skew", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("no", name="audit_pkey"),
        sa.UniqueConstraint("op_id", "settled", name="audit_op_id_settled_key"),
    )
    op.create_index("audit_record", "audit", ["record"])
    op.create_table(
        "identity",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("signing_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="identity_pkey"),
    )
    op.create_table(
        "quarantine",
        sa.Column("op_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("device", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("worker", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("operation", JSONB(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("op_id", name="quarantine_pkey"),
    )
    op.create_index("quarantine_scope_idx", "quarantine", ["scope"])
    op.create_table(
        "record",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("fields", JSONB(), nullable=False),
        sa.Column("base", JSONB(), nullable=False),
        sa.Column("by", JSONB(), nullable=False),
        sa.Column("devices", JSONB(), nullable=False),
        sa.Column("author", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("void", sa.Text(), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="record_pkey"),
        sa.UniqueConstraint("seq", name="record_seq_key"),
    )
    op.create_index("record_feed", "record", ["scope", "seq"])
    op.create_table(
        "sync_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("epoch_no", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.BigInteger(), nullable=False),
        sa.Column("durable", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="sync_clock_one_row"),
        sa.PrimaryKeyConstraint("id", name="sync_clock_pkey"),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="team_pkey"),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.CheckConstraint("role IN ('worker', 'leader', 'administrator')", name="worker_role"),
        sa.PrimaryKeyConstraint("id", name="worker_pkey"),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("citizen", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("worker", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("team", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(worker IS NULL) <> (team IS NULL)", name="assignment_to_one"),
        sa.ForeignKeyConstraint(["team"], ["team.id"], name="assignment_team_fkey"),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name="assignment_worker_fkey"),
        sa.PrimaryKeyConstraint("id", name="assignment_pkey"),
    )
    op.create_index("assignment_citizen_idx", "assignment", ["citizen"])
    op.create_index("assignment_team_idx", "assignment", ["team"])
    op.create_index("assignment_worker_idx", "assignment", ["worker"])
    op.create_table(
        "code",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("worker", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name="code_worker_fkey"),
        sa.PrimaryKeyConstraint("id", name="code_pkey"),
        sa.UniqueConstraint("opening", name="code_opening_key"),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("worker", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('active', 'retired', 'lost')", name="device_state"),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name="device_worker_fkey"),
        sa.PrimaryKeyConstraint("id", name="device_pkey"),
    )
    op.create_index("device_worker_idx", "device", ["worker"])
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("worker", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("team", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["team"], ["team.id"], name="membership_team_fkey"),
        sa.ForeignKeyConstraint(["worker"], ["worker.id"], name="membership_worker_fkey"),
        sa.PrimaryKeyConstraint("id", name="membership_pkey"),
    )
    op.create_index("membership_team_idx", "membership", ["team"])
    op.create_index("membership_worker_idx", "membership", ["worker"])
    op.create_table(
        "nonce",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("device", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name="nonce_device_fkey"),
        sa.PrimaryKeyConstraint("hash", name="nonce_pkey"),
    )
    op.create_index("nonce_expires_at_idx", "nonce", ["expires_at"])
    op.create_table(
        "token",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("device", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name="token_device_fkey"),
        sa.PrimaryKeyConstraint("hash", name="token_pkey"),
    )
    op.create_index("token_expires_at_idx", "token", ["expires_at"])
    op.execute(GUARD)
    for event in ("insert", "update"):
        op.execute(TRIGGER.format(event=event))
