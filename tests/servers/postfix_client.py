"""A real Postfix that sends mail into the lab, at each of its security levels.

The first part of an address is the level at which mail for it goes: `secure@example.org`.
"""

from __future__ import annotations

import re
import smtplib
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.servers import lab, postfix
from tests.servers.network import Network

PATIENCE: Final = 240.0  # seconds: a loaded machine queues 150 messages slowly
LEVELS: Final = ("may", "encrypt", "dane", "verify", "secure")

MASTER: Final = "127.0.0.1:{port} inet n - n - - smtpd\n"

SENDER: Final = """\
at-{level} unix - - n - - smtp
    -o syslog_name=postfix/{level} -o smtp_tls_security_level={level}
"""

MAIN: Final = """
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions =
transport_maps = regexp:{levels}
smtp_dns_support_level = dnssec
smtp_tls_CAfile = {ca_file}
smtp_tls_loglevel = 1
minimal_backoff_time = 1s
queue_run_delay = 1s
smtp_connect_timeout = 60s
smtp_starttls_timeout = 60s
smtp_helo_timeout = 60s
smtp_mail_timeout = 60s
smtp_rcpt_timeout = 60s
smtp_quit_timeout = 1s
"""

ENDED: Final = re.compile(r"postfix/(\w+)/\w+\[\d+\]: \w+: to=<\w+@([^>]+)>,.* status=(.*)")
SECURED: Final = re.compile(r"postfix/(\w+)/smtp\[(\d+)\]: (\w+) TLS connection established to")


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message: how its last connection was secured, and what the log says last.

    `status` is in Postfix's words, `tls` empty where the message, or its refusal, went in clear.
    """

    tls: str
    status: str

    def final(self, level: str) -> bool:
        """Whether no more is to come: at `may` a failed handshake is followed by clear text.

        That is in the second attempt, when a message has waited for minimal_backoff_time.
        """
        return self.reached or level != "may"

    @property
    def reached(self) -> bool:
        """Whether the server was asked to take the message: it took or refused it itself."""
        return " said: " in self.status or self.status.startswith("sent")


@dataclass(frozen=True, slots=True)
class Client:
    """The running Postfix; what it logs is read."""

    network: Network
    port: int
    log: Path

    def send(self, domains: Iterable[str]) -> Mapping[tuple[str, str], Sent]:
        """Send mail to domains at every level; return what became of it by domain and level."""
        wanted = {(domain, level) for domain in domains for level in LEVELS}
        with (
            self.network.inside(),
            smtplib.SMTP("127.0.0.1", self.port, timeout=PATIENCE) as client,
        ):
            for domain, level in sorted(wanted):
                client.sendmail("probe@lab.test", f"{level}@{domain}", "Subject: probe\n\n.\n")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = outcomes(self.log.read_text(errors="replace"))
            in_doubt = {key for key in wanted if not (key in found and found[key].final(key[1]))}
            if not in_doubt:
                return found
            time.sleep(0.1)
        raise TimeoutError(f"no outcome for {sorted(in_doubt)}")


def outcomes(log: str) -> dict[tuple[str, str], Sent]:
    """Return what a log says of messages, by domain and level."""
    found: dict[tuple[str, str], Sent] = {}
    secured: dict[str, str] = {}
    for line in log.splitlines():
        process = re.search(r"/smtp\[(\d+)\]:", line)
        pid = process[1] if process else ""
        if established := SECURED.search(line):
            secured[pid] = established[3]
        elif "Cannot start TLS" in line or "SSL_connect error" in line:
            secured.pop(pid, None)
        if ended := ENDED.search(line):
            found[ended[2], ended[1]] = Sent(secured.pop(pid, ""), ended[3])
    return found


@contextmanager
def running(root: Path, ca_file: Path, network: Network) -> Iterator[Client]:
    """Run it in a network until the block ends."""
    with lab.home("sender") as home:
        (port,) = lab.free_ports(1)
        master = MASTER.format(port=port) + "".join(SENDER.format(level=level) for level in LEVELS)
        levels = home / "conf" / "levels"
        postfix.write_configuration(
            root,
            home,
            master,
            interfaces="127.0.0.1",
            protocols="all",
            more=MAIN.format(levels=levels, ca_file=ca_file),
        )
        levels.write_text("".join(f"/^{level}@/ at-{level}:\n" for level in LEVELS))
        postfix.age(levels)
        log = home / "mail.log"

        def ready() -> bool:
            return lab.first_line(port).startswith(b"220 ")

        with postfix.started(root, home, ready, network):
            yield Client(network, port, log)
