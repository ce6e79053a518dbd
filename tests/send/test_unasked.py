"""Replies that nobody asked for: told, and kept in bounded memory however many there are."""

from __future__ import annotations

from smtpprobe.sandbox.faults import Flood, Hang, Hear, Say, StartTls
from smtpprobe.send.unasked import MOST
from tests.net.stage import server_side, trusted_file
from tests.send.delivering import BYE, DELIVERED, GREETING, deliver, ehlo, given, to, told

STRAYS = 5000


async def test_of_a_flood_in_the_middle_of_a_message_few_are_kept_and_all_are_counted() -> None:
    server = [
        *told(*DELIVERED[:3])[:-1],
        Flood(b"250 2.0.0 not yet\r\n", STRAYS),
        *(Hear(b".\r\n"), Say(b"250 2.0.0 queued as X1\r\n"), Hear(b"QUIT"), Say(BYE), Hang()),
    ]
    ran = await deliver(given(*to("a@b.example"), "--body", "x" * 200), server)
    strays = [note for note in ran.report.notes if "unsolicited" in note]
    assert len(strays) == MOST + 1
    assert strays[-2].endswith("more unsolicited replies, before the latest")


async def test_plaintext_behind_the_220_to_starttls_is_noted(tmp_path: object) -> None:
    surplus = Say(b"220 go\r\n550 5.7.1 no\r\n")
    inside = told(*DELIVERED)[1:]
    server = [
        *(GREETING, Hear(b"EHLO"), ehlo("STARTTLS"), Hear(b"STARTTLS"), surplus),
        *(StartTls(server_side("localhost")), *inside),
    ]
    ca_file = trusted_file(tmp_path)  # type: ignore[arg-type]
    ran = await deliver(given(*to("a@b.example")), server, ca_file=ca_file)
    assert ran.results == [("a@b.example", "accepted")]
    assert "14 octets came in plaintext after the 220 to STARTTLS: not taken as an answer" in (
        ran.report.notes
    )
