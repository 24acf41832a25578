"""The rules are plain Python: importing them loads no screen, no database and no network."""

import pkgutil
import subprocess
import sys

import fieldapp.domain

HEAVY = ("flet", "sqlalchemy", "sqlmodel", "pydantic", "httpx", "fastapi", "apsw", "cryptography")


def test_importing_all_of_the_domain_loads_nothing_heavy() -> None:
    modules = [f"fieldapp.domain.{module.name}" for module in pkgutil.iter_modules(fieldapp.domain.__path__)]
    code = f"import sys, {', '.join(modules)}; print(*(set({HEAVY}) & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == []
