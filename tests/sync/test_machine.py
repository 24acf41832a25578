"""The histories as a state machine, so that hypothesis makes a broken one as short as it can."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import Engine

from tests.postgres import in_memory
from tests.sync import faults
from tests.sync.directed import small_steps
from tests.sync.histories import CHANCES, History

pytestmark = pytest.mark.proof
ENOUGH = settings(
    max_examples=6,
    stateful_step_count=16,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
#: As often as in a random history.
ACTS = st.sampled_from([act for act, chance in CHANCES.items() for _ in range(chance)])
DEVICES, LUCK = st.integers(0, 2), st.integers(0, 10**6)


def machine(engine: Engine) -> type[RuleBasedStateMachine]:
    """One step of a history is one rule: what happens, to which device, and how the dice fall in it."""

    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.stack = ExitStack()
            self.stack.enter_context(small_steps())
            folder = self.stack.enter_context(tempfile.TemporaryDirectory(prefix="vedhold-machine-", dir=in_memory()))
            self.folder = Path(folder)
            self.history: History | None = None

        @initialize(seed=st.integers(0, 1))
        def begin(self, seed: int) -> None:
            self.history = History(engine, self.folder, seed)

        @rule(act=ACTS, number=DEVICES, luck=LUCK)
        def step(self, act: Callable[[History, int], None], number: int, luck: int) -> None:
            assert self.history is not None
            self.history.draw.seed(luck)
            self.history.world.clock.advance(seconds=luck % 4_000 + 1)
            act(self.history, number)
            self.history.always(number)

        def teardown(self) -> None:
            with self.stack:
                if self.history is not None:
                    try:
                        self.history.heal()
                        self.history.healed()
                    finally:
                        self.history.end()

    return Machine


def test_whatever_happens_the_invariants_hold(engine: Engine) -> None:
    run_state_machine_as_test(machine(engine), settings=ENOUGH)


def test_a_planted_fault_is_found(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    faults.skipped_row(monkeypatch)
    at_once = settings(ENOUGH, phases=(Phase.generate,))
    with pytest.raises(AssertionError, match=r"I\d+"):
        run_state_machine_as_test(machine(engine), settings=at_once)
