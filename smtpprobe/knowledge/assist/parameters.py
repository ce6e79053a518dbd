"""The parameters of MAIL and RCPT, each with the EHLO keyword that announces it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a command: how it begins, who announces it, which values are usual."""

    verb: str
    name: str
    keyword: str
    meaning: str
    source: str
    values: tuple[str, ...] = ()


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("MAIL", "SIZE=", "SIZE", "octets of the message", "RFC 1870 5"),
    Parameter("MAIL", "BODY=", "8BITMIME", "kind of the message text", "RFC 6152 3, RFC 3030 3",
              ("8BITMIME", "7BIT", "BINARYMIME")),
    Parameter("MAIL", "SMTPUTF8", "SMTPUTF8", "addresses or headers beyond ASCII", "RFC 6531 3.4"),
    Parameter("MAIL", "RET=", "DSN", "how much of the message a bounce returns", "RFC 3461 4.3",
              ("FULL", "HDRS")),
    Parameter("MAIL", "ENVID=", "DSN", "your id, returned in bounces", "RFC 3461 4.4"),
    Parameter("MAIL", "AUTH=", "AUTH", "who submitted it first, or <>", "RFC 4954 5", ("<>",)),
    Parameter("MAIL", "REQUIRETLS", "REQUIRETLS", "TLS on the whole way, or bounce", "RFC 8689 2"),
    Parameter("MAIL", "MT-PRIORITY=", "MT-PRIORITY", "priority from -9 to 9", "RFC 6710 4"),
    Parameter("MAIL", "BY=", "DELIVERBY", "deliver within seconds, else Return or Notify",
              "RFC 2852 4"),
    Parameter("MAIL", "HOLDFOR=", "FUTURERELEASE", "seconds to hold the message", "RFC 4865 5"),
    Parameter("MAIL", "HOLDUNTIL=", "FUTURERELEASE", "date to hold the message until",
              "RFC 4865 5"),
    Parameter("MAIL", "TRANSID=", "CHECKPOINT", "id of an interrupted transfer", "RFC 1845 4"),
    Parameter("MAIL", "PRDR", "PRDR", "one reply for each recipient after the dot",
              "Exim specification, PRDR"),
    Parameter("RCPT", "NOTIFY=", "DSN", "when to report", "RFC 3461 4.1",
              ("NEVER", "SUCCESS", "FAILURE", "DELAY", "SUCCESS,FAILURE")),
    Parameter("RCPT", "ORCPT=", "DSN", "the recipient as first written", "RFC 3461 4.2",
              ("rfc822;",)),
    Parameter("RCPT", "RRVS=", "RRVS", "only if the mailbox has had one owner since",
              "RFC 7293 3.1"),
)  # fmt: skip
"""In the order in which they are offered."""

VALUE_KEYWORDS = {"BINARYMIME": "BINARYMIME"}
"""Values that need a keyword of their own besides their parameter's (RFC 3030 3)."""


def parameters_of(verb: str) -> tuple[Parameter, ...]:
    """Return the parameters of a command."""
    return tuple(parameter for parameter in PARAMETERS if parameter.verb == verb)
