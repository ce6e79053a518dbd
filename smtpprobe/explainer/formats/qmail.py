"""Replies in the log of qmail-send: what qmail-remote reported, blanks written as underscores."""

from __future__ import annotations

from smtpprobe.explainer.formats.fields import between, is_reply, text
from smtpprobe.explainer.formats.stages import QMAIL
from smtpprobe.explainer.input.found_reply import Found

SAID = b"Remote_host_said:_"


def delivery(line: bytes, number: int) -> Found | None:
    """Return what the remote host said, or None."""
    said = line.find(SAID)
    if said < 0:
        return _failure(line, number)
    reply = line[said + len(SAID) :].rstrip()
    ends = (reply.find(mark) for mark in (b"/Giving_up_on_", b"/I'm_not_going_to_try_again"))
    reply = reply[: min((end for end in ends if end >= 0), default=len(reply))].rstrip(b"/")
    if not is_reply(reply.replace(b"_", b" ")):
        return None
    before = line[:said]
    context = next((context for words, context in QMAIL if words in before), None)
    words = reply.replace(b"/", b"\n") if _is_folded(reply) else reply
    return Found(
        words.replace(b"_", b" ").decode("utf-8", "surrogateescape"),
        context,
        text(_host(before)),
        None,
        None,
        number,
    )


_NOT_DELIVERED = ((b": deferral: ", 4), (b": failure: ", 5))


def _failure(line: bytes, number: int) -> Found | None:
    """Return why a delivery failed without a reply: `deferral: Sorry,_I_..._(#4.4.1)/`."""
    for mark, klass in _NOT_DELIVERED:
        begin = line.find(mark)
        if begin < 0:
            continue
        reason = line[begin + len(mark) :].rstrip().rstrip(b"/")
        code = between(reason, b"(#", b")")
        words = reason.partition(b"_(#")[0].replace(b"_", b" ")
        return Found(
            words.decode("utf-8", "surrogateescape"), line=number, status=text(code), klass=klass
        )
    return None


def _is_folded(reply: bytes) -> bool:
    """Return whether slashes are line ends: the code is repeated after each."""
    return reply[3:4] == b"-" and b"/" + reply[:3] in reply


def _host(before: bytes) -> bytes:
    report = before.rpartition(b": ")[2].removeprefix(b"Connected_to_")
    return report.partition(b"_")[0]
