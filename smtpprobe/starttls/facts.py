"""What is known of a target, host and address, as plain data without an opinion.

A fact that may be missing is a `Fact`: yes, no, or unknown with the reason. None is only for
what cannot exist (no MTA-STS for an address), never for what could not be determined.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.policy.dane import Chain, Record
from smtpprobe.policy.dns_answer import Lookup, Status, weakest
from smtpprobe.policy.mta_sts import PolicyFetch
from smtpprobe.protocol.target import Target
from smtpprobe.protocol.tls_facts import TlsFacts


class Answer(Enum):
    """The three values of a fact; the value is the word in JSON."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


_YES, _NO, _UNKNOWN = Answer
"""Bare names for what every fact is asked: members found through their class are slow."""


class Because(Enum):
    """Why a fact is unknown; the value is the clause shown."""

    NO_CONNECTION = "no connection"
    NO_GREETING = "no greeting was received"
    REJECTED = "the server refuses this client"
    NOT_SMTP = "the port does not speak SMTP"
    NO_HELLO = "EHLO was not accepted"
    ONE_HELLO = "with implicit TLS there is only the EHLO inside TLS"
    NO_TLS = "no TLS session"
    ENDED = "the connection ended before that"
    NEEDS_ACTIVE = "needs --active"
    NO_STARTTLS = "this port uses implicit TLS; --active tests STARTTLS"
    LISTED = "STARTTLS is listed"
    UNLISTED = "STARTTLS is not listed"
    NEEDS_DEEP = "needs --deep"
    NOT_ASKED = "not asked"
    RETRY = "the second connection was used for a retry"
    NOT_SEEN = "the local TLS library does not report it"
    NO_RENEGOTIATION = "TLS 1.3 has no renegotiation"
    NO_ROOTS = "no CA store on this system"
    UNREADABLE = "the certificate cannot be parsed"
    PART_UNREADABLE = "a part of the certificate cannot be parsed"
    UNVERIFIED = "the resolver's AD bit is not trusted"
    NO_ANSWER = "the DNS lookup failed"
    NO_WORD = "the resolver did not answer the query for the root zone that tests validation"
    NO_POLICY = "the policy could not be fetched"
    NOT_TESTABLE = "cannot be tested here"
    NO_DEMAND = "the server does not require EHLO at all"
    OTHER_SURPLUS = "the data after the 220 is not an SMTP reply"
    VARIES = "STARTTLS is listed in one connection but not in another"
    HASTY = "no answer within --timeout, which is shorter than the default"
    NOT_NEEDED = "no TLSA record needs it"
    INTERRUPTED = "the check was interrupted"
    EXCLUDED = "it is excluded, so it was not contacted"


class Fact(NamedTuple):
    """Yes, no, or unknown because. `detail` adds to the reason (what a reply said)."""

    answer: Answer
    because: Because | None = None
    detail: str = ""

    @property
    def reason(self) -> str:
        """Why it is unknown, as a clause; empty when it is known."""
        if self.because is None:
            return ""
        return self.because.value + (f": {self.detail}" if self.detail else "")

    @property
    def yes(self) -> bool:
        """Whether it is known and holds."""
        return self.answer is _YES

    @property
    def no(self) -> bool:
        """Whether it is known not to hold."""
        return self.answer is _NO


YES, NO = Fact(_YES), Fact(_NO)
NOT_REACHED = Fact(_UNKNOWN, Because.NO_CONNECTION)
NEEDS_ACTIVE = Fact(_UNKNOWN, Because.NEEDS_ACTIVE)
NEEDS_DEEP = Fact(_UNKNOWN, Because.NEEDS_DEEP)
NOT_NEEDED = Fact(_UNKNOWN, Because.NOT_NEEDED)
NO_CHAIN = Chain()


def unknown(because: Because, detail: str = "") -> Fact:
    """Return a fact that is unknown, with the reason."""
    return Fact(_UNKNOWN, because, detail)


def known(value: bool | None, because: Because) -> Fact:
    """Return a fact from True, False or None; None is unknown for the reason given."""
    if value is None:
        return unknown(because)
    return YES if value else NO


class End(Enum):
    """How a session ended before its time."""

    CLOSING = 421
    CLOSED = "closed"
    SILENT = "no answer"
    ENDLESS = "an answer without an end"


class Connect(Enum):
    """How dialling an address ended; the value is the wording shown."""

    OK = "connected"
    REFUSED = "connection refused"
    TIMEOUT = "no answer"
    UNREACHABLE = "unreachable"
    SILENT = "connected, but no greeting"
    ENDLESS = "a greeting without an end"
    CLOSED = "closed before a greeting"
    TLS_AT_ONCE = "speaks TLS at once"
    TLS_FAILED = "TLS handshake failed"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    EXCLUDED = "not contacted"


GO_AHEAD = 220
"""The answer to STARTTLS behind which TLS begins (RFC 3207 4)."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reply: `code` None when it has none, `enhanced` empty without one, lines joined by LF.

    `codes` are those of its lines where they differ, in order; `code` is the last.
    """

    code: int | None
    text: str
    enhanced: str = ""
    codes: tuple[int, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it is positive."""
        return self.code is not None and 200 <= self.code < 300

    @property
    def begins_tls_for_some(self) -> bool:
        """Whether, as the answer to STARTTLS, it is a yes for some senders only (RFC 3207 4).

        Postfix goes by the first digit, others want 220.
        """
        return self.good and self.code != GO_AHEAD

    @property
    def line(self) -> str:
        """Code and text of the last line, as on the wire."""
        last = self.text.rpartition("\n")[2]
        return f"{self.code} {last}" if self.code is not None else last


class Upgrade(NamedTuple):
    """What STARTTLS gave. `surplus` is plaintext after the 220 and before ServerHello.

    The tests of `--active` are unknown without it: `injection` (plaintext commands answered
    inside TLS), `pipelined` (run in clear), `state_kept` (MAIL before EHLO inside TLS),
    `unadvertised` (works though it is not listed).
    """

    advertised: Fact = NOT_REACHED
    reply: Said | None = None
    surplus: bytes = b""
    injection: Fact = NEEDS_ACTIVE
    pipelined: Fact = NEEDS_ACTIVE
    state_kept: Fact = NEEDS_ACTIVE
    unadvertised: Fact = NEEDS_ACTIVE


@dataclass(frozen=True, slots=True)
class Deep:
    """What `--deep` found, and what it did not ask.

    Each of `versions` and `classes` (kinds of suites and groups) is a Fact, the ciphers and groups
    are those accepted, as found. `untested_ciphers` and `untested_groups` are those still unknown.
    `sni` has for each other name sent (empty: none) the SHA-256 of the certificate shown,
    `unsent` are the names not tried. `resumed` has for each version whether it resumes sessions,
    and by what. `stopped` is why no more was asked, empty when all was.
    """

    versions: tuple[tuple[str, Fact], ...] = ()
    classes: tuple[tuple[str, Fact], ...] = ()
    ciphers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    untested_ciphers: tuple[str, ...] = ()
    untested_groups: tuple[str, ...] = ()
    sni: tuple[tuple[str, str], ...] = ()
    unsent: tuple[str, ...] = ()
    resumption: Fact = NEEDS_DEEP
    resumed: tuple[tuple[str, Fact, str], ...] = ()
    stopped: str = ""

    @property
    def unsettled(self) -> tuple[str, ...]:
        """The versions and classes of which nothing is known, SSLv2 apart."""
        facts = (*self.versions, *self.classes)
        return tuple(
            name
            for name, fact in facts
            if fact.answer is _UNKNOWN and fact.because is not Because.NOT_TESTABLE
        )

    @property
    def complete(self) -> bool:
        """Whether everything that can be asked was answered."""
        left = (self.untested_ciphers, self.untested_groups, self.unsent, self.unsettled)
        return not (any(left) or self.stopped)


@dataclass(frozen=True, slots=True)
class SecondChain:
    """The certificate of the other key type, from a hand-built ClientHello; `present` no: none."""

    present: Fact
    chain: Chain = NO_CHAIN


class AddressFacts(NamedTuple):
    """One address of one host. Times are in seconds.

    `before` and `after` are the lines of the EHLO replies in clear and inside TLS, without the
    greeting line; None: no good answer. `hello` is the answer to the first EHLO, `helo` that to the
    HELO behind a refused one, `helo_lost` why none came, `inside` that to the EHLO behind the
    handshake of STARTTLS. `ended` is the reply or the reason that ended the session early, `end`
    the kind of a reason, `ended_code` the code of a reply, `alert` the TLS alert that came with it.
    `retried` is what the first of two sessions ended with.
    `also_listed` has for each other connection that showed it whether it listed STARTTLS.
    `unasked` is the first unsolicited reply, or the beginning of one. `hasty` means that
    answers had less time than usual, by the user's wish: silence says nothing of the server then.
    `interrupted` means that there was more to come.
    """

    ip: str
    port: int
    implicit_tls: bool = False
    connect: Connect = Connect.OK
    reason: str = ""
    greeting: Said | None = None
    hello: Said | None = None
    helo: Said | None = None
    helo_lost: str = ""
    before: tuple[str, ...] | None = None
    starttls: Upgrade = Upgrade()
    tls: TlsFacts | None = None
    chain: Chain = NO_CHAIN
    inside: Said | None = None
    after: tuple[str, ...] | None = None
    second: SecondChain = SecondChain(NOT_NEEDED)
    deep: Deep | None = None
    ended: str = ""
    ended_code: int | None = None
    end: End | None = None
    alert: str = ""
    retried: str = ""
    also_listed: tuple[bool, ...] = ()
    unasked: str = ""
    hasty: bool = False
    interrupted: bool = False
    connections: int = 1
    seconds: float = 0.0

    @property
    def by_helo(self) -> bool:
        """Whether the session went on with HELO, which lists nothing (RFC 5321 4.1.1.1)."""
        return self.before is None and self.helo is not None and self.helo.good

    @property
    def listings(self) -> tuple[bool, ...]:
        """Whether STARTTLS was listed, in each connection that showed it."""
        fact = self.starttls.advertised
        return self.also_listed + ((fact.yes,) if fact.yes or fact.no else ())

    @property
    def family(self) -> int:
        """4 or 6."""
        return 6 if ":" in self.ip else 4


@dataclass(frozen=True, slots=True)
class TlsaFacts:
    """The TLSA records of a host: of which name, and the answer. `base` empty: not looked up."""

    base: str
    lookup: Lookup | None = None
    records: tuple[Record, ...] = ()

    @property
    def status(self) -> Status | None:
        """The status of the answer; None when nothing was asked."""
        return None if self.lookup is None else self.lookup.status


class HostFacts(NamedTuple):
    """One mail host: `lookups` are those of its addresses, `alias` that of its CNAME alone.

    `preference` is None where there is no MX record; `literal` means that its name is an address,
    `pinned` that its address is the one the user gave (`--resolve`).
    `caa` is the answer about who may issue certificates for it, of the nearest name above that
    has one (RFC 8659 3); None: not asked.
    """

    name: str
    port: int
    preference: int | None = None
    implicit_tls: bool = False
    literal: bool = False
    lookups: tuple[Lookup, ...] = ()
    alias: Lookup | None = None
    tlsa: TlsaFacts = TlsaFacts("")
    caa: Lookup | None = None
    addresses: tuple[AddressFacts, ...] = ()
    pinned: bool = False

    @property
    def status(self) -> Status:
        """The DNSSEC status of its addresses."""
        return weakest(*(lookup.status for lookup in self.lookups))

    @property
    def aliases(self) -> tuple[str, ...]:
        """Where CNAME led."""
        return next((one.aliases for one in self.lookups if one.aliases), ())


@dataclass(frozen=True, slots=True)
class StsFacts:
    """MTA-STS of a domain; `fetch` is None when there was no reason to fetch anything."""

    txt: Lookup
    fetch: PolicyFetch | None = None


class Trusted(Enum):
    """Why a resolver's AD bit is trusted, or not."""

    LOOPBACK = "loopback"
    OPTION = "option"
    NO = "no"


@dataclass(frozen=True, slots=True)
class ResolverFacts:
    """The resolver. `validating` is whether it sets the AD bit on signed data."""

    address: str
    validating: Fact
    trusted: Trusted

    @property
    def believed(self) -> bool:
        """Whether secure and insecure can be distinguished."""
        return self.trusted is not Trusted.NO and self.validating.yes

    @property
    def silent(self) -> bool:
        """Whether it gave no answer when it was asked whether it validates."""
        return self.validating.because is Because.NO_ANSWER


class Facts(NamedTuple):
    """Everything found about one target.

    `domain` is the mail domain in A-labels, empty for a host or an address. `lookups` are the MX
    answer, or with `submission` the SRV answers; empty where none was asked. `not_offered` means
    that the domain says that there is no such service: a null MX, or SRV `.`. `connections`
    counts dials to SMTP ports, failed ones too. `interrupted` means that the user ended the check
    before it was done. `started` is UTC, `seconds` how long it took.
    """

    target: Target
    port: int
    resolver: ResolverFacts | None
    started: datetime
    domain: str = ""
    submission: bool = False
    lookups: tuple[Lookup, ...] = ()
    not_offered: bool = False
    null_conflict: bool = False
    implicit_mx: bool = False
    own_addresses: tuple[Lookup, ...] = ()
    """The addresses of the domain itself, asked for without an MX or with a null MX."""
    hosts: tuple[HostFacts, ...] = ()
    more_hosts: int = 0
    """How many more MX hosts were not checked."""
    sts: StsFacts | None = None
    tlsrpt: Lookup | None = None
    active: bool = False
    deep: bool = False
    interrupted: bool = False
    connections: int = 0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
