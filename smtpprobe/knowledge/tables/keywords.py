"""What each EHLO keyword offers (IANA registry "SMTP Service Extensions" and what else is met)."""

from __future__ import annotations

from smtpprobe.digits import whole_number
from smtpprobe.knowledge.rules.smtp_inspection import is_masked_keyword
from smtpprobe.knowledge.tables.other_commands import OTHER_COMMANDS
from smtpprobe.knowledge.tables.row_kinds import Keyword, Parameters, listed
from smtpprobe.knowledge.wording import count, plain, size
from smtpprobe.protocol.auth.mechanisms import PASSWORDS_IN_CLEAR
from smtpprobe.protocol.extensions import MOST_OCTETS


def _number(parameters: Parameters) -> int | None:
    return whole_number(parameters[0], MOST_OCTETS) if parameters else None


def _size(parameters: Parameters) -> str:
    limit = _number(parameters)
    if limit:
        return f"messages up to {size(limit)}"
    return "messages of any size" if limit == 0 else "MAIL may declare SIZE=; no limit is given"


def _auth(parameters: Parameters) -> str:
    names = {name.upper() for name in parameters}
    if not names:
        return "login, but no mechanism is named"
    clear = [name for name in PASSWORDS_IN_CLEAR if name in names]
    only = f"; {' and '.join(clear)} only inside TLS: base64 hides nothing" if clear else ""
    return f"{'ways' if len(names) > 1 else 'a way'} to log in{only}"


LIMIT_WORDS = {
    "RCPTMAX": "recipients a message",
    "MAILMAX": "messages a connection",
    "RCPTDOMAINMAX": "recipient domains a message",
}
"""The limits of RFC 9422 4."""


def _limits(parameters: Parameters) -> str:
    told = []
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        words = LIMIT_WORDS.get(name.upper())
        told.append(f"at most {plain(value)} {words}" if words and value else plain(parameter))
    return ", ".join(told) or "limits, but none is named"


def _deliver_by(parameters: Parameters) -> str:
    least = _number(parameters)
    told = "delivery within a time, or a report: MAIL ... BY="
    return f"{told}; at least {count(least, 'second')}" if least else told


def _future_release(parameters: Parameters) -> str:
    longest = _number(parameters)
    until = f", until {plain(parameters[1])}" if len(parameters) > 1 else ""
    return (
        f"messages held for up to {count(longest, 'second')}{until}"
        if longest
        else ("messages held until later: HOLDFOR=, HOLDUNTIL=")
    )


_EXCHANGE = "private to Microsoft Exchange"

KEYWORDS: dict[str, Keyword] = {
    "PIPELINING": Keyword("commands may go out in groups without waiting", "RFC 2920 3"),
    "SIZE": Keyword("size limit", "RFC 1870 3", _size),
    "8BITMIME": Keyword("8-bit text allowed: MAIL ... BODY=8BITMIME", "RFC 6152 2"),
    "SMTPUTF8": Keyword("addresses and headers beyond ASCII: MAIL ... SMTPUTF8", "RFC 6531 3.1"),
    "UTF8SMTP": Keyword("forerunner of SMTPUTF8, obsolete", "RFC 5336 3.1"),
    "STARTTLS": Keyword("TLS on this connection, begun by STARTTLS", "RFC 3207 2"),
    "AUTH": Keyword("login", "RFC 4954 3", _auth),
    "DSN": Keyword("delivery reports on request: NOTIFY=, ORCPT=, RET=, ENVID=", "RFC 3461 4"),
    "CHUNKING": Keyword("BDAT: the message in counted chunks, no dot needed", "RFC 3030 2"),
    "BINARYMIME": Keyword("binary content, with BDAT only: MAIL ... BODY=BINARYMIME", "RFC 3030 3"),
    "ENHANCEDSTATUSCODES": Keyword("replies carry codes such as 5.1.1", "RFC 2034 3"),
    **{
        context.value: facts.keyword
        for context, facts in OTHER_COMMANDS.items()
        if facts.keyword is not None
    },
    "DELIVERBY": Keyword("delivery within a time", "RFC 2852 3", _deliver_by),
    "FUTURERELEASE": Keyword("messages held until later", "RFC 4865 3", _future_release),
    "MT-PRIORITY": Keyword(
        "priority of messages: MAIL ... MT-PRIORITY=",
        "RFC 6710 4",
        listed("priority of messages, profile ", "priority of messages: MAIL ... MT-PRIORITY="),
    ),
    "REQUIRETLS": Keyword("TLS on every hop or a bounce: MAIL ... REQUIRETLS", "RFC 8689 2"),
    "RRVS": Keyword("delivery only to an owner since a date: RCPT ... RRVS=", "RFC 7293 3"),
    "LIMITS": Keyword("limits", "RFC 9422 3", _limits),
    "NO-SOLICITING": Keyword(
        "unsolicited mail is refused",
        "RFC 3865 2",
        listed("no mail marked as: ", "no unsolicited mail, by its own word"),
    ),
    "CHECKPOINT": Keyword(
        "interrupted transfers resume: MAIL ... TRANSID= (obsolete)", "RFC 1845 3"
    ),
    "SUBMITTER": Keyword("MAIL ... SUBMITTER=, for Sender ID; historic", "RFC 4405 3"),
    "CONPERM": Keyword("conversion of content with permission", "RFC 4141 3"),
    "CONNEG": Keyword("negotiates the form of content", "RFC 4141 3"),
    "MTRK": Keyword("message tracking: MAIL ... MTRK=", "RFC 3885 3"),
    "PRDR": Keyword("one reply for each recipient after the dot", "Exim specification, PRDR"),
    "XVERP": Keyword("one return address for each recipient", "Postfix VERP_README"),
    "XEXCH50": Keyword(f"message properties, {_EXCHANGE}, obsolete", "Microsoft MS-XEXCH50"),
    "XRDST": Keyword(f"routing, {_EXCHANGE}", "Microsoft Exchange, EHLO reply"),
    "XPROXY": Keyword(f"session proxying, {_EXCHANGE}", "Microsoft Exchange, EHLO reply"),
    "XSHADOW": Keyword(f"shadow copies, {_EXCHANGE}", "Microsoft Exchange, EHLO reply"),
    "XSHADOWREQUEST": Keyword(f"shadow copies, {_EXCHANGE}", "Microsoft Exchange, EHLO reply"),
    "XOORG": Keyword(
        f"the originator's organisation, {_EXCHANGE}", "Microsoft Exchange, EHLO reply"
    ),
    "X-EXPS": Keyword(f"login between servers, {_EXCHANGE}", "Microsoft Exchange, EHLO reply"),
    "X-ANONYMOUSTLS": Keyword(
        f"TLS between servers, {_EXCHANGE}", "Microsoft Exchange, EHLO reply"
    ),
    "X-LINK2STATE": Keyword(f"routing state, {_EXCHANGE}", "Microsoft Exchange, EHLO reply"),
    "VERB": Keyword("verbose replies, for tests of Sendmail", "Sendmail, EHLO reply"),
    "ONEX": Keyword("one message only; obsolete", "Sendmail, EHLO reply"),
}
"""By keyword, in upper case."""


def explain_keyword(keyword: str, parameters: Parameters) -> str:
    """Return what a keyword with these parameters offers."""
    known = KEYWORDS.get(keyword)
    if known is not None:
        return known.read(parameters) if known.read is not None else known.meaning
    if is_masked_keyword(keyword):
        return "not a keyword: a firewall's SMTP inspection has overwritten one"
    if keyword.startswith("X"):
        return "private to this server; this program does not know it"
    return "not known to this program"
