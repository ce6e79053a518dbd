"""Which names have a value at each place of a script; what has none is found before it runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.mechanisms import Secret
from smtpprobe.protocol.auth.words import secret_of
from smtpprobe.script.language.assertion import SIDES
from smtpprobe.script.language.matchers import PatternTerm, RawLine
from smtpprobe.script.language.problem import Mark, Problem
from smtpprobe.script.language.steps import (
    Assert,
    Auth,
    BdatChunk,
    Body,
    Comment,
    Exact,
    Expect,
    For,
    Hold,
    Let,
    Local,
    Place,
    Repeat,
    Retry,
    Script,
    SmtpLine,
    Step,
)
from smtpprobe.script.language.values import Expansion, expansions, names_in

BUILT_IN = frozenset(
    {"host", "port", "domain", "client", "run.id", "run.date"}
    | {"last.code", "last.text", "last.challenge"}
)
"""Names that have a value without being set: what is connected, the run, the last reply."""


def secret_named(step: Auth) -> str:
    """Return the secret that `:auth` logs in with, declared or not; empty where it needs none."""
    kind = secret_of(step.words.mechanism)
    return "" if kind is Secret.OTHER else kind.value


_NOT_GIVEN = (
    "neither --secret {0}=file:F (or env:NAME) nor SMTPPROBE_SECRET_{0} nor --auth-{0}-from "
    "gives it a value"
)

_BRACES = 'to send braces to the server: write "> ..." with :expand off, or {{ "{{" }}'


class Outside(NamedTuple):
    """What is known before a script is read.

    `values` are those of names given from outside (`--var`, SMTPPROBE_VAR_NAME), `environment` is
    that of `env.NAME`; `domain` means that the target may have one. `secrets` are the names of the
    secrets that have a value (`--secret`, SMTPPROBE_SECRET_NAME); None: any can be asked for. With
    `anything` every name has a value: for checks of a script's form alone.
    """

    values: Mapping[str, str] = MappingProxyType({})
    environment: Mapping[str, str] = MappingProxyType({})
    domain: bool = True
    anything: bool = False
    secrets: Collection[str] | None = None


VARIABLE = "SMTPPROBE_VAR_"
"""What the names of variables of the environment begin with that give a value."""


def given_in(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the values that an environment gives, by name."""
    return {
        name.removeprefix(VARIABLE): value
        for name, value in environment.items()
        if name.startswith(VARIABLE)
    }


def name_problems(script: Script, outside: Outside) -> list[Problem]:
    """Return a problem for each name without a value, and each expression that cannot be read."""
    return _found(script, outside).problems


def unset_names(script: Script, outside: Outside) -> list[tuple[str, Mark]]:
    """Return the names without a value where that is allowed: in messages and `>` lines."""
    return _found(script, outside).loose


def _found(script: Script, outside: Outside) -> _Finder:
    finder = _Finder(script, outside)
    finder.steps(script.preamble)
    before, expanding = set(finder.known), finder.expanding
    for case in script.cases:
        finder.known, finder.expanding = set(before), expanding
        finder.steps(case.steps)
        finder.steps(case.last)
    return finder


class _Finder:
    """Goes through the steps with the names known so far."""

    def __init__(self, script: Script, outside: Outside) -> None:
        self._script = script
        self._environment = outside.environment
        self._anything = outside.anything
        self._secrets = outside.secrets
        self.known = set(BUILT_IN) | set(outside.values)
        if not outside.domain and "domain" not in outside.values:
            self.known.discard("domain")
        self.problems: list[Problem] = []
        self.loose: list[tuple[str, Mark]] = []
        self.expanding = True

    def steps(self, steps: Iterable[Step]) -> None:
        for step in steps:
            self._step(step)

    def _step(self, step: Step) -> None:
        for place in _strict_lines(step):
            self._line(place)
        if self.expanding and isinstance(step, Exact | Body):
            self._loose(step.place, len(step.lines) if isinstance(step, Body) else 1)
        match step:
            case Let(name=name):
                self.known.add(name)
            case Local(name="expand", argument=argument):
                self.expanding = argument != "off"
            case Local(name="secret", argument=name):
                self.known.add(name)
            case Expect():
                self.known |= set(captured(step))
            case For(name=name, steps=steps):
                self.known.add(name)
                self.steps(steps)
            case Repeat(steps=steps) | Retry(steps=steps) | Hold(held=steps):
                self.steps(steps)
            case Auth():
                self._auth(step)
            case _:
                pass

    def _line(self, place: Place) -> None:
        text = self._script.sources[place.file][place.line - 1]
        for found in expansions(text):
            self._expansion(found, place)

    def _loose(self, place: Place, lines: int) -> None:
        for number in range(place.line, place.line + lines):
            for found in expansions(self._script.sources[place.file][number - 1]):
                if found.expression is not None:
                    mark = Mark(number, found.column, found.width, file=place.file)
                    names = names_in(found.expression)
                    self.loose += [(name, mark) for name in names if not self._is_known(name)]

    def _expansion(self, found: Expansion, place: Place) -> None:
        mark = Mark(place.line, found.column, found.width, file=place.file)
        if found.expression is None:
            message = f"bad argument: {found.fault}"
            self.problems.append(Problem("P18", message, (mark,), (_BRACES,)))
            return
        for name in names_in(found.expression):
            if not self._is_known(name):
                self._unknown(name, mark)

    def _unknown(self, name: str, mark: Mark) -> None:
        label = (
            "the target is a host, not a domain"
            if name == "domain"
            else "not set in the environment"
            if name.startswith("env.")
            else f"not set by :let, a capture above, --var, --vars-file or SMTPPROBE_VAR_{name}"
        )
        mark = Mark(mark.line, mark.column, mark.width, label, file=mark.file)
        help_ = (":let domain = ... gives it a value",) if name == "domain" else (_BRACES,)
        self.problems.append(Problem("P07", f'variable "{name}" has no value', (mark,), help_))

    def _is_known(self, name: str) -> bool:
        if self._anything or name in self.known:
            return True
        group, _, rest = name.partition(".")
        if group == "env":
            return rest in self._environment
        return group == "ehlo" if group == "ehlo" and rest else rest in SIDES.get(group, ())

    def _auth(self, step: Auth) -> None:
        """The user named in no word is the variable `user`, the password the secret `password`."""
        place, user, secret = step.place, step.user, secret_named(step)
        text = self._script.sources[place.file][place.line - 1]
        mark = Mark(place.line, 1, len(text), file=place.file)
        if user == "{{user}}" and not self._is_known("user"):
            self._unknown("user", mark)
        given = self._secrets is None or secret in self._secrets
        if secret and not (self._is_known(secret) or given):
            mark = mark._replace(label=_NOT_GIVEN.format(secret))
            message = f'the secret "{secret}" has no value'
            self.problems.append(Problem("P07", message, (mark,)))


def used_names(script: Script) -> set[str]:
    """Return the names whose value a script may ask for, in whatever line."""
    found = {name for step in script.steps for name in _told(step)}
    for lines in script.sources.values():
        for one in (each for text in lines for each in expansions(text)):
            found |= set(names_in(one.expression)) if one.expression is not None else set()
    return found


def _told(step: Step) -> Iterator[str]:
    match step:
        case Auth():
            yield from ("user", secret_named(step))
        case Assert(assertion=assertion):
            yield assertion.side
        case Local(name="secret", argument=name):
            yield name
        case _:
            pass


def captured(expect: Expect) -> Iterator[str]:
    """Yield the names that an expectation gives a value when it is met."""
    if isinstance(expect.what, RawLine) and expect.what.pattern is not None:
        yield from expect.what.pattern.names
    for term in expect.terms:
        if isinstance(term, PatternTerm) and term.present:
            yield from term.pattern.names


def _strict_lines(step: Step) -> Iterator[Place]:
    """Yield the places of a step's lines in which every name must have a value."""
    match step:
        case Comment() | Exact() | Body() | Hold():
            return
        case Expect(server=server) if server:
            return
        case Expect(place=place, replies=replies):
            yield place
            for reply in replies:
                yield Place(reply.line, 1, reply.file)
        case (
            SmtpLine(place=place) | BdatChunk(place=place) | Let(place=place) | Assert(place=place)
        ):
            yield place
        case _:
            yield step.place
