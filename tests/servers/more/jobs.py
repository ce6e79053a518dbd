"""What every server is held against: jobs, the situation that shows each, and how it should end.

A cell of docs/servers.md that does not end so has its reason here, or a test fails.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol


class Job(NamedTuple):
    """One job."""

    title: str
    situation: str
    wanted: str
    """A pattern for the end of the situation as a cell writes it: `250`, `421`, `250, closed`."""


JOBS: Final[Sequence[Job]] = (
    Job("greet", "greet", "220"),
    Job("EHLO", "ehlo", "250"),
    Job("STARTTLS", "starttls", "TLSv1.[23].*"),
    Job("certificate", "starttls", ".*, verified"),
    Job("AUTH, right password", "auth-good", "235"),
    Job("AUTH, wrong password", "auth-bad", "535"),
    Job("delivery", "message", "250"),
    Job("delivery, PIPELINING", "pipelined", "250"),
    Job("delivery, BDAT", "bdat", "250"),
    Job("delivery, BINARYMIME", "binarymime", "250"),
    Job("refused recipient", "rcpt-unknown", "5[0-9]{2}"),
    Job("relay refused", "rcpt-relay", "5[0-9]{2}"),
    Job("oversize", "message-large", "5[0-9]{2}"),
    Job("bad sequence", "rcpt-early", "50[0-9]"),
    Job("too many errors", "errors", "421|.*closed"),
    Job("idle 421", "idle", "421"),
    Job("XCLIENT", "xclient", "220"),
    Job("XFORWARD", "xforward", "250"),
    Job("QUIT", "quit", "221"),
)

HANDSHAKES: Final = ("STARTTLS", "certificate")
"""Jobs whose cell is about TLS and not about a reply."""


class Reason(NamedTuple):
    """Why cells do not end as their job should: of one job, at these servers."""

    job: str
    servers: str
    """Names with blanks between; `*` is every server that is not named for the job elsewhere."""
    text: str


REASONS: Final[Sequence[Reason]] = (
    Reason(
        "STARTTLS",
        "cyrus-lmtp",
        "`lmtpd -a` takes every client for one that has logged in, and"
        " offers STARTTLS only before a login",
    ),
    Reason("STARTTLS", "maildev", "it has TLS from the first octet (`--incoming-secure`) or none"),
    Reason("STARTTLS", "msmtpd smtp-sink", "it speaks no TLS"),
    Reason(
        "STARTTLS",
        "opensmtpd",
        "6.8 fails every handshake with OpenSSL 3, which Debian 12 builds"
        " it with (OpenSMTPD issue 1239); 220 is followed by the alert internal_error",
    ),
    Reason("certificate", "cyrus-lmtp maildev msmtpd smtp-sink opensmtpd", "see STARTTLS"),
    Reason(
        "AUTH, right password",
        "postfix postfix-behind postscreen",
        "an MX has no logins; postfix-submission has",
    ),
    Reason("AUTH, right password", "opensmtpd", "AUTH is offered inside TLS only; see STARTTLS"),
    Reason(
        "AUTH, right password",
        "cyrus-lmtp dovecot-lmtp",
        "LMTP for the mail server beside it: no login is configured",
    ),
    Reason("AUTH, right password", "smtp-sink", "it answers AUTH with 250, whatever follows"),
    Reason(
        "AUTH, right password",
        "aiosmtpd-smtps",
        "it counts only STARTTLS as TLS, unless its program says `auth_require_tls=False`",
    ),
    Reason("AUTH, wrong password", "aiosmtpd-smtps", "see AUTH, right password"),
    Reason(
        "AUTH, wrong password",
        "postfix postfix-behind postscreen opensmtpd cyrus-lmtp dovecot-lmtp smtp-sink",
        "see AUTH, right password",
    ),
    Reason("AUTH, wrong password", "msmtpd", "it hangs up behind the 535"),
    Reason(
        "delivery",
        "postscreen",
        "its deep tests end with 450 for every client that is new, and it"
        " is told to remember none; so no recipient is left",
    ),
    Reason("delivery, PIPELINING", "postscreen", "see delivery"),
    Reason(
        "delivery, PIPELINING",
        "msmtpd",
        "it does not offer PIPELINING, and hangs up when a command is there before its turn",
    ),
    Reason(
        "delivery, PIPELINING",
        "opensmtpd",
        "it does not offer PIPELINING, and refuses a command that is there before its turn",
    ),
    Reason("delivery, BDAT", "postscreen", "see delivery"),
    Reason("delivery, BDAT", "*", "it does not offer CHUNKING"),
    Reason(
        "delivery, BINARYMIME",
        "*",
        "no server here offers BINARYMIME: not one of Debian 12 and"
        " npm does; it is refused at MAIL, or BDAT is",
    ),
    Reason("refused recipient", "postscreen", "see delivery: 450 for all"),
    Reason("refused recipient", "cyrus-lmtp", "`autocreate_post: yes` makes the mailbox"),
    Reason(
        "refused recipient",
        "dovecot-submission msmtpd",
        "it hands the message on and asks nobody about its recipients",
    ),
    Reason(
        "refused recipient",
        "aiosmtpd smtp-server maildev smtp-sink haraka qpsmtpd",
        "as set up here, and by default, every address of its domain exists",
    ),
    Reason("relay refused", "postscreen", "see delivery: 450 for all"),
    Reason(
        "relay refused",
        "postfix-submission postfix-smtps dovecot-submission msmtpd maildev",
        "who has logged in may send anywhere",
    ),
    Reason(
        "relay refused",
        "cyrus-lmtp",
        "LMTP delivers, whatever the domain is; see refused recipient",
    ),
    Reason(
        "relay refused",
        "aiosmtpd smtp-server smtp-sink",
        "it takes mail for every domain unless its program says otherwise",
    ),
    Reason("oversize", "postscreen", "see delivery; 554 comes before the message"),
    Reason("oversize", "dovecot-lmtp", "it has no limit but a quota"),
    Reason("oversize", "maildev", "its limit is 50 MiB"),
    Reason("oversize", "msmtpd smtp-sink", "it has no limit"),
    Reason("bad sequence", "msmtpd", "it hangs up behind the 500"),
    Reason(
        "too many errors",
        "courier cyrus-lmtp haraka opensmtpd smtp-sink",
        "it does not count them, or thirty are not too many",
    ),
    Reason(
        "idle 421", "aiosmtpd courier opensmtpd sendmail smtp-sink", "it hangs up without a word"
    ),
    Reason(
        "idle 421", "exim-smtps", "inside TLS it hangs up without a word; in plaintext it says 421"
    ),
    Reason("idle 421", "msmtpd", "it has no limit that ends a session within eleven minutes"),
    Reason(
        "XCLIENT",
        "postfix postfix-submission postfix-smtps",
        "refused to all that"
        " `smtpd_authorized_xclient_hosts` does not list; postfix-behind lists us",
    ),
    Reason("XCLIENT", "dovecot-lmtp", "refused to all that `login_trusted_networks` does not list"),
    Reason("XCLIENT", "maildev", "it is switched off in the smtp-server inside"),
    Reason("XCLIENT", "smtp-sink", "it says 250 and begins no new session"),
    Reason("XCLIENT", "*", "it does not know XCLIENT"),
    Reason(
        "XFORWARD",
        "postfix postfix-submission postfix-smtps",
        "refused to all that"
        " `smtpd_authorized_xforward_hosts` does not list; postfix-behind lists us",
    ),
    Reason("XFORWARD", "maildev", "it is switched off in the smtp-server inside"),
    Reason("XFORWARD", "*", "it does not know XFORWARD"),
)


ALIKE: Final[Mapping[str, str]] = {
    "exim-smtps": "exim",
    "dovecot-submissions": "dovecot-submission",
    "opensmtpd-smtps": "opensmtpd",
    "sendmail-smtps": "sendmail",
    "aiosmtpd-smtps": "aiosmtpd",
    "smtp-server-smtps": "smtp-server",
    "haraka-smtps": "haraka",
    "maildev-smtps": "maildev",
}
"""Servers for which the reasons of another hold: it is the same with TLS from the first octet."""


def names_of(reason: Reason) -> tuple[str, ...]:
    """Return the servers that a reason is about: those named, and those that are the same."""
    named = reason.servers.split()
    alike = (one for one, base in ALIKE.items() if base in named)
    return *named, *alike


class Told(Protocol):
    """How a situation ended, as cells say it."""

    @property
    def told(self) -> str:
        """Of the reply."""

    @property
    def handshake(self) -> str:
        """Of TLS."""


def cell(job: Job, ends: Mapping[str, Told]) -> str:
    """Return what the cell of a job says."""
    end = ends[job.situation]
    return end.handshake if job.title in HANDSHAKES else end.told


def reason(job: Job, server: str) -> str:
    """Return why a cell does not end as it should; empty if nothing says so."""
    fitting = [one for one in REASONS if one.job == job.title]
    named = [one.text for one in fitting if server in names_of(one)]
    anybody = [one.text for one in fitting if one.servers == "*"]
    return next(iter((*named, *anybody)), "")


def as_wanted(job: Job, cell: str) -> bool:
    """Return whether a cell ends as its job should."""
    return re.fullmatch(job.wanted, cell) is not None
