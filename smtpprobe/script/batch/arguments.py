"""From the words of the command line to how scripts are run and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.exits import NagiosState
from smtpprobe.login.sources import Wish, find
from smtpprobe.protocol.target import parse_target, targets_of
from smtpprobe.script.batch.given_values import asked, secrets_given, variables_of
from smtpprobe.script.batch.jobs import Each
from smtpprobe.script.batch.run import ScriptOptions
from smtpprobe.script.reports.formats import Format, Show
from smtpprobe.script.runner.run_settings import CertificateDays, TimeLimits
from smtpprobe.settings.option_limits import MESSAGE_SECONDS, REPLY_SECONDS

if TYPE_CHECKING:
    import argparse


def with_login(options: ScriptOptions, wish: Wish, host: str) -> ScriptOptions:
    """Return options in which scripts have the user and the secret of `--auth-...` by their names.

    What `--var` and `--secret` say of the same names comes first.

    Raises:
        UsageError: a source has no such value.
    """
    if not wish.given:
        return options
    found = find(wish, host, {})
    variables = {} if found.user is None else {"user": found.user}
    secret, name = found.secret, found.kind.value
    secrets = {}
    if wish.password_from or wish.token_from or wish.password is not None:
        secrets[name] = (lambda: asked(name)) if secret is None else (lambda: secret)
    return options._replace(
        variables={**variables, **options.variables}, secrets={**secrets, **options.secrets}
    )


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
