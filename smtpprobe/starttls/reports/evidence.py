"""The evidence of a report: what each address showed, the TLSA records, MTA-STS and TLSRPT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from smtpprobe.policy import dane, mta_sts
from smtpprobe.policy.dns_answer import Status
from smtpprobe.policy.trust import NAMES_UNREAD, UNREADABLE, names_unread, readable
from smtpprobe.present.counted import counted
from smtpprobe.present.escape import quoted, shown
from smtpprobe.present.spans import ERROR, HEADING, HINT, PLAIN, SUCCESS, WARNING, Line, Span, line
from smtpprobe.starttls.facts import Because, Connect, Deep, Fact, HostFacts
from smtpprobe.starttls.finding import Finding
from smtpprobe.starttls.judge import sts as sts_findings
from smtpprobe.starttls.judge.assessment import Standing
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.judge.usable import unusable
from smtpprobe.starttls.progress import misspoken, stuck
from smtpprobe.starttls.reports.labels import Group
from smtpprobe.starttls.suite_classes import SHOWN

_LABEL = 11
MOST_SHOWN = 6
"""How many CAA records, or patterns of a policy, a line lists at most."""


def evidence_lines(report: Report, groups: Sequence[Group]) -> Iterator[Line]:
    """Yield what was found at each host, then MTA-STS and TLSRPT of the domain."""
    for host in report.facts.hosts:
        yield from _host_lines(report, host)
    yield from _sts_lines(report, groups)
    yield from _reporting_lines(report, groups)


def _host_lines(report: Report, host: HostFacts) -> Iterator[Line]:
    preference = f" (pref {host.preference})" if host.preference is not None else ""
    alias = f" -> {' -> '.join(host.aliases)}" if host.aliases else ""
    yield line(shown(f"{host.name}{alias}{preference}"), HEADING)
    for lookup in host.lookups:
        if not lookup.answered:
            yield line(f"  {lookup.kind}: {shown(lookup.reason)}", WARNING)
    dead = unusable(report.facts, host)
    if dead is not None:
        yield line(shown(f"  {dead.why}"), ERROR)
    elif host.lookups and all(lookup.absent for lookup in host.lookups):
        yield line("  no address", ERROR)
    told: dict[object, str] = {}
    standings = [one.standing for one in report.of(host)]
    wide = max((len(_where(one)) for one in standings), default=0) + 3
    for one in standings:
        likeness = _likeness(one)
        where = f"  {_where(one):<{wide}}"
        if likeness in told:
            yield line(f"{where}same as {told[likeness]}")
            continue
        if one.address.connect in (Connect.OK, Connect.TLS_FAILED):
            told[likeness] = one.address.ip
        yield (Span(PLAIN, where), *_summary(report, one))
        yield from _details(report, one)
    yield from _published(host, standings)
    yield from _caa(host)


def _caa(host: HostFacts) -> Iterator[Line]:
    if host.caa is not None and host.caa.records:
        records = "; ".join(host.caa.records[:MOST_SHOWN])
        yield _labelled("CAA", shown(f"{records}  (at {host.caa.name})"))


def _where(one: Standing) -> str:
    ip = f"[{one.address.ip}]" if one.address.family == 6 else one.address.ip
    return f"{ip}:{one.address.port}"


def _likeness(one: Standing) -> object:
    """Return what makes two addresses of a host the same for a reader."""
    address, tls = one.address, one.address.tls
    session = tls and (tls.ok, tls.reason, tls.version, tls.cipher, tls.negotiated)
    chain = tuple(each.sha256 for each in tls.chain) if tls is not None else ()
    upgrade, reply = address.starttls, address.starttls.reply
    return (
        *(address.connect, address.reason, address.ended, address.before, address.after),
        *(upgrade.advertised, reply and reply.code, upgrade.surplus, session, chain),
        *(upgrade.injection, upgrade.pipelined, upgrade.state_kept, address.deep),
        *(address.hello, address.helo, address.inside, address.alert, address.also_listed),
        *(address.unasked, address.helo_lost, upgrade.unadvertised),
    )


def _summary(report: Report, one: Standing) -> Line:
    address, tls = one.address, one.address.tls
    if address.connect not in (Connect.OK, Connect.TLS_FAILED):
        reason = f" ({address.reason})" if address.reason else ""
        return line(shown(f"{address.connect.value}{reason}"), WARNING)
    if tls is not None and tls.ok:
        word, style = status_word(report, one)
        parts = [tls.version, tls.cipher, tls.negotiated.group, tls.negotiated.signature]
        return (Span(style, f"{word:<9}"), Span(PLAIN, " " + "  ".join(filter(None, parts))))
    if tls is not None:
        return line(shown(f"TLS handshake failed: {tls.reason}"), ERROR)
    if one.speaks.no:
        return line(misspoken(address), ERROR)
    if address.starttls.advertised.no:
        others = [
            other.standing.address.ip
            for other in report.of(one.host)
            if other.standing.address.starttls.advertised.yes
        ]
        offer = f" ({others[0]} offers it)" if others else ""
        if address.by_helo and address.hello is not None:
            told = f"the reply to EHLO is {address.hello.line}; HELO works, without STARTTLS{offer}"
            return line(shown(told), ERROR)
        return line(f"No STARTTLS in EHLO{offer}", ERROR)
    if address.interrupted and address.greeting is not None:
        step = "STARTTLS was offered" if address.starttls.advertised.yes else "the greeting"
        return line(shown(f"interrupted after {step} ({address.greeting.line})"), WARNING)
    if address.starttls.reply is not None:
        return line(shown(f"STARTTLS refused: {address.starttls.reply.line}"), ERROR)
    return line(shown(f"unknown: {one.encrypted.reason}"), WARNING)


def status_word(report: Report, one: Standing) -> tuple[str, str]:
    """Return posttls-finger's word for a session, and a style."""
    if one.leaf is None:
        return "Anonymous", ERROR
    secure = all(lookup.status is Status.SECURE for lookup in report.facts.lookups)
    by_dane = one.dane.verdict is dane.Verdict.MATCH and one.host.tlsa.status is Status.SECURE
    if (by_dane and secure) or (one.trusted.yes and one.name.fits.yes):
        return "Verified", SUCCESS
    if one.trusted.yes:
        return "Trusted", WARNING
    return ("Untrusted", WARNING) if one.trusted.no else ("Unjudged", WARNING)


def _details(report: Report, one: Standing) -> Iterator[Line]:
    yield from _starttls(one)
    if report.facts.active:
        yield from _active(one)
    yield from _inside(one)
    yield from _certificate(report, one)
    yield from _dane(one)
    yield from _hello(one)
    yield from _deep(one)
    if one.address.unasked:
        yield _labelled("Unasked", shown(one.address.unasked), ERROR)
    if one.address.retried:
        yield _labelled("Retry", f"the first session ended with {shown(one.address.retried)}")


def _labelled(label: str, text: str, style: str = PLAIN) -> Line:
    return (Span(HINT, f"    {label:<{_LABEL}}"), Span(style, text))


def _starttls(one: Standing) -> Iterator[Line]:
    upgrade = one.address.starttls
    if upgrade.reply is None or not upgrade.advertised.yes or one.address.tls is None:
        return
    behind = "nothing after the 220"
    if upgrade.surplus:
        behind = f"then plaintext {quoted(upgrade.surplus[:60])}"
    text = f"advertised, {upgrade.reply.line}; {behind}"
    yield _labelled("STARTTLS", shown(text), ERROR if upgrade.surplus else PLAIN)


def _active(one: Standing) -> Iterator[Line]:
    """Yield what the tests of `--active` showed, or why they showed nothing."""
    upgrade = one.address.starttls
    tests = (
        ("injection", upgrade.injection),
        ("run without TLS", upgrade.pipelined),
        ("state kept", upgrade.state_kept),
        ("works unlisted", upgrade.unadvertised),
    )
    told = [f"{name}: {fact.answer.value}" for name, fact in tests if fact.yes or fact.no]
    told += _untold(fact for _, fact in tests)
    yield _labelled("Active", shown(", ".join(told)))


def _untold(facts: Iterable[Fact]) -> list[str]:
    """Return why tests that apply here showed nothing, each reason once."""
    spared = (Because.LISTED, Because.UNLISTED)
    reasons = dict.fromkeys(
        fact.reason for fact in facts if fact.reason and fact.because not in spared
    )
    return [f"not tested: {reason}" for reason in reasons]


def _inside(one: Standing) -> Iterator[Line]:
    """Yield why nothing follows the handshake, if that is so or unknown."""
    address = one.address
    if address.connect is Connect.OK and one.encrypted.yes and not one.inside.yes:
        told = stuck(address) if one.inside.no else f"unknown: {one.inside.reason}"
        yield _labelled("Inside", shown(told), ERROR if one.inside.no else WARNING)


def _certificate(report: Report, one: Standing) -> Iterator[Line]:
    leaf, tls = one.leaf, one.address.tls
    if leaf is None or tls is None:
        return
    if not readable(leaf):
        yield _labelled("Cert", f"{UNREADABLE}, chain as sent: {len(tls.chain)}", WARNING)
        return
    first = leaf.names[0] if leaf.names else leaf.common_name or leaf.subject or "no name"
    more = f" +{counted(len(leaf.names) - 1, 'name')}" if len(leaf.names) > 1 else ""
    issuer = "self-signed" if leaf.issuer == leaf.subject else leaf.issuer_name or leaf.issuer
    left = report.case.days_left(leaf)
    days = "end unknown" if left is None else f"{left} days left" if left >= 0 else "expired"
    parts = [f"{first}{more}", issuer, days, leaf.key, f"chain as sent: {len(tls.chain)}"]
    if one.name.fits.no and one.name.reference:
        parts.append(f"not for {one.name.reference}")
    elif names_unread(leaf) and not one.name.fits.yes:
        parts.append(NAMES_UNREAD)
    if not one.path.yes:
        parts.append(one.why_no_path)
    yield _labelled("Cert", shown(", ".join(parts)))


def _dane(one: Standing) -> Iterator[Line]:
    tlsa = one.host.tlsa
    if not _compared(one):
        return
    assert tlsa.status is not None
    counted = set(one.dane.counted)
    style = PLAIN if one.dane.verdict in (dane.Verdict.MATCH, dane.Verdict.UNUSABLE) else ERROR
    yield _labelled("DANE", f"base {tlsa.base}, {tlsa.status.value}")
    for n, record in enumerate(tlsa.records):
        why = dane.unusable(record)
        verdict = "match" if n == one.dane.record else "no match"
        if why:
            verdict = f"unusable: {why}"
        elif n not in counted:
            verdict = "ignored: a stronger digest is published"
        yield _labelled("", f"{record} {verdict}", style)
    if one.dane.verdict is dane.Verdict.NO_MATCH and one.leaf is not None:
        own = dane.record_for(one.leaf.der)
        if own is not None:
            yield _labelled("", f"the server's key is {own}")


def _compared(one: Standing) -> bool:
    """Return whether there are TLSA records and a certificate to hold against them."""
    return bool(one.host.tlsa.records and one.host.tlsa.lookup and one.address.chain.certificates)


def _published(host: HostFacts, standings: Sequence[Standing]) -> Iterator[Line]:
    """Yield the TLSA records of a host none of whose addresses has shown a certificate."""
    tlsa = host.tlsa
    if tlsa.status is None or not tlsa.records or any(map(_compared, standings)):
        return
    yield _labelled("TLSA", f"base {tlsa.base}, {tlsa.status.value}")
    for record in tlsa.records:
        yield _labelled("", str(record))


def differences(one: Standing) -> tuple[list[str], list[str]]:
    """Return the EHLO lines that TLS added, and those it took away."""
    before, after = one.address.before, one.address.after
    if before is None or after is None:
        return [], []
    return [each for each in after if each not in before], [
        each for each in before if each not in after
    ]


def _hello(one: Standing) -> Iterator[Line]:
    added, removed = differences(one)
    parts = [*(f"+{each}" for each in added), *(f"-{each}" for each in removed)]
    if parts:
        yield _labelled("EHLO", shown("  ".join(parts)))


def _deep(one: Standing) -> Iterator[Line]:
    deep = one.address.deep
    if deep is None:
        return
    versions = [
        f"{name} {fact.answer.value if fact.reason == '' else 'unknown'}"
        for name, fact in deep.versions
    ]
    resumption = [
        f"{version} {fact.answer.value}{f' ({by})' if fact.yes and by else ''}"
        for version, fact, by in deep.resumed
    ]
    for label, values in (
        ("Versions", versions),
        ("Accepted", [SHOWN[name] for name, fact in deep.classes if fact.yes]),
        ("Refused", [SHOWN[name] for name, fact in deep.classes if fact.no]),
        ("Ciphers", list(deep.ciphers)),
        ("Groups", list(deep.groups)),
        ("Resumption", resumption),
    ):
        if values:
            yield _labelled(label, ", ".join(values))
    left = unasked_words(deep)
    if left:
        yield _labelled("Not asked", ", ".join(left), WARNING)
    if deep.stopped:
        yield _labelled("Stopped", shown(deep.stopped), WARNING)


def unasked_words(deep: Deep) -> list[str]:
    """Return what `--deep` did not ask, or got no answer to, in words."""
    words = [SHOWN.get(name, name) for name in deep.unsettled]
    for count, what in (
        (len(deep.untested_groups), "group"),
        (len(deep.untested_ciphers), "cipher"),
        (len(deep.unsent), "other name"),
    ):
        if count:
            words.append(f"{count} {what}{'s' if count > 1 else ''}")
    return words


def _sts_lines(report: Report, groups: Sequence[Group]) -> Iterator[Line]:
    sts = report.case.sts
    if sts.facts is None:
        return
    policy, fetch = sts.policy, sts.facts.fetch
    if policy is None:
        # a lookup that failed is a finding of any name: this one's, not the first
        numbers = _number_of(groups, sts_findings.record(report.case)) or _numbers(groups, "sts.")
        none = sts.txt.count == 0 and not sts.txt.problem
        word = "unknown" if sts.unreached else "none" if none else "not valid"
        yield _block("MTA-STS", f"{word}{numbers}")
        return
    days = ""
    if fetch is not None and fetch.not_after is not None:
        left = (fetch.not_after - report.case.day).days
        days = f", policy host certificate valid {left} days"
    yield _block(
        "MTA-STS",
        f"{policy.mode.value}, id {sts.txt.policy_id}, max_age {policy.max_age}{days}",
    )
    names = [host.name for host in report.facts.hosts if not policy.covers(host.name)]
    missing = f"    {', '.join(names)} NOT covered{_numbers(groups, 'sts.mx')}" if names else ""
    if policy.mode is not mta_sts.Mode.NONE:
        patterns = ", ".join(policy.mx[:MOST_SHOWN])
        yield _block("", shown(f"mx: {patterns}{missing}"))


def _reporting_lines(report: Report, groups: Sequence[Group]) -> Iterator[Line]:
    lookup = report.facts.tlsrpt
    if lookup is None:
        return
    found = report.case.reporting
    numbers = _numbers(groups, "tlsrpt.")
    if found.uris:
        yield _block("TLSRPT", shown(", ".join(found.uris)))
    elif not lookup.answered:
        yield _block("TLSRPT", f"unknown: {shown(lookup.reason)}")
    else:
        yield _block("TLSRPT", f"{'not valid' if found.problem else 'none'}{numbers}")


def _block(label: str, text: str) -> Line:
    return (Span(HEADING, f"{label:<15}"), Span(PLAIN, text))


def _number_of(groups: Sequence[Group], findings: Iterable[Finding]) -> str:
    wanted = {(one.id, one.message) for one in findings}
    found = [
        group.number
        for group in groups
        if any((one.id, one.message) in wanted for one in group.findings)
    ]
    return f" [{found[0]}]" if found else ""


def _numbers(groups: Sequence[Group], *prefixes: str) -> str:
    found = [group.number for group in groups if group.first.id.startswith(prefixes)]
    return f" [{found[0]}]" if found else ""
