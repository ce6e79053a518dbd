"""What Postfix asks at RCPT: postgrey, policyd-spf, and Dovecot about a full mailbox."""

from __future__ import annotations

import shutil
import socket
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.servers import dovecot, lab, unpacked
from tests.servers.network import Network
from tests.why.lab import spawn

GREYLISTED_FOR: Final = 2
"""Seconds that postgrey has a sender wait."""

FULL: Final = "552 5.2.2 The mailbox is full"

QUOTA_STATUS: Final[Mapping[str, str]] = {
    "2.3": f"""\
mail_plugins = quota
service quota-status {{
  executable = quota-status -p postfix
  client_limit = 1
  unix_listener quota-status {{
    mode = 0666
  }}
}}
plugin {{
  quota_status_success = DUNNO
  quota_status_nouser = DUNNO
  quota_status_overquota = "{FULL}"
}}
""",
    "2.4": f"""\
mail_plugins {{
  quota = yes
}}
service quota-status {{
  executable = quota-status -p postfix
  client_limit = 1
  unix_listener quota-status {{
    mode = 0666
  }}
}}
quota_status_success = DUNNO
quota_status_nouser = DUNNO
quota_status_overquota = {FULL}
""",
}
"""How each version of Dovecot is told to answer Postfix about quotas."""

MAILBOX: Final = """\
From somebody@here.test Mon Nov 30 00:00:00 2026
From: somebody@here.test
Subject: more than ten octets

This mailbox holds ten octets.
"""


@contextmanager
def mailboxes(root: Path) -> Iterator[dovecot.Dovecot]:
    """Run Dovecot with one mailbox that is full; it answers about quotas and passwords."""
    with dovecot.running(root, lambda version: QUOTA_STATUS[version]) as server:
        inbox = server.log.parent / "mail" / dovecot.FULL / "inbox"
        inbox.parent.mkdir(parents=True)
        inbox.write_text(MAILBOX)
        for path in (inbox.parent, inbox):
            shutil.chown(path, "dovecot", "dovecot")
        yield server


QUESTION: Final = f"request=smtpd_access_policy\nrecipient={dovecot.FULL}@there.test\n\n"

IN_ITS_PLACE: Final = f"""\
action=DUNNO
while IFS= read -r line; do
    case $line in
    recipient={dovecot.FULL}@*) action='{FULL}' ;;
    '') printf 'action=%s\\n\\n' "$action"; action=DUNNO ;;
    esac
done
"""
"""Answers as Dovecot 2.3 does; 2.4.1 answers each question with an empty action."""


@contextmanager
def quotas(server: dovecot.Dovecot) -> Iterator[Path]:
    """Yield the socket at which Postfix asks about quotas: Dovecot's own, if that is of use."""
    own = server.auth_socket.with_name("quota-status")
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(60)
        probe.connect(str(own))
        probe.sendall(QUESTION.encode())
        if FULL.encode() in probe.recv(1 << 10):
            yield own
            return
    with lab.home("quotas") as home:
        path = home / "socket"
        with lab.daemon(
            [sys.executable, spawn.__file__, path, "sh", "-c", IN_ITS_PLACE],
            ready=path.exists,
            folder=home,
            env=unpacked.environment([]),
        ):
            yield path


def answers(path: Path) -> bool:
    """Return whether somebody listens on a UNIX socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(str(path))
    return True


@contextmanager
def postgrey(root: Path, text: str) -> Iterator[Path]:
    """Run postgrey, which says a text, until the block ends; yields its socket."""
    with lab.home("postgrey") as home:
        path = home / "socket"
        modules = unpacked.perl_modules(root)["PERL5LIB"].split(":")
        with lab.daemon(
            [
                # it runs in taint mode, which ignores PERL5LIB
                *("perl", "-T", *(f"-I{folder}" for folder in modules)),
                root / "usr/sbin/postgrey",
                *(f"--unix={path}", f"--dbdir={home}", f"--delay={GREYLISTED_FOR}"),
                *("--user=root", "--group=root", "--auto-whitelist-clients=0"),
                f"--greylist-text={text}",
                f"--whitelist-clients={home / 'none'}",
                f"--whitelist-recipients={home / 'none'}",
            ],
            ready=lambda: answers(path),
            folder=home,
            env=unpacked.environment(unpacked.libraries(root)),
        ):
            path.chmod(stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
            yield path


SPF_CONFIGURATION: Final = """\
debugLevel = 0
TestOnly = 1
HELO_reject = Fail
Mail_From_reject = Fail
PermError_reject = True
TempError_Defer = False
skip_addresses = 127.0.0.0/8
Hide_Receiver = No
"""


@contextmanager
def policyd_spf(root: Path, network: Network) -> Iterator[Path]:
    """Run policyd-spf for each client of a socket until the block ends; yields the socket."""
    with lab.home("policyd-spf") as home:
        path, configuration = home / "socket", home / "policyd-spf.conf"
        configuration.write_text(SPF_CONFIGURATION)
        script = root / "usr/bin/policyd-spf"
        modules = {"PYTHONPATH": str(root / "usr/lib/python3/dist-packages")}
        with lab.daemon(
            [
                sys.executable,
                spawn.__file__,
                path,
                *(sys.executable, "-W", "ignore", str(script), str(configuration)),
            ],
            ready=path.exists,
            folder=home,
            env=unpacked.environment([]) | modules,
            network=network,
        ):
            yield path
