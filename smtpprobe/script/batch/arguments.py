"""From the words of the command line to how scripts are run and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.exits import NagiosState
from smtpprobe.protocol.target import parse_target, targets_of
from smtpprobe.script.batch.given_values import secrets_given, variables_of
from smtpprobe.script.batch.jobs import Each
from smtpprobe.script.batch.run import ScriptOptions
from smtpprobe.script.reports.formats import Format, Show
from smtpprobe.script.runner.run_settings import CertificateDays, TimeLimits
from smtpprobe.settings.option_limits import MESSAGE_SECONDS, REPLY_SECONDS

if TYPE_CHECKING:
    import argparse


def script_options(words: argparse.Namespace, client: str) -> ScriptOptions:
    """Return how scripts are run by these words; `client` is the EHLO name.

    Raises:
        UsageError: a word cannot be understood.
    """
    limit = words.timeout
    return ScriptOptions(
        client=client,
        timeout=REPLY_SECONDS if limit is None else limit,
        message_timeout=MESSAGE_SECONDS if limit is None else limit,
        max_time=words.max_time,
        show=Show(words.show) if words.show else None,
        variables=variables_of(words.var, words.vars_file),
        named=tuple(variables_of(words.var, None)),
        secrets=secrets_given(words.secret),
        going_on=words.going_on,
        strict=words.strict,
        texts=words.strict_text,
        days=CertificateDays(*words.cert_days) if words.cert_days else None,
        time=TimeLimits(words.warn_time, words.fail_time),
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
