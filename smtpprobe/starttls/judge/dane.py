"""Findings about TLSA records and whether they match."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.policy import dane
from smtpprobe.policy.dane import Chain, Dispute, Miss, Verdict
from smtpprobe.policy.dns_answer import Status
from smtpprobe.starttls.facts import HostFacts
from smtpprobe.starttls.finding import Finding, Level, finding
from smtpprobe.starttls.judge.assessment import Case, Standing

_MISSES = {
    Miss.SHADOWED: "dane.agility-shadow",
    Miss.ANCHOR_NOT_SENT: "dane.ta-not-sent",
    Miss.NAME: "dane.ta-name",
}


def mismatch(_case: Case, one: Standing) -> Iterator[Finding]:
    """`dane.no-match`, `dane.agility-shadow`, `dane.ta-not-sent`, `dane.ta-name`.

    `dane.second-cert` reports that the other one of two certificates matches.
    """
    missed = one.dane.missed
    if one.host.tlsa.status is not Status.SECURE or missed is None:
        return
    miss = missed.miss
    if one.split and miss is Miss.NOTHING:
        return
    if one.dispute is not None:
        yield _disputed(one, one.dispute)
        return
    wanted = f" (wanted: {' or '.join(one.reference.names)})" if miss is Miss.NAME else ""
    yield finding(
        _MISSES.get(miss, "dane.no-match"),
        f"{missed.told}{wanted}",
        fix="" if miss in (Miss.SHADOWED, Miss.NAME) else _to_publish(one, *_instead(one, miss)),
        host=one.host.name,
        ip=one.address.ip,
    )


def _disputed(one: Standing, dispute: Dispute) -> Finding:
    """Return what is said of a certificate that some DANE senders take."""
    return finding(
        "dane.ta-name",
        f"DANE senders differ on the certificate: {dispute.value}",
        level=Level.WARN if dispute is Dispute.INSECURE_MX else Level.FAIL,
        fix=f"get a certificate for {one.reference.names[0]}, or publish 3 1 1",
        host=one.host.name,
        ip=one.address.ip,
    )


def _instead(one: Standing, miss: Miss) -> tuple[Chain, str]:
    """Return the chain to publish a record for, and what else would help."""
    match miss:
        case Miss.NOTHING | Miss.ANCHOR_NOT_SENT | Miss.NO_PATH:
            return one.address.chain, ", or restore the old key"
        case Miss.OWN:
            return one.address.chain, ""
        case _:
            return one.address.chain, ", or have the certificate reissued"


def _to_publish(one: Standing, chain: Chain, instead: str = "") -> str:
    record = dane.record_for(chain.certificates[0].der) if chain.certificates else None
    if record is None:
        return ""
    owner = dane.owner(one.host.tlsa.base, one.address.port)
    return f"publish {owner} TLSA {record}{instead}"


def second_certificate(_case: Case, one: Standing) -> Iterator[Finding]:
    """`dane.second-cert`."""
    if one.host.tlsa.status is not Status.SECURE or not one.split:
        return
    first = one.dane.verdict is Verdict.NO_MATCH
    wrong, right = (one.address.chain, one.address.second.chain)[:: 1 if first else -1]
    yield finding(
        "dane.second-cert",
        f"the {_key(wrong)} certificate matches no record, the {_key(right)} one does",
        fix=_to_publish(one, wrong),
        host=one.host.name,
        ip=one.address.ip,
    )


def _key(chain: Chain) -> str:
    """Return the key of a server's certificate in a word or two."""
    return chain.certificates[0].key or "unreadable"


def records(_case: Case, host: HostFacts) -> Iterator[Finding]:
    """`dane.all-unusable`, `dane.too-many`, `dane.pkix-usage`, `dane.no-rollover`."""
    published = host.tlsa.records
    if not published or host.tlsa.status not in (Status.SECURE, Status.UNVERIFIED):
        return
    usable = [record for record in published if not dane.unusable(record)]
    if not usable:
        shown = "; ".join(f"{one.kind}: {dane.unusable(one)}" for one in published[:3])
        yield finding("dane.all-unusable", f"no TLSA record can be used ({shown})", host=host.name)
    if len(published) > dane.MOST_READ:
        message = (
            f"{dane.TOO_MANY}, but there are {len(published)}: whether one of those matches "
            "is a matter of luck"
        )
        yield finding("dane.too-many", message, host=host.name)
    if any(one.role is None and one.usage in (dane.PKIX_TA, dane.PKIX_EE) for one in published):
        yield finding("dane.pkix-usage", host=host.name)
    if len(usable) == 1:
        message = "only one TLSA record, and none for the next key"
        yield finding("dane.no-rollover", message, host=host.name)


def insecure_mx(case: Case, host: HostFacts) -> Iterator[Finding]:
    """`dane.mx-insecure`."""
    insecure = any(lookup.status is Status.INSECURE for lookup in case.facts.lookups)
    if insecure and host.tlsa.records and host.tlsa.status is Status.SECURE:
        message = "TLSA records, but the MX is not signed: no protection against a forged MX"
        yield finding("dane.mx-insecure", message, host=host.name)


OF_HOST = (
    records,
    insecure_mx,
)
OF_ADDRESS = (
    mismatch,
    second_certificate,
)
