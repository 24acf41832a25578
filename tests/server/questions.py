"""The small questions, asked by their own schema, well and almost: `python -m tests.server.questions --number 10000`.

All that is JSON: schemathesis writes what fits the app's OpenAPI schema and what just does not.
"""

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from sqlalchemy import Engine

from fieldapp.domain.fields import CODE
from fieldapp.server import database, embedded
from fieldapp.server.administration import Office
from fieldapp.server.app import create_app
from fieldapp.server.exchange import InProcessServer
from tests.examples import an_id
from tests.server.http import UNPACED, listening
from tests.server.people import Clock, a_known_phone, public_pem

PATHS = tuple(f"/sync/v1/{name}" for name in ("enrol", "challenge", "token", "digest", "deposit", "recover", "wiped"))
STATUSES = {200, 400, 401, 403, 404, 410, 413, 422}


def ask_all(engine: Engine, number: int, begin: int = 1) -> tuple[Counter[str], list[str]]:
    """What was said how often, and what was bad about it."""
    clock, said, bad = Clock(), Counter[str](), []
    server = InProcessServer(engine, clock, UNPACED, recovery_key=bytes(32))
    phone = a_known_phone(server, clock, Office(engine, clock).add_worker("Freja Opfundet"))
    token = phone.log_in()
    right = {
        "public_key": public_pem(phone.key),
        "device": phone.enrolled.device,
        "epoch": phone.enrolled.epoch,
        "nonce": server.challenge(phone.enrolled.device).nonce,
        "ask": an_id(),
    }
    app = create_app(server)
    schema = schemathesis.openapi.from_dict(app.openapi())
    draw = random.Random(begin)

    def judge(path: str, answer: Any) -> None:
        status, words = answer.status_code, ""
        if status != 200:
            words = " ".join(map(str, answer.json().values()))
        said[f"{path} {status} {words}"] += 1
        if status not in STATUSES or (words and not all(CODE.fullmatch(word) for word in words.split(" "))):
            bad.append(f"{path} {status} {words}")

    with listening(app) as address:
        for path in PATHS:
            operation = schema[path]["POST"]
            cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))
            every = settings(
                max_examples=number // len(PATHS),
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )

            def ask(case: Any) -> None:
                """Half of what only this server knows is made right: else nobody gets past the door."""
                if draw.random() < 0.7:
                    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
                if isinstance(case.body, dict):
                    case.body |= {name: right[name] for name in case.body if name in right and draw.random() < 0.5}
                judge(case.path, case.call(base_url=address, timeout=20))

            seed(begin)(every(given(cases)(ask)))()
    return said, bad


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--number", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="vedhold-test-") as folder,
        embedded.running(Path(folder), durable=False) as url,
    ):
        engine = database.connect(url)
        database.prepare(engine)
        said, bad = ask_all(engine, told.number, told.seed)
        engine.dispose()
    print(*(f"  {count:6} {words}" for words, count in said.most_common()), sep="\n")
    print(*sorted(set(bad)), sep="\n")
    print(f"questions {sum(said.values())} bad {len(bad)}")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
