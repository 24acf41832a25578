"""A typed table for each kind of record: its columns are the kind's fields (domain/kinds.py)."""

from datetime import date, datetime

from sqlalchemy import JSON
from sqlmodel import Field

from fieldapp.store import tables_life as tables_life
from fieldapp.store.columns import json_list, maybe_moment, moment
from fieldapp.store.synced import Synced as Synced
from fieldapp.store.tables_day import (
    AbsenceTaskRow as AbsenceTaskRow,
)
from fieldapp.store.tables_day import (
    CitizenMergeRow as CitizenMergeRow,
)
from fieldapp.store.tables_day import (
    ColleagueRequestRow as ColleagueRequestRow,
)
from fieldapp.store.tables_day import (
    ConcernRow as ConcernRow,
)
from fieldapp.store.tables_day import (
    ConsentRow as ConsentRow,
)
from fieldapp.store.tables_day import (
    ConsentWithdrawalRow as ConsentWithdrawalRow,
)
from fieldapp.store.tables_day import (
    DirectoryEntryRow as DirectoryEntryRow,
)
from fieldapp.store.tables_day import (
    HandoverRow as HandoverRow,
)
from fieldapp.store.tables_day import (
    InformStepRow as InformStepRow,
)
from fieldapp.store.tables_day import (
    KeepAnswerRow as KeepAnswerRow,
)
from fieldapp.store.tables_day import (
    LocalTextRow as LocalTextRow,
)
from fieldapp.store.tables_day import (
    OfferRow as OfferRow,
)
from fieldapp.store.tables_day import (
    ProfessionalRow as ProfessionalRow,
)
from fieldapp.store.tables_day import (
    SupportAnswerRow as SupportAnswerRow,
)
from fieldapp.store.tables_day import (
    TemplateRow as TemplateRow,
)
from fieldapp.store.tables_day import (
    ThanksOwedRow as ThanksOwedRow,
)
from fieldapp.store.tables_day import (
    UrgentMarkRow as UrgentMarkRow,
)
from fieldapp.store.tables_day import (
    WalkInHoursRow as WalkInHoursRow,
)
from fieldapp.store.tables_day import (
    WordChoiceRow as WordChoiceRow,
)
from fieldapp.store.tables_day import (
    WorkerAbsenceRow as WorkerAbsenceRow,
)
from fieldapp.store.tables_day import (
    WorkerAbsenceSeenRow as WorkerAbsenceSeenRow,
)


class CitizenRow(Synced, table=True):
    __tablename__ = kind = "citizen"

    known_as: str | None = None
    label: str | None = None
    name_asked: str | None = None
    full_name: str | None = None
    phone: str | None = None
    phone_works: bool | None = None
    cpr: str | None = None
    address: str | None = None
    protected_address: bool | None = None
    situation: str | None = None
    known_places: str | None = None
    language: str | None = None
    needs_interpreter: bool | None = None
    made_aware_by: str | None = None
    most_important: str | None = None


class ContactRow(Synced, table=True):
    __tablename__ = kind = "contact"

    occurred_at: datetime = moment()
    mode: str
    place: str | None = None
    place_text: str | None = None
    with_whom: str | None = None
    dimensions: list[str] = json_list()
    content: list[str] = json_list()
    act_dimensions: list[str] = json_list()
    focus_areas: list[str] = json_list()
    tools: list[str] = json_list()
    reflections: list[str] = json_list()
    own_words: str | None = None
    professional_view: str | None = None
    progress: str | None = None
    sensitive: bool | None = None
    supervision: bool | None = None
    to_case_system: bool | None = None
    corrects: str | None = None


class AttemptRow(Synced, table=True):
    __tablename__ = kind = "attempt"

    occurred_at: datetime = moment()
    way: str
    outcome: str
    place_text: str | None = None
    text: str | None = None
    template: str | None = None
    consent: str | None = None
    corrects: str | None = None


class GoalRow(Synced, table=True):
    __tablename__ = kind = "goal"

    dimension: str
    title: str
    professional_view: str | None = None
    decided_by: str | None = None
    outcome: str | None = None
    harm_areas: list[str] = json_list()
    harm: list[str] = json_list()
    ended_on: date | None = None


class StepRow(Synced, table=True):
    __tablename__ = kind = "step"

    goal: str
    text: str
    by: str | None = None
    due_on: date | None = None
    done_on: date | None = None


class ProgressRow(Synced, table=True):
    __tablename__ = kind = "progress"

    noted_on: date
    text: str
    dimension: str | None = None
    goal: str | None = None


class OwnWordsRow(Synced, table=True):
    __tablename__ = kind = "own_words"

    aspect: str
    text: str
    said_on: date


class StrengthRow(Synced, table=True):
    __tablename__ = kind = "strength"

    text: str
    noted_on: date
    dimension: str | None = None


class NextStepRow(Synced, table=True):
    __tablename__ = kind = "next_step"

    on: date
    at: str | None = None
    text: str | None = None
    agreed: bool | None = None
    worker: str | None = None
    by: str | None = None
    done_on: date | None = None


class RespectRow(Synced, table=True):
    __tablename__ = kind = "respect"

    wishes: list[str] = Field(sa_type=JSON)
    said_on: date
    peace_until: date | None = None
    hours_from: str | None = None
    hours_to: str | None = None
    own_words: str | None = None


class MethodRow(Synced, table=True):
    __tablename__ = kind = "method"

    method: str
    from_on: date
    aims: list[str] = json_list()


class PhaseRow(Synced, table=True):
    __tablename__ = kind = "phase"

    phase: str
    from_on: date
    with_citizen: bool | None = None
    own_view: str | None = None


class IntensityRow(Synced, table=True):
    __tablename__ = kind = "intensity"

    level: int
    from_on: date
    reason: str | None = None


class AbsenceRow(Synced, table=True):
    __tablename__ = kind = "absence"

    place: str
    place_text: str | None = None
    since_on: date
    home_on: date | None = None
    back_on: date | None = None


class HousingPeriodRow(Synced, table=True):
    __tablename__ = kind = "housing_period"

    move_in_on: date | None = None
    lost_on: date | None = None
    in_use: bool | None = None
    waits_for: str | None = None
    home_type: str | None = None
    moved_out_on: date | None = None
    note: str | None = None


class PauseRow(Synced, table=True):
    __tablename__ = kind = "pause"

    from_on: date
    reason: str
    review_on: date


class ClosingRow(Synced, table=True):
    __tablename__ = kind = "closing"

    on: date
    ground: str
    replacement_starts_on: date | None = None
    replacement: str | None = None
    begun: bool | None = None
    municipality_move: str | None = None
    support_answer: str | None = None
    last_meeting_on: date | None = None
    own_words: str | None = None
    open_door: str | None = None
    leader_told: bool | None = None


class ReopeningRow(Synced, table=True):
    __tablename__ = kind = "reopening"

    on: date
    reason: str | None = None


class AccessRow(Synced, table=True):
    __tablename__ = kind = "access"

    opened_at: datetime = moment()


class AssignmentRow(Synced, table=True):
    __tablename__ = kind = "assignment"

    worker: str | None = None
    team: str | None = None
    name: str
    role: str
    from_at: datetime = moment()
    to_at: datetime | None = maybe_moment()


class ConflictRow(Synced, table=True):
    __tablename__ = kind = "conflict"

    about_kind: str
    about: str
    field: str
    stored: str | None = None
    kept: str | None = None
    stored_by: str | None = None
    kept_by: str | None = None


class ConflictDecisionRow(Synced, table=True):
    __tablename__ = kind = "conflict_decision"

    conflict: str
    version: str


class QuarantinedRow(Synced, table=True):
    __tablename__ = kind = "quarantined"

    do: str
    about_kind: str
    about: str
    words: str | None = None
    worker: str
    name: str
    written_at: datetime = moment()
    decision: str | None = None
    decided_by: str | None = None
    reason: str | None = None


class QuarantineDecisionRow(Synced, table=True):
    __tablename__ = kind = "quarantine_decision"

    quarantined: str
    decision: str
    reason: str | None = None
    text: str | None = None


class NoticeRow(Synced, table=True):
    __tablename__ = kind = "notice"

    what: str
    citizen: str | None = None
    from_at: datetime = moment()
    to_at: datetime | None = maybe_moment()
    role: str | None = None
    worker: str | None = None
    name: str | None = None
    about: str | None = None
    about_kind: str | None = None
    written_at: datetime | None = maybe_moment()
    reason: str | None = None


class NoticeReadRow(Synced, table=True):
    __tablename__ = kind = "notice_read"

    notice: str


class ColleagueRow(Synced, table=True):
    __tablename__ = kind = "colleague"

    worker: str
    name: str
    job: str | None = None
    phone: str | None = None
    left: bool | None = None
    role: str | None = None
    deputy: str | None = None


#: Every synced table by the kind it holds.
TABLES: dict[str, type[Synced]] = {table.kind: table for table in Synced.__subclasses__()}
