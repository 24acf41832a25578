"""The ways into the console from the command line: `fieldapp admin login-link` and `login`."""

import re

from fieldapp.server.administration import Office
from tests.server.console.visitors import Visitor
from tests.server.test_cli import Run, run, said

__all__ = ["run"]


def test_a_link_is_printed_that_lets_its_leader_in(run: Run, birgit: str, address: str) -> None:
    line = said(run("admin", "login-link", "Birgit Opfundet", "--address", "https://konsol.test"))
    found = re.fullmatch(
        r"For Birgit Opfundet, once, within 15 minutes: https://konsol\.test/console(/in/[\w-]{43})", line
    )
    assert found
    one = Visitor(address)
    one.get(found[1])
    assert one.post(found[1]).status_code in (303, 422)  # the machine's clock is not the test's
    one.client.close()


def test_nobody_else_gets_one(run: Run, birgit: str, office: Office, team: str) -> None:
    office.add_worker("Freja Opfundet", team=team)
    assert said(run("admin", "login-link", "Freja Opfundet"), 1).startswith("Only a leader or an administrator")
    sentence = said(run("admin", "login-link", "Birgit Opfundet", "--address", "konsol.test/x"), 1)
    assert sentence.startswith("The address must look like")


def test_what_somebody_is_called_at_the_sign_in_is_theirs_alone(run: Run, birgit: str, poul: str) -> None:
    assert said(run("admin", "login", "Birgit Opfundet", "--login", "birgit@by.test")) == "It is written down."
    assert said(run("admin", "login", "Poul Opfundet", "--login", "birgit@by.test"), 1).startswith("Somebody else has")
    assert said(run("admin", "login", "Birgit Opfundet")) == "It is written down."
    assert said(run("admin", "login", "Poul Opfundet", "--login", "birgit@by.test")) == "It is written down."


def test_a_server_says_where_its_console_is_and_refuses_an_address_that_is_none(run: Run) -> None:
    assert said(run("server", "--port", "0", "--address", "by.test"), 1).splitlines()[-1].startswith("The address must")
