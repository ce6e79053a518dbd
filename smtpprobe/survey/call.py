"""A job as it goes to a worker and comes back: plain data, so that any engine can carry it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from smtpprobe.errors import LookupFailed
from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.collect.garbage import collected_rarely
from smtpprobe.starttls.facts import AddressFacts
from smtpprobe.survey.jobs import loop
from smtpprobe.survey.jobs.journal import Row, journal
from smtpprobe.survey.jobs.judge import judge_all
from smtpprobe.survey.jobs.probe import Question, Shown, probe
from smtpprobe.survey.jobs.resolve import Entry, Tell, resolve
from smtpprobe.survey.jobs.shares import Shares
from smtpprobe.survey.options import Options
from smtpprobe.survey.results import Stage
from smtpprobe.survey.rows import (
    address_facts,
    address_row,
    domain_row,
    place_of_row,
    resolved_of_row,
    resolved_row,
)
from smtpprobe.survey.schema import ADDRESSES, DOMAINS, RESOLVED
from smtpprobe.survey.tables import packed

MOST_TROUBLE = 500
"""Characters of what is told of a failure."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a worker made of a job: its rows as Arrow octets, or in `trouble` why some are missing.

    `no_dns` means that the DNS server of the worker is not running: other jobs fare no better.
    `halted` means that the worker was told to end before it was done. `seconds` and `cpu` are what
    the job took, on the clock and of the processor, where jobs run side by side its share of that;
    `questions` went to DNS; `unasked` places had no row for the verdicts.
    """

    octets: bytes = b""
    trouble: str = ""
    no_dns: bool = False
    halted: bool = False
    seconds: float = 0.0
    cpu: float = 0.0
    questions: int = 0
    unasked: int = 0


def perform(stage: str, given: dict[str, Any], options: Options, tell: Tell) -> Outcome:
    """Do one job in a worker; `tell` how many rows it has by now."""
    with _SHARES.counted() as share, collected_rarely():
        outcome = _performed(stage, given, options, tell)
    return replace(outcome, seconds=share.seconds, cpu=share.cpu)


_SHARES = Shares()


def _performed(stage: str, given: dict[str, Any], options: Options, tell: Tell) -> Outcome:
    try:
        return _WORK[Stage(stage)](given, options, tell)
    except LookupFailed as error:
        return Outcome(trouble=error.message, no_dns=True)
    except Exception as error:  # noqa: BLE001 - one job must not end a long survey
        return Outcome(trouble=f"{type(error).__name__}: {error}"[:MOST_TROUBLE])


def _resolve(given: dict[str, Any], options: Options, tell: Tell) -> Outcome:
    entries = [Entry(number, text) for number, text in given["entries"]]
    found = loop.run(resolve(entries, options, tell))
    rows = (resolved_row(each, options.exclusions) for each in found.entries)
    return Outcome(packed(rows, RESOLVED), questions=found.questions)


def _probe(given: dict[str, Any], options: Options, tell: Tell) -> Outcome:
    last = frozenset(given["last"])
    questions = [
        Question(
            row["place"],
            place_of_row(row),
            address_facts(row) if row.get("facts") is not None else None,
            row["place"] in last,
        )
        for row in given["places"]
    ]
    rows: dict[int, Row] = {}
    with journal(given["journal"]) as write:

        def note(entry: int | Shown) -> None:
            if isinstance(entry, Shown):
                rows[entry.number] = row = address_row(entry)
                tell(len(rows))
                with suppress(OSError):  # it is handed back all the same
                    write(row)
            else:
                write(entry)

        found = loop.run(probe(questions, options, note))
    octets = packed((rows[each.number] for each in found.shown), ADDRESSES)
    return Outcome(octets, found.trouble[:MOST_TROUBLE], halted=found.halted)


def _judge(given: dict[str, Any], options: Options, _tell: Tell) -> Outcome:
    entries = [resolved_of_row(row) for row in given["domains"]]
    shown: dict[Place, AddressFacts] = {
        place_of_row(row): address_facts(row) for row in given["shown"]
    }
    places = (place for entry in entries for host in entry.places for place in host)
    unasked = sum(
        place not in shown and not options.exclusions.covers(place.ip) for place in places
    )
    octets = packed(map(domain_row, judge_all(entries, shown, options)), DOMAINS)
    return Outcome(octets, unasked=unasked)


_WORK: dict[Stage, Callable[[dict[str, Any], Options, Tell], Outcome]] = {
    Stage.RESOLVE: _resolve,
    Stage.PROBE: _probe,
    Stage.JUDGE: _judge,
}
