r"""Exim's logs: deliveries, and why they failed; what it refused itself, of which it logs no reply.

Lines of a reply are joined by a written `\n` there.
"""

from __future__ import annotations

import re

from smtpprobe.explainer.formats.fields import between, is_reply, text
from smtpprobe.explainer.formats.stages import EXIM_REJECTED, exim_stage
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.protocol.verbs import Context

ERROR = b" error from remote mail server after "
_LOGIN = b" authenticator failed for "

_ERROR = re.compile(
    rb"(?:SMTP|LMTP) error from remote mail server after (?P<stage>.{1,600}?): "
    rb"(?:host (?P<host>\S+) \[[^\]]*\](?::[0-9]+)?: )?(?P<reply>[2-5][0-9]{2}[ -].*)"
)
_ADDRESS = re.compile(rb" (?:==|\*\*|=>|->|>>|\*>) (?P<address>\S+)")
_HOST = re.compile(rb" H=(?P<name>\S+)| host (?P<host>\S+) \[")
_CALLED_OUT = re.compile(rb"(?P<name>\S+) \[[^\]]*\](?::[0-9]+)? : ?$")
_ID = re.compile(rb" (?P<id>[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) ")

_OUTCOME = re.compile(
    rb" (?P<mark>==|\*\*) (?P<address>(?:[^\s:]|:(?=\S)){1,1000})(?: <[^>]*>)?(?:,| routing)?"
    rb"(?P<fields>(?: [A-Z]{1,4}=\S+(?: \[[^\]]*\](?::[0-9]+)?)?){0,20})"
    rb"(?: defer \(-?[0-9]+\)(?P<more>(?: H=\S+(?: \[[^\]]*\](?::[0-9]+)?)?)?))?:? ?(?P<reason>.*)"
)
"""A delivery deferred (`==`) or failed (`**`): address, fields, error number, reason."""

_AT = re.compile(
    rb"(?:in response to|timeout after|after) (?P<stage>initial connection|end of data"
    rb"|sending data block|pipelined \S+|[A-Z]{4,8}(?: [A-Z]+:<[^>]*>)?)"
)

_STAGES = b"|".join(re.escape(stage) for stage in EXIM_REJECTED)
_REJECTED = re.compile(
    rb"(?P<soft>temporarily )?rejected (?P<stage>" + _STAGES + rb")(?= |:|$)"
    rb"(?P<rest>(?: in \"[a-z]{1,30}\" ACL)?[^\n]*)"
)
_CLIENT = re.compile(rb"(?: H=| from )(?P<client>(?:\S+ )?(?:\(\S*\) )?\[[^\]]*\](?::[0-9]+)?)")
_SUBJECT = re.compile(rb"<(?P<address>[^<>\s]{0,320})>")


def failure(line: bytes, number: int) -> Found | None:
    """Return the reply behind `error from remote mail server after ...`, or None."""
    match = _ERROR.search(line)
    if match is None:
        return None
    before = line[: match.start()]
    asked = _CALLED_OUT.search(before)
    host = match["host"] or (asked["name"] if asked is not None else _host(before))
    return Found(
        _unfolded(match["reply"]),
        exim_stage(match["stage"]),
        text(host),
        _recipient(before, match["stage"]),
        None,
        number,
        queue=_queue(line),
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
        queue=_queue(line),
    )


def outcome(line: bytes, number: int) -> Found | None:
    """Return why a delivery was deferred or failed without a reply (`== ... defer (-18): ...`)."""
    match = _OUTCOME.search(line)
    if match is None:
        return None
    reason = match["reason"].rstrip()
    at = _AT.search(reason)
    host = _host(match["fields"] + (match["more"] or b"") + b" " + reason)
    return Found(
        _unfolded(reason),
        exim_stage(at["stage"]) if at is not None else None,
        text(host),
        text(match["address"]),
        None,
        number,
        klass=4 if match["mark"] == b"==" else 5,
        queue=_queue(line),
    )


def refusal(line: bytes, number: int) -> Found | None:
    """Return a refusal by Exim itself: the reason, as its log does not have the reply.

    What begins with a code is a reply, as then the ACL gave the whole of it.
    """
    match = _REJECTED.search(line)
    if match is None:
        return None
    context = EXIM_REJECTED[match["stage"]]
    subject, _, reason = match["rest"].partition(b": ")
    reason = reason.rstrip() or _before(line[: match.start()])
    named = _SUBJECT.search(subject)
    sender = between(line[: match.start()], b" F=<", b">")
    is_sender = context is Context.MAIL and named is not None
    client = _CLIENT.search(line)
    quoted = is_reply(reason)
    return Found(
        _unfolded(reason),
        context,
        None,
        text(named["address"]) if named is not None and context is Context.RCPT else None,
        text(named["address"] if is_sender and named is not None else sender),
        number,
        client=text(client["client"]) if client is not None else "",
        klass=0 if quoted else 4 if match["soft"] else 5,
        queue=_queue(line),
    )


def _before(line: bytes) -> bytes:
    """Return the reason where it comes first: `SMTP protocol synchronization error (...): `."""
    begin = line.find(b"SMTP protocol ")
    return line[begin:].rstrip(b": ") if begin >= 0 else b""


def login(line: bytes, number: int) -> Found | None:
    """Return the reply to a login that failed (`plain authenticator failed for ...: 535 ...`)."""
    begin = line.find(_LOGIN)
    end = line.find(b"]: ", begin)
    if end < 0:
        end = line.find(b"]:", begin)  # with a port
        end = line.find(b": ", end + 2) - 1
    reply = line[end + 3 :].rstrip().partition(b" (set_id=")[0]
    if begin < 0 or end < begin or not is_reply(reply):
        return None
    client = line[begin + len(_LOGIN) : end + 1]
    return Found(
        _unfolded(reply), Context.AUTH, None, None, None, number, client=text(client) or ""
    )


def _unfolded(reply: bytes) -> str:
    return reply.rstrip().replace(b"\\n", b"\n").decode("utf-8", "surrogateescape")


def _queue(line: bytes) -> str | None:
    match = _ID.search(line, 0, 80)
    return text(match["id"]) if match is not None else None


def _host(before: bytes) -> bytes | None:
    match = _HOST.search(before)
    return None if match is None else match["name"] or match["host"]


def _recipient(before: bytes, stage: bytes) -> str | None:
    """Return the address of the delivery; for RCPT the one that went out."""
    if stage.upper().removeprefix(b"PIPELINED ").startswith(b"RCPT TO:<"):
        return text(between(stage, b"<", b">"))
    match = _ADDRESS.search(before)
    return text(match["address"]) if match is not None else None
