"""Every server that is recorded, by the name of its recording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Final

from tests.servers.more import debian, exim_and_dovecot, postfix, scripted
from tests.servers.more.stand import Stand

STANDS: Final[Mapping[str, Callable[[], AbstractContextManager[Stand]]]] = {
    "postfix": postfix.smtp,
    "postfix-submission": postfix.submission,
    "postfix-smtps": postfix.smtps,
    "postfix-behind": postfix.behind,
    "postscreen": postfix.postscreen,
    "smtp-sink": postfix.smtp_sink,
    "exim": exim_and_dovecot.exim,
    "dovecot-lmtp": exim_and_dovecot.dovecot_lmtp,
    "dovecot-submission": exim_and_dovecot.dovecot_submission,
    "aiosmtpd": scripted.aiosmtpd,
    "smtp-server": scripted.smtp_server,
    "maildev": scripted.maildev,
    "haraka": scripted.haraka,
    "msmtpd": debian.msmtpd,
    "opensmtpd": debian.opensmtpd,
    "sendmail": debian.sendmail,
    "qpsmtpd": debian.qpsmtpd,
    "cyrus-lmtp": debian.cyrus_lmtp,
    "courier": debian.courier,
}
"""How each is stood up."""

UNHURRIED: Final = (
    *("smtp-sink", "dovecot-lmtp", "dovecot-submission", "maildev", "msmtpd", "opensmtpd"),
    *("cyrus-lmtp", "courier"),
)
"""Those that wait for minutes before silence ends a session, whatever they are told."""

ABSENT: Final[Mapping[str, str]] = {
    "Exchange, Exchange Online, Gmail": (
        "not to be had as a package; what they say is read from their documentation and from"
        " replies that users quote (`tests/knowledge`, `tests/corpus/replies`)"
    ),
    "qmail (netqmail, s/qmail)": "not in Debian 12; its texts are read from its source",
    "Stalwart, Maddy, James": "come as images or as Java and Rust builds, not as packages here",
    "hMailServer, MDaemon, Kerio Connect, IceWarp, Domino, GroupWise": "are not free, or no Linux",
    "implicit TLS (smtps) of others than Postfix": (
        "the replies are those of the same server with STARTTLS; the handshake comes first"
    ),
}
"""Servers that are not recorded, and why."""
