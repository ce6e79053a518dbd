"""A record of what became of a message: names and values, as services and mail systems keep them.

Their names differ in case, hyphens and words; those of the same meaning are in one table here.
A record without a mail address is none of mail, and is passed over: `200 OK` is HTTP's as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from smtpprobe.explainer.formats.bounce import quoted
from smtpprobe.explainer.formats.log import LogLines
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.verbs import CONTEXTS, Context

DEEP = 12
"""How deep records may be nested; what is deeper is not looked at."""

RECIPIENTS = 100
"""How many recipients of one record are distinguished."""

TEXT_CHARACTERS = 64 * 1024
"""How much of one value is looked at."""

REPLIES = (
    "diagnosticcode", "smtpresponse", "smtpreply", "dsndiag", "diagnostic", "diag", "rawreason",
    "details", "recipientstatus", "reply", "reason", "response", "message", "content", "detail",
    "comment", "error", "errormessage", "lasterror", "sourcecontext", "description",
)  # fmt: skip
"""What the reply, or the reason without one, is called; the more exact name first."""

RECIPIENT = (
    "recipient", "finalrecipient", "emailaddress", "recipientaddress", "recipientaddresses",
    "rcpt", "rcptto", "email", "recipients", "to",
)  # fmt: skip
SENDER = ("sender", "mailfrom", "msgfrom", "senderaddress", "orig", "source")
HOST = ("remotemta", "mxhost", "dsnmta", "mx", "remotehost", "peeraddress", "remotemtaip")
STATUS = ("enhancedcode", "enhancedstatuscode", "dsnstatus", "status")
CODE = ("code", "errorcode", "smtpcode", "statuscode")
COMMAND = ("command", "smtpcommand")
LOGGED = ("message", "log", "msg", "line")
"""Where programs that ship logs keep the line of the log."""

PROGRAM = ("program", "syslogidentifier", "ident", "appname", "processname")

OUTCOME = (
    "action", "dsnaction", "bouncetype", "eventid", "event", "eventtype", "type", "status",
    "notificationtype", "recordtype",
)  # fmt: skip
OUTCOMES = {
    **dict.fromkeys(
        ("failed", "fail", "failure", "bounce", "bounced", "hardbounce", "permanent", "blocked",
         "permanentfailure", "dropped", "adminbounce", "expiration", "dnserror", "rejected"), 5),
    **dict.fromkeys(
        ("deferred", "defer", "deferral", "delayed", "delay", "deliverydelay", "softbounce",
         "transient", "transientfailure", "temporary"), 4),
    **dict.fromkeys(("delivered", "delivery", "deliver", "send", "sent", "relayed"), 2),
}  # fmt: skip
"""What the words for an outcome mean: the class, as in `Found`."""

_REPLY = re.compile(r"(?i)(?:\s*smtp\s*;)?\s*(?P<reply>[2-5][0-5][0-9](?:[ -].*)?)$", re.DOTALL)
_LAST_ERROR = re.compile(r"\{LED=(?P<reply>.*?)\}(?:;|\])", re.DOTALL)
_LAST_HOST = re.compile(r"\{FQDN=(?P<host>[^}\s]+)\}")
"""How Exchange writes the last error of a queue, and the host that it was of."""

_STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
_MAILBOX = re.compile(r"[^\s<>@]{1,64}@[^\s<>@;,]{1,255}")
_BEHIND = re.compile(r"\s*[(\[].*$")

Fields = Mapping[str, object]


class Above(NamedTuple):
    """What the records around a record say of it."""

    recipients: tuple[str, ...] = ()
    sender: str | None = None
    host: str | None = None
    klass: int = 0


NOTHING = Above()


def plain(name: str) -> str:
    """Return a name of a value without case, hyphens and blanks, as the tables here have it."""
    return re.sub(r"[-_\s]", "", name[:40]).lower()


def is_of_mail(names: Sequence[str]) -> bool:
    """Return whether names are those of a record of mail: of a recipient, and of a reply."""
    known = [plain(name) for name in names]
    return any(one in RECIPIENT for one in known) and any(one in REPLIES for one in known)


class Records:
    """Reads records one by one; lines of a log inside them are read as those of any log."""

    def __init__(self) -> None:
        self._log = LogLines()

    def read(
        self, record: object, number: int, above: Above = NOTHING, depth: int = 0
    ) -> list[Found]:
        """Return the replies, and failures without one, that a record and those within it hold."""
        if depth > DEEP:
            return []
        if isinstance(record, list):
            return [one for part in record for one in self.read(part, number, above, depth + 1)]
        if isinstance(record, str):
            return (
                self.read(within, number, above, depth + 1) if (within := _within(record)) else []
            )
        if not isinstance(record, dict):
            return []
        fields = {plain(name): value for name, value in record.items() if isinstance(name, str)}
        if (logged := self._logged(fields, number)) is not None:
            return [logged]
        here = _here(fields, above)
        inner = [
            one for part in record.values() for one in self.read(part, number, here, depth + 1)
        ]
        return inner or list(_told(fields, here, number))

    def _logged(self, fields: Fields, number: int) -> Found | None:
        line = _first(fields, LOGGED)
        if not line:
            return None
        program = _first(fields, PROGRAM)
        words = f"json - {program}[0]: {line}" if program else f"json - {line}"
        octets = " ".join(words[:TEXT_CHARACTERS].split()).encode("utf-8", "surrogateescape")
        return self._log.read(octets, number)


def _within(text: str) -> object:
    """Return the JSON that a value holds as text: queues pass on notifications so."""
    if not text.lstrip().startswith(("{", "[{")):
        return None
    import json  # noqa: PLC0415 - only for such records

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _here(fields: Fields, above: Above) -> Above:
    own = _recipients(fields)
    return Above(
        own or above.recipients,
        next(iter(_mailboxes(_first(fields, SENDER))), None) or above.sender,
        _host(fields) or above.host,
        _klass(fields) or above.klass,
    )


def _told(fields: Fields, here: Above, number: int) -> Iterator[Found]:
    """Yield the reply of a record, or its failure, once for each recipient."""
    if not here.recipients:
        return
    status = next((one for name in STATUS if (one := _status(fields.get(name)))), None)
    reply, host = _reply(fields)
    klass = 0
    if reply is None:
        # delivered without a word of the server is nothing to explain
        reason = _first(fields, REPLIES)
        if here.klass not in (4, 5) or not (reason or _klass(fields)):
            return
        reply, klass = " ".join(reason[:TEXT_CHARACTERS].split()), here.klass
    for recipient in here.recipients:
        yield Found(
            reply,
            context=_context(fields, here, reply),
            host=host or here.host,
            recipient=recipient,
            sender=here.sender,
            line=number,
            status=status,
            klass=klass,
        )


def _context(fields: Fields, here: Above, reply: str) -> Context | None:
    command = Command(_first(fields, COMMAND).encode("utf-8", "surrogateescape"), Kind.COMMAND)
    if here.klass == 2 and reply.startswith("2"):
        return Context.DATA_END
    return CONTEXTS.get(command.verb)


def _reply(fields: Fields) -> tuple[str | None, str | None]:
    """Return the reply of a record and the host that its words name; None for what is missing."""
    code = next((str(fields[name]) for name in CODE if _is_code(fields.get(name))), "")
    for name in REPLIES:
        text = fields.get(name)
        if not isinstance(text, str) or not text.strip():
            continue
        text = text.strip()[:TEXT_CHARACTERS]
        host = _LAST_HOST.search(text)
        named = host["host"] if host is not None else None
        if (last := _LAST_ERROR.search(text)) is not None:
            text = last["reply"]
        if (match := _REPLY.match(text)) is not None:
            return match["reply"], named
        if found := quoted(text.splitlines(), 0):
            return found[0].text, found[0].host or named
        if code and name in ("message", "content", "description"):
            return f"{code} {' '.join(text.split())}", named
    return None, None


def _is_code(value: object) -> bool:
    """Return whether a value is a code of SMTP (RFC 5321 4.2.1), as number or as text."""
    return isinstance(value, int | str) and re.fullmatch(r"[2-5][0-5][0-9]", str(value)) is not None


def _first(fields: Fields, names: Sequence[str]) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _klass(fields: Fields) -> int:
    if plain(_first(fields, ("severity",))) == "temporary":
        return 4
    values = (plain(_first(fields, (name,))) for name in OUTCOME)
    return next((OUTCOMES[value] for value in values if value in OUTCOMES), 0)


def _status(value: object) -> str | None:
    """Return an enhanced status code, written as one or as its three numbers."""
    if isinstance(value, dict):
        value = ".".join(str(value.get(part, "")) for part in ("class", "subject", "detail"))
    match = _STATUS.match(value.strip()) if isinstance(value, str) else None
    return match[0] if match is not None else None


def _recipients(fields: Fields) -> tuple[str, ...]:
    for name in RECIPIENT:
        value = fields.get(name)
        values = value if isinstance(value, list) else [value]
        found = [one for text in values if isinstance(text, str) for one in _mailboxes(text)]
        if found:
            return tuple(dict.fromkeys(found[:RECIPIENTS]))
    return ()


def _mailboxes(text: str) -> list[str]:
    return _MAILBOX.findall(text[:TEXT_CHARACTERS])


def _host(fields: Fields) -> str | None:
    for name in HOST:
        value = fields.get(name)
        if isinstance(value, dict):
            value = value.get("name") or value.get("addr")
        if isinstance(value, str) and value.strip():
            return _BEHIND.sub("", value.rpartition(";")[2].strip()).rstrip(".") or None
    return None
