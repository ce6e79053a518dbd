"""Exim as an MX that also lets users log in; Dovecot's LMTP and submission servers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from tests.servers import dovecot as lab_dovecot
from tests.servers import exim as lab_exim
from tests.servers import lab
from tests.servers.more import postfix
from tests.servers.more.brought import folder_of, packaged
from tests.servers.more.stand import (
    IDLE,
    MINUTES,
    PASSWORD,
    RECIPIENT_LIMIT,
    SIZE_LIMIT,
    USER,
    Stand,
)

EXIM: Final = """\
acl_smtp_connect = accept delay = 1s
smtp_receive_timeout = @idle@s
recipients_max = @recipients@
recipients_max_reject = true
auth_advertise_hosts = ${if def:tls_in_cipher {*}}

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if and{ {eq{$auth2}{@user@}} {eq{$auth3}{@password@}} }}
  server_set_id = $auth2
"""

FILLED: Final = {
    "idle": str(IDLE),
    "recipients": str(RECIPIENT_LIMIT),
    "user": USER,
    "password": PASSWORD,
}
"""What stands for each `@name@` there."""


@contextmanager
def exim(*, implicit_tls: bool = False) -> Iterator[Stand]:
    """Run Exim as an MX: STARTTLS, or TLS from the first octet, and AUTH PLAIN inside it."""
    more = re.sub("@([a-z]+)@", lambda name: FILLED[name[1]], EXIM)
    size, root = str(SIZE_LIMIT), folder_of("exim")
    with lab_exim.running(root, more, size, implicit_tls=implicit_tls) as server:
        version = f"Exim {packaged('exim', 'exim4-daemon-light')}"
        yield Stand(
            server.port,
            version,
            465 if implicit_tls else 25,
            implicit_tls=implicit_tls,
            domain=lab_exim.DOMAIN,
            certified=server.hostname,
            ca_file=server.ca_file,
        )


@contextmanager
def dovecot_lmtp() -> Iterator[Stand]:
    """Run Dovecot's LMTP server."""
    with lab_dovecot.running(folder_of("dovecot")) as server:
        version = f"Dovecot {packaged('dovecot', 'dovecot-core')}"
        yield Stand(
            server.lmtp_port,
            version,
            24,
            lmtp=True,
            domain=lab_dovecot.DOMAIN,
            idle=MINUTES,
            certified=server.hostname,
            ca_file=server.ca_file,
        )


SUBMISSION: Final = {
    "2.3": """\
protocols = lmtp submission
submission_relay_host = {host}
submission_relay_port = {relay}
submission_max_mail_size = {size}
submission_max_recipients = {recipients}
""",
    "2.4": """\
protocols {{
  submission = yes
}}
submission_relay_host = {host}
submission_relay_port = {relay}
submission_max_mail_size = {size}
submission_max_recipients = {recipients}
""",
}
"""What each version of Dovecot is told."""

LISTENER: Final = """\
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {submission}
  }}
  inet_listener submissions {{
    port = {submissions}
    ssl = yes
  }}
}}
hostname = mx.lab.test
"""


@contextmanager
def dovecot_submission(*, implicit_tls: bool = False) -> Iterator[Stand]:
    """Run Dovecot's submission server, which hands messages on to smtp-sink."""
    root = folder_of("dovecot-submission")
    with postfix.smtp_sink() as relay:
        (port,) = lab.free_ports(1)
        lines = submission(relay.port, port, implicit_tls=implicit_tls)
        with lab_dovecot.running(root, lines) as server:
            version = f"Dovecot {packaged('dovecot-submission', 'dovecot-submissiond')}"
            yield Stand(
                port,
                version,
                465 if implicit_tls else 587,
                for_senders=True,
                implicit_tls=implicit_tls,
                domain=lab_dovecot.DOMAIN,
                idle=MINUTES,
                certified=server.hostname,
                ca_file=server.ca_file,
            )


def submission(relay: int, port: int, *, implicit_tls: bool) -> Callable[[str], str]:
    """Return what gives the lines for submission."""
    limits = {"size": SIZE_LIMIT, "recipients": RECIPIENT_LIMIT}
    ports = (
        {"submission": 0, "submissions": port}
        if implicit_tls
        else {"submission": port, "submissions": 0}
    )  # port 0 closes one that is open unless told otherwise

    def lines(version: str) -> str:
        text = SUBMISSION[version] + LISTENER
        return text.format(host=lab.HOST, relay=relay, **limits, **ports)

    return lines
