"""Findings about submission (`--submission`)."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.starttls.case import Case
from smtpprobe.starttls.finding import Finding, finding


def implicit_tls(case: Case) -> Iterator[Finding]:
    """`submission.465-missing`."""
    if not case.facts.submission or case.facts.interrupted:
        return
    working = [one for one in case.standings if one.inside.yes]
    if working and not any(one.address.implicit_tls for one in working):
        yield finding("submission.465-missing")
