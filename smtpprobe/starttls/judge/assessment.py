"""Facts and what follows from them before any finding: the policy, the state of each address.

The rules and the sender matrix use these, so that nothing is derived twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from smtpprobe.policy import dane, mta_sts, tls_rpt, trust
from smtpprobe.policy.addresses import is_address
from smtpprobe.policy.certificate_names import matches, name_matches
from smtpprobe.policy.dane import Dispute, Outcome, Reference
from smtpprobe.policy.dns_answer import Status
from smtpprobe.policy.mta_sts import FetchEnd, Policy
from smtpprobe.policy.trust import Failure
from smtpprobe.protocol.target import TargetKind
from smtpprobe.protocol.tls_facts import CertificateFacts, TlsFacts
from smtpprobe.starttls import progress
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Because,
    Fact,
    Facts,
    HostFacts,
    StsFacts,
    known,
    unknown,
)
from smtpprobe.starttls.finding import Finding, Level, finding
from smtpprobe.starttls.judge.options import JudgeOptions
from smtpprobe.starttls.judge.strict import Client, Refusal, first_of, of_certificates, of_handshake


@dataclass(frozen=True, slots=True)
class Name:
    """Whether the certificate is for the reference name: what matched, and by what kind of name.

    `via` is `DNS-ID`, `IP`, `CN` (the common name, where there is no DNS-ID), `none`, or `unknown`
    where the certificate, or its names, cannot be read: `because` says which.
    """

    reference: str
    match: str = ""
    via: str = "none"
    because: Because = Because.UNREADABLE

    @property
    def fits_any(self) -> Fact:
        """Whether it is one as most TLS libraries have it: a common name does for want of others.

        Postfix, OpenSSL and Python's `ssl` do so.
        """
        return YES if self.via == "CN" else self.fits

    @property
    def fits(self) -> Fact:
        """Whether it is a match by the rules of today: a common name does not count (RFC 9525)."""
        return known(_FITTING.get(self.via), self.because)


_FITTING = {"DNS-ID": True, "IP": True, "CN": False, "none": False}


@dataclass(frozen=True, slots=True)
class Standing:
    """The assessment of one address.

    `speaks` is whether it took part in an SMTP session, `encrypted` whether TLS works there,
    `inside` whether SMTP goes on inside it. `demanded` is whether no client gets that far without a
    client certificate.
    `reference` holds the names that a 2 x x record asks for; `dispute` is why of those senders that
    go by it some take the certificate and some do not, None where they agree. `refusals` is what
    stricter senders refuse in a session that went well with us. `for_domain` is whether the
    certificate is for the mail domain too, None where there is none.
    `purpose` and `dates` are None when nothing is wrong with them, as far as the certificates could
    be read; `read` is whether all that count could. `path` is unknown, too, when nothing could
    judge.
    """

    host: HostFacts
    address: AddressFacts
    speaks: Fact
    encrypted: Fact
    inside: Fact
    demanded: Fact
    path: Fact
    read: Fact
    purpose: Failure | None
    dates: Failure | None
    name: Name
    sts_name: Name
    for_domain: Fact | None
    dane: Outcome
    second: Outcome | None
    reference: Reference = Reference(())  # noqa: RUF009 - a constant
    dispute: Dispute | None = None
    refusals: tuple[Refusal, ...] = ()

    def refused(self, *clients: Client) -> Refusal | None:
        """Return what ends the handshake of one of these senders, though it went well with us."""
        return first_of((one for one in self.refusals if not one.sha256), *clients)

    def distrusted(self, *clients: Client) -> Refusal | None:
        """Return what one of these senders refuses in the certificates, though they are trusted."""
        return first_of((one for one in self.refusals if one.sha256), *clients)

    @property
    def trusted(self) -> Fact:
        """Whether path, purpose and dates hold."""
        if not self.path.yes:
            return self.path
        return NO if self.purpose or self.dates else self.read

    @property
    def why_no_path(self) -> str:
        """Why the chain leads to no trusted root: in OpenSSL's words, or why that is unknown."""
        tls = self.address.tls
        if tls is None or self.path.because is Because.UNREADABLE:
            return self.path.reason
        return (trust.invalid(tls.chain) if self.path.no else "") or tls.path.reason

    @property
    def split(self) -> bool:
        """Whether of two certificates one matches a TLSA record and the other matches none."""
        if self.second is None:
            return False
        verdicts = {self.dane.verdict, self.second.verdict}
        return verdicts == {dane.Verdict.MATCH, dane.Verdict.NO_MATCH}

    @property
    def leaf(self) -> CertificateFacts | None:
        """The server's own certificate, if one came."""
        return self.address.tls.leaf if self.address.tls is not None else None


def found_at(
    one: Standing,
    name: str,
    message: str = "",
    level: Level | None = None,
    fix: str = "",
) -> Finding:
    """Return a finding about one address; what is not given is that of the table."""
    return finding(name, message, level=level, fix=fix, host=one.host.name, ip=one.address.ip)


@dataclass(frozen=True, slots=True)
class Sts:
    """MTA-STS as read. `policy` is None unless senders would use it.

    `policy_problem` says what is wrong with the file, `remarks` what senders read in different
    ways; `unreached` why no answer came, so that nothing is known.
    """

    facts: StsFacts | None = None
    txt: mta_sts.Txt = mta_sts.Txt(0)  # noqa: RUF009 - a constant
    policy: Policy | None = None
    policy_problem: str = ""
    unreached: Because | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One target, ready to be judged. `day` is that of the dates."""

    facts: Facts
    options: JudgeOptions
    day: datetime
    sts: Sts
    reporting: tls_rpt.Reporting
    standings: tuple[Standing, ...]

    def of(self, host: HostFacts) -> tuple[Standing, ...]:
        """Return the assessments of one host's addresses."""
        return tuple(one for one in self.standings if one.host is host)

    def days_left(self, one: CertificateFacts) -> int | None:
        """Return whole days until a certificate ends; None when its date cannot be read."""
        if one.not_after is None:
            return None
        return (one.not_after - self.day) // timedelta(days=1)


def case_of(facts: Facts, options: JudgeOptions, now: datetime) -> Case:
    """Return a target's facts ready to be judged on a day: `options.at`, else now (UTC)."""
    day = options.at or now
    reporting = tls_rpt.read_txt(facts.tlsrpt.records if facts.tlsrpt is not None else ())
    standings = tuple(
        _standing(facts, host, address, options, day)
        for host in facts.hosts
        for address in host.addresses
    )
    return Case(facts, options, day, _sts(facts.sts), reporting, standings)


def _sts(facts: StsFacts | None) -> Sts:
    if facts is None:
        return Sts()
    txt = mta_sts.read_txt(facts.txt.records)
    fetch = facts.fetch
    if fetch is None:
        return Sts(facts, txt, unreached=_UNANSWERED.get(facts.txt.status))
    read = mta_sts.Read()
    if fetch.end is FetchEnd.ANSWERED and fetch.http_status == 200 and not fetch.truncated:
        read = mta_sts.read_policy(fetch.body)
    served = txt.policy_id and mta_sts.is_text_plain(fetch.content_type)
    policy = read.policy if served else None
    unreached = _UNFETCHED.get(fetch.end) if txt.policy_id else None
    return Sts(facts, txt, policy, read.problem, unreached, read.remarks)


_UNANSWERED = {
    Status.BOGUS: Because.NO_POLICY,
    Status.ERROR: Because.NO_POLICY,
    Status.TIMEOUT: Because.NO_POLICY,
    Status.INTERRUPTED: Because.INTERRUPTED,
}
_UNFETCHED = {
    FetchEnd.TIMEOUT: Because.NO_POLICY,
    FetchEnd.UNREACHABLE: Because.NO_POLICY,
    FetchEnd.BROKEN: Because.NO_POLICY,
    FetchEnd.CUT: Because.NO_POLICY,
    FetchEnd.INTERRUPTED: Because.INTERRUPTED,
}


def _standing(
    facts: Facts, host: HostFacts, address: AddressFacts, options: JudgeOptions, day: datetime
) -> Standing:
    tls = address.tls
    chain = tls.chain if tls is not None else ()
    path = tls.path if tls is not None else None
    shown = path.certificates if path is not None and path.code == 0 else chain
    names = options.match if options.sni is None else (options.sni, *options.match)
    wanted = names if options.sni else (host.name, *names)
    reference = _reference(facts, host)
    compared = _dane(host, address.chain, reference.names, day)
    return Standing(
        host=host,
        address=address,
        speaks=progress.speaks(address),
        encrypted=progress.encrypted(address),
        inside=progress.inside(address),
        demanded=progress.demanded(address),
        path=_path(tls) if tls is not None and chain else unknown(Because.NO_TLS),
        read=_read(shown),
        purpose=trust.purpose(shown if path is not None and path.code == 0 else chain[:1])
        if chain
        else None,
        dates=trust.dates(shown, day) if chain else None,
        name=_name(chain[0] if chain else None, tuple(name for name in wanted if name)),
        sts_name=_name(chain[0] if chain else None, (host.name,)),
        for_domain=_for_domain(facts, chain[0]) if chain else None,
        dane=compared,
        second=_dane(host, address.second.chain, reference.names, day)
        if address.second.present.yes
        else None,
        reference=reference,
        dispute=_dispute(host, address.chain, reference, compared, day),
        refusals=_refusals(tls, host, compared) if tls is not None and tls.ok else (),
    )


def _refusals(tls: TlsFacts, host: HostFacts, compared: Outcome) -> tuple[Refusal, ...]:
    """Return what some senders refuse in a session that went well with us."""
    by_dane = host.tlsa.status is Status.SECURE and compared.verdict in (
        dane.Verdict.MATCH,
        dane.Verdict.NO_MATCH,
    )
    rooted = tls.path.code == 0
    shown = tls.path.certificates if rooted else tls.chain
    return (*of_handshake(tls, by_dane=by_dane), *of_certificates(shown, rooted=rooted))


def _for_domain(facts: Facts, leaf: CertificateFacts) -> Fact | None:
    """Return whether a certificate names the domain, or a host below it: None without a domain.

    That is Postfix's default match at `secure` (nexthop, dot-nexthop). Of an
    address none of it is true, though the certificate names it.
    """
    if facts.target.kind is TargetKind.ADDRESS:
        return NO
    if not facts.domain or not facts.lookups or facts.submission:
        return None
    if trust.names_unread(leaf):
        return unknown(Because.PART_UNREADABLE)
    domain = facts.domain.lower()
    return known(
        any(
            name_matches(domain, name) or name.lower().endswith(f".{domain}")
            for name in leaf.presented
        ),
        Because.PART_UNREADABLE,
    )


def _read(shown: Sequence[CertificateFacts]) -> Fact:
    """Return whether all could be read of certificates that a sender decides by."""
    if not all(map(trust.readable, shown)):
        return unknown(Because.UNREADABLE)
    return known(all(map(trust.read_enough, shown)) or None, Because.PART_UNREADABLE)


def _path(tls: TlsFacts) -> Fact:
    """Return whether a received chain leads to a trusted root; unknown past an unreadable one."""
    code, (leaf, *rest) = tls.path.code, tls.chain
    cut_off = code in trust.NO_ISSUER and not all(map(trust.readable, rest))
    if cut_off or not trust.readable(leaf):
        return unknown(Because.UNREADABLE)
    return known(None if code is None else code == 0, Because.NO_ROOTS)


def _name(leaf: CertificateFacts | None, wanted: Sequence[str]) -> Name:
    """Return which of the reference names the certificate is for; the first one represents all."""
    first = wanted[0] if wanted else ""
    if leaf is None or not trust.readable(leaf):
        return Name(first, via="none" if leaf is None else "unknown")
    for reference in wanted:
        for address in leaf.addresses:
            if matches(reference, (), (address,)):
                return Name(reference, address, "IP")
        for pattern in leaf.names:
            if matches(reference, (pattern,), ()):
                return Name(reference, pattern, "DNS-ID")
    if trust.names_unread(leaf):
        return Name(first, via="unknown", because=Because.PART_UNREADABLE)
    return _common_name(leaf, wanted) or Name(first)


def _common_name(leaf: CertificateFacts, wanted: Sequence[str]) -> Name | None:
    """Return which of the reference names, none of them an address, is a common name.

    They are looked at where there are no DNS names at all, each of them, as OpenSSL and Postfix do.
    """
    if leaf.names:
        return None
    for reference in wanted:
        for common in leaf.presented:
            if not is_address(reference) and name_matches(reference, common):
                return Name(reference, common, "CN")
    return None


def _reference(facts: Facts, host: HostFacts) -> Reference:
    """Return the names that a certificate may have for a 2 x x record of a host."""
    mx = next((one for one in facts.lookups if one.kind == "MX" and one.records), None)
    found = dane.reference_names(host.tlsa.base, host.name, mx)
    if facts.submission:  # RFC 7673 4.2: the service domain, too
        return Reference((host.tlsa.base, host.name, facts.domain))
    return found


def _dispute(
    host: HostFacts, chain: dane.Chain, reference: Reference, found: Outcome, day: datetime
) -> Dispute | None:
    """Return why senders differ on a certificate: it has only a name that some of them take."""
    if found.miss is not dane.Miss.NAME or reference.dispute is None:
        return None
    lax = _dane(host, chain, reference.disputed, day)
    return reference.dispute if lax.verdict is dane.Verdict.MATCH else None


def _dane(host: HostFacts, chain: dane.Chain, names: Sequence[str], day: datetime) -> Outcome:
    """Return what a DANE sender would make of a chain, were the records secure."""
    status = host.tlsa.status
    if status is None:
        return Outcome(dane.Verdict.NONE)
    if status in (Status.BOGUS, Status.ERROR, Status.TIMEOUT):
        return Outcome(dane.Verdict.ERROR)
    if status is Status.INTERRUPTED:
        return Outcome(dane.Verdict.UNKNOWN)
    return dane.compare(host.tlsa.records, chain, names, day)
