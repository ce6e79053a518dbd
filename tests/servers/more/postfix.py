"""Postfix as an MX, for submission, behind postscreen; and smtp-sink, which comes with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from tests.servers import dovecot, lab, unpacked
from tests.servers import postfix as lab_postfix
from tests.servers.more.brought import folder_of, packaged
from tests.servers.more.stand import IDLE, MINUTES, RECIPIENT_LIMIT, SIZE_LIMIT, Stand

LIMITS: Final = (
    f" -o smtpd_timeout={IDLE}s -o message_size_limit={SIZE_LIMIT}"
    f" -o smtpd_recipient_limit={RECIPIENT_LIMIT}"
)

MX: Final = f"{{place}} inet n - n - - smtpd{LIMITS}\n"

SUBMISSION: Final = (
    f"{{place}} inet n - n - - smtpd{LIMITS} -o smtpd_sasl_auth_enable=yes"
    " -o smtpd_tls_security_level=encrypt -o smtpd_tls_auth_only=yes"
    " -o smtpd_client_restrictions=permit_sasl_authenticated,reject\n"
)

SMTPS: Final = f"{SUBMISSION.rstrip()} -o smtpd_tls_wrappermode=yes\n"

BEHIND: Final = (
    f"{MX.rstrip()} -o smtpd_authorized_xclient_hosts=127.0.0.0/8"
    " -o smtpd_authorized_xforward_hosts=127.0.0.0/8\n"
)

GATED: Final = f"""\
{{place}} inet n - n - 1 postscreen -o postscreen_greet_action=enforce
    -o postscreen_pipelining_enable=yes -o postscreen_bare_newline_enable=yes
    -o postscreen_non_smtp_command_enable=yes -o postscreen_command_time_limit={IDLE}s
smtpd   pass - - n - - smtpd{LIMITS}
dnsblog unix - - n - 0 dnsblog
tlsproxy unix - - n - 0 tlsproxy
"""


@contextmanager
def smtp() -> Iterator[Stand]:
    """Run Postfix as an MX: STARTTLS, no AUTH."""
    with serving(MX) as stand:
        yield stand


@contextmanager
def behind() -> Iterator[Stand]:
    """Run Postfix as an MX behind a proxy or a filter: it believes XCLIENT and XFORWARD."""
    with serving(BEHIND) as stand:
        yield stand


@contextmanager
def submission() -> Iterator[Stand]:
    """Run Postfix for senders: STARTTLS, then AUTH, which Dovecot is asked about."""
    with for_senders(SUBMISSION) as stand:
        yield replace(stand, seen_port=587)


@contextmanager
def smtps() -> Iterator[Stand]:
    """Run Postfix for senders with implicit TLS, and AUTH."""
    with for_senders(SMTPS) as stand:
        yield replace(stand, seen_port=465, implicit_tls=True)


@contextmanager
def for_senders(master: str) -> Iterator[Stand]:
    """Run a Postfix that asks Dovecot about passwords."""
    with (
        dovecot.running(folder_of("dovecot")) as asked,
        serving(master, asked.auth_socket, implicit_tls=master is SMTPS) as stand,
    ):
        yield replace(stand, for_senders=True)


@contextmanager
def postscreen() -> Iterator[Stand]:
    """Run postscreen with all its tests, which greets in two lines and refuses in its own words."""
    with serving(GATED) as stand:
        yield stand


@contextmanager
def smtp_sink() -> Iterator[Stand]:
    """Run smtp-sink, which takes everything and throws it away."""
    root = folder_of("postfix")
    with lab.home("smtp-sink") as home:
        (port,) = lab.free_ports(1)
        command = (root / "usr/sbin/smtp-sink", "-u", "nobody", "-h", lab_postfix.HOSTNAME)
        with lab.daemon(
            (*command, f"{lab.HOST}:{port}", "100"),
            ready=lambda: lab.first_line(port).startswith(b"220"),
            folder=home,
            env=unpacked.environment(lab_postfix.libraries(root)),
        ):
            yield Stand(port, f"smtp-sink of {version()}", domain=lab_postfix.DOMAIN, idle=MINUTES)


def version() -> str:
    """Return what was brought."""
    return f"Postfix {packaged('postfix', 'postfix')}"


@contextmanager
def serving(
    master: str, auth_socket: Path | None = None, *, implicit_tls: bool = False
) -> Iterator[Stand]:
    """Run Postfix with a server of its own kind until the block ends."""
    root = folder_of("postfix")
    with lab.home("postfix") as home:
        (port,) = lab.free_ports(1)
        made = lab.identity(home, lab_postfix.HOSTNAME)
        lab_postfix.write_configuration(
            root,
            home,
            master.format(place=f"{lab.HOST}:{port}"),
            interfaces=lab.HOST,
            chain_files=f"{made.key_file}, {made.certificate_file}",
            auth_socket=auth_socket,
        )

        ready = partial(lab.greets, port, implicit_tls=implicit_tls)
        with lab_postfix.started(root, home, ready):
            yield Stand(
                port,
                version(),
                domain=lab_postfix.DOMAIN,
                certified=lab_postfix.HOSTNAME,
                ca_file=made.ca_file,
            )
