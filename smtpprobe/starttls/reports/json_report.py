"""A report as a JSON object: schema `smtpprobe/starttls/1`, described in docs/starttls.md.

Three-valued fields are the words yes, no and unknown; an unknown one has a sibling
`<field>_reason`. New fields may come within version 1; a changed meaning makes version 2.
"""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe import __version__
from smtpprobe.policy import dane
from smtpprobe.policy.dns_answer import Lookup, weakest
from smtpprobe.present.escape import as_sent, escaped
from smtpprobe.present.json_text import json_text
from smtpprobe.starttls.facts import Answer, HostFacts
from smtpprobe.starttls.finding import Finding
from smtpprobe.starttls.finding_table import WHO
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.judge.usable import unusable
from smtpprobe.starttls.reports.address_json import address_object
from smtpprobe.starttls.reports.formats import USUAL, ReportOptions
from smtpprobe.starttls.reports.json_words import SENDERS, Object, moment, three

SCHEMA = "smtpprobe/starttls/1"


def json_document(reports: Sequence[Report], options: ReportOptions = USUAL) -> str:
    """Return one report as an object, several as an array of them."""
    objects = [report_object(report, pem=options.pem) for report in reports]
    return json_text(objects if len(objects) > 1 else objects[0], indent=1) + "\n"


def report_object(report: Report, *, pem: bool = False) -> Object:
    """Return a report as plain values, certificates as PEM too if wanted."""
    facts = report.facts
    found: Object = {
        "schema": SCHEMA,
        "smtpprobe": __version__,
        "target": str(facts.target),
        "port": facts.port,
        "time": moment(facts.started),
        "at": moment(report.case.options.at) if report.case.options.at is not None else None,
        "result": report.result.value,
        "exit_code": int(report.exit_status),
        "interrupted": facts.interrupted,
        "connections": facts.connections,
        "seconds": round(facts.seconds, 3),
        "dns": _dns(report),
        "senders": {SENDERS[one]: reach.value for one, reach in report.senders.items()},
        "mta_sts": _sts(report),
        "tlsrpt": _tlsrpt(report),
        "hosts": [_host(report, host, pem=pem) for host in facts.hosts],
        "findings": [_finding(one) for one in report.findings],
    }
    if facts.resolver is not None:
        found["resolver"] = {
            "address": facts.resolver.address,
            **three("validating", facts.resolver.validating),
            "trusted": facts.resolver.trusted.value,
        }
    return found


def _dns(report: Report) -> Object:
    facts = report.facts
    if not facts.lookups:
        return {}
    name = "srv" if facts.submission else "mx"
    records = [record for lookup in facts.lookups for record in lookup.records]
    rows = [[*map(int, numbers), where] for *numbers, where in map(str.split, records)]
    found: Object = {
        "status": weakest(*(lookup.status for lookup in facts.lookups)).value,
        "rrset": rows,
    }
    if rows:
        found["records"] = [dict(zip(_FIELDS[name], row, strict=True)) for row in rows]
    if facts.lookups[0].aliases:
        found["cname"] = list(facts.lookups[0].aliases)
    reasons = [lookup.reason for lookup in facts.lookups if lookup.reason]
    if reasons:
        found["reason"] = escaped("; ".join(reasons))
    if not facts.submission and all(lookup.answered for lookup in facts.lookups):
        found |= {"null_mx": facts.not_offered, "implicit": facts.implicit_mx}
    return {name: found}


_FIELDS = {"mx": ("preference", "host"), "srv": ("priority", "weight", "port", "target")}
"""The fields of a record in order, each of one type."""


def _sts(report: Report) -> Object:
    sts = report.case.sts
    if sts.facts is None:
        return {"status": "not-applicable"}
    found: Object = {"status": "absent", "dns": sts.facts.txt.status.value}
    if sts.unreached is not None:
        found["status"] = Answer.UNKNOWN.value
        asked = sts.facts.txt
        found["status_reason"] = sts.unreached.value if asked.answered else escaped(asked.reason)
    elif sts.policy is not None:
        policy = sts.policy
        found |= {"status": "valid", "mode": policy.mode.value, "max_age": policy.max_age}
        found["mx"] = list(policy.mx)
    elif sts.txt.count or sts.txt.problem:
        found["status"] = "invalid"
        found["problem"] = escaped(sts.txt.problem or sts.policy_problem)
    if sts.txt.policy_id:
        found["id"] = sts.txt.policy_id
    if sts.txt.record:
        found["record"] = as_sent(sts.txt.record)
    remarks = [*filter(None, [sts.txt.warning]), *sts.remarks]
    if remarks:
        found["remarks"] = [escaped(remark) for remark in remarks]
    return found | _fetch(report)


def _fetch(report: Report) -> Object:
    sts = report.case.sts.facts
    fetch = sts.fetch if sts is not None else None
    if fetch is None:
        return {}
    found: Object = {
        "url": fetch.url,
        "end": fetch.end.value,
        "reason": escaped(fetch.reason),
        "http": fetch.http_status,
        "content_type": as_sent(fetch.content_type),
        "bytes": len(fetch.body),
        "truncated": fetch.truncated,
    }
    if fetch.location:
        found["location"] = as_sent(fetch.location)
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
        return {"status": Answer.UNKNOWN.value, "status_reason": escaped(lookup.reason)}
    if not read.count and not read.problem:
        return {"status": "absent"}
    found: Object = {"status": "valid", "rua": [as_sent(uri) for uri in read.uris]}
    if read.problem:
        found = {"status": "invalid", "problem": escaped(read.problem)}
    if read.doubt:
        found["remarks"] = [escaped(read.doubt)]
    return found | {"record": as_sent(read.record)}


def _host(report: Report, host: HostFacts, *, pem: bool) -> Object:
    found: Object = {
        "name": host.name,
        "port": host.port,
        "preference": host.preference,
        "implicit_tls": host.implicit_tls,
        "address_status": host.status.value,
        "cname": list(host.aliases),
    }
    dead = unusable(report.facts, host)
    if dead is not None:
        found["unusable"] = escaped(dead.why)
    reasons = [_failed(lookup) for lookup in host.lookups if not lookup.answered]
    if reasons:
        found["address_reason"] = escaped("; ".join(reasons))
    if report.case.sts.policy is not None:
        found["sts_mx_match"] = report.case.sts.policy.covers(host.name)
    if host.tlsa.lookup is not None:
        found["tlsa"] = _tlsa(host, host.tlsa.lookup)
    if host.caa is not None:
        found["caa"] = {
            "name": host.caa.name,
            "status": host.caa.status.value,
            "records": [as_sent(record) for record in host.caa.records],
        }
    found["addresses"] = [address_object(report, one, pem=pem) for one in report.of(host)]
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
    return found | ({"reason": escaped(lookup.reason)} if lookup.reason else {})


def _finding(one: Finding) -> Object:
    return {
        "id": one.id,
        "level": one.level.value,
        "host": one.host,
        "ip": one.ip,
        "message": escaped(one.message),
        "fix": escaped(one.fix),
        "ref": one.reference,
        "affects": [SENDERS[Sender(name)] for name in one.row.affects],
        "who": WHO[one.row.affects],
        "refused_by": list(one.refused_by),
    }
