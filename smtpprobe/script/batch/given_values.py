"""Variables and secrets given to scripts from outside: by options, files, the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from smtpprobe.errors import UsageError
from smtpprobe.script.language.commands import NAME
from smtpprobe.secret_variables import SECRET

KEY_PASSWORD = "key_password"  # noqa: S105 - the name of a secret
"""The secret that opens the key of the client certificate."""


PROXY_PASSWORD = "proxy_password"  # noqa: S105 - the name of a secret
"""The secret that goes with the user name of a proxy."""


def variables_of(pairs: Sequence[str], file: str | None) -> dict[str, str]:
    """Return the variables of `--var K=V` and of a `--vars-file`; the option wins.

    Raises:
        UsageError: a pair or a line is malformed, or the file cannot be read.
    """
    found = dict(_pair(line, f"{file}:{number}") for number, line in _lines(file))
    found.update(_pair(text, "--var") for text in pairs)
    return found


def _lines(file: str | None) -> list[tuple[int, str]]:
    if file is None:
        return []
    try:
        text = Path(file).read_text("utf-8", "surrogateescape")
    except OSError as error:
        raise UsageError(f"--vars-file: cannot read {file}: {error.strerror}") from None
    lines = enumerate(text.removeprefix("\ufeff").splitlines(), 1)
    return [(number, line) for number, line in lines if line.strip() and line.strip()[0] != "#"]


def _pair(text: str, where: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not NAME.fullmatch(name.strip()):
        raise UsageError(f"{where}: {text!r} is not NAME=VALUE")
    return name.strip(), value


def secrets_given(words: Sequence[str]) -> dict[str, Callable[[], str | None]]:
    """Return what gives each secret of `--secret K`, `K=env:NAME` or `K=file:F` its value.

    Raises:
        UsageError: a word is none of these.
    """
    found: dict[str, Callable[[], str | None]] = {}
    for word in words:
        name, equals, source = word.partition("=")
        kind, _, where = source.partition(":")
        if not NAME.fullmatch(name) or (equals and (kind not in ("env", "file") or not where)):
            raise UsageError(
                f"--secret {name}=...: values on the command line are visible to other users",
                f"--secret {name} prompts for it; {name}=env:NAME and {name}=file:F read it",
            )
        found[name] = _source(name, kind, where)
    return found


def _source(name: str, kind: str, where: str) -> Callable[[], str | None]:
    match kind:
        case "env":
            return lambda: _of_environment(name, where)
        case "file":
            return lambda: _of_file(name, where)
        case _:
            return lambda: asked(name)


def _of_environment(name: str, variable: str) -> str:
    if variable not in os.environ:
        raise UsageError(f"--secret {name}: {variable} is not set in the environment")
    return os.environ[variable]


def _of_file(name: str, file: str) -> str:
    try:
        return Path(file).read_text("utf-8", "surrogateescape").split("\n", 1)[0].rstrip("\r")
    except OSError as error:
        raise UsageError(f"--secret {name}: cannot read {file}: {error.strerror}") from None


def named_secrets(given: Iterable[str]) -> set[str] | None:
    """Return the names of secrets that can have a value; None where any can be asked for."""
    if sys.stdin.isatty():
        return None
    environment = (name for name in os.environ if name.startswith(SECRET))
    return {*given, *(name.removeprefix(SECRET) for name in environment)}


def asked(name: str) -> str | None:
    """Return a secret asked for on the terminal without echo; None where there is no terminal."""
    if not sys.stdin.isatty():
        return None
    from smtpprobe.hidden_answer import hidden_answer  # noqa: PLC0415 - only when asking

    return hidden_answer(f"secret {name}: ")


def secret_values(
    needed: Iterable[tuple[str, str]], given: Mapping[str, Callable[[], str | None]]
) -> dict[str, str]:
    """Return the value of each secret that a script needs (pairs of script and name).

    What options say comes first, then the environment, then a question on the terminal.

    Raises:
        UsageError: one has no value, or an empty one; nothing was sent.
    """
    found: dict[str, str] = {}
    for script, name in needed:
        if name in found:
            continue
        value = given[name]() if name in given else os.environ.get(f"{SECRET}{name}", None)
        if value is None and name not in given:
            value = asked(name)
        if value is None:
            raise UsageError(
                f"{script}: the secret {name} has no value",
                f"set the environment variable {SECRET}{name}, or use --secret {name}=file:F",
            )
        if not value:
            raise UsageError(f"{script}: the secret {name} is empty", _EMPTY.format(name=name))
        found[name] = value
    return found


_EMPTY = 'CI passes missing secrets as empty strings; if intended, use :let {name} = ""'
