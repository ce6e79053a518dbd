"""What a provider or product means by a text of its own."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.evidence.seen import Evidence, Reader, Strength
from smtpprobe.knowledge.providers.lookup import is_distinct, provider_row
from smtpprobe.knowledge.providers.row import ProviderRow
from smtpprobe.knowledge.rules.situation import Situation

SIGN_CHARACTERS = 512
"""How much of a greeting is searched for a provider's name."""


NO_FINER = frozenset({Cause.POLICY, Cause.UNKNOWN})
"""Causes by which a row says that the provider gives no reason: plain words may give one."""


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
    common = row.provider.endswith(" users") or (
        row.row.cause in NO_FINER and not is_distinct(row.pattern)
    )
    strength = Strength.CLEAR if common else Strength.SURE
    if row.wide:
        strength = Strength.HINT
    return (Evidence(Reader.PROVIDER, row.row.cause, strength, said=name),)
