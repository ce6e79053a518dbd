"""The state of a session is a fold over its events; every story here is a list of events."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.command import Command, Kind, body, exact_line, read_line
from smtpprobe.protocol.events import (
    By,
    Closed,
    Event,
    HalfClosed,
    Opened,
    Received,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import (
    State,
    advance,
    exchanges,
    fold,
    has_odd_end,
    line_phase,
    shortened,
)
from smtpprobe.protocol.target import Target, parse_target
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.protocol.verbs import Context

MX = parse_target("[mx.example]")
LMTP = parse_target("lmtp://mx.example")


def story(*steps: str | Event | Command, target: Target = MX) -> list[Event]:
    """Lines with a code are the server's; others are typed by the user, one second apart."""
    events: list[Event] = [Opened(0.0, target, "mx.example", 25)]
    for at, step in enumerate(steps, 1):
        if isinstance(step, Command):
            events.append(Sent(at, step))
        elif not isinstance(step, str):
            events.append(step)
        elif step[:3].isdigit():
            events.append(Received(at, parse_reply(step.encode() + b"\r\n")))
        else:
            events.append(Sent(at, read_line(step, fold(events).phase)))
    return events


HELLO = ("220 hi", "EHLO me", "250-mx\r\n250-PIPELINING\r\n250 SIZE 100")
ENVELOPE = (*HELLO, "MAIL FROM:<a@b.example>", "250 ok", "RCPT TO:<c@d.example>", "250 ok")


def after(*steps: str | Event | Command, target: Target = MX) -> State:
    return fold(story(*steps, target=target))


def test_a_connection_waits_for_its_greeting_first() -> None:
    assert after().phase is Phase.GREETING
    assert after().awaiting
    assert after("220 hi").phase is Phase.CONNECTED


def test_a_greeting_of_any_code_leaves_the_connection_greeted() -> None:
    assert after("554 no").phase is Phase.CONNECTED
    assert after("554 no").refusals == 1


def test_a_whole_transaction_goes_through_every_phase_and_back() -> None:
    assert after(*HELLO).phase is Phase.READY
    assert after(*HELLO).identity == "me"
    assert after(*HELLO).extensions.size_limit == 100
    assert after(*ENVELOPE[:5]).phase is Phase.MAIL
    assert after(*ENVELOPE).recipients == ("c@d.example",)
    data = after(*ENVELOPE, "DATA", "354 go")
    assert data.phase is Phase.DATA
    done = after(*ENVELOPE, "DATA", "354 go", "Subject: x", "", "hi", ".", "250 queued")
    assert (done.phase, done.sender, done.recipients) == (Phase.READY, None, ())


def test_the_body_counts_lines_and_knows_where_the_headers_end() -> None:
    state = after(*ENVELOPE, "DATA", "354 go", "Subject: x", "", "hi")
    assert (state.body.lines, state.body.headers_ended, state.body.text_lines) == (3, True, 1)


def test_a_refused_end_of_data_ends_the_transaction_too() -> None:
    assert after(*ENVELOPE, "DATA", "354 go", body([]), "550 no").phase is Phase.READY


def test_refused_steps_leave_the_state_as_it_was() -> None:
    assert after(*HELLO, "MAIL FROM:<a@b>", "550 no").phase is Phase.READY
    assert after(*ENVELOPE, "RCPT TO:<x@y>", "550 no").recipients == ("c@d.example",)
    assert after(*ENVELOPE, "DATA", "451 no").phase is Phase.RCPT


def test_the_null_sender_opens_a_transaction() -> None:
    state = after(*HELLO, "MAIL FROM:<>", "250 ok")
    assert (state.phase, state.sender) == (Phase.MAIL, "")


def test_ehlo_and_rset_clear_the_envelope() -> None:
    assert after(*ENVELOPE, "RSET", "250 ok").phase is Phase.READY
    assert after(*ENVELOPE, "EHLO me", "250 mx").recipients == ()


def test_replies_pair_with_commands_in_order_however_they_arrive() -> None:
    pipelined = story(
        *HELLO, "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "RCPT TO:<e@f>", "DATA",
        "250 sender", "550 no", "250 yes", "354 go",
    )  # fmt: skip
    pairs = [(e.context, e.reply.code) for e in exchanges(pipelined)][2:]
    assert pairs == [
        (Context.MAIL, 250), (Context.RCPT, 550), (Context.RCPT, 250), (Context.DATA, 354),
    ]  # fmt: skip
    assert fold(pipelined).recipients == ("e@f",)


def test_a_server_that_takes_lhlo_speaks_lmtp_whatever_the_target_was() -> None:
    assert after("220 hi", "LHLO me", "250 mx").dialect is Dialect.LMTP
    assert after("220 hi", "LHLO me", "500 what").dialect is Dialect.SMTP
    assert after("220 hi", "EHLO me", "250 mx").dialect is Dialect.SMTP


def test_lmtp_answers_the_end_of_a_message_once_for_each_recipient() -> None:
    events = story(
        "220 hi", "LHLO me", "250 mx", "MAIL FROM:<a@b>", "250 ok", "RCPT TO:<c@d>", "250 ok",
        "RCPT TO:<e@f>", "250 ok", "DATA", "354 go", body([]), "250 first",
        target=LMTP,
    )  # fmt: skip
    assert fold(events).awaiting
    events.append(Received(99, parse_reply(b"550 second\r\n")))
    assert not fold(events).awaiting
    assert fold(events).phase is Phase.READY
    assert [e.context for e in exchanges(events)][-2:] == [Context.DATA_END, Context.DATA_END]


def test_an_unasked_reply_is_never_paired_with_the_next_command() -> None:
    events = story(*HELLO, "421 4.4.2 timeout", "NOOP", "250 ok")
    unasked, noop = exchanges(events)[2:]
    assert (unasked.command, unasked.context) == (None, None)
    assert noop.context is Context.NOOP
    assert fold(events[:5]).ended


def test_an_exchange_knows_how_long_the_session_was_idle_before_it() -> None:
    late = Received(300.0, parse_reply(b"421 4.4.2 idle\r\n"))
    unasked = exchanges([*story(*HELLO), late])[-1]
    assert (unasked.before.last_at, unasked.after.last_at) == (3.0, 300.0)


def test_starttls_forgets_what_was_said_in_clear() -> None:
    tls = TlsFacts(ok=True, version="TLSv1.3")
    ready = after(*HELLO, "STARTTLS", "220 go")
    assert ready.phase is Phase.TLS
    secured = after(*HELLO, "STARTTLS", "220 go", Secured(9, tls))
    assert (secured.phase, secured.identity, len(secured.extensions)) == (Phase.CONNECTED, None, 0)
    assert "PIPELINING" in secured.previous_extensions
    assert secured.tls is tls


def test_an_exact_starttls_line_begins_no_handshake() -> None:
    assert after(*HELLO, exact_line("STARTTLS", Phase.READY), "220 go").phase is Phase.READY


def test_authentication_goes_through_challenges_and_survives_rset() -> None:
    asked = after(*HELLO, "AUTH LOGIN", "334 VXNlcm5hbWU6")
    assert asked.phase is Phase.AUTH
    typed = Sent(9, read_line("dXNlcg==", asked.phase))
    assert typed.command.kind is Kind.SASL
    done = after(*HELLO, "AUTH LOGIN", "334 VXNlcm5hbWU6", typed, "235 ok", "RSET", "250 ok")
    assert (done.phase, done.authenticated) == (Phase.READY, "LOGIN")
    cancelled = after(*HELLO, "AUTH LOGIN", "334 VXNlcm5hbWU6", "*", "501 cancelled")
    assert (cancelled.phase, cancelled.authenticated) == (Phase.READY, None)


def test_a_bdat_chunk_is_counted_down_and_the_last_one_ends_the_message() -> None:
    part = after(*ENVELOPE, "BDAT 10 LAST", "abc")
    assert (part.phase, part.body.left) == (Phase.BDAT, 5)
    whole = after(*ENVELOPE, "BDAT 10 LAST", "abc", "def")
    assert whole.phase is Phase.RCPT
    assert after(*ENVELOPE, "BDAT 10 LAST", "abc", "def", "250 ok").phase is Phase.READY


def test_xclient_starts_the_session_again() -> None:
    state = after(*HELLO, "XCLIENT NAME=x", "220 again")
    assert (state.phase, state.identity) == (Phase.CONNECTED, None)


def test_a_close_ends_everything_that_was_waited_for() -> None:
    state = after(*HELLO, "NOOP", Closed(9, By.THEM))
    assert (state.phase, state.pending) == (Phase.CLOSED, ())


def test_commands_and_refusals_are_counted() -> None:
    state = after(*HELLO, "MAIL FROM:<a@b>", "250 ok", "RCPT TO:<c@d>", "554 no")
    assert (state.commands, state.refusals) == (3, 1)


LINES = (
    b"EHLO a", b"MAIL FROM:<a@b>", b"RCPT TO:<a@b", b"DATA", b".", b"BDAT 3 LAST",
    b"AUTH PLAIN x", b"STARTTLS", b"QUIT", b"",
)  # fmt: skip
REPLIES = (b"220 a", b"250 a", b"334 a", b"354 a", b"421 a", b"550 a", b"999 a", b"rubbish")
COMMANDS = st.builds(
    Command,
    st.sampled_from(LINES).map(lambda line: line + b"\r\n") | st.binary(max_size=20),
    st.sampled_from(Kind),
    st.booleans(),
    st.booleans(),
)
TIMES = st.floats(0, 9)
ANSWERS = (st.sampled_from(REPLIES) | st.binary(max_size=20)).map(parse_reply)
EVENTS = st.one_of(
    st.builds(Opened, TIMES, st.sampled_from([MX, LMTP]), st.just("h"), st.just(25)),
    st.builds(Sent, TIMES, COMMANDS),
    st.builds(Received, TIMES, ANSWERS),
    st.builds(Received, TIMES, ANSWERS.map(lambda reply: reply._replace(piece=True))),
    st.builds(Waived, TIMES),
    st.builds(HalfClosed, TIMES),
    st.builds(Secured, TIMES, st.booleans().map(lambda ok: TlsFacts(ok=ok))),
    st.builds(Closed, TIMES, st.sampled_from(By)),
)


@given(st.lists(EVENTS))
def test_any_list_of_events_leads_to_a_state(events: list[Event]) -> None:
    state = State()
    for event in events:
        state, exchange = advance(state, event)
        assert (exchange is not None) == isinstance(event, Received)
    assert state == fold(events)


@given(st.lists(EVENTS))
def test_refusals_and_farewells_are_those_of_whole_replies_whatever_they_answer(
    events: list[Event],
) -> None:
    state, refusals, ended = State(), 0, False
    for event in events:
        state, exchange = advance(state, event)
        if isinstance(event, Opened):
            refusals, ended = 0, False
        elif isinstance(event, Closed):
            ended = False
        elif exchange is not None and (exchange.context is None or not exchange.reply.piece):
            code = exchange.reply.code or 0
            ended = ended or code in (221, 421)
            refused = 400 <= code < 600 or exchange.reply.flaw is not None
            refusals += exchange.context is not None and refused
        assert (state.refusals, state.ended) == (refusals, ended)


@given(st.lists(EVENTS))
def test_a_piece_of_a_reply_takes_nothing_from_what_is_waited_for(events: list[Event]) -> None:
    state = State()
    for event in events:
        before = state
        state, exchange = advance(before, event)
        if exchange is not None and exchange.reply.piece and exchange.context is not None:
            assert state == before._replace(last_at=event.at)


VERDICTS = st.sampled_from(["250 ok", "451 later", "550 no", "421 bye", "999 odd"])


@given(st.lists(VERDICTS, min_size=1, max_size=5))
def test_lmtp_ends_a_message_with_the_last_of_its_replies_alone(verdicts: list[str]) -> None:
    many = len(verdicts)
    accepted = [step for _ in verdicts for step in ("RCPT TO:<c@d.example>", "250 ok")]
    envelope = (*HELLO, "MAIL FROM:<a@b.example>", "250 ok", *accepted, "DATA", "354 go")
    noop = Command(b"NOOP\r\n", Kind.COMMAND)
    for come in range(many + 1):
        state = after(*envelope, body([]), noop, *verdicts[:come], target=LMTP)
        waiting = [one.command.context for one in state.pending]
        assert waiting == [Context.DATA_END, Context.NOOP][come == many :]
        ended = come == many and verdicts[-1] != "999 odd"
        assert len(state.recipients) == (0 if ended else many)


def test_nothing_of_a_session_is_left_after_its_close() -> None:
    state = after(
        *HELLO, Secured(9, TlsFacts(ok=True)), "EHLO me", "250-mx\r\n250 AUTH PLAIN",
        "AUTH PLAIN", "334 ", "AGJvYgBwdw==", "235 ok", "MAIL FROM:<a@b>", "250 ok",
        "RCPT TO:<c@d>", "250 ok", HalfClosed(10), "AUTH LOGIN", "535 no", "NOOP", "221 bye",
        "NOOP", Closed(20, By.THEM),
    )  # fmt: skip
    clean = State(
        phase=Phase.CLOSED, target=state.target, host=state.host, port=state.port,
        greeting=state.greeting, greeted_at=state.greeted_at, commands=state.commands,
        refusals=state.refusals, last_at=state.last_at,
        previous_extensions=state.previous_extensions,
    )  # fmt: skip
    assert state == clean
    assert (state.commands, state.refusals) == (8, 1)


def test_behind_an_auth_that_waits_a_line_answers_its_challenge_unless_it_is_a_command() -> None:
    waits = after(*HELLO, "AUTH LOGIN")
    asked = after(*HELLO, "AUTH LOGIN", "334 VXNlcm5hbWU6", "Ym9i")
    for state in (waits, asked):
        assert line_phase(state, "Ym9i") is Phase.AUTH
    assert line_phase(waits, "QUIT") is Phase.READY
    assert line_phase(after(*HELLO, "NOOP"), "Ym9i") is Phase.READY
    assert line_phase(after(*HELLO), "Ym9i") is Phase.READY
    data = after(*ENVELOPE, "DATA", "354 go")
    assert line_phase(data, "QUIT") is Phase.DATA


def test_a_login_is_counted_by_the_answers_that_the_server_took() -> None:
    begun = after(*HELLO, "AUTH LOGIN", "334 a")
    assert (begun.auth_mechanism, begun.auth_answers) == ("LOGIN", 0)
    named = after(*HELLO, "AUTH LOGIN Ym9i", "334 a")
    assert (named.auth_mechanism, named.auth_answers) == ("LOGIN", 1)
    second = after(*HELLO, "AUTH LOGIN", "334 a", "Ym9i", "334 b")
    assert (second.auth_mechanism, second.auth_answers) == ("LOGIN", 1)
    done = after(*HELLO, "AUTH LOGIN", "334 a", "Ym9i", "334 b", "cHc=", "235 ok")
    assert (done.authenticated, done.auth_mechanism, done.auth_answers) == ("LOGIN", None, 0)
    refused = after(*HELLO, "AUTH LOGIN", "334 a", "Ym9i", "535 no")
    assert (refused.authenticated, refused.login_refused) == (None, True)
    assert refused.phase is Phase.READY


def test_a_refused_login_is_over_with_the_next_command_but_not_with_what_is_none() -> None:
    refused = (*HELLO, "AUTH LOGIN", "535 no")
    assert after(*refused).login_refused
    assert after(*refused, "Ym9i", "500 what").login_refused
    for reply in ("250 ok", "550 no"):
        assert not after(*refused, "NOOP", reply).login_refused


def test_a_greeting_that_says_goodbye_ends_the_session() -> None:
    for greeting, ended in (("220 hi", False), ("221 bye", True), ("421 bye", True)):
        assert after(greeting).ended is ended
    assert after("554 no").refusals == 1
    assert after("220 hi").refusals == 0


def test_only_two_recipients_are_kept_where_no_more_are_asked_for() -> None:
    three = ("a@b", "c@d", "e@f")
    state = after(*HELLO)._replace(recipients=three)
    assert shortened(state).recipients == three[:2]
    assert shortened(state._replace(recipients=three[:2])).recipients == three[:2]
    assert shortened(state._replace(dialect=Dialect.LMTP)).recipients == three
    prdr = after("220 hi", "EHLO me", "250-mx\r\n250 PRDR")
    assert shortened(prdr._replace(recipients=three)).recipients == three


def test_a_dot_after_a_bare_line_end_is_odd_but_the_first_line_and_the_real_end_are_not() -> None:
    for text in (b".\r\n", b"a\r\n.\r\n", b"\r\n.\r\n", b"a\r\n.b\n"):
        assert not has_odd_end(text), text
    for text in (b"a\n.\r\n", b"a\r\n.\r\n\n.\r\n", b"a\r\nb\n.\r\n"):
        assert has_odd_end(text), text


def test_each_message_is_looked_at_by_itself_for_an_odd_end() -> None:
    odd = (*ENVELOPE, "DATA", "354 go", Command(b"a\n.\n", Kind.BODY), ".", "250 ok")
    assert after(*odd).odd_end
    again = ("MAIL FROM:<a@b>", "250 ok", "RCPT TO:<c@d>", "250 ok", "DATA", "354 go")
    assert not after(*odd, *again).odd_end
