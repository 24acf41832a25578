"""Nothing a worker wrote can be read from the files, and there are no other files."""

from datetime import timedelta
from pathlib import Path

import pytest

from fieldapp.store import drafts, incoming, outbox, records, sync_state
from fieldapp.store.database import Store
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.tables import TABLES, CitizenRow, ContactRow, GoalRow
from fieldapp.store.vault import create_vault, open_vault
from fieldapp.wire import Ack
from tests.examples import NOW, an_id
from tests.store.rows import sent

PIN, DEVICE = "483920", bytes(range(32))
WORDS = (
    "Ærøskøbing",
    "aeroeskoebing",
    "0101701234",
    "kaffe på bænken",
    "halvt skrevet",
    "fra serveren",
    "hologrammet",
    "Nyt sted",
)


@pytest.mark.proof
def test_raw_bytes_hold_no_plaintext(tmp_path: Path):
    folder = tmp_path / "vault"
    store = Store(create_vault(folder, PIN, DEVICE, cost=LOWEST_COST), an_id())
    citizen = CitizenRow(known_as="Ærøskøbing", cpr="0101701234")
    with store.transaction() as session:
        records.add(session, citizen, NOW)
        for _ in range(50):
            words = "kaffe på bænken " * 30
            records.add(session, ContactRow(scope=citizen.scope, occurred_at=NOW, mode="met", own_words=words), NOW)
        drafts.keep(session, f"contact:{citizen.id}", {"own_words": "halvt skrevet"}, NOW)
    with store.transaction() as session:
        goal = sent("goal", an_id(), citizen.scope, 9, dimension="home", title="fra serveren")
        incoming.take_in(session, [goal, sent("hologram", an_id(), citizen.scope, 9, x="hologrammet")])
        loaded = session.get_one(GoalRow, goal.id)
        records.change(session, loaded, NOW + timedelta(minutes=1), title="Nyt sted")
        outbox.settle(session, [Ack(ack=op.op, result="ok", seq=3) for op in outbox.waiting(session)])
        sync_state.get(session).erased_in = 1
    images = [path.read_bytes() for path in folder.iterdir()]
    assert {path.name for path in folder.iterdir()} == {"keyring.json", "vault-1.log", "lock", "tries"}
    store.close()
    open_vault(folder, PIN, DEVICE).close()
    images += [path.read_bytes() for path in folder.iterdir()]
    assert {path.name for path in folder.iterdir()} == {"keyring.json", "vault-2.log", "lock", "tries"}
    hidden = [*WORDS, PIN, citizen.id, "SQLite format 3", "CREATE TABLE", "outbox", "own_words", *TABLES]
    for image in images:
        for text in hidden:
            for encoded in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
                # Short names turn up by chance in half a megabyte of noise: those of five bytes or more do not.
                assert len(encoded) < 5 or encoded not in image, text
    assert {path.name for path in tmp_path.iterdir()} == {"vault"}
