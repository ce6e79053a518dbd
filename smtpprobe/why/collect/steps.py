"""The registry: which function does the work of each step of the plan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from smtpprobe.why.collect.history import history
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.ours import ours
from smtpprobe.why.collect.sender_domain import sender_domain
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.plan import Step

Collector: TypeAlias = Callable[[Notes, Tools], Awaitable[None]]
"""Tells facts and trials to the notes; never raises for what a server or DNS does."""

COLLECTORS: Final[Mapping[Step, Collector]] = MappingProxyType(
    {
        Step.OURS: ours,
        Step.SENDER_DOMAIN: sender_domain,
        Step.HISTORY: history,
    }
)
