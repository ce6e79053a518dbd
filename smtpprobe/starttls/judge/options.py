"""Options of judging: which senders count, the limits, what makes a check fail; plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from smtpprobe.settings.option_limits import CERTIFICATE_DAYS
from smtpprobe.starttls.finding import Level
from smtpprobe.starttls.sender_kinds import DANE, OPPORTUNISTIC, PKIX, STS


class Sender(Enum):
    """The four kinds of sender; the value is the word of `--level`."""

    OPPORTUNISTIC = OPPORTUNISTIC
    PKIX = PKIX
    DANE = DANE
    STS = STS


@dataclass(frozen=True, slots=True)
class JudgeOptions:
    """What decides a judgement.

    `level` is the sender whose row decides, None for all that is published. `at` is the day for
    dates instead of now (UTC). `warn_days` and `fail_days` are the limits for days left. `match`
    are further reference names of the certificate, `sni` the name sent instead of the host's
    (empty: none was sent). `previous_id` is an MTA-STS id seen before. `fail_on` is the lowest
    level that makes the exit code 1.
    """

    level: Sender | None = None
    at: datetime | None = None
    warn_days: int = CERTIFICATE_DAYS[0]
    fail_days: int = CERTIFICATE_DAYS[1]
    match: tuple[str, ...] = ()
    sni: str | None = None
    previous_id: str = ""
    fail_on: Level = Level.FAIL
