"""Removes secrets from results before they are rendered in any format. Pure.

A format has escapes of its own, in which a secret would not be found any more.
"""

from __future__ import annotations

from collections.abc import Mapping

from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import redacted_exchange
from smtpprobe.script.results.check import Check
from smtpprobe.script.results.results import CaseResult, ScriptResult


def redacted(result: ScriptResult, secrets: Secrets) -> ScriptResult:
    """Return a result in which every secret is masked, also where the server said it."""
    if secrets.is_empty:
        return result
    return result._replace(
        sources=_sources(result.sources, secrets),
        cases=tuple(_case(case, secrets) for case in result.cases),
        title=secrets.hide(result.title),
    )


def _sources(
    sources: Mapping[str, tuple[str, ...]], secrets: Secrets
) -> dict[str, tuple[str, ...]]:
    """The lines of scripts are looked through as one text each: they are many."""
    found = {}
    for name, lines in sources.items():
        text = "\n".join(lines)
        hidden = secrets.hide(text)
        found[name] = lines if hidden == text else tuple(hidden.split("\n"))
    return found


def _case(case: CaseResult, secrets: Secrets) -> CaseResult:
    return case._replace(
        checks=tuple(_check(check, secrets) for check in case.checks),
        sent=_texts(case.sent, secrets),
        notes=_texts(case.notes, secrets),
        unread=_texts(case.unread, secrets),
        wire=_texts(case.wire, secrets),
        echoes=_texts(case.echoes, secrets),
    )


def _check(check: Check, secrets: Secrets) -> Check:
    hide, came, why = secrets.hide, check.came, check.why
    if came.exchange is None and not why.text:
        together = f"{check.wanted}\n{came.text}"
        if hide(together) == together:
            return check  # most checks: nothing else of them is shown
    return check._replace(
        wanted=hide(check.wanted),
        came=came._replace(
            asked=hide(came.asked),
            text=hide(came.text),
            exchange=came.exchange and redacted_exchange(came.exchange, secrets),
        ),
        why=why._replace(
            text=hide(why.text),
            more=_texts(why.more, secrets),
            help=_texts(why.help, secrets),
            marks=tuple(mark._replace(label=hide(mark.label)) for mark in why.marks),
            expanded=hide(why.expanded),
        ),
    )


def _texts(texts: tuple[str, ...], secrets: Secrets) -> tuple[str, ...]:
    return tuple(secrets.hide(text) for text in texts)
