r"""Replies in Exim's main log: deferred and failed deliveries, and the answer to a delivery.

Lines of a reply are joined by a written `\n` there.
"""

from __future__ import annotations

import re

from smtpprobe.explain.found import Found
from smtpprobe.explain.octets import between, is_reply, text
from smtpprobe.explain.stages import exim_stage
from smtpprobe.protocol.phase import Context

ERROR = b" error from remote mail server after "

_ERROR = re.compile(
    rb"(?:SMTP|LMTP) error from remote mail server after (?P<stage>.{1,600}?): "
    rb"(?:host (?P<host>\S+) \[[^\]]*\](?::[0-9]+)?: )?(?P<reply>[2-5][0-9]{2}[ -].*)"
)
_ADDRESS = re.compile(rb" (?:==|\*\*|=>|->|>>|\*>) (?P<address>\S+)")
_HOST = re.compile(rb" H=(?P<name>\S+)| host (?P<host>\S+) \[")


def failure(line: bytes, number: int) -> Found | None:
    """Return the reply behind `error from remote mail server after ...`, or None."""
    match = _ERROR.search(line)
    if match is None:
        return None
    before = line[: match.start()]
    host = match["host"] or _host(before)
    return Found(
        _unfolded(match["reply"]),
        exim_stage(match["stage"]),
        text(host),
        _recipient(before, match["stage"]),
        None,
        number,
    )


def delivery(line: bytes, number: int) -> Found | None:
    """Return the reply in `C="..."` of a delivery line, or None."""
    begin = line.find(b' C="')
    end = line.rfind(b'"')
    confirmation = line[begin + 4 : end]
    if begin < 0 or end <= begin + 3 or _ADDRESS.search(line) is None or not is_reply(confirmation):
        return None
    confirmation = confirmation.replace(b'\\"', b'"')
    return Found(
        _unfolded(confirmation),
        Context.DATA_END,
        text(_host(line[:begin])),
        _recipient(line[:begin], b""),
        None,
        number,
    )


def _unfolded(reply: bytes) -> str:
    return reply.rstrip().replace(b"\\n", b"\n").decode("utf-8", "surrogateescape")


def _host(before: bytes) -> bytes | None:
    match = _HOST.search(before)
    return None if match is None else match["name"] or match["host"]


def _recipient(before: bytes, stage: bytes) -> str | None:
    """Return the address of the delivery; for RCPT the one that went out."""
    if stage.upper().removeprefix(b"PIPELINED ").startswith(b"RCPT TO:<"):
        return text(between(stage, b"<", b">"))
    match = _ADDRESS.search(before)
    return text(match["address"]) if match is not None else None
