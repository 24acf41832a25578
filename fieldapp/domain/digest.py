"""What a scope holds, told in a count and a number: equal on both ends when, and only when, the rows are (sync.md 3.5).

Every change of a record gives it a new seq, so its id and its seq say all of it.
"""

import hashlib
from dataclasses import dataclass


@dataclass
class Digest:
    """`count` rows; `mark` is the XOR of a 64-bit hash of each."""

    count: int = 0
    mark: int = 0

    def add(self, id: str, seq: int) -> None:
        self.count += 1
        self.mark ^= row_mark(id, seq)

    def told(self) -> tuple[int, str]:
        """As it travels: 64 bits are more than a number of JSON holds everywhere."""
        return self.count, f"{self.mark:016x}"


def row_mark(id: str, seq: int) -> int:
    """The first 8 bytes of SHA-256 over the id's 16 bytes and the seq in 8."""
    told = bytes.fromhex(id.replace("-", "")) + seq.to_bytes(8, "big")
    return int.from_bytes(hashlib.sha256(told).digest()[:8], "big")
