"""MAIL and RCPT with their parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from smtpprobe.sandbox.practice.mailbox import Mailbox, PathArgument, parse_mailbox, split_path
from smtpprobe.sandbox.practice.recipients import (
    Outcome,
    Trick,
    accept,
    saying,
    special_for,
    special_sender,
)
from smtpprobe.sandbox.practice.state import (
    RECIPIENT_LIMIT,
    SIZE_LIMIT,
    Call,
    Envelope,
    Service,
    Turn,
    is_ours,
    refuse,
    say,
)

_XTEXT = r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})"

MAIL_PARAMETERS: Mapping[str, str] = {
    "SIZE": r"[0-9]{1,20}",
    "BODY": r"7BIT|8BITMIME",
    "SMTPUTF8": "",
    "RET": r"FULL|HDRS",
    "ENVID": rf"{_XTEXT}{{1,100}}",
    "AUTH": rf"<>|{_XTEXT}+",
}
"""Parameters of MAIL: RFC 1870, RFC 6152, RFC 6531, RFC 3461 4.3 and 4.4, RFC 4954 5."""

RCPT_PARAMETERS: Mapping[str, str] = {
    "NOTIFY": r"NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY)){0,2}",
    "ORCPT": rf"[A-Za-z0-9\-]+;(?:{_XTEXT}|[^\x00-\x7f])+",
}
"""Parameters of RCPT: RFC 3461 4.1 and 4.2; RFC 6533 3 for addresses that are not ASCII."""


def mail(call: Call) -> Turn:
    """Answer MAIL: begins a transaction (RFC 5321 4.1.1.2)."""
    refusal = _mail_untimely(call)
    path = split_path(call.command.argument, "FROM")
    if refusal or path is None:
        syntax = "Syntax: MAIL FROM:<address> [parameters]"
        return refusal or refuse(call.talk, 501, "5.5.4", syntax)
    values = _parameters(call, path, MAIL_PARAMETERS)
    if isinstance(values, Refusal):
        return refuse(call.talk, values.code, values.enhanced, values.text)
    return _mail_size(call, values) or _sender(call, path.path, utf8="SMTPUTF8" in values)


def rcpt(call: Call) -> Turn:
    """Answer RCPT: one more recipient, or a reply worth practising (RFC 5321 4.1.1.3)."""
    envelope = call.talk.envelope
    if envelope is None:
        return refuse(call.talk, 503, "5.5.1", "Error: need MAIL command")
    if envelope.chunked:
        return refuse(call.talk, 503, "5.5.1", "Error: RCPT after BDAT")
    tried = replace(call, talk=replace(call.talk, envelope=replace(envelope, tried=True)))
    path = split_path(call.command.argument, "TO")
    if path is None:
        return refuse(tried.talk, 501, "5.5.4", "Syntax: RCPT TO:<address> [parameters]")
    values = _parameters(tried, path, RCPT_PARAMETERS)
    if isinstance(values, Refusal):
        return refuse(tried.talk, values.code, values.enhanced, values.text)
    return _recipient(tried, path.path)


def _mail_untimely(call: Call) -> Turn | None:
    talk, service = call.talk, call.house.service
    if talk.hello is None:
        verb = "LHLO" if service is Service.LMTP else "EHLO or HELO"
        return refuse(talk, 503, "5.5.1", f"Error: send {verb} first")
    if talk.envelope is not None:
        return refuse(talk, 503, "5.5.1", "Error: nested MAIL command")
    if service.login_required and not talk.tls:
        return refuse(talk, 530, "5.7.0", "Must issue a STARTTLS command first")
    if service.login_required and talk.user is None:
        return refuse(talk, 530, "5.7.0", "Authentication required")
    return None


def _parameters(
    call: Call, path: PathArgument, known: Mapping[str, str]
) -> dict[str, str] | Refusal:
    """Parameters belong to extensions, and HELO has not asked for any (RFC 5321 4.1.1.11)."""
    return read_parameters(path.parameters, known if call.talk.extended else {})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why parameters are not accepted, as a reply."""

    code: int
    enhanced: str
    text: str


def read_parameters(words: tuple[str, ...], known: Mapping[str, str]) -> dict[str, str] | Refusal:
    """Return the values by keyword in upper case, or the reply that refuses them."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        keyword = name.upper()
        pattern = known.get(keyword)
        if pattern is None:
            return Refusal(555, "5.5.4", f"Unsupported option: {word}")
        if keyword in found:
            return Refusal(501, "5.5.4", f"Duplicate option: {keyword}")
        if bool(equals) != bool(pattern) or not re.fullmatch(pattern, value, re.IGNORECASE):
            return Refusal(501, "5.5.4", f"Bad value of {keyword}: {word}")
        found[keyword] = value
    return found


def _mail_size(call: Call, values: Mapping[str, str]) -> Turn | None:
    if int(values.get("SIZE", "0")) <= SIZE_LIMIT:
        return None
    return say(call.talk, 552, "5.3.4", f"Message size exceeds fixed limit of {SIZE_LIMIT} octets")


def _sender(call: Call, path: str, *, utf8: bool) -> Turn:
    mailbox = parse_mailbox(path)
    if path and mailbox is None:
        return refuse(call.talk, 501, "5.1.7", "Bad sender address syntax")
    if not path.isascii() and not utf8:
        return _ascii_only(call)
    accepted = replace(call.talk, envelope=Envelope(path, utf8))
    trick = _sender_trick(mailbox)
    if trick is None:
        return say(accepted, 250, "2.1.0", "Ok")
    outcome = trick(call, path)
    return Turn(accepted if outcome.accepted else call.talk, outcome.acts)


def _sender_trick(mailbox: Mailbox | None) -> Trick | None:
    if mailbox is None:
        return None
    if mailbox.domain.lower().endswith(".invalid"):
        return saying(450, "4.1.8", "<{address}>: Sender address rejected: Domain not found")
    if not mailbox.domain and mailbox.local.lower() != "postmaster":
        return saying(504, "5.5.2", "<{address}>: Sender address rejected: need fully-qualified "
                                    "address")  # fmt: skip
    return special_sender(mailbox.local) if is_ours(mailbox.domain) else None


def _ascii_only(call: Call) -> Turn:
    text = "Address is not ASCII: SMTPUTF8 on MAIL is needed for it"
    return refuse(call.talk, 553, "5.6.7", text)


def _recipient(call: Call, path: str) -> Turn:
    talk, envelope = call.talk, call.talk.envelope
    assert envelope is not None
    mailbox = parse_mailbox(path)
    if mailbox is None:
        return refuse(talk, 501, "5.1.3", "Bad recipient address syntax")
    if not path.isascii() and not envelope.utf8:
        return _ascii_only(call)
    if len(envelope.recipients) >= RECIPIENT_LIMIT:
        return say(talk, 452, "4.5.3", "Error: too many recipients")
    outcome = _outcome(call, mailbox)
    if outcome.accepted:
        recipients = (*envelope.recipients, mailbox.address)
        talk = replace(talk, envelope=replace(envelope, recipients=recipients))
    return Turn(talk, outcome.acts)


def _outcome(call: Call, mailbox: Mailbox) -> Outcome:
    if is_ours(mailbox.domain) and not _names_a_route(mailbox):
        return _local(mailbox)(call, mailbox.address)
    if call.house.service is Service.LMTP:
        trick = saying(550, "5.1.1", "<{address}>: Recipient address rejected: User unknown")
    elif call.talk.user is not None:
        trick = accept
    else:
        trick = saying(554, "5.7.1", "<{address}>: Relay access denied")
    return trick(call, mailbox.address)


def _names_a_route(mailbox: Mailbox) -> bool:
    """Return whether the local part asks to be sent on: `user%host`, `host!user`, `"user@host"`."""
    return any(sign in mailbox.local for sign in "%!@")


def _local(mailbox: Mailbox) -> Trick:
    special = special_for(mailbox.local)
    if mailbox.domain or mailbox.local.lower() == "postmaster":
        return accept if special is None else special.rcpt
    return saying(504, "5.5.2", "<{address}>: Recipient address rejected: need fully-qualified "
                                "address")  # fmt: skip
