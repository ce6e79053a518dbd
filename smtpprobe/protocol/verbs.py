"""The commands of SMTP and its extensions: one row each, from which all that knows them is made.

A row says how a command is written, when it fits, what announces it and what a reply to it is
called. Completion, hints, `explain`, highlighting, the reading of logs and the practice server's
HELP go by it; what a command does to a session is in `session.EFFECTS`, what replies to it mean in
`knowledge/tables/`.
"""

from __future__ import annotations

from enum import Enum

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.phase import Dialect, Phase, ReportPhase


class Context(Enum):
    """What a reply answers; the value is the word of `explain --command`, of a command its verb."""

    CONNECT = "CONNECT"
    EHLO = "EHLO"
    HELO = "HELO"
    LHLO = "LHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    AUTH_STEP = "AUTH-STEP"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    DATA_END = "DATA-END"
    BDAT = "BDAT"
    BDAT_LAST = "BDAT-LAST"
    RSET = "RSET"
    VRFY = "VRFY"
    EXPN = "EXPN"
    HELP = "HELP"
    NOOP = "NOOP"
    QUIT = "QUIT"
    ETRN = "ETRN"
    ATRN = "ATRN"
    TURN = "TURN"
    BURL = "BURL"
    SEND = "SEND"
    SOML = "SOML"
    SAML = "SAML"
    XCLIENT = "XCLIENT"
    XFORWARD = "XFORWARD"
    UNKNOWN = "UNKNOWN"

    __hash__ = object.__hash__  # a key of tables for every reply; that of Enum is slow


class Argument(Enum):
    """The argument of a verb, before its parameters."""

    NONE = "none"
    OPTIONAL = "optional"
    """Text that may be left out."""
    COMMAND = "command"
    """The name of a command, which may be left out."""
    TEXT = "text"
    HOST = "host"
    MECHANISM = "mechanism"
    PATH = "path"
    OCTETS = "octets"
    ATTRIBUTES = "attributes"
    """Names with values, of which the EHLO keyword lists the names."""

    @property
    def can_be_left_out(self) -> bool:
        """Whether the verb needs no argument."""
        return self in (Argument.NONE, Argument.OPTIONAL, Argument.COMMAND)


class Parameter(NamedTuple):
    """A word behind the argument: how it begins, what announces it, which values are usual.

    `keyword` None: it needs no announcement.
    """

    name: str
    keyword: str | None
    meaning: str
    source: str
    values: tuple[str, ...] = ()


class Verb(NamedTuple):
    """A command: its syntax, when it fits, what announces it, and what a client has to know of it.

    `keyword` is that of EHLO. `beginning` is what precedes an address, `address` an example of
    one. `unannounced` are the codes to expect where the keyword is not announced. `dialect` is the
    only one it belongs to. `goes_on` means that more may be sent before its reply has come (RFC
    2920 3.1, RFC 3030 4.2). `restarts` means that the session begins again behind it. `gone` is a
    command that is not offered any more. `report` is the part of a report its replies belong to.
    """

    name: str
    syntax: str
    summary: str
    phases: frozenset[Phase]
    argument: Argument
    reference: str
    keyword: str | None = None
    parameters: tuple[Parameter, ...] = ()
    beginning: str = ""
    address: str = ""
    unannounced: str = "502"
    dialect: Dialect | None = None
    goes_on: bool = False
    restarts: bool = False
    gone: bool = False
    report: ReportPhase = ReportPhase.OTHER

    @property
    def context(self) -> Context:
        """What a reply to it answers."""
        return Context(self.name)

    @property
    def odd_parameter(self) -> str:
        """The code to expect for a parameter that the server does not know (RFC 5321 4.1.1.11)."""
        return "555" if self.argument is Argument.PATH else "501"


_ANY = frozenset({Phase.CONNECTED, Phase.READY, Phase.MAIL, Phase.RCPT})
_HELLO = frozenset({Phase.CONNECTED, Phase.READY})
_READY = frozenset({Phase.READY})
_ENVELOPE = frozenset({Phase.MAIL, Phase.RCPT})
_RECIPIENTS = frozenset({Phase.RCPT})

_SENDER_PARAMETERS = (
    Parameter("SIZE=", "SIZE", "octets of the message", "RFC 1870 5"),
    Parameter("BODY=", "8BITMIME", "kind of the message text", "RFC 6152 3, RFC 3030 3",
              ("8BITMIME", "7BIT", "BINARYMIME")),
    Parameter("SMTPUTF8", "SMTPUTF8", "addresses or headers beyond ASCII", "RFC 6531 3.4"),
    Parameter("RET=", "DSN", "how much of the message a bounce returns", "RFC 3461 4.3",
              ("FULL", "HDRS")),
    Parameter("ENVID=", "DSN", "your id, returned in bounces", "RFC 3461 4.4"),
    Parameter("AUTH=", "AUTH", "who submitted it first, or <>", "RFC 4954 5", ("<>",)),
    Parameter("REQUIRETLS", "REQUIRETLS", "TLS on the whole way, or bounce", "RFC 8689 2"),
    Parameter("MT-PRIORITY=", "MT-PRIORITY", "priority from -9 to 9", "RFC 6710 4"),
    Parameter("BY=", "DELIVERBY", "deliver within seconds, else Return or Notify", "RFC 2852 4"),
    Parameter("HOLDFOR=", "FUTURERELEASE", "seconds to hold the message", "RFC 4865 5"),
    Parameter("HOLDUNTIL=", "FUTURERELEASE", "date to hold the message until", "RFC 4865 5"),
    Parameter("TRANSID=", "CHECKPOINT", "id of an interrupted transfer", "RFC 1845 4"),
    Parameter("PRDR", "PRDR", "one reply for each recipient after the dot",
              "Exim specification, PRDR"),
)  # fmt: skip
_RECIPIENT_PARAMETERS = (
    Parameter("NOTIFY=", "DSN", "when to report", "RFC 3461 4.1",
              ("NEVER", "SUCCESS", "FAILURE", "DELAY", "SUCCESS,FAILURE")),
    Parameter("ORCPT=", "DSN", "the recipient as first written", "RFC 3461 4.2", ("rfc822;",)),
    Parameter("RRVS=", "RRVS", "only if the mailbox has had one owner since", "RFC 7293 3.1"),
)  # fmt: skip

VALUE_KEYWORDS = {"BINARYMIME": "BINARYMIME"}
"""Values that need a further EHLO keyword beside their parameter's (RFC 3030 3)."""

ROWS = (
    Verb("EHLO", "EHLO <client.example>", "greet the server and list its extensions", _ANY,
         Argument.HOST, "RFC 5321 4.1.1.1", dialect=Dialect.SMTP, report=ReportPhase.EHLO),
    Verb("HELO", "HELO <client.example>", "greet the server, without extensions", _ANY,
         Argument.HOST, "RFC 5321 4.1.1.1", dialect=Dialect.SMTP, report=ReportPhase.EHLO),
    Verb("LHLO", "LHLO <client.example>", "greet the server in LMTP", _ANY, Argument.HOST,
         "RFC 2033 4.1", dialect=Dialect.LMTP, report=ReportPhase.EHLO),
    Verb("STARTTLS", "STARTTLS", "start TLS; no argument", _HELLO, Argument.NONE,
         "RFC 3207 4", "STARTTLS", restarts=True, report=ReportPhase.STARTTLS),
    Verb("AUTH", "AUTH <mechanism> [initial response in base64]", "log in", _READY,
         Argument.MECHANISM, "RFC 4954 4", "AUTH", report=ReportPhase.AUTH),
    Verb("MAIL", "MAIL FROM:<sender> [parameters]", "start a message and name its sender", _READY,
         Argument.PATH, "RFC 5321 4.1.1.2", parameters=_SENDER_PARAMETERS,
         beginning="MAIL FROM:<", address="you@domain", goes_on=True, report=ReportPhase.MAIL),
    Verb("RCPT", "RCPT TO:<mailbox> [NOTIFY=...] [ORCPT=...]", "name a recipient", _ENVELOPE,
         Argument.PATH, "RFC 5321 4.1.1.3", parameters=_RECIPIENT_PARAMETERS,
         beginning="RCPT TO:<", address="user@domain", goes_on=True, report=ReportPhase.RCPT),
    Verb("DATA", "DATA", "send the message, ended by a line with only a dot", _RECIPIENTS,
         Argument.NONE, "RFC 5321 4.1.1.4", report=ReportPhase.DATA),
    Verb("BDAT", "BDAT <octets> [LAST]", "send the message in chunks of a given size", _RECIPIENTS,
         Argument.OCTETS, "RFC 3030 2", "CHUNKING",
         (Parameter("LAST", None, "the message ends with this chunk", "RFC 3030 2"),),
         goes_on=True, report=ReportPhase.BODY),
    Verb("BURL", "BURL <imap URL> [LAST]", "have the server fetch the message", _RECIPIENTS,
         Argument.TEXT, "RFC 4468 3", "BURL",
         (Parameter("LAST", None, "the message ends with this part", "RFC 4468 3"),)),
    Verb("RSET", "RSET", "discard the envelope, keep the session", _ANY, Argument.NONE,
         "RFC 5321 4.1.1.5", goes_on=True),
    Verb("VRFY", "VRFY <user or mailbox>", "ask whether a mailbox exists", _ANY, Argument.TEXT,
         "RFC 5321 4.1.1.6", "VRFY", unannounced="252 or 502"),
    Verb("EXPN", "EXPN <list>", "ask for the members of a list", _ANY, Argument.TEXT,
         "RFC 5321 4.1.1.7", "EXPN", unannounced="252 or 502"),
    Verb("HELP", "HELP [command]", "ask the server for help", _ANY, Argument.COMMAND,
         "RFC 5321 4.1.1.8"),
    Verb("NOOP", "NOOP [text]", "do nothing; the server answers 250", _ANY, Argument.OPTIONAL,
         "RFC 5321 4.1.1.9"),
    Verb("QUIT", "QUIT", "end the session", _ANY, Argument.NONE, "RFC 5321 4.1.1.10",
         report=ReportPhase.QUIT),
    Verb("ETRN", "ETRN <domain>", "ask the server to start a queue run", _READY, Argument.TEXT,
         "RFC 1985 5", "ETRN"),
    Verb("ATRN", "ATRN [domain,...]", "swap roles and fetch mail", _READY,
         Argument.OPTIONAL, "RFC 2645 5.2.1", "ATRN"),
    Verb("TURN", "TURN", "swap roles (obsolete)", _READY, Argument.NONE,
         "RFC 821 3.8", "TURN"),
    Verb("XCLIENT", "XCLIENT <attribute=value> ...", "act as another client (Postfix)", _HELLO,
         Argument.ATTRIBUTES, "Postfix XCLIENT_README", "XCLIENT", restarts=True),
    Verb("XFORWARD", "XFORWARD <attribute=value> ...", "log another client (Postfix)", _READY,
         Argument.ATTRIBUTES, "Postfix XFORWARD_README", "XFORWARD"),
    *(
        Verb(name, f"{name} FROM:<sender>", f"MAIL, {how} (obsolete)", _READY, Argument.PATH,
             "RFC 821 3.4", name, beginning=f"{name} FROM:<", address="you@domain",
             goes_on=True, gone=True)
        for name, how in (
            ("SEND", "shown on a terminal"),
            ("SOML", "shown on a terminal or else stored"),
            ("SAML", "shown on a terminal and stored"),
        )
    ),
)  # fmt: skip

VERBS = {verb.name: verb for verb in ROWS if not verb.gone}
"""The commands that are offered and known by name."""

HELLOS = frozenset(verb.name for verb in ROWS if verb.argument is Argument.HOST)
"""Commands with which a client names itself."""

EXTENDED_HELLOS = HELLOS - {"HELO"}
"""Those of them whose reply lists what the server offers (RFC 5321 4.1.1.1)."""

GOES_ON = frozenset(verb.name for verb in ROWS if verb.goes_on)
"""Commands that more may follow; any other, an unknown one too, may only be the last of a group."""

CONTEXTS = {verb.name: verb.context for verb in ROWS}
"""What a reply to each command answers."""


class ContextWords(NamedTuple):
    """How a context is named in JSON and which part of a report it belongs to."""

    json: str
    report: ReportPhase


CONTEXT_WORDS = {
    **{verb.context: ContextWords(verb.name, verb.report) for verb in ROWS},
    Context.CONNECT: ContextWords("connect", ReportPhase.GREETING),
    Context.AUTH_STEP: ContextWords("AUTH continuation", ReportPhase.AUTH),
    Context.DATA_END: ContextWords("end of data", ReportPhase.BODY),
    Context.BDAT_LAST: ContextWords("BDAT", ReportPhase.BODY),
    Context.UNKNOWN: ContextWords("UNKNOWN", ReportPhase.OTHER),
}
