"""How scripts are run: everything outside the script itself; plain data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.target import Target
from smtpprobe.script.language.assertion import CompileRegex
from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.language.patterns import plain_pattern
from smtpprobe.script.parser.source import Library
from smtpprobe.settings.option_limits import MESSAGE_SECONDS, REPLY_SECONDS


class Identity(NamedTuple):
    """What distinguishes runs: `run.id` (letters and digits) and `run.date` (RFC 5322)."""

    id: str = "run"
    date: str = ""


class TimeLimits(NamedTuple):
    """How many seconds a whole script may take: more are a warning, or a failure; None: any."""

    warning: float | None = None
    failure: float | None = None


class CertificateDays(NamedTuple):
    """How many days a certificate must still be good: fewer are a warning, or a failure."""

    warning: int
    failure: int


class RunSettings(NamedTuple):
    """How a script is run. `target` is the one given from outside; `client` the EHLO name.

    `timeout` limits the wait for a reply in seconds; that to the end of a message has at least
    `message_timeout`. `secrets` gives the values of `:secret`,
    `hidden` knows these and learns what is made of them, so that it is not shown either
    (None: nobody).
    `fragment` runs lines inside an open session: no connection is made or closed, nothing is
    implied of the replies, and a message that is refused stops it. `going_on` is `:continue on`
    for the whole script, `strict` makes soft misses count, `texts` makes the text of written
    replies count. `library` finds files named by the script.
    """

    client: str = "localhost"
    target: Target | None = None
    timeout: float | None = REPLY_SECONDS
    secrets: Mapping[str, str] = MappingProxyType({})
    hidden: Secrets | None = None
    fragment: bool = False
    outside: Outside = Outside()
    identity: Identity = Identity()
    going_on: bool = False
    strict: bool = False
    texts: bool = False
    days: CertificateDays | None = None
    time: TimeLimits = TimeLimits()
    library: Library | None = None
    compile_regex: CompileRegex = plain_pattern
    message_timeout: float = MESSAGE_SECONDS
