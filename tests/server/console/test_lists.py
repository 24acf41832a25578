"""A list from a file: tried first, told by line, taken whole; and meanwhile it lies nowhere that anybody can read."""

import tempfile

import httpx
import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from fieldapp.errors import RecordError
from fieldapp.server.administration import Office
from fieldapp.server.console import kept_lists
from fieldapp.server.tables import Audit, ConsoleList
from tests.server.console.conftest import New
from tests.server.console.forms import Form, forms_of
from tests.server.console.visitors import Visitor
from tests.server.people import Clock, Phone

CITIZENS = "nummer;kaldenavn;medarbejder\nB-1;Ægir Opdigtet;Freja Opfundet\nB-2;Rikke Opdigtet;Freja Opfundet\n"
WORKERS = "nummer;navn;adgang\nM-1;Åse Opdigtet;leder\n"


def tried(one: Visitor, what: str, content: str | bytes, **more: str) -> httpx.Response:
    one.get("/lists")
    data = content.encode() if isinstance(content, str) else content
    said = {"token": one.token, "form": what} | more
    return one.client.post(f"/lists/{what}", data=said, files={"file": ("opdigtet.csv", data, "text/csv")})


def the_yes(page: httpx.Response) -> Form:
    [form] = [form for form in forms_of(page.text) if form.path.endswith("/take")]
    return form


def take(one: Visitor, page: httpx.Response) -> httpx.Response:
    return one.post(the_yes(page).path, the_yes(page).fields)


def names(freja: Phone) -> set[str]:
    return {row.fields["known_as"] for row in freja.catch_up().values() if row.row == "citizen"}


def kept(engine: Engine) -> list[ConsoleList]:
    with Session(engine) as session:
        return list(session.exec(select(ConsoleList)))


def test_it_is_tried_first_and_then_taken(leader: Visitor, birgit: str, freja: Phone, engine: Engine) -> None:
    page = tried(leader, "citizens", CITIZENS)
    assert page.status_code == 200 and "<dt>Nye</dt><dd>2</dd>" in page.text and "Ægir" not in page.text
    assert names(freja) == set()
    assert "Listen er taget ind" in leader.follow(take(leader, page)).text
    assert names(freja) == {"Ægir Opdigtet", "Rikke Opdigtet"}
    with Session(engine) as session:
        assert {entry.worker for entry in session.exec(select(Audit).where(Audit.do == "import"))} == {birgit}
    again = tried(leader, "citizens", CITIZENS)
    assert "Der er ingen nye på den" in again.text and "<dd>2</dd>" in again.text and kept(engine) == []


def test_with_a_fault_each_line_is_told_and_nothing_can_be_taken(leader: Visitor, freja: Phone, engine: Engine) -> None:
    page = tried(leader, "citizens", CITIZENS + "B-3;Opdigtet;Ingen Opdigtet\nB-3;Bo;Freja Opfundet\n")
    assert "Linje 4, medarbejder: " in page.text and "Linje 5, nummer: " in page.text
    assert "Ingen Opdigtet" not in page.text and "/take" not in page.text and kept(engine) == []
    assert names(freja) == set()


def test_what_came_to_be_wrong_meanwhile_is_told_and_nothing_is_taken(
    leader: Visitor, freja: Phone, karim: Phone, office: Office
) -> None:
    page = tried(leader, "citizens", CITIZENS + "B-3;Bo;Karim Opfundet\n")
    office.disable(freja.enrolled.worker)
    told = take(leader, page)
    assert told.status_code == 200 and "Intet blev taget ind" in told.text and "Linje 2, medarbejder" in told.text
    assert names(karim) == set()


def test_meanwhile_it_is_nowhere_to_be_read(
    leader: Visitor, engine: Engine, freja: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", None)  # where a file goes that is too long for the memory
    page = tried(leader, "citizens", CITIZENS + "\n" * 900_000)
    [row] = kept(engine)
    assert len(row.sealed) > 900_000 and b"Opdigtet" not in row.sealed and "Ægir".encode() not in row.sealed
    with engine.connect() as connection:
        stored = [str(one) for one in connection.execute(text("SELECT * FROM console_list")).one()]
    assert not [one for one in stored if the_yes(page).fields["list"] in one], "the key is with the page alone"


def test_it_serves_once_for_a_quarter_of_an_hour_and_only_whoever_tried_it(
    leader: Visitor, visitor: New, office: Office, freja: Phone, clock: Clock, team: str
) -> None:
    def gone(one: Visitor, page: httpx.Response) -> bool:
        one.get("/lists")
        answer = one.post(the_yes(page).path, the_yes(page).fields | {"token": one.token})
        return answer.status_code == 422 and "Listen er ikke gemt længere" in answer.text

    page = tried(leader, "citizens", CITIZENS)
    other = visitor().sign_in(office, office.add_worker("Else Opfundet", role="leader", team=team))
    assert gone(other, page), "another's"
    later = tried(leader, "citizens", CITIZENS.replace("B-2", "B-4"))
    assert gone(leader, page), "one at a time"
    assert leader.follow(take(leader, later)).status_code == 200
    assert gone(leader, later), "once"
    old = tried(leader, "citizens", "nummer;kaldenavn;medarbejder\nB-9;Bo;Freja Opfundet\n")
    clock.advance(minutes=15)
    assert gone(leader, old), "a quarter of an hour"


def test_who_takes_in_workers_takes_in_no_citizens_nor_the_other_way(
    leader: Visitor, administrator: Visitor, office: Office, freja: Phone
) -> None:
    assert tried(leader, "workers", WORKERS).status_code == 403
    assert tried(administrator, "citizens", CITIZENS).status_code == 403
    page = tried(administrator, "workers", WORKERS)
    assert "Listen er taget ind" in administrator.follow(take(administrator, page)).text
    assert [one.role for one in office.workers() if one.name == "Åse Opdigtet"] == ["leader"]


def test_a_list_of_one_sort_is_not_taken_as_the_other(engine: Engine, birgit: str, clock: Clock) -> None:
    with Session(engine) as session:
        key = kept_lists.keep(session, b"x", "workers", birgit, clock())
        session.flush()
        with pytest.raises(RecordError, match="list_gone"):
            kept_lists.take(session, key, "citizens", birgit, clock())


def test_too_much_no_file_and_no_token_are_sentences(leader: Visitor, freja: Phone) -> None:
    large = tried(leader, "citizens", CITIZENS + "x" * 1_100_000)
    assert large.status_code == 413 and "højst 1 MB" in large.text
    leader.get("/lists")
    for nothing in (
        leader.post("/lists/citizens", {"file": "B-1", "form": "citizens"}),
        tried(leader, "citizens", b""),
    ):
        assert nothing.status_code == 422 and "Vælg en fil" in nothing.text
    assert tried(leader, "citizens", CITIZENS, token="x").status_code == 403
    assert leader.client.post("/people/team", files={"name": ("x", b"x")}).status_code in (400, 403)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00" * 100, b"a;b;c", b'"' * 9_999, b"nummer\n'; DROP"])
def test_whatever_the_file_holds_it_is_told_in_a_sentence(leader: Visitor, data: bytes) -> None:
    page = tried(leader, "citizens", data)
    assert page.status_code == 200 and "Intet blev taget ind" in page.text
