"""The annotation of a reply: one pure function of an exchange, no lookup, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from smtpprobe.knowledge.annotation import Annotation, Basis, Cause, NextStep, Retry
from smtpprobe.knowledge.assist.expected import Names, expected, tls_on
from smtpprobe.knowledge.own.in_force import in_use
from smtpprobe.knowledge.rules.contradictions import notes
from smtpprobe.knowledge.rules.order import RULES, Rule
from smtpprobe.knowledge.rules.remarks import remarks
from smtpprobe.knowledge.rules.situation import Finding, Row, Says, Situation, situation
from smtpprobe.knowledge.rules.unknown_command import usual_commands
from smtpprobe.knowledge.tables.causes import CAUSES, KEEPS_RETRY
from smtpprobe.knowledge.wording import (
    LINE,
    STEP_END,
    fill,
    parts_of,
    steps,
    typed,
    without_last_clause,
)
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.verbs import Context

CLIENT = "your.host.name"
"""The placeholder for an unknown client name."""

WAIT_WARNING = "; waiting will not help"
SOFT = "; the server calls it temporary"
CLOSES = "; the server closes"
UNASKED = "unsolicited: "
HEDGES = {Basis.LIKELY: "likely: ", Basis.GUESS: "perhaps: ", Basis.OWN: "own: "}
_NOT_UNASKED = frozenset({Says.UNASKED, Says.OF_ITSELF})
SOFTENED = frozenset(
    {
        Cause.UNKNOWN_RECIPIENT,
        Cause.UNKNOWN_DOMAIN,
        Cause.MAILBOX_DISABLED,
        Cause.RECIPIENT_MOVED,
        Cause.SENDER_REJECTED,
        Cause.NO_MAIL_SERVICE,
    }
)
"""Causes that sound final: of a 4yz reply the meaning adds that the server keeps it temporary."""


def annotate(exchange: Exchange) -> Annotation:
    """Return what the reply means as the answer to its command in its state."""
    return read(situation(exchange, exchange.before.client or CLIENT))


class Judgement(NamedTuple):
    """What a reply means, before its own names, addresses and ids are filled in.

    The annotation's meaning is still a template, and so are `steps`; without any, the next steps
    of the annotation are ready.
    """

    annotation: Annotation
    steps: tuple[str, ...] = ()


def read(seen: Situation) -> Annotation:
    """Return what a reply means in its place."""
    return worded(judge(seen), seen.values)


def worded(judgement: Judgement, values: Mapping[str, str]) -> Annotation:
    """Return the annotation in the words of one reply; `values` are those of its situation."""
    told = judgement.annotation
    meaning = fill(told.meaning, values)
    if not judgement.steps:
        return told._replace(meaning=meaning)
    return told._replace(meaning=meaning, next_steps=steps(judgement.steps, values))


def judge(seen: Situation) -> Judgement:
    """Return what a reply means in its place; the order of reading is that of `rules.RULES`."""
    found = judged_by(RULES, seen)
    if seen.live and seen.klass in REFUSALS:
        from smtpprobe.knowledge.rules.sent_line import without_false_claim  # noqa: PLC0415 - of what was sent only a session knows

        found = without_false_claim(seen, found)
    return concluded(seen, found)


REFUSALS = (4, 5)


def judged_by(rules: Iterable[Rule], seen: Situation) -> Finding:
    """Return the finding of the first rule that has one; the last always does."""
    return next(finding for rule in rules if (finding := rule(seen)) is not None)


def concluded(seen: Situation, found: Finding) -> Judgement:
    """Return what follows from a finding: blame, retry, what is left of its steps, its notes.

    A row of the user's own table that reads the reply takes the place of any finding.
    """
    own = _own_finding(seen) if in_use() else None
    found = own or _named(seen, found)
    row = found.row
    cause = CAUSES[row.cause]
    retry = (own and row.retry) or _retry(seen, row)
    fitting = () if found.next_steps else _fitting(parts_of(row.steps), seen)
    if seen.values["link"] and fitting and found.provider is None and not _has_link(fitting):
        fitting = (SEE_LINK, *fitting)
    if retry is Retry.LATER_SAME and fitting:
        fitting = _with_patience(fitting)
    fields = any("{" in step for step in fitting)
    ready = found.next_steps or steps(fitting, {}) or _awaited(seen)
    annotation = Annotation(
        code=seen.code,
        enhanced=seen.exchange.reply.enhanced,
        context=seen.context,
        title=row.title,
        meaning=_meaning(seen, found, retry),
        next_steps=() if fields else ready,
        cause=row.cause,
        blame=row.blame or cause.blame,
        retry=retry,
        basis=found.basis,
        provider=found.provider,
        notes=() if own else notes(seen, found),
        references=_references(found),
        details=(*found.details, *usual_commands(seen)),
        remarks=remarks(seen, found),
        more=found.more,
        why=found.why,
        language=found.language,
    )
    return Judgement(annotation, fitting if fields else ())


def _own_finding(seen: Situation) -> Finding | None:
    from smtpprobe.knowledge.own.rows import own_finding  # noqa: PLC0415 - most have no own table

    return own_finding(seen)


def _named(seen: Situation, found: Finding) -> Finding:
    """Return the finding in the words of the fault that a refusal names, where it can name one."""
    if seen.klass not in REFUSALS or found.row.cause not in OF_THE_LINE:
        return found
    from smtpprobe.knowledge.rules.named_fault import with_named_fault  # noqa: PLC0415 - few refusals are about the line

    return with_named_fault(seen, found)


OF_THE_LINE = frozenset(
    {
        Cause.SYNTAX_ERROR,
        Cause.PARAMETER_UNSUPPORTED,
        Cause.NOT_IMPLEMENTED,
        Cause.AUTH_MECHANISM,
        Cause.BAD_SEQUENCE,
        Cause.MESSAGE_TOO_LARGE,
        Cause.UNKNOWN,
    }
)
"""Causes of which a text may name the fault in the line that was sent: those of `FAULTS`."""

_RFC = re.compile(r"RFC [0-9]+(?: [0-9A-F][0-9.]*(?:, [0-9][0-9.]*)*)?")


def _references(found: Finding) -> tuple[str, ...]:
    """Return the RFCs that the row names, behind its provider's pages; its source without any."""
    source = found.row.source
    rfcs = _RFC.findall(source)
    if found.provider is None:
        return tuple(dict.fromkeys(rfcs)) or (source,)
    pages = [part for part in source.split("; ") if not part.startswith("RFC ")]
    rfcs = rfcs or _RFC.findall(CAUSES[found.row.cause].source)
    return tuple(dict.fromkeys((*pages, *rfcs)))


def _retry(seen: Situation, row: Row) -> Retry:
    """The row's own word, else the cause's default, corrected by the class of the reply."""
    recipients = seen.code == 552 and row.cause is Cause.TOO_MANY_RECIPIENTS
    if row.retry is Retry.LATER_SAME and seen.klass == 5 and not recipients:
        return Retry.AFTER_CHANGE
    if row.retry is not None:
        return row.retry
    default = CAUSES[row.cause].retry
    if seen.klass == 4 and row.cause not in KEEPS_RETRY:
        return Retry.LATER_SAME
    if seen.klass == 5 and default is Retry.LATER_SAME:
        return Retry.AFTER_CHANGE
    return default


def _meaning(seen: Situation, found: Finding, retry: Retry) -> str:
    row = found.row
    after = ""
    before = HEDGES.get(found.basis, "")
    if found.basis is Basis.OWN:
        return f"{before}{row.meaning}"
    if seen.unasked and not row.says & _NOT_UNASKED:
        before += UNASKED
    if row.cause is Cause.RELAY_DENIED and seen.klass == 5:
        before += "permanent: "
    if seen.klass == 4 and retry in (Retry.AFTER_CHANGE, Retry.NEVER):
        after = WAIT_WARNING
    elif _is_soft(seen, row):
        after = SOFT if len(row.meaning) + len(before) + len(SOFT) <= LINE else ""
    if seen.code == 421 and Says.CLOSES not in row.says:
        after += CLOSES if len(before) + len(row.meaning) + len(after + CLOSES) <= LINE else ""
    meaning = row.meaning
    if len(before) + len(meaning) + len(after) > LINE:
        meaning = without_last_clause(meaning)
    return f"{before}{meaning}{after}"


def _is_soft(seen: Situation, row: Row) -> bool:
    """Return whether a 4yz reply keeps something temporary that is lasting by its nature."""
    lasting = CAUSES[row.cause].retry in (Retry.AFTER_CHANGE, Retry.NEVER)
    return seen.klass == 4 and lasting and row.cause in SOFTENED and row.retry is None


def _awaited(seen: Situation) -> tuple[NextStep, ...]:
    """Return the steps that the state calls for after a success."""
    if seen.after.ended or seen.context is Context.QUIT:
        return (NextStep(SESSION_OVER),)
    return expected(seen.after, Names(client=seen.values["client"]))


SESSION_OVER = "the session is over; connect again to continue"

SESSION_STEPS = frozenset({"RSET", "QUIT", ":close", ":connect", ":help is that of smtpprobe"})
"""Steps within a session, or to its end: of no use to the reader of a log."""


def _fitting(candidates: Iterable[str], seen: Situation) -> tuple[str, ...]:
    """Leave out steps that the state makes pointless."""
    left = [step for step in candidates if not _pointless(step, seen.after, seen.context)]
    if not seen.live:
        left = [step for step in left if step not in SESSION_STEPS] or left
    if left:
        left[0] = left[0].removeprefix("else ")
    return tuple(left)


SEE_LINK = "see {link}"


def _has_link(fitting: Iterable[str]) -> bool:
    return any("{link}" in step for step in fitting)


AGAIN = "retry {when}"
PATIENT = ("again", "later", "wait", "slow", "retry", "connect", "next MX", "nothing")
"""Words in a step that already ask to wait, or say that there is nothing to do."""


def _with_patience(fitting: tuple[str, ...]) -> tuple[str, ...]:
    """Return the steps of a reply that may change without our doing, with a note that it may."""
    told = STEP_END.join(fitting)
    if any(word in told for word in PATIENT) or len(told) + len(STEP_END + AGAIN) > LINE:
        return fitting
    place = next((at for at, step in enumerate(fitting) if step in SESSION_STEPS), len(fitting))
    return (*fitting[:place], AGAIN, *fitting[place:])


def _pointless(step: str, state: State, context: Context | None) -> bool:
    match typed(step).partition(" ")[0]:
        case "RSET":
            return state.sender is None and step == "RSET"
        case "STARTTLS":
            return tls_on(state)
        case "AUTH":
            return state.authenticated is not None
        case "QUIT":
            return state.ended or context is Context.QUIT
        case _:
            return False
