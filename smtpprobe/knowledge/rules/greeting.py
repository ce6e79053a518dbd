"""Who greets: the product a greeting names, and other protocols on the port."""

from __future__ import annotations

import re
from functools import cache

from smtpprobe.knowledge.rules.situation import TEXT_CHARACTERS
from smtpprobe.named_tuple import NamedTuple

PRODUCTS: tuple[tuple[str, str], ...] = (
    (r"\bpostfix\b", "Postfix"),
    (r"\bexim\b", "Exim"),
    (r"\bsendmail\b", "Sendmail"),
    (r"\bmicrosoft esmtp\b", "Microsoft Exchange"),
    (r"\bgsmtp\b", "Gmail"),
    (r"\bopensmtpd\b", "OpenSMTPD"),
    (r"\bharaka\b", "Haraka"),
    (r"\bstalwart\b", "Stalwart"),
    (r"\bmaddy\b", "Maddy"),
    (r"\bdovecot\b", "Dovecot"),
    (r"\bcyrus\b", "Cyrus"),
    (r"\bcourier\b", "Courier"),
    (r"\bhmailserver\b", "hMailServer"),
    (r"\bmdaemon\b", "MDaemon"),
    (r"\bmailenable\b", "MailEnable"),
    (r"\bkerio\b", "Kerio Connect"),
    (r"\bzimbra\b", "Zimbra"),
    (r"\bcommunigate\b", "CommuniGate"),
    (r"\bpowermta\b", "PowerMTA"),
    (r"\becelerity\b", "Momentum"),
    (r"\bhalon\b", "Halon"),
    (r"\bironport\b", "Cisco IronPort"),
    (r"\bmimecast\b", "Mimecast"),
    (r"\bapache james\b|\bjames smtp\b", "Apache James"),
    (r"\bqmail\b", "qmail"),
    (r"\bpython smtp\b", "aiosmtpd"),
)
"""Names in greetings, from the public default banners of each product."""

_NOT_HERE = ":close; check host and port: SMTP is on 25, 465 and 587"


class Foreign(NamedTuple):
    """A protocol that is not SMTP: how it begins, what that means, what to do about it."""

    begins: bytes
    meaning: str
    steps: str = _NOT_HERE


FOREIGN = (
    Foreign(rb"HTTP/[0-9.]+ ", "this is HTTP, not SMTP: a web server"),
    Foreign(rb"SSH-[0-9.]+-", "this is SSH, not SMTP: a login server"),
    Foreign(rb"\+OK\b", "this is POP3, not SMTP: a mailbox server"),
    Foreign(rb"-ERR\b", "this is POP3, not SMTP: a mailbox server"),
    Foreign(rb"\* (?:OK|BYE|PREAUTH)\b", "this is IMAP, not SMTP: a mailbox server"),
    Foreign(rb"RFB [0-9]{3}\.", "this is VNC, not SMTP: a screen server"),
    Foreign(rb"<(?:\?xml|!doctype|html)", "this is HTML or XML, not SMTP: a web server"),
    Foreign(
        rb"[\x14-\x17]\x03[\x00-\x04]",
        "this port speaks TLS from the start",
        ":close; connect with smtps://HOST, or to another port",
    ),
    Foreign(rb"\xff[\xfb-\xfe]", "this is telnet, not SMTP: a terminal server"),
)
"""How other protocols begin, from their own specifications."""


@cache
def _products() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in PRODUCTS)


def product(text: str) -> str:
    """Return the product that a greeting names, or the empty string."""
    seen = text[:TEXT_CHARACTERS]
    return next((name for pattern, name in _products() if pattern.search(seen)), "")


def protocol(text: str, *, lmtp: bool = False) -> str:
    """Return which protocol a greeting claims: ESMTP, SMTP, LMTP, or the empty string."""
    seen = text[:TEXT_CHARACTERS].upper()
    if lmtp or re.search(r"\bLMTP\b", seen):
        return "LMTP"
    return next((name for name in ("ESMTP", "SMTP") if name in seen), "")


def greeting_meaning(text: str, *, lmtp: bool = False) -> str:
    """Return the meaning of a 220 greeting with this text."""
    who = product(text) or "the server"
    spoken = protocol(text, lmtp=lmtp)
    if spoken:
        return f"ready: {who} speaks {spoken}"
    return f"ready: {who} names neither SMTP nor ESMTP; EHLO will show"


def foreign(raw: bytes) -> Foreign | None:
    """Return the protocol as which octets begin, if it is another one."""
    head = raw[:200].lstrip(b" ")
    return next((one for one in FOREIGN if re.match(one.begins, head, re.IGNORECASE)), None)
