"""The leader's link: what it says comes back as it was, and anything else is no link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain import invitation
from fieldapp.domain.invitation import Invitation

KEY = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA9s+opfundet/opfundet+opfundet/opfundet=\n-----END PUBLIC KEY-----\n"
INVITED = Invitation("https://vedhold.opfundet.dk", "ABCD2345", invitation.fingerprint(KEY))


def test_it_is_a_short_link_of_its_own_scheme() -> None:
    link = invitation.link(INVITED)
    assert link.startswith("vedhold://enrol?a=https%3A%2F%2Fvedhold.opfundet.dk&k=") and link.endswith("&c=ABCD2345")
    assert len(link) < 150, "a QR code that an old camera reads"


@given(st.text(min_size=1, max_size=100).map(str.strip).filter(bool), st.from_regex(r"[A-Z2-9]{8}", fullmatch=True))
def test_it_says_what_was_put_into_it(address: str, code: str) -> None:
    try:
        address.encode()
    except UnicodeEncodeError:
        return
    invited = Invitation(address, code, invitation.fingerprint(KEY))
    assert invitation.read(f"  {invitation.link(invited)}\n") in (invited, None)
    if len(invitation.link(invited)) <= invitation.LONGEST:
        assert invitation.read(invitation.link(invited)) == invited


@given(st.text(max_size=200))
def test_whatever_is_pasted_it_is_a_link_or_none(text: str) -> None:
    for pasted in (text, f"vedhold://enrol?{text}", f"vedhold://enrol?a={text}&k={'0' * 32}&c=A"):
        found = invitation.read(pasted)
        assert found is None or (found.address and found.code and len(found.fingerprint) == invitation.FINGERPRINT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://vedhold.opfundet.dk",
        "vedhold://enrol?a=https%3A%2F%2Fopfundet.dk&c=ABCD2345",
        "vedhold://enrol?a=https%3A%2F%2Fopfundet.dk&k=zz&c=ABCD2345",
        f"vedhold://enrol?k={'0' * 32}&c=ABCD2345",
        f"vedhold://wipe?a=https%3A%2F%2Fopfundet.dk&k={'0' * 32}&c=ABCD2345",
        f"http://enrol?a=https%3A%2F%2Fopfundet.dk&k={'0' * 32}&c=ABCD2345",
        "vedhold://enrol?" + "&".join(["a=b"] * 200),
    ],
)
def test_half_a_link_or_another_is_none(text: str) -> None:
    assert invitation.read(text) is None


@pytest.mark.parametrize("before", ["vedhold://enrol?", "/?", "/enrol?", "?", "https://vedhold.opfundet.dk/enrol?"])
def test_it_is_read_from_the_route_that_the_app_was_opened_by(before: str) -> None:
    assert invitation.in_route(invitation.link(INVITED).replace("vedhold://enrol?", before)) == INVITED


@pytest.mark.parametrize("route", ["", "/", "/citizens", "/?a=b", "//[", "https://[/enrol?a=b"])
def test_any_other_route_invites_nobody(route: str) -> None:
    assert invitation.in_route(route) is None
    said = invitation.link(INVITED).partition("?")[2]
    assert invitation.in_route(f"/citizens?{said}") is None


def test_another_key_is_known_by_something_else_and_line_breaks_change_nothing() -> None:
    assert invitation.fingerprint(KEY) == invitation.fingerprint(KEY.replace("\n", "\r\n"))
    assert invitation.fingerprint(KEY) != invitation.fingerprint(KEY.replace("9s", "9S"))
