"""Findings about the certificate: trust, name, days left, strength, form of the chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from smtpprobe.policy import dane
from smtpprobe.policy.addresses import is_address
from smtpprobe.policy.dns_answer import Status
from smtpprobe.policy.mta_sts import Mode
from smtpprobe.policy.trust import (
    NO_ISSUER,
    SELF_SIGNED,
    UNREADABLE,
    invalid,
    readable,
    weighty_unread,
)
from smtpprobe.protocol.tls_facts import CertificateFacts
from smtpprobe.starttls.finding import Finding, Level
from smtpprobe.starttls.judge.assessment import Case, Standing, found_at
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.judge.ratings import weak_digest, weak_key
from smtpprobe.starttls.judge.severity import refusals, refused_at

Chain: TypeAlias = Sequence[CertificateFacts]


def needed(case: Case, by: Sequence[Sender] = (Sender.PKIX, Sender.STS)) -> bool:
    """Return whether a published policy or `--level` needs a certificate of public roots."""
    if case.options.level is not None:
        return case.options.level in by
    policy = case.sts.policy
    return policy is not None and policy.mode is Mode.ENFORCE


def _level(case: Case) -> Level:
    return Level.FAIL if needed(case) else Level.WARN


def unreadable(case: Case, one: Standing) -> Iterator[Finding]:
    """`cert.unreadable`: unknown where a sender depends on it, else a warning.

    A part that no sender decides by is a note.
    """
    chain = one.address.tls.chain if one.address.tls is not None else ()
    whole = next((place for place, each in enumerate(chain) if not readable(each)), None)
    told = ""
    if whole is None:
        parts = [(place, each.unread) for place, each in enumerate(chain) if each.unread]
        if not parts:
            return
        weighty = [(place, found) for place, found in parts if weighty_unread(chain[place])]
        whole, unread = (weighty or parts)[0]
        told = f"its {', '.join(unread)} cannot be parsed"
        if not weighty:
            yield found_at(one, "cert.unreadable", _placed(told, whole, chain), Level.NOTE)
            return
    wanted = (needed(case) and not one.trusted.yes) or _anchor_unknown(one)
    level = Level.UNKNOWN if wanted else Level.WARN
    yield found_at(one, "cert.unreadable", _placed(told, whole, chain), level)


def _placed(told: str, place: int, chain: Chain) -> str:
    """Return the message about a certificate, with its place in the chain unless it is the first.

    Where nothing is told of a part, none of it can be read.
    """
    if place == 0:
        return told or UNREADABLE
    which = f"certificate {place + 1} of {len(chain)}"
    return f"{which}: {told}" if told else f"{which} cannot be parsed"


def _anchor_unknown(one: Standing) -> bool:
    return one.host.tlsa.status is Status.SECURE and one.dane.verdict is dane.Verdict.UNKNOWN


def untrusted(case: Case, one: Standing) -> Iterator[Finding]:
    """`cert.untrusted`, `cert.missing-intermediate`: what is known of why no root is reached."""
    tls = one.address.tls
    if tls is None or not one.path.no:
        return
    code, garbled = tls.path.code, invalid(tls.chain)
    if garbled or code not in NO_ISSUER | SELF_SIGNED:
        yield found_at(one, "cert.untrusted", one.why_no_path, _level(case))
        return
    top = _top(tls.chain)
    issuer = top.issuer_name or top.issuer or "without a name"
    if top.issuer == top.subject:
        yield found_at(one, "cert.untrusted", _own_root(top, tls.chain), _level(case), _PRIVATE)
    elif top is not tls.chain[0]:
        message = (
            f"the chain sent ends at {top.common_name or top.subject}; its issuer {issuer} is "
            f"neither sent nor a trusted root: {_EITHER}"
        )
        fix = f"if {issuer} is an intermediate CA, send its certificate too; else {_PRIVATE}"
        yield found_at(one, "cert.untrusted", message, _level(case), fix)
    elif top.transparency:
        message = (
            f"its issuer {issuer} is not sent; it is a public CA, as the certificate has "
            "timestamps from public CT logs"
        )
        fix = "send the full chain (fullchain.pem instead of cert.pem)"
        yield found_at(one, "cert.missing-intermediate", message, _level(case), fix)
    else:
        message = f"its issuer {issuer} is neither sent nor a trusted root: {_EITHER}"
        private = f"if {issuer} is a private CA, {_PRIVATE}"
        fix = f"send the full chain (fullchain.pem); {private}"
        yield found_at(one, "cert.missing-intermediate", message, _level(case), fix)


_EITHER = "an intermediate certificate is missing, or senders do not know the CA"

_PRIVATE = (
    "get a certificate from a public CA, or publish TLSA 3 1 1 for DANE senders "
    "(--ca-file F checks against your own CA)"
)


def _top(chain: Chain) -> CertificateFacts:
    """Return the last certificate that those sent lead to from the server's own, by their names."""
    top, left = chain[0], list(chain[1:])
    while top.issuer != top.subject:
        above = next((each for each in left if each.subject == top.issuer), None)
        if above is None:
            break
        left.remove(above)
        top = above
    return top


def _own_root(top: CertificateFacts, chain: Chain) -> str:
    if top is chain[0]:
        return "self-signed certificate"
    whose = top.common_name or top.subject or "one without a name"
    return f"it chains to {whose}, which is sent but is not a trusted root: a private CA"


def purpose(case: Case, one: Standing) -> Iterator[Finding]:
    """`cert.purpose`."""
    if one.purpose is not None:
        yield found_at(one, "cert.purpose", one.purpose.reason, _level(case))


def expired(case: Case, one: Standing) -> Iterator[Finding]:
    """`cert.expired`: of no weight where a 3 x x record alone decides."""
    if one.dates is None:
        return
    level = _level(case)
    if level is Level.WARN and _by_own_key(one):
        level = Level.NOTE
    yield found_at(one, "cert.expired", one.dates.reason, level)


def _by_own_key(one: Standing) -> bool:
    if one.host.tlsa.status is not Status.SECURE or one.dane.record is None:
        return False
    return one.host.tlsa.records[one.dane.record].role == dane.DANE_EE


def expiring(case: Case, one: Standing) -> Iterator[Finding]:
    """`cert.expiring`: the certificate of the path below the root that ends first."""
    tls = one.address.tls
    if one.dates is not None or tls is None or not tls.chain:
        return
    shown = tls.path.certificates[:-1] if one.path.yes else tls.chain[:1]
    for depth, certificate in enumerate(shown or tls.chain[:1]):
        left = case.days_left(certificate)
        if left is None or left >= case.options.warn_days:
            continue
        level = Level.FAIL if left < case.options.fail_days else Level.WARN
        whose = "" if depth == 0 else f" of {certificate.common_name or certificate.subject}"
        yield found_at(one, "cert.expiring", f"{left} days left{whose}", level)
        return


def name(case: Case, one: Standing) -> Iterator[Finding]:
    """`cert.name`, `cert.cn-only`."""
    leaf = one.leaf
    if leaf is None or not one.name.reference or not one.name.fits.no:
        return
    if one.name.via == "CN":
        yield _by_common_name(case, one)
        return
    wanted = one.name.reference
    presented = (*leaf.names, *leaf.addresses)
    shown = ", ".join(presented[:3]) + (
        f" and {len(presented) - 3} more" if len(presented) > 3 else ""
    )
    message = f"it does not name {wanted}: it is for {shown or 'no name at all'}"
    if is_address(wanted):
        message = f"the address {wanted} is not in the certificate (it is for {shown or 'no name'})"
    yield found_at(one, "cert.name", message, _level(case))


def _by_common_name(case: Case, one: Standing) -> Finding:
    """Return the message about a name in the common name only: MTA-STS forbids it."""
    level = Level.FAIL if needed(case, (Sender.STS,)) else Level.WARN
    message = (
        f"{one.name.match} is only in the common name: Postfix and OpenSSL accept "
        "that, MTA-STS senders must not"
    )
    return found_at(one, "cert.cn-only", message, level)


def order(_case: Case, one: Standing) -> Iterator[Finding]:
    """`cert.order`."""
    chain = one.address.tls.chain if one.address.tls is not None else ()
    if problem := disorder(chain):
        yield found_at(one, "cert.order", problem)


def disorder(chain: tuple[CertificateFacts, ...]) -> str:
    """Return what is wrong with the order of a chain as sent, by its names; empty for nothing.

    Where one of them cannot be read nothing is known of the order.
    """
    if not all(map(readable, chain)):
        return ""
    for position, one in enumerate(chain[1:], 1):
        if one.subject == chain[position - 1].issuer and one.sha256 != chain[position - 1].sha256:
            continue
        whose = one.common_name or one.subject or "one without a name"
        if any(one.sha256 == other.sha256 for other in chain[:position]):
            return f"certificate {position + 1} of {len(chain)} is sent twice: {whose}"
        others = [other for other in chain if other.sha256 != one.sha256]
        if any(one.subject == each.issuer or one.issuer == each.subject for each in others):
            return f"certificate {position + 1} of {len(chain)} is out of order: {whose}"
        return f"{_not_the_issuer(chain, position)}: {whose}"
    return ""


def _not_the_issuer(chain: tuple[CertificateFacts, ...], position: int) -> str:
    """Return what is said of a certificate that issued none of the others.

    A root is sent to end a chain: if it did not issue the one before it, that one's issuer, which
    was not sent, is what is missing between the two.
    """
    where, before = f"certificate {position + 1} of {len(chain)}", chain[position - 1]
    sent = any(one.subject == before.issuer for one in chain)
    is_root = chain[position].issuer == chain[position].subject
    if sent or not before.issuer or not is_root:
        return f"{where} does not belong to the chain"
    missing = before.issuer_name or before.issuer
    return f"the issuer of certificate {position} ({missing}) is missing before {where}"


def strength(case: Case, one: Standing) -> Iterator[Finding]:
    """`cert.weak-key`, `cert.weak-sig`; the signature of a root means nothing."""
    chain = one.address.tls.chain if one.address.tls is not None else ()
    for depth, certificate in enumerate(chain):
        whose = "" if depth == 0 else f" of {certificate.common_name or certificate.subject}"
        own = certificate.issuer == certificate.subject
        for name, weak, told in (
            ("cert.weak-key", weak_key(certificate.key), f"the key{whose} is {certificate.key}"),
            (
                "cert.weak-sig",
                weak_digest(certificate.signature_hash) and not own,
                f"the signature{whose} is {certificate.signature}{_digest(certificate)}",
            ),
        ):
            refusal = next(refusals(one, name, certificate.sha256), None)
            if refusal is not None:
                yield refused_at(case, one, told, refusal)
            elif weak:
                yield found_at(one, name, told)


def _digest(one: CertificateFacts) -> str:
    """Return the digest of a signature whose name does not include it (RSASSA-PSS)."""
    named = one.signature_hash in one.signature.lower().replace("-", "")
    return "" if named else f" with {one.signature_hash}"


def must_staple(_case: Case, one: Standing) -> Iterator[Finding]:
    """`cert.must-staple`."""
    if one.leaf is not None and one.leaf.must_staple:
        yield found_at(one, "cert.must-staple")


OF_ADDRESS = (
    unreadable,
    untrusted,
    purpose,
    expired,
    expiring,
    name,
    order,
    strength,
    must_staple,
)
