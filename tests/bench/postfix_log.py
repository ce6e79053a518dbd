"""A Postfix log as a busy server writes it, generated: every run gives the same octets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

HOSTS: Final = 40_000
"""How many servers mail goes to."""

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

REFUSALS: Final = (
    (("550-5.1.1 The email account that you tried to reach does not exist. Please try"
     " 550-5.1.1 double-checking the recipient's email address for typos or 550-5.1.1 unnecessary"
     " spaces. For more information, go to 550 5.1.1"
     " https://support.example.com/mail/?p=NoSuchUser {tag} - gsmtp"), "RCPT TO", "5.1.1"),
    ("550 5.1.1 <{to}>: Recipient address rejected: User unknown in virtual mailbox table",
     "RCPT TO", "5.1.1"),
    (("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {to} not found by SMTP address lookup"
     " [{tag}.prod.protection.example.com 2024-05-01T10:00:00.000Z 08DC{tag}]"), "RCPT TO",
     "5.1.10"),
    ("552 5.2.2 <{to}>: Recipient address rejected: Mailbox full", "RCPT TO", "5.2.2"),
    (("554 5.7.1 Service unavailable; Client host [{ip}] blocked using zen.spamhaus.org;"
     " https://www.spamhaus.org/query/ip/{ip}"), "RCPT TO", "5.7.1"),
    (("550 5.7.26 Unauthenticated email from lists.example.org is not accepted due to domain's"
     " DMARC policy. {tag}"), "end of DATA", "5.7.26"),
)  # fmt: skip
DELAYS: Final = (
    (("450 4.2.0 <{to}>: Recipient address rejected: Greylisted, see"
     " http://postgrey.schweikert.ch/help/{domain}.html"), "RCPT TO", "4.2.0"),
    (("421 4.7.0 [TSS04] Messages from {ip} temporarily deferred due to unexpected volume or user"
     " complaints - 4.16.55.1; see https://postmaster.example.com/error-codes"), "MAIL FROM",
     "4.7.0"),
    ("452 4.2.2 The email account that you tried to reach is over quota. {tag} - gsmtp",
     "RCPT TO", "4.2.2"),
    ("451 4.3.0 Temporary lookup failure {tag}", "RCPT TO", "4.3.0"),
)  # fmt: skip
SENT: Final = (
    "250 2.0.0 Ok: queued as {tag}",
    "250 2.0.0 OK  17145{number} {tag}-{tag}si{number}.123 - gsmtp",
    (
        "250 2.6.0 <{tag}@{domain}> [InternalId={number}, Hostname={tag}.namprd.example.com]"
        " 12345 bytes in 0.101, 118.602 KB/sec Queued mail for delivery"
    ),
    "250 OK id=1s{number}-{tag}",
)
REJECTS: Final = (
    "554 5.7.1 <{to}>: Relay access denied",
    (
        "554 5.7.1 Service unavailable; Client host [{ip}] blocked using bl.example.org;"
        " listed, see http://bl.example.org/?{ip}"
    ),
    "450 4.7.25 Client host rejected: cannot find your hostname, [{ip}]",
    "550 5.1.1 <{to}>: Recipient address rejected: User unknown in local recipient table",
    "450 4.1.8 <{sender}>: Sender address rejected: Domain not found",
)


class Writer:
    """Makes the lines; one `random` decides everything."""

    def __init__(self) -> None:
        self._random = random.Random(821)
        self._seconds = 0

    def lines(self) -> Iterator[str]:
        """Yield lines without end: half of them hold a reply."""
        while True:
            yield from self._rejected() if self._random.random() < 0.2 else self._message()

    def _values(self) -> dict[str, str]:
        roll = self._random.randrange
        host = int(HOSTS * self._random.random() ** 3)
        domain = f"d{host}.example.{('net', 'org', 'com')[host % 3]}"
        local = f"{('info', 'sales', 'anna', 'bob', 'office')[roll(5)]}.{roll(10**6)}"
        return {
            "domain": domain,
            "to": f"{local}@{domain}",
            "sender": f"news-{roll(10**5)}@lists.example.org",
            "host": f"mx{roll(3)}.{domain}",
            "ip": f"198.51.{roll(256)}.{roll(256)}",
            "tag": f"{roll(16**10):010X}",
            "number": f"{roll(10**6)}",
        }

    def _stamp(self, program: str) -> str:
        self._seconds += self._random.random() < 0.1
        days, rest = divmod(self._seconds, 86400)
        month = MONTHS[days // 28 % 12]
        clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
        process = self._random.randrange(1000, 99999)
        return f"{month} {days % 28 + 1:2} {clock} mail1 postfix/{program}[{process}]: "

    def _rejected(self) -> Iterator[str]:
        values = self._values()
        client = f"unknown[{values['ip']}]"
        reply = self._random.choice(REJECTS).format(**values)
        if self._random.random() < 0.5:
            yield self._stamp("smtpd") + f"connect from {client}"
        yield self._stamp("smtpd") + (
            f"NOQUEUE: reject: RCPT from {client}: {reply}; from=<{values['sender']}>"
            f" to=<{values['to']}> proto=ESMTP helo=<{values['host']}>"
        )
        if self._random.random() < 0.5:
            yield self._stamp("smtpd") + (
                f"disconnect from {client} ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4"
            )

    def _message(self) -> Iterator[str]:
        values = self._values()
        queued = f"{self._random.randrange(16**11):011X}"
        yield self._stamp("smtpd") + f"connect from client.example.org[{values['ip']}]"
        yield self._stamp("smtpd") + f"{queued}: client=client.example.org[{values['ip']}]"
        yield self._stamp("cleanup") + f"{queued}: message-id=<{values['tag']}@lists.example.org>"
        recipients = self._random.randrange(1, 12)
        yield self._stamp("qmgr") + (
            f"{queued}: from=<{values['sender']}>, size={values['number']},"
            f" nrcpt={recipients} (queue active)"
        )
        for _ in range(recipients):
            yield self._delivery(queued, self._values())
        yield self._stamp("smtpd") + (
            f"disconnect from client.example.org[{values['ip']}] ehlo=1 mail=1 rcpt=1 data=1"
            " quit=1 commands=5"
        )
        yield self._stamp("qmgr") + f"{queued}: removed"

    def _delivery(self, queued: str, values: dict[str, str]) -> str:
        peer = f"{values['host']}[{values['ip']}]"
        roll = self._random.random()
        if roll < 0.7:
            status, dsn = "sent", "2.0.0"
            reason = self._random.choice(SENT).format(**values)
        else:
            table = REFUSALS if roll < 0.82 else DELAYS
            reply, stage, dsn = self._random.choice(table)
            status = "bounced" if table is REFUSALS else "deferred"
            reason = f"host {peer} said: {reply.format(**values)} (in reply to {stage} command)"
        delays = f"0.{self._random.randrange(100):02}"
        return self._stamp("smtp") + (
            f"{queued}: to=<{values['to']}>, relay={peer}:25, delay=1{delays[1:]},"
            f" delays={delays}/0.01/0.5/0.4, dsn={dsn}, status={status} ({reason})"
        )


def write(path: Path, octets: int) -> int:
    """Write a log of about so many octets; return the number of its lines."""
    count = 0
    written = 0
    with path.open("w", encoding="ascii") as file:
        for line in Writer().lines():
            written += file.write(line + "\n")
            count += 1
            if written >= octets:
                break
    return count
