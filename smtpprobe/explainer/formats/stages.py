"""How mail servers name the moment at which a reply came, and the context that it is."""

from __future__ import annotations

from smtpprobe.protocol.verbs import CONTEXTS, Context

POSTFIX = {
    **{f"{verb} command".encode(): context for verb, context in CONTEXTS.items()},
    b"initial server greeting": Context.CONNECT,
    b"MAIL FROM command": Context.MAIL,
    b"RCPT TO command": Context.RCPT,
    b"end of DATA command": Context.DATA_END,
}
"""What `(in reply to ...)` may hold: smtp(8) and lmtp(8) of Postfix."""

POSTFIX_WHILE = {
    b"receiving the initial server greeting": Context.CONNECT,
    b"performing the EHLO handshake": Context.EHLO,
    b"performing the HELO handshake": Context.HELO,
    b"performing the LHLO handshake": Context.LHLO,
    b"sending MAIL FROM": Context.MAIL,
    b"sending RCPT TO": Context.RCPT,
    b"receiving the STARTTLS response": Context.STARTTLS,
    b"sending DATA command": Context.DATA,
    b"sending message body": Context.DATA_END,
    b"sending end of data": Context.DATA_END,
    b"sending QUIT command": Context.QUIT,
    b"sending RSET": Context.RSET,
}
"""What smtp(8) and lmtp(8) of Postfix write behind `while`, when a session broke."""

POSTFIX_REJECT = {
    **{verb.encode(): context for verb, context in CONTEXTS.items()},
    b"CONNECT": Context.CONNECT,
    b"END-OF-MESSAGE": Context.DATA_END,
}
"""What may follow `reject: `: smtpd(8) and postscreen(8) of Postfix."""

QMAIL = (
    (b"_but_greeting_failed", Context.CONNECT),
    (b"_but_my_name_was_rejected", Context.EHLO),
    (b"_but_sender_was_rejected", Context.MAIL),
    (b"_does_not_like_recipient", Context.RCPT),
    (b"_failed_on_DATA_command", Context.DATA),
    (b"_failed_after_I_sent_the_message", Context.DATA_END),
    (b"_accepted_message", Context.DATA_END),
)
"""What qmail-remote says before `Remote host said`; blanks are underscores in its log."""

SENDMAIL = {
    b"check_relay": Context.CONNECT,
    b"check_mail": Context.MAIL,
    b"check_rcpt": Context.RCPT,
    b"check_data": Context.DATA,
    b"check_eom": Context.DATA_END,
    b"check_vrfy": Context.VRFY,
    b"check_expn": Context.EXPN,
    b"check_etrn": Context.ETRN,
    b"connect": Context.CONNECT,
    b"helo": Context.EHLO,
    b"mail": Context.MAIL,
    b"rcpt": Context.RCPT,
    b"data": Context.DATA,
    b"header": Context.DATA_END,
    b"eoh": Context.DATA_END,
    b"body": Context.DATA_END,
    b"eom": Context.DATA_END,
}
"""Rule sets and milter actions of Sendmail."""


EXIM_REJECTED = {
    b"connection": Context.CONNECT,
    b"EHLO or HELO": Context.EHLO,
    b"EHLO": Context.EHLO,
    b"HELO": Context.HELO,
    b"MAIL FROM": Context.MAIL,
    b"MAIL": Context.MAIL,
    b"RCPT TO": Context.RCPT,
    b"RCPT": Context.RCPT,
    b"DATA": Context.DATA,
    b"BDAT": Context.BDAT,
    b"after DATA": Context.DATA_END,
    b"after PRDR": Context.DATA_END,
    b"during MIME ACL checks": Context.DATA_END,
    b"by local_scan()": Context.DATA_END,
    b"STARTTLS": Context.STARTTLS,
    b"AUTH": Context.AUTH,
    b"VRFY": Context.VRFY,
    b"EXPN": Context.EXPN,
    b"ETRN": Context.ETRN,
    b"HELP": Context.HELP,
}
"""What may follow `rejected ` in Exim's log, the longer words before the shorter."""


def exim_stage(stage: bytes) -> Context | None:
    """Return the context of what Exim writes behind `after `: a command line, or its words."""
    stage = stage.removeprefix(b"pipelined ").strip()
    special = {
        b"initial connection": Context.CONNECT,
        b"end of data": Context.DATA_END,
        b"sending data block": Context.DATA_END,
    }
    if stage in special:
        return special[stage]
    word = stage.partition(b" ")[0].upper()
    if word == b"BDAT" and stage.upper().endswith(b" LAST"):
        return Context.BDAT_LAST
    return CONTEXTS.get(word.decode("ascii", "replace"))
