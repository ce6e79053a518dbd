"""The order in which a reply is read: small pure rules, the first that finds something decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from smtpprobe.knowledge.annotation import Basis, Blame, Cause, Retry
from smtpprobe.knowledge.providers.lookup import provider_row
from smtpprobe.knowledge.rules.greeting import foreign
from smtpprobe.knowledge.rules.phrases import LAST_RESORT, TextRule, text_rule
from smtpprobe.knowledge.rules.sent_line import by_what_was_sent
from smtpprobe.knowledge.rules.situation import Finding, Row, Says, Situation
from smtpprobe.knowledge.rules.smtp_inspection import inspected
from smtpprobe.knowledge.rules.unknown_command import UNPLACED, read_unplaced
from smtpprobe.knowledge.tables.causes import CAUSES
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.enhanced import (
    ENHANCED,
    generic_key,
    is_specific,
)
from smtpprobe.knowledge.tables.named_causes import NAMED
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS, GENERIC_ROWS, VAGUE
from smtpprobe.protocol.reply import Defect
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context

Rule: TypeAlias = Callable[[Situation], Finding | None]

CONTEXT_KNOWS_BETTER = frozenset(
    {"X.5.1", "X.5.2", "X.5.3", "X.5.4", "X.7.8", "X.7.9", "X.7.10", "X.7.11", "X.7.12", "X.7.13"}
)
"""Enhanced status codes for which the row of the command, if it agrees, has the better words."""

OUT_OF_ORDER = 503
"""RFC 5321 4.2.3 knows it as nothing else, also where Exchange puts 5.5.2 behind it."""

SIGN_CHARACTERS = 512
"""How much of a greeting is searched for a provider's name."""

WIDE = frozenset({Cause.POLICY, Cause.SYNTAX_ERROR, Cause.SERVICE_UNAVAILABLE, Cause.BAD_SEQUENCE})
"""Causes whose texts are too common to speak against an enhanced status code."""

LOOSE = frozenset(
    {
        Cause.UNKNOWN,
        Cause.TOO_MANY_RECIPIENTS,
        Cause.MESSAGE_TOO_LARGE,
        Cause.STORAGE_FULL,
        Cause.NO_MAIL_SERVICE,
        Cause.RECIPIENT_MOVED,
    }
)
"""Causes of a command and code that even a generic enhanced status code refines."""


def malformed(situation: Situation) -> Finding | None:
    """Octets that are no reply of SMTP: other protocols, no code, a first digit not 2 to 5."""
    reply = situation.exchange.reply
    if found := foreign(reply.raw) if situation.klass is None else None:
        row = Row("Not SMTP", found.meaning, Cause.PROTOCOL_VIOLATION, found.steps, "RFC 5321 4.2",
                  says=frozenset({Defect.BAD_CODE}))  # fmt: skip
        return Finding(row)
    if situation.klass is None:
        what = "no reply code" if situation.code is None else f"{situation.code:03} is no SMTP code"
        row = Row("Not a reply", f"{what}: read as a fatal error", Cause.PROTOCOL_VIOLATION,
                  "QUIT; :close", "RFC 5321 4.2, 4.3.2",
                  says=frozenset({Defect.BAD_CODE}))  # fmt: skip
        return Finding(row)
    return None


def malformed_form(situation: Situation) -> Finding | None:
    """A reply whose form hides what it says: codes that change, a piece of one too long."""
    reply = situation.exchange.reply
    if reply.piece:
        row = Row("Part of a reply", "a part of a reply too long to hold; more follows",
                  Cause.PROTOCOL_VIOLATION, "wait for its end; :close",
                  "RFC 5321 4.5.3.1.5", says=frozenset({Defect.TOO_LONG}))  # fmt: skip
        return Finding(row)
    if Defect.UNTERMINATED in reply.defects:
        row = Row("Cut off", "the connection ended in the middle of this reply",
                  Cause.NETWORK_ERROR, ":connect", "RFC 5321 3.8",
                  says=frozenset({Defect.UNTERMINATED}))  # fmt: skip
        return Finding(row)
    if Defect.CODE_CHANGED in reply.defects:
        row = Row("Mixed codes", "one reply, several codes; clients differ in which they take",
                  Cause.PROTOCOL_VIOLATION, "read its text; QUIT", "RFC 5321 4.2.1",
                  says=frozenset({Defect.CODE_CHANGED}))  # fmt: skip
        return Finding(row)
    return None


def written_over(situation: Situation) -> Finding | None:
    """A refusal of a command that a firewall has put in place of the one that was sent."""
    if situation.klass != 5:
        return None
    told = inspected(situation.exchange.reply, situation.context)
    if not told:
        return None
    row = Row("Command written over", told, Cause.NOT_IMPLEMENTED,
              "the same from another network, or on port 587 or 465; QUIT",
              "RFC 5321 4.2.4", blame=Blame.NETWORK, retry=Retry.AFTER_CHANGE,
              says=frozenset({Says.WRITTEN_OVER}))  # fmt: skip
    return Finding(row)


def positive(situation: Situation) -> Finding | None:
    """2yz and 3yz: the command and the state say what it means."""
    if situation.klass not in (2, 3):
        return None
    from smtpprobe.knowledge.rules.success import UNASKED_OK, read_success  # noqa: PLC0415 - no refusal needs it

    if situation.unasked:
        return Finding(UNASKED_OK)
    return read_unplaced(situation) if situation.unplaced else read_success(situation)


def by_provider(situation: Situation) -> Finding | None:
    """The text of a known provider or product."""
    if situation.klass not in (4, 5):
        return None
    state, code = situation.before, situation.code or 0
    greeting = state.greeting.words[:SIGN_CHARACTERS] if state.greeting is not None else ""
    signs = f"{state.host} {greeting}"
    found = provider_row(code, situation.exchange.reply.enhanced, situation.text, signs)
    if found is None:
        return None
    basis = Basis.PROVIDER if found.provider else Basis.STANDARD
    row = found.row if found.own_words else _placed(situation, found.row)
    return Finding(row, basis, found.provider or None)


def _placed(situation: Situation, row: Row) -> Row:
    """Return the words of command and code, or of the enhanced code, where the cause agrees."""
    enhanced = situation.enhanced
    candidates = [context_row(situation)]
    if enhanced is not None:
        closer = is_specific(enhanced.key) and enhanced.key not in CONTEXT_KNOWS_BETTER
        candidates.insert(0 if closer else 1, enhanced_row(situation, enhanced.key))
    for own in candidates:
        if own is not None and own.cause is row.cause and own not in VAGUE:
            source = f"{row.source}; {own.source}"
            return own._replace(blame=row.blame, retry=row.retry, source=source)
    return row


def by_enhanced(situation: Situation) -> Finding | None:
    """A specific enhanced status code; a text that speaks of something else makes it a guess."""
    if situation.enhanced is None or not is_specific(situation.enhanced.key):
        return None
    row = enhanced_row(situation, situation.enhanced.key)
    if row is None:
        return None
    told = text_rule(situation)
    if situation.code == OUT_OF_ORDER and row.cause is Cause.SYNTAX_ERROR:
        return _out_of_order(situation, told)
    if told is not None and (told.strong or (told.meaning and told.cause is row.cause)):
        return None
    row = _better_words(situation, row)
    if told is None or told.cause is row.cause or told.cause in WIDE:
        return Finding(row)
    note = f"enhanced code {situation.enhanced}: {row.cause.value}; the text: {told.cause.value}"
    return Finding(row, Basis.LIKELY, notes=(note,))


def _out_of_order(situation: Situation, told: TextRule | None) -> Finding | None:
    """Return what a 503 is whose enhanced code speaks of syntax; None where its text tells."""
    if told is not None and (told.strong or told.cause is Cause.BAD_SEQUENCE):
        return None
    own = context_row(situation)
    return Finding(own if own is not None else CODES[OUT_OF_ORDER].row)


def _better_words(situation: Situation, row: Row) -> Row:
    """Return the row of command and code where it agrees and says it more closely."""
    own, enhanced = context_row(situation), situation.enhanced
    agrees = own is not None and own.cause is row.cause
    if own is not None and agrees and enhanced and enhanced.key in CONTEXT_KNOWS_BETTER:
        return own
    return row


def enhanced_row(situation: Situation, key: str) -> Row | None:
    """Return the row of an enhanced status code whose condition holds; none that claims success."""
    rows = ENHANCED.get(key, ())
    row = next((row for row in rows if row.when is None or row.when(situation)), None)
    return None if row is None or row.cause is Cause.ACCEPTED else row


def by_text(situation: Situation) -> Finding | None:
    """The words of the reply; certain only where the standards name their cause here too."""
    rule = text_rule(situation)
    if rule is None or rule is LAST_RESORT:
        from smtpprobe.knowledge.rules.word_stems import (  # noqa: PLC0415 - only where no phrase is known
            stem_rule,
        )

        rule = stem_rule(situation) or rule
    if rule is None:
        return None
    basis = Basis.STANDARD if _is_named(situation, rule.cause) else Basis.LIKELY
    own = context_row(situation)
    cause = CAUSES[rule.cause]
    if own is not None and own.cause is rule.cause and own not in VAGUE and not rule.meaning:
        row = own._replace(blame=rule.blame or own.blame, retry=rule.retry or own.retry)
        return Finding(row, basis)
    source = rule.source if "RFC" in rule.source else f"{rule.source}; {cause.source}"
    row = Row(
        rule.title or cause.title, rule.meaning or cause.meaning, rule.cause,
        rule.steps or cause.steps, source, rule.blame, rule.retry, says=rule.says,
    )  # fmt: skip
    return Finding(row, basis)


def _is_named(situation: Situation, cause: Cause) -> bool:
    """Tell whether the standards name this cause for the command and code, or the enhanced code."""
    enhanced = situation.enhanced
    if enhanced is not None and is_specific(enhanced.key):
        row = enhanced_row(situation, enhanced.key)
        if row is not None and row.cause is cause:
            return True
    context, code = situation.context, situation.code or 0
    if context is not None and (context, code, cause) in NAMED:
        return True
    rows = CONTEXT_ROWS.get(context, {}).get(code, ()) if context is not None else ()
    if any(row.cause is cause for row in rows):
        return True
    known = CODES.get(code)
    return known is not None and known.standard and known.row.cause is cause


def by_generic(situation: Situation) -> Finding | None:
    """A generic enhanced status code: refined by command and code, else by itself."""
    if situation.enhanced is None or situation.unasked:
        return None
    key, context = generic_key(situation.enhanced.key), situation.context
    refined = GENERIC_ROWS.get((context, situation.code or 0, key)) if context else None
    if refined is not None:
        return Finding(refined)
    own = context_row(situation)
    if own is not None and own.cause not in LOOSE:
        return Finding(own)
    row = enhanced_row(situation, key)
    return Finding(row) if row is not None and row.cause is not Cause.UNKNOWN else None


def by_context(situation: Situation) -> Finding | None:
    """The code as the answer to this command."""
    row = context_row(situation)
    return Finding(row) if row is not None else None


def context_row(situation: Situation) -> Row | None:
    """Return the row of this command and code whose condition holds."""
    if situation.context is None or situation.code is None:
        return None
    own = CONTEXT_ROWS.get(situation.context, {})
    rows = own.get(situation.code, own.get(situation.klass or 0, ()))
    return next((row for row in rows if row.when is None or row.when(situation)), None)


def by_code(situation: Situation) -> Finding | None:
    """The code by itself, where it belongs to this command or to any."""
    known = CODES.get(situation.code or 0)
    if known is None:
        return None
    if situation.unplaced:
        return Finding(UNPLACED.get(situation.code or 0, known.row))
    return None if known.usual and situation.context not in known.usual else Finding(known.row)


def by_class(situation: Situation) -> Finding | None:
    """Only the first digit is left: nothing is invented."""
    temporary = situation.klass == 4
    what = _subject(situation)
    lasting = "class 4: temporary" if temporary else "class 5: permanent"
    advice = "the same again later" if temporary else "read its text; QUIT"
    row = Row("Refused", f"{what}server gives no reason; {lasting}", Cause.UNKNOWN, advice,
              "RFC 5321 4.2.1, 4.3.2", blame=Blame.NOBODY)  # fmt: skip
    return Finding(row)


REFUSED = {
    Context.AUTH_STEP: "login",
    Context.UNKNOWN: "command",
}
"""What is refused, where the name of the context is not the word for it."""


def _subject(situation: Situation) -> str:
    if situation.context is None:
        return "refused: " if situation.unplaced else ""
    called = REFUSED.get(situation.context, CONTEXT_WORDS[situation.context].json)
    return f"{called} refused: "


RULES: tuple[Rule, ...] = (
    malformed,
    malformed_form,
    written_over,
    positive,
    by_what_was_sent,
    by_provider,
    by_enhanced,
    by_text,
    by_generic,
    by_context,
    by_code,
    by_class,
)
"""In order of trust: form, class, what was sent, provider, enhanced code, text, code.

The last finds something.
"""
