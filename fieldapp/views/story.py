"""What happened, told to the worker: the entries of the timeline and the one sentence about the thread.

An attempt is told in the first place as what was done ("Du lagde en seddel"), and its outcome second and short.
"""

from collections.abc import Sequence

from fieldapp.actions.timeline import Moment
from fieldapp.domain.values import REAL_OUTCOMES, Aspect, ClosingGround, ContactMode, Outcome, Phase, Place, Way
from fieldapp.domain.values_day import ConcernAct
from fieldapp.domain.values_life import HomeMatter, HomeParty
from fieldapp.texts import _, ngettext, pgettext
from fieldapp.words import P_, intensity, word, words

#: Told of you two ("I mødtes"), and of a colleague and the citizen ("Karim og Bent mødtes").
_TOLD: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    ContactMode.MET: (P_("story", "You met"), P_("story", "{who} and {name} met")),
    ContactMode.TALKED: (P_("story", "You talked on the phone"), P_("story", "{who} and {name} talked on the phone")),
    ContactMode.WROTE: (P_("story", "You wrote to each other"), P_("story", "{who} and {name} wrote to each other")),
    ContactMode.NOT_MET: (P_("story", "You didn't meet"), P_("story", "{who} and {name} didn't meet")),
    ContactMode.CITIZEN_CALLED: (P_("story", "{name} called you"), P_("story", "{name} called {who}")),
    ContactMode.CITIZEN_WROTE: (P_("story", "{name} wrote to you"), P_("story", "{name} wrote to {who}")),
    ContactMode.CITIZEN_CAME: (P_("story", "{name} came by"), P_("story", "{name} came by")),
    Way.TEXT: (P_("story", "You sent a greeting"), P_("story", "{who} sent a greeting")),
    Way.CALL: (P_("story", "You called"), P_("story", "{who} called")),
    Way.BELL: (P_("story", "You rang the bell"), P_("story", "{who} rang the bell")),
    Way.NOTE: (P_("story", "You left a note"), P_("story", "{who} left a note")),
    Way.KNOWN_PLACE: (P_("story", "You went by a known place"), P_("story", "{who} went by a known place")),
    Way.NETWORK: (P_("story", "You asked through the network"), P_("story", "{who} asked through the network")),
    Way.OTHER: (P_("story", "You reached out another way"), P_("story", "{who} reached out another way")),
}
#: How it went, as a sentence under the title; real contact is told as contact.
_OUTCOMES: dict[str | None, tuple[str, str]] = {
    Outcome.UNCONFIRMED: P_("story", "Not confirmed yet."),
    Outcome.NOT_SENT: P_("story", "It was not sent."),
    Outcome.TALKED: P_("story", "You talked."),
    Outcome.NO_ANSWER: P_("story", "No answer."),
    Outcome.LEFT_MESSAGE: P_("story", "A message was left."),
    Outcome.NUMBER_NOT_WORKING: P_("story", "The number doesn't work."),
    Outcome.WANTS_PEACE: P_("story", "Wants some space."),
    Outcome.OPENED_TALKED: P_("story", "The door was opened, and you talked."),
    Outcome.OPENED_NOT_TODAY: P_("story", "The door was opened. Not today."),
    Outcome.NOBODY_OPENED: P_("story", "Nobody opened."),
    Outcome.MET: P_("story", "You met."),
    Outcome.NOT_SEEN: P_("story", "Not there today."),
    Outcome.SEEN_BY_OTHERS: P_("story", "Others had seen the citizen."),
    Outcome.PASSED_ON: P_("story", "The greeting was passed on."),
}
#: The three phases of CTI, in their order.
PHASES = (Phase.TRANSITION, Phase.TRY_OUT, Phase.HANDOVER)
#: These say what the title already says.
_PLAIN = frozenset({Outcome.SENT, Outcome.LEFT, Outcome.DONE})


def title(moment: Moment, me: str, name: str) -> str:
    """One line: who did what. `me` is the worker's own name, `name` what the citizen is called."""
    if moment.kind == "progress":
        return _("A small step forward")
    if moment.kind == "own_words":
        return word(Aspect, moment.word)
    if moment.kind == "concern":
        return _("A worry")
    if moment.kind == "intensity":
        return _("Support from then on: {intensity}", intensity=intensity(int(moment.word)).lower())
    if moment.kind == "closing":
        if moment.word == ClosingGround.DEATH:
            return _("{name} has died", name=name)
        return _("The course ended: {ground}", ground=word(ClosingGround, moment.word))
    if moment.kind in ("reopening", "pause"):
        return _("The support was resumed") if moment.kind == "reopening" else _("The support was put on pause")
    if moment.kind == "phase":
        return phase(moment.word)
    if moment.kind == "review":
        return _("Review together")
    if moment.kind == "neighbour_contact":
        return _("Talk about the home: {party}", party=word(HomeParty, moment.word))
    if moment.word not in _TOLD:
        return _("Other (newer version)")
    mine, colleagues = _TOLD[moment.word]
    who = (moment.by or "").partition(" ")[0]
    told = mine if not who or moment.by == me else colleagues
    return pgettext(*told, who=who or _("A colleague"), name=name)


def phase(code: str) -> str:
    """Fase 2 af 3: Afprøvning. A phase of a newer app has no number."""
    named = word(Phase, code)
    number = PHASES.index(Phase(code)) + 1 if code in PHASES else 0
    return _("Phase {number} of 3: {name}", number=number, name=named) if number else named


def outcome(moment: Moment) -> str:
    """How an attempt went, or where a contact was; empty when the title says it all."""
    if moment.kind == "neighbour_contact":
        said = f"{words(HomeMatter, moment.content)}." if moment.content else ""
    elif moment.kind == "concern":
        said = f"{words(ConcernAct, moment.content)}." if moment.content else ""
    elif moment.kind == "attempt" and moment.outcome not in _PLAIN:
        named = _OUTCOMES.get(moment.outcome)
        said = pgettext(*named) if named else _("Other (newer version)")
    else:
        said = ""
    return " ".join(filter(None, (said, _place(moment))))


def _place(moment: Moment) -> str:
    """A code, or the words the worker typed."""
    if not moment.place:
        return ""
    return f"{word(Place, moment.place) if moment.place in set(Place) else moment.place}."


def is_contact(moment: Moment) -> bool:
    """A filled bead: we met or talked."""
    if moment.kind == "attempt":
        return moment.outcome in REAL_OUTCOMES
    return moment.kind == "contact" and moment.word != ContactMode.NOT_MET


def on_thread(moments: Sequence[Moment], most: int = 9) -> list[Moment]:
    """The latest that are beads: contacts and attempts, each once however often it was corrected. Newest first."""
    shown = [each for each in moments if (each.kind == "attempt" or is_contact(each)) and not each.corrected]
    return shown[:most]


def beads(moments: Sequence[Moment]) -> tuple[str, ...]:
    """ "m" met or talked, "a" reached out; oldest first. `moments` are newest first, as the timeline gives them."""
    return tuple("m" if is_contact(each) else "a" for each in reversed(on_thread(moments)))


def thread_sentence(thread: Sequence[str], count: int | None = None) -> str:
    """What the thread says, in one sentence; an attempt without an answer matters too. `count` of them, if known."""
    told = "".join(thread)
    waiting = len(told) - len(told.rstrip("a")) if count is None else count
    before = told.rstrip("m")
    greetings = len(before) - len(before.rstrip("a"))
    if waiting:
        return ngettext(
            "You have reached out once. It matters, also without an answer.",
            "You have reached out {count} times. It matters, also without an answer.",
            waiting,
        )
    if greetings:
        return ngettext("After one greeting you had contact.", "After {count} greetings you had contact.", greetings)
    return _("You are in contact.") if told else _("The thread begins with the first greeting.")
