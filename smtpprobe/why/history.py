"""What a log has of one recipient: attempts, counted and in order, in bounded memory. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Final, NamedTuple

from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.policy.addresses import is_loopback
from smtpprobe.policy.certificate_names import a_labels
from smtpprobe.protocol.verbs import Context
from smtpprobe.send.order import Stage

MOST_ATTEMPTS: Final = 2_000
"""Attempts that are remembered one by one, the latest ones; all are counted."""

MOST_DAYS: Final = 1_000
"""Days that are counted one by one."""

MOST_CHARACTERS: Final = 2_000
"""How much of a line is kept."""


class Outcome(Enum):
    """How an attempt ended; the value is the word shown."""

    DELIVERED = "delivered"
    DEFERRED = "deferred"
    REFUSED = "refused"


class Line(NamedTuple):
    """Where a reply was found: the file and line, its text, and its time as written.

    `when` orders the attempts; None where the line has no time.
    """

    source: str
    number: int
    text: str
    time: str = ""
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt for the recipient; `order` is that in which it was read."""

    outcome: Outcome
    found: Found
    line: Line
    order: int

    @property
    def at(self) -> tuple[datetime, int]:
        """What attempts are sorted by."""
        return self.line.when or _BEGIN, self.order

    @property
    def delivered(self) -> bool:
        """Whether it was taken in."""
        return self.outcome is Outcome.DELIVERED

    @property
    def stage(self) -> Stage | None:
        """How far the session went; None where there was none, or the log does not say."""
        context = self.found.context
        return _STAGES.get(context) if context is not None else None


_BEGIN = datetime.min.replace(tzinfo=UTC)

_STAGES: Final = {
    Context.CONNECT: Stage.GREETING,
    Context.EHLO: Stage.EHLO,
    Context.HELO: Stage.EHLO,
    Context.LHLO: Stage.EHLO,
    Context.STARTTLS: Stage.TLS,
    Context.AUTH: Stage.AUTH,
    Context.AUTH_STEP: Stage.AUTH,
    Context.MAIL: Stage.MAIL,
    Context.RCPT: Stage.RCPT,
    Context.DATA: Stage.DATA,
    Context.DATA_END: Stage.CONTENT,
    Context.BDAT: Stage.CONTENT,
    Context.BDAT_LAST: Stage.CONTENT,
}

_TAKEN = (None, Context.DATA_END, Context.BDAT_LAST)
"""What a positive reply must answer for the message to be taken in."""


@dataclass(slots=True)
class History:
    """What was read so far. `pasted` texts are about the recipient wherever they name nobody.

    `hosts` are the names of the mail hosts. `total` counts the attempts for the recipient, `others`
    those for other recipients of the domain, `at_hosts` other replies of its mail hosts.
    `days` counts those for the recipient by the day they name, in the order read. `lines` counts
    all lines.
    """

    local: str
    domain: str
    hosts: frozenset[str] = frozenset()
    pasted: bool = False
    lines: int = 0
    attempts: list[Attempt] = field(default_factory=list)
    total: Counter[Outcome] = field(default_factory=Counter)
    others: Counter[Outcome] = field(default_factory=Counter)
    at_hosts: Counter[Outcome] = field(default_factory=Counter)
    days: dict[str, Counter[Outcome]] = field(default_factory=dict)
    dropped: int = 0
    _order: int = 0

    def take(self, found: Found, line: Line) -> None:
        """Count a reply, if it is about the recipient, the domain or its hosts."""
        outcome = _outcome(found)
        if outcome is None:
            return
        recipient = found.recipient
        if recipient is None:
            if self.pasted:
                self._attempt(outcome, found, line)
            elif (found.host or "").lower().rstrip(".") in self.hosts:
                self.at_hosts[outcome] += 1
            return
        local, at, domain = recipient.strip("<>").rpartition("@")
        if not at or a_labels(domain).lower().rstrip(".") != self.domain:
            return
        if local.strip('"').casefold() != self.local.strip('"').casefold():
            self.others[outcome] += 1
            return
        self._attempt(outcome, found, line)

    def _attempt(self, outcome: Outcome, found: Found, line: Line) -> None:
        self._order += 1
        self.total[outcome] += 1
        day = _day(line)
        if day in self.days or len(self.days) < MOST_DAYS:
            self.days.setdefault(day, Counter())[outcome] += 1
        cut = line._replace(text=line.text[:MOST_CHARACTERS])
        kept = found._replace(text=found.text[:MOST_CHARACTERS])
        self.attempts.append(Attempt(outcome, kept, cut, self._order))
        if len(self.attempts) >= 2 * MOST_ATTEMPTS:
            self.attempts.sort(key=lambda one: one.at)
            self.dropped += len(self.attempts) - MOST_ATTEMPTS
            del self.attempts[:-MOST_ATTEMPTS]

    @property
    def turns(self) -> Turns:
        """What the attempts show in the order of their times."""
        ordered = sorted(self.attempts, key=lambda one: one.at)
        last = ordered[-1] if ordered else None
        good = next((one for one in reversed(ordered) if one.delivered), None)
        since = ordered[ordered.index(good) + 1 :] if good is not None else ordered
        return Turns(last, good, since[0] if since else None, tuple(since))


class Turns(NamedTuple):
    """The latest attempt, the last one that was delivered, and what has failed since then.

    `failures` are those behind the last delivery, `first_failure` the first of them.
    """

    last: Attempt | None
    last_success: Attempt | None
    first_failure: Attempt | None
    failures: tuple[Attempt, ...]


def _outcome(found: Found) -> Outcome | None:
    """Return how an attempt ended; None for a reply that ends none.

    A message that one's own filter on this machine has taken is still on its way.
    """
    klass = found.klass
    if not klass:
        code = found.text[:3]
        if not code.isdigit():
            return None
        klass = int(code[0])
        if klass in (2, 3) and (klass == 3 or found.context not in _TAKEN):
            return None
    if klass == 2:
        host = (found.host or "").lower()
        inside = host == "localhost" or is_loopback(host)
        return None if inside and found.client is None else Outcome.DELIVERED
    return {4: Outcome.DEFERRED, 5: Outcome.REFUSED}.get(klass)


def _day(line: Line) -> str:
    """Return the day of a line as people write it; empty where it has no time."""
    return line.when.strftime("%Y-%m-%d") if line.when is not None else ""


def counted(counts: Counter[Outcome]) -> str:
    """Return counts in words, those that are not zero."""
    return ", ".join(f"{counts[one]} {one.value}" for one in Outcome if counts[one])
