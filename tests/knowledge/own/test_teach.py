"""A row made from a reply is for every such reply."""

from __future__ import annotations

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.own.teach import row_text
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Received, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import START, advance


def test_a_taught_row_does_not_name_the_domain_of_one_recipient() -> None:
    state, _ = advance(START, Sent(0.0, read_line("RCPT TO:<jo@other.example>", Phase.RCPT)))
    raw = b"554 5.7.1 <jo@other.example>: Relay access denied\r\n"
    _, exchange = advance(state, Received(0.1, parse_reply(raw)))
    assert exchange is not None
    annotation = annotate(exchange)
    assert "other.example" in annotation.meaning
    row = row_text(exchange, annotation)
    assert "other.example" not in row
    assert "relay mail for that domain" in row
