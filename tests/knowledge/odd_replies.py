"""Replies out of form, or that contradict themselves, with the words each has to get."""

from __future__ import annotations

from typing import NamedTuple

EHLO = "EHLO me.example"
MAIL = "MAIL FROM:<a@b.example>"
RCPT = "RCPT TO:<c@d.example>"


class Odd(NamedTuple):
    """A reply that comes after `typed` (`connect`: the greeting, empty: nothing), and its remark.

    `as_text` tells that the words of a command line can hold it; `ended` that the server then
    closes.
    """

    name: str
    typed: str
    octets: bytes
    remark: str
    as_text: bool = True
    ended: bool = False


FIREWALL = "firewall's SMTP inspection"
OUTSIDE = "octets outside US-ASCII"
SEPARATOR = "the code is followed by neither space nor hyphen"
NO_CODE = "no reply code: read as a fatal error"
CHANGED = "one reply, several codes; clients differ in which they take"
CUT_OFF = "the connection ended in the middle of this reply"
CONTROL = "control characters, shown escaped"
BETWEEN = "the lines of one reply have different enhanced status codes"

ODD_REPLIES = (
    Odd("codes change, 5 to 2", RCPT, b"550-no\r\n250 yes\r\n", CHANGED),
    Odd("codes change, 2 to 5", RCPT, b"250-yes\r\n550 no\r\n", CHANGED),
    Odd("codes change within a class", MAIL, b"250-ok\r\n251 ok\r\n", CHANGED),
    Odd("cut off in a line", MAIL, b"250 o", CUT_OFF, as_text=False, ended=True),
    Odd("cut off between lines", MAIL, b"250-queued as 1\r\n", CUT_OFF, as_text=False, ended=True),
    Odd("bare LF", MAIL, b"250 ok\n", "a line ends with a bare LF", as_text=False),
    Odd("one bare LF of two ends", EHLO, b"250-mx\r\n250 HELP\n", "with a bare LF", as_text=False),
    Odd("bare CR", MAIL, b"250 a\rb\r\n", "bare CR inside a line", as_text=False),
    Odd("two CR", MAIL, b"250 ok\r\r\n", "bare CR inside a line", as_text=False),
    Odd("5,000 octets", MAIL, b"250 " + b"x" * 5000 + b"\r\n", "longer than SMTP allows"),
    Odd("in pieces", MAIL, b"250-" + b"x" * 70_000 + b"\r\n250 ok\r\n",
        "a part of a reply too long to hold", as_text=False),
    Odd("escapes", MAIL, b"250 \x1b[31mred\x1b[0m\r\n", CONTROL),
    Odd("NUL", MAIL, b"250 a\x00b\r\n", CONTROL, as_text=False),
    Odd("DEL", MAIL, b"250 a\x7fb\r\n", CONTROL),
    Odd("Latin-1", RCPT, b"550 inconnu \xe0 cet h\xf4te\r\n", OUTSIDE),
    Odd("UTF-8", RCPT, "550 Empfänger unbekannt\r\n".encode(), OUTSIDE),
    Odd("right to left", MAIL, "250 \u202eko\r\n".encode(), OUTSIDE),
    Odd("no space", MAIL, b"250ok\r\n", SEPARATOR),
    Odd("TAB", MAIL, b"250\tok\r\n", SEPARATOR),
    Odd("colon", MAIL, b"250: ok\r\n", SEPARATOR),
    Odd("000", MAIL, b"000 hello\r\n", "000 is not an SMTP code: read as a fatal error"),
    Odd("100", MAIL, b"150 wait\r\n", "150 is not an SMTP code: read as a fatal error"),
    Odd("600", MAIL, b"600 no\r\n", "600 is not an SMTP code: read as a fatal error"),
    Odd("999", MAIL, b"999 no\r\n", "999 is not an SMTP code: read as a fatal error"),
    Odd("two digits", MAIL, b"25 ok\r\n", NO_CODE, as_text=False),
    Odd("four digits", MAIL, b"2500 ok\r\n", NO_CODE),
    Odd("no digits", MAIL, b"OK\r\n", NO_CODE, as_text=False),
    Odd("an empty line", MAIL, b"\r\n", NO_CODE, as_text=False),
    Odd("a blank first", MAIL, b" 250 ok\r\n", NO_CODE, as_text=False),
    Odd("a byte order mark", MAIL, b"\xef\xbb\xbf250 ok\r\n", NO_CODE, as_text=False),
    Odd("a line without a code", EHLO, b"250-mx\r\nSIZE 1000\r\n250 HELP\r\n",
        "a line does not start with a reply code", as_text=False),
    Odd("another protocol", "connect", b"SSH-2.0-OpenSSH_9.2\r\n", "this is SSH, not SMTP",
        as_text=False),
    Odd("AUTH=", EHLO, b"250-mx\r\n250 AUTH=PLAIN LOGIN\r\n",
        "AUTH= is the form of old drafts; without AUTH beside it most clients see no login"),
    Odd("success and 5.x.x", MAIL, b"250 5.7.1 no\r\n",
        "250 says success, 5.7.1 says permanent; 250 counts"),
    Odd("success and 4.x.x", RCPT, b"250 4.2.1 later\r\n",
        "250 says success, 4.2.1 says temporary; 250 counts"),
    Odd("failure and 2.x.x", RCPT, b"550 2.1.5 ok\r\n",
        "550 says permanent, 2.1.5 says success; 550 counts"),
    Odd("temporary and permanent", RCPT, b"450 5.1.1 unknown\r\n",
        "450 says temporary, 5.1.1 says permanent; 450 decides retry"),
    Odd("permanent and temporary", RCPT, b"550 4.2.2 full\r\n",
        "550 says permanent, 4.2.2 says temporary; 550 decides retry"),
    Odd("several enhanced codes", RCPT, b"550-5.1.1 who\r\n550 5.7.1 no\r\n", BETWEEN),
    Odd("several enhanced codes of a success", MAIL, b"250-2.1.0 ok\r\n250 2.0.0 ok\r\n", BETWEEN),
    Odd("before any command", "", b"250 2.1.5 ok\r\n", "unsolicited: no command is pending",
        as_text=False),
    Odd("a goodbye instead", MAIL, b"221 2.0.0 bye\r\n", "no answer to the command", as_text=False),
    Odd("asterisks for a greeting", "connect",
        b"220 **************************************2******200*******0*00\r\n",
        "a greeting of asterisks: a firewall between you and the server rewrites SMTP"),
    Odd("few asterisks for a greeting", "connect", b"220 ****\r\n", "a greeting of asterisks"),
    Odd("STARTTLS masked", EHLO, b"250-mx\r\n250-SIZE 1000\r\n250 XXXXXXXA\r\n",
        f"XXXXXXXA: a keyword that a {FIREWALL} masks, as long as STARTTLS"),
    Odd("another keyword masked", EHLO, b"250-mx\r\n250-STARTTLS\r\n250 XXXB\r\n",
        f"XXXB: a keyword that a {FIREWALL} masks"),
    Odd("EHLO masked", EHLO, b'500 5.5.1 Command unrecognized: "XXXX me.example"\r\n',
        f"XXXX instead of the command: a {FIREWALL} has overwritten it"),
    Odd("STARTTLS masked on its way", "STARTTLS", b"502 5.5.1 XXXXXXXX not implemented\r\n",
        f"XXXXXXXX instead of the command: a {FIREWALL} has overwritten it"),
    Odd("another command echoed", EHLO, b'500 5.5.1 Command unrecognized: "NOPE me.example"\r\n',
        f"it names NOPE, but EHLO was sent: a {FIREWALL} may have changed it"),
    Odd("the command before echoed", "RSET", b"502 5.5.2 'VRFY x' not recognized\r\n",
        "it names VRFY, but RSET was sent: the replies may be one off"),
)  # fmt: skip

NOTHING_ODD = (
    ("connect", b"220 mx.example *** no spam *** ESMTP\r\n"),
    ("connect", b"220 mx.example ESMTP\r\n"),
    ("connect", b"220 * 2\r\n"),
    (EHLO, b"250-mx\r\n250-XEXCH50\r\n250-XX\r\n250-AUTH=PLAIN\r\n250 AUTH PLAIN\r\n"),
    (EHLO, b'500 5.5.1 Command unrecognized: "ehlo me.example"\r\n'),
    (EHLO, b'500 5.5.1 unrecognized command "me.example"\r\n'),
    (EHLO, b'500 unknown command, try "HELO"\r\n'),
    (EHLO, b"502 5.5.2 Error: command not recognized\r\n"),
    (MAIL, b'501 5.5.4 Unknown parameter "SIZE"\r\n'),
    (RCPT, b"550 5.1.1 XXXX is unknown here\r\n"),
    ("FOO bar", b'502 5.5.2 "other" not recognized\r\n'),
    ("VRFY x", b'502 5.5.1 VRFY not implemented, use "RCPT TO"\r\n'),
    (MAIL, b"250\r\n"),
    (MAIL, b"250 \r\n"),
)  # fmt: skip
"""Replies that are in order, or whose oddity is not theirs: no remark."""
