"""What was erased is gone: nothing that is left on the device opens it, not even files that were removed and kept by
somebody, with all the keys that secret, device secret and keyring still give.
"""

import random
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text
from sqlmodel import Session

from fieldapp.domain.access import citizen_scope
from fieldapp.store import drafts, erasing, incoming, outbox, records
from fieldapp.store.database import Store
from fieldapp.store.stretching import LOWEST_COST
from fieldapp.store.tables import CitizenRow, ContactRow, GoalRow
from fieldapp.store.vault import create_vault, open_vault
from fieldapp.wire import Ack
from tests.examples import NOW, an_id
from tests.proof import history, quick, reader, scene
from tests.proof.scene import DEVICE, SECRET, Files
from tests.store.rows import sent

_SIZES = (1, 1, 3, 8, 30, 70, 240, 900)
_WORD = re.compile(rb"(?:slet|bliv)\d{5}")


class _Told:
    """Words of which each is told once: `slet...` about what will be erased, `bliv...` about what stays, some of which
    is written `over` before."""

    def __init__(self, seed: str) -> None:
        self.rng, self.words, self.over = random.Random(seed), set[bytes](), set[bytes]()
        self.torn = "slet99999 " * 900

    def text(self, what: str, times: int = 0) -> str:
        word = f"{what}{len(self.words):05d}"
        self.words.add(word.encode())
        return " ".join([word] * (times or self.rng.choice(_SIZES)))


def faults(seed: str, rounds: int = 12) -> list[str]:
    """Erase a record, a citizen and a lost scope; what could still be read."""
    told = _Told(seed)
    with tempfile.TemporaryDirectory() as place, quick.stretching():
        folder = Path(place, "vault")
        store = Store(create_vault(folder, SECRET, DEVICE, cost=LOWEST_COST, disk=quick.DISK), history.WORKER)
        erased = _work(store, told, rounds)
        store.close()
        _tear(folder, told, erased[1])
        store = Store(open_vault(folder, SECRET, DEVICE, disk=quick.DISK), history.WORKER)
        _erase(store, erased)
        before = scene.copied(folder)
        store.close()
        after = scene.copied(folder)
    found = []
    was, torn = readable(before, before), readable(before, before, ".torn")
    if told.words - told.over - was or not torn:
        found.append(f"the proof does not read {len(told.words - was)} words that are there before, {len(torn)} torn")
    now = readable(after, after) | readable(after, before)
    if left := sorted(word for word in now if word.startswith(b"slet")):
        found.append(f"{len(left)} erased words can still be read, {left[0].decode()} for one")
    if {word for word in told.words - told.over if word.startswith(b"bliv")} - now:
        found.append("what stays cannot be read any more")
    if set(after) - {"keyring.json", "vault-2.log", "tries", "lock"}:
        found.append("a file is left")
    return found


def _work(store: Store, told: _Told, rounds: int) -> list[str]:
    """Three citizens and all that is told about them; the citizen, the scope and the records that will be erased."""
    stays, citizen, lost = an_id(), an_id(), an_id()
    single: list[str] = []
    with store.transaction() as session:
        for person, what in ((stays, "bliv"), (citizen, "slet"), (lost, "slet")):
            records.add(session, CitizenRow(id=person, known_as=told.text(what, 1), address=told.text(what, 1)), NOW)
        goals = [GoalRow(scope=citizen_scope(person), dimension="home", title="0") for person in (stays, citizen, lost)]
        for goal in goals:
            records.add(session, goal, NOW)
    for turn in range(rounds):
        with store.transaction() as session:
            for _ in range(6):
                person = told.rng.choice((stays, citizen, lost))
                what = "bliv" if person == stays and told.rng.random() < 0.7 else "slet"
                contact = ContactRow(id=an_id(), scope=citizen_scope(person), occurred_at=NOW, mode="met")
                contact.own_words, contact.place_text = told.text(what), told.text(what, 1)
                records.add(session, contact, NOW)
                single += [contact.id] if person == stays and what == "slet" else []
                drafts.keep(session, f"contact:{person}:{contact.id}", {"own_words": told.text(what)}, NOW)
            _type(session, told, (stays, citizen, lost))
            for goal, what in zip(goals, ("bliv", "slet", "slet"), strict=True):
                records.change(session, session.get_one(GoalRow, goal.id), NOW, title=told.text(what, 1))
            unknown = sent("hologram", an_id(), citizen_scope(lost), turn + 1, glow=told.text("slet"))
            incoming.take_in(session, [unknown])
        with store.transaction() as session:  # the server has answered: some of it is durable, some is not
            of_lost = [op for op in outbox.waiting(session) if op.scope == citizen_scope(lost)]
            outbox.settle(session, [Ack(ack=op.op, result="ok", seq=turn + 1) for op in of_lost])
            outbox.made_durable(session, turn // 2)
    return [citizen, lost, *single]


def _type(session: Session, told: _Told, people: tuple[str, str, str]) -> None:
    """Drafts kept over themselves and discarded, again and again: they move about in their pages, and leave traces."""
    for _ in range(60):
        person = told.rng.choice(people)
        key = f"progress:{person}:{told.rng.randrange(30)}"
        before = session.execute(text('SELECT "values" FROM draft WHERE key = :key'), {"key": key}).scalar()
        if before is not None:
            told.over |= set(_WORD.findall(before.encode()))
        if before is None or told.rng.random() < 0.6:
            typed = {
                "key": key,
                "typed": f'"{told.text("bliv" if person == people[0] else "slet")}"',
                "at": NOW.isoformat(),
            }
            session.execute(text("INSERT OR REPLACE INTO draft VALUES (:key, :typed, :at)"), typed)
        else:
            session.execute(text("DELETE FROM draft WHERE key = :key"), {"key": key})


def _tear(folder: Path, told: _Told, lost: str) -> None:
    """A power cut in the middle of a commit with words that nobody was told are saved."""
    store = Store(open_vault(folder, SECRET, DEVICE, disk=quick.DISK), history.WORKER)
    with store.transaction() as session:
        for _ in range(5):
            drafts.keep(session, f"contact:{lost}:{an_id()}", {"own_words": told.torn}, NOW)
    store.close()
    log = folder / "vault-1.log"
    log.write_bytes(log.read_bytes()[:-10])


def _erase(store: Store, erased: list[str]) -> None:
    citizen, lost, *single = erased
    with store.transaction() as session:
        for record in single:
            erasing.erase(session, "contact", record)
        erasing.erase(session, "citizen", citizen)
        erasing.drop_scopes(session, [citizen_scope(lost)])


def readable(now: Files, files: Files, ending: str = "") -> set[bytes]:
    """The words in what can be opened of `files` with all that a keyring gives to whoever has secret and device."""
    held = reader.read_keyring(now["keyring.json"])
    master = reader.master_key(held, SECRET, DEVICE, stretch=quick.stretched)
    keys = {DEVICE, master, *_unsealed(held, {DEVICE, master})}
    logs = [log for name, content in files.items() if name.endswith(".log") for log in _logs(content, keys)]
    looked_at = [content for name, content in files.items() if name.endswith(ending)]
    pages = [page for log in logs for content in looked_at for page in _pages(log.behind(content))]
    return {word for page in [*looked_at, *pages] for word in _WORD.findall(page)}


def _unsealed(ring: dict[str, object], keys: set[bytes]) -> Iterator[bytes]:
    """Whatever stands sealed in the keyring and opens by one of these, whatever it is said to be bound to."""
    sealed = [plain for text in re.findall(r"[A-Za-z0-9+/]{40,}={0,2}", repr(ring)) if (plain := reader.plain(text))]
    for binding in (f"key|{ring['id']}|{generation}".encode() for generation in range(9)):
        for key in keys:
            for content in sealed:
                try:
                    yield reader.unseal(key, content, binding)
                except (InvalidTag, ValueError):
                    continue


def _logs(content: bytes, keys: Iterable[bytes]) -> Iterator[reader.LogFile]:
    """The log under every key that could be meant for it, its check be what it may."""
    for key in keys:
        log = reader.LogFile.__new__(reader.LogFile)
        log.content, log.file_id = content, content[16:32]
        log.aead = AESGCM(reader.hkdf(key, log.file_id, "vedhold log"))
        yield log


def _pages(log: reader.LogFile) -> Iterator[bytes]:
    """Every page of every record, whether it counts or not."""
    for at in log.heads():
        if (record := log.record(at)) is not None:
            for placed in log.placed(record):
                try:
                    yield log.page(*placed)
                except InvalidTag:  # the torn one
                    continue
