"""What was asked: the recipient, the sender, and how far to go; immutable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from smtpprobe.protocol.target import Target


class Kind(Enum):
    """By which way the mail goes; the value is the word of `--via`."""

    MX = "mx"
    SUBMISSION = "submission"


@dataclass(frozen=True, slots=True)
class Request:
    """A question of the user; times in seconds.

    `recipient` is as typed, `local` and `domain` are its parts (the domain in A-labels, empty where
    the address has none). `sender` is None where none was given. `client` is the name for EHLO.
    `relay` is the host of `--via submission HOST`, `control` that of `--control`.
    `public_address` is where we come from as the user says. `lists` are the zones of `--dnsbl`,
    `selectors` those of `--dkim-selector`. `log` and `paste` are files (`-`: standard input).
    `wait` is how long greylisting may be waited for; 0: not at all. `size` is announced with MAIL.
    """

    recipient: str
    local: str = ""
    domain: str = ""
    sender: str | None = None
    client: str = ""
    kind: Kind = Kind.MX
    relay: Target | None = None
    control: Target | None = None
    public_address: str = ""
    lists: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    paste: str | None = None
    rcpt: bool = True
    catch_all: bool = False
    wait: float = 0.0
    size: int | None = None
    smtputf8: bool = False
    requiretls: bool = False

    @property
    def sender_domain(self) -> str:
        """The domain of the sender as typed; empty without a sender, and for the null sender."""
        return (self.sender or "").rpartition("@")[2]
