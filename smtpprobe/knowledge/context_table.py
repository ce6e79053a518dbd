"""What 4yz and 5yz replies mean as the answer to each command (RFC 5321 4.3.2 and extensions).

Rows of one command and code stand from the particular to the general; the first whose condition
holds is taken. A row with the cause `unknown` gives way to anything the reply itself tells.
"""

from __future__ import annotations

from smtpprobe.knowledge import (
    rows_envelope,
    rows_login,
    rows_message,
    rows_other,
    rows_session,
)
from smtpprobe.knowledge.cause_table import RELAY, RELAY_STEPS
from smtpprobe.knowledge.causes import Cause
from smtpprobe.knowledge.finding import Row, Rows
from smtpprobe.protocol.phase import Context

CONTEXT_ROWS: dict[Context, Rows] = {
    Context.CONNECT: rows_session.CONNECT,
    Context.EHLO: rows_session.HELLO,
    Context.HELO: rows_session.HELO,
    Context.LHLO: rows_session.LHLO,
    Context.STARTTLS: rows_session.STARTTLS,
    Context.AUTH: rows_login.AUTH,
    Context.AUTH_STEP: rows_login.AUTH,
    Context.MAIL: rows_envelope.MAIL,
    Context.RCPT: rows_envelope.RCPT,
    Context.DATA: rows_message.DATA,
    Context.DATA_END: rows_message.END,
    Context.BDAT: rows_message.BDAT,
    Context.BDAT_LAST: rows_message.BDAT,
    Context.BURL: {
        **rows_message.BDAT,
        554: (
            Row(
                "BURL refused",
                "the server could not fetch the message from that URL",
                Cause.CONTENT_REJECTED,
                "check the URL and its rights; RSET; QUIT",
                "RFC 4468 3.3",
            ),
        ),
    },
    Context.QUIT: rows_other.QUIT,
    Context.HELP: rows_other.HELP,
    Context.VRFY: rows_other.VRFY,
    Context.EXPN: rows_other.EXPN,
    Context.ETRN: rows_other.ETRN,
    Context.ATRN: rows_other.ATRN,
    Context.TURN: rows_other.TURN,
    Context.XCLIENT: rows_other.XCLIENT,
    Context.XFORWARD: rows_other.XCLIENT,
    Context.SEND: rows_other.SEND,
    Context.SOML: rows_other.SEND,
    Context.SAML: rows_other.SEND,
    Context.UNKNOWN: rows_other.UNKNOWN,
}
"""By command, then by code; 4 and 5 stand for all other codes of the class."""

VAGUE = frozenset({rows_login.TLS_OR_LOGIN})
"""Rows that name two causes: a text that names one of them has the better words."""

GENERIC_ROWS: dict[tuple[Context, int, str], Row] = {
    (Context.RCPT, 454, "X.7.1"): Row(
        "Relaying denied", RELAY, Cause.RELAY_DENIED, RELAY_STEPS, "RFC 5321 3.6.2, RFC 3463 3.8"
    ),
    (Context.STARTTLS, 454, "X.7.0"): rows_session.STARTTLS[454][0],
    (Context.AUTH, 454, "X.7.0"): rows_login.AUTH[454][0],
    (Context.AUTH_STEP, 454, "X.7.0"): rows_login.AUTH[454][0],
    (Context.DATA_END, 552, "X.7.0"): Row(
        "Content refused",
        "refused for its content, most often an attachment",
        Cause.CONTENT_REJECTED,
        "remove attachments and links; QUIT",
        "RFC 3463 3.8; Google Workspace Help, SMTP errors",
    ),
}
"""Refinements for a generic enhanced status code with a command and a code."""
