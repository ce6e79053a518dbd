"""The page of a survey: plots with their numbers, and how much of it is not known. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from smtpprobe import __version__
from smtpprobe.present.formats import page
from smtpprobe.present.formats.page import NOTHING, Markup, Tone, heading, joined, tag
from smtpprobe.present.formats.plot import (
    Bar,
    Mark,
    Numbers,
    Segment,
    number,
    numbers_table,
    plot,
    share,
)
from smtpprobe.survey.report.changes import Kind, changes_of, kinds_of
from smtpprobe.survey.report.figures import Figures, Row

MOST = 12
"""Bars of a plot whose number depends on what was found."""

NOT_KNOWN = Segment("not known", Mark.UNKNOWN)


def survey_page(figures: Figures) -> str:
    """Return the page."""
    title = f"Survey of {many(figures.verdicts, 'domain')}"
    word, tone, told = _verdict(figures)
    contents = [
        page.head(
            "smtpprobe survey", title, page.verdict(tone, word, told, "result"), _about(figures)
        ),
    ]
    if figures.verdicts:
        contents += _sections(figures)
    contents.append(_aside(figures))
    return page.page(f"{word}: {title}", *contents, footer=f"smtpprobe {__version__}, survey")


def many(count: int, what: str) -> str:
    """Return a number of things: `1 domain`, `1,234 domains`."""
    ending = "" if count == 1 else "es" if what.endswith("s") else "s"
    return f"{number(count)} {what}{ending}"


def _verdict(figures: Figures) -> tuple[str, Tone, str]:
    standing = figures.standing
    if not standing.finished:
        told = (
            f"{many(figures.resolved, 'domain')} looked up, {many(figures.asked, 'address')} "
            f"asked, {many(figures.verdicts, 'domain')} with a verdict so far; the figures are "
            "about these. survey --resume continues it."
        )
        return "NOT FINISHED", Tone.DOUBT, told
    if standing.set_aside:
        return (
            "INCOMPLETE",
            Tone.DOUBT,
            f"{many(len(standing.set_aside), 'part')} set aside: what belongs there is not known.",
        )
    if not figures.verdicts:
        return "NOTHING CHECKED", Tone.QUIET, "The list is empty."
    return "COMPLETE", Tone.QUIET, "Every entry of the list has a verdict."


def _about(figures: Figures) -> str:
    standing = figures.standing
    listed = standing.told("list").replace("\\", "/").rpartition("/")[2]
    parts = [
        f"Made {standing.began} to {standing.ended}" if standing.began else "",
        f"list {listed}" if listed else "",
        f"from {standing.told('client')}" if standing.told("client") else "",
        f"contact {standing.told('contact')}" if standing.told("contact") else "",
        f"port {standing.told('port')}" if standing.told("port") else "",
        f"IPv{standing.told('family')} only" if standing.told("family") else "",
        f"smtpprobe {standing.told('smtpprobe')}",
    ]
    return "; ".join(part for part in parts if part)


def _sections(figures: Figures) -> Iterator[Markup]:
    yield heading(2, "Verdicts")
    yield _results(figures)
    yield _senders(figures)
    yield heading(2, "What domains publish")
    yield _published(figures)
    if len(figures.adoption) > 1:
        yield _by_tld(figures)
    yield heading(2, "What mail hosts show")
    yield _versions(figures)
    yield _issuers(figures)
    yield _days(figures)
    yield _hosts(figures)
    yield heading(2, "What is not known")
    yield _unknown(figures)
    if figures.earlier is not None:
        yield heading(2, "Changes against the earlier survey")
        yield _changes(figures)
    yield heading(2, "More questions")
    yield tag(
        "p",
        "The folder of the results has a query for each of these figures and for the domains and "
        "hosts that they count, in queries/*.sql. DuckDB runs them there: ",
        tag("code", "duckdb < queries/dane-undeliverable.sql"),
        class_="soft",
    )


_RESULTS = {
    "ok": Segment("ok", Mark.GOOD),
    "fail": Segment("fail", Mark.BAD),
    "nothing": Segment("accepts no mail", Mark.FAINT),
    "inconclusive": NOT_KNOWN,
}


def _results(figures: Figures) -> Markup:
    total = figures.verdicts
    counts = [figures.results.get(name, 0) for name in _RESULTS]
    counts[-1] += total - sum(counts)  # a word of another version
    rows = tuple(
        (segment.label, number(count), share(count, total))
        for segment, count in zip(_RESULTS.values(), counts, strict=True)
    )
    return plot(
        "Results",
        f"Of {many(total, 'domain')}; {number(counts[-1])} not known.",
        tuple(_RESULTS.values()),
        [Bar("all domains", tuple(counts), f"{share(counts[0], total)} ok")],
        Numbers(("result", "domains", "share"), rows),
    )


class _Part(NamedTuple):
    """A segment, and the columns of an answer that it adds up."""

    segment: Segment
    columns: tuple[str, ...]

    def count(self, row: Row) -> int:
        """Return its number in a row."""
        return sum(int(row[name]) for name in self.columns)


_DELIVERY = (
    _Part(Segment("delivers", Mark.GOOD), ("delivers",)),
    _Part(Segment("to some addresses", Mark.DOUBT), ("partly",)),
    _Part(Segment("without TLS", Mark.HALF_BAD), ("in_clear",)),
    _Part(Segment("does not deliver", Mark.BAD), ("refuses",)),
    _Part(Segment("nothing published", Mark.QUIET), ("nothing_published",)),
    _Part(Segment("no mail host, or null MX", Mark.FAINT), ("no_mail_host", "accepts_no_mail")),
    _Part(NOT_KNOWN, ("not_known",)),
)
_SENDERS = {
    "opportunistic": "Opportunistic: uses TLS if it works",
    "pkix": "PKIX required: only with a certificate that verifies",
    "dane": "DANE: goes by TLSA records",
    "mta_sts": "MTA-STS: goes by the policy",
}


def _senders(figures: Figures) -> Markup:
    found = figures.answers["senders"]
    bars = [
        _bar(_SENDERS.get(row["sender"], _word(row["sender"])), row, _DELIVERY) for row in found
    ]
    return plot(
        "Who can deliver, by kind of sender",
        f"Of {many(figures.verdicts, 'domain')}. Where nothing is published, DANE and MTA-STS "
        "senders deliver like opportunistic ones.",
        _segments(_DELIVERY),
        bars,
        _numbers("sender", found, "sender"),
    )


def _bar(label: str, row: Row, parts: Sequence[_Part]) -> Bar:
    counts = tuple(part.count(row) for part in parts)
    unknown = counts[-1]
    return Bar(label, counts, f"{number(unknown)} not known" if unknown else "all known")


def _segments(parts: Sequence[_Part]) -> tuple[Segment, ...]:
    return tuple(part.segment for part in parts)


def _numbers(head: str, rows: Sequence[Row], key: str) -> Numbers:
    """Return an answer as it is: its first column heads the rows."""
    if not rows:
        return Numbers((head,), ())
    names = [name for name in rows[0] if name != key]
    columns = (head, *(name.replace("_", " ") for name in names))
    told = tuple((_word(row[key]), *(_cell(row[name]) for name in names)) for row in rows)
    return Numbers(columns, told)


def _word(value: Any) -> str:
    return "not known" if value is None or value == "" else str(value)


def _cell(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return _word(value)
    if isinstance(value, float):
        return _percent(value)
    return number(value) if isinstance(value, int) else str(value)


def _published_parts(name: str, *parts: tuple[str, Mark, str]) -> tuple[_Part, ...]:
    found = [_Part(Segment(label, mark), (f"{name}{column}",)) for label, mark, column in parts]
    return (*found, _Part(NOT_KNOWN, (f"{name}_not_known",)))


_WORKS, _BROKEN, _TESTED, _ABSENT = (
    Segment("in force", Mark.GOOD),
    Segment("broken", Mark.BAD),
    Segment("testing", Mark.DOUBT),
    Segment("none", Mark.QUIET),
)
_FORCE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "DNSSEC of the MX records": (("dnssec",), (), ("dnssec_bogus",), ("dnssec_none",),
                                 ("dnssec_not_known",)),
    "DANE": (("dane",), (), ("dane_broken",), ("dane_none",), ("dane_not_known",)),
    "MTA-STS": (("sts_enforce",), ("sts_testing",), ("sts_broken",), ("sts_none", "sts_off"),
                ("sts_not_known",)),
    "TLS reports (TLSRPT)": (("reports",), (), ("reports_broken",), ("reports_none",),
                             ("reports_not_known",)),
}  # fmt: skip
"""The columns of `adoption` that each segment of the plot adds up."""

_LEGEND = (_WORKS, _TESTED, _BROKEN, _ABSENT, NOT_KNOWN)


def _counts(row: Row, columns: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    return tuple(sum(int(row[name]) for name in names) for names in columns)


def _published(figures: Figures) -> Markup:
    row = figures.total_adoption
    if not row:
        return NOTHING
    total = int(row["domains"])
    bars, rows = [], []
    for name, columns in _FORCE.items():
        counts = _counts(row, columns)
        unknown = f"; {number(counts[-1])} not known" if counts[-1] else ""
        bars.append(Bar(name, counts, f"{share(counts[0], total)} in force{unknown}"))
        rows.append((name, *map(number, counts)))
    return plot(
        "DNSSEC, DANE, MTA-STS and TLS reports",
        f"Of {many(total, 'domain')} that have a mail host, or may have. DANE is broken where DANE "
        "senders do not deliver, or not to all addresses; a policy in mode none counts as none.",
        _LEGEND,
        bars,
        Numbers(("published", *(each.label for each in _LEGEND)), tuple(rows)),
    )


def _by_tld(figures: Figures) -> Markup:
    shown = figures.adoption[:MOST]
    bars = []
    for row in shown:
        told = ", ".join(
            f"{name} {share(_counts(row, _FORCE[name])[0], row['domains'])}"
            for name in ("DANE", "MTA-STS")
        )
        bars.append(Bar(f".{row['tld']}: {many(row['domains'], 'domain')}", _either(row), told))
    rows = tuple(
        (
            str(row["tld"]),
            number(row["domains"]),
            *(number(count) for name in _FORCE for count in (_counts(row, _FORCE[name])[0],
                                                             _counts(row, _FORCE[name])[-1])),
        )
        for row in shown
    )  # fmt: skip
    names = ("DNSSEC", "DANE", "MTA-STS", "TLS reports")
    heads = (head for name in names for head in (name, f"{name} not known"))
    return plot(
        "DANE per top-level domain",
        f"The {len(shown)} with most domains; the shares of DANE and MTA-STS in force.",
        _LEGEND,
        bars,
        Numbers(("top-level domain", "domains", *heads), rows),
    )


def _either(row: Row) -> tuple[int, ...]:
    return _counts(row, _FORCE["DANE"])


_VERSIONS = {
    "TLSv1.3": Mark.GOOD,
    "TLSv1.2": Mark.GOOD,
    "not known": Mark.UNKNOWN,
    "no connection": Mark.UNKNOWN,
}


def _versions(figures: Figures) -> Markup:
    found = figures.answers["tls-versions"]
    total = sum(row["addresses"] for row in found)
    unknown = sum(row["addresses"] for row in found if row["version"] == "not known")
    silent = sum(row["addresses"] for row in found if row["version"] == "no connection")
    return _counted(
        "TLS version",
        f"Of {many(total, 'address')}, the newest version that both sides have; "
        f"{number(unknown)} not known, {number(silent)} without a connection.",
        [(row["version"], row["addresses"], _VERSIONS.get(row["version"], Mark.BAD))
         for row in found],
        total,
        _numbers("TLS", found, "version"),
    )  # fmt: skip


def _counted(
    title: str,
    about: str,
    bars: Sequence[tuple[str, int, Mark]],
    total: int,
    numbers: Numbers,
) -> Markup:
    """Return a plot of one number a bar, each in its own colour."""
    marks = tuple(dict.fromkeys(mark for _, _, mark in bars))
    segments = tuple(Segment("", mark) for mark in marks) or (Segment("", Mark.PLAIN),)
    drawn = [
        Bar(
            str(label),
            tuple(count if mark is own else 0 for own in marks),
            f"{number(count)} ({share(count, total)})",
        )
        for label, count, mark in bars
    ]
    return plot(title, about, segments, drawn, numbers, shares=False)


_TROUBLE = (
    _Part(Segment("well", Mark.GOOD), ("well",)),
    _Part(Segment("not trusted", Mark.BAD), ("untrusted",)),
    _Part(Segment("out of date", Mark.HALF_BAD), ("out_of_date",)),
    _Part(Segment("wrong name", Mark.DOUBT), ("wrong_name",)),
    _Part(NOT_KNOWN, ("not_known",)),
)


def _issuers(figures: Figures) -> Markup:
    found = figures.answers["certificates-by-issuer"]
    shown = found[:MOST]
    bars = [
        Bar(
            _word(row["issuer"]),
            tuple(part.count(row) for part in _TROUBLE),
            f"{many(row['certificates'], 'certificate')}, {many(row['domains'], 'domain')} "
            "in trouble",
        )
        for row in shown
    ]
    return plot(
        "Certificate trouble by issuer",
        "The issuers with most certificates in trouble first; each certificate counts once, for "
        "the first trouble in the order of the legend.",
        _segments(_TROUBLE),
        bars,
        _numbers("issuer", shown, "issuer"),
    )


_DAYS = {"ended": Mark.BAD, "0-6": Mark.HALF_BAD, "7-13": Mark.DOUBT, "not known": Mark.UNKNOWN}


def _days(figures: Figures) -> Markup:
    found = figures.answers["certificates-days-left"]
    total = sum(row["certificates"] for row in found)
    unknown = sum(row["certificates"] for row in found if row["days_left"] == "not known")
    return _counted(
        "Days left of certificates",
        f"Of {many(total, 'certificate')}, on the day of the survey; {number(unknown)} not known.",
        [
            (row["days_left"], row["certificates"], _DAYS.get(row["days_left"], Mark.GOOD))
            for row in found
        ],
        total,
        _numbers("days left", found, "days_left"),
    )


_STATES = (Segment("ok", Mark.GOOD), Segment("fail", Mark.BAD), NOT_KNOWN)


def _hosts(figures: Figures) -> Markup:
    shown = figures.answers["shared-hosts"][:MOST]
    bars = []
    for row in shown:
        failing, unknown = row["failing"], row["inconclusive"]
        counts = (row["domains"] - failing - unknown, failing, unknown)
        told = f"{many(row['domains'], 'domain')}, {_percent(row['share'])}"
        bars.append(Bar(_word(row["host"]), counts, told))
    return plot(
        "Hosts that most domains share",
        "The verdicts are those of the domains, which may have other hosts too; the shares are of "
        "the domains with a mail host.",
        _STATES,
        bars,
        _numbers("host", shown, "host"),
        shares=False,
    )


def _percent(part: float) -> str:
    return share(round(part * 10_000), 10_000)


def _unknown(figures: Figures) -> Markup:
    shown = figures.answers["unknown"][:MOST]
    if not shown:
        return tag("p", "Nothing: no finding is unknown, and every entry was checked.")
    rows = [
        (
            tag("code", row["id"]),
            page.figure(f"{number(row['domains'])} ({share(row['domains'], figures.verdicts)})"),
            row["example"] or "",
            row["why"] or "",
        )
        for row in shown
    ]  # fmt: skip
    columns = ("finding", "domains", "for example", "why")
    about = "Findings that need not decide the result; a domain may have several."
    return joined((tag("p", about, class_="soft"), page.table(columns, rows, ("", *columns[1:]))))


_KINDS = {
    Kind.BETTER: Segment("better", Mark.GOOD),
    Kind.WORSE: Segment("worse", Mark.BAD),
    Kind.OTHER: Segment("different", Mark.DOUBT),
    Kind.UNKNOWN: Segment("not known then or now", Mark.UNKNOWN),
}
_WHAT = {
    "result": "Result",
    "opportunistic": "Opportunistic senders",
    "pkix": "PKIX senders",
    "dane": "DANE senders",
    "mta_sts": "MTA-STS policy",
    "tlsrpt": "TLS reports",
}


def _changes(figures: Figures) -> Markup:
    earlier = figures.earlier
    assert earlier is not None
    counted = kinds_of(earlier.changes)
    bars, rows = [], []
    for what, counts in counted.items():
        label = _WHAT.get(what, what)
        changed = tuple(counts[kind] for kind in _KINDS)
        told = f"{number(sum(changed[:3]))} changed, {number(counts[Kind.SAME])} the same"
        bars.append(Bar(label, changed, told))
        rows.append((label, *map(number, changed), number(counts[Kind.SAME])))
    first = next(iter(counted.values()), Counter[Kind]())
    about = (
        f"Earlier survey: {earlier.standing.began} to {earlier.standing.ended}. "
        f"{many(first.get(Kind.NEW, 0), 'domain')} only in this list, "
        f"{number(first.get(Kind.GONE, 0))} only in the earlier one."
    )
    doubt = (
        page.verdict(Tone.DOUBT, "EARLIER SURVEY NOT FINISHED", "It is compared as far as it is.")
        if not earlier.standing.finished
        else NOTHING
    )
    drawn = plot(
        "Domains that changed",
        about,
        tuple(_KINDS.values()),
        bars,
        Numbers(("what", *(each.label for each in _KINDS.values()), "the same"), tuple(rows)),
        shares=False,
    )
    return joined((doubt, drawn, _moves(earlier.changes)))


def _moves(changes: Sequence[Row]) -> Markup:
    """Return the changes that most domains share."""
    rows = [
        (str(_WHAT.get(row["what"], row["what"])), f"{row['earlier']} → {row['now']}",
         number(row["domains"]), row["example"] or "")
        for row in changes_of(changes)[: 2 * MOST]
    ]  # fmt: skip
    if not rows:
        return tag("p", "No domain that is in both lists has changed.")
    return numbers_table(Numbers(("what", "change", "domains", "for example"), tuple(rows)))


def _aside(figures: Figures) -> Markup:
    aside = figures.standing.set_aside
    if not aside:
        return NOTHING
    rows = [(tag("code", job), reason) for job, reason in list(aside.items())[:MOST]]
    more = len(aside) - len(rows)
    return joined(
        (
            heading(2, "Parts that were set aside"),
            page.table(("part", "why"), rows, ("", "")),
            tag("p", f"{number(more)} more are in log.jsonl", class_="soft") if more else NOTHING,
        )
    )
