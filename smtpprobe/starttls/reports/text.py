"""A report for the terminal: who can deliver, the evidence, the findings, the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smtpprobe.policy.dns_answer import weakest
from smtpprobe.present.escape import shown
from smtpprobe.present.folding import folded
from smtpprobe.present.spans import ERROR, HEADING, HINT, PLAIN, SUCCESS, WARNING, Line, Span, line
from smtpprobe.protocol.target import TargetKind
from smtpprobe.protocol.units import shown_duration
from smtpprobe.starttls.facts import Facts, Trusted
from smtpprobe.starttls.finding import Level
from smtpprobe.starttls.judge.judge import AddressReport, Report, Result
from smtpprobe.starttls.judge.matrix import Cell, Reach, Value
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.evidence import evidence_lines
from smtpprobe.starttls.reports.labels import Group, columns, grouped, host_names, number_for

SENDERS = {
    Sender.OPPORTUNISTIC: "Opportunistic (most senders)",
    Sender.PKIX: "PKIX required (Postfix secure)",
    Sender.DANE: "DANE (Postfix dane, Exchange Online)",
    Sender.STS: "MTA-STS enforce (Gmail, Outlook)",
}

NARROW = 80
"""A terminal of unknown width counts as that wide."""

_WORDS = {
    Value.TLS: ("TLS", SUCCESS),
    Value.CLEAR: ("CLEAR", ERROR),
    Value.YES: ("yes", SUCCESS),
    Value.NO: ("NO", ERROR),
    Value.PARTIAL: ("some", WARNING),
    Value.NOT_APPLICABLE: ("-", HINT),
    Value.UNKNOWN: ("?", WARNING),
}

_LEVEL_STYLES = {
    Level.FAIL: ERROR,
    Level.UNKNOWN: WARNING,
    Level.WARN: WARNING,
    Level.NOTE: HINT,
}


def report_lines(report: Report, width: int = NARROW, *, at_prompt: bool = False) -> Iterator[Line]:
    """Yield the lines of a report, at most `width` columns where they can be broken.

    `at_prompt` leaves out what only a shell wants: the exit code and further command lines.
    """
    yield from folded(_lines(report, width, at_prompt=at_prompt), width)


def _lines(report: Report, width: int, *, at_prompt: bool) -> Iterator[Line]:
    groups = grouped(report.findings)
    yield from _header(report.facts)
    if report.addresses:
        yield ()
        yield from _matrix(report, groups, width)
    yield from _why_empty(report, groups)
    yield result_line(report)
    if report.facts.hosts:
        yield ()
    yield from evidence_lines(report, groups)
    if groups:
        yield ()
        yield from finding_lines(groups, host_names(report.facts), width)
    if not at_prompt:
        yield line(tally(report), HINT)
        yield from _next(report)


def _header(facts: Facts) -> Iterator[Line]:
    parts = [shown(str(facts.target))]
    if facts.lookups and facts.resolver is not None:
        kind = "SRV" if facts.submission else "MX"
        status = weakest(*(lookup.status for lookup in facts.lookups)).value
        by = "AD, " if status == "secure" else ""
        parts.append(f"{kind} {status} ({by}{facts.resolver.address})")
    count = sum(len(host.addresses) for host in facts.hosts)
    numbers = [
        many(len(facts.hosts), "host"),
        many(count, "address"),
        many(facts.connections, "connection"),
        shown_duration(facts.seconds),
    ]
    parts.append(", ".join(numbers))
    yield (Span(HEADING, parts[0]), Span(PLAIN, "   " + "   ".join(parts[1:])))
    if facts.target.mailbox:
        yield line(f"{shown(facts.target.mailbox)}: its domain {facts.domain} is used", HINT)
    if facts.lookups and not facts.submission and facts.lookups[0].aliases:
        led = " -> ".join(facts.lookups[0].aliases)
        yield line(shown(f"{facts.domain} is an alias (CNAME) of {led}"), HINT)
    if facts.more_hosts:
        yield line(f"{facts.more_hosts} more MX hosts were not checked", WARNING)
    for note in facts.notes:
        yield line(shown(note), HINT)
    if facts.resolver is not None and facts.resolver.trusted is Trusted.OPTION:
        yield line("the resolver's AD bit is trusted because of --trust-ad", HINT)


def many(count: int, what: str) -> str:
    """Return a number of things in words: `1 host`, `2 addresses`."""
    plural = "es" if what.endswith("s") else "s"
    return f"{count} {what}{'' if count == 1 else plural}"


def _matrix(report: Report, groups: Sequence[Group], width: int) -> Iterator[Line]:
    headings = columns(report)
    texts = {sender: [_cell(one, sender, groups) for one in report.addresses] for sender in Sender}
    label = max(map(len, SENDERS.values())) + 4
    widths = [
        max(len(heading), *(len(_text(texts[sender][n])) for sender in Sender)) + 2
        for n, heading in enumerate(headings)
    ]
    if label + sum(widths) > width and len(headings) > 1:
        yield from _narrow(report, headings, texts)
        return
    heads = "".join(head.ljust(wide) for head, wide in zip(headings, widths, strict=True))
    yield (Span(HEADING, "WHO CAN DELIVER".ljust(label)), Span(HEADING, heads.rstrip()))
    for sender, name in SENDERS.items():
        spans = [Span(PLAIN, f"  {name}".ljust(label))]
        for cell, wide in zip(texts[sender], widths, strict=True):
            spans += [*cell, Span(PLAIN, " " * (wide - len(_text(cell))))]
        yield tuple(spans[:-1])


def _narrow(
    report: Report, headings: Sequence[str], texts: dict[Sender, list[Line]]
) -> Iterator[Line]:
    yield line("WHO CAN DELIVER", HEADING)
    wide = max(map(len, headings)) + 2
    for n, heading in enumerate(headings[: len(report.addresses)]):
        spans = [Span(PLAIN, f"  {heading}".ljust(wide + 2))]
        for sender, name in _SHORT.items():
            spans += [Span(PLAIN, f"{name} "), *texts[sender][n], Span(PLAIN, "   ")]
        yield tuple(spans[:-1])


_SHORT = {
    Sender.OPPORTUNISTIC: "opportunistic",
    Sender.PKIX: "PKIX",
    Sender.DANE: "DANE",
    Sender.STS: "MTA-STS",
}


def _cell(one: AddressReport, sender: Sender, groups: Sequence[Group]) -> Line:
    cell: Cell = one.cells[sender]
    word, style = _WORDS[cell.value]
    if cell.value in (Value.TLS, Value.YES, Value.NOT_APPLICABLE):
        return (Span(style, word),)
    number = number_for(groups, one, sender)
    return (Span(style, word), Span(PLAIN, f" [{number}]" if number else ""))


def _text(styled: Line) -> str:
    return "".join(span.text for span in styled)


def _why_empty(report: Report, groups: Sequence[Group]) -> Iterator[Line]:
    if not report.addresses and groups:
        yield line(shown(groups[0].first.message))


_RESULTS = {
    Result.OK: ("OK", SUCCESS),
    Result.FAIL: ("FAIL", ERROR),
    Result.INCONCLUSIVE: ("INCONCLUSIVE", WARNING),
    Result.NOTHING: ("NOTHING TO CHECK", HINT),
}


def result_line(report: Report) -> Line:
    """Return the result in a line: the word, and what it means for mail."""
    word, style = _RESULTS[report.result]
    return (Span(PLAIN, "Result: "), Span(style, word), Span(PLAIN, f"  {in_words(report)}"))


def in_words(report: Report) -> str:
    """Return in a clause what the matrix means for mail."""
    if not report.addresses:
        return _without_addresses(report)
    opportunistic = report.senders[Sender.OPPORTUNISTIC]
    if opportunistic is Reach.UNKNOWN:
        cut = report.facts.interrupted
        return (
            "interrupted before the result was known"
            if cut
            else "no server could be checked from here"
        )
    parts = [_OPPORTUNISTIC[opportunistic]]
    failing, untold = _who(report, Reach.NONE), _who(report, Reach.UNKNOWN)
    partial, split = _partial(report)
    if failing:
        parts.append(f"senders that require {' or '.join(failing)} cannot deliver")
    if partial:
        parts.append(f"{', '.join(partial)} senders reach {_reached(report)} only")
    if split:
        parts.append(f"some {', '.join(split)} senders cannot deliver")
    if untold:
        parts.append(
            f"it is unknown whether senders that require {' or '.join(untold)} can deliver"
        )
    if report.facts.interrupted:
        parts.append("interrupted, the rest is unknown")
    if len(parts) == 1 and opportunistic is Reach.TLS:
        parts = ["every sender delivers over TLS"]
        if report.result is not Result.OK:
            parts.append(f"but see {report.findings[0].id}")
    return "; ".join(parts)


def _without_addresses(report: Report) -> str:
    if report.facts.interrupted:
        return "interrupted before a mail host was found"
    if report.result is Result.NOTHING:
        return "no such service"
    if report.result is Result.INCONCLUSIVE:
        return "it is unknown whether there is a mail host"
    return "no usable mail host" if report.facts.hosts else "no mail host was found"


def _who(report: Report, reach: Reach) -> list[str]:
    choosy = (Sender.PKIX, Sender.DANE, Sender.STS)
    return [_SHORT[sender] for sender in choosy if report.senders[sender] is reach]


def _partial(report: Report) -> tuple[list[str], list[str]]:
    """Return the senders that reach some addresses only, or all, but not in every product."""
    found: tuple[list[str], list[str]] = [], []
    for sender, reach in report.senders.items():
        if reach is Reach.PARTIAL:
            everywhere = all(one.cells[sender].value is not Value.NO for one in report.addresses)
            found[everywhere].append(_SHORT[sender])
    return found


_OPPORTUNISTIC = {
    Reach.TLS: "mail is delivered over TLS",
    Reach.DEGRADED: "some mail is sent unencrypted, or not at all",
    Reach.CLEAR: "mail is sent unencrypted",
    Reach.NONE: "no mail can be delivered",
}


def _reached(report: Report) -> str:
    """Return the hosts whose every telling cell is yes."""
    shorts = host_names(report.facts)
    good = [
        shorts[host.name]
        for host in report.facts.hosts
        if report.of(host)
        and not any(
            cell.value in (Value.NO, Value.PARTIAL, Value.CLEAR)
            for one in report.of(host)
            for cell in one.cells.values()
        )
    ]
    return " and ".join(good) if good else "some addresses"


def finding_lines(
    groups: Sequence[Group], shorts: dict[str, str], width: int = NARROW
) -> Iterator[Line]:
    """Yield a line for each finding, or two: what and where, then what to do about it."""
    wide = max(len(group.first.id) for group in groups)
    number_wide = len(f"[{len(groups)}]")
    for group in groups:
        one = group.first
        where = group.where(shorts)
        head = f"{f'[{group.number}]':<{number_wide}} "
        what = shown(f"{where}: {one.message}" if where else one.message)
        start = len(head) + 2 + wide + 2
        fix = one.fix if one.todo else ""
        whole = f"{what}; {fix}" if fix else what
        style = _LEVEL_STYLES[one.level]
        label = (
            Span(PLAIN, head),
            Span(style, one.level.letter),
            Span(PLAIN, f" {one.id:<{wide}}  "),
        )
        reference = Span(HINT, f"  {one.reference}")
        if not fix or start + len(whole) + len(reference.text) <= width:
            yield (*label, Span(PLAIN, shown(whole)), reference)
            continue
        yield (*label, Span(PLAIN, what), reference)
        yield (Span(PLAIN, " " * start), Span(HINT, shown(fix)))


_TALLY = (
    (Level.FAIL, "fail", "fail"),
    (Level.UNKNOWN, "unknown", "unknown"),
    (Level.WARN, "warn", "warn"),
    (Level.NOTE, "note", "notes"),
)


def tally(report: Report) -> str:
    """Return the number of findings of each level, and the exit code."""
    groups = grouped(report.findings)
    counts = []
    for level, one, many in _TALLY:
        count = sum(group.first.level is level for group in groups)
        if count:
            counts.append(f"{count} {one if count == 1 else many}")
    end = "interrupted" if report.facts.interrupted else f"exit {int(report.exit_status)}"
    return f"{', '.join(counts) or 'nothing found'}.  {end}"


def _next(report: Report) -> Iterator[Line]:
    hints = [f"smtpprobe explain {report.findings[0].id}"] if report.findings else []
    target = report.facts.target
    telling = any(
        one.standing.speaks.yes and not one.standing.address.implicit_tls
        for one in report.addresses
    )
    if report.result in (Result.OK, Result.FAIL) and telling and not report.facts.active:
        written = f"'{target}'" if target.kind is not TargetKind.DOMAIN else str(target)
        hints.append(f"smtpprobe starttls --active {written}")
    if hints:
        yield line(f"next: {' · '.join(hints)}", HINT)
