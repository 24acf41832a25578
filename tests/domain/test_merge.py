"""Whose value stands, and when the other one is kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.merge import Verdict, Version, decide

STORED = Version("00 11", base=7, device="a")


@pytest.mark.parametrize(
    ("stored", "new", "verdict"),
    [
        (STORED, Version("00 11", base=3, device="b"), Verdict.SAME),
        (STORED, Version("00 22", base=7, device="b"), Verdict.SEEN),
        (STORED, Version("00 22", base=3, device="a"), Verdict.OWN),
        (STORED, Version("00 22", base=3, device="b"), Verdict.CONFLICT),
        (STORED, Version(None, base=3, device="b"), Verdict.CONFLICT),
        (Version(), Version("00 22", base=0, device="b"), Verdict.SEEN),
        (Version(), Version("00 22", base=9, device="b"), Verdict.SEEN),
        (Version(None, base=7, device="a"), Version("00 22", base=3, device="b"), Verdict.CONFLICT),
    ],
)
def test_the_verdict_follows_from_values_bases_and_devices(stored: Version, new: Version, verdict: Verdict) -> None:
    assert decide(stored, new) is verdict


def test_a_base_beyond_the_stored_one_was_not_seen_either() -> None:
    """After a restore the server may stand behind what a device saw: compared with `>` this overwrites silently."""
    assert decide(STORED, Version("00 22", base=9, device="b")) is Verdict.CONFLICT


def test_a_guarded_field_keeps_what_stands() -> None:
    verdict = decide(STORED, Version("00 22", base=3, device="b"), guarded=True)
    assert verdict is Verdict.GUARDED and not verdict.applies


versions = st.builds(Version, st.sampled_from([None, "x", "y"]), st.integers(0, 2), st.sampled_from(["a", "b"]))


@settings(deadline=None)
@given(versions, versions, st.booleans())
def test_what_is_replaced_was_seen_or_own_or_is_kept(stored: Version, new: Version, guarded: bool) -> None:
    verdict = decide(stored, new, guarded)
    known = stored.base in (0, new.base) or stored.device == new.device
    if verdict.applies and not known:
        assert verdict is Verdict.CONFLICT and not guarded
    if not verdict.applies:
        assert verdict is Verdict.GUARDED or stored.value == new.value
