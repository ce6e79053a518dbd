"""Sendmail's log: `stat=`, `reply=`, `reject=`.

Sendmail writes its own codes in place of replies that never came (`reply=421 4.4.1
Connection reset by ...`); those are no replies, and are explained without the code.
"""

from __future__ import annotations

import re

from smtpprobe.explainer.formats.fields import between, is_reply, queue_id, text
from smtpprobe.explainer.formats.postfix import logging_host
from smtpprobe.explainer.formats.stages import SENDMAIL
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.protocol.verbs import Context

OWN_REPLY = re.compile(
    rb"[45][0-9]{2} [45]\.(?:4\.[0-9]|7\.0) (?P<reason>(?:Connection (?:reset|refused|timed out"
    rb"|closed|lost)|reply: read error|TLS handshake fail|timeout|I/O error).*)"
)
"""What Sendmail writes as the reply of a host that said nothing."""

_STANDS_FOR = {b"Sent": 2, b"Deferred": 4, b"queued": 4}
"""Words of `stat=` that give the class; any other is a failure, unless `dsn=` says otherwise."""

_ZERO = re.compile(rb" dsn=[245]\.0\.0,")
"""With `stat=queued`: not tried yet, as the queue was asked for, and no failure."""

_AS_CLIENT = frozenset({b"tls_server", b"tls_rcpt", b"try_tls"})
"""Rule sets about the servers that Sendmail talks to: what they refuse is not a reply."""


def status(line: bytes, number: int) -> Found | None:
    """Return the reply that a delivery's line quotes; else what became of the delivery, or None."""
    ended = line.rstrip() + b"\n"
    stat = between(ended, b"stat=", b"\n")
    if stat is None or b" to=" not in line:
        return None
    reply = between(ended, b" reply=", b", stat=")
    quoted = reply or stat.removeprefix(b"Deferred: ")
    sent = stat.startswith(b"Sent (")
    if sent:
        quoted = stat[6:].removesuffix(b")")
    made_up = OWN_REPLY.match(quoted)
    klass = 0 if is_reply(quoted) and made_up is None else _klass(line, stat)
    if (klass == 2 and not sent) or (stat == b"queued" and _ZERO.search(line) is not None):
        return None
    code = between(line, b" dsn=", b",")
    return Found(
        text=(made_up["reason"] if made_up is not None else quoted).decode(
            "utf-8", "surrogateescape"
        ),
        context=Context.DATA_END if sent else None,
        host=text(_relay(line)),
        recipient=text(_address(line)),
        line=number,
        status=text(code) if klass else None,
        klass=klass,
        queue=queue_id(line),
    )


def _klass(line: bytes, stat: bytes) -> int:
    code = between(line, b" dsn=", b",") or b""
    word = stat.partition(b":")[0].partition(b" ")[0]
    return _STANDS_FOR.get(word) or (int(code[:1]) if code[:1] in b"245" and code else 5)


def _relay(line: bytes) -> bytes | None:
    relay = between(line, b" relay=", b" ")
    return relay.rstrip(b".,") if relay else None


def _address(line: bytes) -> bytes | None:
    address = between(line, b" to=<", b">")
    return address if address is not None else between(line, b" to=", b",")


def rejection(line: bytes, number: int) -> Found | None:
    """Return the reply with which Sendmail or a milter refused (`reject=550 ...`), or None."""
    begin = line.find(b"reject=")
    reply = line[begin + 7 :].rstrip()
    if begin < 0 or not is_reply(reply):
        return None
    ruleset = between(line, b"ruleset=", b",") or between(line, b"action=", b",")
    if ruleset is None and (milter := between(line, b"Milter: ", b",")) is not None:
        ruleset = {b"to": b"rcpt", b"from": b"mail"}.get(milter.partition(b"=")[0], milter)
    context = SENDMAIL.get(ruleset) if ruleset else None
    recipient = between(line, b"arg1=<", b">") if context is Context.RCPT else None
    if ruleset in _AS_CLIENT:
        return None  # the delivery's own line has it
    return Found(
        reply.decode("utf-8", "surrogateescape"),
        context,
        logging_host(line),
        text(recipient or between(line, b" to=<", b">")),
        None,
        number,
        client=text(between(line, b" relay=", b",")) or "",
        queue=queue_id(line),
    )
