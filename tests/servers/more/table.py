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

ABSENT: Final[Mapping[str, str]] = {
    "Exchange, Exchange Online, Gmail": (
        "not to be had as a package; what they say is read from their documentation and from"
        " replies that users quote (`tests/knowledge`, `tests/corpus/replies`)"
    ),
    "qmail (netqmail, s/qmail)": "not in Debian 12; its texts are read from its source",
    "Stalwart, Maddy, James": "come as images or as Java and Rust builds, not as packages here",
    "hMailServer, MDaemon, Kerio Connect, IceWarp, Domino, GroupWise": "are not free, or no Linux",
    "idle 421 of Courier, Dovecot, Cyrus, OpenSMTPD, msmtpd, maildev, smtp-sink": (
        "their limit cannot be set below minutes: their cell for silence is the reply to EHLO"
    ),
    "implicit TLS (smtps)": (
        "the replies are those of the submission server; the handshake is in `tests/servers`"
    ),
}
"""Servers and situations that are not recorded, and why."""
