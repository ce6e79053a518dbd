"""What the steps write down: facts and trials become part of what is known, and are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from smtpprobe.net.clock import now
from smtpprobe.starttls.facts import Answer, Facts
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.why.fact_table import BY_ID
from smtpprobe.why.facts import Fact, Known, Trial

Watcher: TypeAlias = Callable[[Fact | Trial], None]


class Notes:
    """What is known so far; `watch` gets each fact and trial as it is written down."""

    def __init__(self, known: Known, watch: Watcher = lambda _: None) -> None:
        self.known = known
        self._watch = watch

    def tell(self, fact: Fact) -> None:
        """Write down a fact; its time is now, unless it has one."""
        assert fact.id in BY_ID, fact.id
        fact = fact if fact.at is not None else replace(fact, at=now())
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
        trial = trial if trial.at is not None else replace(trial, at=now())
        self.known = self.known.with_trial(trial)
        self._watch(trial)

    def checked(self, facts: Facts, report: Report | None = None) -> None:
        """Write down the facts of DNS, roads and TLS, and what senders make of them."""
        self.known = replace(self.known, starttls=facts, judged=report)
