"""What is known while the reason is sought, as immutable records without an opinion.

A `Fact` answers one question of `fact_table.py` about one thing with yes, no, or unknown because.
A `Trial` is one experiment: this client gave a server this sender and this recipient, and the
server said this. `Known` is all of it at one moment; it only grows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.policy.dns_answer import Lookup
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import AddressFacts, Answer, Facts, HostFacts, Said
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.why.request import Request


class Weight(Enum):
    """What a piece of evidence is worth, strongest first; the value is the word in JSON."""

    EXPERIMENT = "experiment"
    """Two trials that differ in one thing only."""
    OBSERVED = "observed"
    """Seen from here: an answer of DNS, how a connection ended, a handshake, a reply's code."""
    WORDS = "words"
    """What a reply or a log says of itself."""
    GIVEN = "given"
    """The user said so."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows a fact, verbatim: a DNS record, a reply, a line of a log."""

    weight: Weight
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """The answer to the question `id` (a row of `fact_table.py`) about one thing.

    `about` is what it is of: a domain, a host, an address; empty where there is only one.
    `because` is why it is unknown, a clause; empty when it is known. `value` is what was found, in
    words that fit behind the row's label. `data` are the same things for the diagnosis, by name.
    `at` is when it was known (UTC), `seconds` how long that took. `reading` is what a reply means
    whose words are the evidence.
    """

    id: str
    answer: Answer
    about: str = ""
    value: str = ""
    because: str = ""
    evidence: tuple[Evidence, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    reading: Annotation | None = None
    at: datetime | None = None
    seconds: float = 0.0

    @property
    def yes(self) -> bool:
        """Whether it is known and holds."""
        return self.answer is Answer.YES

    @property
    def no(self) -> bool:
        """Whether it is known not to hold."""
        return self.answer is Answer.NO

    def datum(self, name: str) -> str:
        """Return one of `data`; empty where there is none of that name."""
        return dict(self.data).get(name, "")


class Purpose(Enum):
    """What a trial is for; the value is the word in JSON."""

    REAL = "real"
    """The sender and the recipient asked about."""
    NULL_SENDER = "null-sender"
    """The same recipient from <>: is it this sender?"""
    POSTMASTER = "postmaster"
    """Another recipient that must exist (RFC 5321 4.5.1) from the same sender: is it this one?"""
    HOST_POSTMASTER = "host-postmaster"
    """The same without a domain, which every host must take: is that postmaster only missing?"""
    RANDOM = "random"
    """A recipient that cannot exist: does it take everything?"""
    OTHER_SENDER = "other-sender"
    """The same recipient from another sender than <>: is it the null sender?"""
    SMALL = "small"
    """The same without SIZE: is it the size?"""
    AGAIN = "again"
    """The real one once more after a wait."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One experiment at one address, as far as it went.

    `stage` is where it ended: Stage.RCPT where the recipient got an answer. `reply` is the last
    answer, None where none came; then `lost` says why. `reading` is what it means. `sender` is
    empty for <>. `inside` is whether it was in TLS. `unasked` is an unsolicited reply that came
    with the answer: then nobody can say which of them is the answer.
    """

    host: str
    ip: str
    purpose: Purpose
    sender: str
    recipient: str
    stage: Stage
    reply: Said | None = None
    reading: Annotation | None = None
    lost: str = ""
    inside: bool = False
    at: datetime | None = None
    seconds: float = 0.0
    unasked: str = ""

    @property
    def taken(self) -> bool:
        """Whether RCPT was accepted."""
        return self.accepted is Answer.YES

    @property
    def accepted(self) -> Answer:
        """Whether the recipient was accepted; unknown after a 4yz, and where no answer is sure."""
        if self.reply is None or self.reply.code is None or self.unasked:
            return Answer.UNKNOWN
        if self.stage is Stage.RCPT and self.reply.good:
            return Answer.YES
        return Answer.NO if self.reply.code >= 500 else Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class Known:
    """Everything known at a moment. `starttls` and `judged` are the facts of DNS, roads and TLS.

    `interrupted` means that there was more to come.
    """

    request: Request
    facts: tuple[Fact, ...] = ()
    trials: tuple[Trial, ...] = ()
    starttls: Facts | None = None
    judged: Report | None = None
    interrupted: bool = False
    started: datetime | None = None
    seconds: float = 0.0
    connections: int = 0
    recipients: int = 0
    _index: dict[str, tuple[Fact, ...]] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        """Index the facts by their id."""
        for fact in self.facts:
            self._index[fact.id] = (*self._index.get(fact.id, ()), fact)

    def every(self, id_: str) -> tuple[Fact, ...]:
        """Return the facts of one kind, in the order in which they became known."""
        return self._index.get(id_, ())

    def fact(self, id_: str, about: str | None = None) -> Fact | None:
        """Return the latest fact of a kind, of one thing if that is given; None without one."""
        found = [one for one in self.every(id_) if about is None or one.about == about]
        return found[-1] if found else None

    def answer(self, id_: str, about: str | None = None) -> Answer:
        """Return what is known of a question; unknown where it was not asked."""
        fact = self.fact(id_, about)
        return fact.answer if fact is not None else Answer.UNKNOWN

    def tried(self, purpose: Purpose) -> tuple[Trial, ...]:
        """Return the trials for one purpose."""
        return tuple(one for one in self.trials if one.purpose is purpose)

    @property
    def places(self) -> tuple[tuple[HostFacts, AddressFacts], ...]:
        """Every address with its host, in the order in which a sender goes through the hosts."""
        hosts = self.starttls.hosts if self.starttls is not None else ()
        return tuple((host, one) for host in hosts for one in host.addresses)

    @property
    def failed_lookup(self) -> Lookup | None:
        """The first question about the way that DNS gave no answer to."""
        facts = self.starttls
        if facts is None:
            return None
        of_hosts = (lookup for host in facts.hosts for lookup in host.lookups)
        asked = (*facts.lookups, *facts.own_addresses, *of_hosts)
        return next((one for one in asked if not one.answered), None)

    def with_fact(self, fact: Fact) -> Known:
        """Return what is known with one fact more."""
        return replace(self, facts=(*self.facts, fact))

    def with_trial(self, trial: Trial) -> Known:
        """Return what is known with one trial more."""
        return replace(self, trials=(*self.trials, trial))
