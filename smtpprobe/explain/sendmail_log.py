"""Replies in the logs of Sendmail and of OpenSMTPD: `stat=`, `reply=`, `reject=`."""

from __future__ import annotations

from smtpprobe.explain.found import Found
from smtpprobe.explain.octets import between, is_reply, text
from smtpprobe.explain.postfix_log import logging_host
from smtpprobe.explain.stages import SENDMAIL
from smtpprobe.protocol.phase import Context


def status(line: bytes, number: int) -> Found | None:
    """Return the reply that a delivery's line quotes, or None (`stat=User unknown` is none)."""
    sent = between(line.rstrip() + b"\n", b"stat=Sent (", b"\n")
    context = Context.DATA_END if sent is not None else None
    reply = sent.removesuffix(b")") if sent is not None else _quoted(line)
    if reply is None or not is_reply(reply):
        return None
    return Found(
        reply.decode("utf-8", "surrogateescape"),
        context,
        text(_relay(line)),
        text(_address(line)),
        None,
        number,
    )


def _quoted(line: bytes) -> bytes | None:
    ended = line.rstrip() + b"\n"
    if (quoted := between(ended, b' stat="', b'"')) is not None:
        return quoted  # OpenSMTPD
    if (reply := between(ended, b" reply=", b"\n")) is not None:
        return reply.partition(b", stat=")[0]
    deferred = between(ended, b"stat=Deferred: ", b"\n")
    return deferred if deferred is not None else between(ended, b"stat=", b"\n")


def _relay(line: bytes) -> bytes | None:
    if (quoted := between(line, b' relay="', b'"')) is not None:
        return between(quoted, b"(", b")") or quoted
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
    return Found(
        reply.decode("utf-8", "surrogateescape"),
        context,
        logging_host(line),
        text(recipient or between(line, b" to=<", b">")),
        None,
        number,
        client=text(between(line, b" relay=", b",")) or "",
    )
