"""How facts are gathered: limits, names, resolver, and what is tried beside the usual session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smtpprobe.net.connect import Connector, direct
from smtpprobe.net.open_files import QUESTIONS
from smtpprobe.settings.defaults import DEFAULTS
from smtpprobe.settings.option_limits import DEEP_CONNECTIONS, POLICY_SECONDS, REPLY_SECONDS

RETRY_SECONDS = 5.0
"""How long a server that said 421 or 454 is left alone before the one retry."""

LIST_RETRY_SECONDS = 30.0
"""The same in a list, where others may want that server too."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """Everything that decides how facts are gathered; times in seconds.

    `connector` is the way to every address. `family` 4 or 6 restricts addresses. `port` and
    `submission` choose the service of a bare domain. `sni` is the name sent instead of the host's,
    empty for none. `pins` are addresses of `--resolve`: (name, port) to address. `client` is the
    name given in EHLO. `policy_port` is 443 but in tests.
    """

    client: str
    connector: Connector = direct
    family: int | None = None
    bind: tuple[str, int] | None = None
    port: int | None = None
    submission: bool = False
    sni: str | None = None
    resolver: str | None = None
    trust_ad: bool = False
    pins: Mapping[tuple[str, int], str] = field(default_factory=dict)
    ca_file: str | None = None
    keylog: str | None = None
    connect_limit: float = DEFAULTS["connect_timeout"]
    handshake_limit: float = DEFAULTS["handshake_timeout"]
    reply_limit: float = REPLY_SECONDS
    greeting_limit: float = DEFAULTS["greeting_timeout"]
    policy_limit: float = POLICY_SECONDS
    lookup_limit: float | None = None
    """Shortens what a question to DNS or to the system may take."""
    policy_port: int = 443
    retry_wait: float = RETRY_SECONDS
    apart: float = 0.5
    """Between two connections of `--active` and `--deep`."""
    listen: float = 1.0
    """Seconds to wait for unsolicited replies: answers with `--active`, and the refusal of a client
    without a certificate, where one was requested."""
    questions: int = QUESTIONS
    """Parallel DNS queries."""
    caa: bool = True
    """Whether CAA records are looked up: in a list they are not worth their questions."""
    active: bool = False
    deep: bool = False
    deep_connections: int = DEEP_CONNECTIONS
    """How many more connections to an address `--deep` may make."""

    @property
    def hasty(self) -> bool:
        """Whether answers have less time than usual."""
        return self.reply_limit < REPLY_SECONDS

    def pinned(self, name: str, port: int) -> str | None:
        """Return the address that the user gave for a host and port; None without one."""
        return self.pins.get((name.lower(), port))
