"""Hostile policy hosts of MTA-STS, a row each: what `mta-sts.hostile.test` does over HTTPS.

The domain has the record that announces a policy, and a mail host that the policy would cover: a
client that takes a policy which was not delivered whole finds that senders by MTA-STS get through.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from smtpprobe.sandbox.faults import Close, Drip, Flood, Hang, Pause, Reset, Say, Step
from smtpprobe.sandbox.hostile.catalogue import SLOW, TEXTS, Outcome
from smtpprobe.sandbox.throwaway_ca import Certificate

POLICY_HOST: Final = "mta-sts.hostile.test"

POLICY: Final = b"version: STSv1\r\nmode: enforce\r\nmx: mx.hostile.test\r\nmax_age: 604800\r\n"
"""What is served where nothing is the matter."""

_NONE: Final = b"version: STSv1\r\nmode: none\r\nmax_age: 604800\r\n"
_PLAIN: Final = b"Content-Type: text/plain\r\n"
_OK: Final = b"HTTP/1.1 200 OK\r\n"
_CHUNKED: Final = _OK + _PLAIN + b"Transfer-Encoding: chunked\r\n\r\n"
_OPEN: Final = _OK + _PLAIN + b"Connection: close\r\n\r\n"

MANY: Final = 1_000_000
"""How many `mx` lines the longest policy has, or fields the longest header."""


class Where(Enum):
    """At what a policy host is hostile; the value is the heading."""

    HANDSHAKE = "The handshake"
    ANSWER = "The answer"
    LENGTH = "The length of the policy"
    BODY = "The policy itself"


class PolicyEntry(NamedTuple):
    """A hostile policy host: what it does, and what a client may make of the policy.

    `says` are the steps behind the request; where there are none it is steps in clear, `first`,
    that take the place of the handshake. Others come before it.
    """

    name: str
    where: Where
    does: str
    outcome: Outcome
    says: Sequence[Step] = ()
    first: Sequence[Step] = ()
    certificate: Certificate = Certificate.GOOD


def whole(body: bytes, fields: bytes = _PLAIN, status: bytes = b"200 OK") -> Sequence[Step]:
    """Return the steps that say an answer with its right length, and close."""
    length = b"Content-Length: %d\r\n" % len(body)
    return Say(b"HTTP/1.1 " + status + b"\r\n" + fields + length + b"\r\n" + body), Close()


def chunk(octets: bytes) -> bytes:
    """Return octets as a chunk."""
    return b"%x\r\n%s\r\n" % (len(octets), octets)


def _lying(length: int, *steps: Step) -> Sequence[Step]:
    """Return the steps that say a policy with this for its length."""
    return Say(_OK + _PLAIN + b"Content-Length: %d\r\n\r\n" % length + POLICY), *steps


def _wide(digits: bytes) -> bytes:
    """Return digits as the full-width ones of U+FF10 and behind it, in UTF-8."""
    return "".join(chr(digit - ord("0") + 0xFF10) for digit in digits).encode()


_FAILS, _HOLDS, _EITHER = Outcome.FAILS, Outcome.HOLDS, Outcome.EITHER


def _hello(name: str, does: str, *first: Step) -> PolicyEntry:
    return PolicyEntry(f"policy-{name}", Where.HANDSHAKE, does, _FAILS, (), first)


_SLOW_HELLO: Final = _hello("hello-slow", "waits before the TLS handshake", Pause(SLOW))

_BAD: Final = {
    Certificate.WRONG_NAME: "for another name",
    Certificate.EXPIRED: "expired",
    Certificate.SELF_SIGNED: "self-signed",
    Certificate.UNTRUSTED: "of an unknown CA",
}

_HANDSHAKE: Final = (
    _hello("hello-close", "closes instead of a TLS handshake", Close()),
    _hello("hello-reset", "resets instead of a TLS handshake", Reset()),
    _hello("hello-silent", "never answers the ClientHello", Hang()),
    _SLOW_HELLO._replace(says=whole(POLICY)),
    _hello("hello-clear", "answers in plaintext", *whole(POLICY)),
    _hello("hello-record-cut", "says half of a record",
           Say(b"\x16\x03\x03\x40\x00\x02"), Close()),
    _hello("hello-record-drip", "says a record octet by octet",
           Drip(b"\x16\x03\x03\x40\x00" + b"\x02" * 400, 1.0)),
    _hello("hello-alert", "sends an alert", Say(b"\x15\x03\x01\x00\x02\x02\x28"), Close()),
    _hello("hello-flood", "says octets of no meaning, for ever", Flood(b"\xff" * 1000)),
    *(
        PolicyEntry(f"policy-certificate-{one.value}", Where.HANDSHAKE,
                    f"shows a certificate that is {what}", _FAILS, whole(POLICY), (), one)
        for one, what in _BAD.items()
    ),
)  # fmt: skip


def _answer(name: str, does: str, outcome: Outcome, *says: Step) -> PolicyEntry:
    return PolicyEntry(f"policy-{name}", Where.ANSWER, does, outcome, says)


_TO_ITSELF: Final = b"Location: /.well-known/mta-sts.txt\r\n"
_FIELD_FLOOD: Final = (Say(_OK), Flood(b"X-More: yes\r\n"))

_ANSWERS: Final = (
    _answer("close", "closes after the request", _FAILS, Close()),
    _answer("reset", "resets after the request", _FAILS, Reset()),
    _answer("silent", "says nothing to the request", _FAILS, Hang()),
    _answer("not-http", "speaks SSH", _FAILS, Say(b"SSH-2.0-OpenSSH_9.2\r\n"), Hang()),
    _answer("http-0.9", "says the policy without a header", _FAILS, Say(POLICY), Close()),
    _answer("http-2", "speaks HTTP/2", _FAILS, Say(b"\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0d"), Hang()),
    _answer("version-9", "speaks HTTP/9.9", _EITHER,
            Say(b"HTTP/9.9" + (_OPEN + POLICY)[8:]), Close()),
    _answer("status-404", "says 404, and a policy", _FAILS, *whole(POLICY, status=b"404 x")),
    _answer("status-500", "says 500, and a policy", _FAILS, *whole(POLICY, status=b"500 x")),
    _answer("status-203", "says 203, and a policy", _FAILS, *whole(POLICY, status=b"203 x")),
    _answer("status-206", "says 206, and a part", _FAILS, *whole(POLICY, status=b"206 x")),
    _answer("status-304", "says 304", _FAILS, Say(b"HTTP/1.1 304 x\r\n\r\n"), Close()),
    _answer("status-2000", "says 2000", _FAILS, *whole(POLICY, status=b"2000 x")),
    _answer("status-wide-digits", "says digits of another script", _FAILS,
            *whole(POLICY, status=_wide(b"200") + b" OK")),
    _answer("upgrade", "says 101 and switches to another protocol", _FAILS,
            Say(b"HTTP/1.1 101 x\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"), Hang()),
    _answer("interim-twice", "says 103 twice before the policy", _HOLDS,
            Say(b"HTTP/1.1 103 x\r\nLink: </x>\r\n\r\n" * 2), *whole(POLICY)),
    _answer("interim-endless", "says 103, for ever", _FAILS, Flood(b"HTTP/1.1 103 x\r\n\r\n")),
    *(
        _answer(f"redirect-{status}", f"redirects with {status} to itself", _FAILS,
                *whole(POLICY, _PLAIN + _TO_ITSELF, b"%d x" % status))
        for status in (301, 302, 307)
    ),
    *(
        _answer(f"redirect-{name}", f"redirects to an address with {name}", _FAILS,
                *whole(b"", b"Location: https://a.test/" + text + b"\r\n", b"302 x"))
        for name, text in TEXTS.items()
    ),
    *(
        _answer(f"type-{name}", f"has a media type with {name}", _FAILS,
                *whole(POLICY, b"Content-Type: text/" + text + b"\r\n"))
        for name, text in TEXTS.items()
    ),
    *(
        _answer(f"reason-{name}", f"has {name} after the status", _EITHER,
                *whole(POLICY, status=b"200 " + text))
        for name, text in TEXTS.items()
    ),
    _answer("type-html", "says that it is text/html", _FAILS,
            *whole(POLICY, b"Content-Type: text/html\r\n")),
    _answer("type-none", "says no media type", _FAILS, *whole(POLICY, b"")),
    _answer("type-two", "says two media types", _FAILS,
            *whole(POLICY, b"Content-Type: text/html\r\n" + _PLAIN)),
    _answer("fields-endless", "says fields of the header, for ever", _FAILS, *_FIELD_FLOOD),
    _answer("field-endless", "says a field without an end", _FAILS,
            Say(_OK + b"X-More: "), Flood(b"y" * 1000)),
    _answer("field-folded", "says a field folded over lines, for ever", _FAILS,
            Say(_OK + b"X-More: y\r\n"), Flood(b"  y\r\n")),
    _answer("field-nul", "has NUL in a field", _FAILS, *whole(POLICY, _PLAIN + b"X: a\0b\r\n")),
    _answer("header-drip", "says the header an octet a second", _FAILS,
            Drip((_OK + b"X-More: " + b"y" * 400), 1.0), *whole(POLICY)),
    _answer("empty-lines", "says line ends, for ever", _FAILS, Flood(b"\r\n")),
    _answer("zeros", "says octets of 0, for ever", _FAILS, Flood(b"\0" * 1000)),
)  # fmt: skip


def _length(name: str, does: str, outcome: Outcome, *says: Step) -> PolicyEntry:
    return PolicyEntry(f"policy-{name}", Where.LENGTH, does, outcome, says)


_LENGTHS: Final = (
    _length("cut", "closes before the end", _FAILS, *_lying(len(POLICY) + 40, Close())),
    _length("cut-reset", "resets before the end", _FAILS, *_lying(len(POLICY) + 40, Reset())),
    _length("cut-silent", "says nothing more before the end", _FAILS,
            *_lying(len(POLICY) + 40, Hang())),
    _length("length-huge", "promises 10^30 octets", _FAILS, *_lying(10**30, Close())),
    _length("length-negative", "promises -1 octets", _FAILS, *_lying(-1, Close())),
    _length("length-short", "promises fewer octets than it sends", _FAILS,
            *_lying(len(POLICY) - 20, Close())),
    _length("length-none", "promises no octet", _FAILS, *_lying(0, Close())),
    _length("length-two", "promises two lengths", _FAILS,
            Say(_OK + _PLAIN + b"Content-Length: 10\r\nContent-Length: %d\r\n\r\n" % len(POLICY)
                + POLICY), Close()),
    _length("length-word", "promises a word of octets", _FAILS,
            Say(_OK + _PLAIN + b"Content-Length: all\r\n\r\n" + POLICY), Close()),
    _length("chunks-cut", "closes before the last chunk", _FAILS,
            Say(_CHUNKED + chunk(POLICY)), Close()),
    _length("chunk-cut", "closes inside a chunk", _FAILS,
            Say(_CHUNKED + chunk(POLICY)[:-30]), Close()),
    _length("chunk-lies", "says a chunk longer than its size", _FAILS,
            Say(_CHUNKED + b"%x\r\n" % (len(POLICY) - 9) + POLICY + b"\r\n0\r\n\r\n"), Close()),
    _length("chunk-huge", "says a chunk of 2^80 octets", _FAILS,
            Say(_CHUNKED + b"1" + b"0" * 20 + b"\r\n" + POLICY), Close()),
    _length("chunk-negative", "says a chunk of -1 octets", _FAILS,
            Say(_CHUNKED + b"-1\r\n" + POLICY + b"\r\n0\r\n\r\n"), Close()),
    _length("chunk-size-endless", "says the size of a chunk without an end", _FAILS,
            Say(_CHUNKED), Flood(b"0" * 1000)),
    _length("chunk-extension-endless", "says an extension of a chunk without an end", _FAILS,
            Say(_CHUNKED + b"1;x="), Flood(b"y" * 1000)),
    _length("chunks-endless", "says chunks, for ever", _FAILS,
            Say(_CHUNKED + chunk(POLICY)), Flood(chunk(b"mx: a.hostile.test\r\n"))),
    _length("chunks-tiny", "says the policy in chunks of an octet", _HOLDS,
            Say(_CHUNKED + b"".join(chunk(bytes((one,))) for one in POLICY) + b"0\r\n\r\n"),
            Close()),
    _length("trailers-endless", "says fields after the last chunk, for ever", _FAILS,
            Say(_CHUNKED + chunk(POLICY) + b"0\r\n"), Flood(b"X-More: yes\r\n")),
    _length("chunks-and-length", "says chunks and a length that contradicts them", _EITHER,
            Say(_OK + _PLAIN + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk(POLICY) + b"0\r\n\r\n"), Close()),
    _length("open-cut", "says no length, and resets", _EITHER, Say(_OPEN + POLICY), Reset()),
    _length("open-endless", "says no length, and lines for ever", _FAILS,
            Say(_OPEN + POLICY), Flood(b"mx: a.hostile.test\r\n")),
    _length("mx-many", f"says {MANY:,} mx lines", _FAILS,
            Say(_OPEN + POLICY), Flood(b"mx: a.hostile.test\r\n", MANY), Close()),
    _length("drip", "says the policy octet by octet, soon", _HOLDS,
            Say(_OK + _PLAIN + b"Content-Length: %d\r\n\r\n" % len(POLICY)),
            Drip(POLICY, 0.005), Close()),
    _length("drip-slow", "says an octet every 40 seconds", _FAILS,
            Say(_OK + _PLAIN + b"Content-Length: %d\r\n\r\n" % len(POLICY)),
            Drip(POLICY, SLOW), Close()),
    _length("answers-two", "says another policy after the first", _EITHER,
            Say(b"".join(_OK + _PLAIN + b"Content-Length: %d\r\n\r\n" % len(one) + one
                         for one in (_NONE, POLICY))), Close()),
)  # fmt: skip


def _body(
    name: str, does: str, outcome: Outcome, body: bytes, fields: bytes = _PLAIN
) -> PolicyEntry:
    return PolicyEntry(f"policy-{name}", Where.BODY, does, outcome, whole(body, fields))


def _encoded(name: bytes) -> bytes:
    return _PLAIN + b"Content-Encoding: " + name + b"\r\n"


_BODIES: Final = (
    _body("gzip", "has unsolicited gzip encoding", _FAILS,
          gzip.compress(POLICY, mtime=0), _encoded(b"gzip")),
    _body("gzip-unsaid", "has it in gzip, and does not say so", _FAILS,
          gzip.compress(POLICY, mtime=0)),
    _body("deflate", "has unsolicited deflate encoding", _FAILS,
          zlib.compress(POLICY), _encoded(b"deflate")),
    _body("gzip-said", "says gzip, and has it plain", _FAILS, POLICY, _encoded(b"gzip")),
    _body("encoding-ansi", "has a coding that would drive a terminal", _FAILS, POLICY,
          _encoded(TEXTS["ansi"])),
    _body("bomb", "has a mebibyte in a kibibyte of gzip", _FAILS,
          gzip.compress(bytes(1 << 20), mtime=0), _encoded(b"gzip")),
    _body("empty", "has no octet", _FAILS, b""),
    _body("html", "is a page", _FAILS, b"<!DOCTYPE html><html><body>parked</body></html>\n"),
    _body("byte-order-mark", "begins with a byte order mark", _FAILS, b"\xef\xbb\xbf" + POLICY),
    _body("utf-16", "is in UTF-16", _FAILS, POLICY.decode().encode("utf-16")),
    _body("bare-cr", "ends lines with CR alone", _FAILS, POLICY.replace(b"\r\n", b"\r")),
    _body("bare-lf", "ends lines with LF alone", _HOLDS, POLICY.replace(b"\r\n", b"\n")),
    _body("line-long", "has a line of 60,000 octets", _FAILS, POLICY + b"mx: " + b"a" * 60_000),
    _body("lines-empty", "has 60,000 empty lines", _EITHER, b"\n" * 60_000 + POLICY),
    _body("no-end", "has no line end after its last line", _HOLDS, POLICY.rstrip()),
    _body("no-mx", "names no host", _FAILS, POLICY.replace(b"mx: mx.hostile.test\r\n", b"")),
    _body("version-twice", "has another version first", _FAILS, b"version: STSv2\r\n" + POLICY),
    _body("mode-twice", "has mode none first", _EITHER, _NONE + POLICY),
    _body("max-age-wide", "has digits of another script", _FAILS,
          POLICY.replace(b"604800", _wide(b"604800"))),
    *(
        _body(f"mx-{name}", f"names a host with {name} in it", _EITHER if name == "cr" else _FAILS,
              POLICY + b"mx: " + text + b".hostile.test\r\n")
        for name, text in TEXTS.items()
    ),
    *(
        _body(f"key-{name}", f"has a line with {name} before the colon", _FAILS,
              POLICY + b"x" + text + b": 1\r\n")
        for name, text in TEXTS.items()
    ),
    *(
        _body(f"value-{name}", f"has an extension field with {name} in it", _EITHER,
              POLICY + b"x-own: 1" + text + b"\r\n")
        for name, text in TEXTS.items()
    ),
)  # fmt: skip

POLICIES: Final = (*_HANDSHAKE, *_ANSWERS, *_LENGTHS, *_BODIES)
"""Every hostile policy host."""

IN_ORDER: Final = PolicyEntry("", Where.BODY, "serves its policy", _HOLDS, whole(POLICY))
"""The one with which nothing is the matter."""
