"""The registry: which function does the work of each step of the plan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from smtpprobe.why.collect.address import look_up, look_up_policies
from smtpprobe.why.collect.bounces import bounces
from smtpprobe.why.collect.elsewhere import ask_elsewhere
from smtpprobe.why.collect.history import history
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.ours import ours
from smtpprobe.why.collect.road import control, travel
from smtpprobe.why.collect.sender_domain import sender_domain
from smtpprobe.why.collect.tls import weigh_up
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.plan import Step

Collector: TypeAlias = Callable[[Notes, Tools], Awaitable[None]]
"""Tells facts and trials to the notes; never raises for what a server or DNS does."""

COLLECTORS: Final[Mapping[Step, Collector]] = MappingProxyType(
    {
        Step.OURS: ours,
        Step.SENDER_DOMAIN: sender_domain,
        Step.BOUNCES: bounces,
        Step.HISTORY: history,
        Step.ADDRESS: look_up,
        Step.ELSEWHERE: ask_elsewhere,
        Step.POLICIES: look_up_policies,
        Step.ROAD: travel,
        Step.CONTROL: control,
        Step.TLS: weigh_up,
    }
)
"""A step of the plan without a row here is left out."""
