"""From the words of the command line to how scripts are run and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.present.nagios import NagiosState
from smtpprobe.protocol.target import parse_target, targets_of
from smtpprobe.protocol.units import parse_duration, parse_limit
from smtpprobe.script.batch.given_values import secrets_given, variables_of
from smtpprobe.script.batch.jobs import Each
from smtpprobe.script.batch.run import ScriptOptions, Show
from smtpprobe.script.reports.formats import Format
from smtpprobe.script.runner.handshakes import CertificateDays
from smtpprobe.script.runner.run_settings import MESSAGE_LIMIT, REPLY_LIMIT, TimeLimits

if TYPE_CHECKING:
    import argparse


def script_options(words: argparse.Namespace, client: str) -> ScriptOptions:
    """Return how scripts are run by these words; `client` is the EHLO name.

    Raises:
        UsageError: a word cannot be understood.
    """
    limit = None if words.timeout is None else parse_limit(words.timeout, "--timeout")
    return ScriptOptions(
        client=client,
        timeout=REPLY_LIMIT if limit is None else limit,
        message_timeout=MESSAGE_LIMIT if limit is None else limit,
        max_time=None if words.max_time is None else parse_limit(words.max_time, "--max-time"),
        show=Show(words.show) if words.show else None,
        variables=variables_of(words.var, words.vars_file),
        named=tuple(variables_of(words.var, None)),
        secrets=secrets_given(words.secret),
        going_on=words.going_on,
        strict=words.strict,
        texts=words.strict_text,
        days=_certificate_days(words.cert_days),
        time=TimeLimits(_seconds("-w", words.warn_time), _seconds("-c", words.fail_time)),
        each=Each.MX if words.each_mx else Each.ADDRESS if words.each_address else Each.TARGET,
        at_once=words.jobs,
        per_host=words.per_host or 0,
        retry=words.retry,
        format=Format(words.format or "text"),
        output=words.output,
        timeout_state=NagiosState[words.timeout_state.upper()],
        skip_state=NagiosState[words.skip_state.upper()],
        compare=tuple(parse_target(text) for text in targets_of(words.compare or ())),
    )


def _seconds(option: str, text: str | None) -> float | None:
    """Return the seconds of `10`, `2.5` or `500ms`."""
    if text is None:
        return None
    try:
        plain = text.isascii() and text.replace(".", "", 1).isdigit()
        return float(text) if plain else parse_duration(text)
    except UsageError as error:
        raise UsageError(f"{option}: {error.message}", "seconds, as 5 or 2.5") from None


def _certificate_days(text: str | None) -> CertificateDays | None:
    if text is None:
        return None
    warning, comma, failure = text.partition(",")
    numbers = text.isascii() and warning.strip().isdigit() and failure.strip().isdigit()
    if not comma or not numbers:
        raise UsageError(f"--cert-days: {text!r} is not W,C", "days, as 21,7")
    return CertificateDays(int(warning), int(failure))
