"""Each proof in its small form finds nothing; with a guard of the store taken out, the one that must find it does."""

import pytest

from tests.proof.__main__ import prove
from tests.proof.faults import FAULTS
from tests.proof.proofs import PROOFS, found

pytestmark = pytest.mark.proof


@pytest.mark.parametrize("name", PROOFS)
def test_nothing_is_found(name: str):
    assert found(name) is None


def test_the_command_tells_what_it_did(capsys: pytest.CaptureFixture[str]):
    assert prove(2, 20, 0, seed=1, rest=("readers",))  # each of the others has its turn above
    assert "kills 2 lost 0\ncuts 20 lost 0\ntamper " in capsys.readouterr().out


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_caught(name: str):
    fault = FAULTS[name]
    with fault.planted():
        assert found(fault.caught_by, fault.first) is not None
