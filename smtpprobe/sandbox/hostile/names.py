"""Hostile answers of DNS, a row each: what a name server says of `hostile.test` and all below it.

Its mail host is at 127.0.0.1, so that nobody who believes an answer goes anywhere.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeAlias

from smtpprobe.sandbox.hostile.catalogue import TEXTS

A, CNAME, PTR, MX, TXT, TLSA = 1, 5, 12, 15, 16, 52
"""Types of records (RFC 1035 3.2.2, RFC 6698)."""

ZONE: Final = (b"hostile", b"test")
MAIL_HOST: Final = (b"mx", *ZONE)

LABEL: Final = 63
"""The longest label in octets (RFC 1035 2.3.4)."""

TRUNCATED, NXDOMAIN, SERVFAIL, REFUSED = 0x0200, 3, 2, 5
_ANSWER = 0x8180
_COMPRESSED = 0xC000

Labels: TypeAlias = tuple[bytes, ...]
Records: TypeAlias = Sequence[tuple[int, bytes]]
"""Types and data of records that are all of the name asked for."""


_KINDS: Final = {
    A: "A", CNAME: "CNAME", PTR: "PTR", MX: "MX", TXT: "TXT", TLSA: "TLSA", 28: "AAAA", 2: "NS",
    6: "SOA", 33: "SRV", 43: "DS", 48: "DNSKEY", 257: "CAA",
}  # fmt: skip


def kind_name(kind: int) -> str:
    """Return the name of a type of record (RFC 3597 5 for one that has none here)."""
    return _KINDS.get(kind, f"TYPE{kind}")


class Question(NamedTuple):
    """What was asked: the octets of the query, the name in lower case, the type, UDP or TCP."""

    query: bytes
    name: Labels
    kind: int
    tcp: bool

    @property
    def octets(self) -> bytes:
        """The question in the query, which an answer repeats."""
        return self.query[12 : 12 + len(encoded(self.name)) + 4]


Say: TypeAlias = Callable[[Question], bytes | None]
"""Returns the octets that answer a question; None for silence."""


class NameEntry(NamedTuple):
    """A hostile name server: what it does, and what it says to each question."""

    name: str
    does: str
    says: Say


def read_question(query: bytes, *, tcp: bool) -> Question | None:
    """Return what a query asks; None for what is none."""
    labels, at = [], 12
    while at < len(query) and (size := query[at]):
        labels.append(query[at + 1 : at + 1 + size].lower())
        at += 1 + size
    kind = query[at + 1 : at + 3]
    return Question(query, tuple(labels), int.from_bytes(kind), tcp) if len(kind) == 2 else None


def encoded(name: Labels) -> bytes:
    """Return a name as octets."""
    return b"".join(bytes((len(label),)) + label for label in name) + b"\0"


def labels_of(octets: bytes) -> Labels:
    """Return octets as labels, as many as it takes."""
    return tuple(octets[at : at + LABEL] for at in range(0, len(octets), LABEL))


def answer(asked: Question, records: Records, *, flags: int = 0, code: int = 0) -> bytes:
    """Return an answer with records of the name asked for."""
    head = asked.query[:2] + struct.pack(
        "!HHHHH", _ANSWER | flags | code, 1, min(len(records), 0xFFFF), 0, 0
    )
    said = (
        struct.pack("!HHHIH", _COMPRESSED | 12, kind, 1, 60, len(data)) + data
        for kind, data in records
    )
    return head + asked.octets + b"".join(said)


def _mx(name: Labels, preference: int = 10) -> tuple[int, bytes]:
    return MX, struct.pack("!H", preference) + encoded(name)


def _txt(octets: bytes) -> tuple[int, bytes]:
    parts = (octets[at : at + 255] for at in range(0, len(octets), 255))
    return TXT, b"".join(bytes((len(part),)) + part for part in parts)


_HERE = (A, bytes((127, 0, 0, 1)))


def in_order(asked: Question) -> Records:
    """Return the records where nothing is the matter."""
    first = asked.name[0] if asked.name else b""
    if asked.kind == MX and asked.name == ZONE:
        return [_mx(MAIL_HOST)]
    if asked.kind == A and asked.name[-2:] == ZONE:
        return [_HERE]
    if asked.kind == TXT and first == b"_mta-sts":
        return [_txt(b"v=STSv1; id=1")]
    if asked.kind == TXT and first == b"_smtp":
        return [_txt(b"v=TLSRPTv1; rua=mailto:tls@hostile.test")]
    return [(PTR, encoded(MAIL_HOST))] if asked.kind == PTR else []


def _fits(asked: Question, octets: bytes) -> bytes:
    """Return an answer as UDP carries it: one that is too large is cut off, and says so."""
    return octets if asked.tcp or len(octets) <= 1232 else answer(asked, (), flags=TRUNCATED)


def _with(change: Callable[[Question, Records], Records]) -> Say:
    return lambda asked: _fits(asked, answer(asked, change(asked, in_order(asked))))


def _texts(text: bytes) -> Say:
    """Put a text into everything that a record can name or say."""
    name = (*labels_of(text), *ZONE)

    def change(asked: Question, records: Records) -> Records:
        match asked.kind:
            case _ if asked.kind == MX and records:
                return [_mx(name)]
            case _ if asked.kind == PTR:
                return [(PTR, encoded(name))]
            case _ if asked.kind == TXT and records:
                return [_txt(records[0][1][1:] + b"; x=" + text)]
            case _ if asked.kind == CNAME:
                return [(CNAME, encoded(name))]
            case _:
                return records

    return _with(change)


def _fields(text: bytes) -> Say:
    """Put a text into the fields that a record of MTA-STS and one of TLSRPT are read for."""
    said = {
        b"_mta-sts": b"v=STSv1; id=" + text,
        b"_smtp": b"v=TLSRPTv1; rua=mailto:" + text + b"@hostile.test,https://" + text,
    }

    def change(asked: Question, records: Records) -> Records:
        return [_txt(said[asked.name[0]])] if asked.kind == TXT and records else records

    return _with(change)


def _addressed(asked: Question, records: Records, target: Labels) -> Records:
    """Return the records, with an alias in place of the mail host's own."""
    alias = asked.kind != MX and asked.name[-2:] == ZONE and len(asked.name) == 3
    return [(CNAME, encoded(target))] if alias else records


def _next_alias(asked: Question, records: Records) -> Records:
    following = b"n%d" % (int(asked.name[0][1:]) + 1 if asked.name[0][1:].isdigit() else 1)
    return _addressed(asked, records, (following, *ZONE))


def _large(kind: int, data: Sequence[bytes]) -> Say:
    made = [(kind, one) for one in data]
    return _with(lambda asked, records: made if asked.kind == kind else records)


def _pointing(asked: Question) -> bytes:
    """Return an answer whose record has a name that points at itself."""
    head = asked.query[:2] + struct.pack("!HHHHH", _ANSWER, 1, 1, 0, 0) + asked.octets
    return head + struct.pack("!HHHIH", _COMPRESSED | len(head), asked.kind, 1, 60, 0)


def _of_another(asked: Question) -> bytes:
    other = encoded((b"other", b"test")) + asked.octets[-4:]
    head = asked.query[:2] + struct.pack("!HHHHH", _ANSWER, 1, 1, 0, 0)
    kind, data = (in_order(asked) or [_HERE])[0]
    return head + other + struct.pack("!HHHIH", _COMPRESSED | 12, kind, 1, 60, len(data)) + data


def _over_udp(asked: Question) -> bytes | None:
    return None if asked.tcp else answer(asked, (), flags=TRUNCATED)


def _cut(asked: Question) -> bytes:
    whole = answer(asked, in_order(asked) or [_HERE])
    return whole[:-3]


def _well(asked: Question) -> bytes:
    return answer(asked, in_order(asked))


LONGEST: Final = (*(b"x" * LABEL,) * 3, b"y" * 48, *ZONE)
"""A name of 255 octets (RFC 1035 2.3.4)."""

NAMES: Final = (
    *(
        NameEntry(f"names-{name}", f"has {name} in names and texts of records", _texts(text))
        for name, text in TEXTS.items()
    ),
    *(
        NameEntry(f"fields-{name}", f"has {name} in the fields of MTA-STS and TLSRPT records",
                  _fields(text))
        for name, text in TEXTS.items()
    ),
    NameEntry("names-longest", "names hosts of 255 octets", _texts(b"".join(LONGEST[:4]))),
    NameEntry("cname-loop", "has a mail host that is an alias of itself",
              _with(lambda asked, records: _addressed(asked, records, MAIL_HOST))),
    NameEntry("cname-endless", "has a mail host that is an alias of an alias, and so on",
              _with(_next_alias)),
    NameEntry("mx-many", "names 1,000 mail hosts",
              _large(MX, [_mx((b"m%d" % n, *ZONE), n)[1] for n in range(1000)])),
    NameEntry("txt-large", "has a text of 60,000 octets",
              _large(TXT, [_txt(b"v=STSv1; " * 6600)[1]])),
    NameEntry("tlsa-many", "has 900 TLSA records",
              _large(TLSA, [bytes((3, 1, 1)) + n.to_bytes(32) for n in range(900)])),
    NameEntry("tlsa-odd", "has TLSA records with unknown numbers, and too few octets",
              _large(TLSA, [b"\xff\xff\xff" + b"x" * 32, b"\3\1\1x", b"\3\1\2" + b"x" * 300,
                            b"\3\1\0", b"\0\0\0\x30\x82\xff\xff"])),
    NameEntry("txt-many", "has 700 texts that all are records of MTA-STS and TLSRPT",
              _large(TXT, [_txt(b"v=STSv1; id=%d" % n)[1] for n in range(350)]
                     + [_txt(b"v=TLSRPTv1; rua=mailto:a@b.test")[1]] * 350)),
    NameEntry("truncated-silent", "wants TCP, and is silent there", _over_udp),
    NameEntry("other-name", "answers for another name", _of_another),
    NameEntry("other-id", "answers with another id",
              lambda asked: bytes((asked.query[0] ^ 1,)) + _well(asked)[1:]),
    NameEntry("pointer-loop", "compresses a name with a pointer to itself", _pointing),
    NameEntry("answer-cut", "ends in the middle of a record", _cut),
    NameEntry("header-only", "sends a header that promises records",
              lambda asked: _well(asked)[:12]),
    NameEntry("octet", "sends one octet", lambda _: b"\0"),
    NameEntry("garbage", "sends octets of no meaning",
              lambda asked: asked.query[:2] + b"\xff" * 90),
    NameEntry("query-back", "sends the query back", lambda asked: asked.query),
    NameEntry("names-silent", "says nothing", lambda _: None),
    NameEntry("names-servfail", "says SERVFAIL", lambda asked: answer(asked, (), code=SERVFAIL)),
    NameEntry("names-refused", "says REFUSED", lambda asked: answer(asked, (), code=REFUSED)),
)  # fmt: skip
"""Every hostile name server. None leads to a mail server, so nothing may pass."""
