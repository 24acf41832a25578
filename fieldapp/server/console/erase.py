"""Insight and erasure: all there is about a citizen in a file, or gone for good. Counted first, asked once."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Literal

from starlette.responses import Response

from fieldapp.domain.erasure import Ground
from fieldapp.domain.fields import is_id
from fieldapp.errors import RecordError
from fieldapp.server.console import looking
from fieldapp.server.console.asking import Ask, Handler
from fieldapp.server.console.why import EXTRACT, WHY, Why
from fieldapp.words import P_, named

GROUNDS = {
    Ground.REQUEST: P_("erase", "The citizen has asked for it"),
    Ground.MISTAKE: P_("erase", "It should never have been written"),
    Ground.PERIOD: P_("erase", "It has been kept long enough"),
    Ground.DECISION: P_("erase", "An authority or a court has decided it"),
}
#: Never of anything that was typed.
FILE = "vedhold-indsigt.zip"


def page(ask: Ask) -> Response:
    usual = ask.request.query_params.get("citizen", "")
    with ask.reading() as session:
        cards = looking.cards(ask, session, [usual] if is_id(usual) else [])
        whys = [(str(why), named(WHY[why])) for why in EXTRACT]
        return ask.page("erase.html", grounds=_grounds(), whys=whys, usual=usual, cards=cards)


def count(ask: Ask) -> Response:
    what, id, ground = _asked(ask)
    count = ask.office.count(what, id)
    return ask.page("erase_sure.html", what=what, id=id, ground=ground, reason=named(GROUNDS[ground]), count=count)


def erase(ask: Ask) -> Response:
    what, id, ground = _asked(ask)
    if ask.text("sure") is None:
        raise RecordError("not_ticked", "sure")
    do = ask.office.erase_citizen if what == "citizen" else ask.office.erase_record
    do(id, ask.me.id, ground)
    return ask.to("/erase", "erased")


def extract(ask: Ask) -> Response:
    """Both files in one; on the server nothing of it stays. Why stands in the log before anybody has them."""
    id, why = ask.need("id"), ask.need("why")
    if why not in EXTRACT:
        raise RecordError("missing", "why")
    with tempfile.TemporaryDirectory(prefix="vedhold-") as name:
        target = Path(name) / "extract"
        ask.office.extract(id, ask.me.id, target, Why(why))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
            for file in sorted(target.iterdir()):
                into.write(file, file.name)
    headers = {"Content-Disposition": f'attachment; filename="{FILE}"'}
    return Response(packed.getvalue(), media_type="application/zip", headers=headers)


def _asked(ask: Ask) -> tuple[Literal["record", "citizen"], str, Ground]:
    what, ground = ask.text("what"), ask.need("ground")
    if ground not in set(Ground):
        raise RecordError("missing", "ground")
    return ("record" if what == "record" else "citizen"), ask.need("id"), Ground(ground)


def _grounds() -> list[tuple[str, str]]:
    return [(str(ground), named(mark)) for ground, mark in GROUNDS.items()]


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/erase", page, None),
    ("POST", "/erase/count", count, page),
    ("POST", "/erase", erase, count),
    ("POST", "/extract", extract, page),
)
