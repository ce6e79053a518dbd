"""The severity of a refusal by some senders: a failure if one that counts does not deliver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smtpprobe.starttls.finding import Finding, Level
from smtpprobe.starttls.judge.assessment import Case, Standing, found_at
from smtpprobe.starttls.judge.matrix import Value, cells
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.judge.strict import Client, Refusal, named

_ROWS = {
    Client.MAY: (Sender.OPPORTUNISTIC,),
    Client.DANE: (Sender.DANE,),
    Client.SECURE: (Sender.PKIX, Sender.STS),
    Client.OPENSSL: (Sender.STS,),
    Client.PYTHON: (),
}
"""The rows of the matrix that a sender's software decides."""

_LOST = (Value.NO, Value.CLEAR, Value.PARTIAL)


def refused_at(case: Case, one: Standing, message: str, refusal: Refusal) -> Finding:
    """Return the finding about what some senders refuse at an address, with their names."""
    clients = tuple(each.value for each in refusal.clients)
    told = f"{message}; refused by {named(refusal.clients)}" if clients else message
    level = Level.FAIL if _counts(case, one, refusal) else Level.WARN
    return replace(found_at(one, refusal.finding, told, level), refused_by=clients)


def _counts(case: Case, one: Standing, refusal: Refusal) -> bool:
    """Return whether a sender that counts is lost to it: that of `--level`, else all but PKIX."""
    level = case.options.level
    counting = {level} if level is not None else {*Sender} - {Sender.PKIX}
    touched = {row for client in refusal.clients for row in _ROWS[client]} & counting
    if not touched:
        return False
    found = cells(case, one)
    return any(found[row].value in _LOST for row in touched)


def refusals(one: Standing, name: str, sha256: str = "") -> Iterator[Refusal]:
    """Yield what some senders refuse at an address, if a finding reports it."""
    for refusal in one.refusals:
        if (refusal.finding, refusal.sha256) == (name, sha256):
            yield refusal
