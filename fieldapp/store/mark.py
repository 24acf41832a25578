"""How far a vault has come, to be kept outside it: what tells that an older copy was put in its place (store.md 2)."""

from typing import NamedTuple


class Mark(NamedTuple):
    """`vault` is its id, `seq` the number of its last commit, which never falls; `tag` tells two histories of the
    same length apart."""

    vault: str
    seq: int
    tag: bytes

    def before(self, kept: "Mark") -> bool:
        """Whether a vault that stands here is older than, or another than, the one `kept` was taken of.

        Further on is normal: killed before the newest mark was kept.
        """
        return self.vault != kept.vault or self.seq < kept.seq or (self.seq == kept.seq and self.tag != kept.tag)

    def to_bytes(self) -> bytes:
        return f"{self.vault} {self.seq} {self.tag.hex()}".encode()

    @classmethod
    def from_bytes(cls, kept: bytes | None) -> "Mark | None":
        """None for none, and for what is no mark: a keystore that lost it must keep nobody out."""
        try:
            vault, seq, tag = (kept or b"").decode().split(" ")
            return cls(vault, int(seq), bytes.fromhex(tag))
        except ValueError:
            return None
