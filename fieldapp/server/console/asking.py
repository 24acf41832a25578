"""A request as the pages see it: who asks, what was typed, and how to answer."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from fieldapp.errors import RecordError, ServerTrouble, VedholdError
from fieldapp.server import database, leading
from fieldapp.server.administration import Office
from fieldapp.server.console import pages
from fieldapp.server.console.oidc import Issuer
from fieldapp.server.console.rules import may
from fieldapp.server.console.sentences import Said, said
from fieldapp.server.console.sessions import form_token
from fieldapp.server.console.settings import PATH, ConsoleSettings
from fieldapp.server.console.why import WHY
from fieldapp.server.leading import Sight
from fieldapp.server.limits import Pace
from fieldapp.server.tables import Worker
from fieldapp.words import named

#: The longest name of a person or a team, as on the phones.
NAME = 120
#: Seconds until somebody tries again when the trouble names no time, as for the phones.
RETRY = 60


@dataclass(frozen=True)
class Console:
    """What all pages of one server share."""

    office: Office
    settings: ConsoleSettings
    way_in: Pace
    issuer: Issuer | None = None


@dataclass(frozen=True)
class Ask:
    """`path` is the route's, with its `{names}`; `who` is None before somebody has signed in."""

    console: Console
    request: Request
    path: str
    cookie: str
    who: Worker | None = None
    form: FormData = field(default_factory=FormData)
    error: VedholdError | None = None

    @property
    def me(self) -> Worker:
        """Only where the table of rules asks for somebody."""
        assert self.who is not None
        return self.who

    @property
    def office(self) -> Office:
        """The office with this person at the desk."""
        there = self.console.office
        return Office(there.engine, there.clock, there.settings, there.register, by=self.me.id)

    @property
    def now(self) -> datetime:
        return self.console.office.clock()

    def sight(self, session: Session) -> Sight:
        """The workers and teams that this person sees."""
        return leading.sight(session, self.me, self.now)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with database.trouble_told(), Session(self.console.office.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction; for what has no act of the office."""
        with database.trouble_told(), Session(self.console.office.engine, expire_on_commit=False) as session:
            yield session
            session.commit()

    def may(self, method: str, path: str) -> bool:
        return may(method, path, self.who.role if self.who else "nobody")  # type: ignore[arg-type]  # a CHECK says so

    # ---- what was typed

    @property
    def typed_in(self) -> str:
        """Which of a page's forms this was."""
        name = self.form.get("form")
        return name if isinstance(name, str) else ""

    def text(self, name: str, limit: int = NAME) -> str | None:
        """One line, None when nothing is written. Raises RecordError(malformed | too_long)."""
        typed = self.form.get(name)
        words = typed.strip() if isinstance(typed, str) else ""
        if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in words):
            raise RecordError("malformed", name)
        if len(words) > limit:
            raise RecordError("too_long", name)
        return words or None

    def need(self, name: str, limit: int = NAME) -> str:
        words = self.text(name, limit)
        if words is None:
            raise RecordError("missing", name)
        return words

    def file(self, name: str) -> bytes:
        """What a file holds that was chosen; it has never been on this machine's disk (rules.FILES)."""
        chosen = self.form.get(name)
        data = chosen.file.read() if isinstance(chosen, UploadFile) else b""
        if not data:
            raise RecordError("no_file", name)
        return data

    def day(self, name: str) -> date | None:
        words = self.text(name)
        try:
            found = date.fromisoformat(words) if words else None
        except ValueError:
            raise RecordError("malformed", name) from None
        if found is not None and not 2000 <= found.year < 2200:
            raise RecordError("malformed", name)
        return found

    def begin(self, name: str) -> datetime | None:
        """The beginning of a day that was chosen, on this machine's clock as `fieldapp admin` takes it."""
        chosen = self.day(name)
        return datetime(chosen.year, chosen.month, chosen.day).astimezone() if chosen else None

    def end(self, name: str) -> datetime | None:
        """The end of a day that was chosen: it is the last one."""
        begin = self.begin(name)
        return begin and begin + timedelta(days=1)

    # ---- the answer

    def page(self, template: str, status: int = 200, **data: Any) -> Response:
        """This page; with what was typed and what is wrong with it, when that is why it is shown again."""
        wrong, headers = self.said, {}
        if wrong is not None:
            status = 422
            if isinstance(self.error, ServerTrouble):
                status = 429 if self.error.why == "pace" else 503
                headers["Retry-After"] = str(self.error.retry_after or RETRY)
        return HTMLResponse(pages.render(template, self, wrong, data), status, headers)

    @property
    def said(self) -> Said | None:
        return None if self.error is None else said(self.error)

    @property
    def form_token(self) -> str:
        return form_token(self.cookie)

    def to(self, path: str, done: str | None = None) -> Response:
        """Another page of the console, which says what is done: one of `sentences.DONE`."""
        more = f"{'&' if '?' in path else '?'}done={done}" if done else ""
        return RedirectResponse(PATH + path + more, 303)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """What may be answered to *Why do you look?*"""
        return [(str(why), named(mark)) for why, mark in WHY.items()]

    def refused(self, error: VedholdError) -> "Ask":
        return replace(self, error=error)


#: What a page does with a request. It runs in a thread of its own.
Handler = Callable[[Ask], Response]
Words = Mapping[str, str]
