"""Postfix's log: deliveries and why they failed, what a next host said, what it refused itself."""

from __future__ import annotations

from smtpprobe.explainer.formats.fields import between, is_reply, queue_id, text
from smtpprobe.explainer.formats.stages import POSTFIX, POSTFIX_REJECT, POSTFIX_WHILE
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.protocol.verbs import Context

SAID = b"] said: "
REFUSED = b" refused to talk to me: "
NO_TLS = b" refused to start TLS: "
_IN_REPLY_TO = b" (in reply to "
_SUCCESS = {
    b"sent": Context.DATA_END,
    b"deliverable": Context.RCPT,
}
"""Whose reply is quoted in brackets alone: that of a delivery, that of a probe (verify)."""


def delivery(line: bytes, number: int) -> Found | None:
    """Return the reply that a server gave to smtp(8) or lmtp(8), or None."""
    status = line.find(b" status=")
    # first, as nearly every line is one
    if status >= 0 and line.startswith(b"sent (", status + 8):
        return _success(line, status, number)
    for mark, context in _QUOTED:
        said = line.find(mark)
        if said >= 0:
            return _refusal(line, said, said + len(mark), context, number)
    if status < 0:
        return None
    return _success(line, status, number) or _failure(line, status, number)


_QUOTED = ((SAID, None), (REFUSED, Context.CONNECT), (NO_TLS, Context.STARTTLS))
"""The words before a refusal, and the command it answers if they name it."""

_NOT_DELIVERED = {
    b"deferred": 4,
    b"undeliverable": 5,
    b"bounced": 5,
    b"expired": 5,
}
"""What a status means (bounce(8), verify(8)); DSN codes are more precise if given."""


def _failure(line: bytes, status: int, number: int) -> Found | None:
    """Return why a delivery failed before anything was answered (`dsn=4.4.1, status=deferred`)."""
    opening = line.find(b" (", status)
    klass = _NOT_DELIVERED.get(line[status + 8 : opening])
    if klass is None:
        return None
    reason = line[opening + 2 :].rstrip().removesuffix(b")")
    code = between(line[:status], b", dsn=", b",")
    began = reason.rpartition(b" while ")[2].partition(b" -- ")[0]
    return Found(
        text=reason.decode("utf-8", "surrogateescape"),
        context=POSTFIX_WHILE.get(began),
        host=text(between(line[:status], b", relay=", b"[") or _host(reason)),
        recipient=text(between(line, b" to=<", b">")),
        line=number,
        status=text(code),
        klass=4 if code is not None and code.startswith(b"4") else klass,
        queue=queue_id(line),
    )


def _host(reason: bytes) -> bytes | None:
    """Return the host that a reason names: `connect to HOST[192.0.2.1]:25: ...`."""
    end = reason.find(b"[")
    name = reason[reason.rfind(b" ", 0, end) + 1 : end] if end >= 0 else b""
    return name if b"." in name else None


LOGIN = b" authentication failed: "


def login(line: bytes, number: int) -> Found | None:
    """Return the login that smtpd(8) refused: `warning: NAME[ADDRESS]: SASL PLAIN ...`, or None."""
    begin = line.find(b": SASL ")
    warned = line.rfind(b"warning: ", 0, begin)
    if begin < 0 or warned < 0 or line.find(LOGIN, begin) < 0:
        return None
    return Found(
        line[begin + 2 :].rstrip().partition(b", sasl_username=")[0].decode("utf-8", "replace"),
        Context.AUTH,
        logging_host(line[:warned]),
        None,
        None,
        number,
        client=line[warned + 9 : begin].decode("utf-8", "surrogateescape"),
        klass=5,
    )


def _success(line: bytes, status: int, number: int) -> Found | None:
    opening = line.find(b" (", status)
    context = _SUCCESS.get(line[status + 8 : opening])
    reply = line[opening + 2 :].rstrip().removesuffix(b")")
    if context is None or not is_reply(reply):
        return None
    return Found(
        reply.decode("utf-8", "surrogateescape"),
        context,
        text(between(line, b", relay=", b"[")),
        text(between(line, b" to=<", b">")),
        None,
        number,
        queue=queue_id(line),
    )


def _refusal(
    line: bytes, said: int, begin: int, context: Context | None, number: int
) -> Found | None:
    reply = line[begin:].rstrip()
    if not is_reply(reply):
        return None
    asked = reply.rfind(_IN_REPLY_TO)
    if asked >= 0:
        context = POSTFIX.get(reply[asked + len(_IN_REPLY_TO) :].rstrip(b")"))
        reply = reply[:asked]
    elif line.find(b" status=", 0, said) >= 0:
        reply = reply.removesuffix(b")")
    elif b"SASL authentication failed" in line[:said]:
        context = Context.AUTH
    name_end = line.rfind(b"[", 0, said)
    host = line[line.rfind(b" ", 0, name_end) + 1 : name_end] if name_end >= 0 else b""
    return Found(
        reply.decode("utf-8", "surrogateescape"),
        context,
        text(host),
        text(between(line[:said], b" to=<", b">")),
        None,
        number,
        queue=queue_id(line),
    )


def rejection(line: bytes, number: int) -> Found | None:
    """Return the reply with which smtpd(8), postscreen(8) or a milter refused, or None.

    A `reject_warning` was never sent, and cleanup(8) logs no code: neither is a reply.
    """
    mark = line.find(b"reject: ")
    begin = line.find(b"]: ", mark)
    begin = begin + 3 if begin >= 0 else line.find(b": ", mark + 8) + 2
    reply = line[begin:].rstrip()
    if mark < 0 or begin < 3:
        return None
    if not is_reply(reply):
        begin = line.find(b": ", mark + 8) + 2
        reply = line[begin:].rstrip()  # `[192.0.2.1]:4711: ` of postscreen and port logging
        if not is_reply(reply):
            return None
    end = min((at for at in map(reply.find, _ASIDES) if at > 0), default=len(reply))
    aside = reply[end:]
    return Found(
        reply[:end].decode("utf-8", "surrogateescape"),
        POSTFIX_REJECT.get(line[mark + 8 :].partition(b" ")[0]),
        logging_host(line[:mark]),
        text(between(aside, b" to=<", b">")),
        text(between(aside, b" from=<", b">")),
        number,
        client=_client(line[mark + 8 : begin]),
        queue=queue_id(line),
    )


def _client(told: bytes) -> str:
    """Return the client in `RCPT from ...: `: `name[address]`, or `[address]:port`."""
    return told.partition(b" from ")[2].rstrip(b": ").decode("utf-8", "surrogateescape")


_ASIDES = (b"; from=<", b"; to=<", b"; proto=")
"""What follows the reply in a rejection's line."""


def logging_host(prefix: bytes) -> str | None:
    """Return the name of the host that wrote a line of syslog: the word before the program's."""
    words = prefix[: prefix.find(b"]: ") + 1].split(b" ")
    return text(words[-2]) if len(words) > 2 else None
