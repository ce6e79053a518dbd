"""An address whose check is interrupted: what it showed stays, what was to come is unknown."""

from __future__ import annotations

from dataclasses import replace

from smtpprobe.starttls.collect_address import Place
from smtpprobe.starttls.facts import (
    NEEDS_ACTIVE,
    NOT_NEEDED,
    AddressFacts,
    Because,
    Connect,
    Deep,
    SecondChain,
    Upgrade,
    unknown,
)
from smtpprobe.starttls.gathering import Gathering

CUT = unknown(Because.INTERRUPTED)


def cut_short(facts: AddressFacts, place: Place, how: Gathering) -> AddressFacts:
    """Return the facts so far, with what was still to be asked unknown because of it."""
    upgrade, second, deep = facts.starttls, facts.second, facts.deep
    if facts.before is None and not facts.implicit_tls:
        upgrade = Upgrade(advertised=CUT)
    if how.active and upgrade.injection == upgrade.unadvertised == NEEDS_ACTIVE:
        upgrade = _untested(upgrade)
    if place.second and second.present == NOT_NEEDED:
        second = SecondChain(CUT)
    if how.deep and facts.tls is not None:
        deep = replace(deep or Deep(), resumption=CUT, stopped=Connect.INTERRUPTED.value)
    return facts._replace(starttls=upgrade, second=second, deep=deep, interrupted=True)


def _untested(upgrade: Upgrade) -> Upgrade:
    return upgrade._replace(injection=CUT, pipelined=CUT, state_kept=CUT, unadvertised=CUT)
