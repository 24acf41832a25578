"""The tables of the kinds of the working day, as in tables.py, which names them all."""

from datetime import date, datetime

from fieldapp.store.columns import json_list, moment
from fieldapp.store.synced import Synced


class SupportAnswerRow(Synced, table=True):
    __tablename__ = kind = "support_answer"

    said_on: date
    answer: str
    own_words: str | None = None
    ask_again_on: date | None = None
    leader_told: bool | None = None


class ThanksOwedRow(Synced, table=True):
    __tablename__ = kind = "thanks_owed"

    on: date
    to: str | None = None
    done_on: date | None = None


class KeepAnswerRow(Synced, table=True):
    __tablename__ = kind = "keep_answer"

    on: date
    answer: str


class CitizenMergeRow(Synced, table=True):
    __tablename__ = kind = "citizen_merge"

    on: date
    same_as: str


class OfferRow(Synced, table=True):
    __tablename__ = kind = "offer"

    on: date
    what: str
    went_along: bool | None = None
    verdict: str | None = None
    own_words: str | None = None


class ProfessionalRow(Synced, table=True):
    __tablename__ = kind = "professional"

    name: str
    job: str | None = None
    sector: str | None = None
    phone: str | None = None
    note: str | None = None
    ended_on: date | None = None


class ConcernRow(Synced, table=True):
    __tablename__ = kind = "concern"

    occurred_at: datetime = moment()
    did: list[str] = json_list()
    text: str | None = None


class UrgentMarkRow(Synced, table=True):
    __tablename__ = kind = "urgent_mark"

    on: date
    reason: str | None = None
    done_on: date | None = None


class ColleagueRequestRow(Synced, table=True):
    __tablename__ = kind = "colleague_request"

    on: date
    text: str
    worker: str | None = None
    role: str | None = None
    answer: str | None = None
    done_on: date | None = None


class HandoverRow(Synced, table=True):
    __tablename__ = kind = "handover"

    noted_on: date
    text: str


class AbsenceTaskRow(Synced, table=True):
    __tablename__ = kind = "absence_task"

    absence: str
    list: str
    item: str
    text: str | None = None
    due_on: date | None = None
    done_on: date | None = None


class ConsentRow(Synced, table=True):
    __tablename__ = kind = "consent"

    given_on: date
    answer: str
    to: str
    about: str | None = None
    purpose: str | None = None
    how: str | None = None
    until: date | None = None


class ConsentWithdrawalRow(Synced, table=True):
    __tablename__ = kind = "consent_withdrawal"

    on: date
    consent: str
    own_words: str | None = None


class InformStepRow(Synced, table=True):
    __tablename__ = kind = "inform_step"

    informed_on: date
    absence: str
    consent: str
    to: str | None = None
    phone: str | None = None


class TemplateRow(Synced, table=True):
    __tablename__ = kind = "template"

    way: str
    about: str | None = None
    text: str
    replaces: str | None = None
    ended_on: date | None = None


class WordChoiceRow(Synced, table=True):
    __tablename__ = kind = "word_choice"

    avoid: str
    better: str | None = None
    off: bool | None = None


class LocalTextRow(Synced, table=True):
    __tablename__ = kind = "local_text"

    which: str
    text: str


class WalkInHoursRow(Synced, table=True):
    __tablename__ = kind = "walk_in_hours"

    place: str
    weekday: int
    hours_from: str | None = None
    hours_to: str | None = None
    who: str | None = None
    ended_on: date | None = None


class DirectoryEntryRow(Synced, table=True):
    __tablename__ = kind = "directory_entry"

    helps_with: str
    name: str
    phone: str | None = None
    note: str | None = None
    ended_on: date | None = None


class WorkerAbsenceRow(Synced, table=True):
    __tablename__ = kind = "worker_absence"

    worker: str
    from_on: date
    to_on: date | None = None
    deputy: str | None = None


class WorkerAbsenceSeenRow(Synced, table=True):
    __tablename__ = kind = "worker_absence_seen"

    seen_at: datetime = moment()
    worker_absence: str
