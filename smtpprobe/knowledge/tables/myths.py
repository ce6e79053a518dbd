"""What old lists of reply codes say, and what the standard says, where the two disagree.

Such lists go from site to site, most of them drawn from RFC 821 and mixed with extensions.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Belief:
    """What old lists say, what is so, and the public source that says it."""

    said: str
    fact: str
    source: str


def _of(said: str, fact: str, source: str) -> tuple[Belief, ...]:
    return (Belief(said, fact, source),)


_NODE = '"node node" is what is left of the placeholder <node>; the code answers ETRN alone'

BELIEFS: dict[int, tuple[Belief, ...]] = {
    200: _of(
        "everything is fine, continue",
        "no RFC of SMTP has 200; a client takes it as success by its first digit",
        "RFC 876, RFC 5321 4.2.1",
    ),
    220: _of(
        "service ready, or ready to start TLS",
        "two meanings: the greeting of a connection, and the word to begin TLS after STARTTLS",
        "RFC 5321 4.2.3, RFC 3207 4",
    ),
    221: _of(
        "listed beside errors",
        "the normal goodbye to QUIT",
        "RFC 5321 4.1.1.10",
    ),
    250: _of(
        "queuing for node node started",
        "that is the answer to ETRN alone; everywhere else 250 means done",
        "RFC 1985 5.3, RFC 5321 4.2.3",
    ),
    251: _of(
        "no messages waiting for node node",
        "that is the answer to ETRN alone; after RCPT: accepted, will be forwarded",
        "RFC 1985 5.3, RFC 5321 3.4",
    ),
    252: _of(
        "cannot VRFY, but will try to deliver (lists drawn from RFC 821 lack it)",
        "right for VRFY, and no proof that the mailbox exists; after ETRN the queue run begins",
        "RFC 5321 3.5.3, RFC 1985 5.3",
    ),
    253: _of(
        "pending messages for node node started",
        "ETRN: how many messages wait for the node, and that their delivery begins",
        "RFC 1985 5.3",
    ),
    354: _of(
        'end with "." or "ENTER-.-ENTER"',
        "the end is CR LF . CR LF: a line of a single dot; other lines that begin with one get two",
        "RFC 5321 4.1.1.4, 4.5.2",
    ),
    355: _of(
        '"octet-offset is the transaction offset"',
        "octet-offset is a number: continue from that octet (experimental, out of use)",
        "RFC 1845 4",
    ),
    421: _of(
        "service not available, try later",
        "right; it may answer any command, the server closes, and it is used to throttle too",
        "RFC 5321 3.8",
    ),
    432: _of(
        "a password transition is needed (other lists: the recipient's queue is stopped)",
        "an answer to AUTH alone: log in once with PLAIN, inside TLS",
        "RFC 4954 6",
    ),
    450: _of(
        "mailbox busy or locked; ATRN refused",
        "today most often a rule: greylisting or a rate limit; the ATRN meaning is for ATRN alone",
        "RFC 5321 4.2.2, RFC 6647 2, RFC 2645 5.2.1",
    ),
    451: _of(
        "local error, not your fault",
        "also greylisting, throttling, or a DNS failure of your domain: it can be yours to fix",
        "RFC 5321 4.2.2, RFC 6647 2, RFC 7208 8.6",
    ),
    452: _of(
        "not enough storage, or many Bcc recipients",
        "after RCPT it is the code for too many recipients; storage alone misleads",
        "RFC 5321 4.2.3, 4.5.3.1.10",
    ),
    453: _of(
        "you have no mail",
        "an answer to ATRN alone, and good news",
        "RFC 2645 5.2.1",
    ),
    454: _of(
        "TLS not available; encryption required for requested authentication mechanism",
        "the second text belongs to 538; after AUTH 454 means that the login backend fails",
        "RFC 3207 4, RFC 4954 6",
    ),
    458: _of("unable to queue messages for node node", _NODE, "RFC 1985 5.3"),
    459: _of("node node not allowed: reason", _NODE, "RFC 1985 5.3"),
    500: _of(
        "syntax error",
        "the command word is not known, or the line is too long; 502 is: known, not offered",
        "RFC 5321 4.2.4, 4.5.3.1.9",
    ),
    501: _of(
        "no parameters allowed",
        "that is the case of STARTTLS alone; in general: what follows the command is wrong",
        "RFC 3207 4, RFC 5321 4.2.3",
    ),
    502: _of(
        "command not implemented, as 500",
        "502: the server knows the command and does not offer it; 500: it does not know it",
        "RFC 5321 4.2.4",
    ),
    503: _of(
        "bad sequence of commands",
        "right; it also refuses a second AUTH, or AUTH where it is not announced",
        "RFC 5321 4.1.4, RFC 4954 4",
    ),
    504: _of(
        "parameter not implemented",
        "right; after AUTH: a mechanism that is not known; after EHLO: a name that is not full",
        "RFC 5321 4.2.3, RFC 4954 4",
    ),
    505: _of(
        "authentication required",
        "no RFC has 505: the text is Novell NetMail's; the standard code is 530 with 5.7.0",
        "Bongo project source, smtpd.h; RFC 4954 6",
    ),
    521: _of(
        "machine does not accept mail",
        "right in a greeting; after a command servers mean by it: refused, and I hang up",
        "RFC 7504 3, Postfix postscreen(8)",
    ),
    530: _of(
        "STARTTLS first, or encryption required for the mechanism",
        "the second text is that of 538; the meaning they lack: log in first (5.7.0)",
        "RFC 3207 4, RFC 4954 6",
    ),
    534: _of(
        "authentication mechanism too weak",
        "right; Gmail uses it where an app password or a login by browser is needed",
        "RFC 4954 6; Google Workspace Help, support.google.com/a/answer/3726730",
    ),
    538: _of(
        "encryption required for requested authentication mechanism",
        "right, but out of use: servers of today announce AUTH only inside TLS",
        "RFC 4954 6, RFC 5248 2.4",
    ),
    550: _of(
        "mailbox unavailable: not found, or no access",
        "no such mailbox, no access, or refused by a rule: without more, it says none of them",
        "RFC 5321 4.2.3",
    ),
    551: _of(
        "not local, please try the forward path",
        "right if it contains an address; without one it is a plain refusal",
        "RFC 5321 3.4",
    ),
    552: _of(
        "mailbox full; kept in a queue for days",
        "mailbox full, message too large, or (at RCPT) too many recipients; 5yz is not queued",
        "RFC 5321 4.2.3, 4.5.3.1.10, RFC 1870 6",
    ),
    553: _of(
        "mailbox name not correct",
        "also: sender refused, relaying denied, and blocklists at some providers",
        "RFC 5321 4.2.3; Postfix source, src/smtpd; qmail source, qmail-smtpd.c",
    ),
    554: _of(
        "transaction failed, reason unknown",
        "text and enhanced code give the reason; in a greeting: no mail service, or not for you",
        "RFC 5321 3.1, 4.2.3",
    ),
    571: _of(
        "no external routing, authentication missing, or a blocklist",
        "no RFC has 571: the text is Novell NetMail's; only its first digit counts: permanent",
        "Bongo project source, smtpd.h; RFC 5321 4.3.2",
    ),
    572: _of(
        "bounces are blocked because of spammers",
        "no RFC has 572, and none allows to refuse the null sender in general",
        "Bongo project source, smtpd.h; RFC 5321 4.5.5",
    ),
}
"""By code; a code that is not here is right in the lists that have it, or in none of them."""

DIGIT_BELIEFS: tuple[Belief, ...] = (
    Belief(
        "1yz: accepted, but a confirmation is needed",
        "SMTP has no 1yz: a first digit is 2, 3, 4 or 5; a server that sends 1yz breaks the rules",
        "RFC 5321 4.2.1",
    ),
    Belief(
        "4yz: an error of the local server; 5yz: one of the remote server",
        "the digit shows duration, not place; the server you talk to speaks both",
        "RFC 5321 4.2.1",
    ),
    Belief(
        "4yz: nothing is sent until you have found and fixed the problem",
        "4yz is temporary: a queue retries on its own",
        "RFC 5321 4.2.1, 4.5.4",
    ),
    Belief(
        "an error means that your mail was not sent",
        "one refused recipient does not stop the others of the same message",
        "RFC 5321 3.3",
    ),
    Belief(
        "x3z and x4z are not used",
        "unspecified in the base; x3z is the space of AUTH: 235, 334, 432, 530, 534, 535, 538",
        "RFC 5321 4.2.1, RFC 4954 6",
    ),
    Belief(
        "4.5.1 is 451 written with dots",
        "it is a second, independent code: class 4, X.5.1, a command that is not valid there",
        "RFC 3463 2, RFC 2034 3",
    ),
    Belief(
        "5.7.1 means that relaying is denied",
        "5.7.1 is: not authorised. Relaying, blocklist, content or a rule: the text decides",
        "RFC 3463 3.8",
    ),
    Belief(
        "codes are the same on all servers",
        "only those of the standard; products invent codes and give enhanced codes own meanings",
        "RFC 5321 4.3.2, RFC 5248 2",
    ),
    Belief(
        "a server may send the code alone",
        "a client must accept that; a server should send text too",
        "RFC 5321 4.2",
    ),
)
"""What old lists say of the digits and of codes in general."""

ORIGINS: dict[int, str] = {
    200: "no RFC of SMTP has it; a survey of servers met it in 1983 (RFC 876)",
    353: "no RFC has it: Exim, Halon and others send it for PRDR, a reply for each recipient",
    430: "named in the IANA registry beside X.5.1; no RFC of SMTP defines it",
    435: "no RFC has it: Exim sends it where RFC 4954 says 454",
    456: "an Internet-Draft that has expired",
    457: "no RFC has it: freenet.de sent it for greylisting",
    505: "no RFC has it: Novell NetMail, later Hula and Bongo, sent it where RFC 4954 says 530",
    520: "Internet-Drafts that have expired",
    533: "named in the IANA registry beside X.7.1; no RFC of SMTP defines it",
    557: "Internet-Drafts that have expired",
    570: "no RFC has it: an invention of mail filters",
    571: "no RFC has it: Novell NetMail, later Hula and Bongo, sent it to ask for a login; some"
    " filters send it for blocklists",
    572: "no RFC has it: Novell NetMail, later Hula and Bongo, sent it to refuse the null sender",
    591: "no RFC has it: an invention of mail filters",
    599: "no RFC has it: an invention of mail filters",
}
"""Where codes come from that no RFC of SMTP defines."""
