"""The output of a monitoring plugin: a line of status and numbers, then further text.

The form is that of the Monitoring Plugins guidelines, which Nagios, Icinga and others read: the
text up to `|`, then `'label'=value[unit];[warning];[critical];[minimum]`.
"""

from __future__ import annotations

from collections.abc import Iterable

from smtpprobe.exits import NagiosState
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present.escape import shown

LINE_COLUMNS = 300
"""How much of the reason the line of status holds: old agents cut output at 1 KiB."""


class Number(NamedTuple):
    """One number of performance data; `value` has its unit, limits are empty if not set.

    A limit is a range: `30` warns above it, `30:` below it.
    """

    label: str
    value: str
    warning: str = ""
    critical: str = ""
    minimum: str = ""

    def __str__(self) -> str:
        """The number as it is written, without the semicolons at its end."""
        limits = f"{self.value};{self.warning};{self.critical};{self.minimum}"
        return f"{self.label}={limits.rstrip(';')}"


def label(text: str) -> str:
    """Return a text as a label: quoted, without the two characters that are not allowed."""
    return f"'{plain(text).replace(chr(39), '').replace('=', '')}'"


def plain(text: str, instead: str = "/") -> str:
    """Return text without `|`, which would begin the performance data."""
    return shown(text).replace("|", instead)


def cut(text: str) -> str:
    """Return a reason cut to fit the status line."""
    return text if len(text) <= LINE_COLUMNS else f"{text[:LINE_COLUMNS]}..."


def output(
    service: str,
    state: NagiosState,
    reason: str,
    numbers: Iterable[Number],
    more: Iterable[str] = (),
) -> str:
    """Return the whole output; `reason` and the lines of `more` are plain."""
    head = f"{service} {state.name} - {reason} | {' '.join(map(str, numbers))}"
    return "".join(f"{line}\n" for line in (head, *more))
