"""What each cause means: who has to act, whether repeating helps, and a plain wording.

These words are used where only a text gave the cause; more precise tables have their own.
"""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.named_tuple import NamedTuple

RELAY = "this server does not relay mail for {domain} from you"
"""The one wording of every relay refusal."""
RELAY_STEPS = "AUTH, if this is your submission server; else the MX of {domain}; RSET; QUIT"


class CauseRow(NamedTuple):
    """A cause with its default blame and retry, and words for it (templates as in `Row`)."""

    title: str
    meaning: str
    steps: str
    blame: Blame
    retry: Retry
    source: str


_OK, _NO, _LATER = Retry.NO_NEED, Retry.NEVER, Retry.LATER_SAME
_CHANGE = Retry.AFTER_CHANGE

CAUSES: dict[Cause, CauseRow] = {
    Cause.ACCEPTED: CauseRow("Accepted", "accepted", "", Blame.NOBODY, _OK, "RFC 5321 4.2.1"),
    Cause.INTERMEDIATE: CauseRow(
        "More input wanted",
        "the server waits for more from you",
        "",
        Blame.NOBODY,
        _OK,
        "RFC 5321 4.2.1",
    ),
    Cause.GREETING: CauseRow(
        "Greeting", "ready", "EHLO {client}", Blame.NOBODY, _OK, "RFC 5321 3.1"
    ),
    Cause.CLOSING: CauseRow(
        "Goodbye", "the server closes the connection", "", Blame.NOBODY, _OK, "RFC 5321 4.1.1.10"
    ),
    Cause.UNKNOWN_RECIPIENT: CauseRow(
        "Unknown recipient",
        "the server says that this mailbox does not exist there",
        "check the spelling; RCPT TO:<another>; RSET; QUIT",
        Blame.RECIPIENT,
        _CHANGE,
        "RFC 3463 3.2 (X.1.1)",
    ),
    Cause.MAILBOX_FULL: CauseRow(
        "Mailbox full",
        "the recipient's mailbox is full; only its owner can make room",
        "contact the recipient another way; RSET; QUIT",
        Blame.RECIPIENT,
        _LATER,
        "RFC 3463 3.3 (X.2.2)",
    ),
    Cause.MAILBOX_DISABLED: CauseRow(
        "Mailbox disabled",
        "the mailbox exists but is switched off",
        "only its owner or administrator can open it; RSET; QUIT",
        Blame.RECIPIENT,
        _NO,
        "RFC 3463 3.3 (X.2.1)",
    ),
    Cause.RECIPIENT_MOVED: CauseRow(
        "Recipient moved",
        "the mailbox has another address now; the text may name it",
        "RCPT TO:<{new_address}>; else ask the recipient for the new address; RSET; QUIT",
        Blame.RECIPIENT,
        _CHANGE,
        "RFC 3463 3.2 (X.1.6)",
    ),
    Cause.UNKNOWN_DOMAIN: CauseRow(
        "Unknown domain",
        "the server finds no such recipient domain, or no route to it",
        "check the domain and its MX; RSET; QUIT",
        Blame.RECIPIENT,
        _CHANGE,
        "RFC 3463 3.2 (X.1.2)",
    ),
    Cause.NO_MAIL_SERVICE: CauseRow(
        "No mail service",
        "this host or domain never accepts mail",
        "check host and domain; QUIT",
        Blame.RECIPIENT,
        _NO,
        "RFC 7504 2, RFC 7505 3",
    ),
    Cause.RELAY_DENIED: CauseRow(
        "Relaying denied",
        RELAY,
        RELAY_STEPS,
        Blame.YOU,
        _CHANGE,
        "RFC 5321 3.6.2, RFC 3463 3.8 (X.7.1)",
    ),
    Cause.AUTH_REQUIRED: CauseRow(
        "Login needed",
        "the server wants you to log in first",
        "AUTH; {verb} again; QUIT",
        Blame.YOU,
        _CHANGE,
        "RFC 4954 6",
    ),
    Cause.AUTH_FAILED: CauseRow(
        "Login refused",
        "the server refuses this login: credentials, or the account",
        "AUTH again; QUIT",
        Blame.YOU,
        _CHANGE,
        "RFC 4954 6 (X.7.8)",
    ),
    Cause.AUTH_MECHANISM: CauseRow(
        "Mechanism refused",
        "this way of logging in is not possible here",
        "AUTH with another mechanism of the EHLO list; QUIT",
        Blame.YOUR_COMMAND,
        _CHANGE,
        "RFC 4954 6",
    ),
    Cause.TLS_REQUIRED: CauseRow(
        "Encryption needed",
        "TLS is needed before {verb}",
        "STARTTLS, then EHLO again; {verb} again",
        Blame.YOU,
        _CHANGE,
        "RFC 3207 4",
    ),
    Cause.TLS_UNAVAILABLE: CauseRow(
        "TLS not available",
        "TLS is not available here now",
        "try later; never AUTH in plaintext; QUIT",
        Blame.THEIR_SERVER,
        _LATER,
        "RFC 3207 4",
    ),
    Cause.IP_BLOCKED: CauseRow(
        "Address blocked",
        "the server blocks {address}; this is not about the recipient",
        "dig {query}; see {link}; ask their postmaster to unblock {address}; "
        "send through another relay; QUIT",
        Blame.YOUR_IP,
        _CHANGE,
        "RFC 5782 2, RFC 3463 3.8 (X.7.1)",
    ),
    Cause.NO_REVERSE_DNS: CauseRow(
        "Reverse DNS missing",
        "{address} has no reverse name, or one that does not match",
        "set a PTR and an address record that match; QUIT",
        Blame.YOUR_IP,
        _CHANGE,
        "RFC 7372 3.3 (X.7.25)",
    ),
    Cause.RATE_LIMITED: CauseRow(
        "Rate limited",
        "too much in too short a time",
        "slow down; retry {when}",
        Blame.YOU,
        _LATER,
        "RFC 3463 3.8, IANA X.7.28",
    ),
    Cause.GREYLISTED: CauseRow(
        "Greylisted",
        "greylisting: first contact is deferred, not an error",
        "retry {soon} with the same IP, sender and recipient",
        Blame.NOBODY,
        _LATER,
        "RFC 6647 2",
    ),
    Cause.TOO_MANY_RECIPIENTS: CauseRow(
        "Too many recipients",
        "this transaction accepts no more recipients",
        "DATA for the accepted ones; the rest in a new MAIL",
        Blame.YOUR_COMMAND,
        _CHANGE,
        "RFC 5321 4.5.3.1.10, RFC 3463 3.6 (X.5.3)",
    ),
    Cause.TOO_MANY_CONNECTIONS: CauseRow(
        "Too many connections",
        "too many simultaneous connections or messages from you",
        "connect again {when}, with fewer connections",
        Blame.YOU,
        _LATER,
        "RFC 5321 3.8, 4.2.3 (421)",
    ),
    Cause.SENDER_REJECTED: CauseRow(
        "Sender refused",
        "the server does not accept this sender, or {sender_domain}",
        "MAIL with another sender; check its domain; QUIT",
        Blame.YOUR_DOMAIN,
        _CHANGE,
        "RFC 3463 3.2 (X.1.8)",
    ),
    Cause.SENDER_AUTH_FAILED: CauseRow(
        "Sender not authenticated",
        "SPF, DKIM, DMARC or ARC did not pass for the sender's domain",
        "check the records of the domain; send from an authorised host; QUIT",
        Blame.YOUR_DOMAIN,
        _CHANGE,
        "RFC 7372 3",
    ),
    Cause.SPAM_CONTENT: CauseRow(
        "Taken for spam",
        "the message was classified as spam",
        "change the message or its links; QUIT",
        Blame.CONTENT,
        _CHANGE,
        "RFC 3463 3.8 (X.7.1)",
    ),
    Cause.VIRUS: CauseRow(
        "Malware found",
        "the server found malware in the message",
        "check the message and the machine it comes from; QUIT",
        Blame.CONTENT,
        _CHANGE,
        "RFC 3463 3.8 (X.7.0)",
    ),
    Cause.CONTENT_REJECTED: CauseRow(
        "Content refused",
        "content of this kind is not accepted",
        "remove what the text names, attachments first; QUIT",
        Blame.CONTENT,
        _CHANGE,
        "RFC 3463 3.7 (X.6.1)",
    ),
    Cause.MALFORMED_MESSAGE: CauseRow(
        "Message malformed",
        "the message breaks the format: headers, MIME or line ends",
        "correct From:, Date:, Message-ID: and the line ends; QUIT",
        Blame.CONTENT,
        _CHANGE,
        "RFC 5322 3.6, RFC 3463 3.7 (X.6.0)",
    ),
    Cause.MESSAGE_TOO_LARGE: CauseRow(
        "Message too large",
        "the message is over a size limit",
        "keep it under {limit}; EHLO shows SIZE; a smaller message; QUIT",
        Blame.CONTENT,
        _CHANGE,
        "RFC 1870 6",
    ),
    Cause.POLICY: CauseRow(
        "Refused by a rule",
        "refused by a rule of the server, no finer reason given",
        "see {link}; ask their postmaster; QUIT",
        Blame.THEIR_POLICY,
        _CHANGE,
        "RFC 3463 3.8 (X.7.1)",
    ),
    Cause.SYNTAX_ERROR: CauseRow(
        "Syntax error",
        "the server does not understand the line",
        "check the line and send it again",
        Blame.YOUR_COMMAND,
        _CHANGE,
        "RFC 5321 4.2.3 (500, 501)",
    ),
    Cause.BAD_SEQUENCE: CauseRow(
        "Out of order",
        "a valid command at the wrong moment",
        "RSET, then in order: MAIL, RCPT, DATA; QUIT",
        Blame.YOUR_COMMAND,
        _CHANGE,
        "RFC 5321 4.1.4",
    ),
    Cause.NOT_IMPLEMENTED: CauseRow(
        "Not implemented",
        "the server does not offer this command",
        "HELP, or EHLO again, shows what it offers; QUIT",
        Blame.THEIR_POLICY,
        _NO,
        "RFC 5321 4.2.4",
    ),
    Cause.PARAMETER_UNSUPPORTED: CauseRow(
        "Parameter not supported",
        "a parameter is not supported here",
        "the command again with announced parameters only",
        Blame.YOUR_COMMAND,
        _CHANGE,
        "RFC 5321 4.1.1.11",
    ),
    Cause.SMTPUTF8_UNSUPPORTED: CauseRow(
        "Not internationalised",
        "an address or header needs SMTPUTF8 on both sides",
        "SMTPUTF8 on MAIL, if EHLO lists it; else an ASCII address",
        Blame.YOUR_COMMAND,
        _CHANGE,
        "RFC 6531 3.7.1",
    ),
    Cause.LOOP_DETECTED: CauseRow(
        "Mail loop",
        "too many hops: the message is looping",
        "read its Received: lines; check forwarding and MX records",
        Blame.THEIR_SERVER,
        _CHANGE,
        "RFC 5321 6.3, RFC 3463 3.5 (X.4.6)",
    ),
    Cause.SERVER_ERROR: CauseRow(
        "Server trouble",
        "something fails on their side",
        "retry {when}; tell their postmaster if it lasts",
        Blame.THEIR_SERVER,
        _LATER,
        "RFC 5321 4.2.3 (451)",
    ),
    Cause.STORAGE_FULL: CauseRow(
        "No room",
        "the server has no room for mail now",
        "retry {when}",
        Blame.THEIR_SERVER,
        _LATER,
        "RFC 5321 4.2.3 (452), RFC 3463 3.4 (X.3.1)",
    ),
    Cause.SERVICE_UNAVAILABLE: CauseRow(
        "Service not available",
        "the server accepts no mail now: shutdown, load or maintenance",
        "connect again {when}",
        Blame.THEIR_SERVER,
        _LATER,
        "RFC 5321 3.8, RFC 3463 3.4 (X.3.2)",
    ),
    Cause.TIMEOUT: CauseRow(
        "Timeout",
        "the server waited too long, or another host kept it waiting",
        "connect again, send without long pauses",
        Blame.NETWORK,
        _LATER,
        "RFC 5321 4.5.3.2.7",
    ),
    Cause.NETWORK_ERROR: CauseRow(
        "Network trouble",
        "the path to a host failed",
        "retry {when}; check DNS and route",
        Blame.NETWORK,
        _LATER,
        "RFC 3463 3.5 (X.4.1)",
    ),
    Cause.PROTOCOL_VIOLATION: CauseRow(
        "Not SMTP",
        "what was received is not an SMTP reply",
        "check host and port; QUIT",
        Blame.THEIR_SERVER,
        _CHANGE,
        "RFC 5321 4.2",
    ),
    Cause.UNKNOWN: CauseRow(
        "Refused", "server gives no reason", "", Blame.NOBODY, _CHANGE, "RFC 5321 4.2.1"
    ),
}

KEEPS_RETRY = frozenset({Cause.RELAY_DENIED, Cause.TLS_REQUIRED, Cause.AUTH_REQUIRED})
"""Causes that waiting does not cure, whatever class the reply has."""
