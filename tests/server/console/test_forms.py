"""Every form of the console, found by walking through it: no token, SQL, scripts, and lines that do not belong there.

A form that is added tomorrow is met here without a word more.
"""

import re
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import Engine, text

from fieldapp.domain.access import Role
from fieldapp.server.console.app import ROUTES
from fieldapp.server.console.rules import ANYBODY, RULES
from tests.examples import an_id
from tests.server.console.conftest import New, Town
from tests.server.console.forms import HIDDEN, Form, forms_of, links_of
from tests.server.console.visitors import HOST, Visitor

SQL = "'; DROP TABLE worker; --"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
FORM = "application/x-www-form-urlencoded"
LINES = "Opfundet\r\nSet-Cookie: a=b\r\n\r\n<p>"
OFFICE: tuple[Role, ...] = ("leader", "administrator")
PUT_IN = {"sql": SQL, "or": "x' OR '1'='1", "script": SCRIPT, "lines": LINES, "nul": "a\x00b", "long": "x" * 5000}


def pages(one: Visitor) -> Iterator[tuple[str, str]]:
    """Every page that can be reached from the first, once; of the weeks only the newest, for there is no first."""
    ahead, seen = ["/"], set[str]()
    while ahead:
        path = ahead.pop(0)
        if path in seen or "week=" in path:
            continue
        seen.add(path)
        answer = one.get(path)
        assert answer.status_code == 200, path
        yield path, answer.text
        ahead += links_of(answer.text)


def all_forms(one: Visitor, town: Town, who: Role = "leader") -> dict[str, Form]:
    """By their sort; also those that only show once somebody has said why they look, or counted, or tried a list."""
    if who == "administrator":
        return _reachable(one) | {"/lists/workers/take": Form("/lists/workers/take", {"list": "x"})}
    one.get("/")
    one.post("/look", {"why": "twice", "back": "/doubles", "citizen": list(town.citizens)})
    found = _reachable(one)
    counted = one.post("/erase/count", {"what": "citizen", "id": town.citizens[0], "ground": "request"})
    found |= {form.path: form for form in forms_of(counted.text) if form.path == "/erase"}
    judged = {"week": "2026-W47", "access": town.citizens[0], "judgement": "fine", "text": ""}
    found["/lists/citizens/take"] = Form("/lists/citizens/take", {"list": "x"})  # shows when one was tried
    found["/sample"] = Form("/sample", judged)  # shows when a week has gone by
    return found


def _reachable(one: Visitor) -> dict[str, Form]:
    """Of each sort the one with the most fields, and of those that have as many the last."""
    found: dict[str, Form] = {}
    for _path, page in pages(one):
        for form in forms_of(page):
            sort = re.sub(r"[0-9a-f-]{36}", "*", form.path)
            if sort not in found or len(form.fields) >= len(found[sort].fields):
                found[sort] = form
    return found


def send(one: Visitor, form: Form, instead: dict[str, str]) -> httpx.Response:
    one.get("/people")
    told = {name: said for name, said in form.fields.items() if name not in HIDDEN} | instead
    return one.post(form.path, told | {"form": form.fields.get("form", "")})


def workers(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM worker")).scalar_one())


@pytest.fixture(params=OFFICE)
def visiting(request: pytest.FixtureRequest, leader: Visitor, administrator: Visitor) -> tuple[Visitor, Role]:
    """Each of the two who may come in, with the other there too."""
    return (leader if request.param == "leader" else administrator), request.param


def test_the_walk_meets_every_form_that_one_may_send(visiting: tuple[Visitor, Role], town: Town) -> None:
    one, role = visiting
    met = {re.sub(r"\{\w+\}", "*", path) for path in all_forms(one, town, role)}
    mine = {re.sub(r"\{\w+\}", "*", path) for (method, path), who in RULES.items() if method == "POST" and role in who}
    # nobody is left to be asked about, and nobody to come in
    assert sorted(mine - met) == (["/in/*", "/look"] if role == "leader" else ["/in/*"])
    assert met - mine == set()


@pytest.mark.parametrize("text", PUT_IN.values(), ids=PUT_IN)
def test_whatever_is_put_into_a_field_is_a_text_or_a_sentence(
    visiting: tuple[Visitor, Role], town: Town, engine: Engine, text: str
) -> None:
    one, role = visiting
    before = workers(engine)
    for form in all_forms(one, town, role).values():
        for name in form.all if form.path != "/sign-out" else ():
            answer = send(one, form, {name: text})
            assert answer.status_code in (200, 303, 422), (form.path, name)
            assert "set-cookie" not in answer.headers or form.path == "/language", (form.path, name)
            shown = answer if answer.status_code != 303 else one.follow(answer)
            assert "<script" not in shown.text and "<img src=x" not in shown.text and ">49" not in shown.text
    assert workers(engine) >= before


def test_a_script_that_was_taken_as_a_name_is_shown_as_letters(leader: Visitor, town: Town) -> None:
    leader.get("/people")
    leader.post("/people/team", {"name": SCRIPT})
    leader.post("/people/worker", {"name": SCRIPT, "job": SCRIPT})
    met = [page for _path, page in pages(leader)]
    assert sum("&lt;script&gt;" in page for page in met) >= 3
    assert not [page for page in met if "<script" in page or "<img src=x" in page]


def test_nothing_runs_in_a_page_and_nothing_comes_from_elsewhere(leader: Visitor, town: Town) -> None:
    for _path, page in pages(leader):
        assert not re.search(r"<script|javascript:|\son\w+=|style=|https?://(?!konsol\.test)", page)


SENT = [path for method, path, *_rest in ROUTES if method == "POST"]


def test_a_form_without_our_token_changes_nothing(leader: Visitor, administrator: Visitor) -> None:
    """None, a made-up one, and one that was given to somebody else."""
    for route in SENT:
        one = leader if "leader" in RULES["POST", route] else administrator
        other = administrator if one is leader else leader
        other.get("/"), one.get("/")
        path = re.sub(r"\{\w+\}", an_id(), route)
        for token in ("", "0" * 64, other.token):
            assert one.client.post(path, data={"token": token, "sure": "yes"}).status_code == 403, route
        assert one.client.post(path).status_code == 403
        assert one.get("/").status_code == 200, f"{route}: signed out"


@pytest.mark.parametrize("origin", ["https://andre.test", "null", f"http://{HOST}:81", f"http://{HOST}.andre.test"])
def test_a_form_of_another_site_changes_nothing_though_it_had_the_token(leader: Visitor, origin: str) -> None:
    leader.get("/people")
    form = {"name": "Opfundet team"}
    assert leader.post("/people/team", form, headers={"Origin": origin}).status_code == 403
    assert leader.post("/people/team", form, headers={"Origin": f"http://{HOST}"}).status_code == 303


def test_the_way_in_has_a_token_too(visitor: New) -> None:
    """Else another site could sign somebody in as somebody else."""
    one = visitor()
    assert one.client.post("/in/x", data={}).status_code == 403
    one.get("/in/x")
    assert one.post("/in/x").status_code == 422


@pytest.mark.parametrize(
    "back", ["//andre.test", "https://andre.test", "/\\andre.test", "/waiting\r\nSet-Cookie: a=b", ""]
)
def test_no_form_leads_out_of_the_console(leader: Visitor, town: Town, back: str) -> None:
    leader.get("/people")
    look = leader.post("/look", {"why": "sharing", "back": back, "citizen": town.citizens[0]})
    assert look.status_code == 422
    language = leader.post("/language", {"language": "da", "at": back})
    assert language.status_code == 422 or language.headers["location"] == "/console/"
    for answer in (look, language):
        assert "a" not in answer.cookies


@pytest.mark.parametrize("word", ["<b>x</b>", "javascript:alert(1)", "disabled%0d%0aSet-Cookie:%20a=b"])
def test_an_address_puts_no_words_on_a_page(leader: Visitor, word: str) -> None:
    answer = leader.get(f"/people?done={word}")
    assert "<b>x" not in answer.text and "alert" not in answer.text and 'role="status"' not in answer.text


def test_a_form_that_is_none_or_too_large_is_a_sentence(leader: Visitor) -> None:
    leader.get("/people")
    large = leader.client.post("/people/team", data={"token": leader.token, "name": "x" * 300_000})
    many = leader.client.post("/people/team", content="a=b&" * 2_000, headers={"Content-Type": FORM})
    file = leader.client.post("/people/team", data={"token": leader.token}, files={"name": b"x"})
    none = leader.client.post("/people/team", content=b"--x", headers={"Content-Type": "multipart/form-data"})
    assert [one.status_code for one in (large, many, file, none)] == [413, 400, 400, 400]
    assert "for stor" in large.text and all("for gammel" in one.text for one in (many, file, none))


@pytest.mark.parametrize("path", ["/people", "/sign-in", "/style.css", "/in/x", "/nowhere", "/erase"])
def test_every_answer_says_what_a_browser_may_do_with_it(leader: Visitor, path: str) -> None:
    headers = leader.get(path).headers
    rules = headers["content-security-policy"]
    assert "default-src 'none'" in rules and "frame-ancestors 'none'" in rules and "unsafe" not in rules
    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("max-age=3600" if path == "/style.css" else "no-store")


def test_an_administrator_never_meets_a_word_about_a_citizen(
    administrator: Visitor, leader: Visitor, town: Town
) -> None:
    """Nor a citizen's number. The leader has just looked at all of them."""
    leader.get("/")
    leader.post("/look", {"why": "twice", "back": "/doubles", "citizen": list(town.citizens)})
    assert "Ægir" in leader.get("/doubles").text
    met = [page for _path, page in pages(administrator)]
    for method, path, *_rest in ROUTES:
        for id in (*town.citizens, town.late):
            asked = re.sub(r"\{\w+\}", id, path)
            if RULES[method, path] != ANYBODY:
                met.append(administrator.get(asked).text if method == "GET" else administrator.post(asked).text)
    assert len(met) > 50
    hidden = (*town.secrets, *(id[-6:] for id in town.citizens))
    assert not [(word, page) for page in met for word in hidden if word in page]


def test_a_leader_meets_no_word_about_a_citizen_before_saying_why(leader: Visitor, town: Town) -> None:
    met = [page for _path, page in pages(leader)]
    assert not [(word, page) for page in met for word in town.secrets if word in page]
