"""Postfix as an MX, for submission, behind postscreen; and smtp-sink, which comes with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.servers import dovecot, lab, unpacked
from tests.servers import postfix as lab_postfix
from tests.servers.more.brought import folder_of, packaged
from tests.servers.more.stand import IDLE, RECIPIENT_LIMIT, SIZE_LIMIT, Stand

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

GATED: Final = f"""\
{{place}} inet n - n - 1 postscreen -o postscreen_greet_action=enforce
    -o postscreen_pipelining_enable=yes -o postscreen_bare_newline_enable=yes
    -o postscreen_non_smtp_command_enable=yes
smtpd   pass - - n - - smtpd{LIMITS}
dnsblog unix - - n - 0 dnsblog
tlsproxy unix - - n - 0 tlsproxy
"""


@contextmanager
def smtp() -> Iterator[Stand]:
    """Run Postfix as an MX: STARTTLS, no AUTH."""
    with serving(MX) as port:
        yield stand(port)


@contextmanager
def submission() -> Iterator[Stand]:
    """Run Postfix for senders: STARTTLS, then AUTH, which Dovecot is asked about."""
    with (
        dovecot.running(folder_of("dovecot")) as asked,
        serving(SUBMISSION, asked.auth_socket) as at,
    ):
        yield replace(stand(at, 587), for_senders=True)


@contextmanager
def postscreen() -> Iterator[Stand]:
    """Run postscreen with all its tests, which greets in two lines and refuses in its own words."""
    with serving(GATED) as port:
        yield stand(port)


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
            yield Stand(port, f"smtp-sink of {version()}", domain=lab_postfix.DOMAIN, idle=0)


def version() -> str:
    """Return what was brought."""
    return f"Postfix {packaged('postfix', 'postfix')}"


def stand(port: int, seen_port: int = 25) -> Stand:
    """Return the stand of a Postfix."""
    return Stand(port, version(), seen_port, domain=lab_postfix.DOMAIN)


@contextmanager
def serving(master: str, auth_socket: Path | None = None) -> Iterator[int]:
    """Run Postfix with a server of its own kind until the block ends; yields its port."""
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

        def ready() -> bool:
            return lab.first_line(port).startswith(b"220")

        with lab_postfix.started(root, home, ready):
            yield port
