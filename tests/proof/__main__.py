"""All proofs of the store: `python -m tests.proof --kills N --cuts N --seed S` (make prove-store)."""

import argparse
import os
import sys

import pytest

from tests.proof import kills, power

if __name__ == "__main__":
    given = argparse.ArgumentParser()
    given.add_argument("--kills", type=int, default=100)
    given.add_argument("--cuts", type=int, default=500)
    given.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    wanted = given.parse_args()
    ended = [kills.main(wanted.kills, wanted.seed), power.main(wanted.cuts, wanted.seed)]
    ended.append(pytest.main(["-q", "tests/proof", "-k", "not kills and not sixty"]) == 0)
    sys.exit(not all(ended))
