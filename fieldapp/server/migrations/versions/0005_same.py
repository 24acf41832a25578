"""Which citizens are the same person is asked in every exchange: an index of the few records that say so."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("record_merge", "record", ["scope"], postgresql_where=sa.text("kind = 'citizen_merge'"))
