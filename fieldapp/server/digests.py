"""Which scopes a device holds otherwise than the server does, computed where the rows are (domain.digest)."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session, text

from fieldapp.domain.digest import Digest

#: `row_mark` in PostgreSQL's words. Nothing is kept beside the rows, so nothing can disagree with them.
_HELD = text("""
    SELECT scope, max(seq) AS newest, count(*) FILTER (WHERE NOT deleted) AS count,
           coalesce(bit_xor(mark) FILTER (WHERE NOT deleted), 0) AS mark
    FROM record, LATERAL (
        SELECT ('x' || encode(substr(sha256(uuid_send(id) || int8send(seq)), 1, 8), 'hex'))::bit(64)::bigint AS mark
    ) AS marked
    WHERE scope = ANY(:scopes) GROUP BY scope
""")


def differing(session: Session, told: Mapping[str, tuple[int, str]], view: Iterable[str], upto: int) -> list[str]:
    """Of the scopes told of, those in the view that are otherwise here.

    One that has moved on since `upto` cannot be compared: the device has not seen the newest of it.
    """
    scopes = sorted(set(told) & set(view))
    held, moved = {scope: Digest() for scope in scopes}, set()
    for scope, newest, count, mark in session.execute(_HELD, {"scopes": scopes}):
        held[scope] = Digest(count, mark % 2**64)
        if newest > upto:
            moved.add(scope)
    return [scope for scope in scopes if scope not in moved and held[scope].told() != told[scope]]
