"""Delivery status notifications: RFC 3464 reports, and bounces that are only text."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message

from smtpprobe.explainer.formats.text import TextLines
from smtpprobe.explainer.input.found_reply import Found, Trouble

MESSAGE_OCTETS = 4 * 1024 * 1024
"""How much of one message is read: the report comes first, then the returned mail."""

PARTS = 200
"""How many parts of one message are looked at."""

REPORT_FIELD = re.compile(
    rb"(?i)(?:reporting-mta|original-recipient|final-recipient|action|status|remote-mta"
    rb"|diagnostic-code):"
)
"""Fields of a report (RFC 3464 2.2, 2.3), which is often pasted without the mail around it."""

_DIAGNOSTIC = re.compile(r"(?is)\s*smtp\s*;\s*(?P<reply>[2-5][0-9]{2}(?:[ -].*)?)$")
_BRACKETED = re.compile(r"\s*\([^)]*\)\s*$")


class Mail:
    """Reads messages, one or a mailbox of them; `used` counts the lines that held a reply.

    A truncated message is reported, and read as far as it goes.
    """

    def __init__(self, trouble: Trouble) -> None:
        self.used = 0
        self._trouble = trouble
        self._lines: list[bytes] = []
        self._held = 0
        self._begin = 1
        self._blank = True

    def read(self, line: bytes, number: int) -> list[Found]:
        """Take a line in; return the replies of a message that ended before it."""
        found: list[Found] = []
        if self._blank and line.startswith(b"From ") and self._lines:
            found = self.close()
        if not self._lines:
            self._begin = number
        self._blank = not line.strip()
        if self._held < MESSAGE_OCTETS:
            self._lines.append(line)
            self._held += len(line)
        return found

    def close(self) -> list[Found]:
        """Return the replies of the last message."""
        lines, whole = self._lines, self._held < MESSAGE_OCTETS
        self._lines, self._held = [], 0
        if not lines:
            return []
        message = _parsed(lines)
        if whole and _breaks_off(message):
            what = "truncated message: a MIME boundary is missing; the rest was read"
            self._trouble(self._begin, what)
        found = in_message(message, _Places(lines, self._begin))
        self.used += len(found)
        return found


def _parsed(lines: list[bytes]) -> Message:
    start = 1 if lines and lines[0].startswith(b"From ") else 0
    raw = b"".join(line if line.endswith(b"\n") else line + b"\n" for line in lines[start:])
    if REPORT_FIELD.match(raw):
        raw = b"Content-Type: message/delivery-status\n\n" + raw
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def _breaks_off(message: Message) -> bool:
    """Return whether a multipart (RFC 2046 5.1.1) has lost the boundary it begins or ends with."""
    lost = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
    return any(isinstance(one, lost) for part in _parts(message) for one in part.defects)


def in_message(message: Message, places: _Places) -> list[Found]:
    """Return the replies in a message.

    Those of the report part count, and for recipients that it leaves out those in the text for
    people. What the text says of a reply beyond the report (its context) is taken over.
    """
    reported: list[Found] = []
    told: list[Found] = []
    people: list[str] = []
    for part in _parts(message):
        kind = part.get_content_type()
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            reported += _report(part, places)
        elif kind == "text/plain" and not told:
            told = _told(part, places)
            people = people or _text_of(part)
    reported = [_with_reason(one, people) if one.klass else one for one in reported]
    if not reported:
        return told
    named = {None, *(one.recipient for one in reported)}
    missing = [one for one in told if one.recipient not in named]
    return [*(_with_context(one, told) for one in reported), *missing]


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts outside the returned message."""
    waiting = [message]
    for _ in range(PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        returned = part.get_content_type() in ("message/rfc822", "text/rfc822-headers")
        if isinstance(part.get_payload(), list) and not returned:
            # in the order of the message
            waiting[:0] = [one for one in part.get_payload() if isinstance(one, Message)]


def _report(part: Message, places: _Places) -> list[Found]:
    """Return the replies of a delivery-status part (RFC 3464 2.3)."""
    blocks = part.get_payload()
    found = []
    for block in blocks if isinstance(blocks, list) else []:
        diagnostic = _field(block, "Diagnostic-Code")
        match = _DIAGNOSTIC.match(diagnostic)
        status = _field(block, "Status").split(" ", 1)[0]
        klass = 0 if match is not None else _klass(_field(block, "Action").lower(), status)
        if match is None and not klass:
            continue
        words = match["reply"] if match is not None else _typed(diagnostic)
        recipient = _typed(_field(block, "Final-Recipient") or _field(block, "Original-Recipient"))
        found.append(
            Found(
                text=words,
                host=_BRACKETED.sub("", _typed(_field(block, "Remote-MTA"))) or None,
                recipient=recipient.strip("<>") or None,
                line=places.of(words or f"Status: {status}"),
                status=status or None,
                klass=klass,
            )
        )
    return found


_OUTCOMES = {"failed": 5, "delayed": 4, "delivered": 2}
"""What became of a recipient by the action field (RFC 3464 2.3.3), where no reply is quoted.

`relayed` and `expanded` leave the end open, and are passed over.
"""


def _klass(action: str, status: str) -> int:
    """Return the class of an outcome; the status code's where the action is missing."""
    if action:
        return _OUTCOMES.get(action, 0)
    return int(status[0]) if status[:2] in ("2.", "4.", "5.") else 0


REASON_LINES = 5
"""How many lines below a recipient's may give the reason in prose."""


def _with_reason(one: Found, people: list[str]) -> Found:
    """Return an outcome with the reason that the text for people gives for this recipient."""
    if one.text or not one.recipient:
        return one
    for place, line in enumerate(people):
        if line.strip().rstrip(":").strip("<>") != one.recipient:
            continue
        reason: list[str] = []
        for more in people[place + 1 : place + 1 + REASON_LINES]:
            if not more.startswith((" ", "\t")) or not more.strip():
                break
            reason.append(more.strip())
        return one._replace(text=" ".join(reason))
    return one


def _text_of(part: Message) -> list[str]:
    payload = part.get_payload(decode=True)
    octets = payload if isinstance(payload, bytes) else b""
    return octets.decode("utf-8", "surrogateescape").splitlines()


def _field(block: object, name: str) -> str:
    """Return a field's value in one line; the empty string without it."""
    value = block.get(name) if isinstance(block, Message) else None
    return " ".join(str(value).split()) if value is not None else ""


def _typed(value: str) -> str:
    """Return `mx.example` of `dns; mx.example`."""
    return value.partition(";")[2].strip() if ";" in value else value


def _told(part: Message, places: _Places) -> list[Found]:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return []
    reader = TextLines()
    found = []
    for number, line in enumerate(payload.splitlines(), 1):
        found += reader.read(line, number)
    found += reader.close()
    return [one._replace(line=places.of(one.text)) for one in found]


def _with_context(reported: Found, told: list[Found]) -> Found:
    for one in told:
        same = one.text[:3] == reported.text[:3] and one.recipient in (None, reported.recipient)
        if same and one.context is not None:
            return reported._replace(context=one.context, host=reported.host or one.host)
    return reported


class _Places:
    """Finds the line of a message on which a reply begins, by its first words."""

    def __init__(self, lines: list[bytes], begin: int) -> None:
        self._lines = lines
        self._begin = begin
        self._seen: dict[bytes, int] = {}

    def of(self, reply: str) -> int:
        words = reply.split()[:2]
        wanted = " ".join(words).encode("utf-8", "surrogateescape")
        start = self._seen.get(wanted, 0)
        for position in range(start, len(self._lines)):
            if wanted in self._lines[position]:
                self._seen[wanted] = position + 1
                return self._begin + position
        return self._begin
