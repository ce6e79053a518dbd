"""Which concepts together show which cause, in any language.

A pattern is groups of concepts that must meet, `|` between equals; `-` before one asks for it
denied, `@` names a place in the session. Patterns of one strength stand from the narrow to the
wide: where two find something equally near, the first counts.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.evidence import tellings as say
from smtpprobe.knowledge.evidence.seen import CAUSES_OWN, Strength, Telling


class Pattern(NamedTuple):
    """Groups of concepts, the concepts that speak against it, and what it shows."""

    cause: Cause
    strength: Strength
    groups: tuple[str, ...]
    but: str
    telling: Telling = CAUSES_OWN


def _(
    cause: Cause, strength: int, groups: str, but: str = "", telling: Telling = CAUSES_OWN
) -> Pattern:
    return Pattern(cause, _STRENGTH[strength], tuple(groups.split(" ")), but, telling)


_STRENGTH = {one.value: one for one in Strength}


@cache
def names_of(group: str) -> frozenset[str]:
    """Return the concepts of a group, or of what speaks against a pattern."""
    return frozenset(group.split("|")) if group else frozenset()


C = Cause

# fmt: off
PATTERNS: tuple[Pattern, ...] = (
    # Out of step.
    _(C.BAD_SEQUENCE, 3, "early", "greylisted|wait|later", say.EARLY),
    _(C.BAD_SEQUENCE, 3, "unasked", "", say.UNASKED),
    _(C.BAD_SEQUENCE, 3, "errors many", "period", say.ERRORS),
    _(C.BAD_SEQUENCE, 3,
      "many failed|unknown|invalid command|connections|errors",
      "login", say.ERRORS),
    # The name given in EHLO.
    _(C.SENDER_REJECTED, 3, "helo listed|list", "", say.HELLO_LISTED),
    _(C.SYNTAX_ERROR, 3,
      "helo invalid|bad|wrong|forged|refused|syntax|-resolves|-exists|unknown|missing",
      "order", say.HELLO),
    _(C.SYNTAX_ERROR, 3, "syntax required domain", "@end", say.HELLO),
    # The server's own trouble: what checks is broken.
    _(C.SERVER_ERROR, 3,
      "login|password failed|-reached|down|unavailable checker",
      "@end", say.BACKEND),
    _(C.SERVER_ERROR, 3, "temporary login failed|-reached|-accepted", "wrong", say.BACKEND),
    _(C.SERVER_ERROR, 3, "@login|login -reached", "wrong", say.BACKEND),
    _(C.SERVER_ERROR, 3, "checker failed|-reached|down|unavailable|busy", "checks|ptr"),
    _(C.SERVER_ERROR, 3, "disk failed|-reached", "full|noroom"),
    _(C.SERVER_ERROR, 3, "onward -reached|failed|down|unavailable"),
    _(C.SERVER_ERROR, 3, "@end @4 message -reached", "sender|checks|file"),
    _(C.SERVER_ERROR, 3, "internal", "@login|many"),
    _(C.SERVER_ERROR, 2, "server failed", "many"),
    _(C.SERVER_ERROR, 2, "@4 temporary failed", "many|login"),
    _(C.SERVER_ERROR, 2, "@4 failed later|temporary", "many|login|callout"),
    _(C.SERVICE_UNAVAILABLE, 3, "box|user busy", "disabled", say.BUSY),
    _(C.SERVICE_UNAVAILABLE, 3, "@4 box locked", "user|disabled", say.BUSY),
    _(C.SERVICE_UNAVAILABLE, 3, "@4 message busy", "box", say.CHECKING),
    # TLS.
    _(C.TLS_UNAVAILABLE, 3,
      "@tls tls|certificate -reached|failed|down|unavailable|disabled|temporary|-accepted|"
      "-resolves",
      "@form"),
    _(C.TLS_UNAVAILABLE, 3, "@tls -tls|-certificate"),
    _(C.TLS_UNAVAILABLE, 2, "tls down|unavailable|-reached", "@mail|required"),
    _(C.TLS_REQUIRED, 3, "tls required|only", "@tls|file|link|utf8"),
    _(C.TLS_REQUIRED, 3, "clear -accepted|refused|forbidden|-tls|required|disabled"),
    _(C.TLS_REQUIRED, 3, "clear login|password|connections", "@tls"),
    _(C.TLS_REQUIRED, 2, "clear", "@tls|@end"),
    _(C.TLS_UNAVAILABLE, 3,
      "@local certificate failed|-reached|invalid|wrong|unknown|-passes|disabled",
      "", say.NOT_VERIFIED),
    _(C.TLS_UNAVAILABLE, 3,
      "@local tls failed|-reached|-exists|-accepted|unimplemented|down|unavailable",
      "", say.TLS_FAILED),
    # The reader's own server, before anybody answered.
    _(C.UNKNOWN_DOMAIN, 3, "@local dns|domain|site unknown|-exists|-dns"),
    _(C.NETWORK_ERROR, 3, "@local dns|nameserver -reached|failed|temporary", "", say.NO_DNS),
    _(C.NETWORK_ERROR, 3, "@local|ip|site route", "@rcpt", say.NO_ROUTE),
    _(C.NETWORK_ERROR, 3, "@local connections refused", "", say.REFUSED),
    _(C.NETWORK_ERROR, 3, "@local connections failed|-reached", "", say.HUNG_UP),
    _(C.UNKNOWN_DOMAIN, 3, "@delivery route", "ip"),
    _(C.TIMEOUT, 3, "@local silent"),
    _(C.TIMEOUT, 3, "@local queue", "", say.EXPIRED),
    _(C.AUTH_MECHANISM, 3, "@local -mechanism login"),
    _(C.UNKNOWN_RECIPIENT, 3, "@local nobody|-user|-box"),
    _(C.UNKNOWN_RECIPIENT, 3, "@local user|box|mailbox unknown|-exists"),
    _(C.MAILBOX_FULL, 3, "@local box|quota over|full|noroom"),
    # Login.
    _(C.AUTH_MECHANISM, 3, "mechanism required|only", "file", say.APP_PASSWORD),
    _(C.AUTH_MECHANISM, 3,
      "mechanism -exists|unknown|down|unavailable|-accepted|unimplemented|bad|-reached|"
      "disabled|invalid"),
    _(C.AUTH_MECHANISM, 3, "login unimplemented", "sender"),
    _(C.AUTH_MECHANISM, 3,
      "@login login disabled|-reached",
      "box|user|you|your|sending|password|checker"),
    _(C.AUTH_FAILED, 3,
      "password wrong|failed|invalid|-accepted|-exists|-passes|-reached|over|bad|later",
      "@rcpt|@end|required|file|@form|temporary|internal|many"),
    _(C.RATE_LIMITED, 3, "@login many login|failed|wrong|password"),
    _(C.AUTH_FAILED, 3,
      "@login login|user|box|password|you|your|sending wrong|failed|invalid|refused|disabled|"
      "locked|unknown|-exists|forbidden|-accepted|blocked",
      "mechanism|checker|tls|clear|@form|temporary|internal|many"),
    _(C.AUTH_FAILED, 3, "login disabled|locked", "@delivery"),
    _(C.AUTH_FAILED, 2, "@login wrong|refused|-passes", "@form"),
    _(C.AUTH_FAILED, 2, "@mail login failed|wrong", "checks|message|sender|domain|temporary|file"),
    _(C.SERVER_ERROR, 3, "@login internal", "many|wrong|disabled|password", say.BACKEND),
    _(C.AUTH_REQUIRED, 3,
      "login required|only",
      "checks|@login|sender|failed|own|wrong|-local|file"),
    _(C.AUTH_REQUIRED, 3, "login -accepted|forbidden", "checks|@login|message|own|wrong|file|@end"),
    _(C.AUTH_REQUIRED, 3, "-login", "checks|@login|message|own|file|@end"),
    _(C.AUTH_REQUIRED, 3, "login sending|you|your", "checks|@login|own|failed|wrong|file|message"),
    # Whose address: a sender that this login may not use.
    _(C.SENDER_REJECTED, 3, "sender|you|your|login|user|address|mailbox -own", "", say.NOT_OWNED),
    _(C.SENDER_REJECTED, 2, "-own", "@rcpt", say.NOT_OWNED),
    _(C.SENDER_REJECTED, 3, "own forbidden|-accepted", "", say.NOT_OWNED),
    _(C.SENDER_REJECTED, 3, "own sender required", "", say.NOT_OWNED),
    # Reverse DNS.
    _(C.NO_REVERSE_DNS, 3, "-ptr"),
    _(C.NO_REVERSE_DNS, 3,
      "ptr missing|-exists|-resolves|wrong|failed|-accepted|required|unknown|invalid|kind|"
      "refused|-passes|bad|-reached"),
    _(C.NO_REVERSE_DNS, 3, "client|ip -resolves|missing domain|ptr"),
    _(C.NO_REVERSE_DNS, 2, "ptr", "checker"),
    # SPF, DKIM, DMARC.
    _(C.SENDER_AUTH_FAILED, 3,
      "checks failed|-passes|wrong|-accepted|refused|-exists|missing|-reached|required|"
      "forbidden|rule|invalid|unknown"),
    _(C.SENDER_AUTH_FAILED, 3, "-checks"),
    _(C.SENDER_AUTH_FAILED, 3, "message|sender login failed|-passes", "@login|user"),
    _(C.SENDER_AUTH_FAILED, 3, "-login message", "@login|you|your"),
    _(C.SENDER_AUTH_FAILED, 3, "header|sender|domain forged", "checker"),
    _(C.SENDER_AUTH_FAILED, 2, "checks", "passes|link"),
    _(C.SENDER_AUTH_FAILED, 2, "forged", "checker"),
    # Too fast, too much in a time.
    _(C.RATE_LIMITED, 3, "user|recipient|box fast messages", "sender|you|your|ip", say.RECEIVING),
    _(C.RATE_LIMITED, 3,
      "fast sending|message|messages|you|your|ip|client|sender|connections|peer",
      "spam|login|reputation"),
    _(C.RATE_LIMITED, 3, "fast", "spam|reputation|user"),
    _(C.RATE_LIMITED, 3,
      "rate sending|messages|you|your|ip|client|sender|connections|peer|many|over",
      "spam|login|reputation"),
    _(C.RATE_LIMITED, 2, "fast|rate", "spam|reputation"),
    _(C.RATE_LIMITED, 3,
      "period many|over|quota|full messages|sending|quota|message|recipients|connections|"
      "sender|you|your",
      "@login"),
    _(C.RATE_LIMITED, 3, "period many", "size|line|locked|spam|login"),
    _(C.RATE_LIMITED, 3, "period recipients|messages accepted|only", "login"),
    _(C.RATE_LIMITED, 3,
      "sending|you|your|sender quota|many full|over|period|quota",
      "ip|size|connections|errors|line|header"),
    _(C.RATE_LIMITED, 2, "many messages", "size|noroom|link|connections"),
    _(C.RATE_LIMITED, 2,
      "message many ip|you|your|client|sender",
      "size|report|over|spam|line|header"),
    _(C.RATE_LIMITED, 3,
      "many recipients|recipient|user|address unknown|-exists|invalid|nobody|bad|wrong",
      "@mail", say.GUESSED),
    _(C.POLICY, 3, "abused you|your|login|box|user", "", say.HELD),
    _(C.POLICY, 3,
      "sending -reached|disabled|-accepted|forbidden|blocked you|your|box|login|sending",
      "ip|own|tls", say.HELD),
    _(C.RATE_LIMITED, 3, "sender|sending full|over", "box|user|size|ip|recipients"),
    # Connections.
    _(C.TOO_MANY_CONNECTIONS, 3, "many messages|message connections", "period", say.USED_UP),
    _(C.TOO_MANY_CONNECTIONS, 3, "many connections", "period|failed|errors"),
    _(C.TOO_MANY_CONNECTIONS, 3,
      "@session many client|ip|peer connections|over",
      "report|message|spam|period"),
    _(C.TOO_MANY_CONNECTIONS, 2, "@session many client|connections|peer", "report|message|spam"),
    # Recipients.
    _(C.TOO_MANY_RECIPIENTS, 3, "many recipients|recipient", "period|fast|new|box"),
    _(C.TOO_MANY_RECIPIENTS, 3, "recipients only|over", "period|listed|box|accepted|-if"),
    # Reading greylisting, by its name or without.
    _(C.GREYLISTED, 3, "greylisted"),
    _(C.GREYLISTED, 3, "new", "login|helo|spam"),
    _(C.GREYLISTED, 3, "@4 early wait|later", "helo"),
    _(C.GREYLISTED, 2,
      "wait later",
      "down|unavailable|many|message|infected|user|busy|fast|locked|over|silent|server|"
      "checker"),
    _(C.GREYLISTED, 2,
      "@4 wait",
      "down|unavailable|many|fast|over|silent|busy|locked|message|judged|connections|login|"
      "period"),
    _(C.IP_BLOCKED, 2, "lasting", "box|user", say.FOR_GOOD),
    # A list: of whose address, domain, link.
    _(C.SPAM_CONTENT, 3,
      "link listed|list|bad|infected|refused|blocked|phishing",
      "@mail|@session", say.URL_LISTED),
    _(C.SENDER_REJECTED, 3, "replyto listed|list|blocked", "", say.DOMAIN_LISTED),
    _(C.SENDER_REJECTED, 3, "signer|nameserver listed|list|bad|blocked", "", say.DOMAIN_LISTED),
    _(C.SENDER_REJECTED, 3,
      "sender|domain|replyto listed|list|reputation",
      "ip", say.DOMAIN_LISTED),
    _(C.SENDER_REJECTED, 3, "sender listed|list|blocked|reputation", "", say.DOMAIN_LISTED),
    _(C.SENDER_REJECTED, 3, "@mail blocked|refused you|your", "ip|client|list|peer|login|tls"),
    _(C.SENDER_REJECTED, 3, "@mail mailbox listed|list", "ip|client", say.DOMAIN_LISTED),
    _(C.SENDER_REJECTED, 3,
      "list|blocked|listed user|recipient|mailbox you|your",
      "ip|client", say.SENDER_DISLIKED),
    _(C.POLICY, 3,
      "recipient|user|recipients own|rule refused|forbidden|-accepted",
      "sender|ip|@mail", say.SENDER_DISLIKED),
    _(C.IP_BLOCKED, 3, "ip|client listed|list|blocked|reputation|report|spam", "link|errors"),
    _(C.IP_BLOCKED, 3, "kind", "-accepted|ptr"),
    _(C.IP_BLOCKED, 3, "country refused|-accepted|forbidden|blocked|-local"),
    _(C.IP_BLOCKED, 3,
      "@session ip refused|-accepted|forbidden|bad|blocked",
      "login|many|ptr|checks|helo|tls"),
    _(C.IP_BLOCKED, 3, "ip|client sender listed|list"),
    _(C.IP_BLOCKED, 3,
      "ip refused|-accepted|forbidden|blocked",
      "judged|checks|relay|sender|ptr|login|domain|many|new|fast|tls"),
    _(C.IP_BLOCKED, 3, "server reputation you|your|bad"),
    _(C.IP_BLOCKED, 3,
      "you|your blocked|listed",
      "peer|user|domain|sender|rule|recipient|link|helo"),
    _(C.IP_BLOCKED, 2,
      "listed|list site|client|address|you|your",
      "sender|domain|link|replyto|signer|user|recipient|group"),
    _(C.IP_BLOCKED, 2, "list|reputation", "sender|domain|link|message|group|@end|recipients"),
    _(C.IP_BLOCKED, 2, "ip|client report|spam", "@end"),
    _(C.IP_BLOCKED, 1, "client|peer blocked|refused|-accepted"),
    _(C.IP_BLOCKED, 2, "peer list|listed|reputation", "sender|domain|link"),
    _(C.IP_BLOCKED, 3, "peer|client ip listed|list|blocked", "link"),
    _(C.IP_BLOCKED, 2, "blocked site|url", "sender|link|user|box|recipient|message|domain"),
    _(C.IP_BLOCKED, 2, "@session blocked site|url"),
    _(C.IP_BLOCKED, 2,
      "@session client|ip refused|forbidden|-accepted|blocked",
      "login|many|ptr|checks|helo|tls"),
    # What the message is.
    _(C.VIRUS, 3, "@end infected"),
    _(C.VIRUS, 2, "infected message|file", "@login"),
    _(C.SPAM_CONTENT, 3,
      "@end|message spam|phishing judged|scored|refused|-accepted|listed|blocked"),
    _(C.SPAM_CONTENT, 3, "@end phishing"),
    _(C.SPAM_CONTENT, 3, "message judged|scored spam|bad"),
    _(C.SPAM_CONTENT, 3, "@end|message scored", "checks|size|file|checker"),
    _(C.SPAM_CONTENT, 2, "@end spam", "see"),
    _(C.CONTENT_REJECTED, 3,
      "@end file -accepted|forbidden|refused|blocked|rule|many|-reached|disabled|listed",
      "size|large|bareline|infected|phishing|judged"),
    _(C.CONTENT_REJECTED, 3, "@end -file"),
    _(C.CONTENT_REJECTED, 3, "@end duplicate"),
    _(C.CONTENT_REJECTED, 2, "@end file", "checker|disk|size|infected|phishing|judged"),
    _(C.LOOP_DETECTED, 3, "loop", "@login|@session"),
    _(C.LOOP_DETECTED, 3, "@end header loop", "missing"),
    _(C.LOOP_DETECTED, 3, "@end header already mailbox|recipient"),
    _(C.MALFORMED_MESSAGE, 3, "bareline", "", say.BARE),
    _(C.MALFORMED_MESSAGE, 3,
      "@end line large|many|over|size",
      "header|several|command", say.LINE_LONG),
    _(C.MALFORMED_MESSAGE, 3,
      "@end header missing|several|malformed|wrong|failed|required|bad|invalid|syntax|large|"
      "many|over|disabled",
      "checks|forged"),
    _(C.MALFORMED_MESSAGE, 3, "@end -header"),
    _(C.MALFORMED_MESSAGE, 2, "@end malformed", "size"),
    _(C.SMTPUTF8_UNSUPPORTED, 3, "utf8", "passes"),
    # Size and room.
    _(C.MAILBOX_FULL, 3,
      "@delivery box|user|mailbox|recipient|who full|noroom",
      "server|disk|period|sending|spam|sender"),
    _(C.MAILBOX_FULL, 3,
      "@delivery quota|box full|over|noroom",
      "disk|period|sending|server|you|your|connections|sender|queue"),
    _(C.MAILBOX_FULL, 3, "@rcpt mailbox over size", "period"),
    _(C.MAILBOX_FULL, 2,
      "@delivery full",
      "disk|period|sending|server|@mail|@session|checker|size|sender|group"),
    _(C.MAILBOX_FULL, 2, "@rcpt quota", "period|sending|checker|disk"),
    _(C.STORAGE_FULL, 3, "disk full|noroom|over|many"),
    _(C.STORAGE_FULL, 3, "server noroom", "box|user"),
    _(C.STORAGE_FULL, 2, "noroom", "box|user|recipient|mailbox|quota"),
    _(C.MESSAGE_TOO_LARGE, 3,
      "message|size|file large",
      "box|many|disk|period|login|line|quota|header|noroom"),
    _(C.MESSAGE_TOO_LARGE, 3,
      "size many|over",
      "box|disk|period|login|line|quota|header|noroom|recipients"),
    _(C.MESSAGE_TOO_LARGE, 3,
      "@end|@mail size only|accepted|large|many|-accepted",
      "line|header|disk|period"),
    _(C.SYNTAX_ERROR, 3, "@form size|command missing", "box|header|domain"),
    _(C.MESSAGE_TOO_LARGE, 2, "@end|@mail size", "line|header|disk|judged|box|period|checker"),
    _(C.MESSAGE_TOO_LARGE, 2, "@end|@mail|@local large", "line|header|disk|command"),
    # The sender. Code 501 speaks of how an address is written (RFC 5321 4.2.3).
    _(C.SYNTAX_ERROR, 3, "@arguments @path large", "message|size"),
    _(C.SYNTAX_ERROR, 3, "@arguments @path sender|address|mailbox|command|user invalid|bad|large",
      "-exists|-resolves|unknown"),
    _(C.SENDER_REJECTED, 3, "sender exists required"),
    _(C.SENDER_REJECTED, 2, "@mail sender|domain dns", "ptr|ip|@login"),
    _(C.SENDER_REJECTED, 3, "callout failed|unknown|-exists|-reached|refused"),
    _(C.SENDER_REJECTED, 3,
      "sender unknown|-exists|-resolves|invalid|missing|refused|-accepted|forbidden|bad|"
      "local|nobody|-dns|failed|-reached|required",
      "ip|listed|login|required|size|many|period|recipient|checker|relay|group|utf8|syntax"),
    _(C.SENDER_REJECTED, 3,
      "@mail domain|address|mailbox|site|box|user|dns unknown|-exists|-resolves|missing|"
      "invalid|nobody|-reached|refused|-dns|disabled",
      "syntax|client|helo|login|relay|sending"),
    _(C.SENDER_REJECTED, 3,
      "@mail forbidden|-accepted sending|address|mailbox",
      "syntax|client|many|login"),
    # What is elsewhere, and for whom this server takes nothing.
    _(C.NO_MAIL_SERVICE, 3, "nomail", "sender|box|user|@mail"),
    _(C.RELAY_DENIED, 3,
      "relay refused|-accepted|forbidden|disabled|only|blocked|local|failed|unimplemented|"
      "-reached|required|-exists",
      "callout|down|checker"),
    _(C.RELAY_DENIED, 3, "-relay"),
    _(C.RELAY_DENIED, 3, "domain|server|mailbox|site -local|-accepted local"),
    _(C.RELAY_DENIED, 3, "@delivery -local", "box|user|recipient|group|login"),
    _(C.RELAY_DENIED, 3, "foreign forbidden|refused|-accepted domain|you|your|sending", "login|ip"),
    _(C.RELAY_DENIED, 2, "relay", "@login|callout|down|unavailable|client|busy|checker|reached"),
    # The recipient and its domain.
    _(C.RECIPIENT_MOVED, 2, "@rcpt moved", "sender|checker|busy|server|rule|group|link"),
    _(C.RECIPIENT_MOVED, 3, "@delivery gone", "sender"),
    _(C.RECIPIENT_MOVED, 3,
      "@delivery moved box|user|recipient|address|mailbox",
      "sender|checker|busy"),
    _(C.UNKNOWN_DOMAIN, 3, "@delivery|@local nodomain", "sender|you|your|ip|helo|ptr"),
    _(C.SENDER_REJECTED, 3, "@mail|sender nodomain", "helo|ptr|ip"),
    _(C.UNKNOWN_DOMAIN, 3,
      "@delivery|@local domain|site|dns unknown|-exists|-resolves|-dns|missing|invalid|"
      "-reached",
      "sender|@mail|user|-recipient|box|client|ip|helo|you|your|checks|ptr|checker|@login|"
      "@session|relay|link|header"),
    _(C.UNKNOWN_DOMAIN, 3,
      "domain unknown|-exists|-resolves|-dns recipient|user",
      "sender|@mail|@login|header"),
    _(C.UNKNOWN_RECIPIENT, 3, "@delivery nobody", "sender|callout|client|header|size"),
    _(C.UNKNOWN_RECIPIENT, 3,
      "@delivery box|user|recipient|address|mailbox|who unknown|-exists",
      "sender|password|login|mechanism|checks|syntax|callout|failed|helo|header|ptr|checker|"
      "client"),
    _(C.UNKNOWN_RECIPIENT, 3,
      "@delivery -box|-user|-recipient",
      "sender|password|noroom|accepted|many|failed"),
    _(C.UNKNOWN_RECIPIENT, 2,
      "@delivery box|user|recipient|address|mailbox invalid",
      "sender|syntax|header|file"),
    _(C.UNKNOWN_RECIPIENT, 2,
      "@rcpt|@local unknown|-exists",
      "sender|domain|failed|client|ip|command|login|helo|errors|@form"),
    _(C.MAILBOX_DISABLED, 3,
      "@delivery box|user|recipient|address|mailbox|who disabled|blocked",
      "sender|your|list|ip|client|login|listed|mechanism|group|many|errors|fast|temporary"),
    _(C.MAILBOX_DISABLED, 3,
      "@5 @delivery box|user|recipient|address|mailbox|who locked",
      "sender|your|list|ip|client|login"),
    _(C.UNKNOWN_RECIPIENT, 2,
      "@rcpt user|box|recipient|recipients wrong|-local",
      "sender|login|password|domain"),
    _(C.UNKNOWN_RECIPIENT, 1, "@rcpt address refused", "sender|ip|client"),
    _(C.MAILBOX_DISABLED, 2,
      "@rcpt|@local disabled",
      "sender|your|list|ip|client|login|relay|command|checker|tls"),
    # Down, silent.
    _(C.SERVICE_UNAVAILABLE, 3, "server|relay|onward down|busy", "login|box|connections"),
    _(C.SERVICE_UNAVAILABLE, 2, "down", "login|tls|box|user|mechanism"),
    _(C.SERVICE_UNAVAILABLE, 2,
      "@4|@session server|connections|message unavailable",
      "box|tls|checker|@etrn"),
    _(C.SERVICE_UNAVAILABLE, 1, "server|connections unavailable", "box|tls|checker|@etrn"),
    _(C.SERVICE_UNAVAILABLE, 2, "@session busy"),
    _(C.TIMEOUT, 3, "silent command|connections|you|your|wait|period"),
    _(C.TIMEOUT, 2, "silent", "box|user|login|checker"),
    # Order, form, what is not offered.
    _(C.BAD_SEQUENCE, 3, "hellofirst", "invalid", say.HELLO_FIRST),
    _(C.BAD_SEQUENCE, 3, "nested", "@rcpt|@end", say.NESTED),
    _(C.BAD_SEQUENCE, 3, "mailfirst", "@mail|own|login", say.MAIL_FIRST),
    _(C.BAD_SEQUENCE, 3, "@data|@form rcptfirst", "@rcpt|@mail", say.RCPT_FIRST),
    _(C.BAD_SEQUENCE, 3, "order", "@end"),
    _(C.NOT_IMPLEMENTED, 3,
      "command unimplemented|disabled|unknown|-exists|-accepted",
      "@path|many"),
    _(C.SYNTAX_ERROR, 3, "@form -command|command large"),
    _(C.SYNTAX_ERROR, 3, "command large"),
    _(C.SYNTAX_ERROR, 2, "@form invalid|bad command|address|domain"),
    _(C.SYNTAX_ERROR, 2, "@form failed command"),
    _(C.SYNTAX_ERROR, 2, "errors", "many|period|login|failed", say.ERRORS),
    _(C.NOT_IMPLEMENTED, 2, "unimplemented", "@path|@login|mechanism"),
    _(C.PARAMETER_UNSUPPORTED, 3,
      "@path command unimplemented|unknown|-exists|-accepted|invalid|bad|-reached",
      "login|line"),
    _(C.SYNTAX_ERROR, 3,
      "syntax failed|invalid|missing|wrong|bad|unknown|-exists|-accepted|required|forbidden|"
      "refused|-reached",
      "header|@end|login|required"),
    _(C.SYNTAX_ERROR, 2, "syntax", "@end|header"),
    _(C.SYNTAX_ERROR, 2, "invalid address|domain|command", "@end|@delivery"),
    _(C.SYNTAX_ERROR, 2, "line large", "@end"),
    # A rule, and no more is said.
    _(C.POLICY, 3,
      "group only|-accepted|forbidden|refused|required|accepted|own|-group",
      "ip|client|listed|login"),
    _(C.POLICY, 2, "group", "ip|client|listed|login|list"),
    _(C.POLICY, 2, "user|recipient -accepted", "sender|@mail|login"),
    _(C.POLICY, 2, "@end user|recipient refused", "sender|@mail|login|unknown"),
    _(C.POLICY, 2, "rule", "checks"),
    _(C.POLICY, 1, "forbidden"),
)
# fmt: on
"""Written from the wording of refusals at large."""
