"""Everything that decides the results of a survey, sent with each job; plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.judge.options import JudgeOptions
from smtpprobe.survey.exclusions import Exclusions
from smtpprobe.survey.politeness import Politeness


@dataclass(frozen=True, slots=True)
class Options:
    """How a survey gathers and judges. `day` is when dates are judged (UTC), one for all."""

    gathering: Gathering
    judging: JudgeOptions
    politeness: Politeness
    exclusions: Exclusions
    day: datetime
