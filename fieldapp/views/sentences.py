"""Every error as a sentence: what happened, what is safe, what to do (microcopy 11)."""

from collections.abc import Callable
from datetime import datetime

from fieldapp import errors
from fieldapp.texts import _, ngettext
from fieldapp.views import days


def sentence(error: errors.VedholdError) -> str:
    """For every class in errors.py; a class of its own elsewhere gets its nearest ancestor's."""
    for kind in type(error).__mro__:
        if kind in _SENTENCES:
            return _SENTENCES[kind](error)
    return _unknown(error)


def minutes(seconds: int) -> int:
    """Whole minutes, never less than one."""
    return max(1, -(-seconds // 60))


def _unknown(error: errors.VedholdError) -> str:
    return _("Something went wrong. Your text is saved as a draft. Error code {code}.", code=error.kind)


def _too_many(error: errors.VedholdError) -> str:
    assert isinstance(error, errors.TooManyTries)
    if error.wait < 60:
        return ngettext(
            "Too many tries. Try again in {count} second. Your notes are safe.",
            "Too many tries. Try again in {count} seconds. Your notes are safe.",
            error.wait,
        )
    return ngettext(
        "Too many tries. Try again in {count} minute. Your notes are safe.",
        "Too many tries. Try again in {count} minutes. Your notes are safe.",
        minutes(error.wait),
    )


def _older(error: errors.VedholdError) -> str:
    assert isinstance(error, errors.VaultOlder)
    if error.last_exchange is None:
        return _("This is an older copy of the app's storage. Newer work may be missing. Get it from the server?")
    now = datetime.now().astimezone()
    date = days.bare(error.last_exchange.astimezone(now.tzinfo).date(), now.date())
    return _(
        "This is an older copy of the app's storage, from {date}. Newer work may be missing. Get it from the server?",
        date=date,
    )


def _weak(error: errors.VedholdError) -> str:
    if error.why == "differs":
        return _("The two codes differ. Try again.")
    if error.why == "digits":
        return _("Choose a code of at least 6 digits.")
    if error.why == "short":
        return _("Choose at least 12 characters, or the four words.")
    return _("Choose a code that is harder to guess.")


def _server_trouble(error: errors.VedholdError) -> str:
    assert isinstance(error, errors.ServerTrouble)
    if error.retry_after is None:
        return _("We cannot reach the server. Everything is saved here, and we try again by ourselves.")
    return ngettext(
        "We cannot reach the server. Everything is saved here, and we try again in {count} minute.",
        "We cannot reach the server. Everything is saved here, and we try again in {count} minutes.",
        minutes(error.retry_after),
    )


def _code_refused(error: errors.VedholdError) -> str:
    if error.why == "used":
        return _("The code has been used. Ask for a new one.")
    if error.why == "expired":
        return _("The code has expired. Ask for a new one.")
    if error.why == "other":
        return _("The code is for somebody else. Ask for one of your own. Everything is saved here.")
    return _("The code does not match. Check 0 and O, 1 and I.")


def _recovery(error: errors.VedholdError) -> str:
    if error.why == "nothing":
        return _("The server has no code for this phone. Your leader can help. The notes stay on the phone.")
    return _(
        "Your leader has not said yes yet. Call your leader, and try again afterwards. The notes stay on the phone."
    )


def _revoked(error: errors.VedholdError) -> str:
    if error.why == "lost":
        return _("This phone is reported lost and is locked. Call your leader.")
    if error.why != "retired":
        return _(
            "This phone has been retired and sends nothing more. Your notes are still here. "
            "Ask your leader if this is wrong."
        )
    return _(
        "This phone is being retired. What you have written is sent, and then it is erased here. "
        "Finish what still needs you. Ask your leader if this is wrong."
    )


def _lease_over(error: errors.VedholdError) -> str:
    assert isinstance(error, errors.LeaseOver)
    return ngettext(
        "Offline for {count} day, so the phone is locked. Find a network and it opens again. Nothing unsent is lost.",
        "Offline for {count} days, so the phone is locked. Find a network and it opens again. Nothing unsent is lost.",
        error.days,
    )


def _version(error: errors.VedholdError) -> str:
    if error.why == "server_old":
        return _("The server is older than the app. Keep working. It will be sent once the server is updated.")
    if error.why == "app_behind":
        return _("The app needs an update before it can get anything new. What you write is sent.")
    return _("The app needs an update before it can send. Your notes are saved here.")


def _address(error: errors.VedholdError) -> str:
    if error.why == "not_private":
        return _("The address must begin with https, so that nobody else can read along. Check it with your leader.")
    if error.why == "other_server":
        return _("This is not the server that your leader's link is for. Ask your leader for a new link.")
    return _("The address does not look right. Nothing was sent. Check it with your leader.")


def _record(error: errors.VedholdError) -> str:
    if error.why == "missing":
        return _("Something is still missing. Your text is here. Fill it in, then press Save again.")
    if error.why == "no_consent":
        return _("You have no yes to tell them. Ask first. Nothing was sent.")
    return _("It was not saved. Your text is still here. Try again.")


def _says(message: Callable[[], str]) -> Callable[[errors.VedholdError], str]:
    return lambda error: message()


_SENTENCES: dict[type, Callable[[errors.VedholdError], str]] = {
    errors.PracticeOnly: _says(
        lambda: _("Practice mode stays on this machine. Use the app itself for a real municipality.")
    ),
    errors.NoVault: _says(lambda: _("Nothing has been set up here yet. Start with the code from your leader.")),
    errors.WrongSecret: _says(lambda: _("Wrong code. Try again.")),
    errors.NotRecognised: _says(lambda: _("That did not work. Use your code.")),
    errors.TooManyTries: _too_many,
    errors.WeakSecret: _weak,
    errors.VaultDamaged: _says(
        lambda: _(
            "Part of the app's storage is damaged. What was sent is safe on the server. "
            "Keep the app open and call your leader."
        )
    ),
    errors.VaultTooNew: _says(
        lambda: _("The storage was made by a newer app. Nothing has been changed. Update the app.")
    ),
    errors.VaultTooOld: _says(
        lambda: _("The storage was made by an older app. Nothing has been changed. Talk to your leader.")
    ),
    errors.VaultOlder: _older,
    errors.VaultBusy: _says(lambda: _("The app is already open elsewhere on this machine. Close it there first.")),
    errors.DiskFull: _says(
        lambda: _(
            "The phone is full, so this was not saved. Your text is still here. "
            "Delete photos or apps, then press Save again."
        )
    ),
    errors.NotSaved: _says(lambda: _("It was not saved. Your text is still here. Try again.")),
    errors.VaultError: _says(
        lambda: _("The storage cannot be opened right now. Nothing has been deleted. Try again, or call your leader.")
    ),
    errors.RecordError: _record,
    errors.BadAddress: _address,
    errors.NoConnection: _says(lambda: _("No connection. Everything is saved on the phone.")),
    errors.ServerTrouble: _server_trouble,
    errors.LoginAgain: _says(
        lambda: _("The server does not know this phone. Everything is saved here. Ask your leader for a new code.")
    ),
    errors.DeviceRevoked: _revoked,
    errors.LeaseOver: _lease_over,
    errors.CodeRefused: _code_refused,
    errors.RecoveryRefused: _recovery,
    errors.VersionMismatch: _version,
    errors.ProtocolFault: _says(
        lambda: _("The server and the app did not understand each other. Everything is saved here. Tell your leader.")
    ),
    errors.SyncError: _says(lambda: _("It could not be sent right now. Everything is saved here. It is tried again.")),
}
