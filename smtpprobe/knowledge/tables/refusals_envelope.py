"""What refusals of MAIL and RCPT mean (RFC 5321 4.1.1.2, 4.1.1.3)."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.rules import conditions as when
from smtpprobe.knowledge.rules.situation import BASE, Row, Rows
from smtpprobe.knowledge.tables.refusals_login import BEFORE_ANYTHING

_RECIPIENT_DEFERRED = Row(
    "Recipient deferred",
    "recipient not accepted now: server gives no reason; class 4: temporary",
    Cause.UNKNOWN,
    "retry {soon} (greylisting is common)",
    BASE,
)

MAIL: Rows = {
    450: (
        Row(
            "Sender deferred",
            "sender refused for now: server gives no reason; class 4: temporary",
            Cause.UNKNOWN,
            "MAIL again {soon}; QUIT",
            BASE,
        ),
    ),
    451: (
        Row(
            "Sender deferred",
            "sender not accepted now: trouble on their side, or a rule of theirs",
            Cause.UNKNOWN,
            "MAIL again {soon}; QUIT",
            BASE,
        ),
    ),
    452: (
        Row(
            "No room now",
            "the server accepts no message now: no room, or a limit of theirs",
            Cause.STORAGE_FULL,
            "MAIL again {when}; QUIT",
            BASE,
        ),
    ),
    455: (
        Row(
            "Parameter not possible now",
            "the server cannot honour a parameter of this MAIL now",
            Cause.PARAMETER_UNSUPPORTED,
            "MAIL without the parameter; later again as it was",
            "RFC 5321 4.1.1.11",
        ),
    ),
    501: (
        Row(
            "MAIL malformed",
            "the MAIL line or its address is malformed",
            Cause.SYNTAX_ERROR,
            "MAIL FROM:<you@domain>",
            BASE,
        ),
    ),
    503: (
        Row(
            "MAIL out of order",
            "EHLO must come first",
            Cause.BAD_SEQUENCE,
            "EHLO {client}",
            "RFC 5321 4.1.4",
            when=when.no_hello,
        ),
        Row(
            "MAIL out of order",
            "a transaction is already open",
            Cause.BAD_SEQUENCE,
            "RCPT TO:<user@domain>; RSET, then MAIL",
            "RFC 5321 4.1.4",
            when=when.transaction_open,
        ),
        Row(
            "MAIL out of order",
            "the server does not accept MAIL at this point",
            Cause.BAD_SEQUENCE,
            "RSET, then MAIL; EHLO again; QUIT",
            "RFC 5321 4.1.4",
        ),
    ),
    504: (
        Row(
            "Parameter unknown",
            "the server does not know a parameter of this MAIL",
            Cause.PARAMETER_UNSUPPORTED,
            "MAIL with announced parameters only",
            BASE,
        ),
    ),
    530: BEFORE_ANYTHING,
    550: (
        Row(
            "Null sender refused",
            "the null sender <> is refused, which no server may do",
            Cause.SENDER_REJECTED,
            "MAIL FROM:<you@domain>; QUIT",
            "RFC 5321 4.5.5, 6.1",
            blame=Blame.THEIR_POLICY,
            when=when.null_sender,
        ),
        Row(
            "Sender refused",
            "sender refused: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "MAIL with another sender; QUIT",
            BASE,
        ),
    ),
    552: (
        Row(
            "Message too large",
            "the size you declare is over the server's limit",
            Cause.MESSAGE_TOO_LARGE,
            "keep it under {limit}; a smaller message; EHLO shows SIZE; QUIT",
            "RFC 1870 6.1",
            when=when.sized_sender,
        ),
        Row(
            "Message too large",
            "over a limit of the server, most often the size of the message",
            Cause.MESSAGE_TOO_LARGE,
            "keep it under {limit}; a smaller message; EHLO shows SIZE; QUIT",
            BASE,
        ),
    ),
    553: (
        Row(
            "Sender not allowed",
            "this sender address is not allowed here",
            Cause.SENDER_REJECTED,
            "MAIL with an address you own, in plain syntax; AUTH; QUIT",
            BASE,
        ),
    ),
    554: (
        Row(
            "Sender refused",
            "MAIL refused: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "read its text; QUIT",
            BASE,
        ),
    ),
    555: (
        Row(
            "Parameter unknown",
            "the server does not know a parameter of this MAIL",
            Cause.PARAMETER_UNSUPPORTED,
            "MAIL with announced parameters only",
            "RFC 5321 4.1.1.11",
        ),
    ),
    572: (
        Row(
            "Null sender refused",
            "bounces are refused (not a standard code; first digit 5: permanent)",
            Cause.SENDER_REJECTED,
            "MAIL FROM:<you@domain>; QUIT",
            "Novell NetMail and Bongo, reply texts",
            blame=Blame.THEIR_POLICY,
        ),
    ),
}

RCPT: Rows = {
    450: (_RECIPIENT_DEFERRED,),
    451: (_RECIPIENT_DEFERRED,),
    452: (
        Row(
            "No room now",
            "recipient not accepted now: no room, or a limit; class 4: temporary",
            Cause.UNKNOWN,
            "retry {when}; RSET; QUIT",
            "RFC 5321 4.2.3, 4.5.3.1.10",
            when=when.no_recipient,
        ),
        Row(
            "No more recipients",
            "this transaction accepts no more recipients now",
            Cause.TOO_MANY_RECIPIENTS,
            "DATA for the accepted ones; the rest in a new MAIL",
            "RFC 5321 4.5.3.1.10",
        ),
    ),
    455: (
        Row(
            "Parameter not possible now",
            "the server cannot honour a parameter of this RCPT now",
            Cause.PARAMETER_UNSUPPORTED,
            "RCPT without the parameter; later again as it was",
            "RFC 5321 4.1.1.11",
        ),
    ),
    501: (
        Row(
            "RCPT malformed",
            "the RCPT line or its address is malformed",
            Cause.SYNTAX_ERROR,
            "RCPT TO:<user@domain>",
            BASE,
        ),
    ),
    503: (
        Row(
            "RCPT out of order",
            "the server does not accept RCPT at this point",
            Cause.BAD_SEQUENCE,
            "RSET, then MAIL; QUIT",
            "RFC 5321 4.1.4",
        ),
    ),
    504: (
        Row(
            "Parameter unknown",
            "the server does not know a parameter of this RCPT",
            Cause.PARAMETER_UNSUPPORTED,
            "RCPT with announced parameters only",
            BASE,
        ),
    ),
    530: BEFORE_ANYTHING,
    550: (
        Row(
            "Recipient refused",
            "recipient refused: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "check the address; RCPT TO:<another>; RSET; QUIT",
            "RFC 5321 4.2.3",
        ),
    ),
    551: (
        Row(
            "Recipient elsewhere",
            "the recipient is not here; the server will not forward, its text may say where",
            Cause.RECIPIENT_MOVED,
            "RCPT TO:<{new_address}>; else ask the recipient for the new address; RSET; QUIT",
            "RFC 5321 3.4",
        ),
    ),
    552: (
        Row(
            "No more recipients",
            "this transaction accepts no more recipients (552 here is to be read as 452)",
            Cause.TOO_MANY_RECIPIENTS,
            "DATA for the accepted ones; the rest in a new MAIL",
            "RFC 5321 4.5.3.1.10",
            retry=Retry.LATER_SAME,
            note="no recipient was accepted before: a full mailbox is as likely; read its text",
            when=when.no_recipient,
        ),
        Row(
            "No more recipients",
            "this transaction accepts no more recipients (552 here is to be read as 452)",
            Cause.TOO_MANY_RECIPIENTS,
            "DATA for the accepted ones; the rest in a new MAIL",
            "RFC 5321 4.5.3.1.10",
            retry=Retry.LATER_SAME,
        ),
    ),
    553: (
        Row(
            "Address not allowed",
            "the server does not accept this address: its form, or a rule",
            Cause.UNKNOWN,
            "check the address; RCPT TO:<another>; RSET; QUIT",
            BASE,
        ),
    ),
    554: (
        Row(
            "Recipient refused",
            "recipient refused: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "read its text; RCPT TO:<another>; RSET; QUIT",
            BASE,
        ),
    ),
    555: (
        Row(
            "Parameter unknown",
            "the server does not know a parameter of this RCPT",
            Cause.PARAMETER_UNSUPPORTED,
            "RCPT with announced parameters only",
            "RFC 5321 4.1.1.11",
        ),
    ),
    556: (
        Row(
            "Domain takes no mail",
            "the server says that {domain} accepts no mail at all (null MX)",
            Cause.NO_MAIL_SERVICE,
            "check the domain; RCPT TO:<another>; RSET; QUIT",
            "RFC 7504 4, RFC 7505 4",
        ),
    ),
}
