"""Two who look alike: a leader says whether they are one person or two."""

from starlette.responses import Response

from fieldapp.errors import RecordError
from fieldapp.server import doubles
from fieldapp.server.console import looking
from fieldapp.server.console.asking import Ask, Handler

#: Pairs on the page: more are judged when these are.
AT_ONCE = 20


def page(ask: Ask) -> Response:
    with ask.reading() as session:
        alike = doubles.alike(session)
        mine = ask.sight(session).citizens(session, {id for pair in alike for id in pair})
        pairs = [pair for pair in alike if mine.issuperset(pair)]
        shown = pairs[:AT_ONCE]
        cards = looking.cards(ask, session, {id for pair in shown for id in (pair.one, pair.other)})
        return ask.page("doubles.html", pairs=shown, more=len(pairs) - len(shown), cards=cards)


def same(ask: Ask) -> Response:
    """The one that is kept is the one that was chosen."""
    one, other, kept = ask.need("one"), ask.need("other"), ask.need("kept")
    if kept not in (one, other):
        raise RecordError("unknown_citizen")
    ask.office.say_same(other if kept == one else one, kept)
    return ask.to("/doubles", "same")


def two(ask: Ask) -> Response:
    ask.office.say_two(ask.need("one"), ask.need("other"))
    return ask.to("/doubles", "two")


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/doubles", page, None),
    ("POST", "/doubles/same", same, page),
    ("POST", "/doubles/two", two, page),
)
