"""The catalogue of hostile servers: each with a name, what it does, and what has to come of it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from smtpprobe.sandbox.faults import Close, Drip, Flood, Hang, Pause, Reset, Say, Step, Talk
from smtpprobe.sandbox.hostile.stages import HELLOS, IN_ORDER, LOGIN, STAGES, Stage


class Kind(Enum):
    """What kind of hostility; the value is its heading."""

    ENDS = "The connection ends"
    SILENCE = "Nothing comes, or too slowly"
    ORDER = "Replies that are early, late, too many"
    SIZE = "Without an end"
    CODES = "Invalid or wrong reply codes"
    FORM = "Malformed lines"
    TEXT = "Texts that would drive a terminal"
    PROTOCOLS = "Another protocol on the port"
    TLS = "STARTTLS that goes wrong"
    LOGIN = "Challenges"
    AFTER = "After QUIT"


class Outcome(Enum):
    """What a client has to make of it; the value is how a page says so."""

    FAILS = "not a success"
    HOLDS = "a whole session"
    EITHER = "either, by its own rules"


Make: TypeAlias = Callable[[bytes], Sequence[Step]]
"""Makes the steps from what a server in order would say here."""


class Entry(NamedTuple):
    """A hostile server: what it does `instead`, at any of `stages`, and what has to come of it."""

    name: str
    kind: Kind
    does: str
    outcome: Outcome
    instead: Make
    stages: tuple[Stage, ...] = STAGES
    whole: bool = False
    """Whether the reply itself is said first: it stands where the question was answered by it."""

    def outcome_at(self, stage: Stage, decided: Container[Stage] = ()) -> Outcome:
        """Return what has to come of it at a stage, where these answer what the client asks."""
        if self.outcome is Outcome.FAILS and (
            stage is Stage.QUIT or (self.whole and stage in decided)
        ):
            return Outcome.EITHER
        if self.kind is Kind.TEXT and stage in LOGIN[:2]:
            return Outcome.EITHER  # a challenge with a text behind it is not base64
        return self.outcome


BURST: Final = 4000
"""How many lines of a counted flood are sent."""

SLOW: Final = 40.0
"""Seconds between octets, or before a reply, that are too slow for anybody."""

_FAILS, _HOLDS, _EITHER = Outcome.FAILS, Outcome.HOLDS, Outcome.EITHER


def _said(octets: bytes) -> Make:
    """Return what says these octets in place of the reply, whatever it was."""
    return lambda _: (Say(octets),)


def _coded(code: bytes) -> Make:
    """Return what says the last line of the reply with another code."""
    return lambda good: (Say(code + good.rstrip(b"\r\n").split(b"\n")[-1][3:] + b"\r\n"),)


def _with_text(text: bytes) -> Make:
    """Return what says the reply with a text at the end of each line."""
    return lambda good: (Say(good.replace(b"\r\n", text + b"\r\n")),)


def _half(good: bytes) -> bytes:
    return good[: len(good) // 2]


def _first_line(good: bytes) -> bytes:
    return good[:3] + b"-more\r\n"


def _others(good: bytes) -> bytes:
    """Return a good reply of another stage: one whose code is not that of this one."""
    return b"354 go on\r\n" if not good.startswith(b"354") else b"250 ok\r\n"


@dataclass(frozen=True, slots=True)
class Challenges(Step):
    """Answer every line with another challenge."""

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        while True:
            await talk.send(IN_ORDER[Stage.USER])
            await talk.server.hear(await talk.line())


_ENDS: Final = (
    Entry("close", Kind.ENDS, "closes instead of replying", _FAILS, lambda _: (Close(),)),
    Entry("reset", Kind.ENDS, "resets instead of replying", _FAILS, lambda _: (Reset(),)),
    Entry(
        "close-half",
        Kind.ENDS,
        "closes after half of the reply",
        _FAILS,
        lambda good: (Say(_half(good)), Close()),
    ),
    Entry(
        "reset-half",
        Kind.ENDS,
        "resets after half of the reply",
        _FAILS,
        lambda good: (Say(_half(good)), Reset()),
    ),
    Entry(
        "close-code",
        Kind.ENDS,
        "closes after the code, without a line end",
        _FAILS,
        lambda good: (Say(good[:3]), Close()),
    ),
    Entry(
        "close-line-end",
        Kind.ENDS,
        "closes before the line end of the reply",
        _FAILS,
        lambda good: (Say(good.rstrip(b"\r\n")), Close()),
    ),
    Entry(
        "close-more",
        Kind.ENDS,
        "closes after a line that says more will follow",
        _FAILS,
        lambda good: (Say(_first_line(good)), Close()),
    ),
    Entry(
        "close-after",
        Kind.ENDS,
        "closes after the reply",
        _FAILS,
        lambda good: (Say(good), Close()),
        whole=True,
    ),
    Entry(
        "reset-after",
        Kind.ENDS,
        "resets after the reply",
        _FAILS,
        lambda good: (Say(good), Pause(0.05), Reset()),
        whole=True,
    ),
    Entry(
        "421-close",
        Kind.ENDS,
        "says 421 and closes",
        _FAILS,
        lambda _: (Say(b"421 4.3.2 shutting down\r\n"), Close()),
    ),
)

_SILENCE: Final = (
    Entry("silent", Kind.SILENCE, "says nothing", _FAILS, lambda _: (Hang(),)),
    Entry(
        "silent-half",
        Kind.SILENCE,
        "says half of the reply, then nothing",
        _FAILS,
        lambda good: (Say(_half(good)), Hang()),
    ),
    Entry(
        "silent-line-end",
        Kind.SILENCE,
        "says the reply without its line end, then nothing",
        _FAILS,
        lambda good: (Say(good.rstrip(b"\r\n")), Hang()),
    ),
    Entry(
        "silent-more",
        Kind.SILENCE,
        "says that more will follow, then nothing",
        _FAILS,
        lambda good: (Say(_first_line(good)), Hang()),
    ),
    Entry(
        "drip",
        Kind.SILENCE,
        "says the reply octet by octet",
        _HOLDS,
        lambda good: (Drip(good, 0.0),),
    ),
    Entry(
        "drip-slow",
        Kind.SILENCE,
        f"says an octet every {SLOW:.0f} seconds",
        _FAILS,
        lambda good: (Drip(good, SLOW),),
    ),
)

_ORDER: Final = (
    Entry(
        "late",
        Kind.ORDER,
        "says the reply when nobody waits for it any more",
        _FAILS,
        lambda good: (Pause(SLOW), Say(good)),
    ),
    Entry(
        "doubled",
        Kind.ORDER,
        "says the reply twice",
        _FAILS,
        lambda good: (Say(good * 2),),
        whole=True,
    ),
    Entry(
        "early",
        Kind.ORDER,
        "says the reply, and at once one that nobody has asked for",
        _FAILS,
        lambda good: (Say(good + b"250 2.0.0 and the next one\r\n"),),
        whole=True,
    ),
    Entry(
        "taken-back",
        Kind.ORDER,
        "says the reply, and at once that it is refused",
        _FAILS,
        lambda good: (Say(good + b"550 5.7.1 no\r\n"),),
        whole=True,
    ),
)

_SIZE: Final = (
    Entry(
        "replies-endless",
        Kind.SIZE,
        "says the reply over and over, for ever",
        _FAILS,
        lambda good: (Flood(good),),
        whole=True,
    ),
    Entry(
        "lines-endless",
        Kind.SIZE,
        "says lines of one reply, for ever",
        _FAILS,
        lambda good: (Flood(_first_line(good)),),
    ),
    Entry(
        "line-endless",
        Kind.SIZE,
        "says a line without an end",
        _FAILS,
        lambda good: (Say(good[:3]), Flood(b" x" * 500)),
    ),
    Entry(
        "nothing-endless",
        Kind.SIZE,
        "says line ends, for ever",
        _FAILS,
        lambda _: (Flood(b"\n"),),
    ),
    Entry(
        "zeros-endless",
        Kind.SIZE,
        "says octets of 0, for ever",
        _FAILS,
        lambda _: (Flood(bytes(1000)),),
    ),
    Entry(
        "lines-many",
        Kind.SIZE,
        f"says {BURST} lines before the reply's last",
        _EITHER,
        lambda good: (Flood(_first_line(good), BURST), Say(good)),
    ),
    Entry(
        "line-long",
        Kind.SIZE,
        "says a line of a megabyte",
        _EITHER,
        lambda good: (Say(good.rstrip(b"\r\n") + b" " + b"x" * (1 << 20) + b"\r\n"),),
    ),
)

_CODES: Final = (
    *(
        Entry(f"code-{name}", Kind.CODES, f"says {shown} for the code", _FAILS, _coded(code))
        for name, shown, code in (
            ("000", "000", b"000"),
            ("199", "199", b"199"),
            ("600", "600", b"600"),
            ("999", "999", b"999"),
            ("two-digits", "two digits", b"25"),
            ("four-digits", "four digits", b"2500"),
            ("letter-o", "25O", b"25O"),
            ("wide-digits", "digits of another script", "２５０".encode()),  # noqa: RUF001 - that is the point
            ("blank-first", "a blank and the code", b" 250"),
            ("hyphen-first", "a hyphen and the code", b"-250"),
            ("none", "nothing", b""),
        )
    ),
    Entry(
        "code-other",
        Kind.CODES,
        "says a good reply to another command",
        _FAILS,
        lambda good: (Say(_others(good)),),
    ),
    *(
        Entry(f"code-{code}", Kind.CODES, f"says {code}", _FAILS, _said(f"{code} no\r\n".encode()))
        for code in (421, 450, 451, 500, 502, 503, 530, 550, 554)
    ),
    Entry(
        "codes-mixed",
        Kind.CODES,
        "says 550 in the first line and the good code in the last",
        _EITHER,
        lambda good: (Say(b"550-no\r\n" + good),),
    ),
    Entry(
        "codes-mixed-last",
        Kind.CODES,
        "says the good code in the first line and 550 in the last",
        _FAILS,
        lambda good: (Say(_first_line(good) + b"550 no\r\n"),),
    ),
)

_FORM: Final = (
    Entry("empty-line", Kind.FORM, "says an empty line", _FAILS, _said(b"\r\n")),
    Entry("nul-in-code", Kind.FORM, "says a code with NUL in it", _FAILS, _said(b"2\x0050 ok\r\n")),
    Entry(
        "bare-lf",
        Kind.FORM,
        "ends lines with LF alone",
        _HOLDS,
        lambda good: (Say(good.replace(b"\r\n", b"\n")),),
    ),
    Entry(
        "bare-cr",
        Kind.FORM,
        "ends lines with CR alone",
        _FAILS,
        lambda good: (Say(good.replace(b"\r\n", b"\r")), Hang()),
    ),
    Entry("text-no-code", Kind.FORM, "says a line of words", _FAILS, _said(b"good morning\r\n")),
)

TEXTS: Final = {
    "nul": b"\x00",
    "8-bit": b"caf\xe9",
    "overlong": b"\xc0\xae\xc0\xae/ \xe0\x80\xaf",
    "surrogates": b"\xed\xa0\x80",
    "bidi": "\u202egnp.exe\u2066".encode(),
    "zero-width": "\u200bab\ufeff".encode(),
    "separators": "\u2028a\u2029\x85".encode(),
    "ansi": b"\x1b[2J\x1b[31mred",
    "osc-title": b"\x1b]0;owned\x07",
    "osc-clipboard": b"\x1b]52;c;b3duZWQ=\x07",
    "osc-link": b"\x1b]8;;http://owned.test\x1b\\here\x1b]8;;\x1b\\",
    "dcs": b'\x1bP$q"p\x1b\\',
    "c1": b"\x9b2J\x9d0;owned\x9c",
    "c1-utf8": "\x9b2J".encode(),
    "backspaces": b"550 no\x08\x08\x08\x08\x08\x08250 ok",
    "cr": b"\rrewritten",
    "shift-out": b"\x0eqqq\x0f",
    "every-octet": bytes(octet for octet in range(1, 256) if octet not in b"\r\n"),
}
"""What a terminal would act on, or show as something else, by name."""

_TEXTS: Final = tuple(
    Entry(
        f"text-{name}",
        Kind.TEXT,
        f"has {name} in the text of each line",
        _EITHER if name in ("cr", "every-octet", "nul") else _HOLDS,
        _with_text(b" " + text),
    )
    for name, text in TEXTS.items()
)

_KEYWORDS: Final = tuple(
    Entry(
        f"keyword-{name}",
        Kind.TEXT,
        f"announces a keyword with {name} in it",
        _HOLDS,
        lambda good, text=text: (  # type: ignore[misc]
            Say(b"250-hostile.test\r\n250-X" + text + b" 1\r\n" + good.split(b"\r\n", 1)[1]),
        ),
        HELLOS,
    )
    for name, text in TEXTS.items()
    if name != "cr"
)

PROTOCOLS: Final = {
    "http-400": b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html>no</html>\r\n",
    "http-200": b"HTTP/1.1 200 OK\r\n\r\n",
    "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
    "imap": b"* OK [CAPABILITY IMAP4rev1] ready\r\n",
    "pop3": b"+OK ready <1896.697170952@hostile.test>\r\n",
    "telnet": b"\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\r\nlogin: ",
    "tls-alert": bytes.fromhex("15030300020228"),
    "tls-record": bytes.fromhex("160303004a020000460303") + bytes(68),
    "mysql": b"J\x00\x00\x00\n8.0.36\x00\x08\x00\x00\x00",
    "redis": b"-ERR unknown command\r\n",
    "vnc": b"RFB 003.008\n",
    "smb": b"\x00\x00\x00\x55\xffSMBr\x00\x00\x00",
}
"""What other servers say first."""

_PROTOCOLS: Final = (
    *(
        Entry(
            f"speaks-{name}",
            Kind.PROTOCOLS,
            f"speaks {name} and waits",
            _FAILS,
            lambda _, octets=octets: (Say(octets), Hang()),  # type: ignore[misc]
            (Stage.GREETING,),
        )
        for name, octets in PROTOCOLS.items()
    ),
    Entry(
        "speaks-ftp",
        Kind.PROTOCOLS,
        "speaks ftp: its greeting is one of SMTP",
        _FAILS,
        lambda _: (Say(b"220 (vsFTPd 3.0.5)\r\n"), *(Say(b"530 Please login.\r\n"),) * 2, Close()),
        (Stage.GREETING,),
    ),
    Entry(
        "waits-for-tls",
        Kind.PROTOCOLS,
        "waits for a ClientHello",
        _FAILS,
        lambda _: (Hang(),),
        (Stage.GREETING,),
    ),
)

_GO: Final = IN_ORDER[Stage.STARTTLS]

_TLS: Final = tuple(
    Entry(
        f"tls-{name}",
        Kind.TLS,
        does,
        _FAILS,
        lambda _, steps=steps: steps,  # type: ignore[misc]
        (Stage.STARTTLS,),
        name == "surplus",
    )
    for name, does, steps in (
        ("surplus", "sends more plaintext after the 220", (Say(_GO + b"250 gift\r\n"),)),
        ("clear", "says 220 and continues in plaintext", (Say(_GO), Say(b"250 ok\r\n"), Hang())),
        ("close", "says 220 and closes", (Say(_GO), Close())),
        ("reset", "says 220 and resets", (Say(_GO), Reset())),
        ("silent", "says 220 and nothing more", (Say(_GO), Hang())),
        (
            "alert",
            "says 220 and sends an alert",
            (Say(_GO), Pause(0.1), Say(bytes.fromhex("15030300020228")), Close()),
        ),
        (
            "garbage",
            "says 220 and sends garbage",
            (Say(_GO), Pause(0.1), Say(b"\x99" * 64), Hang()),
        ),
        (
            "record-cut",
            "says 220 and half of a record",
            (Say(_GO), Pause(0.1), Say(bytes.fromhex("160303004a02000046")), Close()),
        ),
        (
            "record-hang",
            "says 220 and half of a record, then nothing",
            (Say(_GO), Pause(0.1), Say(bytes.fromhex("160303004a02000046")), Hang()),
        ),
        (
            "flood",
            "says 220 and asks for another hello, over and over",
            (Say(_GO), Pause(0.1), Flood(bytes.fromhex("1603034000") + bytes(0x4000), 16), Hang()),
        ),
        ("220-unended", "says 220 without a line end", (Say(_GO.rstrip(b"\r\n")), Hang())),
        ("220-more", "says that more follows the 220", (Say(b"220-go\r\n"), Hang())),
    )
)


def _challenge(text: bytes) -> Make:
    return _said(b"334 " + base64.b64encode(text) + b"\r\n")


_LOGIN: Final = (
    Entry(
        "challenge-endless",
        Kind.LOGIN,
        "asks on and on",
        _FAILS,
        lambda _: (Challenges(),),
        (Stage.PASSWORD,),
    ),
    Entry(
        "challenge-bad",
        Kind.LOGIN,
        "asks in invalid base64",
        _EITHER,
        _said(b"334 !!!\r\n"),
        LOGIN[:2],
    ),
    Entry(
        "challenge-empty", Kind.LOGIN, "asks for nothing", _EITHER, _said(b"334 \r\n"), LOGIN[:2]
    ),
    Entry(
        "challenge-bare", Kind.LOGIN, "asks with a bare code", _EITHER, _said(b"334\r\n"), LOGIN[:2]
    ),
    Entry(
        "challenge-terminal",
        Kind.LOGIN,
        "asks with what drives a terminal",
        _EITHER,
        _challenge(b"\x1b]0;owned\x07\x1b[2J\x9b2J"),
        LOGIN[:2],
    ),
    Entry(
        "challenge-raw",
        Kind.LOGIN,
        "asks with escape sequences outside base64",
        _EITHER,
        _said(b"334 \x1b]0;owned\x07\r\n"),
        LOGIN[:2],
    ),
    Entry(
        "challenge-long",
        Kind.LOGIN,
        "asks with 60,000 octets",
        _EITHER,
        _challenge(b"x" * 45000),
        LOGIN[:2],
    ),
    Entry(
        "login-at-once",
        Kind.LOGIN,
        "says 235 before it has asked",
        _EITHER,
        _said(b"235 2.7.0 in\r\n"),
        LOGIN[:2],
    ),
    Entry(
        "login-after-failure",
        Kind.LOGIN,
        "says 535 and at once 235",
        _FAILS,
        _said(b"535 5.7.8 no\r\n235 2.7.0 in\r\n"),
        (Stage.PASSWORD,),
    ),
)

_AFTER: Final = (
    Entry(
        "quit-flood",
        Kind.AFTER,
        "says 221 and replies for ever",
        _EITHER,
        lambda good: (Say(good), Flood(b"250 still here\r\n")),
        (Stage.QUIT,),
    ),
    Entry(
        "quit-hang",
        Kind.AFTER,
        "says 221 and does not close",
        _HOLDS,
        lambda good: (Say(good), Hang()),
        (Stage.QUIT,),
    ),
    Entry(
        "quit-reset",
        Kind.AFTER,
        "says 221 and resets",
        _EITHER,
        lambda good: (Say(good), Pause(0.05), Reset()),
        (Stage.QUIT,),
    ),
)

CATALOGUE: Final = (
    *_ENDS,
    *_SILENCE,
    *_ORDER,
    *_SIZE,
    *_CODES,
    *_FORM,
    *_TEXTS,
    *_KEYWORDS,
    *_PROTOCOLS,
    *_TLS,
    *_LOGIN,
    *_AFTER,
)
"""Every hostile server."""
