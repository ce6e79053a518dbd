"""Findings about MTA-STS and TLSRPT."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.policy import dane, mta_sts
from smtpprobe.policy.dns_answer import Status
from smtpprobe.policy.mta_sts import FetchEnd, Mode, PolicyFetch
from smtpprobe.policy.txt_record import quoted
from smtpprobe.starttls.facts import HostFacts
from smtpprobe.starttls.finding import Finding, Level, finding
from smtpprobe.starttls.judge import dns
from smtpprobe.starttls.judge.assessment import Case
from smtpprobe.starttls.judge.matrix import Value, sts_cell


def record(case: Case) -> Iterator[Finding]:
    """`sts.absent`, `sts.txt-multiple`, `sts.txt-syntax`, `sts.txt-missing`."""
    sts = case.sts
    if sts.facts is None:
        return
    if not sts.facts.txt.answered:
        yield from dns.failed(case, sts.facts.txt)
    elif sts.txt.count > 1:
        yield finding("sts.txt-multiple", f"_mta-sts has {sts.txt.problem}")
    elif sts.txt.problem:
        yield finding("sts.txt-syntax", f"{_quoted('_mta-sts', sts.txt.record)}{sts.txt.problem}")
    elif sts.txt.warning:
        message = f"{_quoted('_mta-sts', sts.txt.record)}{sts.txt.warning}"
        yield finding("sts.txt-syntax", message, level=Level.WARN)
    elif sts.txt.count == 0 and _served(sts.facts.fetch):
        yield finding("sts.txt-missing")
    elif sts.txt.count == 0 and case.facts.hosts:
        yield finding("sts.absent", f"no _mta-sts.{case.facts.domain} record")


_WITH_LENGTH = "send a Content-Length with it (RFC 9112 9.8)"


def _quoted(name: str, record: str) -> str:
    return f"the {name} record {quoted(record)}: "


def _served(fetch: PolicyFetch | None) -> bool:
    if fetch is None or fetch.end is not FetchEnd.ANSWERED or fetch.http_status != 200:
        return False
    return mta_sts.read_policy(fetch.body).policy is not None


def fetching(case: Case) -> Iterator[Finding]:
    """`sts.fetch`, `sts.cert`, `sts.redirect`, `sts.type`, `sts.size`, `sts.policy-syntax`."""
    fetch = case.sts.facts.fetch if case.sts.facts is not None else None
    if fetch is None or not case.sts.txt.policy_id:
        return
    match fetch.end:
        case FetchEnd.ANSWERED:
            yield from _answered(case, fetch)
        case FetchEnd.CERTIFICATE:
            yield finding("sts.cert", f"the policy host's certificate: {fetch.reason}")
        case FetchEnd.INTERRUPTED:
            return
        case FetchEnd.TIMEOUT | FetchEnd.UNREACHABLE:
            reason = f"{fetch.end.value}: {fetch.reason}" if fetch.reason else fetch.end.value
            yield finding("sts.fetch", f"the policy: {reason}", level=Level.UNKNOWN)
        case _:
            reason = f": {fetch.reason}" if fetch.reason else ""
            yield finding("sts.fetch", f"the policy: {fetch.end.value}{reason}")


def _answered(case: Case, fetch: PolicyFetch) -> Iterator[Finding]:
    if 300 <= fetch.http_status < 400:
        to = f" to {fetch.location[:80]}" if fetch.location else ""
        yield finding("sts.redirect", f"the policy host redirects ({fetch.http_status}){to}")
        return
    if fetch.http_status != 200:
        yield finding("sts.fetch", f"the policy host answers with status {fetch.http_status}")
        return
    if fetch.open_ended:
        message = "the policy has no Content-Length and no TLS close_notify: it may be truncated"
        yield finding("sts.fetch", message, level=Level.WARN, fix=_WITH_LENGTH)
    if not mta_sts.is_text_plain(fetch.content_type):
        shown = fetch.content_type[:60] or "none"
        yield finding("sts.type", f"the media type of the policy is {shown}")
    if fetch.truncated:
        yield finding("sts.size")
        return
    if case.sts.policy_problem:
        yield finding("sts.policy-syntax", f"the policy: {case.sts.policy_problem}")
    policy = case.sts.policy
    if policy is not None and policy.enforced_by_some:
        cells = (sts_cell(case, one) for one in case.standings)
        why = next((cell.reason for cell in cells if cell.value is Value.PARTIAL), "")
        if why:
            yield finding("sts.policy-syntax", f"the policy: {why}")
    for remark in case.sts.remarks:
        yield finding("sts.policy-syntax", f"the policy: {remark}", level=Level.WARN)


def mode(case: Case) -> Iterator[Finding]:
    """`sts.testing`, `sts.none`, `sts.max-age-short`, `sts.id-unchanged`."""
    policy = case.sts.policy
    if policy is None:
        return
    if policy.mode is Mode.TESTING:
        yield finding("sts.testing")
    if policy.mode is Mode.NONE:
        yield finding("sts.none")
    elif policy.max_age < mta_sts.SHORT_SECONDS:
        yield finding("sts.max-age-short", f"max_age {policy.max_age} is below a day")
    if case.options.previous_id and case.options.previous_id == case.sts.txt.policy_id:
        message = (
            f"the id is still {case.sts.txt.policy_id}: senders do not see policy changes "
            "since then"
        )
        yield finding("sts.id-unchanged", message)


def uncovered(case: Case, host: HostFacts) -> Iterator[Finding]:
    """`sts.mx-uncovered`."""
    policy = case.sts.policy
    if policy is None or policy.mode is Mode.NONE:
        return
    message, fix = f"no mx in the policy matches {host.name}: MTA-STS senders skip it", ""
    if pattern := policy.covers(host.name):
        if not policy.covers_for_some(host.name):
            return
        message = (
            f"{quoted(pattern)} in the policy matches it only for some senders; others skip it"
        )
        fix = "write that mx without the trailing dot"
    yield finding(
        "sts.mx-uncovered",
        message,
        fix=fix,
        level=Level.FAIL if policy.mode is Mode.ENFORCE else Level.WARN,
        host=host.name,
    )


def dane_first(case: Case, host: HostFacts) -> Iterator[Finding]:
    """`sts.dane-first`."""
    policy = case.sts.policy
    if policy is None or policy.mode is Mode.NONE or host.tlsa.status is not Status.SECURE:
        return
    if any(not dane.unusable(record) for record in host.tlsa.records):
        yield finding("sts.dane-first", "DANE senders ignore MTA-STS", host=host.name)


def reporting(case: Case) -> Iterator[Finding]:
    """`tlsrpt.absent`, `tlsrpt.syntax`, `tlsrpt.multiple`."""
    lookup = case.facts.tlsrpt
    if lookup is None:
        return
    found = case.reporting
    if found.count > 1:
        yield finding("tlsrpt.multiple", f"_smtp._tls has {found.problem}")
    elif found.problem or found.doubt:
        told = found.problem or found.doubt
        yield finding("tlsrpt.syntax", f"{_quoted('_smtp._tls', found.record)}{told}")
    elif found.count == 0 and lookup.answered and _published(case):
        record = f'_smtp._tls.{case.facts.domain} TXT "v=TLSRPTv1; rua=mailto:..."'
        yield finding("tlsrpt.absent", fix=f"add {record}")


def _published(case: Case) -> bool:
    dane_there = any(
        host.tlsa.records and host.tlsa.status is Status.SECURE for host in case.facts.hosts
    )
    return dane_there or bool(case.sts.txt.record)


OF_TARGET = (
    record,
    fetching,
    mode,
    reporting,
)
OF_HOST = (
    uncovered,
    dane_first,
)
