"""One address of a report as a JSON object: session, certificate, DANE, what senders do."""

from __future__ import annotations

from smtpprobe.policy import dane
from smtpprobe.policy.dns_answer import Status
from smtpprobe.present.escape import as_sent, escaped, octets_as_sent
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.starttls.facts import (
    NO,
    AddressFacts,
    Answer,
    Because,
    Connect,
    Fact,
    Upgrade,
    known,
)
from smtpprobe.starttls.judge.assessment import Standing
from smtpprobe.starttls.judge.judge import AddressReport, Report
from smtpprobe.starttls.progress import misspoken, stuck
from smtpprobe.starttls.reports.certificate_json import certificate_object
from smtpprobe.starttls.reports.evidence import differences
from smtpprobe.starttls.reports.json_words import SENDERS, Object, three

_REACHABLE = {
    Connect.OK: Answer.YES,
    Connect.TLS_FAILED: Answer.YES,
    Connect.TLS_AT_ONCE: Answer.YES,
    Connect.ENDLESS: Answer.YES,
    Connect.REFUSED: Answer.NO,
    Connect.UNREACHABLE: Answer.NO,
}


def address_object(report: Report, one: AddressReport, *, pem: bool = False) -> Object:
    """Return one address of a report as plain values, its certificates as PEM too if wanted."""
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
        found["reachable_reason"] = escaped(address.reason) or address.connect.value
    found["greeting"] = as_sent(address.greeting.line) if address.greeting is not None else ""
    found["unasked"] = as_sent(address.unasked)
    found["ended"], found["retried"] = as_sent(address.ended), as_sent(address.retried)
    found["starttls"] = _starttls(standing)
    if address.tls is not None:
        found["tls"] = _tls(address.tls) | _inside(standing) | _deep(standing)
    if standing.leaf is not None:
        found["certificate"] = _certificate(report, standing, pem=pem)
    found["dane"] = _dane(standing) | three("second_certificate", address.second.present)
    if address.second.present.yes:
        found["second_certificate"] = _second(standing, pem=pem)
    found["ehlo"] = _ehlo(standing)
    found["would_deliver"] = {SENDERS[who]: cell.value.value for who, cell in one.cells.items()}
    reasons = {SENDERS[who]: escaped(cell.reason) for who, cell in one.cells.items() if cell.reason}
    return found | {"would_deliver_reason": reasons}


_AGREED = ("extended_master_secret", "secure_renegotiation", "compression", "client_certificate")


def _starttls(standing: Standing) -> Object:
    upgrade = standing.address.starttls
    if standing.address.implicit_tls:
        found = {"advertised": "no", "implicit_tls": True}
        return found | _tests(upgrade)
    found = three("advertised", upgrade.advertised)
    if upgrade.reply is not None:
        found |= {"code": upgrade.reply.code, "enhanced": upgrade.reply.enhanced}
        found["text"] = as_sent(upgrade.reply.text)
    found["also_listed"] = list(standing.address.also_listed)
    found["surplus_after_220"] = octets_as_sent(upgrade.surplus)
    return found | _tests(upgrade)


def _tests(upgrade: Upgrade) -> Object:
    """Return what the tests of `--active` showed."""
    found: Object = {}
    for name in ("injection", "pipelined", "state_kept", "unadvertised"):
        found |= three(name, getattr(upgrade, name))
    return found


def _tls(tls: TlsFacts) -> Object:
    seen = tls.negotiated
    found: Object = {
        "ok": tls.ok,
        "reason": escaped(tls.reason),
        "version": tls.version,
        "cipher": tls.cipher,
        "bits": tls.bits,
        "group": seen.group,
        "signature": seen.signature,
        "sni": tls.sni or "",
        "alert": seen.alert,
        "seconds": round(tls.seconds, 3),
    }
    if tls.failure is not None:
        found["failure"] = tls.failure.value
    for name in _AGREED:
        found |= three(name, known(getattr(seen, name), _unseen(tls, name)))
    return found


def _inside(standing: Standing) -> Object:
    """Return what became of the session behind the handshake."""
    found = three("usable", standing.inside)
    if standing.inside.no:
        found["usable_reason"] = misspoken(standing.address) or as_sent(stuck(standing.address))
    found["alert_inside"] = standing.address.alert
    return found | three("client_certificate_required", standing.demanded)


def _unseen(tls: TlsFacts, name: str) -> Because:
    """Return why a handshake did not show something."""
    if not tls.ok:
        return Because.NO_TLS
    if tls.version == "TLSv1.3" and name == "secure_renegotiation":
        return Because.NO_RENEGOTIATION
    return Because.NOT_SEEN


def _deep(standing: Standing) -> Object:
    deep, tls = standing.address.deep, standing.address.tls
    if deep is None:
        return {"versions": {tls.version: "accepted"} if tls is not None and tls.ok else {}}
    return {
        "versions": {name: fact.answer.value for name, fact in deep.versions},
        "versions_reason": {
            name: escaped(fact.reason) for name, fact in deep.versions if fact.reason
        },
        "classes": {name: fact.answer.value for name, fact in deep.classes},
        "classes_reason": {
            name: escaped(fact.reason) for name, fact in deep.classes if fact.reason
        },
        "ciphers": list(deep.ciphers),
        "groups": list(deep.groups),
        "sni_certificates": dict(deep.sni),
        **three("resumption", deep.resumption),
        "resumed": [_resumed(*told) for told in deep.resumed],
        "complete": (Answer.YES if deep.complete else Answer.NO).value,
        "not_asked": {
            "versions": [name for name, _ in deep.versions if name in deep.unsettled],
            "classes": [name for name, _ in deep.classes if name in deep.unsettled],
            "groups": list(deep.untested_groups),
            "ciphers": list(deep.untested_ciphers),
            "names": list(deep.unsent),
        },
        "stopped": escaped(deep.stopped),
    }


def _resumed(version: str, fact: Fact, by: str) -> Object:
    return {"version": version, **three("resumed", fact), "by": by}


def _certificate(report: Report, standing: Standing, *, pem: bool) -> Object:
    tls, leaf = standing.address.tls, standing.leaf
    assert tls is not None
    assert leaf is not None
    path = tls.path
    pkix = three("trusted", standing.trusted) | three("path", standing.path)
    for part in ("purpose", "dates"):
        pkix |= three(part, standing.read if getattr(standing, part) is None else NO)
    if path.code is not None:
        failing = standing.purpose or standing.dates
        judged = path.code == 0 and failing is not None
        pkix["verify_code"] = failing.code if judged and failing is not None else path.code
        reason = failing.reason if judged and failing is not None else path.reason
        pkix["verify_message"] = escaped(reason)
        pkix |= {"store": path.store, "openssl": path.openssl}
    name = standing.name
    chain = [certificate_object(one, pem=pem) for one in tls.chain]
    left = report.case.days_left(leaf)
    return {
        "chain": chain,
        "verified_chain": [certificate_object(one, pem=pem) for one in path.certificates],
        "pkix": pkix,
        "name": {"reference": name.reference, "match": as_sent(name.match), "via": name.via}
        | ({"via_reason": escaped(name.fits.reason)} if name.fits.reason else {}),
        "days_left": left,
    } | ({"days_left_reason": chain[0]["not_after_reason"]} if left is None else {})


def _second(standing: Standing, *, pem: bool) -> Object:
    """Return the certificate of the other key type, and what DANE senders make of it."""
    shown = standing.address.second.chain.certificates
    chain = [certificate_object(one, pem=pem) for one in shown]
    verdict = standing.second.verdict.value if standing.second is not None else ""
    return {"chain": chain, "dane_verdict": verdict}


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
        because = Because.UNREADABLE if standing.leaf is not None else Because.NO_TLS
        if status is Status.INTERRUPTED or standing.encrypted.because is Because.INTERRUPTED:
            because = Because.INTERRUPTED
        because = Because.UNVERIFIED if unverified else because
        found["verdict_reason"] = because.value
        if unverified and outcome.verdict is not dane.Verdict.UNKNOWN:
            found["unverified"] = outcome.verdict.value
    if outcome.record is not None:
        found |= {"record": outcome.record, "depth": outcome.depth}
    if outcome.missed is not None:
        found["reason"] = outcome.missed.told
    if any(record.role == dane.DANE_TA for record in standing.host.tlsa.records):
        found["reference_names"] = list(standing.reference.names)
    if standing.dispute is not None:
        found["disputed_names"] = list(standing.reference.disputed)
        found["reason"] = standing.dispute.value
    return found


def _ehlo(standing: Standing) -> Object:
    """Return what EHLO listed; an unknown list is null, with the reason.

    A string in its place would change the type of a column across reports.
    """
    address = standing.address
    found: Object = {
        name: as_sent(said.line) if said is not None else ""
        for name, said in (
            ("reply", address.hello),
            ("helo", address.helo),
            ("reply_inside", address.inside),
        )
    }
    if address.helo_lost:
        found["helo_reason"] = as_sent(address.helo_lost)
    for name, listed, missing in (
        ("before", address.before, standing.speaks),
        ("after", address.after, standing.inside),
    ):
        found[name] = None if listed is None else [as_sent(each) for each in listed]
        if listed is None:
            found[f"{name}_reason"] = _unlisted(address, name, missing)
    both = address.before is not None and address.after is not None
    for name, changed in zip(("added", "removed"), differences(standing), strict=True):
        found[name] = [as_sent(each) for each in changed] if both else None
    return found


def _unlisted(address: AddressFacts, name: str, missing: Fact) -> str:
    if name == "after" and address.implicit_tls:
        return Because.ONE_HELLO.value
    if name == "before" and address.hello is not None:
        return f"the reply to EHLO is {as_sent(address.hello.line)}"
    if not missing.no:
        return as_sent(missing.reason) or Because.NO_TLS.value
    return as_sent(stuck(address)) if name == "after" else misspoken(address)
