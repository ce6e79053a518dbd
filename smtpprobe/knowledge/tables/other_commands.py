"""The commands other than those of a mail transaction: one record each.

A further command is a row in `protocol/verbs.py` and a record here.
"""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.rules import conditions as when
from smtpprobe.knowledge.rules.situation import Row, Rows
from smtpprobe.knowledge.tables.refusals_login import BEFORE_ANYTHING, LOGIN_FIRST
from smtpprobe.knowledge.tables.refusals_message import BDAT
from smtpprobe.knowledge.tables.row_kinds import CommandFacts, Keyword, listed, ok
from smtpprobe.protocol.verbs import Context


def _attributes(setting: str) -> Rows:
    """Return the refusals of XCLIENT or XFORWARD; `setting` is who may use it in Postfix."""
    return {
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
                f"have the server list your address (Postfix: {setting})",
                "Postfix XCLIENT_README, XFORWARD_README",
                blame=Blame.YOUR_IP,
            ),
        ),
    }


_OBSOLETE: Rows = dict.fromkeys(
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
_OLD = "command of RFC 821, obsolete"

OTHER_COMMANDS: dict[Context, CommandFacts] = {
    Context.RSET: CommandFacts(
        accepted={
            2: (
                ok(
                    "Envelope cleared",
                    "envelope cleared; EHLO, login and TLS stay",
                    "RFC 5321 4.1.1.5",
                ),
            ),
        },
    ),
    Context.VRFY: CommandFacts(
        accepted={
            250: (ok("Verified", "the server says that the address exists", "RFC 5321 3.5.1"),),
            251: (
                ok(
                    "Will forward",
                    "the address belongs elsewhere; the server would forward to it",
                    "RFC 5321 3.4, 3.5.3",
                ),
            ),
            252: (
                ok(
                    "Not verified",
                    "the server will not say whether the address exists",
                    "RFC 5321 3.5.3",
                    "no proof either way; RCPT in a transaction says more",
                ),
            ),
            2: (ok("Verified", "the server has no objection to the address", "RFC 5321 3.5.3"),),
        },
        refused={
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
        },
        keyword=Keyword("asks whether a mailbox exists; many servers answer 252", "RFC 5321 3.5"),
    ),
    Context.EXPN: CommandFacts(
        accepted={
            250: (ok("List shown", "the members of the list", "RFC 5321 3.5.1"),),
            252: (ok("List not shown", "the server will not show the members", "RFC 5321 3.5.3"),),
            2: (ok("List shown", "the server answers for the list", "RFC 5321 3.5.3"),),
        },
        refused={
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
        },
        keyword=Keyword("asks for the members of a list; seldom granted", "RFC 5321 3.5"),
    ),
    Context.HELP: CommandFacts(
        accepted=dict.fromkeys(
            (211, 214, 2),
            (
                ok(
                    "Help",
                    "help text; many servers list their commands here",
                    "RFC 5321 4.1.1.8",
                ),
            ),
        ),
        refused=dict.fromkeys(
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
        ),
        keyword=Keyword("help text", "RFC 5321 4.1.1.8"),
    ),
    Context.NOOP: CommandFacts(
        accepted={
            2: (ok("Alive", "the server is alive; nothing has changed", "RFC 5321 4.1.1.9"),),
        },
    ),
    Context.QUIT: CommandFacts(
        refused=dict.fromkeys(
            (4, 5),
            (
                Row(
                    "No goodbye",
                    "not 221, which does no harm: the session is over anyway",
                    Cause.UNKNOWN,
                    ":close",
                    "RFC 5321 4.1.1.10",
                ),
            ),
        ),
    ),
    Context.ETRN: CommandFacts(
        accepted={
            250: (
                ok(
                    "Queue run begins",
                    "the server begins a queue run for that node",
                    "RFC 1985 5.3",
                ),
            ),
            251: (
                ok(
                    "Nothing waits",
                    "the queue for that node is empty",
                    "RFC 1985 5.3",
                    "nothing to do",
                    note="after RCPT, 251 means that the server will forward",
                ),
            ),
            252: (
                ok(
                    "Queue run begins",
                    "the server starts to deliver what is queued for that node",
                    "RFC 1985 5.3",
                ),
            ),
            253: (
                ok(
                    "Queue run begins",
                    "the server starts to deliver the queue; its text counts the messages",
                    "RFC 1985 5.3",
                ),
            ),
            2: (ok("Queue run", "accepted, by its first digit", "RFC 1985 5.3"),),
        },
        refused={
            458: (
                Row(
                    "Queue run not possible",
                    "the server cannot start the queue for that node now",
                    Cause.SERVER_ERROR,
                    "ETRN again {when}",
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
        },
        keyword=Keyword("starts the queue run for a domain that fetches its mail", "RFC 1985 5"),
    ),
    Context.ATRN: CommandFacts(
        accepted={
            2: (
                ok(
                    "Roles reversed",
                    "the roles are reversed: you are the server now, and greet first",
                    "RFC 2645 5.2.1",
                    "> 220 your.name ready; then answer its EHLO with > 250; :close",
                ),
            ),
        },
        refused={
            450: (
                Row(
                    "ATRN refused",
                    "the server refuses to reverse roles for these domains",
                    Cause.POLICY,
                    "ask the server's administrator",
                    "RFC 2645 5.2.1",
                ),
            ),
            451: (
                Row(
                    "ATRN not now",
                    "the server cannot reverse roles now",
                    Cause.SERVER_ERROR,
                    "ATRN again {when}",
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
        },
        keyword=Keyword(
            "reverses the roles after a login, to fetch mail",
            "RFC 2645 5",
            listed(
                "reverses the roles after a login, for ",
                "reverses the roles after a login, to fetch mail",
            ),
        ),
    ),
    Context.TURN: CommandFacts(
        accepted={
            2: (
                ok(
                    "Roles reversed",
                    "the roles are reversed: you are the server now, and greet first",
                    "RFC 821 3.8",
                    "> 220 your.name ready; then answer its HELO with > 250; :close",
                ),
            ),
        },
        refused={
            **dict.fromkeys(
                (500, 502),
                (
                    Row(
                        "TURN off",
                        "TURN is not offered; it was abandoned because it cannot be made safe",
                        Cause.NOT_IMPLEMENTED,
                        "ETRN or ATRN, if announced; QUIT",
                        "RFC 5321 F.1",
                    ),
                ),
            ),
        },
        keyword=Keyword("reverses the roles without a login; obsolete and unsafe", "RFC 821 3.8"),
    ),
    Context.BURL: CommandFacts(
        accepted={
            2: (ok("Fetched", "the server fetched the message from the URL", "RFC 4468 3.3"),),
        },
        refused={
            **BDAT,
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
        keyword=Keyword(
            "the server fetches the message from a URL",
            "RFC 4468 3",
            listed(
                "the server fetches the message from a URL: ",
                "the server fetches the message from a URL",
            ),
        ),
    ),
    Context.SEND: CommandFacts(
        accepted={2: (ok("Sender accepted", "accepted, though SEND is obsolete", "RFC 821 3.4"),)},
        refused=_OBSOLETE,
        keyword=Keyword(_OLD, "RFC 821 3.4"),
    ),
    Context.SOML: CommandFacts(
        accepted={2: (ok("Sender accepted", "accepted, though SOML is obsolete", "RFC 821 3.4"),)},
        refused=_OBSOLETE,
        keyword=Keyword(_OLD, "RFC 821 3.4"),
    ),
    Context.SAML: CommandFacts(
        accepted={2: (ok("Sender accepted", "accepted, though SAML is obsolete", "RFC 821 3.4"),)},
        refused=_OBSOLETE,
        keyword=Keyword(_OLD, "RFC 821 3.4"),
    ),
    Context.XCLIENT: CommandFacts(
        accepted={
            220: (
                ok(
                    "Session restarts",
                    "the session starts over as the client you named",
                    "Postfix XCLIENT_README",
                    "EHLO {client}",
                ),
            ),
            2: (ok("Attributes taken", "attributes taken", "Postfix XCLIENT_README"),),
        },
        refused=_attributes("smtpd_authorized_xclient_hosts"),
        keyword=Keyword(
            "plays another client, for listed addresses",
            "Postfix XCLIENT_README",
            listed(
                "plays another client, for listed addresses; may set ",
                "plays another client, for listed addresses",
            ),
        ),
    ),
    Context.XFORWARD: CommandFacts(
        accepted={
            2: (
                ok(
                    "Attributes taken",
                    "attributes taken for the server's log",
                    "Postfix XFORWARD_README",
                ),
            ),
        },
        refused=_attributes("smtpd_authorized_xforward_hosts"),
        keyword=Keyword(
            "logs another client, for listed addresses",
            "Postfix XFORWARD_README",
            listed(
                "logs another client, for listed addresses; may set ",
                "logs another client, for listed addresses",
            ),
        ),
    ),
}
