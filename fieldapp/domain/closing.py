"""On which grounds a course may end, and what another one lacks: one answer for the pages, the server and the status.

A ground is asked of the citizen's own records, as they were on the closing's day (I-4; review.md 1.2). Silence, a lost
home or a rule are no grounds, so that nothing here can be true of itself: each of these records was made by a person.
Whoever was taken up again is not ended on what was so before: a *nej tak*, a stay in prison, what took over then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from fieldapp.domain.facts import LATEST, Record, read_day
from fieldapp.domain.values import AbsencePlace, ClosingGround
from fieldapp.domain.values_day import Answer

GROUNDS = frozenset(ClosingGround)
#: The kinds a ground is read from.
BASIS = ("replacement_support", "absence", "support_answer", "municipality_move")
#: The kinds a ground is asked of: what it is read from, and whether the support was taken up again since.
TOLD = ("closing", "reopening", *BASIS)
#: The kinds that decide where the support stands.
COURSE = ("pause", *TOLD)

REVIEW_AT_MOST = timedelta(days=90)
"""A pause is looked at again within three months (I5)."""


class Lack(StrEnum):
    """What is missing; the sentences are the screen's (microcopy `close.blocked.*`)."""

    GROUND = "ground"  # none was chosen, or one nobody knows
    DAY = "day"  # on: it lies ahead
    REPLACEMENT = "replacement"  # nothing that takes over is named
    BEGUN = "begun"  # nobody has said that it has begun
    LATE = "late"  # on: it begins after the course would end
    OWN_WORDS = "own_words"  # the citizen's own judgement
    NO_THANKS = "no_thanks"  # the citizen has not said so, or said yes since
    ASK_AGAIN = "ask_again"  # on: the day to ask again has not come, and no leader has been told
    PRISON = "prison"  # nobody noted it; on: only from before the support was taken up again that day
    MOVE = "move"  # no other municipality is named
    AGREED = "agreed"  # the hand-over is not agreed
    MOVES = "moves"  # on: the citizen moves, or is handed over, after the course would end
    LEADER = "leader"


@dataclass(frozen=True)
class Blocked:
    """Why a ground is not open; `on` where a day opens it."""

    lack: Lack
    on: date | None = None


def blocked(said: Mapping[str, Any], records: Iterable[Record], today: date) -> Blocked | None:
    """What keeps a closing with these fields from being made on `today`, or None. `records`: what stands."""
    on = read_day(said["on"])
    return Blocked(Lack.DAY, on) if on > today else lacks(said, records)


def lacks(said: Mapping[str, Any], records: Iterable[Record]) -> Blocked | None:
    """What the ground of a closing lacks on the closing's own day. Only what a named person wrote is a ground."""
    on = read_day(said["on"])
    told: dict[str, list[Record]] = {kind: [] for kind in TOLD}
    for record in sorted(records, key=lambda r: (r.at, r.id)):
        if record.kind in told and record.author and not record.void:
            told[record.kind].append(record)
    course, used = _taken_up_again(told["closing"], told["reopening"], on)
    anew = course.day("on") if course else None
    match said.get("ground"):
        case ClosingGround.REPLACEMENT:
            return _replacement(said, [each for each in told["replacement_support"] if each.id not in used], on, anew)
        case ClosingGround.MANAGES_ALONE:
            return None if (said.get("own_words") or "").strip() else Blocked(Lack.OWN_WORDS)
        case ClosingGround.OWN_WISH:
            return _own_wish(said, [*told["support_answer"], *told["reopening"]], on)
        case ClosingGround.LONG_IMPRISONMENT:
            return _imprisoned(told["absence"], on, anew)
        case ClosingGround.MOVED_MUNICIPALITY:
            return _moved(said, [each for each in told["municipality_move"] if each.id not in used], on, anew)
        case ClosingGround.AUTHORITY_DECISION:
            return None if said.get("leader_told") is True else Blocked(Lack.LEADER)
        case ClosingGround.DEATH:
            return None
    return Blocked(Lack.GROUND)


def began_anew(records: Iterable[Record]) -> datetime | None:
    """The moment the support was taken up again after a course that had ended on its ground; None: there was none.

    What was agreed for the end of that one (who takes over, a bridge, a change of worker) is not of the course now.
    """
    told = [each for each in records if each.author and not each.void]
    opened = [each for each in told if each.kind == "reopening"]
    if not opened:
        return None
    ended = [each for each in told if each.kind == "closing" and lacks(each.fields, told) is None]
    course, _used = _taken_up_again(ended, opened, LATEST)
    return course.at if course else None


def pause_lacks(said: Mapping[str, Any]) -> str | None:
    """The field that keeps it from being a pause: `reason` or `review_on` (I-5)."""
    if not (said.get("reason") or "").strip():
        return "reason"
    begins, review = read_day(said["from_on"]), read_day(said["review_on"])
    return None if begins < review <= begins + REVIEW_AT_MOST else "review_on"


def _taken_up_again(
    closings: Sequence[Record], reopenings: Sequence[Record], on: date
) -> tuple[Record | None, frozenset[str]]:
    """What began the course on `on` anew after one that had ended, and what those before it ended on.

    Going on after a pause begins nothing anew: it was the same course all the time.
    """
    anew: Record | None = None
    ended, rested_on, used = False, set[str](), frozenset[str]()
    dated = ((day, each) for each in (*closings, *reopenings) if (day := each.day("on")) is not None and day <= on)
    for _day, each in sorted(dated, key=lambda one: (one[0], one[1].at)):
        if each.kind == "closing":
            ended = True
            rested_on |= {each.fields[name] for name in ("replacement", "municipality_move") if each.fields.get(name)}
        elif ended:
            anew, ended, used = each, False, frozenset(rested_on)
    return anew, used


def _replacement(said: Mapping[str, Any], named: Sequence[Record], on: date, anew: date | None) -> Blocked | None:
    """The one the closing names. A date that was typed is not enough: somebody says that it has begun (K3)."""
    found = next((each for each in named if each.id == said.get("replacement")), None)
    starts = found.day("starts_on") if found else None
    if found is None or starts is None or _before(starts, anew):
        return Blocked(Lack.REPLACEMENT)
    if starts > on:
        return Blocked(Lack.LATE, starts)
    begun = said.get("begun") is True and found.fields.get("begun") is True
    return None if begun else Blocked(Lack.BEGUN)


def _own_wish(said: Mapping[str, Any], answers: Sequence[Record], on: date) -> Blocked | None:
    """A no thanks that no yes and no reopening has followed, and that was not taken at the first word (J8)."""
    before = sorted(
        ((day, each) for each in answers if (day := each.day("said_on") or each.day("on")) is not None and day <= on),
        key=lambda one: (one[0], one[1].at),
    )
    noes: list[Record] = []
    for _day, each in before:
        if each.fields.get("answer") == Answer.NO_THANKS:
            noes.append(each)
        else:
            noes.clear()
    if not noes:
        return Blocked(Lack.NO_THANKS)
    again = min((day for each in noes if (day := each.day("ask_again_on")) is not None), default=None)
    told = said.get("leader_told") is True or any(each.fields.get("leader_told") is True for each in noes)
    return None if told or (again is not None and again <= on) else Blocked(Lack.ASK_AGAIN, again)


def _imprisoned(absences: Sequence[Record], on: date, anew: date | None) -> Blocked | None:
    there = [since for each in absences if (since := _in_prison_since(each, on)) is not None]
    if any(not _before(since, anew) for since in there):
        return None
    return Blocked(Lack.PRISON, anew if there else None)


def _in_prison_since(absence: Record, on: date) -> date | None:
    """None when they are not there on that day."""
    since, back = absence.day("since_on"), absence.day("back_on")
    there = since is not None and since <= on and (back is None or back > on)
    return since if there and absence.fields.get("place") == AbsencePlace.PRISON else None


def _moved(said: Mapping[str, Any], moves: Sequence[Record], on: date, anew: date | None) -> Blocked | None:
    """To the one the closing names, else any; handed over by then, not dropped at the border (§2.5)."""
    wanted = said.get("municipality_move")
    named = [each for each in moves if wanted in (None, each.id) and not _has_moved(each, anew)]
    if not named:
        return Blocked(Lack.MOVE)
    found = [_move_lacks(each, on) for each in named]
    return None if None in found else found[-1]


def _has_moved(move: Record, anew: date | None) -> bool:
    """Before the course began anew: they are back."""
    on = move.day("on")
    return on is not None and _before(on, anew)


def _move_lacks(move: Record, on: date) -> Blocked | None:
    agreed, moves = move.day("agreed_on"), move.day("on")
    if agreed is None or moves is None:
        return Blocked(Lack.AGREED)
    last = max(agreed, moves)
    return Blocked(Lack.MOVES, last) if last > on else None


def _before(day: date, anew: date | None) -> bool:
    return anew is not None and day < anew
