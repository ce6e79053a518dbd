"""Options that several commands have: their names, what they take and their help, once."""

from __future__ import annotations

from smtpprobe.cli.option_types import bind, days, limit, number, output
from smtpprobe.settings.option_limits import CERTIFICATE_DAYS, MOST_LIST_JOBS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

SHARED: dict[str, dict[str, Any]] = {
    "-4": {"dest": "family", "action": "store_const", "const": 4, "help": "IPv4 only"},
    "-6": {"dest": "family", "action": "store_const", "const": 6, "help": "IPv6 only"},
    "--bind": {"type": bind, "metavar": "ADDR[:PORT]", "help": "source address and port"},
    "--trust-ad": {"action": "store_true", "help": "trust a remote resolver's AD bit"},
    "--resolve": {
        "metavar": "NAME:PORT:ADDR",
        "action": "append",
        "default": [],
        "help": "connect to ADDR instead of resolving NAME",
    },
    "--timeout": {
        "type": limit("--timeout"),
        "metavar": "D",
        "help": "timeout for each DNS query, connection, reply and policy fetch",
    },
    "--cert-days": {
        "type": days,
        "metavar": "W,C",
        "help": "certificate days left: warn below W, fail below C",
    },
    "--per-host": {
        "type": number("--per-host", most=MOST_LIST_JOBS),
        "metavar": "N",
        "help": "at most N connections to one address at a time (1)",
    },
    "--no-progress": {"action": "store_true", "help": "do not show progress"},
    "--json": {
        "dest": "format",
        "action": "store_const",
        "const": "json",
        "help": "same as --format json",
    },
    "--output": {"type": output, "metavar": "F", "help": "write the report to a file"},
    "--server": {
        "metavar": "HOST",
        "help": "connect to this host, no MX lookup; same as TARGET [HOST]",
    },
}
"""Each option as `add_argument` takes it."""

USUAL_DAYS: dict[str, Any] = {
    "default": CERTIFICATE_DAYS,
    "help": f"{SHARED['--cert-days']['help']} ({','.join(map(str, CERTIFICATE_DAYS))})",
}
"""What --cert-days has where certificates are judged whether it is given or not."""

SHORT = {"--output": ("-o",), "--server": ("-s",)}
"""What is short for an option."""


def add_shared(group: argparse._ActionsContainer, option: str, **changes: object) -> None:
    """Add an option of SHARED; `changes` are what this command has otherwise."""
    group.add_argument(*SHORT.get(option, ()), option, **{**SHARED[option], **changes})
