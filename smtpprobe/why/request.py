"""What was asked: the recipient, the sender, and how far to go; immutable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from smtpprobe.protocol.target import Target, TargetKind


class Kind(Enum):
    """By which way the mail goes; the value is the word of `--via`."""

    MX = "mx"
    SUBMISSION = "submission"


@dataclass(frozen=True, slots=True)
class Request:
    """A question of the user; times in seconds.

    `recipient` is as typed, `local` and `domain` are its parts, the domain in A-labels. `sender` is
    None where none was given, empty for the null sender. `author` is the domain of From: in the
    header, where another one was given. `client` is the name for EHLO. `way`
    is where it goes: the host of `--via`; None: the recipient's domain. `control` is the host of
    `--control`, `other_resolver` what `--other-resolver` says.
    `public_address` is where we come from as the user says. `lists` are the zones of `--dnsbl`,
    `selectors` those of `--dkim-selector`. `log` and `paste` are files (`-`: standard input).
    `family` is 4 or 6 where addresses of the other one are left out.
    `wait` is how long greylisting may be waited for; 0: not at all. `size` is announced with MAIL.
    `level` is the one kind of sender that counts for TLS; None: one that honours what the domain
    publishes.
    """

    recipient: str
    local: str
    domain: str
    sender: str | None = None
    author: str = ""
    client: str = ""
    kind: Kind = Kind.MX
    way: Target | None = None
    control: Target | None = None
    other_resolver: str = ""
    public_address: str = ""
    lists: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    paste: str | None = None
    family: int | None = None
    rcpt: bool = True
    catch_all: bool = False
    bounces: bool = False
    wait: float = 0.0
    size: int | None = None
    level: str | None = None

    @property
    def target(self) -> Target:
        """Where the mail goes from here."""
        return self.way or Target(TargetKind.DOMAIN, self.domain)

    @property
    def sender_domain(self) -> str:
        """The domain of the sender as typed; empty without a sender, and for the null sender."""
        return (self.sender or "").rpartition("@")[2]

    @property
    def author_domain(self) -> str:
        """The domain whose DMARC policy applies: that of From: in the header (RFC 9989 4.1)."""
        return self.author or self.sender_domain

    @property
    def needs_utf8(self) -> bool:
        """Whether the envelope needs SMTPUTF8 (RFC 6531 3.4): a local part is not ASCII."""
        return not self.local.isascii() or not (self.sender or "").rpartition("@")[0].isascii()

    @property
    def on_the_wire(self) -> str:
        """The recipient as RCPT names it: an internationalised domain in A-labels (RFC 5891)."""
        return f"{self.local}@{self.domain}"
