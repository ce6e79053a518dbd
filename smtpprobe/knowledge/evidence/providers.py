"""What a provider or product means by a text of its own."""

from __future__ import annotations

from smtpprobe.knowledge.evidence.seen import Evidence, Reader, Strength
from smtpprobe.knowledge.providers.lookup import provider_row
from smtpprobe.knowledge.providers.row import ProviderRow
from smtpprobe.knowledge.rules.situation import Situation

SIGN_CHARACTERS = 512
"""How much of a greeting is searched for a provider's name."""


def named_provider(seen: Situation) -> ProviderRow | None:
    """Return the row of a provider or product whose text this is."""
    if seen.klass not in (4, 5):
        return None
    state, code = seen.before, seen.code or 0
    greeting = state.greeting.words[:SIGN_CHARACTERS] if state.greeting is not None else ""
    signs = f"{state.host} {greeting}"
    return provider_row(code, seen.exchange.reply.enhanced, seen.text, signs)


def by_provider(seen: Situation) -> tuple[Evidence, ...]:
    """Return what that row shows."""
    row = named_provider(seen)
    if row is None:
        return ()
    name = row.provider or "a standard"
    return (Evidence(Reader.PROVIDER, row.row.cause, Strength.SURE, said=name),)
