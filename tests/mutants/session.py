"""Runs mutants in a pytest session that has its tests collected: a fork for each.

The tests of a mutant are those that reached its function, as a first run in a fork sees them, the
cheapest first. A fork has the function's code replaced, so neither imports nor collecting are paid
for again. What needs real time, real servers or processes is left out: forks would share it.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import threading
import time
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from pathlib import Path

import pytest  # noqa: TC002 - fixtures of plugins are looked up by their types

from tests.mutants.operators import Mutant, mutated

ROOT = Path(__file__).parents[2]
ENOUGH = 5.0
"""Seconds of tests for one mutant at most, by their times without it."""

MEMORY = 3 << 30
"""Octets that a mutant may take: some never stop to build a list."""

Place = tuple[str, str, int]
"""A function: its file, its qualified name, its first line."""


class Fate(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    UNREACHED = "no test reaches it"
    UNFIT = "cannot be put in"


@dataclass(frozen=True)
class Reached:
    """Which tests reach a function, and how long each test takes in seconds."""

    tests: Mapping[Place, Sequence[int]]
    seconds: Sequence[float]


class Mutating:
    """A plugin that runs no test but for mutants; `fates` is what became of each."""

    def __init__(self, wanted: Mapping[Path, Sequence[Mutant]], told: Path, jobs: int) -> None:
        self._wanted = wanted
        self._told = told
        self._jobs = jobs
        self._items: list[pytest.Item] = []
        self._running: dict[int, tuple[Path, Mutant]] = {}
        self._functions: Mapping[Place, Sequence[types.FunctionType]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Look which tests reach what, then put in one mutant after the other."""
        self._items = [one for one in session.items if _suits(one)]
        # pytest rewrites the plugin first
        from hypothesis import Phase, settings  # noqa: PLC0415

        from tests.conftest import ChildrenOfTests  # noqa: PLC0415

        # a failure is enough, and one run has to be as the other
        settings.register_profile(
            "mutants", settings(), max_examples=25, phases=(Phase.explicit, Phase.generate),
            database=None, derandomize=True,
        )  # fmt: skip
        settings.load_profile("mutants")
        manager = session.config.pluginmanager
        manager.unregister(name="terminalreporter")
        for plugin in manager.get_plugins():
            if isinstance(plugin, ChildrenOfTests):  # there are none
                manager.unregister(plugin)
        self._functions = _functions_of({str(ROOT / file) for file in self._wanted})
        gc.freeze()
        reached = self._in_fork_reached()
        self._without_a_fault(reached)
        for file, mutants in self._wanted.items():
            source = file.read_text()
            for mutant in mutants:
                place = (str(ROOT / file), mutant.function, mutant.first_line)
                tests = _within_time(reached.tests.get(place, ()), reached.seconds)
                self._try(file, source, mutant, tests)
        while self._running:
            self._wait()
        return True

    def _without_a_fault(self, reached: Reached) -> None:
        """Make sure that the tests pass in a fork as long as nothing is changed.

        Raises:
            AssertionError: one does not, so that every mutant would count as killed.
        """
        tests = sorted({number for found in reached.tests.values() for number in found[:5]})
        wrong = self._told.with_suffix(".wrong")
        wrong.unlink(missing_ok=True)
        if (pid := os.fork()) == 0:
            _silence()
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            for number, following in pairwise([*tests, tests[0]]):
                if not self._passes(number, following):
                    wrong.write_text(self._items[number].nodeid)
                    os._exit(1)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        failed = wrong.read_text() if wrong.exists() else "a test"
        assert status == 0, f"{failed} fails without a mutant"

    def _limits(self) -> None:
        _silence()
        spend = int(ENOUGH * 6) + 20
        resource.setrlimit(resource.RLIMIT_CPU, (spend, spend + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def _try(self, file: Path, source: str, mutant: Mutant, tests: Sequence[int]) -> None:
        """Begin with a mutant as soon as there is room for it."""
        if not tests:
            self._tell(file, mutant, Fate.UNREACHED)
            return
        while len(self._running) >= self._jobs:
            self._wait()
        if (pid := os.fork()) == 0:
            os._exit(self._tried(file, source, mutant, tests))
        self._running[pid] = (file, mutant)

    def _wait(self) -> None:
        """Wait for one to end, and note what became of it."""
        pid, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        fate = {0: Fate.SURVIVED, 3: Fate.UNFIT}.get(code, Fate.KILLED)
        self._tell(*self._running.pop(pid), fate)

    def _tell(self, file: Path, mutant: Mutant, fate: Fate) -> None:
        row = {"file": str(file), "key": mutant.key, "line": mutant.line}
        row |= {"what": mutant.what, "fate": fate.value}
        with self._told.open("a") as told:
            told.write(json.dumps(row) + "\n")

    def _tried(self, file: Path, source: str, mutant: Mutant, tests: Sequence[int]) -> int:
        """Return 0 if the mutant survives in this fork, 1 if a test sees it, 3 if it is unfit."""
        self._limits()
        try:
            code = compile(mutated(source, mutant), str(ROOT / file), "exec")
            new = _code_of(code, mutant)
            place = (str(ROOT / file), mutant.function, mutant.first_line)
            functions = self._functions.get(place, ())
            if new is None or not functions:
                return 3
            for function in functions:
                function.__code__ = new
        except (ValueError, SyntaxError):
            return 3
        return 0 if all(self._passes(*pair) for pair in pairwise([*tests, tests[0]])) else 1

    def _passes(self, number: int, following: int) -> bool:
        """Run a test; pytest takes down what the one that follows it does not need."""
        item = self._items[number]
        failed: list[bool] = []

        class Watch:
            def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
                failed.append(report.failed)

        watch = Watch()
        manager = item.config.pluginmanager
        manager.register(watch)
        try:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=self._items[following])
        except BaseException:  # noqa: BLE001 - whatever it is, it is not as it was
            return False
        finally:
            manager.unregister(watch)
        return not any(failed)

    def _in_fork_reached(self) -> Reached:
        """Return which tests reach what; a run in a fork leaves nothing behind in this process."""
        files = {str(ROOT / file) for file in self._wanted}
        note = self._told.with_suffix(".reached")
        if (pid := os.fork()) == 0:
            _silence()
            try:
                note.write_text(json.dumps(self._reached(files)))
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
        rows, seconds = json.loads(note.read_text())
        note.unlink()
        return Reached({tuple(place): tests for place, tests in rows}, seconds)

    def _reached(self, files: set[str]) -> tuple[list[object], list[float]]:
        found: dict[Place, list[int]] = {}
        seconds = []
        for number in range(len(self._items)):
            seen: set[types.CodeType] = set()

            def notice(
                frame: types.FrameType, _event: str, _: object, seen: set[types.CodeType] = seen
            ) -> None:
                seen.add(frame.f_code)

            before = time.process_time()
            threading.settrace(notice)
            sys.settrace(notice)
            passed = self._passes(number, (number + 1) % len(self._items))
            sys.settrace(None)
            threading.settrace(None)
            seconds.append(time.process_time() - before)
            if not passed:
                continue
            for code in seen:
                if code.co_filename in files:
                    name = code.co_qualname.partition(".<locals>")[0]
                    place = (code.co_filename, name, code.co_firstlineno)
                    if ".<locals>" not in code.co_qualname:
                        found.setdefault(place, []).append(number)
        return [[place, sorted(set(tests))] for place, tests in found.items()], seconds


def _suits(item: pytest.Item) -> bool:
    """Whether a test can run in a fork beside others: nothing of it lives outside."""
    return not any(item.get_closest_marker(name) for name in ("real_time", "servers", "browser"))


def _within_time(tests: Iterable[int], seconds: Sequence[float]) -> list[int]:
    """Return the cheapest tests, as many as there is time for."""
    chosen: list[int] = []
    spent = 0.0
    for number in sorted(tests, key=lambda one: seconds[one]):
        spent += seconds[number]
        if chosen and spent > ENOUGH:
            break
        chosen.append(number)
    return chosen


def _functions_of(files: set[str]) -> dict[Place, list[types.FunctionType]]:
    """Return all functions of some files that are there, by their places."""
    found: dict[Place, list[types.FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__code__.co_filename in files:
            code = one.__code__
            place = (code.co_filename, code.co_qualname, code.co_firstlineno)
            found.setdefault(place, []).append(one)
    return found


def _code_of(code: types.CodeType, mutant: Mutant) -> types.CodeType | None:
    for constant in code.co_consts:
        if not isinstance(constant, types.CodeType):
            continue
        if (constant.co_qualname, constant.co_firstlineno) == (mutant.function, mutant.first_line):
            return constant
        if (found := _code_of(constant, mutant)) is not None:
            return found
    return None


def _silence() -> None:
    """Send what the fork says nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
