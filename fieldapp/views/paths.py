"""Routes: ids only, never a name. A page inside is a child of the list it was opened from, so that back leads there."""

TODAY, CITIZENS, MORE = "/", "/citizens", "/more"
NEW, WHO, SYNC, SETTINGS, DECIDE, AWAY, DONE = "new", "who", "sync", "settings", "decide", "away", "done"
OFF, BREAK = "off", "break"
TRACE, HOURS, HELPERS, CHILD = "trace", "hours", "directory", "child"
APPROACH, TELL = "approach", "tell"
TEXTS = "texts"
WORDS = "words"
METHODS, FOCUS, LAW = "methods", "focus", "law"
EXPORT = "export"
SECRET = f"{SETTINGS}/code"
SAY_AWAY = f"{AWAY}/new"
CODE = f"{SYNC}/code"

#: Words in a route that lead to a page but are none.
_NOT_PAGES = {
    "citizen",
    "dimension",
    "goals",
    "say",
    "correct",
    "conflict",
    "refused",
    "consent",
    "local",
    "plan",
    "other",
    "meeting",
    "task",
    "period",
    "loss",
}


def home(route: str) -> str:
    """Which of the three lists a route lies under."""
    first = next(iter(_pieces(route)), "")
    return {"citizens": CITIZENS, "more": MORE}.get(first, TODAY)


def citizen(of: str, then: str = "", *, under: str = TODAY) -> str:
    """A citizen's page, or a page inside it (`then`: note, reach, goals/new), under the list that `under` lies in."""
    root = "/citizens" if home(under) == CITIZENS else "/citizen"
    return "/".join(piece for piece in (root, of, then) if piece)


def decide(kept: str) -> str:
    """One piece of work that waits, under the list of them."""
    return f"{DECIDE}/{kept}"


def inside(page: str, *, under: str = TODAY) -> str:
    """A page that belongs to no citizen: new, sync, settings."""
    root = home(under)
    return f"{root}{page}" if root == "/" else f"{root}/{page}"


def parent(route: str) -> str:
    """Where back leads: up to the nearest page."""
    pieces = _pieces(route)[:-1]
    while pieces and pieces[-1] in _NOT_PAGES:
        pieces.pop()
    return "/" + "/".join(pieces)


def _pieces(route: str) -> list[str]:
    return [piece for piece in route.partition("?")[0].split("/") if piece]
