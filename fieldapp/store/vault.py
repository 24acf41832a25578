"""Opening and closing the encrypted vault: a folder with a keyring and one log file."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine


@dataclass
class Vault:
    """An open vault. One process, one connection; close it before the process ends."""

    folder: Path
    id: str
    engine: Engine

    def close(self) -> None:
        raise NotImplementedError


def vault_exists(folder: Path) -> bool:
    raise NotImplementedError


def create_vault(folder: Path, secret: str, device_secret: bytes) -> Vault:
    """Make a new vault. `device_secret` is 32 bytes that live in the OS keystore only."""
    raise NotImplementedError


def open_vault(folder: Path, secret: str, device_secret: bytes) -> Vault:
    """Open it, migrated to this app's schema.

    Raises NoVault, WrongSecret, TooManyTries, VaultDamaged, VaultTooNew, VaultTooOld, VaultBusy. Nothing is changed
    in a vault that is refused.
    """
    raise NotImplementedError


def open_with_key(folder: Path, data_key: bytes) -> Vault:
    """Open (or create) a vault by its 32-byte data key, past the keyring: for proofs and tests."""
    raise NotImplementedError


def change_secret(folder: Path, old: str, new: str, device_secret: bytes) -> None:
    """Wrap the same data key under a new secret; the vault file is untouched."""
    raise NotImplementedError


def wipe(folder: Path) -> None:
    """Destroy the keyring first, then the files. May be killed at any step and run again."""
    raise NotImplementedError
