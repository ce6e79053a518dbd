"""What the steps write down: facts and trials become part of what is known, and are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.net.clock import now
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import redacted_exchange
from smtpprobe.protocol.session import Exchange
from smtpprobe.starttls.facts import AddressFacts, Answer, Facts, HostFacts
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.why.fact_table import BY_ID
from smtpprobe.why.facts import Fact, Known, Trial

Watcher: TypeAlias = Callable[[Fact | Trial], None]


def _with(host: HostFacts, address: AddressFacts) -> tuple[AddressFacts, ...]:
    """Return the addresses of a host with one more, in the order of its records."""
    order = [record for lookup in host.lookups for record in lookup.records]
    others = [one for one in host.addresses if one.ip != address.ip]
    return tuple(sorted((*others, address), key=lambda one: order.index(one.ip)))


MOST_TEXT, MOST_EVIDENCE = 4096, 20
"""How much is kept of what others said: characters of one text, and texts for one fact."""


def _bounded(fact: Fact) -> Fact:
    """Return a fact that holds no more than people read; DNS may have put in anything."""
    evidence = tuple(
        one if len(one.text) <= MOST_TEXT else replace(one, text=_cut(one.text))
        for one in fact.evidence[:MOST_EVIDENCE]
    )
    return replace(fact, value=_cut(fact.value), because=_cut(fact.because), evidence=evidence)


def _cut(text: str) -> str:
    more = len(text) - MOST_TEXT
    return text if more <= 0 else f"{text[:MOST_TEXT]} ... and {more} more characters"


class Notes:
    """What is known so far; `watch` gets each fact and trial as it is written down.

    `secrets` are written down nowhere, even if a server says them.
    """

    def __init__(
        self, known: Known, watch: Watcher = lambda _: None, secrets: Secrets | None = None
    ) -> None:
        self.known = known
        self._watch = watch
        self._secrets = secrets or Secrets()

    def tell(self, fact: Fact) -> None:
        """Write down a fact; its time is now, unless it has one."""
        assert fact.id in BY_ID, fact.id
        fact = _bounded(fact)
        fact = self._without_secrets(fact if fact.at is not None else replace(fact, at=now()))
        self.known = self.known.with_fact(fact)
        self._watch(fact)

    def yes(self, id_: str, value: str = "", about: str = "") -> None:
        """Write down that a question is answered by yes."""
        self.tell(Fact(id_, Answer.YES, about, value))

    def no(self, id_: str, value: str = "", about: str = "") -> None:
        """Write down that a question is answered by no."""
        self.tell(Fact(id_, Answer.NO, about, value))

    def unknown(self, id_: str, because: str, about: str = "") -> None:
        """Write down that the answer to a question is unknown, and why."""
        self.tell(Fact(id_, Answer.UNKNOWN, about, because=because))

    def tried(self, trial: Trial) -> None:
        """Write down a trial."""
        hide, reply = self._secrets.hide, trial.reply
        if reply is not None:
            reply = replace(reply, text=hide(reply.text))
        at = trial.at if trial.at is not None else now()
        trial = replace(trial, reply=reply, lost=hide(trial.lost), at=at)
        self.known = self.known.with_trial(trial)
        self._watch(trial)

    def meaning(self, exchange: Exchange) -> Annotation:
        """Return what a reply means, read without the secrets in it."""
        return annotate(redacted_exchange(exchange, self._secrets))

    def _without_secrets(self, fact: Fact) -> Fact:
        hide = self._secrets.hide
        if self._secrets.is_empty:
            return fact
        evidence = tuple(replace(one, text=hide(one.text)) for one in fact.evidence)
        return replace(fact, value=hide(fact.value), because=hide(fact.because), evidence=evidence)

    def begun(self, facts: Facts) -> None:
        """Write down what DNS says of the way; nothing is shown."""
        self.known = replace(self.known, starttls=facts)

    def found(self, change: Callable[[Facts], Facts]) -> None:
        """Write down more facts of DNS, roads and TLS; nothing is shown."""
        assert self.known.starttls is not None
        self.begun(change(self.known.starttls))

    def reached(self, host: str, address: AddressFacts) -> None:
        """Write down what an address of a host has shown so far; nothing is shown."""

        def with_address(facts: Facts) -> Facts:
            return facts._replace(
                hosts=tuple(
                    one._replace(addresses=_with(one, address)) if one.name == host else one
                    for one in facts.hosts
                )
            )

        self.found(with_address)

    def judged(self, report: Report) -> None:
        """Write down what senders make of TLS; nothing is shown."""
        self.known = replace(self.known, judged=report)
