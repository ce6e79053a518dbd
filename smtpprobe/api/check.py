"""The STARTTLS check for programs."""

from __future__ import annotations

import asyncio

from smtpprobe.client import ConnectOptions
from smtpprobe.net.tls.strict_context import check_ca_file
from smtpprobe.protocol.target import Target, parse_target
from smtpprobe.starttls.at_prompt import check_target
from smtpprobe.starttls.judge.judge import Report


async def check_starttls(target: str | Target, options: ConnectOptions | None = None) -> Report:
    """Return who can deliver to a target over TLS, and why not: facts, findings and the verdict.

    It asks DNS, connects to every address of every MX at most twice, and sends no mail.
    `options` has timeouts, a resolver, the EHLO name.

    Raises:
        UsageError: the target or an option cannot be used.
        LookupFailed: nothing can be checked, for the resolver does not answer.
    """
    parsed = parse_target(target) if isinstance(target, str) else target
    chosen = options or ConnectOptions()
    if chosen.ca_file:
        await asyncio.to_thread(check_ca_file, chosen.ca_file)
    return await check_target(parsed, chosen)
