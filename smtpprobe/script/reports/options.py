"""Options of reports: what the results do not hold; plain data."""

from __future__ import annotations

from datetime import datetime

from smtpprobe.exits import NagiosState
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.script.runner.run_settings import TimeLimits


class ReportOptions(NamedTuple):
    """How results are reported.

    `width` is the terminal's in columns; None without one. `sent` shows what was sent
    before a failure. `time` are the limits of a whole script, for performance data.
    `timeout_state` is the plugin state for a run that is inconclusive because of a timeout,
    `skip_state` for one in which nothing was checked. `began` is when the run began (UTC).
    """

    width: int | None = None
    colour: bool = False
    sent: bool = True
    time: TimeLimits = TimeLimits()
    timeout_state: NagiosState = NagiosState.CRITICAL
    skip_state: NagiosState = NagiosState.UNKNOWN
    began: datetime | None = None


USUAL = ReportOptions()
