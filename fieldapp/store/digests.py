"""What this device holds of each scope, in digests to compare with the server's (domain.digest)."""

from collections.abc import Iterable

from fieldapp.domain.digest import Digest
from fieldapp.store.database import Store
from fieldapp.store.tables import TABLES


def read(store: Store, scopes: Iterable[str]) -> dict[str, Digest]:
    """Of the rows as the server sent them: what was added here and has no number yet is not among them.

    Table by table, so that a tap does not wait for all of them: nothing but an exchange gives or takes a number, and
    the caller is in one.
    """
    held = {scope: Digest() for scope in scopes}
    for name in (*TABLES, "unknown_row"):
        # Plain words: eighty statements put together once a day would take longer than asking them.
        with store.reading() as session:
            rows = session.connection().exec_driver_sql(f"SELECT scope, id, seq FROM {name} WHERE seq > 0").all()
        for scope, id, seq in rows:
            if scope in held:
                held[scope].add(id, seq)
    return held
