"""The way in and out: by a link that serves once, or by the municipality's own sign-in; and the language."""

from datetime import timedelta

from sqlmodel import Session, col, delete, select
from starlette.responses import RedirectResponse, Response

from fieldapp.server.console import sessions
from fieldapp.server.console.asking import Ask, Handler
from fieldapp.server.console.door import LANGUAGE, cookie_name, keep
from fieldapp.server.console.rules import RULES
from fieldapp.server.console.sessions import SignInRefused, hashed
from fieldapp.server.tables import ConsoleSignIn, Worker
from fieldapp.texts import LANGUAGES

#: How long somebody may take at the municipality's sign-in.
ON_THE_WAY = timedelta(minutes=10)


def page(ask: Ask) -> Response:
    if ask.who is not None and ask.who.role != "worker" and ask.error is None:
        return ask.to("/")
    return ask.page("sign_in.html", issuer=ask.console.issuer is not None)


def link(ask: Ask) -> Response:
    """Only a button: whatever looks at a link before a person does, uses nothing up."""
    return ask.page("link.html", key=ask.request.path_params["key"])


def use_link(ask: Ask) -> Response:
    with ask.writing() as session:
        worker = sessions.use_link(session, ask.request.path_params["key"], ask.now)
        return _let_in(ask, session, worker)


def leave(ask: Ask) -> Response:
    issuer = ask.console.issuer
    if issuer is None:
        return ask.to("/sign-in")
    leaving = issuer.leave()
    with ask.writing() as session:
        session.execute(delete(ConsoleSignIn).where(col(ConsoleSignIn.expires_at) <= ask.now))
        session.add(
            ConsoleSignIn(
                hash=hashed(leaving.state),
                browser=hashed(ask.cookie),
                nonce=leaving.nonce,
                verifier=leaving.verifier,
                expires_at=ask.now + ON_THE_WAY,
            )
        )
    response = RedirectResponse(leaving.url, 303)
    keep(response, ask.console.settings, ask.cookie)
    return response


def back(ask: Ask) -> Response:
    try:
        return _back(ask)
    except SignInRefused as refused:
        return page(ask.refused(refused))


def _back(ask: Ask) -> Response:
    said, issuer = ask.request.query_params, ask.console.issuer
    with ask.writing() as session:  # the state serves once, whatever comes of it
        mine = select(ConsoleSignIn).where(ConsoleSignIn.hash == hashed(said.get("state", ""))).with_for_update()
        left = session.exec(mine).first()
        if left is not None:
            session.delete(left)
    if issuer is None or left is None or left.browser != hashed(ask.cookie):
        raise SignInRefused("answer")
    if ask.now >= left.expires_at:
        raise SignInRefused("expired")
    if "code" not in said:
        raise SignInRefused("declined")
    login = issuer.login(said["code"], left.nonce, left.verifier, ask.now)
    with ask.writing() as session:
        worker = session.exec(select(Worker).where(Worker.login == login)).first()
        if worker is None:
            raise SignInRefused("unknown")
        return _let_in(ask, session, worker)


def _let_in(ask: Ask, session: Session, worker: Worker) -> Response:
    """With a new cookie: whoever knew the one before does not come along."""
    cookie = sessions.begin(session, worker, ask.now, ask.console.office.settings)
    sessions.end(session, ask.cookie, ask.now)
    response = ask.to("/")
    keep(response, ask.console.settings, cookie)
    return response


def sign_out(ask: Ask) -> Response:
    with ask.writing() as session:
        sessions.end(session, ask.cookie, ask.now)
    response = ask.to("/sign-in", "signed_out")
    response.delete_cookie(cookie_name(ask.console.settings), path="/", secure=ask.console.settings.is_secure)
    return response


def language(ask: Ask) -> Response:
    """Back to the page it was asked on, when that is one of ours."""
    chosen, at = ask.text("language"), ask.text("at") or "/"
    response = ask.to(at if ("GET", at) in RULES and "{" not in at else "/")
    if chosen in LANGUAGES:
        response.set_cookie(
            LANGUAGE, chosen, max_age=31_536_000, path="/", secure=ask.console.settings.is_secure, samesite="lax"
        )
    return response


ROUTES: tuple[tuple[str, str, Handler, Handler | None], ...] = (
    ("GET", "/sign-in", page, None),
    ("GET", "/in/{key}", link, None),
    ("POST", "/in/{key}", use_link, page),
    ("GET", "/oidc", leave, page),
    ("GET", "/oidc/back", back, None),
    ("POST", "/sign-out", sign_out, None),
    ("POST", "/language", language, None),
)
