"""A TLS server as far as a hello shows it: what it accepts, and what it says to one."""

from __future__ import annotations

from dataclasses import dataclass, field

from smtpprobe.net.tls.cipher_suites import OLD_CIPHERS
from smtpprobe.net.tls.client_hello import (
    CURVES,
    OBSOLETE_CURVES,
    SSLV3,
    TLS1_2,
    TLS1_3,
    Hello,
    HelloAnswer,
)
from smtpprobe.net.tls.hello_probe import Asked, Line
from smtpprobe.net.tls.registry import GROUPS


@dataclass(slots=True)
class TlsModel:
    """A server with versions, suites and groups of its own; `own_order` goes before the client's.

    `silent` has it close on what it refuses, `answers` ends its patience with a 421.
    """

    versions: frozenset[int]
    old: tuple[int, ...]
    new: tuple[int, ...]
    groups: tuple[int, ...]
    own_order: bool = True
    silent: bool = False
    answers: int = 10_000
    prime: str = "dh 2048"
    heard: list[Hello] = field(default_factory=list)

    async def ask(self, _line: Line, hello: Hello) -> Asked:
        """Answer a hello, as `raw_session.ask` would give it back."""
        self.heard.append(hello)
        if len(self.heard) > self.answers:
            return Asked(reason="421 too many", code=421)
        return Asked(self.answer(hello))

    def answer(self, hello: Hello) -> HelloAnswer:
        """Return what this server says to a hello."""
        able = [one for one in self.versions if one <= hello.version]
        if hello.version == TLS1_3:
            able = [one for one in able if one == TLS1_3]
        if not able:
            return self._refusal("protocol_version")
        version = max(able)
        group = self._first(self.groups, hello.groups)
        for suite in self._inorder(self.new if version == TLS1_3 else self.old, hello.ciphers):
            if version == TLS1_3:
                return (
                    HelloAnswer(version, suite, GROUPS[group])
                    if group
                    else self._refusal("handshake_failure")
                )
            used = self._exchange(OLD_CIPHERS[suite], group)
            if used is not None:
                return HelloAnswer(version, suite, used)
        return self._refusal("handshake_failure")

    def accepts(self, suite: int) -> bool:
        """Tell whether a suite of TLS 1.2 or older can be agreed on."""
        old = any(SSLV3 <= one <= TLS1_2 for one in self.versions)
        group = self._first(self.groups, (*CURVES, *OBSOLETE_CURVES))
        used = self._exchange(OLD_CIPHERS[suite], group)
        return old and suite in self.old and used is not None

    def _exchange(self, name: str, group: int) -> str | None:
        """Return the group of a suite, empty for none; None where it cannot be used."""
        if "ECDH" in name:
            return GROUPS[group] if group else None
        return self.prime if "DHE-" in name or "ADH-" in name else ""

    def _inorder(self, own: tuple[int, ...], offered: object) -> list[int]:
        wanted = list(offered)  # type: ignore[call-overload]
        first, second = (own, wanted) if self.own_order else (wanted, own)
        return [one for one in first if one in second]

    def _first(self, own: tuple[int, ...], offered: object) -> int:
        return next(iter(self._inorder(own, offered)), 0)

    def _refusal(self, alert: str) -> HelloAnswer:
        return HelloAnswer() if self.silent else HelloAnswer(alert=alert)
