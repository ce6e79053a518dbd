"""What an accepted command came to, where that takes more than a row of a table."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.situation import known_verb
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.session import State
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import announcing, before, explained

C = Context


def test_a_goodbye_counts_what_was_said_and_says_what_is_odd_about_its_code() -> None:
    for reply, notes in (("221 bye", ()), ("250 bye", ("the answer to QUIT is 221",))):
        seen = explained(C.QUIT, reply)
        assert (seen.title, seen.cause) == ("Goodbye", Cause.CLOSING)
        assert seen.meaning == "closed by agreement; 1 command, 0 refusals"
        assert seen.notes == notes
        pasted = explain_reply(unfold(reply), C.QUIT)
        assert (pasted.title, pasted.meaning) == ("Goodbye", "closed by agreement")
        assert pasted.notes == notes


@pytest.mark.parametrize("context", [C.EHLO, C.MAIL, C.RCPT, C.NOOP, C.DATA_END])
def test_a_goodbye_in_place_of_an_answer_is_no_answer(context: Context) -> None:
    found = explained(context, "221 bye")
    assert found.meaning == "no answer to the command: the server says goodbye and closes"


def test_a_challenge_that_is_odd_is_noted_and_no_other() -> None:
    typed = "AUTH LOGIN"
    assert explained(C.AUTH, "334 !!", typed=typed).notes == ("RFC 4954 4 wants base64 after 334",)
    assert explained(C.AUTH, "334 VXNlcm5hbWU6", typed=typed).notes == ()
    assert explained(C.AUTH, "235 ok", typed=typed).title == "Logged in"


def lmtp(*recipients: str) -> State:
    return before(C.DATA_END)._replace(dialect=Dialect.LMTP, recipients=recipients)


def test_in_lmtp_the_reply_to_a_message_names_its_recipient() -> None:
    two = lmtp("ann@example.org", "bob@example.org")
    told = explained(C.DATA_END, "250 2.0.0 queued as 4ABC12345", two).meaning
    assert told == (
        "accepted for ann@example.org: now the server's responsibility; queue id 4ABC12345"
    )
    smtp = two._replace(dialect=Dialect.SMTP)
    assert "ann@" not in explained(C.DATA_END, "250 ok", smtp).meaning
    assert "for " not in explained(C.DATA_END, "250 ok", lmtp()).meaning


@pytest.mark.parametrize(
    ("typed", "called"),
    [("MAIL FROM:<a@b.example>", "MAIL"), ("s3cret", "this command"), ("", "this command")],
)
def test_a_line_that_is_no_command_is_never_called_by_its_first_word(
    typed: str, called: str
) -> None:
    state = announcing()
    assert known_verb(read_line(typed, state.phase)) == called
    assert known_verb(read_line("MAIL", before(C.AUTH_STEP).phase)) == "this command"
    assert known_verb(None) == "this command"
