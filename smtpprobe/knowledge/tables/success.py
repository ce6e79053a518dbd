"""What 2yz and 3yz replies mean as the answer to each command.

Keys are codes; 2 and 3 cover any other code of that class. Rows without steps get those that
the state calls for.
"""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Blame, Cause
from smtpprobe.knowledge.rules import conditions as when
from smtpprobe.knowledge.rules.situation import Row, Rows
from smtpprobe.knowledge.tables.other_commands import OTHER_COMMANDS
from smtpprobe.knowledge.tables.row_kinds import more, ok
from smtpprobe.protocol.verbs import Context

_PRDR = more(
    "Recipient by recipient",
    "one reply for each recipient follows (PRDR)",
    "Exim, PRDR replies of its SMTP server",
    "wait for the replies, one for each recipient",
)
_STRAY_354 = Row(
    "Message text wanted",
    "the server seems to expect message text, which nobody offered",
    Cause.PROTOCOL_VIOLATION,
    ":close",
    "RFC 5321 4.3.2",
    blame=Blame.THEIR_SERVER,
)
_STRAY_3 = Row(
    "More input wanted",
    "the server waits for more, which {verb} does not provide for",
    Cause.INTERMEDIATE,
    "read its text; :close",
    "RFC 5321 4.2.1, 4.3.2",
)

_MAIL_OK = (
    ok(
        "Null sender accepted",
        "null sender accepted for now: the message will count as a bounce",
        "RFC 5321 4.5.5",
        when=when.null_sender,
    ),
    ok(
        "Sender accepted",
        "sender accepted for now; many servers check it only at RCPT",
        "RFC 5321 3.3, 4.1.1.2",
    ),
)
_RCPT_OK = (
    ok(
        "Recipient accepted",
        "recipient accepted for now; no proof that the mailbox exists",
        "RFC 5321 3.3, 4.1.1.3",
    ),
)

SUCCESS_ROWS: dict[Context, Rows] = {
    Context.HELO: {
        2: (
            ok(
                "Hello accepted",
                "hello accepted without extensions: no SIZE, no 8BITMIME, no AUTH, no STARTTLS",
                "RFC 5321 4.1.1.1",
            ),
        ),
    },
    Context.STARTTLS: {
        220: (
            ok(
                "TLS begins",
                "TLS may begin, but no handshake follows: the line was sent verbatim",
                "RFC 3207 4",
                ":tls on; :close",
                when=when.sent_exactly,
            ),
            ok(
                "TLS begins",
                "not a greeting: the TLS handshake starts now",
                "RFC 3207 4",
                "{hello} again after the handshake",
            ),
        ),
        2: (
            ok(
                "No TLS",
                "not 220: no handshake follows",
                "RFC 3207 4",
                "STARTTLS again; QUIT",
                note="the answer to STARTTLS that begins TLS is 220 alone",
            ),
        ),
    },
    Context.AUTH: {
        2: (ok("Logged in", "logged in with {mechanism}", "RFC 4954 4, 6"),),
    },
    Context.AUTH_STEP: {
        2: (ok("Logged in", "logged in with {mechanism}", "RFC 4954 4, 6"),),
    },
    Context.MAIL: {
        2: _MAIL_OK,
        355: (
            more(
                "Restart",
                "continue the message at the octet it names (checkpoint/restart, obsolete)",
                "RFC 1845 4",
                "RCPT TO:<user@domain>",
            ),
        ),
    },
    Context.RCPT: {
        251: (
            ok(
                "Will forward",
                "accepted: not a user of this server, it will forward the message",
                "RFC 5321 3.4",
            ),
        ),
        252: (
            ok("Accepted unchecked", "accepted without a check of the mailbox", "RFC 5321 3.5.3"),
        ),
        2: _RCPT_OK,
    },
    Context.DATA: {
        354: (
            more(
                "Send the message",
                'send the message: headers, an empty line, text, then a line with only "."',
                "RFC 5321 4.1.1.4, 4.5.2",
                "",
                'a line that begins with "." gets a second one; the answer may take 10 minutes',
            ),
        ),
        2: (
            Row(
                "No 354",
                "not 354: the server does not wait for message text; send none",
                Cause.PROTOCOL_VIOLATION,
                "RSET; QUIT",
                "RFC 5321 4.1.1.4, 4.3.2",
                blame=Blame.THEIR_SERVER,
            ),
        ),
        3: (
            more(
                "Send the message",
                "by its first digit as 354: the server waits for the message",
                "RFC 5321 4.3.2",
                'the message, then a line with only "."',
            ),
        ),
    },
    Context.DATA_END: {353: (_PRDR,)},
    Context.BDAT_LAST: {353: (_PRDR,)},
    Context.BDAT: {
        2: (
            ok(
                "Chunk taken",
                "chunk accepted; the message is not complete before a BDAT with LAST",
                "RFC 3030 2",
                "BDAT <octets> LAST; RSET",
            ),
        ),
    },
    **{context: facts.accepted for context, facts in OTHER_COMMANDS.items() if facts.accepted},
    Context.UNKNOWN: {
        211: (ok("Status", "status or help text", "RFC 5321 4.2.3"),),
        214: (ok("Help", "help text", "RFC 5321 4.2.3"),),
        2: (
            ok(
                "Accepted",
                "accepted; what {verb} does is specific to this server",
                "RFC 5321 4.2.1, 4.1.5",
            ),
        ),
        3: (_STRAY_3,),
    },
}
"""By command; greetings, EHLO, challenges, the end of data and QUIT are read elsewhere."""

STRAY_ROWS: dict[int, tuple[Row, ...]] = {
    354: (_STRAY_354,),
    3: (_STRAY_3,),
    2: (
        ok(
            "Accepted",
            "accepted, by its first digit; {code} is not usual here",
            "RFC 5321 4.2.1, 4.3.2",
        ),
    ),
}
"""What a 2yz or 3yz reply means where no row of its command has it."""
