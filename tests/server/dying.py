"""A command that is killed with kill -9 at one of its steps."""

import os
import subprocess
import sys

from tests.sync.parts import World

#: Where each step ends with kill -9: before this function is called, or after it.
STEPS = {
    "dump": ("fieldapp.server.dump", "dump", "after"),
    "checksum": ("fieldapp.server.backup", "digest_of", "after"),
    "name": ("fieldapp.server.files", "to_disk", "before"),
    "durable": ("fieldapp.server.backup", "_finished", "before"),
    "check": ("fieldapp.server.dump", "check", "after"),
    "begin": ("fieldapp.server.dump", "replace", "before"),
    "loading": ("fieldapp.server.dump", "_pass_on", "after"),
    "loaded": ("fieldapp.server.dump", "replace", "after"),
    "registered": ("fieldapp.server.replay", "follow", "before"),
}
DYING = """
import importlib, os, signal, sys
name, function, when, *words = sys.argv[1:]
module = importlib.import_module(name)
real = getattr(module, function)
def die(*arguments, **more):
    if when == "after":
        real(*arguments, **more)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(module, function, die)
from fieldapp.cli import app
app(words)
"""


def run_and_die(world: World, step: str, *words: str) -> int:
    """The command in a process of its own, killed at this step; its exit code."""
    told = {
        "FIELDAPP_DATABASE_URL": world.engine.url.render_as_string(hide_password=False),
        "FIELDAPP_REGISTER": str(world.register.path),
        "FIELDAPP_LANGUAGE": "en",
    }
    command = [sys.executable, "-c", DYING, *STEPS[step], *words]
    done = subprocess.run(command, env=os.environ | told, capture_output=True, text=True, timeout=120)
    print(done.stdout, done.stderr)
    return done.returncode
