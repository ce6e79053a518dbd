"""Replies of the practice server as octets, and the texts of those asked for by code."""

from __future__ import annotations

from smtpprobe.sandbox.handler import Say


def reply(code: int, enhanced: str, *lines: str) -> Say:
    """Return a reply; every line carries the enhanced code, when there is one (RFC 2034 3)."""
    prefix = f"{enhanced} " if enhanced else ""
    last = len(lines) - 1
    text = "".join(
        f"{code}{' ' if number == last else '-'}{prefix}{line}\r\n"
        for number, line in enumerate(lines)
    )
    return Say(text.encode("utf-8", "surrogateescape"))


def text_for(code: int, enhanced: str) -> str:
    """Return a text that fits a code: by its enhanced code, else by the code, else by its class."""
    detail = enhanced.partition(".")[2]
    if code // 100 != 2 and detail in BY_DETAIL:
        return BY_DETAIL[detail]
    return BY_CODE.get(code) or BY_CLASS[code // 100]


BY_DETAIL = {
    "0.0": "Undefined error",
    "1.0": "Address rejected",
    "1.1": "Recipient address rejected: User unknown in virtual mailbox table",
    "1.2": "Recipient address rejected: Domain not found",
    "1.3": "Bad recipient address syntax",
    "1.4": "Recipient address rejected: Address is ambiguous",
    "1.6": "Recipient address rejected: User has moved, no forwarding address",
    "1.7": "Bad sender address syntax",
    "1.8": "Sender address rejected: Domain not found",
    "1.10": "Recipient address rejected: Domain does not accept mail (nullMX)",
    "2.0": "Mailbox problem",
    "2.1": "Recipient address rejected: Mailbox disabled",
    "2.2": "Mailbox is full",
    "2.3": "Message is too large for this mailbox",
    "2.4": "Mailing list expansion failed",
    "3.0": "Mail system error",
    "3.1": "Insufficient system storage",
    "3.2": "System is not accepting messages now",
    "3.3": "System cannot do what was asked for",
    "3.4": "Message size exceeds fixed limit",
    "3.5": "System incorrectly configured",
    "4.0": "Network error",
    "4.1": "Next host does not answer",
    "4.2": "Connection to the next host was lost",
    "4.3": "Temporary lookup failure",
    "4.4": "Unable to route",
    "4.5": "Mail system is congested",
    "4.6": "Too many hops, mail loop suspected",
    "4.7": "Message was in the queue for too long",
    "5.0": "Protocol error",
    "5.1": "Error: invalid command",
    "5.2": "Error: syntax",
    "5.3": "Error: too many recipients",
    "5.4": "Error: invalid command arguments",
    "5.5": "Error: wrong protocol version",
    "5.6": "Error: authentication exchange line is too long",
    "6.0": "Message content rejected",
    "6.1": "Media type not supported",
    "6.2": "Conversion required but prohibited",
    "6.3": "Conversion required but not supported",
    "6.5": "Conversion failed",
    "6.6": "Message content is not available",
    "6.7": "Addresses that are not ASCII are not permitted here",
    "7.0": "Refused for a security reason",
    "7.1": "Access denied",
    "7.2": "You may not send to this mailing list",
    "7.3": "Security conversion required but not possible",
    "7.4": "Security features not supported",
    "7.5": "Cryptographic failure",
    "7.6": "Cryptographic algorithm not supported",
    "7.7": "Message integrity failure",
    "7.8": "Error: authentication failed",
    "7.9": "Error: authentication mechanism is too weak",
    "7.10": "Encryption needed",
    "7.11": "Encryption required for requested authentication mechanism",
    "7.12": "A password transition is needed",
    "7.13": "User account disabled",
    "7.14": "Trust relationship required",
    "7.15": "Priority level is too low",
    "7.16": "Message is too big for the specified priority",
    "7.17": "Mailbox owner has changed",
    "7.18": "Domain owner has changed",
    "7.19": "RRVS test cannot be completed",
    "7.20": "No passing DKIM signature found",
    "7.21": "No acceptable DKIM signature found",
    "7.22": "No valid author-matched DKIM signature found",
    "7.23": "SPF validation failed",
    "7.24": "SPF validation error",
    "7.25": "Client host rejected: reverse DNS validation failed",
    "7.26": "Multiple authentication checks failed",
    "7.27": "Sender address rejected: Domain has a null MX",
    "7.28": "Mail flood detected",
    "7.29": "ARC validation failure",
    "7.30": "REQUIRETLS support required",
}
"""By subject and detail of the enhanced code (IANA registry of RFC 5248)."""

BY_CODE = {
    211: "System status: OK",
    214: "See HELP",
    220: "Service ready",
    221: "Closing",
    235: "Authentication successful",
    250: "Ok",
    251: "User not local; will forward to <elsewhere@other.example>",
    252: "Cannot VRFY user, but will accept message and attempt delivery",
    253: "Ok, 3 pending messages for the node started",
    334: "UHJhY3RpY2U=",
    353: "Replies for each recipient follow",
    354: "End data with <CR><LF>.<CR><LF>",
    421: "Service not available, closing transmission channel",
    432: "A password transition is needed",
    450: "Mailbox unavailable: busy, or deferred by policy",
    451: "Local error in processing",
    452: "Insufficient system storage",
    454: "Temporary authentication failure",
    455: "Server unable to accommodate parameters",
    458: "Unable to queue messages for the node",
    459: "Node not allowed",
    500: "Error: command not recognized",
    501: "Error: syntax error in parameters",
    502: "Error: command not implemented",
    503: "Error: bad sequence of commands",
    504: "Error: command parameter not implemented",
    521: "This host does not accept mail",
    523: "Encryption needed",
    525: "User account disabled",
    530: "Authentication required",
    534: "Authentication mechanism is too weak",
    535: "Authentication credentials invalid",
    538: "Encryption required for requested authentication mechanism",
    550: "Mailbox unavailable: not found, no access, or refused by policy",
    551: "User not local; please try <elsewhere@other.example>",
    552: "Mailbox is over its storage allocation",
    553: "Mailbox name not allowed",
    554: "Transaction failed",
    555: "Parameters not recognized or not implemented",
    556: "Domain does not accept mail",
}
"""By code, for those asked for without an enhanced code (RFC 5321 4.2.3 and its extensions)."""

BY_CLASS = {
    2: "Ok",
    3: "Continue",
    4: "Try again later",
    5: "Refused",
}
"""By first digit, for undefined codes."""
