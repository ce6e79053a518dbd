"""What refusals of all other commands mean."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.rules import conditions as when
from smtpprobe.knowledge.rules.situation import Row, Rows
from smtpprobe.knowledge.tables.refusals_login import BEFORE_ANYTHING, LOGIN_FIRST

QUIT: Rows = dict.fromkeys(
    (4, 5),
    (
        Row(
            "No goodbye",
            "not 221, which does no harm: the session is over all the same",
            Cause.UNKNOWN,
            ":close",
            "RFC 5321 4.1.1.10",
        ),
    ),
)

HELP: Rows = dict.fromkeys(
    (5, 500, 502, 504),
    (
        Row(
            "HELP off",
            "the server offers no help, or none on this",
            Cause.NOT_IMPLEMENTED,
            "EHLO again shows what it offers; :help is that of smtpprobe",
            "RFC 5321 4.1.1.8, 4.2.4",
        ),
    ),
)

VRFY: Rows = {
    **dict.fromkeys(
        (500, 502),
        (
            Row(
                "VRFY off",
                "VRFY is switched off, which is usual; it says nothing about the address",
                Cause.NOT_IMPLEMENTED,
                "RCPT asks the same in a transaction",
                "RFC 5321 3.5.3, 7.3",
            ),
        ),
    ),
    **dict.fromkeys(
        (550, 551),
        (
            Row(
                "VRFY: no",
                "the server says it does not serve this name",
                Cause.UNKNOWN_RECIPIENT,
                "check the spelling",
                "RFC 5321 3.5.3",
            ),
        ),
    ),
    553: (
        Row(
            "VRFY: ambiguous",
            "the name is ambiguous or not written as a mailbox",
            Cause.UNKNOWN_RECIPIENT,
            "VRFY with the full address",
            "RFC 5321 3.5.1",
        ),
    ),
}

EXPN: Rows = {
    **dict.fromkeys(
        (500, 502),
        (
            Row(
                "EXPN off",
                "EXPN is switched off, which is usual",
                Cause.NOT_IMPLEMENTED,
                "nothing: lists are seldom shown",
                "RFC 5321 3.5.3, 7.3",
            ),
        ),
    ),
    550: (
        Row(
            "EXPN refused",
            "the server does not show the members of this list",
            Cause.POLICY,
            "nothing: lists are seldom shown",
            "RFC 5321 3.5.3",
        ),
    ),
}

ETRN: Rows = {
    458: (
        Row(
            "Queue run not possible",
            "the server cannot start the queue for that node now",
            Cause.SERVER_ERROR,
            "ETRN again later",
            "RFC 1985 5.3",
        ),
    ),
    459: (
        Row(
            "Node not allowed",
            "ETRN for that node is not allowed; the text says why",
            Cause.POLICY,
            "ask the server's administrator",
            "RFC 1985 5.3",
            retry=Retry.AFTER_CHANGE,
        ),
    ),
    503: (
        Row(
            "ETRN out of order",
            "ETRN is not possible inside a transaction",
            Cause.BAD_SEQUENCE,
            "RSET, then ETRN",
            "RFC 1985 5.3",
            when=when.transaction_open,
        ),
    ),
    530: BEFORE_ANYTHING,
}

ATRN: Rows = {
    450: (
        Row(
            "ATRN refused",
            "the server refuses to turn round for these domains",
            Cause.POLICY,
            "ask the server's administrator",
            "RFC 2645 5.2.1",
        ),
    ),
    451: (
        Row(
            "ATRN not now",
            "the server cannot turn round now",
            Cause.SERVER_ERROR,
            "ATRN again later",
            "RFC 2645 5.2.1",
        ),
    ),
    453: (
        Row(
            "No mail for you",
            "no mail is waiting for you, which is good news",
            Cause.ACCEPTED,
            "QUIT",
            "RFC 2645 5.2.1",
            retry=Retry.NO_NEED,
        ),
    ),
    502: (
        Row(
            "ATRN off",
            "the server does not offer ATRN",
            Cause.NOT_IMPLEMENTED,
            "ETRN, if announced; QUIT",
            "RFC 2645 5.2.1",
        ),
    ),
    530: (LOGIN_FIRST,),
}

TURN: Rows = {
    **dict.fromkeys(
        (500, 502),
        (
            Row(
                "TURN off",
                "TURN is not offered; it was given up because it cannot be made safe",
                Cause.NOT_IMPLEMENTED,
                "ETRN or ATRN, if announced; QUIT",
                "RFC 5321 F.1",
            ),
        ),
    ),
}

XCLIENT: Rows = {
    501: (
        Row(
            "Attribute refused",
            "an attribute or its value is not understood",
            Cause.SYNTAX_ERROR,
            "EHLO lists the attributes",
            "Postfix XCLIENT_README",
        ),
    ),
    503: (
        Row(
            "Out of order",
            "{verb} is not possible inside a transaction",
            Cause.BAD_SEQUENCE,
            "RSET, then {verb}",
            "Postfix XCLIENT_README",
        ),
    ),
    550: (
        Row(
            "Not authorised",
            "your address is not among those that may use {verb}",
            Cause.POLICY,
            "have the server list your address (Postfix: smtpd_authorized_xclient_hosts)",
            "Postfix XCLIENT_README, XFORWARD_README",
            blame=Blame.YOUR_IP,
        ),
    ),
}

SEND: Rows = dict.fromkeys(
    (500, 502),
    (
        Row(
            "Obsolete command",
            "{verb} is obsolete; hardly any server knows it",
            Cause.NOT_IMPLEMENTED,
            "MAIL FROM:<you@domain>",
            "RFC 5321 F.6",
        ),
    ),
)

UNKNOWN: Rows = dict.fromkeys(
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
