"""The decision table: the first row that holds is the verdict. Read it from top to bottom.

Each row is a cause of `causes.py`, the condition in words, the condition as a function of the
`Case`, and how sure it is: SHOWN where something was tried or looked up, LIKELY where only words
say it. What follows from an experiment stands above what follows from words.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final

from smtpprobe.knowledge.annotation import Cause as Words
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.policy.addresses import no_mail_network
from smtpprobe.policy.dns_answer import LookupEnd, Status
from smtpprobe.protocol.target import is_local
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import Answer, Connect
from smtpprobe.why.causes import Who
from smtpprobe.why.diagnose.case import Blocked, Case, Isolated
from smtpprobe.why.facts import Purpose
from smtpprobe.why.request import Kind


class Certainty(Enum):
    """How sure a verdict is; the value is the word in JSON."""

    SHOWN = "shown"
    LIKELY = "likely"
    OPEN = "open"
    """Nothing shows a cause; the row says what would settle it."""


SHOWN, LIKELY, OPEN = Certainty


class Row(NamedTuple):
    """A row of the table. `who` and `exit` replace those of the cause where they differ."""

    cause: str
    when: str
    holds: Callable[[Case], bool]
    certainty: Certainty = SHOWN
    who: Who | None = None
    exit: int | None = None


# DNS


def _mx_end(*ends: LookupEnd) -> Callable[[Case], bool]:
    return lambda case: any(one.end in ends for one in case.lookups)


def _no_answer(case: Case) -> bool:
    own = case.known.starttls.own_addresses if case.known.starttls is not None else ()
    return any(not one.answered for one in (*case.lookups, *own)) and not case.hosts


def _addressless(case: Case) -> bool:
    """Return whether there are mail hosts, each was looked up, and none has an address to dial."""
    looked_up = all(host.lookups or host.literal for host in case.hosts)
    found = any(lookup.records for host in case.hosts for lookup in host.lookups)
    return bool(case.hosts) and looked_up and not found


def _host_end(case: Case, *ends: LookupEnd) -> bool:
    found = [lookup.end for host in case.hosts for lookup in host.lookups]
    return _addressless(case) and any(end in ends for end in found)


def _host_unanswered(case: Case) -> bool:
    found = [lookup for host in case.hosts for lookup in host.lookups]
    return _addressless(case) and any(not one.answered for one in found)


def _routeless(case: Case) -> bool:
    """Return whether DNS gave no answer to a question without which there is no host to go to."""
    failed = case.known.failed_lookup
    return failed is not None and not case.places and (not case.hosts or _addressless(case))


def _fails(*ends: LookupEnd) -> Callable[[Case], bool]:
    """Hold where the first question without an answer ended so, and there is no other way."""
    return lambda case: (
        _routeless(case)
        and case.known.failed_lookup is not None
        and case.known.failed_lookup.end in ends
    )


def _all_lame(case: Case) -> bool:
    servers = case.known.every("address.delegation")
    return (
        _routeless(case) and any(one.no for one in servers) and not any(one.yes for one in servers)
    )


def _not_offered(case: Case) -> bool:
    facts = case.known.starttls
    return facts is not None and facts.not_offered and not facts.hosts


def _nothing_there(case: Case) -> bool:
    facts = case.known.starttls
    return (
        facts is not None
        and not facts.hosts
        and any(one.absent for one in (*facts.lookups, *facts.own_addresses))
    )


def _other_family(case: Case) -> bool:
    """Return whether there is no address because one family alone was asked for (-4, -6)."""
    facts = case.known.starttls
    if case.known.request.family is None or facts is None or facts.not_offered:
        return False
    own = facts.own_addresses if not case.hosts else ()
    found = [*own, *(lookup for host in case.hosts for lookup in host.lookups)]
    nothing = bool(found) and not any(one.records for one in found)
    return nothing and any(one.absent and not one.nxdomain for one in found)


def _relay_addressless(case: Case) -> bool:
    found = [lookup for host in case.hosts for lookup in host.lookups]
    return _submission(case) and _addressless(case) and all(one.absent for one in found)


# what happened already


def _later(*words: Words) -> Callable[[Case], bool]:
    """Hold where RCPT is taken, and the latest attempt in a log was refused behind it."""

    def holds(case: Case) -> bool:
        fact = _refused_behind(case)
        return fact and (not words or _last_words(case) in words)

    return holds


BEHIND_RCPT: Final = (Stage.DATA.value, Stage.CONTENT.value)


def _refused_behind(case: Case) -> bool:
    last = case.fact("history.last")
    if last is None or not last.no or not case.accepted:
        return False
    return last.datum("stage") in BEHIND_RCPT


def _last_words(case: Case) -> Words | None:
    last = case.fact("history.last")
    return last.reading.cause if last is not None and last.reading is not None else None


def _last_text(case: Case) -> str:
    last = case.fact("history.last")
    return " ".join(one.text for one in last.evidence).lower() if last is not None else ""


def _put_off(case: Case) -> bool:
    last = case.fact("history.last")
    return last is not None and last.datum("outcome") == "deferred"


def _loops_here(case: Case) -> bool:
    last = case.fact("history.last")
    failed = case.accepted and last is not None and last.no
    return failed and "loops back to" in _last_text(case)


def _dmarc_then(case: Case) -> bool:
    return _refused_behind(case) and "dmarc" in _last_text(case)


# the policies


def _kept_off(blocked: Blocked) -> Callable[[Case], bool]:
    def holds(case: Case) -> bool:
        place = case.place
        return place is not None and place.blocked is blocked and not place.refuses

    return holds


# the dialogue


def _says(*words: Words) -> Callable[[Case], bool]:
    return lambda case: case.refused and case.words in words


def _and(*parts: Callable[[Case], bool]) -> Callable[[Case], bool]:
    return lambda case: all(part(case) for part in parts)


def _only(isolated: Isolated) -> Callable[[Case], bool]:
    return lambda case: case.refused and case.isolated is isolated


def _not_only(*isolated: Isolated) -> Callable[[Case], bool]:
    return lambda case: case.isolated not in isolated


def _no(id_: str) -> Callable[[Case], bool]:
    return lambda case: case.is_no(id_)


def _yes(id_: str) -> Callable[[Case], bool]:
    return lambda case: case.is_yes(id_)


def _text(*parts: str) -> Callable[[Case], bool]:
    return lambda case: case.refused and any(part in case.text for part in parts)


def _code(klass: int) -> Callable[[Case], bool]:
    return lambda case: case.place is not None and case.place.code // 100 == klass


_NOT_KNOWN = (500, 502)
"""What answers a command that a server does not know (RFC 5321, 4.2.4)."""


def _at(*stages: Stage) -> Callable[[Case], bool]:
    return lambda case: case.refused and case.stage in stages


def _spf_fails(case: Case) -> bool:
    spf = case.fact("us.spf")
    return spf is not None and spf.datum("result") == "fail"


def _spf_in_error(case: Case) -> bool:
    spf = case.fact("us.spf")
    return spf is not None and spf.datum("result") == "permerror"


def _from_null(case: Case) -> bool:
    return case.refused and case.known.request.sender == ""


def _submission(case: Case) -> bool:
    return case.known.request.kind is Kind.SUBMISSION


def _offers_auth(case: Case) -> bool:
    if case.place is None:
        return False
    lines = case.place.address.after or case.place.address.before or ()
    return any(line.upper().split()[:1] == ["AUTH"] for line in lines)


def _login(datum: str) -> Callable[[Case], bool]:
    """Hold where a login came to nothing in this way, and nothing was accepted without it."""
    return lambda case: (
        not case.accepted
        and any(one.no and one.datum(datum) for one in case.known.every("dialogue.login"))
    )


def _logged_in(case: Case) -> bool:
    return case.is_yes("dialogue.login")


def _not_logged_in(case: Case) -> bool:
    return not _logged_in(case)


def _own_domain(case: Case) -> bool:
    request = case.known.request
    return request.sender_domain.lower() == request.domain.lower()


def _everybody(case: Case) -> bool:
    """Return whether even <postmaster> is refused, which every host must take (RFC 5321 4.5.1)."""
    tried = case.known.tried(Purpose.HOST_POSTMASTER)
    return any(one.reply is not None and not one.taken for one in tried)


def _hidden_tls(case: Case) -> bool:
    return case.is_no("road.untouched")


def _offers_tls(case: Case) -> bool:
    return case.place is not None and case.place.address.starttls.advertised.yes


def _without_tls(case: Case) -> bool:
    return case.trial is not None and not case.trial.inside


_PERSONAL = (
    Words.UNKNOWN_RECIPIENT, Words.MAILBOX_FULL, Words.MAILBOX_DISABLED, Words.RECIPIENT_MOVED,
    Words.UNKNOWN_DOMAIN,
)  # fmt: skip
"""What is said of a recipient."""

_VAGUE = (Words.POLICY, Words.UNKNOWN, Words.SERVICE_UNAVAILABLE, Words.SENDER_REJECTED,
          Words.SPAM_CONTENT, Words.CONTENT_REJECTED)  # fmt: skip
"""What says nothing definite of the client."""

_HELO = ("helo", "ehlo")
_CALLOUT = ("sender verify", "verification failed", "callout", "call back", "callback", "called:")
_NO_DOMAIN = ("domain not found", "domain of sender", "sender domain", "does not resolve",
              "domain does not exist")  # fmt: skip
_LISTED = ("blocked using", "listed", "blacklist", "block list", "blocklist", "dbl.", "rhsbl")

_sender = _only(Isolated.SENDER)
_recipient = _only(Isolated.RECIPIENT)
_client = _only(Isolated.CLIENT)
_first = _at(Stage.GREETING, Stage.EHLO, Stage.TLS)
_of_sender = _says(Words.SENDER_REJECTED, Words.SENDER_AUTH_FAILED, Words.POLICY, Words.UNKNOWN,
                   Words.UNKNOWN_DOMAIN, Words.SPAM_CONTENT, Words.IP_BLOCKED,
                   Words.NO_REVERSE_DNS)  # fmt: skip


def _second_try_taken(case: Case) -> bool:
    tried = case.known.tried(Purpose.AGAIN)
    return case.accepted and any(one.accepted is Answer.YES for one in tried)


def _made_up_taken(case: Case) -> bool:
    tried = case.known.tried(Purpose.RANDOM)
    return case.accepted and any(one.accepted is Answer.YES for one in tried)


def _utf8_missing(case: Case) -> bool:
    trial = case.trial
    return case.is_no("dialogue.smtputf8") and trial is not None and "SMTPUTF8" in trial.lost


def _no_session(*ends: Connect) -> Callable[[Case], bool]:
    return lambda case: not case.refused and case.all_connect(*ends)


_GONE = (Connect.REFUSED, Connect.TIMEOUT, Connect.UNREACHABLE, Connect.FAILED)


def _pinned(case: Case) -> bool:
    return case.place is not None and case.place.host.pinned


def _all_private(case: Case) -> bool:
    return all(no_mail_network(one.address.ip) for one in case.places)


def _lost(case: Case) -> bool:
    trial = case.trial
    return trial is not None and trial.reply is None and bool(trial.lost)


def _garbled(case: Case) -> bool:
    """Return whether what came in place of an answer is none (RFC 5321 4.2.1): its code."""
    reply = case.trial.reply if case.trial is not None else None
    return reply is not None and not reply.good and (reply.code or 0) // 100 not in (4, 5)


def _out_of_step(case: Case) -> bool:
    return case.trial is not None and bool(case.trial.unasked)


def _endless_later(case: Case) -> bool:
    return _lost(case) and case.trial is not None and "64 KiB" in case.trial.lost


def _ended(*ends: Connect) -> Callable[[Case], bool]:
    """Hold where there is no session, and dialling an address ended in one of these ways."""
    return lambda case: (
        case.trial is None and not case.any_connect(Connect.OK) and case.any_connect(*ends)
    )


def _handshake_failed(case: Case) -> bool:
    tls = case.place.address.tls if case.place is not None else None
    return tls is not None and not tls.ok


def _silent_later(case: Case) -> bool:
    return _lost(case) and case.trial is not None and "no answer" in case.trial.lost


ROWS: Final = (
    Row("family-left-out", "DNS has none of the one family that is asked for", _other_family),
    # the way is over a submission host, whose name has to lead to an address
    Row("relay-without-address", "DNS has the answer that there is none", _relay_addressless),
    # DNS: looked up
    Row("unknown-domain", "the MX answer is NXDOMAIN", _mx_end(LookupEnd.NXDOMAIN)),
    Row("cname-loop", "the CNAME records were followed, and lead back",
        _and(_routeless, _yes("address.loop"))),
    Row("dnssec-bogus", "our resolver answers without DNSSEC validation, and fails with it",
        _and(_routeless, _yes("address.unchecked"))),
    Row("dnssec-bogus", "another resolver says that the answer fails validation",
        _and(_routeless, lambda case: any(
            one.datum("dnssec") == Status.BOGUS.value
            for one in case.known.every("address.elsewhere")))),
    Row("lame-delegation", "none of the name servers that the zone is delegated to answers for it",
        _all_lame),
    Row("resolver-fails", "our resolver gives no answer, and another one does",
        _and(_routeless, _yes("address.elsewhere"),
             lambda case: not _fails(LookupEnd.NOT_THERE)(case))),
    Row("dns-failure", "neither our resolver nor another one gets an answer",
        _and(_routeless, _no("address.elsewhere"))),
    Row("dnssec-bogus", "the answer fails validation", _fails(LookupEnd.BOGUS)),
    Row("no-resolver", "the resolver is not running", _fails(LookupEnd.NOT_THERE)),
    Row("dns-failure", "the lookup gets no answer in time", _fails(LookupEnd.TIMEOUT), OPEN,
        Who.UNKNOWN),
    Row("interrupted", "DNS was not waited for", _fails(LookupEnd.INTERRUPTED), OPEN),
    Row("dns-failure", "the lookup of the domain ends in an error", _no_answer),
    Row("no-mail-service", "the MX is the null MX", _not_offered),
    Row("no-mail-host", "there is neither MX nor address", _nothing_there),
    Row("dnssec-bogus", "the addresses of all MX hosts fail validation",
        lambda case: _host_end(case, LookupEnd.BOGUS)),
    Row("dns-failure", "no MX host has an address, and the lookup of one fails", _host_unanswered),
    Row("mx-is-address", "each MX names an address",
        lambda case: bool(case.hosts) and all(host.literal for host in case.hosts)),
    Row("mx-without-address", "no MX host has an address", _addressless),
    Row("mx-leads-nowhere", "each address is this machine's own, or unassigned",
        lambda case: not case.places and (case.is_no("road.greeting")
                                          or any(is_local(host.name) for host in case.hosts))),
    # accepted, and what is known of afterwards
    Row("loop-detected", "RCPT is accepted; by the log the mail never left: it loops back to us",
        _loops_here, LIKELY, Who.SENDER),
    Row("dmarc-reject", "RCPT is accepted; the latest in the log: refused after DATA for DMARC",
        _dmarc_then, LIKELY),
    Row("loop-detected", "RCPT is accepted; the latest in the log: too many hops",
        _later(Words.LOOP_DETECTED), LIKELY),
    Row("spam-content", "RCPT is accepted; the latest in the log: refused after DATA as spam",
        _later(Words.SPAM_CONTENT), LIKELY),
    Row("virus", "RCPT is accepted; the latest in the log: refused after DATA for malware",
        _later(Words.VIRUS), LIKELY),
    *(
        Row(cause, f"RCPT is accepted; the latest in the log, after DATA: {words}", _later(reading),
            LIKELY)
        for cause, words, reading in (
            ("mailbox-full", "the mailbox is full", Words.MAILBOX_FULL),
            ("mailbox-disabled", "the mailbox is disabled", Words.MAILBOX_DISABLED),
            ("unknown-recipient", "there is no such mailbox", Words.UNKNOWN_RECIPIENT),
            ("message-too-large", "the message is too large", Words.MESSAGE_TOO_LARGE),
            ("greylisted", "greylisted", Words.GREYLISTED),
            ("rate-limited", "a limit on what we send", Words.RATE_LIMITED),
            ("ip-blocked", "our address is blocked", Words.IP_BLOCKED),
        )
    ),
    Row("spf-fail", "RCPT is accepted; the latest in the log was refused for SPF, which fails",
        _and(_later(Words.SENDER_AUTH_FAILED), _spf_fails), LIKELY),
    Row("spf-invalid", "RCPT is accepted; the latest in the log was refused for SPF: permerror",
        _and(_later(Words.SENDER_AUTH_FAILED), _spf_in_error), LIKELY),
    Row("refused-for-now", "RCPT is accepted; the latest in the log was refused for now after DATA",
        _and(_later(), _put_off), LIKELY),
    Row("content-rejected", "RCPT is accepted; the latest in the log: refused after DATA", _later(),
        LIKELY),
    Row("greylisted", "the second try is accepted", _second_try_taken, exit=0),
    Row("catch-all", "a recipient that was made up is accepted too", _made_up_taken),
    Row("accepted", "a mail host accepts the recipient", lambda case: case.accepted),
    # TLS, by the judge of `smtpprobe starttls`
    *(
        Row(blocked.value, f"no host is open to a sender that honours the policies: {words}",
            _kept_off(blocked))
        for blocked, words in (
            (Blocked.EXPIRED, "the certificate has expired"),
            (Blocked.UNTRUSTED, "the certificate is not trusted"),
            (Blocked.NAME, "the certificate is for another name"),
            (Blocked.NO_TLS, "no STARTTLS"),
            (Blocked.NOT_NAMED, "the MTA-STS policy does not name it"),
            (Blocked.DANE, "the TLSA records do not match"),
            (Blocked.OTHER, "for another reason"),
        )
    ),
    # the login, where one was given
    Row("login-impossible", "there is no way to log in there with what was given",
        _login("impossible")),
    Row("login-impossible", "this side ended the login", _login("gave-up")),
    Row("login-unavailable", "AUTH is refused for now", _and(_at(Stage.AUTH), _code(4))),
    Row("login-refused", "AUTH is refused", _and(_at(Stage.AUTH), _code(5))),
    # what is no dialogue
    Row("out-of-step", "it sends unsolicited replies", _kept_off(Blocked.OUT_OF_STEP)),
    Row("out-of-step", "it sends unsolicited replies to MAIL or RCPT", _out_of_step),
    Row("not-smtp", "what it answers is not an SMTP reply", _garbled),
    Row("not-smtp", "an answer does not end", _endless_later),
    # what the server wants first
    Row("smtp-inspection", "it wants TLS, and a firewall in between hides STARTTLS",
        _and(_says(Words.TLS_REQUIRED), _hidden_tls)),
    Row("starttls-broken", "it wants TLS, and its STARTTLS does not lead to TLS",
        _and(_says(Words.TLS_REQUIRED), _offers_tls, _without_tls)),
    Row("tls-required", "it wants TLS", _says(Words.TLS_REQUIRED), LIKELY),
    Row("login-without-relay", "after the login; its reply says that it does not relay",
        _and(_logged_in, _says(Words.RELAY_DENIED, Words.AUTH_REQUIRED)), LIKELY),
    Row("sender-not-allowed", "after the login, only this sender is refused",
        _and(_logged_in, _sender)),
    Row("sender-not-allowed", "after the login; its reply says that it is the sender",
        _and(_logged_in, _says(Words.SENDER_REJECTED)), LIKELY),
    Row("auth-required", "it wants a login", _says(Words.AUTH_REQUIRED), LIKELY),
    Row("auth-required", "a submission host does not relay without a login",
        _and(_says(Words.RELAY_DENIED), _submission), LIKELY),
    Row("auth-required", "a submission host that offers AUTH refuses every sender and recipient",
        _and(_only(Isolated.CLIENT), _submission, _offers_auth, _not_logged_in), LIKELY),
    Row("smtputf8-unsupported", "the address needs SMTPUTF8, which is not announced",
        _utf8_missing),
    Row("message-too-large", "the size is refused", _only(Isolated.SIZE)),
    Row("message-too-large", "its reply says so", _says(Words.MESSAGE_TOO_LARGE), LIKELY),
    # for now
    Row("greylisted", "its reply says so", _says(Words.GREYLISTED), LIKELY),
    Row("too-many-connections", "its reply says so", _says(Words.TOO_MANY_CONNECTIONS), LIKELY),
    Row("rate-limited", "its reply says so", _says(Words.RATE_LIMITED), LIKELY),
    Row("rate-limited", "its reply says of the first recipient that there are too many",
        _says(Words.TOO_MANY_RECIPIENTS), LIKELY),
    # one sender only, by experiment: what of it?
    Row("spf-fail", "only this sender is refused; its reply says SPF, and SPF fails",
        _and(_sender, _text("spf"), _spf_fails)),
    Row("spf-invalid", "only this sender is refused; its reply says SPF, which ends in permerror",
        _and(_sender, _text("spf"), _spf_in_error)),
    Row("spf-disputed", "only this sender is refused; its reply says SPF, which passes by DNS",
        _and(_sender, _text("spf"), _says(Words.SENDER_AUTH_FAILED), _yes("us.spf")), LIKELY),
    Row("dmarc-reject", "only this sender is refused; its reply says DMARC",
        _and(_sender, _text("dmarc")), LIKELY),
    Row("spf-fail", "only this sender is refused; its reply says SPF",
        _and(_sender, _says(Words.SENDER_AUTH_FAILED)), LIKELY),
    Row("sender-domain-no-mx", "only this sender is refused, and its domain has no mail host",
        _and(_sender, _no("us.mx"))),
    Row("sender-refuses-bounces", "only this sender is refused, and its mail host refuses <>",
        _and(_sender, _no("us.bounces"))),
    Row("domain-blocked", "only this sender is refused; its reply says that it is on a list",
        _and(_sender, _says(Words.SENDER_REJECTED, Words.IP_BLOCKED), _text(*_LISTED)), LIKELY),
    Row("sender-domain-no-mx", "only this sender is refused; its reply says: domain is gone",
        _and(_sender, _text(*_NO_DOMAIN)), LIKELY),
    Row("sender-refuses-bounces", "only this sender is refused; its reply says that it called back",
        _and(_sender, _text(*_CALLOUT)), LIKELY),
    Row("auth-required", "only this sender is refused, whose domain is the recipient's own: "
        "those have to log in", _and(_sender, _own_domain), LIKELY),
    Row("spf-fail", "only this sender is refused, for no reason given, and SPF fails",
        _and(_sender, _spf_fails), LIKELY),
    Row("sender-rejected", "only this sender is refused", _sender),
    Row("null-sender-refused", "only <> is refused", _only(Isolated.NULL_SENDER)),
    # one recipient only, by experiment: what of it?
    Row("unknown-recipient", "only this recipient is refused; its reply says that there is none",
        _and(_recipient, _says(Words.UNKNOWN_RECIPIENT))),
    Row("mailbox-full", "only this recipient is refused; its reply says that it is full",
        _and(_recipient, _says(Words.MAILBOX_FULL))),
    Row("mailbox-disabled", "only this recipient is refused; its reply says: disabled",
        _and(_recipient, _says(Words.MAILBOX_DISABLED))),
    Row("recipient-moved", "only this recipient is refused; its reply says that it has moved",
        _and(_recipient, _says(Words.RECIPIENT_MOVED))),
    Row("syntax-error", "only this recipient is refused, which breaks RFC 5321 4.1.2",
        _and(_recipient, _no("address.syntax"), _says(Words.SYNTAX_ERROR, *_VAGUE))),
    Row("recipient-refused", "only this recipient is refused, not as unknown, full or disabled",
        _and(_recipient, _says(*_VAGUE))),
    # our host, or what it says of it; postmaster is often spared, so only words count here
    Row("helo-refused", "its reply says so, and the name in EHLO does not resolve",
        _and(_text(*_HELO), _no("us.ehlo"))),
    Row("helo-refused", "its reply says so of HELO", _and(_text("helo command rejected", "bad helo",
        "invalid helo", "helo name", "ehlo name", "helo/ehlo")), LIKELY),
    Row("reverse-dns-mismatch", "it objects to our reverse DNS, and the PTR does not confirm",
        _and(_says(Words.NO_REVERSE_DNS), _yes("us.ptr"), _no("us.fcrdns"))),
    Row("no-reverse-dns", "it objects to our reverse DNS, and we have no PTR",
        _and(_says(Words.NO_REVERSE_DNS), _no("us.ptr"))),
    Row("no-reverse-dns", "it objects to our reverse DNS", _says(Words.NO_REVERSE_DNS), LIKELY),
    Row("relay-denied", "it refuses to relay, for all senders and recipients there",
        _and(_client, _says(Words.RELAY_DENIED))),
    Row("relay-denied", "it refuses to relay", _says(Words.RELAY_DENIED), LIKELY),
    Row("ip-blocked", "its reply says so, and a list that was asked has us",
        _and(_says(Words.IP_BLOCKED), _no("us.unlisted"))),
    Row("ip-blocked", "its reply says so", _says(Words.IP_BLOCKED), LIKELY),
    Row("spf-fail", "its reply says SPF, and SPF fails", _and(_text("spf"), _spf_fails)),
    Row("spf-invalid", "its reply says SPF, which ends in permerror",
        _and(_text("spf"), _spf_in_error)),
    Row("dmarc-reject", "its reply says DMARC", _text("dmarc"), LIKELY),
    Row("spf-disputed", "its reply says SPF, which passes by DNS",
        _and(_text("spf"), _says(Words.SENDER_AUTH_FAILED), _yes("us.spf")), LIKELY),
    Row("spf-fail", "its reply says so", _says(Words.SENDER_AUTH_FAILED), LIKELY),
    Row("sender-domain-no-mx", "its reply says so, and the sender's domain has no mail host",
        _and(_text(*_NO_DOMAIN), _no("us.mx"))),
    Row("sender-refuses-bounces", "it called back, and the sender's mail host refuses <>",
        _and(_text(*_CALLOUT), _no("us.bounces"))),
    Row("client-refused", "every sender and recipient is refused, for no reason that fits",
        _and(_client, _says(*_VAGUE), _code(5)), LIKELY),
    Row("client-refused", "nobody is there, it says, not even <postmaster> (RFC 5321 4.5.1)",
        _and(_client, _says(Words.UNKNOWN_RECIPIENT, Words.MAILBOX_DISABLED), _everybody), LIKELY),
    Row("domain-full", "every recipient is refused; its reply says: full",
        _and(_client, _says(Words.MAILBOX_FULL)), LIKELY),
    # words alone
    Row("domain-blocked", "its reply says that the sender is on a list",
        _and(_says(Words.SENDER_REJECTED), _text(*_LISTED)), LIKELY),
    Row("null-sender-refused", "it refuses <>",
        _and(_from_null, _says(Words.SENDER_REJECTED), _at(Stage.MAIL)), LIKELY),
    Row("sender-rejected", "its reply says so", _says(Words.SENDER_REJECTED), LIKELY),
    Row("unknown-recipient", "its reply says so", _says(Words.UNKNOWN_RECIPIENT), LIKELY),
    Row("mailbox-full", "its reply says so", _says(Words.MAILBOX_FULL), LIKELY),
    Row("mailbox-disabled", "its reply says so", _says(Words.MAILBOX_DISABLED), LIKELY),
    Row("recipient-moved", "its reply says so", _says(Words.RECIPIENT_MOVED), LIKELY),
    Row("no-mail-service", "its reply says so", _says(Words.NO_MAIL_SERVICE), LIKELY),
    Row("smtputf8-unsupported", "its reply says so", _says(Words.SMTPUTF8_UNSUPPORTED), LIKELY),
    Row("loop-detected", "its reply says so", _says(Words.LOOP_DETECTED), LIKELY),
    Row("spam-content", "its reply says so", _says(Words.SPAM_CONTENT), LIKELY),
    Row("storage-full", "its reply says so", _says(Words.STORAGE_FULL), LIKELY),
    Row("bad-sequence", "its reply says so", _says(Words.BAD_SEQUENCE), LIKELY),
    Row("server-error", "its reply says so", _says(Words.SERVER_ERROR), LIKELY),
    Row("service-unavailable", "its reply says so, with a 4yz",
        _and(_says(Words.SERVICE_UNAVAILABLE, Words.CLOSING), _code(4)), LIKELY),
    Row("syntax-error", "its reply says so of RCPT",
        _and(_says(Words.SYNTAX_ERROR), _at(Stage.RCPT)), LIKELY),
    Row("speaks-no-smtp", "the host for submission does not know EHLO",
        _and(_submission, _at(Stage.EHLO), _says(Words.NOT_IMPLEMENTED, Words.SYNTAX_ERROR),
             lambda case: case.place is not None and case.place.code in _NOT_KNOWN), LIKELY),
    Row("client-refused", "it refuses before a sender is named, with a 5yz", _and(_first, _code(5)),
        LIKELY),
    Row("refused-for-now", "a 4yz, and no reason is known", _and(lambda case: case.refused,
        _code(4)), OPEN),
    Row("refused", "a 5yz, and no reason is known", lambda case: case.refused, OPEN),
    # no session, at the address that the user gave
    Row("pin-unreachable", "there is no connection to the address of --resolve",
        _and(_no_session(*_GONE), _pinned)),
    # no session with a submission host
    Row("own-side-fails", "each connection fails on this side",
        _and(_submission, _no_session(Connect.FAILED))),
    Row("wrong-port", "the port does not open, and another one of submission greets",
        _and(_submission, _no_session(*_GONE), _yes("road.other-port"))),
    Row("relay-unreachable", "every address refuses the connection",
        _and(_submission, _no_session(Connect.REFUSED))),
    Row("relay-unreachable", "no address answers: it is down, or the port is blocked from here",
        _and(_submission, _no_session(*_GONE)), OPEN, Who.UNKNOWN, 4),
    # no session
    Row("mx-leads-nowhere", "each address is of a private network, and none answers",
        _and(_no_session(*_GONE), _all_private), LIKELY),
    Row("mx-unreachable", "every address refuses the connection", _no_session(Connect.REFUSED)),
    Row("mx-unreachable", "no address answers, and port 25 of the control host opens",
        _and(_no_session(*_GONE), _yes("road.control"))),
    Row("port-25-blocked", "no address answers, nor port 25 of a control host that is there",
        _and(_no_session(*_GONE), _no("road.control"), _yes("road.control-other"))),
    Row("mx-unreachable", "no address accepts the connection, and one refuses it",
        _and(_no_session(*_GONE), lambda case: case.any_connect(Connect.REFUSED)), LIKELY),
    Row("own-side-fails", "each connection fails on this side", _no_session(Connect.FAILED)),
    Row("no-route", "no address can be reached", _no_session(Connect.UNREACHABLE)),
    Row("no-connection", "no address answers", _no_session(*_GONE), OPEN),
    Row("tls-at-once", "the port of submission speaks TLS immediately",
        _and(_submission, _ended(Connect.TLS_AT_ONCE))),
    Row("not-smtp", "it speaks TLS immediately", _ended(Connect.TLS_AT_ONCE)),
    Row("not-smtp", "it floods: its greeting does not end", _ended(Connect.ENDLESS)),
    Row("tls-failed", "the port uses implicit TLS, and the handshake fails",
        _ended(Connect.TLS_FAILED)),
    Row("tls-failed", "the handshake after STARTTLS fails, and the session ended",
        lambda case: case.trial is None and case.known.request.rcpt and _handshake_failed(case)),
    Row("tarpit", "a greeting comes, and does not end",
        _and(_ended(Connect.SILENT), _no("road.prompt"))),
    Row("timeout", "the connection is accepted, and no greeting comes", _ended(Connect.SILENT)),
    Row("connection-dropped", "the connection is accepted, and closed before a greeting",
        _ended(Connect.CLOSED), OPEN),
    Row("timeout", "an answer does not come", _silent_later),
    Row("connection-dropped", "the connection is closed instead of an answer", _lost, OPEN),
    # nothing was shown
    Row("interrupted", "it was interrupted", lambda case: case.known.interrupted, OPEN),
    Row("not-tried", "--no-rcpt", lambda case: not case.known.request.rcpt and any(
        one.address.connect is Connect.OK for one in case.places), OPEN),
    Row("unknown", "no other row holds", lambda _: True, OPEN),
)  # fmt: skip
