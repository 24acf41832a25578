"""`fieldapp server` and `fieldapp admin` as somebody types them: sentences, and an exit code."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import segno
from sqlalchemy import URL
from typer.testing import CliRunner, Result

from fieldapp import texts
from fieldapp.cli import _is_loopback, app
from fieldapp.domain import invitation
from fieldapp.server.administration import Office
from fieldapp.server.exchange import InProcessServer
from tests.server.people import Clock, Phone, an_add

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: URL, tmp_path: Path) -> Iterator[Run]:
    """A command in English on this test's database, with a register of its own."""
    before = texts.language()
    there = {
        "FIELDAPP_DATABASE_URL": database_url.render_as_string(),
        "FIELDAPP_REGISTER": str(tmp_path / "register"),
        "FIELDAPP_LANGUAGE": "en",
    }

    def run(*words: str, **environment: str) -> Result:
        return CliRunner().invoke(app, words, input=environment.pop("typed", None), env=there | environment)

    yield run
    texts.use_language(before)


def said(result: Result, code: int = 0) -> str:
    assert result.exit_code == code, result.output
    return result.output.strip()


def test_a_team_a_worker_and_a_code(run: Run, server: InProcessServer) -> None:
    assert said(run("admin", "team", "Opfundet team")) == "The team Opfundet team is there."
    assert said(run("admin", "worker", "Åse Opfundet", "--team", "opfundet team", "--job", "Leder")).startswith("Åse")
    code = said(run("admin", "code", "Åse Opfundet"))
    assert re.fullmatch(r"Code for Åse Opfundet: [A-Z2-9]{8}\. It works once, for 15 minutes\.", code)


def test_a_code_is_drawn_to_be_scanned_and_says_which_server_it_is_of(run: Run, freja: Phone) -> None:
    told = said(run("admin", "code", "Freja Opfundet", "--address", "https://vedhold.opfundet.dk")).splitlines()
    invited = invitation.read(told[-1])
    assert invited is not None and invited.address == "https://vedhold.opfundet.dk"
    assert invited.code in told[0] and invited.fingerprint == invitation.fingerprint(freja.enrolled.server_key)
    drawn = io.StringIO()
    segno.make(told[-1], error="m").terminal(drawn, compact=True)
    assert [line.rstrip() for line in drawn.getvalue().splitlines()][:5] == [line.rstrip() for line in told[1:6]]


def test_a_citizen_is_assigned_and_the_assignment_ends(run: Run, freja: Phone, karim: Phone, team: str) -> None:
    citizen = freja.meet()
    said(run("admin", "assign", citizen, "--worker", "Karim Opfundet", "--role", "deputy", "--from", "2020-01-01"))
    assert citizen in karim.catch_up()
    said(run("admin", "assign", citizen, "--team", "Opfundet team", "--to", "2031-12-24"))
    listed = said(run("admin", "list")).splitlines()
    assert sorted(line.split()[2] for line in listed if citizen in line) == ["deputy", "responsible", "team"]
    assert any("2031-12-2" in line for line in listed)
    said(run("admin", "end", listed[-1].split()[0]))
    assert said(run("admin", "join", "Karim Opfundet", team)).startswith("Karim Opfundet is in")


def test_a_leader_says_yes_to_a_forgotten_code_with_a_reason(run: Run, freja: Phone) -> None:
    said(run("admin", "worker", "Aksel Opfundet", "--role", "leader"))
    by = ("--by", "Aksel Opfundet")
    yes = said(run("admin", "recover", "Freja Opfundet", "--reason", "opfundet grund", *by))
    assert yes == "Freja Opfundet can choose a new code on their own phone within 24 hours."
    assert said(run("admin", "recover", "Freja Opfundet", "--reason", " ", *by), 1) == "Give a reason."
    themselves = run("admin", "recover", "Freja Opfundet", "--reason", "opfundet", "--by", "Freja Opfundet")
    assert said(themselves, 1) == "Give --by a leader who answers for it."
    assert run("admin", "recover", "Freja Opfundet", *by).exit_code == 2
    assert run("admin", "recover", "Freja Opfundet", "--reason", "opfundet").exit_code == 2


def test_a_recovery_key_that_cannot_be_read_is_a_sentence(run: Run, tmp_path: Path) -> None:
    sentence = said(run("server", "--port", "0", "--recovery-key-file", str(tmp_path / "none")), 1)
    assert sentence.startswith("The key file cannot be read")


def test_a_citizen_is_handed_over_and_somebody_stands_in(run: Run, freja: Phone, karim: Phone, clock: Clock) -> None:
    first, second = freja.meet(), freja.meet()
    said(run("admin", "hand-over", first, "--worker", "Karim Opfundet"))
    clock.now = max(clock.now, datetime.now(UTC))  # a command goes by the clock of the machine
    freja.log_in(), karim.log_in()
    assert first in karim.catch_up() and first not in freja.catch_up()
    days = ("--from", "2020-01-01", "--to", "2131-12-24")
    told = said(run("admin", "deputy", "Freja Opfundet", "Karim Opfundet", *days))
    assert told == "Karim Opfundet stands in for Freja Opfundet. Citizens: 1"
    assert second in karim.catch_up()


def test_a_deputys_last_day_is_the_whole_of_it(run: Run, freja: Phone, karim: Phone, office: Office) -> None:
    freja.meet()
    said(run("admin", "deputy", "Freja Opfundet", "Karim Opfundet", "--from", "2031-12-24", "--to", "2031-12-24"))
    [deputy] = [one for one in office.assignments() if one.role == "deputy"]
    assert deputy.to_at is not None and deputy.to_at - deputy.from_at == timedelta(days=1)
    backwards = run("admin", "deputy", "Freja Opfundet", "Karim Opfundet", "--from", "2031-12-24", "--to", "2031-12-23")
    assert said(backwards, 1).startswith("A deputy is somebody else")


def test_who_leaves_and_who_stops(run: Run, freja: Phone, karim: Phone, team: str) -> None:
    citizen = freja.meet(known_as="Ægir Opdigtet")
    assert said(run("admin", "leave", "Karim Opfundet", team)).startswith("Karim Opfundet is not in")
    assert said(run("admin", "leave", "Karim Opfundet", team), 1) == "The worker is not in that team."
    assert said(run("admin", "disable", "Freja Opfundet")) == "Freja Opfundet has stopped. Citizens without anybody: 1"
    listed = said(run("admin", "open"))
    assert listed.startswith(f"{citizen}  Freja Opfundet  20") and "Ægir" not in listed
    assert said(run("admin", "code", "Freja Opfundet"), 1) == "The worker has stopped."
    said(run("admin", "hand-over", citizen, "--worker", "Karim Opfundet"))
    assert said(run("admin", "open")) == ""


def test_another_support_person_is_asked_for_until_somebody_hands_over(run: Run, freja: Phone, karim: Phone) -> None:
    citizen = freja.meet(known_as="Ægir Opdigtet")
    asked = {"on": "2026-11-25", "to": "Opdigtet navn", "worker": karim.enrolled.worker, "reason": "wish"}
    assert freja.send_one(an_add("worker_change", citizen, asked)) == "ok"
    listed = said(run("admin", "changes"))
    assert listed == f"{citizen}  Freja Opfundet  Karim Opfundet  2026-11-25", "no name of a citizen, no words"
    said(run("admin", "hand-over", citizen, "--worker", "Karim Opfundet"))
    assert said(run("admin", "changes")) == ""


def test_work_that_came_too_late_is_decided_by_name(run: Run, freja: Phone, karim: Phone, office: Office) -> None:
    citizen = freja.meet()
    office.end_assignment(office.assign(citizen, worker=karim.enrolled.worker))
    karim.catch_up()
    met = {"occurred_at": "2026-11-25T09:00:00+01:00", "mode": "met", "own_words": "Opdigtede ord"}
    yes, no = an_add("contact", citizen, met), an_add("contact", citizen, met)
    assert [ack.result for ack in karim.send(yes, no)] == ["quarantined", "quarantined"]
    listed = said(run("admin", "quarantine", "list"))
    assert [line.split()[:3] for line in listed.splitlines()] == [[one.op, citizen, "contact"] for one in (yes, no)]
    assert "Karim Opfundet" in listed and "Opdigtede" not in listed
    by = ("--by", "Freja Opfundet")
    assert said(run("admin", "quarantine", "accept", yes.op, *by)) == "Taken along. Its writer is told."
    assert said(run("admin", "quarantine", "reject", no.op, *by, "--reason", "outdated")).startswith("Left out.")
    assert said(run("admin", "quarantine", "list")) == ""
    assert said(run("admin", "quarantine", "reject", yes.op, *by), 1) == "Somebody has decided otherwise already."
    assert said(run("admin", "quarantine", "accept", citizen, *by), 1) == "Nothing waits under this id."
    assert yes.id in freja.catch_up() and no.id not in freja.rows


def test_the_list_shows_no_citizens_name(run: Run, freja: Phone) -> None:
    citizen = freja.meet(known_as="Ægir Opdigtet")
    listed = said(run("admin", "list"))
    assert citizen in listed and "Ægir" not in listed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("code", "Ingen"), "Nobody is called Ingen."),
        (("assign", "abc", "--worker", "Freja Opfundet"), "There is no citizen with this id."),
        (("assign", "abc"), "Give either --worker or --team."),
        (("end", "abc"), "There is no assignment with this id."),
    ],
)
def test_what_cannot_be_is_a_sentence(run: Run, freja: Phone, words: tuple[str, ...], sentence: str) -> None:
    assert said(run("admin", *words), 1).startswith(sentence)


def test_two_of_one_name_are_told_apart_by_id(run: Run) -> None:
    for _ in range(2):
        said(run("admin", "worker", "Åse Opfundet"))
    assert said(run("admin", "code", "Åse Opfundet"), 1).startswith("More than one is called Åse Opfundet.")
    assert "Code for" in said(run("admin", "code", said(run("admin", "list")).split()[0]))


def test_a_database_that_does_not_answer_is_a_sentence(run: Run) -> None:
    nowhere = "postgresql://nobody@/nothing?host=/nowhere"
    assert said(run("admin", "team", "x", FIELDAPP_DATABASE_URL=nowhere), 1).startswith("The database does not answer.")


def test_the_embedded_database_serves_this_machine_only(run: Run) -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:  # so that a server that starts after all stops at once
        port = str(taken.getsockname()[1])
        for host in ("0.0.0.0", "192.0.2.1", "opfundet.example"):
            sentence = said(run("server", "--host", host, "--port", port, FIELDAPP_DATABASE_URL=""), 1)
            assert sentence.startswith("The embedded database is for this machine only.")


@pytest.mark.parametrize(
    ("host", "ours"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("::", False), ("0.0.0.0", False)]
)
def test_this_machine_is_what_only_this_machine_can_reach(host: str, ours: bool) -> None:
    assert _is_loopback(host) is ours


def test_a_port_in_use_is_a_sentence(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert said(run("server", "--port", port), 1).startswith(f"Another program uses port {port}")


def test_a_folder_of_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("opdigtet")
    sentence = said(run("admin", "team", "x", "--data", str(tmp_path), FIELDAPP_DATABASE_URL=""), 1)
    assert sentence.startswith("The folder holds something else.")


def test_everything_is_said_in_danish_unless_asked_otherwise(run: Run) -> None:
    assert said(run("admin", "team", "Opfundet", FIELDAPP_LANGUAGE="da")) == "Teamet Opfundet er oprettet."


def test_the_server_starts_its_own_database_answers_and_takes_it_down_with_it() -> None:
    with tempfile.TemporaryDirectory(prefix="vedhold-cli-") as folder:
        command = [sys.executable, "-m", "fieldapp", "--language", "en", "server", "--port", "0", "--data", folder]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
            assert server.stdout is not None
            address = re.search(r"http://\S+:\d+", server.stdout.readline())
            assert address is not None
            assert httpx.get(f"{address[0]}/health").json() == {"status": "ok"}
            assert (Path(folder) / "cluster" / "postmaster.pid").exists()
            for key in ("recovery.key", "audit.key"):
                assert (Path(folder) / key).stat().st_mode & 0o777 == 0o600
            office = [sys.executable, "-m", "fieldapp", "--language", "en", "admin"]
            subprocess.run([*office, "team", "Opfundet team", "--data", folder], env=environment, check=True)
            server.send_signal(signal.SIGTERM)
            assert server.wait(20) == 0
        verify = [*office, "audit", "verify", "--data", folder]
        proof = subprocess.run(verify, env=environment, check=True, capture_output=True, text=True).stdout
        assert proof == "The log is whole. Seals: 1, lines: 1.\n"  # sealed when it ended, and not a minute later
        assert not (Path(folder) / "cluster" / "postmaster.pid").exists()
