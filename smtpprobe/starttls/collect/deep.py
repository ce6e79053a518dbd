"""The tests of `--deep`: as many more connections as are granted, ended by the first 421.

Weak TLS comes first: old versions, then all weak kinds of suites in one ClientHello, whose refusal
clears all of them; other names; post-quantum groups; resumption. What is left of the connections
goes to the other groups and then to the other ciphers, of which each ClientHello finds one.
Untested ones stay unknown. ClientHellos are hand-built, so the local TLS library limits nothing;
only names and resumption are tried with it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from smtpprobe.net.tls.cipher_suites import (
    ANONYMOUS_CIPHERS,
    OLD_CIPHERS,
    RSA_CIPHERS,
    TLS1_3_CIPHERS,
)
from smtpprobe.net.tls.client_hello import (
    CURVES,
    FFDHE_GROUPS,
    HYBRID_GROUPS,
    OBSOLETE_CURVES,
    TLS1_2,
    TLS1_3,
    TLS1_3_CURVES,
    VERSIONS,
    HelloAnswer,
)
from smtpprobe.net.tls.hello_probe import Asked
from smtpprobe.net.tls.registry import GROUPS
from smtpprobe.net.tls.resumption import Resumed, Resumption
from smtpprobe.starttls.collect.address import Keep, Place, forget, session_facts
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.prober import Prober, line_of
from smtpprobe.starttls.facts import NO, YES, AddressFacts, Because, Deep, Fact, unknown
from smtpprobe.starttls.suite_classes import CLASSES, POST_QUANTUM, SMALL_CURVES, classes_of

NOT_ASKED = unknown(Because.NOT_ASKED)
OTHER_NAMES = ("", "smtpprobe.invalid")
"""The names sent instead of the host's: none, and one that does not exist."""

_LONG_KEYS = ("AES256", "CAMELLIA256", "ARIA256", "CHACHA20")
_NEW_GROUPS = (*TLS1_3_CURVES, *FFDHE_GROUPS)
_ALL_CURVES = (*CURVES, *OBSOLETE_CURVES)
_ALL_NEW = (*HYBRID_GROUPS, *_NEW_GROUPS)
_NUMBERS = {name: number for number, name in GROUPS.items()}
_OLDER = tuple(number for number in sorted(VERSIONS.values(), reverse=True) if number < TLS1_3)
_NAMES = {number: name for name, number in VERSIONS.items()}


async def probe_deeply(
    facts: AddressFacts, place: Place, how: Gathering, keep: Keep = forget
) -> AddressFacts:
    """Return an address with what it accepts: versions, kinds of suites, ciphers, groups, names."""
    if facts.tls is None:
        return facts
    search = _Search(facts, place, how, keep)
    for step in search.steps():
        await step()
    return search.found()


class _Search:
    """What is known so far of one address, and the steps that find more."""

    def __init__(self, facts: AddressFacts, place: Place, how: Gathering, keep: Keep) -> None:
        self._facts, self._place, self._how = facts, place, how
        self._prober = Prober(place, how, how.deep_connections, lambda: keep(self.found()))
        self._versions: dict[str, Fact] = dict.fromkeys(VERSIONS, NOT_ASKED)
        self._classes: dict[str, Fact] = dict.fromkeys((*CLASSES, SMALL_CURVES), NOT_ASKED)
        self._classes[POST_QUANTUM] = NOT_ASKED
        self._ciphers: dict[str, None] = {}
        self._groups: dict[str, None] = {}
        self._old = dict.fromkeys(OLD_CIPHERS)
        """The suites of TLS 1.2 and older that are still unknown."""
        self._new = dict.fromkeys(TLS1_3_CIPHERS)
        self._hybrids = dict.fromkeys(HYBRID_GROUPS)
        self._others = dict.fromkeys(_NEW_GROUPS)
        self._sni: dict[str, str] = {}
        self._resumed: dict[str, tuple[Fact, str]] = {}

    def steps(self) -> Sequence[_Step]:
        """Return what is done, in this order."""
        return (
            self._find_versions,
            self._find_classes,
            self._find_small_curves,
            self._find_short_primes,
            self._find_names,
            self._find_hybrids,
            self._find_resumption,
            self._find_groups,
            self._find_new_ciphers,
            self._find_old_ciphers,
        )

    def found(self) -> AddressFacts:
        """Return the address with what is known by now."""
        sslv2 = ("SSLv2", unknown(Because.NOT_TESTABLE))
        deep = Deep(
            versions=(sslv2, *self._versions.items()),
            classes=tuple(self._classes.items()),
            ciphers=tuple(self._ciphers),
            groups=tuple(self._groups),
            untested_ciphers=(
                *(TLS1_3_CIPHERS[number] for number in self._new),
                *(OLD_CIPHERS[number] for number in self._old),
            ),
            untested_groups=tuple(GROUPS[number] for number in (*self._hybrids, *self._others)),
            sni=tuple(self._sni.items()),
            unsent=tuple(name or "no name" for name in OTHER_NAMES if name not in self._sni),
            resumption=_any(fact for fact, _ in self._resumed.values()),
            resumed=tuple((version, *told) for version, told in self._resumed.items()),
            stopped=self._prober.stopped,
        )
        connections = self._facts.connections + self._prober.asked
        listed = (*self._facts.also_listed, *self._prober.listings)
        return self._facts._replace(deep=deep, connections=connections, also_listed=listed)

    @property
    def _modern(self) -> Fact:
        return self._versions["TLSv1.3"]

    @property
    def _none_is_old(self) -> bool:
        """Whether the server is known to refuse TLS 1.2 and all before it."""
        return all(self._versions[_NAMES[number]].no for number in _OLDER)

    async def _find_versions(self) -> None:
        below = list(_OLDER)
        while below and not self._prober.stopped:
            below = await self._next_version(below)
        tls = self._facts.tls
        if tls is not None and tls.ok and tls.version == "TLSv1.3":
            self._versions["TLSv1.3"] = YES
        else:
            found = await self._prober.ask(TLS1_3, tuple(TLS1_3_CIPHERS), _ALL_NEW)
            self._versions["TLSv1.3"] = self._fact(found, self._chosen(found, TLS1_3))
        if self._modern.no:
            for left in (self._new, self._hybrids, self._others):
                left.clear()
        if self._none_is_old:
            self._old.clear()
        elif self._modern.no:
            self._others |= dict.fromkeys(CURVES)

    async def _next_version(self, below: list[int]) -> list[int]:
        """Ask for the newest of some versions; return those of which nothing is known yet.

        A server agrees on the newest that it has, and says `protocol_version` when it has only
        newer ones (RFC 5246 E.1): so one answer may settle several.
        """
        number = below[0]
        found = await self._prober.ask(number, tuple(OLD_CIPHERS), _ALL_CURVES)
        answer = self._chosen(found, number)
        if answer is not None and answer.version in below:
            for each in below:
                if each >= answer.version:
                    self._versions[_NAMES[each]] = YES if each == answer.version else NO
            return [each for each in below if each < answer.version]
        refused = self._prober.refused(found)
        newer_only = refused and found.answer is not None
        settled = below if newer_only and _says_newer_only(found.answer) else below[:1]
        for each in settled:
            self._versions[_NAMES[each]] = NO if refused else self._untold(found)
        return below[len(settled) :]

    async def _find_classes(self) -> None:
        left = set(CLASSES)
        if self._none_is_old:
            self._classes |= dict.fromkeys((*CLASSES, SMALL_CURVES), NO)
            return
        while left and not self._prober.stopped:
            offered = [n for n, name in OLD_CIPHERS.items() if classes_of(name) & left]
            offered.sort(key=lambda number: -len(classes_of(OLD_CIPHERS[number]) & left))
            found = await self._prober.ask(TLS1_2, offered, _ALL_CURVES)
            answer = self._chosen(found, TLS1_2)
            if answer is not None and answer.cipher in offered:
                settled = classes_of(OLD_CIPHERS[answer.cipher]) & left
            elif self._prober.refused(found):
                settled = frozenset(left)
                _drop(self._old, offered)
            elif found.answer is None:
                continue  # asked again, until the prober has had enough
            else:
                break
            self._classes |= dict.fromkeys(settled, YES if answer is not None else NO)
            left -= settled

    async def _find_small_curves(self) -> None:
        offered = _elliptic()
        if self._none_is_old or self._prober.stopped:
            return
        found = await self._prober.ask(TLS1_2, offered, OBSOLETE_CURVES)
        answer = self._chosen(found, TLS1_2)
        if answer is not None:
            small = _NUMBERS.get(answer.group) in OBSOLETE_CURVES
            self._classes[SMALL_CURVES] = YES if small else NO
        else:
            self._classes[SMALL_CURVES] = self._fact(found, None)

    async def _find_short_primes(self) -> None:
        """Ask for DHE with short keys: OpenSSL chooses a shorter prime for some of them.

        With a certificate the prime is as long as its key, else as the key of the cipher wants it.
        """
        short = [
            number
            for number, name in OLD_CIPHERS.items()
            if "dhe" in classes_of(name) and not any(part in name for part in _LONG_KEYS)
        ]
        for kind in (ANONYMOUS_CIPHERS, RSA_CIPHERS):
            offered = tuple(number for number in short if number in kind and number in self._old)
            wanted = self._classes["dhe" if kind is RSA_CIPHERS else "anonymous"].yes
            if not (wanted and self._classes["dhe"].yes and offered):
                continue
            found = await self._prober.ask(TLS1_2, offered, CURVES)
            if self._chosen(found, TLS1_2) is None and self._prober.refused(found):
                _drop(self._old, offered)

    async def _find_names(self) -> None:
        for name in OTHER_NAMES:
            if not await self._prober.turn():
                return
            facts = await session_facts(self._place._replace(sni=name or None), self._how)
            leaf = facts.tls.leaf if facts.tls is not None else None
            self._prober.listings += facts.listings
            self._sni[name] = leaf.sha256 if leaf is not None else ""
            trouble = "" if facts.tls is not None else facts.ended or facts.reason or "no TLS"
            self._prober.heard(facts.ended_code or 0, trouble)

    async def _find_hybrids(self) -> None:
        if self._modern.yes:
            await self._survey(self._hybrids)
        if any(_NUMBERS.get(name) in HYBRID_GROUPS for name in self._groups):
            self._classes[POST_QUANTUM] = YES
        elif not self._hybrids:
            self._classes[POST_QUANTUM] = NO

    async def _find_resumption(self) -> None:
        for version in ("TLSv1.3", "TLSv1.2"):
            if self._versions[version].yes:
                told = await self._resumption(version)
                self._resumed[version] = (_resumption_fact(told), told.by)

    async def _resumption(self, version: str) -> Resumed:
        line = line_of(self._place, self._how, self._prober.listings)
        trial = Resumption(line, self._place.sni, version)
        if not await self._prober.turn():
            return Resumed(reason=self._prober.stopped, asked=False)
        told = await trial.first()
        if told is None:
            if not await self._prober.turn():
                return Resumed(reason=self._prober.stopped, asked=False)
            told = await trial.again()
        self._prober.heard(told.code, told.reason if told.before_tls else "")
        return told

    async def _find_groups(self) -> None:
        if self._modern.yes:
            await self._survey(self._others)
        elif self._modern.no and not self._none_is_old:
            await self._survey_old()

    async def _survey(self, groups: dict[int, None]) -> None:
        """Find which groups are accepted in TLS 1.3; unknown ones stay in `groups`.

        Each ClientHello yields a group and a cipher, so it offers untested ciphers too; where that
        is refused, the groups are asked for alone.
        """
        _drop(groups, (_NUMBERS.get(name, 0) for name in self._groups))
        alone = False
        while groups and not self._prober.stopped:
            beside = not alone and 0 < len(self._new) < len(TLS1_3_CIPHERS)
            ciphers = tuple(self._new) if beside else tuple(TLS1_3_CIPHERS)
            found = await self._prober.ask(TLS1_3, ciphers, tuple(groups))
            answer = self._chosen(found, TLS1_3)
            if answer is not None:
                if _NUMBERS.get(answer.group) not in groups:
                    return
                _drop(groups, (_NUMBERS[answer.group],))
                if alone:
                    self._new.clear()  # so it was the ciphers that were refused
                alone = False
            elif self._prober.refused(found) and beside:
                alone = True
            elif self._prober.refused(found):
                groups.clear()
            elif found.answer is not None:
                return

    async def _survey_old(self) -> None:
        """Find which curves are accepted in TLS 1.2 and older."""
        _drop(self._others, (_NUMBERS.get(name, 0) for name in self._groups))
        while self._others and not self._prober.stopped:
            found = await self._prober.ask(TLS1_2, _elliptic(), tuple(self._others))
            answer = self._chosen(found, TLS1_2)
            if answer is not None and _NUMBERS.get(answer.group) in self._others:
                _drop(self._others, (_NUMBERS[answer.group],))
            elif self._prober.refused(found):
                self._others.clear()
            elif found.answer is not None:
                return

    async def _find_new_ciphers(self) -> None:
        while self._modern.yes and self._new and not self._prober.stopped:
            found = await self._prober.ask(TLS1_3, tuple(self._new), _ALL_NEW)
            if self._chosen(found, TLS1_3) is None:
                if self._prober.refused(found):
                    self._new.clear()
                elif found.answer is not None:
                    return

    async def _find_old_ciphers(self) -> None:
        while self._old and not self._prober.stopped:
            found = await self._prober.ask(TLS1_2, tuple(self._old), _ALL_CURVES)
            if self._chosen(found, TLS1_2) is None:
                if self._prober.refused(found):
                    self._old.clear()
                elif found.answer is not None:
                    return

    def _chosen(self, found: Asked, newest: int) -> HelloAnswer | None:
        """Return an answer that accepts a ClientHello, and keep what it shows; None for others."""
        answer = found.answer
        if answer is None or not 0 < answer.version <= newest:
            return None
        modern = answer.version >= TLS1_3
        left, names = (self._new, TLS1_3_CIPHERS) if modern else (self._old, OLD_CIPHERS)
        if answer.cipher not in names or modern != (newest >= TLS1_3):
            return None
        left.pop(answer.cipher, None)
        self._ciphers[names[answer.cipher]] = None
        if answer.group:
            self._groups[answer.group] = None
        return answer

    def _fact(self, found: Asked, answer: HelloAnswer | None) -> Fact:
        """Return whether a ClientHello was accepted."""
        if answer is not None:
            return YES
        lower = found.answer is not None and found.answer.accepted
        return NO if lower or self._prober.refused(found) else self._untold(found)

    def _untold(self, found: Asked) -> Fact:
        if found.answer is None:
            return unknown(Because.ENDED if found.asked else Because.NOT_ASKED, found.reason)
        reason = (
            "it did not answer with TLS"
            if found.answer.odd
            else "it closed the connection after the ClientHello"
        )
        return unknown(Because.ENDED, reason)


_Step = Callable[[], Awaitable[None]]


def _says_newer_only(answer: HelloAnswer | None) -> bool:
    return answer is not None and answer.alert == "protocol_version"


def _elliptic() -> tuple[int, ...]:
    return tuple(n for n, name in OLD_CIPHERS.items() if name.startswith(("ECDHE-", "AECDH-")))


def _drop(left: dict[int, None], numbers: Iterable[int]) -> None:
    for number in numbers:
        left.pop(number, None)


def _any(facts: Iterable[Fact]) -> Fact:
    """Return yes if one is, unknown if one is, else no; without any it was not asked."""
    found = tuple(facts)
    if any(fact.yes for fact in found):
        return YES
    return next((fact for fact in found if not fact.no), NO if found else NOT_ASKED)


def _resumption_fact(told: Resumed) -> Fact:
    if told.resumed is None:
        return unknown(Because.ENDED if told.asked else Because.NOT_ASKED, told.reason)
    return YES if told.resumed else NO
