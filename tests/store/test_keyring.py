"""The secret and the device together open the vault, and nothing else does."""

import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from fieldapp.errors import NoVault, VaultDamaged, VaultError, VaultTooNew, VaultTooOld, WrongSecret
from fieldapp.store import keyring
from fieldapp.store.keyring import Keyring
from fieldapp.store.stretching import HIGHEST_COST, LOWEST_COST

DEVICE, MASTER = os.urandom(32), os.urandom(32)
PIN = "483920"


@pytest.fixture(scope="module")
def ring() -> Keyring:
    return keyring.new(MASTER)[0].with_secret(MASTER, PIN, DEVICE, LOWEST_COST)


def test_the_right_secret_on_the_right_device_opens_it(ring: Keyring):
    assert ring.open_slot(PIN, DEVICE) == MASTER
    assert ring.open_slot(f" {PIN} ", DEVICE) == MASTER


def test_a_wrong_secret_or_another_device_does_not(ring: Keyring):
    for secret, device in (("483921", DEVICE), ("", DEVICE), (PIN, os.urandom(32)), (PIN, b"")):
        with pytest.raises(WrongSecret):
            ring.open_slot(secret, device)


def test_a_keyring_comes_back_as_it_was_saved(ring: Keyring, tmp_path: Path):
    keyring.save(tmp_path, ring)
    assert keyring.load(tmp_path) == ring
    assert [path.name for path in tmp_path.iterdir()] == ["keyring.json"]


def test_it_holds_no_key_in_clear(ring: Keyring, tmp_path: Path):
    keyring.save(tmp_path, ring)
    content = (tmp_path / "keyring.json").read_bytes()
    for secret in (MASTER, DEVICE, ring.data_key(MASTER)):
        for shown in (secret, secret.hex().encode(), json.dumps(keyring._text(secret)).encode()):
            assert shown not in content
    assert PIN.encode() not in content


def test_each_generation_has_its_own_key_under_the_same_secret(ring: Keyring):
    following, key = ring.next_generation(MASTER)
    assert (following.generation, following.log_name) == (2, "vault-2.log")
    assert following.data_key(MASTER) == key != ring.data_key(MASTER)
    assert following.open_slot(PIN, DEVICE) == MASTER


@pytest.mark.parametrize(
    "forged",
    [
        lambda ring: replace(ring, generation=2),
        lambda ring: replace(ring, id="00" * 16),
        lambda ring: replace(ring, key=keyring.new(MASTER)[0].key),
        lambda ring: replace(ring, key=""),
    ],
)
def test_a_data_key_serves_only_its_own_vault_and_generation(ring: Keyring, forged: Any):
    with pytest.raises(WrongSecret):
        forged(ring).data_key(MASTER)


@pytest.mark.parametrize(
    "change", [{"kind": "recovery"}, {"cost": LOWEST_COST * 2}, {"sealed": ""}, {"sealed": "AAAA"}]
)
def test_a_slot_is_bound_to_its_parameters(ring: Keyring, change: dict[str, Any]):
    slot = replace(ring.slots[0], **change)
    with pytest.raises((WrongSecret, VaultDamaged)):
        replace(ring, slots=(slot,)).open_slot(PIN, DEVICE)


@pytest.mark.parametrize("cost", [2, LOWEST_COST // 2, HIGHEST_COST * 2, 2**40, "16384", 20_000, True])
def test_a_cheap_or_enormous_stretching_is_refused_before_it_runs(ring: Keyring, tmp_path: Path, cost: Any):
    keyring.save(tmp_path, replace(ring, slots=(replace(ring.slots[0], cost=cost),)))
    with pytest.raises(VaultDamaged):
        keyring.load(tmp_path)


def test_no_vault_is_not_a_damaged_one(tmp_path: Path):
    with pytest.raises(NoVault):
        keyring.load(tmp_path)


def test_a_broken_byte_is_damage_and_not_a_wrong_secret(ring: Keyring, tmp_path: Path):
    keyring.save(tmp_path, ring)
    path = tmp_path / "keyring.json"
    whole = path.read_bytes()
    for at in range(len(whole)):
        for flip in (1, 32):
            bad = bytearray(whole)
            bad[at] ^= flip
            path.write_bytes(bad)
            try:
                assert keyring.load(tmp_path) == ring  # spaces between tokens, case of \u escapes
            except VaultError as error:
                assert not isinstance(error, WrongSecret)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"v": 1, "ring": {}, "sum": ""}', b"[" * 100_000]
)
def test_something_else_in_its_place_is_damage(tmp_path: Path, content: bytes):
    (tmp_path / "keyring.json").write_bytes(content)
    with pytest.raises(VaultDamaged):
        keyring.load(tmp_path)


@pytest.mark.parametrize(("version", "error"), [(2, VaultTooNew), (0, VaultTooOld)])
def test_another_version_is_named(ring: Keyring, tmp_path: Path, version: int, error: type[VaultError]):
    keyring.save(tmp_path, ring)
    whole = json.loads((tmp_path / "keyring.json").read_bytes())
    (tmp_path / "keyring.json").write_text(json.dumps(whole | {"v": version}))
    with pytest.raises(error):
        keyring.load(tmp_path)


FORGED = [
    *[{"generation": other} for other in ("../../elsewhere/vault", 1.5, None, 0, -1, True)],
    *[{"id": other} for other in (5, "", "zz" * 16, "\ud800", None, "00" * 17)],
    *[{"key": other} for other in (5, None, "", "ikke base64", "AAAA AAAA", [])],
    *[{"slots": other} for other in ((), ("x",))],
]
FORGED_SLOTS = [
    {"sealed": 5},
    {"sealed": ""},
    {"sealed": "æ"},
    {"salt": 5},
    {"salt": "AAAA"},
    {"kind": 5},
    {"kind": "a|b"},
]


@pytest.mark.parametrize("change", FORGED, ids=str)
def test_what_no_app_wrote_is_damage_and_leads_nowhere(ring: Keyring, tmp_path: Path, change: dict[str, Any]):
    whole = {"v": 1, "ring": json.loads(json.dumps(asdict(ring))) | change}
    (tmp_path / "keyring.json").write_text(json.dumps(whole | {"sum": keyring._sum(whole["ring"])}))
    if change == {"slots": ()}:
        with pytest.raises(VaultDamaged):
            keyring.load(tmp_path).open_slot(PIN, DEVICE)
        return
    with pytest.raises(VaultDamaged):
        keyring.load(tmp_path)


@pytest.mark.parametrize("change", FORGED_SLOTS, ids=str)
def test_neither_does_a_slot_that_no_app_wrote(ring: Keyring, tmp_path: Path, change: dict[str, Any]):
    keyring.save(tmp_path, replace(ring, slots=(replace(ring.slots[0], **change),)))
    with pytest.raises(VaultDamaged):
        keyring.load(tmp_path)


def test_an_enormous_keyring_is_not_read_to_its_end(tmp_path: Path):
    with (tmp_path / "keyring.json").open("wb") as file:
        file.truncate(10**10)
    with pytest.raises(VaultDamaged):
        keyring.load(tmp_path)
