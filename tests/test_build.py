"""The recipes for running a server: nothing has more rights than it needs, and every command they name exists."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from fieldapp.cli import DRAIN, app
from fieldapp.server.console.rules import RULES
from fieldapp.server.console.settings import PATH

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
PAGES = ["README.md", "SECURITY.md", "build/README.md"]
PAGES += [f"docs/{name}.md" for name in ("drift", "sikkerhedskopi", "konsol", "import")]
#: What the command line raises when it is used wrongly.
Misused: Any = typer.BadParameter.__base__
COMMANDS: Any = typer.main.get_command(app)
#: Where a page says `fieldapp …`, in a block or among words.
SAID = re.compile(r"(?:^|`|\$ )(?:python -m )?(fieldapp (?:(?!`| #|&&|\n).)+)", re.M)


def said() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        text = (ROOT / page).read_text()
        for found in SAID.finditer(text):
            yield page, found[1].rstrip(" \\.,:;")


def compose() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((BUILD / "compose.yml").read_text())
    return made


def unit() -> dict[str, list[str]]:
    """Each key of the unit's [Service], with its values in order."""
    found: dict[str, list[str]] = {}
    section = (BUILD / "vedhold@.service").read_text().partition("[Service]")[2].partition("[Install]")[0]
    for line in section.splitlines():
        if line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def check(words: list[str], *, whole: bool) -> None:
    """That the command is there, with every option that is named; `whole`: and with all it must be given."""
    command: Any = COMMANDS
    place = 0
    while place < len(words) and words[place] in getattr(command, "commands", {}):
        command = command.commands[words[place]]
        place += 1
    rest = words[place:]
    assert not hasattr(command, "commands") or not rest or rest[0].startswith("-"), f"no command {rest[0]!r}"
    options = {name: one for one in command.params for name in (*one.opts, *one.secondary_opts)}
    named = [word.partition("=")[0] for word in rest if word.startswith("--")]
    assert set(named) <= {*options, "--help"}, f"no option {set(named) - set(options)}"
    if whole:
        command.make_context("fieldapp", list(rest)).close()


def test_there_are_commands_to_look_at() -> None:
    assert len(list(said())) > 25


@pytest.mark.parametrize(("page", "command"), sorted(set(said())))
def test_a_command_that_a_page_names_exists(page: str, command: str) -> None:
    command = re.sub(r"\$\([^)]*\)|<[^>]*>|…", "x", command)
    words = shlex.split(re.split(r" \| (?!s)|;", command)[0].replace(" | ", " "))[1:]
    if "|" in command or (words[-1] in ("x",) and len(words) == 1):
        words = [words[0]]
    block = any(line.strip().startswith(command[:20]) for line in (ROOT / page).read_text().splitlines())
    check(words, whole=block and page == "docs/drift.md")


def test_a_wrong_command_would_be_noticed() -> None:
    for wrong in ("admin opfundet", "admin revoke x --opfundet", "opfundet"):
        with pytest.raises(AssertionError):
            check(wrong.split(), whole=False)
    for wrong in ("admin recover x --reason y", "admin worker x --role opfundet", "admin backup"):
        with pytest.raises(Misused):
            check(wrong.split(), whole=True)


@pytest.mark.parametrize("place", ["build/compose.yml", "build/vedhold@.service", "docs/drift.md"])
def test_every_variable_is_one_that_a_command_reads(place: str) -> None:
    named = set(re.findall(r"FIELDAPP_[A-Z_]+", (ROOT / place).read_text()))
    assert named and named <= variables(COMMANDS)


#: Without the key of the log it is never sealed; without the address the console answers nobody behind the proxy.
NEEDED = ["DATABASE_URL", "REGISTER", "RECOVERY_KEY_FILE", "AUDIT_KEY_FILE", "PROXY", "ADDRESS"]


@pytest.mark.parametrize("needed", NEEDED)
def test_a_server_that_is_set_up_so_lacks_nothing(needed: str) -> None:
    name = f"FIELDAPP_{needed}"
    assert name in compose()["services"]["api1"]["environment"]
    given = {one.partition("=")[0] for one in unit()["Environment"]}
    assert unit()["EnvironmentFile"] == ["/etc/vedhold/environment"], "it must be there"
    asked = re.findall(r"echo '(\w+)=.*> /etc/vedhold/environment", (ROOT / "docs/drift.md").read_text())
    assert name in {*given, *asked}


def test_the_address_that_the_sign_in_comes_back_to_is_the_one_that_is_told() -> None:
    back = f"{PATH}/oidc/back"
    assert ("GET", "/oidc/back") in RULES
    for page in ("docs/drift.md", "docs/konsol.md"):
        assert back in (ROOT / page).read_text(), page


#: Every place that the server's modules name, said by the copy that is started.
HANDED_OUT = """
import sys
from pathlib import Path
import fieldapp.cli, fieldapp.server.app
for module in [one for name, one in sys.modules.items() if name.startswith("fieldapp")]:
    for each in vars(module).values():
        if isinstance(each, Path):
            print(each)
"""


def copied() -> list[str]:
    lines = (BUILD / "server.Dockerfile").read_text().replace("\\\n", "").splitlines()
    return [line.split()[1] for line in lines if line.startswith("COPY") and "--from" not in line]


def variables(command: Any) -> set[str]:
    own = {str(one.envvar) for one in command.params if getattr(one, "envvar", None)}
    return own.union(*(variables(each) for each in getattr(command, "commands", {}).values()))


class TestContainers:
    def test_each_has_only_what_it_needs(self) -> None:
        for name, service in compose()["services"].items():
            assert service["read_only"] is True and service["cap_drop"] == ["ALL"], name
            assert service["security_opt"] == ["no-new-privileges:true"], name
            assert str(service["user"]).partition(":")[0] not in ("", "0", "root"), name
            assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else []), name
            assert not service.get("privileged") and "docker.sock" not in str(service.get("volumes")), name
            assert service["mem_limit"] and service["pids_limit"] and service["restart"] == "unless-stopped", name

    def test_two_processes_share_database_and_register_and_only_the_proxy_is_outside(self) -> None:
        services = compose()["services"]
        assert services["api1"] == services["api2"]
        assert [name for name, one in services.items() if "ports" in one or "outside" in one["networks"]] == ["proxy"]
        assert compose()["networks"]["inside"]["internal"] is True
        assert (
            services["api1"]["environment"]["FIELDAPP_PROXY"] == services["proxy"]["networks"]["inside"]["ipv4_address"]
        )
        caddy = (BUILD / "Caddyfile").read_text()
        assert {f"{name}:8000" for name in services if name.startswith("api")} <= set(caddy.split())
        assert (
            "health_uri /health/ready" in caddy and caddy.count("{") == caddy.count("}") and "log" not in caddy.split()
        )

    def test_secrets_are_files_and_none_of_them_is_here(self) -> None:
        made = compose()
        for service in made["services"].values():
            environment = service.get("environment", {})
            assert not any("PASSWORD" in name and not name.endswith("_FILE") for name in environment)
            assert "@" not in str(environment.get("FIELDAPP_DATABASE_URL", "")).replace("vedhold@", "")
            assert set(service.get("secrets", [])) <= set(made["secrets"])
        assert all(set(one) == {"file"} for one in made["secrets"].values())
        ignored = (ROOT / ".gitignore").read_text().splitlines()
        assert "/build/*" in ignored and not any(line.startswith("!/build/secrets") for line in ignored)

    def test_the_command_is_one_of_ours_and_it_is_given_time_to_end(self) -> None:
        api = compose()["services"]["api1"]
        check(api["command"], whole=True)
        assert int(api["stop_grace_period"].removesuffix("s")) > DRAIN
        log = compose()["services"]["database"]["command"]
        assert {"log_error_verbosity=terse", "log_min_error_statement=panic"} <= set(log)

    def test_the_image_runs_as_nobody_special_and_copies_only_what_is_there(self) -> None:
        lines = [line for line in (BUILD / "server.Dockerfile").read_text().replace("\\\n", "").splitlines() if line]
        users = [line.split()[1] for line in lines if line.startswith("USER")]
        assert users[-1] == compose()["services"]["api1"]["user"]
        assert copied() and all((ROOT / path).exists() for path in copied())
        entry, command = (yaml.safe_load(line.split(maxsplit=1)[1]) for line in lines[-2:])
        assert entry[-2:] == ["-m", "fieldapp"]
        check(command, whole=True)
        assert "--require-hashes" in "".join(lines) and (BUILD / "lock" / "server.txt").read_text().count("--hash") > 50

    def test_the_image_holds_every_file_that_the_server_hands_out(self, tmp_path: Path) -> None:
        for path in copied():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (ROOT / path).is_dir() else shutil.copy
            copy(ROOT / path, tmp_path / path)
        there = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", HANDED_OUT], cwd=tmp_path, env=there, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        handed_out = [Path(line) for line in done.stdout.splitlines()]
        assert "VedholdSans.ttf" in [path.name for path in handed_out]
        for path in handed_out:
            assert path.is_relative_to(tmp_path) and path.exists(), path

    def test_nothing_but_what_is_copied_goes_to_the_docker_daemon(self) -> None:
        lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
        assert lines[0] == "*"
        let_through = [line.removeprefix("!") for line in lines if line.startswith("!")]
        assert let_through == sorted(copied())


def test_each_night_a_backup_comes_first_and_then_what_may_go_goes() -> None:
    text = (BUILD / "vedhold-nightly.service").read_text()
    commands = [line.partition("-m fieldapp ")[2].rstrip("'") for line in text.splitlines() if "ExecStart=" in line]
    assert [" ".join(one.split()[:2]) for one in commands] == ["admin backup", "admin audit", "admin retention"]
    for one in commands:
        check(shlex.split(re.sub(r"\$\$\([^)]*\)", "x", one)), whole=True)
    assert set(re.findall(r"FIELDAPP_[A-Z_]+", text)) <= variables(COMMANDS)
    [by_cron] = [line for line in (BUILD / "README.md").read_text().splitlines() if line.startswith("10 3 ")]
    assert re.findall(r"[$]run (\w+(?: verify)?)", by_cron) == ["backup", "audit verify", "retention"]
    assert "OnCalendar=" in (BUILD / "vedhold-nightly.timer").read_text()


class TestUnit:
    def test_systemd_takes_it(self, tmp_path: Path) -> None:
        judge = shutil.which("systemd-analyze")
        if judge is None:
            assert not os.environ.get("CI"), "where every change is tried it is asked"
            pytest.skip("there is no systemd here to ask")
        text = (BUILD / "vedhold@.service").read_text()
        there = tmp_path / "vedhold@.service"
        there.write_text(text.replace("/opt/vedhold/.venv/bin/python", shutil.which("true") or "/bin/true"))
        done = subprocess.run([judge, "verify", there], capture_output=True, text=True, env=dict(os.environ))
        assert (done.returncode, done.stderr) == (0, "")

    def test_it_has_only_what_it_needs(self) -> None:
        said = unit()
        for key in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "RestrictNamespaces"):
            assert said[key] == ["yes"], key
        assert (
            said["ProtectSystem"] == ["strict"] and said["CapabilityBoundingSet"] == [""] and said["UMask"] == ["0077"]
        )
        assert said["User"] == ["vedhold"] and said["StateDirectoryMode"] == ["0700"]

    def test_its_command_is_ours_and_it_is_given_time_to_end(self) -> None:
        said = unit()
        [start] = said["ExecStart"]
        words = start.replace("%i", "8001").split()
        assert words[1:3] == ["-m", "fieldapp"]
        check(words[3:], whole=True)
        assert int(said["TimeoutStopSec"][0]) > DRAIN and said["KillSignal"] == ["SIGTERM"]

    def test_its_secrets_are_files_that_systemd_hands_over(self) -> None:
        said = unit()
        handed = {one.partition(":")[0] for one in said["LoadCredential"]}
        used = {one.partition("%d/")[2] for one in said["Environment"] if "%d/" in one}
        assert handed == used == {"recovery.key", "audit.key", "pgpass"}
        assert not any(re.search(r"://[^@/]*:[^@/]*@", one) for one in said["Environment"])
