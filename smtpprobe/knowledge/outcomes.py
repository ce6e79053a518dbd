"""Annotations for failures in logs and bounces that quote no reply.

Two kinds: a mail server whose delivery failed before anything was answered (rows of
`mailer_table`), and one that logged why it refused, but not with which reply (Exim). No code is
known then, and none is invented: what is read as if it had one loses it again.
"""

from __future__ import annotations

import re
from functools import cache

from smtpprobe.knowledge.annotate import concluded, judged_by, worded
from smtpprobe.knowledge.annotation import Annotation, Basis
from smtpprobe.knowledge.evidence.codes import enhanced_row
from smtpprobe.knowledge.evidence.weigh import by_words_and_status
from smtpprobe.knowledge.language.language import without_names
from smtpprobe.knowledge.offline import Place, own_values, placed
from smtpprobe.knowledge.rules.order import RULES, Rule
from smtpprobe.knowledge.rules.situation import TEXT_CHARACTERS, Finding, Row, Situation, domain_of
from smtpprobe.knowledge.tables.enhanced import generic_key
from smtpprobe.knowledge.tables.mailers import DELIVERED, MAILER_ROWS, SILENT, MailerRow
from smtpprobe.protocol.reply import parse_reply

STAND_IN = {None: 100, 2: 250, 4: 451, 5: 550}
"""The code that is read in the place of an unknown one: Exim's own, where its ACL names none.

None where not even the class is known; the code alone means nothing.
"""

NO_CODE = "the log gives the reason, not the reply: which code it had is not known"
"""The note on a refusal that was logged in other words than those sent."""


def explain_refusal(text: str, klass: int, place: Place) -> Annotation:
    """Return what a refusal means of which a server logged the reason alone.

    `klass` is 4 or 5; `text` may be empty.
    """
    seen = _situation(text, klass, "", place, local=False)
    finding = _by_words(seen) if _ASKED_ANOTHER in seen.text else None
    told = _worded(seen, finding or judged_by(RULES, seen), place)
    return told._replace(notes=(NO_CODE,))


_ASKED_ANOTHER = "verify callout: "
"""A refusal because another host, asked about the address, could not be talked to."""


def explain_failure(text: str, klass: int, status: str, place: Place) -> Annotation:
    """Return what a delivery came to of which no reply is known.

    `klass` is 2, 4 or 5; `status` an enhanced status code or empty; the context of the place is
    where in the session it ended, as far as the text says.
    """
    seen = _situation(text, klass, status, place)
    finding = _by_words(seen) if klass != 2 else Finding(_row(DELIVERED))
    return _worded(seen, finding or judged_by(_REASONS, seen), place)


def explain_status(text: str, klass: int, status: str, place: Place) -> Annotation:
    """Return what a reply means that came without its code: an enhanced status code and words.

    `klass` is 4 or 5, as in `status`; the place is that of the reply.
    """
    seen = _situation(text, klass, status, place, local=False)
    finding = by_words_and_status(seen) or judged_by((_by_status, _silent), seen)
    return _worded(seen, finding, place)


def explain_words(text: str, place: Place) -> Annotation | None:
    """Return what a mail server's own words mean, as typed; None if no row has them."""
    seen = _situation(text, None, "", place)
    finding = _by_words(seen) or by_words_and_status(seen)
    return _worded(seen, finding, place) if finding is not None else None


def _situation(
    text: str, klass: int | None, status: str, place: Place, *, local: bool = True
) -> Situation:
    line = " ".join(part for part in (str(STAND_IN[klass]), status, " ".join(text.split())) if part)
    reply = parse_reply(line[:TEXT_CHARACTERS].encode("utf-8", "surrogateescape") + b"\r\n")
    return placed(reply, place)._replace(local=local)


def _worded(seen: Situation, finding: Finding, place: Place) -> Annotation:
    values = own_values(seen.exchange.reply, place)
    domain = domain_of(place.recipient or "")
    values["domain"] = domain or values["domain"]
    values["target"] = domain or place.host or "DOMAIN"
    told = worded(concluded(seen, finding), values)
    return told._replace(code=None, notes=(), details=(), remarks=())  # they speak of the code


def _by_words(seen: Situation) -> Finding | None:
    """Return the row of the mailer's own words; none of it is a guess about the other side."""
    text = without_names(seen.text)
    row = next((row for row in MAILER_ROWS if _pattern(row.pattern).search(text)), None)
    return Finding(_row(row)) if row is not None else None


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


@cache
def _row(row: MailerRow) -> Row:
    return Row(row.title, row.meaning, row.cause, row.steps, row.source, row.blame, row.retry)


def _by_status(seen: Situation) -> Finding | None:
    """The enhanced status code by itself, also a generic one: there is no code to refine it."""
    if seen.enhanced is None:
        return None
    row = enhanced_row(seen, generic_key(seen.enhanced.key))
    return Finding(row) if row is not None and row.cause is not SILENT.cause else None


def _silent(_: Situation) -> Finding:
    return Finding(_row(SILENT), Basis.STANDARD)


_REASONS: tuple[Rule, ...] = (by_words_and_status, _by_status, _silent)
"""The fallback where no row matches: never the code, which no server sent."""
