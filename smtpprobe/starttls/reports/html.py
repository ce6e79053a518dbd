"""A report as one HTML page that needs nothing else: to be mailed to a colleague and opened there.

No script, no font, no picture from elsewhere. What a server said is escaped twice: for the eye, as
everywhere, and for HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from smtpprobe.present.escape import shown
from smtpprobe.starttls.finding_table import WHO
from smtpprobe.starttls.judge.assessment import Standing
from smtpprobe.starttls.judge.judge import AddressReport, Report
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.evidence import evidence_lines, status_word
from smtpprobe.starttls.reports.formats import USUAL, ReportOptions
from smtpprobe.starttls.reports.json_words import moment
from smtpprobe.starttls.reports.labels import Group, columns, grouped, host_names, number_for
from smtpprobe.starttls.reports.text import SENDERS, in_words, tally

_STYLE = """\
:root { color-scheme: light dark; --line: #8884;
  --good: #1a7f37; --bad: #c62828; --doubt: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #ff7b72; --doubt: #d29922; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; } .wide { overflow-x: auto; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .8rem .35rem 0; text-align: left;
  vertical-align: top; min-width: 4.5rem; }
th[scope=row] { min-width: 9rem; } th:empty, .number { min-width: 1.5rem; }
pre { white-space: pre-wrap; font-size: .875rem; } small { opacity: .75; }
.good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 600; }
.doubt { color: var(--doubt); font-weight: 600; } .none { opacity: .6; }
.chain { display: flex; flex-wrap: wrap; align-items: stretch; margin: .5rem 0 1rem; padding: 0; }
.chain li { list-style: none; border: 1px solid var(--line); border-radius: .5rem;
  padding: .5rem .8rem; box-sizing: border-box; max-width: calc(100% - 1.6rem); }
.chain li + li { margin-left: 1.6rem; position: relative; }
.chain li + li::before { content: "\\2192"; position: absolute; left: -1.3rem; top: .5rem; }
.chain .root { border-style: dashed; }
@media (max-width: 40rem) {
  body { margin: 1rem auto; } pre { font-size: .75rem; }
  table, tbody, tr, th, td { display: block; } thead { display: none; }
  tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  th, td { border: 0; padding: .1rem 0; } .number, .number + td { display: inline-block; }
  td[data-of]::before { content: attr(data-of) ": "; opacity: .75; }
}
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } }
"""

_CELLS = {
    Value.TLS: ("TLS", "good"),
    Value.CLEAR: ("CLEAR", "bad"),
    Value.YES: ("yes", "good"),
    Value.NO: ("NO", "bad"),
    Value.PARTIAL: ("some", "doubt"),
    Value.NOT_APPLICABLE: ("-", "none"),
    Value.UNKNOWN: ("unknown", "doubt"),
}
_RESULT_CLASSES = {"ok": "good", "fail": "bad", "inconclusive": "doubt", "nothing": "none"}
_LEVEL_CLASSES = {"fail": "bad", "warn": "doubt", "unknown": "doubt", "note": "none"}


def html_page(reports: Sequence[Report], _options: ReportOptions = USUAL) -> str:
    """Return one page with all reports."""
    names = ", ".join(str(report.facts.target) for report in reports)
    body = "".join("".join(_report(report)) for report in reports)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>STARTTLS report: {_safe(names)}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )


def _safe(text: str) -> str:
    return escape(shown(text))


def _report(report: Report) -> Iterator[str]:
    groups = grouped(report.findings)
    facts = report.facts
    yield f"<main>\n<h1>{_safe(str(facts.target))}</h1>\n"
    resolver = f", resolver {_safe(facts.resolver.address)}" if facts.resolver is not None else ""
    at = report.case.options.at
    as_of = f", dates judged as of {moment(at)}" if at is not None else ""
    yield f"<p><small>smtpprobe starttls, {moment(facts.started)}{resolver}{as_of}</small></p>\n"
    css = _RESULT_CLASSES[report.result.value]
    yield f'<p>Result: <span class="{css}">{report.result.value.upper()}</span> '
    yield f"{_safe(in_words(report))}</p>\n"
    if report.addresses:
        yield from _matrix(report, groups)
    if groups:
        yield from _findings(groups, host_names(facts))
    yield f"<p><small>{_safe(tally(report))}</small></p>\n"
    yield from _chains(report)
    lines = evidence_lines(report, groups)
    evidence = "\n".join("".join(span.text for span in line) for line in lines)
    if evidence:
        yield f"<h2>Evidence</h2>\n<pre>{escape(evidence)}</pre>\n"
    yield "</main>\n"


def _matrix(report: Report, groups: Sequence[Group]) -> Iterator[str]:
    headings = columns(report)
    yield '<h2>Who can deliver</h2>\n<div class="wide"><table>\n<thead><tr>'
    yield '<th scope="col">sender</th>'
    for heading, one in zip(headings, report.addresses, strict=True):
        ip = _safe(one.standing.address.ip)
        yield f'<th scope="col">{_safe(heading)}<br><small>{ip}</small></th>'
    yield "</tr></thead>\n<tbody>\n"
    for sender, name in SENDERS.items():
        yield f'<tr><th scope="row">{escape(name)}</th>'
        for heading, one in zip(headings, report.addresses, strict=True):
            place = _safe(f"{heading}, {one.standing.address.ip}")
            yield f'<td data-of="{place}">{_cell(groups, one, sender)}</td>'
        yield "</tr>\n"
    yield "</tbody></table></div>\n"


def _cell(groups: Sequence[Group], one: AddressReport, sender: Sender) -> str:
    cell = one.cells[sender]
    word, css = _CELLS[cell.value]
    number = number_for(groups, one, sender) if css in ("bad", "doubt") else None
    link = f' <a href="#f{number}">[{number}]</a>' if number else ""
    why = f"<br><small>{_safe(cell.reason)}</small>" if cell.reason else ""
    return f'<span class="{css}">{word}</span>{link}{why}'


def _findings(groups: Sequence[Group], shorts: dict[str, str]) -> Iterator[str]:
    yield '<h2>Findings</h2>\n<div class="wide"><table>\n<thead><tr>'
    for heading in _HEADINGS:
        yield f'<th scope="col">{heading}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for group in groups:
        one, where = group.first, group.where(shorts)
        css = _LEVEL_CLASSES[one.level.value]
        place = f"<b>{_safe(where)}</b>: " if where else ""
        yield f'<tr id="f{group.number}"><td class="number">{group.number}</td>'
        yield f'<td class="{css}">{one.level.value}</td>'
        name = f"<small><code>{escape(one.id)}</code></small>"
        yield f"<td>{place}{_safe(one.message)}<br>{name}</td>"
        yield f'<td data-of="{_HEADINGS[3]}">{escape(WHO[one.row.affects])}</td>'
        yield f'<td data-of="{_HEADINGS[4]}">{_safe(one.fix)}'
        yield f"<br><small>{escape(one.reference)}</small></td></tr>\n"
    yield "</tbody></table></div>\n"


_HEADINGS = ("", "level", "what", "who is affected", "what to do")
"""Those of the findings."""


def _chains(report: Report) -> Iterator[str]:
    told: set[tuple[str, ...]] = set()
    for one in report.addresses:
        standing, tls = one.standing, one.standing.address.tls
        if tls is None or not tls.chain:
            continue
        chain = (standing.host.name, *(each.sha256 for each in tls.chain))
        if chain in told:
            continue
        if not told:
            yield "<h2>Certificates as sent</h2>\n"
        told.add(chain)
        word, _ = status_word(report, standing)
        name, ip = standing.host.name, standing.address.ip
        beside = f" <small>{_safe(ip)}</small>" if ip != name else ""
        yield f"<p>{_safe(name)}{beside} {word}</p>\n"
        yield from _chain(report, standing)


def _chain(report: Report, standing: Standing) -> Iterator[str]:
    tls = standing.address.tls
    assert tls is not None
    yield '<ol class="chain">\n'
    for certificate in tls.chain:
        left = report.case.days_left(certificate)
        css = "bad" if left is not None and left < 0 else ""
        names = ", ".join((*certificate.names, *certificate.addresses)[:4])
        title = certificate.common_name or certificate.subject or "unreadable"
        days = "end unknown" if left is None else f"{left} days left"
        yield f"<li><b>{_safe(title)}</b><br><small>{_safe(names)}</small><br>"
        yield f'{_safe(certificate.key)}, <span class="{css}">{days}</span></li>\n'
    if standing.path.yes and tls.path.certificates[-1].sha256 != tls.chain[-1].sha256:
        root = tls.path.certificates[-1]
        title = root.common_name or root.subject
        yield f'<li class="root"><b>{_safe(title)}</b><br><small>trusted root</small></li>\n'
    elif not standing.path.yes:
        yield f'<li class="root"><span class="bad">{_safe(standing.why_no_path)}</span></li>\n'
    yield "</ol>\n"
