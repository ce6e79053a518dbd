"""Rows of the results from facts and reports, and facts from rows.

What a server sent is escaped; `facts` keeps it as it was.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from smtpprobe.exits import ExitStatus
from smtpprobe.policy.dns_answer import weakest
from smtpprobe.present.escape import as_sent, escaped
from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.facts import AddressFacts, Because, Facts, known
from smtpprobe.starttls.judge.judge import AddressReport, Report
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.json_words import SENDERS
from smtpprobe.survey.codec import facts_of, octets_of
from smtpprobe.survey.exclusions import Exclusions
from smtpprobe.survey.jobs.judge import Judged
from smtpprobe.survey.jobs.probe import Shown
from smtpprobe.survey.jobs.resolve import Entry, Resolved
from smtpprobe.survey.places import network_of

Row: TypeAlias = dict[str, Any]


def place_row(place: Place) -> Row:
    """Return a place as its columns."""
    return place._asdict()


def place_of_row(row: Row) -> Place:
    """Return the place in a row that has its columns."""
    return Place(*(row[name] for name in Place._fields))


def resolved_row(found: Resolved, exclusions: Exclusions) -> Row:
    """Return an entry as DNS left it; see `schema.RESOLVED`."""

    def seen(place: Place) -> Row:
        more = {"network": network_of(place.ip), "excluded": exclusions.covers(place.ip)}
        return place_row(place) | more

    return {
        "number": found.entry.number,
        "text": found.entry.text,
        "target": found.target,
        "error": found.error,
        "facts": octets_of(found.facts) if found.facts is not None else None,
        "places": [[seen(place) for place in places] for places in found.places],
    }


def resolved_of_row(row: Row) -> Resolved:
    """Return the entry in a row of `resolved_row`.

    Raises:
        ValueError: another version wrote it.
    """
    facts = facts_of(row["facts"], Facts) if row["facts"] is not None else None
    places = tuple(tuple(map(place_of_row, each)) for each in row["places"])
    return Resolved(Entry(row["number"], row["text"]), row["target"], facts, places, row["error"])


def address_row(shown: Shown) -> Row:
    """Return what a place showed; see `schema.ADDRESSES`."""
    facts = shown.facts
    return {
        "place": shown.number,
        "round": shown.round,
        "again": shown.again,
        **place_row(shown.place),
        "network": network_of(shown.place.ip),
        "asked": shown.asked,
        "connect": facts.connect.value,
        "reason": escaped(facts.reason),
        "connections": facts.connections,
        "seconds": facts.seconds,
        "greeting": as_sent(facts.greeting.line) if facts.greeting is not None else None,
        "ended": as_sent(facts.ended),
        "starttls": facts.starttls.advertised.answer.value,
        "starttls_reply": facts.starttls.reply.code if facts.starttls.reply is not None else None,
        "ehlo": [as_sent(line) for line in facts.before] if facts.before is not None else None,
        **_tls(facts),
        "facts": octets_of(facts),
    }


def address_facts(row: Row) -> AddressFacts:
    """Return the facts in a row of `address_row`.

    Raises:
        ValueError: another version wrote it.
    """
    return facts_of(row["facts"], AddressFacts)


def _tls(facts: AddressFacts) -> Row:
    tls = facts.tls
    if tls is None:
        return {}
    leaf, path = tls.leaf, tls.path
    found: Row = {
        "tls_ok": tls.ok,
        "tls_reason": escaped(tls.reason),
        "tls_version": tls.version,
        "cipher": tls.cipher,
        "key_exchange": tls.negotiated.group,
        "chain_length": len(tls.chain),
    }
    if leaf is None:
        return found
    trusted = None if path.code is None else path.code == 0
    return found | {
        "certificate_sha256": leaf.sha256,
        "subject": escaped(leaf.subject),
        "issuer": escaped(leaf.issuer_name or leaf.issuer),
        "names": [escaped(name) for name in leaf.names],
        "not_before": leaf.not_before,
        "not_after": leaf.not_after,
        "key": leaf.key,
        "key_bits": leaf.key_bits,
        "signature": leaf.signature,
        "trusted": known(trusted, Because.UNREADABLE).answer.value,
        "trust_code": path.code,
        "trust_reason": escaped(path.reason),
    }


def domain_row(judged: Judged) -> Row:
    """Return the verdict on an entry; see `schema.DOMAINS`."""
    head: Row = {"number": judged.resolved.entry.number, "target": judged.resolved.target}
    report = judged.report
    if report is None:
        return head | _unchecked(judged.resolved.error)
    told: Row = report_object(report)
    return head | {
        "time": report.facts.started,
        "result": told["result"],
        "exit_code": told["exit_code"],
        "senders": told["senders"],
        "mx": _mx(told),
        "mta_sts": _kept(told["mta_sts"], ("status", "mode", "max_age", "id", "problem")),
        "tlsrpt": _kept(told["tlsrpt"], ("status", "rua")),
        "hosts": _hosts(judged, report),
        "findings": [
            _kept(one, ("id", "level", "host", "ip", "message", "affects"))
            for one in told["findings"]
        ],
    }


def unchecked_row(entry: Entry, why: str) -> Row:
    """Return the row of an entry that was not checked; see `schema.DOMAINS`."""
    return {"number": entry.number, "target": entry.text} | _unchecked(why)


def _unchecked(why: str) -> Row:
    return {
        "error": why,
        "result": "inconclusive",
        "exit_code": ExitStatus.CANNOT_TELL,
        "hosts": [],
        "findings": [],
    }


def _kept(told: Row, names: tuple[str, ...]) -> Row:
    return {name: told.get(name) for name in names}


def _mx(told: Row) -> Row:
    mx = told["dns"].get("mx", {})
    return {
        "status": mx.get("status"),
        "null_mx": mx.get("null_mx"),
        "implicit": mx.get("implicit"),
        "records": mx.get("records") or [],
    }


def _hosts(judged: Judged, report: Report) -> list[Row]:
    return [
        {
            "name": host.name,
            "port": host.port,
            "preference": host.preference,
            "address_status": weakest(*(each.status for each in host.lookups)).value
            if host.lookups
            else None,
            "tlsa_status": host.tlsa.status.value if host.tlsa.status is not None else None,
            "tlsa": [str(record) for record in host.tlsa.records],
            "addresses": [
                place_row(place) | _standing(report, one)
                for place, one in zip(places, report.of(host), strict=True)
            ],
        }
        for host, places in zip(report.facts.hosts, judged.resolved.places, strict=True)
    ]


def _standing(report: Report, one: AddressReport) -> Row:
    standing = one.standing
    leaf = standing.leaf
    return {
        "encrypted": standing.encrypted.answer.value,
        "trusted": standing.trusted.answer.value if leaf is not None else None,
        "name_matches": standing.name.fits.answer.value if leaf is not None else None,
        "dane": standing.dane.verdict.value,
        "days_left": report.case.days_left(leaf) if leaf is not None else None,
        "senders": {SENDERS[who]: cell.value.value for who, cell in one.cells.items()},
    }
