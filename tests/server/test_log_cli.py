"""`fieldapp admin audit verify` and `admin sample`, as an operator types them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, text
from typer.testing import CliRunner, Result

from fieldapp import texts
from fieldapp.cli import app
from fieldapp.domain.sampling import Judgement, week_before
from fieldapp.server import files, sealing
from fieldapp.server.administration import Office
from fieldapp.server.register import Register
from fieldapp.server.sealing import Sealer
from tests.server.people import Clock, Phone, an_add

Run = Callable[..., str]


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(tmp_path / "register")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "audit.key"


@pytest.fixture
def sealer(key_file: Path, register: Register) -> Sealer:
    return sealing.sealer(files.key_in(key_file, make=True), register)


@pytest.fixture
def run(database_url: URL, register: Register, key_file: Path) -> Iterator[Run]:
    before = texts.language()
    there = {
        "FIELDAPP_DATABASE_URL": database_url.render_as_string(),
        "FIELDAPP_REGISTER": str(register.path),
        "FIELDAPP_AUDIT_KEY_FILE": str(key_file),
        "FIELDAPP_LANGUAGE": "en",
    }

    def run(*words: str, code: int = 0, **other: str) -> str:
        done: Result = CliRunner().invoke(app, words, env=there | other)
        assert done.exit_code == code, done.output
        return done.output.strip()

    yield run
    texts.use_language(before)


class TestVerify:
    def test_a_log_that_is_whole(self, run: Run, engine: Engine, freja: Phone, sealer: Sealer, clock: Clock) -> None:
        freja.meet()
        sealing.seal(engine, sealer, clock())
        assert run("admin", "audit", "verify") == "The log is whole. Seals: 2, lines: 5."
        freja.exchange()
        assert run("admin", "audit", "verify").splitlines()[1] == "1 line is newer than the last seal."

    def test_a_log_that_is_not_says_what_and_when_and_ends_with_one(
        self, run: Run, engine: Engine, freja: Phone, sealer: Sealer, clock: Clock
    ) -> None:
        freja.meet()
        sealing.seal(engine, sealer, clock())
        with engine.begin() as tx:
            tx.execute(text("UPDATE audit SET worker = gen_random_uuid() WHERE kind = 'citizen'"))
            tx.execute(text("DELETE FROM exchanged"))
        assert run("admin", "audit", "verify", code=1).splitlines() == [
            "Changed: a line of audit in the minute sealed 2026-11-25 08:00 UTC.",
            "Taken out: a line of exchanged in the minute sealed 2026-11-25 08:00 UTC.",
        ]
        danish = run("admin", "audit", "verify", code=1, FIELDAPP_LANGUAGE="da")
        assert danish.startswith("Ændret: en linje i audit i det minut, der blev forseglet 2026-11-25 08:00 UTC.")

    def test_every_fault_has_a_sentence(
        self, run: Run, engine: Engine, freja: Phone, sealer: Sealer, clock: Clock
    ) -> None:
        for _ in range(3):
            freja.meet()
            clock.advance(minutes=1)
            sealing.seal(engine, sealer, clock())
        with engine.begin() as tx:
            tx.execute(text("DELETE FROM seal WHERE book = 'audit' AND no = 1"))
            tx.execute(text("UPDATE seal SET count = 9 WHERE book = 'exchanged' AND no = 3"))
        said = run("admin", "audit", "verify", code=1)
        assert "Taken out: a seal of audit before the one of 2026-11-25 08:02 UTC." in said
        assert "Changed: the seal of exchanged of 2026-11-25 08:03 UTC" in said
        with engine.begin() as tx:
            tx.execute(text("DELETE FROM seal WHERE no > 2"))
        assert "Cut off: the end of audit, at least up to what was sealed 2026-11-25 08:03 UTC." in run(
            "admin", "audit", "verify", code=1
        )
        sealer.newest.write_text('{"audit": "æ"}')
        assert "Changed: the file of the newest seals beside the register (audit)." in run(
            "admin", "audit", "verify", code=1
        )

    def test_without_the_right_key_nothing_is_proven(
        self, run: Run, engine: Engine, freja: Phone, sealer: Sealer, clock: Clock, key_file: Path
    ) -> None:
        freja.meet()
        sealing.seal(engine, sealer, clock())
        assert run("admin", "audit", "verify", code=1, FIELDAPP_AUDIT_KEY_FILE="").startswith("Give --audit-key-file")
        key_file.write_text("00" * 32)
        assert "or it was sealed with another key" in run("admin", "audit", "verify", code=1)
        key_file.unlink()
        assert run("admin", "audit", "verify", code=1).startswith("The key file cannot be read")


class TestSample:
    def test_who_opened_whom_last_week_without_a_name_of_a_citizen(
        self, run: Run, office: Office, team: str, freja: Phone, clock: Clock
    ) -> None:
        clock.now = datetime.now(UTC) - timedelta(days=7)
        leader = office.add_worker("Birgit Opfundet", role="leader", team=team)
        citizen = freja.meet()
        freja.send(an_add("access", citizen, {"opened_at": clock().isoformat()}, at=clock()))
        at, week = clock(), week_before(clock() + timedelta(days=7))
        clock.advance(days=7)
        [opening] = office.sample(leader, week)
        line = f"{opening.id}  {at:%Y-%m-%dT%H:%M}  Freja Opfundet  {citizen}  "
        assert run("admin", "sample", "--by", "Birgit Opfundet") == line + "-"
        office.judge(leader, week, opening.id, Judgement.FINE)
        assert run("admin", "sample", "--by", leader, "--week", str(week)) == line + "fine"
        assert run("admin", "sample", "--by", leader, "--week", "2020-W01") == ""

    @pytest.mark.parametrize(
        ("by", "week", "sentence"),
        [
            ("Freja Opfundet", "2026-W01", "Give --by a leader"),
            ("Ingen", "2026-W01", "Nobody is called Ingen."),
            ("Birgit Opfundet", "x'; --", "Give a week as 2026-W48."),
            ("Birgit Opfundet", "2199-W01", "That week is not over yet"),
            ("Birgit Opfundet", "9999-W01", "Give a week as 2026-W48."),
        ],
    )
    def test_what_cannot_be_is_a_sentence(
        self, run: Run, office: Office, freja: Phone, by: str, week: str, sentence: str
    ) -> None:
        office.add_worker("Birgit Opfundet", role="leader")
        assert run("admin", "sample", "--by", by, "--week", week, code=1).startswith(sentence)
