"""A report as a JSON object: schema `smtpprobe/starttls/1`, described in docs/starttls.md.

Three-valued fields are the words yes, no and unknown; an unknown one has a sibling
`<field>_reason`. New fields may come within version 1; a changed meaning makes version 2.
"""

from __future__ import annotations

from datetime import UTC, datetime

from smtpprobe.policy import dane
from smtpprobe.policy.lookup import Lookup, Status, weakest
from smtpprobe.protocol.tls_facts import CertificateFacts, TlsFacts
from smtpprobe.starttls.case import Standing
from smtpprobe.starttls.evidence_view import differences
from smtpprobe.starttls.facts import Answer, Because, Connect, Fact, HostFacts
from smtpprobe.starttls.finding import Finding
from smtpprobe.starttls.judge import AddressReport, Report
from smtpprobe.starttls.options import Sender

SCHEMA = "smtpprobe/starttls/1"

_SENDERS = {
    Sender.OPPORTUNISTIC: "opportunistic",
    Sender.PKIX: "pkix",
    Sender.DANE: "dane",
    Sender.STS: "mta_sts",
}

Object = dict[str, object]


def report_object(report: Report) -> Object:
    """Return a report as plain values."""
    facts = report.facts
    found: Object = {
        "schema": SCHEMA,
        "target": str(facts.target),
        "port": facts.port,
        "time": moment(facts.started),
        "at": moment(report.case.options.at) if report.case.options.at is not None else None,
        "result": report.result.value,
        "exit_code": int(report.exit_status),
        "connections": facts.connections,
        "seconds": round(facts.seconds, 3),
        "dns": _dns(report),
        "senders": {_SENDERS[one]: reach.value for one, reach in report.senders.items()},
        "mta_sts": _sts(report),
        "tlsrpt": _tlsrpt(report),
        "hosts": [_host(report, host) for host in facts.hosts],
        "findings": [_finding(one) for one in report.findings],
    }
    if facts.resolver is not None:
        found["resolver"] = {
            "address": facts.resolver.address,
            **three("validating", facts.resolver.validating),
            "trusted": facts.resolver.trusted.value,
        }
    return found


def moment(when: datetime) -> str:
    """Return a time as text: `2026-11-21T22:40:00Z`."""
    return when.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def three(name: str, fact: Fact) -> Object:
    """Return a three-valued field, and its reason beside it where it is unknown."""
    if fact.answer is Answer.UNKNOWN:
        return {name: fact.answer.value, f"{name}_reason": fact.reason}
    return {name: fact.answer.value}


def _dns(report: Report) -> Object:
    facts = report.facts
    if not facts.lookups:
        return {}
    name = "srv" if facts.submission else "mx"
    records = [record for lookup in facts.lookups for record in lookup.records]
    rows = [
        [int(word) if word.isdigit() else word for word in record.split()] for record in records
    ]
    found: Object = {
        "status": weakest(*(lookup.status for lookup in facts.lookups)).value,
        "rrset": rows,
    }
    reasons = [lookup.reason for lookup in facts.lookups if lookup.reason]
    if reasons:
        found["reason"] = "; ".join(reasons)
    if not facts.submission:
        found |= {"null_mx": facts.not_offered, "implicit": facts.implicit_mx}
    return {name: found}


def _sts(report: Report) -> Object:
    sts = report.case.sts
    if sts.facts is None:
        return {"status": "not-applicable"}
    found: Object = {"status": "absent", "dns": sts.facts.txt.status.value}
    if sts.unreached:
        found["status"] = Answer.UNKNOWN.value
        found["status_reason"] = Because.NO_POLICY.value
    elif sts.policy is not None:
        policy = sts.policy
        found |= {"status": "valid", "mode": policy.mode.value, "max_age": policy.max_age}
        found["mx"] = list(policy.mx)
    elif sts.txt.count:
        found["status"] = "invalid"
        found["problem"] = sts.txt.problem or sts.policy_problem
    if sts.txt.policy_id:
        found["id"] = sts.txt.policy_id
    return found | _fetch(report)


def _fetch(report: Report) -> Object:
    sts = report.case.sts.facts
    fetch = sts.fetch if sts is not None else None
    if fetch is None:
        return {}
    found: Object = {
        "url": fetch.url,
        "end": fetch.end.value,
        "reason": fetch.reason,
        "http": fetch.http_status,
        "content_type": fetch.content_type,
        "bytes": len(fetch.body),
        "truncated": fetch.truncated,
    }
    if fetch.location:
        found["location"] = fetch.location
    if fetch.verify_code is not None:
        found["verify_code"] = fetch.verify_code
    if fetch.not_after is not None:
        found["cert_days_left"] = (fetch.not_after - report.case.day).days
    return {"fetch": found}


def _tlsrpt(report: Report) -> Object:
    lookup, read = report.facts.tlsrpt, report.case.reporting
    if lookup is None:
        return {"status": "not-applicable"}
    if not lookup.answered:
        return {"status": Answer.UNKNOWN.value, "status_reason": lookup.reason}
    if read.problem:
        return {"status": "invalid", "problem": read.problem}
    if not read.count:
        return {"status": "absent"}
    return {"status": "valid", "rua": list(read.uris)}


def _host(report: Report, host: HostFacts) -> Object:
    found: Object = {
        "name": host.name,
        "port": host.port,
        "preference": host.preference,
        "implicit_tls": host.implicit_tls,
        "address_status": host.status.value,
        "cname": list(host.aliases),
    }
    reasons = [_failed(lookup) for lookup in host.lookups if not lookup.answered]
    if reasons:
        found["address_reason"] = "; ".join(reasons)
    if report.case.sts.policy is not None:
        found["sts_mx_match"] = report.case.sts.policy.covers(host.name)
    if host.tlsa.lookup is not None:
        found["tlsa"] = _tlsa(host, host.tlsa.lookup)
    if host.caa is not None:
        found["caa"] = {
            "name": host.caa.name,
            "status": host.caa.status.value,
            "records": list(host.caa.records),
        }
    found["addresses"] = [_address(report, one) for one in report.of(host)]
    return found


def _failed(lookup: Lookup) -> str:
    return f"{lookup.kind}: {lookup.reason}"


def _tlsa(host: HostFacts, lookup: Lookup) -> Object:
    counted = set(dane.considered(host.tlsa.records))
    records = [
        {
            "usage": one.usage,
            "selector": one.selector,
            "mtype": one.mtype,
            "data": one.data.hex(),
            "usable": not dane.unusable(one),
            "considered": n in counted,
        }
        for n, one in enumerate(host.tlsa.records)
    ]
    found: Object = {
        "base": host.tlsa.base,
        "qname": lookup.name,
        "status": lookup.status.value,
        "cname": list(lookup.aliases),
        "records": records,
    }
    return found | ({"reason": lookup.reason} if lookup.reason else {})


_REACHABLE = {
    Connect.OK: Answer.YES,
    Connect.TLS_FAILED: Answer.YES,
    Connect.REFUSED: Answer.NO,
    Connect.UNREACHABLE: Answer.NO,
}


def _address(report: Report, one: AddressReport) -> Object:
    standing, address = one.standing, one.standing.address
    found: Object = {
        "ip": address.ip,
        "port": address.port,
        "connect": address.connect.value,
        "connections": address.connections,
        "seconds": round(address.seconds, 3),
    }
    answer = _REACHABLE.get(address.connect, Answer.UNKNOWN)
    found["reachable"] = answer.value
    if answer is Answer.UNKNOWN or address.reason:
        found["reachable_reason"] = address.reason or address.connect.value
    found["greeting"] = address.greeting.line if address.greeting is not None else ""
    found["ended"], found["retried"] = address.ended, address.retried
    found["starttls"] = _starttls(standing)
    if address.tls is not None:
        found["tls"] = _tls(address.tls) | _deep(standing)
    if standing.leaf is not None:
        found["certificate"] = _certificate(report, standing)
    found["dane"] = _dane(standing) | three("second_certificate", address.second.present)
    found["ehlo"] = _ehlo(standing)
    found["would_deliver"] = {_SENDERS[who]: cell.value.value for who, cell in one.cells.items()}
    reasons = {_SENDERS[who]: cell.reason for who, cell in one.cells.items() if cell.reason}
    return found | {"would_deliver_reason": reasons}


def _starttls(standing: Standing) -> Object:
    upgrade = standing.address.starttls
    if standing.address.implicit_tls:
        return {"advertised": "no", "implicit_tls": True}
    found = three("advertised", upgrade.advertised)
    if upgrade.reply is not None:
        found |= {"code": upgrade.reply.code, "enhanced": upgrade.reply.enhanced}
        found["text"] = upgrade.reply.text
    surplus = "".join(chr(o) if 32 <= o < 127 else f"\\x{o:02x}" for o in upgrade.surplus)
    found["surplus_after_220"] = surplus
    for name in ("injection", "pipelined", "state_kept", "unadvertised"):
        found |= three(name, getattr(upgrade, name))
    return found


def _tls(tls: TlsFacts) -> Object:
    seen = tls.negotiated
    found: Object = {
        "ok": tls.ok,
        "reason": tls.reason,
        "version": tls.version,
        "cipher": tls.cipher,
        "bits": tls.bits,
        "group": seen.group,
        "signature": seen.signature,
        "sni": tls.sni or "",
        "alert": seen.alert,
        "seconds": round(tls.seconds, 3),
    }
    for name in ("extended_master_secret", "secure_renegotiation", "compression"):
        found |= three(name, _seen(getattr(seen, name)))
    return found | three("client_certificate", _seen(seen.client_certificate))


def _seen(value: bool | None) -> Fact:
    if value is None:
        return Fact(Answer.UNKNOWN, Because.NOT_SEEN)
    return Fact(Answer.YES if value else Answer.NO)


def _deep(standing: Standing) -> Object:
    deep, tls = standing.address.deep, standing.address.tls
    if deep is None:
        return {"versions": {tls.version: "accepted"} if tls is not None and tls.ok else {}}
    return {
        "versions": {name: fact.answer.value for name, fact in deep.versions},
        "versions_reason": {name: fact.reason for name, fact in deep.versions if fact.reason},
        "ciphers": list(deep.ciphers),
        "groups": list(deep.groups),
        "sni_certificates": dict(deep.sni),
        **three("resumption", deep.resumption),
        "stopped": deep.stopped,
    }


def _certificate(report: Report, standing: Standing) -> Object:
    tls, leaf = standing.address.tls, standing.leaf
    assert tls is not None
    assert leaf is not None
    path = tls.path
    pkix = three("trusted", standing.trusted) | three("path", standing.path)
    pkix["purpose"] = "no" if standing.purpose is not None else "yes"
    pkix["dates"] = "no" if standing.dates is not None else "yes"
    if path.code is not None:
        failing = standing.purpose or standing.dates
        judged = path.code == 0 and failing is not None
        pkix["verify_code"] = failing.code if judged and failing is not None else path.code
        pkix["verify_message"] = failing.reason if judged and failing is not None else path.reason
        pkix |= {"store": path.store, "openssl": path.openssl}
    name = standing.name
    return {
        "chain": [_one_certificate(one) for one in tls.chain],
        "pkix": pkix,
        "name": {"reference": name.reference, "match": name.match, "via": name.via},
        "days_left": report.case.days_left(leaf),
    }


def _one_certificate(one: CertificateFacts) -> Object:
    key = dane.record_for(one.der)
    return {
        "subject": one.subject,
        "issuer": one.issuer,
        "not_before": moment(one.not_before) if one.not_before is not None else None,
        "not_after": moment(one.not_after) if one.not_after is not None else None,
        "san": [*one.names, *one.addresses],
        "key": one.key,
        "signature": one.signature,
        "must_staple": one.must_staple,
        "transparency": one.transparency,
        "spki_sha256": key.data.hex() if key is not None else "",
        "cert_sha256": one.sha256,
    }


def _dane(standing: Standing) -> Object:
    status = standing.host.tlsa.status
    outcome = standing.dane
    verdict = outcome.verdict
    if status is Status.INSECURE and standing.host.tlsa.records:
        verdict = dane.Verdict.INSECURE
    elif status is Status.UNVERIFIED and standing.host.tlsa.records:
        verdict = dane.Verdict.UNKNOWN
    found: Object = {"verdict": verdict.value}
    if verdict is dane.Verdict.UNKNOWN:
        unverified = status is Status.UNVERIFIED
        because = Because.UNVERIFIED if unverified else Because.NO_TLS
        found["verdict_reason"] = because.value
        if unverified and outcome.verdict is not dane.Verdict.UNKNOWN:
            found["unverified"] = outcome.verdict.value
    if outcome.record is not None:
        found |= {"record": outcome.record, "depth": outcome.depth}
    if outcome.miss is not None:
        found["reason"] = outcome.miss.value
    return found


def _ehlo(standing: Standing) -> Object:
    address = standing.address
    added, removed = differences(standing)
    return {
        "before": list(address.before or ()),
        "after": list(address.after or ()),
        "added": added,
        "removed": removed,
    }


def _finding(one: Finding) -> Object:
    return {
        "id": one.id,
        "level": one.level.value,
        "host": one.host,
        "ip": one.ip,
        "message": one.message,
        "fix": one.fix,
        "ref": one.reference,
    }
