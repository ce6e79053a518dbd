"""What no real server of the lab says: a firewall in between, a tarpit, silence, overload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from smtpprobe.sandbox.faults import Hang, Pause, Say, Script, Step, Talk
from tests.why.lab import places

OVERLOADED: Final = b"421 4.3.2 mx.there.test System too busy, try again later\r\n"


@dataclass(frozen=True, slots=True)
class Answer(Step):
    """Answer each line by its verb, until QUIT; other verbs get 502."""

    by_verb: Mapping[bytes, bytes]

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        verb = b""
        while verb != b"QUIT":
            verb = (await talk.line())[:4].upper()
            await talk.send(self.by_verb.get(verb, b"502 5.5.2 Error: command not recognized\r\n"))


THROUGH_A_FIREWALL: Final = {
    b"EHLO": (
        b"250-mx.there.test\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-XXXXXXXA\r\n"
        b"250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n"
    ),
    b"HELO": b"250 mx.there.test\r\n",
    b"STAR": b'500 5.5.1 Command unrecognized: "XXXXXXXX"\r\n',
    b"MAIL": b"250 2.1.0 Ok\r\n",
    b"RCPT": b"250 2.1.5 Ok\r\n",
    b"RSET": b"250 2.0.0 Ok\r\n",
    b"NOOP": b"250 2.0.0 Ok\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}
"""What Cisco's inspection of ESMTP leaves of the replies of a server that offers STARTTLS."""

OLD: Final = {
    verb: reply for verb, reply in THROUGH_A_FIREWALL.items() if verb not in {b"EHLO", b"STAR"}
}
"""A server of RFC 821, which knows HELO alone."""

NO_SERVICE: Final = b"554 mx.there.test ESMTP not accepting messages\r\n"

UNWILLING: Final = {b"QUIT": b"221 2.0.0 mx.there.test closing connection\r\n"}

SAYING: Final = Say(b"220 mx.there.test ESMTP\r\n")

COMPLAINTS: Final = (
    b"421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or "
    b"user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes\r\n"
)

OWN_LIST: Final = (
    b"550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your "
    b"Internet service provider since part of their network is on our block list (S3140). "
    b"[AM7EUR06FT034.eop-eur06.prod.protection.outlook.com]\r\n"
)

PLAINLY: Final = {**THROUGH_A_FIREWALL, b"EHLO": b"250 mx.there.test\r\n"}

STARRED: Final = Say(b"220 ***************************************************\r\n")

TLS_WANTED: Final = b"530 5.7.0 Must issue a STARTTLS command first\r\n"

SCRIPTS: Final[Mapping[int, Sequence[Script]]] = {
    places.OVERLOADED: [[Say(OVERLOADED)]],
    places.MUTE: [[Hang()]],
    places.TARPIT: [[Say(b"220-one moment, please\r\n"), Pause(1.0)] * 600],
    places.MIDDLEBOX: [[STARRED, Answer(THROUGH_A_FIREWALL)]],
    places.NO_SERVICE: [[Say(NO_SERVICE), Answer(UNWILLING)]],
    places.WEB: [[Say(b"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n")]],
    places.DEFERRING: [[SAYING, Answer({**PLAINLY, b"MAIL": COMPLAINTS})]],
    places.LISTING: [[SAYING, Answer({**PLAINLY, b"MAIL": OWN_LIST})]],
    places.HELO_ONLY: [[Say(b"220 mx.there.test SMTP\r\n"), Answer(OLD)]],
    places.MIDDLEBOX_TLS: [
        [STARRED, Answer({**THROUGH_A_FIREWALL, b"MAIL": TLS_WANTED, b"RCPT": TLS_WANTED})]
    ],
}
"""What is said at the address of a number."""
