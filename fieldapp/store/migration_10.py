"""Step 10: the citizen's life. What stands here never changes: it is what the app of that day made."""

from collections.abc import Callable

from sqlalchemy import Connection

COLUMNS = (
    "contact ADD COLUMN reflections JSON NOT NULL DEFAULT '[]'",
    "goal ADD COLUMN harm_areas JSON NOT NULL DEFAULT '[]'",
    "goal ADD COLUMN harm JSON NOT NULL DEFAULT '[]'",
    "phase ADD COLUMN with_citizen BOOLEAN",
    "phase ADD COLUMN own_view VARCHAR",
    "housing_period ADD COLUMN home_type VARCHAR",
    "housing_period ADD COLUMN moved_out_on DATE",
    "housing_period ADD COLUMN note VARCHAR",
    "closing ADD COLUMN replacement VARCHAR",
    "closing ADD COLUMN begun BOOLEAN",
    "closing ADD COLUMN municipality_move VARCHAR",
    "closing ADD COLUMN support_answer VARCHAR",
    "closing ADD COLUMN last_meeting_on DATE",
    "closing ADD COLUMN own_words VARCHAR",
    "closing ADD COLUMN open_door VARCHAR",
    "closing ADD COLUMN leader_told BOOLEAN",
)
TABLES = {
    "assessment_note": '"on" DATE NOT NULL, about VARCHAR NOT NULL, resources VARCHAR, needs VARCHAR',
    "use_of_offers": '"on" DATE NOT NULL, level VARCHAR NOT NULL, note VARCHAR',
    "own_scale": '"on" DATE NOT NULL, value INTEGER NOT NULL, own_words VARCHAR',
    "focus_area": """
        from_on DATE NOT NULL, dimension VARCHAR, act_area VARCHAR, item VARCHAR, text VARCHAR, decided_by
        VARCHAR, ended_on DATE""",
    "visitation": """
        "on" DATE NOT NULL, stands VARCHAR NOT NULL, paragraph VARCHAR, contact VARCHAR, phone VARCHAR,
        note VARCHAR""",
    "coping_plan": """
        "on" DATE NOT NULL, signs VARCHAR, helps VARCHAR, helps_not VARCHAR, whom_to_call VARCHAR,
        for_others VARCHAR""",
    "review": """
        "on" DATE NOT NULL, need VARCHAR, enough VARCHAR, own_view VARCHAR, in_the_way VARCHAR, would_help
        VARCHAR, manages_alone VARCHAR, method_fits BOOLEAN, next_on DATE""",
    "phase_look": '"on" DATE NOT NULL, look_again_on DATE NOT NULL, own_view VARCHAR',
    "method_fit": """
        "on" DATE NOT NULL, more_support BOOLEAN, longer BOOLEAN, hard_to_lower BOOLEAN, shift_wrong
        BOOLEAN, own_view VARCHAR, talked_on DATE""",
    "housing_situation": "from_on DATE NOT NULL, situation VARCHAR NOT NULL, note VARCHAR",
    "housing_wish": """
        "on" DATE NOT NULL, wishes JSON NOT NULL, home_type VARCHAR, reason VARCHAR, own_words VARCHAR""",
    "housing_wait_plan": """
        "on" DATE NOT NULL, how VARCHAR, when_text VARCHAR, meanwhile VARCHAR, follow_up_on DATE""",
    "housing_task": """
        "list" VARCHAR NOT NULL, item VARCHAR NOT NULL, text VARCHAR, number VARCHAR, due_on DATE, done_on
        DATE, housing_period VARCHAR""",
    "loss_reflection": """
        "on" DATE NOT NULL, housing_period VARCHAR NOT NULL, support_fit VARCHAR, home_fit VARCHAR""",
    "administration_agreement": """
        from_on DATE NOT NULL, consent VARCHAR, what VARCHAR, contact VARCHAR, phone VARCHAR, ended_on
        DATE""",
    "neighbour_contact": """
        "on" DATE NOT NULL, party VARCHAR NOT NULL, about VARCHAR, text VARCHAR, consent VARCHAR""",
    "municipality_move": """
        "on" DATE NOT NULL, "to" VARCHAR NOT NULL, contact VARCHAR, phone VARCHAR, agreed_on DATE, note
        VARCHAR""",
    "bridging": """
        "on" DATE NOT NULL, "to" VARCHAR NOT NULL, contact VARCHAR, phone VARCHAR, joint_meeting_on DATE,
        went_along BOOLEAN, verdict VARCHAR, own_words VARCHAR, ended_on DATE""",
    "dimension_handover": """
        dimension VARCHAR NOT NULL, who VARCHAR NOT NULL, phone VARCHAR, meeting_on DATE, held BOOLEAN,
        note VARCHAR""",
    "worker_change": """
        "on" DATE NOT NULL, "to" VARCHAR, worker VARCHAR, reason VARCHAR, joint_meeting_on DATE, held
        BOOLEAN, not_suitable BOOLEAN, note VARCHAR""",
    "replacement_support": """
        what VARCHAR NOT NULL, who VARCHAR, phone VARCHAR, starts_on DATE NOT NULL, begun BOOLEAN""",
    "plan_reference": """
        type VARCHAR NOT NULL, made_on DATE, kept_at VARCHAR, purpose VARCHAR, effort VARCHAR, how_long
        VARCHAR, other VARCHAR, review_on DATE""",
    "other_plan": """
        type VARCHAR NOT NULL, what VARCHAR, contact VARCHAR, phone VARCHAR, review_on DATE, ended_on DATE""",
    "relative": """
        name VARCHAR NOT NULL, relation VARCHAR, circle VARCHAR NOT NULL, closeness VARCHAR, phone
        VARCHAR, consent VARCHAR, note VARCHAR, ended_on DATE""",
    "coordination_meeting": """
        "on" DATE NOT NULL, "at" VARCHAR, form VARCHAR NOT NULL, with_whom VARCHAR, text VARCHAR, consent
        VARCHAR, held BOOLEAN, next_on DATE""",
    "export": "exported_at VARCHAR NOT NULL, what VARCHAR NOT NULL, form VARCHAR NOT NULL",
    "transfer": "transferred_at VARCHAR NOT NULL, contact VARCHAR NOT NULL",
    "focus_area_item": "method VARCHAR NOT NULL, text VARCHAR NOT NULL, ended_on DATE",
    "paragraph_item": "paragraph VARCHAR NOT NULL, text VARCHAR NOT NULL, replaces VARCHAR, ended_on DATE",
}


def take(connection: Connection, make_synced: Callable[[Connection, str, str], None]) -> None:
    for column in COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE {column}")
    for table, columns in TABLES.items():
        make_synced(connection, table, columns)
