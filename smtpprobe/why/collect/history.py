"""What already happened: the lines of logs, and of what was pasted, about this recipient."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final, NamedTuple

from smtpprobe.explainer.explain import explained
from smtpprobe.explainer.formats.log_time import log_time
from smtpprobe.explainer.input.chunks import name_of
from smtpprobe.explainer.input.detect import Form
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.explainer.input.reader import Reading, count_of, lines_of, reader_of
from smtpprobe.net.clock import now
from smtpprobe.net.thread import in_thread
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Evidence, Fact, Known, Weight
from smtpprobe.why.history import Attempt, History, Line, Turns, counted

MOST_TROUBLES: Final = 3
"""What is wrong with the inputs is told so often."""

MOST_SHOWN: Final = 5
"""Different failures that are shown, and days."""

MOST_REPLY: Final = 600
"""Characters of their reply that are kept for the letter."""

STOP_SECONDS: Final = 1.0
"""How long an interrupted reading may take to stop: standard input may never say a word."""

_STATEFUL: Final = (b"delivery ", b" smtp connected ")
"""Lines of qmail and OpenSMTPD that later ones refer to."""


class _Input(NamedTuple):
    source: str
    pasted: bool


async def history(notes: Notes, tools: Tools) -> None:
    """Tell the latest attempt, how many there were, and when they began to fail."""
    known = notes.known
    request = known.request
    inputs = [_Input(each, pasted=False) for each in request.log]
    if request.paste is not None:
        inputs.append(_Input(request.paste, pasted=True))
    stop = threading.Event()
    troubles: list[str] = []
    found = History(request.local, request.domain.lower(), _hosts(known))
    began = now()
    reading = asyncio.ensure_future(in_thread(lambda: _read(inputs, found, troubles, stop, began)))
    try:
        await tools.shared.waited(_ended(reading), None)
    finally:
        stop.set()
    whole = reading.done()
    with suppress(TimeoutError):
        async with asyncio.timeout(STOP_SECONDS):
            await _ended(reading)
    if reading.done():
        _tell(notes, found, troubles, whole=whole)
    else:
        notes.unknown("history.counts", "interrupted", request.recipient)


async def _ended(reading: asyncio.Future[None]) -> None:
    await asyncio.shield(reading)


def _hosts(known: Known) -> frozenset[str]:
    hosts = known.starttls.hosts if known.starttls is not None else ()
    return frozenset(host.name.lower() for host in hosts)


def _read(
    inputs: list[_Input],
    history: History,
    troubles: list[str],
    stop: threading.Event,
    began: datetime,
) -> None:
    """Read the inputs one after the other, until told to stop."""
    for source, pasted in inputs:
        name = name_of(source)

        def trouble(line: int, what: str, name: str = name) -> None:
            if len(troubles) < MOST_TROUBLES:
                troubles.append(f"{name}{f':{line}' if line else ''}: {what}")

        history.pasted = pasted
        try:
            reading = Reading(source, trouble)
        except OSError as error:
            trouble(0, error.strerror or str(error))
            continue
        try:
            _read_one(reading, name, history, stop, began)
        finally:
            reading.close()


def _read_one(
    reading: Reading, name: str, history: History, stop: threading.Event, began: datetime
) -> None:
    wanted = None if reading.form is not Form.LOG or history.pasted else _wanted(history)
    reader = reader_of(reading.form, lambda *_: None)
    for chunk in reading.chunks():
        if stop.is_set():
            return
        history.lines += count_of(chunk)
        if not _has(chunk.octets, wanted):
            continue
        for number, octets in enumerate(lines_of(chunk), chunk.number):
            if _has(octets, wanted):
                for found in reader.read(octets, number):
                    history.take(found, _line(found, octets, number, name, began))
    for found in reader.close():
        history.take(found, Line(name, found.line, found.text))


def _has(octets: bytes, wanted: tuple[bytes, ...] | None) -> bool:
    """Return whether octets contain one of some words in lower case; None stands for any."""
    if wanted is None:
        return True
    lower = octets.lower()
    return any(word in lower for word in wanted)


def _wanted(history: History) -> tuple[bytes, ...]:
    """Return what a line of a log must contain to be of interest; the rest is not even read."""
    domain = history.domain
    names = {domain, *history.hosts}
    if "xn--" in domain:
        names |= set(_u_labels(domain))
    words = (name.encode("utf-8", "surrogateescape") for name in names if name)
    return (*words, *_STATEFUL)


def _u_labels(domain: str) -> Iterator[str]:
    """Yield a domain as people write it, which logs of SMTPUTF8 have."""
    try:
        labels = (
            label.removeprefix("xn--").encode("ascii").decode("punycode")
            if label.startswith("xn--")
            else label
            for label in domain.split(".")
        )
        yield ".".join(labels)
    except UnicodeError:
        return


def _line(found: Found, octets: bytes, number: int, name: str, began: datetime) -> Line:
    """Return where a reply stands; one of several lines is shown by its own text."""
    time = log_time(octets, began)
    whole = found.line in (0, number)
    text = octets.decode("utf-8", "replace").strip() if whole else found.text
    return Line(
        name,
        found.line or number,
        text,
        time.text if time is not None and whole else "",
        time.when if time is not None and whole else None,
    )


def _tell(notes: Notes, found: History, troubles: list[str], *, whole: bool) -> None:
    request = notes.known.request
    about = request.recipient
    trouble = "; ".join(troubles)
    turns = found.turns
    if turns.last is None:
        if trouble or not whole:
            notes.unknown("history.counts", trouble or "interrupted", about)
            return
        notes.no("history.counts", _without(found, about), about)
        return
    notes.tell(
        Fact(
            "history.counts",
            Answer.YES,
            about,
            _counts(found)
            + (f"; {trouble}" if trouble else "")
            + ("" if whole else "; interrupted"),
            evidence=tuple(_kinds(turns)),
            data=tuple((day, counted(counts)) for day, counts in [*found.days.items()][-31:]),
        )
    )
    _tell_last(notes, turns.last, about)
    _tell_turn(notes, found, turns, about)


def _without(found: History, about: str) -> str:
    others = counted(found.others)
    beside = f"; others of the domain: {others}" if others else ""
    hosts = counted(found.at_hosts)
    seen = f"; other replies of its hosts: {hosts}" if hosts else ""
    return f"no attempt for {about} in {found.lines:,} lines{beside}{seen}"


def _counts(found: History) -> str:
    """Return how often what happened, by day where there are few."""
    days = [(day, counts) for day, counts in found.days.items() if day]
    if 1 < len(days) <= MOST_SHOWN:
        told = "; ".join(f"{day}: {counted(counts)}" for day, counts in sorted(days))
    else:
        told = counted(found.total)
        if days:
            first, last = min(days)[0], max(days)[0]
            told += f" ({first})" if first == last else f" ({first} to {last})"
    others = counted(found.others)
    return told + (f"; others of the domain: {others}" if others else "")


def _kinds(turns: Turns) -> Iterator[Evidence]:
    """Yield the first line of each different failure since the last delivery."""
    seen: set[tuple[str, str]] = set()
    for attempt in turns.failures:
        kind = (attempt.found.text[:3], (attempt.found.status or attempt.found.text[4:9]))
        if kind not in seen and len(seen) < MOST_SHOWN:
            seen.add(kind)
            yield Evidence(Weight.WORDS, attempt.line.text)


def _tell_last(notes: Notes, last: Attempt, about: str) -> None:
    found = last.found
    at = f"{last.line.time} " if last.line.time else ""
    by = f" by {found.host}" if found.host else " by our own server" if found.client else ""
    said = " ".join(found.text.split())[:200]
    words = f"{at}{last.outcome.value}{by}: {said}" if said else f"{at}{last.outcome.value}{by}"
    reading = explained(found)
    status = found.status or (str(reading.enhanced) if reading.enhanced is not None else "")
    notes.tell(
        Fact(
            "history.last",
            Answer.YES if last.delivered else Answer.NO,
            about,
            words,
            evidence=(Evidence(Weight.WORDS, last.line.text),),
            data=(
                ("stage", last.stage.value if last.stage is not None else ""),
                ("relay", found.host or ("none" if _never_left(last) else "")),
                ("status", status),
                ("outcome", last.outcome.value),
                ("own-server", "yes" if found.client is not None else ""),
                ("reply", "" if found.klass else " ".join(found.text.split())[:MOST_REPLY]),
                ("time", last.line.time),
                ("where", f"{last.line.source}:{last.line.number}"),
            ),
            reading=reading,
        )
    )


def _never_left(attempt: Attempt) -> bool:
    """Return whether our own server gave up before it spoke to another."""
    found = attempt.found
    return bool(found.klass) and found.client is None and found.context is None


def _tell_turn(notes: Notes, found: History, turns: Turns, about: str) -> None:
    """Tell when attempts began to fail, if the latest has."""
    first, good = turns.first_failure, turns.last_success
    if first is None:
        return
    since = first.line.time or f"{first.line.source}:{first.line.number}"
    many = len(turns.failures)
    shown = tuple(Evidence(Weight.WORDS, one.line.text) for one in (good, first) if one is not None)
    data = (("first-failure", since), ("failures", str(many)))
    if good is not None:
        before = good.line.time or f"{good.line.source}:{good.line.number}"
        words = f"delivered until {before}, failing since {since} ({many} since)"
        more = (*data, ("last-success", before))
        notes.tell(Fact("history.turn", Answer.YES, about, words, evidence=shown, data=more))
    elif found.dropped:
        because = f"only the latest {len(found.attempts):,} attempts are remembered, all failed"
        notes.tell(Fact("history.turn", Answer.UNKNOWN, about, because=because, data=data))
    else:
        words = f"never delivered in this log, failing since {since} ({many} attempts)"
        notes.tell(Fact("history.turn", Answer.NO, about, words, evidence=shown, data=data))
