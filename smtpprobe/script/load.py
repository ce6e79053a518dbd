"""Finds and reads script files; all are parsed before anything is connected."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from smtpprobe.errors import ScriptError, UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.target import Target, parse_target
from smtpprobe.script.input_file import STANDARD_INPUT, octets_at_most, spoken_name
from smtpprobe.script.language.defined_names import Outside, given_in, secret_named
from smtpprobe.script.language.problem import Mark, Problem, ScriptProblems
from smtpprobe.script.language.raw_octets import read_raw
from smtpprobe.script.language.steps import (
    Auth,
    BdatFile,
    DataFile,
    For,
    Let,
    Local,
    Place,
    Repeat,
    Retry,
    Script,
    Step,
    acts,
    walk,
)
from smtpprobe.script.language.values import expansions
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.parser.source import SCRIPT_OCTETS, SUFFIX
from smtpprobe.script.runner.timed_regex import timed_pattern


class Given(NamedTuple):
    """What is given to scripts from outside: variables by name, a target, names of secrets."""

    variables: Mapping[str, str] = MappingProxyType({})
    target: Target | None = None
    secrets: Collection[str] | None = None
    """The names that have a value; None: any may be asked for, or nothing will run."""
    within: Path | None = None
    """The folder in which all files have to lie that scripts name; None: anywhere."""

    @property
    def outside(self) -> Outside:
        """The names that have a value without the script's doing: options before environment."""
        domain = self.target is None or self.target.domain is not None
        values = {**given_in(os.environ), **self.variables}
        return Outside(values, os.environ, domain, secrets=self.secrets)


class Folder(NamedTuple):
    """The files that a script may name, relative to itself (`base`), or to an included file.

    With `within` only those that lie in that folder once symbolic links are followed.
    """

    base: Path
    within: Path | None = None

    def include(self, path: str, within: str) -> tuple[str, bytes]:
        """Return the name and the octets of a script; raises OSError when it cannot be read."""
        found = self.find(path, within)
        return found, script_octets(found)

    def find(self, path: str, within: str) -> str:
        """Return where a file is that can be read; raises OSError when it cannot."""
        around = Path(within).parent if within else self.base
        found = around / Path(path).expanduser()
        if self.within is not None and not lies_in(found, self.within):
            raise PermissionError(errno.EACCES, f"outside of {self.within}")
        with found.open("rb"):
            return str(found)


def lies_in(path: Path, folder: Path) -> bool:
    """Return whether a path leads to something in a folder once symbolic links are followed."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that lead in a circle
        return False


def script_files(files: Sequence[str]) -> list[str | ScriptError]:
    """Return the files, or what is wrong; a folder means the scripts in it."""
    found: list[str | ScriptError] = []
    for file in files:
        if file != STANDARD_INPUT and Path(file).is_dir():
            paths = sorted(Path(file).glob(f"**/*{SUFFIX}"))
            found += [str(path) for path in paths]
            if not paths:
                problem = f"no scripts in {file}", f"looked for **/*{SUFFIX}", "P21", file
                found.append(ScriptError(*problem))
        else:
            found.append(file)
    return found


def load_scripts(files: Sequence[str], given: Given | None = None) -> list[Script | ScriptError]:
    """Return each script, or what is wrong with it; `-` is standard input, a folder its scripts."""
    given = given or Given()
    outside = given.outside
    return [
        file if isinstance(file, ScriptError) else load_script(file, outside, within=given.within)
        for file in script_files(files)
    ]


def folder_of(name: str, within: Path | None = None) -> Folder:
    """Return where the files are that a script of this name may use."""
    return Folder(Path(name).parent, within)


def first_target(script: Script) -> Target | None:
    """Return whom the script connects to first when it says so itself; None when it does not.

    Raises:
        UsageError: it says nowhere whom it connects to.
    """
    for case in script.cases:
        steps = (*script.preamble, *case.steps, *case.last)
        first = next((step for step in _in_order(steps) if acts(step)), None)
        if first is None:
            continue
        if not (isinstance(first, Local) and first.name == "connect" and first.argument):
            raise UsageError(
                "no target", 'give a target, or start the script with ":connect TARGET"'
            )
        if expansions(first.argument):
            return None
        return parse_target(first.argument)
    return None


def other_targets(script: Script, target: Target) -> list[tuple[Place, str]]:
    """Return the places at which a script connects to another target than the one given to it.

    It replaces the first one that the script names; any other is dialled all the
    same. A target that is a value counts as another one, as which it is is not known yet.
    """
    found: dict[Place, str] = {}
    for case in script.cases:
        first: Target | str | None = None
        for step in _in_order((*script.preamble, *case.steps, *case.last)):
            if not (isinstance(step, Local) and step.name == "connect" and step.argument):
                continue
            argument = step.argument
            named = argument if expansions(argument) else parse_target(argument)
            first = named if first is None else first
            if named not in (first, target):
                found[step.place] = argument
    return list(found.items())


def _in_order(steps: Sequence[Step]) -> list[Step]:
    """Return steps with those in blocks among them."""
    found: list[Step] = []
    for step in steps:
        found += _in_order(step.steps) if isinstance(step, For | Repeat | Retry) else [step]
    return found


def secrets_of(script: Script, values: Collection[str] = ()) -> list[str]:
    """Return the names of the secrets that a script needs, each once.

    `:auth` needs the secret `password`, or `token`, unless the script or the `values` from outside
    have one.
    """
    steps = script.steps
    names = [step.argument for step in steps if isinstance(step, Local) and step.name == "secret"]
    given = {*values, *(step.name for step in steps if isinstance(step, Let))}
    wanted = (secret_named(step) for step in steps if isinstance(step, Auth))
    names += [name for name in wanted if name and name not in given]
    return list(dict.fromkeys(names))


def load_script(
    file: str, outside: Outside, octets: bytes | None = None, *, within: Path | None = None
) -> Script | ScriptError:
    """Return a script, or what is wrong with it; `octets` are the file's where they are known."""
    name = spoken_name(file)
    try:
        octets = script_octets(file) if octets is None else octets
    except OSError as error:
        return ScriptError(f"cannot read {name}: {error.strerror}", id_="P19", name=name)
    folder = folder_of(name, within)
    try:
        script = parse(octets, name, outside=outside, compile_regex=timed_pattern, library=folder)
    except ScriptProblems as problems:
        return problems
    return _with_files(script, folder)


def _with_files(script: Script, folder: Folder) -> Script | ScriptError:
    """Return the script, or what is wrong when a file that it sends cannot be read."""
    problems = []
    for step in walk(script.steps):
        for path in _files_of(step):
            try:
                folder.find(path, step.place.file)
            except OSError as error:
                mark = Mark(step.place.line, 1, 5, file=step.place.file)
                quotes = (r'octets are written in quotes: :raw "NOOP\r\n"',)
                problems.append(
                    Problem("P19", f"cannot read {path}: {error.strerror}", (mark,),
                            quotes if isinstance(step, Local) else ())
                )  # fmt: skip
    if problems:
        return ScriptProblems(script.name, script.sources, tuple(problems[:10]), script.included)
    return script


def _files_of(step: Step) -> tuple[str, ...]:
    """Return the files that a step sends and whose names are known."""
    match step:
        case DataFile(path=path) | BdatFile(path=path) if not expansions(path):
            return (path,)
        case Local(name="raw", argument=argument) if not expansions(argument):
            return read_raw(argument).files
        case _:
            return ()


def script_octets(file: str) -> bytes:
    """Return the file's octets, one more than is allowed at most."""
    return octets_at_most(file, SCRIPT_OCTETS + 1)
