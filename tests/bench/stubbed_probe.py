"""Loaded into the workers of a survey by Dask (`preload`): no address is contacted.

Each shows what a refused connection shows, at once. It is for measurements of what holds a list,
not of what asks servers.
"""

from __future__ import annotations

from smtpprobe.starttls.collect.address import Place, dialling
from smtpprobe.starttls.facts import AddressFacts, Connect
from smtpprobe.survey.jobs import probe


async def refused(place: Place, *_given: object) -> AddressFacts:
    """Return that a place refuses the connection."""
    return dialling(place)._replace(connect=Connect.REFUSED, reason="stubbed")


probe.first_session = refused  # type: ignore[attr-defined,assignment]
