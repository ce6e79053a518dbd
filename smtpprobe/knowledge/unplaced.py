"""Replies whose command nobody recorded: what their code and text can mean, and no more."""

from __future__ import annotations

from smtpprobe.knowledge.causes import Blame, Cause
from smtpprobe.knowledge.code_table import CODES
from smtpprobe.knowledge.finding import Finding, Row, Situation
from smtpprobe.knowledge.greeting import greeting_meaning, protocol
from smtpprobe.knowledge.queue_id import queue_id
from smtpprobe.knowledge.success_table import STRAY_ROWS
from smtpprobe.knowledge.wording import clip, plain
from smtpprobe.protocol.extensions import parse_extensions

UNPLACED: dict[int, Row] = {
    220: Row(
        "Ready",
        "ready: a greeting, or the word to begin TLS",
        Cause.ACCEPTED,
        "EHLO, if it is the greeting; the handshake, if it answers STARTTLS",
        "RFC 5321 4.2.3, RFC 3207 4",
    ),
    250: Row(
        "Done", "done: the command succeeded", Cause.ACCEPTED, "go on with the next command",
        "RFC 5321 4.2.3",
    ),
    251: Row(
        "Will forward",
        "RCPT: accepted, to be forwarded; ETRN: nothing is waiting",
        Cause.ACCEPTED,
        "DATA, or another RCPT",
        "RFC 5321 3.4, RFC 1985 5.3",
    ),
    252: Row(
        "Not verified",
        "VRFY: the server will not say whether it exists; ETRN: the queue run begins",
        Cause.ACCEPTED,
        "RCPT tells more than VRFY",
        "RFC 5321 3.5.3, RFC 1985 5.3",
    ),
    354: Row(
        "Send the message",
        'send the message, ended by a line with only "."',
        Cause.INTERMEDIATE,
        'headers, an empty line, text, then a line with only "."',
        "RFC 5321 4.1.1.4",
    ),
    452: Row(
        "Limit or no room",
        "no room, or a limit: at RCPT, too many recipients; class 4: temporary",
        Cause.UNKNOWN,
        "the same again later; at RCPT: the rest in a new MAIL",
        "RFC 5321 4.2.3, 4.5.3.1.10",
    ),
    454: Row(
        "Not available now",
        "not available now: TLS after STARTTLS, logins after AUTH, else relaying",
        Cause.UNKNOWN,
        "look which command it answers; the same again later",
        "RFC 3207 4, RFC 4954 6",
    ),
    552: Row(
        "Limit exceeded",
        "over a limit: size, the mailbox's room, or recipients; the text may say which",
        Cause.UNKNOWN,
        "read its text; a smaller message",
        "RFC 5321 4.2.3, RFC 1870 6",
    ),
    551: Row(
        "Recipient elsewhere",
        "the recipient is not here; the text may say where; without that a refusal",
        Cause.UNKNOWN,
        "RCPT with the address it names, if any",
        "RFC 5321 3.4",
    ),
}  # fmt: skip
"""Codes whose general row would claim too much, or too little, when the command is not known."""

_BY_ITSELF = "read its text"


def read_unplaced(situation: Situation) -> Finding:
    """Return the finding for a 2yz or 3yz reply whose command is not known."""
    code, words = situation.code or 0, situation.exchange.reply.words
    if code == 220 and protocol(words):
        row = Row("Greeting", greeting_meaning(words), Cause.GREETING, "EHLO {client}",
                  "RFC 5321 3.1")  # fmt: skip
        return Finding(row)
    if code == 250 and (known := queue_id(words)):
        return Finding(_taken(known))
    if code == 250 and "STARTTLS" in parse_extensions(situation.exchange.reply):
        return Finding(_HELLO)
    row = UNPLACED.get(code) or (CODES[code].row if code in CODES else _by_digit(situation))
    return Finding(row if row.steps else row._replace(steps=_BY_ITSELF))


def _taken(known: str) -> Row:
    meaning = clip(f"accepted: the message is the server's responsibility; queue id {plain(known)}")
    return Row("Message accepted", meaning.replace("{", "(").replace("}", ")"), Cause.ACCEPTED,
               "keep the id: their postmaster can find the message by it",
               "RFC 5321 4.2.5")  # fmt: skip


_HELLO = Row(
    "Hello accepted", "hello accepted, with STARTTLS on offer", Cause.ACCEPTED,
    "STARTTLS; MAIL FROM:<you@domain>", "RFC 5321 4.1.1.1, RFC 3207 2", blame=Blame.NOBODY,
)  # fmt: skip


def _by_digit(situation: Situation) -> Row:
    if situation.klass == 3:
        row = STRAY_ROWS[3][0]
        return row._replace(meaning="the server waits for more, by its first digit")
    row = STRAY_ROWS[2][0]
    return row._replace(meaning="accepted, by its first digit; {code} is no standard code")
