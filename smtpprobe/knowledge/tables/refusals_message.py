"""What refusals of DATA, of the message and of its chunks mean."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.rules import conditions as when
from smtpprobe.knowledge.rules.situation import BASE, CLOSES, Row, Rows
from smtpprobe.knowledge.tables.refusals_login import BEFORE_ANYTHING

_NO_RECIPIENTS = Row(
    "DATA out of order",
    "no recipient has been accepted; send NO message text now",
    Cause.BAD_SEQUENCE,
    "RCPT TO:<user@domain>; RSET; QUIT",
    "RFC 5321 3.3, 4.1.1.4",
    when=when.no_recipient,
)

_REFUSED_BEFORE_TEXT = Row(
    "Message refused",
    "message refused before its text; send NONE; class 5: permanent",
    Cause.UNKNOWN,
    "read its text; RSET; QUIT",
    BASE,
)

_DEFERRED_AFTER_TEXT = Row(
    "Message deferred",
    "not accepted: you keep the message; class 4: temporary",
    Cause.UNKNOWN,
    "the whole message again {when}; QUIT",
    BASE,
)

_REFUSED_AFTER_TEXT = Row(
    "Message refused",
    "message refused after its text: server gives no reason; class 5: permanent",
    Cause.UNKNOWN,
    "change the message; MAIL FROM:<you@domain>; QUIT",
    BASE,
)

DATA: Rows = {
    4: (
        Row(
            "Message deferred",
            "message not accepted now; send NO message text; class 4: temporary",
            Cause.UNKNOWN,
            "DATA again {when}; RSET; QUIT",
            BASE,
        ),
    ),
    5: (_REFUSED_BEFORE_TEXT,),
    451: (
        Row(
            "Message deferred",
            "message not accepted now; send NO message text",
            Cause.UNKNOWN,
            "DATA again {when}; RSET; QUIT",
            BASE,
        ),
    ),
    452: (
        Row(
            "No room now",
            "no room for the message now; send NO message text",
            Cause.STORAGE_FULL,
            "DATA again {when}; RSET; QUIT",
            BASE,
        ),
    ),
    503: (
        _NO_RECIPIENTS,
        Row(
            "DATA out of order",
            "DATA is not possible now; send NO message text",
            Cause.BAD_SEQUENCE,
            "RSET, then MAIL; QUIT",
            "RFC 5321 4.1.4, RFC 3030 2",
        ),
    ),
    530: BEFORE_ANYTHING,
    550: (_REFUSED_BEFORE_TEXT,),
    554: (
        _NO_RECIPIENTS,
        _REFUSED_BEFORE_TEXT,
    ),
}

END: Rows = {
    4: (_DEFERRED_AFTER_TEXT,),
    5: (_REFUSED_AFTER_TEXT,),
    421: (
        Row(
            "Closed after the text",
            "not accepted: the server closes; you keep the message",
            Cause.SERVICE_UNAVAILABLE,
            "connect again {when}, send it again",
            "RFC 5321 3.8",
            says=CLOSES,
        ),
    ),
    450: (_DEFERRED_AFTER_TEXT,),
    451: (_DEFERRED_AFTER_TEXT,),
    452: (
        Row(
            "No room now",
            "not accepted: the server has no room now; you keep the message",
            Cause.STORAGE_FULL,
            "the whole message again {when}; QUIT",
            BASE,
        ),
    ),
    550: (_REFUSED_AFTER_TEXT,),
    552: (
        Row(
            "Message too large",
            "message refused: over a limit of the server, most often its size",
            Cause.MESSAGE_TOO_LARGE,
            "keep it under {limit}; EHLO shows SIZE; a smaller message; QUIT",
            "RFC 5321 4.2.3, RFC 1870 6.3",
        ),
    ),
    554: (_REFUSED_AFTER_TEXT,),
}

_NO_CHUNKS = Row(
    "BDAT not offered",
    "the server does not accept BDAT: CHUNKING is not offered here",
    Cause.NOT_IMPLEMENTED,
    "DATA instead; RSET; QUIT",
    "RFC 3030 2",
)

BDAT: Rows = {
    **END,
    500: (_NO_CHUNKS,),
    502: (_NO_CHUNKS,),
    503: (
        _NO_RECIPIENTS,
        Row(
            "BDAT out of order",
            "BDAT is not possible now: mixed with DATA, or an earlier chunk failed",
            Cause.BAD_SEQUENCE,
            "RSET, then MAIL; QUIT",
            "RFC 3030 2",
        ),
    ),
    554: (
        Row(
            "Chunk refused",
            "chunk refused; after an error all chunks of this message fail",
            Cause.UNKNOWN,
            "RSET, then MAIL; QUIT",
            "RFC 3030 2",
        ),
    ),
}
