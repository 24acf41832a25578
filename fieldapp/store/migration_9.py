"""Step 9: the working day. What stands here never changes: it is what the app of that day made."""

from collections.abc import Callable

from sqlalchemy import Connection

COLUMNS = (
    "contact ADD COLUMN focus_areas JSON NOT NULL DEFAULT '[]'",
    "contact ADD COLUMN tools JSON NOT NULL DEFAULT '[]'",
    "contact ADD COLUMN supervision BOOLEAN",
    "contact ADD COLUMN to_case_system BOOLEAN",
    "attempt ADD COLUMN consent VARCHAR",
    'next_step ADD COLUMN "by" VARCHAR',
    "method ADD COLUMN aims JSON NOT NULL DEFAULT '[]'",
    "housing_period ADD COLUMN waits_for VARCHAR",
    "colleague ADD COLUMN role VARCHAR",
    "colleague ADD COLUMN deputy VARCHAR",
)
TABLES = {
    "support_answer": """
        said_on DATE NOT NULL, answer VARCHAR NOT NULL, own_words VARCHAR, ask_again_on DATE, leader_told
        BOOLEAN""",
    "thanks_owed": '"on" DATE NOT NULL, "to" VARCHAR, done_on DATE',
    "keep_answer": '"on" DATE NOT NULL, answer VARCHAR NOT NULL',
    "citizen_merge": '"on" DATE NOT NULL, same_as VARCHAR NOT NULL',
    "offer": '"on" DATE NOT NULL, what VARCHAR NOT NULL, went_along BOOLEAN, verdict VARCHAR, own_words VARCHAR',
    "professional": "name VARCHAR NOT NULL, job VARCHAR, sector VARCHAR, phone VARCHAR, note VARCHAR, ended_on DATE",
    "concern": "occurred_at VARCHAR NOT NULL, did JSON NOT NULL, text VARCHAR",
    "urgent_mark": '"on" DATE NOT NULL, reason VARCHAR, done_on DATE',
    "colleague_request": """
        "on" DATE NOT NULL, text VARCHAR NOT NULL, worker VARCHAR, role VARCHAR, answer VARCHAR, done_on
        DATE""",
    "handover": "noted_on DATE NOT NULL, text VARCHAR NOT NULL",
    "absence_task": """
        absence VARCHAR NOT NULL, list VARCHAR NOT NULL, item VARCHAR NOT NULL, text VARCHAR, due_on DATE,
        done_on DATE""",
    "consent": """
        given_on DATE NOT NULL, answer VARCHAR NOT NULL, "to" VARCHAR NOT NULL, about VARCHAR, purpose
        VARCHAR, how VARCHAR, until DATE""",
    "consent_withdrawal": '"on" DATE NOT NULL, consent VARCHAR NOT NULL, own_words VARCHAR',
    "inform_step": """
        informed_on DATE NOT NULL, absence VARCHAR NOT NULL, consent VARCHAR NOT NULL, "to" VARCHAR, phone
        VARCHAR""",
    "template": "way VARCHAR NOT NULL, about VARCHAR, text VARCHAR NOT NULL, replaces VARCHAR, ended_on DATE",
    "word_choice": "avoid VARCHAR NOT NULL, better VARCHAR, off BOOLEAN",
    "local_text": "which VARCHAR NOT NULL, text VARCHAR NOT NULL",
    "walk_in_hours": """
        place VARCHAR NOT NULL, weekday INTEGER NOT NULL, hours_from VARCHAR, hours_to VARCHAR, who VARCHAR,
        ended_on DATE""",
    "directory_entry": """
        helps_with VARCHAR NOT NULL, name VARCHAR NOT NULL, phone VARCHAR, note VARCHAR, ended_on DATE""",
    "worker_absence": "worker VARCHAR NOT NULL, from_on DATE NOT NULL, to_on DATE, deputy VARCHAR",
    "worker_absence_seen": "seen_at VARCHAR NOT NULL, worker_absence VARCHAR NOT NULL",
}


def take(connection: Connection, make_synced: Callable[[Connection, str, str], None]) -> None:
    for column in COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE {column}")
    for table, columns in TABLES.items():
        make_synced(connection, table, columns)
