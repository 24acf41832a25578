"""The week's sample of who opened whom: a leader says of each whether it was right, and sees no more than a name."""

from starlette.responses import Response

from fieldapp.domain.sampling import Judgement, Week, week_before, week_from
from fieldapp.errors import RecordError
from fieldapp.server.console import looking
from fieldapp.server.console.asking import Ask, Handler
from fieldapp.server.sample import TEXT
from fieldapp.words import P_, named

JUDGED = {
    Judgement.FINE: P_("judgement", "It was right"),
    Judgement.ASK: P_("judgement", "I ask the worker why"),
    Judgement.NOT_FINE: P_("judgement", "It was not right"),
}


def page(ask: Ask) -> Response:
    week = _week(ask.request.query_params.get("week") or str(week_before(ask.now)))
    openings = ask.office.sample(ask.me.id, week)
    with ask.reading() as session:
        cards = looking.cards(ask, session, [one.citizen for one in openings])
    said = {judgement: named(mark) for judgement, mark in JUDGED.items()}
    return ask.page(
        "sample.html",
        week=week,
        openings=openings,
        cards=cards,
        before=week_before(week.begins),
        judged=said,
        choices=[(str(judgement), words) for judgement, words in said.items()],
    )


def judge(ask: Ask) -> Response:
    judgement = ask.need("judgement")
    if judgement not in set(Judgement):
        raise RecordError("missing", "judgement")
    week, text = _week(ask.need("week")), ask.text("text", TEXT) or ""
    ask.office.judge(ask.me.id, week, ask.need("access"), Judgement(judgement), text)
    return ask.to(f"/sample?week={week}", "judged")


def _week(text: str) -> Week:
    try:
        return week_from(text)
    except ValueError:
        raise RecordError("malformed", "week") from None


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/sample", page, None),
    ("POST", "/sample", judge, page),
)
