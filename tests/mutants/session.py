"""Runs mutants in a pytest session that has its tests collected: a fork for each.

The tests of a mutant are those that reach its line: first those that killed others in the same
function, then the cheapest. A fork has the function's code replaced, so neither imports nor
collecting are paid for again. What needs real time, real servers or a browser is left out: forks
would share it.
"""

from __future__ import annotations

import gc
import importlib
import os
import resource
import signal
import types
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest  # noqa: TC002 - fixtures of plugins are looked up by their types

from tests.mutants.kept import Fate, Kept, Verdict
from tests.mutants.operators import Mutant, mutated
from tests.mutants.reach import Reach, Reached, Tracer, row

MEMORY = 3 << 30
"""Octets that a mutant may take: some never stop to build a list."""

PATIENCE = 40
"""Seconds that a test may take in a fork: some mutants wait for ever."""

SLACK = 4
LEAST = 3.0
"""How many times as long as without a fault the tests may compute, and seconds beside that."""


class End(IntEnum):
    """The exit codes of a fork; any other, or a signal, says KILLED too."""

    SURVIVED = 0
    KILLED = 1
    UNFIT = 3


Place = tuple[str, str, int]
"""A function: its file, its qualified name, its first line."""


@dataclass(frozen=True)
class _Trial:
    """A mutant in a fork, the tests it is given, and where it tells which it has begun with."""

    file: str
    mutant: Mutant
    tests: Sequence[str]
    begun: int


class Mutating:
    """A plugin that runs no test but for mutants."""

    def __init__(
        self,
        wanted: Mapping[str, Sequence[Mutant]],
        files: Sequence[str],
        reach: Reach,
        kept: Kept,
        *,
        jobs: int,
        say: Callable[[str], None],
    ) -> None:
        self._wanted = wanted
        self._files = files
        self._root = Path.cwd()
        self._reach = reach
        self._kept = kept
        self._jobs = jobs
        self._say = say
        self._items: dict[str, pytest.Item] = {}
        self._running: dict[int, _Trial] = {}
        self._functions: Mapping[Place, Sequence[types.FunctionType]] = {}
        self._sound: dict[str, bool] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Look which tests reach what, then put in one mutant after the other."""
        self._items = {one.nodeid: one for one in session.items if _suits(one)}
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
        for file in self._files:
            importlib.import_module(".".join(Path(file).with_suffix("").parts))
        self._functions = _functions_of({str(self._root / file) for file in self._wanted})
        gc.freeze()
        self._look()
        count, total = 0, sum(map(len, self._wanted.values()))
        for file, mutants in self._wanted.items():
            for mutant in mutants:
                self._try(file, mutant)
                count += 1
                if count % 25 == 0:
                    self._say(f"{count} of {total} mutants put in")
        while self._running:
            self._wait()
        return True

    def _look(self) -> None:
        """Complete the map: each file of tests that is not in it is run once, traced, in a fork."""
        by_file: dict[str, list[str]] = {}
        for name in self._items:
            by_file.setdefault(name.partition("::")[0], []).append(name)
        left = [one for one in by_file if one not in self._reach.read(by_file)]
        running: set[int] = set()
        for count, file in enumerate(left):
            if len(running) >= self._jobs:
                running.discard(os.wait()[0])
            if count % 25 == 0:
                self._say(f"{count} of {len(left)} files of tests looked at")
            if (pid := os.fork()) == 0:
                try:
                    _silence()
                    self._look_at(file, by_file[file])
                finally:
                    os._exit(0)
            running.add(pid)
        while running:
            running.discard(os.wait()[0])
        self._reach.read(by_file)

    def _look_at(self, file: str, tests: Sequence[str]) -> None:
        tracer = Tracer(self._root, self._files)
        seconds: dict[str, float] = {}
        lines: dict[str, Reached] = {}
        for test, following in pairwise([*tests, tests[0]]):
            before = sum(os.times()[:4])
            passed, reached = tracer.traced(partial(self._passes, test, following))
            if passed:
                seconds[test] = round(sum(os.times()[:4]) - before, 3)
                lines[test] = reached
        with self._reach.kept.open("a") as told:
            told.write(row(file, seconds, lines) + "\n")

    def _try(self, file: str, mutant: Mutant) -> None:
        """Begin with a mutant as soon as there is room for it."""
        while len(self._running) >= self._jobs:
            self._wait()
        near = self._reach.tests_of(mutant, file)
        killers = [one for one in self._kept.killers(mutant, file) if one in near]
        rest = [one for one in near if one not in killers]
        tests = self._reach.within_time([*killers, *rest])
        if not tests:
            self._tell(file, mutant, Fate.UNREACHED)
            return
        hears, begun = os.pipe()
        if (pid := os.fork()) == 0:
            _silence()
            os._exit(self._tried(file, mutant, tests, begun))
        os.close(begun)
        self._running[pid] = _Trial(file, mutant, tests, hears)

    def _wait(self) -> None:
        """Wait for one to end, and note what became of it."""
        pid, status = os.wait()
        trial = self._running.pop(pid)
        with os.fdopen(trial.begun, "rb") as told:
            begun = told.read().split()
        match os.waitstatus_to_exitcode(status):
            case End.SURVIVED:
                self._tell(trial.file, trial.mutant, Fate.SURVIVED)
            case End.UNFIT:
                self._tell(trial.file, trial.mutant, Fate.UNFIT)
            case _:
                by = trial.tests[int(begun[-1])] if begun else ""
                if by and not self._is_sound(by):
                    self._reach.lines.pop(by, None)
                    self._try(trial.file, trial.mutant)
                    return
                self._tell(trial.file, trial.mutant, Fate.KILLED, by)

    def _is_sound(self, test: str) -> bool:
        """Return whether the test passes in a fork without a fault, so that its failure counts."""
        if test not in self._sound:
            if (pid := os.fork()) == 0:
                _silence()
                _limit(self._reach.seconds[test])
                os._exit(0 if self._passes(test, test) else 1)
            self._sound[test] = os.waitpid(pid, 0)[1] == 0
            if not self._sound[test]:
                self._say(f"{test} fails without a mutant: left out")
        return self._sound[test]

    def _tell(self, file: str, mutant: Mutant, fate: Fate, by: str = "") -> None:
        self._kept.add(Verdict(file, mutant.key, mutant.line, mutant.what, fate.value, by))

    def _tried(self, file: str, mutant: Mutant, tests: Sequence[str], begun: int) -> int:
        """Put it in; return how this fork ends."""
        _limit(sum(self._reach.seconds[test] for test in tests))
        try:
            code = compile(mutated(Path(file).read_text(), mutant), str(self._root / file), "exec")
        except (ValueError, SyntaxError):
            return End.UNFIT
        if not self._replaced(code, mutant):
            return End.UNFIT
        for number, (test, following) in enumerate(pairwise([*tests, tests[0]])):
            os.write(begun, b"%d " % number)
            if not self._passes(test, following):
                return End.KILLED
        return End.SURVIVED

    def _replaced(self, module: types.CodeType, mutant: Mutant) -> bool:
        """Give the function its new code, and those that it has made already; return whether."""
        new = next((one for one in _codes(module) if _is_of(one, mutant)), None)
        if new is None:
            return False
        made = [new, *_codes(new)]
        places = Counter(_place(code) for code in made)
        functions = [
            (function, code)
            for code in made
            if places[_place(code)] == 1  # two lambdas of a line cannot be told apart
            for function in self._functions.get(_place(code), ())
            if function.__code__.co_freevars == code.co_freevars
        ]
        for function, code in functions:
            function.__code__ = code
        return bool(functions)

    def _passes(self, test: str, following: str) -> bool:
        """Run a test; pytest takes down what the one that follows it does not need."""
        item = self._items[test]
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


def _suits(item: pytest.Item) -> bool:
    """Whether a test can run in a fork beside others: nothing of it lives outside."""
    return not any(item.get_closest_marker(name) for name in ("real_time", "servers", "browser"))


def _functions_of(files: set[str]) -> dict[Place, list[types.FunctionType]]:
    """Return all functions of some files that are there, by their places."""
    found: dict[Place, list[types.FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__code__.co_filename in files:
            found.setdefault(_place(one.__code__), []).append(one)
    return found


def _place(code: types.CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield what is defined in it, however deep."""
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from _codes(constant)


def _is_of(code: types.CodeType, mutant: Mutant) -> bool:
    return (code.co_qualname, code.co_firstlineno) == (mutant.function, mutant.first_line)


def _limit(seconds: float) -> None:
    """Bound what this fork may use, if its tests take so long without a fault."""
    spend = seconds * SLACK + LEAST
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, spend)  # fractions; the other one if a test takes it away
    resource.setrlimit(resource.RLIMIT_CPU, (int(spend) + 1, int(spend) + 6))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _silence() -> None:
    """Send what the fork says nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
