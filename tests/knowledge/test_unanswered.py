"""Silence and a close, explained by where the session stood."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotation import Annotation, Cause
from smtpprobe.knowledge.rules.no_reply import closed_for, unanswered
from smtpprobe.knowledge.wording import LINE
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import By, Closed, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import Body, State
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import TYPED, before

CONTEXTS = [context for context in Context if context is not Context.CONNECT]
SAID = {context: TYPED.get(context, context.value) for context in Context}


def waiting(context: Context) -> State:
    state = before(context)
    return state._replace(pending=(Sent(0.0, read_line(SAID[context], state.phase)),))


def check(told: Annotation) -> None:
    lines = (told.meaning, *told.details, "; ".join(step.text for step in told.next_steps))
    assert all(line and line.isascii() and len(line) <= LINE for line in lines), lines
    assert told.next_steps
    assert all(told.references)


@pytest.mark.parametrize("context", CONTEXTS, ids=str)
def test_silence_is_explained_after_every_command(context: Context) -> None:
    told = unanswered(waiting(context))
    assert told is not None
    check(told)
    assert told.meaning.startswith(("no reply to ", "BDAT is answered when"))


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("context", [*CONTEXTS, None], ids=str)
def test_a_close_is_explained_wherever_it_comes(
    context: Context | None, *, ended: bool, by: By
) -> None:
    for phase in Phase:
        state = before(Context.MAIL) if context is None else waiting(context)
        check(closed_for(Closed(0.0, by), state._replace(phase=phase, ended=ended)))


@pytest.mark.parametrize(("state", "words"), [
    (State(phase=Phase.GREETING), "no greeting yet"),
    (State(phase=Phase.TLS), "the TLS handshake is in progress"),
    (waiting(Context.RCPT), "no reply to RCPT yet"),
    (waiting(Context.DATA_END), "no reply to the message yet"),
    (waiting(Context.AUTH_STEP), "no reply to the answer to the challenge yet"),
    (State(phase=Phase.BDAT, body=Body(left=3),
           pending=(Sent(0.0, read_line("BDAT 5", Phase.RCPT)),)), "3 octets still to be sent"),
])  # fmt: skip
def test_what_is_waited_for_is_named(state: State, words: str) -> None:
    told = unanswered(state)
    assert told is not None
    assert words in told.meaning


def test_nothing_is_said_of_silence_that_is_in_order() -> None:
    assert unanswered(State()) is None
    assert unanswered(before(Context.MAIL)) is None
    assert unanswered(before(Context.DATA_END)) is None


def test_a_message_that_got_no_reply_is_not_sent_again_lightly() -> None:
    told = closed_for(Closed(0.0, By.THEM), waiting(Context.DATA_END))
    assert told.details == (
        "the reply is lost, not the message: sending it again may deliver it twice",
    )


def test_a_chunk_that_is_complete_is_waited_for_like_any_command() -> None:
    state = waiting(Context.BDAT)
    for phase, left in ((Phase.BDAT, 0), (Phase.BDAT, None), (Phase.RCPT, 3)):
        told = unanswered(state._replace(phase=phase, body=Body(left=left)))
        assert told is not None
        assert told.meaning == "no reply to BDAT yet", (phase, left)


def test_a_close_is_called_one_and_blamed_where_it_was_not_expected() -> None:
    state = waiting(Context.RCPT)
    for by, ended in ((By.US, False), (By.US, True), (By.THEM, True)):
        told = closed_for(Closed(0.0, by), state._replace(ended=ended))
        assert (told.title, told.cause) == ("Closed", Cause.CLOSING)
    told = closed_for(Closed(0.0, By.THEM), state)
    assert (told.title, told.cause) == ("Closed", Cause.NETWORK_ERROR)


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (State(phase=Phase.GREETING), ":connect; smtps://HOST if it is port 465; their log"),
        (waiting(Context.RCPT), ":connect; the same command again; their log"),
        (waiting(Context.DATA_END), "ask the recipient, or their log, before sending again"),
        (waiting(Context.STARTTLS), "connect again; smtpprobe starttls HOST shows more"),
        (before(Context.DATA_END), ":connect, and send it again; their log"),
        (before(Context.MAIL), ":connect; their log"),
        (before(Context.MAIL)._replace(ended=True), ":connect"),
    ],
)
def test_what_to_do_after_a_close_depends_on_where_it_came(state: State, steps: str) -> None:
    told = closed_for(Closed(0.0, By.THEM), state)
    assert "; ".join(step.text for step in told.next_steps) == steps
    ours = closed_for(Closed(0.0, By.US), state)
    assert [step.text for step in ours.next_steps] == [":connect"]
