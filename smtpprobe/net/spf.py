"""SPF evaluated by pyspf (RFC 7208), each of its questions asked of our resolver.

pyspf waits for DNS, so it runs in a thread; what it asks goes back to the event loop. Its own
lookups are never used for us: they would ask another resolver than the rest of a check does, one
after the other, and without our limits.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias

import spf

from smtpprobe.net.thread import in_thread
from smtpprobe.policy.dns_answer import Lookup, LookupEnd
from smtpprobe.policy.spf import MOST_OCTETS, SpfCheck, SpfResult

SECONDS: Final = 20.0
"""How long an evaluation may take, as receivers limit it (4.6.4)."""

_GRACE: Final = 2.0
"""Seconds behind the limit after which pyspf is not waited for any more."""

_MOST_SHOWN: Final = 200

Ask: TypeAlias = Callable[[str, str], Lookup]
"""Answers a question about a name and a kind of record, and waits for it."""


class Identity(NamedTuple):
    """Who sends from where: domains are A-labels; `domain` is empty for the null sender."""

    address: str
    local: str
    domain: str
    ehlo: str

    @property
    def counts(self) -> str:
        """The domain whose record counts (2.4)."""
        return self.domain or self.ehlo


class _Stopped(Exception):  # noqa: N818 - it is no fault
    """The evaluation cannot be brought to an end; the reason is a clause."""


class _Query(spf.query):  # type: ignore[misc]
    """One evaluation; remembers the records that it rests on."""

    def __init__(self, who: Identity, questions: _Questions) -> None:
        sender = f"{who.local}@{who.domain}" if who.domain else ""
        super().__init__(i=who.address.partition("%")[0], s=sender, h=who.ehlo, strict=True)
        # pyspf cuts an address at its first @, which may stand in a quoted local part
        self.l = who.local or "postmaster"
        self.o = self.d = who.counts
        self.read: list[tuple[str, str]] = []
        self._questions = questions

    def dns_spf(self, domain: str) -> str | None:
        """Return the record of a domain."""
        record: str | None = super().dns_spf(domain)
        if record is not None:
            self.read.append((domain, record))
        return record

    def validated_ptrs(self) -> list[str]:
        """Return the names of the address that lead back to it: DNS errors skip one (5.5)."""
        with self._questions.forgiving():
            names: list[str] = super().validated_ptrs()
        return names


class _Questions:
    """The questions of one evaluation; `over` says why its time is over, empty while it is not."""

    def __init__(self, ask: Ask, over: Callable[[], str] = lambda: "") -> None:
        self._ask = ask
        self._over = over
        self._forgiving = False
        self.stopped = ""

    @contextmanager
    def forgiving(self) -> Iterator[None]:
        """Take a DNS error for no records, while names of the address are looked up."""
        before, self._forgiving = self._forgiving, True
        try:
            yield
        finally:
            self._forgiving = before

    def answer(self, name: str, kind: str) -> list[tuple[tuple[str, str], Any]]:
        """Return the records as pyspf wants them.

        Raises:
            TempError: DNS gave no answer.
            _Stopped: nobody waits any more, or a record is too long.
        """
        if self.stopped:
            raise _Stopped(self.stopped)
        if over := self._over():
            raise spf.TempError(over)
        found = self._ask(name, kind)
        if found.end is LookupEnd.INTERRUPTED:
            self._stop(found.reason)
        if not found.answered and found.end is not LookupEnd.BAD_NAME and not self._forgiving:
            raise spf.TempError(f"{kind} of {name}: {found.reason}")
        if kind == "TXT" and any(len(record) > MOST_OCTETS for record in found.records):
            self._stop(f"a TXT record of {name} has more than {MOST_OCTETS} octets")
        return [((name, kind), _READ[kind](record)) for record in found.records]

    def _stop(self, why: str) -> NoReturn:
        self.stopped = why
        raise _Stopped(why)


def _exchanger(record: str) -> tuple[int, str]:
    preference, _, name = record.partition(" ")
    return int(preference), name


_READ: Final[dict[str, Callable[[str], Any]]] = {
    "TXT": lambda record: (record.encode("latin-1"),),
    "MX": _exchanger,
    "A": str,
    "AAAA": str,
    "PTR": lambda record: record.removesuffix("."),
}

_OF_THREAD = threading.local()
_theirs = spf.DNSLookup


def _lookup(name: str, kind: str, strict: bool = True, timeout: float = 30) -> Any:
    """Answer a question of pyspf; other programs in this process keep its own way to DNS."""
    questions: _Questions | None = getattr(_OF_THREAD, "questions", None)
    if questions is None:
        return _theirs(name, kind, strict, timeout)
    return questions.answer(name, kind)


spf.DNSLookup = _lookup


def evaluate(who: Identity, ask: Ask) -> SpfCheck:
    """Return the result for an identity; `ask` answers each question, and may wait."""
    return _evaluated(who, _Questions(ask))


def _evaluated(who: Identity, questions: _Questions) -> SpfCheck:
    _OF_THREAD.questions = questions
    try:
        query = _Query(who, questions)
        word, _, _ = query.check()
        result = SpfResult(word)
    except _Stopped as stopped:
        return unknown(who, str(stopped))
    except Exception as error:  # noqa: BLE001 - pyspf raises what it does not expect of a record
        return unknown(who, f"pyspf cannot evaluate the record ({type(error).__name__})")
    finally:
        _OF_THREAD.questions = None
    if questions.stopped:
        return unknown(who, questions.stopped)
    failed = result in (SpfResult.TEMPERROR, SpfResult.PERMERROR)
    return SpfCheck(
        address=who.address,
        domain=who.counts,
        by_ehlo=not who.domain,
        result=result,
        term="" if failed else (query.mechanism or "")[:_MOST_SHOWN],
        problem=_problem(query) if failed else "",
        lookups=query.lookups,
        voids=query.void_lookups,
        records=tuple(query.read),
    )


def _problem(query: Any) -> str:
    at = f": {' '.join(query.mech)}" if query.mech else ""
    return f"{query.prob}{at}"[:_MOST_SHOWN]


def unknown(who: Identity, why: str) -> SpfCheck:
    """Return a check whose result is unknown, and why."""
    return SpfCheck(
        address=who.address,
        domain=who.counts,
        by_ehlo=not who.domain,
        result=None,
        problem=why,
    )


async def check_spf(
    who: Identity, ask: Callable[[str, str], Awaitable[Lookup]], limit: float = SECONDS
) -> SpfCheck:
    """Return the result for an identity, in no more than `limit` seconds and a little."""
    loop = asyncio.get_running_loop()

    async def answered(name: str, kind: str) -> Lookup:
        return await ask(name, kind)

    def waited(name: str, kind: str) -> Lookup:
        future = asyncio.run_coroutine_threadsafe(answered(name, kind), loop)
        try:
            return future.result(limit)
        except concurrent.futures.TimeoutError:
            future.cancel()
            return Lookup(name, kind, LookupEnd.TIMEOUT, detail=f"within {limit:g}s")
        except concurrent.futures.CancelledError:
            return Lookup(name, kind, LookupEnd.INTERRUPTED)

    end = loop.time() + limit
    late = f"it takes more than {limit:g}s (RFC 7208 4.6.4)"
    questions = _Questions(waited, lambda: late if loop.time() >= end else "")
    try:
        async with asyncio.timeout(limit + _GRACE):
            return await in_thread(lambda: _evaluated(who, questions))
    except TimeoutError:
        return unknown(who, f"the evaluation took more than {limit:g}s")
    finally:
        questions.stopped = questions.stopped or LookupEnd.INTERRUPTED.value
