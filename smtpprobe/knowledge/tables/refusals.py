"""What 4yz and 5yz replies mean as the answer to each command (RFC 5321 4.3.2 and extensions).

Rows of one command and code go from the particular to the general; the first whose condition
holds is taken. A row with the cause `unknown` gives way to anything the reply itself says.
"""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.rules.situation import Row, Rows
from smtpprobe.knowledge.tables import (
    refusals_envelope,
    refusals_login,
    refusals_message,
    refusals_session,
)
from smtpprobe.knowledge.tables.causes import RELAY, RELAY_STEPS
from smtpprobe.knowledge.tables.other_commands import OTHER_COMMANDS
from smtpprobe.protocol.verbs import Context

_UNKNOWN: Rows = dict.fromkeys(
    (500, 502),
    (
        Row(
            "Command not recognised",
            "the server does not know this command",
            Cause.NOT_IMPLEMENTED,
            "check the spelling; HELP; QUIT",
            "RFC 5321 4.2.4",
        ),
    ),
)

CONTEXT_ROWS: dict[Context, Rows] = {
    Context.CONNECT: refusals_session.CONNECT,
    Context.EHLO: refusals_session.HELLO,
    Context.HELO: refusals_session.HELO,
    Context.LHLO: refusals_session.LHLO,
    Context.STARTTLS: refusals_session.STARTTLS,
    Context.AUTH: refusals_login.AUTH,
    Context.AUTH_STEP: refusals_login.AUTH,
    Context.MAIL: refusals_envelope.MAIL,
    Context.RCPT: refusals_envelope.RCPT,
    Context.DATA: refusals_message.DATA,
    Context.DATA_END: refusals_message.END,
    Context.BDAT: refusals_message.BDAT,
    Context.BDAT_LAST: refusals_message.BDAT,
    **{context: facts.refused for context, facts in OTHER_COMMANDS.items() if facts.refused},
    Context.UNKNOWN: _UNKNOWN,
}
"""By command, then by code; 4 and 5 cover all other codes of the class."""

VAGUE = frozenset({refusals_login.TLS_OR_LOGIN})
"""Rows that name two causes: a text that names one of them has the better words."""

GENERIC_ROWS: dict[tuple[Context, int, str], Row] = {
    (Context.RCPT, 454, "X.7.1"): Row(
        "Relaying denied", RELAY, Cause.RELAY_DENIED, RELAY_STEPS, "RFC 5321 3.6.2, RFC 3463 3.8"
    ),
    (Context.STARTTLS, 454, "X.7.0"): refusals_session.STARTTLS[454][0],
    (Context.AUTH, 454, "X.7.0"): refusals_login.AUTH[454][0],
    (Context.AUTH_STEP, 454, "X.7.0"): refusals_login.AUTH[454][0],
    (Context.DATA_END, 552, "X.7.0"): Row(
        "Content refused",
        "refused for its content, most often an attachment",
        Cause.CONTENT_REJECTED,
        "remove attachments and links; QUIT",
        "RFC 3463 3.8; Google Workspace Help, SMTP errors",
    ),
}
"""Refinements for a generic enhanced status code with a command and a code."""
