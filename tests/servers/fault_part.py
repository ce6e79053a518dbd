"""faults.test: a domain for each thing no real mail server can be made to do, or only with pains.

Each is its own mail host; what it says is a script of the fault server.
"""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from smtpprobe.sandbox.faults import (
    Close,
    Hang,
    Hear,
    Pause,
    Reset,
    Say,
    Script,
    StartTls,
    Step,
    Talk,
)
from tests.servers.certificates import Chain
from tests.servers.ground import Case, Ground, Part

FIRST: Final = 100
"""The number of the first domain's address."""

GREETING: Final = Say(b"220 mx.faults.test ESMTP\r\n")
HELLO: Final = Say(b"250-mx.faults.test\r\n250-PIPELINING\r\n250 STARTTLS\r\n")
INSIDE: Final = Say(b"250-mx.faults.test\r\n250 PIPELINING\r\n")
GO_ON: Final = Say(b"220 2.0.0 Ready to start TLS\r\n")
BYE: Final = (Hear(b"QUIT"), Say(b"221 2.0.0 Bye\r\n"))
OUT_OF_TURN: Final = Say(b"503 5.5.1 EHLO first\r\n")
OK: Final = Say(b"250 2.0.0 Ok\r\n")
NO: Final = Say(b"550 5.7.1 Go away\r\n")
LATER: Final = Say(b"451 4.3.0 Try later\r\n")
MAIL: Final = (Hear(b"MAIL"), OK, Hear(b"RSET"), OK)
UP_TO_STARTTLS: Final = (GREETING, Hear(b"EHLO"), HELLO, Hear(b"STARTTLS"))

ALERT: Final = bytes.fromhex("15030300020228")  # fatal, handshake_failure


@dataclass(frozen=True, slots=True)
class Converse(Step):
    """Answer each line up to QUIT: STARTTLS by 250 and no more, MAIL and what is unknown by 550."""

    hello: Say

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        answers = {b"EHLO": self.hello, b"STAR": OK, b"QUIT": BYE[1]}
        verb = b""
        while verb != b"QUIT":
            first = await talk.reader.readexactly(1)
            if first == b"\x16":  # the beginning of TLS has no line end to wait for
                rest = await talk.reader.read(65536)
            else:
                rest = await talk.reader.readuntil(b"\n")
            verb = (first + rest)[:4].upper()
            await talk.send(answers.get(verb, NO).octets)


@dataclass(frozen=True, slots=True)
class Keep(Step):
    """Do the handshake with what was heard in plaintext still in hand, and answer it inside."""

    context: ssl.SSLContext

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        await talk.secure(self.context)
        for _ in bytes(talk.kept).splitlines():
            await talk.send(INSIDE.octets)
        talk.kept.clear()


def hello(*keywords: str) -> Say:
    """Return an answer to EHLO with keywords."""
    lines = ["mx.faults.test", *keywords]
    text = "".join(f"250-{line}\r\n" for line in lines[:-1]) + f"250 {lines[-1]}\r\n"
    return Say(text.encode())


def session(tls: ssl.SSLContext, before: Say = HELLO, inside: Say = INSIDE) -> Script:
    """Return a whole session in order, with other answers to EHLO."""
    greeted = [GREETING, Hear(b"EHLO"), before, Hear(b"STARTTLS"), GO_ON]
    return [*greeted, StartTls(tls), Hear(b"EHLO"), inside, *BYE]


def refused_hello(reply: bytes) -> Script:
    """Return the beginning of a session in which EHLO is refused."""
    return [GREETING, Hear(b"EHLO"), Say(reply)]


def refusing(reply: bytes) -> Script:
    """Return a session in which STARTTLS is refused."""
    return [*UP_TO_STARTTLS, Say(reply), *BYE]


def contexts(chain: Chain, with_rsa: Chain) -> dict[str, ssl.SSLContext]:
    """Return TLS contexts by what is the matter with them; the weak cipher needs an RSA key."""
    found = {name: chain.context() for name in ("good", "old", "asking")}
    found["weak"] = with_rsa.context()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        found["old"].minimum_version = ssl.TLSVersion.TLSv1_1
        found["old"].maximum_version = ssl.TLSVersion.TLSv1_1
    found["weak"].maximum_version = ssl.TLSVersion.TLSv1_2
    found["weak"].set_ciphers("AES128-SHA:@SECLEVEL=0")
    found["asking"].verify_mode = ssl.CERT_OPTIONAL
    return found


def scripts(tls: Mapping[str, ssl.SSLContext]) -> dict[str, Sequence[Script]]:
    """Return the scripts of each domain, one a connection."""
    good = tls["good"]
    up_to_220 = [*UP_TO_STARTTLS, GO_ON]
    clear = hello("PIPELINING")
    return {
        "orderly": [session(good)],
        "refused-454": [refusing(b"454 4.7.0 TLS not available due to local problem\r\n")],
        "once-454": [refusing(b"454 4.7.0 Please try again\r\n"), session(good)],
        "refused-502": [refusing(b"502 5.5.1 Command not implemented\r\n")],
        "says-250": [[*UP_TO_STARTTLS, OK, StartTls(good), Converse(INSIDE)]],
        "says-250-only": [[GREETING, Converse(HELLO)]],
        "missing": [[GREETING, Hear(b"EHLO"), clear, *BYE]],
        "surplus": [[*UP_TO_STARTTLS, Say(GO_ON.octets + b"250 gift\r\n"), StartTls(good)]],
        "surplus-later": [[*up_to_220, Pause(0.1), Say(b"250 gift\r\n"), Hang()]],
        "injection": [
            session(good),
            [*up_to_220, Keep(good), Hear(b"EHLO"), INSIDE, *BYE],
            [GREETING, Hear(b"MAIL"), OUT_OF_TURN, *up_to_220[1:], StartTls(good), *MAIL, *BYE],
        ],
        "says-421": [[Say(b"421 4.3.2 Too busy\r\n"), Close()]],
        "says-554": [[Say(b"554 5.7.1 You are not welcome\r\n"), Hear(b"QUIT"), Close()]],
        "rejects-ehlo": [[*refused_hello(b"550 5.7.1 Go away\r\n"), Hear(b"HELO"), NO, *BYE]],
        "knows-helo": [[*refused_hello(b"502 5.5.2 What?\r\n"), Hear(b"HELO"), OK, *BYE]],
        "wants-name": [[*refused_hello(b"504 5.5.2 need fully-qualified hostname\r\n"), *BYE]],
        "waits-for-data": [[*refused_hello(b"354 go ahead\r\n"), Hear(b"HELO"), NO, *BYE]],
        "closes-at-ehlo": [[GREETING, Hear(b"EHLO"), Close()]],
        "closes-at-starttls": [[*UP_TO_STARTTLS, Close()]],
        "cuts-ehlo-off": [[GREETING, Hear(b"EHLO"), Say(b"250-mx\r\n250-PIPELINING\r\n"), Close()]],
        "cuts-220-off": [[*UP_TO_STARTTLS, Say(b"220 2.0"), Close()]],
        "no-code": [[*UP_TO_STARTTLS, Say(b"Ready\r\n"), Close()]],
        "refuses-inside": [[*up_to_220, StartTls(good), Hear(b"EHLO"), NO, *BYE]],
        "tempfails-inside": [[*up_to_220, StartTls(good), Hear(b"EHLO"), LATER, *BYE]],
        "ssh": [[Say(b"SSH-2.0-OpenSSH_9.2\r\n"), Hang()]],
        "silent": [[Hang()]],
        "closes": [[Close()]],
        "closes-inside": [[*up_to_220, StartTls(good), Close()]],
        "resets": [[GREETING, Hear(b"EHLO"), Reset()]],
        "resets-in-handshake": [[*up_to_220, Reset()]],
        "alert": [[*up_to_220, Pause(0.2), Say(ALERT), Close()]],
        "still-offered": [[*session(good, inside=HELLO)]],
        "auth-before-tls": [session(good, hello("AUTH PLAIN LOGIN", "STARTTLS"))],
        "xclient": [session(good, hello("XCLIENT NAME ADDR", "STARTTLS"))],
        "requiretls": [session(good, hello("REQUIRETLS", "STARTTLS"))],
        "old": [session(tls["old"])],
        "weak": [session(tls["weak"])],
        "asking": [session(tls["asking"])],
    }


MORE: Final = ("timeout", "unreachable", "refused")
"""Domains where nobody answers."""

BROKEN_OFF: Final = {
    "knows-helo": "starttls.missing",
    "wants-name": "conn.rejected",
    "waits-for-data": "ehlo.bad-reply",
    "closes": "conn.rejected",
    "resets": "conn.closed",
    "closes-at-ehlo": "conn.closed",
    "closes-at-starttls": "conn.closed",
    "cuts-ehlo-off": "conn.closed",
    "cuts-220-off": "conn.closed",
    "no-code": "starttls.refused",
    "closes-inside": "tls.unusable",
    "refuses-inside": "tls.unusable",
    "tempfails-inside": "tls.unusable",
}
"""Sessions that do not come as far as mail, by what is found in them."""

CASES: Final = (
    Case("orderly.faults.test"),
    Case("refused-454.faults.test", ("starttls.refused",)),
    Case("once-454.faults.test"),
    Case("refused-502.faults.test", ("starttls.refused",)),
    Case("says-250.faults.test", ("starttls.not-220",)),
    Case("says-250-only.faults.test", ("starttls.refused",)),
    Case("missing.faults.test", ("starttls.missing",)),
    Case("surplus.faults.test", ("starttls.surplus",)),
    Case("surplus-later.faults.test", ("starttls.surplus",)),
    Case("says-421.faults.test", ("conn.421",)),
    Case("says-554.faults.test", ("conn.rejected",)),
    Case("rejects-ehlo.faults.test", ("conn.rejected",)),
    *(Case(f"{name}.faults.test", (found,)) for name, found in BROKEN_OFF.items()),
    Case("ssh.faults.test", ("conn.not-smtp",)),
    Case("resets-in-handshake.faults.test", ("tls.handshake",)),
    Case("alert.faults.test", ("tls.handshake",)),
    Case("still-offered.faults.test", ("starttls.still-offered",)),
    Case("auth-before-tls.faults.test", ("starttls.auth-before-tls",)),
    Case("xclient.faults.test", ("ehlo.xclient",)),
    Case("requiretls.faults.test", ("requiretls.cleartext",)),
    Case("old.faults.test", ("tls.old-version",)),
    Case("weak.faults.test", ("tls.weak-cipher",)),
    Case("asking.faults.test", ("tls.client-cert",)),
    Case("refused.faults.test", ("conn.refused",)),
    Case("unreachable.faults.test", ("conn.timeout",), everywhere=False),
)

SLOW: Final = (
    Case("timeout.faults.test", ("conn.timeout",), everywhere=False),
    Case("silent.faults.test", ("conn.timeout",)),
)
"""They take a client as long as the client lets them."""


def fault_part(ground: Ground) -> Part:
    """Return the zone and the scripts for its addresses."""
    chain = ground.chain("good", "*.faults.test")
    played = scripts(contexts(chain, ground.chain("good-rsa", "*.faults.test")))
    zone = ground.a("refused", FIRST - 1)
    zone += ground.at("timeout", ground.network.silent)
    zone += ground.at("unreachable", ground.network.unreachable)
    for number, name in enumerate(played, FIRST):
        zone += ground.a(name, number)
    zone += "".join(f"{name} MX 0 {name}\n" for name in (*played, *MORE))
    return Part(
        zones={"faults.test": zone},
        scripts={ground.network.address(n): played[name] for n, name in enumerate(played, FIRST)},
    )
