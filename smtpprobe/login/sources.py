"""Where the credentials of a login are found: options, the environment, files, netrc, key rings.

    --auth-user USER              who logs in
    --auth-password-from SOURCE   env:NAME, file:F, netrc[:F], keyring[:SERVICE], prompt
    --auth-token-from SOURCE      the same, for an OAuth access token
    --auth-password PASSWORD      on the command line, where others can see it: it is warned of

Nothing is read before a login needs it, and nothing that was found is said in a message.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from smtpprobe.errors import UsageError
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.mechanisms import MECHANISMS, Secret
from smtpprobe.secret_variables import SECRET

ON_THE_COMMAND_LINE = (
    "--auth-password: other users of this machine can see the command line (ps), and the shell "
    "keeps it; --auth-password-from env:NAME, file:F, netrc, keyring or prompt keeps it secret"
)
"""The warning about a password that was given as a bare argument."""

KINDS = ("env:NAME", "file:F", "netrc[:F]", "keyring[:SERVICE]", "prompt")
"""What a SOURCE can be."""

SOURCES = f"{', '.join(KINDS[:-1])} or {KINDS[-1]}"
"""The same as one reads them in a sentence."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the options say about a login; all of it may be left out.

    `user` is None where it was not given. `password_from` and `token_from` are sources. `mechanism`
    is empty where the strongest announced is to be chosen; `certificate` means that the connection
    shows a client certificate.
    """

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    password_from: str = ""
    token_from: str = ""
    mechanism: str = ""
    identity: str = ""
    certificate: bool = False

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to say about how it was asked for."""
        return (ON_THE_COMMAND_LINE,) if self.password is not None else ()

    @property
    def given(self) -> bool:
        """Whether anything was asked for."""
        return self != NO_WISH


NO_WISH = Wish()


@dataclass(frozen=True, slots=True)
class Found:
    """The credentials found so far; None for what has to be asked for."""

    user: str | None
    secret: str | None = field(repr=False)
    kind: Secret = Secret.PASSWORD
    identity: str = ""
    certificate: bool = False

    def with_answers(self, user: str, secret: str) -> Credentials:
        """Return the credentials, what was asked for filled in."""
        return Credentials(
            user=user if self.user is None else self.user,
            secret=secret if self.secret is None else self.secret,
            kind=self.kind,
            identity=self.identity,
            certificate=self.certificate,
        )


def check(wish: Wish) -> Wish:
    """Return a wish as it is, once its sources are known to be such.

    Raises:
        UsageError: an option cannot be meant.
    """
    options = {
        "--auth-password": wish.password is not None,
        "--auth-password-from": bool(wish.password_from),
        "--auth-token-from": bool(wish.token_from),
    }
    both = [name for name, given in options.items() if given]
    if len(both) > 1:
        raise UsageError(f"{' and '.join(both)} cannot be used together", "use one of them")
    for option, source in (
        ("--auth-password-from", wish.password_from),
        ("--auth-token-from", wish.token_from),
    ):
        if source:
            _parted(option, source)
    return wish


def find(
    wish: Wish,
    host: str,
    environment: Mapping[str, str] = os.environ,
    *,
    kind: Secret | None = None,
) -> Found:
    """Return what is known of the credentials for a host, by its name as it was connected to.

    Without an option the environment is asked (SMTPPROBE_SECRET_password, SMTPPROBE_SECRET_token).
    `kind` is what a mechanism needs, where that is known: a secret of another kind is left alone.

    Raises:
        UsageError: a source has no such value, or cannot be read.
    """
    meant = _kind(wish, environment)
    kind = meant if kind is None else kind
    more = (kind, wish.identity, wish.certificate)
    if kind is Secret.OTHER:
        return Found(wish.user or "", "", *more)
    if wish.password is not None and kind is Secret.PASSWORD:
        return Found(wish.user, wish.password, *more)
    if kind is not meant and (wish.password_from or wish.token_from):
        return Found(wish.user, None, *more)
    source = wish.password_from or wish.token_from
    option = "--auth-password-from" if wish.password_from else "--auth-token-from"
    if not source:
        return Found(wish.user, environment.get(f"{SECRET}{kind.value}") or None, *more)
    name, where = _parted(option, source)
    user, secret = wish.user, None
    match name:
        case "env":
            secret = _of_environment(option, where, environment)
        case "file":
            secret = _of_file(option, where)
        case "netrc":
            user, secret = _of_netrc(option, where, host, wish.user)
        case "keyring":
            user, secret = _of_keyring(where or host, wish.user)
    return Found(user, secret, *more)


def check_given(
    wish: Wish, mechanism: str, environment: Mapping[str, str] = os.environ, *, asks: bool
) -> None:
    """See before a connection that a login will not lack what only the user can give.

    `mechanism` is empty for the strongest announced; `asks` means that there is a terminal. Files
    are not read: one may be a pipe, which gives its secret once.

    Raises:
        UsageError: it will.
    """
    meant = _kind(wish, environment)
    kind = MECHANISMS[mechanism].secret if mechanism else meant
    if kind is Secret.OTHER:
        return
    option = "--auth-token-from" if kind is Secret.TOKEN else "--auth-password-from"
    source = wish.password_from or wish.token_from
    given = bool(source) or wish.password is not None
    known = bool(environment.get(f"{SECRET}{kind.value}"))
    lacks = kind is not meant if given else not known
    if mechanism and lacks and (given or not asks):
        raise UsageError(f"{mechanism} needs a {kind.value}", f"{option} {SOURCES}")
    name, where = _parted(option, source) if source else ("", "")
    if name == "prompt" and not asks:
        raise UsageError("a prompt needs a terminal", f"or {option} env:NAME or file:F")
    if name == "env":
        _of_environment(option, where, environment)
    if wish.user is None and (given or mechanism) and not (asks or name in _NAMING):
        raise UsageError("no user for the login", "--auth-user USER")


_NAMING = ("netrc", "keyring")
"""Sources that have the user as well."""


def asked(found: Found) -> Credentials | None:
    """Return the credentials, what is missing asked for on the terminal; None without a terminal.

    The secret is not echoed.
    """
    if (found.user is None or found.secret is None) and not sys.stdin.isatty():
        return None
    from smtpprobe.exits import ExitStatus  # noqa: PLC0415 - only for who is asked
    from smtpprobe.hidden_answer import hidden_answer  # noqa: PLC0415 - the same
    from smtpprobe.signals import ending_at_once  # noqa: PLC0415 - the same

    with ending_at_once(ExitStatus.TERMINATED):
        user = input("user: ") if found.user is None else found.user
    secret = hidden_answer(f"{found.kind.value}: ") if found.secret is None else found.secret
    return found.with_answers(user, secret)


NOT_GIVEN = "give --auth-user and --auth-password-from env:NAME, file:F, netrc or keyring"
"""What helps where there is no terminal to ask at."""


def _kind(wish: Wish, environment: Mapping[str, str]) -> Secret:
    if wish.token_from:
        return Secret.TOKEN
    password = wish.password is not None or wish.password_from
    if not password and f"{SECRET}password" not in environment and f"{SECRET}token" in environment:
        return Secret.TOKEN
    if wish.certificate and not password and wish.user is None:
        return Secret.OTHER
    return Secret.PASSWORD


def _parted(option: str, source: str) -> tuple[str, str]:
    """Return the kind of a source and what follows its colon."""
    name, colon, where = source.partition(":")
    needs = name in ("env", "file")
    takes = needs or name in ("netrc", "keyring")
    if (needs and not where) or (colon and not takes) or not (takes or name == "prompt"):
        # the source itself is not said: it may be the secret, given in the wrong place
        raise UsageError(f"{option}: unknown source", f"one of {', '.join(KINDS)}")
    return name, where


def _of_environment(option: str, variable: str, environment: Mapping[str, str]) -> str:
    if not environment.get(variable):
        state = "empty" if variable in environment else "not set"
        raise UsageError(f"{option}: {variable} is {state} in the environment")
    return environment[variable]


def _of_file(option: str, file: str) -> str:
    """Return the first line of a file."""
    try:
        with Path(file).expanduser().open(encoding="utf-8", errors="surrogateescape") as lines:
            secret = lines.readline(_LONGEST).rstrip("\r\n")
    except OSError as error:
        raise UsageError(f"{option}: cannot read {file}: {error.strerror}") from None
    if not secret:
        raise UsageError(f"{option}: the first line of {file} is empty")
    return secret


_LONGEST = 65536
"""Characters of a secret at most: a device that never ends is no file with a password."""


def _of_netrc(option: str, file: str, host: str, user: str | None) -> tuple[str, str]:
    """Return the user and the password that a netrc file has for a host.

    Its entry without a host (`default`) is not used: it would hand a password to any server.
    """
    from netrc import NetrcParseError, netrc  # noqa: PLC0415 - only for who asks for it

    name = file or "~/.netrc"
    try:
        known = netrc(None if not file else str(Path(file).expanduser())).hosts
    except OSError as error:
        raise UsageError(f"{option}: cannot read {name}: {error.strerror}") from None
    except (NetrcParseError, UnicodeError) as error:
        # its message may quote a password
        number = error.lineno if isinstance(error, NetrcParseError) else None
        line = f" line {number}" if number else ""
        hint = "only its owner may be able to read it: chmod 600" if not line else ""
        raise UsageError(f"{option}: {name}{line} cannot be used", hint) from None
    entry = known.get(host) or known.get(host.lower())
    if entry is None:
        raise UsageError(f"{option}: {name} has no entry for {host}", f"add: machine {host}")
    login, _, password = entry
    if user is not None and login and login != user:
        raise UsageError(
            f"{option}: the entry for {host} in {name} is of another user than --auth-user {user}"
        )
    if not password or not (login or user):
        missing = "password" if not password else "login"
        raise UsageError(f"{option}: the entry for {host} in {name} has no {missing}")
    return user or login, password


def _of_keyring(service: str, user: str | None) -> tuple[str, str]:
    """Return what the system's key ring has for a service."""
    try:
        import keyring  # noqa: PLC0415 - an extra, and slow
        import keyring.errors  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            "keyring is not installed", "pip install 'smtpprobe[keyring]', or use another source"
        ) from None
    try:
        found = keyring.get_credential(service, user)
    except keyring.errors.KeyringError as error:
        raise UsageError(
            f"the key ring cannot be read: {type(error).__name__}",
            "`keyring diagnose` shows which one is used",
        ) from None
    if found is None or not found.password or (user is not None and found.username != user):
        who = f" of {user}" if user is not None else ""
        raise UsageError(
            f"the key ring has no password{who} for {service}",
            f"keyring set {service} {user or 'USER'}",
        )
    return found.username, found.password
