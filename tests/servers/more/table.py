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
