"""What 2yz and 3yz replies mean as the answer to each command.

Keys are codes; 2 and 3 stand for any other code of that class. Rows without steps get those that
the state calls for.
"""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Blame, Cause
from smtpprobe.knowledge.rules import conditions as when
from smtpprobe.knowledge.rules.situation import Condition, Row
from smtpprobe.protocol.verbs import Context

_OK, _MORE = Cause.ACCEPTED, Cause.INTERMEDIATE


def _ok(
    title: str, meaning: str, source: str, steps: str = "", note: str = "",
    *,
    when: Condition | None = None,
) -> Row:  # fmt: skip
    return Row(title, meaning, _OK, steps, source, note=note, when=when)


def _more(title: str, meaning: str, source: str, steps: str, note: str = "") -> Row:
    return Row(title, meaning, _MORE, steps, source, note=note)


_PRDR = _more(
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
    _ok(
        "Null sender accepted",
        "null sender accepted for now: the message will count as a bounce",
        "RFC 5321 4.5.5",
        when=when.null_sender,
    ),
    _ok(
        "Sender accepted",
        "sender accepted for now; many servers check it only at RCPT",
        "RFC 5321 3.3, 4.1.1.2",
    ),
)
_RCPT_OK = (
    _ok(
        "Recipient accepted",
        "recipient accepted for now; no proof that the mailbox exists",
        "RFC 5321 3.3, 4.1.1.3",
    ),
)
_HELP_OK = (
    _ok("Help", "help, for people; many servers list their commands here", "RFC 5321 4.1.1.8"),
)

SUCCESS_ROWS: dict[Context, dict[int, tuple[Row, ...]]] = {
    Context.HELO: {
        2: (
            _ok(
                "Hello accepted",
                "hello accepted without extensions: no SIZE, no 8BITMIME, no AUTH, no STARTTLS",
                "RFC 5321 4.1.1.1",
            ),
        ),
    },
    Context.STARTTLS: {
        220: (
            _ok(
                "TLS begins",
                "TLS may begin, but none follows: the line was sent as it stands",
                "RFC 3207 4",
                ":tls on; :close",
                when=when.sent_exactly,
            ),
            _ok(
                "TLS begins",
                "not a greeting: the TLS handshake starts now",
                "RFC 3207 4",
                "EHLO again after the handshake",
            ),
        ),
        2: (
            _ok(
                "No TLS",
                "not 220: no handshake follows",
                "RFC 3207 4",
                "STARTTLS again; QUIT",
                note="the answer to STARTTLS that begins TLS is 220 alone",
            ),
        ),
    },
    Context.AUTH: {
        2: (_ok("Logged in", "logged in with {mechanism}", "RFC 4954 4, 6"),),
    },
    Context.AUTH_STEP: {
        2: (_ok("Logged in", "logged in with {mechanism}", "RFC 4954 4, 6"),),
    },
    Context.MAIL: {
        2: _MAIL_OK,
        355: (
            _more(
                "Restart",
                "go on with the message at the octet it names (checkpoint/restart, obsolete)",
                "RFC 1845 4",
                "RCPT TO:<user@domain>",
            ),
        ),
    },
    Context.RCPT: {
        251: (
            _ok(
                "Will forward",
                "accepted: not a user of this server, it will forward the message",
                "RFC 5321 3.4",
            ),
        ),
        252: (
            _ok("Accepted unchecked", "accepted without a check of the mailbox", "RFC 5321 3.5.3"),
        ),
        2: _RCPT_OK,
    },
    Context.DATA: {
        354: (
            _more(
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
            _more(
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
            _ok(
                "Chunk taken",
                "chunk taken; the message is not finished before a BDAT with LAST",
                "RFC 3030 2",
                "BDAT <octets> LAST; RSET",
            ),
        ),
    },
    Context.BURL: {
        2: (_ok("Fetched", "the server fetched the message from the URL", "RFC 4468 3.3"),),
    },
    Context.RSET: {
        2: (
            _ok(
                "Envelope cleared", "envelope cleared; EHLO, login and TLS stay", "RFC 5321 4.1.1.5"
            ),
        ),
    },
    Context.NOOP: {
        2: (_ok("Alive", "the server is there; nothing has changed", "RFC 5321 4.1.1.9"),),
    },
    Context.HELP: {2: _HELP_OK},
    Context.VRFY: {
        250: (_ok("Verified", "the server says that the address exists", "RFC 5321 3.5.1"),),
        251: (
            _ok(
                "Will forward",
                "the address belongs elsewhere; the server would forward to it",
                "RFC 5321 3.4, 3.5.3",
            ),
        ),
        252: (
            _ok(
                "Not verified",
                "the server will not say whether the address exists",
                "RFC 5321 3.5.3",
                "no proof either way; RCPT in a transaction says more",
            ),
        ),
        2: (_ok("Verified", "the server has no objection to the address", "RFC 5321 3.5.3"),),
    },
    Context.EXPN: {
        250: (_ok("List shown", "the members of the list", "RFC 5321 3.5.1"),),
        252: (_ok("List not shown", "the server will not show the members", "RFC 5321 3.5.3"),),
        2: (_ok("List shown", "the server answers for the list", "RFC 5321 3.5.3"),),
    },
    Context.ETRN: {
        250: (
            _ok("Queue run begins", "the server begins a queue run for that node", "RFC 1985 5.3"),
        ),
        251: (
            _ok(
                "Nothing waits",
                "the queue for that node is empty",
                "RFC 1985 5.3",
                "nothing to do",
                note="after RCPT, 251 means that the server will forward",
            ),
        ),
        252: (
            _ok(
                "Queue run begins",
                "the server begins to send what waits for that node",
                "RFC 1985 5.3",
            ),
        ),
        253: (
            _ok(
                "Queue run begins",
                "the server begins to send what waits; its text counts the messages",
                "RFC 1985 5.3",
            ),
        ),
        2: (_ok("Queue run", "accepted, by its first digit", "RFC 1985 5.3"),),
    },
    Context.ATRN: {
        2: (
            _ok(
                "Roles reversed",
                "the roles are reversed: now the server speaks first and you answer",
                "RFC 2645 5.2.1",
                "wait for its EHLO, answer 250; :close",
            ),
        ),
    },
    Context.TURN: {
        2: (
            _ok(
                "Roles reversed",
                "the roles are reversed: now the server speaks first and you answer",
                "RFC 821 3.8",
                "wait for its HELO, answer 250; :close",
            ),
        ),
    },
    Context.XCLIENT: {
        220: (
            _ok(
                "Session restarts",
                "the session begins anew as the client you named",
                "Postfix XCLIENT_README",
                "EHLO {client}",
            ),
        ),
        2: (_ok("Attributes taken", "attributes taken", "Postfix XCLIENT_README"),),
    },
    Context.XFORWARD: {
        2: (
            _ok(
                "Attributes taken",
                "attributes taken for the server's log",
                "Postfix XFORWARD_README",
            ),
        ),
    },
    Context.SEND: {
        2: (_ok("Sender accepted", "accepted, though SEND is obsolete", "RFC 821 3.4"),)
    },
    Context.SOML: {
        2: (_ok("Sender accepted", "accepted, though SOML is obsolete", "RFC 821 3.4"),)
    },
    Context.SAML: {
        2: (_ok("Sender accepted", "accepted, though SAML is obsolete", "RFC 821 3.4"),)
    },
    Context.UNKNOWN: {
        211: (_ok("Status", "status or help, for people", "RFC 5321 4.2.3"),),
        214: (_ok("Help", "help, for people", "RFC 5321 4.2.3"),),
        2: (
            _ok(
                "Accepted",
                "accepted; what {verb} does there, only this server knows",
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
        _ok(
            "Accepted",
            "accepted, by its first digit; {code} is not usual here",
            "RFC 5321 4.2.1, 4.3.2",
        ),
    ),
}
"""What a 2yz or 3yz reply means where no row of its command has it."""
