"""Teams and workers: who there is, and what becomes of them."""

from starlette.responses import Response

from fieldapp.errors import RecordError
from fieldapp.server import staff
from fieldapp.server.console import reading
from fieldapp.server.console.asking import Ask, Handler

ROLES = ("worker", "leader", "administrator")


def page(ask: Ask) -> Response:
    with ask.reading() as session:
        return ask.page("people.html", **reading.staff(session, ask.sight(session)), roles=_roles(ask))


def worker(ask: Ask) -> Response:
    with ask.reading() as session:
        id = ask.request.path_params["id"]
        found = reading.worker(session, id, ask.sight(session))
        return ask.page("worker.html", keeps=staff.keeps(ask.me, found["worker"]), **found)


def add_team(ask: Ask) -> Response:
    """A leader who makes a team is in it: else it would be another's to lead."""
    id = ask.office.add_team(ask.need("name"))
    if ask.me.role == "leader":
        ask.office.join(ask.me.id, id)
    return ask.to("/people", "team")


def add_worker(ask: Ask) -> Response:
    role, team = ask.text("role") or "worker", ask.text("team")
    if role not in _roles(ask):
        raise RecordError("not_yours", "role")
    id = ask.office.add_worker(ask.need("name"), role, ask.text("job"), ask.text("phone", 30), team)  # type: ignore[arg-type]
    return ask.to(f"/people/{id}", "worker")


def join(ask: Ask) -> Response:
    id = ask.request.path_params["id"]
    ask.office.join(id, ask.need("team"))
    return ask.to(f"/people/{id}", "joined")


def leave(ask: Ask) -> Response:
    id = ask.request.path_params["id"]
    ask.office.leave(id, ask.need("team"))
    with ask.reading() as session:
        is_seen = id in ask.sight(session).workers
    return ask.to(f"/people/{id}" if is_seen else "/people", "left")


def disable(ask: Ask) -> Response:
    """Ticked, so that it is nobody's slip."""
    id = ask.request.path_params["id"]
    if id == ask.me.id:
        raise RecordError("yourself", "sure")
    if ask.text("sure") is None:
        raise RecordError("not_ticked", "sure")
    ask.office.disable(id)
    return ask.to(f"/people/{id}", "disabled")


def login(ask: Ask) -> Response:
    id = ask.request.path_params["id"]
    ask.office.set_login(id, ask.text("login", 200))
    return ask.to(f"/people/{id}", "login")


def describe(ask: Ask) -> Response:
    """What colleagues see of a worker; an empty field takes it off."""
    id = ask.request.path_params["id"]
    said = {
        "job": ask.text("job"),
        "phone": ask.text("phone", 30),
        "role": ask.text("role"),
        "deputy": ask.text("deputy"),
    }
    ask.office.describe(id, name=ask.need("name"), **said)
    return ask.to(f"/people/{id}", "described")


def work_by(ask: Ask) -> Response:
    id = ask.request.path_params["id"]
    ask.office.work_by(id, ask.need("method"), ask.day("course"))
    return ask.to(f"/people/{id}", "saved")


def not_by(ask: Ask) -> Response:
    id = ask.request.path_params["id"]
    ask.office.not_by(id, ask.need("method"))
    return ask.to(f"/people/{id}", "saved")


def place(ask: Ask) -> Response:
    ask.office.place(ask.request.path_params["id"], ask.text("unit"))
    return ask.to("/people", "saved")


def _roles(ask: Ask) -> tuple[str, ...]:
    """An account that opens the console is made by whoever keeps the accounts."""
    return ROLES if ask.me.role == "administrator" else ROLES[:1]


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/people", page, None),
    ("POST", "/people/team", add_team, page),
    ("POST", "/people/worker", add_worker, page),
    ("GET", "/people/{id}", worker, None),
    ("POST", "/people/{id}/join", join, worker),
    ("POST", "/people/{id}/leave", leave, worker),
    ("POST", "/people/{id}/stop", disable, worker),
    ("POST", "/people/{id}/login", login, worker),
    ("POST", "/people/{id}/describe", describe, worker),
    ("POST", "/people/{id}/method", work_by, worker),
    ("POST", "/people/{id}/no-method", not_by, worker),
    ("POST", "/teams/{id}/unit", place, page),
)
