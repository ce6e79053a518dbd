"""Composes a message with the standard `email` package; attachments are put in as they are read.

Pure: date and Message-ID are given. An attachment is in the composed octets as a line of
placeholder, where the octets are cut, so that its file is never held in memory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple

GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
"""What every spam filter is to call spam (a test text of SpamAssassin's, as EICAR for viruses)."""

BODIES = {"@gtube": f"This is a test of a spam filter.\n\n{GTUBE}\n"}
"""Bodies that have a name."""

_NAME = re.compile(r"[!-9;-~]+")


class Attachment(NamedTuple):
    """A file to attach: its name and media type; its octets stay where they are."""

    name: str
    type: str


class Draft(NamedTuple):
    """What a message is composed of.

    `headers` replace one of that name that is made here, those in `added` stand beside it. `date`
    is in the form of RFC 5322 3.3.
    """

    sender: str
    to: Sequence[str]
    cc: Sequence[str] = ()
    subject: str = ""
    body: str = ""
    headers: Sequence[tuple[str, str]] = ()
    added: Sequence[tuple[str, str]] = ()
    attachments: Sequence[Attachment] = ()
    date: str = ""
    message_id: str = ""
    client: str = ""


def read_header(text: str, option: str) -> tuple[str, str]:
    """Return the name and value of a `Name: value`.

    Raises:
        UsageError: it is no header.
    """
    name, colon, value = text.partition(":")
    if not colon or not _NAME.fullmatch(name):
        raise UsageError(f"{option}: {text!r} is not a header", f"{option} 'Subject: test'")
    if re.search(r"[\r\n]", value):
        raise UsageError(f"{option}: a line end in the value of {name}; nothing sent")
    return name, value.strip()


def composed(draft: Draft) -> list[bytes]:
    """Return the octets of the message, cut where each attachment stands, lines ended with CRLF.

    Raises:
        UsageError: a header cannot be written.
    """
    utf8 = any(not address.isascii() for address in (draft.sender, *draft.to, *draft.cc))
    message = EmailMessage(policy=(SMTPUTF8 if utf8 else SMTP).clone(cte_type="7bit"))
    for name, value in _headers(draft):
        try:
            message[name] = value
        except (ValueError, IndexError) as error:
            raise UsageError(
                f"header {name}: {error}", "write the whole message: --eml FILE"
            ) from None
    message.set_content(draft.body)
    marks = [f"smtpprobe attachment {number:05}".encode() for number, _ in
             enumerate(draft.attachments)]  # fmt: skip
    for mark, attachment in zip(marks, draft.attachments, strict=True):
        main, _, sub = attachment.type.partition("/")
        message.add_attachment(mark, maintype=main, subtype=sub, filename=attachment.name)
    return _cut(message.as_bytes(), marks)


NAMED = 100
"""How many addresses To and Cc name at most; more are a list that nobody reads."""


def _named(addresses: Sequence[str]) -> str:
    return ", ".join(addresses) if len(addresses) <= NAMED else "undisclosed-recipients:;"


def _headers(draft: Draft) -> list[tuple[str, str]]:
    given = {name.lower() for name, _ in draft.headers}
    made = [
        ("From", draft.sender or f"MAILER-DAEMON@{draft.client}"),
        ("To", _named(draft.to)),
        ("Cc", _named(draft.cc)),
        ("Subject", draft.subject),
        ("Date", draft.date),
        ("Message-ID", draft.message_id),
        ("User-Agent", "smtpprobe"),
    ]
    kept = [(name, value) for name, value in made if value and name.lower() not in given]
    return [*kept, *draft.headers, *draft.added]


def _cut(octets: bytes, marks: Sequence[bytes]) -> list[bytes]:
    """Return the octets before, between and behind the placeholders, in base64 by now."""
    import base64  # noqa: PLC0415 - only with attachments

    pieces = []
    for mark in marks:
        before, _, octets = octets.partition(base64.b64encode(mark) + b"\r\n")
        pieces.append(before)
    return [*pieces, octets]
