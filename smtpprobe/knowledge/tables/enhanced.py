"""The enhanced status codes of the IANA registry in own words, X standing for the class.

A code with several rows has the particular ones first; the first whose condition holds counts.
Codes with detail 0, and X.7.1, are generic: text and command are asked before them.
"""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.rules import conditions as when
from smtpprobe.knowledge.rules.situation import CLOSES_OF_ITSELF, Row

_RCPT = "check the address; RCPT TO:<another>; RSET; QUIT"
_LATER = "retry {when}; tell their postmaster if it lasts"
_DKIM = "sign with a key the DNS shows, d= the From domain; QUIT"
_TLS = "STARTTLS, then EHLO again; {verb} again"

ENHANCED: dict[str, tuple[Row, ...]] = {
    "X.0.0": (
        Row(
            "Undefined status",
            "no detail beyond the class",
            Cause.UNKNOWN,
            "read its text",
            "RFC 3463 3.1",
        ),
    ),
    "X.1.0": (
        Row(
            "Address status",
            "something about an address; the text may say which",
            Cause.UNKNOWN,
            "check sender and recipient",
            "RFC 3463 3.2",
        ),
    ),
    "X.1.1": (
        Row(
            "Unknown recipient",
            "the server says that this mailbox does not exist there",
            Cause.UNKNOWN_RECIPIENT,
            _RCPT,
            "RFC 3463 3.2",
        ),
    ),
    "X.1.2": (
        Row(
            "Unknown domain",
            "the server says that the recipient's domain does not exist or accepts no mail",
            Cause.UNKNOWN_DOMAIN,
            "check the domain and its MX; RSET; QUIT",
            "RFC 3463 3.2",
        ),
    ),
    "X.1.3": (
        Row(
            "Sender malformed",
            "the sender's address is malformed",
            Cause.SYNTAX_ERROR,
            "MAIL FROM:<you@domain>, or <>",
            "RFC 3463 3.2",
            when=when.about_the_sender,
        ),
        Row(
            "Recipient malformed",
            "the recipient's address is malformed",
            Cause.SYNTAX_ERROR,
            "RCPT TO:<user@domain>",
            "RFC 3463 3.2",
        ),
    ),
    "X.1.4": (
        Row(
            "Recipient ambiguous",
            "the address fits more than one mailbox there",
            Cause.UNKNOWN_RECIPIENT,
            "RCPT with the full address; RSET; QUIT",
            "RFC 3463 3.2",
        ),
    ),
    "X.1.5": (
        Row(
            "Recipient valid",
            "the recipient's address is valid",
            Cause.ACCEPTED,
            "",
            "RFC 3463 3.2",
        ),
    ),
    "X.1.6": (
        Row(
            "Recipient moved",
            "the mailbox is closed, and no new address is given",
            Cause.RECIPIENT_MOVED,
            "find the new address; RSET; QUIT",
            "RFC 3463 3.2",
        ),
    ),
    "X.1.7": (
        Row(
            "Sender malformed",
            "the sender's address is malformed",
            Cause.SYNTAX_ERROR,
            "MAIL FROM:<you@domain>, or <>; QUIT",
            "RFC 3463 3.2",
        ),
    ),
    "X.1.8": (
        Row(
            "Sender's domain refused",
            "{sender_domain} does not resolve there, or accepts no return mail",
            Cause.SENDER_REJECTED,
            "give it MX or address records; MAIL with another sender; QUIT",
            "RFC 3463 3.2",
        ),
    ),
    "X.1.9": (
        Row(
            "Relayed elsewhere",
            "relayed to a system that reports no further",
            Cause.UNKNOWN,
            "nothing: there is no more to learn",
            "RFC 3886 3.3.4",
        ),
    ),
    "X.1.10": (
        Row(
            "Domain takes no mail",
            "the recipient's domain says that it accepts no mail (null MX)",
            Cause.NO_MAIL_SERVICE,
            "check the domain; RSET; QUIT",
            "RFC 7505 4.1",
        ),
    ),
    "X.2.0": (
        Row(
            "Mailbox status",
            "the mailbox exists, but something is wrong with it",
            Cause.UNKNOWN,
            "read its text; retry {when}",
            "RFC 3463 3.3",
        ),
    ),
    "X.2.1": (
        Row(
            "Receives too much",
            "this mailbox is receiving too much mail now, from all senders",
            Cause.RATE_LIMITED,
            "retry {when}",
            "RFC 3463 3.3; Google Workspace Help, SMTP errors",
            blame=Blame.RECIPIENT,
            when=when.temporary_about_rate,
        ),
        Row(
            "Mailbox disabled",
            "the mailbox exists but is switched off",
            Cause.MAILBOX_DISABLED,
            "only its owner or administrator can open it; RSET; QUIT",
            "RFC 3463 3.3",
        ),
    ),
    "X.2.2": (
        Row(
            "Mailbox full",
            "the recipient's mailbox is full; only its owner can make room",
            Cause.MAILBOX_FULL,
            "contact the recipient another way; RSET; QUIT",
            "RFC 3463 3.3",
        ),
    ),
    "X.2.3": (
        Row(
            "Message too large",
            "the message is larger than this mailbox allows",
            Cause.MESSAGE_TOO_LARGE,
            "a smaller message, or a link; QUIT",
            "RFC 3463 3.3",
        ),
    ),
    "X.2.4": (
        Row(
            "List not expanded",
            "the address is a list, and the server cannot expand it",
            Cause.SERVER_ERROR,
            "tell the owner of the list; retry {when}",
            "RFC 3463 3.3",
        ),
    ),
    "X.3.0": (
        Row(
            "Mail system status",
            "trouble on the server's side",
            Cause.SERVER_ERROR,
            _LATER,
            "RFC 3463 3.4",
            when=when.temporary,
        ),
        Row(
            "Mail system status",
            "the mail system refuses; no finer reason given",
            Cause.UNKNOWN,
            "read its text; QUIT",
            "RFC 3463 3.4",
        ),
    ),
    "X.3.1": (
        Row(
            "No room",
            "the mail system has no room now",
            Cause.STORAGE_FULL,
            "retry {when}",
            "RFC 3463 3.4",
        ),
    ),
    "X.3.2": (
        Row(
            "Service not available",
            "the host accepts no mail now: shutdown, load or maintenance",
            Cause.SERVICE_UNAVAILABLE,
            "connect again {when}; the next MX",
            "RFC 3463 3.4",
            when=when.temporary,
        ),
        Row(
            "Host takes no mail",
            "this host never accepts mail",
            Cause.NO_MAIL_SERVICE,
            "the next MX; check that this is the right host; QUIT",
            "RFC 7504 4",
            when=when.at_connect,
        ),
        Row(
            "Refused by the host",
            "the host accepts no mail from you; no finer reason given",
            Cause.POLICY,
            "read its text; QUIT",
            "RFC 3463 3.4, RFC 7504 4",
        ),
    ),
    "X.3.3": (
        Row(
            "Feature not supported",
            "the server cannot do what a parameter asks for",
            Cause.PARAMETER_UNSUPPORTED,
            "{verb} without the parameter",
            "RFC 3463 3.4",
        ),
    ),
    "X.3.4": (
        Row(
            "Message too large",
            "the message is over the server's size limit",
            Cause.MESSAGE_TOO_LARGE,
            "keep it under {limit}; EHLO shows SIZE; a smaller message; QUIT",
            "RFC 3463 3.4, RFC 1870 6",
        ),
    ),
    "X.3.5": (
        Row(
            "Server misconfigured",
            "the server is misconfigured; it is not your fault",
            Cause.SERVER_ERROR,
            "tell their postmaster; QUIT",
            "RFC 3463 3.4",
        ),
    ),
    "X.3.6": (
        Row(
            "Priority changed",
            "accepted with another priority than asked for",
            Cause.ACCEPTED,
            "",
            "RFC 6710 7",
        ),
    ),
    "X.4.0": (
        Row(
            "Network status",
            "trouble on the network between servers",
            Cause.NETWORK_ERROR,
            "retry {when}; check DNS and route",
            "RFC 3463 3.5",
        ),
    ),
    "X.4.1": (
        Row(
            "Waited too long",
            "the server gave up waiting for a command or for data",
            Cause.TIMEOUT,
            "connect again, send without long pauses",
            "RFC 5321 4.5.3.2.7; Sendmail, reply texts",
            when=when.about_time,
        ),
        Row(
            "No answer from host",
            "the server gets no answer from the next host, and gives up",
            Cause.NETWORK_ERROR,
            "check the address, its domain and MX; RSET; QUIT",
            "RFC 3463 3.5",
            when=when.permanent,
        ),
        Row(
            "No answer from host",
            "the server gets no answer from the next host",
            Cause.NETWORK_ERROR,
            "retry {when}; check that host",
            "RFC 3463 3.5",
        ),
    ),
    "X.4.2": (
        Row(
            "Idle too long",
            "the server closes: nothing was sent for too long (RFC 5321 4.5.3.2.7)",
            Cause.TIMEOUT,
            ":connect",
            "RFC 5321 4.5.3.2.7, RFC 3463 3.5",
            when=when.closing_unasked,
            says=CLOSES_OF_ITSELF,
        ),
        Row(
            "Waited too long",
            "the server gave up waiting for a command or for data",
            Cause.TIMEOUT,
            "connect again, send without long pauses",
            "RFC 5321 4.5.3.2.7, RFC 3463 3.5",
            when=when.about_time,
        ),
        Row(
            "Bad connection",
            "a connection to or from the server broke or ran out of time",
            Cause.NETWORK_ERROR,
            "connect again {when}",
            "RFC 3463 3.5",
        ),
    ),
    "X.4.3": (
        Row(
            "Directory failure",
            "a directory or DNS server that it needs does not answer",
            Cause.SERVER_ERROR,
            _LATER,
            "RFC 3463 3.5",
            when=when.temporary,
        ),
        Row(
            "Directory failure",
            "the server's directory or DNS has no route for this domain",
            Cause.UNKNOWN_DOMAIN,
            "check the domain and its DNS; QUIT",
            "RFC 3463 3.5",
        ),
    ),
    "X.4.4": (
        Row(
            "No route now",
            "the server finds no next host for the domain now",
            Cause.SERVER_ERROR,
            "retry {when}; check the domain's MX",
            "RFC 3463 3.5",
            when=when.temporary,
        ),
        Row(
            "No route",
            "the server finds no host that accepts mail for the domain",
            Cause.UNKNOWN_DOMAIN,
            "check the domain and its MX; RSET; QUIT",
            "RFC 3463 3.5",
        ),
    ),
    "X.4.5": (
        Row(
            "Congestion",
            "the server is congested",
            Cause.SERVICE_UNAVAILABLE,
            "retry {when}, with fewer connections",
            "RFC 3463 3.5",
        ),
    ),
    "X.4.6": (
        Row(
            "Mail loop",
            "the message is looping: too many hops",
            Cause.LOOP_DETECTED,
            "read its Received: lines; check forwarding and MX",
            "RFC 3463 3.5",
        ),
    ),
    "X.4.7": (
        Row(
            "Delivery time over",
            "the message became too old while it waited",
            Cause.TIMEOUT,
            "look for the earlier reason; send it again",
            "RFC 3463 3.5",
        ),
    ),
    "X.5.0": (
        Row(
            "Protocol status",
            "a remark on the protocol; no finer reason given",
            Cause.UNKNOWN,
            "check the line just sent",
            "RFC 3463 3.6",
        ),
    ),
    "X.5.1": (
        Row(
            "Out of order",
            "a valid command at the wrong moment",
            Cause.BAD_SEQUENCE,
            "RSET, then in order: MAIL, RCPT, DATA; QUIT",
            "RFC 3463 3.6",
            when=when.out_of_order,
        ),
        Row(
            "Login needed",
            "the server wants something before {verb}: a login or TLS",
            Cause.AUTH_REQUIRED,
            "STARTTLS, then EHLO again; AUTH",
            "RFC 3463 3.6, RFC 4954 6",
            when=lambda seen: seen.code == 530,
        ),
        Row(
            "Parameter unknown",
            "the server does not know a parameter",
            Cause.PARAMETER_UNSUPPORTED,
            "{verb} with announced parameters only",
            "RFC 3463 3.6, RFC 5321 4.1.1.11",
            when=when.about_parameters,
        ),
        Row(
            "Invalid command",
            "the server does not know or does not take this command",
            Cause.NOT_IMPLEMENTED,
            "check the spelling; HELP; QUIT",
            "RFC 3463 3.6",
        ),
    ),
    "X.5.2": (
        Row(
            "Command not recognised",
            "the server does not know this command",
            Cause.NOT_IMPLEMENTED,
            "check the spelling; HELP; QUIT",
            "RFC 3463 3.6, RFC 5321 4.2.4",
            when=when.about_the_verb,
        ),
        Row(
            "Syntax error",
            "the server does not understand the line",
            Cause.SYNTAX_ERROR,
            "check the line and send it again",
            "RFC 3463 3.6",
        ),
    ),
    "X.5.3": (
        Row(
            "Too many recipients",
            "this transaction accepts no more recipients",
            Cause.TOO_MANY_RECIPIENTS,
            "DATA for the accepted ones; the rest in a new MAIL",
            "RFC 3463 3.6, RFC 5321 4.5.3.1.10",
        ),
    ),
    "X.5.4": (
        Row(
            "Encryption needed",
            "the server requires TLS before {mechanism}",
            Cause.TLS_REQUIRED,
            "STARTTLS, then EHLO again",
            "RFC 4954 6, Postfix smtpd reply text",
            when=when.at_login_about_encryption,
        ),
        Row(
            "Mechanism not offered",
            "the server does not offer {mechanism}, or not in this form",
            Cause.AUTH_MECHANISM,
            "AUTH with one that EHLO lists; QUIT",
            "RFC 4954 4",
            when=lambda seen: when.at_login(seen) and seen.code == 504,
        ),
        Row(
            "Parameter not offered",
            "a parameter of {verb} is not supported here",
            Cause.PARAMETER_UNSUPPORTED,
            "{verb} with announced parameters only",
            "RFC 3463 3.6",
            when=when.about_parameters,
        ),
        Row(
            "Bad argument",
            "what follows {verb} is not valid",
            Cause.SYNTAX_ERROR,
            "check the argument and send the line again",
            "RFC 3463 3.6",
        ),
    ),
    "X.5.5": (
        Row(
            "Wrong protocol version",
            "the versions of the protocol do not fit",
            Cause.PARAMETER_UNSUPPORTED,
            "{verb} without extensions",
            "RFC 3463 3.6",
        ),
    ),
    "X.5.6": (
        Row(
            "Line too long",
            "the line of the login is longer than the server takes",
            Cause.SYNTAX_ERROR,
            "AUTH without initial response",
            "RFC 4954 6",
        ),
    ),
    "X.6.0": (
        Row(
            "Content status",
            "something about the content; most often its format",
            Cause.MALFORMED_MESSAGE,
            "check headers, MIME and line ends; QUIT",
            "RFC 3463 3.7",
        ),
    ),
    "X.6.1": (
        Row(
            "Media not supported",
            "the server takes no content of this kind",
            Cause.CONTENT_REJECTED,
            "send it in another form; QUIT",
            "RFC 3463 3.7",
        ),
    ),
    "X.6.2": (
        Row(
            "Conversion forbidden",
            "the content needs a conversion that is forbidden",
            Cause.CONTENT_REJECTED,
            "send it in 7 bit: quoted-printable or base64; QUIT",
            "RFC 3463 3.7",
        ),
    ),
    "X.6.3": (
        Row(
            "Conversion not possible",
            "the content needs a conversion that the server cannot do",
            Cause.CONTENT_REJECTED,
            "send it in 7 bit: quoted-printable or base64; QUIT",
            "RFC 3463 3.7, RFC 6152 3",
        ),
    ),
    "X.6.4": (
        Row(
            "Conversion with loss",
            "the content was or would be converted with loss",
            Cause.CONTENT_REJECTED,
            "send it in a plainer form; QUIT",
            "RFC 3463 3.7",
        ),
    ),
    "X.6.5": (
        Row(
            "Conversion failed",
            "the content could not be converted",
            Cause.CONTENT_REJECTED,
            "send it in a plainer form; QUIT",
            "RFC 3463 3.7",
        ),
    ),
    "X.6.6": (
        Row(
            "Content not available",
            "the server could not fetch the content from where it lies",
            Cause.CONTENT_REJECTED,
            "check the URL of BURL and its rights; QUIT",
            "RFC 4468 4",
        ),
    ),
    "X.6.7": (
        Row(
            "Address not internationalised",
            "addresses beyond ASCII are not permitted here without SMTPUTF8",
            Cause.SMTPUTF8_UNSUPPORTED,
            "SMTPUTF8 on MAIL, if EHLO lists it; else an ASCII address",
            "RFC 6531 3.5",
        ),
    ),
    "X.6.8": (
        Row(
            "UTF-8 reply needed",
            "the reply would need UTF-8, which the command did not allow",
            Cause.SMTPUTF8_UNSUPPORTED,
            "{verb} again with SMTPUTF8",
            "RFC 6531 3.7.4.2",
        ),
    ),
    "X.6.9": (
        Row(
            "UTF-8 headers refused",
            "a recipient cannot take headers in UTF-8",
            Cause.SMTPUTF8_UNSUPPORTED,
            "an ASCII version of the message; QUIT",
            "RFC 6531 3.5",
        ),
    ),
    "X.6.10": (
        Row(
            "UTF-8 reply needed",
            "the reply would need UTF-8 (a withdrawn duplicate of X.6.8)",
            Cause.SMTPUTF8_UNSUPPORTED,
            "{verb} again with SMTPUTF8",
            "IANA enhanced status codes, X.6.10",
        ),
    ),
    "X.7.0": (
        Row(
            "Refused by a rule",
            "refused by a security rule; no finer reason given",
            Cause.POLICY,
            "read its text; QUIT",
            "RFC 3463 3.8",
        ),
    ),
    "X.7.1": (
        Row(
            "Refused by a rule",
            "refused by a rule of the server; no finer reason given",
            Cause.POLICY,
            "read its text; ask their postmaster; QUIT",
            "RFC 3463 3.8",
        ),
    ),
    "X.7.2": (
        Row(
            "List closed to you",
            "you may not write to this list",
            Cause.POLICY,
            "ask the owner of the list; RSET; QUIT",
            "RFC 3463 3.8",
        ),
    ),
    "X.7.3": (
        Row(
            "Login refused",
            "the server refuses this login: user name or password wrong, or not this way",
            Cause.AUTH_FAILED,
            "AUTH again; QUIT",
            "RFC 4954 6; Microsoft Learn, SMTP AUTH errors",
            when=when.at_login,
        ),
        Row(
            "Security conversion",
            "the message cannot be converted between security systems",
            Cause.CONTENT_REJECTED,
            "send it in another form; QUIT",
            "RFC 3463 3.8",
        ),
    ),
    "X.7.4": (
        Row(
            "Mechanism not supported",
            "the server does not know {mechanism}",
            Cause.AUTH_MECHANISM,
            "AUTH with one that EHLO lists; QUIT",
            "RFC 3463 3.8, RFC 4954 6",
            when=when.at_login,
        ),
        Row(
            "Security feature unknown",
            "a security feature asked for is not supported",
            Cause.PARAMETER_UNSUPPORTED,
            "{verb} without it",
            "RFC 3463 3.8",
        ),
    ),
    "X.7.5": (
        Row(
            "Cryptographic failure",
            "the server could not check or decrypt the message",
            Cause.CONTENT_REJECTED,
            "check the signature or encryption of the message; QUIT",
            "RFC 3463 3.8",
        ),
    ),
    "X.7.6": (
        Row(
            "Algorithm not supported",
            "the message uses an algorithm that the server does not know",
            Cause.CONTENT_REJECTED,
            "sign or encrypt with a common algorithm; QUIT",
            "RFC 3463 3.8",
        ),
    ),
    "X.7.7": (
        Row(
            "Message altered",
            "the message was altered or damaged on its way",
            Cause.CONTENT_REJECTED,
            "send it again unchanged; check what rewrites it; QUIT",
            "RFC 3463 3.8",
        ),
    ),
    "X.7.8": (
        Row(
            "Login refused",
            "user name or password wrong",
            Cause.AUTH_FAILED,
            "AUTH again; QUIT",
            "RFC 4954 6",
        ),
    ),
    "X.7.9": (
        Row(
            "Mechanism too weak",
            "{mechanism} is too weak for this account",
            Cause.AUTH_MECHANISM,
            "AUTH with a stronger mechanism of the EHLO list; QUIT",
            "RFC 4954 6",
        ),
    ),
    "X.7.10": (
        Row(
            "Encryption needed",
            "the server requires TLS first",
            Cause.TLS_REQUIRED,
            _TLS,
            "RFC 5248 2.4",
        ),
    ),
    "X.7.11": (
        Row(
            "Encryption needed",
            "the server requires TLS before {mechanism}",
            Cause.TLS_REQUIRED,
            _TLS,
            "RFC 4954 6",
        ),
    ),
    "X.7.12": (
        Row(
            "Password transition",
            "the account must log in once with PLAIN first",
            Cause.AUTH_MECHANISM,
            "AUTH PLAIN, inside TLS",
            "RFC 4954 6",
            retry=Retry.AFTER_CHANGE,
        ),
    ),
    "X.7.13": (
        Row(
            "Account disabled",
            "the login is right but the account is disabled",
            Cause.AUTH_FAILED,
            "ask the account's administrator; QUIT",
            "RFC 5248 2.4",
        ),
    ),
    "X.7.14": (
        Row(
            "Not authorised",
            "your address is not among those that may use {verb}",
            Cause.POLICY,
            "have the server list your address (Dovecot: login_trusted_networks)",
            "Postfix XCLIENT_README, XFORWARD_README",
            blame=Blame.YOUR_IP,
            when=when.names_the_client,
        ),
        Row(
            "Trust needed",
            "the server may not fetch the message: no trust between the two servers",
            Cause.POLICY,
            "ask the server's administrator; RSET; QUIT",
            "RFC 5248 2.4",
        ),
    ),
    "X.7.15": (
        Row(
            "Priority too low",
            "the server accepts only mail of higher priority",
            Cause.POLICY,
            "MAIL with a higher MT-PRIORITY; QUIT",
            "RFC 6710 7",
        ),
    ),
    "X.7.16": (
        Row(
            "Too large for its priority",
            "the message is too large for its priority",
            Cause.MESSAGE_TOO_LARGE,
            "a smaller message, or a higher MT-PRIORITY; QUIT",
            "RFC 6710 7",
        ),
    ),
    "X.7.17": (
        Row(
            "Mailbox has a new owner",
            "the mailbox has changed hands since the date you gave",
            Cause.POLICY,
            "find the recipient another way; send nothing private; RSET; QUIT",
            "RFC 7293 5.3",
        ),
    ),
    "X.7.18": (
        Row(
            "Domain has a new owner",
            "the domain has changed hands since the date you gave",
            Cause.POLICY,
            "find the recipient another way; send nothing private; RSET; QUIT",
            "RFC 7293 5.3",
        ),
    ),
    "X.7.19": (
        Row(
            "Owner not known",
            "the server cannot tell whether the mailbox has changed hands",
            Cause.POLICY,
            "RCPT without RRVS, if that is acceptable; RSET; QUIT",
            "RFC 7293 5.3",
        ),
    ),
    "X.7.20": (
        Row(
            "DKIM missing",
            "no DKIM signature of the message passed",
            Cause.SENDER_AUTH_FAILED,
            _DKIM,
            "RFC 7372 3.1",
        ),
    ),
    "X.7.21": (
        Row(
            "DKIM not acceptable",
            "a DKIM signature passed, but none that this server accepts",
            Cause.SENDER_AUTH_FAILED,
            _DKIM,
            "RFC 7372 3.1",
        ),
    ),
    "X.7.22": (
        Row(
            "DKIM not aligned",
            "no DKIM signature is that of the From domain",
            Cause.SENDER_AUTH_FAILED,
            _DKIM,
            "RFC 7372 3.1",
        ),
    ),
    "X.7.23": (
        Row(
            "SPF failed",
            "SPF says that your address may not send for {sender_domain}",
            Cause.SENDER_AUTH_FAILED,
            "send from a listed host, or list this one in SPF; QUIT",
            "RFC 7372 3.2",
        ),
    ),
    "X.7.24": (
        Row(
            "SPF broken",
            "the SPF record of {sender_domain} cannot be evaluated",
            Cause.SENDER_AUTH_FAILED,
            "correct the SPF record: syntax, at most 10 lookups; QUIT",
            "RFC 7372 3.2",
        ),
    ),
    "X.7.25": (
        Row(
            "Reverse DNS missing",
            "your address has no reverse name, or one that does not match",
            Cause.NO_REVERSE_DNS,
            "set a PTR and an address record that match; QUIT",
            "RFC 7372 3.3",
        ),
    ),
    "X.7.26": (
        Row(
            "Not authenticated",
            "more than one of SPF, DKIM and DMARC failed",
            Cause.SENDER_AUTH_FAILED,
            "check the records of {sender_domain} and the signature; QUIT",
            "RFC 7372 3.4",
        ),
    ),
    "X.7.27": (
        Row(
            "Sender takes no mail",
            "the sender's domain says that it accepts no mail (null MX)",
            Cause.SENDER_REJECTED,
            "MAIL with a domain that accepts mail; QUIT",
            "RFC 7505 4.2",
        ),
    ),
    "X.7.28": (
        Row(
            "Mail flood",
            "the server sees a flood of similar messages",
            Cause.RATE_LIMITED,
            "slow down; find what sends them; retry {when}",
            "IANA enhanced status codes, X.7.28",
        ),
    ),
    "X.7.29": (
        Row(
            "ARC failed",
            "the ARC chain of the message does not hold",
            Cause.SENDER_AUTH_FAILED,
            "look at the last forwarder's ARC seal; QUIT",
            "RFC 8617 5.2.2",
        ),
    ),
    "X.7.30": (
        Row(
            "TLS needed on the way",
            "the message requires TLS on every hop, and a next host cannot",
            Cause.TLS_REQUIRED,
            "MAIL without REQUIRETLS, if that is acceptable; QUIT",
            "RFC 8689 5",
        ),
    ),
}
"""All codes of the registry "SMTP Enhanced Status Codes" (IANA), keyed by X.subject.detail."""

GENERIC = frozenset({"X.7.1"})
"""Generic codes other than those with detail 0."""


def is_specific(key: str) -> bool:
    """Return whether the registry has the code and it says more than its subject."""
    return key in ENHANCED and not key.endswith(".0") and key not in GENERIC


def generic_key(key: str) -> str:
    """Return the code to use for this one if it says no more than its subject."""
    return key if key in ENHANCED else f"X.{key.split('.')[1]}.0"


COLLISIONS: dict[str, tuple[str, str]] = {
    "X.5.0": (
        "Outlook.com gives 550 5.5.0 to a mailbox that does not exist",
        "Microsoft Learn, NDR codes",
    ),
    "X.7.32": (
        "Gmail gives 4.7.32 and 5.7.32 to mail whose From: agrees with neither SPF nor DKIM",
        "Google Workspace Help, SMTP errors",
    ),
    "X.1.10": ("Microsoft gives 5.1.10 to an unknown recipient", "Microsoft Learn, NDR codes"),
    "X.4.1": (
        "Microsoft gives 5.4.1 to a recipient that its tenant does not know",
        "Microsoft Learn, NDR codes",
    ),
    "X.2.2": (
        "Microsoft gives 5.2.2 to a sending quota of yours that is used up",
        "Microsoft Learn, NDR codes",
    ),
    "X.7.9": ("Yahoo gives 5.7.9 to mail without SPF or DKIM", "Yahoo Sender Hub, error codes"),
    "X.4.5": (
        "Gmail gives 5.4.5 to a daily sending quota that is used up",
        "Google Workspace Help, SMTP errors",
    ),
    "X.7.27": (
        "Gmail gives 4.7.27 and 5.7.27 to mail whose SPF did not pass",
        "Google Workspace Help, SMTP errors",
    ),
    "X.7.29": (
        "Gmail gives 4.7.29 and 5.7.29 to mail sent without TLS",
        "Google Workspace Help, SMTP errors",
    ),
    "X.7.30": (
        "Gmail gives 4.7.30 and 5.7.30 to mail whose DKIM did not pass",
        "Google Workspace Help, SMTP errors",
    ),
}
"""Codes that a large provider uses otherwise than the registry: the remark, and the source."""
