"""A row for each kind of fact: the part of the way it belongs to, its label, its question.

Pure data. The parts are in the order in which they are shown.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from smtpprobe.named_tuple import NamedTuple


class Part(Enum):
    """The six parts of the way of a mail; the value is the word in JSON and in front of a line."""

    ADDRESS = "address"
    ROAD = "road"
    US = "us"
    TLS = "tls"
    DIALOGUE = "dialogue"
    HISTORY = "history"


class Row(NamedTuple):
    """One kind of fact; `question` is answered by yes or no, and `label` is in front of a value."""

    id: str
    part: Part
    label: str
    question: str


ROWS: Final = (
    Row("address.syntax", Part.ADDRESS, "address", "Is it an address that can be sent to?"),
    Row("address.domain", Part.ADDRESS, "domain", "Does the domain exist in DNS?"),
    Row("address.mx", Part.ADDRESS, "MX", "Does DNS say where its mail goes?"),
    Row("address.host", Part.ADDRESS, "host", "Does the mail host have an address?"),
    # about the name that gets no answer
    Row("address.loop", Part.ADDRESS, "alias", "Do its CNAME records lead back to it?"),
    # about the other resolver
    Row("address.elsewhere", Part.ADDRESS, "other resolver", "Does another resolver answer?"),
    Row(
        "address.unchecked",
        Part.ADDRESS,
        "without DNSSEC",
        "Does our resolver answer where it does not validate?",
    ),
    # about a name server
    Row(
        "address.delegation",
        Part.ADDRESS,
        "name server",
        "Does a server to which the zone is delegated answer for it?",
    ),
    Row("road.greeting", Part.ROAD, "", "Does the address greet?"),
    Row("road.prompt", Part.ROAD, "speed", "Do its answers come without a delay?"),
    Row("road.untouched", Part.ROAD, "middlebox", "Does the session come through as it was sent?"),
    Row("road.control", Part.ROAD, "control", "Does the control host greet on port 25?"),
    Row("road.control-other", Part.ROAD, "control", "Can the control host be reached elsewhere?"),
    # data of road.other-port: port, the one that greets
    Row("road.other-port", Part.ROAD, "", "Does the submission host greet on another port?"),
    # data: ip, the address that they see
    Row("us.address", Part.US, "our address", "Is the address known that they see us come from?"),
    Row("us.ptr", Part.US, "PTR", "Does our address have a PTR record?"),
    Row("us.fcrdns", Part.US, "FCrDNS", "Does the name in the PTR lead back to our address?"),
    Row("us.static", Part.US, "PTR name", "Does the name look like that of a mail host?"),
    Row("us.ehlo", Part.US, "EHLO name", "Does the name in EHLO resolve?"),
    Row("us.ehlo-matches", Part.US, "EHLO name", "Does it lead to our address?"),
    # about the sender's domain; data of us.spf: result (pass, fail, softfail ...)
    Row("us.spf", Part.US, "SPF", "Does the sender's domain let our address send?"),
    Row("us.dmarc", Part.US, "DMARC", "Does the sender's domain publish a DMARC policy?"),
    # about the domain of From:
    Row("us.aligned", Part.US, "alignment", "Can SPF count for the domain of From:?"),
    Row("us.dkim", Part.US, "DKIM", "Is there a key at the DKIM selector?"),
    Row("us.mx", Part.US, "return path", "Does the sender's domain say where bounces go?"),
    Row("us.bounces", Part.US, "bounces", "Does the sender's mail host take the null sender?"),
    # about the zone of --dnsbl
    Row("us.unlisted", Part.US, "DNSBL", "Is our address on none of the entries of this list?"),
    Row("tls.session", Part.TLS, "", "Can the session be encrypted?"),
    Row("tls.sender", Part.TLS, "", "Would this kind of sender deliver?"),
    # data: mechanism; impossible where none was tried, gave-up where this side ended it
    Row("dialogue.login", Part.DIALOGUE, "login", "Does the submission host accept the login?"),
    Row("dialogue.smtputf8", Part.DIALOGUE, "SMTPUTF8", "Does it take addresses beyond ASCII?"),
    Row(
        "dialogue.made-up", Part.DIALOGUE, "made up", "Does it refuse a recipient that is made up?"
    ),
    # of the latest attempt; data: stage (a value of send.order.Stage, empty where there was no
    # session), relay, status; its words are `reading`
    Row("history.last", Part.HISTORY, "latest", "Was the latest attempt delivered?"),
    Row("history.counts", Part.HISTORY, "attempts", "Is there an attempt for this recipient?"),
    Row("history.turn", Part.HISTORY, "turned", "Was it delivered before it failed?"),
)

BY_ID: Final = {row.id: row for row in ROWS}
