"""Where a reply disagrees with itself, with EHLO or the registries: said then, and only then."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import announcing, explained

C = Context
LATER = "{} says permanent, the text speaks of later; a client gives up at {}"
UNHEARD = "{} is not a standard code; only its first digit counts"
UNUSUAL = "{} is not usual here; only its first digit counts"


@pytest.mark.parametrize(
    ("context", "reply", "note"),
    [
        # the class of the code and what the words promise
        (C.RCPT, "450 4.7.1 try again later", ""),
        (C.RCPT, "550 5.7.1 temporarily deferred", LATER.format(550, 550)),
        (C.RCPT, "550 greylisted", LATER.format(550, 550)),
        (C.RCPT, "550 do not retry", ""),
        (C.RCPT, "451 rejected permanently",
         "451 says temporary, the text says that it is for good"),
        (C.RCPT, "450 relaying denied", "450 means temporary, but relaying rules are permanent"),
        (C.RCPT, "550 relaying denied, do not retry", ""),
        # the registry of enhanced codes
        (C.RCPT, "550 5.9.9 no", "5.9.9 is not in the IANA registry"),
        (C.RCPT, "550 5.1.1 no", ""),
        # codes that nobody defined, whatever the cause
        (C.RCPT, "477 no", UNHEARD.format(477)),
        (C.RCPT, "577 no", UNHEARD.format(577)),
        (C.RCPT, "577 mailbox full", UNHEARD.format(577)),
        (C.RCPT, "277 ok", ""),
        # codes of other commands, unless a cause is known or the command has a row for them
        (C.NOOP, "556 no", UNUSUAL.format(556)),
        (C.RCPT, "432 no", UNUSUAL.format(432)),
        (C.DATA, "454 no", UNUSUAL.format(454)),
        (C.UNKNOWN, "535 no", UNUSUAL.format(535)),
        (C.NOOP, "552 mailbox full", ""),
        (C.MAIL, "556 no", ""),
        (C.AUTH, "451 no", ""),
        (C.QUIT, "554 no", ""),
        (None, "453 no", ""),
        (None, "551 no", ""),
        (None, "556 no", ""),
    ],
)  # fmt: skip
def test_a_contradiction_is_noted_where_there_is_one(
    context: Context | None, reply: str, note: str
) -> None:
    assert explain_reply(unfold(reply), context).notes == ((note,) if note else ())


@pytest.mark.parametrize(
    ("context", "reply", "note"),
    [
        (C.RCPT, "452 4.5.3 too many recipients", "EHLO announced LIMITS RCPTMAX=3"),
        (C.MAIL, "421 4.7.0 too many connections", "EHLO announced LIMITS MAILMAX=2"),
        (C.MAIL, "552 5.3.4 message too big", "EHLO announced SIZE 1000 (1000 octets)"),
        (C.RCPT, "550 5.1.1 no such user", ""),
    ],
)
def test_a_limit_that_was_announced_is_quoted_with_the_refusal_that_it_explains(
    context: Context, reply: str, note: str
) -> None:
    told = announcing("SIZE 1000", "LIMITS RCPTMAX=3 MAILMAX=2")
    if context is C.RCPT:
        told = told._replace(phase=Phase.MAIL, sender="me@example.org")
    assert explained(context, reply, told).notes == ((note,) if note else ())
    silent = told._replace(extensions=announcing("PIPELINING").extensions)
    assert explained(context, reply, silent).notes == ()


def test_no_code_that_a_command_has_a_row_for_is_unusual_there() -> None:
    for context, rows in CONTEXT_ROWS.items():
        for code in rows:
            found = explain_reply(unfold(f"{code} no"), context).notes
            assert UNUSUAL.format(code) not in found, context


def test_what_a_provider_means_by_an_enhanced_code_is_no_question_of_a_line_that_is_wrong() -> None:
    told = ("Outlook.com gives 550 5.5.0 to a mailbox that does not exist",)
    assert explain_reply(unfold("550 5.5.0 no"), C.RCPT).notes == told
    assert explained(C.RCPT, "550 5.5.0 no").notes == told
    bad = "501 5.5.0 no"
    assert explain_reply(unfold(bad), C.RCPT).notes == told
    assert explained(C.RCPT, bad).notes == ()
