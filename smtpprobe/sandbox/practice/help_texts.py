"""What HELP says: a course in SMTP of one screen, and more on each command and recipient."""

from __future__ import annotations

from dataclasses import replace

from smtpprobe.protocol.verbs import VERBS
from smtpprobe.sandbox.practice.login import MECHANISMS, REFUSED_USERS
from smtpprobe.sandbox.practice.recipients import SPECIALS, Special, special_for
from smtpprobe.sandbox.practice.state import DOMAIN, House, Service
from smtpprobe.sandbox.practice.turned import EMPTY

LESSON = (
    "A first delivery, line by line:",
    "  EHLO client.example",
    "  MAIL FROM:<you@client.example>",
    f"  RCPT TO:<friend@{DOMAIN}>",
    "  DATA",
    "  Subject: hello",
    "  (an empty line, then text; at last a line with only a dot)",
    "  QUIT",
)
"""What a newcomer types first."""

CLIENT_NAMES = (
    (f"old.{DOMAIN}", "EHLO is answered 502, as by a server of the 1980s: say HELO"),
    (f"plain.{DOMAIN}", "EHLO is accepted, no extension is announced"),
    (f"550.{DOMAIN}", "EHLO and HELO are refused with that code (4xx and 5xx)"),
)
"""EHLO names that trigger a behaviour, each with what it does."""

CODED_FORMS = (
    (f"550@{DOMAIN}", "that code to RCPT; as a sender, to MAIL"),
    (f"550-5.1.1@{DOMAIN}", "with an enhanced status code"),
    (f"451-4.7.1-come-back-later@{DOMAIN}", "with your own words"),
    (f"data-451-4.3.0@{DOMAIN}", "accepted, then said to DATA"),
    (f"afterdot-550-5.7.1@{DOMAIN}", "accepted, then said at the end of the message"),
    (f"afterdot-hangup@{DOMAIN}", "the connection is lost after the final dot"),
)
"""How to ask for any reply, each form with what it does."""

MORE = {
    "EHLO": ("The reply names the extensions; STARTTLS makes both sides forget it.",),
    "STARTTLS": ("After 220 the TLS handshake follows at once, then EHLO again.",),
    "AUTH": (f"Mechanisms: {', '.join(MECHANISMS)}; only inside TLS. * gives up.",),
    "MAIL": (
        "Parameters: SIZE=n BODY=8BITMIME SMTPUTF8 RET=FULL|HDRS ENVID=id AUTH=<>",
        "<> is the null sender, that of bounces. A code as local part is answered as said.",
    ),
    "RCPT": (
        "Parameters: NOTIFY=NEVER|SUCCESS,FAILURE,DELAY ORCPT=rfc822;address",
        f"Any address at {DOMAIN} is accepted, but for the practice recipients: see HELP.",
        "Other domains are relaying: refused with 554 5.7.1 unless you have logged in.",
    ),
    "DATA": (
        "After 354: headers, an empty line, text; a line with only a dot ends it.",
        "A line of the text that begins with a dot gets a second one in front.",
    ),
    "BDAT": ("The octets follow at once, without dots; BDAT 0 LAST ends a message too.",),
    "VRFY": ("252 says nothing about the user, as on most servers. postmaster, unknown differ.",),
    "EXPN": ("There is one list: team.",),
    "ATRN": (
        "After a login the roles are reversed: greet with 220, answer its commands; one message",
        f"waits. ATRN {EMPTY} has none. TURN does the same.",
    ),
    "ETRN": (f"ETRN {DOMAIN} works, ETRN stuck.{DOMAIN} does not.",),
}
"""What HELP adds to the syntax of a command."""


_BY_CERTIFICATE = "EXTERNAL logs in by your certificate, which is that of {}."


def commands(service: Service) -> tuple[str, ...]:
    """Return the names of the commands that a service answers."""
    lmtp = service is Service.LMTP
    gone = {"EHLO", "HELO", "STARTTLS", "AUTH", "ETRN"} if lmtp else {"LHLO"}
    known = (
        "EHLO", "HELO", "LHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "BDAT", "RSET",
        "VRFY", "EXPN", "ETRN", "HELP", "NOOP", "QUIT",
    )  # fmt: skip
    return tuple(name for name in known if name not in gone)


def help_on(topic: str, house: House) -> tuple[str, ...] | None:
    """Return the lines for a topic: none, a command, a recipient; None for an unknown topic."""
    if not topic:
        return _everything(house)
    verb = topic.split(maxsplit=1)[0].upper()
    if verb == "AUTH" and house.certified is not None:
        whose = house.certified or "nobody: it holds no mail address and no common name"
        return (
            *(help_on(verb, replace(house, certified=None)) or ()),
            _BY_CERTIFICATE.format(whose),
        )
    if verb in VERBS and verb not in commands(house.service):
        return None
    if verb in VERBS:
        known = VERBS[verb]
        return (f"{known.syntax}", f"{known.summary} ({known.reference})", *MORE.get(verb, ()))
    special = special_for(topic.strip("<>").lower().removesuffix(f"@{DOMAIN}"))
    return None if special is None else (f"<{special.name}@{DOMAIN}>", _meaning(special))


def special_lines() -> tuple[str, ...]:
    """Return the practice recipients, one a line."""
    return tuple(_row(f"<{special.name}@>", _meaning(special)) for special in SPECIALS.values())


def _everything(house: House) -> tuple[str, ...]:
    known = house.credentials
    refused = (f"{user} {code} {more}" for user, (code, more, _) in REFUSED_USERS.items())
    smtp_only = (
        "",
        f"Login: user {known.user} password {known.password}",
        f"Refused logins: {', '.join(refused)}",
        "",
        "Client names to try with EHLO:",
        *(_row(name, meaning, 18) for name, meaning in CLIENT_NAMES),
    )
    lmtp = house.service is Service.LMTP
    lesson = tuple(line.replace("EHLO", "LHLO") for line in LESSON) if lmtp else LESSON
    return (
        "This is the smtpprobe practice server. Nothing is stored or forwarded.",
        f"Commands: {' '.join(commands(house.service))}",
        "HELP COMMAND and HELP RECIPIENT say more.",
        "",
        *lesson,
        "",
        f"Anybody at {DOMAIN} is a recipient, but these answer differently:",
        *special_lines(),
        "Ask for any reply by its code:",
        *(_row(f"<{form}>", meaning, 40) for form, meaning in CODED_FORMS),
        *(() if lmtp else smtp_only),
    )


def _meaning(special: Special) -> str:
    return f"{special.summary}: {special.expected}" if special.expected else special.summary


def _row(name: str, meaning: str, width: int = 14) -> str:
    return f"  {name:<{width}} {meaning}"
