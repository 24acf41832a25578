"""The municipality's own list: all of it or nothing, the same again changes nothing, and the phones get who came."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from fieldapp.actions import away, citizens
from fieldapp.domain.erasure import Ground
from fieldapp.errors import RecordError
from fieldapp.server import lists
from fieldapp.server.administration import Office
from fieldapp.server.console.why import Why
from fieldapp.server.importing import CITIZENS, Report
from fieldapp.server.importing_workers import WORKERS
from fieldapp.server.lists import What
from fieldapp.server.tables import Assignment, Audit, Record, Worker
from fieldapp.texts import use_language
from tests.server.people import Phone
from tests.server.test_staff import desk
from tests.sync.parts import World

HEAD = "nummer;kaldenavn;telefon;cpr;situation;tolk;medarbejder;team;metode;metode fra\n"
ONE = "B-1;Åse;00 00 12 34;010203-0000;På gaden;ja;Freja Opfundet;;cti;01-10-2026\n"
TWO = "B-2;Ægir Ødegård;;;own_home;nej;;Opfundet team;;\n"
STAFF = "nummer;navn;stilling;adgang;team;rolle;stedfortræder;metode;kursus\n"


@pytest.fixture(autouse=True)
def danish() -> None:
    use_language("da")


@pytest.fixture
def leader(office: Office) -> str:
    return office.add_worker("Birgit Opfundet", role="leader")


def take(office: Office, leader: str, text: str | bytes, *, do_it: bool = True) -> Report:
    data = text if isinstance(text, bytes) else text.encode()
    return office.import_citizens(data, leader, do_it=do_it)


def hire(office: Office, leader: str, text: str, *, do_it: bool = True) -> Report:
    return office.import_workers(text.encode(), leader, do_it=do_it)


def told(report: Report) -> list[tuple[str, int, str | None]]:
    return [(each.what, each.line, each.column) for each in report.problems]


def everything(engine: Engine) -> tuple[int, ...]:
    tables = (Record, Assignment, Audit, Worker)
    with Session(engine) as session:
        return tuple(session.exec(select(func.count()).select_from(table)).one() for table in tables)


class TestCitizens:
    def test_they_reach_the_phones_as_any_other_and_their_worker_is_told(self, world: World) -> None:
        freja = world.colleague("Freja Opfundet")
        report = take(world.office, world.leader, HEAD + ONE + TWO)
        assert (report.new, report.there, report.problems) == (2, 0, ())
        world.converged(freja)
        names = {line.name: line for line in citizens.read_all(desk(freja))}
        assert set(names) == {"Åse", "Ægir Ødegård"}
        assert names["Åse"].mine
        row = freja.get("citizen", names["Åse"].id)
        assert (row.cpr, row.situation, row.needs_interpreter, row.author) == (
            "010203-0000",
            "street",
            True,
            world.leader,
        )
        [method] = freja.rows(["method"]).values()
        assert method["fields"] == {"method": "cti", "from_on": "2026-10-01"}
        told = [each["fields"]["citizen"] for each in freja.rows(["notice"]).values()]
        assert sorted(told) == sorted(line.id for line in names.values())
        freja.edit("citizen", names["Åse"].id, known_as="Åse E.")
        world.converged(freja)

    def test_the_same_list_again_changes_nothing_not_even_what_was_corrected_since(
        self, office: Office, leader: str, freja: Phone, engine: Engine
    ) -> None:
        take(office, leader, HEAD + ONE + TWO)
        before = everything(engine)
        again = take(office, leader, HEAD + ONE.replace("Åse", "Åse Nynavn") + TWO + TWO.replace("B-2", "B-3"))
        assert (again.new, again.there) == (1, 2)
        assert everything(engine) == tuple(n + more for n, more in zip(before, (3, 1, 1, 0), strict=True))
        assert [row.fields["known_as"] for row in freja.catch_up().values() if row.row == "citizen"].count("Åse") == 1

    def test_without_the_word_to_do_it_nothing_is_written(
        self, office: Office, leader: str, freja: Phone, engine: Engine
    ) -> None:
        before = everything(engine)
        assert take(office, leader, HEAD + ONE, do_it=False).new == 1
        assert everything(engine) == before

    def test_an_erased_citizen_is_not_brought_back(self, office: Office, leader: str, freja: Phone) -> None:
        take(office, leader, HEAD + ONE)
        [citizen] = [row.id for row in freja.catch_up().values() if row.row == "citizen"]
        office.erase_citizen(citizen, leader, Ground.REQUEST)
        again = take(office, leader, HEAD + ONE)
        assert (again.new, again.there, again.erased) == (0, 0, 1)
        assert citizen not in [row.id for row in freja.catch_up().values() if not row.deleted]

    def test_the_log_says_who_brought_whom_and_nothing_of_what_stood_there(
        self, office: Office, leader: str, freja: Phone, engine: Engine, tmp_path: Path
    ) -> None:
        take(office, leader, HEAD + ONE)
        with Session(engine) as session:
            [entry] = session.exec(select(Audit).where(Audit.do == "import")).all()
            citizen = session.get_one(Record, entry.record)
        assert (entry.worker, entry.kind, entry.scope) == (leader, "citizen", citizen.scope)
        assert not {"Åse", "B-1", "010203"} & set(str(entry.model_dump()).replace("-", " ").split())
        assert "B-1" not in str(citizen.model_dump()), "nor is the list's number kept anywhere"
        office.extract(citizen.id, leader, tmp_path / "udskrift", Why.INSIGHT)
        words = (tmp_path / "udskrift" / "extract.txt").read_text(encoding="utf-8")
        assert "Birgit Opfundet, Hentet ind med kommunens liste: Om borgeren, står" in words

    def test_only_a_leader_answers_for_it(self, office: Office, freja: Phone) -> None:
        for nobody in (freja.enrolled.worker, office.add_worker("Poul Opfundet", role="administrator")):
            with pytest.raises(RecordError, match="not_a_leader"):
                take(office, nobody, HEAD + ONE)

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            (ONE.replace("B-1", ""), (What.MISSING, 2, "nummer")),
            (ONE.replace("Åse", ""), (What.MISSING, 2, "kaldenavn")),
            (ONE.replace("Åse", "Å" * 61), (What.TOO_LONG, 2, "kaldenavn")),
            (ONE.replace("010203-0000", "310203-0000"), (What.BAD_CPR, 2, "cpr")),
            (ONE.replace("B-1", "010203-0000"), (What.NUMBER_IS_CPR, 2, "nummer")),
            (ONE.replace("På gaden", "Et sted"), (What.BAD_WORD, 2, "situation")),
            (ONE.replace(";ja;", ";måske;"), (What.BAD_FLAG, 2, "tolk")),
            (ONE.replace("01-10-2026", "31-09-2026"), (What.BAD_DAY, 2, "metode fra")),
            (ONE.replace("Freja Opfundet", "Nogen"), (What.UNKNOWN_WORKER, 2, "medarbejder")),
            (ONE.replace("Freja Opfundet", ""), (What.MISSING, 2, "medarbejder")),
            (TWO.replace("Opfundet team", "Et andet"), (What.UNKNOWN_TEAM, 2, "team")),
            (ONE.replace("\n", ";for meget\n"), (What.TOO_MANY_CELLS, 2, None)),
            (ONE.replace("Åse", '"Å\nse"'), (What.BAD_TEXT, 2, "kaldenavn")),
            (TWO + "\n" + TWO, (What.TWICE, 4, "nummer")),
            (ONE + ONE.replace("B-1", "B-9"), (What.CPR_TWICE, 3, "cpr")),
            ('B-1;"Åse', (What.NOT_A_LIST, 2, None)),
        ],
    )
    def test_what_is_wrong_is_told_by_line_and_column_and_then_nothing_is_taken(
        self, office: Office, leader: str, freja: Phone, engine: Engine, line: str, problem: tuple[str, int, str | None]
    ) -> None:
        before = everything(engine)
        assert told(take(office, leader, HEAD + line)) == [problem]
        good = TWO.replace("B-2", "B-7")
        assert problem[0] in [what for what, _line, _column in told(take(office, leader, HEAD + line + good))]
        assert everything(engine) == before

    def test_a_person_who_is_here_under_another_number_is_told(
        self, office: Office, leader: str, freja: Phone, engine: Engine
    ) -> None:
        freja.meet(cpr="010203-0000")
        assert told(take(office, leader, HEAD + ONE)) == [(What.CPR_KNOWN, 2, "cpr")]

    def test_two_workers_of_one_name_are_told_apart_by_number(self, office: Office, leader: str, freja: Phone) -> None:
        hire(office, leader, "nummer;navn\nM-9;Freja Opfundet\n")
        assert told(take(office, leader, HEAD + ONE)) == [(What.SEVERAL_WORKERS, 2, "medarbejder")]
        assert take(office, leader, HEAD + ONE.replace("Freja Opfundet", "m-9")).new == 1

    def test_a_worker_and_a_team_both_get_the_citizen(
        self, office: Office, leader: str, freja: Phone, karim: Phone
    ) -> None:
        both = TWO.replace(";;Opfundet team", ";Freja Opfundet;Opfundet team")
        take(office, leader, HEAD + both)
        assert [each.role for each in sorted(office.assignments(), key=lambda one: one.role)] == ["responsible", "team"]
        assert [row.row for row in karim.catch_up().values()].count("citizen") == 1


class TestTheFile:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    @pytest.mark.parametrize("sign", [";", ",", "\t"])
    def test_the_letters_and_signs_of_excel_and_others_are_read(
        self, office: Office, leader: str, freja: Phone, encoding: str, sign: str
    ) -> None:
        text = (HEAD + ONE + TWO).replace(";", sign).replace("\n", "\r\n")
        assert take(office, leader, text.encode(encoding)).new == 2
        names = {row.fields["known_as"] for row in freja.catch_up().values() if row.row == "citizen"}
        assert names == {"Åse", "Ægir Ødegård"}

    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b"", (What.EMPTY, 0, None)),
            (HEAD.encode(), (What.EMPTY, 0, None)),
            ((HEAD + ONE).encode("utf-16"), (What.ENCODING, 0, None)),
            (b"\x81\x8d" + ONE.encode("cp1252"), (What.ENCODING, 0, None)),
            (b"x" * (lists.LARGEST + 1), (What.TOO_LARGE, 0, None)),
            (b"nummer;kaldenavn\n" + b"1;x\n" * lists.MOST_LINES, (What.TOO_LARGE, 0, None)),
            (b"nummer;kaldenavn;kaldenavn\n1;x;y\n", (What.COLUMN_TWICE, 1, "kaldenavn")),
            (b"kaldenavn;telefon\nx;1\n", (What.NO_COLUMN, 1, "nummer")),
            ("nummer;Åse Opfundet\n1;x\n".encode(), (What.UNKNOWN_COLUMN, 1, None)),
        ],
    )
    def test_a_file_that_is_no_such_list_is_told_so(self, data: bytes, problem: tuple[str, int, str | None]) -> None:
        read = lists.read(data, CITIZENS)
        assert [(each.what, each.line, each.column) for each in read.problems] == [problem]

    def test_names_of_columns_in_any_order_and_writing_and_empty_ones_at_the_end(self) -> None:
        text = "\n  \nMETODE_FRA;Beskyttet  Adresse;nummer;;\n25/11/2026;x;7;;\n;;;;\n2026-1-2;;8\n"
        read = lists.read(text.encode(), CITIZENS)
        assert read.problems == ()
        assert [(line.number, dict(line.cells)) for line in read.lines] == [
            (4, {"metode fra": "2026-11-25", "beskyttet adresse": True, "nummer": "7"}),
            (6, {"metode fra": "2026-01-02", "nummer": "8"}),
        ]

    @given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: (HEAD + text).encode())))
    def test_whatever_the_bytes_are_there_is_an_answer(self, data: bytes) -> None:
        for columns in (CITIZENS, WORKERS):
            read = lists.read(data, columns)
            assert read.problems or read.lines
            assert all(line.number > 1 for line in read.lines)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
    @given(
        st.lists(st.text(alphabet='ABÅ;"\n,\x00 019-', max_size=30), max_size=4),
        st.sampled_from(["utf-8", "cp1252", "utf-16"]),
    )
    def test_a_bad_file_writes_nothing(
        self, office: Office, freja: Phone, engine: Engine, more: list[str], encoding: str
    ) -> None:
        leader = next((w.id for w in office.workers() if w.role == "leader"), None)
        leader = leader or office.add_worker("Birgit Opfundet", role="leader")
        data = (HEAD + ONE.replace("B-1", "B-x") + "\n".join(more)).encode(encoding, "ignore")
        before = everything(engine)
        report = take(office, leader, data)
        assert not report.problems or everything(engine) == before
        if not report.problems:
            assert report.new + report.there == len(lists.read(data, CITIZENS).lines)


class TestWorkers:
    def test_they_come_with_team_role_deputy_and_method(self, world: World) -> None:
        lines = (
            "M-1;Freja Ny;CTI-medarbejder;;Opfundet team;housing_support;M-2;cti;2-3-2026\n"
            "M-2;Karim Ny;;medarbejder;Opfundet team;Peer-medarbejder;;;\n"
            "M-3;Lena Ny;;Leder;;;;;\n"
        )
        report = hire(world.office, world.leader, STAFF + lines)
        assert (report.new, report.problems) == (3, ())
        known = {worker.name: worker for worker in world.office.workers()}
        assert known["Lena Ny"].role == "leader"
        assert [(each.method, each.course_on) for each in world.office.methods()] == [("cti", date(2026, 3, 2))]
        freja = world.device(known["Freja Ny"].id)
        world.converged(freja)
        first = away.colleagues(desk(freja, "Freja Ny"))[0]
        assert (first.name, first.role, first.usual) == ("Karim Ny", "peer", True)
        again = hire(world.office, world.leader, STAFF + lines.replace("Karim Ny", "Karim Andet"))
        assert (again.new, again.there) == (0, 3)
        assert {worker.name for worker in world.office.workers()} == set(known)

    def test_a_deputy_who_is_here_already_is_named(self, office: Office, leader: str, karim: Phone) -> None:
        line = "M-1;Freja Ny;;;Opfundet team;;Karim Opfundet;;\n"
        assert hire(office, leader, STAFF + line).new == 1
        [new] = [worker for worker in office.workers() if worker.name == "Freja Ny"]
        assert new.deputy == karim.enrolled.worker

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("M-1;;;;;;;;", (What.MISSING, 2, "navn")),
            ("M-1;Ny;;konge;;;;;", (What.BAD_WORD, 2, "adgang")),
            ("M-1;Ny;;;Et andet;;;;", (What.UNKNOWN_TEAM, 2, "team")),
            ("M-1;Ny;;;;konge;;;", (What.BAD_WORD, 2, "rolle")),
            ("M-1;Ny;;;Opfundet team;;M-1;;", (What.DEPUTY, 2, "stedfortræder")),
            ("M-1;Ny;;;;;Freja Opfundet;;", (What.DEPUTY, 2, "stedfortræder")),
            ("M-1;Ny;;;Opfundet team;;Søren Opfundet;;", (What.DEPUTY, 2, "stedfortræder")),
            ("M-1;Ny;;;Opfundet team;;Nogen;;", (What.UNKNOWN_WORKER, 2, "stedfortræder")),
            ("M-1;Ny;;;;;;yoga;", (What.BAD_WORD, 2, "metode")),
            ("M-1;Ny;;;;;;cti;i går", (What.BAD_DAY, 2, "kursus")),
            ("m-1;Ny;;;;;;;\nM-1;Ny;;;;;;;", (What.TWICE, 3, "nummer")),
        ],
    )
    def test_what_is_wrong_takes_nobody(
        self,
        office: Office,
        leader: str,
        freja: Phone,
        stranger: Phone,
        engine: Engine,
        line: str,
        problem: Any,
    ) -> None:
        before = everything(engine)
        assert told(hire(office, leader, f"{STAFF}{line}\nM-7;God Nok;;;;;;;\n")) == [problem]
        assert everything(engine) == before


def test_the_examples_of_the_guide_can_be_taken(office: Office, leader: str, engine: Engine) -> None:
    """docs/import.md shows a file of each."""
    office.add_team("Bostøtteteamet")
    guide = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    borgere, medarbejdere = (block for block in guide.split("```")[1::2] if block.startswith("\nnummer"))
    assert hire(office, leader, medarbejdere).new == 3
    assert take(office, leader, borgere).new == 2
    for columns in (CITIZENS, WORKERS):
        assert all(f"| {column.name} |" in guide for column in columns)
    with Session(engine) as session:
        assert session.exec(select(func.count()).where(col(Record.kind) == "citizen")).one() == 2
