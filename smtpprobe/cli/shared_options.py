"""Options that several commands have: their names, what they take and their help, once."""

from __future__ import annotations

from smtpprobe.cli.option_types import bind, days, limit, number, output
from smtpprobe.settings.option_limits import (
    CERTIFICATE_DAYS,
    MOST_LIST_JOBS,
    MOST_SURVEY_RATE,
    SURVEY_PER_NETWORK,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from smtpprobe.command_line.options import Group

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
    "--per-network": {
        "type": number("--per-network", most=MOST_LIST_JOBS),
        "metavar": "N",
        "default": SURVEY_PER_NETWORK,
        "help": "at most N connections to one network at a time, an IPv4 /24 or an IPv6 /48 "
        f"({SURVEY_PER_NETWORK})",
    },
    "--rate": {
        "type": number("--rate", most=MOST_SURVEY_RATE),
        "metavar": "N",
        "help": "at most N connections per second, in all",
    },
    "--against": {"metavar": "FOLDER", "help": "show changes since the survey in FOLDER"},
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


def add_shared(group: Group, option: str, **changes: object) -> None:
    """Add an option of SHARED; `changes` are what this command has otherwise."""
    group.add_argument(*SHORT.get(option, ()), option, **{**SHARED[option], **changes})


def add_count(group: Group, option: str, most: int, **more: Any) -> None:
    """Add an option that takes a number from 1 to `most`."""
    as_number: dict[str, Any] = {"type": number(option, most=most), "metavar": "N"}
    group.add_argument(option, **as_number | more)
