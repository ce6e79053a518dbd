"""What each reply code means alone, after any command: the last table to be asked.

A code with `usual` contexts says its own only there; elsewhere its first digit counts.
"""

from __future__ import annotations

from typing import NamedTuple

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.rules.situation import CLOSES_OF_ITSELF, Row, Says
from smtpprobe.protocol.verbs import Context

_AUTH = frozenset({Context.AUTH, Context.AUTH_STEP})
_LOGIN = _AUTH | {Context.MAIL, Context.RCPT, Context.DATA, Context.VRFY, Context.EXPN}
_ETRN = frozenset({Context.ETRN})
_ENDS = frozenset({Context.DATA_END, Context.BDAT_LAST})
_ADDRESSED = frozenset({Context.MAIL, Context.RCPT, Context.VRFY, Context.EXPN})
_BASE = "RFC 5321 4.2.3"


class CodeRow(NamedTuple):
    """A reply code: its row, the contexts it belongs to (empty: any), how standard it is."""

    row: Row
    usual: frozenset[Context] = frozenset()
    standard: bool = True


def _code(
    title: str, meaning: str, cause: Cause, steps: str, source: str, *,
    usual: frozenset[Context] = frozenset(), standard: bool = True, note: str = "",
    blame: Blame | None = None, retry: Retry | None = None, says: frozenset[Says] = frozenset(),
) -> CodeRow:  # fmt: skip
    row = Row(title, meaning, cause, steps, source, blame, retry, note, says=says)
    return CodeRow(row, usual, standard)


_OK, _MORE = Cause.ACCEPTED, Cause.INTERMEDIATE
_OWN = "not a standard code; only its first digit counts"

CODES: dict[int, CodeRow] = {
    200: _code(
        "Success",
        "success, by its first digit",
        _OK,
        "",
        "RFC 876 (seen in a survey), RFC 5321 4.2.1",
        standard=False,
        note="200 is not an SMTP code; only its first digit counts",
    ),
    211: _code("Status", "status or help text", _OK, "", _BASE),
    214: _code("Help", "help text", _OK, "", _BASE),
    220: _code(
        "Ready",
        "ready",
        _OK,
        "",
        "RFC 5321 4.2.3, RFC 3207 4",
        usual=frozenset({Context.CONNECT, Context.STARTTLS, Context.XCLIENT}),
    ),
    221: _code(
        "Goodbye",
        "the server closes the connection",
        Cause.CLOSING,
        "",
        "RFC 5321 4.1.1.10",
        says=CLOSES_OF_ITSELF,
    ),
    235: _code(
        "Logged in", "login accepted", _OK, "MAIL FROM:<you@domain>", "RFC 4954 6", usual=_AUTH
    ),
    250: _code("Done", "done", _OK, "", _BASE),
    251: _code(
        "Will forward",
        "accepted; the server will forward it",
        _OK,
        "",
        "RFC 5321 3.4",
        usual=_ADDRESSED | _ETRN,
    ),
    252: _code(
        "Not verified",
        "the server will not say whether the address exists, but would try",
        _OK,
        "",
        "RFC 5321 3.5.3",
        usual=_ADDRESSED | _ETRN,
    ),
    253: _code(
        "Queue run begins",
        "the server starts to deliver what is queued for that node",
        _OK,
        "",
        "RFC 1985 5.3",
        usual=_ETRN,
    ),
    334: _code(
        "Challenge",
        "the server asks for a part of the login, in base64",
        _MORE,
        "the answer in base64; :b64 TEXT encodes; * gives up",
        "RFC 4954 4",
        usual=_AUTH,
    ),
    353: _code(
        "Recipient by recipient",
        "one reply for each recipient follows (PRDR)",
        _MORE,
        "wait for the replies, one for each recipient",
        "Exim, PRDR replies of its SMTP server",
        usual=_ENDS,
    ),
    354: _code(
        "Send the message",
        'send the message, ended by a line with only "."',
        _MORE,
        "",
        "RFC 5321 4.1.1.4",
        usual=frozenset({Context.DATA}),
    ),
    355: _code(
        "Restart",
        "continue the message at the octet it names (checkpoint/restart, obsolete)",
        _MORE,
        "",
        "RFC 1845 4",
        usual=frozenset({Context.MAIL}),
    ),
    421: _code(
        "Service not available",
        "the server closes the session: busy, shutting down, or throttling you",
        Cause.SERVICE_UNAVAILABLE,
        "connect again {when}",
        "RFC 5321 3.8",
        says=CLOSES_OF_ITSELF,
    ),
    422: _code(
        "Password transition",
        "the account must log in once with PLAIN first",
        Cause.AUTH_MECHANISM,
        "AUTH PLAIN, inside TLS",
        "IANA enhanced status codes, X.7.12",
        usual=_AUTH,
        retry=Retry.AFTER_CHANGE,
    ),
    430: _code(
        "Not possible now",
        "the command is not possible now",
        Cause.BAD_SEQUENCE,
        "retry {when}; RSET; QUIT",
        "IANA enhanced status codes, X.5.1",
        standard=False,
    ),
    432: _code(
        "Password transition",
        "the account must log in once with PLAIN first",
        Cause.AUTH_MECHANISM,
        "AUTH PLAIN, inside TLS",
        "RFC 4954 6",
        usual=_AUTH,
        retry=Retry.AFTER_CHANGE,
    ),
    435: _code(
        "Login not possible now",
        "the server cannot check logins now",
        Cause.SERVER_ERROR,
        "AUTH again {when}",
        "Exim, reply of its AUTH command",
        usual=_AUTH,
        standard=False,
    ),
    450: _code(
        "Not done, try later",
        "not done now: server gives no reason; class 4: temporary",
        Cause.UNKNOWN,
        "retry {soon}",
        _BASE,
    ),
    451: _code(
        "Not done, try later",
        "not done now: trouble on their side, or a rule; class 4: temporary",
        Cause.UNKNOWN,
        "retry {soon}",
        _BASE,
    ),
    452: _code(
        "No room now",
        "not done now: no room, or a limit reached; class 4: temporary",
        Cause.STORAGE_FULL,
        "retry {when}",
        "RFC 5321 4.2.3, 4.5.3.1.10",
    ),
    453: _code(
        "No mail for you",
        "no mail is waiting for you",
        Cause.UNKNOWN,
        "QUIT",
        "RFC 2645 5.2.1",
        usual=frozenset({Context.ATRN}),
    ),
    454: _code(
        "Not available now",
        "not available now",
        Cause.SERVER_ERROR,
        "retry {when}",
        "RFC 3207 4, RFC 4954 6",
        usual=_AUTH | {Context.STARTTLS},
    ),
    455: _code(
        "Parameter not possible now",
        "the server cannot honour a parameter now",
        Cause.PARAMETER_UNSUPPORTED,
        "without the parameter; later again as it was",
        "RFC 5321 4.1.1.11",
        usual=frozenset({Context.MAIL, Context.RCPT}),
    ),
    456: _code(
        "Other path wanted",
        "the server may want you to come over IPv4 (an expired draft)",
        Cause.UNKNOWN,
        "connect again with -4",
        "Internet-Draft (expired) on replies for IPv6",
        standard=False,
    ),
    457: _code(
        "Put off",
        "deferred: server gives no reason; class 4: temporary",
        Cause.UNKNOWN,
        "retry {soon}",
        "freenet.de, observed replies",
        standard=False,
        note=f"457 is {_OWN}",
    ),
    458: _code(
        "Queue run not possible",
        "the server cannot start the queue for that node now",
        Cause.SERVER_ERROR,
        "ETRN again {when}",
        "RFC 1985 5.3",
        usual=_ETRN,
    ),
    459: _code(
        "Node not allowed",
        "that node is not allowed here; the text says why",
        Cause.POLICY,
        "ask the server's administrator",
        "RFC 1985 5.3",
        usual=_ETRN,
        retry=Retry.AFTER_CHANGE,
    ),
    500: _code(
        "Not understood",
        "the server does not understand the line: unknown, or too long",
        Cause.SYNTAX_ERROR,
        "check the line; HELP; QUIT",
        "RFC 5321 4.2.4, 4.5.3.1.9",
    ),
    501: _code(
        "Bad argument",
        "the server does not understand what follows the command word",
        Cause.SYNTAX_ERROR,
        "check the argument and send the line again",
        _BASE,
    ),
    502: _code(
        "Not offered",
        "the server knows the command but does not offer it",
        Cause.NOT_IMPLEMENTED,
        "HELP, or EHLO again, shows what it offers; QUIT",
        "RFC 5321 4.2.4",
    ),
    503: _code(
        "Out of order",
        "a valid command at the wrong moment",
        Cause.BAD_SEQUENCE,
        "RSET, then in order: MAIL, RCPT, DATA; QUIT",
        "RFC 5321 4.1.4",
    ),
    504: _code(
        "Parameter not offered",
        "the server does not offer this parameter",
        Cause.PARAMETER_UNSUPPORTED,
        "the command again without it",
        _BASE,
    ),
    505: _code(
        "Login needed",
        "the server wants a login first (the standard code is 530)",
        Cause.AUTH_REQUIRED,
        "AUTH",
        "Novell NetMail and Bongo, reply texts",
        standard=False,
        note=f"505 is {_OWN}",
    ),
    520: _code(
        "Refused",
        "refused: server gives no reason; class 5: permanent",
        Cause.UNKNOWN,
        "read its text",
        "Internet-Drafts (expired)",
        standard=False,
        note=f"520 is {_OWN}",
    ),
    521: _code(
        "Refused, closing",
        "refused permanently; servers often close after a 521",
        Cause.POLICY,
        "read its text; QUIT",
        "RFC 7504 3, Postfix postscreen(8)",
        usual=frozenset({Context.CONNECT}),
        note="as an answer to a command 521 means only: refused, and the server hangs up",
    ),
    523: _code(
        "Encryption needed",
        "the server requires TLS first",
        Cause.TLS_REQUIRED,
        "STARTTLS, then EHLO again",
        "RFC 5248 2.4",
        usual=_AUTH | {Context.STARTTLS},
    ),
    524: _code(
        "Encryption needed",
        "the server requires TLS first",
        Cause.TLS_REQUIRED,
        "STARTTLS, then EHLO again",
        "IANA enhanced status codes, X.7.11",
        usual=_AUTH,
    ),
    525: _code(
        "Account disabled",
        "the login is right but the account is disabled",
        Cause.AUTH_FAILED,
        "ask the account's administrator",
        "RFC 5248 2.4",
        usual=_LOGIN,
    ),
    530: _code(
        "TLS or login needed",
        "TLS or a login is needed first; the text says which",
        Cause.AUTH_REQUIRED,
        "STARTTLS, then EHLO again; AUTH",
        "RFC 3207 4, RFC 4954 6",
    ),
    533: _code(
        "Not authorised",
        "refused: server gives no reason; class 5: permanent",
        Cause.UNKNOWN,
        "read its text",
        "IANA enhanced status codes, X.7.1",
        standard=False,
    ),
    534: _code(
        "Mechanism too weak",
        "the login mechanism is too weak for this account",
        Cause.AUTH_MECHANISM,
        "AUTH with a stronger mechanism of the EHLO list",
        "RFC 4954 6",
        usual=_AUTH,
    ),
    535: _code(
        "Login refused",
        "user name or password wrong, or the account may not log in this way",
        Cause.AUTH_FAILED,
        "AUTH again; QUIT",
        "RFC 4954 6",
        usual=_LOGIN,
    ),
    538: _code(
        "Encryption needed",
        "the server requires TLS for this mechanism (an obsolete code)",
        Cause.TLS_REQUIRED,
        "STARTTLS, then EHLO again",
        "RFC 4954 6",
        usual=_AUTH,
    ),
    550: _code(
        "Refused",
        "refused: server gives no reason; class 5: permanent",
        Cause.UNKNOWN,
        "read its text; QUIT",
        _BASE,
    ),
    551: _code(
        "Recipient elsewhere",
        "the recipient is not here; the text may say where",
        Cause.RECIPIENT_MOVED,
        "RCPT TO:<{new_address}>; else ask the recipient for the new address",
        "RFC 5321 3.4",
        usual=_ADDRESSED,
    ),
    552: _code(
        "Limit exceeded",
        "refused: over a limit of the server, most often size or room",
        Cause.MESSAGE_TOO_LARGE,
        "keep it under {limit}; EHLO shows SIZE; a smaller message; QUIT",
        _BASE,
    ),
    553: _code(
        "Name not allowed",
        "the name or address is not allowed, or malformed",
        Cause.UNKNOWN,
        "check the address; QUIT",
        _BASE,
        usual=_ADDRESSED,
    ),
    554: _code(
        "Failed",
        "refused: server gives no reason; class 5: permanent",
        Cause.UNKNOWN,
        "read its text; QUIT",
        _BASE,
    ),
    555: _code(
        "Parameter unknown",
        "the server does not know a parameter",
        Cause.PARAMETER_UNSUPPORTED,
        "the command again with announced parameters only",
        "RFC 5321 4.1.1.11",
        usual=frozenset({Context.MAIL, Context.RCPT}),
    ),
    556: _code(
        "Domain takes no mail",
        "the server says that the domain accepts no mail at all (null MX)",
        Cause.NO_MAIL_SERVICE,
        "check the domain; RSET; QUIT",
        "RFC 7504 4",
        usual=_ADDRESSED | _ENDS,
    ),
    557: _code(
        "Refused",
        "refused: server gives no reason; class 5: permanent",
        Cause.UNKNOWN,
        "read its text",
        "Internet-Drafts (expired)",
        standard=False,
        note=f"557 is {_OWN}",
    ),
    570: _code(
        "Refused",
        "refused: server gives no reason; class 5: permanent",
        Cause.UNKNOWN,
        "read its text",
        "observed replies of mail filters",
        standard=False,
        note=f"570 is {_OWN}",
    ),
    571: _code(
        "Refused",
        "refused: server gives no reason; class 5: permanent",
        Cause.UNKNOWN,
        "read its text; QUIT",
        "Novell NetMail and Bongo, reply texts; mail filters",
        standard=False,
        note=f"571 is {_OWN}",
    ),
    572: _code(
        "Refused",
        "refused: server gives no reason; class 5: permanent",
        Cause.UNKNOWN,
        "read its text; QUIT",
        "Novell NetMail and Bongo, reply texts",
        standard=False,
        note=f"572 is {_OWN}",
    ),
    591: _code(
        "Refused",
        "refused: server gives no reason; class 5: permanent",
        Cause.UNKNOWN,
        "read its text",
        "observed replies of mail filters",
        standard=False,
        note=f"591 is {_OWN}",
    ),
    599: _code(
        "Refused",
        "refused: server gives no reason; class 5: permanent",
        Cause.UNKNOWN,
        "read its text",
        "observed replies of mail filters",
        standard=False,
        note=f"599 is {_OWN}",
    ),
}
