"""A municipality's server on this machine, for practice, trial and smoke: embedded database, HTTP on loopback."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn
from sqlmodel import Session, select
from uuid6 import uuid7

from fieldapp.domain import access
from fieldapp.domain.facts import Record
from fieldapp.domain.values import AssignmentRole
from fieldapp.errors import ProtocolFault
from fieldapp.practice.cast import TEAMS, WORKERS
from fieldapp.practice.history import History, history
from fieldapp.server import files, opening, recovery
from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.console.settings import ConsoleSettings
from fieldapp.server.exchange import InProcessServer
from fieldapp.server.register import Register
from fieldapp.server.tables import Record as ServerRecord
from fieldapp.sync import session
from fieldapp.wire import MAX_OPERATIONS, Ack, ExchangeRequest, Operation

#: The day of everybody's course in their method, in practice mode.
A_COURSE_AGO = timedelta(days=400)


class Trial:
    """Use with `with`. `office` is what a leader does; `address` is what a phone types."""

    def __init__(self, folder: Path, *, port: int = 0, durable: bool = True) -> None:
        self._folder = folder
        self._port = port
        self._durable = durable
        self._stack = ExitStack()

    def __enter__(self) -> "Trial":
        with ExitStack() as stack:
            engine = stack.enter_context(opening.connected(self._folder, durable=self._durable))
            register = Register(self._folder / opening.REGISTER_FILE)
            stack.enter_context(opening.ready(engine, register))
            self.office = Office(engine, register=register)
            key = files.key_in(self._folder / recovery.KEY_FILE, make=True)
            self.server = InProcessServer(engine, register=register, recovery_key=key)
            self._listen(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _listen(self, stack: ExitStack) -> None:
        config = uvicorn.Config(
            lambda: create_app(self.server, ConsoleSettings(self.address)),
            factory=True,  # it must know its address, which comes with the port
            host="127.0.0.1",
            port=self._port,
            log_level="warning",
            access_log=False,
        )
        socket = config.bind_socket()
        stack.callback(socket.close)
        self.address = f"http://127.0.0.1:{socket.getsockname()[1]}"
        web = uvicorn.Server(config)
        web.config.load()
        thread = threading.Thread(target=web.run, kwargs={"sockets": [socket]}, daemon=True)
        thread.start()
        while not web.started:
            if not thread.is_alive():
                raise RuntimeError("the server did not start")
            time.sleep(0.01)

        def stop() -> None:
            web.should_exit = True
            thread.join(10)

        stack.callback(stop)

    def console_link(self) -> str:
        """A way into the console for the first leader there is, once."""
        leader = next(worker.id for worker in self.office.workers() if worker.role == "leader")
        return f"{ConsoleSettings(self.address).url}/in/{self.office.login_link(leader)}"

    def send(self, worker: str, operations: Iterable[Operation]) -> list[Ack]:
        """Send operations as a device of this worker would, through the exchange; all must be taken.

        The device is made for this and used once.
        """
        key, enrolled = session.enrol(self.server, self.office.make_code(worker), "practice")
        login = session.Login(self.server, enrolled, key, self.server.clock)
        acks: list[Ack] = []
        rest = whole = list(operations)
        while rest:
            batch, rest = rest[:MAX_OPERATIONS], rest[MAX_OPERATIONS:]
            request = ExchangeRequest(rid=str(uuid7()), epoch=enrolled.epoch, now=self.server.clock(), operations=batch)
            acks += login.call(lambda token, asked=request: self.server.exchange(token, asked)).acks  # type: ignore[misc]
        if len(acks) != len(whole) or any(ack.result not in ("ok", "conflict") for ack in acks):
            raise ProtocolFault("practice")
        return acks

    def citizen(self, known_as: str, worker: str, at: datetime) -> str:
        """A citizen born on this worker's device."""
        id = str(uuid7())
        self.send(worker, [added("citizen", id, access.citizen_scope(id), {"known_as": known_as}, at)])
        return id

    def number_of(self, record: str) -> int:
        """The number under which the server last wrote this record."""
        with Session(self.office.engine) as session:
            return session.get_one(ServerRecord, record).seq

    def share_all(self, owner: str, colleague: str, at: datetime) -> None:
        """Make a colleague the deputy for everybody this worker is responsible for."""
        for assignment in self.office.assignments():
            if assignment.worker == owner:
                self.office.assign(assignment.citizen, worker=colleague, role=AssignmentRole.DEPUTY, from_at=at)


def added(kind: str, id: str, scope: str, fields: Mapping[str, Any], at: datetime) -> Operation:
    """An `add` as a device would send it. `at` is an aware local moment."""
    offset = at.utcoffset()
    minutes = 0 if offset is None else int(offset.total_seconds()) // 60
    return Operation(
        op=str(uuid7()), do="add", kind=kind, id=id, scope=scope, fields=dict(fields), at=at, offset=minutes
    )


def fill_with_practice(trial: Trial, now: datetime) -> dict[str, str]:
    """The invented municipality with its two years, sent as its workers' phones would; the workers' ids by key."""
    office = trial.office
    teams = {team.key: office.add_team(team.name) for team in TEAMS}
    workers = {
        worker.key: office.add_worker(worker.name, worker.role, worker.job, worker.phone, teams[worker.team])
        for worker in WORKERS
    }
    for each in WORKERS:
        deputy = each.deputy and workers[each.deputy]
        office.describe(workers[each.key], role=each.team_role, deputy=deputy)
        if each.method:
            office.work_by(workers[each.key], each.method, now.date() - A_COURSE_AGO)
    town = history(now.date(), workers=workers, teams=teams)
    _send_by_author(trial, town, lambda one, record: record.author == workers[one.citizen.responsible])
    for one in town:
        _entrust(office, one, now)
    lent = [office.assign(one.id, author, role=AssignmentRole.DEPUTY) for one in town for author in _guests(one)]
    _send_by_author(trial, town, lambda one, record: record.author != workers[one.citizen.responsible])
    for assignment in lent:
        office.end_assignment(assignment)
    for one in town:
        for conflict in one.conflicts:
            _write_the_same(trial, one, conflict, now)
    for worker in workers.values():
        _all_seen(trial, worker, now)
    return workers


def _send_by_author(trial: Trial, town: Iterable[History], wanted: Callable[[History, Record], bool]) -> None:
    """A birth stands first among its citizen's records: it has the earliest moment."""
    by_author: dict[str, list[Operation]] = {}
    for one in town:
        scope = access.citizen_scope(one.id)
        for record in one.records:
            if wanted(one, record) and record.author is not None:
                operation = added(record.kind, record.id, scope, record.fields, record.at)
                by_author.setdefault(record.author, []).append(operation)
    for author, operations in by_author.items():
        trial.send(author, operations)


def _entrust(office: Office, one: History, now: datetime) -> None:
    for assignment in one.assignments:
        role = AssignmentRole(assignment.fields["role"])
        if role is not AssignmentRole.RESPONSIBLE:  # that one came with the birth
            who = {key: assignment.fields.get(key) for key in ("worker", "team")}
            office.assign(one.id, role=role, from_at=now, **who)


def _guests(one: History) -> set[str]:
    """Colleagues who wrote about this citizen without being entrusted with them for good."""
    entrusted = {assignment.fields.get("worker") for assignment in one.assignments}
    return {record.author for record in one.records if record.author and record.author not in entrusted}


def _all_seen(trial: Trial, worker: str, now: datetime) -> None:
    """Who has whom is no news: the practice begins on an ordinary morning."""
    scope = access.worker_scope(worker)
    with Session(trial.office.engine) as session:
        told = session.exec(select(ServerRecord.id).where(ServerRecord.scope == scope, ServerRecord.kind == "notice"))
        read = [added("notice_read", str(uuid7()), scope, {"notice": id}, now) for id in told]
    if read:
        trial.send(worker, read)


def _write_the_same(trial: Trial, one: History, conflict: Record, now: datetime) -> None:
    """Two workers write about the same thing, neither having seen the other's words."""
    told = conflict.fields
    seen = trial.number_of(told["about"])
    for author, words in ((told["kept_by"], told["kept"]), (told["stored_by"], told["stored"])):
        add = added(told["about_kind"], told["about"], access.citizen_scope(one.id), {}, now)
        change = {"do": "change", "fields": {told["field"]: json.loads(words)}, "base": {told["field"]: seen}}
        trial.send(author, [add.model_copy(update=change)])
