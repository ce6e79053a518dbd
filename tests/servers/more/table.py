"""Every server that is recorded, by the name of its recording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
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
    "exim-smtps": partial(exim_and_dovecot.exim, implicit_tls=True),
    "dovecot-submissions": partial(exim_and_dovecot.dovecot_submission, implicit_tls=True),
    "opensmtpd-smtps": partial(debian.opensmtpd, implicit_tls=True),
    "sendmail-smtps": partial(debian.sendmail, implicit_tls=True),
    "aiosmtpd-smtps": partial(scripted.aiosmtpd, implicit_tls=True),
    "smtp-server-smtps": partial(scripted.smtp_server, implicit_tls=True),
    "haraka-smtps": partial(scripted.haraka, implicit_tls=True),
    "maildev-smtps": partial(scripted.maildev, implicit_tls=True),
}
"""How each is stood up."""

UNHURRIED: Final = (
    *("smtp-sink", "dovecot-lmtp", "dovecot-submission", "maildev", "msmtpd", "opensmtpd"),
    *("cyrus-lmtp", "courier", "dovecot-submissions", "maildev-smtps", "opensmtpd-smtps"),
)
"""Those that wait for minutes before silence ends a session, whatever they are told."""

ABSENT_ON: Final[Mapping[str, Mapping[str, str]]] = {
    "debian-12": {
        "opensmtpd-smtps": (
            "its 6.8 fails every handshake with OpenSSL 3, which Debian 12 builds it with"
        )
    },
    "debian-13": {},
}
"""Servers that are recorded on another release only, by release, and why."""


def standing_on(release: str) -> tuple[str, ...]:
    """Return the servers that are recorded on a release."""
    return tuple(name for name in STANDS if name not in ABSENT_ON[release])


ABSENT: Final[Mapping[str, str]] = {
    "Exchange, Exchange Online, Gmail": (
        "not to be had as a package; what they say is read from their documentation and from"
        " replies that users quote (`tests/knowledge`, `tests/corpus/replies`)"
    ),
    "qmail (netqmail, s/qmail)": "not in Debian; its texts are read from its source",
    "Stalwart, Maddy, James": "come as images or as Java and Rust builds, not as packages here",
    "hMailServer, MDaemon, Kerio Connect, IceWarp, Domino, GroupWise": "are not free, or no Linux",
    "implicit TLS (smtps) of Courier and qpsmtpd": (
        "Courier has a second server for it, esmtpd-ssl, and qpsmtpd has it on port 465 alone; the"
        " replies are those with STARTTLS"
    ),
    "implicit TLS of Cyrus, Dovecot LMTP, postscreen, msmtpd, smtp-sink": (
        "LMTP has no port for it, postscreen is for port 25, the others speak no TLS"
    ),
}
"""Servers that are not recorded, and why."""
