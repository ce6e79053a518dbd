"""Reports as one page, to be mailed to a colleague: the result, for whom, why, the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smtpprobe import __version__
from smtpprobe.present.formats import page
from smtpprobe.present.formats.page import (
    NOTHING,
    Content,
    Markup,
    Tone,
    heading,
    joined,
    small,
    tag,
    word,
)
from smtpprobe.present.spans import HEADING, Line, text_of
from smtpprobe.protocol.units import shown_duration
from smtpprobe.starttls.finding import Level
from smtpprobe.starttls.finding_table import WHO
from smtpprobe.starttls.judge.assessment import Standing
from smtpprobe.starttls.judge.judge import AddressReport, Report, Result
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.evidence import evidence_lines, status_word
from smtpprobe.starttls.reports.formats import USUAL, ReportOptions
from smtpprobe.starttls.reports.json_words import moment
from smtpprobe.starttls.reports.labels import Group, columns, grouped, host_names, number_for
from smtpprobe.starttls.reports.text import SENDERS, in_words, many, tally

_CELLS = {
    Value.TLS: ("TLS", Tone.GOOD),
    Value.YES: ("yes", Tone.GOOD),
    Value.PARTIAL: ("some", Tone.DOUBT),
    Value.CLEAR: ("CLEAR", Tone.BAD),
    Value.NO: ("NO", Tone.BAD),
    Value.UNKNOWN: ("unknown", Tone.DOUBT),
    Value.NOT_APPLICABLE: ("does not apply", Tone.QUIET),
}
_RESULTS = {
    Result.OK: ("OK", Tone.GOOD),
    Result.FAIL: ("FAIL", Tone.BAD),
    Result.INCONCLUSIVE: ("INCONCLUSIVE", Tone.DOUBT),
    Result.NOTHING: ("NOTHING TO CHECK", Tone.QUIET),
}
_LEVELS = {
    Level.FAIL: Tone.BAD,
    Level.WARN: Tone.DOUBT,
    Level.UNKNOWN: Tone.DOUBT,
    Level.NOTE: Tone.QUIET,
}


class _Place(NamedTuple):
    """Where a report stands: the level of its headings, and what its anchors begin with."""

    level: int
    anchor: str


def html_page(reports: Sequence[Report], _options: ReportOptions = USUAL) -> str:
    """Return one page with all reports; several begin with a list of the results."""
    names = ", ".join(str(report.facts.target) for report in reports[:_NAMED])
    more = f" and {len(reports) - _NAMED} more" if len(reports) > _NAMED else ""
    title = f"STARTTLS report: {names}{more}"
    if len(reports) == 1:
        body = _report(reports[0], _Place(1, ""))
    else:
        body = joined([_list(reports), *map(_numbered, range(1, len(reports) + 1), reports)])
    return page.page(title, body, footer=f"smtpprobe {__version__}, starttls")


_NAMED = 3
"""How many targets the title names."""


def _list(reports: Sequence[Report]) -> Markup:
    rows = [
        (
            tag("a", str(report.facts.target), href=f"#t{number}"),
            word(_RESULTS[report.result][1], _RESULTS[report.result][0]),
            in_words(report),
        )
        for number, report in enumerate(reports, 1)
    ]
    counts = Counter(report.result for report in reports)
    told = ", ".join(f"{counts[each]} {_RESULTS[each][0]}" for each in Result if counts[each])
    return joined(
        (
            tag("p", "smtpprobe starttls", class_="kicker"),
            heading(1, many(len(reports), "target"), id="result"),
            tag("p", told or "nothing was checked", class_="soft"),
            page.table(("target", "result", "what it means"), rows, ("", "", "")),
        )
    )


def _numbered(number: int, report: Report) -> Markup:
    return tag("section", _report(report, _Place(2, f"t{number}")))


def _report(report: Report, place: _Place) -> Markup:
    groups = grouped(report.findings)
    told, tone = _RESULTS[report.result]
    alone = not place.anchor
    parts = [
        page.head(
            "smtpprobe starttls" if alone else "",
            str(report.facts.target),
            page.verdict(tone, told, in_words(report), "result" if alone else None),
            _about(report),
            level=place.level,
            anchor=place.anchor or None,
        ),
        _senders(report, place) if report.addresses else NOTHING,
        _findings(report, groups, place) if groups else NOTHING,
        _matrix(report, groups, place) if report.addresses else NOTHING,
        _chains(report, place),
        _evidence(report, groups, place),
    ]
    return joined(parts)


def _about(report: Report) -> str:
    facts = report.facts
    addresses = sum(len(host.addresses) for host in facts.hosts)
    at = report.case.options.at
    parts = [
        f"Checked {moment(facts.started)} in {shown_duration(facts.seconds)}",
        f"{many(len(facts.hosts), 'host')}, {many(addresses, 'address')}",
        f"resolver {facts.resolver.address}" if facts.resolver is not None else "",
        f"dates judged as of {moment(at)}" if at is not None else "",
        f"{facts.more_hosts} more MX hosts were not checked" if facts.more_hosts else "",
        *facts.notes,
    ]
    return "; ".join(part for part in parts if part)


def _senders(report: Report, place: _Place) -> Markup:
    """Return for each kind of sender what it does, and at how many addresses where they differ."""
    tiles = []
    for sender, name in SENDERS.items():
        kind, _, who = name.removesuffix(")").partition(" (")
        counts = Counter(one.cells[sender].value for one in report.addresses)
        words = [_share(each, counts) for each in _CELLS if counts[each]]
        tiles.append(tag("li", tag("b", kind), small(who), tag("p", *_spaced(words))))
    return joined((_title(place, "Who can deliver"), tag("ul", *tiles, class_="tiles")))


def _share(value: Value, counts: Counter[Value]) -> Markup:
    told, tone = _CELLS[value]
    all_alike = len(counts) == 1
    return word(tone, told if all_alike else f"{told} at {counts[value]} of {counts.total()}")


def _spaced(words: Sequence[Content]) -> Iterator[Content]:
    for each in words:
        yield each
        yield " "


def _title(place: _Place, text: str) -> Markup:
    return heading(place.level + 1, text)


def _matrix(report: Report, groups: Sequence[Group], place: _Place) -> Markup:
    names = [name.partition(" (")[0] for name in SENDERS.values()]
    rows = []
    for name, one in zip(columns(report), report.addresses, strict=True):
        cells = [_cell(groups, one, sender, place) for sender in SENDERS]
        rows.append((joined((name, small(one.standing.address.ip))), *cells))
    told = page.table(("address", *names), rows, ("", *names))
    return joined((_title(place, "Address by address"), told))


def _cell(groups: Sequence[Group], one: AddressReport, sender: Sender, place: _Place) -> Markup:
    cell = one.cells[sender]
    told, tone = _CELLS[cell.value]
    number = number_for(groups, one, sender) if tone in (Tone.BAD, Tone.DOUBT) else None
    anchor = f"#{place.anchor}f{number}"
    link = joined((" ", tag("a", f"[{number}]", href=anchor))) if number else NOTHING
    return tag("span", word(tone, told), link, small(cell.reason))


def _findings(report: Report, groups: Sequence[Group], place: _Place) -> Markup:
    shorts = host_names(report.facts)
    entries = [_finding(group, group.where(shorts), place) for group in groups]
    return joined(
        (
            _title(place, "Findings"),
            tag("p", tally(report), class_="soft"),
            tag("ol", *entries, class_="entries"),
        )
    )


def _finding(group: Group, where: str, place: _Place) -> Markup:
    one = group.first
    tone = _LEVELS[one.level]
    head = (f"{group.number}. ", word(tone, one.level.value), f" {one.message}")
    told = page.facts(
        (
            ("Where", where),
            ("Affects", WHO[one.row.affects] if one.row.affects else ""),
            ("What to do", one.fix),
            ("Reference", joined((f"{one.reference}, ", tag("code", one.id)))),
        )
    )
    entry = (heading(place.level + 2, *head), told)
    return tag("li", *entry, class_=f"entry {tone.value}", id=f"{place.anchor}f{group.number}")


def _chains(report: Report, place: _Place) -> Markup:
    told: dict[tuple[str, ...], Markup] = {}
    for one in report.addresses:
        standing, tls = one.standing, one.standing.address.tls
        if tls is None or not tls.chain:
            continue
        chain = (standing.host.name, *(each.sha256 for each in tls.chain))
        if chain not in told:
            told[chain] = joined((_whose(report, standing), _chain(report, standing)))
    return joined((_title(place, "Certificates as sent"), *told.values())) if told else NOTHING


_STATUS_TONES = {"Verified": Tone.GOOD, "Anonymous": Tone.BAD}
"""Those of posttls-finger's words that are not in between."""


def _whose(report: Report, standing: Standing) -> Markup:
    status, _ = status_word(report, standing)
    name, ip = standing.host.name, standing.address.ip
    beside = joined((" ", tag("span", ip, class_="soft"))) if ip != name else NOTHING
    tone = _STATUS_TONES.get(status, Tone.DOUBT)
    return tag("p", tag("b", name), beside, " ", word(tone, status))


def _chain(report: Report, standing: Standing) -> Markup:
    tls = standing.address.tls
    assert tls is not None
    items = []
    for certificate in tls.chain:
        left = report.case.days_left(certificate)
        names = ", ".join((*certificate.names, *certificate.addresses)[:4])
        title = certificate.common_name or certificate.subject or "unreadable"
        days = "end unknown" if left is None else f"{left} days left" if left >= 0 else "expired"
        tone = Tone.BAD if left is not None and left < 0 else Tone.QUIET
        ends = tag("span", days, class_=tone.value)
        items.append(tag("li", tag("b", title), small(names), small(certificate.key, ", ", ends)))
    if standing.path.yes and tls.path.certificates[-1].sha256 != tls.chain[-1].sha256:
        root = tls.path.certificates[-1]
        title = root.common_name or root.subject
        items.append(tag("li", tag("b", title), small("trusted root"), class_="root"))
    elif not standing.path.yes:
        items.append(tag("li", tag("span", standing.why_no_path, class_="bad"), class_="root"))
    return tag("ol", *items, class_="chain")


def _evidence(report: Report, groups: Sequence[Group], place: _Place) -> Markup:
    """Return the evidence: a part for each host that can be folded away, then the policies."""
    parts: list[tuple[Content, list[Line]]] = []
    for line in evidence_lines(report, groups):
        if len(line) == 1 and line[0].style == HEADING:
            parts.append((tag("b", line[0].text), []))
        elif line[0].style == HEADING and (not parts or parts[-1][0] is not _POLICIES):
            parts.append((_POLICIES, [line]))
        else:
            parts[-1][1].append(line)
    folds = [page.fold(name, _told(lines), opened=True) for name, lines in parts]
    return joined((_title(place, "Evidence"), *folds)) if folds else NOTHING


_POLICIES = tag("b", "Policies of the domain")


def _told(lines: Sequence[Line]) -> Markup:
    """Return lines of a label and a text as names with what is known, others as they are."""
    found: list[Markup] = []
    named: list[tuple[str, Markup]] = []
    for line in lines:
        label, rest = text_of(line[:1]), line[1:]
        if rest and (label.startswith("    ") or line[0].style == HEADING):
            named.append((label.strip(), page.styled(rest)))
            continue
        found += [_named(named), tag("p", *_heading(line), class_="place")]
        named = []
    return joined((*found, _named(named)))


def _heading(line: Line) -> tuple[Content, ...]:
    text = text_of(line[:1]).strip()
    return (tag("b", text), " ", page.styled(line[1:])) if line[1:] else (page.styled(line),)


def _named(pairs: Sequence[tuple[str, Markup]]) -> Markup:
    """Return names with what is known; what has no name belongs to the one before it."""
    merged: list[tuple[str, Markup]] = []
    for name, told in pairs:
        if name or not merged:
            merged.append((name or "also", told))
        else:
            before, so_far = merged[-1]
            merged[-1] = (before, joined((so_far, tag("br"), told)))
    return page.facts(merged)
