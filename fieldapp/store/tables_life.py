"""The tables of the kinds of a citizen's life, home, ending and plan, as in tables.py, which names them all."""

from datetime import date, datetime

from fieldapp.store.columns import json_list, moment
from fieldapp.store.synced import Synced


class AssessmentNoteRow(Synced, table=True):
    __tablename__ = kind = "assessment_note"

    on: date
    about: str
    resources: str | None = None
    needs: str | None = None


class UseOfOffersRow(Synced, table=True):
    __tablename__ = kind = "use_of_offers"

    on: date
    level: str
    note: str | None = None


class OwnScaleRow(Synced, table=True):
    __tablename__ = kind = "own_scale"

    on: date
    value: int
    own_words: str | None = None


class FocusAreaRow(Synced, table=True):
    __tablename__ = kind = "focus_area"

    from_on: date
    dimension: str | None = None
    act_area: str | None = None
    item: str | None = None
    text: str | None = None
    decided_by: str | None = None
    ended_on: date | None = None


class VisitationRow(Synced, table=True):
    __tablename__ = kind = "visitation"

    on: date
    stands: str
    paragraph: str | None = None
    contact: str | None = None
    phone: str | None = None
    note: str | None = None


class CopingPlanRow(Synced, table=True):
    __tablename__ = kind = "coping_plan"

    on: date
    signs: str | None = None
    helps: str | None = None
    helps_not: str | None = None
    whom_to_call: str | None = None
    for_others: str | None = None


class ReviewRow(Synced, table=True):
    __tablename__ = kind = "review"

    on: date
    need: str | None = None
    enough: str | None = None
    own_view: str | None = None
    in_the_way: str | None = None
    would_help: str | None = None
    manages_alone: str | None = None
    method_fits: bool | None = None
    next_on: date | None = None


class PhaseLookRow(Synced, table=True):
    __tablename__ = kind = "phase_look"

    on: date
    look_again_on: date
    own_view: str | None = None


class MethodFitRow(Synced, table=True):
    __tablename__ = kind = "method_fit"

    on: date
    more_support: bool | None = None
    longer: bool | None = None
    hard_to_lower: bool | None = None
    shift_wrong: bool | None = None
    own_view: str | None = None
    talked_on: date | None = None


class HousingSituationRow(Synced, table=True):
    __tablename__ = kind = "housing_situation"

    from_on: date
    situation: str
    note: str | None = None


class HousingWishRow(Synced, table=True):
    __tablename__ = kind = "housing_wish"

    on: date
    wishes: list[str] = json_list()
    home_type: str | None = None
    reason: str | None = None
    own_words: str | None = None


class HousingWaitPlanRow(Synced, table=True):
    __tablename__ = kind = "housing_wait_plan"

    on: date
    how: str | None = None
    when_text: str | None = None
    meanwhile: str | None = None
    follow_up_on: date | None = None


class HousingTaskRow(Synced, table=True):
    __tablename__ = kind = "housing_task"

    list: str
    item: str
    text: str | None = None
    number: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    housing_period: str | None = None


class LossReflectionRow(Synced, table=True):
    __tablename__ = kind = "loss_reflection"

    on: date
    housing_period: str
    support_fit: str | None = None
    home_fit: str | None = None


class AdministrationAgreementRow(Synced, table=True):
    __tablename__ = kind = "administration_agreement"

    from_on: date
    consent: str | None = None
    what: str | None = None
    contact: str | None = None
    phone: str | None = None
    ended_on: date | None = None


class NeighbourContactRow(Synced, table=True):
    __tablename__ = kind = "neighbour_contact"

    on: date
    party: str
    about: str | None = None
    text: str | None = None
    consent: str | None = None


class MunicipalityMoveRow(Synced, table=True):
    __tablename__ = kind = "municipality_move"

    on: date
    to: str
    contact: str | None = None
    phone: str | None = None
    agreed_on: date | None = None
    note: str | None = None


class BridgingRow(Synced, table=True):
    __tablename__ = kind = "bridging"

    on: date
    to: str
    contact: str | None = None
    phone: str | None = None
    joint_meeting_on: date | None = None
    went_along: bool | None = None
    verdict: str | None = None
    own_words: str | None = None
    ended_on: date | None = None


class DimensionHandoverRow(Synced, table=True):
    __tablename__ = kind = "dimension_handover"

    dimension: str
    who: str
    phone: str | None = None
    meeting_on: date | None = None
    held: bool | None = None
    note: str | None = None


class WorkerChangeRow(Synced, table=True):
    __tablename__ = kind = "worker_change"

    on: date
    to: str | None = None
    worker: str | None = None
    reason: str | None = None
    joint_meeting_on: date | None = None
    held: bool | None = None
    not_suitable: bool | None = None
    note: str | None = None


class ReplacementSupportRow(Synced, table=True):
    __tablename__ = kind = "replacement_support"

    what: str
    who: str | None = None
    phone: str | None = None
    starts_on: date
    begun: bool | None = None


class PlanReferenceRow(Synced, table=True):
    __tablename__ = kind = "plan_reference"

    type: str
    made_on: date | None = None
    kept_at: str | None = None
    purpose: str | None = None
    effort: str | None = None
    how_long: str | None = None
    other: str | None = None
    review_on: date | None = None


class OtherPlanRow(Synced, table=True):
    __tablename__ = kind = "other_plan"

    type: str
    what: str | None = None
    contact: str | None = None
    phone: str | None = None
    review_on: date | None = None
    ended_on: date | None = None


class RelativeRow(Synced, table=True):
    __tablename__ = kind = "relative"

    name: str
    relation: str | None = None
    circle: str
    closeness: str | None = None
    phone: str | None = None
    consent: str | None = None
    note: str | None = None
    ended_on: date | None = None


class CoordinationMeetingRow(Synced, table=True):
    __tablename__ = kind = "coordination_meeting"

    on: date
    at: str | None = None
    form: str
    with_whom: str | None = None
    text: str | None = None
    consent: str | None = None
    held: bool | None = None
    next_on: date | None = None


class ExportRow(Synced, table=True):
    __tablename__ = kind = "export"

    exported_at: datetime = moment()
    what: str
    form: str


class TransferRow(Synced, table=True):
    __tablename__ = kind = "transfer"

    transferred_at: datetime = moment()
    contact: str


class FocusAreaItemRow(Synced, table=True):
    __tablename__ = kind = "focus_area_item"

    method: str
    text: str
    ended_on: date | None = None


class ParagraphItemRow(Synced, table=True):
    __tablename__ = kind = "paragraph_item"

    paragraph: str
    text: str
    replaces: str | None = None
    ended_on: date | None = None
