"""What the console says when something was done, and when it could not be: sentences, and the field they are about."""

from typing import NamedTuple

from fieldapp.errors import RecordError, ServerTrouble, VedholdError
from fieldapp.texts import P_, _, pgettext


class Said(NamedTuple):
    """`field` is the one that the sentence is about, None: the whole of it."""

    sentence: str
    field: str | None = None


#: Why a rule refuses: the sentence, and the field when the rule names none.
_REFUSED: dict[str, tuple[tuple[str, str], str | None]] = {
    "missing": (P_("console", "Write something here."), None),
    "malformed": (
        P_("console", "This cannot be read. Write it on one line, and choose a day from the calendar."),
        None,
    ),
    "too_long": (P_("console", "This is too long."), None),
    "taken": (P_("console", "Somebody else has this name at the sign-in."), None),
    "no_file": (P_("console", "Choose a file that holds a list."), None),
    "list_gone": (P_("console", "The list is not kept any more. Choose the file again."), None),
    "deputy_is_self": (P_("console", "A deputy is somebody else."), "deputy"),
    "deputy_team": (P_("console", "A deputy is somebody in the same team."), "deputy"),
    "unknown_worker": (P_("console", "Choose a worker."), "worker"),
    "disabled_worker": (P_("console", "This worker has stopped. Choose another."), "worker"),
    "unknown_team": (P_("console", "Choose a team."), "team"),
    "not_a_member": (P_("console", "The worker is not in that team."), "team"),
    "not_ticked": (P_("console", "Tick the box first."), "sure"),
    "yourself": (P_("console", "That is you. Somebody else does it."), "sure"),
    "not_yours": (P_("console", "Only an administrator makes leaders and administrators."), "role"),
    "not_kept_by_you": (
        P_("console", "Only an administrator does that to an administrator or another leader."),
        None,
    ),
    "unknown_device": (P_("console", "There is no such phone."), None),
    "unknown_citizen": (P_("console", "There is no citizen with this number."), "id"),
    "unknown_record": (P_("console", "There is no entry with this number."), "id"),
    "unknown_assignment": (P_("console", "There is no such responsibility."), None),
    "unknown_quarantined": (P_("console", "Nothing waits here any more: somebody has decided."), None),
    "decided": (P_("console", "Somebody has decided otherwise already."), None),
    "deputy": (P_("console", "A deputy is somebody else, and the last day does not lie before the first."), "deputy"),
    "week_not_over": (P_("console", "That week is not over yet."), None),
    "a_citizen": (P_("console", "This is a citizen. Choose to erase all there is about the citizen."), "id"),
    "not_alone": (P_("console", "This is not erased alone: it goes with its citizen."), "id"),
    "not_a_leader": (P_("console", "Only a leader does that, and not for themselves."), None),
    "not_of_the_office": (P_("console", "Only a leader or an administrator can do that."), None),
}


def said(error: VedholdError) -> Said:
    match error:
        case RecordError(why=why, field=field) if why in _REFUSED:
            mark, usual = _REFUSED[why]
            return Said(pgettext(*mark), field or usual)
        case ServerTrouble(why="register"):
            return Said(_("The register could not be written. Is its disk full, or gone? Nothing was changed."))
        case ServerTrouble():
            return Said(_("The server cannot do it right now. Nothing was changed. Try again in a moment."))
    match error.kind, error.why:
        case "sign_in_refused", "link":
            return Said(_("This link has been used or is too old. Ask for a new one: fieldapp admin login-link"))
        case "sign_in_refused", "unknown":
            return Said(_("Nobody here has that name at the sign-in. Ask an administrator to write it with you."))
        case "sign_in_refused", "worker":
            return Said(_("The console is for leaders and administrators. Your work is in the app on the phone."))
        case "sign_in_refused", "expired":
            return Said(_("That took too long. Sign in once more."))
        case "sign_in_refused", "declined":
            return Said(_("The municipality's sign-in did not let you in. Try again, or ask those who run it."))
        case "sign_in_refused", "silent":
            return Said(_("The municipality's sign-in does not answer. Try again in a moment."))
        case "sign_in_refused", _why:
            return Said(_("The municipality's sign-in gave an answer that we cannot trust. Nobody was signed in."))
    return Said(_("That did not work ({error}). Nothing was changed.", error=str(error)))


#: What a page says at its top, by the word in its address.
DONE = {
    "signed_out": P_("console", "You are signed out."),
    "team": P_("console", "The team is there."),
    "worker": P_("console", "The worker is there. What is missing is a code for the phone."),
    "joined": P_("console", "The worker is in the team now."),
    "left": P_("console", "The worker has left the team. The phone hears of it at its next contact with the server."),
    "disabled": P_(
        "console",
        "The worker has stopped. Their phones send what they have and erase themselves. Their citizens need somebody.",
    ),
    "login": P_("console", "It is written down."),
    "described": P_("console", "Saved. The team's phones get it at their next contact with the server."),
    "saved": P_("console", "It is written down."),
    "list": P_("console", "The list is taken. Delete the file: it is not encrypted."),
    "retired": P_("console", "The phone is out of use. It sends what it has, and then it erases itself."),
    "lost": P_("console", "The phone is reported lost. It erases itself the next time it has a network."),
    "recovery": P_("console", "Said yes. The worker can choose a new code on their own phone."),
    "handed_over": P_("console", "Handed over. Both phones hear of it at their next contact with the server."),
    "assigned": P_("console", "Entrusted. The phone hears of it at its next contact with the server."),
    "ended": P_("console", "The responsibility has ended."),
    "deputized": P_("console", "The deputy has the citizens in that time."),
    "accepted": P_("console", "Taken along. Its writer is told."),
    "rejected": P_("console", "Left out. Its writer is told the reason."),
    "same": P_("console", "They are one now. It can be undone in the app."),
    "two": P_("console", "They are two. It is not asked again."),
    "judged": P_("console", "It is written down."),
    "erased": P_("console", "Erased here, and on the phones at their next contact. Older backups still hold it."),
}


def done(word: str | None) -> str | None:
    """Nothing for a word that is not ours: an address can say anything."""
    mark = DONE.get(word or "")
    return pgettext(*mark) if mark else None
